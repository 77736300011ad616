"""The figures of the complaints report for a period, as the record stood at the end of a day.

    report = annual_report(panel, date(2025, 4, 1), date(2026, 3, 31), as_at=date(2026, 6, 12))
    report.number("received"), report.cases["received"], report.as_json()

They are read from moves in force, days of receipt and duties only, so that erasing people changes none. A complaint
belongs to the year it was received, each decision to the year it took effect. A void complaint is no complaint and
counts nowhere; a conduct matter is counted on lines of its own. Each figure keeps the ids of the cases behind it.
Always: carried in + received + reopened - ended = carried out. `blocks` says which figures add up to which.
"""

from datetime import date, datetime

from complaints.procedure import PROCEDURE
from complaints.report import periods
from complaints.report.counter import ComplaintCounter, in_force, is_conduct_matter, passes_by
from complaints.report.deadlines import count_duties, count_told
from complaints.report.from_register import is_from_register, unfolded
from complaints.report.record_read import (
    days_of_receipt,
    deciders,
    end_of,
    groups_known,
    holders_named,
    moves_by_case,
    publication,
    terms,
    themes_corrected,
)
from complaints.report.totals import Report
from panel.law import clock
from panel.law.period import day_words
from panel.models import Entry


class NoReport(ValueError):
    """There can be no such report: a period backwards or to come, a day before the record begins. One sentence; `field`
    is the question it answers."""

    def __init__(self, words: str, field: str = "as_at"):
        super().__init__(words)
        self.field = field


def annual_report(
    panel, first: date, last: date, as_at: date | None = None, *, previous: bool = False, known: datetime | None = None
) -> Report:
    """The report of the period, both days included, as the record stood at the end of `as_at` (today, if not given), with
    the year before if `previous` and the register goes back so far. `known` is an earlier moment: what was entered after
    it was not known.

    Raises NoReport. The number of queries does not grow with the cases.
    """
    as_at = as_at or clock.today()
    check(panel, first, last, as_at)
    spans = [(first, last)]
    if previous:
        before = periods.year_before(first, last)
        begun = periods.begins(panel, end_of(as_at))
        spans += [before] if begun and before[1] >= begun else []
    report, *rest = counted(panel, spans, as_at, known)
    report.previous = rest[0] if rest else None
    return report


def run_of_years(panel, year: str, last_year: str, as_at: date | None = None) -> list[Report]:
    """The reports of the municipal years from one to another, oldest first. Raises NoReport."""
    as_at = as_at or clock.today()
    spans = [clock.year_bounds(f"{y}-{(y + 1) % 100:02d}") for y in range(int(year[:4]), int(last_year[:4]) + 1)]
    if not spans:
        raise NoReport(f"The years run backwards: {last_year} comes before {year}.", "year")
    check(panel, spans[0][0], spans[-1][1], as_at)
    return counted(panel, [span for span in spans if span[0] <= as_at], as_at)


def counted(panel, spans: list[tuple[date, date]], as_at: date, known: datetime | None = None) -> list[Report]:
    """A report of each of the periods; the record is read once."""
    at = known or end_of(as_at)
    reports = [blank(panel, first, last, as_at, at) for first, last in spans]
    received, holders, themes = days_of_receipt(panel, at), holders_named(panel, at), themes_corrected(panel, at)
    names: dict[str, str] = {}
    decided = deciders(panel, names, at)
    kinds: dict[int, bool] = {}  # {case: whether it is a conduct matter}
    for case, moved in moves_by_case(panel, at):
        moves = in_force(moved)
        if not moves:
            continue
        kinds[case], old = is_conduct_matter(moved), is_from_register(moved)
        moves = unfolded(moves, received[case]) if old else moves
        offices = set(holders.get(case, {}).values())
        for report in reports:
            if not passes_by(report, received[case], moves):
                ComplaintCounter(
                    report, case, received[case], offices, themes.get(case, ""), decided, conduct=kinds[case]
                ).count(moves)
                if old:
                    report.add("from_register", case)
    past = at if known or as_at < clock.today() else None
    count_duties(reports, past, kinds)
    count_told(reports, past, kinds)
    published, office, matters = publication(panel, at), terms(panel, at), groups_known(panel, at)
    for report in reports:
        count_published(report, published)
        count_matters(report, matters)
        seen = {case for ids in report.cases.values() for case in ids}
        report.about = {case: list(holders[case]) for case in sorted(seen) if case in holders}
        named = {pk for pks in report.about.values() for pk in pks} | {
            pk for pk in office if any(k.startswith(f"specified.{pk}.") for k in report.cases)
        }
        report.names |= {f"holder.{pk}": words for pk, words in office.items() if pk in named} | names
    return reports


def blank(panel, first: date, last: date, as_at: date, at: datetime) -> Report:
    """A report with the panel's own words and nothing counted yet."""
    settings = panel.settings_known(min(last, as_at), at)
    names = {k: getattr(settings, f"{k}_word") for k in ("commissioner", "chairman", "sub_panel")}
    names["procedure_approved"] = settings.procedure_approved
    return Report(panel, first, last, as_at, merge_small=settings.merge_small_themes, names=names)


def count_published(report: Report, published: dict[int, tuple[date, bool]]) -> None:
    """Whether the outcomes of the period were published by its end; of the old register nobody knows."""
    old = set(report.cases.get("from_register", ()))
    for case in report.cases.get("outcomes", ()):
        on, yes = published.get(case, (date.max, False))
        undecided = "not_known" if case in old else "undecided"
        report.add(f"published.{undecided if on > report.end else 'yes' if yes else 'no'}", case)


def count_matters(report: Report, matters: dict[int, int]) -> None:
    """Which of those received are about one matter with others, and how many such matters there are."""
    together: dict[int, list[int]] = {}
    for case in report.cases.get("received", ()):
        if case in matters:
            together.setdefault(matters[case], []).append(case)
    for cases in together.values():
        if len(cases) > 1:
            report.events.setdefault("about_one_matter", []).extend(cases)
            report.event("matters", cases[0])


def check(panel, first: date, last: date, as_at: date) -> None:
    """Raise NoReport where the period or the day makes no sense."""
    try:
        periods.check(first, last, periods.begins(panel))
    except periods.NoPeriod as why:
        raise NoReport(str(why), why.field) from None
    if as_at > clock.today():
        raise NoReport("As-at date must be today or in the past.")
    if first > as_at:
        raise NoReport(f"The period begins on {day_words(first)}: on {day_words(as_at)} it had not begun.")
    began = Entry.objects.filter(panel=panel, case__procedure=PROCEDURE.key).order_by("entered_at").first()
    if began is not None and began.entered_at > end_of(as_at):
        day = day_words(began.entered_at.astimezone(clock.LONDON).date())
        raise NoReport(f"Nothing was on record on {day_words(as_at)}: the first complaint was entered on {day}.")
