"""What a panel may say for itself about who acts: one `Matter` for the steps that go together.

    Matter("filter", "Decide how it is handled", "Deciding and resolving", "Who decides how a complaint is handled?",
           steps=("filter",), usual=Role.CHAIRMAN, allowed=(Role.CHAIRMAN, Role.MONITORING_OFFICER), ...)

A panel's dated settings hold what it chose; `panel.procedure.who_acts` makes a procedure of it.
"""

from dataclasses import dataclass, field

from panel.law.provisions import cite
from panel.law.roles import Consulted, Role
from panel.procedure.declared import Declared


@dataclass(frozen=True)
class Matter(Declared):
    """Steps whose actor is one choice of the panel: who acts by the procedure, and what the law leaves open."""

    key: str
    label: str  # "Decide how it is handled"
    heading: str  # of the chapter under which its page lists it
    question: str  # "Who decides how a complaint is handled?"
    steps: tuple[str, ...]
    usual: Role  # who acts where the panel has said nothing
    provisions: tuple[str, ...]
    law: str  # what the law allows, in a few words
    says: str = ""  # what procedure and law say, in a sentence or two, on the page that changes it
    allowed: tuple[Role, ...] = ()  # whom a panel may name; none: it is fixed
    barred: tuple[tuple[Role, str], ...] = ()  # whom it may not, each with why
    duties: tuple[str, ...] = ()  # notices that are theirs, too
    setting: str = ""  # the switch of the settings that says the same, and follows
    main: bool = False  # the decision that pages mean where they say who decides
    where: str = field(default="", compare=False, repr=False)

    @property
    def fixed(self) -> bool:
        """Whether there is nothing to choose."""
        return len(self.allowed) < 2

    @property
    def provision(self) -> str:
        """The provisions in words."""
        return cite(*self.provisions)

    def asked(self, who: Role) -> tuple[Consulted, ...]:
        """Whom that actor may be bound to ask first: not themselves, and the Panel and its sub-panel nobody."""
        if who in (Role.SUB_PANEL, Role.PANEL):
            return ()
        return tuple(kind for kind in Consulted if kind.value != who.value)
