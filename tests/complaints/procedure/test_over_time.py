"""What a later fact changes: duties end, sleep and wake with where the complaint stands (issue 13, section 1)."""

from datetime import date, timedelta

import pytest

from panel.casework.case_context import CaseContext
from panel.law import clock
from panel.law.roles import Wait
from panel.models import Duty
from tests.carried import carried_on
from tests.steps import (
    DISAPPLIED,
    ON,
    RECEIVED,
    at,
    cannot,
    errors,
    kinds,
    last,
    notices,
    open_duties,
    take,
    waive_all,
)  # fmt: skip

pytestmark = pytest.mark.postgres


def copy_decided(world, case):
    """A full copy is decided on, and not sent yet."""
    case = take(world, case, "decide_copies")
    assert "copy_of_complaint" in kinds(case)
    return case


def send(world, case, kind):
    """Tell those whom that duty names."""
    return take(world, case, "give_notice", duties=[str(d.pk) for d in open_duties(case, kind)])


# A tip-off


def test_a_copy_decided_on_is_decided_again_once_an_offence_appears(world):
    case = take(world, copy_decided(world, at(world, "recorded")), "identify_serious")
    assert "copy_of_complaint" not in kinds(case)
    assert "decide_copies" in kinds(case)
    assert Duty.objects.get(case=case, kind="copy_of_complaint").closed_how == "lapsed"
    assert list(case.subjects.values_list("copy", flat=True)) == [""]


def test_who_is_not_to_be_told_gets_no_copy_and_no_letter(world):
    case = copy_decided(world, at(world, "recorded"))
    case = take(world, take(world, case, "identify_serious"), "refer_to_iopc", tell_office_holder="no")
    assert "copy_of_complaint" not in kinds(case)
    said = errors(world, case, "decide_copies", by=world.mo, copy="full")
    assert "is not to be told while the IOPC has it" in said["copy"][0]
    case = take(world, case, "decide_copies", by=world.mo, copy="withheld", copy_ground="prejudice", why="A warning.")
    assert {d.recipient for d in notices(case)} == {"complainant"}
    carried_on(world, case)


def test_a_letter_to_who_is_not_to_be_told_sleeps_until_they_may_be(world):
    case = at(world, "filtered", allegations=1)
    case = take(world, case, "add_allegation")
    case = take(world, case, "identify_serious", parts=["2"])
    case = take(world, case, "refer_to_iopc", parts=["2"], tell_office_holder="no")
    (letter,) = [d for d in open_duties(case, "tell_route") if d.recipient != "complainant"]
    assert (letter.waits_for, letter.sleeps(ON)) == (Wait.NOT_TOLD, True)
    said = errors(world, case, "give_notice", duties=[str(letter.pk)])
    assert "is not to be told while the IOPC has it" in said["duties"][0]
    case = take(world, case, "iopc_refers_back", parts=["2"])
    assert not Duty.objects.get(pk=letter.pk).sleeps(ON)


def test_a_copy_that_was_sent_says_so_in_red(world):
    case = send(world, copy_decided(world, at(world, "recorded")), "copy_of_complaint")
    case = take(world, case, "identify_serious")
    badges = case.register.presenter(CaseContext(case, world.officer)).badges()
    name = world.pcc.short_name
    assert {"kind": "plain", "words": f"{name} was sent a copy", "late": True} in badges
    assert list(case.subjects.values_list("copy", flat=True)) == ["full"]


def test_a_restriction_reopens_the_decision_on_copies(world):
    case = take(world, copy_decided(world, at(world, "recorded")), "restrict")
    assert "copy_of_complaint" not in kinds(case)
    assert "decide_copies" in kinds(case)


# Duties that outlive their state


def test_while_the_iopc_has_it_nobody_is_invited_to_comment(world):
    case = take(world, at(world, "informal_resolution"), "identify_serious")
    assert "invite_comments" in kinds(case)
    case = take(world, case, "refer_to_iopc")
    assert not {"invite_comments", "await_comments", "record_outcome"} & set(kinds(case))
    carried_on(world, case)


def test_the_aim_to_conclude_stands_still_while_the_iopc_has_it(world):
    case = take(world, at(world, "recorded"), "identify_serious")
    aim = open_duties(case, "conclude")[0].due
    case = take(world, case, "refer_to_iopc")
    (duty,) = open_duties(case, "conclude")
    assert (duty.stopped_on, duty.waits_for) == (ON, Wait.IOPC)
    case = take(world, case, "iopc_refers_back", on=ON + timedelta(days=14))
    (duty,) = open_duties(case, "conclude")
    assert (duty.stopped_on, duty.waits_for, duty.first_due) == (None, "", aim)
    assert duty.due == clock.paused(aim, ON, ON + timedelta(days=14)).day


