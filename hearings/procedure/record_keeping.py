"""What is asked to keep the record of a hearing: its checklist, corrections and how their days must follow each other,
what ends it and takes it up again."""

from django.core.exceptions import ValidationError

from hearings.procedure import checklist
from hearings.procedure.effects import first_and_report, new_start
from hearings.procedure.notification import FLAGS, posts_of
from panel.casework import shared_forms
from panel.casework.step_form import StepForm
from panel.forms.fields import (
    CheckboxesField,
    DateField,
    HintedChoice,
    RadiosField,
    SelectField,
    TextField,
)
from panel.law.period import day_words
from panel.procedure.vocabulary import Refusal

CORRECTED = [choice for choice in FLAGS if choice[0] != "job_share"]  # two candidates: not a slip of the pen


class CorrectForm(shared_forms.CorrectForm):
    """Put a fact right that was typed wrongly: the post, a name, the day of the notification or of what came with it.
    Never a status, never a decision, never a vote. Days counted from the notification are counted again."""

    post = RadiosField(label="Post", choices=(), required_message="Select the post")
    flags = CheckboxesField(label="Special in some way", required=False, choices=CORRECTED)
    received_on = DateField(label="When the notification was received", what="the day of the notification", past=True)

    def first(self):
        """Everything as it is on record, for the notification that is being dealt with."""
        case, facts = self.attempt.case, self.attempt.facts
        found = {"post": case.post, "flags": [key for key, *_ in CORRECTED if getattr(case, key)]}
        found["received_on"] = facts.proposal.received_on if facts.proposal else case.received_on
        found |= {f"name_{p.number}": p.name for p in self.attempt.look.parts}
        return found | {f"came_{kind}": item.came_on for kind, item in facts.items.items()}

    def ask(self):
        """Each candidate, and each thing that has come."""
        look, facts = self.attempt.look, self.attempt.facts
        self.fields["post"].choices = posts = posts_of(facts.law.schedule)
        if len(posts) == 1:
            del self.fields["post"]
        if facts.proposal is None:
            self.fields["received_on"].label = "When the Panel learnt of it"
            del self.fields["flags"]
        elif facts.proposal.received_on is None:
            self.fields["received_on"].required = False
        for p in look.parts:
            self.fields[f"name_{p.number}"] = TextField(
                label="Candidate’s name" if len(look.parts) == 1 else f"Name of candidate {p.number}",
                max_length=120, required_message="Enter the candidate’s name", what="The name",
            )  # fmt: skip
        for kind, item in facts.items.items():
            words = str(item)
            self.fields[f"came_{kind}"] = DateField(
                label=f"{words}: when it came", what="the day it came", past=True, required=item.came_on is not None
            )
        self.order_fields(["post", "flags", *(f"name_{p.number}" for p in look.parts), "received_on"])
        self.initial = self.first()

    def recounted(self):
        """The report, where the three weeks count from the day that is put right."""
        return first_and_report(self.attempt, new_start(self.attempt, self.changed()))


def corrections_in_order(a) -> Refusal | None:
    """First the notification, then what came later and every other step."""
    received, under = a.answers.get("received_on"), a.facts.law.notify
    if received is None:
        return None
    if "received_on" in a.form.changed():
        made = a.facts.proposal.entry_id if a.facts.proposal else a.look.entries[0].pk
        number = next(e.number for e in a.look.entries if e.pk == made)
        later = [e.on for e in a.look.in_force if e.number > number]
        if later and received > min(later):
            return Refusal(
                f"The day of the notification must be on or before {day_words(min(later))}, the day of the next step",
                under, field="received_on",
            )  # fmt: skip
        before = [e.on for e in a.look.in_force if e.number < number]
        if before and received < max(before):
            return Refusal(
                f"The day of the notification must be on or after {day_words(max(before))}, the day of the step before",
                under, field="received_on",
            )  # fmt: skip
    for kind in a.facts.items:
        day = a.answers.get(f"came_{kind}")
        if day and day < received and f"came_{kind}" in a.form.changed():
            return Refusal("It cannot have come before the notification", under, field=f"came_{kind}")
    return None


class ItemForm(StepForm):
    """One item of the checklist."""

    choose = "Which item?"

    def ask(self):
        """The items that somebody may mark."""
        look = self.attempt.look
        self._items = {i.key: i for i in checklist.items(look)} if not look.new else {}
        choices = [HintedChoice(i.key, i.words, i.provision) for i in self._items.values() if self.offered(i)]
        self.fields["item"] = SelectField(
            label=self.choose, choices=choices, blank="Choose", required_message="Select the item"
        )
        self.order_fields(["item"])

    def offered(self, item) -> bool:
        """Whether it can be marked so."""
        return True

    def item(self):
        """The item chosen, or None."""
        return self._items.get(self.cleaned_data.get("item"))


class CompleteItemForm(ItemForm):
    """An item that no other step settles is done."""

    on_label = "When was it done?"
    evidence = TextField(
        label="What shows it?",
        max_length=300,
        required_message="Enter what shows it",
        help_text="For example: letter of 9 November 2026.",
    )
    columns = ("evidence",)

    def offered(self, item):
        """Others are done by their step."""
        return item.reads is None


class SkipItemForm(ItemForm):
    """Guidance is skipped, with the reason."""

    on_label = "When was this decided?"
    why_label = "Why is it skipped?"

    def offered(self, item):
        """All: what the law requires is refused with the reason."""
        return item.basis == "guidance" or bool(self.data)


class NotDoneForm(ItemForm):
    """Something that the law requires did not happen: recorded, with the reason, and the report says so."""

    on_label = "When was this noted?"
    why_label = "Why did it not happen?"

    def offered(self, item):
        """What the law requires."""
        return item.basis == "law"


class VoidForm(StepForm):
    """Entered by mistake, or twice: kept, never counted."""

    reason = RadiosField(
        label="Why?", choices=[("duplicate", "It is in the register already"), ("mistake", "It was entered by mistake")],
        required_message="Select why",
    )  # fmt: skip
    why_label = "Your reasons"


class ReopenForm(StepForm):
    """An ended hearing is taken up again."""

    on_label = "When was this decided?"
    to = RadiosField(
        label="Where does it go on?",
        choices=[HintedChoice("under_review", "Under review", "To hear the candidate"), HintedChoice("reported", "Report sent", "To wait for the Commissioner’s decision")],
        required_message="Select where it goes on",
    )  # fmt: skip
    why_label = "Your reasons"

    def clean_to(self):
        """Waiting for the decision needs a report."""
        to = self.cleaned_data["to"]
        if to == "reported" and not (self.attempt.facts.proposal and self.attempt.facts.proposal.sent_on):
            raise ValidationError("No report was sent, so nothing waits for a decision")
        return to
