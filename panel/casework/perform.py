"""The only door. `perform` takes one declared step, whole or not at all; `offers` says which steps can be taken now,
which cannot and why.

    entry = perform(case, "record", by=priya, seen=case.version, data=request.POST, files=request.FILES)
    entry = perform(case, "record", by=priya, on=date(2026, 11, 4), theme="behaviour")

Raises Unseen, Stale, Refused or Invalid; nothing is then written.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db.models import Max, Min, Prefetch, Q

from panel.access import rules
from panel.documents import store
from panel.law import clock
from panel.law.period import day_words
from panel.law.roles import CasePart, Role
from panel.models import Case, CaseRole, Duty, Entry, Link, Move
from panel.procedure.register import Register, of_procedure
from panel.procedure.vocabulary import NEW, DutyKind, Procedure, Refusal, Step, To, refusals
from panel.record.act import sealed_act


class Unseen(Exception):
    """The person does not see the case: it answers like one that never existed."""


class Refused(Exception):
    """The step would be unlawful; `refusals` say why. Nothing was changed."""

    def __init__(self, refusals, *, role=False):
        self.refusals = list(refusals)
        self.role = role  # refused because somebody else takes it
        super().__init__("; ".join(map(str, self.refusals)))


class Stale(Exception):
    """Somebody else was first. `entries` are what they did since."""

    def __init__(self, case, entries):
        self.case, self.entries = case, entries
        super().__init__(f"{case.reference} has moved on since you opened it")


class Invalid(Exception):
    """The answers are not right; `form` has them all, with its errors."""

    def __init__(self, form):
        self.form = form
        super().__init__("; ".join(f"{name or 'form'}: {' '.join(e)}" for name, e in form.errors.items()))


class Look:
    """A case as one person sees it, loaded once: guards, pages and duties all ask this."""

    def __init__(self, case, user, who=None):
        self.case, self.user = case, user
        self.panel = case.panel
        self.who = who or rules.standing(user, case.panel)
        self.register: Register = of_procedure(case.procedure)
        self.procedure: Procedure = self.register.follows(case.procedure)
        self.today: date = clock.today()

    @classmethod
    def many(cls, cases, user, who) -> "list[Look]":
        """A look at each of these cases of one panel: their parts, roles and steps in force are loaded together."""
        looks = {case.pk: cls(case, user, who) for case in cases}
        rows = list(next(iter(looks.values())).panel.settings.all()) if looks else []
        for look in looks.values():
            look.__dict__ |= {"parts": [], "case_roles": [], "in_force": [], "settings_rows": rows}
        for model in {look.register.part_model for look in looks.values()}:
            for part in model.objects.filter(case__in=looks).order_by("number"):
                looks[part.case_id].parts.append(part)
        for role in CaseRole.objects.filter(case__in=looks, to_entry=None).select_related("user", "member__user"):
            looks[role.case_id].case_roles.append(role)
        for entry in Entry.objects.in_force().filter(case__in=looks).select_related("by").order_by("number"):
            looks[entry.case_id].in_force.append(entry)
        return list(looks.values())

    @property
    def new(self) -> bool:
        """Whether the case is still to be made."""
        return self.case._state.adding

    @cached_property
    def parts(self) -> list:
        """The case's parts, in order."""
        return [] if self.new else list(self.register.part_model.objects.filter(case=self.case).order_by("number"))

    @cached_property
    def case_roles(self) -> list:
        """Who is tied to the case now."""
        if self.new:
            return []
        return list(self.case.roles.filter(to_entry=None).select_related("user", "member__user").order_by("pk"))

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles that count for the person on this case."""
        return rules.roles_on(self.who, self.case_roles)

    @cached_property
    def entries(self) -> list:
        """Every entry of the case, oldest first, with its moves."""
        if self.new:
            return []
        moves = Prefetch("moves", Move.objects.select_related("part"))
        found = self.case.entries.select_related("by", "decided_by", "reversed_by").prefetch_related(moves)
        return list(found.order_by("number"))

    @cached_property
    def in_force(self) -> list:
        """Entries neither reversed nor reversals, oldest first."""
        return [e for e in self.entries if e.reverses_id is None and not hasattr(e, "reversed_by")]

    def last(self, *steps: str):
        """The last entry in force of these steps, or None."""
        return next((e for e in reversed(self.in_force) if e.step in steps), None)

    @cached_property
    def duties(self) -> list:
        """Every duty of the case, earliest first; those without a day last."""
        if self.new:
            return []
        found = list(self.case.duties.select_related("part", "opened_by", "closed_by"))
        return sorted(found, key=lambda d: (d.due is None, d.due or date.max, d.pk))

    @property
    def open_duties(self) -> list:
        """Duties that nobody has closed."""
        return [d for d in self.duties if d.closed_by_id is None]

    @cached_property
    def settings_rows(self) -> list:
        """The panel's dated settings, oldest first."""
        return list(self.panel.settings.all())

    def settings_on(self, day: date):
        """The settings in force on that day."""
        rows = self.settings_rows
        return next((r for r in reversed(rows) if r.from_date <= day), rows[0] if rows else self.panel.settings_on(day))

    @property
    def targets(self):
        """Names and targets: the settings of the day of receipt."""
        return self.settings_on(self.case.received_on or self.today)

    @cached_property
    def offers(self) -> "list[Offer]":
        """Every step as it stands for the person."""
        return offers(self)

    @cached_property
    def user_names(self) -> dict[int, str]:
        """The names of everybody who has or had a role in the panel, by the person's id."""
        return dict(self.panel.memberships.values_list("user", "user__name"))

    @cached_property
    def facts(self) -> Any:
        """What the register's guards and pages ask of the case beyond this."""
        return self.register.facts(self)

    @cached_property
    def names(self) -> dict[str, str]:
        """The words of this panel for recipients and offices, to fill in `{commissioner}` and the like."""
        row = self.targets
        return {
            "commissioner": row.commissioner_word,
            "chairman": row.chairman_word,
            "sub_panel": row.sub_panel_word,
        }

    def numbers_of(self, duty) -> list[int]:
        """The numbers of the parts that a duty is about, where it is not about every part: its own part, or those that
        the step covered which opened it."""
        if len(self.parts) < 2:
            return []
        if duty.part_id:
            return [duty.part.number]
        opened = next((e for e in self.entries if e.pk == duty.opened_by_id), None)
        step = self.procedure.step(opened.step) if opened else None
        if opened is None or step is None or step.adds == "case" or step.about != "parts":
            return []
        numbers = sorted(m.part.number for m in opened.moves.all())
        return numbers if len(numbers) < len(self.parts) else []

    def last_move_on(self, part) -> date | None:
        """The day of the last move in force of that part, or None."""
        days = [m.entry.on for m in self._moves_of(part) if m.source != m.target]
        return days[-1] if days else None

    def left(self, part) -> str:
        """The state the part left when it came to where it stands."""
        came = [m.source for m in self._moves_of(part) if m.target == part.status and m.source != m.target]
        return came[-1] if came else part.status

    def _moves_of(self, part):
        for e in self.in_force:
            for m in e.moves.all():
                if m.part_id == part.pk:
                    m.entry = e
                    yield m

    def reversible(self) -> list:
        """Entries that may be taken back, newest first: those whose parts no later entry in force has moved. Later
        notes do not block it; what made the case or a part is not reversed but voided."""
        moved, found = set(), []
        for e in reversed(self.in_force):
            step = self.procedure.step(e.step)
            touched = {m.part_id for m in e.moves.all()}
            if not step.adds and not step.final and not touched & moved:
                found.append(e)
            moved |= {m.part_id for m in e.moves.all() if m.source != m.target}
        return found


