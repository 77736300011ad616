"""The language in which a procedure is declared: frozen dataclasses, no Django.

    Step("filter", "Decide how it is handled", (RECORDED,), FILTERED, entered_by=(CHAIRMAN, OFFICER),
         decided_by=(CHAIRMAN,), provisions=("para 7", "reg 15"), part_guards=(not_due_to_iopc,), form=FilterForm,
         checks=(ground_to_disapply,), opens=(TELL_COMPLAINANT,), closes=(CONSIDER,))

A procedure is a table of such steps. `panel.casework.perform` takes them, and pages, addresses, diagram, history,
triggers and tests read the same table, so that adding a transition is adding one entry.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from typing import Any

from panel.law.clock import Count
from panel.law.provisions import PROVISIONS, cite
from panel.law.roles import Basis, Consulted, DayBasis, Role, Wait
from panel.procedure.declared import Declared, place

NEW = ""  # where a part stands before its first step


class Target(Enum):
    """Targets that depend on where the part has been."""

    STAYS = "where it stands"
    STATE_IT_LEFT = "the state it left"
    UNDO = "where it stood before"


@dataclass(frozen=True)
class Elsewhere:
    """Why a step cannot be taken while the case stands elsewhere: the reason, what to do first, and that step's key.

    A reason is said only where it is true: in `states`, by key, where they are named. Anywhere else the page says where
    where the case stands, and where the step can be taken. `others` are the reasons in other states."""

    reason: str = ""
    remedy: str = ""
    first: str = ""
    states: tuple[str, ...] = ()
    others: tuple["Elsewhere", ...] = ()

    def at(self, state: str) -> "Elsewhere":
        """The reason that is true of a case that stands there; an empty one where none is."""
        return next((one for one in (self, *self.others) if one.said_in(state)), Elsewhere())

    def said_in(self, state: str) -> bool:
        """Whether the reason is true of a case that stands there."""
        return not self.states or state in self.states


@dataclass(frozen=True)
class Refusal:
    """Why a step cannot be taken, under which provisions, and what would make it lawful.

    `field` names the question it answers, when it is the answer that is refused; `first` is the key of the step that
    the remedy means. A duty whose step is refused sleeps: `waits_for` says what it waits for, and `until` the last day
    of the wait, where time alone ends it.
    """

    reason: str
    provisions: tuple[str, ...]
    remedy: str = ""
    field: str = ""
    first: str = ""
    waits_for: Wait = Wait.STEP
    until: date | None = None

    def __post_init__(self) -> None:
        """Raise LookupError for a provision that is not there: the page could not cite it."""
        if unknown := [key for key in self.provisions if key not in PROVISIONS]:
            raise LookupError(
                f"The refusal {self.reason!r} rests on {unknown[0]!r}, which is no provision. Correct it, or add it to "
                "panel/law/provisions_table.py"
            )

    @property
    def provision(self) -> str:
        """The provisions in words: "paragraph 7, regulation 15"."""
        return cite(*self.provisions)

    def __str__(self) -> str:
        return f"{self.reason} ({self.provision})" + (f" First: {self.remedy}" if self.remedy else "")


# A guard sees the attempt; one for each part sees the part too. A check sees the answers: it may refuse several of them
# at once, each beside its question. What these functions take is left open here (`...`): each says `Attempt`, of
# panel.casework.case_context, which a leaf may not import, and no protocol can stand for it, since a function that wants
# an `Attempt` does not accept whatever else looks like one. validate.py counts their arguments when the server starts.
Guard = Callable[..., Refusal | None]


PartGuard = Callable[..., Refusal | None]


Check = Callable[..., Refusal | tuple[Refusal, ...] | None]


Condition = Guard | PartGuard | Check


def refusals(condition: Condition, *asked: object) -> tuple[Refusal, ...]:
    """What a condition says of the attempt, as a tuple: no refusal, one or several. Raises TypeError where it gives
    something else, such as a sentence: that would neither cite a provision nor name a remedy."""
    given = condition(*asked)
    found = given if isinstance(given, tuple) else () if given is None else (given,)
    if wrong := [each for each in found if not isinstance(each, Refusal)]:
        code = condition.__code__
        raise TypeError(
            f"{place(code.co_filename, code.co_firstlineno)}: {condition.__name__} returned {wrong[0]!r}. "
            "Return a Refusal or None"
        )
    return found


def refusal_of(condition: Guard | PartGuard, *asked: object) -> Refusal | None:
    """Why a guard refuses, or None."""
    return next(iter(refusals(condition, *asked)), None)


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
    """Where a part can stand. `stage` is its place on the case page's track; side states share the one they leave.

    `asks` are the duties, by key, that carry a case through the state: when nothing else that could be done is open for
    a part there, the first whose step can be taken is opened, without a day. So no open case is on nobody's list.
    """

    key: str
    label: str
    stage: int
    open: bool = True
    colour: str = "grey"
    waiting_note: str = ""  # for a side state: the line under the track's present stage
    retention_setting: str = ""  # for an end: the panel's setting that says for how many years such a case is kept
    asks: tuple[str, ...] = ()
    stops_targets: bool = False  # somebody outside has it: the Panel's own targets that sleep here stand still
    waits_for: Wait = Wait.STEP  # what a duty that sleeps here waits for
    ends_the_rest: bool = False  # what does not live here lapses, without each step that leads here naming it
    where: str = field(default="", compare=False, repr=False)


# What a notice begins with, and what it begins with once it is met.
PAST = {
    "Acknowledge": "Acknowledged", "Ask": "Asked", "Cancel": "Cancelled", "Chase": "Chased", "Confirm": "Confirmed",
    "Invite": "Invited", "Notify": "Notified", "Pass": "Passed", "Publish": "Published", "Report": "Reported",
    "Send": "Sent", "Tell": "Told", "Write": "Wrote",
}  # fmt: skip


def filled_in(label: str, to: str) -> str:
    """A label with the recipient: "Send Rachel Okafor, for Desmond Pryce, a copy of the record". A name that ends in what
    stands between commas is closed by one, unless the label ends there."""
    goes_on = label.partition("{to}")[2][:1] == " "
    return label.format(to=f"{to}," if goes_on and ", for " in to else to)


@dataclass(frozen=True)
class DutyKind(Declared):
    """A thing somebody must do because of a step.

    `due` takes the attempt and gives a `Count`, or None where no period is set, and `day_basis` says whose that day is;
    `when` says whether the duty arises; `recipients` gives their slugs. A duty `per_part` is opened for each part;
    otherwise it is the case's. `notice` duties are met by `give_notice`, which then opens `then_opens`. `met_by` is the
    step that meets it, for the link on the worklist.

    A duty lives in `open_in_states`; by default in the open states from which its step can be taken. It sleeps in
    `sleeps_in`, and where a condition refuses its step. Anywhere else, and once it no longer `holds`, it lapses.
    """

    key: str
    label: str
    owner: Role
    provisions: tuple[str, ...]
    basis: Basis = Basis.TARGET
    day_basis: DayBasis = DayBasis.LOCAL  # whose its day is, where it has one
    when: Callable[..., Refusal | bool | None] | None = None
    due: Callable[..., Count | None] | None = None
    recipients: Callable[..., Iterable[str]] | None = None
    per_part: bool = False
    parts: Callable[..., Iterable[Any]] | None = None  # of a duty per part: those of the attempt, if not all
    about: Callable[..., Iterable[Any]] | None = (
        None  # takes the case's facts: the parts it is still about, of a case's own
    )
    open_in_states: tuple[str, ...] = ()
    sleeps_in: tuple[str, ...] = ()
    holds: Callable[..., bool] | None = None  # takes the attempt and the duty: whether it is still owed
    # Whether a case owed it before it was declared, or before an earlier rule was mended: an upgrade then opens it.
    owed_before: Callable[..., bool] | None = None
    carries: bool = False  # carries the case on although its step moves nothing: a meeting is to be arranged or held
    asked_of: str = ""  # the recipient where a state asks for it and no step names one
    continuing: bool = False  # owed all the time, such as keeping evidence: never what comes next
    still_needed: Callable[..., bool] | None = None  # a step that meets it leaves it open while this still holds
    repeatable: bool = False  # opened anew each time, beside one that is open already
    notice: bool = False
    then_opens: "DutyKind | None" = None
    met_by: str = ""
    where: str = field(default="", compare=False, repr=False)

    def words_to(self, to: str) -> str:
        """What is to be done, with the recipient filled in; of what somebody else is to do: "Mr Ashcombe to comment"."""
        if self.label.startswith("to "):
            return f"{filled_in('{to} ', to or f'the {self.owner.words}')}{self.label}"
        return filled_in(self.label, to)

    @property
    def met_words(self) -> str:
        """What was done, once a notice is met: "Sent {to} a copy of the record"."""
        first, space, rest = self.label.partition(" ")
        return f"{PAST.get(first, first)}{space}{rest}".replace(", and tell ", ", and told ")

    @property
    def statutory(self) -> bool:
        """Whether the law orders it."""
        return self.basis is Basis.LAW

    @property
    def guarded(self) -> bool:
        """Whether only the Monitoring Officer waives it: the law orders it, or a reading of the law does."""
        return self.basis in (Basis.LAW, Basis.READING)

    @property
    def late_in_law(self) -> bool:
        """Whether passing its day breaks the law, and not only a target of the Panel's own."""
        return self.due is not None and self.day_basis.binding

    @property
    def whose_day(self) -> DayBasis:
        """Whose its day is; NONE where it has none."""
        return self.day_basis if self.due else DayBasis.NONE

    @property
    def day_note(self) -> str:
        """ "the day is the Panel’s own", where the badge alone would leave that open; else nothing."""
        plain = {Basis.TARGET: DayBasis.LOCAL, Basis.GUIDANCE: DayBasis.GUIDANCE}.get(self.basis)
        return "" if self.whose_day in (DayBasis.NONE, plain) else f"the day is {self.whose_day.words}"

    @property
    def provision(self) -> str:
        """The provisions in words."""
        return cite(*self.provisions)


