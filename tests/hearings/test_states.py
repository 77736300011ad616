"""Both Schedules' machines, walked exhaustively: every state by the real steps, every step taken and refused."""

import pytest
from django.db import transaction

from hearings.procedure import schedule1, schedule8
from panel.casework.case_context import CaseContext
from panel.casework.errors import Refused, Unseen
from panel.casework.offers import offers
from panel.casework.perform import perform
from panel.procedure.vocabulary import NEW
from panel.record.verify import verify
from tests.hearings.build import HEARD, TO_HEARD, answers, at, fresh, notify, plan, take

MACHINES = {1: schedule1.PROCEDURE, 8: schedule8.PROCEDURE}
STATES = [(n, s.key) for n, p in MACHINES.items() for s in p.states]


def test_a_hearing_is_brought_to_every_state_by_the_real_steps(ready_world):
    assert {key: case.status for key, case in ready_world.ready.items()} == {(n, state): state for n, state in STATES}
    assert list(verify()) == []


@pytest.mark.parametrize("schedule, state", STATES)
def test_every_step_is_taken_from_every_state_that_offers_it_and_refused_elsewhere(ready_world, schedule, state):
    world = ready_world
    case = at(world, state, schedule)
    procedure = MACHINES[schedule]
    taken = set()
    for person in (world.officer, world.mo):
        for offer in offers(CaseContext(fresh(case), person)):
            step = offer.step
            if offer.refusal is None:
                taken.add(step.key)
                continue
            with pytest.raises((Refused, Unseen)):
                perform(fresh(case), step.key, by=person, **answers(world, fresh(case), step.key, person))
    for step in procedure.steps:
        if state not in step.from_states and step.from_states != (NEW,):
            assert step.key not in taken, step.key


def incomplete_reserve(world):
    """A reserve candidate whose notification lacks the terms."""
    incomplete = {"came": ["name"], "counts": "not_yet", "counts_why": "Too little has come."}
    return take(world, at(world, "vetoed", 8), "notify_reserve", **incomplete)


@pytest.mark.parametrize("schedule", [pytest.param(1, marks=pytest.mark.deep), 8])
def test_every_step_can_be_taken(ready_world, schedule):
    world, done = ready_world, set()
    procedure = MACHINES[schedule]
    for state in procedure.states:
        with transaction.atomic():
            case = at(world, state.key, schedule)
            done |= {e.step for e in case.entries.all()}
            for person in (world.officer, world.mo):
                for offer in offers(CaseContext(fresh(case), person)):
                    statutory = offer.step.key == "waive" and not answers(world, case, "waive", person)["duties"]
                    if offer.refusal is None and offer.step.key not in done and not statutory:
                        with transaction.atomic():
                            take(world, case, offer.step.key, by=person)
                            transaction.set_rollback(True)
                        done.add(offer.step.key)
            transaction.set_rollback(True)
    for key in ("receive_information", "decide_count", "receive_reserve_information", "unrestrict"):
        if key not in done and key in {s.key for s in procedure.steps}:
            case = incomplete_reserve(world) if "reserve" in key else at(world, "information_awaited", schedule)
            case = take(world, case, "restrict") if key == "unrestrict" else case
            take(world, case, key)
            done.add(key)
    if "note_late_information" not in done:
        case = notify(world, schedule, came=["name"], counts="from_notice", counts_why="The rest is on its way.")
        for key in (*TO_HEARD, "note_late_information"):
            case = take(world, case, key)
        done.add("note_late_information")
    take(world, take(world, plan(world, schedule), "plan_day"), "put_off_day")
    done.add("put_off_day")
    if schedule == 8:
        case = take(world, at(world, "reserve_under_review", 8), "arrange_reserve_hearing")
        take(world, case, "adjourn_reserve_hearing", on=HEARD)
        done.add("adjourn_reserve_hearing")
    case = at(world, "reported", schedule)
    for key in ("note_external_challenge", "answer_challenge", "note_challenge_decision", "note_challenge_remedy"):
        case = take(world, case, key)
        done.add(key)
    assert done == {s.key for s in procedure.steps}


@pytest.mark.parametrize("schedule", [1, 8])
def test_every_open_state_can_reach_an_end(schedule):
    procedure = MACHINES[schedule]
    moves = {}
    for _, source, target in procedure.moves():
        moves.setdefault(source, set()).add(target)
    for state in procedure.open_states:
        seen, todo = {state}, [state]
        while todo:
            for t in moves.get(todo.pop(), ()):
                if t not in seen:
                    seen.add(t)
                    todo.append(t)
        assert seen & set(procedure.ends), state
