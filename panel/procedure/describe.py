"""Descriptions of a declared procedure: text for a terminal, JSON for programs, a diagram, the page docs/procedure.md.

    render(procedures()["complaints"], "mermaid")     # "stateDiagram-v2 ..."

They are made from the table that `perform` follows, so they cannot contradict it.
"""

import json
from typing import Any

from panel.procedure.declared_words import (
    asks,
    conditions,
    not_before_words,
    numbers,
    sentence,
    sources,
    states_words,
    targets,
    to_words,
    unique,
)
from panel.procedure.diagram import mermaid
from panel.procedure.machine import Procedure
from panel.procedure.markdown_page import markdown
from panel.procedure.vocabulary import Target

FORMATS = ("text", "json", "mermaid", "markdown")
WIDEST_LINE_CHARACTERS = 110  # in the text format


def render(procedure: Procedure, form: str) -> str:
    """The procedure in one of FORMATS, with a line break at its end."""
    made = {"text": text, "json": as_json, "mermaid": mermaid, "markdown": markdown}[form](procedure)
    return made.rstrip("\n") + "\n"


def as_json(procedure: Procedure) -> str:
    """States, steps, duties and conditions, with stable keys."""
    found: dict[str, Any] = {
        "procedure": procedure.key,
        "label": procedure.words,
        "states": [{"key": s.key, "label": s.label, "open": s.open, "end": not s.open} for s in procedure.states],
        "steps": [
            {
                "key": s.key,
                "label": s.label,
                "sources": sources(procedure, s),
                "targets": targets(procedure, s),
                "moves": s.moves,
                "adds": s.creates,
                "roles": [r.value for r in s.entered_by],
                "anybody": s.anybody,  # whoever sees the case, for themselves
                "decided_by": [r.value for r in s.decided_by],
                "after_asking": [kind.value for kind in s.after],
                "guards": [g.__name__ for g in (*s.guards, *s.part_guards)],
                "checks": [g.__name__ for g in s.checks],
                "not_before": [e.words for e in s.not_before if s.creates != "case"],
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
            {
                "key": d.key,
                "label": d.label,
                "owner": d.owner.value,
                "basis": d.basis.value,
                "day": d.whose_day.value,
                "lives_in": [s.key for s in procedure.states if s.key in procedure.lives_in(d)],
                "sleeps_in": list(d.sleeps_in),
                "provision": d.provision,
            }
            for d in procedure.duties
        ],
        "letters": [
            {"key": letter.key, "label": letter.label, "provision": letter.provision} for letter in procedure.letters
        ],
        "conditions": {g.__name__: sentence(g) for s in procedure.steps for g in conditions(s)},
    }
    return json.dumps(found, indent=2, ensure_ascii=False)


def text(procedure: Procedure) -> str:
    """Two tables for a terminal."""
    lines = [procedure.words, "", "States"]
    wide = max(22, *(len(s.key) + 2 for s in procedure.states))
    words = max(26, *(len(s.label) + 2 for s in procedure.states))
    lines += [f"  {s.key:<{wide}}{s.label:<{words}}{'open' if s.open else 'end'}" for s in procedure.states]
    lines += ["", "Steps"]
    for s in procedure.steps:
        keys = sources(procedure, s)
        stands = states_words(procedure, keys)
        start = stands if stands.startswith(("any", "(")) else ", ".join(keys)
        goal = to_words(procedure, s) if isinstance(s.to, Target) else " or ".join(targets(procedure, s))
        lines.append(f"  {s.key:<30}{s.label}")
        for label, said in (
            ("from", start),
            ("to", goal),
            (
                "by",
                ", ".join(
                    [
                        *(r.words for r in s.entered_by),
                        *(["whoever sees the case, for themselves"] if s.anybody else []),
                    ]
                ),
            ),
            ("decided by", ", ".join(r.words for r in s.decided_by)),
            ("after asking", ", ".join(kind.words for kind in s.after)),
            ("under", s.provision),
            ("must hold", ", ".join(unique(g.__name__ for g in conditions(s)))),
            ("not before", not_before_words(s)),
            ("opens", ", ".join(unique(k.key for k in s.opens))),
            (
                "closes",
                ", ".join(unique(k.key for k in s.closes))
                if not s.closes_chosen_duties_only
                else "what is chosen in its form",
            ),
            ("lapses", ", ".join(unique(k.key for k in s.lapses))),
        ):
            if said:
                lines += wrapped(f"    {label:<12}", said)
    return "\n".join(lines)


def wrapped(label: str, said: str) -> list[str]:
    """A label and the words after it, broken into lines that fit a terminal."""
    lines, line = [], label
    for word in said.split(" "):
        if len(line) + len(word) + 1 > WIDEST_LINE_CHARACTERS and line.strip():
            lines.append(line.rstrip())
            line = " " * len(label)
        line += word + " "
    return [*lines, line.rstrip()]
