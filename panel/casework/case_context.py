"""A case as one person sees it, and one try at one step: what conditions, duties, effects and pages are given."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, cast

from django.db.models import Exists, OuterRef, Prefetch, Q

from panel.access import rules
from panel.law import clock
from panel.law.period import listed
from panel.law.roles import CasePart, Role
from panel.models import (
    Case,
    CaseGroup,
    CaseRole,
    Duty,
    Entry,
    GroupMember,
    IncomingMessage,
    Member,
    Move,
    Panel,
    PanelSettings,
    Part,
    User,
    others_of_the_matter,
)
from panel.procedure.machine import Procedure
from panel.procedure.register import Register, of_procedure
from panel.procedure.vocabulary import Step
from panel.procedure.who_acts import arranged


class CaseContext:
    """A case as one person sees it, loaded once: guards, pages and duties all ask this."""

    def __init__(self, case: Case, user: User | None, who: rules.Standing | None = None) -> None:
        self.case = case
        self.user = cast("User", user)  # nobody where the command line does it for the office
        self.panel = case.panel
        self.who = who or rules.standing(self.user, case.panel)
        self.register: Register = of_procedure(case.procedure)
        self.today: date = clock.today()
        self.offered: list[Any] | None = None  # kept here by `offers`, which page and presenter both ask

    def as_it_is_now(self) -> "CaseContext":
        """The case after a step, read again; who looks and the panel's settings are the same."""
        found = CaseContext(self.case, self.user, self.who)
        found.__dict__["settings_rows"] = self.settings_rows
        return found

    @classmethod
    def many(cls, cases: Iterable[Case], user: User, who: rules.Standing) -> "list[CaseContext]":
        """A look at each of these cases of one panel: their parts, roles and steps in force are loaded together."""
        looks = {case.pk: cls(case, user, who) for case in cases}
        rows = list(next(iter(looks.values())).panel.settings.all()) if looks else []
        for look in looks.values():
            look.__dict__ |= {"parts": [], "case_roles": [], "in_force": [], "settings_rows": rows}
        for model in {look.register.part_model for look in looks.values()}:
            for part in model.objects.filter(case__in=looks).order_by("number"):
                looks[part.case_id].parts.append(part)
        people = ("user", "member__user", "from_entry")
        for role in CaseRole.objects.filter(case__in=looks, to_entry=None).select_related(*people):
            looks[role.case_id].case_roles.append(role)
        groups = dict(GroupMember.objects.filter(case__in=looks, to_entry=None).values_list("case", "group"))
        if groups:
            _interests_of_groups(looks, groups)
        for entry in Entry.objects.in_force().filter(case__in=looks).select_related("by").order_by("number"):
            looks[entry.case_id].in_force.append(entry)
        return list(looks.values())

    @cached_property
    def procedure(self) -> Procedure:
        """The case's procedure as the panel has arranged it today."""
        return self.procedure_on(self.today)

    def procedure_on(self, day: date) -> Procedure:
        """The same as the panel had arranged it on that day: who may act follows the day of the step, and which steps there
        are the day of receipt."""
        return arranged(
            self.register.follows(self.case.procedure), self.settings_on(day).who_acts, self.targets.steps_off
        )

    @property
    def new(self) -> bool:
        """Whether the case is still to be made."""
        return self.case._state.adding

    @cached_property
    def parts(self) -> list[Part]:
        """The case's parts, in order."""
        if self.new:
            return []
        # Sorted here, as below: of a few rows with many columns, sorting is the dearer part of asking.
        return sorted(self.register.part_model.objects.filter(case=self.case).order_by(), key=lambda p: p.number)

    @cached_property
    def case_roles(self) -> list[CaseRole]:
        """Who is tied to the case now; with the interests for which somebody withdrew from another case of its matter."""
        if self.new:
            return []
        of_matter = Q(kind=CasePart.INTERESTED, case__in=others_of_the_matter([self.case.pk]).values("case"))
        rows = CaseRole.objects.filter(Q(case=self.case.pk) | of_matter, to_entry=None)
        rows = rows.select_related("user", "member__user", "from_entry").order_by()
        return sorted(rows, key=lambda role: role.pk)

    @cached_property
    def group(self) -> CaseGroup | None:
        """The group of the matter to which the case belongs, or None."""
        if self.new:
            return None
        now = self.case.groupings.filter(to_entry=None).select_related("group__panel").first()
        return now.group if now else None

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles that count for the person on this case."""
        return rules.roles_on(self.who, self.case_roles)

    @cached_property
    def entries(self) -> list[Entry]:
        """Every entry of the case, oldest first, with its moves."""
        if self.new:
            return []
        moves = Prefetch("moves", Move.objects.select_related("part"))
        email = IncomingMessage.objects.filter(entry=OuterRef("pk"), status=IncomingMessage.Status.JOINED)
        found = self.case.entries.annotate(brought_email=Exists(email))  # what came with it may be taken off again
        found = found.select_related("by__identity", "decided_by", "reversed_by").prefetch_related(moves)
        return sorted(found.order_by(), key=lambda entry: entry.number)

    @cached_property
    def in_force(self) -> list[Entry]:
        """Entries neither reversed nor reversals, oldest first."""
        return [e for e in self.entries if e.reverses_id is None and not hasattr(e, "reversed_by")]

    def last(self, *steps: str) -> Entry | None:
        """The last entry in force of these steps, or None."""
        return next((e for e in reversed(self.in_force) if e.step in steps), None)

    @cached_property
    def duties(self) -> list[Duty]:
        """Every duty of the case, earliest first; those without a day last."""
        if self.new:
            return []
        found = self.case.duties.select_related("part", "opened_by", "closed_by").order_by()
        return sorted(found, key=lambda d: (d.due is None, d.due or date.max, d.pk))

    @property
    def open_duties(self) -> list[Duty]:
        """Duties that nobody has closed."""
        return [d for d in self.duties if d.closed_by_id is None]

    @cached_property
    def settings_rows(self) -> list[PanelSettings]:
        """The panel's dated settings, oldest first."""
        return sorted(self.panel.settings.order_by(), key=lambda row: row.from_date)

    def settings_on(self, day: date) -> PanelSettings:
        """The settings in force on that day."""
        rows = self.settings_rows
        return next((r for r in reversed(rows) if r.from_date <= day), rows[0] if rows else self.panel.settings_on(day))

    @property
    def targets(self) -> PanelSettings:
        """Names and targets: the settings of the day of receipt."""
        return self.settings_on(self.case.received_on or self.today)

    @cached_property
    def user_names(self) -> dict[int, str]:
        """The names of everybody who has or had a role in the panel, by the person's id."""
        return dict(self.panel.memberships.values_list("user", "user__name"))

    @cached_property
    def facts(self) -> Any:
        """What the register's guards and pages ask of the case beyond this."""
        return self.register.facts_class(self)

    @cached_property
    def names(self) -> dict[str, str]:
        """The words of this panel for recipients and offices, to fill in `{commissioner}` and the like."""
        row = self.targets
        return {
            "commissioner": row.commissioner_word,
            "chairman": row.chairman_word,
            "sub_panel": row.sub_panel_word,
        }

    def numbers_of(self, duty: Duty) -> list[int]:
        """The numbers of the parts that a duty is about, where it is not about every part: its own part, those that its
        declaration names, or those that the step covered which opened it."""
        if len(self.parts) < 2:
            return []
        if duty.part_id:
            return [duty.part.number]
        about = self.procedure.duty(duty.kind).about
        if about is not None and duty.closed_by_id is None:
            numbers = sorted(part.number for part in about(self.facts))
            return numbers if len(numbers) < len(self.parts) else []
        opened = next((e for e in self.entries if e.pk == duty.opened_by_id), None)
        step = self.procedure.past_step(opened.step) if opened else None
        if opened is None or step is None or step.creates == "case" or step.scope != "parts":
            return []
        numbers = sorted(m.part.number for m in opened.moves.all())
        return numbers if len(numbers) < len(self.parts) else []

    def parts_called(self, numbers: Collection[int]) -> str:
        """ "allegation 2", "allegations 1 and 2"; candidates by name."""
        name = self.register.part_called
        if name is None:
            return self.register.part_words(numbers)
        return listed([name(part) for part in self.parts if part.number in set(numbers)])

    def stood(self, entry: Entry) -> str:
        """Where the case stood before that entry: for what a step rested on then."""
        status: dict[int, str] = {}
        for e in self.entries:
            if e.number >= entry.number:
                break
            status |= {m.part_id: m.target for m in e.moves.all()}
        return self.procedure.furthest(status.values()) if status else ""

    def last_move_on(self, part: Part) -> date | None:
        """The day of the last move in force of that part, or None."""
        days = [m.entry.on for m in self._moves_of(part) if m.source != m.target]
        return days[-1] if days else None

    def left(self, part: Part) -> str:
        """The state the part left when it came to where it stands."""
        came = [m.source for m in self._moves_of(part) if m.target == part.status and m.source != m.target]
        return came[-1] if came else part.status

    def _moves_of(self, part: Part) -> Iterator[Move]:
        for e in self.in_force:
            for m in e.moves.all():
                if m.part_id == part.pk:
                    m.entry = e
                    yield m

    def reversible(self) -> list[Entry]:
        """Entries that may be taken back, newest first: those whose parts no later entry in force has moved. Later
        notes do not block it; what made the case or a part is not reversed but voided."""
        moved: set[int] = set()
        found = []
        for e in reversed(self.in_force):
            step = self.procedure.past_step(e.step)
            touched = {m.part_id for m in e.moves.all()}
            if not step.creates and not step.final and not touched & moved:
                found.append(e)
            moved |= {m.part_id for m in e.moves.all() if m.source != m.target}
        return found


