"""The questions of a form in the panel's own words: labels, hints, choices and errors that the product has written. Lists of
people and cases are left as they are."""

from typing import Any

from panel.forms.fields import CheckboxesField, HintedChoice, RadiosField, SelectField
from panel.law.spoken import say, spoken


def speak(form: Any) -> None:
    """Say the form's questions in the words that are used now."""
    if spoken() is None:
        return
    for name, field in form.fields.items():
        field.label = say(str(field.label)) if field.label else field.label
        field.help_text = say(str(field.help_text))
        field.error_messages = {key: say(str(words)) for key, words in field.error_messages.items()}
        if hasattr(field, "hint") and isinstance(field.hint, str):
            field.hint = say(field.hint)
        declared = getattr(form.base_fields.get(name), "given", ())  # not people, nor cases
        if (
            isinstance(field, RadiosField | CheckboxesField | SelectField)
            and not callable(field.given)
            and ((declared and not callable(declared)) or isinstance(field, RadiosField))
        ):
            field.choices = [said_choice(choice) for choice in field.given]
    layout = getattr(getattr(form, "helper", None), "layout", None)
    speak_pieces(layout.fields if layout else ())


def said_choice(choice: Any) -> HintedChoice:
    """A choice in these words."""
    value, label, *hint = choice
    return HintedChoice(value, say(str(label)), say(str(hint[0])) if hint else "")


def speak_pieces(pieces: Any) -> None:
    """Headings, hints and buttons of a layout."""
    for piece in pieces:
        context = getattr(piece, "context", {})
        for name in ("legend", "hint", "words"):
            if isinstance(context.get(name), str):
                context[name] = say(context[name])
        speak_pieces(getattr(piece, "fields", ()) if not isinstance(piece, str) else ())
