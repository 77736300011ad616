"""The pages on which a panel enters its own texts and Word templates of letters, in English and in Welsh, each from a day on."""

import base64
import hashlib
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from panel.access import rules
from panel.documents.store import tidy
from panel.files import office
from panel.forms.fields import DateField, LongTextField, ManyFilesField, TickField
from panel.law import clock
from panel.law.meetings import WALES
from panel.law.period import day_words
from panel.law.spoken import say
from panel.letters.forms import helper
from panel.letters.own_texts import ENGLISH, LETTERHEAD, WELSH, faults, ours, row_of
from panel.letters.text import exists
from panel.letters.word_templates import WORD_TYPE
from panel.letters.word_templates import faults as faults_in_word
from panel.models import LetterText, Panel
from panel.pages.base import in_panel
from panel.pages.drafts import typed
from panel.pages.tables import table
from panel.procedure.register import REGISTERS, Register
from panel.procedure.vocabulary import LetterKind
from panel.record.act import sealed_act

OURS, HOLDER, IN_WELSH = "to-others", "to-office-holder", "-welsh"
MOST_BYTES = 64 * 1024 * 1024  # what the page reads at all; a template may have much less, and says so
PLACES = {
    OURS: (False, ENGLISH), HOLDER: (True, ENGLISH), OURS + IN_WELSH: (False, WELSH), HOLDER + IN_WELSH: (True, WELSH),
}  # fmt: skip


class TextForm(forms.Form):
    """A panel's own text of a letter, or its Word template, and from when."""

    text = LongTextField(
        label="Text", required=False, rows=24, max_length=10_000, what="The text",
        help_text="The first line is the heading. Leave it empty to use our text again.",
    )  # fmt: skip
    word = ManyFilesField(
        label="Word template", required=False, max_size=MOST_BYTES, max_files=1,
        help_text="A .docx file of 5 MB at most, without macros, links and embedded objects. {{r letter }} stands for "
        "the letter.",
    )  # fmt: skip
    without = TickField(label="Use no Word template any more", required=False)
    from_date = DateField(label="From when?", what="the day from which it is used")

    def __init__(
        self, register: Register, data: Any = None, initial: Any = None, files: Any = None, *, language: str = ENGLISH,
        letterhead: bool = False, now: LetterText | None = None,
    ):  # fmt: skip
        self.register, self.language = register, language
        super().__init__(data, files, initial=initial, use_required_attribute=False)
        if letterhead:
            del self.fields["text"]
        if language == WELSH:
            del self.fields["word"]
            self.fields[
                "text"
            ].help_text = "The first line is the heading. Leave it empty for a letter in English alone."
        if language == WELSH or now is None or not now.word:
            del self.fields["without"]
        self.helper = helper(self, "text", "word", "without", "from_date")

    def clean_text(self) -> str:
        """Without code, and with fields that are there."""
        text: str = self.cleaned_data["text"]
        if text and (wrong := faults(self.register, text, welsh=self.language == WELSH)):
            raise forms.ValidationError(wrong)
        return text

    def clean_word(self) -> tuple[str, bytes] | None:
        """The file as (name, bytes), if it can be used."""
        found = self.cleaned_data["word"]
        if not found:
            return None
        content = found[0].read()
        if wrong := faults_in_word(self.register, content):
            raise forms.ValidationError(wrong)
        return tidy(found[0].name), content


def kind_of(register: Register, key: str) -> LetterKind:
    """The kind of that key. Raises Http404."""
    for procedure in register.procedures:
        if (found := procedure.letter(key)) is not None:
            return found
    raise Http404


def whose(found: LetterText | None) -> Any:
    """Whose text a letter has, as a cell."""
    if found is None:
        return "Ours"
    since = day_words(found.from_date)
    own = f"The Panel’s own, since {since}" if found.text.strip() else ""
    return {"words": own or f"Word template, since {since}", "note": found.word_name if found.word else ""}


def rows_of(panel: Panel, who: rules.Standing, welsh: bool) -> list[list[Any]]:
    """Every letter, whose text it has and since when."""
    today, cells = clock.today(), []
    for register in (r for r in REGISTERS.values() if r.letter_fields):
        url = reverse("panel:letter-text", args=[panel.slug, register.slug, LETTERHEAD, OURS])
        head = row_of(panel, register.slug, LETTERHEAD, False, today)
        name = {"words": "Paper of every letter", "url": url}
        cells.append([name, register.words, whose(head), *([""] if welsh else [])])
        kinds = {letter.key: letter for p in register.procedures for letter in p.letters}
        for letter in kinds.values():
            for to_holder in (False, True) if exists(f"letters/{letter.key}_oh.txt") else (False,):
                mine = row_of(panel, register.slug, letter.key, to_holder, today)
                words = f"{say(letter.label)}{', to the office holder' if to_holder else ''}"
                place = HOLDER if to_holder else OURS
                url = reverse("panel:letter-text", args=[panel.slug, register.slug, letter.key, place])
                row = [{"words": words, "url": url}, register.words, whose(mine)]
                if welsh:
                    own = row_of(panel, register.slug, letter.key, to_holder, today, WELSH)
                    url = reverse("panel:letter-text", args=[panel.slug, register.slug, letter.key, place + IN_WELSH])
                    row.append({"words": f"Since {day_words(own.from_date)}" if own else "Not entered yet", "url": url})
                cells.append(row)
    return cells


