"""The page on which a letter is looked at as it will arrive, given to somebody else to check, and sent."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from panel.casework.errors import Invalid, Refused
from panel.files.paper import Paper, plain, shown
from panel.forms.fields import number_in
from panel.law import clock
from panel.letters import drafts, page
from panel.letters.contact import shown as shown_restrictions
from panel.letters.context import LetterContext
from panel.letters.forms import SendForm, needs_address
from panel.letters.paper import Made, letter_paper
from panel.letters.send import Gone, OwnLetter, Unfit, checked, file_name, files_of, on_paper, send, wrote_it
from panel.letters.text import paragraphs
from panel.letters.views import gone, letter_of, list_url
from panel.letters.word_letters import word_letter
from panel.models import LetterDraft
from panel.pages.base import in_panel
from panel.pages.drafts import saved, typed
from panel.post import Improper

FILE_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
OWN = (
    "A second person checks each letter of this Panel, and you wrote this one last. Somebody else who may send letters "
    "sends it: give it to them to check."
)


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
    if sends and "ready" in posted and not wrote_it(about, draft, request.user):
        return make_ready(request, about, draft)
    if sends and ("give" in posted or "back" in posted):
        return handed_over(request, about, draft, posted)
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
        except OwnLetter:
            form.add_error(None, OWN)
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


def handed_over(request: Any, about: LetterContext, draft: LetterDraft, posted: Any) -> Any:
    """Give it to somebody else to check, or send it back to who wrote it with what is to be changed."""
    saved(request)
    rows = LetterDraft.objects.filter(pk=draft.pk)
    if "give" in posted:
        rows.update(to_check_on=clock.today(), check_note="")
        messages.success(request, "Whoever else may send letters finds it under Letters, to be checked.")
    else:
        rows.update(to_check_on=None, check_note=posted.get("note", "").strip()[:2000] or "Please look at it again.")
        messages.success(request, f"Sent back to {draft.saved_by}.")
    return redirect(list_url(about))


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
        "blocks": shown(as_it_arrives(about, draft, made)), "said": found.said, "version": draft.version,
        "word_url": page.write_url(about, "letter-draft-file", "docx"),
        "pdf_url": page.write_url(about, "letter-draft-file", "pdf") if page.has_pdf(about) else "",
        "notes": page.notes(about, draft), "template": page.on_template(about),
        "own": OWN if wrote_it(about, draft, request.user) else "",
        "checks": draft.to_check_on is not None and draft.saved_by_id != request.user.pk,
        "wishes": about.values.wishes, "restricted": shown_restrictions(about.look), "changed": drafts.since(about, draft),
        "duties": [about.look.procedure.duty(d.kind).words_to(about.to_words) for d in about.duties],
        "enclosed": page.enclosed(about), "protected": page.protected(about), "write_url": page.write_url(about),
        "back": {"url": page.write_url(about) if not draft.ready_on else list_url(about), "words": about.kind.label},
    }  # fmt: skip
    return render(request, "letters/check.html", context, status=status)


def as_it_arrives(about: LetterContext, draft: LetterDraft, made: Made) -> Paper:
    """The letter on paper; of one on the panel's own Word template its words."""
    own = word_letter(about)
    if own is None:
        return letter_paper(about.values, made)
    paper = letter_paper(about.values, made)
    return replace(paper, blocks=tuple(plain(words) for words in paragraphs(own.text(made))))


@require_safe
@in_panel("letter.write")
def draft_file(request, panel, who, register, reference, kind, entry, to, kind_of_file):
    """The draft as a file, to be read or printed. Raises Http404."""
    about = letter_of(request, who, register, reference, kind, entry, to)
    draft = drafts.existing(about)
    if draft is None:
        raise Http404
    how = request.GET.get("how", "")
    day = draft.ready_on or clock.today()
    content = files_of(about, draft, "post" if draft.ready_on else how, day, only=kind_of_file).get(kind_of_file)
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type=FILE_TYPES[kind_of_file])
    response["Content-Disposition"] = content_disposition_header(True, file_name(about, kind_of_file))
    response["X-Content-Type-Options"] = "nosniff"
    return response
