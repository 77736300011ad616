"""What happened on a case, with what was answered, in words."""

from django.urls import reverse

from panel.access import rules
from panel.casework.answered import NONE_TICKED, NOT_KEPT, not_kept, said
from panel.casework.case_context import CaseContext
from panel.casework.decided import ASKED_LABELS
from panel.casework.entry_words import entry_words
from panel.law.period import day_words
from panel.law.roles import Role
from panel.pages.words import sentence


def by_words(entry) -> str:
    """Who took it, and for whom: "Priya Nair, for Cllr Margaret Holt"."""
    by = entry.by_words or "the command line"
    if entry.decided_by_id and (entry.by is None or entry.decided_by.user_id != entry.by_id):
        return f"{entry.decided_by.name}, entered by {by}"
    if entry.decided_as in (Role.SUB_PANEL, Role.PANEL, Role.MONITORING_OFFICER) and not own_decision(entry):
        return f"{sentence(Role(entry.decided_as).words)}, entered by {by}"
    return by


def own_decision(entry) -> bool:
    """Whether whoever entered it decided as Monitoring Officer, and typed up nobody's decision: such an entry keeps no
    word of what shows the decision."""
    return entry.decided_as == Role.MONITORING_OFFICER and "evidence" not in entry.answers


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


def answers_of(look, entry) -> list[dict]:
    """The answers kept in an entry, as labelled rows; of an older entry, which answers were not kept then."""
    form = look.procedure.past_step(entry.step).form
    rows = []
    labels = {
        "late_reason": "What made it late",
        "late_why": "Why it was late",
        "evidence": "What shows the decision",
        "duties": "What",
        "subjects": "Whom",
        **ASKED_LABELS,
        **(form.labels if form else {}),
    }

    def row(name, words):
        field = form.base_fields.get(name) if form else None
        own = form.display_label(name, look) if form else ""
        label = own or labels.get(name) or str(getattr(field, "label", "") or name.replace("_", " "))
        rows.append({"label": sentence(label).rstrip("?"), "value": words})

    for name, value in entry.answers.items():
        if name != "classification" and not (value is False and form and name in form.only_yes):
            row(name, answer_words(form, name, value, look))
    if form and not entry.keeps_no and not look.case.erased_on:
        for name in not_kept(form, entry.answers):
            row(name, NOT_KEPT)
    if entry.why:
        rows.append({"label": "Reasons", "value": entry.why})
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
            "provision": look.procedure.past_step(e.step).at(look.stood(e)).provision,
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
