"""The annual report as a Word file: real headings, numbering, tables and charts, its language and title set. The same
report gives the same bytes."""

import io
import zipfile
from datetime import datetime, time
from xml.sax.saxutils import quoteattr

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from complaints.report_charts import chart_xml
from complaints.report_document import Closing, Heading, Numbered, Plain, Table, Title
from complaints.report_words import Chart, Words

INK = RGBColor(0x0B, 0x0C, 0x0C)
FONT = "Arial"
WIDTHS = (Cm(13), Cm(3))
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # a zip's first day: when the file was made is in its properties


def as_docx(blocks, words: Words) -> bytes:
    """The file."""
    word = WordFile(words)
    for block in blocks:
        word.put(block)
    return word.saved()


class WordFile:
    """A report while it is being written."""

    def __init__(self, words: Words):
        self.doc = Document()
        self.charts = 0
        self.width = Cm(16)
        made = datetime.combine(words.report.as_at, time(12))
        core = self.doc.core_properties
        core.title, core.subject, core.author = words.title, words.period, words.report.panel.name
        core.language, core.comments, core.keywords, core.last_modified_by = "en-GB", "", "", words.report.panel.name
        core.created = core.modified = made
        core.revision = 1
        self.styles()
        self.appendix = self.numbering_anew()
        self.footer(words.title)

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

    def numbering_anew(self) -> int:
        """A second run of the same numbering, for the appendix: its id."""
        numbering = self.doc.part.numbering_part.element
        style = self.doc.styles["List Number"].element
        main = style.pPr.numPr.numId.val
        abstract = numbering.num_having_numId(main).abstractNumId.val
        num = numbering.add_num(abstract)
        num.add_lvlOverride(0).add_startOverride(1)
        return num.numId

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

    def put(self, block):
        """Add one block."""
        match block:
            case Title():
                self.doc.add_paragraph(block.words, style="Title")
                self.doc.add_paragraph(block.under)
            case Heading():
                heading = self.doc.add_heading(block.words, block.level)
                heading.paragraph_format.page_break_before = block.new_page or None
            case Numbered():
                self.numbered(block)
            case Plain():
                self.doc.add_paragraph(block.words)
            case Closing():
                self.doc.add_paragraph().add_run(block.words).font.size = Pt(8)
            case Table():
                rows = [(label, note, number) for label, note, number in block.rows]
                self.table(block.caption, block.heads, rows)
            case Chart():
                self.chart(block)
                self.table(f"{block.title}, as a table", block.heads, [(w, "", str(n)) for w, n in block.rows])

    def numbered(self, block):
        """A paragraph with Word's own number."""
        paragraph = self.doc.add_paragraph(block.words, style="List Number")
        if block.appendix:
            number = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            number.get_or_add_ilvl().val = 0
            number.get_or_add_numId().val = self.appendix

    def table(self, caption, heads, rows):
        """A caption, then a table whose first row is repeated on each page."""
        self.doc.add_paragraph(caption, style="Caption")
        table = self.doc.add_table(rows=1, cols=2, style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, WIDTHS, strict=True):
            column.width = width
        self.describe(table, caption)
        for cell, words in zip(table.rows[0].cells, heads, strict=True):
            cell.text = ""
            cell.paragraphs[0].add_run(words).bold = True
        header = OxmlElement("w:tblHeader")
        header.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(header)
        for label, note, number in rows:
            cells = table.add_row().cells
            cells[0].text = label
            if note:
                run = cells[0].paragraphs[0].add_run()
                run.add_break(WD_BREAK.LINE)
                cells[0].paragraphs[0].add_run(note).font.size = Pt(9)
            cells[1].text = number
        for row in table.rows:
            split = OxmlElement("w:cantSplit")
            row._tr.get_or_add_trPr().append(split)
            for cell, width in zip(row.cells, WIDTHS, strict=True):
                cell.width = width
                cell.paragraphs[0].paragraph_format.space_before = Pt(2)
                cell.paragraphs[0].paragraph_format.space_after = Pt(2)
            row.cells[1].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for row in table.rows[:-1]:  # short tables stay on one page
            row.cells[0].paragraphs[0].paragraph_format.keep_with_next = len(rows) < 16 or None
        self.doc.add_paragraph().paragraph_format.space_after = Pt(0)

    def describe(self, table, words):
        """The table's title for screen readers."""
        properties = table._tbl.tblPr
        caption = OxmlElement("w:tblCaption")
        caption.set(qn("w:val"), words)
        properties.append(caption)

    def chart(self, chart: Chart):
        """A chart that Word draws, with words for those who do not see it."""
        self.charts += 1
        name = PackURI(f"/word/charts/chart{self.charts}.xml")
        part = Part(name, CHART_TYPE, chart_xml(chart), self.doc.part.package)
        rid = self.doc.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
        height = int(Cm(1.2 + 0.62 * len(chart.rows)))
        self.doc.add_paragraph(chart.title, style="Caption")
        paragraph = self.doc.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        paragraph.add_run()._r.append(
            parse_xml(
                f"<w:drawing {nsdecls('w', 'wp', 'a', 'r')}>"
                '<wp:inline distT="0" distB="0" distL="0" distR="0">'
                f'<wp:extent cx="{int(self.width)}" cy="{height}"/>'
                f'<wp:docPr id="{100 + self.charts}" name="Chart {self.charts}" descr={quoteattr(chart.says)}/>'
                '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
                f'<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="{rid}"/>'
                "</a:graphicData></a:graphic></wp:inline></w:drawing>"
            )
        )

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
