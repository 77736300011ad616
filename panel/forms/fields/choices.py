"""Questions answered by choosing: radio buttons, checkboxes, a list, yes or no, a box to tick."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django import forms

from panel.forms.fields.base import Asked


class HintedChoice(NamedTuple):
    """One choice with the line of help under it. A plain pair works as well."""

    value: Any
    label: str
    hint: str = ""


class Hinted(Asked):
    """A choice field that also accepts `HintedChoice`s, when it is made, set later or given as a function."""

    default_error_messages = {"required": "Select an answer", "invalid_choice": "Select one of the answers"}
    blank: str | None = None
    given: Any = ()

    @property
    def choices(self) -> Any:
        """The pairs that Django expects. Set it with pairs, hinted choices, or a function that returns them."""
        return super().choices  # type: ignore[misc]

    @choices.setter
    def choices(self, value: Any) -> None:
        self.given = value if callable(value) else list(value or ())
        pairs = self._pairs if callable(value) else self._pairs()
        forms.ChoiceField.choices.fset(self, pairs)  # type: ignore[attr-defined]

    def _given(self) -> Iterable:
        return self.given() if callable(self.given) else self.given

    def _pairs(self) -> list:
        pairs = [tuple(choice)[:2] for choice in self._given()]
        if self.blank is not None and not any(value in ("", None) for value, _ in pairs):
            pairs.insert(0, ("", self.blank))
        return pairs

    def hint_for(self, value: Any) -> str:
        """The line of help under the choice with this value; "" if it has none."""
        return next((c[2] for c in self._given() if len(c) > 2 and str(c[0]) == str(value)), "")


class RadiosField(Hinted, forms.ChoiceField):
    """One of a few choices, as radio buttons; none is chosen beforehand without `initial`."""

    widget = forms.RadioSelect


class CheckboxesField(Hinted, forms.MultipleChoiceField):
    """Any number of a few choices, as checkboxes."""

    widget = forms.CheckboxSelectMultiple


class PartsField(CheckboxesField):
    """The parts that a step covers. `elsewhere` gives, for each part that it cannot cover, the reason."""

    elsewhere: Mapping[str, str] = {}  # noqa: RUF012

    def validate(self, value: Any) -> None:
        """Raise the reason for each chosen part that the step cannot cover."""
        for v in value or ():
            if not self.valid_value(v) and str(v) in self.elsewhere:
                raise forms.ValidationError(self.elsewhere[str(v)], code="elsewhere")
        super().validate(value)


class SelectField(Hinted, forms.ChoiceField):
    """One of many choices, in a select. `blank` is the text of its empty first line; None leaves that line out."""

    def __init__(self, *args: Any, blank: str | None = "", **kwargs: Any) -> None:
        self.blank = blank
        super().__init__(*args, **kwargs)


class YesNoField(Hinted, forms.TypedChoiceField):
    """Yes or no, as radio buttons: True, False, or None for no answer. `yes` and `no` are the labels."""

    widget = forms.RadioSelect

    def __init__(self, *args: Any, yes: str = "Yes", no: str = "No", **kwargs: Any) -> None:
        kwargs.setdefault("choices", (("yes", yes), ("no", no)))
        super().__init__(*args, coerce=lambda value: value == "yes", empty_value=None, **kwargs)

    def to_python(self, value: Any) -> str:
        """ "yes" or "no"; accepts True and False from a script as well."""
        return super().to_python({True: "yes", False: "no"}[value] if isinstance(value, bool) else value)

    def prepare_value(self, value: Any) -> Any:
        """The choice to show for an answer on record."""
        return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


class TickField(Asked, forms.BooleanField):
    """One box to tick; it must be ticked unless `required=False`. `hint` is the line of help under it."""

    default_error_messages = {"required": "Tick the box to go on"}

    def __init__(self, *args: Any, hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hint = hint
