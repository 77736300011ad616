"""What the Schedules ask, rule by rule, and what is said to answers that cannot be right."""

from datetime import UTC, date, datetime, timedelta

import pytest

from hearings.models import Candidate, Hearing, Resolution
from hearings.procedure import checklist
from hearings.report.frozen import copies
from panel.access import rules
from panel.casework.case_context import CaseContext
from panel.casework.errors import Invalid, Refused
from panel.casework.perform import perform
from panel.files.paper import as_text
from panel.law import clock
from panel.law.meetings import two_thirds
from panel.models import Member, PanelSettings, Substitute
from panel.models.journal import Link
from panel.record.act import sealed_act
from panel.record.verify import verify
from tests.hearings.build import HEARD, NOTIFIED, SENT, at, fresh, names, notify, report_text, take
from tests.panel.pages.page import Browser


def errors(world, make, *args, **over):
    """The errors of answers that are refused, by field; nothing is written."""
    before = Link.objects.count()
    with pytest.raises(Invalid) as raised:
        make(world, *args, **over)
    assert Link.objects.count() == before
    return {k: [str(e) for e in v] for k, v in raised.value.form.errors.items()}


def due(case, kind):
    """The day of the open duty of that kind."""
    return case.duties.get(kind=kind, closed_by=None).due


def facts(world, case):
    """The facts as the officer has them."""
    return CaseContext(fresh(case), world.officer).facts


# Notification and clock


def test_the_report_is_due_three_weeks_beginning_with_the_day_of_notification(world):
    assert due(notify(world, 1), "report") == date(2026, 11, 29)


def test_a_notification_is_not_received_in_the_future(world):
    found = errors(world, notify, on=clock.today() + timedelta(days=1))
    assert found == {"on": ["Day the Panel received the notification must be today or in the past"]}


def test_a_candidate_has_a_name(world):
    assert errors(world, notify, candidate_1="") == {"candidate_1": ["Enter the candidate’s name"]}


def test_a_job_share_has_two_candidates_and_each_its_own_part(world):
    assert "candidate_2" in errors(world, notify, flags=["job_share"])
    case = notify(world, flags=["job_share"], candidate_2="Leon Quist")
    assert [p.name for p in Candidate.objects.filter(case=case)] == ["Farida Haddon", "Leon Quist"]
    assert case.title == "Farida Haddon and Leon Quist, proposed Chief Executive (job share)"


def test_an_incomplete_notification_needs_a_decision_on_the_clock_with_its_reason(world):
    assert "counts" in errors(world, notify, came=["name"])
    assert "counts_why" in errors(world, notify, came=["name"], counts="from_notice")
    case = notify(world, came=["name"], counts="not_yet", counts_why="Too little has come.")
    assert due(case, "report") is None
    case = take(
        world,
        case,
        "receive_information",
        on=date(2026, 11, 12),
        came=["criteria", "reasons", "terms"],
        counts="from_this",
        counts_why="Only now is it complete.",
    )
    assert due(case, "report") == date(2026, 12, 2)
    assert [p.count_by for p in facts(world, case).proposals] == ["Officer of Exshire"]


def test_a_deputy_is_under_schedule_1_and_a_chief_constable_is_not(world):
    assert "post" in errors(world, notify, 1, post="chief_constable")
    assert notify(world, 1, post="deputy").status == "notified"


def test_an_election_stops_the_count_and_its_dates_are_in_order(world):
    case = notify(world, 1)
    found = errors(
        world,
        take,
        case,
        "note_election",
        poll_on=date(2026, 11, 20),
        accepted_on=date(2026, 11, 19),
        poll_is_right=True,
    )
    assert found == {"accepted_on": ["The day office was accepted must be on or after the day of the poll"]}
    case = take(world, case, "note_election", poll_on=date(2026, 11, 20), accepted_on=None, poll_is_right=True)
    assert due(case, "report") is None
    case = take(
        world, case, "note_election", poll_on=date(2026, 11, 20), accepted_on=date(2026, 11, 27), poll_is_right=True
    )
    assert due(case, "report") == date(2026, 12, 7)