@dataclass
class Attempt:
    """One try at one step: what guards, checks, duties and `does` are given."""

    look: Look
    step: Step
    on: date
    parts: list = field(default_factory=list)
    answers: dict = field(default_factory=dict)
    form: Any = None
    entry: Any = None
    counts: dict = field(default_factory=dict)  # {id of the part, which may still be unsaved: slugs for its move}
    decided_as: str = ""
    decided_by: Any = None
    undoes: Any = None  # the entry that a reversal takes back
    notes: list = field(default_factory=list)  # duties closed by hand: (duty, how)

    @property
    def case(self):
        """The case."""
        return self.look.case

    @property
    def panel(self):
        """Its panel."""
        return self.look.panel

    @property
    def user(self):
        """Who takes the step."""
        return self.look.user

    @property
    def roles(self):
        """Their roles on this case."""
        return self.look.roles

    @property
    def facts(self):
        """The register's facts of the case."""
        return self.look.facts

    @property
    def settings(self):
        """Who may act: the settings of the day of the step."""
        return self.look.settings_on(self.on)

    @property
    def targets(self):
        """Names and targets: the settings of the day of receipt."""
        return self.look.targets

    def count(self, part, **slugs):
        """Keep slugs for the report with the part's move."""
        self.counts.setdefault(id(part), {}).update({k: v for k, v in slugs.items() if v})


