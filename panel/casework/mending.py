"""Duties that were opened under earlier rules are brought to today's, once, at an upgrade: an act of its own on each case
concerned, by nobody, with the cause. The past is not rewritten."""

from django.db.models import Min

from panel.access import rules
from panel.casework.case_context import CaseContext
from panel.casework.settling import Settling
from panel.law import clock
from panel.law.roles import Wait
from panel.models import Case, Entry, User
from panel.procedure.machine import MENDED
from panel.procedure.register import of_procedure
from panel.record.act import sealed_act

CAUSE = "An upgrade brought the open duties to what today’s rules ask where the case stands."


class _NothingToDo(Exception):
    """Unwinds an act that would change nothing."""


def mend(pk: int) -> list[str]:
    """Mend the duties of that case; a line for each that changed, empty where none did."""
    plain = Case.objects.select_related("panel").get(pk=pk)
    case = of_procedure(plain.procedure).case_model.objects.select_related("panel").get(pk=pk)
    try:
        with sealed_act(case.panel, by=None, name=MENDED) as act:
            entry = Entry.objects.create(
                panel=case.panel, case=case, number=case.version + 1, step=MENDED, on=clock.today(), entered_at=act.at,
                why=CAUSE,
            )  # fmt: skip
            act.entry = entry
            act.rows.append(entry)
            look = CaseContext(case, User(), rules.Standing(None, case.panel_id))
            settling = Settling(look, entry)
            settling.settle()
            if not settling.changes:
                raise _NothingToDo
            case.version = entry.number
            case.next_due = case.duties.filter(closed_by=None, stopped_on=None).aggregate(first=Min("due"))["first"]
            case.save()
    except _NothingToDo:
        return []
    words = look.procedure.duty
    return [
        f"{case.reference}: {did} “{words(duty.kind).label.format(to=duty.recipient.partition(':')[0].replace('_', ' '))}”"
        + (f" (waits for {Wait(duty.waits_for).words})" if did == "let sleep" else "")
        for did, duty in settling.changes
    ]