def test_without_a_known_day_of_notification_the_three_weeks_count_from_another_day(world):
    case = notify(world, unknown=True, on=date(2026, 11, 10))
    found = errors(world, take, case, "decide_count", counts="from_notice")
    assert list(found) == ["counts"]
    case = take(world, case, "decide_count", counts="from_day", day=date(2026, 11, 6), on=date(2026, 11, 10))
    assert due(case, "report") == date(2026, 11, 26)


def test_what_comes_later_and_starts_the_count_says_why(world):
    case = notify(world, came=["name"], counts="not_yet", counts_why="Too little has come.")
    found = errors(world, take, case, "receive_information", counts="from_this", counts_why="")
    assert found == {"counts_why": ["Enter why the three weeks count from that day"]}


# Review and hearing


def test_nobody_is_heard_before_the_panel_is_notified(world):
    found = errors(world, take, at(world, "under_review"), "arrange_hearing", meeting_on=date(2026, 11, 6))
    assert found == {"meeting_on": ["The hearing must be on or after the day the Panel was notified"]}


def test_the_review_begins_with_everything_or_with_a_decision(world):
    case = notify(world, came=["name"], counts="not_yet", counts_why="Too little has come.")
    assert "without_why" in errors(world, take, case, "begin_review", without_why="")
    assert take(world, case, "begin_review").status == "under_review"


def test_a_hearing_after_the_last_day_is_explained_and_still_recorded(world):
    case = at(world, "under_review", 8)
    late = {"meeting_on": date(2026, 12, 1)}
    found = errors(world, take, case, "arrange_hearing", **late, late_hearing_why="")
    assert found["late_hearing_why"][0].startswith("The three weeks end on 29 November 2026, 2 days before the hearing")
    assert "a veto would fall" in found["late_hearing_why"][0]
    assert take(world, case, "arrange_hearing", **late).status == "hearing_arranged"


def test_an_agenda_later_than_five_clear_days_needs_the_chairmans_reason(world):
    case = at(world, "hearing_arranged")
    assert due(case, "publish_agenda") == date(2026, 11, 6)
    assert "urgent_why" in errors(world, take, case, "publish_agenda", urgent_why="")
    assert not take(world, case, "publish_agenda").duties.filter(kind="publish_agenda", closed_by=None).exists()


def test_an_agenda_is_not_published_after_the_meeting(world):
    found = errors(world, take, at(world, "hearing_arranged"), "publish_agenda", on=date(2026, 11, 17))
    assert found == {"on": ["The meeting was on 16 November 2026: an agenda comes before it"]}


def test_questions_are_planned_one_a_line_and_planned_anew(world):
    case = at(world, "under_review")
    assert errors(world, take, case, "plan_questions", competence=" ", independence="", other="") == {
        "text_1": ["Enter at least one question"]
    }
    case = take(world, case, "plan_questions", competence="What have you led?\n\nWhat did you learn?", independence="")
    page = Browser(world.officer).get(f"/exshire/hearings/{case.reference}/plan_questions/")
    assert [page.values()[f"text_{n}"] for n in (1, 2)] == ["What have you led?", "What did you learn?"]
    case = take(world, case, "plan_questions", competence="Only this?", independence="", other="")
    assert [q.text for q in facts(world, case).questions] == ["Only this?"]


def test_nothing_is_a_hearing_to_which_nobody_came(world):
    first = f"seat_{world.members[0].pk}"
    found = errors(
        world, take, at(world, "hearing_arranged"), "hold_hearing", in_room=[], apologies=names(world, 0, 10)
    )
    assert found[first] == ["Select who was there"]


def test_there_is_no_report_before_the_hearing(world):
    with pytest.raises(Refused, match="The hearing has not been held"):
        take(world, at(world, "hearing_arranged"), "send_report")
    with pytest.raises(Refused, match="The Panel has decided nothing on Farida Haddon yet"):
        take(world, at(world, "heard"), "send_report")


def test_only_members_of_that_day_attend(world):
    case = at(world, "hearing_arranged")
    with sealed_act(world.panel, by=None, name="set_up"):
        gone = Member.objects.create(
            panel=world.panel, name="Cllr Gone", kind="co_opted", from_date=date(2024, 5, 13), to_date=date(2026, 11, 1)
        )
    found = errors(world, take, case, "hold_hearing", in_room=["Cllr Gone"])
    assert found == {f"seat_{gone.pk}": ["Cllr Gone was not a member of the Panel on 16 November 2026"]}


