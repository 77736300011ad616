"""Forms about rows on record: filled from the row, refused when somebody else changed it meanwhile, and written as one
act of the journal with its reason.

    form, done = record(lambda: MemberForm(panel, user, instance=fresh(), data=request.POST))

Nothing is half saved: the form is checked once more under the panel's lock, before it is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from panel.forms.fields import LongTextField, number_in
from panel.forms.layout import Buttons, Columns, Layout
from panel.forms.spoken import speak
from panel.law import clock
from panel.law.period import day_words
from panel.record.act import sealed_act

UNREADABLE = object()  # an answer that did not pass its field


@dataclass(frozen=True)
class Conflict:
    """One answer that somebody else changed while this one was being typed."""

    name: str
    label: str
    theirs: str
    mine: str
    untouched: bool  # not changed by this person, so theirs stays


class NotNow(Exception):
    """The form passed, but no longer does under the panel's lock."""

    def __init__(self, form):
        super().__init__()
        self.form = form


class RecordForm(forms.Form):
    """Questions that are columns of one row. Subclasses declare `model`, `columns`, `one` and the fields."""

    model: Any = None
    columns: tuple[str, ...] = ()
    one = ""  # what the row is, in words and in the name of the act: "member"
    act_names: tuple[str, str] = ("", "")  # of adding and of changing; by default made from `one`
    one_of_many = False  # whether several are usually added one after another
    pairs: tuple[tuple[str, str], ...] = (("from_date", "to_date"),)  # days that must be in order, shown side by side

    def __init__(self, panel, user, instance=None, data=None, initial=None):
        self.panel, self.user, self.instance = panel, user, instance
        self.conflicts: list[Conflict] = []
        self.notes: list[str] = []  # what else to say once it is written
        first = dict(initial or {})
        if instance is not None:
            first |= {name: self.stored(instance, name) for name in self.columns} | {"version": self.newest()}
        super().__init__(data=data, initial=first, use_required_attribute=False)
        self.fields["version"] = forms.CharField(widget=forms.HiddenInput, required=False)
        self.add_questions()
        self.fields["why"] = LongTextField(
            label="Why are you changing this?" if instance is not None else "Why are you adding this?",
            help_text="Kept in the history.",
            required=instance is not None,
            required_message="Enter why you are changing this",
            max_length=1000,
            rows=2,
        )
        self.helper = FormHelper(self)
        self.helper.label_size = "s"
        other = ("Save and add another", "another", "1") if self.one_of_many and instance is None else None
        self.helper.layout = Layout(*self.shape(), Buttons(self.button(), other=other))
        speak(self)

    # What subclasses may override

    def add_questions(self) -> None:
        """Fill or drop questions that depend on the panel or the row."""

    def check(self, cleaned: dict) -> None:
        """Add the errors of answers that do not fit each other or the record."""

    def write(self) -> Any:
        """Save the row, inside the act. Returns it."""
        row = self.instance or self.model(panel=self.panel)
        for name in self.columns:
            self.put(row, name, self.cleaned_data[name])
        row.save()
        return row

    def button(self) -> str:
        """The words of the button."""
        return f"Save the {self.one}" if self.instance is not None else f"Add the {self.one}"

    def done(self, row) -> str:
        """What the banner says."""
        return f"{'Changed' if self.instance is not None else 'Added'}: {row}."

    def reason(self) -> str:
        """The reason kept in the journal: the one given, else that it was added."""
        return self.cleaned_data.get("why") or f"Added the {self.one}"

    def newest(self) -> str:
        """The id of the latest history row: the version that the page shows."""
        return str(self.instance.history.order_by("-history_id").values_list("history_id", flat=True).first() or "")

    def as_seen(self, version: str) -> Any:
        """The row as it was in that version, or None."""
        number = number_in(version)
        return self.instance.history.filter(history_id=number).first() if number is not None else None

    def as_now(self) -> Any:
        """The row as it is now."""
        return self.instance

    # Layout

    def shape(self) -> list:
        """The questions in order, days that belong together side by side."""
        firsts = {first: last for first, last in self.pairs if last in self.fields}
        lasts = set(firsts.values())
        names = [name for name in self.fields if name not in lasts]
        return [Columns(name, firsts[name]) if name in firsts else name for name in names]

    # Validation

    def clean(self):
        """Compare with what is on record, then the order of days, then what the subclass checks."""
        cleaned = super().clean()
        if self.instance is not None and cleaned.get("version", "") != self.newest():
            self.conflicts = self.found_conflicts(cleaned)
            if self.conflicts:
                self.add_error(None, "Somebody else changed this while you were writing")
                return cleaned
        for first, last in self.pairs:
            start, end = cleaned.get(first), cleaned.get(last)
            if start and end and end < start:
                self.add_error(last, f"{self.fields[last].label} must be on or after {day_words(start)}")
        end = cleaned.get("to_date")
        if self.instance is None and end and end < clock.today() and not cleaned.get("why"):
            self.add_error("why", "Enter why you are adding what has ended, such as the paper that shows it")
        if not self.errors:
            self.check(cleaned)
        return cleaned

    def found_conflicts(self, cleaned: dict) -> list[Conflict]:
        """The answers that differ from what somebody else has put on record since the page was opened."""
        seen, now = self.as_seen(cleaned.get("version", "")), self.as_now()
        out = []
        for name in self.columns:
            theirs, mine = self.stored(now, name), cleaned.get(name, UNREADABLE)
            untouched = seen is not None and mine == self.stored(seen, name)
            if theirs == mine or (seen is not None and theirs == self.stored(seen, name)):
                continue
            label = str(self.fields[name].label)
            out.append(
                Conflict(name, label, self.display_answer(name, theirs), self.display_answer(name, mine), untouched)
            )
        return out

    def rebased(self) -> RecordForm:
        """The same answers on top of what is on record now; what this person did not touch is as it is there."""
        data = {key: self.data[key] for key in self.data}
        for conflict in self.conflicts:
            if conflict.untouched:
                for key in [k for k in data if k == conflict.name or k.startswith(f"{conflict.name}_")]:
                    del data[key]
                value = self.fields[conflict.name].prepare_value(self.stored(self.as_now(), conflict.name))
                data[conflict.name] = value.isoformat() if isinstance(value, date) else value
        data["version"] = self.newest()
        form = type(self)(self.panel, self.user, self.instance, data)
        form.conflicts = self.conflicts
        return form

    # Values

    def stored(self, row, name: str) -> Any:
        """A column as its question takes it: a row of another table by its id, as text."""
        if self.model._meta.get_field(name).is_relation:
            pk = getattr(row, f"{name}_id")
            return "" if pk is None else str(pk)
        return getattr(row, name)

    def put(self, row, name: str, answer) -> None:
        """Give the row an answer."""
        if self.model._meta.get_field(name).is_relation:
            setattr(row, f"{name}_id", int(answer) if answer else None)
        else:
            setattr(row, name, answer)

    def display_answer(self, name: str, value) -> str:
        """An answer in words."""
        if value is UNREADABLE:
            return "Not readable"
        if isinstance(value, date):
            return day_words(value)
        shown = self.fields[name].prepare_value(value)
        labels = {str(k): str(v) for k, v in getattr(self.fields[name], "choices", ())}
        return labels.get(str(shown), str(shown)) if shown not in ("", None) else "Nothing"

    @property
    def changes_something(self) -> bool:
        """Whether a valid form differs from the row on record."""
        if self.instance is None:
            return True
        return any(self.stored(self.instance, name) != self.cleaned_data[name] for name in self.columns)

    @property
    def changed_by(self) -> str:
        """Who wrote the version that is on record now."""
        last = self.as_now().history.select_related("history_user").order_by("-history_id").first()
        return last.history_user.name if last and last.history_user else "The command line"

    @property
    def act_name(self) -> str:
        """The name of the act in the journal."""
        key = self.one.replace(" ", "_")
        add, change = self.act_names if self.act_names[0] else (f"add_{key}", f"change_{key}")
        return change if self.instance is not None else add


def record(make) -> tuple[RecordForm, Any]:
    """The form that `make` gives, and the row if it was written (None: errors, or nothing to change).

    `make` is called again under the panel's lock and must read its row anew, so that nobody comes in between.
    """
    form = make()
    if not form.is_valid() or not form.changes_something:
        return form, None
    try:
        with sealed_act(form.panel, by=form.user, name=form.act_name, why=form.reason()):
            form = make()
            if not form.is_valid():
                raise NotNow(form)
            return form, form.write()
    except NotNow as late:
        return late.form, None