@dataclass(frozen=True)
class Offer:
    """A step as it stands for one person and one case. Without a `refusal` it can be taken."""

    step: Step
    parts: tuple = ()
    refusal: Refusal | None = None
    because: str = ""  # "role", "source", "guard"
    whose: tuple[Role, ...] = ()


def entering_roles(step: Step, settings) -> tuple[Role, ...]:
    """The roles that may enter the step under these settings."""
    roles = step.by
    flag = step.officer_if or ("officer_enters_decisions" if step.decided_by else "")
    if flag and not getattr(settings, flag):
        roles = tuple(r for r in roles if r is not Role.OFFICER)
    return roles


def list_roles(roles) -> str:
    """Roles in a sentence: "the Chairman or the Monitoring Officer"."""
    names = [f"the {r.words}" for r in roles if r is not Role.VICE_CHAIRMAN]
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 2 else names)


def states_in_words(procedure: Procedure, keys) -> str:
    """ "Recorded" or "Filtered, Sub-panel or Full Panel"."""
    words = [procedure.state(k).words for k in keys if k != NEW]
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 2 else words)


def erased(case) -> Refusal:
    """Why no step is taken on a case that was erased."""
    words = f"What it says was erased on {day_words(case.erased_on)}. Its steps and dates stay as they are."
    return Refusal(words, ("UK GDPR art 5(1)(e)",))


def not_erased(case) -> None:
    """Raise Refused for a case that was erased: nothing can be done on it, and nothing typed is kept."""
    if case.erased_on:
        raise Refused([erased(case)])


def offer(look: Look, step: Step, on: date | None = None) -> Offer:
    """Whether the person can take the step now: role, then source, then guards, then each part."""
    a = Attempt(look, step, on or look.today)
    whose = entering_roles(step, look.settings_on(a.on))
    refusal, because = None, ""
    if step.anybody and look.who.roles - {Role.AUDITOR, Role.ADMINISTRATOR}:
        pass
    elif not look.roles & set(whose):
        decide = step.decided_by or whose
        refusal = Refusal(f"Only {list_roles(decide)} can do this.", step.under, f"{list_roles(whose)} enters it.")
        because = "role"
    if refusal is None and look.case.erased_on:
        refusal, because = erased(look.case), "source"
    parts: list = []
    if step.adds == "case":
        if not look.new and refusal is None:
            refusal, because = Refusal(f"{look.case.reference} is in the register already.", step.under), "source"
    else:
        there = [p for p in look.parts if p.status in step.frm]
        # A note on the case can be made while any part stands right: parts move separately.
        here = look.case.status in step.frm if step.adds else bool(there)
        if not here and refusal is None:
            refusal, because = _elsewhere(look, step), "source"
        for guard in step.guards if here and refusal is None else ():
            refusal = guard(a)
            if refusal:
                because = "guard"
                break
        if step.about == "parts" and not step.adds:
            failed = None
            for p in there:
                found = next((r for g in step.each if (r := g(a, p))), None)
                failed = failed or found
                if found is None:
                    parts.append(p)
            if there and not parts and refusal is None:
                refusal, because = failed, "guard"
    return Offer(step, tuple(parts), refusal, because, whose)


