"""The words that a panel uses for its offices and bodies, in everything that the product says of itself.

The product is written with one set of words: Chairman, sub-panel, Commissioner. Whoever shows a page, makes a paper or
refuses a step for a panel that has others does it inside `speaking`, and `say` then puts the panel's own words in their
place. What people have written themselves never passes through here.

    with speaking(Words(chairman="Chair", sub_panel="sub-committee")):
        say("The Chairman appoints a sub-panel.")        # "The Chair appoints a sub-committee."
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache

# What is called Commissioner or Chairman and is another body's.
OTHERS = ("Information ", "Victims’ ", "Victims' ", "High ")


@dataclass(frozen=True)
class Words:
    """A panel's own words, in the place of those that the product is written with."""

    chairman: str = "Chairman"
    sub_panel: str = "sub-panel"
    commissioner: str = "Commissioner"

    @property
    def usual(self) -> bool:
        """Whether nothing has to be put in another's place."""
        return self == Words()

    def say(self, text: str) -> str:
        """The text in these words; said twice it is the same."""
        for pattern, new in _patterns(self):
            text = pattern.sub(new, text)
        return text


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _pattern(old: str, new: str) -> re.Pattern[str]:
    """Where the old word stands by itself: not in the name of another body, and not within the new word."""
    before = [*OTHERS]
    after = ""
    if old in new:
        head, _, tail = new.partition(old)
        before += [head] if head else []
        after = f"(?!{re.escape(tail)})" if tail else ""
    return re.compile("".join(f"(?<!{re.escape(one)})" for one in before) + rf"\b{re.escape(old)}{after}")


@lru_cache(maxsize=64)
def _patterns(words: Words) -> tuple[tuple[re.Pattern[str], str], ...]:
    pairs = (
        ("Chairman", words.chairman), ("chairman", words.chairman.lower() if words.chairman.istitle() else words.chairman),
        ("Sub-panel", _capital(words.sub_panel)), ("sub-panel", words.sub_panel), ("Commissioner", words.commissioner),
    )  # fmt: skip
    return tuple((_pattern(old, new), new.replace("\\", "\\\\")) for old, new in pairs if old != new)


_spoken: ContextVar[Words | None] = ContextVar("spoken", default=None)


def spoken() -> Words | None:
    """The words that are used now; None for the product's own."""
    return _spoken.get()


def say(text: str) -> str:
    """What the product says, in the words that are used now."""
    words = _spoken.get()
    return text if words is None or not text else words.say(text)


@contextmanager
def speaking(words: Words | None) -> Iterator[None]:
    """Let these words be used inside."""
    token = _spoken.set(None if words is None or words.usual else words)
    try:
        yield
    finally:
        _spoken.reset(token)
