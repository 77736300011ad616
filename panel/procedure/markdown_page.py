"""A procedure as the page docs/procedure.md."""

import inspect
import re

from panel.law.provisions import PROVISIONS, cite
from panel.procedure.declared_words import (
    asks,
    conditions,
    not_before_words,
    sentence,
    sources,
    states_words,
    to_words,
    unique,
)
from panel.procedure.diagram import mermaid
from panel.procedure.machine import Procedure
from panel.procedure.vocabulary import NEW, DutyKind, Step

# What each field of a Step means, for whoever adds a step. `where` is missing: a declaration finds it for itself.
FIELDS = {
    "key": "its name in addresses, the log and the report; never changed once used",
    "label": "what its link says",
    "from_states": "the states it may be taken from; `NEW` for the step that begins a case",
    "to": "where it leads: a state; several, of which the answer `to` picks; or a `Target`: `STAYS`, `STATE_IT_LEFT`, `UNDO`",
    "entered_by": "the roles that may enter it",
    "provisions": "the provisions it rests on, keys of `panel/law/provisions.py`",
    "past_label": "what the timeline says afterwards",
    "button": "what its button says: it names the act",
    "hint": "one line of consequence beside its link",
    "guards": "conditions that see the case, each once; a refusal greys the step out with its reason",
    "part_guards": "conditions that see one part; a part that fails is not moved",
    "form": "what it asks, a `StepForm`",
    "checks": "conditions that see the answers; a refusal stands beside the question",
    "not_before": "the days that its own day may not precede, each an `Earliest`; empty: it may precede the receipt",
    "effect": "sets what it changes besides the status",
    "opens": "duties that begin with it",
    "closes": "duties that it meets",
    "lapses": "duties that it overtakes: they lapse, and do not count as met",
    "letters": "the papers that go out because of it, each a `LetterKind`",
    "closes_chosen_duties_only": "it meets only the duties chosen in its form",
    "decided_by": "whose decision it is, where that is not whoever enters it",
    "after": "who is asked before it is decided, where the panel has not said otherwise",
    "officer_needs_setting": "the panel’s setting that must be on for the officer to enter it",
    "all_parts": "it moves all parts that stand right, otherwise the chosen ones",
    "creates": "`case` makes a new case, `part` a new part of an open case",
    "scope": "`parts` or `case`; a note on the whole case moves nothing",
    "confirm": "the answers are shown again before it is taken",
    "folded": "its link is folded away",
    "anybody": "everybody who sees the case may take it for themselves",
    "survives_erasure": "what was answered and why stays on record when the rest of the case is erased",
    "final": "it cannot be taken back",
    "together": "whether it can be taken once for all cases of a group about one matter",
    "when_elsewhere": "`Elsewhere(reason, remedy, first)`: why not, and what to do first, while the case stands elsewhere",
    "provisions_at": "where other provisions hold: the states, and what the step rests on there",
}


def markdown(procedure: Procedure) -> str:
    """The page docs/procedure.md."""
    moving = [s for s in procedure.steps if s.moves]
    notes = [s for s in procedure.steps if not s.moves]
    lines = [
        f"# {procedure.words}: the procedure as declared",
        "",
        f"Made by `manage.py procedure {procedure.key} --format markdown`: a test fails when it is stale. Do not edit.",
        "The tables themselves are in the register’s `procedure/`, a chapter a file; what the law leaves open is in",
        "[law.md](law.md).",
        "",
        *_where_a_case_can_go(procedure, notes),
        *_states(procedure),
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
        *_duties(procedure),
        *_letters(procedure),
        *_citations(procedure),
        *_fields(),
    ]
    return "\n".join(lines)


def _where_a_case_can_go(procedure: Procedure, notes: list[Step]) -> list[str]:
    """The diagram, and the steps that it leaves out."""
    return [
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
    ]


def _states(procedure: Procedure) -> list[str]:
    """The table of states."""
    return [
        "## States",
        "",
        "| state | in words | |",
        "|---|---|---|",
        *[f"| `{s.key}` | {s.label} | {'open' if s.open else 'end'} |" for s in procedure.states],
        "",
        "The later a state stands here, the further it is; open states come before ended ones.",
        "",
    ]


def _duties(procedure: Procedure) -> list[str]:
    """The table of duties."""
    return [
        "## Duties",
        "",
        "Basis: Law, the Act or the Regulations require it; Practice, a reading: nobody found a provision that orders it.",
        "Only the Monitoring Officer waives these two. Target: the Panel’s own. Guidance: good practice. Whose the day is",
        "stands apart: only what passes a day that is the law’s, or that binds, is late in law. A duty lapses outside the",
        "states in which it lives; in those in brackets it sleeps.",
        "",
        "| duty | in words | whose | basis | basis of the day | lives in | provision | begins with | is met by |",
        "|---|---|---|---|---|---|---|---|---|",
        *[_duty(procedure, d) for d in procedure.duties],
        "",
    ]


def _letters(procedure: Procedure) -> list[str]:
    """The table of letters; nothing while none is declared."""
    if not procedure.letters:
        return []
    rows = [
        f"| `{letter.key}` | {letter.label} | {', '.join(f'`{k.key}`' for k in letter.discharges)} | {letter.provision} |"
        for letter in procedure.letters
    ]
    return ["## Letters", "", "| letter | in words | meets | provision |", "|---|---|---|---|", *rows, ""]


