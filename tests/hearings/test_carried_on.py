"""No open hearing is on nobody's list, in any state of either Schedule."""

import pytest

from hearings.procedure import schedule1, schedule8
from panel.casework.errors import Refused
from panel.models import Duty
from tests.carried import carried_on
from tests.hearings.build import at, fresh, take

OPEN = [(n, key) for n, p in ((1, schedule1.PROCEDURE), (8, schedule8.PROCEDURE)) for key in p.open_states]


@pytest.mark.parametrize("schedule, state", OPEN)
def test_a_hearing_is_on_somebodys_list_in_every_state(ready_world, schedule, state):
    carried_on(ready_world, at(ready_world, state, schedule))


@pytest.mark.parametrize("schedule, state", OPEN)
def test_so_it_is_when_every_duty_is_waived(ready_world, schedule, state):
    case = fresh(at(ready_world, state, schedule))
    owed = [str(d.pk) for d in Duty.objects.filter(case=case, closed_by=None)]
    case = take(ready_world, case, "waive", by=ready_world.mo, duties=owed, why="It would serve nobody.")
    carried_on(ready_world, fresh(case))


def test_a_hearing_that_is_arranged_waits_to_be_held_on_its_day(ready_world):
    case = at(ready_world, "hearing_arranged", 8)
    duty = Duty.objects.get(case=case, kind="hold_hearing", closed_by=None)
    assert duty.due is not None
    case = take(ready_world, case, "hold_hearing")
    assert Duty.objects.get(pk=duty.pk).closed_how == "met"


@pytest.mark.parametrize("schedule", [1, 8])
def test_what_is_heard_anew_after_a_reopening_is_reported_and_published_anew(ready_world, schedule):
    world = ready_world
    case = take(world, at(world, "reported", schedule), "withdraw_proposal")
    case = take(world, case, "reopen", by=world.mo, to="under_review")
    carried_on(world, case)  # the first report is still to be published
    for key in ("arrange_hearing", "hold_hearing", "record_recommendation", "send_report"):
        case = take(world, case, key)
        carried_on(world, case)
    assert case.status == "reported"
    case = take(world, case, "publish_report")
    assert not Duty.objects.filter(case=case, kind__in=("publish", "publish_after"), closed_by=None).exists()
    with pytest.raises(Refused):
        take(world, case, "publish_report")
