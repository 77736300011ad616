"""A hearing ends before the Commissioner decides: no report in time, or somebody withdraws."""

from dataclasses import replace

from hearings.keys import StateKey
from hearings.procedure.conditions import panel_was_notified
from hearings.procedure.duties import (
    AWAIT_RESERVE_AFTER_ONE,
    AWAIT_RESERVE_DECISION,
    CANCEL_MEETING,
    HEAR_RESERVE,
    HOLD_RESERVE,
    REPORT_RESERVE,
    REVIEW_RESERVE,
    TELL_PANEL,
    TELL_WITHDRAWN,
)
from hearings.procedure.effects import name_the_vetoed
from hearings.procedure.law import FALLS, NOTIFICATION, PERIOD, RESERVE_RULES
from hearings.procedure.questions.proposal import WithdrawProposalForm
from hearings.procedure.states import (
    CANDIDATE_WITHDRAWN,
    LAPSED,
    OPEN,
    PROPOSAL_WITHDRAWN,
    RESERVE,
    RUNNING,
    VETOED,
    keys_of,
)
from panel.casework.shared_steps import STAFF
from panel.casework.step_form import StepForm
from panel.forms.fields import DateField, LongTextField, RadiosField, TextField
from panel.forms.layout import Question, Reveal
from panel.law.period import day_words
from panel.procedure.vocabulary import Refusal, Step, Target


class LapseForm(StepForm):
    """The three weeks passed and no report was given."""

    on_label = "When was this noted?"
    what_followed = LongTextField(
        label="What did the Commissioner do?",
        rows=3,
        required_message="Enter what the Commissioner did, or that it is not known",
    )
    appointed = RadiosField(
        label="Was the candidate appointed?",
        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known")],
        required=False,
    )
    appointed_from = DateField(
        label="From when?", what="the day from which", required=False, help_text="Leave empty if it is not known."
    )
    shape = ("what_followed", Question("appointed", inline=True), Reveal("appointed", "yes", "appointed_from"))
    columns = ("appointed", "appointed_from")
    why_label = "Why did the Panel not report?"


class NoteEarlyAppointmentForm(StepForm):
    """A candidate was appointed before the Panel had reported, or the Commissioner had decided (Sch 1 paras 9 to 12,
    Sch 8 para 2)."""

    on_label = "When did the Panel learn of it?"
    on_what = "the day the Panel learnt of it"
    appointed_from = DateField(
        label="Appointed from", what="the day from which", required=False, help_text="Leave empty if it is not known."
    )
    known = LongTextField(label="What is known?", rows=3, required_message="Enter what is known")
    columns = ("appointed_from",)


class CandidateWithdrawsForm(StepForm):
    """A candidate no longer wants the post. Of a reserve candidate the veto is left, and another can be named."""

    on_label = "When did the candidate withdraw?"
    told_by = TextField(label="Who told the Panel?", required_message="Enter who told the Panel")
    why_label = "Why, if it was said"
    why_required = False

    def fill(self, attempt):
        """Where the case goes on."""
        super().fill(attempt)
        to = StateKey.VETOED if any(p.reserve for p in attempt.parts) else StateKey.CANDIDATE_WITHDRAWN
        attempt.answers["to"] = to.value


def three_weeks_are_over(attempt):
    """Nothing lapses before the last of the three weeks is over (Sch 1 para 10, Sch 8 para 2)."""
    facts, count = attempt.facts, attempt.facts.count
    if not facts.notified:
        return panel_was_notified(attempt)
    if count is None:
        return Refusal(
            "It is not known when the three weeks end.",
            attempt.facts.law.of(PERIOD),
            "say from which day they count.",
            first="decide_count",
        )
    if not attempt.facts.over(attempt.on):
        return Refusal(f"The three weeks end on {day_words(count.day)}.", attempt.facts.law.of(PERIOD))
    if not facts.unreported and not facts.veto_fell:
        return Refusal("The Panel has reported.", facts.law.of(PERIOD))
    return None


