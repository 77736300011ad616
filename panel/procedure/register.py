"""What an app registers, so that home, search and history show every register and `panel` imports none."""

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from panel.law.period import listed
from panel.procedure.bundles import Bundles
from panel.procedure.machine import Procedure
from panel.procedure.vocabulary import State, Step
from panel.procedure.who_acts import Stored, arranged


class Arranging(Protocol):
    """A panel that says who acts in it today."""

    @property
    def who_acts(self) -> Stored:
        """{matter: who acts, and after asking whom}."""


class CaseFacts(Protocol):
    """What the shared steps and pages ask of any case. A register's own facts answer its conditions besides."""

    @property
    def advice(self) -> Any:
        """The entry with the advice in force on the decision that waits, or None."""

    @property
    def sees_complainant(self) -> bool:
        """Whether the person may know who complained."""

    @property
    def interested(self) -> set[int]:
        """The ids of members with an interest in the case."""

    @property
    def sub_panel(self) -> list[Any]:
        """The members who sit on the case."""

    def recipient_words(self, slug: str) -> str:
        """Whom a duty is owed to, in words: "the complainant", or a name where the person may know it."""

    def recipient_name(self, slug: str) -> str:
        """The same, whoever is written to for them."""

    def told_words(self, duty: Any) -> str:
        """To whom something went that was done, as it was written then."""

    def stands_still(self, kind: Any, part: Any) -> bool:
        """Whether the clock of such a duty stands as soon as it is opened."""


class CasePresenter(Protocol):
    """What a register's cases show of their own on the pages that all registers share."""

    parts_words: str  # "Allegations"
    own_dates: bool  # the identity bar shows days of its own instead of that of receipt
    onward: Collection[str]  # steps that lead on, listed before the rare ones though somebody else decides
    never_first: Collection[str]  # steps that are never the page's main button
    stage_hints: dict[int, str]  # below a stage that is still to come

    @property
    def asked(self) -> tuple[str, ...]:
        """Steps that somebody is asked for without a duty."""

    @property
    def waiting(self) -> dict[str, str]:
        """Below the present stage: whom the case waits for there, by state."""

    @property
    def ways_out(self) -> str:
        """In which other ways the case can end, in a sentence."""

    def badges(self) -> list[dict[str, Any]]:
        """Badges of the identity bar."""

    def facts(self) -> list[dict[str, Any]]:
        """Facts of the identity bar."""

    def parts_table(self) -> dict[str, Any]:
        """The parts, as a table."""

    def summary(self) -> list[dict[str, Any]]:
        """The case in rows of label and value."""

    def words(self) -> str:
        """What the case is about at length: the complaint in the complainant's words."""

    def says(self) -> str:
        """The case in a sentence, for whoever decides on it."""

    def files(self) -> list[tuple[str, str, Any]]:
        """(name, words, content) of files of its own for the package of the whole case."""


class ListPage(Protocol):
    """One register's list: `panel.pages.register_list.ListPage`, of which each register has its own."""

    columns: tuple[str, ...]
    column_orders: tuple[str, ...]
    exported_columns: tuple[str, ...]

    def coming(self, who: Any, user: Any) -> list[dict[str, Any]]:
        """What is to come that concerns the whole Panel."""

    def listing(self, panel: Any, who: Any, user: Any, query: Any) -> Any:
        """What the query of a list page asks for."""

    def views_for(self, who: Any) -> list[Any]:
        """The built-in views of the person's roles."""

    def may_export(self, who: Any) -> bool:
        """Whether the person may take the list as a file."""

    def with_names(self, rows: Any) -> Any:
        """The rows with what names their people."""

    def with_rows(self, rows: Any) -> Any:
        """The rows with all that the list shows of them."""

    def row_of(self, case: Any, who: Any, procedure: Procedure, url: str) -> dict[str, Any]:
        """One row of the list."""

    def recipient_of(self, case: Any, slug: str, sees: bool) -> str:
        """A duty's recipient in words."""

    def exported(self, rows: Any, who: Any) -> Any:
        """One row of cells for each case."""


@dataclass(frozen=True)
class Tab:
    """A page of a case that a register adds: its name in addresses, its words from the presenter, and its template."""

    key: str
    words: Callable[[Any], str]
    template: str


@dataclass(frozen=True)
class Concern:
    """How a case can be about a person, so that all of it is held on them.

    `columns` of `model`, a row of a case, say whom: a relation to a row of a person, or a text with a name in it.
    """

    words: str  # a heading: "As complainant"
    model: Any
    columns: tuple[str, ...]
    others: dict[str, str] = field(default_factory=dict)  # columns of the case about somebody else, each with why
    kept_back: Callable[[Collection[int]], dict[int, str]] | None = None  # {case: why nothing goes out unread}


