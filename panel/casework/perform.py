"""The only door. `perform` takes one declared step, whole or not at all; `offers` says which steps can be taken now,
which cannot and why.

    entry = perform(case, "record", by=priya, seen=case.version, data=request.POST, files=request.FILES)
    entry = perform(case, "record", by=priya, on=date(2026, 11, 4), theme="behaviour")

Raises Unseen, Stale, Refused or Invalid; nothing is then written.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Max

from panel.access import rules
from panel.casework import incoming, search
from panel.casework.case_context import Also, Attempt, CaseContext
from panel.casework.dates import DATE_CHECKS
from panel.casework.duties import close_duties, open_duties
from panel.casework.errors import Invalid, Refused, Stale, Unseen
from panel.casework.offers import Offer, declared, offer, on_that_day
from panel.casework.reversal import put_back
from panel.casework.settling import settle
from panel.documents import store
from panel.law import clock
from panel.models import Case, Duty, Entry, Move, Panel, Part, User
from panel.procedure.register import Register, of_procedure
from panel.procedure.vocabulary import Refusal, Step, Target, refusal_of, refusals
from panel.record.act import Act, PanelClosed, next_act, sealed_act


def begin(case: Case, key: str, by: User) -> Attempt:
    """An attempt without answers, for a page that asks the questions. Raises Unseen or Refused."""
    look = CaseContext(case, by)
    _seen(look)
    return begun(look, key)


def begun(look: CaseContext, key: str) -> Attempt:
    """The same for a case at which the person looks already. Raises Refused."""
    step = declared(look.register, look.procedure, key).at(look.case.status)
    found = offer(look, step)
    if found.refusal:
        raise Refused([found.refusal], role=found.because == "role")
    attempt = Attempt(look, step, look.today, list(found.parts), not_today=_why_not_today(look, step, found))
    attempt.form = step.form(attempt)
    return attempt


def _why_not_today(look: CaseContext, step: Step, found: Offer) -> str:
    """Why a step that can be entered for the past cannot be done today; nothing for any other."""
    refusal = offer(look, step, look.today).refusal if found.for_the_past else None
    return refusal.reason if refusal else ""


def _seen(look: CaseContext) -> None:
    if look.new:
        return
    if not Case.objects.filter(rules.visible(look.who), pk=look.case.pk).exists():
        raise Unseen(look.case.reference)


def prepare(
    case: Case,
    key: str,
    *,
    by: User | None,
    standing: rules.Standing | None = None,
    seen: int | None = None,
    data: Mapping[str, Any] | None = None,
    files: Mapping[str, Any] | None = None,
    **answers: Any,
) -> Attempt:
    """The attempt with its answers, checked in full and not taken: for the page that shows them again, and for
    `perform`. Raises Unseen, Stale, Refused, Invalid."""
    look = CaseContext(case, by, standing)
    _seen(look)
    return prepared(look, key, seen=seen, data=data, files=files, **answers)


def prepared(
    look: CaseContext,
    key: str,
    *,
    seen: int | None = None,
    data: Mapping[str, Any] | None = None,
    files: Mapping[str, Any] | None = None,
    **answers: Any,
) -> Attempt:
    """The same for a case at which the person looks already. Raises Stale, Refused, Invalid."""
    step = declared(look.register, look.procedure, key).at(look.case.status)
    if seen is not None and look.case.version != seen:
        since = [e for e in look.entries if e.number > seen]
        raise Stale(look.case, since)
    found = offer(look, step)
    if found.refusal:
        raise Refused([found.refusal], role=found.because == "role")
    attempt = Attempt(look, step, look.today, list(found.parts), not_today=_why_not_today(look, step, found))
    if data is None:  # a command or a script: what a page would have filled in
        data = {"on": look.today, "parts": [str(p.number) for p in attempt.parts], **answers}
    gone = incoming.asked_for(attempt, data)
    attempt.form = form = _form_of(attempt, step, data, files)
    form.is_valid()
    then = _arranged_otherwise(attempt)
    if then is not None:  # asked again as the panel had it on the day of the step: other people decided, or were asked
        attempt = replace(attempt, step=then)
        attempt.form = form = _form_of(attempt, then, data, files)
        step = then
    if form.is_valid() and gone is not None:
        form.refuse(gone)
    if not form.is_valid():
        form.answer(attempt)
        for check in step.checks:
            for refusal in refusals(check, attempt) if getattr(check, "even_unfinished", False) else ():
                form.refuse(refusal)
        raise Invalid(form)
    form.fill(attempt)
    _on_that_day(attempt)
    misdated = next(
        (r for check in DATE_CHECKS if (r := refusal_of(check, attempt))), None
    )  # one is enough beside the day
    wrong = [refusal for check in step.checks for refusal in refusals(check, attempt)]
    for refusal in (*filter(None, [misdated]), *wrong):
        form.refuse(refusal)
    if form.errors:
        raise Invalid(form)
    return attempt


def _arranged_otherwise(attempt: Attempt) -> Step | None:
    """The step as the panel had arranged it on its day, where that differs from today; else None."""
    on, look = attempt.form.cleaned_data.get("on"), attempt.look
    if on is None or on > look.today:
        return None
    now, then = attempt.step, on_that_day(look, attempt.step, on)
    same = (then.decided_by, then.entered_by, then.after) == (now.decided_by, now.entered_by, now.after)
    return None if same else then


def _form_of(attempt: Attempt, step: Step, data: Mapping[str, Any], files: Mapping[str, Any] | None) -> Any:
    """The step's form with its answers. An email with which it is taken is the document that it may ask for."""
    form = step.form(attempt, data=data, files=files)
    if attempt.message is not None and "documents" in form.fields:
        form.fields["documents"].required = False
    return form