def test_a_substitute_has_a_name_and_votes_from_the_seat(world):
    member = world.members[4]
    case = at(world, "hearing_arranged")
    assert errors(
        world, take, case, "hold_hearing", in_room=names(world, 0, 4), **{f"seat_{member.pk}": "substitute"}
    ) == {f"seat_{member.pk}": [f"Select who sat for {member.name}"]}
    nobody = errors(world, take, case, "note_apologies", apologies=[])
    assert nobody == {f"seat_{world.members[0].pk}": ["Select for at least one member whether they can attend"]}
    with sealed_act(world.panel, by=None, name="add_substitute"):
        Substitute.objects.create(panel=world.panel, member=member, name="Cllr Iris Vane", from_date=date(2024, 5, 13))
    case = take(world, case, "hold_hearing", in_room=names(world, 0, 4), substitutes={member.name: "Cllr Iris Vane"})
    seat = facts(world, case).attended[member.pk]
    assert (seat.substitute, seat.can_vote) == ("Cllr Iris Vane", True)
    assert take(world, case, "record_recommendation", votes_for=5, votes_against=0, abstained=0).status == "heard"


def test_a_lost_motion_leaves_the_item_open_and_the_report_says_so(world):
    case = take(world, at(world, "hearing_arranged"), "hold_hearing", exempt="lost")
    case = take(world, case, "record_recommendation")
    assert "A motion to exclude the public was lost, and the item stayed open." in report_text(world, case)


def test_a_meeting_without_quorum_only_advises_and_says_who_decides(world):
    case = take(world, at(world, "hearing_arranged", 8), "hold_hearing", quorate="no")
    with pytest.raises(Refused, match="it can advise, not veto"):
        take(world, case, "veto")
    assert "taken_by" in errors(world, take, case, "record_recommendation", taken_by="", power="")
    assert "power" in errors(world, take, case, "record_recommendation", taken_by="The Chairman")
    who, power = "The Chairman, on the members’ advice", "the Panel’s scheme of delegation"
    case = take(world, case, "record_recommendation", taken_by=who, power=power)
    said = report_text(world, case)
    assert f"The decision was taken by {who}, under {power}." in said
    assert "The Panel recommends" not in said
    assert Resolution.objects.get(candidate__case=case).advisory


# Votes and veto


@pytest.mark.parametrize("members, needed", [(17, 12), (18, 12), (10, 7), (15, 10), (1, 1), (0, 0)])
def test_two_thirds_of_all_members(members, needed):
    assert two_thirds(members) == needed


def test_votes_add_up_to_those_who_could_vote(world):
    case = at(world, "heard")
    found = errors(world, take, case, "record_recommendation", votes_for=10, votes_against=3, abstained=1)
    assert found == {"votes_for": ["For, against and abstained add up to 14, and 10 members could vote"]}


def test_votes_are_of_members_of_that_day_whole_numbers_and_not_before_the_hearing(world):
    case = at(world, "heard")
    with sealed_act(world.panel, by=None, name="set_up"):
        gone = Member.objects.create(
            panel=world.panel, name="Cllr Gone", kind="co_opted", from_date=date(2024, 5, 13), to_date=date(2026, 11, 1)
        )
    named = {"taken": "named", "voted_for": [*names(world, 0, 10), "Cllr Gone"]}
    assert errors(world, take, case, "record_recommendation", **named) == {
        f"vote_{gone.pk}": ["Cllr Gone was not a member of the Panel on 16 November 2026, so cannot vote"]
    }
    assert errors(world, take, case, "record_recommendation", votes_for=-1, votes_against=201, abstained="x") == {
        "votes_for": ["For must be 0 or more"], "votes_against": ["Against must be 200 or fewer"],
        "abstained": ["Abstained must be a whole number"],
    }  # fmt: skip
    assert errors(world, take, case, "record_recommendation", on=NOTIFIED) == {
        "on": ["The date must be on or after 16 November 2026, when the hearing was held"]
    }
    case = take(world, case, "record_recommendation", on=date(2026, 11, 18))
    assert errors(world, take, case, "send_report", on=SENT) == {
        "on": ["The date must be on or after 18 November 2026, when the Panel decided"]
    }


