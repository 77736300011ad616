"""Answers shown again before they are taken."""

from panel.casework.answered import NONE_TICKED, answered, said
from panel.casework.step_form import StepForm, names_in
from panel.forms.layout import Fieldset
from panel.law.period import day_words, listed
from panel.pages.words import sentence
from panel.procedure.vocabulary import filled_in

SKIP = {"documents", "classification", "parts", "considered", "who"}


def hidden_answers(post) -> list[dict]:
    """What was posted, as hidden inputs for the page that confirms."""
    skip = {
        "csrfmiddlewaretoken",
        "seen",
        "confirmed",
        "later",
        "change",
        "more",
        "fewer",
        "add_files",
        "similar",
        "once",
    }
    return [{"name": k, "value": v} for k in post if k not in skip for v in post.getlist(k)]


def summary_of(attempt) -> list[dict]:
    """The valid answers as labelled rows, in the order asked; choices by their words, hidden ones left out."""
    form: StepForm = attempt.form
    rows = []
    parts = attempt.form.cleaned_data.get("parts")
    if parts and len(attempt.look.parts) > 1:
        rows.append(
            {
                "name": "parts",
                "label": "Covers",
                "value": sentence(attempt.look.parts_called(sorted(map(int, parts)))),
            }
        )
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name)
        if name in SKIP or not answered(form, name, value):
            continue
        label = str(field.label or name).rstrip("?")
        rows.append({"name": name, "label": form.check_label(name, label), "value": words_for(form, field, value)})
    return rows


def summary_groups(attempt) -> list[dict]:
    """The same rows under the headings under which they were asked: [{heading, rows}], in the page's order."""
    rows = {row["name"]: row for row in summary_of(attempt)}
    groups: list[dict] = []
    for piece in attempt.form.helper.layout.fields:
        heading = piece.context["legend"] if isinstance(piece, Fieldset) else ""
        found = [rows.pop(name) for name in names_in([piece]) if name in rows]
        if found and groups and not heading and not groups[-1]["heading"]:
            groups[-1]["rows"] += found
        elif found:
            groups.append({"heading": heading, "rows": found})
    return groups


def what_follows(look, duties) -> list[str]:
    """Duties that a step would open, as (kind, recipient, day), in lines; one line for all the recipients of a kind."""
    together: dict = {}
    for kind, recipient, due in duties:
        names = together.setdefault((kind.key, due), (kind, due, []))[2]
        if recipient and (name := look.facts.recipient_words(recipient)) not in names:
            names.append(name)
    lines = []
    for kind, due, names in together.values():
        to = listed(names) if names else ""
        words = filled_in(kind.label, to)
        if kind.label.startswith("to "):
            whose = filled_in("{to} ", to or f"the {kind.owner.words}")
            words = f"{whose}{'are' if len(names) > 1 else 'is'} {kind.label}"
        by = f" by {day_words(due)}" if due else ""
        day = f"; {kind.day_note}" if due and kind.day_note else ""
        lines.append(f"{words[:1].upper()}{words[1:]}{by} ({kind.basis.words.lower()}, {kind.provision}{day}).")
    return lines


def words_for(form, field, value) -> str:
    """An answer in words."""
    if hasattr(value, "year"):
        return day_words(value)
    if value == []:
        return NONE_TICKED
    if getattr(field, "names_a_case", False):
        return field.words(value)
    labels = {str(k): str(v) for k, v in getattr(field, "choices", ())}
    if isinstance(value, bool):
        return said(value, labels)
    values = value if isinstance(value, list | tuple) else [value]
    return "\n".join(labels.get(str(getattr(v, "office_holder_id", v)), str(v)) for v in values)
