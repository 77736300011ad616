"""A declared procedure for readers: text for a terminal, JSON for programs, a diagram, and the page docs/procedure.md.

    render(procedures()["complaints"], "mermaid")     # "stateDiagram-v2 ..."

All of it is read from the table that `perform` follows, so it cannot say anything else.
"""

import dataclasses
import inspect
import json
import re

from panel.law.provisions import PROVISIONS, cite
from panel.procedure.vocabulary import NEW, Procedure, Step, To

FORMATS = ("text", "json", "mermaid", "markdown")
FEW = 4  # sources that a diagram draws one by one; more are drawn as one
WIDEST = 110  # characters of a line in the text format

# What each field of a Step means; docs/procedure.md explains them to whoever adds one.
FIELDS = {
    "key": "its name in addresses, the log and the report; never changed once used",
    "words": "what its link says",
    "frm": "the states it may be taken from; `NEW` for the step that begins a case",
    "to": "where it leads: a state; several, of which the answer `to` picks; or `To.SAME`, `To.LEFT`, `To.BEFORE`",
    "by": "the roles that may enter it",
    "under": "the provisions it rests on, keys of `panel/law/provisions.py`",
    "done": "what the timeline says afterwards",
    "button": "what its button says: it names the act",
    "line": "one line of consequence beside its link",
    "guards": "conditions that see the case, each once; a refusal greys the step out with its reason",
    "each": "conditions that see one part; a part that fails is not moved",
    "form": "what it asks, a `StepForm`",
    "checks": "conditions that see the answers; a refusal stands beside the question",
    "does": "sets what it changes besides the status",
    "opens": "duties that begin with it",
    "closes": "duties that it meets",
    "lapses": "duties that it overtakes: they lapse, and do not count as met",
    "by_hand": "it meets only the duties chosen in its form",
    "decided_by": "whose decision it is, where that is not whoever enters it",
    "officer_if": "the panel’s setting that must be on for the officer to enter it",
    "whole": "it moves all parts that stand right, otherwise the chosen ones",
    "adds": "`case` makes a new case, `part` a new part of an open case",
    "about": "`parts` or `case`; a note on the whole case moves nothing",
    "confirm": "the answers are shown again before it is taken",
    "rare": "its link is folded away",
    "anybody": "everybody who sees the case may take it for themselves",
    "stays": "what was answered and why stays on record when the rest of the case is erased",
    "final": "it cannot be taken back",
    "before": "reason, remedy and the step that it means, while the case stands elsewhere",
}


def render(procedure: Procedure, form: str) -> str:
    """The procedure in one of FORMATS, ending in a line break."""
    made = {"text": text, "json": as_json, "mermaid": mermaid, "markdown": markdown}[form](procedure)
    return made.rstrip("\n") + "\n"


# What a step is, in words ---------------------------------------------------------------------------------------------


def conditions(step: Step) -> list:
    """Every condition of the step: on the case, on each part, on the answers."""
    return [*step.guards, *step.each, *step.checks]


def sentence(thing) -> str:
    """The first sentence of a docstring, on one line."""
    words = " ".join((thing.__doc__ or "").split("\n\n")[0].split())
    found = re.match(r".*?[.:](?=\s|$)", words)
    return (found[0] if found else words).rstrip(":.") + "."


def sources(procedure: Procedure, step: Step) -> list[str]:
    """The states the step is taken from, in order; none for the step that begins a case."""
    return [s.key for s in procedure.states if s.key in step.frm]


def targets(procedure: Procedure, step: Step) -> list[str]:
    """The states the step may lead to, in order. A note on the case leads nowhere else."""
    found = {t for source in step.frm for t in procedure.targets(step, source)}
    return [s.key for s in procedure.states if s.key in found]


def states_words(procedure: Procedure, keys) -> str:
    """States in words; all, all open and all ended ones in one."""
    if not keys:
        return "(new)"
    every = {s.key for s in procedure.states}
    for words, group in (("any", every), ("any open", procedure.open_states), ("any end", procedure.ends)):
        if set(keys) == set(group):
            return words
    return ", ".join(procedure.state(k).words for k in keys)


