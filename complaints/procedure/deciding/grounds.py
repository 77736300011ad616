"""The questions that put the test of regulation 15 to whoever decides."""

from complaints.procedure.questions import ComplaintField
from complaints.procedure.regulation_15 import (
    ABUSE,
    DELAY,
    EARLIER_ENDED,
    GROUND_QUESTIONS,
    GROUND_WORDS,
    REPETITIOUS,
    reasons,
    shows,
)
from panel.forms.fields import (
    CheckboxesField,
    DateField,
    HintedChoice,
    LongTextField,
    RadiosField,
    TextField,
    TickField,
)
from panel.forms.layout import Heading, Question, Reveal
from panel.law.provisions import GROUNDS


class GroundsMixin:
    """Both parts of the test of reg 15: 15(2)(a), and a ground of 15(3) with its own questions and reasons."""

    considers = "I consider that no action should be taken, or that it should be handled in another way"
    days = ("incident_on",)
    labels = {
        "route": "Decision", "considered": "Not under Part 4", "grounds": "Grounds",
        "staff_post": "Ground (a), who", "limb": "Ground (b), limb", "incident_on": "Ground (b), when it last happened",
        "same_matter": "Ground (c), which complaint", "tried": "Ground (d), what was tried",
        "abuse": "Ground (e), which it is", "earlier": "Ground (f), earlier case",
        "earlier_ended": "Ground (f), how it ended",
        "limbs": "Ground (f), all true", "no_advice_why": "Why without advice",
        **{reasons(letter): f"Reasons, ground ({letter})" for letter in GROUND_QUESTIONS},
    }  # fmt: skip

    @classmethod
    def display_answer(cls, name, value, look):
        """Grounds by their letters and words, their limbs by their words."""
        words = {
            "grounds": GROUND_WORDS,
            "limb": DELAY,
            "abuse": ABUSE,
            "limbs": REPETITIOUS,
            "earlier_ended": EARLIER_ENDED,
        }
        if name in words:
            values = value if isinstance(value, list) else [value]
            return "\n".join(words[name].get(v, v) for v in values)
        return super().display_answer(name, value, look)

    def ask_test(self):
        """Add the questions of both parts."""
        facts = self.attempt.facts
        self.fields["considered"] = TickField(label=self.considers, required=False, hint="Regulation 15(2)(a)")
        self.fields["grounds"] = CheckboxesField(
            label="Second part: which grounds of regulation 15(3) fit?",
            choices=[HintedChoice(k, words, shows(facts, k, self.attempt.parts)) for k, words in GROUND_WORDS.items()],
            required=False,
        )
        text = {"max_length": 4000, "rows": 3}
        self.fields["staff_post"] = TextField(
            label="Who, in what post, and when?", required_message="Enter who it was, in what post and when"
        )
        self.fields["limb"] = RadiosField(
            label="Which limb?",
            choices=list(DELAY.items()),
            required_message="Select which limb of ground (b) fits",
        )
        self.fields["incident_on"] = DateField(
            label="When did it last happen?", what="the day it last happened", past=True, required=False,
            help_text="Only if the day of the incident is not on record.",
        )  # fmt: skip
        self.fields["same_matter"] = ComplaintField(
            label="Which complaint?", required_message="Enter which complaint it is"
        ).asked_in(self.attempt)
        self.fields["tried"] = LongTextField(
            label="What was tried to find out who it is?", required_message="Enter what was tried to find out", **text
        )
        self.fields["abuse"] = RadiosField(
            label="Which is it?",
            choices=list(ABUSE.items()),
            required_message="Select which part of ground (e) fits",
        )
        self.fields["earlier"] = ComplaintField(
            label="Which earlier case?", required_message="Enter the earlier case"
        ).asked_in(self.attempt)
        self.fields["earlier_ended"] = RadiosField(
            label="How did it end?",
            choices=list(EARLIER_ENDED.items()),
            required_message="Select how the earlier case ended",
            help_text="It must have ended. What you select is compared with the register.",
        )
        self.fields["limbs"] = CheckboxesField(
            label="All must be true",
            choices=list(REPETITIOUS.items()),
            required=False,  # each that is missing has its own message
        )
        for g in GROUNDS:
            self.fields[reasons(g.key)] = LongTextField(
                label="Your reasons",
                required_message=f"Enter your reasons for ground ({g.key}), {g.short[0].lower()}{g.short[1:]}",
                **text,
            )

    test_shape = (
        Heading("First part", size="s", level=3),
        Question("considered"),
        Question("grounds", small_hints=True),
        *(Reveal("grounds", letter, *names, reasons(letter)) for letter, names in GROUND_QUESTIONS.items()),
    )

    def check_label(self, name, label):
        """Reasons by their ground; the decision, and its day."""
        if name.startswith("reasons_"):
            return f"Your reasons, ground ({name[-1]})"
        return {"route": "Decision", "on": "Takes effect"}.get(name, label)