def has_welsh(panel: Panel) -> bool:
    """Whether the panel writes, or may write, in Welsh."""
    row = panel.settings_on(clock.today())
    return bool(row.letters_welsh) or row.country == WALES


@require_safe
@in_panel("settings.view")
def texts(request, panel, who):
    """Every letter, and whose text it has."""
    welsh = has_welsh(panel)
    columns = ("Letter", "Register", "Text", *(("Welsh text",) if welsh else ()))
    context = {
        "every": table("Texts of letters", columns, rows_of(panel, who, welsh)),
        "back": {"url": reverse("panel:settings", args=[panel.slug]), "words": "Settings"},
    }
    return render(request, "letters/texts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("settings.change", kept="Text of a letter")
def change_text(request, panel, who, register, key, place):
    """A letter's own text or template: what it is now, and from when another is used. Raises Http404."""
    if register.letter_fields is None or place not in PLACES:
        raise Http404
    to_holder, language = PLACES[place]
    letterhead = key == LETTERHEAD
    kind = None if letterhead else kind_of(register, key)
    label = "Paper of every letter" if kind is None else f"Text of the letter: {say(kind.label)}"
    today = clock.today()
    mine = row_of(panel, register.slug, key, to_holder, today, language)
    our_own = ours(kind, to_holder) if kind is not None and language == ENGLISH else ""
    now = mine.text if mine and mine.text.strip() else our_own
    form = TextForm(
        register, typed(request), initial={"text": now, "from_date": today}, files=request.FILES or None,
        language=language, letterhead=letterhead, now=mine,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        keep(request, panel, (register.slug, key, to_holder, language), form.cleaned_data, mine, our_own)
        messages.success(request, f"{label}: used from {day_words(form.cleaned_data['from_date'])}.")
        return redirect("panel:letter-texts", panel.slug)
    context = {
        "form": form, "label": label, "ours": our_own, "fields": known_fields(register), "mine": mine,
        "word_url": reverse("panel:letter-template", args=[panel.slug, mine.pk]) if mine and mine.word else "",
        "no_pdf": "" if office.can_be_made() else office.MISSING, "welsh": language == WELSH,
        "back": {"url": reverse("panel:letter-texts", args=[panel.slug]), "words": "Texts of letters"},
    }  # fmt: skip
    return render(request, "letters/text.html", context, status=422 if request.method == "POST" else 200)


def keep(request: Any, panel: Panel, which: tuple, said: dict[str, Any], mine: LetterText | None, our_own: str) -> None:
    """Save what was entered, as the version of its day. A Word template stays until another one comes, or none is wanted;
    a text that is ours word for word is no own text."""
    register, kind, to_holder, language = which
    named = {"panel": panel, "register": register, "kind": kind, "to_holder": to_holder, "language": language}
    text = said.get("text", "")
    with sealed_act(panel, by=request.user, name="change_letter_text"):
        row: Any = LetterText.objects.filter(**named, from_date=said["from_date"]).first()
        row = row or LetterText(**named, from_date=said["from_date"])
        row.text = "" if " ".join(text.split()) == " ".join(our_own.split()) else text
        if said.get("word"):
            row.word_name, content = said["word"]
            row.word, row.word_sha256 = base64.b64encode(content).decode(), hashlib.sha256(content).hexdigest()
        elif said.get("without"):
            row.word = row.word_name = row.word_sha256 = ""
        elif mine is not None and not row.word:
            row.word, row.word_name, row.word_sha256 = mine.word, mine.word_name, mine.word_sha256
        row.save()


@require_safe
@in_panel("settings.view")
def template_file(request, panel, who, pk):
    """A Word template as it was put in. Raises Http404."""
    row = LetterText.objects.filter(panel=panel, pk=pk).exclude(word="").first()
    if row is None:
        raise Http404
    response = HttpResponse(row.word_bytes, content_type=WORD_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, row.word_name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def known_fields(register: Register) -> list[str]:
    """The names that a text of that register may ask for."""
    fields = register.letter_fields
    names = {n for n in dir(fields) if not n.startswith("_") and fields.knows(n)} | fields.TYPED | fields.TICKS
    return sorted(names)
