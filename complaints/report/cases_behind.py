"""The cases behind a figure of the annual report, for the list: counted again, or as they were frozen."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from complaints.models import AnnualReport
from complaints.procedure import PROCEDURE
from complaints.report import periods
from complaints.report.blocks import Blocks
from complaints.report.figures import NoReport, annual_report
from complaints.report.issue import thawed
from complaints.report.paper_tables import figures_table
from complaints.report.shown import TOGETHER, label_of
from complaints.report.totals import Report
from complaints.report.words import Words
from panel.access import rules
from panel.forms.fields import number_in
from panel.models import Case

IN_TIME = {"due": "Due", "in_time": "Done in time", "done_late": "Done late", "not_done": "Not done"}


@dataclass(frozen=True)
class Figure:
    """A figure, with the ids of its cases."""

    words: str
    report_words: str
    back_url: str
    cases: tuple[int, ...]
    number: int
    closed: int  # of the cases, those that the person may not open


def figure_of(panel, who, query) -> Figure | None:
    """The figure that the address asks for, or None: no such figure, or none that this person may open."""
    key = query.get("figure", "")
    if not key or not rules.may(who, "report.cases"):
        return None
    found = _issued(panel, query) if query.get("issued") else _counted(panel, who, query)
    if found is None:
        return None
    report, back = found
    figure = said(report, key)
    if figure is None:
        return None
    words, cases = figure
    if report.shown:
        words = label_of(report.shown, key) or words
    title = report.shown["title"] if report.shown else Words(report).title
    every = tuple(dict.fromkeys(cases))
    return Figure(words, title, back, every, len(cases), closed_to(who, panel, every))


def closed_to(who, panel, cases) -> int:
    """How many of these cases the person may not open. A figure counts them for everybody, in a draft as in what is issued:
    it must be the same number for whoever reads it, and says nothing of whom a case is about."""
    seen = Case.objects.filter(rules.visible(who)).values("pk")
    hidden = Case.objects.filter(panel=panel, procedure=PROCEDURE.key).exclude(pk__in=seen).values_list("pk", flat=True)
    return len(set(hidden) & set(cases))


def said(report: Report, key: str) -> tuple[str, tuple[int, ...]] | None:
    """What the figure is, with the heading under which it stands, and its cases; None where the report has no such
    figure. A line of the paper's table may add several figures."""
    if TOGETHER in key:
        for line in figures_table(report):
            if TOGETHER.join(line.keys) == key:
                return line.label[:1].upper() + line.label[1:], tuple(c for k in line.keys for c in report.behind(k))
        return None
    for section in Words(report).sections():
        for row in section.rows:
            if row.key == key:
                return f"{section.heading}: {row.label}", tuple(report.behind(key))
    own = Blocks(report)
    for block in own.all():
        for line in (*block.lines, block.total):
            if line.key == key:
                return (f"{block.heading}: {line.label}" if line is not block.total else block.heading), line.cases
    for kind in own.in_time():
        for how, words in IN_TIME.items():
            if key == f"{how}.{kind.key}":
                return f"{words}: {kind.label}", tuple(report.behind(key))
    return next(
        (
            (line.label[:1].upper() + line.label[1:], tuple(report.behind(key)))
            for line in figures_table(report)
            if line.keys == (key,)
        ),
        None,
    )


def _issued(panel, query) -> tuple[Report, str] | None:
    row = AnnualReport.objects.filter(panel=panel, pk=number_in(query["issued"]) or 0).first()
    if row is None or row.issued_on is None:
        return None
    return thawed(row), reverse("panel:report-issued", args=[panel.slug, row.pk])


def _counted(panel, who, query) -> tuple[Report, str] | None:
    if not rules.may(who, "report.draft"):
        return None
    try:
        first, last = periods.parse(query.get("report", ""))
        as_at = date.fromisoformat(query.get("as_at", ""))
        report = annual_report(panel, first, last, as_at)
    except (NoReport, ValueError):
        return None
    again = {"year": query["report"], "as_at": as_at.isoformat(), "new": "1"}
    return report, f"{reverse('panel:report', args=[panel.slug])}?{urlencode(again)}"