def _fields() -> list[str]:
    """The table that explains each field of a step, for whoever declares one."""
    return [
        "## How a step is declared",
        "",
        "One `Step(...)` in its chapter. Its page, address, button, server check, log entry, history, diagram and",
        "the database’s trigger follow from it.",
        "",
        "| field | what it says |",
        "|---|---|",
        *[f"| `{name}` | {words} |" for name, words in FIELDS.items()],
    ]


def citations(procedure: Procedure) -> dict[str, tuple[list[str], list[str], list[str]]]:
    """{provision: (steps, duties, conditions) that rest on it}, for every kind of provision that the procedure cites,
    also where nothing rests on a provision. Sub-provisions count with the paragraph or regulation that holds them."""
    whole = {key.partition("(")[0] for key in PROVISIONS}
    cited = {u for s in procedure.steps for u in s.provisions} | {u for k in procedure.duties for u in k.provisions}
    kinds = {key.rpartition(" ")[0] for key in cited}
    found = {}
    for key in (k for k in PROVISIONS if k in whole and k.rpartition(" ")[0] in kinds):

        def rests(under: tuple[str, ...], key: str = key) -> bool:
            return any(u == key or u.startswith(f"{key}(") for u in under)

        steps = [s.key for s in procedure.steps if rests(s.provisions)]
        duties = [d.key for d in procedure.duties if rests(d.provisions)]
        asked = {
            c.__name__
            for s in procedure.steps
            for c in conditions(s)
            if re.search(rf'"{key}["(]', inspect.getsource(c))
        }
        found[key] = (steps, duties, sorted(asked - {"check", "guard"}))
    return found


def _citations(procedure: Procedure) -> list[str]:
    """The table of steps, duties and conditions for each provision."""
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


def who_enters(step: Step) -> str:
    """The roles that enter it, and who else does."""
    found = ", ".join(r.words for r in step.entered_by)
    return f"{found}, or whoever sees the case, for themselves" if step.anybody else found


def _row(procedure: Procedure, step: Step) -> str:
    start = states_words(procedure, sources(procedure, step)) if step.from_states != (NEW,) else "(new)"
    cells = [
        f"[`{step.key}`](#{step.key})", start, to_words(procedure, step), who_enters(step),
        ", ".join(r.words for r in step.decided_by), step.provision,
    ]  # fmt: skip
    return "| " + " | ".join(cells) + " |"


def _section(procedure: Procedure, step: Step) -> list[str]:
    """One step: its declaration, its conditions, its questions, the duties that it begins and ends."""
    meets = (
        "what is chosen in its form"
        if step.closes_chosen_duties_only
        else "; ".join(unique(f"`{k.key}`" for k in step.closes))
    )
    lines = [f'### <a id="{step.key}"></a>`{step.key}`: {step.label}', "", sentence(step.form), ""]
    must = unique(sentence(g) for g in conditions(step))
    facts = [
        ("Provision", cite(*step.provisions, capital=True)),
        ("From", states_words(procedure, sources(procedure, step))),
        ("To", to_words(procedure, step)),
        (
            "Entered by",
            who_enters(step),
        ),
        ("Decided by", ", ".join(r.words for r in step.decided_by)),
        ("After asking", ", ".join(kind.words for kind in step.after)),
        ("Not before", not_before_words(step)),
        ("Asks", "; ".join(asks(step))),
        ("Begins", "; ".join(unique(f"`{k.key}`" for k in step.opens))),
        ("Meets", meets),
        ("Lets lapse", "; ".join(unique(f"`{k.key}`" for k in step.lapses))),
    ]
    lines += [f"- {label}: {said}" for label, said in facts if said]
    if must:
        lines += ["- Must hold:", *[f"  - {m}" for m in must]]
    return [*lines, ""]


def _life(procedure: Procedure, duty: DutyKind) -> str:
    """The states in which it lives; in brackets those in which it sleeps."""
    lives = procedure.lives_in(duty)
    words = states_words(procedure, [s.key for s in procedure.states if s.key in lives])
    asleep = [procedure.state(key).label for key in duty.sleeps_in]
    return f"{words} ({', '.join(asleep)})" if asleep else words


def _duty(procedure: Procedure, duty: DutyKind) -> str:
    begins = [s.key for s in procedure.steps if duty.key in {k.key for k in s.opens}]
    begins += [f"at {s.label}" for s in procedure.states if duty.key in s.asks]
    begins += [f"`{d.key}` met" for d in procedure.duties if d.then_opens and d.then_opens.key == duty.key]
    met = [s.key for s in procedure.steps if duty.key in {k.key for k in s.closes}]
    if not met and duty.met_by:
        met = [duty.met_by]
    words = duty.label.replace("{to}", "…")
    begins_words = ", ".join(b if b.startswith("`") else f"`{b}`" for b in begins)
    met_words = ", ".join(f"`{m}`" for m in met)
    return (
        f"| `{duty.key}` | {words} | {duty.owner.words} | {duty.basis.words} | {duty.whose_day.words} "
        f"| {_life(procedure, duty)} | {duty.provision} "
        f"| {begins_words} | {met_words} |"
    )
