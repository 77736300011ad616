"""After every step, and once for all cases by `manage.py mend_duties`: every open duty is one that can and must be done
where the case now stands.

A duty lives in the states that its kind declares. Anywhere else it lapses. Where its step would be refused it sleeps, and
says what it waits for. A part that no duty carries on gets the one that its state asks for. A later fact so reaches what
was opened before it.
"""

import copy
from datetime import date

from panel.casework.case_context import Attempt, CaseContext
from panel.casework.duties import go_on, stop
from panel.law.roles import DayBasis, Role, Wait
from panel.models import Duty, Entry, Part
from panel.procedure.vocabulary import DutyKind, Refusal, Step, refusal_of


class Settling:
    """One settling of the duties of one case, on behalf of one entry. `changes` says what was done, for a command."""

    def __init__(self, look: CaseContext, entry: Entry) -> None:
        self.look, self.entry = look, entry
        self.procedure = look.procedure
        self.changes: list[tuple[str, Duty]] = []
        self.looks: dict[Role, CaseContext] = {}  # as whoever owns a duty sees the case

    def settle(self) -> None:
        """End what no longer lives, let sleep and wake, open what a part's state asks for."""
        self.open = self.look.open_duties
        for duty in self.open:
            if not self.lives(duty):
                duty.end(self.entry, Duty.Closed.LAPSED)
                self.changes.append(("ended", duty))
        self.open = self.look.open_duties  # without those just ended
        self.looks.clear()
        for duty in self.open:
            self.let_sleep_or_wake(duty)
        for part in self.look.parts:
            if self.procedure.state(part.status).open and not self.carried(part):
                self.ask(part)

    # Life

    def concerned(self, duty: Duty) -> list[Part]:
        """The parts that a duty is about: its own; of a notice those that its step covered; else all."""
        if duty.part_id:
            return [p for p in self.look.parts if p.pk == duty.part_id]
        numbers = self.look.numbers_of(duty) if self.procedure.duty(duty.kind).notice else []
        return [p for p in self.look.parts if not numbers or p.number in numbers]

    def lives(self, duty: Duty) -> bool:
        """Whether the duty lives, awake or asleep, where the parts that it is about now stand, and is still owed."""
        kind = self.procedure.duty(duty.kind)
        states = self.procedure.lives_in(kind) | set(kind.sleeps_in)
        if not any(p.status in states for p in self.concerned(duty)):
            return False
        return kind.holds is None or bool(kind.holds(self.attempt(kind), duty))

    # Sleep

    def let_sleep_or_wake(self, duty: Duty) -> None:
        """Keep what the duty waits for, if anything. While somebody outside has the case, a target that sleeps stands."""
        kind = self.procedure.duty(duty.kind)
        wait, until, outside = self.waits(kind, duty)
        before = duty.waits_for
        if (duty.waits_for, duty.waits_until) != (wait, until):
            duty.waits_for, duty.waits_until = wait, until
            duty.save()
            self.changes.append(("let sleep" if wait else "woken", duty))
        if kind.day_basis is not DayBasis.LOCAL or duty.due is None:
            return
        if outside:
            stop([duty], self.entry.on)
        elif (
            before in (Wait.IOPC, Wait.NOT_TOLD)
            and not wait
            and duty.stopped_on
            and not self.look.facts.holds_clock(duty)
        ):
            go_on([duty], self.entry.on)

    def waits(self, kind: DutyKind, duty: Duty) -> tuple[str, date | None, bool]:
        """(what the duty waits for or "", the last day of the wait where time ends it, whether somebody outside has the
        case). What passes its day breaks the law never sleeps."""
        if kind.late_in_law:
            return "", None, False
        parts = self.concerned(duty)
        awake = [p for p in parts if p.status in self.procedure.lives_in(kind)]
        if not awake:
            state = self.procedure.state(next(p.status for p in parts if p.status in kind.sleeps_in))
            return state.waits_for.value, None, state.stops_targets
        if self.look.facts.not_to_be_told(duty.recipient):
            return Wait.NOT_TOLD.value, None, True
        refusal = self.refused(kind, awake)
        return (refusal.waits_for.value, refusal.until, False) if refusal else ("", None, False)

    def refused(self, kind: DutyKind, parts: list[Part]) -> Refusal | None:
        """Why the step that meets the duty cannot be taken on any of these parts; None where it can, or where it is
        taken later on, in another state."""
        step = self.step_of(kind)
        there = [p for p in parts if step is not None and p.status in step.from_states]
        if step is None or not there:
            return None
        attempt = self.attempt(kind, there)
        for guard in step.guards:
            if refusal := refusal_of(guard, attempt):
                return refusal
        if step.scope != "parts" or step.creates:
            return None
        found = [next((r for g in step.part_guards if (r := refusal_of(g, attempt, p))), None) for p in there]
        return found[0] if all(found) else None

    # Who carries it on

    def carried(self, part: Part) -> bool:
        """Whether a duty that leads the part onward is open and could be done now: not a letter that is still to go, nor
        what is owed all the time."""
        asks = self.procedure.state(part.status).asks
        for duty in self.open:
            kind = self.procedure.duty(duty.kind)
            step = self.step_of(kind)
            if step is None or duty.waits_for or kind.continuing or kind.notice or part.status not in step.from_states:
                continue
            onward = kind.key in asks or kind.carries or step.moves
            if onward and part in self.concerned(duty) and self.refused(kind, [part]) is None:
                return True
        return False

    def ask(self, part: Part) -> None:
        """Open the first duty that the part's state asks for and whose step can be taken, without a day."""
        for key in self.procedure.state(part.status).asks:
            kind = self.procedure.duty(key)
            own = part if kind.per_part else None
            if any(d.kind == key and d.part_id == (own.pk if own else None) for d in self.open):
                continue
            duty = Duty(case=self.look.case, part=own, kind=key, recipient=kind.asked_of, opened_by=self.entry)
            if self.lives(duty) and self.refused(kind, [part]) is None:
                duty.save()
                self.open.append(duty)
                self.changes.append(("opened", duty))
                return

    # Helpers

    def step_of(self, kind: DutyKind) -> Step | None:
        """The step that meets the duty; None where it is retired."""
        return self.procedure.step(kind.met_by) if self.procedure.has_step(kind.met_by) else None

    def attempt(self, kind: DutyKind, parts: list[Part] | None = None) -> Attempt:
        """An attempt at the duty's step by whoever owns the duty, for conditions to look at."""
        look = self.looks.get(kind.owner)
        if look is None:
            _ = self.look.case_roles  # loaded once for all of them
            look = self.looks[kind.owner] = copy.copy(self.look)
            look.__dict__["roles"] = frozenset({kind.owner})
        step = self.step_of(kind) or next(iter(self.procedure.steps))
        return Attempt(look, step, self.look.today, list(self.look.parts) if parts is None else parts)


def settle(attempt: Attempt) -> None:
    """Settle the duties of the case after the step."""
    now = attempt.look.as_it_is_now()
    Settling(now, attempt.entry).settle()