def test_whoever_was_online_counts_and_does_not_vote(world):
    case = take(
        world, at(world, "hearing_arranged", 8), "hold_hearing", in_room=names(world, 0, 7), online=names(world, 7, 10)
    )
    online = world.members[9]
    found = errors(world, take, case, "veto", taken="named", voted_for=[*names(world, 0, 7), online.name])
    assert found == {f"vote_{online.pk}": [f"{online.name} could not vote: online: counts, does not vote"]}
    case = take(world, case, "veto", taken="named", voted_for=names(world, 0, 7))
    made = Resolution.objects.get(candidate__case=case)
    count = made.motion
    assert (count.in_office, count.needed, count.votes_for, made.carried, count.votes.count()) == (10, 7, 7, True, 7)


def test_a_veto_needs_two_thirds_of_all_members_there_or_not(world):
    case = take(
        world,
        at(world, "hearing_arranged", 8),
        "hold_hearing",
        in_room=names(world, 0, 6),
        apologies=names(world, 6, 10),
    )
    assert facts(world, case).forecast().words == "6 of 10 members can vote. A veto needs 7, so it cannot be carried."
    found = errors(world, take, case, "veto", votes_for=6, votes_against=0, abstained=0)
    assert found["votes_for"][0].startswith("6 votes for the veto: it needs 7, two thirds of all 10 members in office")


def test_the_forecast_follows_the_apologies(world):
    case = take(
        world,
        at(world, "hearing_arranged", 8),
        "note_apologies",
        apologies=names(world, 8, 10),
        online=names(world, 7, 8),
    )
    found = facts(world, case).forecast()
    assert found.words == "7 of 10 members can vote. None of them has said yet. 7 must vote for it."
    assert found.dots == ["can"] * 7 + ["need"] + ["cannot"] * 3


def test_there_is_no_veto_under_schedule_1(world):
    case = at(world, "heard", 1)
    with pytest.raises(Refused, match="is one of “Appointments under Schedule 1”, which has no such step") as raised:
        perform(case, "veto", by=world.officer)
    assert raised.value.refusals[0].provisions == ("Sch 8 para 5", "SI 2023/649 para 24(b)")
    with pytest.raises(KeyError):
        perform(case, "decapitate", by=world.officer)


def test_a_veto_after_the_three_weeks_is_refused_and_a_late_report_is_not(world):
    case = notify(world, 8, on=date(2026, 10, 19))
    case = take(world, take(world, case, "begin_review"), "arrange_hearing", meeting_on=date(2026, 11, 10))
    case = take(world, case, "hold_hearing", on=date(2026, 11, 10))
    with pytest.raises(Refused, match="the Panel can no longer veto"):
        take(world, case, "veto", on=date(2026, 11, 10))
    case = take(world, case, "record_recommendation", on=date(2026, 11, 10))
    assert "late_why" in errors(world, take, case, "send_report", late_why="")
    case = take(world, case, "send_report")
    assert case.entries.last().moves.get().counts == {"late": "yes"}


def test_an_unreported_veto_falls(world):
    case = at(world, "heard", 8)
    case = take(world, case, "veto")
    with pytest.raises(Refused, match="The veto has not been reported"):
        take(world, case, "notify_reserve")
    with pytest.raises(Refused, match="The three weeks end on 29 November 2026"):
        take(world, case, "lapse")


def test_there_is_no_second_veto_and_the_reserve_has_three_weeks_of_its_own(world):
    case = at(world, "reserve_heard", 8)
    with pytest.raises(Refused):
        take(world, case, "veto")
    part = Candidate.objects.get(case=case)
    assert (part.name, part.reserve, part.earlier) == ("Owen Trask", True, "Farida Haddon (vetoed 16 November 2026)")
    assert due(case, "report_reserve") == facts(world, case).count.day
    assert case.title == "Owen Trask, reserve candidate for Chief Constable after Farida Haddon, vetoed"


