"""The language in which a procedure is declared: frozen dataclasses, no Django.

    Step("filter", "Decide how it is handled", (RECORDED,), FILTERED, by=(CHAIRMAN, OFFICER), decided_by=(CHAIRMAN,),
         under=("para 7", "reg 15"), each=(not_due_to_iopc,), form=FilterForm, checks=(ground_to_disapply,),
         opens=(TELL_COMPLAINANT,), closes=(CONSIDER,))

A procedure is a table of such steps. `panel.casework.perform` takes them, and pages, addresses, diagram, history, triggers and
tests are read from the same table, so that adding a transition is adding one entry.
"""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import Any

from panel.law.provisions import cite
from panel.law.roles import Basis, Role

ROOT = Path(__file__).resolve().parents[2]  # of the project, from which files are named
NEW = ""  # where a part stands before its first step


class Declared:
    """Base of what a procedure declares: `where` says in which file and line it stands, for the start-up checks."""

    where: str

    def __post_init__(self) -> None:
        if not self.where:  # a copy made by dataclasses.replace keeps where the original stands
            frame = sys._getframe(2)
            file = Path(frame.f_code.co_filename)
            file = file.relative_to(ROOT) if file.is_relative_to(ROOT) else file
            object.__setattr__(self, "where", f"{file.as_posix()}:{frame.f_lineno}")


class To(Enum):
    """Targets that depend on where the part has been."""

    SAME = "where it stands"
    LEFT = "the state it left"
    BEFORE = "where it stood before"


@dataclass(frozen=True)
class Refusal:
    """Why a step cannot be taken, under which provisions, and what would make it lawful.

    `field` names the question it answers, when it is the answer that is refused; `first` is the key of the step that
    the remedy means.
    """

    reason: str
    under: tuple[str, ...]
    remedy: str = ""
    field: str = ""
    first: str = ""

    @property
    def provision(self) -> str:
        """The provisions in words: "paragraph 7, regulation 15"."""
        return cite(*self.under)

    def __str__(self) -> str:
        return f"{self.reason} ({self.provision})" + (f" First: {self.remedy}" if self.remedy else "")


# A guard sees the attempt (panel.casework.perform.Attempt); one for each part sees the part too. A check sees the
# answers: it may refuse several of them at once, each beside its question.
Guard = Callable[[Any], Refusal | None]
PartGuard = Callable[[Any, Any], Refusal | None]
Check = Callable[[Any], Refusal | tuple[Refusal, ...] | None]


def refusals(found: Refusal | tuple[Refusal, ...] | None) -> tuple[Refusal, ...]:
    """What a check gives, as a tuple: no refusal, one or several."""
    if found is None:
        return ()
    return found if isinstance(found, tuple) else (found,)


def even_unfinished(check: Check) -> Check:
    """A decorator for a check that also sees answers of which some are missing or wrong, so that what it refuses is
    told together with them and not only afterwards."""
    check.even_unfinished = True  # type: ignore[attr-defined]
    return check


def says(name: str, words: str) -> Callable[[Guard], Guard]:
    """A decorator for a condition that a function makes: its name and words, for `manage.py procedure`."""

    def decorate(condition: Guard) -> Guard:
        condition.__name__, condition.__doc__ = name, words
        return condition

    return decorate


@dataclass(frozen=True)
class State(Declared):
    """Where a part can stand. `stage` is its place on the case page's track; side states share the one they leave."""

    key: str
    words: str
    stage: int
    open: bool = True
    colour: str = "grey"
    side: str = ""  # for a side state: the line under the track's present stage
    keep: str = ""  # for an end: the panel's setting that says for how many years such a case is kept
    where: str = field(default="", compare=False, repr=False)


# What a notice begins with, and what it begins with once it is met.
PAST = {
    "Acknowledge": "Acknowledged", "Ask": "Asked", "Cancel": "Cancelled", "Confirm": "Confirmed", "Invite": "Invited",
    "Notify": "Notified", "Pass": "Passed", "Publish": "Published", "Report": "Reported", "Send": "Sent", "Tell": "Told",
}  # fmt: skip


