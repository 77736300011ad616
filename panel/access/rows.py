"""What the rule book reads of the rows of models, which stand above it."""

from datetime import date
from typing import Any, Protocol


class PanelRow(Protocol):
    """A panel: its number, its memberships, and whether it wants a second factor on the day for which it was read."""

    @property
    def pk(self) -> int: ...
    @property
    def memberships(self) -> Any: ...
    @property
    def second_factor(self) -> bool: ...
    def closed_on(self, day: date) -> bool:
        """Whether it is closed on that day."""


class MembershipRow(Protocol):
    """A role that somebody holds in a panel."""

    role: str
    user_id: int
    panel_id: int

    def holds(self, day: date) -> bool:
        """Whether it is held on that day."""

    deputy: bool

    def away(self, day: date) -> bool:
        """Whether who holds it is away on that day."""


class MemberRow(Protocol):
    """A member of the panel, who may have an account."""

    user_id: int | None


class CaseRoleRow(Protocol):
    """What ties somebody to a case, until the entry that ends it."""

    kind: str
    user_id: int | None
    member: MemberRow | None
    to_entry_id: int | None
