"""What is wrong with the layout of a step's form: a question that a slip of the pen leaves unasked would be missed by
nobody, as its page looks whole.

    for what, cure in layout_faults(OfferMeetingForm): ...     # when the product starts: what the class declares
    for what, cure in layout_faults(attempt.form): ...         # in tests: what was made for a case
"""

from collections.abc import Iterator
from typing import Any

from django import forms

from panel.casework.step_form import StepForm, names_in
from panel.forms.layout import Reveal, reveals_within

# What every step may ask besides; a form may put it into its own layout.
COMMON = {
    "parts",
    "why",
    "decided_as",
    "decider",
    "evidence",
    "on",
    "late_reason",
    "late_why",
    "documents",
    "classification",
}


def layout_faults(form: StepForm | type[StepForm]) -> Iterator[tuple[str, str]]:
    """(what is wrong, its cure). A class whose questions or whose layout are made for the case is judged by what it
    declares itself; the rest is seen once the form is made, which may leave out what this case need not answer."""
    kind = form if isinstance(form, type) else type(form)
    if made := not isinstance(form, type):
        fields, shape = form.fields, list(form.helper.layout.fields)
    elif kind.shape_of is StepForm.shape_of and kind.shape:
        fields, shape = kind.base_fields, list(kind.shape)
    else:  # all questions in the order declared, or a layout that is made for the case
        return
    whole = made or kind.add_questions is StepForm.add_questions  # all questions are known
    names = list(names_in(shape))
    for name in fields:
        if name not in names and not fields[name].widget.is_hidden and (fields[name].required or not made):
            yield f"question {name!r} is asked nowhere", "Add it to `shape`"
    if whole:
        for name in dict.fromkeys(names):
            if name not in fields and not (name in COMMON and not made):
                yield f"`shape` names {name!r}, which is no question", "Correct it, or declare the question"
    for reveal in reveals_within(shape):
        if reveal.parent in fields:
            yield from _value_faults(kind, reveal, fields[reveal.parent], whole)
        elif whole:
            said = f"Reveal in `shape` hangs under {reveal.parent!r}, which is no question"
            yield said, "Correct it, or declare the question"


def _value_faults(kind: type[StepForm], reveal: Reveal, parent: forms.Field, whole: bool) -> Iterator[tuple[str, str]]:
    """What is wrong with the choice under which questions hang. One that this case does not offer is right where the
    class declares it."""
    value, name = reveal.value, reveal.parent
    if isinstance(parent, forms.BooleanField):
        if value not in (True, "yes"):
            yield f"Reveal in `shape`: {value!r} is no answer of the tick {name!r}", "Write True"
        return
    declared: Any = kind.base_fields.get(name)
    offered = {
        str(choice[0]) for field in (parent, declared) for choice in getattr(field, "choices", None) or () if choice
    }
    if not hasattr(parent, "choices"):
        yield (
            f"Reveal in `shape` hangs under {name!r}, which has no choices",
            "Let it hang under radios, checkboxes or a tick",
        )
    elif str(value) not in offered and (whole or offered):
        yield f"Reveal in `shape`: {value!r} is no choice of {name!r}", f"Its choices are {', '.join(sorted(offered))}"
