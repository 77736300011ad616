"""A procedure as a panel has arranged it: who takes its steps, and whom they ask first.

    arranged(procedure, {"filter": {"who": "monitoring_officer", "after": ["chairman", "independent"]}})

The result is a procedure like any other: pages, perform, work lists and the printed procedure read it and know nothing
of arrangements. What a panel has not arranged is as declared.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from panel.law.roles import Consulted, Role
from panel.law.spoken import say, spoken
from panel.procedure.machine import Procedure
from panel.procedure.matters import Matter
from panel.procedure.vocabulary import DutyKind, Elsewhere, Refusal, Step

Stored = Mapping[
    str, Mapping[str, Any]
]  # {key of a matter: {"who": ..., "after": [...]}}, as a panel's settings hold it


@dataclass(frozen=True)
class Arrangement:
    """Who acts in a matter, and whom they ask first."""

    who: Role
    after: tuple[Consulted, ...] = ()

    @property
    def stored(self) -> dict[str, Any]:
        """As the settings hold it."""
        return {"who": self.who.value, "after": [kind.value for kind in self.after]}


def arrangement_of(procedure: Procedure, matter: Matter, stored: Stored) -> Arrangement:
    """What holds in a matter: what the panel has said, else what is declared."""
    if found := stored.get(matter.key):
        return Arrangement(Role(found["who"]), tuple(Consulted(kind) for kind in found.get("after", ())))
    steps = [procedure.step(key) for key in matter.steps if procedure.has_step(key)]
    return Arrangement(matter.usual, steps[0].after if steps else ())


def matter_of(procedure: Procedure, step: str) -> Matter | None:
    """The matter that a step belongs to, or None where there is nothing to choose about it."""
    return next((m for m in procedure.matters if step in m.steps), None)


def acts_in(procedure: Procedure, stored: Stored, step: str = "") -> Role:
    """Who acts in the matter of that step; without one, who takes the main decision."""
    found = matter_of(procedure, step) or next((m for m in procedure.matters if m.main), None)
    return arrangement_of(procedure, found, stored).who if found else Role.CHAIRMAN


def spoken_of(words: str, who: Role) -> str:
    """What is said of the Chairman, said of whoever acts instead, in the panel's own words."""
    if who is not Role.CHAIRMAN:
        words = words.replace("The Chairman", f"The {who.words}").replace("the Chairman", f"the {who.words}")
    return say(words)


def refusal_spoken(procedure: Procedure, stored: Stored, refusal: Refusal) -> Refusal:
    """A refusal that names whoever acts in this panel."""
    if not stored and spoken() is None:
        return refusal
    main, first = acts_in(procedure, stored), acts_in(procedure, stored, refusal.first)
    return replace(refusal, reason=spoken_of(refusal.reason, main), remedy=spoken_of(refusal.remedy, first))


def arranged(procedure: Procedure, stored: Stored, off: tuple[str, ...] = ()) -> Procedure:
    """The procedure as the panel has arranged it, without the steps that it has switched off; made once for each
    arrangement."""
    off = tuple(key for key in off if procedure.has_step(key))
    mine = {m.key: stored[m.key] for m in procedure.matters if m.key in stored}
    if not mine and not off and spoken() is None:
        return procedure
    kept: dict[str, Procedure] = procedure.__dict__.setdefault("_arranged", {})
    key = f"{json.dumps(mine, sort_keys=True)} {off} {spoken()}"
    if key not in kept:
        made = _made(procedure, mine)
        kept[key] = replace(made, steps=tuple(step for step in made.steps if step.key not in off))
    return kept[key]


