"""PDF files: tagged, in British English, the same page giving the same bytes; and what happens where none can be made."""

import io

import pytest
from pypdf import PdfReader

from panel import checks
from panel.files import pdf

PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>Report</title></head><body><h1>Report</h1>
<p>Words.</p><img src="file:///etc/hostname" alt="x"><table><caption>Figures</caption><thead><tr><th scope="col">What</th></tr></thead>
<tbody><tr><td>One</td></tr></tbody></table></body></html>"""


def test_it_is_tagged_and_says_its_language_and_title():
    reader = PdfReader(io.BytesIO(pdf.as_pdf(PAGE)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "en-GB"
    assert "/StructTreeRoot" in root
    assert reader.metadata.title == "Report"
    assert "Words." in reader.pages[0].extract_text()


def test_the_same_page_gives_the_same_bytes():
    assert pdf.as_pdf(PAGE) == pdf.as_pdf(PAGE)


def test_without_the_packages_none_is_made_and_the_check_names_them(monkeypatch):
    assert checks.pdf_files(None) == []
    monkeypatch.setattr(pdf, "can_be_made", lambda: False)  # as on a server without Pango
    assert [note.id for note in checks.pdf_files(None)] == ["panel.I001"]
    assert pdf.PACKAGES in checks.pdf_files(None)[0].hint
    with pytest.raises(pdf.NoPdf, match="libpango"):
        pdf.as_pdf(PAGE)
