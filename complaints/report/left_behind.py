"""Figures that have changed since the text of a draft was saved: the officer reads which, before the paper says two things.

left_behind(row, report)      # None where the text and the figures are of one moment
"""

from dataclasses import dataclass
from datetime import datetime

from complaints.models import AnnualReport
from complaints.procedure import PROCEDURE
from complaints.report.document import paragraphs
from complaints.report.figures import annual_report
from complaints.report.happened import what_happened
from complaints.report.paper_tables import figures_table
from complaints.report.record_read import end_of
from complaints.report.totals import Report
from panel.files.marked import without_marks
from panel.law import clock
from panel.law.period import day_words
from panel.models import Entry


@dataclass(frozen=True)
class LeftBehind:
    """What changed, in words, and the sentences that the figures make now."""

    saved: str  # "17 November 2026"
    changed: tuple[str, ...]  # "Received is now 18, not 17"
    sentences: tuple[str, ...]


def left_behind(row: AnnualReport, report: Report) -> LeftBehind | None:
    """What the figures say otherwise than when the text was saved."""
    at = saved_at(row)
    if at is None or at >= end_of(report.as_at) or not has_entries_after(report, at):
        return None
    then = annual_report(report.panel, report.first, report.last, report.as_at, known=at)
    before = {line.keys: line.cells[0] for line in figures_table(then)}
    found, block = [], ""
    for line in figures_table(report):
        block = block if line.kind == "part" else line.label
        was, now = before.get(line.keys, "0"), line.cells[0]
        if was != now:
            label = f"{block}, {line.label}" if line.kind == "part" else line.label
            found.append(f"{label}: now {now}, not {was}")
    if not found:
        return None
    sentences = tuple(without_marks(words) for words in paragraphs(what_happened(report)))
    return LeftBehind(day_words(at.astimezone(clock.LONDON).date()), tuple(found), sentences)


def saved_at(row: AnnualReport) -> datetime | None:
    """When the text of the draft was saved the last time; None for one that nobody has saved."""
    if row.pk is None:
        return None
    found: datetime | None = row.history.order_by("-history_id").values_list("history_date", flat=True).first()
    return found


def has_entries_after(report: Report, at: datetime) -> bool:
    """Whether anything was entered about complaints since then."""
    return Entry.objects.filter(panel=report.panel, case__procedure=PROCEDURE.key, entered_at__gt=at).exists()