@dataclass(frozen=True)
class LetterKind(Declared):
    """A paper that goes out because of a step or a duty: to whom, when, and which duties it meets once it is sent.

    Its words are `templates/letters/<key>.txt`, one a kind; those for the office holder, where they differ, stand in
    `<key>_oh.txt`. A kind is listed in `letters` of the step that causes it, or names those steps in `after`
    (`machine.with_letters`). `panel.letters` drafts, checks and sends it.
    """

    key: str
    label: str
    recipients: Callable[..., Iterable[str]]
    provisions: tuple[str, ...]
    when: Callable[..., Refusal | bool | None] | None = None
    discharges: tuple[DutyKind, ...] = ()
    chases: tuple[str, ...] = ()  # duties, by key, that it serves though it meets none: it asks, or reminds
    unasked: bool = False  # it can be written though no notice that it meets is open, or ever was
    signer: Role = Role.OFFICER
    after: tuple[str, ...] = ()  # steps after which it can be written, by key
    copy_of: str = ""  # what the product makes and encloses: "record", "complaint" or "report"
    where: str = field(default="", compare=False, repr=False)

    @property
    def provision(self) -> str:
        """The provisions in words."""
        return cite(*self.provisions)

    def template(self, recipient: str) -> str:
        """The name of the file with its words for that recipient, where one of its own may stand in `_oh`."""
        return f"letters/{self.key}{'_oh' if recipient.startswith(Role.OFFICE_HOLDER.value) else ''}.txt"


