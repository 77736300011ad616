"""What an app registers, so that home, search and history show every register and `panel` imports none."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from panel.procedure import Procedure


@dataclass(frozen=True)
class Register:
    """One register of cases.

    `case_model` and `part_model` are the concrete models; `facts` gives what guards and pages ask of a case beyond the
    common (an object made from a `Look`); `present` makes what the case page shows of its own.
    """

    slug: str  # in addresses: "complaints"
    letter: str  # in references: "C"
    words: str
    procedure: Procedure
    case_model: Any
    part_model: Any
    facts: Callable[[Any], Any]
    present: Any = None
    lists: Any = None  # the module of its list: listing(), with_rows(), row_of(), recipients()
    similar: Callable[[Any], list[Any]] | None = None  # cases that look like the one being logged
    related: tuple[str, ...] = ()  # relations loaded with a case
    templates: dict[str, str] = field(default_factory=dict)  # steps with a page of their own


REGISTERS: dict[str, Register] = {}


def register(entry: Register) -> None:
    """Add a register; called once by each app when Django starts. Raises ValueError when its slug is taken."""
    if entry.slug in REGISTERS:
        raise ValueError(f"register {entry.slug!r} is there already")
    REGISTERS[entry.slug] = entry


def procedures() -> dict[str, Procedure]:
    """Every declared procedure by its key."""
    return {r.procedure.key: r.procedure for r in REGISTERS.values()}


def of_procedure(key: str) -> Register:
    """The register whose cases follow that procedure. Raises KeyError."""
    for entry in REGISTERS.values():
        if entry.procedure.key == key:
            return entry
    raise KeyError(key)
