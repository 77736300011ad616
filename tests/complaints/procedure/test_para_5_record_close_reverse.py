"""Paragraph 5 and regulation 34: recorded, classified, closed and reported; a mistake is taken back, never deleted."""

from datetime import date, timedelta

import pytest

from complaints.procedure import PROCEDURE
from panel.casework.case_context import CaseContext
from panel.casework.offers import offer
from panel.law import clock
from panel.models import Entry, PanelSettings
from panel.record.act import sealed_act
from panel.record.verify import verify
from tests.steps import (
    DISAPPLIED,
    LATER,
    ON,
    RECEIVED,
    at,
    cannot,
    close,
    errors,
    everybody_told,
    fresh,
    heard,
    kinds,
    last,
    notices,
    open_duties,
    part,
    seats,
    sitting,
    statuses,
    take,
)

# Recording


def test_recording_owes_the_copies_and_the_chairmans_consideration(world):
    case = take(world, at(world, "received"), "record", theme="behaviour_public")
    assert (case.status, case.theme) == ("recorded", "behaviour_public")
    assert last(case).moves.get().counts == {"theme": "behaviour_public"}
    assert kinds(case) == [
        "acknowledge", "conclude", "consider", "copy_of_record", "decide_copies", "preserve_evidence",
    ]  # fmt: skip


def test_the_allegation_is_recorded_in_its_final_form(world):
    case = take(world, at(world, "received"), "record", final_1="Said in public that a resident wasted time")
    assert part(case).what == "Said in public that a resident wasted time"


def test_a_theme_is_needed_and_known(world):
    case = at(world, "received")
    assert errors(world, case, "record", theme="") == {"theme": ["Select a theme"]}
    assert errors(world, case, "record", theme="weather") == {"theme": ["Select a theme"]}


def test_a_panel_may_leave_recording_to_the_monitoring_officer_from_a_day_on(world):
    with sealed_act(world.panel, by=None, name="settings"):
        PanelSettings.objects.create(panel=world.panel, from_date=ON, officer_records=False)
    case = at(world, "received")
    assert cannot(world, case, "record", by=world.officer, on=ON) == ("para 5", "reg 9")
    assert take(world, case, "record", by=world.mo, on=ON).status == "recorded"
    # No setting is on the case's day of receipt, but who may act follows the day of the step:
    assert cannot(world, at(world, "received"), "record", by=world.officer, on=LATER) == ("para 5", "reg 9")


def test_who_may_act_follows_the_day_of_the_step_not_that_of_typing(world):
    with sealed_act(world.panel, by=None, name="settings"):
        PanelSettings.objects.create(panel=world.panel, from_date=date(2020, 6, 1), officer_records=False)
        PanelSettings.objects.create(panel=world.panel, from_date=ON + timedelta(days=1))
    case = at(world, "received")
    assert cannot(world, case, "record", by=world.officer, on=ON) == ("para 5", "reg 9")
    assert take(world, case, "record", by=world.officer, on=ON + timedelta(days=1)).status == "recorded"


def test_targets_follow_the_day_of_receipt(world):
    with sealed_act(world.panel, by=None, name="settings"):
        PanelSettings.objects.create(panel=world.panel, from_date=RECEIVED + timedelta(days=1), consider_days=1)
    case = take(world, at(world, "received"), "record")
    assert open_duties(case, "consider")[0].due == clock.working_days(ON, 10).day


def test_no_target_is_invented(world):
    with sealed_act(world.panel, by=None, name="settings"):
        PanelSettings.objects.create(panel=world.panel, from_date=RECEIVED)
    case = take(world, at(world, "received", allegations=2), "record")
    assert {d.due for d in open_duties(case)} == {None}
    assert fresh(case).next_due is None


def test_an_allegation_recorded_after_the_copy_was_decided_owes_the_office_holder_another(world):
    case = take(world, at(world, "recorded"), "decide_copies")
    case = take(world, case, "give_notice")
    case = take(world, take(world, case, "add_allegation"), "record")
    assert [d.recipient for d in open_duties(case, "copy_of_complaint")] == [f"office_holder:{world.pcc.pk}"]
    assert "decide_copies" not in kinds(case)


# Closing


