"""The letters of a case: what is to be written, what went out, one as it went, and the way from a duty to its letter."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from panel.access import rules
from panel.casework.case_context import CaseContext
from panel.letters import page
from panel.letters.contact import shown as shown_restrictions
from panel.letters.contact import who_complained
from panel.letters.context import about_draft, reminder, to_write
from panel.letters.paper import body
from panel.letters.views import gone, look_at
from panel.models import Letter
from panel.pages.base import in_panel
from panel.pages.case_page import CasePage
from panel.pages.words import case_url


@require_safe
@in_panel("case.list")
def case_letters(request, panel, who, register, reference):
    """The letters of a case: what is to be written, the drafts, and what went out."""
    look = look_at(request, who, register, reference)
    reads, writes = page.may_read(look), rules.may(who, "letter.write") and not look.case.erased_on
    rows = []
    if writes:
        every = look.case.letter_drafts.select_related("saved_by")
        rows = [page.draft_row(look, draft, about_draft(look, draft)) for draft in every]
    went = look.case.letters.select_related("entry", "entry__reversed_by", "message")
    rows += [page.letter_row(look, letter, reads=reads) for letter in went]
    context = {
        "case_page": CasePage(look, "case-letters"),
        "due": page.to_write_rows(look) if writes else [],
        "others": page.other_rows(look) if writes else [],
        "restricted": shown_restrictions(look), "contact_url": contact_url(look) if writes else "",
        "columns": page.COLUMNS, "rows": rows, "writes": writes,
    }  # fmt: skip
    return render(request, "letters/list.html", context)


def contact_url(look: CaseContext) -> str:
    """The page on which contact with who complained is restricted, where somebody did."""
    return case_url(look.case, look.register, "letter-contact") if who_complained(look) is not None else ""


@require_safe
@in_panel("case.list")
def letter(request, panel, who, register, reference, pk):
    """A letter as it went. One that the person may not read answers like one that never was."""
    look = look_at(request, who, register, reference)
    found = get_object_or_404(
        Letter.objects.select_related("entry__by", "word", "pdf", "message"), pk=pk, case=look.case.pk
    )
    if found.erased or not page.may_read(look):
        raise Http404
    kind = look.procedure.letter(found.kind)
    context = {
        "letter": found, "label": kind.label if kind else found.kind.replace("_", " "), "case": look.case,
        "how": page.HOW[found.how], "blocks": body(found.text), "files": files_shown(look, found),
        "met": [look.procedure.duty(d.kind).met_words.replace("{to}", "them") for d in found.entry.closed.all()],
        "back": {"url": case_url(look.case, register, "case-letters"), "words": "Letters"},
    }  # fmt: skip
    return render(request, "letters/letter.html", context)


def files_shown(look: CaseContext, found: Letter) -> list[dict[str, str]]:
    """Links to what went: the letter, and what went with it."""
    return [
        {"words": d.name, "url": page.document_url(look, d)}
        for d in found.entry.documents.order_by("pk")
        if not d.erased
    ]  # fmt: skip


@require_safe
@in_panel("letter.write")
def letter_for(request, panel, who, register, reference, duty):
    """From a duty to the letter that meets it, wherever that is written; to the letters of the case, where none does now."""
    look = look_at(request, who, register, reference)
    found = next((about for about in to_write(look) if any(d.pk == duty for d in about.duties)), None)
    found = found or reminder(look, duty)
    return redirect(page.write_url(found)) if found else gone(request, who, register, reference)
