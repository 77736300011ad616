"""The texts of letters: how a template is read and filled. See templates/letters/README.md.

    filled = fill("Dear {name}\\n\\n[[late: We are sorry.]]", {"name": "Ms Okafor", "late": True}.get)
    filled.text == "Dear Ms Okafor\\n\\nWe are sorry."      # gaps stay as {name}, and stop the letter

A template is data: it names fields, conditions, lists and standing parts, and nothing in it is run.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from panel.law.period import day_words

FIELD = re.compile(r"\{([A-Za-z][A-Za-z0-9_.]*)\}")
LIST = re.compile(r"\{-([a-z][a-z0-9_]*)\}")
PART = re.compile(r"\{\+([a-z][a-z0-9_]*)\}")
CONDITION = re.compile(r"\[\[(no )?([a-z][a-z0-9_]*):\s(.*?)\]\]", re.DOTALL)
HEADING = re.compile(r"\*\*(.+)\*\*")
ITEM = re.compile(r"(\d{1,2}\.|\([a-z]\)) (.+)", re.DOTALL)
PARAGRAPH = re.compile(r"\n[ \t]*\n+")
Lookup = Callable[[str], Any]


@dataclass(frozen=True)
class Filled:
    """A text with its fields filled in."""

    text: str
    gaps: tuple[str, ...] = ()  # fields that are empty


@cache
def source(name: str) -> str:
    """The text of a template by its name. Raises TemplateDoesNotExist."""
    found: Any = get_template(name).template
    text: str = found.source
    return text.replace("\r\n", "\n").strip()


def part(name: str) -> str:
    """The text of a standing part. Raises TemplateDoesNotExist."""
    return source(f"letters/parts/{name}.txt")


def exists(name: str) -> bool:
    """Whether there is such a template."""
    try:
        source(name)
    except TemplateDoesNotExist:
        return False
    return True


def with_parts(template: str) -> str:
    """The template with its standing parts in their places."""
    return PART.sub(lambda m: part(m[1]), template)


def names_in(template: str) -> Iterator[tuple[str, str]]:
    """(kind, name) of everything that the template asks for: "field", "condition", "list" and "part"."""
    for m in PART.finditer(template):
        yield "part", m[1]
    whole = with_parts(template)
    for m in CONDITION.finditer(whole):
        yield "condition", m[2]
    for m in LIST.finditer(whole):
        yield "list", m[1]
    for m in FIELD.finditer(whole):
        yield "field", m[1]


def words_of(value: Any) -> str:
    """A value as a letter has it; nothing for what is empty. A fact that is only true or not has no words."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, date):
        return day_words(value)
    return str(value).strip()


def fill(template: str, lookup: Lookup) -> Filled:
    """The template filled in, a paragraph apart. A condition stands where its fact has a value; a paragraph that is left
    empty goes, and a heading under which nothing is left. A field that is empty stays as it is, for a person to fill."""
    gaps: list[str] = []

    def chosen(m: re.Match[str]) -> str:
        holds = bool(lookup(m[2]))
        return m[3] if holds != bool(m[1]) else ""

    def field(m: re.Match[str]) -> str:
        name = m[1]
        found = words_of(lookup(name[0].lower() + name[1:]))
        if not found:
            gaps.append(name)
            return m[0]
        return found[0].upper() + found[1:] if name[0].isupper() else found

    def listed(m: re.Match[str]) -> str:
        items = [words_of(item) for item in lookup(m[1]) or () if words_of(item)]
        if not items:
            gaps.append(m[1])
            return f"{{{m[1]}}}"
        return "\n\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))

    found = CONDITION.sub(chosen, with_parts(template))
    found = FIELD.sub(field, LIST.sub(listed, found))
    return Filled("\n\n".join(_left(map(_tidy, paragraphs(found)))), tuple(dict.fromkeys(gaps)))


def _tidy(words: str) -> str:
    """One paragraph on one line, with one space between words and none before a stop."""
    found = re.sub(r"\s+", " ", words.replace(" ", " ")).strip()
    found = re.sub(r" ([.,;:])(?=\s|$)", r"\1", found)
    return re.sub(r"([.?!])\.(?=\s|$)", r"\1", found)


def _left(found: Iterator[str]) -> list[str]:
    """The paragraphs that are not empty, without headings that head nothing."""
    kept = [words for words in found if words]
    last = len(kept) - 1
    return [
        words for number, words in enumerate(kept)
        if not is_heading(words) or (number < last and not is_heading(kept[number + 1]))
    ]  # fmt: skip


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text: an empty line stands between two."""
    return [piece for piece in PARAGRAPH.split(text.strip()) if piece.strip()]


def is_heading(words: str) -> bool:
    """Whether a paragraph is a heading: it stands between two pairs of stars."""
    return bool(HEADING.fullmatch(words.strip()))


def gaps_in(text: str) -> list[tuple[int, str]]:
    """(number of the paragraph, field) of everything that nobody has filled in."""
    return [
        (number, m[1]) for number, words in enumerate(paragraphs(text), 1) for m in FIELD.finditer(words)
    ]  # fmt: skip
