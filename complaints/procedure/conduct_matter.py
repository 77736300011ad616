"""A conduct matter: something shows that an office holder may have committed an offence, and nobody need complain (para
3; regs 3, 11 and 12). It is recorded at once, goes to the IOPC, and has no complainant. What shows later is added.
"""

from complaints.models import Allegation, Subject
from complaints.procedure.conditions import dates_in_order, subject_held_office
from complaints.procedure.duties import PRESERVE, REFER
from complaints.procedure.questions import ALLEGATION_COLUMNS, NewCaseMixin, NumberedAllegations
from complaints.procedure.states import OPEN
from panel.casework.shared_steps import STAFF, in_the_past
from panel.casework.step_form import StepForm
from panel.forms.fields import CheckboxesField, DateField, HintedChoice, RadiosField, TextField
from panel.forms.layout import Fieldset, Reveal
from panel.procedure.vocabulary import NEW, Elsewhere, Refusal, Step

# The first conduct


def offence_question():
    """Whether an offence may have been committed: without one there is no conduct matter."""
    return RadiosField(
        label="Does it show that a criminal offence may have been committed?",
        choices=[
            HintedChoice("yes", "Yes"),
            HintedChoice("no", "No", "Then it is no conduct matter. Log a complaint if somebody complains of it."),
        ],
        required_message="Select whether a criminal offence may have been committed",
    )


def offence_is_question():
    """Which offence, or what makes it one."""
    return TextField(
        label="Which offence is it, or what makes it one?", max_length=300,
        required_message="Enter which offence it is, or what makes it one",
        help_text="For example: misconduct in public office. What makes it one, where no offence can be named yet.",
    )  # fmt: skip


def clear_on_question():
    """The day from which the referral is counted."""
    return DateField(
        label="On which day did this first become clear?", what="the day it first became clear", past=True,
        help_text="It must go to the IOPC by the end of the next day, weekends included.",
    )  # fmt: skip


class RecordConductMatterForm(NewCaseMixin, StepForm):
    """No complaint is needed: an indication that an office holder may have committed an offence (regs 11, 12)."""

    on_label = "When was it recorded?"
    on_what = "the date it was recorded"
    came_to_light = TextField(
        label="How did it come to light?", max_length=300, required_message="Enter how it came to light",
        help_text="For example: in civil proceedings, in an auditor’s report, in the press.",
    )  # fmt: skip
    clear_on = clear_on_question()
    offence = offence_question()
    offence_is = offence_is_question()
    subjects = CheckboxesField(
        label="Whose conduct is it about?", choices=(), required_message="Select whose conduct it is about"
    )
    title = TextField(
        label="Short title", max_length=120, what="Short title", required_message="Enter a short title",
        help_text="Shown in lists.",
    )  # fmt: skip
    labels = {  # noqa: RUF012
        "offence": "A criminal offence may have been committed", "offence_is": "Which, or what makes it one",
    }  # fmt: skip
    columns = ("came_to_light", "clear_on", "subjects", "title", *ALLEGATION_COLUMNS)

    def add_questions(self):
        """Office holders, and as many allegations as were sent."""
        self.ask_holders()
        self.numbered = [
            Fieldset(f"Conduct {n}", *self.ask_allegation(n, n == 1), size="s") for n in range(1, self.count + 1)
        ]

    def shape_of(self):
        """How it came to light, whose conduct, what."""
        return [
            Fieldset(
                "How it came to light",
                "came_to_light",
                "offence",
                Reveal("offence", "yes", "offence_is"),
                "clear_on",
                "on",
            ),
            Fieldset("What it is about", "subjects", "title", *self.numbered),
        ]


def serious(attempt, **row):
    """A conduct that is due to the IOPC since the day it became clear."""
    return Allegation(serious=Allegation.Serious.OFFENCE, serious_on=attempt.answers["clear_on"], **row)


def it_may_be_an_offence(attempt):
    """Without the indication of an offence there is no conduct matter (regs 3, 11 and 12)."""
    if attempt.answers.get("offence") == "no":
        return Refusal(
            "A conduct matter is one that may be a criminal offence (regulations 3 and 11). Where nothing shows one, "
            "log a complaint, or note it on the case to which it belongs",
            ("reg 3", "reg 11"),
            field="offence",
        )
    return None


