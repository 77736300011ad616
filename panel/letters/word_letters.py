"""A letter on the panel's own Word template: which one it has on a day, and the file as it goes."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from panel.files import office
from panel.law.period import day_words
from panel.law.roles import Role
from panel.letters.context import LetterContext
from panel.letters.own_texts import template_of
from panel.letters.paper import CLOSES, HOW_IN_BOLD, Made
from panel.letters.text import HEADING, exists, is_heading, paragraphs, words_of
from panel.letters.word_templates import Gap, fields_of, filled, rich, text_of_file, unpacked
from panel.models import LetterText


@dataclass(frozen=True)
class WordLetter:
    """A letter that is made from a Word template."""

    about: LetterContext
    row: LetterText

    @cached_property
    def content(self) -> bytes:
        """The template."""
        return self.row.word_bytes

    @cached_property
    def asks(self) -> set[str]:
        """The names that it asks for."""
        return fields_of(unpacked(self.content))

    @property
    def holds_letter(self) -> bool:
        """Whether the letter as it is written stands in it; else its wording is the template's own."""
        return "letter" in self.asks

    @property
    def words(self) -> str:
        """What the pages call it."""
        return f"{self.row.word_name}, in use since {day_words(self.row.from_date)}"

    def word(self, made: Made) -> bytes:
        """The Word file."""
        return filled(self.content, {name: self._value(name, made) for name in self.asks})

    def pdf(self, word: bytes) -> bytes | None:
        """The PDF file of it; None where this server cannot make one."""
        return office.as_pdf(word)

    def text(self, made: Made) -> str:
        """The words of the file."""
        return text_of_file(self.word(made))

    def _value(self, name: str, made: Made) -> Any:
        fields = self.about.values
        match name:
            case "letter":
                texts = [made.welsh, made.text] if made.welsh_first else [made.text, made.welsh]
                return rich([pieces(text) for text in texts if text])
            case "to_name":
                return made.to_name or Gap("")
            case "to_address":
                return made.address or Gap("")
            case "how":
                return HOW_IN_BOLD.get(made.how) or Gap("")
            case "enclosed_list":
                return "; ".join(fields.enclosed) or Gap("")
            case "date":
                return day_words(made.day)
        asked = name[:1].lower() + name[1:]
        value = fields.get(asked)
        if value is True:
            return True
        said = "; ".join(map(words_of, value)) if isinstance(value, list | tuple) else words_of(value)
        if not said:
            return Gap(f"{{{name}}}")
        return said[:1].upper() + said[1:] if name[:1].isupper() else said


def pieces(text: str) -> list[tuple[str, bool]]:
    """The paragraphs of a letter, each with whether it is a heading."""
    found = []
    for words in paragraphs(text):
        if is_heading(words):
            m: Any = HEADING.fullmatch(words.strip())
            found.append((m[1].strip(), True))
        else:
            found += [(line.strip(), False) for line in words.splitlines() if line.strip()]
            found += [("", False)] * 2 * (words.strip() in CLOSES)  # room for the signature
    return found


def word_letter(about: LetterContext, day: date | None = None) -> WordLetter | None:
    """The letter on the Word template that the panel has for it on that day, or None."""
    look = about.look
    to_holder = about.recipient.startswith(Role.OFFICE_HOLDER.value) and exists(about.kind.template(about.recipient))
    row = template_of(look.panel, look.register.slug, about.kind.key, to_holder, day or look.today)
    return WordLetter(about, row) if row is not None else None
