"""What the Panel owes apart from any case, for the home page of staff; it is written and noted in panel.letters.panel_duty."""

from django.urls import reverse

from panel.law.period import day_words
from panel.law.provisions import cite
from panel.law.spoken import say
from panel.models import PanelDuty

ADDRESSES = ("complaints_address", "complaints_email", "complaints_telephone")
UNDER = {PanelDuty.Kind.TELL_ADDRESS: ("reg 30",)}


def address_changed(panel, before, row) -> PanelDuty | None:
    """Open the duty to tell the Commissioner where the address for complaints is another from that row's day on; inside the
    act that changed it."""
    if not any(getattr(before, name) and getattr(before, name) != getattr(row, name) for name in ADDRESSES):
        return None
    kind = PanelDuty.Kind.TELL_ADDRESS
    found = panel.panel_duties.filter(kind=kind, met_on=None).first()
    return found or PanelDuty.objects.create(panel=panel, kind=kind, since=row.from_date)


def owed(panel) -> list[dict]:
    """What is still to be done, for the home page."""
    return [
        {
            "words": say(str(duty.get_kind_display())),
            "note": f"{cite(*UNDER[duty.kind])}, since {day_words(duty.since)}",
            "url": reverse("panel:panel-duty", args=[panel.slug, duty.pk]),
        }
        for duty in panel.panel_duties.filter(met_on=None)
    ]
