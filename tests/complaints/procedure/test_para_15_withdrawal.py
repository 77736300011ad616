"""Paragraph 15 and regulation 16: a complaint is withdrawn in writing, signed; the Regulations then cease to apply."""

import pytest

from complaints.models import Complaint
from complaints.procedure.states import ENDS, OPEN
from panel.casework.perform import perform
from panel.models import Document, Duty
from tests import build
from tests.steps import ON, at, cannot, errors, kinds, last, open_duties, statuses, take

WITH_IOPC = ("referred_to_iopc", "with_iopc")
IN_COURT = ("awaiting_proceedings",)  # the Panel is still to be told how the IOPC concluded


@pytest.mark.parametrize("state", OPEN)
def test_from_every_open_state_with_its_signed_document(world, state):
    case = take(world, at(world, state), "withdraw")
    assert case.status == "withdrawn"
    document = Document.objects.get(case=case, entry=last(case))
    assert (document.name, document.size) == ("signed.pdf", len(build.PDF))


@pytest.mark.parametrize("state", ENDS)
def test_not_from_an_end(world, state):
    assert cannot(world, at(world, state), "withdraw") == ("para 15", "reg 16")


def test_not_without_the_signed_document(world):
    assert errors(world, at(world, "received"), "withdraw", files={}) == {"documents": ["Attach the signed withdrawal"]}


@pytest.mark.parametrize("signed_by", ["complainant", "solicitor", "agent"])
def test_signed_by_the_complainant_or_somebody_authorised(world, signed_by):
    case = take(world, at(world, "received"), "withdraw", signed_by=signed_by)
    assert last(case).answers["signed_by"] == signed_by


def test_not_by_an_office_holder_or_nobody(world):
    for signed_by in ("office_holder", ""):
        assert list(errors(world, at(world, "received"), "withdraw", signed_by=signed_by)) == ["signed_by"]


def test_nobody_unknown_signs_as_the_complainant(world):
    case = at(world, "received", who="anonymous")
    assert list(errors(world, case, "withdraw", signed_by="complainant")) == ["signed_by"]
    assert take(world, case, "withdraw", signed_by="agent").status == "withdrawn"


@pytest.mark.parametrize("wish", ["withdrawn", "no_further_steps"])
def test_withdrawn_or_no_further_steps_is_counted_apart(world, wish):
    case = take(world, at(world, "received"), "withdraw", wish=wish)
    assert last(case).moves.get().counts == {"wish": wish}


@pytest.mark.parametrize("state", [s for s in OPEN if s not in WITH_IOPC + IN_COURT])
def test_it_is_confirmed_and_whatever_else_was_due_lapses(world, state):
    case = at(world, state)
    told = [
        d.recipient for d in Duty.objects.filter(case=case, closed_how="met", recipient__startswith="office_holder")
    ]
    case = take(world, case, "withdraw")
    assert set(kinds(case)) == {"confirm_withdrawal"}
    assert {d.recipient for d in open_duties(case)} == {"complainant", *told}  # only who knows of it


def test_an_office_holder_whose_copy_was_withheld_is_not_told(world):
    case = at(world, "recorded")
    case = take(
        world, case, "decide_copies", by=world.mo, copy="withheld", copy_ground="prejudice", why="Police enquiry"
    )
    case = take(world, case, "withdraw")
    assert [d.recipient for d in open_duties(case)] == ["complainant"]


@pytest.mark.parametrize("state", WITH_IOPC)
def test_the_iopc_is_notified_if_it_has_it(world, state):
    case = take(world, at(world, state), "withdraw")
    assert [d.recipient for d in open_duties(case, "notify_iopc")] == ["iopc"]
    assert last(case).moves.get().counts["with_iopc"] == "yes"
    assert "notify_iopc" not in kinds(take(world, case, "give_notice"))


def test_not_once_it_has_referred_it_back(world):
    case = take(world, take(world, at(world, "referred_to_iopc"), "iopc_refers_back"), "withdraw")
    assert "notify_iopc" not in kinds(case)


def test_one_allegation_is_withdrawn_and_the_other_goes_on(world):
    case = take(world, at(world, "recorded", allegations=2), "withdraw", parts=["1"])
    assert (case.status, statuses(case)) == ("recorded", ["withdrawn", "recorded"])
    assert [d.part.number for d in open_duties(case, "consider")] == [2]
    case = take(world, case, "withdraw")
    assert case.status == "withdrawn"


@pytest.mark.parametrize("who", ["chairman", "vice", "sitting", "auditor"])
def test_it_is_recorded_by_the_office(world, who):
    assert cannot(world, at(world, "sub_panel"), "withdraw", by=world.people[who])


def test_a_conduct_matter_is_not_withdrawn(world):
    made = Complaint(panel=world.panel, procedure="complaints")
    case = perform(
        made, "record_conduct_matter", by=world.officer, on=ON, came_to_light="In the press", clear_on=ON,
        offence="yes", offence_is="Fraud",
        subjects=[str(world.pcc.pk)], title="Car lease", allegations=[{"what": "Took a car"}],
    ).case  # fmt: skip
    assert "reg 16" in cannot(world, case, "withdraw")
