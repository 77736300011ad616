"""A hearing ends before the Commissioner decides: no report in time, or somebody withdraws."""

from dataclasses import replace

from hearings.procedure.duties import CANCEL_MEETING, TELL_PANEL, TELL_WITHDRAWN
from hearings.procedure.law import FALLS, NOTIFICATION, PERIOD
from hearings.procedure.questions.proposal import WithdrawProposalForm
from hearings.procedure.states import CANDIDATE_WITHDRAWN, LAPSED, OPEN, PROPOSAL_WITHDRAWN, RUNNING, VETOED
from panel.casework.shared_steps import STAFF
from panel.casework.step_form import StepForm
from panel.forms.fields import LongTextField, TextField
from panel.law.period import day_words
from panel.procedure.vocabulary import Elsewhere, Refusal, Step


class LapseForm(StepForm):
    """The three weeks passed and no report was given."""

    on_label = "When was this noted?"
    what_followed = LongTextField(
        label="What did the Commissioner do?",
        rows=3,
        required_message="Enter what the Commissioner did, or that it is not known",
    )
    why_label = "Why did the Panel not report?"


class CandidateWithdrawsForm(StepForm):
    """A candidate no longer wants the post."""

    on_label = "When did the candidate withdraw?"
    told_by = TextField(label="Who told the Panel?", required_message="Enter who told the Panel")
    why_label = "Why, if it was said"
    why_required = False


def three_weeks_are_over(attempt):
    """Nothing lapses before the last of the three weeks is over (Sch 1 para 10, Sch 8 para 2)."""
    count = attempt.facts.count
    if count is None:
        return Refusal(
            "It is not known when the three weeks end.", attempt.facts.law.of(PERIOD), "say from which day they count."
        )
    if not attempt.facts.over(attempt.on):
        return Refusal(f"The three weeks end on {day_words(count.day)}.", attempt.facts.law.of(PERIOD))
    if attempt.facts.proposal.sent_on:
        return Refusal("The Panel has reported.", attempt.facts.law.of(PERIOD))
    return None


def withdraw_candidate(attempt):
    """Count the withdrawal, so that the report can say why the hearing ended."""
    for p in attempt.parts:
        attempt.add_report_slugs(p, withdrew="yes")


LAPSE = Step(
    "lapse", "Record that the three weeks passed without a report", (*RUNNING, VETOED), LAPSED, entered_by=STAFF,
    provisions=(FALLS,), past_label="Lapsed: no report in three weeks", button="Record it", all_parts=True, folded=True,
    guards=(three_weeks_are_over,), form=LapseForm, opens=(TELL_PANEL, CANCEL_MEETING),
    hint="What follows is not in the Act.",
    when_elsewhere=Elsewhere("The Panel has reported, or it has ended.", ""),
)  # fmt: skip
WITHDRAWALS = (
    Step(
        "candidate_withdraws", "Record that a candidate withdraws", OPEN, CANDIDATE_WITHDRAWN, entered_by=STAFF,
        provisions=(NOTIFICATION,), past_label="Candidate withdrew", button="Record the withdrawal", folded=True,
        form=CandidateWithdrawsForm, effect=withdraw_candidate, opens=(TELL_PANEL, CANCEL_MEETING),
    ),
    Step(
        "withdraw_proposal", "Record that the proposal is withdrawn", OPEN, PROPOSAL_WITHDRAWN, entered_by=STAFF,
        provisions=(NOTIFICATION,), past_label="Proposal withdrawn", button="Record the withdrawal", folded=True,
        all_parts=True,
        hint="A new notification is a new case.", form=WithdrawProposalForm, opens=(TELL_PANEL, TELL_WITHDRAWN, CANCEL_MEETING),
    ),
)  # fmt: skip
STEPS_WITHOUT_VETO = (LAPSE, *WITHDRAWALS)
STEPS_WITH_VETO = (replace(LAPSE, hint="A veto not reported in time falls."), *WITHDRAWALS)
