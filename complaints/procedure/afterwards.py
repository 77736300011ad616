"""A complaint that has ended is challenged from outside, or taken up again (para 17; reg 34)."""

from dataclasses import replace

from complaints.keys import DutyKey
from complaints.procedure.conditions import a_duty_of
from complaints.procedure.duties import (
    CONSIDER,
    COPY_OF_RECORD_ON_REFERRAL,
    DECIDE_COPIES_ON_REFERRAL,
    DECIDE_RECORDING,
    PRESERVE,
    REFER,
    REVIEW_COPY,
)
from complaints.procedure.states import ANY, ENDS
from panel.casework import shared_steps
from panel.casework.earliest import OF_WHAT_IS_CHOSEN
from panel.casework.retention_steps import CONFIRM_ERASURE
from panel.casework.shared_forms import DutiesMixin
from panel.casework.shared_steps import STAFF, in_the_future
from panel.casework.step_form import StepForm
from panel.forms.fields import DateField, HintedChoice, LongTextField, RadiosField, TextField
from panel.law import clock
from panel.law.roles import Basis, Role
from panel.models import office_holder_slug
from panel.procedure.vocabulary import RECEIPT, DutyKind, Refusal, Step, Target

# Challenges

ANSWER_CHALLENGE = DutyKind(
    "answer_challenge", "Answer {to}", Role.MONITORING_OFFICER, ("para 17",), Basis.GUIDANCE, met_by="answer_challenge",
    repeatable=True, recipients=lambda attempt: [f"challenge:{attempt.answers['body']}"],
    due=lambda attempt: clock.given(attempt.answers["by_when"]) if attempt.answers.get("by_when") else None,
    lapses_at_end=False,
)  # fmt: skip


class NoteExternalChallengeForm(StepForm):
    """The Ombudsman, a court or the Information Commissioner asks: it never reopens the case by itself (para 17)."""

    on_label = "When did it come?"
    body = RadiosField(
        label="Who asks?",
        choices=[
            ("ombudsman", "The Local Government and Social Care Ombudsman"),
            ("court", "A court"),
            ("information_commissioner", "The Information Commissioner"),
            ("iopc", "The IOPC"),
            ("other", "Somebody else"),
        ],
        required_message="Select who asks",
    )
    their_reference = TextField(label="Their reference", max_length=60, required=False)
    about = LongTextField(label="What do they ask?", required_message="Enter what they ask", rows=4)
    by_when = DateField(label="By when must you answer?", what="the day by which you must answer", required=False)


class AnswerChallengeForm(DutiesMixin, StepForm):
    """What was answered, and how it ended."""

    duties_label = "Which challenge is answered?"
    duties_message = "Select which challenge is answered"
    on_label = "When was it answered?"
    answer = LongTextField(label="What was answered?", required_message="Enter what was answered", rows=4)

    def add_questions(self):
        """The challenges that are open."""
        self.ask_duties([d for d in self.attempt.look.open_duties if d.kind == DutyKey.ANSWER_CHALLENGE])


def note_challenge_answer(attempt):
    """Meet the duties to answer that were chosen."""
    attempt.closed_duties = [(d, "met") for d in attempt.form.duties_chosen()]


# Taking it up again

DECIDE_RECORDING_AGAIN = replace(DECIDE_RECORDING, when=lambda attempt: attempt.answers["to"] == "received")
CONSIDER_AGAIN = replace(CONSIDER, when=lambda attempt: attempt.answers["to"] == "recorded")
REVIEW_COPY_AGAIN = replace(
    REVIEW_COPY,
    when=None,
    recipients=lambda attempt: [
        office_holder_slug(s.office_holder) for s in attempt.facts.subjects if s.copy == "withheld"
    ],
)
REFER_AGAIN = replace(  # reopened while the IOPC still has to have it
    REFER,
    due=lambda attempt: clock.iopc_referral(attempt.on),
    parts=lambda attempt: [p for p in attempt.parts if p.due_to_iopc],
)


class ReopenForm(StepForm):
    """An ended complaint is taken up again (para 17)."""

    on_label = "When was this decided?"
    to = RadiosField(
        label="Where does it go on?",
        choices=[
            HintedChoice("received", "Received", "To decide again whether to record it"),
            HintedChoice("recorded", "Recorded", "For the Chairman to consider"),
        ],
        required_message="Select where it goes on",
    )
    why_label = "Your reasons"


def a_conduct_matter_stays_recorded(attempt):
    """A conduct matter was recorded once and for all: it is not decided again whether to record it (regs 11, 12)."""
    if attempt.answers.get("to") == "received" and any(attempt.facts.is_conduct_matter(p) for p in attempt.parts):
        return Refusal(
            "A conduct matter is on the record already: it goes on at Recorded", ("reg 11", "reg 12"), field="to"
        )
    return None


def reopen(attempt):
    """Open the complaint again. Earlier decisions no longer stand; the history keeps them."""
    attempt.case.merged_into = None
    for p in attempt.parts:
        p.route = p.grounds = p.outcome = p.dealt_with_by = p.not_recorded = p.redirected = p.redirected_to = ""
        first = attempt.answers["to"] == "recorded" and not attempt.facts.was_recorded(p)
        attempt.add_report_slugs(p, reopened=p.status, recorded_by_it="yes" if first else "")


STEPS = (
    Step(
        "note_external_challenge", "Note a challenge from outside", ANY, Target.STAYS,
        entered_by=STAFF, provisions=("para 17",),
        past_label="Challenged from outside", button="Save the challenge",
        hint="The Ombudsman, a court: it does not reopen the case.",
        scope="case", folded=True,
        form=NoteExternalChallengeForm, checks=(in_the_future("by_when", "The day by which you must answer"),),
        opens=(ANSWER_CHALLENGE,),
    ),
    Step(
        "answer_challenge", "Note the answer to a challenge", ANY, Target.STAYS,
        entered_by=STAFF, provisions=("para 17",),
        past_label="Challenge answered", button="Save the answer",
        scope="case", closes_chosen_duties_only=True, folded=True,
        guards=(a_duty_of("answer_challenge", "No challenge is open.", "note the challenge."),),
        form=AnswerChallengeForm, effect=note_challenge_answer,
        closes=(ANSWER_CHALLENGE,),
        not_before=(RECEIPT, OF_WHAT_IS_CHOSEN),
    ),
    shared_steps.reopen(
        ENDS, ("received", "recorded"), ("para 17", "reg 34"), ReopenForm, does=reopen,
        checks=(a_conduct_matter_stays_recorded,),
        opens=(
            DECIDE_RECORDING_AGAIN, CONSIDER_AGAIN, COPY_OF_RECORD_ON_REFERRAL, DECIDE_COPIES_ON_REFERRAL, PRESERVE,
            REVIEW_COPY_AGAIN, REFER_AGAIN,
        ),
        lapses=(CONFIRM_ERASURE,),
    ),
)  # fmt: skip
