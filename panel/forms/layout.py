"""What a form's page is made of, beside its fields. A form declares it; the template says `{% crispy form %}`.

    self.helper = FormHelper()
    self.helper.layout = Layout(
        Fieldset("Who is complaining",
            "who",
            Reveal("who", "named", "name", "email"),      # under the choice "named" of the field "who"
        ),
        Question("route", size="m", small_hints=True),
        Buttons("Record the referral"),                    # with a link to `cancel_url`, if the page has one
    )

`helper.label_size = "s"` makes every question bold; `helper.form_show_optional = False` leaves out "(optional)".
A form that reveals questions is also `Revealing`: it then ignores what belongs to a choice that was not made.
The modules that declare steps import this one, so it imports Django and crispy only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from crispy_forms.layout import Layout, LayoutObject
from crispy_forms.utils import TEMPLATE_PACK, render_field
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

__all__ = [
    "Buttons",
    "Columns",
    "Component",
    "Fieldset",
    "Heading",
    "Layout",
    "Only",
    "Question",
    "Reveal",
    "Revealing",
    "reveals_of",
    "reveals_within",
]


class LayoutPiece(LayoutObject):
    """A piece of a form with fields or other pieces in it, rendered by `template`."""

    template = ""

    def __init__(self, *fields: Any, **context: Any) -> None:
        self.fields = list(fields)
        self.context = context

    def render(self, form: Any, context: Any, template_pack: Any = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        """The piece as HTML."""
        inner = self.get_rendered_fields(form, context, template_pack, **kwargs)
        return render_to_string(self.template, {**self.context, "inner": inner})


class Fieldset(LayoutPiece):
    """Questions under one heading, which is their legend. Sizes are those of GOV.UK headings: s, m, l."""

    template = "govuk/layout/fieldset.html"

    def __init__(self, legend: str, *fields: Any, size: str = "m", hint: str = "") -> None:
        super().__init__(*fields, legend=legend, size=size, hint=hint)


class Columns(LayoutPiece):
    """Questions beside each other where there is room, such as two dates."""

    template = "govuk/layout/columns.html"


class Folded(LayoutPiece):
    """Questions that are folded away under these words until somebody opens them, one of them has an error, or the form
    names it in `opened`."""

    template = "govuk/layout/folded.html"

    def __init__(self, words: str, *fields: Any) -> None:
        super().__init__(*fields, words=words)

    def render(self, form: Any, context: Any, template_pack: Any = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        """The questions, open where that is so."""
        opened = (*form.errors, *getattr(form, "opened", ()))
        self.context["open"] = any(name in opened for name in self.fields)
        return super().render(form, context, template_pack, **kwargs)


class Only(LayoutPiece):
    """Questions that the styles show only with certain answers elsewhere in the form: `kind` names the rule there."""

    template = "govuk/layout/only.html"

    def __init__(self, kind: str, *fields: Any) -> None:
        super().__init__(*fields, kind=kind)


class Heading(LayoutPiece):
    """A heading between questions."""

    template = "govuk/layout/heading.html"

    def __init__(self, words: str, *, size: str = "m", level: int = 2) -> None:
        super().__init__(words=words, size=size, level=level)


class Component(LayoutPiece):
    """Any of `templates/components/`, with its arguments: `Component("will_follow", items=[...])`."""

    def __init__(self, name: str, **context: Any) -> None:
        super().__init__(**context)
        self.template = f"components/{name}.html"


class Question(LayoutPiece):
    """One field with other looks than the form's own.

    `size` of its label or legend (s, m, l; "" for plain), `inline` choices, `small_hints` for choices with a long
    line each, `hide_label` where a heading just above says it, `label` to replace the field's.
    """

    def __init__(
        self,
        field: str,
        *,
        size: str | None = None,
        inline: bool = False,
        small_hints: bool = False,
        hide_label: bool = False,
        label: str = "",
    ) -> None:
        super().__init__(field)
        self.looks = {"inline": inline, "small_hints": small_hints, "hide_label": hide_label, "label": label}
        if size is not None:
            self.looks["size"] = size or "plain"

    def render(self, form: Any, context: Any, template_pack: Any = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        """The field as HTML."""
        return render_field(
            self.fields[0], form, context, template_pack=template_pack, extra_context={"question": self.looks}, **kwargs
        )


class Reveal(LayoutPiece):
    """Questions that belong to one choice of another: they hang under it and show once it is chosen.

    Stands anywhere in the layout; its parent draws it. The parent is a field of radios or checkboxes with this
    `value`, or a single tick with the value True.
    """

    def __init__(self, parent: str, value: Any, *fields: Any) -> None:
        super().__init__(*fields)
        self.parent, self.value = parent, value

    def render(self, form: Any, context: Any, template_pack: Any = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        """Nothing here: the field template draws it under its choice."""
        return mark_safe("")  # noqa: S308

    def chosen(self, answer: Any) -> bool:
        """Whether a cleaned answer of the parent includes this choice."""
        if isinstance(answer, bool):
            return answer == (self.value in (True, "yes"))
        values = answer if isinstance(answer, (list, tuple, set)) else [answer]
        return str(self.value) in [str(value) for value in values if value is not None]


class Buttons(LayoutPiece):
    """The button that names the act, and a link that leaves without it.

    `cancel_url` may come from the page's context instead. `other` is a second, grey button, as (words, name, value):
    ("Save and finish later", "later", "1"). `colour` grey for a form that is not what this page is for.
    """

    template = "govuk/layout/buttons.html"

    def __init__(
        self,
        words: str,
        *,
        cancel: str = "Cancel",
        cancel_url: str = "",
        other: tuple[str, str, str] | None = None,
        name: str = "",
        value: str = "",
        colour: str = "green",
    ) -> None:
        super().__init__(words=words, cancel=cancel, other=other, name=name, value=value, colour=colour)
        self.cancel_url = cancel_url

    def render(self, form: Any, context: Any, template_pack: Any = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        """The buttons as HTML."""
        cancel_url = self.cancel_url or context.get("cancel_url", "")
        return render_to_string(self.template, {**self.context, "cancel_url": cancel_url})


def reveals_within(pieces: Iterable[Any]) -> Iterator[Reveal]:
    """Every Reveal in a layout, outer ones before those inside them."""
    for piece in pieces:
        if isinstance(piece, Reveal):
            yield piece
        yield from reveals_within(getattr(piece, "fields", ()))


def reveals_of(form: Any) -> Iterator[Reveal]:
    """Every Reveal in the layout of a form's helper, outer ones before those inside them."""
    layout = getattr(getattr(form, "helper", None), "layout", None)
    return reveals_within(layout.fields if layout else ())


class Revealing:
    """A form that asks some questions only under one choice of another, as its layout's Reveals say.

    Such a question may be required: it is, once its choice is made. Otherwise its answer is empty and its errors
    are dropped, whatever was sent. Stands before forms.Form; the helper must exist before the form is cleaned.
    `unasked` holds the names of the questions that the answers have hidden: none of them was answered with No.
    """

    unasked: set[str]

    def not_asked(self, *names: str) -> None:
        """Forget whatever was sent for these questions: the other answers have hidden them."""
        for name in names:
            self._errors.pop(name, None)  # type: ignore[attr-defined]
            self.cleaned_data[name] = self.fields[name].to_python(None)  # type: ignore[attr-defined]
            self.unasked.add(name)

    def _clean_fields(self) -> None:
        self.unasked = set()
        super()._clean_fields()  # type: ignore[misc]
        for reveal in reveals_of(self):
            if reveal.chosen(self.cleaned_data.get(reveal.parent)):
                continue
            self.not_asked(*(pointer.name for pointer in reveal.get_field_names()))
