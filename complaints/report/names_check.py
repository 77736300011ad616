"""Whether a text for everybody names somebody who complained: each place, in words, before anything is issued.

It finds the full names of complainants and of those who act for them, and their email addresses. It cannot find who is
described without a name: a person reads the text as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from complaints.models import Complaint
from complaints.report.document import paragraphs
from panel.law.names_in_text import SearchTerms, plain, tidy, without_title, words_of
from panel.models import OfficeHolder

READ_FOR_NAMES = ("recommendation", "shows", "in_time", "cases", "background", "supporting", "appendix")  # contact and
# background papers name people by right: who is asked, and who says what


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
    """Each place where one of these texts has a complainant's name."""
    every = {word for text in texts.values() for _, _, word in words_of(tidy(text))}
    likely = [
        name for name in names_of_complainants(panel)
        if (words := [w for *_, w in words_of(without_title(tidy(name)))]) and len(words) > 1 and every.issuperset(words)
    ]  # fmt: skip
    if not likely:
        return []
    terms = SearchTerms(likely)
    found = []
    for field, text in texts.items():
        for number, words in enumerate(paragraphs(tidy(text)), 1):
            found += [Found(field, number, words[a:b]) for a, b in sorted(set(terms.spans(words)))]
    return found


def not_said_to_be_others(found: list[Found], others: str) -> list[Found]:
    """Those of which nobody has said that they are somebody else's of the same name."""
    said = {plain(line) for line in others.splitlines()}
    return [one for one in found if plain(one.words) not in said]
