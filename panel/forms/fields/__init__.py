"""The questions of forms: fields whose errors say how to correct an answer, and which accept typed and replayed
answers.

    received = DateField(label="Date we received it", what="the date we received it", past=True)
    route = RadiosField(label="How should it be handled?", required_message="Select how it should be handled",
                        choices=[HintedChoice("full_panel", "The full Panel deals with it", "Paragraph 16"), ...])

Every field takes `required_message`, the error for an empty answer. The modules that declare steps import this package,
so it imports Django only.
"""

from panel.forms.fields.choices import (
    CheckboxesField,
    HintedChoice,
    PartsField,
    RadiosField,
    SelectField,
    TickField,
    YesNoField,
)
from panel.forms.fields.dates import DateField, DateInput
from panel.forms.fields.files import ManyFilesField, ManyFilesInput
from panel.forms.fields.text import EmailField, LongTextField, NumberField, TextField, number_in, plain

__all__ = [
    "CheckboxesField",
    "DateField",
    "DateInput",
    "EmailField",
    "HintedChoice",
    "LongTextField",
    "ManyFilesField",
    "ManyFilesInput",
    "NumberField",
    "PartsField",
    "RadiosField",
    "SelectField",
    "TextField",
    "TickField",
    "YesNoField",
    "number_in",
    "plain",
]
