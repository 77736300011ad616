"""A Word file in one look, for every report: real styles and header rows, its language, title and page numbers set. The
same content gives the same bytes.

    word = WordFile("Annual report", "2025-26", "Exshire Police and Crime Panel", made)
    word.doc.add_heading("Figures", 1)
    word.table("By month", ("Month", "Received"), [("April", "3")], (Cm(13), Cm(3)))
    word.saved()
"""

import io
import zipfile
from datetime import datetime

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

INK = RGBColor(0x0B, 0x0C, 0x0C)
FONT = "Arial"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # a zip's first day: when the file was made is in its properties
WIDTH = Cm(16)  # between the margins
SHORT_TABLE_ROWS = 16  # a table with fewer is kept on one page


class WordFile:
    """A file while it is being written; `doc` is python-docx's document."""

    def __init__(self, title: str, subject: str, author: str, made: datetime):
        self.doc = Document()
        core = self.doc.core_properties
        core.title, core.subject, core.author = title[:255], subject[:255], author
        core.language, core.comments, core.keywords, core.last_modified_by = "en-GB", "", "", author
        core.created = core.modified = made
        core.revision = 1
        self.styles()
        self.footer(title)

    def styles(self):
        """One font in black, British English, headings that keep with what follows."""
        section = self.doc.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        section.top_margin = section.bottom_margin = Cm(2.2)
        defaults = self.doc.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
        lang = defaults.find(qn("w:lang"))
        if lang is None:
            lang = OxmlElement("w:lang")
            defaults.append(lang)
        lang.set(qn("w:val"), "en-GB")
        sizes = {"Normal": 11, "Title": 20, "Heading 1": 14, "Heading 2": 12, "List Number": 11, "Caption": 11}
        for name, size in sizes.items():
            style = self.doc.styles[name]
            style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), INK
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
            fonts.set(qn("w:cs"), FONT)
        for name in ("Heading 1", "Heading 2", "Caption"):
            style = self.doc.styles[name]
            style.font.bold = True
            style.paragraph_format.keep_with_next = True
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(14), Pt(6)
        border = self.doc.styles["Title"].element.pPr.find(qn("w:pBdr"))
        if border is not None:
            self.doc.styles["Title"].element.pPr.remove(border)
        numbered = self.doc.styles["List Number"]
        numbered.paragraph_format.space_after = Pt(8)
        together = numbered.element.pPr.find(qn("w:contextualSpacing"))
        if together is not None:
            numbered.element.pPr.remove(together)

    def footer(self, title: str):
        """The title and "Page 1" at the foot."""
        paragraph = self.doc.sections[0].footer.paragraphs[0]
        paragraph.add_run(f"{title}. Page ")
        for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
            run = paragraph.add_run()
            if kind:
                char = OxmlElement("w:fldChar")
                char.set(qn("w:fldCharType"), kind)
            else:
                char = OxmlElement("w:instrText")
                char.text = text
            run._r.append(char)
        for run in paragraph.runs:
            run.font.size = Pt(9)

    def table(self, caption, heads, rows, widths, numbers=False):
        """A caption, then a table whose first row is repeated on each page. A cell is a text, or a text and its note;
        with `numbers` the last column stands right."""
        self.doc.add_paragraph(caption, style="Caption")
        table = self.doc.add_table(rows=1, cols=len(heads), style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        self.describe(table, caption)
        for cell, words in zip(table.rows[0].cells, heads, strict=True):
            cell.text = ""
            cell.paragraphs[0].add_run(words).bold = True
        header = OxmlElement("w:tblHeader")
        header.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(header)
        for row in rows:
            for cell, said in zip(table.add_row().cells, row, strict=True):
                words, note = said if isinstance(said, tuple) else (said, "")
                cell.text = words
                if note:
                    run = cell.paragraphs[0].add_run()
                    run.add_break(WD_BREAK.LINE)
                    cell.paragraphs[0].add_run(note).font.size = Pt(9)
        for row in table.rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = width
                cell.paragraphs[0].paragraph_format.space_before = Pt(2)
                cell.paragraphs[0].paragraph_format.space_after = Pt(2)
            if numbers:
                row.cells[-1].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for row in table.rows[:-1]:  # short tables stay on one page
            row.cells[0].paragraphs[0].paragraph_format.keep_with_next = len(rows) < SHORT_TABLE_ROWS or None
        self.doc.add_paragraph().paragraph_format.space_after = Pt(0)

    def describe(self, table, words):
        """The table's title for screen readers."""
        properties = table._tbl.tblPr
        caption = OxmlElement("w:tblCaption")
        caption.set(qn("w:val"), words)
        properties.append(caption)

    def closing(self, words):
        """The last line, small: the head of the record."""
        self.doc.add_paragraph().add_run(words).font.size = Pt(8)

    def saved(self) -> bytes:
        """The bytes, with no moment of their making in them."""
        first, out = io.BytesIO(), io.BytesIO()
        self.doc.save(first)
        with zipfile.ZipFile(first) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as again:
            for name in made.namelist():
                info = zipfile.ZipInfo(name, LONG_AGO)
                info.compress_type = zipfile.ZIP_DEFLATED
                again.writestr(info, made.read(name))
        return out.getvalue()
