"""Words that no letter of a Panel should hold, since there is no power behind them: a finding, a sanction, an investigation
by the Panel, the Ombudsman's own words. They are warned of; whoever quotes, or passes on an opinion, says so.
"""

import re
from dataclasses import dataclass

from panel.letters.text import paragraphs

FINDING = "sounds like a finding, which the Panel cannot make (paragraph 13)"
SANCTION = "sounds like a sanction, which the Panel cannot impose (paragraph 13)"
INVESTIGATION = "says that the Panel investigates, which it may not (regulation 28)"
OMBUDSMAN = "is a word of the Ombudsman’s code, which is not for these complaints"
WORDS = (
    (FINDING, r"(?:not )?upheld|breach(?:ed)?|prov(?:ed|en)|substantiated|guilty|cleared|justified|misconduct (?:was )?found"),
    (SANCTION, r"must apologi[sz]e|(?:was|were|is|be) (?:warned|disciplined|reprimanded)"),
    (INVESTIGATION, r"(?:we|the panel|the sub-panel) (?:will |have |has )?investigat(?:e|es|ed)|our investigation"),
    (OMBUDSMAN, r"stage (?:1|2|one|two)|final response|remedy|compensation|appeal to the (?:local government )?ombudsman"),
)  # fmt: skip
ALLOWED = re.compile(
    r"not (?:a )?finding|neither a finding|no finding|cannot|no power|without a finding", re.IGNORECASE
)


@dataclass(frozen=True)
class Said:
    """A word to look at: where it stands, and why."""

    paragraph: int
    words: str
    why: str

    @property
    def sentence(self) -> str:
        """As a page says it."""
        return f"Paragraph {self.paragraph}: “{self.words}” {self.why}"


def warnings(text: str) -> list[Said]:
    """The words of a letter that somebody should look at. A sentence that says what the Panel cannot do is none."""
    found = []
    for number, words in enumerate(paragraphs(text), 1):
        for sentence in re.split(r"(?<=[.?!]) ", words):
            if ALLOWED.search(sentence):
                continue
            for why, pattern in WORDS:
                found += [
                    Said(number, m[0], why)
                    for m in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", sentence, re.IGNORECASE)
                ]
    return found
