"""The complaints report as a paper to the Panel: blocks that Word, web page, PDF and text are made from alike, so that they
cannot differ. Page one says what is asked and what happened; page two how, by whom, and whom to ask.

    paper = document(report, texts, stamp)
    as_text(paper); docx.as_docx(paper); html.as_html(paper)
"""

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from math import ceil

from complaints.report.from_register import sentences
from complaints.report.more import lines_in_words
from complaints.report.paper_tables import Line, figures_table, heads, in_time_table
from complaints.report.paper_words import panel_names, settings_of
from complaints.report.texts import Texts
from complaints.report.totals import Report
from complaints.report.words import Words
from panel.files.marked import without_marks
from panel.law.period import day_words

LINE_CHARACTERS = 72
NUMBER = re.compile(r"(\d{1,3})[.)]\s+(?=\S)")
BEGINS_ANEW = re.compile(r"\n(?=[ \t]*(?:\d{1,3}[.)]|\([a-z]{1,4}\)|[-–•*])[ \t]+\S)")  # lines of a pasted list
LONGEST_HEADING = 80
# How high things stand on paper, of some 723 points of a page.
TITLE_POINTS, HEADING_POINTS, LINE_POINTS, ROW_POINTS, PAPER_LINE_CHARACTERS, NEARLY_A_PAGE_POINTS = (
    60,
    32,
    13.7,
    13.7,
    80,
    690,
)
MANY_ROWS, LONG_HEAD_CHARACTERS, TEXT_HEAD_CHARACTERS = 16, 10, 14
CLOSED = "Appendix {}: complaints that were closed"
LINES = "Each complaint in a line"
NOTHING = re.compile(r"(none|nothing|there is none)?\.?", re.IGNORECASE)  # under Supporting information


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 or 2; page two and each appendix begin a page, and an appendix its numbers anew."""

    words: str
    level: int = 1
    new_page: bool = False
    appendix: bool = False


@dataclass(frozen=True)
class Numbered:
    """A numbered paragraph; the numbers go on through the report, and begin anew in the appendix."""

    words: str
    number: int
    appendix: bool = False


@dataclass(frozen=True)
class Plain:
    """A paragraph without a number."""

    words: str


@dataclass(frozen=True)
class Table:
    """Figures; the caption is printed where the heading above does not say it."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[Line, ...]
    captioned: bool = True

    @property
    def looks(self) -> str:
        """Classes of the page's table: one with many rows stands closer, one with long heads has wider columns."""
        long = "long" if len(self.rows) > MANY_ROWS else ""
        wide = "wide" if any(len(head) > LONG_HEAD_CHARACTERS for head in self.heads) else ""
        return " ".join(name for name in (long, wide) if name)


Block = Heading | Numbered | Plain | Table


@dataclass(frozen=True)
class Stamp:
    """That a report was issued: when, its reference, and the head of the record, which no page prints."""

    verified: str  # "Figures verified on 4 September 2026 (reference EX-123)."
    head: str  # the line that `verify_audit --head` reads; in the file's properties


@dataclass(frozen=True)
class Paper:
    """The whole paper: its head, its blocks in order, and what its files keep."""

    panel: str
    meeting: str  # "16 September 2026, item 8"; "" where none is entered
    day: str  # "16 September 2026", for the head of later pages
    title: str
    period: str
    as_at: date
    blocks: tuple[Block, ...] = ()
    stamp: Stamp | None = None
    page_numbers: bool = True
    kept: dict[str, str] = field(default_factory=dict)  # properties of the files

    @property
    def foot(self) -> str:
        """What stands below each page, at the left."""
        return ", ".join(part for part in (self.panel, self.meeting) if part)


def paragraphs(text: str) -> list[str]:
    """A text's paragraphs: between them stands an empty line."""
    return [" ".join(p.split()) for p in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if p.strip()]


