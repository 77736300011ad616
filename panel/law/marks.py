"""Words by which somebody could be known who is not to be named, and the places in a text where they stand. No Django.

marks = Marks(["Peter Yarrow", "01632 960101"], also_words={"may"})
marks.first_in("Mr YARROW rang")        # "Yarrow"
marks.removed("Mr Yarrow rang")         # "Mr [removed] rang"

Accents, capitals and invisible characters make no difference. A name that is also a word counts only with its capital.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable

REMOVED = "[removed]"
NO_NAMES = {  # words of a name that are nobody's
    "mrs", "miss", "the", "and", "for", "solicitor", "solicitors", "llp", "ltd", "company", "complainant",
    "mr", "ms", "mx", "dr", "sir", "dame", "cllr", "of",
}  # fmt: skip
ALSO_WORDS = {  # names that are words as well
    "baker", "best", "bishop", "black", "brown", "cook", "day", "field", "grace", "grant", "green", "hill", "hope",
    "judge", "king", "lane", "law", "long", "mark", "may", "page", "police", "power", "price", "read", "rich", "rose",
    "short", "small", "way", "white", "will", "wise", "wood", "young",
}  # fmt: skip


def folded(text: str) -> tuple[str, list[int]]:
    """The text without accents and without characters that nobody sees, and from where in it each character comes."""
    kept: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for piece in unicodedata.normalize("NFKD", character):
            if unicodedata.category(piece) not in ("Mn", "Cf"):
                kept.append(piece)
                places.append(place)
    return "".join(kept), places


def plain(text: str) -> str:
    """The text without accents and without characters that nobody sees."""
    return folded(text)[0]


class Marks:
    """What is not to stand in a text."""

    def __init__(self, given: Iterable[str], also_words: Collection[str] = ()) -> None:
        self.given = list(dict.fromkeys(mark.strip() for mark in given if plain(mark).strip()))
        self._patterns = []
        for mark in self.given:
            looked_for = re.sub(r"(?:\\\s)+", r"\\s*", re.escape(plain(mark)))
            flags = re.NOFLAG if plain(mark).lower() in also_words else re.IGNORECASE
            self._patterns.append(re.compile(rf"(?<!\w){looked_for}(?!\w)", flags))

    def __bool__(self) -> bool:
        return bool(self.given)

    def first_in(self, text: str) -> str:
        """The first mark that the text holds, as it was given; "" where it holds none."""
        searched = plain(text)
        return next((m for m, p in zip(self.given, self._patterns, strict=True) if p.search(searched)), "")

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where marks stand in the text, in order; those that touch or overlap are one."""
        searched, places = folded(text)
        found = sorted(m.span() for pattern in self._patterns for m in pattern.finditer(searched) if m.group())
        joined: list[tuple[int, int]] = []
        for start, end in found:
            here = places[start], places[end - 1] + 1
            while here[1] < len(text) and unicodedata.category(text[here[1]]) in ("Mn", "Cf"):
                here = here[0], here[1] + 1
            if joined and here[0] <= joined[-1][1]:
                joined[-1] = joined[-1][0], max(joined[-1][1], here[1])
            else:
                joined.append(here)
        return joined

    def removed(self, text: str) -> str:
        """The text with every mark replaced by the word for it; neighbours with only spaces between them are one."""
        out: list[str] = []
        at = 0
        for start, end in self.spans(text):
            between = text[at:start]
            if out and out[-1] == REMOVED and not between.strip():
                at = end
                continue
            out += [between, REMOVED]
            at = end
        return "".join([*out, text[at:]])
