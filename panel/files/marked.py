"""What stands bold in a paper's text.

marked_words("**No** complaint")              # [("No", True), (" complaint", False)]
"""

import re

_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.DOTALL)


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