@dataclass(frozen=True)
class DutyKind(Declared):
    """A thing somebody must do because of a step.

    `due` takes the attempt and gives a `Count`, or None where no period is set; `when` says whether the duty arises;
    `to` gives the recipients' slugs. A duty `per_part` is opened for each part; otherwise it is the case's, and with
    `while_in` a step closes it only when no part stands in these states any more. `notice` duties are met by
    `give_notice`, which then opens `follows`. `step` is the step that meets it, for the link on the worklist.
    """

    key: str
    words: str
    owner: Role
    under: tuple[str, ...]
    basis: Basis = Basis.TARGET
    when: Guard | Callable[[Any], bool] | None = None
    due: Callable[[Any], Any] | None = None
    to: Callable[[Any], Iterable[str]] | None = None
    per_part: bool = False
    which: Callable[[Any], Iterable[Any]] | None = (
        None  # of a duty per part: for which parts of the attempt, if not all
    )
    while_in: tuple[str, ...] = ()
    needed: Callable[[Any], bool] | None = None  # a step that meets it leaves it open while this still holds
    again: bool = False  # opened anew each time, beside one that is open already
    notice: bool = False
    follows: "DutyKind | None" = None
    step: str = ""
    lapses_at_end: bool = True
    where: str = field(default="", compare=False, repr=False)

    @property
    def met_words(self) -> str:
        """What was done, once a notice is met: "Sent {to} a copy of the record"."""
        first, space, rest = self.words.partition(" ")
        return f"{PAST.get(first, first)}{space}{rest}".replace(", and tell ", ", and told ")

    @property
    def statutory(self) -> bool:
        """Whether the law, not the Panel's own target, sets it: only the Monitoring Officer waives such a duty."""
        return self.basis is Basis.LAW

    @property
    def provision(self) -> str:
        """The provisions in words."""
        return cite(*self.under)


@dataclass(frozen=True)
class LetterKind(Declared):
    """A paper that goes out because of a step or a duty: to whom, when, and which duties it meets once it is sent.

    Its template is `templates/letters/<key>.txt`, one a kind. A kind is declared beside the step that causes it and
    listed in that step's `letters`; pages that draft and send them come with the letters themselves.
    """

    key: str
    label: str
    recipients: Callable[[Any], Iterable[str]]
    provisions: tuple[str, ...]
    when: Guard | Callable[[Any], bool] | None = None
    discharges: tuple[DutyKind, ...] = ()
    where: str = field(default="", compare=False, repr=False)

    @property
    def provision(self) -> str:
        """The provisions in words."""
        return cite(*self.provisions)


@dataclass(frozen=True)
class Step(Declared):
    """One declared transition. See the module's example; `docs/procedure.md` explains each field."""

    key: str
    words: str  # what the link says: "Refer to the IOPC"
    frm: tuple[str, ...]
    to: str | To | tuple[str, ...]
    by: tuple[Role, ...]
    under: tuple[str, ...]
    done: str = ""  # what the timeline says: "Referred to the IOPC"
    button: str = ""  # names the act: "Record the referral"
    line: str = ""  # one line of consequence beside the link
    guards: tuple[Guard, ...] = ()  # see the case; grey the step out
    each: tuple[PartGuard, ...] = ()  # see each part; a part that fails is not moved
    form: Any = None  # the questions, a StepForm
    checks: tuple[Check, ...] = ()  # see the answers
    does: Callable[[Any], None] | None = None  # sets fields on the case and its parts
    opens: tuple[DutyKind, ...] = ()
    closes: tuple[DutyKind, ...] = ()
    lapses: tuple[DutyKind, ...] = ()  # overtaken by the step: closed, but not met
    letters: tuple[LetterKind, ...] = ()  # papers that go out because of it
    by_hand: bool = False  # closes only the duties chosen in its form
    decided_by: tuple[Role, ...] = ()  # whose decision it is, where that is not whoever enters it
    officer_if: str = ""  # the panel's setting that must be on for the officer to enter it
    whole: bool = False  # moves all parts that stand right, otherwise the chosen ones
    adds: str = ""  # "case": makes a new case; "part": makes a new part of an open case
    about: str = "parts"  # "case": a note on the whole case, which moves no part
    confirm: bool = False  # answers are shown again before they are taken
    rare: bool = False  # folded away on the case page
    anybody: bool = False  # everybody who sees the case may take it for themselves
    stays: bool = False  # what was answered stays when the rest of the case is erased
    final: bool = False  # cannot be taken back
    before: tuple[str, ...] = ("", "")  # reason, remedy and the step that the remedy means, when it stands elsewhere
    where: str = field(default="", compare=False, repr=False)

    @property
    def provision(self) -> str:
        """The provisions in words: "paragraph 3, regulation 13"."""
        return cite(*self.under)

    @property
    def done_words(self) -> str:
        """The step in the past tense, for timeline and history."""
        return self.done or self.words

    @property
    def moves(self) -> bool:
        """Whether the step can change where a part stands."""
        return self.to is not To.SAME


