"""A fact that was typed wrongly is put right, and a step is taken back (para 5; reg 34)."""

from dataclasses import replace

from complaints.keys import DutyKey, StepKey
from complaints.models import Complaint
from complaints.procedure.states import ANY, ON_RECORD
from panel.casework import shared_forms, shared_steps
from panel.casework.shared_steps import count_anew
from panel.forms.fields import DateField, EmailField, LongTextField, RadiosField, SelectField, TextField
from panel.law import clock
from panel.law.period import day_words
from panel.law.roles import Basis, Role
from panel.models import Complainant
from panel.procedure.vocabulary import DutyKind, Refusal

# Correcting


def recounted(attempt, changed) -> list:
    """Pairs of an open duty and its Count, for each duty whose day moves when these facts are put right: those counted
    from the day of receipt, and the referral, counted from the day the offence first became clear. A wait in between is
    kept."""
    found = []
    received = changed.get("received_on") or attempt.case.received_on
    before, attempt.case.received_on = attempt.case.received_on, received
    try:
        for d in attempt.look.open_duties:
            kind = attempt.look.procedure.duty(d.kind)
            clear = changed.get(f"serious_on_{d.part.number}") if d.part_id else None
            if d.kind == DutyKey.REFER_TO_IOPC:
                count = clock.iopc_referral(clear) if clear else None
            elif "received_on" in changed and (d.opened_by.step == StepKey.LOG or d.kind == DutyKey.RECORD_OUTCOME):
                then = replace(attempt, on=received, known_at=d.opened_by.entered_at)
                count = kind.due(then) if kind.due and d.due else None
            else:
                count = None
            if count is None:
                continue
            stood = d.stood
            count = clock.moved(count, stood) if stood else count
            if count.day != d.due:
                found.append((d, count))
    finally:
        attempt.case.received_on = before
    return found


# A fact of one allegation that can be put right, and its question.

OF_EACH = ("what", "happened_on", "serious_on")


class CorrectForm(shared_forms.CorrectForm):
    """Put a fact right that was typed wrongly: never a status, never a decision (para 5, reg 34). What was there
    before stays in the history, and days that were counted from it are counted again."""

    title = TextField(label="Short title", max_length=120, required_message="Enter a short title")
    channel = RadiosField(
        label="How it arrived", choices=Complaint.Channel.choices, required_message="Select how it arrived"
    )
    through = TextField(label="Who passed it on", max_length=150, required=False)
    received_on = DateField(label="Date we received it", what="the date we received it", past=True)
    made_on = DateField(label="Date it was made", what="the date it was made", past=True, required=False)
    name = TextField(label="Complainant’s full name", max_length=150, required_message="Enter their full name")
    email = EmailField(label="Email address", required=False)
    phone = TextField(label="Telephone", max_length=40, required=False)
    address = LongTextField(label="Postal address", max_length=500, rows=3, required=False)
    how_to_write = TextField(label="How to write to them", max_length=150, required=False)
    agent = TextField(label="Who acts for them", max_length=200, required=False)
    complainant_kind = SelectField(
        label="Kind of complainant", choices=Complainant.Kind.choices, blank=None,
        required_message="Select what kind of complainant",
    )  # fmt: skip
    came_to_light = TextField(
        label="How it came to light", max_length=300, required_message="Enter how it came to light"
    )
    PERSON = ("name", "email", "phone", "address", "how_to_write")
    CASE = ("title", "channel", "through", "received_on", "made_on", "agent", "complainant_kind", "came_to_light")
    COMPLAINT_ONLY = ("channel", "through", "made_on", "complainant_kind")

    def initial_answers(self):
        """Everything as it is on record."""
        case = self.attempt.case
        found = {name: getattr(case, name) for name in self.CASE}
        person = case.complainant
        if person is not None:
            found |= {name: getattr(person, name) for name in self.PERSON}
        for p in self.attempt.look.parts:
            found |= {f"{name}_{p.number}": getattr(p, name) for name in OF_EACH}
        return found

    def add_questions(self):
        """Each allegation; nothing about a complainant where there is none."""
        if self.attempt.case.complainant_id is None:
            for name in (*self.PERSON, "agent"):
                del self.fields[name]
        for name in self.COMPLAINT_ONLY if self.attempt.case.conduct_matter else ("came_to_light",):
            del self.fields[name]
        for p in self.attempt.look.parts:
            self.fields[f"what_{p.number}"] = TextField(
                label=f"Allegation {p.number}", max_length=500, required_message="Enter what is said to have happened"
            )
            self.fields[f"happened_on_{p.number}"] = DateField(
                label=f"Allegation {p.number}, when it happened", what="the day it happened", past=True, required=False
            )
            if p.serious:
                self.fields[f"serious_on_{p.number}"] = DateField(
                    label=f"Allegation {p.number}, "
                    "when it first became clear that an offence appears, or the IOPC called",
                    what="the day it first became clear", past=True,
                )  # fmt: skip
        self.initial = self.initial_answers()

    def recounted(self):
        """Days counted from the receipt, and from the day an offence became clear."""
        return recounted(self.attempt, self.changed())


