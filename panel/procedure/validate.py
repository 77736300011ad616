"""What is wrong with a declared procedure, said when the product starts and not when somebody takes the step.

    for problem in problems(PROCEDURE):
        print(problem)      # complaints/procedure/ending.py: step "archive" leads to "archived", which is no state. ...

Each problem names the file and the cure. `panel.checks` makes a system check of them.
"""

import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from panel.law.provisions import PROVISIONS
from panel.procedure.machine import Procedure
from panel.procedure.read_conditions import condition_faults
from panel.procedure.register import Register
from panel.procedure.vocabulary import NEW, DutyKind, LetterKind, State, Step, Target

SLUG = re.compile(r"[a-z][a-z0-9_]{1,39}")  # as the columns of statuses and duties hold it


@dataclass(frozen=True)
class Problem:
    """One mistake in a declaration: where it stands, what it is, and what to type."""

    where: str
    what: str
    cure: str

    def __str__(self) -> str:
        return f"{self.where or 'somewhere'}: {self.what}. {self.cure}"


def problems(procedure: Procedure) -> list[Problem]:
    """Everything that is wrong with the procedure, in the order of its states, steps and duties; empty when it holds."""
    return [
        *_doubles(procedure),
        *(p for state in procedure.states for p in _state(procedure, state)),
        *(p for step in procedure.steps for p in _step(procedure, step)),
        *(p for kind in procedure.duties for p in _duty(procedure, kind)),
        *(p for letter in procedure.letters for p in _letter(procedure, letter)),
        *_dead_ends(procedure),
        *_silent_lapses(procedure),
    ]


def register_problems(register: Register) -> list[Problem]:
    """The steps and duties that a register names and no procedure of it has."""
    steps = {s.key for p in register.procedures for s in p.steps}
    kinds = {k.key for p in register.procedures for k in p.duties}
    named = [
        ("log_step", register.log_step, steps),
        *(("templates", key, steps) for key in register.templates),
        *(("privileged", key, steps) for key in register.privileged),
        *(("main_decision", key, steps) for key in [register.main_decision] if key),
        *(
            (("advice", register.advice.step, steps), ("advice", register.advice.duty, kinds))
            if register.advice
            else ()
        ),
    ]
    return [
        Problem(
            f"{register.case_model.__module__.partition('.')[0]}/apps.py",
            f"`{field}` of register {register.slug!r} names {key!r}, which nothing declares",
            "Correct the key, or declare it in a chapter",
        )
        for field, key, known in named
        if key not in known
    ]


def _doubles(procedure: Procedure) -> Iterator[Problem]:
    """Keys that are declared twice, keys that are no short slugs, and what has no words."""
    declared = (
        ("state", procedure.states),
        ("step", procedure.steps),
        ("duty", procedure.duties),
        ("letter", procedure.letters),
    )
    for what, rows in declared:
        seen: set[str] = set()
        for row in rows:
            if row.key in seen:
                yield Problem(row.where, f"{what} {row.key!r} is declared twice", "Give one of them another key")
            if not row.label.strip():
                yield Problem(row.where, f"{what} {row.key!r} has no words", "Write its `label`")
            if not SLUG.fullmatch(row.key):
                yield Problem(
                    row.where,
                    f"{what} {row.key!r} is no short slug",
                    "Use 2 to 40 small letters, digits and underscores",
                )
            seen.add(row.key)


def _state(procedure: Procedure, state: State) -> Iterator[Problem]:
    """A state has a stage of the track; an end has the last one. Code can name it, and knows its groups."""
    last = len(procedure.stages) - 1
    if not 0 <= state.stage <= last:
        yield Problem(
            state.where, f"state {state.key!r} has stage {state.stage}", f"The track has stages 0 to {last}: choose one"
        )
    elif not state.open and state.stage != last:
        yield Problem(state.where, f"state {state.key!r} is an end", f"Give it the last stage, {last}")
    kinds = {kind.key: kind for kind in procedure.duties}
    for key in state.asks:
        if key not in kinds:
            yield Problem(state.where, f"state {state.key!r} asks for {key!r}, which is no duty", "Correct `asks`")
        elif not _can_be_met(procedure, kinds[key], state):
            yield Problem(
                state.where,
                f"state {state.key!r} asks for {key!r}, which cannot be met or does not live there",
                f"Name a duty whose step can be taken from {state.key!r}",
            )
    if state.open and not state.asks:
        yield Problem(
            state.where,
            f"state {state.key!r} asks for no duty, so a case there could be on nobody’s list",
            "Name in `asks` the duty that carries it on",
        )
    if state.key in {retired.key for retired in procedure.retired_states}:
        yield Problem(state.where, f"state {state.key!r} is retired and declared", "Take it out of `retired_states`")
    if procedure.state_keys and state.key not in set(procedure.state_keys):
        file = f"{procedure.state_keys.__module__.replace('.', '/')}.py"
        yield Problem(
            state.where,
            f"state {state.key!r} is no member of {procedure.state_keys.__name__}",
            f"Add it to {file}, with the groups of states that it belongs to",
        )


