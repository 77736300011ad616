"""The annual report as a Word file: real headings, numbering, tables and charts, its language and title set. The same
report gives the same bytes."""

from datetime import datetime, time
from xml.sax.saxutils import quoteattr

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm

from complaints.report.charts import chart_xml
from complaints.report.document import Closing, Heading, Numbered, Plain, Table, Title
from complaints.report.words import Chart, Words
from panel.files.word import WIDTH, WordFile

WIDTHS = (Cm(13), Cm(3))
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"


def as_docx(blocks, words: Words) -> bytes:
    """The file."""
    word = ReportFile(words)
    for block in blocks:
        word.put(block)
    return word.saved()


class ReportFile(WordFile):
    """The annual report while it is being written: numbered paragraphs and charts besides."""

    def __init__(self, words: Words):
        made = datetime.combine(words.report.as_at, time(12))
        super().__init__(words.title, words.period, words.report.panel.name, made)
        self.charts = 0
        self.appendix = self.numbering_anew()

    def numbering_anew(self) -> int:
        """A second run of the same numbering, for the appendix: its id."""
        numbering = self.doc.part.numbering_part.element
        style = self.doc.styles["List Number"].element
        main = style.pPr.numPr.numId.val
        abstract = numbering.num_having_numId(main).abstractNumId.val
        num = numbering.add_num(abstract)
        num.add_lvlOverride(0).add_startOverride(1)
        return num.numId

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
                self.closing(block.words)
            case Table():
                rows = [((label, note), number) for label, note, number in block.rows]
                self.table(block.caption, block.heads, rows, WIDTHS, numbers=True)
            case Chart():
                self.chart(block)
                rows = [(w, str(n)) for w, n in block.rows]
                self.table(f"{block.title}, as a table", block.heads, rows, WIDTHS, numbers=True)

    def numbered(self, block):
        """A paragraph with Word's own number."""
        paragraph = self.doc.add_paragraph(block.words, style="List Number")
        if block.appendix:
            number = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            number.get_or_add_ilvl().val = 0
            number.get_or_add_numId().val = self.appendix

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
                f'<wp:extent cx="{int(WIDTH)}" cy="{height}"/>'
                f'<wp:docPr id="{100 + self.charts}" name="Chart {self.charts}" descr={quoteattr(chart.says)}/>'
                '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
                f'<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="{rid}"/>'
                "</a:graphicData></a:graphic></wp:inline></w:drawing>"
            )
        )
