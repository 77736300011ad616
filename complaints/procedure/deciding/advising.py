"""What the Chairman reads beside the decision: officer's note, Monitoring Officer's advice (para 7; reg 15)."""

from complaints.procedure.regulation_15 import GROUND_WORDS
from complaints.procedure.states import OUTCOME
from panel.casework.step_form import StepForm
from panel.forms.fields import CheckboxesField, LongTextField, TextField
from panel.law.roles import Role
from panel.procedure.vocabulary import Step, Target


class BriefChairmanForm(StepForm):
    """The officer's note for the Chairman (para 7)."""

    on_label = "Date of the note"
    note = LongTextField(
        label="Note for the Chairman", required_message="Enter the note", rows=8,
        help_text="What the evidence shows and where it is. About 80 words.",
    )  # fmt: skip

    def initial_answers(self):
        """The last note, to go on from."""
        last = self.attempt.facts.briefing
        return {"note": last.answers.get("note", "")} if last else {}


class AdviseForm(StepForm):
    """The Monitoring Officer's advice on the allegations it covers (para 7, reg 15)."""

    on_label = "Date of the advice"
    labels = {"conclusion": "Conclusion", "advice": "Advice"}  # noqa: RUF012
    conclusion = TextField(
        label="Your conclusion", max_length=150, required_message="Enter your conclusion",
        help_text="One line, shown first. For example: Sub-panel to resolve it informally.",
    )  # fmt: skip
    no_was_lost = ("fits",)
    fits = CheckboxesField(
        label="Which grounds of regulation 15(3) fit?",
        choices=list(GROUND_WORDS.items()),
        required=False,
    )
    advice = LongTextField(
        label="Your advice", required_message="Enter your advice", rows=8, help_text="About 80 words."
    )

    def add_questions(self):
        """The grounds of regulation 15 are no question once there is an outcome: the advice is then on publishing it."""
        if all(p.status in OUTCOME for p in self.attempt.parts):
            del self.fields["fits"]


STEPS = (
    Step(
        "brief_chairman", "Write the note for the Chairman", ("received", "recorded"), Target.STAYS,
        entered_by=(Role.OFFICER,), provisions=("para 7",),
        past_label="Note for the Chairman", button="Save the note", hint="What the evidence shows, beside the decision.",
        scope="case",
        form=BriefChairmanForm,
    ),
    Step(
        "advise", "Advise the Chairman", ("received", "awaiting_information", "recorded", "filtered", *OUTCOME), Target.STAYS,
        entered_by=(Role.MONITORING_OFFICER,), provisions=("para 7", "reg 15"),
        past_label="Monitoring Officer advised", button="Give the advice",
        hint="The Chairman reads it beside the decision: on how it is handled, or on publishing its outcome.",
        form=AdviseForm,
    ),
)  # fmt: skip
