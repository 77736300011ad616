"""What hearings have for a meeting of the Panel: those that have their place at a meeting of that day."""

from datetime import date
from typing import Any

from hearings.models import Hearing, Sitting
from panel.access import rules
from panel.procedure.register import ToTable


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