def test_it_is_not_closed_before_the_office_holders_copy_was_decided(world):
    case = heard(world, at(world, "informal_resolution"))
    case = take(world, take(world, case, "record_outcome"), "give_notice")
    assert cannot(world, case, "close") == ("para 6", "reg 31")
    case = take(world, case, "decide_copies", by=world.mo, copy="withheld", copy_ground="prejudice", why="A trial.")
    assert take(world, case, "close").status == "closed"


def test_a_complaint_is_closed_when_everybody_was_told(world):
    case = at(world, "outcome_recorded")
    assert cannot(world, case, "close") == ("para 14", "reg 37")
    case = take(world, take(world, case, "give_notice"), "close")
    assert (case.status, kinds(case)) == ("closed", ["report_to_panel"])


def test_or_when_telling_them_was_waived_by_the_monitoring_officer(world):
    case = at(world, "outcome_recorded")
    due = [str(d.pk) for d in notices(case)]
    case = take(world, case, "waive", by=world.mo, duties=due)
    assert take(world, case, "close").status == "closed"


def test_who_must_be_told_of_one_allegation_holds_up_no_other(world):
    case = everybody_told(world, at(world, "recorded", allegations=2))
    case = take(world, case, "filter", parts=["1"], route="no_action", **DISAPPLIED)
    case = everybody_told(world, case)
    case = take(world, case, "redirect", by=world.mo, parts=["2"])
    assert [d.kind for d in notices(case)] == ["tell_redirected", "pass_on"]
    case = take(world, case, "add_allegation")
    assert take(world, case, "close", parts=["1"]).parts.get(number=1).status == "closed"


def test_but_each_waits_for_its_own(world):
    case = everybody_told(world, at(world, "recorded", allegations=2))
    case = take(world, case, "filter", parts=["1"], route="no_action", **DISAPPLIED)
    case = everybody_told(world, case)
    case = take(world, case, "filter", parts=["2"], route="no_action", **DISAPPLIED)
    assert [p.number for p in offer(CaseContext(case, world.officer), PROCEDURE.step("close")).parts] == [1]
    case = take(world, case, "close", parts=["1"])
    assert cannot(world, case, "close") == ("para 14", "reg 37")


def test_the_summary_makes_no_finding(world):
    case = everybody_told(world, at(world, "outcome_recorded"))
    summary = "“It was not upheld”, the letter said."
    assert list(errors(world, case, "close", summary=summary)) == ["summary_quoted"]
    assert take(world, case, "close", summary=summary, summary_quoted=True).status == "closed"


def test_a_route_that_is_to_be_carried_out_is_not_closed(world):
    case = everybody_told(world, at(world, "filtered"))
    assert cannot(world, case, "close") == ("para 7", "para 11")


def test_evidence_is_kept_until_the_last_allegation_ends(world):
    case = everybody_told(world, at(world, "outcome_recorded", allegations=2))
    case = take(world, case, "close", parts=["1"])
    assert (case.status, statuses(case)) == ("outcome_recorded", ["closed", "outcome_recorded"])
    assert "preserve_evidence" in kinds(case)
    case = take(world, case, "close")
    assert (case.status, kinds(case)) == ("closed", ["report_to_panel", "report_to_panel"])


# Parts move separately and the case follows


def test_the_case_stands_where_its_furthest_open_allegation_stands(world):
    case = at(world, "received", allegations=3)
    assert take(world, case, "record", parts=["2"]).status == "recorded"
    assert take(world, case, "record", parts=["1"]).status == "recorded"
    case = take(world, case, "filter", parts=["1"])
    assert (case.status, statuses(case)) == ("filtered", ["filtered", "recorded", "received"])
    case = take(world, case, "redirect", by=world.mo, parts=["1"])
    assert case.status == "recorded"  # an open allegation comes before an ended one, however far that went


def test_a_note_is_made_while_any_allegation_stands_right(world):
    case = take(world, at(world, "recorded", allegations=2), "filter", parts=["1"])
    assert case.status == "filtered"
    assert last(take(world, case, "brief_chairman")).step == "brief_chairman"


def test_void_is_never_the_cases_status_while_another_allegation_lives_or_ended_otherwise(world):
    case = take(world, at(world, "received", allegations=2), "void", parts=["1"])
    assert (case.status, statuses(case)) == ("received", ["void", "received"])
    case = take(world, case, "decline_to_record")
    assert (case.status, statuses(case)) == ("not_recorded", ["void", "not_recorded"])


