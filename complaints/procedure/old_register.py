"""A complaint that had ended before the Panel kept its register here is entered as the old register has it (para 5, reg 34).

What that register says is kept, with its own days; what it does not say is not known, and nobody is asked to guess. The
complaint begins at its end: no duty is opened, and how long it is kept is counted from the day it really ended. A whole file is
brought in by the same step, a row at a time (complaints/old_register/).
"""

import hashlib
import hmac
from typing import Any

from django.conf import settings

from complaints.keys import StateKey
from complaints.models import Allegation, Subject
from complaints.old_register_models import RegisterRow
from complaints.procedure.questions import HoldersMixin, holder_choices
from complaints.procedure.regulation_15 import GROUND_WORDS
from complaints.procedure.states import ENDS, ON_RECORD, THEMES
from panel.casework.shared_steps import STAFF
from panel.casework.step_form import StepForm
from panel.forms.fields import (
    CheckboxesField,
    DateField,
    EmailField,
    LongTextField,
    RadiosField,
    SelectField,
    TextField,
)
from panel.forms.layout import Columns, Fieldset, Reveal
from panel.law.folding import fold
from panel.law.period import day_words
from panel.models import Complainant
from panel.procedure.vocabulary import NEW, Refusal, Step

NOT_KNOWN = "Not known"
DAYS = (("received_on", "received"), ("recorded_on", "recorded"), ("decided_on", "decided on"), ("on", "ended"))
# What the report counts of it, beside its days: kept with the move, as every other step keeps it.
SLUGS = ("theme", "route", "outcome", "not_recorded")
HOW_IT_ENDED = {
    "closed": "Closed", "withdrawn": "Withdrawn", "not_recorded": "Not recorded", "redirected": "Redirected",
    "void": "Void: a mistake or a duplicate",
}  # fmt: skip


class EnterFromRegisterForm(HoldersMixin, StepForm):
    """What the old register says of one complaint that has ended (para 5, reg 34)."""

    on_label = "When did it end?"
    on_what = "the day it ended"
    old_reference = TextField(label="Reference in the old register", max_length=60, required=False)
    received_on = DateField(label="When was it received?", what="the day it was received", past=True)
    recorded_on = DateField(label="When was it recorded?", what="the day it was recorded", past=True, required=False)
    decided_on = DateField(label="When was it decided on?", what="the day it was decided on", past=True, required=False)
    name = TextField(label="Complainant’s name", max_length=150, required=False)
    email = EmailField(label="Email address", required=False, max_length=254)
    phone = TextField(label="Telephone", max_length=40, required=False)
    address = LongTextField(label="Postal address", max_length=500, rows=3, required=False)
    subjects = CheckboxesField(label="Whose conduct was it about?", choices=(), required=False)
    about_whom = TextField(label="Or whom else, as the old register says", max_length=200, required=False)
    title = TextField(
        label="Short title", max_length=120, what="Short title", required_message="Enter a short title",
        help_text="Leave out the complainant’s name.",
    )  # fmt: skip
    what = TextField(label="What was said to have happened?", max_length=500, required=False)
    theme = SelectField(label="Theme", choices=THEMES, blank=NOT_KNOWN, required=False)
    to = RadiosField(
        label="How did it end?", choices=[(k, HOW_IT_ENDED[k]) for k in reversed(ENDS)],
        required_message="Select how it ended",
    )  # fmt: skip
    route = SelectField(label="What was decided?", choices=Allegation.Route.choices, blank=NOT_KNOWN, required=False)
    grounds = CheckboxesField(
        label="On which grounds of regulation 15(3)?", choices=list(GROUND_WORDS.items()), required=False
    )
    outcome = SelectField(
        label="What was the outcome?", choices=Allegation.Outcome.choices, blank=NOT_KNOWN, required=False
    )
    not_recorded = SelectField(
        label="Why was it not recorded?", choices=Allegation.NotRecorded.choices, blank=NOT_KNOWN, required=False
    )
    redirected_to = TextField(label="To whom was it redirected?", max_length=200, required=False)
    says = LongTextField(label="What else the old register says", max_length=20_000, rows=4, required=False)
    labels = {  # noqa: RUF012
        "not_known": NOT_KNOWN, "received_on": "Received", "recorded_on": "Recorded", "decided_on": "Decided on",
        "name": "Complainant", "subjects": "Whose conduct", "theme": "Theme", "route": "Decision",
        "grounds": "Grounds", "outcome": "Outcome", "not_recorded": "Why not recorded", "redirected_to": "Redirected to",
    }  # fmt: skip
    columns = ("old_reference", "name", "email", "phone", "address", "subjects", "about_whom", "title", "what")
    days = ("received_on", "recorded_on", "decided_on")

    def __init__(self, attempt, data=None, files=None, draft=None):
        super().__init__(attempt, data=data, files=files, draft=draft)
        self.fields["on"].initial = None  # it ended long ago

    def add_questions(self):
        """Every office holder that the panel has or had."""
        self._holders = holders_of(self.attempt.panel)
        self.fields["subjects"].choices = holder_choices(self._holders)

    def shape_of(self):
        """Its days, who complained, what it was about, how it ended."""
        ended = ("route", "grounds", "outcome")
        return [
            Fieldset("Its days", "old_reference", Columns("received_on", "recorded_on"), Columns("decided_on", "on")),
            Fieldset("Who complained", "name", "email", "phone", "address"),
            Fieldset("What it was about", "subjects", "about_whom", "title", "what", "theme"),
            Fieldset(
                "How it ended",
                "to",
                Reveal("to", "closed", *ended),
                Reveal("to", "not_recorded", "not_recorded"),
                Reveal("to", "redirected", "redirected_to"),
                "says",
            ),
        ]

    def day_of_receipt(self, attempt):
        """The day that the old register gives, which is not that of the end."""
        return self.cleaned_data["received_on"]

    def change_answers(self, answers):
        """With the names of what the old register does not say."""
        asked = ("recorded_on", "decided_on", "name", "subjects", "theme")
        asked += ("route", "outcome") if self.cleaned_data["to"] == StateKey.CLOSED else ()
        missing = [name for name in asked if not self.cleaned_data.get(name)]
        if self.cleaned_data.get("about_whom") and "subjects" in missing:
            missing.remove("subjects")
        said = {name: value for name, value in answers.items() if value != []}
        return {**said, "not_known": missing} if missing else said

    @classmethod
    def display_answer(cls, name, value, look):
        """What is not known by the questions; grounds by their words."""
        if name == "not_known":
            return "\n".join(cls.labels.get(asked, asked) for asked in value)
        return super().display_answer(name, value, look)

    @property
    def row_key(self) -> str:
        """The digest by which the row is known again."""
        said = self.cleaned_data
        names = ("old_reference", "received_on", "name", "title", "what")
        return key_of(self.attempt.panel, *(said.get(name) or "" for name in names))


