"""A victim asks a prosecutor, or whoever else decided it, to review a decision not to prosecute (para 8; reg 26). The
Panel takes no part in it: it waits, and notes how it ended."""

from complaints.keys import DutyKey, StateKey, StepKey
from complaints.procedure.conditions import NOT_RECORDED
from complaints.procedure.states import FROM_RECORDED, ON_THE_RECORD
from panel.casework.earliest import OF_WHAT_IS_CHOSEN
from panel.casework.shared_forms import DutiesMixin
from panel.casework.shared_steps import STAFF, in_the_future
from panel.casework.step_form import StepForm
from panel.forms.fields import DateField, LongTextField, RadiosField
from panel.law import clock
from panel.law.roles import Basis, DayBasis, Role, Wait
from panel.procedure.vocabulary import RECEIPT, DutyKind, Earliest, Refusal, Step, Target

UNDER = ("para 8", "reg 26")
BODIES = {"prosecutor": "a_prosecutor", "iopc": "iopc", "police": "the_police"}

AWAIT_REVIEW = DutyKind(
    "await_review", "to decide on the victim’s review", Role.IOPC, UNDER, Basis.GUIDANCE, repeatable=True,
    recipients=lambda attempt: [BODIES[attempt.answers["body"]]], met_by="victims_review_ends",
    open_in_states=(*ON_THE_RECORD, StateKey.CLOSED, StateKey.WITHDRAWN),
    day_basis=DayBasis.GUIDANCE,
    due=lambda attempt: clock.given(attempt.answers["by_when"]) if attempt.answers.get("by_when") else None,
)  # fmt: skip


DECIDED = ("iopc_refers_back", "iopc_discontinues", StepKey.IOPC_CONCLUDES, "proceedings_end")


def somebody_has_decided(attempt):
    """There is a decision that can be reviewed: the IOPC has sent it back, stopped or concluded, or proceedings ended."""
    if attempt.look.last(*DECIDED):
        return None
    if attempt.look.last(StepKey.REFER_TO_IOPC, StepKey.IOPC_TREATS_AS_CONDUCT_MATTER):
        words = "The IOPC has it: nobody has decided yet whether to prosecute."
        return Refusal(words, UNDER, "note what the IOPC decides.", waits_for=Wait.IOPC)
    words = "It was never with the IOPC, so nobody has decided whether to prosecute."
    return Refusal(words, UNDER, "refer it to the IOPC.", first=StepKey.REFER_TO_IOPC)


def first_decision(attempt):
    """The day of the first decision that could be reviewed."""
    return min((e.on for e in attempt.look.in_force if e.step in DECIDED), default=None)


DECISION = Earliest("somebody decided", first_decision)


class NoteVictimsReviewForm(StepForm):
    """A victim has asked for a decision not to prosecute to be reviewed: whom, and what they say."""

    labels = {"body": "Who reviews", "who": "Who asked", "by_when": "Decided by"}  # noqa: RUF012
    on_label = "When was it asked for?"
    who = RadiosField(
        label="Who asked for it?",
        choices=[("complainant", "The complainant"), ("other", "Another victim, or somebody for them")],
        required_message="Select who asked for it",
    )
    body = RadiosField(
        label="Who reviews the decision?",
        choices=[("prosecutor", "The Crown Prosecution Service"), ("iopc", "The IOPC"), ("police", "The police")],
        required_message="Select who reviews the decision",
    )
    about = LongTextField(
        label="Which decision is reviewed?", rows=3, required_message="Enter which decision is reviewed",
        help_text="For example: the decision of 3 May not to charge.",
    )  # fmt: skip
    by_when = DateField(
        label="By when do they say they will decide?", what="the day by which they decide", required=False
    )

    def add_questions(self):
        """Nobody complained of a conduct matter, so only a victim can have asked."""
        if self.attempt.case.conduct_matter:
            del self.fields["who"]


class VictimsReviewEndsForm(DutiesMixin, StepForm):
    """How the review ended: the decision stands, or another one takes its place."""

    duties_label = "Which review has ended?"
    duties_message = "Select which review has ended"
    on_label = "When was it decided?"
    labels = {"ended": "How it ended"}  # noqa: RUF012
    ended = RadiosField(
        label="How did it end?",
        choices=[("stands", "The decision stands"), ("changed", "Another decision took its place")],
        required_message="Select how it ended",
    )
    note = LongTextField(label="What follows?", rows=3, required_message="Enter what follows")

    def add_questions(self):
        """The reviews that are open."""
        self.ask_duties([d for d in self.attempt.look.open_duties if d.kind == DutyKey.AWAIT_REVIEW])


def a_review_is_open(attempt):
    """There is a review that can end."""
    if any(d.kind == DutyKey.AWAIT_REVIEW for d in attempt.look.open_duties):
        return None
    return Refusal("No victim’s review is open.", UNDER, "note the review.", first="note_victims_review")


def end_review(attempt):
    """Nobody is waited for any more."""
    attempt.closed_duties = [(d, "met") for d in attempt.form.duties_chosen()]


STATES = (*FROM_RECORDED, StateKey.CLOSED, StateKey.WITHDRAWN)
STEPS = (
    Step(
        "note_victims_review", "Note a victim’s review", STATES, Target.STAYS,
        entered_by=STAFF, provisions=UNDER,
        past_label="Victim’s review asked for", button="Save", hint="A victim asks for a decision not to prosecute to be reviewed.",
        scope="case", folded=True,
        guards=(somebody_has_decided,), form=NoteVictimsReviewForm, not_before=(RECEIPT, DECISION),
        checks=(in_the_future("by_when", "The day by which they decide"),),
        opens=(AWAIT_REVIEW,),
        when_elsewhere=NOT_RECORDED,
    ),
    Step(
        "victims_review_ends", "Note how a victim’s review ended", STATES, Target.STAYS,
        entered_by=STAFF, provisions=UNDER,
        past_label="Victim’s review ended", button="Save",
        scope="case", closes_chosen_duties_only=True, folded=True,
        guards=(a_review_is_open,), form=VictimsReviewEndsForm, effect=end_review,
        not_before=(RECEIPT, OF_WHAT_IS_CHOSEN), closes=(AWAIT_REVIEW,),
    ),
)  # fmt: skip