def corrections_in_order(attempt) -> Refusal | None:
    """Incident, then complaint, then receipt; receipt not after the first later step."""
    form, answers = attempt.form, attempt.answers
    received = answers.get("received_on") or attempt.case.received_on
    made = answers.get("made_on")
    if made and made > received:
        return Refusal("Date it was made must be on or before the date we received it", ("para 4",), field="made_on")
    steps = [e.on for e in attempt.look.in_force if e.step not in (StepKey.LOG, StepKey.RECORD_CONDUCT_MATTER)]
    if "received_on" in form.changed() and steps and received > min(steps):
        return Refusal(
            f"Date we received it must be on or before {day_words(min(steps))}, the day of the first step",
            ("para 5",),
            field="received_on",
        )
    first = {m.part_id for m in attempt.look.entries[0].moves.all()}
    for p in attempt.look.parts:
        clear = answers.get(f"serious_on_{p.number}")
        if clear and clear > attempt.on:
            return Refusal(
                "The day it first became clear must be on or before the day of this step", ("reg 13",),
                field=f"serious_on_{p.number}",
            )  # fmt: skip
        day = answers.get(f"happened_on_{p.number}")
        if day and day > ((made or received) if p.pk in first else attempt.facts.made_on(p)):
            return Refusal(
                "The day it happened must be on or before the day the complaint was made",
                ("para 4",),
                field=f"happened_on_{p.number}",
            )
    return None


def correct(attempt):
    """Put the facts right, and count the days again that were counted from them."""
    case, form = attempt.case, attempt.form
    changed = form.changed()
    person = case.complainant
    for name, value in changed.items():
        if name in form.PERSON:
            setattr(person, name, value or "")
        elif name in form.CASE:
            setattr(case, name, value if value is not None else (None if name == "made_on" else ""))
    if person is not None and any(name in form.PERSON for name in changed):
        person.save()
    for p in attempt.look.parts:
        for name in ("what", "happened_on", "serious_on"):
            if f"{name}_{p.number}" in changed:
                setattr(p, name, changed[f"{name}_{p.number}"])
        if any(name.endswith(f"_{p.number}") for name in changed):
            p.save()
    count_anew(recounted(attempt, changed))


# Taking back

CONSIDER_REVERSAL = DutyKind(
    "consider_reversal", "Consider taking a step back, as asked", Role.MONITORING_OFFICER, ("para 5", "reg 34"),
    Basis.GUIDANCE, met_by="reverse", lapses_at_end=False,
)  # fmt: skip


STEPS = (
    shared_steps.correct(ANY, ON_RECORD, CorrectForm, does=correct, checks=(corrections_in_order,)),
    shared_steps.ask_for_reversal(ANY, ON_RECORD, CONSIDER_REVERSAL, by=(Role.OFFICER, Role.CHAIRMAN, Role.SUB_PANEL)),
    shared_steps.reverse(ANY, ON_RECORD, CONSIDER_REVERSAL),
)  # fmt: skip
