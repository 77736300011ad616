"""The documents of a case: the list, and the one way in which a document leaves the product."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.defaultfilters import filesizeformat
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from panel.access import papers, rules
from panel.casework.case_context import CaseContext
from panel.casework.entry_words import entry_words
from panel.casework.offers import offer
from panel.documents.store import Missing, opened, words_of
from panel.law import clock
from panel.law.period import day_words
from panel.law.roles import Classification, Role
from panel.pages.base import case_of, in_panel
from panel.pages.case_page import CasePage
from panel.pages.people_names import People
from panel.pages.timeline import by_words
from panel.pages.words import case_url, step_url
from panel.record import access_log

STEP = "add_documents"
COLUMNS = [
    {"words": "Document", "quiet": True},
    {"words": "Kind"},
    {"words": "Size", "nowrap": True},
    {"words": "Added", "nowrap": True},
    {"words": "With"},
]

DRAWN = ("application/pdf", "image/jpeg", "image/png")  # of which previews can be drawn

SAVE_ONLY = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@require_safe
@in_panel("case.list")
def documents(request, panel, who, register, reference):
    """The documents that the person may open, by classification, newest first; and the step that adds more."""
    look = CaseContext(case_of(request, who, register, reference), request.user, who)
    found = look.case.documents.order_by("-pk")
    rows = [d for d in found if rules.sees_document(who, look.case_roles, d.classification)]
    entries = {e.pk: e for e in look.entries}
    groups = [
        {"heading": c.words, "columns": COLUMNS, "rows": [row(d, look, register, entries[d.entry_id]) for d in group]}
        for c in Classification
        if (group := [d for d in rows if d.classification == c])
    ]
    context = {"case_page": CasePage(look, "documents"), "groups": groups, "add": add_link(look, register)}
    if register.bundles is not None:
        context["bundles_url"] = reverse("panel:bundles", args=[panel.slug, register, look.case.reference])
        context["bundles"] = sum(papers.opens_bundle(who, b.member) for b in look.case.bundles.select_related("member"))
        context["may_make"] = rules.may(who, "bundle.make")
    if rules.may(who, "case.package"):
        context["package_url"] = reverse("panel:case-package", args=[panel.slug, register, look.case.reference])
    return render(request, "panel/documents.html", context)


def row(document, look, register, entry) -> dict:
    """One document as a row of the table."""
    address = reverse("panel:download", args=[look.panel.slug, register, look.case.reference, document.key])
    return {
        "cells": [
            document.name if document.erased else name_cell(document, address),
            words_of(document.content_type),
            filesizeformat(document.size),
            {"words": day_words(localdate(entry.entered_at)), "note": by_words(entry)},
            {
                "words": entry_words(look, entry),
                "note": "Later taken back." if hasattr(entry, "reversed_by") else f"Entry {entry.number}",
            },
        ]
    }


def name_cell(document, address) -> dict:
    """The name, which saves it, and a preview of what can be drawn."""
    if document.content_type not in DRAWN:
        return {"words": document.name, "url": address}
    links = [{"words": document.name, "url": address}, {"words": "Preview", "url": f"{address}preview/"}]
    return {"links": links}


def add_link(look, register) -> dict | None:
    """The link to the step that adds documents, for whoever can take it now."""
    step = next((s for s in look.procedure.steps if s.key == STEP), None)
    if step is None or offer(look, step).refusal:
        return None
    return {"words": step.label, "url": step_url(look.case, register, step.key)}


@require_safe
@in_panel("case.list")
def download(request, panel, who, register, reference, key):
    """One document, to be saved and never shown: whatever is in it, a browser runs nothing of it here.

    A document that the person may not open answers like one that never existed; one whose file is gone says so (410).
    """
    case = case_of(request, who, register, reference)
    document = get_object_or_404(case.documents, key=key)
    roles = list(case.roles.filter(to_entry=None))
    if document.erased or not rules.sees_document(who, roles, document.classification):
        raise Http404
    access_log.note(request, what=document.pk)
    try:
        file = opened(document)
    except Missing:
        return missing(request, case, register, document)
    if request.method == "HEAD":
        file.close()
        response = HttpResponse(content_type=document.content_type)
        response.headers["Content-Disposition"] = content_disposition_header(True, document.name)
        response.headers["Content-Length"] = str(document.size)
    else:
        response = FileResponse(file, as_attachment=True, filename=document.name, content_type=document.content_type)
    return save_only(response)


def save_only(response):
    """The answer with a file that is saved and never shown: whatever is in it, a browser runs nothing of it here."""
    for header, value in SAVE_ONLY.items():
        response.headers[header] = value
    return response


def missing(request, case, register, document):
    """The page that says that a document's file is gone, and whom to tell."""
    context = {
        "document": document,
        "case": case,
        "monitoring_officer": People(case.panel, clock.today()).who(Role.MONITORING_OFFICER),
        "back": {"url": case_url(case, register, "documents"), "words": "Documents"},
    }
    return render(request, "panel/document_missing.html", context, status=410)


urls = [path("", documents, name="documents"), path("<uuid:key>/", download, name="download")]
