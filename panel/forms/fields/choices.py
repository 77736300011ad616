"""Questions as forms ask them: fields whose errors say what to do, and which take typed and replayed answers alike.

    received = DateField(label="Date we received it", what="the date we received it", past=True)
    route = RadiosField(label="How should it be handled?", required_message="Select how it should be handled",
                        choices=[HintedChoice("full_panel", "The full Panel deals with it", "Paragraph 16"), ...])

Every field takes `required_message`, the error when it is left empty. The modules that declare steps import this one,
so it imports Django only.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

MONTHS = {
    month: number
    for number, month in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
PARTS = ("day", "month", "year")


class Asked:
    """Takes `required_message`: what to say when the answer is missing, such as "Select a ground".

    `sometimes` is for a question that may be left empty in one case and not in another: its hint says when, and the
    page does not call it optional.
    """

    default_error_messages = {"required": "Enter an answer"}

    def __init__(self, *args: Any, required_message: str = "", sometimes: bool = False, **kwargs: Any) -> None:
        self.sometimes = sometimes
        if sometimes:
            kwargs["required"] = False
        messages = dict(kwargs.pop("error_messages", None) or {})
        if required_message:
            messages.setdefault("required", required_message)
            messages.setdefault("invalid_choice", required_message)
        super().__init__(*args, error_messages=messages, **kwargs)


# Text ---------------------------------------------------------------------------------------------------------------


UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # categories Cc and Cs, but tab and line feed


def plain(text: str, *, lines: bool) -> str:
    """The text without what nobody can see or store: NUL and other control characters, half surrogates.

    Tabs stay; line breaks become one kind and stay if `lines`, else turn into spaces. Emoji, joiners and the marks
    that right-to-left scripts need stay as they are.
    """
    text = re.sub("\r\n?|\u0085|\u2028|\u2029", "\n", text)
    text = UNSEEN.sub("", text)
    return text if lines else re.sub(r"\s*\n\s*", " ", text)


class TextField(Asked, forms.CharField):
    """One line of text, at most `max_length` characters.

    `what` names it in errors ("Short title must be 100 characters or fewer"); without it the label does, or "Your
    answer" where the label is a question. The browser is not told the limit: it would cut pasted text in silence.
    """

    lines = False

    def __init__(self, *args: Any, max_length: int = 200, what: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limit = max_length
        self.what = what

    def to_python(self, value: Any) -> str:
        """The answer as it will be kept: cleaned, then without spaces at its ends."""
        return super().to_python(plain(str(value), lines=self.lines) if value not in self.empty_values else value)

    def validate(self, value: str) -> None:
        """Raise if nothing is left, or more than the limit (counted in characters as both databases count them)."""
        super().validate(value)
        if len(value) > self.limit:
            label = str(self.label or "")
            what = self.what or (label if label and not label.endswith("?") else "Your answer")
            raise ValidationError(
                f"{what} must be {self.limit:,} characters or fewer. It has {len(value):,}.", code="max_length"
            )


class LongTextField(TextField):
    """Text of several lines, in a box of `rows` lines."""

    lines = True
    widget = forms.Textarea

    def __init__(self, *args: Any, max_length: int = 10_000, rows: int = 5, **kwargs: Any) -> None:
        super().__init__(*args, max_length=max_length, **kwargs)
        self.widget.attrs["rows"] = rows


class EmailField(Asked, forms.EmailField):
    """An email address of at most `max_length` characters; the browser is not told, as with text."""

    default_error_messages = {"invalid": "Enter an email address in the correct format, like name@example.com"}

    def __init__(
        self, *args: Any, required_message: str = "Enter an email address", max_length: int = 254, **kwargs: Any
    ) -> None:
        super().__init__(*args, required_message=required_message, max_length=None, **kwargs)
        self.limit = max_length
        self.widget.attrs.setdefault("spellcheck", "false")

    def run_validators(self, value: Any) -> None:
        """Raise one error: that it is too long, or else that it is none."""
        if value and len(value) > self.limit:
            raise ValidationError(
                f"Email address must be {self.limit:,} characters or fewer. It has {len(value):,}.", code="max_length"
            )
        super().run_validators(value)


class NumberField(Asked, forms.IntegerField):
    """A whole number. `what` names it: "Number of members must be a whole number"."""

    def __init__(self, *args: Any, what: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}))
        super().__init__(*args, **kwargs)
        what = what or str(self.label or "It")
        self.error_messages["invalid"] = f"{what} must be a whole number"
        for validator in self.validators:  # Django's own words speak of values
            if isinstance(validator, MinValueValidator):
                validator.message = f"{what} must be {self.min_value} or more"
            elif isinstance(validator, MaxValueValidator):
                validator.message = f"{what} must be {self.max_value} or fewer"


# Dates --------------------------------------------------------------------------------------------------------------


class DateInput(forms.MultiWidget):
    """A date in three text inputs: day, month, year.

    It also takes the whole date under the field's plain name, as a date or one ISO string: so a step is replayed,
    imported or taken by a command through the same form as the page.
    """

    template_name = "govuk/widgets/date.html"
    use_fieldset = True
    wrong: tuple[str, ...] = ()  # the parts an error is about, set by DateField.clean; none means all

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__({part: forms.TextInput({"inputmode": "numeric"}) for part in PARTS}, attrs)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The three parts as typed, or what stands under the plain name."""
        parts = super().value_from_datadict(data, files, name)
        return parts if any(part is not None for part in parts) else data.get(name)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether neither the parts nor the whole date were sent."""
        return name not in data and super().value_omitted_from_data(data, files, name)

    def decompress(self, value: Any) -> list:
        """The three parts of a date; a text that is none stays in the first box, so that it can be put right."""
        if isinstance(value, str) and value:
            try:
                value = datetime.date.fromisoformat(value.strip())
            except ValueError:
                return [value, None, None]
        return [value.day, value.month, value.year] if value else [None, None, None]

    def id_for_label(self, id_: str, index: Any = None) -> str:
        """The day's input: where an error about the date leads."""
        return f"{id_}_0" if id_ else id_

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict:
        """Each part with its label, its width, and whether the error is about it."""
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
    time zone. Months may be typed as numbers or names.
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
        """The date, or None if it may be left out. Raises ValidationError saying which part is missing or wrong."""
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
        """Raise if it is missing, or lies ahead where it must not."""
        super().validate(value)
        if self.past and value and value > self.today():
            raise self._error("must be today or in the past", ())

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another day was given than the one the form started with."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True

    def _from_parts(self, parts: list[str]) -> datetime.date | None:
        missing = tuple(name for name, text in zip(PARTS, parts, strict=True) if not text)
        if len(missing) == 3:
            return None
        if missing:
            raise self._error(f"must include a {' and '.join(missing)}", missing)
        day, month, year = parts
        month = str(MONTHS.get(month[:3].lower(), month))
        if not all(re.fullmatch("[0-9]+", text) for text in (day, month, year)):
            raise self._error("must be a real date", ())
        if len(year) != 4:
            raise self._error("must have a year of 4 numbers", ("year",))
        try:
            found = datetime.date(int(year), int(month), int(day))
        except ValueError:
            raise self._error("must be a real date", ()) from None
        if not 1900 <= found.year <= 2100:
            raise self._error("must be a real date", ("year",))
        return found

    def _error(self, says: str, parts: tuple[str, ...]) -> ValidationError:
        self.widget.wrong = parts
        return ValidationError(f"{self.subject} {says}", code="invalid")


