"""What counts as an answer: No does, and so does a list of boxes of which none is ticked. What was left empty does not,
and neither does a question that the other answers have hidden.

    answered(form, "tell_office_holder", False)     # True: it was asked, and answered with No

An entry that keeps every No says so itself (`Entry.keeps_no`), so that "No" and "not asked" are two things on the record.
Of an entry made before that, nobody can know which of the two an absent answer was: it reads "Not kept then".
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from panel.forms.fields import CheckboxesField, TickField, YesNoField
from panel.forms.layout import Reveal

NOT_KEPT = "Not kept then"
NONE_TICKED = "None"


def answered(form: Any, name: str, value: Any) -> bool:
    """Whether a cleaned answer of the form says something."""
    if value is False and name in form.only_yes:
        return False
    if value is False or value == []:
        kind = (YesNoField, TickField) if value is False else CheckboxesField
        return name not in form.unasked and isinstance(form.fields.get(name), kind)
    return value not in (None, "")


def said(value: bool, labels: Mapping[str, Any]) -> str:
    """Yes or No in words: "No" with what its choice adds to it, as in "No, it might prejudice an investigation"."""
    return "Yes" if value else str(labels.get("no", "No"))


def not_kept(form: Any, answers: Mapping[str, Any]) -> Iterator[str]:
    """The questions that were asked by an entry made before every No was kept, and of which it keeps no answer."""
    for name in form.no_was_lost:
        hidden = [r for r in reveals_in(form.shape) if name in r.fields and not r.chosen(answers.get(r.parent))]
        if name not in answers and not hidden:
            yield name


def reveals_in(pieces: Iterable[Any]) -> Iterator[Reveal]:
    """Every Reveal of a declared layout."""
    for piece in pieces:
        if isinstance(piece, Reveal):
            yield piece
        yield from reveals_in(getattr(piece, "fields", ()))