def to_words(procedure: Procedure, step: Step) -> str:
    """Where it leads, in words."""
    if isinstance(step.to, To):
        return "where it stands" if step.to is To.SAME else step.to.value
    return states_words(procedure, targets(procedure, step))


def numbers(step: Step, family: str) -> list[str]:
    """The numbers of one family of provisions: "para 7" gives "7"."""
    return [key.removeprefix(f"{family} ") for key in step.under if key.startswith(f"{family} ")]


def asks(step: Step) -> list[str]:
    """The labels of the form's own questions, the reasons, and what must be attached."""
    form = step.form
    if form is None:
        return []
    found = [str(f.label) for f in form.base_fields.values()]
    return [*found, *filter(None, (form.why_label, form.documents_required))]


# The four formats -----------------------------------------------------------------------------------------------------


def as_json(procedure: Procedure) -> str:
    """States, steps, duties and conditions, with stable keys."""
    found: dict = {
        "procedure": procedure.key,
        "label": procedure.words,
        "states": [{"key": s.key, "label": s.words, "open": s.open, "end": not s.open} for s in procedure.states],
        "steps": [
            {
                "key": s.key,
                "label": s.words,
                "sources": sources(procedure, s),
                "targets": targets(procedure, s),
                "moves": s.moves,
                "adds": s.adds,
                "roles": [r.value for r in s.by],
                "decided_by": [r.value for r in s.decided_by],
                "guards": [g.__name__ for g in (*s.guards, *s.each)],
                "checks": [g.__name__ for g in s.checks],
                "asks": asks(s),
                "paragraph": numbers(s, "para"),
                "regulation": numbers(s, "reg"),
                "provision": s.provision,
                "opens": unique(k.key for k in s.opens),
                "closes": unique(k.key for k in s.closes),
                "lapses": unique(k.key for k in s.lapses),
            }
            for s in procedure.steps
        ],
        "duties": [
            {"key": d.key, "label": d.words, "owner": d.owner.value, "basis": d.basis.value, "provision": d.provision}
            for d in procedure.duties
        ],
        "conditions": {g.__name__: sentence(g) for s in procedure.steps for g in conditions(s)},
    }
    return json.dumps(found, indent=2, ensure_ascii=False)


def unique(values) -> list:
    """The values, each once, in order."""
    return list(dict.fromkeys(values))


def text(procedure: Procedure) -> str:
    """Two tables for a terminal."""
    lines = [procedure.words, "", "States"]
    wide = max(22, *(len(s.key) + 2 for s in procedure.states))
    words = max(26, *(len(s.words) + 2 for s in procedure.states))
    lines += [f"  {s.key:<{wide}}{s.words:<{words}}{'open' if s.open else 'end'}" for s in procedure.states]
    lines += ["", "Steps"]
    for s in procedure.steps:
        keys = sources(procedure, s)
        words = states_words(procedure, keys)
        start = words if words.startswith(("any", "(")) else ", ".join(keys)
        goal = to_words(procedure, s) if isinstance(s.to, To) else " or ".join(targets(procedure, s))
        lines.append(f"  {s.key:<30}{s.words}")
        for label, said in (
            ("from", start),
            ("to", goal),
            ("by", ", ".join(r.words for r in s.by)),
            ("decided by", ", ".join(r.words for r in s.decided_by)),
            ("under", s.provision),
            ("must hold", ", ".join(unique(g.__name__ for g in conditions(s)))),
            ("opens", ", ".join(unique(k.key for k in s.opens))),
            ("closes", ", ".join(unique(k.key for k in s.closes)) if not s.by_hand else "what is chosen in its form"),
            ("lapses", ", ".join(unique(k.key for k in s.lapses))),
        ):
            if said:
                lines += wrapped(f"    {label:<12}", said)
    return "\n".join(lines)


def wrapped(label: str, said: str) -> list[str]:
    """The words after a label, on lines that a terminal shows whole."""
    lines, line = [], label
    for word in said.split(" "):
        if len(line) + len(word) + 1 > WIDEST and line.strip():
            lines.append(line.rstrip())
            line = " " * len(label)
        line += word + " "
    return [*lines, line.rstrip()]


