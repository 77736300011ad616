"""What is asked about one item of an agenda."""

from typing import Any

from meetings.models import AgendaItem
from meetings.scripted import NAMES, by_number
from panel.casework.step_form import StepForm
from panel.forms.fields import CheckboxesField, DateField, LongTextField, RadiosField, SelectField, TextField
from panel.forms.layout import Fieldset
from panel.law.meetings import PARAGRAPHS


class ItemForm(StepForm):
    """One item of the agenda, and its paper."""

    on_label = "When was it decided?"
    title = TextField(label="Subject", max_length=200, required_message="Enter the subject")
    group = RadiosField(
        label="Under which heading?", choices=AgendaItem.Group.choices, required=False, initial=AgendaItem.Group.OTHER
    )
    about = LongTextField(
        label="What to know about it", rows=3, required=False, max_length=2000,
        help_text="Below the subject, in plain words.",
    )  # fmt: skip
    presenter = TextField(label="Who presents it?", max_length=120, required=False)
    pages = TextField(label="Pages of the pack", max_length=20, required=False, help_text="Like 13 to 42.")
    paper_from = TextField(
        label="Who writes the paper?", max_length=120, required=False,
        help_text="Like the Commissioner’s office. It is then awaited until you say that it came.",
    )  # fmt: skip
    paper_by = DateField(label="By when is the paper asked for?", what="the day for the paper", required=False)
    exempt = CheckboxesField(
        label="Paragraphs of Schedule 12A, if part of it may be private", choices=(), required=False
    )
    urgent_why = LongTextField(
        label="Why is it urgent?", rows=3, sometimes=True, max_length=1000,
        help_text="Only once the agenda is out: the Chairman’s reason.",
    )  # fmt: skip
    columns = (
        "title", "group", "about", "presenter", "pages", "paper_from", "paper_by", "exempt", "urgent_why",
    )  # fmt: skip

    def add_questions(self) -> None:
        """The paragraphs of the panel's country; urgency only once the agenda is published."""
        country = self.attempt.facts.rules.country
        self.fields["exempt"].choices = [
            (number, f"{number}: {words[:1].lower()}{words[1:]}") for number, words in PARAGRAPHS[country].items()
        ]
        if self.attempt.case.status == "planned":
            del self.fields["urgent_why"]

    shape: tuple[Any, ...] = (
        "title", "group", "about", "presenter", "pages", Fieldset("The paper", "paper_from", "paper_by", size="s"),
        "exempt", "urgent_why",
    )  # fmt: skip

    def said(self) -> dict[str, Any]:
        """The columns of the row."""
        data = self.cleaned_data
        names = ("group", "about", "presenter", "pages", "paper_from", "urgent_why")
        found = {name: data.get(name) or "" for name in names}
        return found | {"paper_by": data.get("paper_by"), "exempt": ",".join(data.get("exempt") or [])}


class ChosenItemMixin:
    """Asks which item of the agenda."""

    labels = {"item": "Item"}  # noqa: RUF012

    script_names = NAMES

    def __init__(self, attempt: Any, data: Any = None, files: Any = None, draft: Any = None) -> None:
        super().__init__(attempt, data=by_number(attempt, data), files=files, draft=draft)

    def ask_item(self, rows: list[AgendaItem]) -> None:
        """Add the question; what was chosen by a link is chosen."""
        self._rows = {str(row.item_id): row for row in rows}
        self.fields["item"] = SelectField(
            label="Which item?", blank="Choose", required_message="Select which item",
            choices=[(pk, f"{row.item.number}. {row.item.title}") for pk, row in self._rows.items()],
        )  # fmt: skip
        self.order_fields(["item"])

    def chosen(self) -> AgendaItem:
        """The item chosen."""
        return self._rows[self.cleaned_data["item"]]

    @classmethod
    def display_answer(cls, name: str, value: Any, look: Any) -> str:
        """An item by its subject."""
        if name == "item":
            row = next((r for r in look.facts.every_item if str(r.item_id) == str(value)), None)
            return row.item.title if row else str(value)
        return super().display_answer(name, value, look)


class ChangeItemForm(ChosenItemMixin, ItemForm):
    """What stands on the agenda of one item; what is left empty stays as it is."""

    title = TextField(label="Subject", max_length=200, required=False, help_text="Leave empty to keep it.")
    shape = ("item", *ItemForm.shape)

    def add_questions(self) -> None:
        """Which item."""
        super().add_questions()
        self.fields["group"].initial = None
        self.ask_item(self.attempt.facts.items)