def _can_be_met(procedure: Procedure, kind: DutyKind, state: State) -> bool:
    """Whether the duty lives in that state and a step meets it from there."""
    if not procedure.has_step(kind.met_by):
        return False
    return state.key in procedure.lives_in(kind) and state.key in procedure.step(kind.met_by).from_states


def _step(procedure: Procedure, step: Step) -> Iterator[Problem]:
    """What a step names is declared, and it says what its page needs."""
    said = f"step {step.key!r}"
    states, kinds = {s.key for s in procedure.states}, {k.key for k in procedure.duties}
    for key in step.from_states:
        if key not in states and key != NEW:
            yield Problem(
                step.where, f"{said} begins at {key!r}, which is no state", "Declare the state, or correct it"
            )
    targets = (step.to,) if isinstance(step.to, str) else step.to if isinstance(step.to, tuple) else ()
    for key in targets:
        if key not in states:
            yield Problem(step.where, f"{said} leads to {key!r}, which is no state", "Declare the state, or correct it")
    for field, rows in (("opens", step.opens), ("closes", step.closes), ("lapses", step.lapses)):
        for kind in rows:
            if kind.key not in kinds:
                yield Problem(
                    step.where,
                    f"{said} {field} the duty {kind.key!r}, which the procedure does not list",
                    "Let a step of the procedure open it",
                )
    for key in set(step.provisions) - set(PROVISIONS):
        yield Problem(
            step.where, f"{said} rests on {key!r}, which is no provision", "Add it to panel/law/provisions_table.py"
        )
    if not step.provisions:
        yield Problem(
            step.where, f"{said} rests on no provision", "Name the paragraph and the regulation in `provisions`"
        )
    for field, value in (
        ("past_label", step.past_label),
        ("button", step.button),
        ("form", step.form),
        ("entered_by", step.entered_by),
    ):
        if not value:
            yield Problem(step.where, f"{said} has no `{field}`", f"Declare `{field}`")
    if step.scope == "case" and (step.to is not Target.STAYS or step.part_guards or step.creates):
        yield Problem(
            step.where,
            f"{said} is a note on the case and moves parts",
            "Let it lead to Target.STAYS, without conditions on parts",
        )
    keys = {s.key for s in procedure.steps}
    said_first = (one.first for one in (step.when_elsewhere, *step.when_elsewhere.others))
    for first in (key for key in said_first if key and key not in keys):
        yield Problem(
            step.where, f"{said} says to take {first!r} first, which is no step", "Correct it in `when_elsewhere`"
        )
    yield from _arities(step)
    for what, cure in condition_faults(step):
        yield Problem(step.where, what, cure)


def _arities(step: Step) -> Iterator[Problem]:
    """Conditions and effects take the attempt; conditions on parts take the part, too."""
    expected: list[tuple[str, Iterable[Callable[..., object]], int]] = [
        ("guards", step.guards, 1),
        ("checks", step.checks, 1),
        ("part_guards", step.part_guards, 2),
        ("not_before", [e.day for e in step.not_before], 1),
        ("effect", [step.effect] if step.effect else [], 1),
    ]
    for field, functions, number in expected:
        for function in functions:
            if len(inspect.signature(function).parameters) != number:
                takes = "the attempt" if number == 1 else "the attempt and the part"
                yield Problem(
                    step.where,
                    f"step {step.key!r}: {function.__name__} in `{field}` takes other arguments",
                    f"Let it take {takes}",
                )


def _duty(procedure: Procedure, kind: DutyKind) -> Iterator[Problem]:
    """What a duty names is declared; something opens it and a step meets it."""
    said = f"duty {kind.key!r}"
    steps = {s.key for s in procedure.steps}
    if kind.met_by not in steps:
        yield Problem(kind.where, f"{said} is met by {kind.met_by!r}, which is no step", "Correct its `met_by`")
    for step in procedure.steps:
        if step.key == kind.met_by and step.effect is None and kind.key not in {k.key for k in step.closes}:
            yield Problem(
                kind.where, f"{said} is met by {step.key!r}, which does not close it", "List it in `closes` of the step"
            )
    if kind.notice != (kind.met_by == "give_notice"):
        yield Problem(
            kind.where, f"{said} is a notice that another step meets", 'Write notice=True, met_by="give_notice"'
        )
    for name, named in (("open_in_states", kind.open_in_states), ("sleeps_in", kind.sleeps_in)):
        for key in set(named) - {s.key for s in procedure.states}:
            yield Problem(kind.where, f"{said} names {key!r}, which is no state", f"Correct `{name}`")
    if not procedure.lives_in(kind) and kind.met_by in steps:
        yield Problem(
            kind.where,
            f"{said} lives in no state: {kind.met_by!r} is taken from none that is open",
            "Name the states in which it lives in `open_in_states`",
        )
    for key in set(kind.provisions) - set(PROVISIONS):
        yield Problem(
            kind.where, f"{said} rests on {key!r}, which is no provision", "Add it to panel/law/provisions_table.py"
        )
    opened = {k.key for s in procedure.steps for k in s.opens} | {
        k.then_opens.key for k in procedure.duties if k.then_opens
    }
    opened |= {key for state in procedure.states for key in state.asks}
    if kind.key not in opened:
        yield Problem(
            kind.where,
            f"{said} is opened by no step",
            "Add it to `opens` of the step that causes it, or to `asks` of a state",
        )
    if "{to}" in kind.label and kind.recipients is None:
        yield Problem(
            kind.where, f"{said} names a recipient and has none", "Declare `recipients`, or leave {to} out of its label"
        )