# Choices ------------------------------------------------------------------------------------------------------------


class HintedChoice(NamedTuple):
    """One choice with the line under it. Plain pairs do as well."""

    value: Any
    label: str
    hint: str = ""


class Hinted(Asked):
    """A choice field whose choices may be `HintedChoice`s, also when set later or given as a function."""

    default_error_messages = {"required": "Select an answer", "invalid_choice": "Select one of the answers"}
    blank: str | None = None
    given: Any = ()

    @property
    def choices(self) -> Any:
        """The pairs, as Django wants them. Set with pairs, hinted choices, or a function that returns them."""
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
        """The line under the choice with this value, or nothing."""
        return next((c[2] for c in self._given() if len(c) > 2 and str(c[0]) == str(value)), "")


class RadiosField(Hinted, forms.ChoiceField):
    """One of a few choices, as radio buttons; nothing is chosen beforehand unless `initial` is given."""

    widget = forms.RadioSelect


class CheckboxesField(Hinted, forms.MultipleChoiceField):
    """Any number of a few choices, as checkboxes."""

    widget = forms.CheckboxSelectMultiple


class PartsField(CheckboxesField):
    """Which parts a step covers. `elsewhere` says of each that it cannot cover why not."""

    elsewhere: Mapping[str, str] = {}  # noqa: RUF012

    def validate(self, value: Any) -> None:
        """Name the part that the step cannot cover, whoever chose it."""
        for v in value or ():
            if not self.valid_value(v) and str(v) in self.elsewhere:
                raise forms.ValidationError(self.elsewhere[str(v)], code="elsewhere")
        super().validate(value)