def test_no_allegation_no_step(world):
    assert errors(world, at(world, "received", allegations=2), "record", parts=[]) == {
        "parts": ["Select at least one allegation"]
    }


# Dates


@pytest.mark.parametrize("step", ["record", "note_contact", "withdraw", "give_notice", "waive"])
def test_nothing_takes_effect_in_the_future(world, step):
    found = errors(world, at(world, "received"), step, on=clock.today() + timedelta(days=1))
    assert list(found) == ["on"]


@pytest.mark.parametrize(
    "step", ["record", "note_external_challenge", "withdraw", "add_allegation", "identify_serious"]
)
def test_nothing_happens_before_receipt(world, step):
    over = {"clear_on": RECEIVED - timedelta(days=1)} if step == "identify_serious" else {}
    found = errors(world, at(world, "received"), step, on=RECEIVED - timedelta(days=1), **over)
    assert found["on"] == ["The date must be on or after 27 October 2026, when it was received"]


def test_a_step_that_moves_is_not_dated_before_the_last_move(world):
    case = at(world, "recorded")
    assert errors(world, case, "filter", on=ON - timedelta(days=1)) == {
        "on": ["The date must be on or after 2 November 2026, the day of the step before"]
    }
    assert take(world, case, "filter", on=ON).status == "filtered"


def test_a_note_may_be_dated_before_the_last_move(world):
    case = take(world, at(world, "recorded"), "note_contact", on=RECEIVED)
    assert (last(case).step, last(case).on) == ("note_contact", RECEIVED)


def test_the_last_move_of_one_allegation_does_not_bind_the_other(world):
    case = take(world, at(world, "received", allegations=2), "record", parts=["1"], on=LATER)
    assert statuses(take(world, case, "record", parts=["2"], on=ON)) == ["recorded", "recorded"]


def test_after_a_reversal_the_step_may_be_taken_again_with_its_right_date(world):
    case = take(world, at(world, "received"), "record", on=LATER)
    case = take(world, case, "reverse", by=world.mo, on=LATER)
    assert take(world, case, "record", on=ON).status == "recorded"


def test_a_reversal_is_not_dated_before_the_step(world):
    case = take(world, at(world, "received"), "record", on=LATER)
    assert list(errors(world, case, "reverse", by=world.mo, on=ON)) == ["on"]


# Notices and waiving


def test_a_notice_says_how_and_has_a_copy_or_a_reason(world):
    case = at(world, "received")
    assert errors(world, case, "give_notice", how="", no_copy="", duties=[]) == {
        "duties": ["Select what was done"],
        "how": ["Select how it was sent"],
        "no_copy": ["Attach a copy of what was sent, or enter why there is none"],
    }


def test_a_notice_meets_the_chosen_duties_only(world):
    case = at(world, "recorded")
    chosen = open_duties(case, "copy_of_record")[0]
    case = take(world, case, "give_notice", duties=[str(chosen.pk)])
    chosen.refresh_from_db()
    assert (chosen.closed_how, chosen.closed_by) == ("met", last(case))
    assert "acknowledge" in kinds(case)


def test_nobody_is_told_before_there_is_something_to_tell(world):
    case = at(world, "recorded")
    found = errors(world, case, "give_notice", on=ON - timedelta(days=1))
    assert found == {"on": ["The date must be on or after 2 November 2026, when the duty arose"]}


def test_where_nobody_is_to_be_told_no_notice_is_given(world):
    case = at(world, "received", who="anonymous")
    assert cannot(world, case, "give_notice") == ("reg 37",)


def test_a_referral_after_the_day_of_the_law_needs_a_reason(world):
    case = take(world, at(world, "recorded"), "identify_serious")
    duty = open_duties(case, "refer_to_iopc")[0]
    over = {"late_why": "", "on": duty.due + timedelta(days=1)}
    assert errors(world, case, "refer_to_iopc", **over) == {"late_why": ["Enter why it is late"]}
    assert last(take(world, case, "refer_to_iopc", **{**over, "on": duty.due})).step == "refer_to_iopc"


def test_a_copy_that_the_law_orders_by_a_day_of_the_panels_own_needs_none(world):
    case = at(world, "recorded")
    copy = open_duties(case, "copy_of_record")[0]
    over = {"duties": [str(copy.pk)], "late_why": "", "on": copy.due + timedelta(days=1)}
    assert last(take(world, case, "give_notice", **over)).step == "give_notice"