@dataclass(frozen=True)
class OpenedPage:
    """An address that only one register has, as the access log keeps and names it."""

    name: str  # of the address: "hearing-report"
    words: str  # in the access log: "Report to the Commissioner"
    kind: str = "case"  # an `Opening.Kind`: what was opened


@dataclass(frozen=True)
class SettingsGroup:
    """A heading on the page of settings; the settings under it name its key. Groups are shown in the order of `place`."""

    key: str
    heading: str
    place: int
    hint: str = ""  # below the heading, while settings are changed


@dataclass(frozen=True)
class ToTable:
    """Something of a register that belongs before a meeting: a report, a hearing. `note` is said where it is not ready."""

    key: str  # the register and what it is: "hearings:12"
    title: str
    url: str
    note: str = ""
    case: Any = None  # the case, where it is one
    group: str = "other"  # the heading of the agenda under which it goes: "commissioner", "other"


@dataclass(frozen=True)
class ToldOnACase:
    """A report or recommendations to the Commissioner that a case holds: read from it, never typed a second time."""

    title: str
    url: str
    on: date
    provisions: tuple[str, ...]
    said: str = ""  # "Recommended", "Vetoed"
    due: date | None = None  # by when the answer is due
    answered_on: date | None = None
    became: str = ""  # "Appointed from 1 May 2026"
    awaited: bool = False  # whether an answer is still to come, with or without a day for it


@dataclass(frozen=True)
class PanelTab:
    """A page about the panel itself that a register brings: its words, the name of its address, and who opens it."""

    words: str
    name: str
    action: str  # of the rule book


@dataclass(frozen=True)
class Advice:
    """Which step gives advice on a decision that waits, and the kind of duty that says it waits."""

    step: str
    duty: str


@dataclass(frozen=True)
class Register:
    """One register of cases.

    `case_model` and `part_model` are the concrete models; `facts_class` makes what guards and pages ask of a case beyond the
    common (an object made from a `CaseContext`); `presenter` makes what the case page shows of its own.
    """

    slug: str  # in addresses: "complaints"
    reference_letter: str  # in references: "C"
    words: str
    procedures: tuple[Procedure, ...]  # the first is the usual one; a case keeps the key of its own
    case_model: Any
    part_model: Any
    facts_class: Callable[[Any], CaseFacts]
    presenter: Callable[[Any], CasePresenter]
    list_page: ListPage
    similar: Callable[[Any], list[Any]] | None = None  # cases that look like the one being logged
    # The texts by which a case is found: (those of the case, those that name its people); and the cases that share people.
    found_by: Callable[[Any], tuple[list[str], list[str]]] = lambda case: ([case.reference, case.title], [])
    found_with: Callable[[Any], list[Any]] = lambda case: []
    # (names, texts) against which members' interests are held, from a `CaseContext`, where `found_by` does not say them
    comes_up: Callable[[Any], tuple[list[str], list[str]]] | None = None
    related: tuple[str, ...] = ()  # relations loaded with a case
    templates: dict[str, str] = field(default_factory=dict)  # steps with a page of their own
    part_word: str = "allegation"
    part_called: Callable[[Any], str] | None = None  # the name of a part, where parts have names: a candidate's
    log_step: str = "log"  # the step that makes a case
    log_words: str = "Log a complaint"
    case_word: str = "complaint"
    overview: str = "panel/case.html"  # the template of a case's first page
    tabs: tuple[Tab, ...] = ()  # pages of its own, after the first
    erasable_rows: Callable[[Any], list[Any]] = lambda case: []  # the live rows of a case that hold what erasure blanks
    from_message: Callable[[Any], dict[str, Any]] | None = None  # what an email that came in answers of the log
    message_steps: tuple[
        tuple[str, str, dict[str, str]], ...
    ] = ()  # as which steps one is put on a case, each with its words
    on_case: Callable[[Any, str], dict[str, str]] | None = None  # what it answers of one of them
    choices: Callable[[Any], list[Any]] | None = None  # before a case is logged: [(heading, [(words, query)])]
    concerns: tuple[Concern, ...] = ()  # how a case is about a person, for what is held on them
    privileged: frozenset[str] = frozenset()  # steps whose words are legal advice
    many: tuple[str, ...] = ()  # relations loaded for many cases at once
    addresses: tuple[tuple[str, str], ...] = ()  # (path under the panel, module of addresses) that only it has
    opened_pages: tuple[OpenedPage, ...] = ()  # how the access log keeps those addresses
    advice: Advice | None = None  # the Monitoring Officer is asked for it while the decision waits
    settings_groups: tuple[SettingsGroup, ...] = ()  # headings of the settings that are its own
    bundles: Bundles | None = None  # which papers stand in its bundles, and for whom
    demonstrate: Callable[[], None] | None = None  # what it adds to the demonstration, beyond its cases
    open_addresses: tuple[str, ...] = ()  # modules of addresses outside any panel
    panel_tabs: tuple[PanelTab, ...] = ()  # pages about the panel itself, beside People
    ways_in: tuple[PanelTab, ...] = ()  # pages by which many cases come in, beside the button of the list
    to_table: Callable[[Any, date], list[ToTable]] | None = None  # what belongs before a meeting of that day
    without_agenda: Callable[[Any], Any] | None = (
        None  # the case that keeps this meeting, whose agenda is not published
    )
    told: Callable[[Any], list[ToldOnACase]] | None = (
        None  # what its cases told the Commissioner, as the person sees them
    )
    rows_of_items: Callable[[list[Any]], list[Any]] = (
        lambda items: []
    )  # rows with words about a case's items at meetings
    holders: Callable[[Any], Any] | None = (
        None  # those whom the case of that key is about, as rows with the days of a term
    )
    whole: Callable[[Any, Any], list[tuple[str, str, Any, Any]]] = (
        lambda panel, who: []
    )  # (name, words, head, rows) of what else of it goes with the whole register as a file
    letter_fields: Any = None  # what the texts of letters ask for: its own class of `panel.letters.fields`
    main_decision: str = ""  # the step by which the Chairman decides: "Your last decision was on ..."
    main_answer: str = ""  # the question of that step whose answer says what was decided

    @property
    def procedure(self) -> Procedure:
        """The usual procedure, for what needs no case: lists and the step that logs."""
        return self.procedures[0]

    def part_words(self, numbers: Collection[int]) -> str:
        """ "allegation 2", "candidates 1 and 2"."""
        return f"{self.part_word}{'s' if len(numbers) > 1 else ''} {listed([str(n) for n in numbers])}"

    def follows(self, key: str) -> Procedure:
        """The procedure of that key, one of this register's. Raises KeyError."""
        for found in self.procedures:
            if found.key == key:
                return found
        raise KeyError(key)

    def step(self, procedure: Procedure, key: str) -> Step:
        """The step of that key, of this procedure or else of another one of the register. Raises KeyError."""
        for found in (procedure, *self.procedures):
            with suppress(KeyError):
                return found.step(key)
        raise KeyError(key)

    def state(self, case: Any) -> State:
        """Where a case stands, in its own procedure."""
        return self.follows(case.procedure).state(case.status)