def duties_opened(steps: Iterable[Step]) -> tuple[DutyKind, ...]:
    """Every kind of duty that the steps open, and those that follow these, each once, in the order of the steps.
    Copies of a kind, made for another step by `replace`, differ only in when they arise, for whom and by when."""
    found: dict[str, DutyKind] = {}
    todo = [kind for step in steps for kind in step.opens]
    while todo:
        kind = todo.pop(0)
        found.setdefault(kind.key, kind)
        if kind.follows and kind.follows.key not in found:
            todo.insert(0, kind.follows)
    return tuple(found.values())


def in_order(chapters: Iterable[tuple[Step, ...]], order: Iterable[str]) -> tuple[Step, ...]:
    """The steps of all chapters: those that `order` names in its order, each other one behind the step that stands
    before it in its chapter. Raises KeyError for a key in `order` that no chapter has."""
    chapters = tuple(chapters)
    named = tuple(order)
    by_key = {step.key: step for steps in chapters for step in steps}
    found = [by_key[key] for key in named]
    for steps in chapters:
        before: Step | None = None
        for step in steps:
            if step.key not in named:
                found.insert(found.index(before) + 1 if before else len(found), step)
            before = step
    return tuple(found)


@dataclass(frozen=True)
class RetiredStep:
    """A step that is taken no more and stands on records: what the timeline says of it, the provisions it rested on, and
    the form that still puts its answers into words."""

    key: str
    words: str
    under: tuple[str, ...] = ()
    form: Any = None


@dataclass(frozen=True)
class Procedure:
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
    elsewhere: tuple[tuple[str, str], ...] = ()  # provisions that no step rests on, and what meets them instead

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
        return {s.key: _taken_no_more(s.key, s.words, s.under, s.form) for s in self.retired_steps} | self._steps

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

    @cached_property
    def letters(self) -> tuple[LetterKind, ...]:
        """Every kind of letter that the steps name, each once, in their order."""
        return tuple({letter.key: letter for step in self.steps for letter in step.letters}.values())

    @property
    def open_states(self) -> tuple[str, ...]:
        """Keys of the states in which something remains to be done."""
        return tuple(s.key for s in self.states if s.open)

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
        if step.to is To.SAME:
            return {source}
        if step.to is To.LEFT:
            return {a for s in self.steps if s.to == source for a in s.frm}
        if step.to is To.BEFORE:
            return {
                a
                for s in self.steps
                if s.to is not To.BEFORE and not s.adds and s.about == "parts"
                for a in s.frm
                if source in self.targets(s, a)
            }
        if isinstance(step.to, str):
            return {step.to}
        return set(step.to)

    def moves(self) -> set[tuple[str, str, str]]:
        """Every (step, source, target) that the table allows; the database's trigger is made from it."""
        return {
            (s.key, NEW if s.adds else a, b)
            for s in self.steps
            if s.about == "parts"
            for a in s.frm
            for b in self.targets(s, a)
        }


def _taken_no_more(key: str, words: str, under: tuple[str, ...] = (), form: Any = None) -> Step:
    """A step to be shown only: nobody takes it, nothing leads to it, and it cannot be taken back."""
    return Step(key, words, (), To.SAME, (), under, done=words, form=form, about="case", final=True)
