"""Questions answered by typing: a line, several lines, an email address, a number."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator

from panel.forms.fields.base import Asked

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
