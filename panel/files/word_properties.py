"""Custom properties of a Word file: what Word shows under File, Info, Properties, Advanced, and no page prints."""

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.opc.packuri import PackURI
from docx.opc.part import Part

CUSTOM = PackURI("/docProps/custom.xml")
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of properties that somebody adds


def add_custom_property(doc: Any, name: str, value: str) -> None:
    """Give the file a property of text."""
    package = doc.part.package
    found = [rel.target_part for rel in package.rels.values() if rel.reltype == RELATION]
    one = f'<property fmtid="{FORMAT_ID}" pid="%d" name={quoteattr(name)}><vt:lpwstr>{escape(value)}</vt:lpwstr></property>'
    if found:
        part = found[0]
        before = part._blob.removesuffix(b"</Properties>")
        part._blob = before + (one % (2 + before.count(b"<property "))).encode() + b"</Properties>"
        return
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f"{one % 2}</Properties>"
    )
    package.relate_to(Part(CUSTOM, CONTENT_TYPE, xml.encode(), package), RELATION)