def record_conduct_matter(attempt):
    """Create a case without a complaint: whom it is about, what happened and how it came to light. It is due to the
    IOPC at once."""
    case, answers = attempt.case, attempt.answers
    case.conduct_matter, case.title, case.came_to_light = True, answers["title"], answers["came_to_light"]
    case.assigned_to = attempt.user
    for holder in attempt.form.holders():
        Subject.objects.create(complaint=case, office_holder=holder)
    attempt.facts.__dict__["subjects"] = list(
        case.subjects.select_related("office_holder").order_by("office_holder__office")
    )
    attempt.parts = [serious(attempt, number=n, **row) for n, (_, row) in enumerate(attempt.form.allegation_rows(), 1)]
    for p in attempt.parts:
        attempt.add_report_slugs(p, conduct_matter="yes", serious=p.serious)


# The next conduct


class AddConductForm(NumberedAllegations, StepForm):
    """Another conduct shows in the same matter: it is recorded at once, and goes to the IOPC as well (regs 11 to 13)."""

    on_label = "When was it recorded?"
    on_what = "the date it was recorded"
    labels = RecordConductMatterForm.labels | {"came_to_light": "How it came to light"}
    came_to_light = TextField(
        label="How did it come to light?", max_length=300, required_message="Enter how it came to light"
    )
    offence = offence_question()
    offence_is = offence_is_question()
    clear_on = clear_on_question()
    columns = ("clear_on", "what_1", "happened_on_1", "early_reason_1")

    def __init__(self, attempt, data=None, files=None, draft=None):
        if isinstance(data, dict) and not hasattr(data, "getlist") and "what" in data:
            data = {**data, **{f"{k}_1": data[k] for k in ("what", "happened_on", "early_reason") if k in data}}
        super().__init__(attempt, data=data, files=files, draft=draft)

    def add_questions(self):
        """One conduct."""
        self.numbered = [Fieldset("The conduct", *self.ask_allegation(1), size="s")]

    def shape_of(self):
        """How it came to light, then the conduct."""
        found = (Reveal("offence", "yes", "offence_is"), "clear_on")
        return [Fieldset("How it came to light", "came_to_light", "offence", *found, size="s"), *self.numbered]

    def holders(self):
        """The office holders the matter is about."""
        return [s.office_holder for s in self.attempt.facts.subjects]


def a_conduct_matter(attempt):
    """Conduct is added to a conduct matter; to a complaint an allegation."""
    if attempt.case.conduct_matter:
        return None
    words = "It is a complaint: what comes up in it is an allegation."
    return Refusal(words, ("reg 11", "reg 12"), "add an allegation.", first="add_allegation")


def add_conduct(attempt):
    """Add the conduct to the matter; it is due to the IOPC at once."""
    attempt.parts = [serious(attempt, **row) for _, row in attempt.form.allegation_rows()]
    for p in attempt.parts:
        attempt.add_report_slugs(p, conduct_matter="yes", serious=p.serious)


STEPS = (
    Step(
        "record_conduct_matter", "Record a conduct matter", (NEW,), "recorded",
        entered_by=STAFF, provisions=("para 3", "reg 3", "reg 11", "reg 12"),
        past_label="Conduct matter recorded", button="Record the conduct matter",
        creates="case", confirm=True,
        form=RecordConductMatterForm,
        checks=(
            it_may_be_an_offence, dates_in_order, in_the_past("clear_on", "The day it first became clear"),
            subject_held_office,
        ),
        effect=record_conduct_matter,
        opens=(REFER, PRESERVE),
    ),
    Step(
        "add_conduct", "Add the next conduct", OPEN, "recorded",
        entered_by=STAFF, provisions=("para 3", "reg 11", "reg 12"),
        past_label="Conduct added", button="Add the conduct", hint="Recorded at once; it must go to the IOPC, too.",
        creates="part", folded=True,
        guards=(a_conduct_matter,), form=AddConductForm,
        checks=(
            it_may_be_an_offence, dates_in_order, in_the_past("clear_on", "The day it first became clear"),
            subject_held_office,
        ),
        effect=add_conduct,
        opens=(REFER, PRESERVE),
        when_elsewhere=Elsewhere("It has ended.", "reopen it.", "reopen"),
    ),
)  # fmt: skip
