"""What no line may part, and what stands bold, in a paper's text.

kept_together("It met on 9 November.")        # a no-break space between 9 and November
marked_words("**No** complaint")              # [("No", True), (" complaint", False)]
"""

import re

NO_BREAK = "\u00a0"
MONTHS = "January February March April May June July August September October November December"
_DAY = re.compile(rf"(?<=\d) (?={'|'.join(MONTHS.split())})")
_BEFORE_NUMBER = re.compile(
    r"\b((?:[Pp]aragraph|[Rr]egulation|[Ss]ection|[Ss]chedule|[Aa]ppendix|[Ii]tem|[Pp]age|[Pp]art|No\.)s?) (?=[\dA-Z])"
)
_TITLE = re.compile(r"\b(Cllr|Mr|Mrs|Ms|Mx|Miss|Dr|Sir|Dame|Prof|Rev) (?=[A-Z])")
_COUNTED = re.compile(r"(?<=\d) (?=(?:working |clear )?(?:days?|weeks?|months?|years?|am|pm)\b)")
_WORKING = re.compile(r"\b(working|clear) (?=days?\b)")
_PHONE = re.compile(r"(?<!\w)\(?0\d{2,4}\)?(?: \d{2,4}){1,3}(?!\w)")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.DOTALL)


def kept_together(text: str) -> str:
    """The text with no-break spaces in days, numbers with their word, titles with their name and telephone numbers."""
    text = _PHONE.sub(lambda m: m[0].replace(" ", NO_BREAK), text)
    for pattern in (_DAY, _COUNTED):
        text = pattern.sub(NO_BREAK, text)
    for pattern in (_BEFORE_NUMBER, _TITLE, _WORKING):
        text = pattern.sub(rf"\1{NO_BREAK}", text)
    return text


def marked_words(text: str) -> list[tuple[str, bool]]:
    """The text cut into (words, whether they are bold): bold is what stands between two stars and two stars."""
    found, at = [], 0
    for m in _BOLD.finditer(text):
        found += [(text[at : m.start()], False), (m[1], True)]
        at = m.end()
    return [piece for piece in [*found, (text[at:], False)] if piece[0]]


def without_marks(text: str) -> str:
    """The text as it is read where nothing can be bold."""
    return "".join(words for words, _ in marked_words(text))
