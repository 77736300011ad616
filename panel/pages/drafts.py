"""What somebody kept and has not entered: listed on their home page, gone on with, thrown away."""

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.http import require_http_methods

from panel.access import rules
from panel.casework.drafts import as_query, cleaned, finished
from panel.models import Case, Draft
from panel.pages.base import in_panel
from panel.pages.words import step_url
from panel.procedure.register import REGISTERS
from panel.record import once


def drafts_kept(request, panel):
    """The person's drafts in this panel, with links back."""
    seen = Q(case=None) | Exists(Case.objects.filter(rules.visible(request.who), pk=OuterRef("case")))
    rows = Draft.objects.filter(seen, user=request.user, panel=panel).select_related("case__panel")
    return [draft_of_page(d) if d.address else draft_of_step(d, panel) for d in rows]


def draft_of_page(d):
    """A draft of a page that is no step, as a row."""
    words = f"{page_words(d.address)}: {d.case.reference}" if d.case_id else page_words(d.address)
    return {
        "new": False, "words": words, "url": d.address, "when": d.saved_at,
        "drop": reverse("drop-draft", args=[d.pk]),
    }  # fmt: skip


def page_words(address) -> str:
    """What the page at that address is for."""
    try:
        return getattr(resolve(address.partition("?")[0]).func, "kept", "") or address
    except Resolver404:  # a page of an earlier release
        return address


def draft_of_step(d, panel):
    """A draft of a step, as a row; of a case that is to be made with its number and its title."""
    register = register_of_draft(d)
    procedure = procedure_of_draft(d, register)
    words = procedure.past_step(d.step).label
    title = " ".join((d.answers.get("title") or [""])[0].split())[:80]
    if d.case_id:
        words = f"{words}: {d.case.reference}"
    elif d.number:
        words = f"{words}, draft {d.number}{f': {title}' if title else ''}"
    return {
        "new": d.case_id is None,
        "words": words,
        "url": draft_url(d, panel, register, procedure) if procedure.has_step(d.step) else "",
        "when": d.saved_at,
        "drop": reverse("panel:drop-draft", args=[panel.slug, register.slug, d.pk]),
    }


def draft_url(d, panel, register, procedure) -> str:
    """Where it is gone on with."""
    if d.case_id:
        return step_url(d.case, register, d.step)
    query = QueryDict(mutable=True)
    if procedure is not register.procedure or register.choices:
        query["under"] = procedure.key
    query["draft"] = d.pk
    return f"{reverse('panel:new-case', args=[panel.slug, register.slug, d.step])}?{query.urlencode()}"


def begun(request, panel, register, key, but=None):
    """The cases that the person has begun and not entered, but the one on the page: links to each."""
    rows = Draft.objects.filter(user=request.user, panel=panel, case=None, step=key, address="")
    return [draft_of_step(d, panel) for d in rows.exclude(pk=but.pk if but else None)[:10]]


def gone_on_with(request, rows):
    """The draft of a form, if there is one, whose key the page takes on: it is the same form still."""
    draft = rows.first()
    if draft is None:
        return None
    if not draft.key and draft.case_id is None:  # kept before forms had keys
        draft.key = once.new_key()
        Draft.objects.filter(pk=draft.pk).update(key=draft.key)
    request.form_key = draft.key
    return draft


def typed(request, address=""):
    """What a page's form is given: what is posted, or else what the person typed there before and did not enter. None: what
    is on record."""
    if request.method == "POST":
        return cleaned(request.POST)
    rows = Draft.objects.filter(user=request.user, address=(address or request.get_full_path())[:400])
    request.kept_draft = gone_on_with(request, rows)
    return as_query(request.kept_draft.answers) if request.kept_draft else None


def saved(request):
    """What was sent is saved, by no act of the record: what was kept of that form is over."""
    press = getattr(request, "press", None)
    finished(request.user, press.key if press else "")


def procedure_of_draft(draft, register):
    """The procedure that a draft's step belongs to."""
    under = (draft.answers.get("under") or [""])[0]
    wanted = under if draft.case_id is None else draft.case.procedure
    return next((p for p in register.procedures if p.key == wanted), register.procedure)


def register_of_draft(draft):
    """The register that a draft belongs to, also one of a step that is taken no more."""
    for register in REGISTERS.values():
        if draft.case_id:
            if any(p.key == draft.case.procedure for p in register.procedures):
                return register
        elif any(s.key == draft.step and s.creates == "case" for s in register.procedure.steps):
            return register
    retired = (r for r in REGISTERS.values() if any(s.key == draft.step for s in r.procedure.retired_steps))
    return next(retired, next(iter(REGISTERS.values())))  # of a step that nobody knows: any will do to throw it away


@require_http_methods(["POST"])
@in_panel("case.list")
def drop_draft(request, panel, who, register, pk):
    """Delete one's own draft."""
    Draft.objects.filter(user=request.user, panel=panel, pk=pk).delete()
    messages.success(request, "The draft is gone.")
    return redirect("panel:home", panel.slug)


@require_http_methods(["POST"])
def drop_page_draft(request, pk):
    """Delete one's own draft of a page that is no step, and open the page as it is on record."""
    draft = Draft.objects.filter(user=request.user, pk=pk).exclude(address="").first()
    if draft is None:
        return redirect("start")
    draft.delete()
    messages.success(request, "The draft is gone.")
    return redirect(draft.address)
