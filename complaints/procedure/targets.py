"""Days of the Panel's own, whose clocks can stop, also where the duty is the law's. A day that binds never stops
(reg 22; docs/law.md)."""


def is_target(attempt, duty):
    """Whether the duty's day is a target of the Panel's own, so that its clock can stop."""
    return attempt.look.facts.can_stand(attempt.look.procedure.duty(duty.kind)) and duty.due is not None


def part_of(attempt, duty):
    """The allegation that the duty is about, or None where it is about the whole case."""
    return next((p for p in attempt.look.parts if p.pk == duty.part_id), None)
