"""Whether a text for everybody names somebody who complained: each place, in words, before anything is issued.

It finds the full names of complainants and of those who act for them, their surnames alone, and their email addresses. It
cannot find who is described without a name: a person reads the text as well.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from complaints.models import Complaint
from complaints.report.document import paragraphs
from panel.law.names_in_text import SearchTerms, plain, surname, tidy, titled, without_title, words_of
from panel.models import Member, OfficeHolder

HEADINGS = {  # of the texts that are read, as the page has them; contact and background papers name people by right
    "recommendation": "Recommendation", "shows": "What happened", "in_time": "In time",
    "cases": "Complaints that were closed", "background": "Background", "supporting": "Supporting information",
    "appendix": "Appendix 1",
}  # fmt: skip
READ_FOR_NAMES = tuple(HEADINGS)


@dataclass(frozen=True)
class Found:
    """A complainant's name in a text: the question, the paragraph, and the words as they stand there."""

    field: str
    paragraph: int
    words: str

    @property
    def said(self) -> str:
        """ "Paragraph 2 names Gillian Thorpe, who made a complaint."""
        return f"Paragraph {self.paragraph} names {self.words}, and somebody of that name made a complaint"


def names_of_complainants(panel) -> list[str]:
    """Every name and email address by which a complaint of this panel came or was brought, but those of office holders,
    whom the report is about."""
    rows = Complaint.objects.filter(panel=panel)
    known = dict.fromkeys(
        value
        for row in rows.values_list("complainant__name", "complainant__email", "agent")
        for value in row
        if value and tidy(value).strip()
    )
    office_holders = {plain(name) for name in OfficeHolder.objects.filter(panel=panel).values_list("name", flat=True)}
    return [name for name in known if plain(name) not in office_holders]


def find_names(panel, texts: Mapping[str, str]) -> list[Found]:
    """Each place where one of these texts has a complainant's name, or the surname alone."""
    every = {word for text in texts.values() for _, _, word in words_of(tidy(text))}
    names = names_of_complainants(panel)
    likely = [
        name for name in names
        if (words := [w for *_, w in words_of(without_title(tidy(name)))]) and len(words) > 1 and every.issuperset(words)
    ]  # fmt: skip
    alone = {last for name in names if (last := surname(name)) and every.issuperset(w for *_, w in words_of(last))}
    if not (likely or alone):
        return []
    terms, surnames, by_right = SearchTerms(likely), SearchTerms(alone), SearchTerms(named_by_right(panel))
    found = []
    for field, text in texts.items():
        for number, words in enumerate(paragraphs(tidy(text)), 1):
            whole = set(terms.spans(words))
            taken = [*whole, *by_right.spans(words)]
            short = {
                span for span in surnames.spans(words) if stands_for_somebody(words, *span) and not within(span, taken)
            }
            found += [Found(field, number, words[a:b]) for a, b in sorted(whole | short)]
    return found


def named_by_right(panel) -> list[str]:
    """Whom the paper may name: the panel's members, and its office holders, of whom it speaks by the surname, too."""
    holders = list(OfficeHolder.objects.filter(panel=panel).values_list("name", flat=True))
    members = list(Member.objects.filter(panel=panel).values_list("name", flat=True))
    councillors = [f"{title} {surname(name)}" for name in members for title in ("Cllr", "Councillor") if surname(name)]
    return [*holders, *members, *councillors, *(surname(name) for name in holders), panel.name, panel.police_area]


def within(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    """Whether these words are part of longer ones that are found already, or that are named by right."""
    return any(start <= span[0] and span[1] <= end for start, end in others)


def stands_for_somebody(text: str, start: int, end: int) -> bool:
    """Whether a surname stands there as a name: after a title, or with a capital, and neither as part of a place ("Thorpe
    Hall") nor as a month ("18 May", "March 2026")."""
    if titled(text[:start]):
        return True
    before, after = text[:start], text[end:]
    day = re.search(r"\d[ \u00a0]$", before) or re.match(r"[ \u00a0]\d", after)
    return text[start].isupper() and not day and not re.match(r"[ \u00a0][A-Z]", after)


def not_said_to_be_others(found: list[Found], others: str) -> list[Found]:
    """Those of which nobody has said that they are somebody else's of the same name."""
    said = {plain(line) for line in others.splitlines()}
    return [one for one in found if plain(one.words) not in said]
