"""Which members' registered interests a case comes up against: a person's name on either side, or the matter itself.

    come_up(look)       # [ComesUp(member, interest, ("Owen Trask",)), ...], as far as whoever looks may know

It warns and refuses nothing: whether a member must withdraw is for them and their council's code of conduct.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Value

from panel.access import rules
from panel.law.capitals import NO_NAMES
from panel.law.names_in_text import ERASED, SearchTerms, same_person, tidy
from panel.law.period import span_words
from panel.models import Member, RegisteredInterest

# Two or more words with capital letters: "Larkford Youth Trust" in "Trustee of the Larkford Youth Trust", and the longer run.
_CAPITAL = r"[A-Z][\w’'-]*"
_NAMED = (
    re.compile(rf"{_CAPITAL}(?:\s+{_CAPITAL})+"),
    re.compile(rf"{_CAPITAL}(?:\s+(?:(?:of|and|the|for|&)\s+)*{_CAPITAL})+"),
)
LONGEST_NAME = 150
LEAST_LETTERS = 4  # of a line that is no name: "RFC" would be found everywhere


@dataclass(frozen=True)
class ComesUp:
    """An interest that a case comes up against, and by which words."""

    member: Member
    interest: RegisteredInterest
    words: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What the page says of it."""
        row = self.interest
        return f"{row.get_kind_display()}, {span_words(row.from_date, row.to_date)}: {row.what}"


def terms_of(row: RegisteredInterest, places: Iterable[str] = ()) -> list[str]:
    """What the interest is with: each line that was entered, and what its words name; not the Panel's own area and councils."""
    known = {tidy(place).casefold() for place in places}
    found = [line.strip() for line in row.concerns.splitlines() if len(line.strip()) >= LEAST_LETTERS]
    for m in (m for pattern in _NAMED for m in pattern.finditer(row.what)):
        words = [w for w in re.split(r"[\s-]+", m[0]) if w.casefold() not in NO_NAMES]
        if words and m[0].casefold() not in known:
            found.append(m[0])
    return list(dict.fromkeys(t for t in found if t != ERASED))


def matched(
    row: RegisteredInterest, names: Iterable[str], texts: Iterable[str], places: Iterable[str] = ()
) -> list[str]:
    """The words by which they meet: a name of the case in the interest, or what the interest is with in the case."""
    terms = terms_of(row, places)
    own = tidy(f"{row.what}\n{row.concerns}")
    found = []
    for name in dict.fromkeys(n.strip() for n in names if n and n.strip()):
        if len(name) >= LEAST_LETTERS and (SearchTerms([name]).spans(own) or any(same_person(name, t) for t in terms)):
            found.append(name)
    whole = [tidy(text) for text in texts if text]
    for term in terms:
        one = SearchTerms([term])
        if any(one.spans(text) for text in whole) and not any(same_person(term, name) for name in found):
            found.append(term)
    return list(dict.fromkeys(found))


def said_of(look: Any) -> tuple[list[str], list[str]]:
    """(names, texts) of a case, as far as whoever looks may know them: who it is about, who complained, what it is about."""
    register, case = look.register, look.case
    if register.comes_up is not None:
        names, texts = register.comes_up(look)
        return list(names), list(texts)
    public, people = register.found_by(case)
    holders = register.holders(Value(case.pk)) if register.holders else ()
    names = [name for row in holders for name in (row.name, row.short_name)]
    texts = [*public, *(people if look.facts.sees_complainant else ())]
    names += [text for text in texts if "\n" not in text and len(text) <= LONGEST_NAME]
    return names, texts


def come_up(look: Any) -> list[ComesUp]:
    """The interests that the case comes up against, of members of its days; those that the person
    sees."""
    if look.new or look.case.erased_on is not None or not rules.may(look.who, "interests.view"):
        return []
    last = look.facts.interests_until
    first = min(look.case.received_on or last, last)
    held = look.panel.registered_interests.overlapping(first, last).filter(rules.interests(look.who), erased_on=None)
    rows = [row for row in held.select_related("member") if row.member.to_date is None or row.member.to_date >= first]
    if not rows:
        return []
    names, texts = said_of(look)
    places = [*look.panel.names, *look.panel.councils.values_list("name", flat=True)]
    found = ((row, matched(row, names, texts, places)) for row in rows)
    return [ComesUp(row.member, row, tuple(words)) for row, words in found if words]


def notes_of(found: Iterable[ComesUp]) -> dict[int, str]:
    """{member: what stands beside their name where members are chosen}."""
    notes: dict[int, list[str]] = {}
    for one in found:
        notes.setdefault(one.member.pk, []).extend(one.words)
    return {pk: f"registered interest: {', '.join(dict.fromkeys(words))}" for pk, words in notes.items()}
