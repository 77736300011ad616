"""Words that stay on one line when they are printed: "9 November", "Cllr Holt", "paragraph 9", "ten clear days", "11.00 am",
"01234 567890"."""

import re
from typing import Final

from panel.law.period import MONTHS

NO_BREAK: Final = "\u00a0"
_PHONE: Final = re.compile(r"(?<!\w)\(?0\d{2,4}\)?(?: \d{2,4}){1,3}(?!\w)")
_COUNTED: Final = "days?|weeks?|months?|years?|members?|votes?|am|pm"
_KEPT: Final = (
    re.compile(rf"\b(\d{{1,2}}) (?=(?:{'|'.join(MONTHS)})\b)"),
    re.compile(r"\b(Cllrs?|Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Dame|Lord|Lady|Rev|Prof|Professor) (?=[A-Z])"),
    re.compile(
        r"\b((?:[Pp]aragraph|[Ss]ection|[Ss]chedule|[Rr]egulation|[Aa]ppendix|[Ii]tem|[Mm]inute|[Pp]age|[Pp]art|No\.)s?) "
        r"(?=[\dA-Z])"
    ),
    re.compile(rf"\b([\d.]+) (?=(?:working |clear )?(?:{_COUNTED})\b)"),
    re.compile(r"\b(working|clear) (?=days?\b)"),
)


def kept_together(words: str) -> str:
    """The words with spaces that do not break where a break would part a day from its month or a title from its name."""
    words = _PHONE.sub(lambda m: m[0].replace(" ", NO_BREAK), words)
    for pattern in _KEPT:
        words = pattern.sub(rf"\1{NO_BREAK}", words)
    return words
