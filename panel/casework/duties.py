"""Duties of a case: what a step closes, lets lapse and opens. What follows from where the case then stands is settled
afterwards (settling.py)."""

from collections.abc import Iterable
from typing import Any

from panel.casework.case_context import Attempt
from panel.law import clock
from panel.models import Duty, Part
from panel.procedure.vocabulary import DutyKind


def close_duties(attempt: Attempt, every: list[Part]) -> None:
    """Close what the step closes, and what it overtakes. A duty of the whole case stays open for the parts that the step
    leaves where the duty lives."""
    closing = {k.key: Duty.Closed.LAPSED for k in attempt.step.lapses}
    closing |= {k.key: Duty.Closed.MET for k in attempt.step.closes if not attempt.step.closes_chosen_duties_only}
    moved = {p.pk for p in attempt.parts}
    by_hand = {d.pk: how for d, how in attempt.closed_duties}
    left = {p.status for p in every if p.pk not in moved} if attempt.step.scope == "parts" else set()
    for duty in [] if attempt.look.new else list(attempt.case.duties.filter(closed_by=None).select_related("part")):
        kind = attempt.look.procedure.duty(duty.kind)
        how = by_hand.get(duty.pk, "")
        if not how and duty.kind in closing and not (kind.still_needed and kind.still_needed(attempt)):
            if duty.part_id is not None:
                how = closing[duty.kind] if duty.part_id in moved else ""
            elif not (kind.open_in_states and left & attempt.look.procedure.lives_in(kind)):
                how = closing[duty.kind]
        if how and duty.opened_by_id != attempt.entry.pk:
            if how == Duty.Closed.MET and duty.is_over(attempt.on):
                duty.late_reason = attempt.answers.get("late_reason") or ""
            duty.end(attempt.entry, how)


def arising(attempt: Attempt, *, taken: bool = False) -> list[tuple[DutyKind, str, Any, Any]]:
    """(kind, recipient, part or None, Count or None) of every duty that the attempt opens. A day that cannot be counted
    is left out where this is only said, and raises clock.Uncountable where the step is `taken`."""
    found = []
    kinds = list(attempt.step.opens) + [
        k for d, how in attempt.closed_duties if how == "met" and (k := attempt.look.procedure.duty(d.kind).then_opens)
    ]
    for kind in dict.fromkeys(kinds):
        if kind.when is not None and not kind.when(attempt):
            continue
        try:
            due = kind.due(attempt) if kind.due else None
        except clock.Uncountable:
            if taken:
                raise
            due = None
        recipients: Any = kind.recipients(attempt) if kind.recipients else [""]
        for recipient in recipients:
            for part in (kind.parts(attempt) if kind.parts else attempt.parts) if kind.per_part else [None]:
                found.append((kind, recipient, part, due))
    return found


def open_duties(attempt: Attempt) -> None:
    """Open what the step opens, each duty once; a notice, or one that is repeatable, beside one that is open already."""
    open_now = set(attempt.case.duties.filter(closed_by=None).values_list("kind", "recipient", "part_id"))
    for kind, recipient, part, due in arising(attempt, taken=True):
        key = (kind.key, recipient, part.pk if part else None)
        if key in open_now and not (kind.notice or kind.repeatable):
            continue
        stands = due is not None and attempt.facts.stands_still(kind, part)
        Duty.objects.create(
            case=attempt.case,
            part=part,
            kind=kind.key,
            recipient=recipient,
            due=due.day if due else None,
            count=due.as_json() if due else None,
            stopped_on=attempt.on if stands else None,
            opened_by=attempt.entry,
        )


def stop(duties: Iterable[Duty], on: Any) -> None:
    """Stop the clocks of these targets on that day."""
    for d in duties:
        if d.stopped_on is None:
            d.stopped_on = on
            d.save()


def go_on(duties: Iterable[Duty], on: Any) -> None:
    """Let the clocks go on: each day moves by as long as its clock stood, and the first day is kept beside it. A target
    that was late when its clock stopped stays late."""
    for d in duties:
        if d.stopped_on is None or d.due is None:
            continue
        if d.stopped_on > d.due:
            d.stopped_on = None
            d.save()
            continue
        count = clock.paused(d.due, d.stopped_on, max(on, d.stopped_on))
        d.first_due = d.first_due or d.due
        d.due, d.count, d.stopped_on = count.day, count.as_json(), None
        d.save()
