"""What the crispy pack in templates/govuk/ needs to draw a field: its kind, its control, its choices, its reveals."""

from __future__ import annotations

from typing import Any

from crispy_forms.utils import render_field
from django import forms, template
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet
from django.utils.safestring import SafeString, mark_safe

from panel.forms.fields import DateInput
from panel.forms.layout import reveals_of

register = template.Library()

KINDS: tuple[tuple[type, str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (DateInput, "date"),
    (forms.CheckboxInput, "tick"),
    (forms.PasswordInput, "password"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
    (forms.FileInput, "file-upload"),
)


@register.filter
def kind(field: forms.BoundField) -> str:
    """What a field is drawn as: checkboxes, radios, date, tick, password, textarea, select, file-upload or input."""
    return next((word for widget, word in KINDS if isinstance(field.field.widget, widget)), "input")


@register.simple_tag
def control(field: forms.BoundField, extra: str = "", error: bool = True) -> SafeString:
    """The field's own control with GOV.UK's classes, in red if it has an error."""
    widget = field.field.widget
    base = kind(field)
    base = f"govuk-{'input' if base == 'password' else base}"
    classes = [base, extra, widget.attrs.get("class", "")]
    if error and field.errors:
        classes.append(f"{base}--error")
    widget.attrs.pop("placeholder", None)  # a label says it, and stays when the box is filled
    return field.as_widget(attrs={"class": " ".join(c for c in classes if c)})


@register.simple_tag
def choices_of(field: forms.BoundField) -> list[dict]:
    """Each choice of radios or checkboxes: id, name, value, label, hint, selected, disabled."""
    hint_for = getattr(field.field, "hint_for", lambda value: "")
    return [
        {
            "id": item.id_for_label,
            "name": item.data["name"],
            "value": item.data["value"],
            "label": item.choice_label,
            "hint": hint_for(item.data["value"]),
            "selected": item.data["selected"],
            "disabled": item.data["attrs"].get("disabled", False),
        }
        for item in field
    ]


@register.simple_tag(takes_context=True)
def revealed(context: template.Context, field: forms.BoundField, value: Any) -> SafeString:
    """What hangs under one choice of a field, drawn; nothing if nothing does."""
    pieces = [
        piece
        for reveal in reveals_of(field.form)
        if reveal.parent == field.name and str(reveal.value) == str(value)
        for piece in reveal.fields
    ]
    inner = {**context.flatten(), "question": {}, "label_size": ""}  # render_field leaves its own things behind
    drawn = [render_field(piece, field.form, template.Context(inner)) for piece in pieces]
    return mark_safe("".join(drawn))  # noqa: S308


@register.filter
def source(field: forms.BoundField) -> str:
    """Where the answer was found, while it is still as it was found; that it was not, where that is worth saying."""
    answer, where = getattr(field.form, "sources", {}).get(field.name, ("", ""))
    if answer:
        value = field.value()
        try:
            value = field.field.to_python(value) if isinstance(field.field.widget, DateInput) else value
        except ValidationError:
            return ""
        said = value[0] if isinstance(value, list) and len(value) == 1 else value
        return where if str(said or "").replace("\r\n", "\n").strip() == answer.strip() else ""
    missing = field.name in getattr(field.form, "sources_missing", ()) and not field.value()
    return "Not found in the email. You can log it without." if missing else ""


@register.filter
def why_refused(field: forms.BoundField) -> list[dict]:
    """Under which provision the answer was refused, and what to do first, with a link where that is a step: [{provision,
    first, url}]. Empty for an answer that is only missing or mistyped."""
    found = getattr(field.form, "refused", {}).get(field.name, ())
    case = field.form.attempt.case if found else None
    return [
        {"provision": r.provision, "first": r.remedy, "url": case.step_url(r.first) if r.first and case.pk else ""}
        for r in found
    ]


@register.simple_tag(takes_context=True)
def error_lines(context: template.Context) -> list[dict]:
    """What is wrong on the page, of its `form`, its `forms` and its `error_list`, each of which it may lack."""
    return lines_of(*(context.get(name) for name in ("form", "forms", "error_list")))


def lines_of(*forms_: Any) -> list[dict]:
    """Every error of the forms and formsets given, in their order, with the id of the control it is about; and sentences."""
    lines = []
    for form in forms_:
        if isinstance(form, BaseFormSet):
            lines += [{"words": words, "target": ""} for words in form.non_form_errors()] if form.is_bound else []
            lines += lines_of(*form.forms)
        elif isinstance(form, forms.BaseForm) and form.is_bound:
            lines += [{"words": words, "target": ""} for words in form.non_field_errors()]
            lines += [
                {"words": words, "target": target_of(form[name])}
                for name in in_order(form)
                for words in form.errors.get(name, ())
            ]
        elif isinstance(form, (list, tuple)):
            lines += lines_of(*form)
        elif isinstance(form, dict):  # what a page found wrong besides: a sentence, and where it leads
            lines.append(form)
        elif isinstance(form, str) and form:
            lines.append({"words": form, "target": ""})
    return lines


def in_order(form: forms.BaseForm) -> list[str]:
    """The names of a form's fields as the page asks them: in the order of its layout, then the others."""
    layout = getattr(getattr(form, "helper", None), "layout", None)
    asked = [pointer.name for pointer in layout.get_field_names()] if layout else []
    return list(dict.fromkeys([name for name in asked if name in form.fields] + list(form.fields)))


def target_of(field: forms.BoundField) -> str:
    """The id of the control that an error about this field should lead to: its first choice, or the part at fault."""
    widget = field.field.widget
    if widget.is_hidden:
        return ""
    if isinstance(widget, DateInput):
        first = next((i for i, name in enumerate(("day", "month", "year")) if name in widget.wrong), 0)
        return f"{field.auto_id}_{first}"
    return f"{field.auto_id}_0" if widget.use_fieldset else field.id_for_label
