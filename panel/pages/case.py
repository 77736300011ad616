"""A case's own pages."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from panel.casework.case_context import CaseContext
from panel.models import Draft
from panel.pages.base import case_of, in_panel
from panel.pages.case_page import CasePage
from panel.pages.drafts import page_words
from panel.pages.timeline import timeline
from panel.pages.words import step_url


def look_at(request, who, register, reference) -> CaseContext:
    """The case as the person sees it, or the 403 of a declared interest."""
    return CaseContext(case_of(request, who, register, reference), request.user, who)


@require_safe
@in_panel("case.list")
def case(request, panel, who, register, reference):
    """A case's overview."""
    look = look_at(request, who, register, reference)
    drafts = Draft.objects.filter(user=request.user, case=look.case).select_related("case__panel")
    return render(request, register.overview, {"case_page": CasePage(look), "drafts": drafts_of(drafts, register)})


@require_safe
@in_panel("case.list")
def tab(request, panel, who, register, reference, key):
    """A page of a case that its register adds."""
    found = next((t for t in register.tabs if t.key == key), None)
    if found is None:
        raise Http404
    look = look_at(request, who, register, reference)
    return render(request, found.template, {"case_page": CasePage(look, f"tab:{key}")})


def drafts_of(drafts, register):
    """What somebody kept for later, as links back to the step or page."""
    found = []
    for d in drafts:
        if d.address:
            found.append({"words": page_words(d.address), "url": d.address, "when": d.saved_at})
            continue
        procedure = register.follows(d.case.procedure)
        url = step_url(d.case, register, d.step) if procedure.has_step(d.step) else ""
        found.append({"words": procedure.past_step(d.step).label, "url": url, "when": d.saved_at})
    return found


@require_safe
@in_panel("case.list")
def parts(request, panel, who, register, reference):
    """A case's allegations."""
    look = look_at(request, who, register, reference)
    return render(request, "panel/case_parts.html", {"case_page": CasePage(look, "case-parts")})


@require_safe
@in_panel("case.list")
def case_timeline(request, panel, who, register, reference):
    """Everything that happened, with what was answered."""
    look = look_at(request, who, register, reference)
    events = timeline(look, register, full=True)
    return render(request, "panel/case_timeline.html", {"case_page": CasePage(look, "case-timeline"), "events": events})
