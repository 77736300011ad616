"""Which steps one person can take on a case now, which not, and why."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from panel.casework.case_context import Attempt, CaseContext
from panel.casework.errors import Refused
from panel.law.period import day_words
from panel.law.roles import Role
from panel.models import Case, PanelSettings, Part
from panel.models.closing import CLOSED_STILL
from panel.procedure.machine import Procedure
from panel.procedure.register import Register
from panel.procedure.vocabulary import NEW, Refusal, Step, refusal_of
from panel.procedure.who_acts import refusal_spoken

TAKEN_AWAY = "The Panel’s settings do not let the officer enter it."


@dataclass(frozen=True)
class Offer:
    """A step as it stands for one person and one case. Without a `refusal` it can be taken."""

    step: Step
    parts: tuple[Part, ...] = ()
    refusal: Refusal | None = None
    because: str = ""  # "role", "source", "guard"
    whose: tuple[Role, ...] = ()
    for_the_past: bool = False  # not for today, or not for all parts: for a day in the past, typed up now


def entering_roles(step: Step, settings: PanelSettings) -> tuple[Role, ...]:
    """The roles that may enter the step under these settings."""
    roles = step.entered_by
    flag = step.officer_needs_setting or ("officer_enters_decisions" if step.decided_by else "")
    if Role.PANEL in step.decided_by or Role.OFFICER in step.decided_by:
        flag = ""  # what the full Panel resolves somebody must type up, and their own decision nobody types up for them
    if flag and not getattr(settings, flag):
        roles = tuple(r for r in roles if r is not Role.OFFICER)
    return roles


def list_roles(roles: Iterable[Role]) -> str:
    """Roles in a sentence: "the Chairman or the Monitoring Officer"."""
    names = [f"the {r.words}" for r in roles if r is not Role.VICE_CHAIRMAN]
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 2 else names)


def states_in_words(procedure: Procedure, keys: Iterable[str]) -> str:
    """ "Recorded" or "Filtered, Sub-panel or Full Panel"."""
    words = [procedure.state(k).label for k in keys if k != NEW]
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 2 else words)


def erased(case: Case) -> Refusal:
    """Why no step is taken on a case that was erased."""
    words = f"What it says was erased on {day_words(case.erased_on)}. Its steps and dates stay as they are."
    return Refusal(words, ("UK GDPR art 5(1)(e)",))


def closed(look: CaseContext, step: Step) -> Refusal | None:
    """Why no step is taken in a panel that is closed; erasing at the end of its time goes on."""
    if step.key in CLOSED_STILL or not look.panel.closed_on(look.today):
        return None
    return Refusal(look.panel.closing_words(look.today), step.provisions)


def not_closed(look: CaseContext, step: Step) -> None:
    """Raise Refused in a panel that is closed, as `not_erased`."""
    if refusal := closed(look, step):
        raise Refused([refusal])


def not_erased(case: Case) -> None:
    """Raise Refused for a case that was erased: nothing can be done on it, and nothing typed is kept."""
    if case.erased_on:
        raise Refused([erased(case)])


def offer(look: CaseContext, step: Step, on: date | None = None) -> Offer:
    """Whether the person can take the step on that day. Without a day: whether it can be entered now, for today or for a
    day in the past. What was lawful on its day can be typed up at any time, so a condition that fails today refuses
    nothing by itself; `perform` asks again for the day of the step."""
    if on is not None:
        return _offer_on(look, step, on)
    found = _offer_on(look, step, look.today)
    if step.creates or found.because in ("role", "source"):
        return found
    there = [p for p in look.parts if p.status in step.from_states]
    if found.refusal is None and (step.scope != "parts" or len(found.parts) == len(there)):
        return found
    then = [earlier for day in _days_before(look, step) if (earlier := _offer_on(look, step, day)).refusal is None]
    if not then:
        return found
    numbers = {p.pk for each in (found, *then) if each.refusal is None for p in each.parts}
    parts = tuple(p for p in there if p.pk in numbers) if step.scope == "parts" else ()
    if found.refusal is None and parts == found.parts:
        return found
    return Offer(step, parts, None, "", found.whose, for_the_past=True)


def _days_before(look: CaseContext, step: Step) -> list[date]:
    """Days before today on which a condition may have held that does not hold today: the first on which the step can
    have been taken, and each on which other settings of the panel began."""
    moved = (
        [d for p in look.parts if p.status in step.from_states and (d := look.last_move_on(p))] if step.moves else []
    )
    first = min(moved, default=look.case.received_on)
    if first is None or first >= look.today:
        return []
    return sorted({first, *(r.from_date for r in look.settings_rows if first < r.from_date < look.today)})


def _offer_on(look: CaseContext, step: Step, on: date) -> Offer:
    """Whether the person can take the step on that day, as the panel had arranged it then."""
    step = on_that_day(look, step, on)
    found = _offered(look, step, on)
    if found.refusal is None or found.because == "role":
        return found
    spoken = refusal_spoken(look.procedure_on(on), look.settings_on(on).who_acts, found.refusal)
    return found if spoken is found.refusal else replace(found, refusal=spoken)


def on_that_day(look: CaseContext, step: Step, on: date) -> Step:
    """The step as the panel had arranged it on that day."""
    then = look.procedure_on(on)
    return step if then is look.procedure or not then.has_step(step.key) else then.step(step.key).at(look.case.status)


def _offered(look: CaseContext, step: Step, on: date) -> Offer:
    """Role, then source, then guards, then each part."""
    attempt = Attempt(look, step, on)
    whose = entering_roles(step, look.settings_on(attempt.on))
    refusal, because = None, ""
    if step.anybody and look.who.roles - {Role.AUDITOR, Role.ADMINISTRATOR}:
        pass
    elif not look.roles & set(whose):
        decide = step.decided_by or whose
        reason = f"Only {list_roles(decide)} can do this."
        if look.roles & set(step.entered_by):
            reason += f" {TAKEN_AWAY}"
        refusal = Refusal(reason, step.provisions, f"{list_roles(whose)} enters it.")
        because = "role"
    if refusal is None and (refusal := closed(look, step)):
        because = "source"
    if refusal is None and look.case.erased_on:
        refusal, because = erased(look.case), "source"
    parts: list[Part] = []
    if step.creates == "case":
        if not look.new and refusal is None:
            refusal, because = Refusal(f"{look.case.reference} is in the register already.", step.provisions), "source"
    else:
        there = [p for p in look.parts if p.status in step.from_states]
        # A note on the case can be made while any part stands right: parts move separately.
        here = look.case.status in step.from_states if step.creates else bool(there)
        if not here and refusal is None:
            refusal, because = _elsewhere(look, step), "source"
        for guard in step.guards if here and refusal is None else ():
            refusal = refusal_of(guard, attempt)
            if refusal:
                because = "guard"
                break
        if step.scope == "parts" and not step.creates:
            failed = None
            for p in there:
                found = next((r for g in step.part_guards if (r := refusal_of(g, attempt, p))), None)
                failed = failed or found
                if found is None:
                    parts.append(p)
            if there and not parts and refusal is None:
                refusal, because = failed, "guard"
    return Offer(step, tuple(parts), refusal, because, whose)


def elsewhere_in_words(look: CaseContext, step: Step) -> str:
    """Where the case stands, and where the step can be taken."""
    now = look.procedure.state(look.case.status).label if look.case.status else "new"
    if len(step.from_states) > 3:
        return f"It stands at {now}, where this cannot be done."
    return f"It stands at {now}. This can be done only at {states_in_words(look.procedure, step.from_states)}."


def _elsewhere(look: CaseContext, step: Step) -> Refusal:
    elsewhere = step.when_elsewhere.at(look.case.status)
    reason = elsewhere.reason or elsewhere_in_words(look, step)
    return Refusal(reason, step.provisions, elsewhere.remedy, first=elsewhere.first)


def offers(look: CaseContext) -> list[Offer]:
    """An offer for every declared step of an existing case, in the order declared; worked out once for one look."""
    if look.offered is None:
        steps = [step.at(look.case.status) for step in look.procedure.steps if step.creates != "case"]
        look.offered = [offer(look, step) for step in steps]
    return look.offered


def declared(register: Register, procedure: Procedure, key: str) -> Step:
    """The step of that key. Raises KeyError, and Refused where only another procedure of the register has it."""
    step = register.step(procedure, key)
    if key not in {s.key for s in procedure.steps}:
        if register.follows(procedure.key).has_step(key):
            reason = "The Panel has no such step: its settings had switched it off when this case was received."
            raise Refused([Refusal(reason, step.provisions)])
        other = next(p for p in register.procedures if step in p.steps)
        reason = f"That is a step of “{other.words}”. This case is one of “{procedure.words}”, which has no such step."
        raise Refused([Refusal(reason, step.provisions)])
    return step