def test_an_incomplete_notification_of_a_reserve_gets_its_own_count_when_it_is_complete(world):
    case = take(
        world, at(world, "vetoed", 8), "notify_reserve", came=["name"], counts="not_yet", counts_why="Too little."
    )
    assert due(case, "report_reserve") is None
    case = take(world, case, "receive_reserve_information", on=date(2026, 11, 18), counts="from_this")
    assert due(case, "report_reserve") == date(2026, 12, 8)
    assert not case.duties.filter(kind="report", closed_by=None).exists()


def test_an_election_moves_the_day_by_which_a_veto_is_reported(world):
    case = take(
        world,
        take(world, at(world, "heard", 8), "veto"),
        "note_election",
        poll_on=date(2026, 11, 20),
        accepted_on=date(2026, 11, 27),
        poll_is_right=True,
    )
    assert due(case, "report_veto") == date(2026, 12, 7)


def test_what_comes_after_the_hearing_is_arranged_is_recorded(world):
    case = notify(
        world, came=["name", "criteria", "reasons"], counts="from_notice", counts_why="The rest was complete."
    )
    case = take(world, take(world, case, "arrange_hearing"), "receive_information", on=date(2026, 11, 12))
    assert (case.status, facts(world, case).complete) == ("hearing_arranged", True)


def test_a_withdrawn_reserve_candidate_leaves_the_veto(world):
    case = take(world, at(world, "reserve_under_review", 8), "withdraw_reserve")
    assert case.status == "vetoed"
    assert take(world, case, "notify_reserve", candidate_1="A Third").status == "reserve_notified"


def test_what_was_arranged_for_a_withdrawn_reserve_candidate_lapses_when_another_is_notified(world):
    case = take(world, at(world, "reserve_under_review", 8), "arrange_reserve_hearing")
    case = take(world, case, "withdraw_reserve")
    open_before = set(case.duties.filter(closed_by=None).values_list("kind", flat=True))
    case = take(world, case, "notify_reserve", candidate_1="A Third")
    lapsed = set(
        case.duties.filter(closed_by__step="notify_reserve", closed_how="lapsed").values_list("kind", flat=True)
    )
    assert lapsed == open_before & {"invite", "publish_agenda", "cancel_meeting"} != set()


# Report and decision


def test_a_case_lapses_neither_before_the_three_weeks_are_over_nor_once_the_panel_has_reported(world):
    case = at(world, "vetoed", 8)
    with pytest.raises(Refused, match="The three weeks end on 29 November 2026"):
        take(world, case, "lapse")
    with clock.set_to(datetime(2026, 12, 2, 9, tzinfo=UTC)), pytest.raises(Refused, match="The Panel has reported"):
        take(world, case, "lapse", on=date(2026, 12, 2))


def test_a_report_is_published_once(world):
    case = take(world, at(world, "reported"), "publish_report")
    with pytest.raises(Refused, match="It was published on 17 November 2026"):
        take(world, case, "publish_report")


def test_a_decision_is_not_announced_in_the_future(world):
    found = errors(world, take, at(world, "reported"), "pcc_accepts", announced_on=date(2026, 11, 19))
    assert found == {"announced_on": ["The day it was announced must be today or in the past"]}


def test_a_hearing_is_reopened_to_wait_for_a_decision_only_where_a_report_was_sent(world):
    said = {"to": ["No report was sent, so nothing waits for a decision"]}
    assert errors(world, take, at(world, "candidate_withdrawn"), "reopen", to="reported") == said
    assert take(world, at(world, "accepted"), "reopen", to="reported").status == "reported"


def test_recommendation_and_decision_say_whether_the_candidate_is_appointed(world):
    case = at(world, "heard")
    case = take(world, take(world, case, "record_recommendation", recommendation="refuse"), "send_report")
    case = take(world, case, "pcc_rejects", appointed="yes", appointed_from=date(2027, 1, 4))
    part = Candidate.objects.get(case=case)
    assert (case.status, part.recommendation, part.appointed, part.appointed_from) == (
        "rejected",
        "refuse",
        True,
        date(2027, 1, 4),
    )