def mermaid(procedure: Procedure) -> str:
    """A state diagram. A step from many states is drawn from a box that stands for them; notes, which move nothing, and
    the taking back of a step are listed beside it."""
    lines = ["stateDiagram-v2", "  direction LR"]
    lines += [f'  state "{s.words}" as {s.key}' for s in procedure.states]
    boxes: dict[tuple[str, ...], str] = {}
    arrows = []
    for step in procedure.steps:
        if not step.moves or step.to is To.BEFORE:
            continue
        keys = tuple(sources(procedure, step))
        if step.adds:
            arrows += [f"  [*] --> {t}: {step.key}" for t in targets(procedure, step)]
        elif len(keys) > FEW:
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


def box_name(procedure: Procedure, keys, number: int) -> str:
    """The key of the box that stands for these states."""
    words = states_words(procedure, keys)
    return words.replace(" ", "_") if words.startswith("any") else f"several_{number + 1}"


def box_words(procedure: Procedure, keys) -> str:
    """The words in that box: the shorter of the states it stands for and those that are missing."""
    words = states_words(procedure, keys)
    if words.startswith("any"):
        return f"{words.capitalize()} state" if words != "any end" else "Any end"
    missing = [k for k in procedure.open_states if k not in keys]
    if set(keys) <= set(procedure.open_states) and len(missing) < len(keys):
        return f"Any open state but {', '.join(procedure.state(k).words for k in missing)}"
    return words


def markdown(procedure: Procedure) -> str:
    """The page docs/procedure.md."""
    moving = [s for s in procedure.steps if s.moves]
    notes = [s for s in procedure.steps if not s.moves]
    out = [
        f"# {procedure.words}: the procedure as declared",
        "",
        f"Made by `manage.py procedure {procedure.key} --format markdown`: a test fails when it is stale. Do not edit.",
        "The table itself is in the register’s `procedure.py`; what the law leaves open is in [law.md](law.md).",
        "",
        "## Where a case can go",
        "",
        "```mermaid",
        mermaid(procedure),
        "```",
        "",
        "Each part of a case goes its own way, and the case stands where its furthest part stands. Any step may be",
        "taken back (`reverse`); both then stay on the record. Steps that move nothing are not drawn: "
        + ", ".join(f"`{s.key}`" for s in notes)
        + ".",
        "",
        "## States",
        "",
        "| state | in words | |",
        "|---|---|---|",
        *[f"| `{s.key}` | {s.words} | {'open' if s.open else 'end'} |" for s in procedure.states],
        "",
        "The later a state stands here, the further it is; open states come before ended ones.",
        "",
        "## Steps at a glance",
        "",
        "| step | from | to | who enters it | whose decision | provision |",
        "|---|---|---|---|---|---|",
        *[_row(procedure, s) for s in procedure.steps],
        "",
        "## Steps that move a part",
        "",
        *[line for s in moving for line in _section(procedure, s)],
        "## Steps that move nothing",
        "",
        *[line for s in notes for line in _section(procedure, s)],
        "## Duties",
        "",
        "Law: the Act or the Regulations require it, and only the Monitoring Officer may waive it. Target: the Panel’s",
        "own. Guidance: good practice.",
        "",
        "| duty | in words | whose | why | provision | begins with | is met by |",
        "|---|---|---|---|---|---|---|",
        *[_duty(procedure, d) for d in procedure.duties],
        "",
        *_citations(procedure),
        "## How a step is declared",
        "",
        "One `Step(...)` in `procedure.py`. Its page, address, button, server check, log entry, history, diagram and",
        "the database’s trigger follow from it.",
        "",
        "| field | what it says |",
        "|---|---|",
        *[f"| `{f.name}` | {FIELDS[f.name]} |" for f in dataclasses.fields(Step)],
    ]
    return "\n".join(out)


