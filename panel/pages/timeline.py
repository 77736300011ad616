"""What happened on a case, with what was answered, in words."""

from django.urls import reverse

from panel.access import rules
from panel.casework.answered import NONE_TICKED, NOT_KEPT, not_kept, said
from panel.casework.case_context import CaseContext
from panel.law.period import day_words
from panel.law.roles import Role
from panel.pages.words import sentence


def listed_numbers(numbers) -> str:
    """ "1", "1 and 2", "1, 2 and 3"."""
    words = [str(n) for n in numbers]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def parts_words(register, numbers) -> str:
    """ "allegation 2", "candidates 1 and 2"."""
    return f"{register.part_word}{'s' if len(numbers) > 1 else ''} {listed_numbers(numbers)}"


def entry_words(look, e) -> str:
    """A step taken, in words; with the parts it was about, where the case has several."""
    step = look.procedure.past_step(e.step)
    words = step.past_words
    numbers = [m.part.number for m in e.moves.all()]
    if e.step == "reverse" and e.reverses_id:
        undone = next((o for o in look.entries if o.pk == e.reverses_id), None)
        if undone is not None:
            words = f"Taken back: {look.procedure.past_step(undone.step).past_words.lower()}"
    if (
        e.step == "assign"
        and step.form
        and (name := step.form.display_answer("to_whom", e.answers.get("to_whom", 0), look))
    ):
        words = f"{words}: {name}"
    if e.step == "give_notice" and step.form:
        told = step.form.display_answer("duties", e.answers.get("duties", []), look)
        words = told or words
    if numbers and len(look.parts) > 1 and not step.creates:
        words += f", {parts_words(look.register, numbers)}"
    return words


def by_words(e) -> str:
    """Who took it, and for whom: "Priya Nair, for Cllr Margaret Holt"."""
    by = e.by.name if e.by else "the command line"
    if e.decided_by_id and (e.by is None or e.decided_by.user_id != e.by_id):
        return f"{e.decided_by.name}, entered by {by}"
    if e.decided_as in (Role.SUB_PANEL, Role.PANEL):
        return f"{sentence(Role(e.decided_as).words)}, entered by {by}"
    return by


def plain(value) -> str:
    """An answer whose question is asked no more, as it was kept."""
    if isinstance(value, bool):
        return said(value, {})
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def answer_words(form, name, value, look) -> str:
    """A kept answer in words."""
    if value == []:
        return NONE_TICKED
    return form.display_answer(name, value, look) if form else plain(value)


def answers_of(look, e) -> list[dict]:
    """The answers kept in an entry, as labelled rows; of an older entry, which answers were not kept then."""
    form = look.procedure.past_step(e.step).form
    rows = []
    labels = {
        "late_reason": "What made it late",
        "late_why": "Why it was late",
        "evidence": "What shows the decision",
        "duties": "What",
        "subjects": "Whom",
        **(form.labels if form else {}),
    }

    def row(name, words):
        field = form.base_fields.get(name) if form else None
        label = labels.get(name) or str(getattr(field, "label", "") or name.replace("_", " "))
        rows.append({"label": sentence(label).rstrip("?"), "value": words})

    for name, value in e.answers.items():
        if name != "classification":
            row(name, answer_words(form, name, value, look))
    if form and not e.keeps_no and not look.case.erased_on:
        for name in not_kept(form, e.answers):
            row(name, NOT_KEPT)
    if e.why:
        rows.append({"label": "Reasons", "value": e.why})
    return rows


def timeline(look: CaseContext, register, full: bool = False) -> list[dict]:
    """What happened, newest first. `full` adds what was answered and the documents."""
    documents: dict[int, list] = {}
    if full:
        for d in look.case.documents.all():
            if rules.sees_document(look.who, look.case_roles, d.classification):
                documents.setdefault(d.entry_id, []).append(d)
    events = []
    for e in reversed(look.entries):
        event = {
            "words": entry_words(look, e),
            "number": e.number,
            "when": day_words(e.on),
            "who": by_words(e),
            "provision": look.procedure.past_step(e.step).provision,
            "note": "Later taken back." if hasattr(e, "reversed_by") else "",
        }
        if full:
            rows = answers_of(look, e) if look.facts.sees_complainant else []
            event["rows"] = [row for row in rows if row["value"] != event["words"]]  # not what the heading says already
            event["entered"] = e.entered_at
            event["documents"] = [
                {
                    "words": d.name,
                    "url": reverse(
                        "panel:download", args=[look.case.panel.slug, register.slug, look.case.reference, d.key]
                    ),
                }
                for d in documents.get(e.pk, [])
                if not d.erased
            ]
        events.append(event)
    return events