def test_a_late_acknowledgement_is_the_panels_own_target_and_needs_none(world):
    case = at(world, "received")
    case = take(world, case, "give_notice", on=clock.working_days(RECEIVED, 6).day, late_why="")
    assert "acknowledge" not in kinds(case)


def test_what_the_law_orders_only_the_monitoring_officer_waives(world):
    case = at(world, "recorded")
    copy = [str(d.pk) for d in open_duties(case, "copy_of_record")]
    found = errors(world, case, "waive", by=world.officer, duties=copy)
    assert found["duties"][0].endswith("only the Monitoring Officer can waive it")
    case = take(world, case, "waive", by=world.mo, duties=copy)
    assert "copy_of_record" not in kinds(case)
    assert (last(case).by, last(case).why) == (world.mo, "It would serve nobody.")


def test_the_officer_waives_what_the_panel_set_itself_with_a_reason(world):
    case = at(world, "received")
    target = [str(d.pk) for d in open_duties(case, "acknowledge")]
    assert errors(world, case, "waive", by=world.officer, duties=target, why="") == {"why": ["Enter the reasons"]}
    assert "acknowledge" not in kinds(take(world, case, "waive", by=world.officer, duties=target))


@pytest.mark.parametrize("end", ["not_recorded", "redirected", "withdrawn", "closed"])
def test_from_the_ends_too_notices_are_given_and_waived(world, end):
    case = at(world, end)
    first, *_ = open_duties(case)
    case = take(world, case, "waive", by=world.mo, duties=[str(first.pk)])
    if kinds(case):
        case = take(world, case, "give_notice")
    assert (case.status, kinds(case)) == (end, [])


def test_a_waived_duty_is_shown_as_waived_not_as_met(world):
    case = take(world, at(world, "received"), "waive", by=world.officer)
    assert [d.closed_how for d in case.duties.exclude(closed_by=None)] == ["waived"]


# Void, reopen


@pytest.mark.parametrize("state", ["received", "recorded"])
def test_a_mistake_is_voided_by_the_monitoring_officer_and_kept(world, state):
    case = at(world, state)
    assert cannot(world, case, "void", by=world.officer) == ("para 5", "reg 34")
    case = take(world, case, "void")
    assert (case.status, kinds(case)) == ("void", [])


def test_a_duplicate_names_the_other(world):
    first, second = at(world, "received"), at(world, "received")
    assert list(errors(world, second, "void", reason="duplicate", duplicate_of="")) == ["duplicate_of"]
    assert list(errors(world, second, "void", reason="duplicate", duplicate_of=second.reference)) == ["duplicate_of"]
    assert take(world, second, "void", reason="duplicate", duplicate_of=first.reference).status == "void"


@pytest.mark.parametrize("end", ["void", "not_recorded", "redirected", "withdrawn", "closed"])
@pytest.mark.parametrize("to, opens", [("received", "decide_recording"), ("recorded", "consider")])
def test_every_end_is_reopened_by_the_monitoring_officer_with_a_reason(world, end, to, opens):
    case = at(world, end)
    assert cannot(world, case, "reopen", by=world.officer) == ("para 17", "reg 34")
    assert errors(world, case, "reopen", why="") == {"why": ["Enter the reasons"]}
    case = take(world, case, "reopen", to=to)
    assert case.status == to
    assert {opens, "preserve_evidence"} <= set(kinds(case))
    assert last(case).moves.get().counts["reopened"] == end


def test_reopening_forgets_the_decision_and_history_keeps_it(world):
    case = take(world, at(world, "closed"), "reopen")
    again = part(case)
    assert (again.route, again.outcome, again.dealt_with_by) == ("", "", "")
    assert again.history.filter(outcome="explained").exists()


def test_reopening_what_was_never_recorded_records_it_and_owes_the_copies(world):
    case = take(world, at(world, "not_recorded"), "reopen", to="recorded")
    assert {"copy_of_record", "decide_copies"} <= set(kinds(case))
    case = take(world, at(world, "closed"), "reopen", to="recorded")
    assert "copy_of_record" not in kinds(case)