def citations(procedure: Procedure) -> dict[str, tuple[list[str], list[str], list[str]]]:
    """{provision: (steps, duties, conditions) that rest on it}, sub-provisions under the paragraph or regulation that
    holds them, for every kind of provision that the procedure cites: what nothing rests on is there too."""
    whole = {key.partition("(")[0] for key in PROVISIONS}
    cited = {u for s in procedure.steps for u in s.under} | {u for k in procedure.duties for u in k.under}
    kinds = {key.rpartition(" ")[0] for key in cited}
    found = {}
    for key in (k for k in PROVISIONS if k in whole and k.rpartition(" ")[0] in kinds):

        def rests(under, key=key):
            return any(u == key or u.startswith(f"{key}(") for u in under)

        steps = [s.key for s in procedure.steps if rests(s.under)]
        duties = [d.key for d in procedure.duties if rests(d.under)]
        asked = {c.__name__ for s in procedure.steps for c in conditions(s) if re.search(rf'"{key}["(]', _source(c))}
        found[key] = (steps, duties, sorted(asked - {"check", "guard"}))
    return found


def _source(condition) -> str:
    try:
        return inspect.getsource(condition)
    except (OSError, TypeError):
        return ""


def _citations(procedure: Procedure) -> list[str]:
    """The table of what rests on each provision."""
    elsewhere = dict(procedure.elsewhere)
    rows = []
    for key, (steps, duties, asked) in citations(procedure).items():
        cells = [", ".join(f"`{name}`" for name in names) for names in (steps, duties, asked)]
        if not any(cells):
            cells = [elsewhere.get(key, ""), "", ""]
        rows.append(f"| {cite(key)} | " + " | ".join(cells) + " |")
    head = ["| provision | steps | duties | conditions |", "|---|---|---|---|"]
    intro = "Sub-paragraphs stand under the paragraph or regulation that holds them."
    return ["## What rests on each provision", "", intro, "", *head, *rows, ""]


def _row(procedure: Procedure, step: Step) -> str:
    start = states_words(procedure, sources(procedure, step)) if step.frm != (NEW,) else "(new)"
    cells = [
        f"[`{step.key}`](#{step.key})", start, to_words(procedure, step), ", ".join(r.words for r in step.by),
        ", ".join(r.words for r in step.decided_by), step.provision,
    ]  # fmt: skip
    return "| " + " | ".join(cells) + " |"


def _section(procedure: Procedure, step: Step) -> list[str]:
    """One step: what it is, what must hold, what it asks, which duties begin and end with it."""
    meets = "what is chosen in its form" if step.by_hand else "; ".join(unique(f"`{k.key}`" for k in step.closes))
    lines = [f'### <a id="{step.key}"></a>`{step.key}`: {step.words}', ""]
    if step.form is not None and step.form.__doc__:
        lines += [sentence(step.form), ""]
    must = unique(sentence(g) for g in conditions(step))
    facts = [
        ("Provision", cite(*step.under, capital=True)),
        ("From", states_words(procedure, sources(procedure, step))),
        ("To", to_words(procedure, step)),
        ("Entered by", ", ".join(r.words for r in step.by) + (", or anybody for themselves" if step.anybody else "")),
        ("Decided by", ", ".join(r.words for r in step.decided_by)),
        ("Asks", "; ".join(asks(step))),
        ("Begins", "; ".join(unique(f"`{k.key}`" for k in step.opens))),
        ("Meets", meets),
        ("Lets lapse", "; ".join(unique(f"`{k.key}`" for k in step.lapses))),
    ]
    lines += [f"- {label}: {said}" for label, said in facts if said]
    if must:
        lines += ["- Must hold:", *[f"  - {m}" for m in must]]
    return [*lines, ""]


def _duty(procedure: Procedure, duty) -> str:
    begins = [s.key for s in procedure.steps if duty.key in {k.key for k in s.opens}]
    begins += [f"`{d.key}` met" for d in procedure.duties if d.follows and d.follows.key == duty.key]
    met = [s.key for s in procedure.steps if duty.key in {k.key for k in s.closes}]
    if not met and duty.step:
        met = [duty.step]
    words = duty.words.replace("{to}", "…")
    begins_words = ", ".join(b if b.startswith("`") else f"`{b}`" for b in begins)
    met_words = ", ".join(f"`{m}`" for m in met)
    return (
        f"| `{duty.key}` | {words} | {duty.owner.words} | {duty.basis.words} | {duty.provision} "
        f"| {begins_words} | {met_words} |"
    )
