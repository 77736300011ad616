"""One Schedule's own copy of the tables that both Schedules share.

A step is written down once. Where the Schedules differ only in the numbers of their paragraphs, the step names what
they say (`law.Cited`); where Schedule 8 goes on after a veto, the step names the states and duties of both. Without
this copy some thirty steps would stand twice, and whoever changes one would forget the other.
"""

from collections.abc import Callable
from dataclasses import replace

from hearings.keys import StateKey
from hearings.procedure.law import WHOLE_PANEL, Law
from hearings.procedure.states import STAGES
from panel.law.roles import Role
from panel.procedure.machine import Procedure, with_letters
from panel.procedure.matters import Matter
from panel.procedure.vocabulary import NEW, DutyKind, LetterKind, State, Step, Target

RECOMMEND = Matter(
    "recommend", "Recommend, or veto", "Hearings", "Who recommends, or vetoes?", ("record_recommendation", "veto"),
    Role.PANEL, (WHOLE_PANEL,), "Fixed: no committee may (Schedule 6, paragraph 27)",
)  # fmt: skip


def procedure_of(
    law: Law,
    states: tuple[State, ...],
    steps: tuple[Step, ...],
    duties: tuple[DutyKind, ...],
    groups: tuple[tuple[str, tuple[str, ...]], ...],
    retired: tuple[DutyKind, ...] = (),
    letters: tuple[LetterKind, ...] = (),
) -> Procedure:
    """The procedure under that Schedule: its paragraphs filled in, without the sources, targets and duties it lacks."""
    has_states, has_duties = {state.key for state in states}, {kind.key for kind in duties}

    def own_states(named) -> tuple[str, ...]:
        keys = [state.key if isinstance(state, State) else state for state in named]
        return tuple(key for key in keys if key in has_states or key == NEW)

    def own_target(to):
        if isinstance(to, Target):
            return to
        found = own_states(to if isinstance(to, tuple) else (to,))
        return found if len(found) > 1 else found[0]

    def own_duties(kinds) -> tuple[DutyKind, ...]:
        return tuple(
            replace(
                kind,
                provisions=law.of(*kind.provisions),
                open_in_states=own_states(kind.open_in_states),
                sleeps_in=own_states(kind.sleeps_in),
            )
            for kind in kinds
            if kind.key in has_duties or kind in retired
        )

    def own_step(step: Step) -> Step:
        sources = own_states(step.from_states)
        assert sources, f"{step.key} cannot be taken under {law.words}: its chapter belongs to another"
        return replace(
            step,
            from_states=sources,
            to=own_target(step.to),
            provisions=law.of(*step.provisions),
            opens=own_duties(step.opens),
            closes=own_duties(step.closes),
            lapses=own_duties(step.lapses),
            provisions_at=tuple((there, under) for keys, under in step.provisions_at if (there := own_states(keys))),
        )

    return Procedure(
        law.key,
        law.words,
        states,
        with_letters(map(own_step, steps), own_letters(law, letters, own_duties)),
        STAGES,
        own_duties(duties),
        groups=groups,
        retired_duties=own_duties(retired),
        state_keys=StateKey,
        matters=(RECOMMEND,),
    )


def own_letters(
    law: Law, letters: tuple[LetterKind, ...], own_duties: Callable[[tuple[DutyKind, ...]], tuple[DutyKind, ...]]
) -> tuple[LetterKind, ...]:
    """The kinds of letter with the paragraphs and the duties of that Schedule."""
    return tuple(
        replace(letter, provisions=law.of(*letter.provisions), discharges=own_duties(letter.discharges))
        for letter in letters
    )
