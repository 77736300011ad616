"""The page on which a letter is written: our draft with the facts of the case beside it."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from panel.casework.case_context import CaseContext
from panel.forms.fields import number_in
from panel.letters import drafts, page
from panel.letters.contact import shown as shown_restrictions
from panel.letters.context import LetterContext, about_draft, find
from panel.letters.forms import DraftForm
from panel.letters.marks import without
from panel.letters.send import checked
from panel.models import LetterDraft
from panel.pages.base import case_of, in_panel
from panel.pages.drafts import saved, typed
from panel.pages.words import case_url

GONE = "That letter is not there to be written any more. What was written of it, and what went, is listed here."


def look_at(request: Any, who: Any, register: Any, reference: str) -> CaseContext:
    """The case as the person sees it. Raises Http404."""
    return CaseContext(case_of(request, who, register, reference), request.user, who)


def letter_of(request: Any, who: Any, register: Any, reference: str, kind: str, entry: str, to: str) -> LetterContext:
    """The letter of that address. Raises Http404."""
    look = look_at(request, who, register, reference)
    recipient = "" if to == page.NOBODY else to
    found = find(look, kind, recipient, int(entry))
    if found is None:
        row = LetterDraft.objects.filter(case=look.case.pk, kind=kind, recipient=recipient, entry=int(entry)).first()
        found = about_draft(look, row) if row is not None else None
    if found is None or look.case.erased_on:
        raise Http404
    return found


def list_url(about: LetterContext) -> str:
    """The letters of the case."""
    return case_url(about.look.case, about.look.register, "case-letters")


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("letter.write", kept="Write a letter")
def write(request, panel, who, register, reference, kind, entry, to):
    """Write a letter: our draft with the facts beside it."""
    try:
        about = letter_of(request, who, register, reference, kind, entry, to)
    except Http404:
        return gone(request, who, register, reference)
    draft = drafts.existing(about) or drafts.drafted(about)
    if draft.ready_on:
        return redirect(page.write_url(about, "letter-check"))
    posted = typed(request)
    if request.method != "POST":
        return write_page(request, about, draft, DraftForm(about, draft, posted), seen=(posted or {}).get("version"))
    if "again" in posted:
        LetterDraft.objects.filter(pk=draft.pk).delete()
        saved(request)
        messages.success(request, "This is our text, with the facts as they are now.")
        return redirect(page.write_url(about))
    form = DraftForm(about, draft, posted)
    if not form.is_valid():
        return write_page(request, about, draft, form, status=422)
    said = dict(form.cleaned_data)
    seen = number_in(posted.get("version", "")) or 0
    if "facts" in posted:
        draft.text, draft.welsh = said["text"], said.get("welsh", "")
        changed = drafts.since(about, draft)
        said |= {name: drafts.put_in(said[name], changed) for name in ("text", "welsh") if name in said}
    if "facts" in posted or "mine" in posted:
        said["facts"] = drafts.facts_now(about)
    if "instead" in posted:
        draft.text, draft.welsh = said["text"], said.get("welsh", "")
        found = checked(about, draft).places
        said |= {name: without(said[name], found) for name in ("text", "welsh") if name in said}
    try:
        kept = drafts.keep(about, draft, by=request.user, seen=seen, **said)
    except drafts.Changed as changed:
        return write_page(request, about, changed.draft, form, status=409, theirs=changed.draft)
    except LetterDraft.DoesNotExist:
        return gone(request, who, register, reference)
    saved(request)
    if "later" in posted:
        messages.success(request, "Kept as a draft. Whoever may write letters can go on with it.")
        return redirect(list_url(about))
    if "check" in posted and checked(about, kept).may_go:
        return redirect(page.write_url(about, "letter-check"))
    return write_page(request, about, kept, DraftForm(about, kept), status=422 if "check" in posted else 200)


def gone(request: Any, who: Any, register: Any, reference: str) -> Any:
    """Back to the letters of the case, which say what went."""
    case = look_at(request, who, register, reference).case
    messages.info(request, GONE)
    return redirect(case_url(case, register, "case-letters"))


def write_page(
    request: Any, about: LetterContext, draft: LetterDraft, form: Any, *, status: int = 200, theirs: Any = None,
    seen: str | None = None,
):  # fmt: skip
    """The page on which a letter is written. `seen` is the version that what was kept of it was typed into."""
    found = checked(about, draft)
    shows = bool(draft.version) or status != HTTPStatus.OK
    context = {
        "about": about, "draft": draft, "form": form, "case": about.look.case, "caption": str(about.look.case),
        "heading": page.heading(about), "facts": page.facts_beside(about), "protected": page.protected(about),
        "enclosed": page.enclosed(about), "words_url": page.words_url(about), "check": found if shows else None,
        "has_errors": theirs is not None or (shows and not found.may_go),
        "changed": drafts.since(about, draft) if draft.pk else [], "theirs": theirs,
        "version": seen or draft.version,
        "notes": page.notes(about, draft), "template": page.on_template(about),
        "words": page.complaint_words(about), "restricted": shown_restrictions(about.look),
        "back": {"url": list_url(about), "words": "Letters"},
    }  # fmt: skip
    return render(request, "letters/write.html", context, status=status)
