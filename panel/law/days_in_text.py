"""Days as people write them: in a box, in a list, in a letter. In English and in Welsh.

    month_of("Hydref") == month_of("oct") == 10           # its name, or its beginning of three letters or more
    day_of("Wednesday, 14th October 2026")                 # the day; None for what is no day
    days_in("On 2 November he said, and on 6/11/2026 ...") # [Said(3, 13, None, 2, 11), Said(33, 42, 2026, 6, 11)]

A leaf: no Django, no clock. Numbers stand in the order of the country: day, month, year.
"""

import re
from dataclasses import dataclass
from datetime import date

from panel.law.period import MONTHS

WELSH = (
    ("ionawr",),
    ("chwefror",),
    ("mawrth", "fawrth"),
    ("ebrill",),
    ("mai", "fai"),
    ("mehefin", "fehefin"),
    ("gorffennaf", "orffennaf"),
    ("awst",),
    ("medi", "fedi"),
    ("hydref",),
    ("tachwedd", "dachwedd", "nhachwedd"),
    ("rhagfyr", "ragfyr"),
)  # fmt: skip - each with the forms that it takes after "o", "i" and "ym"
NAMES = tuple((english.lower(), *welsh) for english, welsh in zip(MONTHS, WELSH, strict=True))
LEAST_LETTERS = 3
_ORDINAL = r"(?:st|nd|rd|th|af|il|ail|ydd|fed|eg|ain)?"
_WORD = r"[A-Za-z]{3,10}"
_WORDS = re.compile(
    rf"(?<![\w/.-])(?:(\d{{1,2}}){_ORDINAL}(?:\s{{1,3}}(?:of|o))?\s{{1,3}}({_WORD})\.?(?:,?\s{{1,3}}(\d{{4}}))?"
    rf"|({_WORD})\.?\s{{1,3}}(\d{{1,2}}){_ORDINAL}(?:,?\s{{1,3}}(\d{{4}}))?"
    r"|(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})"
    r"|(\d{4})-(\d{1,2})-(\d{1,2}))(?!\w|[/-]\d)"
)
_LEAD = re.compile(r"(?:dydd\s{1,3}[A-Za-z]{3,10},?\s{1,3}|[A-Za-z]{3,10}\.?,?\s{1,3})?", re.IGNORECASE)
DAYS_LOOKED_FOR = 40  # in one text


def month_of(word: str) -> int | None:
    """The number of the month whose name this is, or begins: at least three letters of it."""
    word = word.strip().rstrip(".").casefold()
    if len(word) < LEAST_LETTERS:
        return None
    return next((n for n, names in enumerate(NAMES, 1) if any(name.startswith(word) for name in names)), None)


@dataclass(frozen=True)
class Said:
    """A day as a text has it, from one character to another; the year is not always said."""

    start: int
    end: int
    year: int | None
    month: int
    day: int

    def on(self, year: int | None = None) -> date | None:
        """The day, in the year said or else in that one; None where there is no such day."""
        said = self.year or year
        try:
            return date(said, self.month, self.day) if said else None
        except ValueError:
            return None


def _said(match: re.Match[str]) -> Said | None:
    word, number, year = match[2] or match[4], match[1] or match[5], match[3] or match[6]
    if word:
        month = month_of(word)
        return Said(*match.span(), int(year) if year else None, month, int(number)) if month else None
    if match[7]:
        year = match[9] if len(match[9]) == 4 else f"20{match[9]}"
        return Said(*match.span(), int(year), int(match[8]), int(match[7]))
    return Said(*match.span(), int(match[10]), int(match[11]), int(match[12]))


def days_in(text: str) -> list[Said]:
    """The days that a text names, in its order, at most forty."""
    found: list[Said] = []
    for match in _WORDS.finditer(text):
        said = _said(match)
        if said is not None and said.on(said.year or 2024) is not None:
            found.append(said)
        if len(found) == DAYS_LOOKED_FOR:
            break
    return found


def day_of(text: str) -> date | None:
    """The day that the whole text is, with or without its weekday; None for what is no day with a year."""
    text = " ".join(text.split())
    lead = _LEAD.match(text)
    for start in (0, lead.end() if lead else 0):
        match = _WORDS.fullmatch(text, start)
        if match is not None and (said := _said(match)) is not None:
            return said.on()
    return None
