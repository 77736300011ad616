"""What complaints have for a meeting of the Panel: the report of the year that was over by then. And what the Panel told the
Commissioner on a complaint."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from complaints.keys import DutyKey
from complaints.models import AnnualReport, Complaint
from complaints.report.paper_words import title_of
from panel.access import rules
from panel.law import clock
from panel.models import Duty, Panel
from panel.procedure.register import ToldOnACase, ToTable


def to_table(who: Any, on: date) -> list[ToTable]:
    """The annual report of the last year that ended before the meeting, issued or still to be."""
    panel = Panel.objects.get(pk=who.panel_id)
    first, _ = clock.year_bounds(clock.municipal_year(on))
    year = clock.municipal_year(first - timedelta(days=1))
    first, last = clock.year_bounds(year)
    rows = AnnualReport.objects.filter(panel=panel, first=first, last=last).exclude(issued_on=None)
    issued = rows.order_by("-version").first()
    if issued is not None:
        url, note = reverse("panel:report-issued", args=[panel.slug, issued.pk]), ""
    else:
        url, note = reverse("panel:report", args=[panel.slug]) + f"?year={year}", "Not issued"
    return [ToTable(f"complaints:{year}", title_of(first, last), url, note)]


def told(who: Any) -> list[ToldOnACase]:
    """The reports and recommendations on complaints that the person sees, by reference: each is answered or awaited."""
    seen = Complaint.objects.filter(rules.visible(who))
    rows = Duty.objects.filter(kind__in=(DutyKey.AWAIT_ANSWER, DutyKey.AWAIT_REPLY), case__in=seen)
    rows = rows.exclude(closed_how__in=(Duty.Closed.REVERSED, Duty.Closed.LAPSED))
    return [
        ToldOnACase(
            f"Complaint {d.case.reference}", d.case.get_absolute_url(), d.opened_by.on, ("s 28(6)",),
            "Report" if d.kind == DutyKey.AWAIT_ANSWER else "Recommendations", d.due,
            d.closed_by.on if d.closed_by and d.closed_how == Duty.Closed.MET else None, awaited=d.closed_by_id is None,
        )
        for d in rows.select_related("case__panel", "opened_by", "closed_by").order_by("pk")
    ]  # fmt: skip
