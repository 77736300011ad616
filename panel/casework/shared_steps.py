"""The steps that every register shares, declared once: telling people, waiving, notes, interests, corrections.

    note_contact(ANY, ("para 5", "reg 34"), by=(O, MO, SP, CH))

Each function makes one `Step` for the states of a register, with its provisions; what it asks is in
`panel.casework.shared_forms`. The facts that these steps need of a case are `panel.casework.common_facts`.
"""

from collections.abc import Callable, Iterable

from panel.casework import earliest, interests, shared_forms
from panel.casework.case_context import Attempt
from panel.casework.incoming.join import take_off
from panel.casework.shared_forms import reversible as reversible
from panel.casework.step_form import StepForm
from panel.law import clock
from panel.law.roles import CasePart, Role
from panel.models import CaseRole, Duty
from panel.procedure.vocabulary import Check, DutyKind, Elsewhere, Guard, Refusal, Step, Target, says

STAFF = (Role.OFFICER, Role.MONITORING_OFFICER)

Keys = tuple[str, ...]  # of states, or of provisions
Kinds = tuple[DutyKind, ...]
Roles = tuple[Role, ...]
Checks = tuple[Check, ...]
Effect = Callable[[Attempt], None]


# Guards and checks


def a_notice_is_due(attempt: Attempt) -> Refusal | None:
    """There is somebody to tell."""
    if not any(attempt.look.procedure.duty(d.kind).notice for d in attempt.look.open_duties):
        return Refusal("Nobody has to be told anything.", ("reg 37",))
    return None


def a_duty_is_open(attempt: Attempt) -> Refusal | None:
    """There is something to waive."""
    if not attempt.look.open_duties:
        return Refusal("No duty is open.", ("para 5",))
    return None


def something_to_reverse(attempt: Attempt) -> Refusal | None:
    """The Monitoring Officer may take back the last step; the officer only on the day it was entered (para 5)."""
    if not reversible(attempt):
        return Refusal(
            "There is no step that you can take back. The officer can take back an officer’s step on the day it was "
            "entered; the Monitoring Officer any step at any time.",
            ("para 5", "reg 34"),
            "ask the Monitoring Officer.",
        )
    return None


def in_the_future(name: str, label: str) -> Check:
    """A day by which something is to be done lies after the step."""

    @says("in_the_future", f"{label} is not before the day of the step.")
    def check(attempt: Attempt) -> Refusal | None:
        day = attempt.answers.get(name)
        if day and day < attempt.on:
            return Refusal(f"{label} must be on or after the day of this step", attempt.step.provisions, field=name)
        return None

    return check


def in_the_past(name: str, label: str) -> Check:
    """A day on which something happened is not after the step."""

    @says("in_the_past", f"{label} is not after the day of the step.")
    def check(attempt: Attempt) -> Refusal | None:
        day = attempt.answers.get(name)
        if day and day > attempt.on:
            return Refusal(f"{label} must be on or before the day of this step", attempt.step.provisions, field=name)
        return None

    return check


def statutory_only_by_the_monitoring_officer(attempt: Attempt) -> Refusal | None:
    """What the law orders, or a reading of it, is waived by the Monitoring Officer, in person and with a reason."""
    if Role.MONITORING_OFFICER in attempt.roles:
        return None
    for d in attempt.form.duties_chosen():
        kind = attempt.look.procedure.duty(d.kind)
        if kind.guarded:
            words = kind.words_to(attempt.facts.recipient_words(d.recipient))
            why = "is the law" if kind.statutory else "rests on a reading of the law"
            return Refusal(
                f"“{words}” {why} ({kind.provision}): only the Monitoring Officer can waive it",
                kind.provisions,
                field="duties",
            )
    return None


# What the steps do


def notice(attempt: Attempt) -> None:
    """The chosen duties are met."""
    attempt.closed_duties = [(d, "met") for d in attempt.form.duties_chosen()]


def waive(attempt: Attempt) -> None:
    """The chosen duties are let go."""
    attempt.closed_duties = [(d, "waived") for d in attempt.form.duties_chosen()]


def assign(attempt: Attempt) -> None:
    """Who keeps it."""
    attempt.case.assigned_to_id = int(attempt.answers["to_whom"])


def count_anew(found: Iterable[tuple[Duty, clock.Count]]) -> None:
    """Give duties their right day: pairs of a duty and its Count. The day it had at first stays on record."""
    for duty, count in found:
        duty.first_due = duty.first_due or duty.due
        duty.due, duty.count = count.day, count.as_json()
        duty.save()


def restricted(attempt: Attempt) -> None:
    """Only the people named see it from now on."""
    attempt.case.restricted = True
    wanted = {int(pk) for pk in attempt.answers["named"]}
    for role in attempt.look.case_roles:
        if role.kind == CasePart.NAMED and role.user_id not in wanted:
            role.to_entry = attempt.entry
            role.save()
    have = {r.user_id for r in attempt.look.case_roles if r.kind == CasePart.NAMED and r.to_entry_id is None}
    for pk in sorted(wanted - have):
        CaseRole.objects.create(case=attempt.case, kind=CasePart.NAMED, user_id=pk, from_entry=attempt.entry)


