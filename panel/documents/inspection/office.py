"""Word, Excel, PowerPoint and OpenDocument files of today: zips with the right members, no macros, nothing fetched,
no file inside but the spreadsheet behind a chart."""

import html
import io
import re
import zipfile

from panel.documents.inspection.kinds import KINDS, OFFICE, Active, Kind, Unacceptable
from panel.documents.inspection.packed import (
    BOMB,
    DAMAGED,
    ELSEWHERE,
    INSIDE,
    LARGEST_DIRECTORY_BYTES,
    MACROS,
    MOST_UNPACKED_BYTES,
    PASSWORD,
    Package,
    elements,
    remote,
)
from panel.documents.inspection.refused import TWO

MAIN = {f"{KINDS[k].content_type}.main+xml": k for k in ("docx", "xlsx")} | {
    f"{OFFICE}.presentationml.presentation.main+xml": "pptx"
}
OURS = {"[Content_Types].xml"}  # what makes a zip an Office file of Microsoft's
OPEN = {KINDS[k].content_type: k for k in ("odt", "ods")}
# Ends of relationship types that bring in something that runs, or a page or file of another kind.
RUNS = ("/vbaproject", "/control", "/activexcontrolbinary", "/xlmacrosheet", "/xlintlmacrosheet", "/wordvbadata")
BRINGS = ("/oleobject", "/afchunk", "/attachedtoolbars")
CODE_STARTS = (b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-", b"#!")
MOST_EMBEDDED_SHEETS = 40  # behind charts
FIELD = re.compile(
    rb"<(?:\w{1,20}:)?instrText[^<>]*>([^<]*)|<(?:\w{1,20}:)?fldSimple[^<>]*?instr\s{0,9}=\s{0,9}[\"']([^<>\"']*)"
)


def look(data: bytes, inner, depth) -> Kind | None:
    """The kind of Office file, if it is a zip; a plain zip is kept as it is. Raises Unacceptable for what is not wanted."""
    if not data.startswith(b"PK\x03\x04"):
        return None
    names = listed(data)
    if not OURS & set(names) and not data[30:].startswith(b"mimetype"):
        for name in names:  # the reason is clearer when it is said what the archive holds
            if name.lower().endswith(".class") or name == "META-INF/MANIFEST.MF":
                raise Active("is a program, which cannot be attached")
        return KINDS["zip"]
    package = Package(data, most=MOST_UNPACKED_BYTES if depth == 0 else MOST_UNPACKED_BYTES // 4)
    if "[Content_Types].xml" in package.names:
        return word_excel_powerpoint(package, inner, depth)
    if package.names[0] == "mimetype":
        return open_document(package)
    raise Unacceptable(DAMAGED)


def listed(data: bytes) -> list[str]:
    """The names in a zip's list of members, of which nothing is opened. Raises Unacceptable where it has no such list."""
    if int.from_bytes(data[-10:-6], "little") > LARGEST_DIRECTORY_BYTES and data[-22:-18] == b"PK\x05\x06":
        raise Active(BOMB)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as found:
            return found.namelist()
    except Exception as error:  # zipfile raises nearly anything on hostile bytes
        raise Unacceptable(DAMAGED) from error


def word_excel_powerpoint(package: Package, inner, depth: int) -> Kind:
    """The kind by the type of its main part. Raises Unacceptable."""
    kinds = set()

    def declared_type(element: str, attributes: dict[str, str]) -> None:
        declared = attributes.get("ContentType", "").strip().lower()
        if re.search("macro|vba|activex", declared):
            raise Active(MACROS)
        if declared in MAIN and attributes.get("PartName", "").lstrip("/") in package.names:
            kinds.add(MAIN[declared])

    elements(package.read("[Content_Types].xml"), declared_type)
    if len(kinds) != 1 or "_rels/.rels" not in package.names:
        raise Unacceptable("is not a Word document, spreadsheet or presentation, though it looks like one")
    if sum("/embeddings/" in name.lower() for name in package.names) > MOST_EMBEDDED_SHEETS:
        raise Active(INSIDE)
    for name in package.names:
        member(name, package.read(name), inner, depth)
    return KINDS[kinds.pop()]


def member(name: str, data: bytes, inner, depth: int) -> None:
    """Raise when a member runs, fetches or hides something."""
    low = name.lower()
    if re.search(r"vbaproject|vbadata|activex/|macrosheets?/", low):
        raise Active(MACROS)
    if data.startswith(b"PK\x03\x04"):
        if "/embeddings/" not in low or depth:
            raise Active(INSIDE)
        inner(data)  # the spreadsheet behind a chart
    elif data.startswith(CODE_STARTS):
        raise Active(INSIDE)
    elif low.endswith(".rels"):
        elements(data, relationship)
    elif low.endswith(".xml"):
        if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"<!DOCTYPE" in data[:4096]:
            raise Active(TWO)
        if b"ddeLink" in data or calls_a_program(data):
            raise Active(ELSEWHERE)


def relationship(element: str, attributes: dict[str, str]) -> None:
    """Raise when a relationship runs something, or fetches more than a link that a reader must click."""
    kind = attributes.get("Type", "").strip().lower()
    if kind.endswith(RUNS):
        raise Active(MACROS)
    if kind.endswith(BRINGS):
        raise Active(INSIDE)
    if remote(attributes.get("Target", "")) and not kind.endswith("/hyperlink"):
        raise Active(ELSEWHERE)


def calls_a_program(xml: bytes) -> bool:
    """Whether one of Word's fields asks another program for its text (DDE), however it is cut into pieces."""
    if b"instr" not in xml:
        return False
    words = b"".join(a or b" " + b for a, b in FIELD.findall(xml)).decode("utf-8", "replace")
    return bool(re.search(r"\bDDE(AUTO)?\b", html.unescape(words), re.IGNORECASE))


def open_document(package: Package) -> Kind:
    """The kind by its `mimetype` member. Raises Unacceptable."""
    kind = OPEN.get(package.read("mimetype").decode("ascii", "replace").strip())
    if kind is None or "content.xml" not in package.names or "META-INF/manifest.xml" not in package.names:
        raise Unacceptable("is not an OpenDocument text or spreadsheet, though it looks like one")
    for name in package.names:
        data = package.read(name)
        if re.match(r"(?i)(basic|scripts)/", name):
            raise Active(MACROS)
        if data.startswith((b"PK\x03\x04", *CODE_STARTS)):
            raise Active(INSIDE)
        if name.lower().endswith(".xml") and data.strip():
            elements(data, open_element)
    return KINDS[kind]


def open_element(element: str, attributes: dict[str, str]) -> None:
    """Raise when a part of an OpenDocument file is encrypted, runs or fetches something."""
    if element == "encryption-data":
        raise Active(PASSWORD)
    if element in ("script", "event-listener"):
        raise Active(MACROS)
    if element in ("object-ole", "plugin", "applet", "floating-frame"):
        raise Active(INSIDE)
    if element in ("dde-connection-decl", "dde-source") or (element != "a" and remote(attributes.get("href", ""))):
        raise Active(ELSEWHERE)