def _on_that_day(attempt: Attempt) -> None:
    """Ask again for the day of the step: who may act, and what must hold, follow that day and not the day of typing.
    Raises Refused for the role; anything else is an error beside the day."""
    if attempt.on > attempt.look.today:
        return
    found = offer(attempt.look, attempt.step, attempt.on)
    refusal = found.refusal
    if refusal is None:
        refusal = _part_refused(attempt, found)
    if refusal is None:
        return
    if found.because == "role":
        raise Refused([refusal], role=True)
    attempt.form.refuse(replace(refusal, field="on"))


def _part_refused(attempt: Attempt, found: Offer) -> Refusal | None:
    """Why one of the chosen parts could not be moved on that day, or None."""
    step = attempt.step
    if step.scope != "parts" or step.creates:
        return None
    held = {p.pk for p in found.parts}
    if step.all_parts:  # it moves whatever can be moved
        attempt.parts = [p for p in attempt.parts if p.pk in held]
        return None
    out = [p for p in attempt.parts if p.pk not in held]
    return next((r for p in out for guard in step.part_guards if (r := refusal_of(guard, attempt, p))), None)


def target(attempt: Attempt, part: Part) -> str:
    """Where the step takes the part."""
    to = attempt.step.to
    if to is Target.STAYS:
        return part.status
    if to is Target.STATE_IT_LEFT:
        return attempt.look.left(part)
    if to is Target.UNDO:
        left: str = next(m.source for m in attempt.reversed_entry.moves.all() if m.part_id == part.pk)
        return left
    if isinstance(to, str):
        return to
    chosen: str = attempt.answers["to"]
    return chosen


def perform(
    case: Case,
    key: str,
    *,
    by: User | None,
    standing: rules.Standing | None = None,
    seen: int | None = None,
    data: Mapping[str, Any] | None = None,
    files: Mapping[str, Any] | None = None,
    also_write: Callable[[Attempt], None] | None = None,
    **answers: Any,
) -> Entry:
    """Take one step, whole or not at all. The Entry it made; `entry.case` is the case as it now is. `also_write`
    writes what goes with it, once the entry and its documents are there, in the same act. `standing`: that of whoever
    takes it, where it is known already: a whole register is entered by one person, or by the command line for the office.

    Raises Unseen, Stale, Refused or Invalid with nothing written.
    """
    panel = case.panel
    store.check_ahead(files)
    with step_act(panel, by, key) as act:
        attempt = prepare(fresh_case(case), key, by=by, standing=standing, seen=seen, data=data, files=files, **answers)
        take(attempt, act)
        if also_write is not None:
            also_write(attempt)
        for other in attempt.also:
            take_also(attempt, other, act)
    made: Entry = attempt.entry
    return made


@contextmanager
def step_act(panel: Panel, by: User | None, key: str) -> Iterator[Act]:
    """The act of a step. Raises Refused where the panel is closed."""
    try:
        with sealed_act(panel, by=by, name=key) as act:
            yield act
    except PanelClosed as closed:
        raise Refused([Refusal(str(closed), ())]) from None


def take_also(attempt: Attempt, other: Also, act: Act) -> None:
    """Take what follows on another case, as an act of its own of the same transaction. Raises Invalid, with the reason
    beside the question that asked for it."""
    try:
        follows = prepared(CaseContext(fresh_case(other.case), attempt.user), other.step, **other.answers)
    except Refused as refused:
        why = refused.refusals[0].reason
    except Invalid as invalid:
        why = next(iter(next(iter(invalid.form.errors.values()))))
    else:
        next_act(act, other.step)
        take(follows, act)
        return
    attempt.form.refuse(Refusal(f"{other.case}: {why.rstrip('.')}", attempt.step.provisions, field=other.field))
    raise Invalid(attempt.form)