def test_one_candidate_of_a_job_share_withdraws_and_the_other_goes_on(world):
    case = notify(world, flags=["job_share"], candidate_2="Leon Quist")
    case = take(world, case, "candidate_withdraws", parts=["2"])
    assert case.status == "notified"
    case = take(world, case, "candidate_withdraws", parts=["1"])
    assert case.status == "candidate_withdrawn"
    assert {d.kind for d in case.duties.filter(closed_by=None)} == {"tell_panel"}


# Checklist


def test_guidance_is_skipped_with_a_reason_and_law_is_not(world):
    case = at(world, "hearing_arranged")
    assert "item" in errors(world, take, case, "skip_item", item="public")
    case = take(world, case, "skip_item")
    assert facts(world, case).checks["pre_meeting"].state == "skipped"


def test_what_the_law_requires_and_did_not_happen_is_in_the_report_with_its_reason(world):
    case = take(world, at(world, "hearing_arranged"), "hold_hearing", in_public="no")
    case = take(world, take(world, case, "note_not_done"), "record_recommendation")
    words = report_text(world, case)
    assert "Not done: hold it in public (Schedule 1, paragraph 11). The webcast failed." in words


def test_what_is_not_on_record_stays_out_of_the_report(world):
    case = take(world, at(world, "heard"), "record_recommendation")
    assert "pre-meeting" not in report_text(world, case)


def says(world, case, key):
    """How an item of the checklist stands, and what it says."""
    look = CaseContext(fresh(case), world.officer)
    found = checklist.standing(look, next(i for i in checklist.items(look) if i.key == key))
    return found.state, found.note


def test_the_checklist_reads_the_record_of_the_way_to_the_hearing(world):
    case = at(world, "under_review")
    assert says(world, case, "questions") == ("open", "Professional competence, personal independence")
    case = take(world, case, "arrange_hearing", meeting_on=date(2026, 11, 26))
    assert says(world, case, "agenda") == ("today", "Five clear days before: today")
    assert says(world, case, "invited") == ("open", "")
    case = take(world, case, "give_notice", duties=[str(d.pk) for d in case.duties.filter(kind="invite")])
    assert says(world, case, "invited") == ("done", "Invited 9 November 2026")
    case = take(world, case, "plan_questions", competence="Why?", independence="")
    one = "1 question. Professional competence, personal independence"
    assert says(world, case, "questions") == ("progress", one)
    case = take(world, case, "publish_agenda", on=date(2026, 11, 17))
    assert says(world, case, "agenda") == ("done", "Published 17 November 2026")


def test_the_checklist_reads_the_record_of_what_followed(world):
    case = take(world, at(world, "hearing_arranged"), "publish_agenda")
    assert says(world, case, "agenda") == ("done", "Published 9 November 2026, later than five clear days before")
    case = take(world, take(world, case, "plan_questions"), "hold_hearing", exempt="carried", exempt_paragraph="2")
    assert says(world, case, "questions") == ("done", "3 questions. Professional competence, personal independence")
    assert says(world, case, "exempt") == ("done", "Resolution carried. Schedule 12A, paragraph 2")
    case = take(world, take(world, case, "record_recommendation"), "send_report", on=date(2026, 11, 18))
    assert says(world, case, "next_day") == ("skipped", "Sent 18 November 2026")
    assert says(world, case, "publish") == (
        "open",
        "Guidance: not before 25 November 2026, five working days after it was sent",
    )
    case = take(world, case, "publish_report", on=date(2026, 11, 18))
    assert says(world, case, "publish") == ("done", "Published 18 November 2026")


def test_the_checklist_of_a_reserve_candidate_knows_their_own_hearing(world):
    case = at(world, "reserve_under_review", 8)
    look = CaseContext(case, world.officer)
    assert not checklist.reached(look, "hearing_arranged")
    look = CaseContext(take(world, case, "arrange_reserve_hearing"), world.officer)
    assert checklist.reached(look, "hearing_arranged")
    assert not checklist.reached(look, "heard")


# Corrections, restriction


def test_an_unknown_day_of_notification_may_stay_unknown_when_a_name_is_corrected(world):
    case = take(world, notify(world, unknown=True, on=date(2026, 11, 10)), "correct", on=date(2026, 11, 10))
    assert (Candidate.objects.get(case=case).name, facts(world, case).proposal.received_on) == ("Farida Hadden", None)


