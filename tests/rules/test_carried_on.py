"""No open case is on nobody's list, in any state of any register (issue: a state without a duty)."""

import pytest

from complaints.procedure import PROCEDURE
from tests.carried import carried_on
from tests.steps import at, everybody_told, open_duties, take, waive_all


@pytest.mark.parametrize("state", PROCEDURE.open_states)
def test_a_complaint_is_on_somebodys_list_in_every_state(world, state):
    carried_on(world, at(world, state))


@pytest.mark.parametrize("state", PROCEDURE.open_states)
def test_so_it_is_when_every_duty_is_waived(world, state):
    case = waive_all(world, at(world, state))
    carried_on(world, case)


def test_an_outcome_that_everybody_was_told_of_waits_to_be_closed(world):
    case = everybody_told(world, at(world, "outcome_recorded"))
    assert [d.kind for d in open_duties(case) if d.kind != "preserve_evidence"] == ["close_it"]
    carried_on(world, case)


def test_after_a_meeting_somebody_records_what_was_decided(world):
    case = take(world, at(world, "full_panel"), "note_meeting", kind="panel")
    assert "decide_after_meeting" in {d.kind for d in open_duties(case)}
    carried_on(world, case)


def test_after_an_adjournment_without_a_day_the_next_meeting_is_arranged(world):
    case = take(world, at(world, "sub_panel"), "arrange_meeting")
    case = take(world, case, "adjourn", meets_on=None)
    assert "arrange_next_meeting" in {d.kind for d in open_duties(case)}
    case = take(world, case, "arrange_meeting")
    assert "arrange_next_meeting" not in {d.kind for d in open_duties(case)}
