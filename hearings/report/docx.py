"""The report to the Commissioner as a Word file."""

from docx.shared import Cm

from hearings.report.content import Report
from panel.files.word import WordFile

WIDTHS = {2: (Cm(5), Cm(11)), 3: (Cm(6.5), Cm(2.5), Cm(7))}  # of a table's columns, by how many


def docx(report: Report) -> bytes:
    """The report as a Word file, in the look of every report."""
    made = report.look.entries[-1].entered_at.replace(tzinfo=None)  # the record as it stands, not the moment of asking
    word = WordFile(report.title, report.case.reference, report.look.panel.name, made)
    word.doc.add_paragraph(report.title, style="Title")
    for line in report.intro():
        word.doc.add_paragraph(line)
    for heading, blocks in report.sections():
        word.doc.add_heading(heading, 1)
        for block in blocks:
            if isinstance(block, str):
                word.doc.add_paragraph(block)
                continue
            rows = [[str(w) for w in row] for row in block["rows"]]
            word.table(block["caption"], block["columns"], rows, WIDTHS[len(block["columns"])])
    word.closing(report.closing)
    return word.saved()
