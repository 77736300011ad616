"""Paragraph 3, regulations 13 and 14: what appears to be a criminal offence goes to the IOPC by the end of the next day,
and nothing goes forward on that allegation until then."""

from datetime import date, timedelta

import pytest

from complaints.procedure.states import OPEN
from tests.steps import (
    ON,
    RECEIVED,
    at,
    cannot,
    errors,
    everybody_told,
    fresh,
    heard,
    kinds,
    last,
    open_duties,
    part,
    statuses,
    take,
)

BEFORE = [k for k in OPEN if k not in ("referred_to_iopc", "with_iopc", "awaiting_proceedings")]


@pytest.mark.parametrize("state", BEFORE)
@pytest.mark.parametrize("basis", ["offence", "called_in"])
def test_an_offence_that_appears_starts_the_clock_in_every_open_state(world, state, basis):
    case = take(world, at(world, state), "identify_serious", basis=basis, clear_on=ON)
    duty = open_duties(case, "refer_to_iopc")[0]
    assert (case.status, duty.due, duty.part.number) == (state, ON + timedelta(days=1), 1)
    assert (part(case).serious, part(case).serious_on) == (basis, ON)
    case = take(world, case, "refer_to_iopc")
    assert case.status == "referred_to_iopc"
    assert open_duties(case, "refer_to_iopc") == []


def test_weekends_are_counted(world):
    friday = date(2026, 10, 30)
    case = take(world, at(world, "received"), "identify_serious", on=friday, clear_on=friday)
    assert open_duties(case, "refer_to_iopc")[0].due == date(2026, 10, 31)


@pytest.mark.parametrize(
    "state, step",
    [
        ("received", "record"),
        ("received", "redirect"),
        ("received", "decline_to_record"),
        ("received", "ask_for_information"),
        ("recorded", "filter"),
        ("recorded", "ask_for_information"),
        ("filtered", "appoint_sub_panel"),
        ("filtered", "resolve_informally"),
        ("filtered", "refer_to_full_panel"),
        ("sub_panel", "take_no_action"),
        ("sub_panel", "resolve_informally"),
        ("sub_panel", "refer_to_full_panel"),
        ("full_panel", "take_no_action"),
        ("full_panel", "resolve_informally"),
        ("informal_resolution", "record_outcome"),
        ("informal_resolution", "refer_to_full_panel"),
        ("outcome_recorded", "close"),
    ],
)
def test_until_it_is_referred_every_forward_step_on_it_is_refused(world, state, step):
    case = at(world, state)
    if state == "informal_resolution":
        case = heard(world, case)
    if step == "close":
        case = everybody_told(world, case)
    case = take(world, case, "identify_serious")
    by = world.mo if step in ("redirect", "decline_to_record") else None
    assert cannot(world, case, step, by=by) == ("para 3", "reg 13", "reg 15", "reg 27")


def test_the_bar_is_on_that_allegation_only(world):
    case = at(world, "recorded", allegations=2)
    case = take(world, case, "identify_serious", parts=["1"])
    assert list(errors(world, case, "filter", parts=["1"])) == ["parts"]
    case = take(world, case, "filter", parts=["2"])
    assert statuses(case) == ["recorded", "filtered"]
    case = take(world, case, "refer_to_iopc", parts=["1"])
    assert (statuses(case), case.status) == (["referred_to_iopc", "filtered"], "filtered")


def test_notes_advice_and_withdrawal_remain_possible(world):
    case = take(world, at(world, "recorded"), "identify_serious")
    for step in ("note_contact", "advise", "brief_chairman", "decide_copies"):
        case = take(world, case, step)
    assert take(world, case, "withdraw").status == "withdrawn"


def test_only_what_was_identified_is_referred(world):
    assert cannot(world, at(world, "received"), "refer_to_iopc") == ("para 3", "reg 13")


def test_it_is_identified_once(world):
    case = take(world, at(world, "received"), "identify_serious")
    assert cannot(world, case, "identify_serious") == ("para 3", "reg 13")


def test_the_day_it_became_clear_is_not_after_the_note_of_it(world):
    found = errors(world, at(world, "received"), "identify_serious", clear_on=ON + timedelta(days=1))
    assert found == {"clear_on": ["The day it first became clear must be on or before the day of this step"]}


