"""What the page of an issued report shows: kept, when it is issued, as it then was, so that no later change of a label or
of a rule of counting is seen in it.

    report.shown = keep(report)      # on issuing
    rows_of(report)                  # kept, or made from the figures of a draft
"""

from typing import Any

from complaints.report.blocks import Blocks
from complaints.report.first_edition.html import drawing as first_drawing
from complaints.report.first_edition.words import Words as FirstWords
from complaints.report.from_register import sentences
from complaints.report.lines import Block, Line
from complaints.report.paper_tables import LAW_DAY, figures_table, heads, in_time_table
from complaints.report.totals import CONDUCT, Report
from complaints.report.words import Section, Words
from panel.pages.charts import drawing

IN_ALL = "In all"
DRAWN = ("months", "days")
TOGETHER = " "  # between the figures that one line of the table adds, in an address


def keep(report: Report) -> dict[str, Any]:
    """All that the page shows of the figures, as JSON."""
    words = Words(report)
    return {
        "title": words.title,
        "period": words.period,
        "balance": list(words.balance),
        "recorded": words.recorded,
        "counting": words.counting,
        "old_register": sentences(report),
        "heads": list(heads(report)[1:]),
        "table": [[line.label, line.kind, list(line.cells), list(line.keys)] for line in figures_table(report)],
        "in_time": [
            [line.label.removesuffix(" (law)"), LAW_DAY in line.keys, list(line.cells)]
            for line in in_time_table(report)
        ],
        "rest": rest(report, words),
        "charts": [drawing(chart) for chart in words.charts() if chart.key in DRAWN],
    }


def rest(report: Report, words: Words) -> list[list[Any]]:
    """What the two tables do not say, in blocks that add up: [heading, [[label, number, key, note]]]."""
    own = Blocks(report)
    dealt = Section("Dealt with", words.dealt_with())
    found: list[list[Any]] = []
    for one in (
        own.recording(), own.iopc(), own.routes(), own.grounds(), dealt, own.outcomes(), own.published(), own.decided_by(),
        own.office_holders(), own.themes(), Section("Days, from receipt", words.days()), own.in_hand(CONDUCT),
        own.iopc(CONDUCT), own.ended(CONDUCT), own.office_holders(CONDUCT), *own.late(),
    ):  # fmt: skip
        if isinstance(one, Section):
            found.append([one.heading, [[row.label, row.number, row.key, row.note] for row in one.rows]])
        elif not one.nil:
            found.append([one.heading, rows_of_block(one)])
    return found


def rows_of_block(block: Block) -> list[list[Any]]:
    """The lines of a block with what they come to, and what is in two of them; nil ones only where the law asks."""
    lines = [[capital(line.label), line.number, opened_by(line), capital(line.note)] for line in block.shown]
    label = IN_ALL if block.total.label == block.heading else capital(block.total.label)
    notes = (block.sum_words, block.overlap_words.strip("()"), block.total.note, block.note)
    total = [label, block.total.number, opened_by(block.total), ". ".join(capital(note) for note in notes if note)]
    return [*lines, total] if block.signs else [total, *lines]


def opened_by(line: Line) -> str:
    """The key by which its number opens its cases; none where one case has several of what is counted, such as
    decisions: the list would be another number."""
    return line.key if len(set(line.cases)) == line.number else ""


def capital(words: str) -> str:
    """With a capital first."""
    return words[:1].upper() + words[1:]


def of_first_edition(report: Report) -> dict[str, Any]:
    """The same of a report that version 0.1 issued: all its figures stood in sections."""
    words = FirstWords(report)
    return {
        "title": words.title,
        "period": words.period,
        "balance": list(words.balance),
        "recorded": words.recorded,
        "counting": words.counting,
        "heads": [],
        "table": [],
        "in_time": [],
        "rest": [[s.heading, [[row.label, row.number, row.key, row.note] for row in s.rows]] for s in words.sections()],
        "charts": [first_drawing(chart) for chart in words.charts()],
    }


def label_of(shown: dict[str, Any], key: str) -> str:
    """What an issued report calls a figure, with its heading; empty where it shows none."""
    for heading, rows in shown["rest"]:
        for label, _, row_key, _ in rows:
            if row_key == key:
                return f"{heading}: {label}"
    return next(
        (label[:1].upper() + label[1:] for label, _, _, keys in shown["table"] if TOGETHER.join(keys) == key), ""
    )