def _elsewhere(look: Look, step: Step) -> Refusal:
    reason, remedy, *first = step.before
    if not reason:
        now = look.procedure.state(look.case.status).words if look.case.status else "new"
        reason = (
            f"It stands at {now}. This can be done only at {states_in_words(look.procedure, step.frm)}."
            if len(step.frm) <= 3
            else f"It stands at {now}, where this cannot be done."
        )
    return Refusal(reason, step.under, remedy, first=first[0] if first else "")


def offers(look: Look) -> list[Offer]:
    """An offer for every declared step of an existing case, in the order declared."""
    return [offer(look, step) for step in look.procedure.steps if step.adds != "case"]


def declared(register: Register, procedure: Procedure, key: str) -> Step:
    """The step of that key. Raises KeyError, and Refused where only another procedure of the register has it."""
    step = register.step(procedure, key)
    if key not in {s.key for s in procedure.steps}:
        other = next(p for p in register.procedures if step in p.steps)
        reason = f"That is a step of “{other.words}”. This case is one of “{procedure.words}”, which has no such step."
        raise Refused([Refusal(reason, step.under)])
    return step


def begin(case, key: str, by) -> Attempt:
    """An attempt without answers, for a page that asks the questions. Raises Unseen or Refused."""
    look = Look(case, by)
    _seen(look)
    step = declared(look.register, look.procedure, key)
    found = offer(look, step)
    if found.refusal:
        raise Refused([found.refusal], role=found.because == "role")
    a = Attempt(look, step, look.today, list(found.parts))
    a.form = step.form(a)
    return a


def _seen(look: Look) -> None:
    if look.new:
        return
    if not Case.objects.filter(rules.visible(look.who), pk=look.case.pk).exists():
        raise Unseen(look.case.reference)


def prepare(case, key: str, *, by, seen=None, data=None, files=None, **answers) -> Attempt:
    """The attempt with its answers, checked in full and not taken: for the page that shows them again, and for
    `perform`. Raises Unseen, Stale, Refused, Invalid."""
    look = Look(case, by)
    _seen(look)
    step = declared(look.register, look.procedure, key)
    if seen is not None and case.version != seen:
        since = [e for e in look.entries if e.number > seen]
        raise Stale(case, since)
    found = offer(look, step)
    if found.refusal:
        raise Refused([found.refusal], role=found.because == "role")
    a = Attempt(look, step, look.today, list(found.parts))
    if data is None:  # a command or a script: what a page would have filled in
        data = {"on": look.today, "parts": [str(p.number) for p in a.parts], **answers}
    a.form = form = step.form(a, data=data, files=files)
    if not form.is_valid():
        form.answer(a)
        for check in step.checks:
            for refusal in refusals(check(a)) if getattr(check, "even_unfinished", False) else ():
                form.refuse(refusal)
        raise Invalid(form)
    form.fill(a)
    _on_that_day(a)
    misdated = next((r for check in DATE_CHECKS if (r := check(a))), None)  # one is enough beside the day
    refused = [refusal for check in step.checks for refusal in refusals(check(a))]
    for refusal in (*refusals(misdated), *refused):
        form.refuse(refusal)
    if form.errors:
        raise Invalid(form)
    return a


