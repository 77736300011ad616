"""The figures of a report as comma-separated values, with a mark by which spreadsheets know the encoding."""

from collections.abc import Iterator

from complaints.report.blocks import Blocks
from complaints.report.totals import Report, spread
from complaints.report.words import Words
from panel.files.spreadsheets import csv_lines

Cell = str | int | float | None


def figures_csv(report: Report) -> bytes:
    """The file: every block with its total first, what was done in time, and the days."""
    words, before = Words(report), report.previous
    head: tuple[Cell, ...] = ("Section", "Figure", "Number", Words(before).year if before else "Year before", "Note")
    return "".join(csv_lines([words.title, words.period], [head, *rows(report)])).encode()


def rows(report: Report) -> Iterator[tuple[Cell, ...]]:
    """Section, figure, number, number of the year before (None where there is none), note."""
    own = Blocks(report)
    for block in own.all():
        if not block.signs:
            note = "; ".join(filter(None, (block.overlap_words, block.note)))
            yield block.heading, block.total.label, block.total.number, block.total.before, note
        for line in block.lines:
            yield block.heading, line.label, line.number, line.before, line.note
        if block.signs:
            yield block.heading, block.total.label, block.total.number, block.total.before, block.sum_words
    for kind in own.in_time():
        whose = "Day that binds in law" if kind.law else "Day of the Panel’s own"
        then = kind.before
        yield "In time", f"{kind.label}: due", kind.due, then and then.due, whose
        yield "In time", f"{kind.label}: done in time", kind.in_time, then and then.in_time, whose
    for words, days, was in (
        ("To the first decision on how it is handled", report.to_filter, report.previous and report.previous.to_filter),
        ("To closing", report.to_close, report.previous and report.previous.to_close),
    ):
        then = spread(was or [])
        for measure, value in spread(days).items():
            if value is not None:
                yield "Days from receipt", f"{words}, {measure}", value, then[measure], ""
