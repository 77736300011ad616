"""A report or recommendations, the answers, and a vote of no confidence (paras 13 and 14; ss 28(6), 28(7), 29(3), 29(4)).

Two outcomes look alike. A report or recommendations under section 28(6) go to the Commissioner, are published, and are
answered in writing within the period that the Panel sets. A recommendation within an informal resolution has none of
this in law. Each answer has what follows from it: what was accepted is to be done by a day, what was refused or done is
told to the Panel.
"""

from dataclasses import replace

from complaints.keys import DutyKey, StateKey
from complaints.models import Allegation
from complaints.procedure.conditions import NOT_RECORDED
from complaints.procedure.duties import ANSWERED_UNDER, AWAIT_ANSWER, AWAIT_REPLY
from complaints.procedure.earliest import OUTCOME
from complaints.procedure.questions import SidesMixin
from complaints.procedure.recipients import day_of
from complaints.procedure.states import FROM_RECORDED
from complaints.procedure.states import OUTCOME as WITH_AN_OUTCOME
from panel.casework.shared_steps import STAFF, in_the_future
from panel.casework.step_form import StepForm
from panel.forms.fields import DateField, LongTextField, NumberField, RadiosField
from panel.forms.layout import Columns, Reveal
from panel.law.roles import Basis, Role
from panel.procedure.vocabulary import RECEIPT, DutyKind, Elsewhere, Refusal, Step, Target

# What an answer opens

AWAIT_ACTION = DutyKind(
    "await_action", "to do what was accepted", Role.OFFICE_HOLDER, ("para 14",), Basis.GUIDANCE,
    recipients=lambda attempt: [attempt.answers["side"]], due=day_of("done_by"),
    when=lambda attempt: attempt.answers["reply"] == "accepted", met_by="note_answer", open_in_states=WITH_AN_OUTCOME,
)  # fmt: skip
TELL_REFUSED = DutyKind(
    "tell_refused", "Report to the Panel that a recommendation was refused", Role.OFFICER, ("para 5",), Basis.GUIDANCE,
    recipients=lambda attempt: ["the_panel"], when=lambda attempt: attempt.answers["reply"] == "refused", notice=True,
    met_by="give_notice", open_in_states=WITH_AN_OUTCOME,
)  # fmt: skip
TELL_DONE = replace(
    TELL_REFUSED, key="tell_done", label="Report to the Panel that a recommendation was carried out",
    when=lambda attempt: attempt.answers["reply"] == "done",
)  # fmt: skip

ANSWERS_MEET = (DutyKey.AWAIT_ANSWER, DutyKey.AWAIT_REPLY, DutyKey.AWAIT_ACTION)


class NoteAnswerForm(SidesMixin, StepForm):
    """What becomes of a report or recommendations: accepted, refused or done (s 29(3), (4))."""

    labels = {"reply": "Answer", "done_by": "To be done by", "answer": "What they said"}  # noqa: RUF012
    on_label = "When did the answer come?"
    side = RadiosField(label="Who answered?", choices=(), required_message="Select who answered")
    reply = RadiosField(
        label="What becomes of it?",
        choices=[("accepted", "Accepted"), ("refused", "Refused"), ("done", "Done")],
        required_message="Select whether it is accepted, refused or done",
    )
    done_by = DateField(label="By when will it be done?", what="the day by which it will be done")
    answer = LongTextField(label="What did they answer?", required_message="Enter what they answered", rows=4)
    shape = ("side", "reply", Reveal("reply", "accepted", "done_by"), "answer")

    def add_questions(self):
        """The office holders, and the Commissioner where an answer of theirs is open."""
        owed = [d.recipient for d in self.attempt.look.open_duties if d.kind in ANSWERS_MEET]
        slugs = dict.fromkeys([*self.attempt.facts.holders(), *owed])
        words = {slug: self.attempt.facts.recipient_words(slug) for slug in slugs}
        self.fields["side"].choices = [(slug, said[0].upper() + said[1:]) for slug, said in words.items()]