def _on_that_day(a: Attempt) -> None:
    """Ask again for the day of the step, where it is not today: who may act, and what must hold, follow that day.
    Raises Refused for the role; anything else is an error beside the day."""
    if a.on >= a.look.today:
        return
    found = offer(a.look, a.step, a.on)
    if found.because == "role":
        raise Refused([found.refusal], role=True)
    if found.refusal:
        a.form.refuse(replace(found.refusal, field="on"))


def not_in_the_future(a: Attempt) -> Refusal | None:
    """A step takes effect today or has taken effect."""
    if a.on > a.look.today:
        return Refusal("The date must be today or in the past", a.step.under, field="on")
    return None


def not_before_receipt(a: Attempt) -> Refusal | None:
    """Nothing happens to a case before it is received."""
    if a.step.adds != "case" and a.on < a.case.received_on:
        return Refusal(
            f"The date must be on or after {day_words(a.case.received_on)}, when it was received",
            a.step.under,
            field="on",
        )
    return None


def not_before_last_move(a: Attempt) -> Refusal | None:
    """A part cannot move before its last move in force: take that back first, then take the steps again."""
    if not a.step.moves or a.step.adds:
        return None
    if a.undoes is not None and a.on < a.undoes.on:
        return Refusal(
            f"The date must be on or after {day_words(a.undoes.on)}, the day of the step that is taken back",
            a.step.under,
            field="on",
        )
    days = [d for p in a.parts if (d := a.look.last_move_on(p))]
    if a.undoes is None and days and a.on < max(days):
        return Refusal(
            f"The date must be on or after {day_words(max(days))}, the day of the step before",
            a.step.under,
            field="on",
        )
    return None


DATE_CHECKS = (not_in_the_future, not_before_receipt, not_before_last_move)


def target(a: Attempt, part) -> str:
    """Where the step takes the part."""
    to = a.step.to
    if to is To.SAME:
        return part.status
    if to is To.LEFT:
        return a.look.left(part)
    if to is To.BEFORE:
        return next(m.source for m in a.undoes.moves.all() if m.part_id == part.pk)
    if isinstance(to, str):
        return to
    return a.answers["to"]


def perform(case, key: str, *, by, seen=None, data=None, files=None, **answers) -> Entry:
    """Take one step, whole or not at all. The Entry it made; `entry.case` is the case as it now is.

    Raises Unseen, Stale, Refused or Invalid with nothing written.
    """
    panel = case.panel
    store.check_ahead(files)
    with sealed_act(panel, by=by, name=key) as act:
        a = prepare(_fresh(case), key, by=by, seen=seen, data=data, files=files, **answers)
        _take(a, act)
    return a.entry


class _Rehearsed(Exception):
    """Unwinds a rehearsal."""


@dataclass(frozen=True)
class Rehearsal:
    """What a step would do: the attempt, the duties it would open, and where the case would stand."""

    attempt: Attempt
    duties: list
    status: str


def rehearse(case, key: str, *, by, seen=None, data=None, files=None, **answers) -> Rehearsal:
    """Take the step and take it back at once, so that a check page shows exactly what will follow. Nothing is kept.

    Raises as `perform`.
    """
    found: list[Rehearsal] = []
    store.check_ahead(files)
    try:
        with sealed_act(case.panel, by=by, name=key) as act:
            fresh = _fresh(case)
            a = prepare(fresh, key, by=by, seen=seen, data=data, files=files, **answers)
            _take(a, act, rehearsal=True)
            opened = list(Duty.objects.filter(opened_by=a.entry).select_related("part").order_by("due", "pk"))
            found.append(Rehearsal(a, opened, a.case.status))
            raise _Rehearsed
    except _Rehearsed:
        return found[0]


def _fresh(case):
    """The case as it is in the database now, or a new one of the same register."""
    if case._state.adding:
        return type(case)(panel=case.panel, procedure=case.procedure)
    return of_procedure(case.procedure).case_model.objects.select_related("panel").get(pk=case.pk)


