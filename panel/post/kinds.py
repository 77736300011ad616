"""The kinds of mail that go out. Whoever sends a kind declares it, once, as Django starts.

declare(MailKind("letter", "Letter", came_back=letter_came_back))
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Compose = Callable[[Any], str | None]
CameBack = Callable[[Any], None]


@dataclass(frozen=True)
class MailKind:
    """A kind of mail. `compose` makes the text of a message at the moment it goes, for mail whose text must not be kept;
    it returns None where nothing is to be sent any more. `came_back` is given each message that did not arrive, outside
    any act, until an act has set its `followed_up`."""

    key: str
    label: str
    compose: Compose | None = None
    came_back: CameBack | None = None
    automatic: bool = True  # made by no person: other machines then do not answer it


KINDS: dict[str, MailKind] = {}


def declare(kind: MailKind) -> MailKind:
    """Know that kind of mail from now on."""
    KINDS[kind.key] = kind
    return kind


def kind_of(key: str) -> MailKind:
    """The kind with that key; one that is declared no more has its key for a name, and nobody to tell."""
    return KINDS.get(key) or MailKind(key, key.replace("_", " ").capitalize())


HEADS = declare(MailKind("heads", "Heads of the record"))
