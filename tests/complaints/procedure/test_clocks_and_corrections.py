"""Targets that stand, and days that are counted again: paragraph 5, regulations 22 and 34."""

from datetime import date

from panel.casework.case_context import CaseContext
from tests import build
from tests.steps import LATER, ON, at, cannot, conduct_matter, errors, fresh, last, open_duties, part, take


def one(case, kind):
    (found,) = open_duties(case, kind)
    return found


# A suspension by the IOPC


def test_a_suspension_stops_the_targets_of_the_allegation_and_bars_it(world):
    case = take(world, at(world, "recorded"), "iopc_suspends")
    assert one(case, "consider").stopped_on == ON
    assert one(case, "copy_of_record").stopped_on == ON  # the duty is the law's, the day the Panel's own
    assert cannot(world, case, "filter") == ("para 3", "reg 22")
    case = take(world, case, "iopc_lifts_suspension", on=date(2026, 11, 12))
    duty = one(case, "consider")
    assert (duty.stopped_on, duty.first_due, duty.due) == (None, date(2026, 11, 16), date(2026, 11, 26))


def test_targets_of_the_whole_case_stand_only_when_nothing_open_in_it_goes_on(world):
    case = at(world, "received", allegations=2)
    case = take(world, case, "iopc_suspends", parts=["1"])
    assert one(case, "acknowledge").stopped_on is None
    case = take(world, case, "iopc_suspends", parts=["2"], on=date(2026, 11, 3))
    assert one(case, "acknowledge").stopped_on == date(2026, 11, 3)
    case = take(world, case, "iopc_lifts_suspension", parts=["2"], on=date(2026, 11, 5))
    assert one(case, "acknowledge").stopped_on is None
    assert [d.stopped_on for d in open_duties(case, "decide_recording")] == [ON, None]


def test_what_somebody_stopped_for_another_reason_stays_stopped_when_the_suspension_is_lifted(world):
    case = at(world, "recorded")
    case = take(world, case, "stop_clock", duties=[str(one(case, "consider").pk)])
    case = take(world, case, "iopc_suspends")
    assert cannot(world, case, "restart_clock", by=world.officer) == ("reg 22",)
    case = take(world, case, "iopc_lifts_suspension", on=date(2026, 11, 12))
    assert one(case, "consider").stopped_on == ON
    case = take(world, case, "restart_clock", on=date(2026, 11, 12))
    assert one(case, "consider").stopped_on is None


def test_a_target_that_begins_while_the_iopc_suspends_stands_from_the_first(world):
    case = take(world, at(world, "referred_to_iopc"), "iopc_suspends")
    case = take(world, case, "iopc_refers_back")
    assert one(case, "consider").stopped_on == ON
    assert one(case, "review_suspension").stopped_on is None


# A stopped clock


def test_a_target_stops_only_while_it_runs_and_only_for_somebody_outside(world):
    case = at(world, "received")
    duty = str(one(case, "decide_recording").pk)
    assert list(errors(world, case, "stop_clock", duties=[duty], on=date(2026, 11, 11))) == ["on"]
    assert list(errors(world, case, "stop_clock", duties=[duty], waiting_for="the Chairman")) == ["waiting_for"]
    law = str(one(case, "preserve_evidence").pk)
    assert list(errors(world, case, "stop_clock", duties=[law])) == ["duties"]


def test_a_target_stops_on_no_day_before_it_began_and_goes_on_on_none_before_it_stopped(world):
    case = at(world, "recorded")
    duty = str(one(case, "consider").pk)
    began = {"on": ["The date must be on or after 2 November 2026, when the duty arose"]}
    assert errors(world, case, "stop_clock", duties=[duty], on=date(2026, 10, 30)) == began
    case = take(world, case, "stop_clock", duties=[duty], on=date(2026, 11, 5))
    stopped = {"on": ["The date must be on or after 5 November 2026, when the clock was stopped"]}
    assert errors(world, case, "restart_clock", on=date(2026, 11, 4)) == stopped
    assert one(take(world, case, "restart_clock", on=date(2026, 11, 5)), "consider").stopped_on is None


def test_a_target_that_was_late_when_the_iopc_suspended_it_stays_late(world):
    case = at(world, "received")
    late = one(case, "decide_recording").due
    case = take(world, case, "iopc_suspends", on=date(2026, 11, 12))
    assert one(case, "decide_recording").stopped_on == date(2026, 11, 12)
    case = take(world, case, "iopc_lifts_suspension", on=date(2026, 11, 17))
    duty = one(case, "decide_recording")
    assert (duty.due, duty.first_due, duty.stopped_on) == (late, None, None)


def test_stopping_and_going_on_are_taken_back_with_their_days(world):
    case = at(world, "received")
    duty = one(case, "decide_recording")
    case = take(world, case, "stop_clock", duties=[str(duty.pk)])
    case = take(world, case, "restart_clock", on=date(2026, 11, 9))
    assert one(case, "decide_recording").due == date(2026, 11, 17)
    case = take(world, case, "reverse", by=world.mo, entry=str(last(case).number), on=date(2026, 11, 9))
    assert (one(case, "decide_recording").due, one(case, "decide_recording").stopped_on) == (date(2026, 11, 10), ON)