def withdraw_candidate(attempt):
    """Count the withdrawal, so that the report can say why the hearing ended."""
    for p in attempt.parts:
        attempt.add_report_slugs(p, withdrew="yes")
    if attempt.answers["to"] == StateKey.VETOED:
        name_the_vetoed(attempt)


def lapse(attempt):
    """Keep what became of the candidate, where it is known."""
    appointed = {"yes": True, "no": False}.get(attempt.answers.get("appointed") or "")
    for p in attempt.parts:
        p.appointed = appointed if appointed is not None else p.appointed
        p.appointed_from = attempt.answers.get("appointed_from") or p.appointed_from
        fell = p.status == StateKey.VETOED
        attempt.add_report_slugs(
            p, appointed={True: "yes", False: "no"}.get(p.appointed, ""), veto="fell" if fell else ""
        )


def note_early_appointment(attempt):
    """Keep that the candidate was appointed. The review goes on, and the report is still owed."""
    for p in attempt.parts:
        p.appointed, p.appointed_from = True, attempt.answers.get("appointed_from")
        attempt.add_report_slugs(p, early="yes")


def not_appointed_yet(attempt, part):
    """An appointment is noted once."""
    if part.appointed:
        return Refusal(f"{part.name} is on record as appointed.", attempt.step.provisions)
    return None


# Of a reserve candidate: what was owed to them, while the veto lives on
AFTER_A_RESERVE = (REVIEW_RESERVE, HEAR_RESERVE, REPORT_RESERVE, AWAIT_RESERVE_DECISION, HOLD_RESERVE)

LAPSE = Step(
    "lapse", "Record that the three weeks passed without a report", (*RUNNING, VETOED), LAPSED, entered_by=STAFF,
    provisions=(FALLS,), past_label="Lapsed: no report in three weeks", button="Record it", all_parts=True, folded=True,
    guards=(three_weeks_are_over,), form=LapseForm, effect=lapse, opens=(TELL_PANEL, CANCEL_MEETING),
    hint="What follows is not in the Act.",
)  # fmt: skip
WITHDRAWALS = (
    Step(
        "note_early_appointment", "Note that a candidate was appointed before the end", OPEN, Target.STAYS,
        entered_by=STAFF, provisions=(NOTIFICATION, FALLS), past_label="Appointed before the end",
        button="Note the appointment", folded=True, hint="The review goes on; the report says so.",
        part_guards=(not_appointed_yet,), form=NoteEarlyAppointmentForm, effect=note_early_appointment,
        opens=(TELL_PANEL,),
    ),
    Step(
        "candidate_withdraws", "Record that a candidate withdraws", OPEN, (CANDIDATE_WITHDRAWN, VETOED), entered_by=STAFF,
        provisions=(NOTIFICATION,), past_label="Candidate withdrew", button="Record the withdrawal", folded=True,
        form=CandidateWithdrawsForm, effect=withdraw_candidate, opens=(TELL_PANEL, CANCEL_MEETING, AWAIT_RESERVE_AFTER_ONE),
        lapses=AFTER_A_RESERVE, provisions_at=((keys_of(*RESERVE), RESERVE_RULES),),
    ),
    Step(
        "withdraw_proposal", "Record that the proposal is withdrawn", OPEN, PROPOSAL_WITHDRAWN, entered_by=STAFF,
        provisions=(NOTIFICATION,), past_label="Proposal withdrawn", button="Record the withdrawal", folded=True,
        all_parts=True, guards=(panel_was_notified,),
        hint="A new notification is a new case.", form=WithdrawProposalForm, opens=(TELL_PANEL, TELL_WITHDRAWN, CANCEL_MEETING),
    ),
)  # fmt: skip
STEPS_WITHOUT_VETO = (LAPSE, *WITHDRAWALS)
STEPS_WITH_VETO = (replace(LAPSE, hint="A veto not reported in time falls."), *WITHDRAWALS)
