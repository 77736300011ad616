"""A date asked in three boxes: day, month, year."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from panel.forms.fields.base import Asked
from panel.law.clock import YEARS
from panel.law.days_in_text import day_of, month_of

PARTS = ("day", "month", "year")


class DateInput(forms.MultiWidget):
    """A date in three text inputs: day, month, year.

    It also accepts a whole date under the field's own name, as a date or as one ISO string. So pages, scripts, imports
    and commands can use the same form.
    """

    template_name = "govuk/widgets/date.html"
    use_fieldset = True
    wrong: tuple[str, ...] = ()  # the parts an error is about, set by DateField.clean; none means all

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__({part: forms.TextInput({"inputmode": "numeric"}) for part in PARTS}, attrs)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The three parts as typed, or else the value under the field's own name."""
        parts = super().value_from_datadict(data, files, name)
        return parts if any(part is not None for part in parts) else data.get(name)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether neither the parts nor a whole date were sent."""
        return name not in data and super().value_omitted_from_data(data, files, name)

    def decompress(self, value: Any) -> list:
        """The three parts of a date. Text that is no date goes into the first box, where it can be corrected."""
        if isinstance(value, str) and value:
            try:
                value = datetime.date.fromisoformat(value.strip())
            except ValueError:
                return [value, None, None]
        return [value.day, value.month, value.year] if value else [None, None, None]

    def id_for_label(self, id_: str, index: Any = None) -> str:
        """The id of the day's input, to which an error about the date links."""
        return f"{id_}_0" if id_ else id_

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict:
        """The context of each part: its label, its width, and whether the error is about it."""
        context = super().get_context(name, value, attrs)
        invalid = context["widget"]["attrs"].pop("aria-invalid", None)
        for part, sub in zip(PARTS, context["widget"]["subwidgets"], strict=True):
            sub["attrs"].pop("aria-invalid", None)
            sub["label"] = part.capitalize()
            classes = f"govuk-input govuk-date-input__input govuk-input--width-{4 if part == 'year' else 2}"
            if invalid and (not self.wrong or part in self.wrong):
                classes += " govuk-input--error"
                sub["attrs"]["aria-invalid"] = "true"
            sub["attrs"]["class"] = classes
        return context


class DateField(Asked, forms.Field):
    """A day, as a plain date.

    `what` is the date in words, with its article: "the date we received it" makes "Enter the date we received it" and
    "Date we received it must include a month". `past` refuses a day after `today()`, by default today in the current
    time zone. Months may be typed as numbers or
    names, English or Welsh; a whole day as a letter has it, "14th October 2026", into the first box.
    """

    widget = DateInput

    def __init__(
        self,
        *args: Any,
        what: str = "the date",
        past: bool = False,
        today: Callable[[], datetime.date] = timezone.localdate,
        required_message: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, required_message=required_message or f"Enter {what}", **kwargs)
        self.past, self.today = past, today
        what = what.removeprefix("the ")
        self.subject = what[:1].upper() + what[1:]

    def clean(self, value: Any) -> datetime.date | None:
        """The date, or None for no answer. Raises ValidationError with the part that is missing or wrong."""
        self.widget.wrong = ()
        return super().clean(value)

    def to_python(self, value: Any) -> datetime.date | None:
        """The date from a date, one ISO string, or the three parts."""
        if isinstance(value, datetime.datetime):
            return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
        if isinstance(value, datetime.date):
            return value
        if isinstance(value, (list, tuple)):
            return self._from_parts(["" if part is None else str(part).strip() for part in value])
        if not value or not str(value).strip():
            return None
        try:
            return datetime.date.fromisoformat(str(value).strip())
        except ValueError:
            raise self._error("must be a real date", ()) from None

    def validate(self, value: datetime.date | None) -> None:
        """Raise if it is missing, lies in a year in which nothing is counted, or ahead where it must not."""
        super().validate(value)
        if value and value.year not in YEARS:
            raise self._error("must be a real date", ("year",))
        if self.past and value and value > self.today():
            raise self._error("must be today or in the past", ())

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the answer is another day than the initial one."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True

    def _from_parts(self, parts: list[str]) -> datetime.date | None:
        missing = tuple(name for name, text in zip(PARTS, parts, strict=True) if not text)
        if len(missing) == 3:
            return None
        if missing:
            if missing == ("month", "year") and (whole := day_of(parts[0])):  # as the letter has it, in the first box
                return whole
            if missing == ("month", "year") and re.search("[^0-9]", parts[0]):  # a whole day, but not a real one
                raise self._error("must be a real date", ())
            raise self._error(f"must include a {' and '.join(missing)}", missing)
        day, month, year = parts
        month = str(month_of(month) or month)
        if not all(re.fullmatch("[0-9]+", text) for text in (day, month, year)):
            raise self._error("must be a real date", ())
        if len(year) != 4:
            raise self._error("must have a year of 4 numbers", ("year",))
        try:
            return datetime.date(int(year), int(month), int(day))
        except (ValueError, OverflowError):  # a number that no day, month or year has, however long it is
            raise self._error("must be a real date", ()) from None

    def _error(self, says: str, parts: tuple[str, ...]) -> ValidationError:
        self.widget.wrong = parts
        return ValidationError(f"{self.subject} {says}", code="invalid")