def test_reopening_what_the_iopc_still_has_to_have_starts_its_clock_again(world):
    case = take(world, at(world, "with_iopc"), "withdraw")
    case = take(world, case, "reopen")
    assert [(d.part.number, d.due) for d in open_duties(case, "refer_to_iopc")] == [(1, ON + timedelta(days=1))]
    assert "reg 13" in cannot(world, case, "filter")


# Reverse


def test_the_officer_takes_back_a_step_on_the_day_it_was_entered(world):
    case = take(world, at(world, "recorded"), "reverse", by=world.officer)
    assert case.status == "received"
    entry = last(case)
    assert (entry.step, entry.reverses.step, entry.why) == ("reverse", "record", "Entered by mistake.")


def test_the_next_day_only_the_monitoring_officer_does(world, monkeypatch):
    case = at(world, "recorded")
    tomorrow = clock.today() + timedelta(days=1)
    monkeypatch.setattr(clock, "today", lambda: tomorrow)
    assert cannot(world, case, "reverse", by=world.officer) == ("para 5", "reg 34")
    assert take(world, case, "reverse", by=world.mo).status == "received"


@pytest.mark.parametrize(
    "state, before",
    [
        ("awaiting_information", "received"),
        ("recorded", "received"),
        ("referred_to_iopc", "recorded"),
        ("with_iopc", "referred_to_iopc"),
        ("filtered", "recorded"),
        ("sub_panel", "filtered"),
        ("full_panel", "filtered"),
        ("informal_resolution", "sub_panel"),
        ("outcome_recorded", "informal_resolution"),
        ("void", "received"),
        ("not_recorded", "received"),
        ("redirected", "received"),
        ("withdrawn", "received"),
        ("closed", "outcome_recorded"),
    ],
)
def test_every_move_is_taken_back_with_its_duties(world, state, before):
    case = at(world, state)
    moved = case.entries.filter(moves__isnull=False).order_by("-number").first()
    closed = set(moved.closed.values_list("pk", flat=True))
    opened = set(moved.opened.values_list("pk", flat=True))
    case = take(world, case, "reverse", by=world.mo, entry=str(moved.number))
    assert (case.status, statuses(case)) == (before, [before])
    still_open = {d.pk for d in open_duties(case)}
    assert closed <= still_open
    assert not opened & still_open
    assert list(verify()) == []


def test_fields_are_put_back_as_they_were(world):
    case = at(world, "filtered")
    assert part(case).route == "informal_resolution"
    case = take(world, case, "reverse", by=world.mo)
    assert part(case).route == ""


def test_a_theme_and_the_words_of_an_allegation_are_put_back(world):
    case = at(world, "received")
    words = part(case).what
    case = take(world, case, "record", final_1="Other words", theme="statements")
    case = take(world, case, "reverse", by=world.mo)
    assert (part(case).what, case.theme) == (words, "")


def test_what_was_tabled_is_no_longer_seen_by_the_members(world):
    case = at(world, "full_panel")
    assert case.tabled_on == ON
    assert take(world, case, "reverse", by=world.mo).tabled_on is None


def test_the_sub_panel_is_gone_when_its_appointment_is_taken_back(world):
    case = at(world, "sub_panel")
    assert len(sitting(case)) == 3
    assert sitting(take(world, case, "reverse", by=world.mo)) == []


def test_also_the_member_who_replaced_another_since(world):
    case = take(world, at(world, "sub_panel"), "replace_sub_panel_member")
    appointed = case.entries.get(step="appoint_sub_panel")
    assert sitting(take(world, case, "reverse", by=world.mo, entry=str(appointed.number))) == []


def test_the_seat_is_given_back_when_the_replacement_is_taken_back(world):
    case = at(world, "sub_panel")
    before = sitting(case)
    case = take(world, case, "replace_sub_panel_member", leaving=seats(world, 3)[0], joining=seats(world, 9)[0])
    assert sitting(case) != before
    assert sitting(take(world, case, "reverse", by=world.mo)) == before


def test_a_declared_interest_is_taken_back(world):
    case = take(world, at(world, "recorded"), "declare_interest", by=world.chairman)
    case = take(world, case, "reverse", by=world.mo)
    assert not case.roles.filter(to_entry=None).exists()
    assert take(world, case, "filter", by=world.chairman).status == "filtered"


