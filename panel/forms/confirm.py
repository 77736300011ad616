"""Answers shown again before they are taken."""

from panel.clock import day_words
from panel.forms.steps import StepForm

SKIP = {"documents", "classification", "parts", "considered", "who"}


def hidden_answers(post) -> list[dict]:
    """What was posted, as hidden inputs for the page that confirms."""
    skip = {"csrfmiddlewaretoken", "seen", "confirmed", "later", "change", "more", "similar"}
    return [{"name": k, "value": v} for k in post if k not in skip for v in post.getlist(k)]


def summary_of(attempt) -> list[dict]:
    """The valid answers as labelled rows, in the order asked; choices by their words, hidden ones left out."""
    form: StepForm = attempt.form
    rows = []
    parts = attempt.form.cleaned_data.get("parts")
    if parts and len(attempt.look.parts) > 1:
        rows.append(
            {
                "label": "Covers",
                "value": attempt.look.register.part_word.capitalize()
                + ("s " if len(parts) > 1 else " ")
                + " and ".join(parts),
            }
        )
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name)
        if name in SKIP or value in (None, "", [], False):
            continue
        label = str(field.label or name).rstrip("?")
        rows.append({"label": form.check_label(name, label), "value": words_for(form, field, value)})
    return rows


def words_for(form, field, value) -> str:
    """An answer in words."""
    if hasattr(value, "year"):
        return day_words(value)
    if value is True:
        return "Yes"
    labels = {str(k): str(v) for k, v in getattr(field, "choices", ())}
    values = value if isinstance(value, list | tuple) else [value]
    return "\n".join(labels.get(str(getattr(v, "office_holder_id", v)), str(v)) for v in values)