def _take(a: Attempt, act, rehearsal: bool = False) -> None:
    case, step = a.case, a.step
    if a.look.new:
        case.received_on = a.on
        _refer(case, a.look.register, a.on)
        case.save()
    a.entry = act.entry = Entry.objects.create(
        panel=a.panel,
        case=case,
        number=case.version + 1,
        step=step.key,
        on=a.on,
        entered_at=act.at,
        by=a.user,
        decided_as=a.decided_as,
        decided_by=a.decided_by,
        why=a.form.cleaned_data.get("why", ""),
        answers=a.form.kept(),
        reverses=a.undoes,
    )
    act.rows.append(a.entry)
    every = list(a.look.parts)
    if a.undoes is not None:
        _undo(a)
    if step.does:
        step.does(a)
    for part in a.parts:
        if part._state.adding:
            part.case = case
            part.number = max([p.number for p in every], default=0) + 1
            part.save()
            every.append(part)
    if step.about == "parts":
        for part in a.parts:
            move = Move.objects.create(
                entry=a.entry,
                part_id=part.pk,
                source=part.status,
                target=target(a, part),
                counts=a.counts.get(id(part), {}),
            )
            act.rows.append(move)
            part.status = move.target
            part.save()
    if every:
        case.status = a.look.procedure.furthest(p.status for p in every)
    case.version = a.entry.number
    if not rehearsal:
        store.store_all(a)
    _close(a, every)
    _open(a)
    # A target whose clock stands is due on no day, so it counts in no list.
    case.next_due = case.duties.filter(closed_by=None, stopped_on=None).aggregate(first=Min("due"))["first"]
    case.save()
    a.entry.case = case


def _refer(case, register: Register, received: date) -> None:
    """Give the next number of panel, register and year; the chain's lock keeps it ours."""
    case.year = received.year
    keys = [p.key for p in register.procedures]  # one row of numbers for the whole register
    rows = Case.objects.filter(panel=case.panel, procedure__in=keys, year=case.year)
    case.serial = (rows.aggregate(last=Max("serial"))["last"] or 0) + 1
    case.reference = f"{case.panel.code}-{register.letter}-{case.year}-{case.serial:04d}"


def _close(a: Attempt, every) -> None:
    """Close what the step closes; let lapse what an end, or the going on of the last part concerned, makes idle."""
    closing = {k.key: Duty.Closed.LAPSED for k in a.step.lapses}
    closing |= {k.key: Duty.Closed.MET for k in a.step.closes if not a.step.by_hand}
    moved = {p.pk for p in a.parts}
    by_hand = {d.pk: how for d, how in a.notes}
    ended = a.step.moves and every and all(not a.look.procedure.state(p.status).open for p in every)
    gone = {p.pk for p in every if not a.look.procedure.state(p.status).open} if a.step.moves else set()
    for duty in [] if a.look.new else list(a.case.duties.filter(closed_by=None).select_related("part")):
        kind = a.look.procedure.duty(duty.kind)
        how = by_hand.get(duty.pk, "")
        if not how and duty.kind in closing and not (kind.needed and kind.needed(a)):
            if duty.part_id is not None:
                how = closing[duty.kind] if duty.part_id in moved else ""
            elif not any(p.status in kind.while_in for p in every):
                how = closing[duty.kind]
        of_case = a.step.moves and duty.part_id is None and kind.while_in
        idle = of_case and not any(p.status in kind.while_in for p in every)
        if not how and (idle or (kind.lapses_at_end and (ended or duty.part_id in gone))):
            how = Duty.Closed.LAPSED
        if how and duty.opened_by_id != a.entry.pk:
            duty.closed_by, duty.closed_how = a.entry, how
            if how == Duty.Closed.MET and duty.due and duty.due < a.on:
                duty.late_reason = a.answers.get("late_reason") or ""
            duty.save()