REGISTERS: dict[str, Register] = {}  # in the order of INSTALLED_APPS; the first is the one most cases come to


def register(entry: Register) -> None:
    """Add a register; called once by each app when Django starts. Raises ValueError when its slug is taken."""
    if entry.slug in REGISTERS:
        raise ValueError(f"register {entry.slug!r} is there already")
    REGISTERS[entry.slug] = entry


def main_register() -> Register:
    """The register that the home page's button logs to: the first one installed."""
    return next(iter(REGISTERS.values()))


def main_decisions() -> list[str]:
    """The steps by which the Chairman decides, one a register that has such a step."""
    return [r.main_decision for r in REGISTERS.values() if r.main_decision]


def advice_steps() -> list[str]:
    """The steps that give advice on a decision, one a register that has such a step."""
    return [r.advice.step for r in REGISTERS.values() if r.advice]


def opened_pages() -> dict[str, OpenedPage]:
    """The pages that registers bring, by the name of their address."""
    return {page.name: page for r in REGISTERS.values() for page in r.opened_pages}


def things_to_table(who: Any, on: date) -> list[ToTable]:
    """What the registers have for a meeting of that day, as far as the person sees it."""
    return [thing for r in REGISTERS.values() if r.to_table for thing in r.to_table(who, on)]


def meeting_without_agenda(meeting: Any) -> Any:
    """The case that keeps this meeting and waits for its agenda; None where no register keeps it, or it is published."""
    found = (r.without_agenda(meeting) for r in REGISTERS.values() if r.without_agenda)
    return next((case for case in found if case is not None), None)


def procedures() -> dict[str, Procedure]:
    """Every declared procedure by its key."""
    return {p.key: p for r in REGISTERS.values() for p in r.procedures}


def procedures_of(panel: Arranging) -> dict[str, Procedure]:
    """Every procedure by its key, as that panel has arranged it today."""
    stored = panel.who_acts
    return {key: arranged(procedure, stored) for key, procedure in procedures().items()}


def of_procedure(key: str) -> Register:
    """The register whose cases follow that procedure. Raises KeyError."""
    for entry in REGISTERS.values():
        if any(p.key == key for p in entry.procedures):
            return entry
    raise KeyError(key)
