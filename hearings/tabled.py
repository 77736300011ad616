"""What hearings have for a meeting of the Panel: those that have their place at a meeting of that day. And what the Panel
told the Commissioner on an appointment."""

from datetime import date
from typing import Any

from hearings.models import Hearing, Proposal, Sitting
from panel.access import rules
from panel.procedure.register import ToldOnACase, ToTable


def to_table(who: Any, on: date) -> list[ToTable]:
    """The hearings of that day which the person sees. What is restricted is tabled without a name."""
    here = Sitting.objects.filter(item__meeting__on=on, ended="", entry__reversed_by=None).values("hearing")
    rows = Hearing.objects.filter(rules.visible(who), pk__in=here).select_related("panel").order_by("pk")
    return [
        ToTable(
            f"hearings:{case.pk}", f"Confirmation hearing: {case.title}" if not case.restricted else "Confirmation hearing",
            case.get_absolute_url(), "", case, "commissioner",
        )
        for case in rows
    ]  # fmt: skip


def told(who: Any) -> list[ToldOnACase]:
    """The reports on appointments that the person sees, with what became of each candidate."""
    seen = Hearing.objects.filter(rules.visible(who))
    rows = Proposal.objects.filter(hearing__in=seen, entry__reversed_by=None).exclude(sent_on=None)
    found = []
    for row in rows.select_related("hearing__panel").prefetch_related("hearing__parts__candidate").order_by("pk"):
        case = row.hearing
        parts = [part.candidate for part in case.parts.all()]
        under = "Sch 8 para 4" if case.procedure == "schedule8" else "Sch 1 para 10"
        said = "Vetoed" if any(p.vetoed_on for p in parts) else "Reported"
        became = "; ".join(filter(None, (p.became for p in parts)))
        found.append(
            ToldOnACase(
                f"Appointment: {case.get_post_display()}",
                case.get_absolute_url(),
                row.sent_on,
                (under,),
                said,
                became=became,
            )
        )
    return found