def holders_of(panel) -> list[Any]:
    """The panel's office holders; asked for once where a whole register is entered."""
    kept = panel.__dict__.get("holders_read")
    return kept if kept is not None else list(panel.office_holders.order_by("office", "-from_date"))


def key_of(panel, reference, received_on, name="", title="", what="") -> str:
    """By what a row of an old register is known again: its reference and day of receipt; without a reference by the day, the
    name and what it is about. Keyed, so that nobody can try words out once the case is erased."""
    ref = fold(str(reference)).strip()
    said = (
        ("ref", ref, str(received_on)) if ref else ("row", str(received_on), fold(str(name)), fold(f"{title} {what}"))
    )
    text = "\n".join(("old register", panel.slug, *said))
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def days_in_their_order(attempt):
    """Received, recorded, decided on, ended: no day of the old register lies before the one that stands before it."""
    before, words = None, ""
    for name, said in DAYS:
        day = attempt.on if name == "on" else attempt.answers.get(name)
        if day is None:
            continue
        if before is not None and day < before:
            return Refusal(
                f"It was {said} on {day_words(day)}, before it was {words} on {day_words(before)}",
                ON_RECORD,
                field=name,
            )
        before, words = day, said
    return None


def entered_once(attempt):
    """The row has made no case yet: entered again, it would be counted twice. One that was voided may be entered anew."""
    there = RegisterRow.objects.filter(panel=attempt.panel, key=attempt.form.row_key).select_related("case").first()
    if there is None or there.case.status == StateKey.VOID:
        return None
    return Refusal(f"It was entered already: {there.case.reference}", ON_RECORD, field="old_reference")


def enter(attempt):
    """Make the case of what the old register says. What it does not say stays empty, and its pages say that it is not
    known."""
    case, said = attempt.case, attempt.answers
    case.from_register = True
    for name in ("old_reference", "title", "theme", "about_whom"):
        setattr(case, name, said.get(name) or "")
    if said.get("name"):
        fields = {name: said.get(name) or "" for name in ("name", "email", "phone", "address")}
        case.complainant = Complainant.objects.create(panel=attempt.panel, **fields)
    for holder in attempt.form.holders():
        Subject.objects.create(complaint=case, office_holder=holder)
    attempt.facts.__dict__.pop("subjects", None)
    part = Allegation(number=1, what=said.get("what") or said["title"], grounds="".join(said.get("grounds") or ()))
    for name in ("route", "outcome", "not_recorded", "redirected_to"):
        setattr(part, name, said.get(name) or "")
    if said["to"] == StateKey.REDIRECTED:
        part.redirected = Allegation.Redirected.OTHER
    attempt.parts = [part]
    days = {name: str(said[name]) for name in ("recorded_on", "decided_on") if said.get(name)}
    slugs = {name: said[name] for name in SLUGS if said.get(name)}
    attempt.add_report_slugs(part, **days, **slugs, grounds=list(said.get("grounds") or ()))
    row, new = RegisterRow.objects.get_or_create(panel=attempt.panel, key=attempt.form.row_key, defaults={"case": case})
    if not new:  # of a case that was voided
        row.case = case
        row.save()


STEPS = (
    Step(
        "enter_from_register", "Enter a complaint from an old register", (NEW,), ENDS,
        entered_by=STAFF, provisions=ON_RECORD,
        past_label="Entered from the old register", button="Enter it",
        hint="It had ended before. What is not known stays open.",
        creates="case", folded=True,
        form=EnterFromRegisterForm, checks=(days_in_their_order, entered_once), effect=enter,
    ),
)  # fmt: skip