class _Rehearsed(Exception):
    """Unwinds a rehearsal."""


@dataclass(frozen=True)
class Rehearsal:
    """What a step would do: the attempt, the duties it would open, and where the case would stand."""

    attempt: Attempt
    duties: list[Duty]
    status: str


def rehearse(
    case: Case,
    key: str,
    *,
    by: User,
    seen: int | None = None,
    data: Mapping[str, Any] | None = None,
    files: Mapping[str, Any] | None = None,
    **answers: Any,
) -> Rehearsal:
    """Take the step and take it back at once, so that a check page shows exactly what will follow. Nothing is kept.

    Raises as `perform`.
    """
    found: list[Rehearsal] = []
    store.check_ahead(files)
    try:
        with step_act(case.panel, by, key) as act:
            attempt = prepare(fresh_case(case), key, by=by, seen=seen, data=data, files=files, **answers)
            take(attempt, act, rehearsal=True)
            opened = list(Duty.objects.filter(opened_by=attempt.entry).select_related("part").order_by("due", "pk"))
            found.append(Rehearsal(attempt, opened, attempt.case.status))
            raise _Rehearsed
    except _Rehearsed:
        return found[0]


def fresh_case(case: Case) -> Case:
    """The case as it is in the database now, or a new one of the same register."""
    if case._state.adding:
        return type(case)(panel=case.panel, procedure=case.procedure)
    found: Case = of_procedure(case.procedure).case_model.objects.select_related("panel").get(pk=case.pk)
    return found


def take(attempt: Attempt, act: Act, rehearsal: bool = False) -> None:
    """Write the step. Raises Invalid where a day that follows from the answers cannot be counted."""
    try:
        _write(attempt, act, rehearsal)
    except clock.Uncountable as error:
        year = error.year
        far = {
            abs(v.year - year): name for name, v in attempt.form.cleaned_data.items() if isinstance(v, date) and year
        }
        attempt.form.refuse(
            Refusal(str(error).rstrip("."), attempt.step.provisions, field=far[min(far)] if far else "")
        )
        raise Invalid(attempt.form) from error


def _write(attempt: Attempt, act: Act, rehearsal: bool) -> None:
    case, step = attempt.case, attempt.step
    if attempt.look.new:
        case.received_on = attempt.form.day_of_receipt(attempt)
        _refer(case, attempt.look.register, case.received_on)
        case.save()
    attempt.entry = act.entry = Entry.objects.create(
        panel=attempt.panel,
        case=case,
        number=case.version + 1,
        step=step.key,
        on=attempt.on,
        entered_at=act.at,
        by=attempt.user,
        decided_as=attempt.decided_as,
        decided_by=attempt.decided_by,
        why=attempt.form.cleaned_data.get("why", ""),
        answers=attempt.form.answers_to_store(),
        keeps_no=True,
        reverses=attempt.reversed_entry,
    )
    act.rows.append(attempt.entry)
    every = list(attempt.look.parts)
    if attempt.reversed_entry is not None:
        put_back(attempt)
    if step.effect:
        step.effect(attempt)
    for part in attempt.parts:
        if part._state.adding:
            part.case = case
            part.number = max([p.number for p in every], default=0) + 1
            part.save()
            every.append(part)
    if step.scope == "parts":
        for part in attempt.parts:
            move = Move.objects.create(
                entry=attempt.entry,
                part_id=part.pk,
                source=part.status,
                target=target(attempt, part),
                counts=attempt.report_slugs.get(id(part), {}),
            )
            act.rows.append(move)
            part.status = move.target
            part.save()
    case.status = attempt.look.procedure.furthest(p.status for p in every)
    case.version = attempt.entry.number
    if not rehearsal:
        store.store_all(attempt)
        incoming.keep(attempt)
    close_duties(attempt, every)
    open_duties(attempt)
    settle(attempt)
    case.next_due = case.first_due()
    case.save()
    if not rehearsal:
        search.renew(case)
    attempt.entry.case = case


def _refer(case: Case, register: Register, received: date) -> None:
    """Give the next number of panel, register and year; the chain's lock keeps it ours."""
    case.year = received.year
    keys = [p.key for p in register.procedures]  # one row of numbers for the whole register
    rows = Case.objects.filter(panel=case.panel, procedure__in=keys, year=case.year)
    case.serial = (rows.aggregate(last=Max("serial"))["last"] or 0) + 1
    case.reference = f"{case.panel.code}-{register.reference_letter}-{case.year}-{case.serial:04d}"
