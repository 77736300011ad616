"""The agenda: items, papers, and its publication."""

from datetime import date
from typing import Any

from meetings.business_models import WorkItem
from meetings.keys import ItemKind
from meetings.procedure.conditions import agenda_is_needed, agenda_is_not_on_record, urgency_is_given
from meetings.procedure.duties import PAPER, PUBLISH_AGENDA, PUBLISH_WELSH_AGENDA
from meetings.procedure.items import ChangeItemForm, ChosenItemMixin, ItemForm
from meetings.procedure.law import AGENDA, EXEMPT, MEETINGS, NOTICE, URGENT
from meetings.procedure.states import OPEN, SAT, TO_COME
from meetings.rows import add_item, agenda_of, number_anew
from meetings.scripted import NAMES, by_number
from panel.casework import agenda
from panel.casework.shared_steps import STAFF
from panel.casework.step_form import StepForm
from panel.forms.fields import (
    NumberField,
    RadiosField,
)
from panel.procedure.register import REGISTERS, things_to_table
from panel.procedure.vocabulary import Elsewhere, Refusal, Step, Target


class RemoveItemForm(ChosenItemMixin, StepForm):
    """An item is taken off the agenda."""

    on_label = "When was it taken off?"
    why_label = "Why?"
    takes_documents = False

    def add_questions(self) -> None:
        """Which item."""
        self.ask_item(self.attempt.facts.items)


class OrderForm(StepForm):
    """The order of the items under their headings."""

    on_label = "When was it put in order?"
    takes_documents = False

    script_names = NAMES

    def __init__(self, attempt: Any, data: Any = None, files: Any = None, draft: Any = None) -> None:
        super().__init__(attempt, data=by_number(attempt, data), files=files, draft=draft)

    def add_questions(self) -> None:
        """The place of each item."""
        self._rows = self.attempt.facts.items
        for row in self._rows:
            self.fields[f"place_{row.item_id}"] = NumberField(
                label=row.item.title, initial=row.item.number, min_value=1, max_value=200,
                required_message=f"Enter the place of {row.item.title}",
            )  # fmt: skip

    def change_answers(self, answers: dict[str, Any]) -> dict[str, Any]:
        """Kept in the rows."""
        return {k: v for k, v in answers.items() if not k.startswith("place_")}


class TableForm(StepForm):
    """A report or a hearing of another register is put on the agenda."""

    on_label = "When was it tabled?"
    takes_documents = False
    labels = {"source": "Tabled"}  # noqa: RUF012
    script_names = {"source"}  # noqa: RUF012

    def __init__(self, attempt: Any, data: Any = None, files: Any = None, draft: Any = None) -> None:
        self._script = data.get("source") if isinstance(data, dict) and not hasattr(data, "getlist") else None
        super().__init__(attempt, data=data, files=files, draft=draft)

    def add_questions(self) -> None:
        """What the registers have for this meeting, and is not on its agenda."""
        self._found = {thing.key: thing for thing in to_table(self.attempt)}
        if self._script in REGISTERS:  # a script names the register alone: the first that it has
            self.data = {**self.data, "source": next((k for k in self._found if k.startswith(f"{self._script}:")), "")}
        self.fields["source"] = RadiosField(
            label="What is tabled?", choices=[(key, thing.title) for key, thing in self._found.items()],
            required_message="Select what is tabled",
        )  # fmt: skip
        self.fields["urgent_why"] = ItemForm.base_fields["urgent_why"]
        if self.attempt.case.status == "planned":
            del self.fields["urgent_why"]

    @classmethod
    def display_answer(cls, name: str, value: Any, look: Any) -> str:
        """What was tabled, by its subject."""
        if name == "source":
            row = next((r for r in look.facts.every_item if r.source == value), None)
            return row.item.title if row else str(value)
        return super().display_answer(name, value, look)

    def thing(self) -> Any:
        """What was chosen."""
        return self._found[self.cleaned_data["source"]]


class ReceivePaperForm(ChosenItemMixin, StepForm):
    """A paper that was awaited has come."""

    on_label = "When did it come?"
    documents_label = "The paper"

    def add_questions(self) -> None:
        """Of which item."""
        self.ask_item(self.attempt.facts.awaited)