class SelectField(Hinted, forms.ChoiceField):
    """One of many choices, in a select. `blank` is the words of its empty first line, None for no such line."""

    def __init__(self, *args: Any, blank: str | None = "", **kwargs: Any) -> None:
        self.blank = blank
        super().__init__(*args, **kwargs)


class YesNoField(Hinted, forms.TypedChoiceField):
    """Yes or no, as radio buttons: True, False, or None if it may be left out. `yes` and `no` are their words."""

    widget = forms.RadioSelect

    def __init__(self, *args: Any, yes: str = "Yes", no: str = "No", **kwargs: Any) -> None:
        kwargs.setdefault("choices", (("yes", yes), ("no", no)))
        super().__init__(*args, coerce=lambda value: value == "yes", empty_value=None, **kwargs)

    def to_python(self, value: Any) -> str:
        """ "yes" or "no"; a replayed True or False counts as well."""
        return super().to_python({True: "yes", False: "no"}[value] if isinstance(value, bool) else value)

    def prepare_value(self, value: Any) -> Any:
        """The choice to show for an answer on record."""
        return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


class TickField(Asked, forms.BooleanField):
    """One box to tick; must be ticked unless `required=False`. `hint` stands under it."""

    default_error_messages = {"required": "Tick the box to go on"}

    def __init__(self, *args: Any, hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hint = hint


# Files --------------------------------------------------------------------------------------------------------------


class ManyFilesInput(forms.FileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list:
        """The files sent, in their order; a single one, or a list in a plain dict, counts as well."""
        if hasattr(files, "getlist"):
            return files.getlist(name)
        found = (files or {}).get(name) or []
        return list(found) if isinstance(found, (list, tuple)) else [found]


class ManyFilesField(Asked, forms.FileField):
    """Any number of files in one input: a list, empty if there are none. Sizes are bytes."""

    default_error_messages = {"required": "Select a file"}
    widget = ManyFilesInput

    def __init__(self, *args: Any, max_size: int = 20 * 1024 * 1024, max_files: int = 20, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.max_size, self.max_files = max_size, max_files

    def to_python(self, data: Any) -> list:
        """The files as a list."""
        return [] if data in self.empty_values else list(data) if isinstance(data, (list, tuple)) else [data]

    def clean(self, data: Any, initial: Any = None) -> list:
        """The files. Raises ValidationError naming each file that is empty or too large, or if there are too many."""
        files = self.to_python(data)
        if self.required and not files and not initial:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(files) > self.max_files:
            raise ValidationError(f"You can only select up to {self.max_files} files at the same time", code="too_many")
        problems = [f"{file.name} is empty" for file in files if not file.size]
        problems += [
            f"{file.name} must be smaller than {self.max_size // 1024 // 1024}MB"
            for file in files
            if file.size > self.max_size
        ]
        if problems:
            raise ValidationError([ValidationError(words, code="invalid") for words in problems])
        return files

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether a file was sent."""
        return not self.disabled and bool(data)
