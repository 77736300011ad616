"""How long a case is kept, and what is erased of it in the end: the steps that every register may declare.

The officer proposes, the Monitoring Officer confirms, and nobody does both. A hold stops it, and so does everything that
is still owed. What goes is what the models call ERASABLE, in live rows and in their whole history, with drafts and stored
files; what stays are references, dates, steps, what is counted, and the chain. A register says which rows are a case's own
with `Register.personal`.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction

from panel.casework import drafts, earliest, retention_forms, retention_periods, search
from panel.casework.case_context import Attempt, CaseContext
from panel.casework.groups import titles_to_erase
from panel.casework.shared_steps import in_the_future
from panel.law import clock
from panel.law.period import day_words
from panel.law.roles import Basis, Role
from panel.models import (
    Case,
    Document,
    Entry,
    ExemptPart,
    IncomingFile,
    IncomingMessage,
    Letter,
    LetterDraft,
    MarkedWords,
    MeetingInterest,
    MeetingItem,
    Motion,
)
from panel.post.queue import rows_of_case
from panel.procedure.register import REGISTERS, Register, of_procedure
from panel.procedure.vocabulary import DutyKind, Elsewhere, Refusal, Step, Target
from panel.record import digests, erasures, leftovers
from panel.record.act import current, sealed_act

LIMIT = ("UK GDPR art 5(1)(e)",)
ERASURE = ("UK GDPR art 5(1)(e)", "UK GDPR art 17")
HOLD = ("UK GDPR art 17(3)",)


# Guards and checks


def not_on_hold(attempt: Attempt) -> Refusal | None:
    """No hold is on the case: proceedings or an inquiry may need it."""
    if attempt.case.held_on is None:
        return None
    return Refusal(f"It is on hold since {day_words(attempt.case.held_on)}.", HOLD, "lift the hold.", first="lift_hold")


def on_hold(attempt: Attempt) -> Refusal | None:
    """There is a hold to lift."""
    return None if attempt.case.held_on else Refusal("It is not on hold.", HOLD)


def not_held_already(attempt: Attempt) -> Refusal | None:
    """One hold at a time: a second need is said in its reasons, or follows when the first is lifted."""
    return (
        Refusal(f"It is on hold since {day_words(attempt.case.held_on)} already.", HOLD)
        if attempt.case.held_on
        else None
    )


def nothing_is_owed(attempt: Attempt) -> Refusal | None:
    """Everybody was told and everything was done, or let go by name: nothing that is still owed can be done without
    knowing whom it concerns."""
    owed = [d for d in attempt.look.open_duties if d.kind != CONFIRM_ERASURE.key]
    if not owed:
        return None
    number = "A duty is" if len(owed) == 1 else f"{len(owed)} duties are"
    return Refusal(f"{number} still open on it.", ERASURE, "do what is due, or waive it.", first="waive")


def not_proposed_already(attempt: Attempt) -> Refusal | None:
    """The Monitoring Officer has not been asked already."""
    if proposal(attempt.look) is None:
        return None
    return Refusal("It waits for the Monitoring Officer already.", ERASURE)


def proposed_by_another(attempt: Attempt) -> Refusal | None:
    """The officer has proposed it, and somebody else confirms."""
    found = proposal(attempt.look)
    if found is None:
        return Refusal("Nobody has proposed it.", ERASURE, "the scrutiny officer proposes it.", first="propose_erasure")
    if found.by_id == attempt.user.pk:
        return Refusal("You proposed it yourself: somebody else must confirm it.", ERASURE)
    return None


def still_over(attempt: Attempt) -> Refusal | None:
    """Where it was proposed because its time was over, that is so still: it may have been reopened, or the years changed."""
    found, until = proposal(attempt.look), retention_periods.kept_until(attempt.look)
    if found is None or found.answers.get("ground") != "time" or retention_periods.is_over(until, attempt.look.today):
        return None
    words = (
        f"The Panel keeps it until {day_words(until)}." if until else "The Panel has set no years for how this ended."
    )
    return Refusal(words, LIMIT, "decline it, or change the settings.", first="decline_erasure")


def is_proposed(attempt: Attempt) -> Refusal | None:
    """There is a proposal to decline."""
    return None if proposal(attempt.look) else Refusal("Nobody has proposed it.", ERASURE)


def time_is_over(attempt: Attempt) -> Refusal | None:
    """With that ground, the day until which the Panel keeps it is over."""
    if attempt.answers.get("ground") != "time":
        return None
    until = retention_periods.kept_until(attempt.look)
    if retention_periods.is_over(until, attempt.look.today):
        return None
    never = "The Panel has set no years for how this ended, so its time is never over"
    return Refusal(f"The Panel keeps it until {day_words(until)}" if until else never, LIMIT, field="ground")


def not_dated_back(attempt: Attempt) -> Refusal | None:
    """What is gone is gone on the day it goes."""
    if attempt.on == attempt.look.today:
        return None
    return Refusal("An erasure takes effect on the day it is confirmed: enter today’s date", ERASURE, field="on")


def proposal(look: CaseContext) -> Entry | None:
    """The entry that proposed the erasure, where nobody has answered it or waived the answer, and where the case has not
    moved since (reopened, say, and ended anew); else None."""
    found = look.last("propose_erasure")
    waits = any(d.kind == CONFIRM_ERASURE.key for d in look.open_duties)
    moved = [e.number for e in look.entries if any(m.source != m.target for m in e.moves.all())]
    return found if found is not None and waits and found.number > max(moved, default=0) else None


# What the steps do


def held(attempt: Attempt) -> None:
    """From now on nothing of it is erased."""
    attempt.case.held_on = attempt.on


def released(attempt: Attempt) -> None:
    """The hold is over."""
    attempt.case.held_on = None


def meeting_rows(case: Case) -> list[Any]:
    """What was said of the case at meetings: its items, and their interests, exempt parts and motions."""
    items = list(MeetingItem.objects.filter(case=case))
    found: list[Any] = list(items)
    for model in (MeetingInterest, ExemptPart, Motion):
        found += model._base_manager.filter(item__in=items)
    for register in REGISTERS.values():
        found += register.rows_of_items(items)
    return found


def message_rows(case: Case) -> list[Any]:
    """The emails that were logged as the case or put on it, and what came with them, left out or not."""
    found: list[Any] = list(IncomingMessage.objects.filter(case=case))
    return found + list(IncomingFile.objects.filter(message__in=found))


def erase(attempt: Attempt) -> None:
    """Blank what is personal in the case. What is said in steps that survive an erasure, this one among them, stays."""
    case = attempt.case
    case.erased_on = attempt.on
    stays = {s.key for s in attempt.look.procedure.steps if s.survives_erasure}
    said = [e for e in attempt.look.entries if e.step not in stays and e.pk != attempt.entry.pk]
    blank_case(case, attempt.look.register, said)


def blank_case(case: Case, register: Register, said: list[Entry]) -> None:
    """Blank what is personal in the case's rows, and give their history and these entries to the act, which blanks and
    seals them anew; whoever calls saves the case. Drafts go at once, stored files once all of it is written: a crash in
    between leaves files that `sweep_documents` removes."""
    papers = Document._base_manager.filter(case=case)  # those taken off it too: their names were on it
    rows = [*register.erasable_rows(case), *papers, *case.bundles.all(), *message_rows(case), *meeting_rows(case)]
    rows += [*Letter.objects.filter(case=case), *MarkedWords.objects.filter(case=case), *rows_of_case(case)]
    rows += titles_to_erase(case)
    for row in rows:
        for column, blank in digests.erasable(type(row)).items():
            setattr(row, column, blank)
        if row is not case:  # which is saved with the step
            row.save()
    act = current.get()
    assert act is not None
    act.erased += [*rows, *said]
    drafts.of_case(case).delete()
    LetterDraft.objects.filter(case=case).delete()
    files = {row.file.name for row in rows if getattr(row, "file", None)}

    def remove() -> None:
        erasures.note(case)
        for name in files:
            default_storage.delete(name)
        leftovers.forget()

    transaction.on_commit(remove)


def erase_again(reference: str, on: str) -> bool:
    """Erase a case that was erased before and came back with an older backup; whether there was something to erase."""
    base = Case.objects.filter(reference=reference, erased_on=None).first()
    if base is None:
        return False
    register = of_procedure(base.procedure)
    case = register.case_model.objects.get(pk=base.pk)
    stays = {s.key for s in register.follows(case.procedure).steps if s.survives_erasure}
    with sealed_act(
        case.panel, by=None, name=digests.ERASE, why=f"{reference}: erased on {on}, and again after a restore"
    ):
        case.erased_on = date.fromisoformat(on) if on else clock.today()
        blank_case(case, register, [e for e in case.entries.all() if e.step not in stays])
        case.save()
        search.renew(case)
    return True


# The duties


CONFIRM_ERASURE = DutyKind(
    "confirm_erasure", "Confirm the erasure, or decline it", Role.MONITORING_OFFICER, ERASURE, Basis.GUIDANCE,
    met_by="erase",
)  # fmt: skip
REVIEW_HOLD = DutyKind(
    "review_hold", "Look at the hold again", Role.MONITORING_OFFICER, HOLD, Basis.GUIDANCE,
    due=lambda attempt: clock.given(attempt.answers["review_on"]), met_by="lift_hold",
)  # fmt: skip


# The steps


def keeping(every: tuple[str, ...], ends: tuple[str, ...]) -> tuple[Step, ...]:
    """Hold, lift the hold, propose an erasure, decline it, confirm it."""
    mo = (Role.MONITORING_OFFICER,)
    review_hold = replace(REVIEW_HOLD, open_in_states=every)
    only_ended = Elsewhere("It has not ended.")
    return (
        Step(
            "hold", "Put a hold on it", every, Target.STAYS, entered_by=mo, provisions=HOLD, past_label="Put on hold",
            button="Put the hold on it",
            scope="case", folded=True, survives_erasure=True, hint="Proceedings or an inquiry need it: nothing is erased.",
            guards=(not_held_already,), form=retention_forms.HoldForm,
            checks=(in_the_future("review_on", "The day of the review"),),
            effect=held, opens=(review_hold,), lapses=(CONFIRM_ERASURE,),
        ),
        Step(
            "lift_hold", "Lift the hold", every, Target.STAYS, entered_by=mo, provisions=HOLD, past_label="Hold lifted",
            button="Lift it",
            scope="case", folded=True, survives_erasure=True, guards=(on_hold,), form=retention_forms.LiftHoldForm,
            effect=released, not_before=(earliest.RECEIPT, earliest.HOLD),
            closes=(review_hold,),
        ),
        Step(
            "propose_erasure", "Propose its erasure", ends, Target.STAYS, entered_by=(Role.OFFICER,), provisions=ERASURE,
            past_label="Erasure proposed", button="Propose it", scope="case", folded=True, survives_erasure=True,
            hint="The Monitoring Officer confirms it.", guards=(not_on_hold, nothing_is_owed, not_proposed_already),
            form=retention_forms.ProposeErasureForm, checks=(time_is_over,),
            not_before=(earliest.RECEIPT, earliest.ENDED), opens=(CONFIRM_ERASURE,),
            when_elsewhere=only_ended,
        ),
        Step(
            "decline_erasure", "Decline the erasure", ends, Target.STAYS, entered_by=mo, provisions=ERASURE,
            past_label="Erasure declined",
            button="Decline it", scope="case", folded=True, survives_erasure=True, guards=(is_proposed,),
            form=retention_forms.DeclineErasureForm,
            not_before=(earliest.RECEIPT, earliest.PROPOSED_ERASURE),
            closes=(CONFIRM_ERASURE,), when_elsewhere=only_ended,
        ),
        Step(
            digests.ERASE, "Confirm the erasure", ends, Target.STAYS, entered_by=mo, provisions=ERASURE,
            together=False, past_label="Erased",
            button="Erase what it says", scope="case", folded=True, survives_erasure=True, final=True, confirm=True,
            hint="Names, texts and documents go for good; dates, steps and figures stay.",
            guards=(proposed_by_another, still_over, not_on_hold, nothing_is_owed), form=retention_forms.EraseForm,
            checks=(not_dated_back,),
            effect=erase, closes=(CONFIRM_ERASURE,), when_elsewhere=only_ended,
        ),
    )  # fmt: skip