class PublishAgendaForm(agenda.PublishAgendaForm):
    """When and where; a hearing there may have said so before."""

    def initial_answers(self) -> dict[str, Any]:
        """What a hearing there recorded of it before."""
        m = self.attempt.facts.meeting
        found = {"where": m.agenda_where, "urgent_why": m.urgent_why}
        return found | ({"on": m.agenda_on} if m.agenda_on else {})


# Conditions


def to_table(attempt: Any) -> list[Any]:
    """What the registers have for a meeting of that day, and does not stand on its agenda."""
    meeting = attempt.facts.meeting
    if meeting is None or attempt.facts.informal:
        return []
    there = {row.source for row in attempt.facts.items}
    heard = {row.case_id for row in attempt.facts.heard_here}
    found = things_to_table(attempt.look.who, meeting.on)
    return [t for t in found if t.key not in there and (t.case is None or t.case.pk in heard)]


def something_to_table(attempt: Any) -> Refusal | None:
    """A hearing has its place at this meeting, or a report belongs before it, and is not on the agenda."""
    return None if to_table(attempt) else Refusal("No report or hearing waits to be tabled here.", (NOTICE,))


def a_paper_is_awaited(attempt: Any) -> Refusal | None:
    """Somebody owes a paper."""
    return None if attempt.facts.awaited else Refusal("No paper is awaited.", (MEETINGS,))


def there_are_items(attempt: Any) -> Refusal | None:
    """The agenda has an item."""
    return (
        None if attempt.facts.items else Refusal("The agenda has no item.", (NOTICE,), "add an item.", first="add_item")
    )


def published_first(attempt: Any) -> date:
    """The day of publication: where a hearing there recorded it before, the earlier of the two."""
    return min(filter(None, (attempt.facts.meeting.agenda_on, attempt.on)))


def agenda_in_time(attempt: Any) -> Refusal | None:
    """As many clear days before the meeting as notice must be given, or urgency."""
    return agenda.in_time(attempt, published_first(attempt))


# What the steps do


def forget(attempt: Any) -> None:
    """Let the agenda be read anew."""
    for name in ("items", "every_item"):
        attempt.facts.__dict__.pop(name, None)


def put_on(attempt: Any) -> None:
    """A new item."""
    title = attempt.answers["title"]
    elects = title.casefold().startswith("election of chair")
    kind = ItemKind.CHAIR if elects else ItemKind.ITEM
    add_item(attempt.entry, attempt.facts.meeting, title, kind, **attempt.form.said())
    forget(attempt)


def change_item(attempt: Any) -> None:
    """What was filled in takes the place of what stood there."""
    row = attempt.form.chosen()
    for name, value in attempt.form.said().items():
        if value:
            setattr(row, name, value)
    row.save()
    if title := attempt.answers.get("title"):
        row.item.title = title
        row.item.save()
    number_anew(attempt.facts.meeting)
    forget(attempt)


def remove_item(attempt: Any) -> None:
    """It stands on the agenda no more; the record keeps it."""
    row = attempt.form.chosen()
    row.removed = True
    row.save()
    row.item.number = None
    row.item.save()
    number_anew(attempt.facts.meeting)
    forget(attempt)


def put_in_order(attempt: Any) -> None:
    """The order given, under each heading."""
    places = {row.item_id: attempt.form.cleaned_data[f"place_{row.item_id}"] for row in attempt.facts.items}
    rows = agenda_of(attempt.facts.meeting)
    for row in rows:
        row.item.number = places[row.item_id]
    for row in rows:
        row.item.save()
    number_anew(attempt.facts.meeting)
    forget(attempt)


def paper_of(thing: Any) -> dict[str, Any]:
    """Whose paper an item of the work programme waits for, and by when."""
    kind, _, number = thing.key.partition(":")
    row = WorkItem.objects.filter(pk=number).first() if kind == "work" else None
    if row is None or not row.awaited:
        return {}
    return {"paper_from": row.owed_by, "paper_by": row.owed_on}


