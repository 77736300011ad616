"""The Commissioner accepts or rejects the recommendation, and notifies the Panel."""

from hearings.keys import StepKey
from hearings.models import Candidate
from hearings.procedure.duties import AWAIT_DECISION, TELL_PANEL
from hearings.procedure.law import DECISION
from hearings.procedure.questions.unknown import UnknownDayForm
from hearings.procedure.states import ACCEPTED, REJECTED, REPORTED, RESERVE_REPORTED
from panel.casework.shared_steps import STAFF
from panel.forms.fields import DateField, YesNoField
from panel.forms.layout import Question, Reveal
from panel.procedure.vocabulary import Elsewhere, Refusal, Step


class DecisionForm(UnknownDayForm):
    """The Commissioner's decision on the recommendation (Sch 1 para 12, Sch 8 para 7)."""

    on_label = "When was the Panel notified of it?"
    on_what = "the day the Panel was notified"
    documents_label = "The Commissioner’s letter"
    announced_on = DateField(
        label="When was it announced?",
        what="the day it was announced",
        required=False,
        help_text="Leave empty if it was not, or is not known.",
    )
    appointed = YesNoField(
        label="Is the candidate appointed?", required_message="Select whether the candidate is appointed"
    )
    appointed_from = DateField(
        label="From when?", what="the day from which", required=False, help_text="Leave empty if it is not known."
    )
    why_label = "The Commissioner’s reasons, if given"
    why_required = False
    shape = (
        "on",
        "unknown",
        "announced_on",
        Question("appointed", inline=True),
        Reveal("appointed", "yes", "appointed_from"),
    )
    columns = ("announced_on", "appointed", "appointed_from")

    def add_questions(self):
        """What follows from it at first."""
        against = {p.recommendation for p in self.attempt.parts} == {Candidate.Recommendation.REFUSE}
        accepts = self.step.key == StepKey.PCC_ACCEPTS
        self.fields["appointed"].initial = "yes" if accepts != against else "no"


def announced_in_time(attempt):
    """The Panel is notified on or after the day the decision is announced, or the other way round: neither is ahead."""
    day = attempt.answers.get("announced_on")
    if day and day > attempt.look.today:
        return Refusal(
            "The day it was announced must be today or in the past", attempt.step.provisions, field="announced_on"
        )
    return None


def record_decision(attempt):
    """Keep what became of the recommendation, and whether the candidate is appointed."""
    for p in attempt.parts:
        p.announced_on = attempt.answers.get("announced_on")
        p.appointed, p.appointed_from = attempt.answers["appointed"], attempt.answers.get("appointed_from")
        attempt.add_report_slugs(
            p, recommendation=p.recommendation, decision=attempt.step.key, appointed="yes" if p.appointed else "no"
        )


STEPS = (
    Step(
        "pcc_accepts", "Record that the recommendation is accepted", (REPORTED, RESERVE_REPORTED), ACCEPTED,
        entered_by=STAFF,
        provisions=(DECISION,), past_label="Recommendation accepted", button="Record the decision",
        hint="The Commissioner decides, and tells the Panel.", form=DecisionForm, checks=(announced_in_time,),
        effect=record_decision, opens=(TELL_PANEL,), closes=(AWAIT_DECISION,),
        when_elsewhere=Elsewhere("The report has not been sent.", "send the report to the Commissioner."),
    ),
    Step(
        "pcc_rejects", "Record that the recommendation is rejected", (REPORTED, RESERVE_REPORTED), REJECTED,
        entered_by=STAFF,
        provisions=(DECISION,), past_label="Recommendation rejected", button="Record the decision",
        hint="The Commissioner decides, and tells the Panel.", form=DecisionForm, checks=(announced_in_time,),
        effect=record_decision, opens=(TELL_PANEL,), closes=(AWAIT_DECISION,),
        when_elsewhere=Elsewhere("The report has not been sent.", "send the report to the Commissioner."),
    ),
)  # fmt: skip
