"""A panel's own texts for its letters: dated, with fields and conditions like ours, and nothing in them is run."""

import re
from datetime import date

from django.template import TemplateDoesNotExist

from panel.letters.text import CONDITION, exists, names_in, paragraphs, source
from panel.models import LetterText, Panel
from panel.procedure.register import Register
from panel.procedure.vocabulary import LetterKind

CODE = re.compile(r"\{%|\{\{|\{#|<\s*(?:script|iframe|object|embed|img)|javascript:", re.IGNORECASE)
LETTERHEAD = "letterhead"  # the kind of the Word template that every letter of a register has, unless it has its own
ENGLISH, WELSH = LetterText.Language.ENGLISH.value, LetterText.Language.WELSH.value


def row_of(
    panel: Panel, register: str, kind: str, to_holder: bool, day: date, language: str = ENGLISH
) -> LetterText | None:
    """What the panel has entered for that letter by that day: the latest; an empty one puts ours back."""
    rows = LetterText.objects.filter(
        panel=panel, register=register, kind=kind, to_holder=to_holder, language=language, from_date__lte=day
    )
    found = rows.order_by("-from_date").first()
    return found if found is not None and (found.text.strip() or found.word) else None


def text_of(
    panel: Panel, register: str, kind: str, to_holder: bool, day: date, language: str = ENGLISH
) -> LetterText | None:
    """The panel's own text of that day, if it has one."""
    found = row_of(panel, register, kind, to_holder, day, language)
    return found if found is not None and found.text.strip() else None


def template_of(panel: Panel, register: str, kind: str, to_holder: bool, day: date) -> LetterText | None:
    """The Word template of that day: of the letter itself, else the letterhead of every letter."""
    found = row_of(panel, register, kind, to_holder, day)
    if found is None or not found.word:
        found = row_of(panel, register, LETTERHEAD, False, day)
    return found if found is not None and found.word else None


def ours(kind: LetterKind, to_holder: bool) -> str:
    """Our text."""
    own = f"letters/{kind.key}_oh.txt"
    return source(own if to_holder and exists(own) else f"letters/{kind.key}.txt")


def faults(register: Register, text: str, *, welsh: bool = False) -> list[str]:
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
            if kind == "part" and welsh:
                found.append(f"Paragraph {number}: {{+{name}}} stands for English words. Write them out in Welsh")
                break
            if kind == "part":
                known = exists(f"letters/parts/{name}.txt")
            else:
                known = register.letter_fields.knows(name[0].lower() + name[1:])
            if not known:
                found.append(f"Paragraph {number}: {{{name}}} is no {kind} of ours")
    if len(paragraphs(text)) == 1:
        found.append("The first paragraph is the heading: the letter needs at least one more")
    return found
