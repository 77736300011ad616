"""The Commissioner accepts or rejects the recommendation, and notifies the Panel."""

from hearings.keys import StepKey
from hearings.models import Candidate
from hearings.procedure.duties import AWAIT_DECISION, AWAIT_RESERVE_DECISION, TELL_PANEL
from hearings.procedure.law import DECISION, RESERVE_RULES
from hearings.procedure.questions.unknown import UnknownDayForm
from hearings.procedure.states import (
    ACCEPTED,
    REJECTED,
    REPORTED,
    RESERVE_HEARD,
    RESERVE_REPORTED,
    RUNNING,
    keys_of,
)
from panel.casework.shared_steps import STAFF
from panel.forms.fields import DateField, LongTextField, YesNoField
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
    other_why = LongTextField(
        label="If that is not what the recommendation and the decision on it say: how is that?",
        rows=3, required=False, max_length=1000,
        help_text="A recommendation not to appoint that is accepted means: not appointed.",
    )  # fmt: skip
    shape = (
        "on", "unknown", "announced_on", Question("appointed", inline=True), Reveal("appointed", "yes", "appointed_from"),
        "other_why",
    )  # fmt: skip
    columns = ("announced_on", "appointed", "appointed_from")

    def add_questions(self):
        """What follows from it at first."""
        means = {means_appointed(self.step, p) for p in self.attempt.parts}
        if len(means) == 1:
            self.fields["appointed"].initial = "yes" if means.pop() else "no"


def means_appointed(step, part) -> bool:
    """Whether the candidate is appointed, if the decision is what it says: accepting that somebody not be appointed means
    that they are not."""
    accepts = step.key == StepKey.PCC_ACCEPTS
    return accepts != (part.recommendation == Candidate.Recommendation.REFUSE)


def decision_fits(attempt):
    """What became of a candidate agrees with the recommendation and the decision on it, or the record says how it can
    be otherwise. Never refused: it happens."""
    if attempt.answers.get("other_why"):
        return None
    against = [p.name for p in attempt.parts if means_appointed(attempt.step, p) != attempt.answers["appointed"]]
    if not against:
        return None
    done = "accepted" if attempt.step.key == StepKey.PCC_ACCEPTS else "rejected"
    told = {p.name: p.get_recommendation_display() for p in attempt.parts}
    words = told[against[0]][:1].lower() + told[against[0]][1:]
    became = "appointed" if attempt.answers["appointed"] else "not appointed"
    return Refusal(
        f"The Panel recommended of {against[0]} {words}. If that was {done}, “{became}” does not follow from it. Correct the "
        "answer, or enter how that is",
        attempt.step.provisions,
        field="other_why",
    )


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


OF_A_RESERVE = ((keys_of(RESERVE_REPORTED), RESERVE_RULES),)  # paragraph 7 is of a first candidate only
NO_REPORT = Elsewhere(
    "The report has not been sent.",
    "send the report to the Commissioner.",
    "send_report",
    states=keys_of(*RUNNING, RESERVE_HEARD),
)

STEPS = (
    Step(
        "pcc_accepts", "Record that the recommendation is accepted", (REPORTED, RESERVE_REPORTED), ACCEPTED,
        entered_by=STAFF,
        provisions=(DECISION,), past_label="Recommendation accepted", button="Record the decision",
        hint="The Commissioner decides, and tells the Panel.", form=DecisionForm,
        checks=(announced_in_time, decision_fits), effect=record_decision, opens=(TELL_PANEL,),
        closes=(AWAIT_DECISION, AWAIT_RESERVE_DECISION), provisions_at=OF_A_RESERVE, when_elsewhere=NO_REPORT,
    ),
    Step(
        "pcc_rejects", "Record that the recommendation is rejected", (REPORTED, RESERVE_REPORTED), REJECTED,
        entered_by=STAFF,
        provisions=(DECISION,), past_label="Recommendation rejected", button="Record the decision",
        hint="The Commissioner decides, and tells the Panel.", form=DecisionForm,
        checks=(announced_in_time, decision_fits), effect=record_decision, opens=(TELL_PANEL,),
        closes=(AWAIT_DECISION, AWAIT_RESERVE_DECISION), provisions_at=OF_A_RESERVE, when_elsewhere=NO_REPORT,
    ),
)  # fmt: skip
