"""The complaints report as a Word file: real headings, numbers and tables, its language, title and running lines set. The
same paper gives the same bytes."""

from datetime import datetime, time

from docx.shared import Cm

from complaints.report.document import LONG_HEAD_CHARACTERS, Heading, Numbered, Paper, Plain, Table
from panel.files.word import WIDTH, WordFile

NUMBER_COLUMN = {1: Cm(3), 2: Cm(2.4)}  # wide enough for "none due"; by how many there are
WIDE_NUMBER_COLUMN = Cm(3.2)  # for a period in words


def as_docx(paper: Paper) -> bytes:
    """The file."""
    word = WordFile(
        paper.title, paper.period, paper.panel, datetime.combine(paper.as_at, time(12)), foot=paper.foot, right=paper.day,
        kept=paper.kept, page_numbers=paper.page_numbers,
    )  # fmt: skip
    word.paper_head(paper.panel, paper.meeting)
    word.title(paper.title)
    for block in paper.blocks:
        match block:
            case Heading():
                word.heading(block.words, block.level, new_page=block.new_page)
                if block.appendix:
                    word.number_anew()
            case Numbered():
                word.numbered(block.words)
            case Plain():
                word.plain(block.words)
            case Table():
                put_table(word, block)
    return word.saved()


def put_table(word: WordFile, table: Table) -> None:
    """A table within the width of the text, its numbers at the right."""
    numbers = len(table.heads) - 1
    long = any(len(head) > LONG_HEAD_CHARACTERS for head in table.heads)
    width = WIDE_NUMBER_COLUMN if long else NUMBER_COLUMN[numbers]
    widths = (Cm(WIDTH.cm - numbers * width.cm), *[width] * numbers)
    rows = [(row.label, *row.cells) for row in table.rows]
    word.table(
        table.caption, table.heads, rows, widths, numbers=True,
        kinds=[row.kind for row in table.rows], captioned=table.captioned,
    )  # fmt: skip
