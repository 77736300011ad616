"""Words that are left out of what an office holder or the public gets to read of a case, each confirmed by a person.

to_confirm(about)      # what could show who somebody is, in the texts of the case: nobody decides it but a person
left_out(case)         # the words that somebody confirmed to be left out
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from panel.law.names_in_text import OtherPeople, SearchTerms
from panel.letters.marks import Mark, but_for, places
from panel.models import Case, MarkedWords, User
from panel.record.act import sealed_act

MOST_MORE_WORDS = 100


@dataclass(frozen=True)
class Question:
    """Words that could show who somebody is, why, and what was decided on them: None while nothing is."""

    words: str
    why: str
    kept: bool | None

    @property
    def key(self) -> str:
        """By which a page asks it: of the words, and none of them."""
        return hashlib.sha256(self.words.encode()).hexdigest()[:16]


def left_out(case: Case) -> list[str]:
    """The words that are left out."""
    return list(MarkedWords.objects.filter(case=case.pk, kept=False).order_by("pk").values_list("words", flat=True))


def kept_words(case: Case) -> list[str]:
    """The words that somebody looked at and that stay."""
    return list(MarkedWords.objects.filter(case=case.pk, kept=True).values_list("words", flat=True))


def questions(text: str, marks: Iterable[Mark], known: str, case: Case) -> list[Question]:
    """What a person has to decide on in a text: the marks that stand in it, whatever looks like a name, an address or a
    number of somebody, and the words that somebody has marked."""
    decided = {row.words: row.kept for row in MarkedWords.objects.filter(case=case.pk).order_by("pk")}
    found: dict[str, str] = {}
    for place in places(text, marks):
        found.setdefault(place.words, place.mark.whose)
    flags = [Mark(text[f.start : f.end], f.why) for f in OtherPeople(SearchTerms([])).flags_in(text)]
    for mark in but_for(flags, known):
        found.setdefault(mark.words, mark.whose)
    for words in decided:
        found.setdefault(words, "marked by hand")
    return [Question(words, why, decided.get(words)) for words, why in found.items()]


def decide(case: Case, by: User, decisions: dict[str, bool]) -> None:
    """Keep what was decided: {words: whether they stay}."""
    with sealed_act(case.panel, by=by, name="mark_words"):
        rows = {row.words: row for row in MarkedWords.objects.filter(case=case.pk)}
        for words, kept in decisions.items():
            row: Any = rows.get(words) or MarkedWords(case_id=case.pk, words=words)
            if row.pk is None or row.kept != kept:
                row.kept = kept
                row.save()
