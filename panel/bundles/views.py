"""The pages of bundles: what was made for whom, a new one, and its files; and previews of documents."""

import shutil
import tempfile
import zipfile

from django.contrib import messages
from django.core.files.base import File
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from panel.access import papers, rules
from panel.bundles import make
from panel.bundles.forms import BundleForm
from panel.casework.case_context import CaseContext
from panel.documents.apart import MOST_DRAWN, TooCostly, apart
from panel.documents.store import Missing, opened
from panel.files import pdf
from panel.law.period import plural
from panel.models import Bundle
from panel.pages.base import case_of, in_panel
from panel.pages.case_page import CasePage
from panel.pages.documents import missing, save_only
from panel.pages.drafts import typed
from panel.pages.tables import table
from panel.pages.words import case_url
from panel.record import access_log
from panel.templatetags.panel_tags import moment


def of_case(look):
    """The bundles of the case that this person may open, the latest first."""
    rows = look.case.bundles.select_related("member__user", "by")
    return [row for row in rows if papers.opens_bundle(look.who, row.member)]


@require_safe
@in_panel("case.list")
def bundles(request, panel, who, register, reference):
    """The bundles that were made, and for whom."""
    look = CaseContext(case_of(request, who, register, reference), request.user, who)
    rows = [row_of(look, register, row) for row in of_case(look)]
    may = register.bundles is not None and rules.may(who, "bundle.make") and not look.case.erased_on
    context = {
        "case_page": CasePage(look, "documents"),
        "bundles": table("Bundles", ("For whom", "Asked for", "Pages", "Files"), rows),
        "new_url": reverse("panel:bundle-new", args=[panel.slug, register.slug, reference]) if may else "",
        "missing": "" if pdf.can_be_made() else pdf.MISSING,
    }
    return render(request, "bundles/list.html", context)


