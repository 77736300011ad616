"""Every state of a complaint, and every step that is offered there, through its page: none breaks."""

import pytest

from complaints.procedure import PROCEDURE
from tests.offered import walk_offered
from tests.steps import answers, at, fresh

OFTEN = {"closed"}
STATES = [pytest.param(s.key, marks=() if s.key in OFTEN else pytest.mark.deep) for s in PROCEDURE.states]


@pytest.mark.parametrize("state", STATES)
def test_no_step_that_is_offered_breaks_its_page(world, state):
    case = at(world, state)
    for person in (world.officer,) if state in OFTEN else (world.officer, world.mo, world.chairman):
        told = walk_offered(person, case, lambda key, by=person: answers(world, fresh(case), key, by))
        assert told, (state, person)
