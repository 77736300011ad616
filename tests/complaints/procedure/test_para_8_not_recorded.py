"""Paragraph 8, regulations 9 and 10: not recorded only for criminal proceedings or where there is nothing to deal with."""

import pytest

from complaints.models import Allegation
from tests.steps import at, cannot, errors, kinds, last, open_duties, part, statuses, take


def test_there_are_two_grounds_and_none_of_regulation_15_3(world):
    assert set(Allegation.NotRecorded.values) == {"criminal_proceedings", "not_a_complaint"}
    for ground in ("late", "vexatious", "anonymous", "repetitious", "withdrawn", "b"):
        assert list(errors(world, at(world, "received"), "decline_to_record", ground=ground)) == ["ground"]


@pytest.mark.parametrize("ground", ["criminal_proceedings", "not_a_complaint"])
def test_the_complainant_is_told_the_decision_its_part_and_its_grounds(world, ground):
    case = take(world, at(world, "received"), "decline_to_record", ground=ground, proceedings="R v Ashcombe")
    assert (case.status, part(case).not_recorded) == ("not_recorded", ground)
    assert [(d.kind, d.recipient) for d in open_duties(case)] == [("tell_not_recorded", "complainant")]
    assert last(case).moves.get().counts == {"not_recorded": ground}
    assert kinds(take(world, case, "give_notice")) == []


def test_the_proceedings_are_named_and_reasons_given(world):
    found = errors(
        world, at(world, "received"), "decline_to_record", ground="criminal_proceedings", proceedings="", why=""
    )
    assert found == {"proceedings": ["Enter which proceedings"], "why": ["Enter the reasons"]}


def test_part_of_it_may_be_declined(world):
    case = take(world, at(world, "received", allegations=2), "decline_to_record", parts=["2"])
    assert (case.status, statuses(case)) == ("received", ["received", "not_recorded"])
    assert take(world, case, "record").status == "recorded"


@pytest.mark.parametrize("who", ["officer", "chairman", "vice"])
def test_only_the_monitoring_officer_declines(world, who):
    assert cannot(world, at(world, "received"), "decline_to_record", by=world.people[who]) == (
        "para 8", "reg 9", "reg 10",
    )  # fmt: skip


@pytest.mark.parametrize("state", ["awaiting_information", "recorded", "filtered", "closed"])
def test_only_what_is_not_yet_recorded_is_declined(world, state):
    assert cannot(world, at(world, state), "decline_to_record") == ("para 8", "reg 9", "reg 10")


@pytest.mark.parametrize("made_on", ["2020-01-01"])
def test_a_late_or_anonymous_complaint_is_recorded_like_any_other(world, made_on):
    assert at(world, "recorded", made_on=made_on, allegations=[{"what": "Long ago"}]).status == "recorded"
    assert at(world, "recorded", who="anonymous").status == "recorded"