def _letter(procedure: Procedure, letter: LetterKind) -> Iterator[Problem]:
    """What a letter names is declared, and the duties that it meets are met by telling somebody."""
    said = f"letter {letter.key!r}"
    kinds = {k.key: k for k in procedure.duties}
    for key in set(letter.provisions) - set(PROVISIONS):
        yield Problem(
            letter.where, f"{said} rests on {key!r}, which is no provision", "Add it to panel/law/provisions_table.py"
        )
    for kind in letter.discharges:
        if kind.key not in kinds:
            yield Problem(
                letter.where,
                f"{said} meets the duty {kind.key!r}, which no step opens",
                "Add it to `opens` of the step",
            )
        elif not kind.notice:
            yield Problem(
                letter.where, f"{said} meets the duty {kind.key!r}, which is no notice", "Leave it out of `discharges`"
            )
    if letter.chases and not set(letter.chases) & set(kinds):  # one that two procedures share may remind of more
        key = letter.chases[0]
        yield Problem(letter.where, f"{said} reminds of the duty {key!r}, which no step opens", "Correct its `chases`")
    if len(inspect.signature(letter.recipients).parameters) != 1:
        yield Problem(letter.where, f"{said}: `recipients` takes other arguments", "Let it take the attempt")


def _dead_ends(procedure: Procedure) -> Iterator[Problem]:
    """Every state can be reached, and every open state can reach an end."""
    graph: dict[str, set[str]] = {}
    for step in procedure.steps:
        if step.to not in (Target.STAYS, Target.UNDO) and step.scope == "parts":
            for source in (NEW,) if step.creates else step.from_states:
                graph.setdefault(source, set()).update(procedure.targets(step, source))
    reached = _reached(NEW, graph)
    for state in procedure.states:
        if state.key not in reached:
            yield Problem(state.where, f"no step leads to state {state.key!r}", "Declare the step that does")
        elif state.open and not _reached(state.key, graph) & set(procedure.ends):
            yield Problem(state.where, f"no way leads from state {state.key!r} to an end", "Declare a step out of it")


def _reached(start: str, graph: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    todo = [start]
    while todo:
        new = graph.get(todo.pop(), set()) - found
        found |= new
        todo += new
    return found


def _silent_lapses(procedure: Procedure) -> Iterator[Problem]:
    """A step that takes a part out of every state in which a duty lives or sleeps lets that duty lapse; the step says so
    in `lapses` or `closes`, or the state to which it leads ends the rest. An end always does."""
    opened = {s.key for s in procedure.states if s.open and not s.ends_the_rest}
    for step in procedure.steps:
        if not step.moves or step.creates or step.scope == "case" or step.to in (Target.STATE_IT_LEFT, Target.UNDO):
            continue  # back to where it came from: nothing is open there that was not open before
        ends = {k.key for k in (*step.closes, *step.lapses)}
        for kind in procedure.duties:
            lives = procedure.lives_in(kind) | set(kind.sleeps_in)
            # Of several targets, one from which the step is taken too is where a part stays that stood there.
            stays = set(step.from_states) if isinstance(step.to, tuple) else set()
            lost = [
                (source, target)
                for source in step.from_states
                if source in lives
                and procedure.state(source).open  # reopening undoes an end, and what followed from it
                for target in sorted(procedure.targets(step, source))
                if target in opened - stays and target not in lives
            ]
            if lost and kind.key not in ends:
                source, target = lost[0]
                yield Problem(
                    step.where,
                    f"step {step.key!r} leads from {source!r} to {target!r}, where the duty {kind.key!r} lapses without a word",
                    f"List it in `lapses` of the step, or add {target!r} to `open_in_states` of the duty, or to `sleeps_in` "
                    "where it only waits",
                )
