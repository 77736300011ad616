"""What a letter may not tell its reader, and where in a text it stands: names, addresses, numbers and other marks of people
whom the reader is not to know.

    found = places(text, [Mark("Gillian Thorpe", "the complainant")])
    found[0].paragraph, found[0].words        # 2, "Gillian Thorpe"
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from panel.law.marks import ALSO_WORDS, NO_NAMES, REMOVED, Marks, plain
from panel.law.names_in_text import SearchTerms, number_of
from panel.letters.text import paragraphs

FEWEST_LETTERS_OF_A_NAME, FEWEST_LETTERS_OF_A_LINE = 3, 5
QUOTED_AROUND = 60  # characters on either side of what was found


@dataclass(frozen=True)
class Mark:
    """Words that show who somebody is, and whose they are: "the complainant"."""

    words: str
    whose: str
    instead: str = ""  # what may stand in their place


@dataclass(frozen=True)
class Place:
    """Where a mark stands: the paragraph, the words as they stand there, and the words around them."""

    paragraph: int
    words: str
    mark: Mark
    before: str
    after: str


def name_marks(name: str, whose: str, instead: str = "") -> list[Mark]:
    """The marks of a name: the whole of it, and each of its words."""
    words = [w for w in re.split(r"[^\w’'-]+", name) if len(w) >= FEWEST_LETTERS_OF_A_NAME]
    marks = [w for w in (name, *words) if w.strip() and w.lower() not in NO_NAMES]
    return [Mark(w, whose, instead) for w in dict.fromkeys(marks)]


def address_marks(address: str, whose: str) -> list[Mark]:
    """The lines of an address, each a mark."""
    pieces = (piece.strip() for piece in re.split(r"[\n,]", address))
    return [Mark(piece, whose) for piece in pieces if len(piece) >= FEWEST_LETTERS_OF_A_LINE]


def but_for(marks: Iterable[Mark], known: str) -> list[Mark]:
    """The marks without those that the reader or the letter itself has anyway: words of the office holder's own name, of
    the panel, of its area and of its address."""
    ours = plain(known).lower()
    return [m for m in marks if not re.search(rf"(?<!\w){re.escape(plain(m.words).lower())}(?!\w)", ours)]


def _spans(text: str, mark: Mark) -> list[tuple[int, int]]:
    """Where a mark stands in a text."""
    if number_of(mark.words):
        return SearchTerms([mark.words]).spans(text)
    return Marks([mark.words], ALSO_WORDS).spans(text)


def places(text: str, marks: Iterable[Mark]) -> list[Place]:
    """Every place of a mark in the text; of marks that overlap, the longest."""
    found: list[Place] = []
    marks = list(marks)
    for number, words in enumerate(paragraphs(text), 1):
        spans = sorted(
            ((start, end, mark) for mark in marks for start, end in _spans(words, mark)),
            key=lambda s: (s[0], -s[1]),
        )
        last = 0
        for start, end, mark in spans:
            if start < last:
                continue
            last = end
            before, after = words[max(0, start - QUOTED_AROUND) : start], words[end : end + QUOTED_AROUND]
            found.append(Place(number, words[start:end], mark, before, after))
    return found


def without(text: str, found: Iterable[Place]) -> str:
    """The text with what may stand there in place of each of those marks."""
    for place in sorted(found, key=lambda p: -len(p.words)):
        title = r"(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Cllr)\.? )?"
        wanted = r"[\s-]*".join(re.escape(piece) for piece in place.words.split())
        instead = place.mark.instead or REMOVED
        text = re.sub(rf"(?<!\w){title}{wanted}(?!\w)", instead, text)
    return text