def _interests_of_groups(looks: dict[int, CaseContext], groups: dict[int, int]) -> None:
    """Let an interest for which somebody withdrew from one case of a group stand at each of its cases: {case: group}."""
    now = GroupMember.objects.filter(to_entry=None, group__in=set(groups.values()))
    group_of = dict(now.values_list("case", "group"))
    rows = CaseRole.objects.filter(case__in=list(group_of), kind=CasePart.INTERESTED, to_entry=None)
    for role in rows.select_related("user", "member__user", "from_entry"):
        for case, group in groups.items():
            if group == group_of[role.case_id] and case != role.case_id:
                looks[case].case_roles.append(role)


@dataclass(frozen=True)
class Also:
    """The same act on another case: a step that follows, with its answers, sealed as a link of its own. Where it is refused,
    nothing is taken, and the reason stands beside the question `field`."""

    case: Case
    step: str
    answers: dict[str, Any]
    field: str = ""


@dataclass
class Attempt:
    """One try at one step: what guards, checks, duties and `does` are given."""

    look: CaseContext
    step: Step
    on: date
    parts: list[Part] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)
    form: Any = None
    entry: Any = None
    # {id of the part, which may still be unsaved: slugs for its move}
    report_slugs: dict[int, dict[str, str]] = field(default_factory=dict)
    known_at: datetime | None = None  # a day is counted anew by the targets that were known then
    decided_as: str = ""
    decided_by: Member | None = None
    not_today: str = ""  # why it cannot be done today, where it can be entered for a day in the past
    reversed_entry: Any = None  # the entry that a reversal takes back
    closed_duties: list[tuple[Duty, str]] = field(default_factory=list)  # duties closed by hand: (duty, how)
    also: list[Also] = field(default_factory=list)  # what an effect has other cases do with it
    message: Any = None  # the email that came in with which it is taken
    message_files: set[str] | None = None  # the keys of its files to keep; None: all of them

    @property
    def case(self) -> Case:
        """The case."""
        return self.look.case

    @property
    def panel(self) -> Panel:
        """Its panel."""
        return self.look.panel

    @property
    def user(self) -> User:
        """Who takes the step."""
        return self.look.user

    @property
    def roles(self) -> frozenset[Role]:
        """Their roles on this case."""
        return self.look.roles

    @property
    def facts(self) -> Any:
        """The register's facts of the case."""
        return self.look.facts

    @property
    def settings(self) -> PanelSettings:
        """Who may act: the settings of the day of the step."""
        return self.look.settings_on(self.on)

    @property
    def targets(self) -> PanelSettings:
        """Names and targets: the settings of the day of receipt. What was counted before is counted anew by the
        settings that were known then, whatever was entered for the past since."""
        if self.known_at is not None:
            return self.panel.settings_known(self.case.received_on, self.known_at)
        return self.look.targets

    def add_report_slugs(self, part: Part, **slugs: str) -> None:
        """Keep slugs for the report with the part's move."""
        self.report_slugs.setdefault(id(part), {}).update({k: v for k, v in slugs.items() if v})
