"""Duties that were opened under earlier rules are brought to today's, once, at an upgrade: an act of its own on each case
concerned, by nobody, with the cause. The past is not rewritten."""

from panel.access import rules
from panel.casework.by_itself import NothingToDo, bring_up, case_now, enter
from panel.casework.case_context import CaseContext
from panel.casework.settling import Settling
from panel.law import clock
from panel.law.roles import DayBasis, Wait
from panel.models import Duty, User
from panel.procedure.machine import MENDED
from panel.procedure.vocabulary import DutyKind
from panel.record.act import sealed_act

CAUSE = "An upgrade brought the open duties to what today’s rules ask where the case stands."


def open_what_was_owed(settling: Settling) -> bool:
    """Open what today's rules would have opened long ago, where the case still is where it lives and never had it. A
    target of the Panel's own is moved by the days for which somebody outside had the case; whether any was opened."""
    look, found = settling.look, False
    look.__dict__.pop("duties", None)
    for kind in settling.procedure.duties:
        if kind.owed_before is None or any(d.kind == kind.key for d in look.duties):
            continue
        attempt = settling.attempt(kind)
        if not kind.owed_before(attempt):
            continue
        count = kind.due(attempt) if kind.due else None
        stood = days_outside(look, kind) if count and kind.day_basis is DayBasis.LOCAL else 0
        count = clock.moved(count, stood) if count and stood else count
        for recipient in kind.recipients(attempt) if kind.recipients else [""]:
            duty = Duty(
                case=look.case, kind=kind.key, recipient=recipient, due=count.day if count else None,
                count=count.as_json() if count else None, opened_by=settling.entry,
            )  # fmt: skip
            if settling.lives(duty):
                duty.save()
                settling.changes.append(("opened", duty))
                found = True
    look.__dict__.pop("duties", None)
    return found


def days_outside(look: CaseContext, kind: DutyKind) -> int:
    """For how many days every open part stood where a duty of that kind sleeps, because somebody outside had it."""
    stands: dict[int, str] = {}
    days, since = 0, None
    for entry in look.in_force:
        stands |= {m.part_id: m.target for m in entry.moves.all()}
        still = [s for s in stands.values() if look.procedure.state(s).open]
        outside = bool(still) and all(s in kind.sleeps_in for s in still)
        if outside and since is None:
            since = entry.on
        elif not outside and since is not None:
            days, since = days + (entry.on - since).days, None
    return days + (look.today - since).days if since else days


def mend(pk: int) -> list[str]:
    """Mend the duties of that case; a line for each that changed, empty where none did."""
    case = case_now(pk)
    if case.panel.closed_on(clock.today()):
        return []
    try:
        with sealed_act(case.panel, by=None, name=MENDED) as act:
            entry = enter(act, case, MENDED, why=CAUSE)
            look = CaseContext(case, User(), rules.Standing(None, case.panel_id))
            settling = Settling(look, entry)
            settling.settle()
            if open_what_was_owed(settling):
                settling.settle()
            if not settling.changes:
                raise NothingToDo
            bring_up(case, entry)
    except NothingToDo:
        return []
    words = look.procedure.duty
    return [
        f"{case.reference}: {did} “{words(duty.kind).label.format(to=duty.recipient.partition(':')[0].replace('_', ' '))}”"
        + (f" (waits for {Wait(duty.waits_for).words})" if did == "let sleep" else "")
        for did, duty in settling.changes
    ]