def _made(procedure: Procedure, stored: Stored) -> Procedure:
    kinds = {kind.key: _kind(procedure, kind, stored) for kind in procedure.duties}

    def with_kinds(given: tuple[DutyKind, ...]) -> tuple[DutyKind, ...]:
        return tuple(_follows(kind, kinds) for kind in given)

    steps = []
    for step in procedure.steps:
        made = _step(procedure, step, stored)
        opens, closes, lapses = with_kinds(made.opens), with_kinds(made.closes), with_kinds(made.lapses)
        steps.append(replace(made, opens=opens, closes=closes, lapses=lapses))
    states = tuple(replace(s, label=say(s.label), waiting_note=say(s.waiting_note)) for s in procedure.states)
    groups = tuple((say(words), keys) for words, keys in procedure.groups)
    return replace(
        procedure, steps=tuple(steps), duties=tuple(kinds.values()), states=states, stages=tuple(map(say, procedure.stages)),
        groups=groups, matters=tuple(_matter(matter) for matter in procedure.matters),
    )  # fmt: skip


def _matter(matter: Matter) -> Matter:
    """A matter in the panel's own words."""
    barred = tuple((role, say(why)) for role, why in matter.barred)
    label, question, law, says = map(say, (matter.label, matter.question, matter.law, matter.says))
    return replace(matter, label=label, question=question, law=law, says=says, barred=barred)


def _follows(kind: DutyKind, kinds: Mapping[str, DutyKind]) -> DutyKind:
    """A kind as one step opens it, with the owner and the words that the panel's arrangement gives it."""
    found = kinds.get(kind.key)
    return replace(kind, owner=found.owner, label=found.label) if found else kind


def _kind(procedure: Procedure, kind: DutyKind, stored: Stored) -> DutyKind:
    """A duty is whose its step is; a notice, whose the matter says."""
    label = spoken_of(kind.label, acts_in(procedure, stored))
    for matter in procedure.matters:
        if matter.key not in stored:
            continue
        delegated = arrangement_of(procedure, matter, stored).who is Role.COMMISSIONERS_OFFICE
        theirs = kind.met_by in matter.steps and kind.owner is matter.usual and not delegated
        if theirs or kind.key in matter.duties:
            return replace(kind, owner=arrangement_of(procedure, matter, stored).who, label=label)
    return replace(kind, label=label)


def _step(procedure: Procedure, step: Step, stored: Stored) -> Step:
    """A step with its actor in the place of the usual one, and with words that name them."""
    main = acts_in(procedure, stored)
    elsewhere = step.when_elsewhere
    first = acts_in(procedure, stored, elsewhere.first)
    step = replace(
        step,
        label=spoken_of(step.label, main),
        past_label=say(step.past_label),  # of what was done before the panel said otherwise, too
        button=say(step.button),
        hint=spoken_of(step.hint, main),
        when_elsewhere=replace(
            elsewhere, reason=spoken_of(elsewhere.reason, main), remedy=spoken_of(elsewhere.remedy, first)
        )
        if elsewhere != Elsewhere()
        else elsewhere,
    )
    matter = matter_of(procedure, step.key)
    if matter is None or matter.key not in stored:
        return step
    found = arrangement_of(procedure, matter, stored)
    if step.decided_by:
        decided = tuple(dict.fromkeys(found.who if role is matter.usual else role for role in step.decided_by))
        entered = tuple(dict.fromkeys(_entering(step, matter, found)))
        return replace(step, decided_by=decided, entered_by=entered, after=found.after)
    entered = step.entered_by if found.who is matter.usual else (found.who,)
    if found.who is Role.COMMISSIONERS_OFFICE:  # beside the Panel's own staff, who keep what is theirs
        entered = (*step.entered_by, found.who)
    return replace(step, entered_by=entered, after=found.after)


def _entering(step: Step, matter: Matter, found: Arrangement) -> Iterator[Role]:
    """Who may enter a decision: whoever takes it, and the officer who types it up; for the Panel, which signs in nowhere,
    staff."""
    for role in step.entered_by:
        if role is not matter.usual:
            yield role
        elif found.who is not Role.PANEL:
            yield found.who
    if found.who is Role.PANEL:
        yield from (Role.OFFICER, Role.MONITORING_OFFICER)
