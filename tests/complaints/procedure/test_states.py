"""Every state is reached by the real steps."""

import pytest

from complaints.procedure import PROCEDURE
from panel.record.verify import verify
from tests.steps import at


@pytest.mark.parametrize("state", [s.key for s in PROCEDURE.states])
def test_a_complaint_is_brought_to_every_state_by_the_real_steps(world, state):
    case = at(world, state)
    assert case.status == state
    assert [p.status for p in case.parts.all()] == [state]


def test_and_the_record_of_all_of_them_verifies(world):
    assert list(verify()) == []
