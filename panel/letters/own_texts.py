"""A panel's own texts for its letters: dated, with fields and conditions like ours, and nothing in them is run."""

import re
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.template import TemplateDoesNotExist
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from panel.access import rules
from panel.forms.fields import DateField, LongTextField
from panel.law import clock
from panel.law.period import day_words
from panel.law.spoken import say
from panel.letters.forms import helper
from panel.letters.text import CONDITION, exists, names_in, paragraphs, source
from panel.models import LetterText, Panel
from panel.pages.base import in_panel
from panel.pages.drafts import typed
from panel.pages.tables import table
from panel.procedure.register import REGISTERS, Register
from panel.procedure.vocabulary import LetterKind
from panel.record.act import sealed_act

CODE = re.compile(r"\{%|\{\{|\{#|<\s*(?:script|iframe|object|embed|img)|javascript:", re.IGNORECASE)
OURS, HOLDER = "to-others", "to-office-holder"


def text_of(panel: Panel, register: str, kind: str, to_holder: bool, day: date) -> LetterText | None:
    """The panel's own text of that day, if it has one: an empty one puts ours back."""
    rows = LetterText.objects.filter(panel=panel, register=register, kind=kind, to_holder=to_holder, from_date__lte=day)
    found = rows.order_by("-from_date").first()
    return found if found is not None and found.text.strip() else None


def ours(kind: LetterKind, to_holder: bool) -> str:
    """Our text."""
    own = f"letters/{kind.key}_oh.txt"
    return source(own if to_holder and exists(own) else f"letters/{kind.key}.txt")


def faults(register: Register, text: str) -> list[str]:
    """What is wrong with a text, each with its paragraph: code, a field that is not there, a bracket that is not closed."""
    found = []
    for number, words in enumerate(paragraphs(text), 1):
        if m := CODE.search(words):
            found.append(f"Paragraph {number}: “{m[0]}” is code, and letters hold none")
            continue
        rest = CONDITION.sub("", words)
        if "[[" in rest or "]]" in rest:
            found.append(f"Paragraph {number}: a double bracket is not closed, or has no condition")
            continue
        try:
            asked = list(dict.fromkeys(names_in(words)))
        except TemplateDoesNotExist:
            found.append(f"Paragraph {number}: it names a standing part that is none of ours")
            continue
        for kind, name in asked:
            if kind == "part":
                known = exists(f"letters/parts/{name}.txt")
            else:
                known = register.letter_fields.knows(name[0].lower() + name[1:])
            if not known:
                found.append(f"Paragraph {number}: {{{name}}} is no {kind} of ours")
    if len(paragraphs(text)) == 1:
        found.append("The first paragraph is the heading: the letter needs at least one more")
    return found


class TextForm(forms.Form):
    """A panel's own text of a letter, and from when."""

    text = LongTextField(
        label="Text", required=False, rows=24, max_length=10_000, what="The text",
        help_text="The first line is the heading. Leave it empty to use our text again.",
    )  # fmt: skip
    from_date = DateField(label="From when?", what="the day from which it is used")

    def __init__(self, register: Register, data: Any = None, initial: Any = None):
        self.register = register
        super().__init__(data, initial=initial, use_required_attribute=False)
        self.helper = helper(self, "text", "from_date")

    def clean_text(self) -> str:
        """Without code, and with fields that are there."""
        text: str = self.cleaned_data["text"]
        if text and (wrong := faults(self.register, text)):
            raise forms.ValidationError(wrong)
        return text


def kind_of(register: Register, key: str) -> LetterKind:
    """The kind of that key. Raises Http404."""
    for procedure in register.procedures:
        if (found := procedure.letter(key)) is not None:
            return found
    raise Http404


def rows_of(panel: Panel, who: rules.Standing) -> list[list[Any]]:
    """Every letter, whose text it has and since when."""
    today, cells = clock.today(), []
    for register in (r for r in REGISTERS.values() if r.letter_fields):
        kinds = {letter.key: letter for p in register.procedures for letter in p.letters}
        for letter in kinds.values():
            for to_holder in (False, True) if exists(f"letters/{letter.key}_oh.txt") else (False,):
                mine = text_of(panel, register.slug, letter.key, to_holder, today)
                words = f"{say(letter.label)}{', to the office holder' if to_holder else ''}"
                place = HOLDER if to_holder else OURS
                url = reverse("panel:letter-text", args=[panel.slug, register.slug, letter.key, place])
                whose = f"The Panel’s own, since {day_words(mine.from_date)}" if mine else "Ours"
                cells.append([{"words": words, "url": url}, register.words, whose])
    return cells


@require_safe
@in_panel("settings.view")
def texts(request, panel, who):
    """Every letter, and whose text it has."""
    columns = ("Letter", "Register", "Text")
    context = {
        "every": table("Texts of letters", columns, rows_of(panel, who)),
        "back": {"url": reverse("panel:settings", args=[panel.slug]), "words": "Settings"},
    }
    return render(request, "letters/texts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("settings.change", kept="Text of a letter")
def change_text(request, panel, who, register, key, place):
    """A letter's own text: what it is now, and from when another is used."""
    kind, to_holder = kind_of(register, key), place == HOLDER
    if register.letter_fields is None or place not in (OURS, HOLDER):
        raise Http404
    today = clock.today()
    mine = text_of(panel, register.slug, key, to_holder, today)
    now = mine.text if mine else ours(kind, to_holder)
    form = TextForm(register, typed(request), initial={"text": now, "from_date": today})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        which = {
            "panel": panel,
            "register": register.slug,
            "kind": key,
            "to_holder": to_holder,
            "from_date": said["from_date"],
        }
        with sealed_act(panel, by=request.user, name="change_letter_text"):
            row = LetterText.objects.filter(**which).first() or LetterText(**which)
            row.text = said["text"]
            row.save()
        messages.success(request, f"{say(kind.label)}: the text is used from {day_words(said['from_date'])}.")
        return redirect("panel:letter-texts", panel.slug)
    context = {
        "form": form, "kind": kind, "ours": ours(kind, to_holder), "fields": known_fields(register),
        "back": {"url": reverse("panel:letter-texts", args=[panel.slug]), "words": "Texts of letters"},
    }  # fmt: skip
    return render(request, "letters/text.html", context, status=422 if request.method == "POST" else 200)


def known_fields(register: Register) -> list[str]:
    """The names that a text of that register may ask for."""
    fields = register.letter_fields
    names = {n for n in dir(fields) if not n.startswith("_") and fields.knows(n)} | fields.TYPED | fields.TICKS
    return sorted(names)