def table_item(attempt: Any) -> None:
    """What another register has stands on the agenda; a hearing that has its place there keeps it."""
    thing, paper = attempt.form.thing(), paper_of(attempt.form.thing())
    item = next((r for r in attempt.facts.heard_here if thing.case is not None and r.case_id == thing.case.pk), None)
    add_item(
        attempt.entry, attempt.facts.meeting, thing.title, ItemKind.TABLED, item, source=thing.key,
        group=thing.group, urgent_why=attempt.answers.get("urgent_why") or "", **paper,
    )  # fmt: skip
    forget(attempt)


def receive_paper(attempt: Any) -> None:
    """The paper is here, and nobody owes it any more."""
    row = attempt.form.chosen()
    row.paper_on = attempt.on
    row.save()
    mine = f"item:{row.item_id}"
    attempt.closed_duties = [(d, "met") for d in attempt.look.open_duties if (d.kind, d.recipient) == ("paper", mine)]
    forget(attempt)


def publish_agenda(attempt: Any) -> None:
    """Keep when and where. It serves every hearing there, and meets the duty of each."""
    there = [item.case for item in attempt.facts.heard_here]
    agenda.publish(attempt, attempt.facts.meeting, there, published_first(attempt))


STEPS = (
    Step(
        "publish_agenda", "Publish the agenda", ("planned",), "called", entered_by=STAFF, provisions=AGENDA,
        past_label="Agenda published", button="Record that it was published", all_parts=True,
        hint="As long before as notice must be given.", guards=(agenda_is_needed,), form=PublishAgendaForm,
        checks=(agenda_in_time,), effect=publish_agenda, closes=(PUBLISH_AGENDA, PUBLISH_WELSH_AGENDA),
        when_elsewhere=Elsewhere("It is published already.", states=("called",)),
    ),
    Step(
        "note_agenda", "Record when the agenda was published", (*SAT, "minutes_confirmed"), Target.STAYS, entered_by=STAFF,
        provisions=AGENDA, past_label="Agenda published", button="Record that it was published", scope="case", folded=True,
        hint="For a meeting that is typed up afterwards.", guards=(agenda_is_not_on_record,), form=PublishAgendaForm,
        checks=(agenda_in_time,), not_before=(), effect=publish_agenda,
    ),
    Step(
        "add_item", "Add an item or a paper", OPEN, Target.STAYS, entered_by=STAFF, provisions=(NOTICE, URGENT, EXEMPT),
        past_label="Item added", button="Add the item", scope="case", form=ItemForm, checks=(urgency_is_given,),
        hint="Once the agenda is published it needs the Chairman’s reason for urgency.", effect=put_on, opens=(PAPER,),
    ),
    Step(
        "table_item", "Table a report or a hearing", OPEN, Target.STAYS, entered_by=STAFF, provisions=(NOTICE, URGENT),
        past_label="Tabled", button="Table it", scope="case", form=TableForm, guards=(something_to_table,),
        checks=(urgency_is_given,), hint="What the other registers have for this meeting.", effect=table_item, opens=(PAPER,),
    ),
    Step(
        "change_item", "Change an item", OPEN, Target.STAYS, entered_by=STAFF, provisions=(NOTICE, EXEMPT),
        past_label="Item changed", button="Change the item", scope="case", folded=True, form=ChangeItemForm,
        guards=(there_are_items,), effect=change_item, opens=(PAPER,),
    ),
    Step(
        "remove_item", "Take an item off", TO_COME, Target.STAYS, entered_by=STAFF, provisions=(NOTICE,),
        past_label="Item taken off", button="Take it off", scope="case", folded=True, form=RemoveItemForm,
        guards=(there_are_items,), effect=remove_item,
    ),
    Step(
        "order_items", "Put the items in order", TO_COME, Target.STAYS, entered_by=STAFF, provisions=(NOTICE,),
        past_label="Items put in order", button="Save the order", scope="case", folded=True, form=OrderForm,
        guards=(there_are_items,), effect=put_in_order,
    ),
    Step(
        "receive_paper", "Note that a paper came", TO_COME, Target.STAYS, entered_by=STAFF, provisions=(MEETINGS,),
        past_label="Paper came", button="Save it", scope="case", form=ReceivePaperForm, guards=(a_paper_is_awaited,),
        effect=receive_paper, closes=(PAPER,), closes_chosen_duties_only=True,
    ),
)  # fmt: skip
