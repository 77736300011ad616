"""The figures of the complaints report for a period, as the record stood at the end of a day.

    report = annual_report(panel, date(2025, 4, 1), date(2026, 3, 31), as_at=date(2026, 6, 12))
    report.number("received"), report.cases["received"], report.as_json()

They are read from moves in force, days of receipt and days of duties only, so that erasing people changes none. A
complaint belongs to the year it was received, each decision to the year it took effect. A void complaint is no
complaint and counts nowhere; a conduct matter is counted on its own line and nowhere else. Each figure keeps the ids
of the cases behind it. Always: carried in + received + reopened - ended = carried out.
"""

from datetime import date

from complaints.procedure import PROCEDURE
from complaints.report.counter import ComplaintCounter
from complaints.report.record_read import (
    days_of_receipt,
    end_of,
    late,
    moves_by_case,
    offices_named,
    themes_corrected,
)
from complaints.report.totals import NO_REASON, Report
from panel.law import clock
from panel.law.period import day_words
from panel.models import Entry


class NoReport(ValueError):
    """There can be no such report: a period backwards or to come, a day before the record begins. One sentence."""


def annual_report(panel, first: date, last: date, as_at: date | None = None) -> Report:
    """The report of the period, both days included, as the record stood at the end of `as_at` (today, if not given).

    Raises NoReport. Eight queries, however many cases.
    """
    as_at = as_at or clock.today()
    check(panel, first, last, as_at)
    at = end_of(as_at)
    settings = panel.settings_known(min(last, as_at), at)
    names = {k: getattr(settings, f"{k}_word") for k in ("commissioner", "chairman", "sub_panel")}
    names["procedure_approved"] = settings.procedure_approved
    report = Report(panel, first, last, as_at, merge_small=settings.merge_small_themes, names=names)
    received = days_of_receipt(panel, at)
    offices = offices_named(panel, at)
    counted = set()
    themes = themes_corrected(panel, at)
    for case, moves in moves_by_case(panel, at):
        counter = ComplaintCounter(report, case, received[case], offices.get(case, set()), themes.get(case, ""))
        if counter.count(moves):
            counted.add(case)
    for case, kind, reason in sorted(set(late(panel, first, last, at if as_at < clock.today() else None))):
        if case in counted:
            report.add("late", case)
            report.add("late_in_law" if PROCEDURE.duty(kind).late_in_law else "late_own", case)
            report.add(f"late.{kind}", case)
            report.add(f"late_why.{reason or NO_REASON}", case)
    return report


def check(panel, first: date, last: date, as_at: date) -> None:
    """Raise NoReport where the period or the day makes no sense."""
    if last < first:
        raise NoReport(f"The period ends on {day_words(last)}, before it begins on {day_words(first)}.")
    if as_at > clock.today():
        raise NoReport("As-at date must be today or in the past.")
    if first > as_at:
        raise NoReport(f"The period begins on {day_words(first)}: on {day_words(as_at)} it had not begun.")
    began = Entry.objects.filter(panel=panel, case__procedure=PROCEDURE.key).order_by("entered_at").first()
    if began is not None and began.entered_at > end_of(as_at):
        day = day_words(began.entered_at.astimezone(clock.LONDON).date())
        raise NoReport(f"Nothing was on record on {day_words(as_at)}: the first complaint was entered on {day}.")