def unrestricted(attempt: Attempt) -> None:
    """Everybody whose role allows it sees the case again."""
    attempt.case.restricted = False
    for role in attempt.look.case_roles:
        if role.kind == CasePart.NAMED:
            role.to_entry = attempt.entry
            role.save()


# The duties


def review_restriction(under: Keys) -> DutyKind:
    """Whether the case must still be restricted is looked at again, as often as the panel's setting says."""
    return DutyKind(
        "review_restriction", "Review who may see the case", Role.MONITORING_OFFICER, under,
        met_by="unrestrict", continuing=True, holds=lambda attempt, duty: attempt.case.restricted,
        due=lambda attempt: clock.calendar_days(attempt.on, attempt.targets.review_days) if attempt.targets.review_days else None,
    )  # fmt: skip


# The steps


def correct(
    states: Keys,
    under: Keys,
    form: type[StepForm],
    *,
    does: Effect,
    checks: Checks = (),
    opens: Kinds = (),
    by: Roles = STAFF,
) -> Step:
    """A fact typed wrongly is put right; `form` is a `CorrectForm` with the register's own facts."""
    return Step(
        "correct", "Correct a fact", states, Target.STAYS, entered_by=by, provisions=under, past_label="Corrected",
        together=False,
        button="Correct it",
        scope="case", form=form, folded=True, effect=does, checks=checks, opens=opens,
        hint="Not a status and not a decision: those are taken back.",
    )  # fmt: skip


def restrict(
    states: Keys,
    under: Keys,
    review: DutyKind,
    *,
    does: Effect | None = None,
    opens: Kinds = (),
    by: Roles = (Role.MONITORING_OFFICER,),
) -> Step:
    """Only people named see the case; `review` is the duty to look at that again, and `does` what the register does
    besides."""

    def effect(attempt: Attempt) -> None:
        restricted(attempt)
        if does:
            does(attempt)

    return Step(
        "restrict", "Restrict who may see it", states, Target.STAYS, entered_by=by, provisions=under,
        past_label="Restricted",
        button="Restrict it", scope="case", form=shared_forms.RestrictForm, folded=True, effect=effect,
        opens=(review, *opens),
    )  # fmt: skip


def unrestrict(states: Keys, under: Keys, review: DutyKind, *, by: Roles = (Role.MONITORING_OFFICER,)) -> Step:
    """The restriction is lifted."""

    @says("case_is_restricted", "There is a restriction to lift.")
    def case_is_restricted(attempt: Attempt) -> Refusal | None:
        return None if attempt.case.restricted else Refusal("The case is not restricted.", under)

    return Step(
        "unrestrict", "Lift the restriction", states, Target.STAYS, entered_by=by, provisions=under,
        past_label="Restriction lifted",
        button="Lift it", scope="case", form=shared_forms.UnrestrictForm, folded=True, guards=(case_is_restricted,),
        effect=unrestricted, closes=(review,), not_before=(earliest.RECEIPT, earliest.RESTRICTION),
    )  # fmt: skip


def give_notice(
    states: Keys,
    under: Keys,
    duties: Kinds,
    *,
    form: type[StepForm] = shared_forms.GiveNoticeForm,
    checks: Checks = (),
    opens: Kinds = (),
    by: Roles = STAFF,
) -> Step:
    """Somebody was told: meets the open notices of `duties` that are chosen."""
    return Step(
        "give_notice", "Record that somebody was told", states, Target.STAYS, entered_by=by, provisions=under,
        past_label="Told",
        button="Record that it was sent", scope="case", hint="Whom, when and how, with a copy.",
        guards=(a_notice_is_due,), form=form, checks=checks, effect=notice,
        not_before=(earliest.RECEIPT, earliest.OF_WHAT_IS_CHOSEN),
        opens=opens, closes=tuple(k for k in duties if k.notice), closes_chosen_duties_only=True,
    )  # fmt: skip


def waive_duty(states: Keys, under: Keys, *, by: Roles = STAFF) -> Step:
    """A duty is let go, by name and with a reason."""
    return Step(
        "waive", "Waive a duty", states, Target.STAYS, entered_by=by, provisions=under, past_label="Duty waived",
        button="Waive it", scope="case",
        hint="By name, with a reason.", guards=(a_duty_is_open,), form=shared_forms.WaiveForm, folded=True,
        checks=(statutory_only_by_the_monitoring_officer,), effect=waive,
        not_before=(earliest.RECEIPT, earliest.OF_WHAT_IS_CHOSEN),
    )  # fmt: skip


def add_documents(states: Keys, under: Keys, *, by: Roles = STAFF) -> Step:
    """Documents of no step of their own."""
    return Step(
        "add_documents", "Add documents", states, Target.STAYS, entered_by=by, provisions=under,
        past_label="Documents added",
        button="Add the documents", scope="case", hint="Several at once, with how they are classified.",
        form=shared_forms.AddDocumentsForm, not_before=(),
    )  # fmt: skip


