"""Words that stay on one line when they are printed: "9 November", "Cllr Holt", "paragraph 9", "10 days", "11.00 am"."""

import re
from typing import Final

from panel.law.period import MONTHS

NO_BREAK: Final = "\u00a0"
_KEPT: Final = (
    re.compile(rf"\b(\d{{1,2}}) (?=(?:{'|'.join(MONTHS)})\b)"),
    re.compile(r"\b(Cllrs?|Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Dame|Lord|Lady|Rev|Professor) (?=[A-Z])"),
    re.compile(
        r"\b([Pp]aragraphs?|[Ss]ections?|[Ss]chedules?|Part|[Rr]egulations?|[Ii]tem|[Mm]inute|[Pp]ages?) (?=\d)"
    ),
    re.compile(r"\b([\d.]+) (?=(?:days?|weeks?|members?|votes?|am|pm)\b)"),
)


def kept_together(words: str) -> str:
    """The words with spaces that do not break where a break would part a day from its month or a title from its name."""
    for pattern in _KEPT:
        words = pattern.sub(rf"\1{NO_BREAK}", words)
    return words
