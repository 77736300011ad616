"""Words for declared steps, states and conditions, used by every format of `describe`."""

import re
from collections.abc import Collection, Iterable
from typing import TypeVar

from panel.procedure.machine import Procedure
from panel.procedure.vocabulary import Condition, Step, Target

T = TypeVar("T")


def conditions(step: Step) -> list[Condition]:
    """Every condition of the step: on the case, on each part, on the answers."""
    return [*step.guards, *step.part_guards, *step.checks]


def sentence(thing: object) -> str:
    """The first sentence of a docstring, on one line."""
    words = " ".join((thing.__doc__ or "").split("\n\n")[0].split())
    found = re.match(r".*?[.:](?=\s|$)", words)
    return (found[0] if found else words).rstrip(":.") + "."


def sources(procedure: Procedure, step: Step) -> list[str]:
    """The states from which the step may be taken, in order; none for a step that begins a case."""
    return [s.key for s in procedure.states if s.key in step.from_states]


def targets(procedure: Procedure, step: Step) -> list[str]:
    """The states to which the step may lead, in order; none for a note on the case."""
    found = {t for source in step.from_states for t in procedure.targets(step, source)}
    return [s.key for s in procedure.states if s.key in found]


def states_words(procedure: Procedure, keys: Collection[str]) -> str:
    """States in words, with one word for all, all open and all ended states."""
    if not keys:
        return "(new)"
    every = {s.key for s in procedure.states}
    for words, group in (("any", every), ("any open", procedure.open_states), ("any end", procedure.ends)):
        if set(keys) == set(group):
            return words
    return ", ".join(procedure.state(k).label for k in keys)


def to_words(procedure: Procedure, step: Step) -> str:
    """The step's target in words."""
    if isinstance(step.to, Target):
        return "where it stands" if step.to is Target.STAYS else step.to.value
    return states_words(procedure, targets(procedure, step))


def numbers(step: Step, family: str) -> list[str]:
    """The numbers of one family of provisions: "para 7" gives "7"."""
    return [key.removeprefix(f"{family} ") for key in step.provisions if key.startswith(f"{family} ")]


def asks(step: Step) -> list[str]:
    """The labels of the form's own questions, of the reasons, and of required documents."""
    form = step.form
    found = [str(f.label) for f in form.base_fields.values()]
    return [*found, *filter(None, (form.why_label, form.documents_required))]


def not_before_words(step: Step) -> str:
    """What the day of the step may not precede; for a note of the world outside, that it may precede the receipt."""
    if step.creates == "case":
        return ""
    return "; ".join(e.words for e in step.not_before) or "anything: it may precede the receipt"


def unique(values: Iterable[T]) -> list[T]:
    """The values, each once, in order."""
    return list(dict.fromkeys(values))
