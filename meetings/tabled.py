"""What the work programme has for a meeting of that day."""

from datetime import date
from typing import Any

from django.urls import reverse

from meetings.business_models import WorkItem
from panel.models import Panel
from panel.procedure.register import ToTable


def to_table(who: Any, on: date) -> list[ToTable]:
    """The items of the work programme for that meeting; one whose paper has not come says so."""
    panel = Panel.objects.get(pk=who.panel_id)
    rows = WorkItem.objects.filter(panel=panel, meeting_on=on, off=False, done_on=None)
    url = reverse("panel:programme", args=[panel.slug])
    return [
        ToTable(
            f"work:{row.pk}", row.title, url, "Awaited" if row.awaited else "",
            group="commissioner" if row.owed_by and "ommissioner" in row.owed_by else "other",
        )
        for row in rows
    ]  # fmt: skip
