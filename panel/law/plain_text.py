"""What of a text is kept, whoever typed, pasted or sent it."""

import re

BREAKS = re.compile("\r\n?|[\x0b\x0c\x1c\x1d\u0085\u2028\u2029]")
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # categories Cc and Cs, but tab and line feed


def plain(text: str, *, lines: bool) -> str:
    """The text without characters that nobody can see or store: NUL and other control characters, half surrogates.

    Tabs stay; all line breaks, Word's within a paragraph and its page breaks too, become one kind and stay if `lines`,
    else they become spaces. Word's hyphen that never breaks becomes a hyphen. Emoji, joiners and the marks of
    right-to-left scripts stay.
    """
    text = BREAKS.sub("\n", text).replace("\x1e", "-")
    text = UNSEEN.sub("", text)
    return text if lines else re.sub(r"\s*\n\s*", " ", text)