def test_reopening_ends_the_letters_of_the_decision_that_was_undone(world):
    case = take(world, at(world, "redirected"), "reopen", by=world.mo, to="recorded")
    assert not {"tell_redirected", "pass_on"} & set(kinds(case))
    carried_on(world, case)


def test_withdrawing_what_was_never_told_tells_the_complainant_alone(world):
    case = take(world, at(world, "received"), "withdraw")
    assert [d.recipient for d in open_duties(case, "confirm_withdrawal")] == ["complainant"]


def test_withdrawing_what_was_told_tells_both(world):
    case = send(world, copy_decided(world, at(world, "recorded")), "copy_of_complaint")
    case = take(world, case, "withdraw")
    assert len(open_duties(case, "confirm_withdrawal")) == 2


def test_taking_a_decision_back_ends_what_followed_from_it(world):
    case = take(world, at(world, "recorded"), "filter", route="no_action", **DISAPPLIED)
    assert {"tell_route", "carry_out"} <= set(kinds(case))
    case = take(world, case, "reverse", by=world.mo)
    assert not {"tell_route", "carry_out"} & set(kinds(case))
    assert "consider" in kinds(case)


# What sleeps says what it waits for


def test_the_outcome_waits_for_both_sides_and_wakes_by_itself(world):
    case = at(world, "informal_resolution")
    (duty,) = open_duties(case, "record_outcome")
    assert (duty.waits_for, duty.waits_until) == (Wait.COMMENTS, None)
    until = date(2026, 11, 30)  # it is the 18th
    invited = [str(d.pk) for d in open_duties(case, "invite_comments")]
    case = take(world, case, "give_notice", duties=invited, answer_by=until)
    (duty,) = open_duties(case, "record_outcome")
    assert (duty.waits_for, duty.waits_until) == (Wait.COMMENTS, until)
    assert duty.sleeps(until)
    assert not duty.sleeps(until + timedelta(days=1))
    assert duty not in Duty.objects.awake(until)
    assert duty in Duty.objects.awake(until + timedelta(days=1))


def test_a_suspended_allegation_is_asked_about(world):
    case = take(world, at(world, "recorded"), "iopc_suspends")
    (duty,) = open_duties(case, "consider")
    assert duty.waits_for == Wait.SUSPENSION
    assert "review_suspension" in kinds(case)
    case = waive_all(world, case)
    assert "review_suspension" in kinds(case)  # somebody has to ask
    carried_on(world, case)


def test_what_is_waived_loses_its_day_and_not_the_case(world):
    case = waive_all(world, at(world, "recorded"))
    (duty,) = open_duties(case, "consider")
    assert duty.due is None


# Waiting stops the Panel's own targets


def asked(world, case, **over):
    """More information is asked for, and all targets that wait for it stop."""
    stops = [str(d.pk) for d in open_duties(case, "decide_recording", "conclude", "consider")]
    return take(world, case, "ask_for_information", **{"stops": stops, **over})


def test_asking_for_information_stops_the_targets_that_wait_for_it(world):
    case = at(world, "received")
    due = {d.kind: d.due for d in open_duties(case, "decide_recording", "conclude")}
    case = asked(world, case)
    assert {d.kind: d.stopped_on for d in open_duties(case, "decide_recording", "conclude")} == dict.fromkeys(due, ON)
    assert open_duties(case, "acknowledge")[0].stopped_on is None
    case = take(world, case, "resume", on=ON + timedelta(days=7))
    found = {d.kind: d.due for d in open_duties(case, "decide_recording", "conclude")}
    assert found == {kind: clock.paused(day, ON, ON + timedelta(days=7)).day for kind, day in due.items()}
    assert last(case).answers["stopped"]


def test_a_target_that_was_unticked_runs_on(world):
    case = asked(world, at(world, "received"), stops=[])
    assert open_duties(case, "decide_recording")[0].stopped_on is None


def test_a_correction_afterwards_moves_the_day_by_the_days_of_waiting(world):
    case = take(world, asked(world, at(world, "received")), "resume", on=ON + timedelta(days=7))
    case = take(
        world, case, "correct", received_on=RECEIVED - timedelta(days=1), on=ON + timedelta(days=7), why="A stamp."
    )
    anew = clock.moved(clock.working_days(RECEIVED - timedelta(days=1), 10), 7).day
    assert open_duties(case, "decide_recording")[0].due == anew


def test_what_the_law_times_never_stops(world):
    case = take(world, at(world, "received"), "identify_serious")
    (duty,) = open_duties(case, "refer_to_iopc")
    assert duty.due == date(2026, 11, 3)
    assert cannot(world, case, "ask_for_information") == ("para 3", "reg 13", "reg 15", "reg 27")


def test_the_aim_is_seen_from_receipt(world):
    (duty,) = open_duties(at(world, "received"), "conclude")
    assert duty.due == clock.weeks(RECEIVED, 8).day
