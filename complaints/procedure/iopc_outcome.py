"""What the steps of the IOPC and of the courts ask (regs 11, 12, 14, 16, 22 to 26)."""

from complaints.models import Allegation
from complaints.procedure.deciding.route import NumberedAllegations, holder_choices
from panel.casework.step_form import StepForm
from panel.forms.fields import (
    CheckboxesField,
    DateField,
    HintedChoice,
    LongTextField,
    RadiosField,
    TextField,
    YesNoField,
)
from panel.forms.layout import Fieldset, Reveal


class Targeted:
    """A form whose answer picks where the allegations go: `to` is worked out, never asked."""

    def goes_to(self, cleaned) -> str:
        """The state that the answers lead to."""
        raise NotImplementedError

    def clean(self):
        """The answers, with `to`."""
        cleaned = super().clean()
        cleaned["to"] = self.goes_to(cleaned)
        return cleaned


class RecordConductMatterForm(NumberedAllegations, StepForm):
    """No complaint is needed: an indication that an office holder may have committed an offence (regs 11, 12)."""

    on_label = "When was it recorded?"
    on_what = "the date it was recorded"
    came_to_light = TextField(
        label="How did it come to light?", max_length=300, required_message="Enter how it came to light",
        help_text="For example: in civil proceedings, in an auditor’s report, in the press.",
    )  # fmt: skip
    clear_on = DateField(
        label="On which day did this first become clear?", what="the day it first became clear", past=True,
        help_text="It must go to the IOPC by the end of the next day, weekends included.",
    )  # fmt: skip
    subjects = CheckboxesField(
        label="Whose conduct is it about?", choices=(), required_message="Select whose conduct it is about"
    )
    title = TextField(
        label="Short title", max_length=120, what="Short title", required_message="Enter a short title",
        help_text="Shown in lists.",
    )  # fmt: skip
    columns = (
        "came_to_light", "clear_on", "subjects", "title",
        *(f"{k}_{n}" for k in ("what", "happened_on", "early_reason") for n in range(1, 21)),
    )  # fmt: skip

    def __init__(self, attempt, data=None, files=None, draft=None):
        data = self.flattened(data)
        typed = data if data is not None else draft
        self.count = min(self.number_of(typed) + bool(typed and typed.get("more")), 20)
        super().__init__(attempt, data=data, files=files, draft=draft)

    def ask(self):
        """Office holders, and as many allegations as were sent."""
        self._holders = list(self.attempt.panel.office_holders.order_by("office", "-from_date"))
        self.fields["subjects"].choices = holder_choices(self._holders)
        self.numbered = [
            Fieldset(f"Conduct {n}", *self.ask_allegation(n, n == 1), size="s") for n in range(1, self.count + 1)
        ]

    def shape_of(self):
        """How it came to light, whose conduct, what."""
        return [
            Fieldset("How it came to light", "came_to_light", "clear_on", "on"),
            Fieldset("What it is about", "subjects", "title", *self.numbered),
        ]

    def holders(self):
        """The office holders chosen."""
        chosen = set(self.cleaned_data.get("subjects") or ())
        return [h for h in self._holders if str(h.pk) in chosen]


class IopcSuspendsForm(StepForm):
    """The IOPC suspends any procedure, the Panel's too, that would prejudice criminal proceedings (reg 22)."""

    on_label = "When did the IOPC’s notice arrive?"
    proceedings = TextField(label="Which proceedings?", required_message="Enter which proceedings")
    review_on = DateField(label="When will you ask again?", what="the day to ask again")


class IopcLiftsSuspensionForm(StepForm):
    """The suspension is over (reg 22)."""

    on_label = "When was it lifted?"
    why_label = "What did the IOPC say?"


class IopcDiscontinuesForm(Targeted, StepForm):
    """The IOPC stops investigating: the Panel obeys its direction; without one it takes no further action (reg 24)."""

    labels = {  # noqa: RUF012
        "direction": "The IOPC’s direction",
    }
    on_label = "When did the IOPC stop?"
    direction = RadiosField(
        label="What does the IOPC direct?", choices=Allegation.Direction.choices,
        required_message="Select what the IOPC directs",
    )  # fmt: skip
    why_label = "The IOPC’s reasons"

    def goes_to(self, cleaned):
        """Closed without a direction, recorded with one."""
        return "closed" if cleaned.get("direction") == Allegation.Direction.NONE else "recorded"


class IopcConcludesForm(Targeted, StepForm):
    """The IOPC's report has come, or the Regulations have ceased to apply (regs 22(6), 25, 26)."""

    labels = {  # noqa: RUF012
        "ended": "What came",
        "offence": "An offence may have been committed, in the IOPC’s view",
        "follows": "What follows",
    }
    on_label = "When did the report or notice come?"
    ended = RadiosField(
        label="What came?",
        choices=[
            ("report", "The IOPC’s report of its investigation"),
            HintedChoice("ceased", "Notice that the Regulations cease to apply", "Regulation 22(6)"),
        ],
        required_message="Select what came",
    )
    offence = YesNoField(
        label="Does the IOPC think that an offence may have been committed?", required_message="Select the IOPC’s view"
    )
    follows = RadiosField(
        label="What is to follow?",
        choices=[
            HintedChoice("awaiting_proceedings", "A prosecutor or a court has it"),
            HintedChoice("recorded", "Matters are left for the Panel", "The Chairman considers them."),
            HintedChoice("closed", "Nothing: it is closed"),
        ],
        required_message="Select what is to follow",
    )
    shape = ("ended", Reveal("ended", "report", "offence", "follows"))

    def goes_to(self, cleaned):
        """As answered; closed when the Regulations have ceased to apply."""
        return "closed" if cleaned.get("ended") == "ceased" else cleaned.get("follows") or "closed"


class ProceedingsEndForm(Targeted, StepForm):
    """Prosecutor or court have ended (regs 9, 26)."""

    labels = {  # noqa: RUF012
        "result": "Result",
        "left": "Anything left for the Panel",
    }
    on_label = "When did they end?"
    result = TextField(label="With what result?", required_message="Enter the result")
    left = RadiosField(
        label="Is anything left for the Panel?",
        choices=[
            HintedChoice("recorded", "Yes", "The Chairman considers it."),
            HintedChoice("closed", "No", "Criminal proceedings have dealt with it: it is closed."),
        ],
        required_message="Select whether anything is left for the Panel",
    )

    def goes_to(self, cleaned):
        """As answered."""
        return cleaned.get("left") or "closed"


class IopcTreatsAsConductMatterForm(StepForm):
    """After a withdrawal the IOPC may go on in the public interest (reg 16)."""

    on_label = "When did the IOPC decide?"
    why_label = "The IOPC’s reasons"


class RecordEvidenceForm(StepForm):
    """What is done to obtain and keep evidence, until it is no longer needed (reg 8)."""

    on_label = "When was it done?"
    kind = RadiosField(
        label="What was done?",
        choices=[
            ("kept", "Evidence was obtained or kept"),
            ("directed", "The IOPC gave a direction"),
            ("asked", "The office holder was directed to keep or give something"),
            HintedChoice("ended", "It is no longer needed", "The duty to keep evidence ends."),
        ],
        required_message="Select what was done",
    )
    note = LongTextField(label="What exactly?", required_message="Enter what was done", rows=4)
