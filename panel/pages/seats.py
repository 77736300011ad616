"""Seats on sub-panels that nobody sits on any more."""

from django.db.models import Exists, OuterRef, Q

from panel.access import rules
from panel.law.period import day_words
from panel.law.roles import CasePart, Role
from panel.models import Case, CaseRole
from panel.pages.words import case_url
from panel.procedure.register import REGISTERS, procedures


def seats_left(panel, who, today) -> list[dict]:
    """Members who have left the panel and still hold a seat on a sub-panel that has a case of those the person sees:
    nobody takes a step when a term ends, so no duty begins with it."""
    held = Q(pk__in=[])
    for procedure in procedures().values():
        for kind in procedure.duties:
            if kind.met_by == "replace_sub_panel_member":
                held |= Q(procedure=procedure.key, parts__status__in=kind.open_in_states)
    seen = Exists(Case.objects.filter(rules.visible(who), held, pk=OuterRef("case")))
    gone = panel.members.filter(to_date__lt=today).values("pk")
    rows = CaseRole.objects.filter(seen, kind=CasePart.SUB_PANEL, to_entry=None, member__in=gone)
    registers = {p.key: r for r in REGISTERS.values() for p in r.procedures}
    return [
        {
            "words": f"{r.member.name} left the Panel on {day_words(r.member.to_date)} and still has a seat on the "
            f"{Role.SUB_PANEL.words} of",
            "reference": r.case.reference,
            "url": case_url(r.case, registers[r.case.procedure]),
        }
        for r in rows.select_related("case__panel", "member").order_by("case", "pk")
    ]
