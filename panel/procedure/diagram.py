"""A procedure as a state diagram for Mermaid."""

from panel.procedure.declared_words import sources, states_words, targets
from panel.procedure.machine import Procedure
from panel.procedure.vocabulary import Target

MOST_SOURCES_DRAWN = 4  # sources that a diagram draws one by one; more are drawn as one


def mermaid(procedure: Procedure) -> str:
    """A state diagram. One box stands for the sources of a step from many states. Notes, which move nothing, and
    reversals are left out."""
    lines = ["stateDiagram-v2", "  direction LR"]
    lines += [f'  state "{s.label}" as {s.key}' for s in procedure.states]
    boxes: dict[tuple[str, ...], str] = {}
    arrows = []
    for step in procedure.steps:
        if not step.moves or step.to is Target.UNDO:
            continue
        keys = tuple(sources(procedure, step))
        if step.creates:
            arrows += [f"  [*] --> {t}: {step.key}" for t in targets(procedure, step)]
        elif len(keys) > MOST_SOURCES_DRAWN:
            box = boxes.setdefault(keys, box_name(procedure, keys, len(boxes)))
            arrows += [f"  {box} --> {t}: {step.key}" for t in targets(procedure, step)]
        else:
            arrows += [
                f"  {source} --> {t}: {step.key}"
                for source in keys
                for t in sorted(procedure.targets(step, source), key=procedure.rank)
                if source != t
            ]
    lines += [f'  state "{box_words(procedure, keys)}" as {name}' for keys, name in boxes.items()]
    lines += arrows
    lines += [f"  {s.key} --> [*]" for s in procedure.states if not s.open]
    return "\n".join(lines)


def box_name(procedure: Procedure, keys: tuple[str, ...], number: int) -> str:
    """The key of the box for these states."""
    words = states_words(procedure, keys)
    return words.replace(" ", "_") if words.startswith("any") else f"several_{number + 1}"


def box_words(procedure: Procedure, keys: tuple[str, ...]) -> str:
    """The words in the box: the states that it stands for, or the open states that it leaves out, whichever is
    shorter."""
    words = states_words(procedure, keys)
    if words.startswith("any"):
        return f"{words.capitalize()} state" if words != "any end" else "Any end"
    missing = [k for k in procedure.open_states if k not in keys]
    if set(keys) <= set(procedure.open_states) and len(missing) < len(keys):
        return f"Any open state but {', '.join(procedure.state(k).label for k in missing)}"
    return words