def arising(a: Attempt) -> list[tuple[DutyKind, str, Any, Any]]:
    """(kind, recipient, part or None, Count or None) of every duty that the attempt opens."""
    found = []
    kinds = list(a.step.opens) + [
        k for d, how in a.notes if how == "met" and (k := a.look.procedure.duty(d.kind).follows)
    ]
    for kind in dict.fromkeys(kinds):
        if kind.when is not None and not kind.when(a):
            continue
        due = kind.due(a) if kind.due else None
        recipients: Any = kind.to(a) if kind.to else [""]
        for recipient in recipients:
            for part in (kind.which(a) if kind.which else a.parts) if kind.per_part else [None]:
                found.append((kind, recipient, part, due))
    return found


def _open(a: Attempt) -> None:
    open_now = set(a.case.duties.filter(closed_by=None).values_list("kind", "recipient", "part_id"))
    for kind, recipient, part, due in arising(a):
        key = (kind.key, recipient, part.pk if part else None)
        if key in open_now and not (kind.notice or kind.again):
            continue
        stands = due is not None and a.facts.stands_still(kind, part)
        Duty.objects.create(
            case=a.case,
            part=part,
            kind=kind.key,
            recipient=recipient,
            due=due.day if due else None,
            count=due.as_json() if due else None,
            stopped_on=a.on if stands else None,
            opened_by=a.entry,
        )


def _undo(a: Attempt) -> None:
    """Put back, field by field, what the reversed entry changed; close what it opened, open what it closed.

    The link of the reversed entry names the history rows it wrote. A field that was changed again since stays.
    """
    case, undone = a.case, a.undoes
    link = Link.objects.get(entry=undone)
    register = a.look.register
    live = {register.case_model: {case.pk: case}, register.part_model: {p.pk: p for p in a.look.parts}}
    for label, part in link.rows.items():
        model = apps.get_model(label)
        if not hasattr(model, "instance_type"):
            continue
        attname = model.instance_type._meta.pk.attname
        newest_first = model.objects.filter(history_id__in=part["digests"]).order_by("-history_id")
        for row in newest_first:  # back through several
            if row.history_type == "+":
                continue
            pk = getattr(row, attname)
            # Not row.prev_record, which goes by the moment: acts and rows of one moment follow each other too.
            earlier = model.objects.filter(**{attname: pk}, history_id__lt=row.history_id)
            before = earlier.order_by("-history_id").first()
            obj = live.get(model.instance_type, {}).get(pk) or model.instance_type._base_manager.get(pk=pk)
            changed = False
            for f in row.tracked_fields:
                if f.attname in KEPT or f.primary_key or (model.instance_type is Duty and f.attname in CLOSING):
                    continue
                then, now = getattr(before, f.attname), getattr(row, f.attname)
                if then != now and getattr(obj, f.attname) == now:
                    setattr(obj, f.attname, then)
                    changed = True
            if changed and obj is not case and obj not in a.parts:
                obj.save()
    given = CaseRole.objects.filter(case=case, to_entry=None)
    mine = Q(from_entry=undone)
    if a.parts and given.filter(mine, kind=CasePart.SUB_PANEL).exists():  # the body falls, later replacements with it
        mine |= Q(kind=CasePart.SUB_PANEL, from_entry__number__gt=undone.number)
    for role in given.filter(mine):
        role.to_entry = a.entry
        role.save()
    for duty in case.duties.filter(opened_by=undone, closed_by=None):
        duty.closed_by, duty.closed_how = a.entry, Duty.Closed.REVERSED
        duty.save()
    for duty in case.duties.filter(closed_by=undone):
        duty.closed_by, duty.closed_how, duty.late_reason = None, "", ""
        duty.save()


CLOSING = {"closed_by_id", "closed_how", "late_reason"}  # of a duty: put back for all that the step closed

# Kept by perform itself, never put back field by field.
KEPT = {"status", "version", "next_due", "id", "case_ptr_id", "part_ptr_id", "panel_id", "reference"}
