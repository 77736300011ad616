"""What goes with a letter: the words that are left out of a copy, each decided on by a person, and the copy itself."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from panel.files import pdf
from panel.files.paper import shown
from panel.law.marks import Marks
from panel.letters import page
from panel.letters.left_out import MOST_MORE_WORDS, Question, decide
from panel.letters.paper import in_size, pdf_file
from panel.letters.send import to_confirm
from panel.letters.views import letter_of
from panel.pages.base import in_panel
from panel.pages.drafts import saved, typed

LONGEST_WORDS_CHARACTERS = 300
MORE = "other_words"  # what somebody adds by hand


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("letter.write", kept="What is left out of a copy")
def words(request, panel, who, register, reference, kind, entry, to):
    """Decide what is left out of a copy. Raises Http404 for a letter from whose copy nothing is."""
    about = letter_of(request, who, register, reference, kind, entry, to)
    if not about.values.hides:
        raise Http404
    posted = typed(request) or QueryDict()
    before = to_confirm(about)
    asked = answered(before, posted)
    errors: list[str] = []
    if request.method == "POST":
        decisions = {q.words: q.kept for q in asked if q.kept is not None}
        more = [line.strip() for line in posted.get(MORE, "").splitlines() if line.strip()]
        errors = wrong(more, about.values.hidden_text)
        if not errors:
            decide(about.look.case, request.user, decisions | dict.fromkeys(more, False))
            saved(request)
            before = to_confirm(about)
            left = sum(q.kept is None for q in before)
            if not left and "later" not in posted:
                messages.success(request, "Every place is decided on. The copy is as you see it.")
                return redirect(page.write_url(about))
            if "later" in posted:
                return redirect(page.write_url(about))
            asked, posted = before, QueryDict()
            errors = [f"Decide on {left} more, or save and finish later"]
    name, paper = about.values.copies[0]
    context = {
        "about": about, "case": about.look.case, "caption": str(about.look.case), "asked": asked,
        "blocks": shown(paper), "name": name, "errors": errors, "has_errors": bool(errors),
        "confirmed": sum(q.kept is not None for q in before), "count": len(asked), "more": posted.get(MORE, ""),
        "back": {"url": page.write_url(about), "words": about.kind.label},
    }  # fmt: skip
    return render(request, "letters/words.html", context, status=422 if errors else 200)


def answered(asked: list[Question], posted: QueryDict) -> list[Question]:
    """The questions with what somebody answers there. An answer is found by the words that it is about, never by their
    place: what stands in the case may have changed since the page was shown."""
    said = {"out": False, "keep": True}
    return [replace(q, kept=said.get(posted.get(f"word-{q.key}", ""), q.kept)) for q in asked]


def wrong(more: list[str], text: str) -> list[str]:
    """What is wrong with words that somebody typed: they must stand in the text."""
    found = [f"“{line}” does not stand in the complaint" for line in more if not Marks([line]).first_in(text)]
    found += [f"“{line[:40]}…” is too long" for line in more if len(line) > LONGEST_WORDS_CHARACTERS]
    return found + (["Mark at most 100 words at a time"] if len(more) > MOST_MORE_WORDS else [])


@require_safe
@in_panel("letter.write")
def copy_file(request, panel, who, register, reference, kind, entry, to, number):
    """A copy that goes with a letter, to be read or printed. Raises Http404."""
    about = letter_of(request, who, register, reference, kind, entry, to)
    copies: Any = about.values.copies
    if int(number) >= len(copies):
        raise Http404
    name, paper = copies[int(number)]
    content = pdf_file(in_size(about.values, paper))
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type=pdf.PDF)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}, {about.look.case.reference}.pdf")
    response["X-Content-Type-Options"] = "nosniff"
    return response
