"""Targets of the Panel's own, whose clocks can stop. What the law times never stops (reg 22; docs/law.md)."""

from panel.law import clock
from panel.law.roles import Basis


def is_target(attempt, duty):
    """Whether the duty is a target of the Panel's own with a day, so that its clock can stop."""
    return attempt.look.procedure.duty(duty.kind).basis is Basis.TARGET and duty.due is not None


def part_of(attempt, duty):
    """The allegation that the duty is about, or None where it is about the whole case."""
    return next((p for p in attempt.look.parts if p.pk == duty.part_id), None)


def stop(attempt, duties):
    """Stop the clocks of these targets on the day of the step."""
    for d in duties:
        if d.stopped_on is None:
            d.stopped_on = attempt.on
            d.save()


def go_on(attempt, duties):
    """Let the clocks go on: each day moves by as long as its clock stood, and the first day is kept beside it. A target
    that was late when its clock stopped stays late."""
    for d in duties:
        if d.stopped_on > d.due:
            d.stopped_on = None
            d.save()
            continue
        count = clock.paused(d.due, d.stopped_on, max(attempt.on, d.stopped_on))
        d.first_due = d.first_due or d.due
        d.due, d.count, d.stopped_on = count.day, count.as_json(), None
        d.save()