def something_was_recommended(attempt):
    """A report or recommendations went out, and may be answered."""
    outcomes = (Allegation.Outcome.REPORT, Allegation.Outcome.RECOMMENDATIONS)
    if any(p.outcome in outcomes for p in attempt.look.parts):
        return None
    if any(d.kind in ANSWERS_MEET for d in attempt.look.open_duties):
        return None
    return Refusal("Nothing was recommended.", ANSWERED_UNDER)


def note_answer(attempt):
    """Meet what that side had still to do: to answer, and, once it is done, to do what was accepted."""
    met = ANSWERS_MEET if attempt.answers["reply"] != "accepted" else ANSWERS_MEET[:2]
    for d in attempt.look.open_duties:
        if d.kind in ANSWERS_MEET and d.recipient == attempt.answers["side"]:
            how = "met" if d.kind in met else "lapsed"  # accepted anew: by another day
            attempt.closed_duties.append((d, how))


# A vote of no confidence


class NoteNoConfidenceForm(StepForm):
    """The Panel voted that it has no confidence in the office holder: a note, with no effect in law (para 13)."""

    on_label = "When was it voted on?"
    labels = {"carried": "Carried", "votes_for": "For", "votes_against": "Against", "abstained": "Abstained"}  # noqa: RUF012
    motion = LongTextField(label="What was the motion?", required_message="Enter the motion", rows=4)
    carried = RadiosField(
        label="Was it carried?",
        choices=[("yes", "Yes"), ("no", "No")],
        required_message="Select whether it was carried",
    )
    votes_for = NumberField(label="For", what="For", min_value=0, max_value=200, required=False)
    votes_against = NumberField(label="Against", what="Against", min_value=0, max_value=200, required=False)
    abstained = NumberField(label="Abstained", what="Abstained", min_value=0, max_value=200, required=False)
    shape = ("motion", "carried", Columns("votes_for", "votes_against"), "abstained")

    def reminders(self):
        """That it is no outcome."""
        return [
            *super().reminders(),
            "No provision of the Act gives such a vote an effect. It is no finding, no sanction and no outcome of the "
            "complaint (paragraph 13).",
        ]


def votes_can_be(attempt):
    """A motion that was carried had more votes for it than against it, and no more votes than the Panel had members."""
    found = [attempt.answers.get(name) for name in ("votes_for", "votes_against", "abstained")]
    given_for, against, _ = found
    if given_for is not None and against is not None and (given_for > against) != (attempt.answers["carried"] == "yes"):
        words = f"With {given_for} for and {against} against it was {'not ' if given_for <= against else ''}carried"
        return Refusal(words, ("para 13",), field="carried")
    members = len(attempt.facts.members_on(attempt.on))
    if sum(n or 0 for n in found) > members:
        return Refusal(f"The Panel had {members} members that day", ("para 13",), field="votes_for")
    return None


STEPS = (
    Step(
        "note_answer", "Note the answer to recommendations", (StateKey.OUTCOME_RECORDED, StateKey.CLOSED), Target.STAYS,
        entered_by=STAFF, provisions=ANSWERED_UNDER,
        past_label="Answer noted", button="Save the answer", hint="Accepted, refused or done.",
        scope="case", closes_chosen_duties_only=True, folded=True,
        guards=(something_was_recommended,), form=NoteAnswerForm,
        checks=(in_the_future("done_by", "The day by which it will be done"),), effect=note_answer,
        opens=(AWAIT_ACTION, TELL_REFUSED, TELL_DONE), closes=(AWAIT_ANSWER, AWAIT_REPLY, AWAIT_ACTION),
        not_before=(RECEIPT, OUTCOME),
        when_elsewhere=Elsewhere("No outcome is recorded.", "record the outcome.", "record_outcome"),
    ),
    Step(
        "note_no_confidence", "Note a vote of no confidence", (*FROM_RECORDED, StateKey.CLOSED), Target.STAYS,
        entered_by=STAFF, provisions=("para 13",),
        past_label="Vote of no confidence noted", button="Save the note", hint="A note: it has no effect in law.",
        scope="case", folded=True,
        form=NoteNoConfidenceForm, checks=(votes_can_be,),
        when_elsewhere=NOT_RECORDED,
    ),
)  # fmt: skip
