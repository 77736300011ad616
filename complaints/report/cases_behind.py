"""The cases behind a figure of the annual report, for the list: counted again, or as they were frozen."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from complaints.models import AnnualReport
from complaints.report.figures import NoReport, annual_report
from complaints.report.issue import thawed
from complaints.report.totals import Report
from complaints.report.words import Words
from panel.access import rules
from panel.forms.fields import number_in
from panel.law import clock


@dataclass(frozen=True)
class Figure:
    """A figure, with the ids of its cases."""

    words: str
    report_words: str
    back_url: str
    cases: tuple[int, ...]
    number: int


def figure_of(panel, who, query) -> Figure | None:
    """The figure that the address asks for, or None: no such figure, or none that this person may open."""
    key = query.get("figure", "")
    if not key or not rules.may(who, "report.cases"):
        return None
    found = _issued(panel, query) if query.get("issued") else _counted(panel, who, query)
    if found is None:
        return None
    report, back = found
    words = Words(report)
    for section in words.sections():
        for row in section.rows:
            if row.key == key:
                cases = report.cases.get(key, ())
                said = f"{section.heading}: {row.label}"
                return Figure(said, words.title, back, tuple(dict.fromkeys(cases)), len(cases))
    return None


def _issued(panel, query) -> tuple[Report, str] | None:
    row = AnnualReport.objects.filter(panel=panel, pk=number_in(query["issued"]) or 0).first()
    if row is None or row.issued_on is None:
        return None
    return thawed(row), reverse("panel:report-issued", args=[panel.slug, row.pk])


def _counted(panel, who, query) -> tuple[Report, str] | None:
    if not rules.may(who, "report.draft"):
        return None
    try:
        first, last = clock.year_bounds(query.get("report", ""))
        as_at = date.fromisoformat(query.get("as_at", ""))
        report = annual_report(panel, first, last, as_at)
    except (NoReport, ValueError):
        return None
    again = {"year": query["report"], "as_at": as_at.isoformat(), "new": "1"}
    return report, f"{reverse('panel:report', args=[panel.slug])}?{urlencode(again)}"