def test_a_late_referral_needs_a_reason(world):
    case = take(world, at(world, "received"), "identify_serious", clear_on=RECEIVED)
    due = RECEIVED + timedelta(days=1)
    assert errors(world, case, "refer_to_iopc", on=ON) == {"late_why": ["Enter why it is late"]}
    case = take(world, case, "refer_to_iopc", on=ON, late_why="The Monitoring Officer was away.")
    assert last(case).answers["late_why"] == "The Monitoring Officer was away."
    assert last(case).answers["late_reason"] == "other"
    assert due < ON


def test_on_the_last_day_no_reason_is_needed(world):
    case = take(world, at(world, "received"), "identify_serious", clear_on=ON - timedelta(days=1))
    case = take(world, case, "refer_to_iopc", on=ON)
    assert (case.status, "late_why" in last(case).answers) == ("referred_to_iopc", False)


def test_the_reason_is_asked_only_of_the_allegation_that_is_late(world):
    case = at(world, "received", allegations=2)
    case = take(world, case, "identify_serious", parts=["1"], clear_on=RECEIVED)
    case = take(world, case, "identify_serious", parts=["2"], clear_on=ON)
    assert list(errors(world, case, "refer_to_iopc", parts=["1"])) == ["late_why"]
    assert statuses(take(world, case, "refer_to_iopc", parts=["2"])) == ["received", "referred_to_iopc"]


def test_what_was_sent_is_said(world):
    case = take(world, at(world, "received"), "identify_serious")
    assert errors(world, case, "refer_to_iopc", sent="") == {"sent": ["Enter what was sent"]}


@pytest.mark.parametrize("tell, told", [("yes", 2), ("no", 1)])
def test_the_office_holder_is_told_unless_it_might_prejudice(world, tell, told):
    case = take(world, at(world, "recorded"), "identify_serious")
    case = take(world, case, "refer_to_iopc", tell_office_holder=tell)
    assert len(open_duties(case, "tell_referred")) == told
    assert open_duties(case, "tell_referred")[0].recipient == "complainant"


@pytest.mark.parametrize("state, records", [("received", "yes"), ("awaiting_information", "yes"), ("recorded", None)])
def test_a_referral_of_what_is_not_recorded_records_it_and_owes_the_copies(world, state, records):
    case = take(world, at(world, state), "identify_serious")
    case = take(world, case, "refer_to_iopc")
    assert last(case).moves.get().counts.get("recorded_by_it") == records
    assert len(open_duties(case, "copy_of_record")) == 1  # the recorded one owed it already
    assert len(open_duties(case, "decide_copies")) == 1
    assert "decide_recording" not in kinds(case)


def test_the_iopc_refers_it_back_and_the_chairman_considers_it(world):
    case = take(world, at(world, "referred_to_iopc"), "iopc_refers_back")
    assert (case.status, part(case).iopc_back_on, part(case).due_to_iopc) == ("recorded", ON, False)
    assert {"tell_referred_back", "consider"} <= set(kinds(case))
    assert "iopc_decides" not in kinds(case)
    assert take(world, case, "filter").status == "filtered"


def test_after_it_came_back_an_offence_may_appear_again(world):
    case = take(world, at(world, "referred_to_iopc"), "iopc_refers_back")
    case = take(world, case, "identify_serious")
    assert part(case).due_to_iopc
    assert take(world, case, "refer_to_iopc").status == "referred_to_iopc"


def test_the_iopc_investigates_under_its_reference(world):
    case = at(world, "referred_to_iopc")
    assert list(errors(world, case, "iopc_investigates", iopc_reference="")) == ["iopc_reference"]
    case = take(world, case, "iopc_investigates")
    assert (case.status, part(case).iopc_reference) == ("with_iopc", "2026/123456")


@pytest.mark.parametrize("state", ["referred_to_iopc", "with_iopc"])
def test_with_the_iopc_the_panel_can_only_wait_note_or_be_told_of_a_withdrawal(world, state):
    case = at(world, state)
    for step in (
        "record",
        "filter",
        "redirect",
        "identify_serious",
        "refer_to_iopc",
        "close",
        "void",
        "record_outcome",
    ):
        cannot(world, case, step, by=world.mo if step == "void" else None)
    assert fresh(case).status == state


def test_a_sub_panel_that_waited_is_waited_for_no_more(world):
    case = take(world, at(world, "sub_panel"), "identify_serious")
    assert "sub_panel_meets" in kinds(case)
    assert "sub_panel_meets" not in kinds(take(world, case, "refer_to_iopc"))
