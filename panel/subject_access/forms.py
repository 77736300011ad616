"""The question which person to search for."""

import re

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError

from panel.forms.fields import LongTextField, TextField
from panel.forms.layout import Buttons

FEWEST_CHARACTERS = 3  # of a term
MOST_OTHER_TERMS = 20


def enough(text) -> bool:
    """Whether a term is long enough to search for."""
    return len(re.sub(r"[\W_]", "", text)) >= FEWEST_CHARACTERS


class PersonForm(forms.Form):
    """A name, and other names, addresses and numbers of the same person."""

    name = TextField(
        label="Full name",
        max_length=150,
        required_message="Enter a name",
        help_text="With or without “Cllr” or “Mrs”. Capital letters do not matter, accents do.",
    )
    others = LongTextField(
        label="Other names, e-mail addresses or telephone numbers",
        required=False,
        rows=4,
        max_length=2000,
        what="What you enter here",
        help_text="One a line: a former name, another spelling, the short name by which letters call them.",
    )

    def __init__(self, data=None):
        super().__init__(data, use_required_attribute=False)
        self.helper = FormHelper(self)
        self.helper.label_size = "s"
        self.helper.layout = Layout("name", "others", Buttons("Look for it"))

    def clean_name(self):
        """The name, if it is long enough to mean somebody."""
        name = self.cleaned_data["name"]
        if not enough(name):
            raise ValidationError(f"Name must have at least {FEWEST_CHARACTERS} letters or digits")
        return name

    def clean_others(self):
        """One term a line, each long enough; empty lines are dropped."""
        lines = [line.strip() for line in self.cleaned_data["others"].splitlines() if line.strip()]
        if len(lines) > MOST_OTHER_TERMS:
            raise ValidationError(f"Enter at most {MOST_OTHER_TERMS} lines. There are {len(lines)}")
        if short := next((line for line in lines if not enough(line)), ""):
            raise ValidationError(f"“{short}” must have at least {FEWEST_CHARACTERS} letters or digits")
        return "\n".join(lines)

    @property
    def terms(self) -> list[str]:
        """Every term of the search."""
        return [self.cleaned_data["name"], *self.cleaned_data["others"].splitlines()]
