"""Questions answered by typing: a line, several lines, an email address, a number."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator

from panel.forms.fields.base import Asked
from panel.law.plain_text import plain as plain


def number_in(text: str) -> int | None:
    """The number that a page of ours put into a hidden box or an address: a version, the key of a row. None for anything
    else, such as "²", which is a digit to Python and no number, and for what no column holds."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


class TextField(Asked, forms.CharField):
    """One line of text, at most `max_length` characters.

    Errors name the answer by `what` ("Short title must be 100 characters or fewer"), else by the label, or as "Your
    answer" where the label is a question. The page does not tell the browser the limit: it would cut pasted text
    without a word.
    """

    lines = False

    def __init__(self, *args: Any, max_length: int = 200, what: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limit = max_length
        self.what = what

    def to_python(self, value: Any) -> str:
        """The answer as it is stored: without unseen characters and without spaces at its ends."""
        return super().to_python(plain(str(value), lines=self.lines) if value not in self.empty_values else value)

    def validate(self, value: str) -> None:
        """Raise if the answer is empty or longer than the limit, in characters as both databases count them."""
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

    def __init__(
        self, *args: Any, max_length: int = 10_000, rows: int = 5, one_a_line: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, max_length=max_length, **kwargs)
        self.widget.attrs["rows"] = rows
        self.one_a_line = one_a_line  # Word's breaks within a cell part no two of them

    def to_python(self, value: Any) -> str:
        """The answer with its lines."""
        return super().to_python(re.sub("[\x0b\x0c]", " ", str(value)) if self.one_a_line and value else value)


class EmailField(Asked, forms.EmailField):
    """An email address of at most `max_length` characters, which again the page does not tell the browser."""

    default_error_messages = {"invalid": "Enter an email address in the correct format, like name@example.com"}

    def __init__(
        self, *args: Any, required_message: str = "Enter an email address", max_length: int = 254, **kwargs: Any
    ) -> None:
        super().__init__(*args, required_message=required_message, max_length=None, **kwargs)
        self.limit = max_length
        self.widget.attrs.setdefault("spellcheck", "false")

    def run_validators(self, value: Any) -> None:
        """Raise one error: the address is too long, or else it is no address."""
        if value and len(value) > self.limit:
            raise ValidationError(
                f"Email address must be {self.limit:,} characters or fewer. It has {len(value):,}.", code="max_length"
            )
        super().run_validators(value)


class NumberField(Asked, forms.IntegerField):
    """A whole number. Errors name it by `what`: "Number of members must be a whole number"."""

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
