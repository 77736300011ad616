"""The Panel recommends that a candidate be appointed, or not, with its reasons and votes."""

from hearings.procedure.conditions import votes_add_up
from hearings.procedure.duties import DELIBERATE, RECOMMEND, SEND_NEXT_DAY
from hearings.procedure.earliest import HELD
from hearings.procedure.effects import FINDINGS, drop_cached_facts, record_resolution
from hearings.procedure.law import RESERVE_RULES, REVIEW, WHOLE_PANEL
from hearings.procedure.questions.findings import FindingsMixin
from hearings.procedure.questions.votes import VotesMixin
from hearings.procedure.states import (
    HEARD,
    HEARING_ARRANGED,
    INFORMATION_AWAITED,
    NOTIFIED,
    RESERVE_HEARD,
    RESERVE_NOTIFIED,
    RESERVE_UNDER_REVIEW,
    UNDER_REVIEW,
    keys_of,
)
from panel.casework.shared_steps import STAFF
from panel.casework.step_form import StepForm
from panel.forms.fields import HintedChoice, LongTextField, RadiosField, TextField
from panel.law.roles import Role
from panel.models import MeetingMinute
from panel.procedure.vocabulary import RECEIPT, Elsewhere, Refusal, Step, Target


class RecommendForm(FindingsMixin, VotesMixin, StepForm):
    """Whether the candidate should be appointed (Sch 1 para 10, Sch 8 para 4)."""

    on_label = "When was it decided?"
    on_what = "the date it was decided"
    why_label = "The Panel’s reasons"
    why_hint = "They go into the report: competence and independence, as the Panel saw them."
    recommendation = RadiosField(
        label="What does the Panel recommend?",
        choices=[
            HintedChoice("appoint", "That the candidate be appointed"),
            HintedChoice(
                "refuse",
                "That the candidate not be appointed",
                "Guidance: where the candidate clearly does not meet the criteria.",
            ),
        ],
        required_message="Select what the Panel recommends",
    )
    concerns = LongTextField(
        label="Concerns to report with it",
        required=False,
        rows=3,
        max_length=4000,
        help_text="Guidance lets the Panel recommend and report concerns.",
    )
    taken_by = TextField(
        label="The meeting had no quorum: who takes the decision?", required=False, help_text="It then only advises."
    )
    power = TextField(
        label="On what power?", required=False, max_length=300,
        help_text="For example: the scheme of delegation, or a decision of the Panel at its next meeting.",
    )  # fmt: skip
    columns = ("recommendation", "concerns", "taken", "votes_for", "votes_against", "abstained", *FINDINGS)

    def add_questions(self):
        """The votes; who decides only where the meeting had no quorum."""
        self.ask_votes()
        self.ask_findings()
        m = self.attempt.facts.meeting
        if m is None or m.quorate != MeetingMinute.Quorate.NO:
            del self.fields["taken_by"], self.fields["power"]

    def shape_of(self):
        """Recommendation, then votes; for and against are of the recommendation."""
        self.helper.form_show_optional = False  # a line for each member: what is optional says so below
        return ["recommendation", *self.findings_shape, "concerns", *self.votes_shape, "taken_by", "power"]


def quorum_or_advice(attempt):
    """Without a quorum the meeting only advises, and the record says who decides, and on what power (Sch 6 para 27)."""
    meeting = attempt.facts.meeting
    if meeting is None or meeting.quorate != MeetingMinute.Quorate.NO:
        return None
    words = "The meeting had no quorum, so it only advises. Enter"
    asked = (("taken_by", "who takes the decision"), ("power", "on what power the decision is taken"))
    return tuple(
        Refusal(f"{words} {what}", (WHOLE_PANEL,), field=name) for name, what in asked if not attempt.answers.get(name)
    )


def record_recommendation(attempt):
    """Keep what the Panel recommends on each candidate chosen."""
    for p in attempt.parts:
        p.recommendation = attempt.answers["recommendation"]
        attempt.add_report_slugs(p, recommendation=p.recommendation)
        record_resolution(
            attempt,
            p,
            recommendation=p.recommendation,
            concerns=attempt.answers.get("concerns") or "",
            advisory=attempt.facts.meeting.quorate == MeetingMinute.Quorate.NO,
        )
    drop_cached_facts(attempt)


BEFORE_THE_HEARING = (
    NOTIFIED, INFORMATION_AWAITED, UNDER_REVIEW, HEARING_ARRANGED, RESERVE_NOTIFIED, RESERVE_UNDER_REVIEW,
)  # fmt: skip

STEPS = (
    Step(
        "record_recommendation", "Record the recommendation", (HEARD, RESERVE_HEARD), Target.STAYS, entered_by=STAFF,
        decided_by=(Role.PANEL,), provisions=(REVIEW,), past_label="Recommendation recorded",
        button="Record the recommendation",
        hint="For or against each candidate, with reasons and votes.", form=RecommendForm,
        checks=(quorum_or_advice, votes_add_up), effect=record_recommendation, not_before=(RECEIPT, HELD),
        opens=(SEND_NEXT_DAY,), closes=(RECOMMEND, DELIBERATE), provisions_at=((keys_of(RESERVE_HEARD), RESERVE_RULES),),
        when_elsewhere=Elsewhere(
            "The hearing has not been held.", "record the hearing.", "hold_hearing", states=keys_of(*BEFORE_THE_HEARING)
        ),
    ),
)  # fmt: skip
