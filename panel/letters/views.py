"""The pages of a case's letters: the list, writing one, checking and sending it, and one as it went."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from panel.casework.case_context import CaseContext
from panel.casework.errors import Invalid, Refused
from panel.files.paper import shown
from panel.forms.fields import number_in
from panel.law import clock
from panel.letters import drafts, page
from panel.letters.contact import shown as shown_restrictions
from panel.letters.context import LetterContext, about_draft, find
from panel.letters.forms import DraftForm, SendForm, needs_address
from panel.letters.marks import without
from panel.letters.paper import letter_paper
from panel.letters.send import Gone, Unfit, checked, file_name, files_of, on_paper, send
from panel.models import LetterDraft
from panel.pages.base import case_of, in_panel
from panel.pages.drafts import saved, typed
from panel.pages.words import case_url
from panel.post import Improper

FILE_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
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
        draft.text = said["text"]
        said["text"] = drafts.put_in(draft, drafts.since(about, draft))
    if "facts" in posted or "mine" in posted:
        drafts.our_text(about)
        said["facts"] = drafts.facts_of(about.values)
    if "instead" in posted:
        draft.text = said["text"]
        said["text"] = without(said["text"], checked(about, draft).places)
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
        "words": page.complaint_words(about), "restricted": shown_restrictions(about.look),
        "back": {"url": list_url(about), "words": "Letters"},
    }  # fmt: skip
    return render(request, "letters/write.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("letter.write", kept="Send a letter")
def check(request, panel, who, register, reference, kind, entry, to):
    """Check a letter as it will arrive, and say that it went."""
    try:
        about = letter_of(request, who, register, reference, kind, entry, to)
        draft = drafts.existing(about)
    except Http404:
        draft = None
    if draft is None:
        return gone(request, who, register, reference)
    found = checked(about, draft)
    if not found.may_go and not draft.ready_on:
        return redirect(page.write_url(about))
    posted, sends = typed(request), request.method == "POST"
    if sends and "ready" in posted:
        return make_ready(request, about, draft)
    if sends and "unready" in posted:
        saved(request)
        LetterDraft.objects.filter(pk=draft.pk).update(ready_on=None)
        messages.success(request, "Taken back. It can be changed again.")
        return redirect(page.write_url(about))
    form = SendForm(about, draft, warned=bool(found.said), data=posted, files=request.FILES if sends else None)
    if sends and form.is_valid():
        try:
            return sent(request, about, draft, form, number_in(posted.get("version", "")) or 0)
        except Invalid as invalid:
            for words in (w for errors in invalid.form.errors.values() for w in errors):
                form.add_error(None, words)
        except Improper as error:
            form.add_error(None, str(error))
        except Unfit:
            return redirect(page.write_url(about))
        except Refused as refused:
            form.add_error(None, str(refused.refusals[0]))
    return check_page(request, about, draft, form, found, status=422 if sends else 200)


def make_ready(request: Any, about: LetterContext, draft: LetterDraft) -> Any:
    """Make it ready to be posted: it stays as it is printed until it went, or is taken back."""
    if needs_address(about, draft):
        messages.error(request, f"{draft.to_name} has no postal address. Enter one first.")
        return redirect(page.write_url(about))
    saved(request)
    LetterDraft.objects.filter(pk=draft.pk, ready_on=None).update(ready_on=clock.today())
    messages.success(request, "Ready to be printed. Say that it was posted once it was.")
    return redirect(page.write_url(about, "letter-check"))


def sent(request: Any, about: LetterContext, draft: LetterDraft, form: SendForm, seen: int) -> Any:
    """Record that it went. Raises Invalid, Unfit and Refused."""
    said = form.cleaned_data
    try:
        went = send(
            about, draft, by=request.user, how=said["how"], on=said["on"], seen=seen,
            enclosures=said["enclosures"], **form.answers(),
        )  # fmt: skip
    except Gone:
        messages.info(request, "The letter was changed or sent meanwhile. Nothing was sent again.")
        return redirect(list_url(about))
    from_here = " It goes by email now; whether it arrived is shown here." if went.message_id else ""
    words = "; ".join(about.look.procedure.duty(d.kind).words_to(about.to_words) for d in about.duties)
    done = f" “{words}” is done." if words else ""
    messages.success(
        request, f"{about.kind.label}, to {went.to_name or about.to_words}: kept as it went.{from_here}{done}"
    )
    return redirect(list_url(about))


def check_page(
    request: Any, about: LetterContext, draft: LetterDraft, form: Any, found: Any, *, status: int = 200
) -> Any:
    """The letter as it will arrive, and how it goes."""
    how = "post" if draft.ready_on else str(form["how"].value() or "")
    made = on_paper(about, draft, how, draft.ready_on or clock.today())
    context = {
        "about": about, "draft": draft, "form": form, "case": about.look.case, "caption": str(about.look.case),
        "blocks": shown(letter_paper(about.values, made)), "said": found.said, "version": draft.version,
        "word_url": page.write_url(about, "letter-draft-file", "docx"),
        "pdf_url": page.write_url(about, "letter-draft-file", "pdf") if page.pdf_can_be_made() else "",
        "wishes": about.values.wishes, "restricted": shown_restrictions(about.look), "changed": drafts.since(about, draft),
        "duties": [about.look.procedure.duty(d.kind).words_to(about.to_words) for d in about.duties],
        "enclosed": page.enclosed(about), "protected": page.protected(about), "write_url": page.write_url(about),
        "back": {"url": page.write_url(about) if not draft.ready_on else list_url(about), "words": about.kind.label},
    }  # fmt: skip
    return render(request, "letters/check.html", context, status=status)


@require_safe
@in_panel("letter.write")
def draft_file(request, panel, who, register, reference, kind, entry, to, kind_of_file):
    """The draft as a file, to be read or printed. Raises Http404."""
    about = letter_of(request, who, register, reference, kind, entry, to)
    draft = drafts.existing(about)
    if draft is None:
        raise Http404
    how = request.GET.get("how", "")
    content = files_of(about, draft, "post" if draft.ready_on else how, draft.ready_on or clock.today()).get(
        kind_of_file
    )
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type=FILE_TYPES[kind_of_file])
    response["Content-Disposition"] = content_disposition_header(True, file_name(about, kind_of_file))
    response["X-Content-Type-Options"] = "nosniff"
    return response