def test_later_notes_do_not_block_a_reversal(world):
    case = take(world, take(world, at(world, "recorded"), "note_contact"), "advise")
    recorded = case.entries.get(step="record")
    assert take(world, case, "reverse", by=world.mo, entry=str(recorded.number)).status == "received"


def test_a_second_move_blocks_the_first(world):
    case = at(world, "filtered")
    recorded = case.entries.get(step="record")
    assert list(errors(world, case, "reverse", by=world.mo, entry=str(recorded.number))) == ["entry"]


def test_a_move_of_another_allegation_does_not_block(world):
    case = take(world, at(world, "received", allegations=2), "record", parts=["1"])
    first = last(case)
    case = take(world, case, "record", parts=["2"])
    case = take(world, case, "reverse", by=world.mo, entry=str(first.number))
    assert statuses(case) == ["received", "recorded"]


def test_steps_are_taken_back_one_after_the_other(world):
    case = at(world, "informal_resolution")
    for before in ("sub_panel", "filtered", "recorded", "received"):
        case = take(world, case, "reverse", by=world.mo)
        assert case.status == before


def test_what_made_the_case_is_not_reversed_nor_a_reversal(world):
    case = take(world, at(world, "recorded"), "reverse", by=world.mo)
    assert cannot(world, case, "reverse", by=world.mo) == ("para 5", "reg 34")


def test_both_stay_on_the_record(world):
    case = take(world, at(world, "recorded"), "reverse", by=world.mo)
    assert list(case.entries.order_by("number").values_list("step", flat=True)) == ["log", "record", "reverse"]
    in_force = Entry.objects.filter(case=case).in_force()
    assert [e.step for e in in_force] == ["log"]


def test_a_field_changed_again_since_stays(world):
    case = take(world, at(world, "recorded"), "identify_serious")
    case = take(world, case, "refer_to_iopc")
    case = take(world, case, "iopc_refers_back")
    case = take(world, case, "identify_serious", basis="called_in")
    assert part(case).iopc_back_on is None
    case = take(world, case, "reverse", by=world.mo)
    assert (part(case).serious, part(case).iopc_back_on) == ("offence", ON)


def test_a_closed_complaint_taken_back_waits_for_its_close_again(world):
    case = take(world, at(world, "closed"), "reverse", by=world.mo)
    assert case.status == "outcome_recorded"
    assert close(world, case).status == "closed"


def test_a_second_outcome_after_a_reversal_counts(world):
    case = take(world, at(world, "outcome_recorded"), "reverse", by=world.mo)
    case = take(world, heard(world, case), "record_outcome", outcome="settled")
    assert part(case).outcome == "settled"


# What a reversal puts back beyond the case and its allegations


def test_recounted_days_are_put_back_with_the_correction(world):
    case = at(world, "received", allegations=2)
    due = open_duties(case, "acknowledge")[0].due
    case = take(world, case, "correct", received_on=RECEIVED + timedelta(days=1))
    assert open_duties(case, "acknowledge")[0].due == clock.working_days(RECEIVED + timedelta(days=1), 5).day != due
    case = take(world, case, "reverse", by=world.mo)
    duty = open_duties(case, "acknowledge")[0]
    assert (case.received_on, duty.due, duty.first_due, case.next_due) == (RECEIVED, due, None, due)


def test_a_stopped_clock_goes_on_when_its_stop_is_taken_back(world):
    case = at(world, "received", allegations=2)
    case = take(world, case, "stop_clock", on=RECEIVED)
    assert [d.kind for d in open_duties(case) if d.stopped_on]
    case = take(world, case, "reverse", by=world.mo)
    assert [d.kind for d in open_duties(case) if d.stopped_on] == []


def test_a_suspension_taken_back_lets_everything_go_on(world):
    case = take(world, at(world, "recorded"), "iopc_suspends")
    assert cannot(world, case, "filter") == ("para 3", "reg 22")
    case = take(world, case, "reverse", by=world.mo)
    assert [d.kind for d in open_duties(case) if d.stopped_on] == []
    assert take(world, case, "filter").status == "filtered"


def test_facts_can_be_corrected_though_an_allegation_was_added_of_something_since(world):
    case = take(world, at(world, "recorded"), "add_allegation", happened_on=ON)
    assert take(world, case, "correct", title="Another title").title == "Another title"