def note_contact(states: Keys, under: Keys, *, by: Roles) -> Step:
    """A file note, call, email or meeting."""
    return Step(
        "note_contact", "Add a file note, call or meeting", states, Target.STAYS, entered_by=by, provisions=under,
        past_label="File note",
        button="Save the note", scope="case", hint="Changes nothing else.", form=shared_forms.NoteContactForm,
        not_before=(),
    )  # fmt: skip


def take_off_message(states: Keys, under: Keys, *, by: Roles = STAFF) -> Step:
    """An email that was put on the case by mistake."""

    @says("an_email_was_put_on_it", "An email was put on the case.")
    def an_email_was_put_on_it(attempt: Attempt) -> Refusal | None:
        put_on = any(entry.brought_email for entry in attempt.look.entries)
        return None if put_on else Refusal("No email was put on this case.", under)

    return Step(
        "take_off_message", "Take an email off it", states, Target.STAYS, entered_by=by, provisions=under,
        past_label="Email taken off", together=False, button="Take it off", scope="case", folded=True,
        hint="It was put here by mistake: it waits again, and its documents go with it.",
        guards=(an_email_was_put_on_it,), form=shared_forms.TakeOffMessageForm, effect=take_off,
    )  # fmt: skip


def declare_an_interest(states: Keys, under: Keys, *, by: Roles = STAFF, opens: Kinds = ()) -> Step:
    """An interest: who withdraws for it neither sees the case nor decides from then on."""
    return Step(
        "declare_interest", "Declare an interest", states, Target.STAYS, entered_by=by, provisions=under,
        past_label="Interest declared", button="Declare the interest", scope="case", anybody=True, folded=True,
        together=False,
        confirm=True, hint="Who withdraws neither sees the case nor decides.", form=interests.DeclareInterestForm,
        checks=(interests.not_withdrawn_already,), effect=interests.declare_interest, opens=opens,
    )  # fmt: skip


def assign_to(states: Keys, under: Keys, *, by: Roles = STAFF) -> Step:
    """Another officer keeps the case."""
    return Step(
        "assign", "Give it to another officer", states, Target.STAYS, entered_by=by, provisions=under,
        past_label="Given to another officer",
        button="Give it to them", scope="case", form=shared_forms.AssignForm, effect=assign, folded=True,
    )  # fmt: skip


def void(
    states: Keys, under: Keys, form: type[StepForm], *, by: Roles = (Role.MONITORING_OFFICER,), lapses: Kinds = ()
) -> Step:
    """A mistake or a duplicate: kept, and never counted."""
    return Step(
        "void", "Void it: a mistake or a duplicate", states, "void", entered_by=by, provisions=under, past_label="Void",
        button="Void it",
        form=form, folded=True, hint="Kept, and never counted.",
        when_elsewhere=Elsewhere("It has gone too far to be void.", ""),
        lapses=lapses,
    )  # fmt: skip


def reopen(
    ends: Keys,
    to: str | Target | Keys,
    under: Keys,
    form: type[StepForm],
    *,
    does: Effect,
    opens: Kinds = (),
    checks: Checks = (),
    guards: tuple[Guard, ...] = (),
    lapses: Kinds = (),
    by: Roles = (Role.MONITORING_OFFICER,),
) -> Step:
    """An ended case is taken up again."""
    return Step(
        "reopen", "Reopen it", ends, to, entered_by=by, provisions=under, past_label="Reopened", button="Reopen it",
        form=form, folded=True, guards=guards,
        checks=checks, effect=does, opens=opens, lapses=lapses, when_elsewhere=Elsewhere("It has not ended.", ""),
    )  # fmt: skip


def ask_for_reversal(states: Keys, under: Keys, duty: DutyKind, *, by: Roles) -> Step:
    """Somebody who may not take a step back asks the Monitoring Officer."""
    return Step(
        "ask_for_reversal", "Ask for a step to be taken back", states, Target.STAYS, entered_by=by, provisions=under,
        past_label="Asked for a step to be taken back", button="Ask the Monitoring Officer", scope="case", folded=True,
        form=shared_forms.AskForReversalForm, opens=(duty,),
    )  # fmt: skip


def reverse(states: Keys, under: Keys, duty: DutyKind, *, by: Roles = STAFF, effect: Effect | None = None) -> Step:
    """The last step is taken back; both stay on the record. `effect` sees what goes with it elsewhere."""
    return Step(
        "reverse", "Take back a step", states, Target.UNDO, entered_by=by, provisions=under, past_label="Taken back",
        together=False,
        button="Take it back",
        form=shared_forms.ReverseForm, folded=True, guards=(something_to_reverse,), all_parts=True,
        hint="Both stay on the record.", not_before=(earliest.RECEIPT, earliest.STEP_TAKEN_BACK),
        closes=(duty,), effect=effect,
    )  # fmt: skip
