"""What must hold of the duties of every case, whatever steps were taken: `carried_on(world, case)`.

Each open part has a duty that can be done now. Whoever owns a duty is offered its step; where the owner is outside, the
officer or the Monitoring Officer notes what they did. That holds of every duty that is awake, but for what is owed all the
time (to keep evidence, to conclude) and what has a day by law from the first (to report), which a later step meets. No
duty is open that a condition would refuse, and what sleeps says what it waits for.
"""

from dataclasses import replace

from panel.access import rules
from panel.casework.case_context import CaseContext
from panel.casework.offers import offer
from panel.casework.settling import Settling
from panel.law import clock
from panel.law.roles import OUTSIDE, Role
from panel.models import User

STAFF = ("officer", "mo")
NOBODY_SIGNS_IN = (*OUTSIDE, Role.PANEL)


def carried_on(world, case) -> None:
    """Assert it of the case as the database has it."""
    case = case.register.case_model.objects.select_related("panel").get(pk=case.pk)
    looks = seen_by(world, case)
    look = looks["officer"]
    settling = Settling(look, None)
    settling.open = look.open_duties
    awake = [d for d in look.open_duties if not d.sleeps(clock.today())]
    for duty in look.open_duties:
        assert settling.lives(duty), f"{duty} outlived its states at {[p.status for p in look.parts]}"
    for duty in awake:
        kind = look.procedure.duty(duty.kind)
        there = [p for p in settling.concerned(duty) if p.status in look.procedure.lives_in(kind)]
        refused = settling.refused(kind, there)
        assert refused is None or kind.late_in_law, f"{duty} is open, and would be refused: {refused}"
        if refused is None and not (kind.continuing or kind.late_in_law):
            assert can_be_done(looks, look, duty), f"{duty} is open, and nobody can do it"
    for part in look.parts:
        if look.procedure.state(part.status).open:
            mine = [d for d in awake if is_for(settling, look, d, part)]
            assert mine, f"part {part.number} at {part.status} is on nobody's list: {look.open_duties}"
            assert any(can_be_done(looks, look, d) for d in mine), f"nobody can do {mine} at {part.status}"


LOADED = ("parts", "case_roles", "entries", "in_force", "duties", "settings_rows")


def seen_by(world, case) -> dict:
    """{name: the case as that person sees it}. It is loaded once, and who somebody is once a world."""
    standings = world.__dict__.setdefault("standings", {})
    looks = {}
    for name, user in world.people.items():
        if isinstance(user, User):
            if user.pk not in standings:
                standings[user.pk] = rules.standing(user, case.panel)
            looks[name] = CaseContext(case, user, replace(standings[user.pk], on=clock.today()))
    first = looks["officer"]
    loaded = {name: getattr(first, name) for name in LOADED}
    for look in looks.values():
        look.__dict__ |= loaded
    return looks


def is_for(settling, look, duty, part) -> bool:
    """Whether the duty carries that part on."""
    kind = look.procedure.duty(duty.kind)
    step = settling.step_of(kind)
    return (
        not kind.continuing
        and part in settling.concerned(duty)
        and step is not None
        and part.status in step.from_states
    )


def can_be_done(looks, look, duty) -> bool:
    """Whether a step that meets the duty is offered to somebody who owns it, or who notes it for those outside. Where
    nobody holds the role on this case, somebody has to be appointed, and the pages say so."""
    kind = look.procedure.duty(duty.kind)
    steps = [s for s in look.procedure.steps if s.key == kind.met_by or kind.key in {k.key for k in s.closes}]
    owners = [n for n, other in looks.items() if kind.owner in other.roles] or (
        STAFF if kind.owner in NOBODY_SIGNS_IN else ()
    )
    if not owners:
        return True
    return any(offer(looks[name], step).refusal is None for name in owners for step in steps)
