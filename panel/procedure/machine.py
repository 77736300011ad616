"""A register’s whole machine: its states, steps and duties, and where each step can lead."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

from panel.law.roles import Basis, Role
from panel.procedure.declared import Declared
from panel.procedure.matters import Matter
from panel.procedure.vocabulary import NEW, DutyKind, LetterKind, State, Step, Target

Kept = TypeVar("Kept", Step, DutyKind)


def duties_opened(steps: Iterable[Step]) -> tuple[DutyKind, ...]:
    """Every kind of duty that the steps open, and those that follow these, each once, in the order of the steps.
    Copies of a kind, made for another step by `replace`, differ only in when they arise, for whom and by when."""
    found: dict[str, DutyKind] = {}
    todo = [kind for step in steps for kind in step.opens]
    while todo:
        kind = todo.pop(0)
        found.setdefault(kind.key, kind)
        if kind.then_opens and kind.then_opens.key not in found:
            todo.insert(0, kind.then_opens)
    return tuple(found.values())


def in_order(chapters: Iterable[tuple[Kept, ...]], order: Iterable[str], name: str = "ORDER") -> tuple[Kept, ...]:
    """The steps, or the duties, of all chapters: those that `order` names in its order, each other one behind the one
    that stands before it in its chapter. Raises LookupError for a key in `order` that no chapter has."""
    chapters = tuple(chapters)
    named = tuple(order)
    by_key = {one.key: one for chapter in chapters for one in chapter}
    if unknown := [key for key in named if key not in by_key]:
        raise LookupError(
            f"{name} names {unknown[0]!r}, which no chapter declares. Correct it in {name}, or declare it"
        )
    found = [by_key[key] for key in named]
    for chapter in chapters:
        before: Kept | None = None
        for one in chapter:
            if one.key not in named:
                found.insert(found.index(before) + 1 if before else len(found), one)
            before = one
    return tuple(found)


def with_letters(steps: Iterable[Step], kinds: Iterable[LetterKind]) -> tuple[Step, ...]:
    """The steps, each with the letters that go out after it: those that it names, and those that name it in `after`."""
    kinds = tuple(kinds)
    return tuple(
        replace(step, letters=(*step.letters, *mine))
        if (mine := tuple(kind for kind in kinds if step.key in kind.after))
        else step
        for step in steps
    )


@dataclass(frozen=True)
class RetiredStep:
    """A step that is taken no more and stands on records: what the timeline says of it, the provisions it rested on, and
    the form that still puts its answers into words."""

    key: str
    label: str
    provisions: tuple[str, ...] = ()
    form: Any = None


MENDED = "mend_duties"  # no step: the act by which an upgrade brings the duties of a case to today's rules
HOLIDAY = "move_for_holiday"  # no step: the act by which a bank holiday that was announced later moves open clocks
CAME_BACK = "letter_came_back"  # the system's own: a letter sent by e-mail did not arrive, and its notice is owed again
ACTS_OF_THE_SYSTEM = (
    RetiredStep(MENDED, "Duties brought to today’s rules"),
    RetiredStep(HOLIDAY, "Days moved for a bank holiday"),
    RetiredStep(CAME_BACK, "A letter came back"),
)


@dataclass(frozen=True)
class Procedure(Declared):
    """A register's whole machine: states in order (the later, the further), steps, duties, and the track's stages.

    What records may still hold and is declared no more stands in `retired_states`, `retired_steps` and `retired_duties`,
    so that pages have words for it.
    """

    key: str
    words: str
    states: tuple[State, ...]
    steps: tuple[Step, ...]
    stages: tuple[str, ...]
    duties: tuple[DutyKind, ...]
    retired_states: tuple[State, ...] = ()
    retired_steps: tuple[RetiredStep, ...] = ()
    retired_duties: tuple[DutyKind, ...] = ()
    themes: tuple[tuple[str, str], ...] = field(default=())
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()  # (heading, keys of steps), under which a case page folds them
    elsewhere: tuple[tuple[str, str], ...] = ()  # provisions that no step rests on, and what meets them instead
    matters: tuple[Matter, ...] = ()  # what a panel may say for itself: who acts
    state_keys: type[StrEnum] | None = None  # members by which other code names the states, and the groups they are in
    where: str = field(default="", compare=False, repr=False)

    # By key: a report asks for a state a hundred thousand times.

    @cached_property
    def _steps(self) -> dict[str, Step]:
        return {step.key: step for step in self.steps}

    @cached_property
    def _states(self) -> dict[str, State]:
        return {state.key: state for state in (*self.retired_states, *self.states)}

    @cached_property
    def _duties(self) -> dict[str, DutyKind]:
        return {kind.key: kind for kind in (*self.retired_duties, *self.duties)}

    @cached_property
    def _past(self) -> dict[str, Step]:
        return {
            s.key: _taken_no_more(s.key, s.label, s.provisions, s.form)
            for s in (*self.retired_steps, *ACTS_OF_THE_SYSTEM)
        } | self._steps

    def has_step(self, key: str) -> bool:
        """Whether that step is declared, so that it can be taken."""
        return key in self._steps

    def step(self, key: str) -> Step:
        """The step of that key, to be taken. Raises KeyError, also for one that is retired."""
        return self._steps[key]

    # What a record says of itself always has words: a slug that nobody declares any more breaks no page.

    def past_step(self, key: str) -> Step:
        """The step that a record names: declared, retired, or one that has only its key for words."""
        return self._past.get(key) or _taken_no_more(key, f"A step that is no longer declared ({key})")

    def state(self, key: str) -> State:
        """The state that a record names: declared, retired, or one that has only its key for words, and is an end."""
        found = self._states.get(key)
        return found or State(key, f"A state that is no longer declared ({key})", len(self.stages) - 1, open=False)

    def duty(self, key: str) -> DutyKind:
        """The kind of duty that a record names: declared, retired, or one that has only its key for words."""
        found = self._duties.get(key)
        words = f"A duty that is no longer declared ({key})"
        return found or DutyKind(key, words, Role.OFFICER, (), Basis.GUIDANCE)

    def group_of(self, key: str) -> str:
        """The heading under which a case page folds that step."""
        return next((heading for heading, keys in self.groups if key in keys), "Other steps")

    @cached_property
    def letters(self) -> tuple[LetterKind, ...]:
        """Every kind of letter that the steps name, each once, in their order."""
        return tuple({letter.key: letter for step in self.steps for letter in step.letters}.values())

    def letter(self, key: str) -> LetterKind | None:
        """The kind of letter of that key, or None."""
        return next((letter for letter in self.letters if letter.key == key), None)

    def letters_for(self, duty: str) -> LetterKind | None:
        """The kind of letter that meets the notice of that key, or None."""
        return next((letter for letter in self.letters if any(d.key == duty for d in letter.discharges)), None)

    def reminder_of(self, duty: str) -> LetterKind | None:
        """The kind of letter that reminds whoever owes it, of the duty of that key; None where none does."""
        return next((letter for letter in self.letters if duty in letter.chases), None)

    @property
    def open_states(self) -> tuple[str, ...]:
        """Keys of the states in which something remains to be done."""
        return tuple(s.key for s in self.states if s.open)

    @cached_property
    def _lives(self) -> dict[str, frozenset[str]]:
        """{key of a duty: the states in which it lives}."""
        opened = set(self.open_states)
        found = {}
        for kind in self.duties:
            step = self._steps.get(kind.met_by)
            begins = set(step.from_states) if step else set()
            found[kind.key] = frozenset(kind.open_in_states or begins & opened or begins)
        return found

    def lives_in(self, kind: DutyKind) -> frozenset[str]:
        """The states in which a duty of that kind lives; a retired one ends with the case."""
        return self._lives.get(kind.key, frozenset(self.open_states))

    @property
    def ends(self) -> tuple[str, ...]:
        """Keys of the ends, furthest last."""
        return tuple(s.key for s in self.states if not s.open)

    def rank(self, status: str) -> tuple[bool, int]:
        """How far a status is: an open part comes before an ended one, then the order declared, a retired one first."""
        keys = [s.key for s in self.states]
        return self.state(status).open, keys.index(status) if status in keys else -1

    def furthest(self, statuses: Iterable[str]) -> str:
        """Where the case stands whose parts stand there."""
        return max(statuses, key=self.rank)

    def targets(self, step: Step, source: str) -> set[str]:
        """Every state the step may lead to from `source`."""
        if step.to is Target.STAYS:
            return {source}
        if step.to is Target.STATE_IT_LEFT:
            return {a for s in self.steps if s.to == source for a in s.from_states}
        if step.to is Target.UNDO:
            return {
                a
                for s in self.steps
                if s.to is not Target.UNDO and not s.creates and s.scope == "parts"
                for a in s.from_states
                if source in self.targets(s, a)
            }
        if isinstance(step.to, str):
            return {step.to}
        return set(step.to)

    def moves(self) -> set[tuple[str, str, str]]:
        """Every (step, source, target) that the table allows; the database's trigger is made from it."""
        return {
            (s.key, NEW if s.creates else a, b)
            for s in self.steps
            if s.scope == "parts"
            for a in s.from_states
            for b in self.targets(s, a)
        }


def _taken_no_more(key: str, label: str, provisions: tuple[str, ...] = (), form: Any = None) -> Step:
    """A step to be shown only: nobody takes it, nothing leads to it, and it cannot be taken back."""
    return Step(key, label, (), Target.STAYS, (), provisions, past_label=label, form=form, scope="case", final=True)
