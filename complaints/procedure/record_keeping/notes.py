"""Notes, documents and evidence; who has an interest; who keeps the case (para 5; regs 8 and 34)."""

from dataclasses import replace

from complaints.keys import DutyKey
from complaints.procedure.duties import FILL_SEAT, PRESERVE
from complaints.procedure.states import ANY, ON_RECORD, OPEN
from panel.casework import shared_steps
from panel.casework.shared_steps import STAFF
from panel.casework.step_form import StepForm
from panel.forms.fields import HintedChoice, LongTextField, RadiosField
from panel.law.period import day_words
from panel.law.roles import Role
from panel.procedure.vocabulary import Refusal, Step, Target

# Evidence

PRESERVE_AGAIN = replace(PRESERVE, when=lambda attempt: attempt.answers["kind"] != "ended")


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


def note_evidence(attempt):
    """Meet the duty to keep evidence once it is no longer needed; until then it goes on."""
    if attempt.answers["kind"] == "ended":
        attempt.closed_duties = [(d, "met") for d in attempt.look.open_duties if d.kind == DutyKey.PRESERVE_EVIDENCE]


# The office holder leaves


class NoteOfficeLeftForm(StepForm):
    """The office holder leaves while the complaint goes on: it keeps its subject."""

    on_label = "When did they leave office?"
    who = RadiosField(label="Who left office?", choices=(), required_message="Select who left office")
    note = LongTextField(label="What follows for this complaint?", required_message="Enter what follows", rows=3)

    def add_questions(self):
        """The office holders it is about."""
        self.fields["who"].choices = [
            (str(s.office_holder_id), str(s.office_holder)) for s in self.attempt.facts.subjects
        ]

    @classmethod
    def display_answer(cls, name, value, look):
        """The office holder by name."""
        if name == "who":
            found = [str(s.office_holder) for s in look.facts.subjects if str(s.office_holder_id) == str(value)]
            return found[0] if found else str(value)
        return super().display_answer(name, value, look)


def somebody_is_named(attempt):
    """It is about somebody who can leave office."""
    if not attempt.facts.subjects:
        return Refusal("It names no office holder.", ("para 5", "reg 34"))
    return None


def left_while_in_office(attempt):
    """The day somebody left office is that of their term, where it is on record."""
    who = attempt.answers["who"]
    chosen = next(s.office_holder for s in attempt.facts.subjects if str(s.office_holder_id) == who)
    if chosen.to_date and chosen.to_date != attempt.on:
        return Refusal(
            f"{chosen.short_name} left office on {day_words(chosen.to_date)}: enter that day, or correct the term",
            ("para 5", "reg 34"),
            field="on",
        )
    if attempt.on < chosen.from_date:
        return Refusal(
            f"{chosen.short_name} took office on {day_words(chosen.from_date)}", ("para 5", "reg 34"), field="on"
        )
    return None


STEPS = (
    Step(
        "record_evidence_step", "Note what was done with evidence", OPEN, Target.STAYS,
        entered_by=STAFF, provisions=("para 3", "reg 8"),
        past_label="Evidence noted", button="Save",
        scope="case", closes_chosen_duties_only=True, folded=True,
        form=RecordEvidenceForm, effect=note_evidence,
        opens=(PRESERVE_AGAIN,), closes=(PRESERVE,),
    ),
    shared_steps.add_documents(ANY, ON_RECORD),
    shared_steps.note_contact(ANY, ON_RECORD, by=(*STAFF, Role.SUB_PANEL, Role.CHAIRMAN)),
    shared_steps.take_off_message(ANY, ON_RECORD),
    shared_steps.declare_an_interest(ANY, ON_RECORD, opens=(FILL_SEAT,)),
    shared_steps.assign_to(OPEN, ON_RECORD),
    Step(
        "note_office_left", "Note that the office holder has left office", ANY, Target.STAYS,
        entered_by=STAFF, provisions=("para 5", "reg 34"),
        past_label="Left office", button="Save", hint="The complaint keeps whom it is about.",
        scope="case", folded=True,
        guards=(somebody_is_named,), form=NoteOfficeLeftForm, checks=(left_while_in_office,),
    ),
)  # fmt: skip
