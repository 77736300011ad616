"""What complaints have for a meeting of the Panel: the report of the year that was over by then."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from complaints.models import AnnualReport
from panel.law import clock
from panel.models import Panel
from panel.procedure.register import ToTable


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
    return [ToTable(f"complaints:{year}", f"Complaints {year}: annual report", url, note)]
