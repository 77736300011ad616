"""Duties of a case: what a step closes, lets lapse and opens."""

from typing import Any

from panel.casework.case_context import Attempt
from panel.law import clock
from panel.models import Duty
from panel.procedure.vocabulary import DutyKind


def close_duties(a: Attempt, every) -> None:
    """Close what the step closes; let lapse what an end, or the going on of the last part concerned, makes idle."""
    closing = {k.key: Duty.Closed.LAPSED for k in a.step.lapses}
    closing |= {k.key: Duty.Closed.MET for k in a.step.closes if not a.step.by_hand}
    moved = {p.pk for p in a.parts}
    by_hand = {d.pk: how for d, how in a.notes}
    ended = a.step.moves and every and all(not a.look.procedure.state(p.status).open for p in every)
    gone = {p.pk for p in every if not a.look.procedure.state(p.status).open} if a.step.moves else set()
    for duty in [] if a.look.new else list(a.case.duties.filter(closed_by=None).select_related("part")):
        kind = a.look.procedure.duty(duty.kind)
        how = by_hand.get(duty.pk, "")
        if not how and duty.kind in closing and not (kind.needed and kind.needed(a)):
            if duty.part_id is not None:
                how = closing[duty.kind] if duty.part_id in moved else ""
            elif not any(p.status in kind.while_in for p in every):
                how = closing[duty.kind]
        of_case = a.step.moves and duty.part_id is None and kind.while_in
        idle = of_case and not any(p.status in kind.while_in for p in every)
        if not how and (idle or (kind.lapses_at_end and (ended or duty.part_id in gone))):
            how = Duty.Closed.LAPSED
        if how and duty.opened_by_id != a.entry.pk:
            duty.closed_by, duty.closed_how = a.entry, how
            if how == Duty.Closed.MET and duty.is_over(a.on):
                duty.late_reason = a.answers.get("late_reason") or ""
            duty.save()


def arising(a: Attempt, *, taken: bool = False) -> list[tuple[DutyKind, str, Any, Any]]:
    """(kind, recipient, part or None, Count or None) of every duty that the attempt opens. A day that cannot be counted
    is left out where this is only said, and raises clock.Uncountable where the step is `taken`."""
    found = []
    kinds = list(a.step.opens) + [
        k for d, how in a.notes if how == "met" and (k := a.look.procedure.duty(d.kind).follows)
    ]
    for kind in dict.fromkeys(kinds):
        if kind.when is not None and not kind.when(a):
            continue
        try:
            due = kind.due(a) if kind.due else None
        except clock.Uncountable:
            if taken:
                raise
            due = None
        recipients: Any = kind.to(a) if kind.to else [""]
        for recipient in recipients:
            for part in (kind.which(a) if kind.which else a.parts) if kind.per_part else [None]:
                found.append((kind, recipient, part, due))
    return found


def open_duties(a: Attempt) -> None:
    open_now = set(a.case.duties.filter(closed_by=None).values_list("kind", "recipient", "part_id"))
    for kind, recipient, part, due in arising(a, taken=True):
        key = (kind.key, recipient, part.pk if part else None)
        if key in open_now and not (kind.notice or kind.again):
            continue
        stands = due is not None and a.facts.stands_still(kind, part)
        Duty.objects.create(
            case=a.case,
            part=part,
            kind=kind.key,
            recipient=recipient,
            due=due.day if due else None,
            count=due.as_json() if due else None,
            stopped_on=a.on if stands else None,
            opened_by=a.entry,
        )