class Writer:
    """The blocks while they are being written, and the number of the last paragraph."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.number = 0

    def section(self, heading: str, text: str = "", *, numbered: bool = True) -> None:
        """A heading and its paragraphs; nothing where there are none."""
        found = paragraphs(text)
        if not found:
            return
        self.blocks.append(Heading(heading))
        for words in found:
            self.say(words) if numbered else self.blocks.append(Plain(words))

    def say(self, words: str) -> None:
        """A numbered paragraph."""
        self.number += 1
        self.blocks.append(Numbered(words, self.number))

    def appendix(self, heading: str, text: str) -> None:
        """A paper of the panel's own, as it was typed or pasted: its numbers, if they run on from 1, become Word's; short
        lines without a stop are its headings. A line with a number or a bullet begins a paragraph."""
        found = paragraphs(BEGINS_ANEW.sub("\n\n", text.replace("\r\n", "\n")))
        if not found:
            return
        self.blocks.append(Heading(heading, new_page=True, appendix=True))
        numbers = [int(m[1]) for p in found if (m := NUMBER.match(p))]
        typed = bool(numbers)
        run_on = numbers == list(range(1, len(numbers) + 1))
        number = 0
        for words in found:
            m = NUMBER.match(words)
            if (m and run_on) or (not typed and not is_heading(words)):
                number += 1
                self.blocks.append(Numbered(words[m.end() :] if m else words, number, appendix=True))
            elif is_heading(words):
                self.blocks.append(Heading(words, 2))
            else:
                self.blocks.append(Plain(words))


def is_heading(words: str) -> bool:
    """Whether a typed line reads as a heading: short, with no stop at its end."""
    return len(words) <= LONGEST_HEADING and words[-1] not in ".:;,?!" and not NUMBER.match(words)


def document(report: Report, texts: Texts, stamp: Stamp | None = None) -> Paper:
    """The paper: recommendation, what happened and one table; in time, background, contact, papers; appendix."""
    writer = Writer()
    writer.section("Recommendation", texts.recommendation)
    old = [] if report.nil else report.shown.get("old_register", []) if report.shown else sentences(report)
    writer.section("What happened", "\n\n".join([texts.shows, *old]))
    if not report.nil:
        rows = tuple(figures_table(report))
        writer.blocks.append(Table("Complaints, each counted once in every block", heads(report), rows))
        in_time(writer, report, texts)
    writer.section("Background", texts.background)
    closed = "" if report.nil else texts.cases
    own = "" if NOTHING.fullmatch(texts.supporting.strip()) else texts.supporting.strip()
    supporting = own if paragraphs(closed) else texts.supporting
    closed_heading = CLOSED.format(2 if has_appendix_1(texts) else 1)
    listed = "\n\n".join(part for part in (supporting, closed_heading if paragraphs(closed) else "") if part.strip())
    writer.section("Supporting information", listed, numbered=False)
    writer.section("Contact point for this report", texts.contact, numbered=False)
    writer.section("Background papers", texts.papers, numbered=False)
    if stamp:
        writer.blocks.append(Plain(stamp.verified))
    writer.appendix(own or "Appendix 1", texts.appendix)
    writer.appendix(closed_heading, closed)
    if settings_of(report).case_lines:
        writer.appendix(LINES, lines_in_words(report))
    words = Words(report)
    day = day_words(texts.meeting_on) if texts.meeting_on else ""
    item = f"item {texts.item.strip()}" if texts.item.strip() else ""
    return Paper(
        panel_names(report).name, ", ".join(part for part in (day, item) if part), day, words.title, words.period, report.as_at,
        tuple(on_page_two(writer.blocks)), stamp, settings_of(report).page_numbers,
        {"Head of the record": stamp.head} if stamp and stamp.head else {},
    )  # fmt: skip


def has_appendix_1(texts: Texts) -> bool:
    """Whether the paper has an Appendix 1, or speaks of one that stands behind it as a paper of its own."""
    return bool(texts.appendix.strip()) or any("Appendix 1" in words for words in (texts.supporting, texts.background))


def in_time(writer: Writer, report: Report, texts: Texts) -> None:
    """What was done in time: the words, then the table, which the heading already names."""
    rows = tuple(in_time_table(report))
    if not rows and not texts.in_time.strip():
        return
    writer.blocks.append(Heading("In time"))
    for words in paragraphs(texts.in_time):
        writer.say(words)
    if rows:
        writer.blocks.append(Table("In time, of all that fell due", heads(report), rows, captioned=False))


def on_page_two(blocks: list[Block]) -> list[Block]:
    """The blocks, with page two beginning behind the table of figures: page one has what a reader in a hurry wants. Where
    that fills the page, or more, page two begins by itself, so that no page stays half empty."""
    found = list(blocks)
    for number, (block, after) in enumerate(pairwise(found), 1):
        if isinstance(block, Table) and block.captioned and isinstance(after, Heading):
            breaks = points(found[:number]) < NEARLY_A_PAGE_POINTS
            found[number] = Heading(after.words, after.level, new_page=breaks)
            break
    return found


def points(blocks: Iterable[Block]) -> float:
    """About how high these stand on paper, the title above them, in points."""
    high = TITLE_POINTS
    for block in blocks:
        match block:
            case Heading():
                high += HEADING_POINTS
            case Table():
                high += HEADING_POINTS + (len(block.rows) + 1) * ROW_POINTS
            case _:
                high += ceil(len(without_marks(block.words)) / PAPER_LINE_CHARACTERS) * LINE_POINTS + 6
    return high


def wrapped(words: str, first: str, rest: str) -> list[str]:
    """Lines of at most 72 characters."""
    return textwrap.wrap(without_marks(words), LINE_CHARACTERS, initial_indent=first, subsequent_indent=rest)


def as_text(paper: Paper) -> str:
    """The report as plain text."""
    out = [paper.panel, *([paper.meeting] if paper.meeting else []), "", paper.title.upper(), paper.period, ""]
    for block in paper.blocks:
        match block:
            case Heading():
                out += [block.words, "-" * len(block.words), ""]
            case Numbered():
                out += [*wrapped(block.words, f"{block.number:>3}. ", "     "), ""]
            case Plain():
                out += [*wrapped(block.words, "", ""), ""]
            case Table():
                out += [*table_lines(block), ""]
    return "\n".join(out).rstrip() + "\n"


def table_lines(table: Table) -> list[str]:
    """A table as lines with dots, the numbers below each other at the right; a long head on several lines."""
    columns = [*zip(*[row.cells for row in table.rows], strict=True)]
    heads = [textwrap.wrap(head, TEXT_HEAD_CHARACTERS) for head in table.heads[1:]]
    widths = [max(map(len, [*head, *cells])) for head, cells in zip(heads, columns, strict=True)]
    room = LINE_CHARACTERS - sum(w + 2 for w in widths)
    most = max(map(len, heads))
    lines = [table.caption] if table.captioned else []
    for cells in zip(*[[""] * (most - len(head)) + head for head in heads], strict=True):
        lines.append(right_aligned("".ljust(room), cells, widths))
    for row in table.rows:
        label = f"{'    ' if row.kind == 'part' else '  '}{row.label} "
        *before, label = textwrap.wrap(label, room, subsequent_indent="    ", drop_whitespace=False)
        lines += [*map(str.rstrip, before), right_aligned(label.ljust(room, "."), row.cells, widths)]
    return lines


def right_aligned(label: str, cells: tuple[str, ...], widths: list[int]) -> str:
    """A line of a table."""
    return label + "".join(f"  {cell:>{width}}" for cell, width in zip(cells, widths, strict=True))


def issued_words(report) -> str:
    """ "Issued on 12 June 2026 by Priya Nair"."""
    return f"Issued on {day_words(report.issued_on)} by {report.issued_by}"
