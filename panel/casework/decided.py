"""Whose decision a step is, where that is not whoever types it, and who was asked before it was taken.

The questions of both, for `panel.casework.step_form`. Whom a panel has its deciders ask first stands in the step as the
panel has arranged it; the entry keeps of each who it was, when, and what they said.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from panel.casework.case_context import Attempt, CaseContext
from panel.casework.terms import in_office_first, term_words
from panel.forms.fields import DateField, LongTextField, RadiosField, SelectField, TextField
from panel.forms.layout import Fieldset
from panel.law import clock
from panel.law.period import day_words, span_words
from panel.law.roles import Consulted, Role
from panel.models import Member
from panel.procedure.vocabulary import Step

ASKED = "asked_"  # what the names of these questions begin with


def labels_of_asked() -> dict[str, str]:
    """What the timeline calls these answers."""
    found: dict[str, str] = {}
    for kind in Consulted:
        named = kind.words[0].upper() + kind.words[1:]
        found |= {
            f"{ASKED}{kind}": f"{named}, who was asked",
            f"{ASKED}{kind}_on": f"{named}, when",
            f"{ASKED}{kind}_said": f"{named}, what they said",
        }
    return found


ASKED_LABELS = labels_of_asked()


class DecidedMixin:
    """Asks who decided, where somebody types it up, and whom they asked first: a part of `StepForm`."""

    attempt: Attempt
    step: Step
    fields: dict[str, Any]
    add_error: Callable[..., None]
    advised_by_step = False  # the Monitoring Officer's advice is a step of its own, which the form's checks ask for

    @property
    def typed_for(self) -> bool:
        """Whether this person types up somebody else's decision."""
        return bool(self.step.decided_by) and not self.attempt.roles & set(self.step.decided_by)

    @property
    def asked_first(self) -> tuple[Consulted, ...]:
        """Whom the step asks about: those who are to be asked first, but for an advice that is on record by itself."""
        by_step = {Consulted.MONITORING_OFFICER} if self.advised_by_step else set()
        return tuple(kind for kind in self.step.after if kind not in by_step)

    def _ask_asked(self) -> list[Any]:
        """Who was asked first, when, and what they said: three questions each."""
        pieces = []
        for kind in self.asked_first:
            name = f"{ASKED}{kind}"
            if kind is Consulted.MONITORING_OFFICER:
                self.fields[name] = TextField(label="Who?", required_message="Enter who was asked", max_length=150)
            else:
                self.fields[name] = SelectField(
                    label="Who?",
                    choices=self._who_could_be_asked(kind),
                    blank="Choose",
                    required_message=f"Select who was asked as {kind.words.removeprefix('an ')}",
                )
            self.fields[f"{name}_on"] = DateField(
                label="When?", what=f"the day on which {kind.named} was asked", past=True, today=clock.today
            )
            self.fields[f"{name}_said"] = LongTextField(
                label="What did they say?", required_message=f"Enter what {kind.named} said", rows=3, max_length=2000
            )
            hint = "The Panel has this decided only after asking them."
            legend = f"{kind.named[0].upper()}{kind.named[1:]} was asked"
            pieces.append(Fieldset(legend, name, f"{name}_on", f"{name}_said", size="m", hint=hint))
        return pieces

    def _who_could_be_asked(self, kind: Consulted) -> list[tuple[str, str]]:
        """Everybody who is or was what is asked for, those of today first, as (id, name)."""
        panel, today = self.attempt.panel, self.attempt.look.today
        if kind is Consulted.INDEPENDENT:
            rows = in_office_first(panel.members.filter(kind=Member.Kind.INDEPENDENT), today)
            return [(str(m.pk), m.name if m.holds(today) else f"{m.name}, {term_words(m)}") for m in rows]
        held = in_office_first(panel.chairmanships.filter(office=kind.value).select_related("member"), today)
        found: dict[str, str] = {}
        for c in held:
            words = "" if c.holds(today) else f", {span_words(c.from_date, c.to_date)}"
            found.setdefault(str(c.member_id), f"{c.member.name}{words}")
        return list(found.items())

    def _clean_asked(self, cleaned: dict[str, Any]) -> None:
        """They were asked on or before the day of the decision, held that office then, and have no interest."""
        on = cleaned.get("on")
        for kind in self.asked_first:
            name, day = f"{ASKED}{kind}", cleaned.get(f"{ASKED}{kind}_on")
            if on and day and day > on:
                self.add_error(f"{name}_on", f"It was decided on {day_words(on)}: enter a day on or before it")
            elif day and self.attempt.case.received_on and day < self.attempt.case.received_on:
                received = day_words(self.attempt.case.received_on)
                self.add_error(f"{name}_on", f"It was received on {received}: enter a day on or after it")
            elif day and kind is not Consulted.MONITORING_OFFICER and cleaned.get(name):
                self._clean_who(kind, name, int(cleaned[name]), day)

    def _clean_who(self, kind: Consulted, name: str, pk: int, day: date) -> None:
        member = self.attempt.panel.members.get(pk=pk)
        held = [member] if kind is Consulted.INDEPENDENT else list(member.chairmanships.filter(office=kind.value))
        if not any(row.holds(day) for row in held):
            self.add_error(name, f"{member.name} was not {kind.words} on {day_words(day)}")
        elif pk in self.attempt.facts.interested:
            self.add_error(name, f"{member.name} has declared an interest and is not asked")

    def _ask_decider(self) -> list[Any]:
        a, step = self.attempt, self.step
        asked: list[str] = []
        if len(step.decided_by) > 1:
            self.fields["decided_as"] = RadiosField(
                label="Whose decision is it?",
                choices=[
                    (r.value, r.words[0].upper() + r.words[1:]) for r in step.decided_by if r is not Role.VICE_CHAIRMAN
                ],
                required_message="Select whose decision it is",
            )
            asked.append("decided_as")
        if Role.CHAIRMAN in step.decided_by:
            terms: dict[int, list[str]] = {}
            held = sorted(a.panel.chairmanships.select_related("member"), key=lambda c: not c.holds(a.look.today))
            for c in held:
                words = "" if c.holds(a.look.today) else f", {span_words(c.from_date, c.to_date)}"
                terms.setdefault(c.member_id, [c.member.name]).append(f"{c.get_office_display()}{words}")
            self.fields["decider"] = SelectField(
                label="Who decided?",
                choices=[(str(k), "; ".join([f"{said[0]}, {said[1]}", *said[2:]])) for k, said in terms.items()],
                blank="Choose",
                required_message="Select who decided",
                required=len(step.decided_by) == 1,
                sometimes=len(step.decided_by) > 1,
            )
            asked.append("decider")
        self.fields["evidence"] = TextField(
            label="What shows the decision?",
            required_message="Enter what shows the decision, such as the letter or minute",
            help_text="For example: letter of 3 May 2026, or minute 12. You can attach it below.",
        )
        asked.append("evidence")
        return [Fieldset("Who decided", *asked, size="m", hint="You are typing up somebody else’s decision.")]

    def _fill_decider(self, attempt: Attempt, answers: dict[str, Any]) -> None:
        """Give the attempt who decided."""
        step = self.step
        if not step.decided_by:
            return
        if self.typed_for:
            attempt.decided_as = answers.get("decided_as") or step.decided_by[0].value
            if attempt.decided_as == Role.CHAIRMAN and answers.get("decider"):
                attempt.decided_by = attempt.panel.members.get(pk=answers["decider"])
        else:
            mine = [r for r in step.decided_by if r in attempt.roles]
            attempt.decided_as = mine[0].value
            if mine[0] is Role.CHAIRMAN:
                seats = attempt.panel.members.filter(user=attempt.user)
                attempt.decided_by = next((m for m in seats if m.holds(attempt.on)), None)


def asked_in_words(name: str, value: Any, look: CaseContext) -> str | None:
    """Who was asked, by name, and when; None for what is no such answer."""
    kind = name.removeprefix(ASKED)
    if name not in ASKED_LABELS:
        return None
    if name.endswith("_on"):
        return day_words(date.fromisoformat(str(value)))
    if name.endswith("_said") or kind == Consulted.MONITORING_OFFICER:
        return str(value)
    found = look.panel.members.filter(pk=value).first() if str(value).isdecimal() else None
    return found.name if found else str(value)
