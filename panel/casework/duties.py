"""Duties of a case: what a step closes, lets lapse and opens."""

from typing import Any

from panel.casework.case_context import Attempt
from panel.law import clock
from panel.models import Duty, Part
from panel.procedure.vocabulary import DutyKind


def close_duties(attempt: Attempt, every: list[Part]) -> None:
    """Close what the step closes; let lapse what an end, or the going on of the last part concerned, makes idle."""
    closing = {k.key: Duty.Closed.LAPSED for k in attempt.step.lapses}
    closing |= {k.key: Duty.Closed.MET for k in attempt.step.closes if not attempt.step.closes_chosen_duties_only}
    moved = {p.pk for p in attempt.parts}
    by_hand = {d.pk: how for d, how in attempt.closed_duties}
    ended = attempt.step.moves and every and all(not attempt.look.procedure.state(p.status).open for p in every)
    gone = {p.pk for p in every if not attempt.look.procedure.state(p.status).open} if attempt.step.moves else set()
    for duty in [] if attempt.look.new else list(attempt.case.duties.filter(closed_by=None).select_related("part")):
        kind = attempt.look.procedure.duty(duty.kind)
        how = by_hand.get(duty.pk, "")
        if not how and duty.kind in closing and not (kind.still_needed and kind.still_needed(attempt)):
            if duty.part_id is not None:
                how = closing[duty.kind] if duty.part_id in moved else ""
            elif not any(p.status in kind.open_in_states for p in every):
                how = closing[duty.kind]
        of_case = attempt.step.moves and duty.part_id is None and kind.open_in_states
        idle = of_case and not any(p.status in kind.open_in_states for p in every)
        if not how and (idle or (kind.lapses_at_end and (ended or duty.part_id in gone))):
            how = Duty.Closed.LAPSED
        if how and duty.opened_by_id != attempt.entry.pk:
            duty.closed_by, duty.closed_how = attempt.entry, how
            if how == Duty.Closed.MET and duty.is_over(attempt.on):
                duty.late_reason = attempt.answers.get("late_reason") or ""
            duty.save()


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
