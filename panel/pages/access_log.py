"""Who opened what: on one case, and across the panel."""

from django.db.models import Count, Max, Min, Q
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from panel.access import rules
from panel.casework.case_context import CaseContext
from panel.forms.fields import number_in
from panel.law.period import listed
from panel.models import Case, Document, Opening
from panel.pages.access_log_form import OpeningsForm
from panel.pages.base import case_of, in_panel, page_of
from panel.pages.case_page import CasePage
from panel.pages.tables import capital, table
from panel.pages.words import case_url
from panel.procedure.register import REGISTERS, of_procedure, opened_pages
from panel.templatetags.panel_tags import moment

PAGES = {  # names of addresses in words; any other is its own name
    "case": "Overview", "case-timeline": "Timeline", "case-history": "History", "case-seen": "Who has seen this",
    "case-package": "Whole case as one file",
    "case-letters": "Letters", "sent": "What went out", "sent-file": "What went out, as a file",
    "letter": "Letter", "letter-write": "Letter, being written",
    "letter-contact": "Contact with who complained",
    "letter-words": "Words left out of a copy", "letter-copy": "Copy that goes with a letter",
    "letter-check": "Letter, before it goes", "letter-draft-file": "Letter, before it goes, as a file",
    "bundles": "Bundles", "bundle-new": "New bundle", "bundle-file": "Bundle",
    "preview": "Preview of a document", "preview-picture": "Preview of a document",
    "documents": "Documents", "cases": "List", "home": "Home",
    "journal": "History of the panel", "openings": "Who opened what", "held": "What is held on a person",
    "whole": "Whole register as one file", "interests": "Register of interests", "interests-of": "Interests of a member",
    "interests-file": "Register of interests, as a file",
    "message": "An email of the case",
    "incoming": "An email that came in", "incoming-file": "A file of an email that came in",
    "start": "Start", "choose-panel": "Choice of panel",
}  # fmt: skip


FILTERS = {"q": "words", "show": "open or ended", "sort": "order"}  # names of filters in words; any other is its own


def page_words(name: str) -> str:
    """The name of an address in words."""
    of_register = opened_pages().get(name)
    return of_register.words if of_register else PAGES.get(name) or capital(name.replace("-", " "))


def opened_words(opening, names) -> str:
    """What was opened, in words; `names` are those of documents, {number: name}."""
    page, _, more = opening.page.partition(" ")
    register = of_procedure(opening.case.procedure) if opening.case_id else REGISTERS.get(opening.what)
    if opening.kind == Opening.Kind.MESSAGE and page == "new-case":
        return "An email that came in, while it was logged"
    if page == "download":
        return f"Document: {names.get(opening.what, opening.what)}"
    if page in ("preview", "preview-picture"):
        return f"Preview of document: {names.get(opening.what, opening.what)}"
    if page == "sent-file":
        return f"What went out, as a file ({more})"
    if page == "cases-file":
        names_of = [FILTERS.get(name, name.replace("_", " ")) for name in opening.asked.split()]
        asked = f", filtered by {listed(names_of)}" if names_of else ""
        return f"{register.words if register else 'List'} as a file ({more}){asked}"
    if page == "held":
        return f"All that is held on a person{', as a file' if opening.what == 'file' else ''}"
    if page in ("whole", "interests", "interests-file"):
        return page_words(page)
    if page == "case-parts":
        return f"{capital(register.part_word)}s"
    if page == "case-tab":
        return capital(more)
    if page == "step":
        return f"Step: {register.follows(opening.case.procedure).past_step(more).label}"
    number = f" ({opening.what})" if opening.what else ""
    return page_words(page) + number + (f", {more}" if more else "")


def rows_of(openings, *, with_case: bool) -> list[list]:
    """The openings as cells."""
    numbers = [n for o in openings if o.kind == Opening.Kind.DOCUMENT and (n := number_in(o.what)) is not None]
    names = {str(pk): name for pk, name in Document.objects.filter(pk__in=numbers).values_list("pk", "name")}
    found = []
    for o in openings:
        cells = [
            moment(o.at),
            o.by.name,
            opened_words(o, names),
            page_words(o.came_from) if o.came_from else "Not known",
        ]
        if with_case:
            cell = "None"
            if o.case_id:
                cell = {"words": o.case.reference, "url": case_url(o.case, of_procedure(o.case.procedure))}
            cells.insert(2, cell)
        found.append(cells)
    return found


@require_safe
@in_panel("case.seen")
def case_seen(request, panel, who, register, reference):
    """Everybody who opened the case, with how often; then every opening, newest first."""
    look = CaseContext(case_of(request, who, register, reference), request.user, who)
    rows = Opening.objects.filter(case=look.case)
    people = rows.order_by().values("by__name").annotate(n=Count("pk"), first=Min("at"), last=Max("at"))
    people = people.order_by("-last", "by__name")
    page = page_of(request, rows.select_related("by", "case__panel").order_by("-pk"))
    context = {
        "case_page": CasePage(look, "case-seen"),
        "people": table(
            "Who has seen this", ("Who", "First", "Last", "How often"),
            [[p["by__name"], moment(p["first"]), moment(p["last"]), str(p["n"])] for p in people],
        ),
        "every": table("Every opening", ("When", "Who", "What", "From"), rows_of(page.object_list, with_case=False)),
        "page": page,
        "search_url": f"{reverse('panel:openings', args=[panel.slug])}?case={look.case.reference}"
        if rules.may(who, "journal.openings") else "",
    }  # fmt: skip
    return render(request, "panel/case_seen.html", context)


@require_safe
@in_panel("journal.openings")
def openings(request, panel, who):
    """Who opened which case, document, file or report: newest first, filtered. What the person may not see is not there."""
    form = OpeningsForm(panel, request.GET)
    seen = Q(case=None) | Q(case__in=Case.objects.filter(rules.visible(who)))
    rows = form.narrowed(Opening.objects.filter(seen, panel=panel))
    page = page_of(request, rows.select_related("by", "case__panel").order_by("-pk"))
    columns = ("When", "Who", "Case", "What", "From")
    context = {
        "form": form,
        "page": page,
        "every": table("Who opened what", columns, rows_of(page.object_list, with_case=True)),
        "back": {"url": reverse("panel:journal", args=[panel.slug]), "words": "History"},
    }
    return render(request, "panel/openings.html", context)