def row_of(look, register, row) -> list:
    """A bundle as cells."""
    words = {a.key: a.words for a in register.bundles.audiences(look)} if register.bundles else {}
    for_whom = words.get(row.audience, row.audience.replace("_", " "))
    copy = f", copy {row.copy} of {row.copies}" if row.copies > 1 else ""
    reader = f"{row.member.name}{copy}" if row.member else ""
    args = [look.panel.slug, register.slug, look.case.reference, row.key]
    files: object = row.get_state_display()
    if row.erased:
        files = "Erased"
    elif row.state == Bundle.State.FAILED:
        files = {"words": row.get_state_display(), "note": row.trouble}
    elif row.state == Bundle.State.READY:
        files = {"links": [{"words": "PDF", "url": reverse("panel:bundle-file", args=[*args, "pdf"])},
                           {"words": "ZIP", "url": reverse("panel:bundle-file", args=[*args, "zip"])}]}  # fmt: skip
    named = "" if row.named else "The complainant is not named"
    return [
        {"words": for_whom[:1].upper() + for_whom[1:], "note": ". ".join(filter(None, (reader, named)))},
        {"words": moment(row.asked_at), "note": row.by.name},
        str(row.pages or ""),
        files,
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("bundle.make", kept="Make a bundle")
def new_bundle(request, panel, who, register, reference):
    """Ask for a bundle: a small one is made at once, a large one waits on the case."""
    case = case_of(request, who, register, reference)
    if register.bundles is None or case.erased_on:
        raise Http404
    look = CaseContext(case, request.user, who)
    form = BundleForm(look, typed(request))
    listed = reverse("panel:bundles", args=[panel.slug, register.slug, reference])
    if request.method == "POST" and pdf.can_be_made() and form.is_valid():
        wanted = form.cleaned_data["wanted"]
        rows = make.ask(look, wanted, by=request.user)
        if make.large(wanted.documents):
            for row in rows:
                make.make_apart(row)
            messages.info(request, f"{plural(len(rows), 'bundle')} being made. Come back to this page for the files.")
        else:
            made = make.make_all(rows)
            ready = [row for row in made if row.state == Bundle.State.READY]
            if len(ready) == len(made):
                messages.success(request, f"{plural(len(made), 'bundle')} made.")
            else:
                messages.error(request, f"{len(made) - len(ready)} of {plural(len(made), 'bundle')} could not be made.")
        return redirect(listed)
    context = {"form": form, "case": case, "back": {"url": listed, "words": "Bundles"},
               "missing": "" if pdf.can_be_made() else pdf.MISSING}  # fmt: skip
    return render(request, "bundles/new.html", context, status=422 if request.method == "POST" and form.errors else 200)


@require_safe
@in_panel("case.list")
def bundle_file(request, panel, who, register, reference, key, kind):
    """The PDF or the ZIP of a bundle, to be saved. One that the person may not open answers like one that never was."""
    case = case_of(request, who, register, reference)
    row = get_object_or_404(case.bundles.select_related("member__user"), key=key)
    if (
        kind not in ("pdf", "zip")
        or row.erased
        or row.state != Bundle.State.READY
        or not papers.opens_bundle(who, row.member)
    ):
        raise Http404
    access_log.note(request, what=row.pk)
    try:
        file = opened(row)
    except Missing:
        return missing(request, case, register, row)
    name, content_type = row.name, "application/zip"
    if kind == "pdf":
        name, content_type = f"{row.name.removesuffix('.zip')}.pdf", pdf.PDF
        whole = tempfile.SpooledTemporaryFile(max_size=2**20)  # noqa: SIM115 - the response closes it
        with file, zipfile.ZipFile(file) as packed, packed.open("bundle.pdf") as source:
            shutil.copyfileobj(source, whole)
        whole.seek(0)
        file = File(whole)
    response = FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
    return save_only(response)


@require_safe
@in_panel("case.list")
def preview(request, panel, who, register, reference, key):
    """What a document looks like: its first pages as a picture, drawn in a process apart. The file itself is not sent."""
    case = case_of(request, who, register, reference)
    document = get_object_or_404(case.documents, key=key)
    roles = list(case.roles.filter(to_entry=None))
    if document.erased or not rules.sees_document(who, roles, document.classification):
        raise Http404
    access_log.note(request, what=document.pk)
    args = [panel.slug, register.slug, reference, key]
    context = {
        "document": document, "back": {"url": case_url(case, register, "documents"), "words": "Documents"},
        "picture": reverse("panel:preview-picture", args=args), "download": reverse("panel:download", args=args),
        "shown": document.content_type in make.PRINTED,
    }  # fmt: skip
    return render(request, "bundles/preview.html", context)


@require_safe
@in_panel("case.list")
def preview_picture(request, panel, who, register, reference, key):
    """The picture of a preview. 404 for what cannot be drawn."""
    case = case_of(request, who, register, reference)
    document = get_object_or_404(case.documents, key=key)
    roles = list(case.roles.filter(to_entry=None))
    seen = rules.sees_document(who, roles, document.classification)
    if document.erased or not seen or document.content_type not in make.PRINTED:
        raise Http404
    access_log.note(request, what=document.pk)
    try:
        with opened(document) as file:
            found = apart(
                "panel.documents.drawing:preview", file.read(), most_answered=MOST_DRAWN, most_bytes=make.MEMORY
            )
    except (Missing, TooCostly):
        raise Http404 from None
    if not isinstance(found, bytes):
        raise Http404
    response = HttpResponse(found, content_type="image/png")
    return save_only(response)


urls = [
    path("bundles/", bundles, name="bundles"),
    path("bundles/new/", new_bundle, name="bundle-new"),
    path("bundles/<uuid:key>.<str:kind>", bundle_file, name="bundle-file"),
    path("documents/<uuid:key>/preview/", preview, name="preview"),
    path("documents/<uuid:key>/preview.png", preview_picture, name="preview-picture"),
]