def test_days_that_are_corrected_stay_in_their_order(world):
    case = at(world, "reserve_notified", 8)
    assert errors(world, take, case, "correct", received_on=date(2026, 11, 16)) == {
        "received_on": ["The day of the notification must be on or after 17 November 2026, the day of the step before"]
    }
    assert errors(world, take, case, "correct", came_terms=date(2026, 11, 16)) == {
        "came_terms": ["It cannot have come before the notification"]
    }
    case = take(world, case, "correct", received_on=date(2026, 11, 18), name_1="Owen Trusk", on=date(2026, 11, 18))
    assert (case.received_on, facts(world, case).proposal.received_on) == (NOTIFIED, date(2026, 11, 18))
    assert [r.person for r in facts(world, case).resolutions] == ["Farida Haddon"]  # the decision was on somebody else


def test_of_two_candidates_only_the_one_corrected_gets_another_name(world):
    case = notify(world, flags=["job_share"], candidate_2="Leon Quist")
    case = take(world, case, "correct", name_1="Farida Haddon", name_2="Leon Quisst")
    assert [p.name for p in Candidate.objects.filter(case=case).order_by("pk")] == ["Farida Haddon", "Leon Quisst"]


def test_where_the_panel_was_told_nothing_the_day_it_learnt_of_it_is_corrected(world):
    case = take(world, at(world, "appointed_without_notification"), "correct", received_on=date(2026, 11, 6))
    assert case.received_on == date(2026, 11, 6)


def test_a_corrected_day_that_reaches_a_poll_without_an_end_moves_no_report(world):
    day = date(2026, 11, 12)
    case = take(
        world, notify(world), "note_election", poll_on=date(2026, 11, 30), accepted_on=None, poll_is_right=True, on=day
    )
    assert due(case, "report") == date(2026, 11, 29)  # the day before the poll
    case = take(world, case, "correct", received_on=date(2026, 11, 11), on=day)
    assert "moved" not in case.entries.get(step="correct").answers


def test_a_corrected_day_of_notification_moves_what_came_with_it_and_the_report_and_can_be_taken_back(world):
    case = notify(
        world, 1, came=["name", "criteria", "reasons"], counts="from_notice", counts_why="The rest was complete."
    )
    case = take(world, case, "receive_information", on=date(2026, 11, 12), came=["terms"])
    assert errors(world, take, case, "correct", received_on=date(2026, 11, 13)) == {
        "received_on": ["The day of the notification must be on or before 12 November 2026, the day of the next step"]
    }
    assert "received_on" in errors(world, take, case, "correct", received_on=None)
    unchanged = errors(world, take, case, "correct", name_1="Farida Haddon")
    assert unchanged == {"__all__": ["Change at least one answer: everything is as it is on record"]}
    case = take(world, case, "correct", received_on=date(2026, 11, 6), post="deputy", flags=["interim"])
    found = facts(world, case)
    assert case.title == "Farida Hadden, proposed Deputy Commissioner (interim)"
    assert {k: i.came_on.day for k, i in found.items.items()} == {"name": 6, "criteria": 6, "reasons": 6, "terms": 12}
    assert (case.received_on, due(case, "report"), found.count.day) == (date(2026, 11, 6), *[date(2026, 11, 26)] * 2)
    kept = case.entries.get(step="correct").answers
    assert kept["moved"] == ["Send the report to the Commissioner: 29 November 2026, now 26 November 2026"]
    assert "Hadden" not in str(kept)  # the history has the values
    case = take(world, case, "reverse", by=world.mo)
    assert (case.title, due(case, "report")) == ("Farida Haddon, proposed Chief Executive", date(2026, 11, 29))
    assert list(verify()) == []


def test_a_corrected_name_is_corrected_in_the_decision_too(world):
    case = take(world, take(world, at(world, "heard", 8), "veto"), "correct")
    assert [r.person for r in facts(world, case).resolutions] == ["Farida Hadden"]
    gone = take(world, at(world, "appointed_without_notification"), "correct", name_1="Somebody Told")
    assert gone.title == "Somebody Told, appointed Chief Executive without notification"