@dataclass(frozen=True)
class Earliest(Declared):
    """A day that a step's own day may not precede. `words` say what happened on it, to be read after "before" and
    "when": "it was received". `day` finds it for an attempt, and gives None where nothing of the kind has happened."""

    words: str
    day: Callable[..., date | None]
    where: str = field(default="", compare=False, repr=False)


RECEIPT = Earliest(
    "it was received", lambda attempt: None if attempt.step.creates == "case" else attempt.case.received_on
)


@dataclass(frozen=True)
class Step(Declared):
    """One declared transition. See the module's example; `docs/procedure.md` explains each field."""

    key: str
    label: str  # what the link says: "Refer to the IOPC"
    from_states: tuple[str, ...]
    to: str | Target | tuple[str, ...]
    entered_by: tuple[Role, ...]
    provisions: tuple[str, ...]
    past_label: str = ""  # what the timeline says: "Referred to the IOPC"
    button: str = ""  # names the act: "Record the referral"
    hint: str = ""  # one line of consequence beside the link
    guards: tuple[Guard, ...] = ()  # see the case; grey the step out
    part_guards: tuple[PartGuard, ...] = ()  # see each part; a part that fails is not moved
    form: Any = None  # the questions, a StepForm
    checks: tuple[Check, ...] = ()  # see the answers
    not_before: tuple[Earliest, ...] = (RECEIPT,)  # what its day may not precede; empty for what happens outside
    effect: Callable[..., None] | None = None  # sets fields on the case and its parts
    opens: tuple[DutyKind, ...] = ()
    closes: tuple[DutyKind, ...] = ()
    lapses: tuple[DutyKind, ...] = ()  # overtaken by the step: closed, but not met
    letters: tuple[LetterKind, ...] = ()  # papers that go out because of it
    closes_chosen_duties_only: bool = False  # closes only the duties chosen in its form
    decided_by: tuple[Role, ...] = ()  # whose decision it is, where that is not whoever enters it
    after: tuple[Consulted, ...] = ()  # who is asked before it is decided, where the panel has not said otherwise
    officer_needs_setting: str = ""  # the panel's setting that must be on for the officer to enter it
    all_parts: bool = False  # moves all parts that stand right, otherwise the chosen ones
    creates: str = ""  # "case": makes a new case; "part": makes a new part of an open case
    scope: str = "parts"  # "case": a note on the whole case, which moves no part
    confirm: bool = False  # answers are shown again before they are taken
    folded: bool = False  # folded away on the case page
    anybody: bool = False  # everybody who sees the case may take it for themselves
    survives_erasure: bool = False  # what was answered stays when the rest of the case is erased
    final: bool = False  # cannot be taken back
    together: bool = True  # can be taken once for all cases of a group; not where it asks what only one case has
    when_elsewhere: Elsewhere = Elsewhere()  # why not, while the case stands elsewhere
    provisions_at: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()  # (states, provisions): others hold there
    where: str = field(default="", compare=False, repr=False)

    @property
    def provision(self) -> str:
        """The provisions in words: "paragraph 3, regulation 13"."""
        return cite(*self.provisions)

    def at(self, state: str) -> "Step":
        """The step as it rests on the provisions that hold for a case that stands there."""
        found = next((under for states, under in self.provisions_at if state in states), None)
        return self if found is None else replace(self, provisions=found, provisions_at=())

    @property
    def past_words(self) -> str:
        """The step in the past tense, for timeline and history."""
        return self.past_label or self.label

    @property
    def moves(self) -> bool:
        """Whether the step can change where a part stands."""
        return self.to is not Target.STAYS
