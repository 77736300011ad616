"""One step, once for all cases of a matter: all of them or none, in one transaction. Each case has an entry, duties and a
link of its own, as if the step had been taken on it alone.

    able, barred = sort_out(cases, "record", by=priya)        # who can, and who cannot with the reason
    entries = perform_together([a.case for a in able], "record", by=priya, seen={12: 4, 15: 4}, data=request.POST)
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from panel.access import rules
from panel.casework.case_context import Attempt, CaseContext
from panel.casework.errors import Invalid, Refused, Stale
from panel.casework.offers import offer
from panel.casework.perform import begun, prepared, take, take_also
from panel.documents import store
from panel.forms.fields import PartsField
from panel.models import Case, CaseGroup, Duty, Entry, Panel, User
from panel.procedure.register import REGISTERS
from panel.procedure.vocabulary import Refusal, Step, Target
from panel.record.act import next_act, sealed_act


@dataclass(frozen=True)
class Barred:
    """A case on which the step cannot be taken, and why."""

    case: Case
    refusal: Refusal


class NotTogether(Exception):
    """Nothing was done: on these cases the step cannot be taken, or not with these answers."""

    def __init__(self, barred: Sequence[Barred]) -> None:
        self.barred = list(barred)
        super().__init__("; ".join(f"{b.case.reference}: {b.refusal.reason}" for b in barred))


def can_be_together(step: Step) -> bool:
    """Whether the step can be taken once for all cases of a group: not what makes a case or a part, nor what takes back."""
    return step.together and not step.creates and step.to is not Target.UNDO


def members_seen(group: CaseGroup, who: rules.Standing) -> QuerySet[Any]:
    """The cases that belong to the group now and that the person sees, in the order of their references; no void ones."""
    register = REGISTERS[group.register]
    rows: QuerySet[Any] = register.case_model.objects.filter(rules.visible(who), panel=group.panel_id)
    rows = rows.filter(pk__in=group.members.filter(to_entry=None).values("case")).exclude(status="void")
    return rows.select_related("panel", *register.related).order_by("year", "serial")


def sort_out(looks: Iterable[CaseContext], key: str) -> tuple[list[Attempt], list[Barred], bool]:
    """The attempts on those on which the step can be taken now, those on which it cannot, and whether nobody but another
    role may take it on any of them."""
    able: list[Attempt] = []
    barred: list[Barred] = []
    roles = []
    for look in looks:
        try:
            able.append(begun(look, key))
        except Refused as refused:
            barred.append(Barred(look.case, refused.refusals[0]))
            roles.append(refused.role)
    return able, barred, bool(roles) and all(roles) and not able


def lead_of(attempts: Sequence[Attempt]) -> Attempt:
    """The attempt whose form asks the most: what the others do not ask is left out for them."""
    return max(attempts, key=lambda a: len(a.form.fields))


def own_questions(attempt: Attempt) -> set[str]:
    """The questions whose answers each case has of its own: which parts, and the words of each part."""
    numbers = {str(p.number) for p in attempt.look.parts}
    own = {name for name in attempt.form.fields if name.rpartition("_")[2].isdigit()}
    for name, field in attempt.form.fields.items():
        values = {str(value) for value, *_ in getattr(field, "choices", ())}
        if isinstance(field, PartsField) or (values and values <= numbers and name.endswith("_in")):
            own.add(name)
    return own


def answers_for(attempt: Attempt, lead: Attempt, posted: QueryDict) -> QueryDict:
    """What was answered once, as the answers of this case: its own parts and their words as they stand, and the duties
    that are to it what the chosen ones are to the case whose form was shown."""
    data = posted.copy()
    form = attempt.form
    for name in own_questions(attempt):
        field = form.fields[name]
        if getattr(field, "choices", None):
            data.setlist(name, [str(value) for value, *_ in field.choices])
        else:
            data[name] = "" if (initial := form.get_initial_for_field(field, name)) is None else str(initial)
    if "duties" in posted:
        chosen = {d.pk: d for d in lead.look.open_duties if str(d.pk) in posted.getlist("duties")}
        wanted = {(d.kind, d.recipient) for d in chosen.values()}  # a recipient is a slug: "complainant" of each
        mine = [d for d in attempt.look.open_duties if (d.kind, d.recipient) in wanted]
        offered = {str(value) for value, *_ in getattr(form.fields.get("duties"), "choices", ())}
        data.setlist("duties", [str(d.pk) for d in mine if str(d.pk) in offered])
    return data


def prepare_together(
    looks: Sequence[CaseContext],
    key: str,
    *,
    seen: Mapping[int, int],
    data: QueryDict,
    files: Mapping[str, Any] | None = None,
) -> list[Attempt]:
    """An attempt on each case, with its answers checked in full. Raises Stale of the first that somebody else changed, and
    NotTogether with every case that hinders the others."""
    store.check_ahead(files)
    for look in looks:
        if seen.get(look.case.pk) != look.case.version:
            raise Stale(look.case, [e for e in look.entries if e.number > seen.get(look.case.pk, 0)])
    able, barred, _ = sort_out(looks, key)
    if barred:
        raise NotTogether(barred)
    lead = lead_of(able)
    found: list[Attempt] = []
    for attempt in able:
        try:
            found.append(prepared(attempt.look, key, data=answers_for(attempt, lead, data), files=files))
        except Refused as refused:
            barred.append(Barred(attempt.case, refused.refusals[0]))
        except Invalid as invalid:
            if attempt is lead:  # what is wrong in the form itself stands beside its questions
                raise
            said = " ".join(dict.fromkeys(words for errors in invalid.form.errors.values() for words in errors))
            barred.append(Barred(attempt.case, Refusal(said, attempt.step.provisions)))
        for upload in (f for name in files or () for f in getattr(files, "getlist", lambda n: [])(name)):
            upload.seek(0)
    if barred:
        raise NotTogether(barred)
    return found


def looks_at(panel: Panel, register: Any, pks: Iterable[int], by: User, who: rules.Standing) -> list[CaseContext]:
    """A look at each of these cases, as it is in the database now, of those that the person sees."""
    rows = register.case_model.objects.filter(rules.visible(who), pk__in=list(pks), panel=panel)
    cases = list(rows.select_related("panel", *register.related).order_by("year", "serial"))
    shared = list(panel.settings.all())
    looks = [CaseContext(case, by, who) for case in cases]
    for look in looks:
        look.__dict__["settings_rows"] = shared
        look.case.panel = panel
    return looks


def perform_together(
    panel: Panel,
    register: Any,
    pks: Sequence[int],
    key: str,
    *,
    by: User,
    seen: Mapping[int, int],
    data: QueryDict,
    files: Mapping[str, Any] | None = None,
) -> list[Entry]:
    """Take the step on each of these cases, or on none. The entries, in the order of the references.

    Raises Stale, NotTogether and Invalid (of the form that was shown) with nothing written.
    """
    made: list[Entry] = []
    with sealed_act(panel, by=by, name=key) as act:
        looks = looks_at(panel, register, pks, by, rules.standing(by, panel))
        if len(looks) != len(set(pks)):
            raise NotTogether([])
        for attempt in prepare_together(looks, key, seen=seen, data=data, files=files):
            if made:
                next_act(act, key)
            take(attempt, act)
            made.append(attempt.entry)
            for other in attempt.also:
                take_also(attempt, other, act)
    return made


class _Rehearsed(Exception):
    """Unwinds a rehearsal."""


def rehearse_together(
    panel: Panel,
    register: Any,
    pks: Sequence[int],
    key: str,
    *,
    by: User,
    seen: Mapping[int, int],
    data: QueryDict,
) -> list[tuple[Attempt, list[Duty]]]:
    """Take the step on all of them and take it back at once: each attempt with the duties it would open. Raises as
    `perform_together`."""
    found: list[tuple[Attempt, list[Duty]]] = []
    try:
        with sealed_act(panel, by=by, name=key) as act:
            looks = looks_at(panel, register, pks, by, rules.standing(by, panel))
            for attempt in prepare_together(looks, key, seen=seen, data=data):
                take(attempt, act, rehearsal=True)
                found.append((attempt, list(Duty.objects.filter(opened_by=attempt.entry).order_by("due", "pk"))))
            raise _Rehearsed
    except _Rehearsed:
        return found


def versions_in(words: str) -> dict[int, int]:
    """{case: its version} of what a page showed: "12.4-15.3". What is no such text says nothing."""
    pairs = (piece.partition(".") for piece in words.split("-") if piece)
    return {int(pk): int(version) for pk, _, version in pairs if pk.isdigit() and version.isdigit()}


def offered_together(looks: Sequence[CaseContext]) -> list[tuple[Step, int]]:
    """(step, on how many of these cases it can be taken now) of each step that can be taken on any, in the order declared."""
    counted: dict[str, int] = {}
    steps: dict[str, Step] = {}
    for look in looks:
        for step in look.procedure.steps:
            if not can_be_together(step) or look.case.status not in step.from_states and not any(
                p.status in step.from_states for p in look.parts
            ):  # fmt: skip
                continue
            if offer(look, step.at(look.case.status)).refusal is None:
                counted[step.key] = counted.get(step.key, 0) + 1
                steps.setdefault(step.key, step)
    order = {step.key: n for look in looks[:1] for n, step in enumerate(look.procedure.steps)}
    return [(steps[key], counted[key]) for key in sorted(steps, key=lambda k: order.get(k, 999))]