def test_a_restricted_hearing_is_seen_by_those_named_until_the_restriction_is_lifted(world):
    def seen(case):
        people = (world.officer, world.chairman, world.member, world.mo, world.auditor)
        return [
            Hearing.objects.filter(rules.visible(rules.standing(p, world.panel)), pk=case.pk).exists() for p in people
        ]

    case = notify(world, 8)
    assert seen(case) == [True] * 5
    case = take(world, case, "restrict")
    assert seen(case) == [True, False, False, True, True]
    assert seen(take(world, case, "unrestrict")) == [True] * 5


def test_a_reversed_step_leaves_its_rows_and_they_count_no_more(world):
    case = at(world, "heard", 8)
    case = take(world, case, "veto")
    case = take(world, case, "reverse", by=world.mo)
    assert case.status == "heard"
    assert Resolution.objects.filter(candidate__case=case).count() == 1
    assert facts(world, case).resolutions == []
    assert Candidate.objects.get(case=case).vetoed_on is None
    assert due(case, "report") == date(2026, 11, 29)
    assert list(verify()) == []


def test_each_report_has_its_own_hearing_and_is_published_by_itself(world):
    case = at(world, "heard", 8)
    case = take(world, take(world, case, "note_answers", answers_1="Of the first"), "veto")
    case = take(world, case, "send_report")
    assert "on" in errors(world, take, case, "publish_report", on=HEARD)
    for key in ("notify_reserve", "review_reserve", "arrange_reserve_hearing"):
        case = take(world, case, key)
    case = take(world, case, "hear_reserve", answers_1="Of the second", in_room=names(world, 0, 6), quorate="unknown")
    reports = copies(CaseContext(case, world.officer))
    assert [r.short for r in reports] == ["Farida Haddon, vetoed, sent 17 November 2026"]
    case = take(world, case, "record_recommendation", votes_for=6, votes_against=0, abstained=0)
    case = take(world, case, "report_reserve")
    reserve, veto = copies(CaseContext(case, world.officer))
    said = [as_text(copy.paper) for copy in (veto, reserve)]
    assert "Report on the proposed appointment of Farida Haddon as Chief Constable: veto" in said[0]
    assert "The Panel has vetoed the appointment of Farida Haddon" in said[0]
    assert "Report on the proposed appointment of Owen Trask as Chief Constable: reserve candidate" in said[1]
    assert "recommends that Owen Trask be appointed" in said[1]
    assert [("Of the first" in words, "Of the second" in words) for words in said] == [(True, False), (False, True)]
    assert ["10 in office, 10 in the room" in said[0], "10 in office, 6 in the room" in said[1]] == [True, True]
    assert "veto" not in said[1]
    assert "which" in errors(world, take, case, "publish_report", which="")
    first, second = facts(world, case).unpublished
    case = take(world, case, "publish_report", which=str(second.pk), where="The reserve’s page")
    assert [p.published_where for p in facts(world, case).proposals] == ["", "The reserve’s page"]
    assert case.duties.filter(kind="publish", closed_by=None).count() == 1
    case = take(world, case, "publish_report", where="The veto’s page")
    assert [p.published_where for p in facts(world, case).proposals] == ["The veto’s page", "The reserve’s page"]
    assert not case.duties.filter(kind__startswith="publish", closed_by=None).exists()


def test_the_quorum_of_the_day_is_counted_and_forecast(world):
    with sealed_act(world.panel, by=None, name="set_up"):
        for day, quorum in ((date(2026, 11, 1), 6), (date(2026, 11, 17), 9)):
            PanelSettings.objects.create(panel=world.panel, from_date=day, quorum=quorum)
    case = take(world, at(world, "hearing_arranged", 1), "note_apologies", apologies=names(world, 0, 5))
    assert facts(world, case).forecast().attend == (
        "5 of 10 members can be in the room. None of them has said yet. The quorum is 6, so the meeting could only advise."
    )
    few = {"in_room": names(world, 0, 5), "online": names(world, 5, 10)}
    assert errors(world, take, case, "hold_hearing", **few) == {
        "quorate": ["5 members in the room, and the Panel’s quorum is 6: select No, or correct who was there"]
    }
    case = take(world, case, "hold_hearing", in_room=names(world, 0, 6))
    assert facts(world, case).in_room == 6


assert NOTIFIED < HEARD