# Corrections


def test_a_corrected_day_of_receipt_moves_what_was_counted_from_it_and_says_so(world):
    case = take(world, at(world, "received"), "correct", received_on=date(2026, 10, 26))
    duty = one(case, "decide_recording")
    assert (duty.first_due, duty.due) == (date(2026, 11, 10), date(2026, 11, 9))
    assert last(case).answers["moved"] == [
        "Acknowledge the complaint to Gillian Thorpe: 3 November 2026, now 2 November 2026",
        "Decide whether to record: 10 November 2026, now 9 November 2026",
        "Conclude the complaint: 22 December 2026, now 21 December 2026",
    ]
    assert case.next_due == date(2026, 11, 2)


def test_a_wait_that_was_over_is_kept_when_the_day_is_counted_again(world):
    case = at(world, "received")
    case = take(world, case, "stop_clock", duties=[str(one(case, "decide_recording").pk)])
    case = take(world, case, "restart_clock", on=date(2026, 11, 9))
    case = take(world, case, "correct", received_on=date(2026, 10, 26), on=date(2026, 11, 9))
    assert one(case, "decide_recording").due == date(2026, 11, 16)  # the 9th, and the seven days that the clock stood


def test_a_wait_that_ends_on_a_day_off_moves_on_to_the_next_working_day(world):
    case = at(world, "received")
    case = take(world, case, "stop_clock", duties=[str(one(case, "decide_recording").pk)])
    case = take(world, case, "restart_clock", on=date(2026, 11, 7))
    assert one(case, "decide_recording").due == date(2026, 11, 16)  # five days after the 10th is a Sunday
    case = take(world, case, "correct", received_on=date(2026, 10, 26), on=date(2026, 11, 9))
    assert one(case, "decide_recording").due == date(2026, 11, 16)  # six days after the 9th is a Sunday, too


def test_a_day_of_receipt_that_moves_no_day_says_none(world):
    case = build.log(world, on=date(2026, 10, 24), made_on=date(2026, 10, 23))  # a Saturday
    before = {d.kind: d.due for d in open_duties(case) if d.kind != "conclude"}  # which counts in weeks
    case = take(world, case, "correct", received_on=date(2026, 10, 25))
    assert {d.kind: d.due for d in open_duties(case) if d.kind != "conclude"} == before
    assert [line.split(":")[0] for line in last(case).answers["moved"]] == ["Conclude the complaint"]


def test_the_days_of_a_complaint_stay_in_their_order_when_one_is_corrected(world):
    case = at(world, "recorded")
    for name, day, words in (
        ("made_on", date(2026, 10, 28), "Date it was made must be on or before the date we received it"),
        ("received_on", date(2026, 11, 3), "Date we received it must be on or before 2 November 2026, the day of the first step"),
        ("happened_on_1", date(2026, 10, 27), "The day it happened must be on or before the day the complaint was made"),
    ):  # fmt: skip
        assert errors(world, case, "correct", **{name: day}) == {name: [words]}


def test_the_day_an_offence_first_became_clear_moves_the_referral(world):
    case = take(world, at(world, "recorded"), "identify_serious")
    case = take(world, case, "correct", serious_on_1=date(2026, 10, 30))
    duty = one(case, "refer_to_iopc")
    assert (duty.first_due, duty.due) == (date(2026, 11, 3), date(2026, 10, 31))
    assert list(errors(world, case, "correct", serious_on_1=date(2026, 11, 3))) == ["serious_on_1"]


def test_a_conduct_matter_is_corrected_without_asking_for_a_complainant(world):
    case = fresh(conduct_matter(world))
    case = take(world, case, "correct", received_on=date(2026, 10, 30), came_to_light="In the audit")
    assert (case.received_on, case.came_to_light) == (date(2026, 10, 30), "In the audit")
    assert one(case, "refer_to_iopc").due == date(2026, 11, 3)


def test_a_correction_of_a_status_is_not_asked_for(world):
    case = at(world, "recorded")
    step = CaseContext(case, world.mo).procedure.step("correct")
    assert not {"status", "route", "outcome"} & set(step.form.base_fields)
    before = part(case).status
    assert take(world, case, "correct", status="closed").parts.get().status == before


# Meetings


def test_a_meeting_put_off_needs_its_papers_again_and_moves_the_panels_day(world):
    case = at(world, "full_panel")
    assert one(case, "panel_meets").due == LATER
    case = take(world, case, "arrange_meeting")
    case = take(world, case, "adjourn", meets_on=date(2026, 11, 30))
    assert (one(case, "panel_meets").first_due, one(case, "panel_meets").due) == (LATER, date(2026, 11, 30))
    assert one(case, "send_papers").due == date(2026, 11, 20)


def test_the_iopc_is_told_of_a_withdrawal_also_while_a_court_has_it(world):
    case = take(world, at(world, "awaiting_proceedings"), "withdraw")
    assert len(open_duties(case, "notify_iopc")) == 1
    assert take(world, case, "iopc_treats_as_conduct_matter").status == "referred_to_iopc"
    case = fresh(case)
    assert cannot(world, case, "withdraw") == ("para 15", "reg 11", "reg 16")
