"""What a register says of its bundles: for whom they are made, and which papers stand in them in which order. No Django."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from panel.law.marks import Marks


class Readers(StrEnum):
    """Who gets copies."""

    SEATS = "seats"  # those who sit on the case: a numbered copy each
    ONE = "one"  # a member of the panel who may see the case, chosen by name
    BODY = "body"  # a body outside the panel, which sees all of it
    ALL = "all"  # the members of the panel alike: one copy for all of them


@dataclass(frozen=True)
class Audience:
    """For whom a bundle is made."""

    key: str
    words: str  # "the sub-panel"
    readers: Readers
    hint: str = ""
    asked: tuple[str, ...] = ()  # what is asked of them, numbered on the cover
    care: str = ""  # how to keep the papers
    marking: str = ""  # instead of the exempt marking


@dataclass(frozen=True)
class Item:
    """One paper of a bundle: made from the record (`blocks`), or a document of the case."""

    title: str
    day: date | None
    source: str  # from whom
    blocks: tuple[dict[str, Any], ...] = ()
    document: Any = None


@dataclass(frozen=True)
class Section:
    """A part of a bundle: "A. The complaint"."""

    heading: str
    items: Sequence[Item] = field(default=())


class Bundles(Protocol):
    """What a register says of its bundles."""

    def audiences(self, look: Any) -> list[Audience]:
        """For whom bundles of the case can be made now."""

    def cover(self, look: Any, audience: Audience) -> list[tuple[str, str]]:
        """Rows of the cover: what it is about, who sits on it."""

    def sections(self, look: Any, audience: Audience, documents: Sequence[Any]) -> list[Section]:
        """The papers in order, these documents of the case among them."""

    def marks(self, look: Any) -> Marks:
        """By which words somebody could be known whom a bundle need not name."""

    def hidden(self, look: Any) -> bool:
        """Whether that person is not to be named to the other side."""

    def left_out(self, look: Any, audience: Audience) -> list[str]:
        """What such a bundle never holds, in words."""
