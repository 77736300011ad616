"""Meetings: one for several posts, who sits there and once only, days that move, what earlier releases kept."""

from datetime import date

import pytest

from hearings.attendance import record_of
from hearings.models import Attendance, Hearing, Resolution, Sitting, Vote
from hearings.models import Meeting as EarlierMeeting
from panel.casework.case_context import CaseContext
from panel.casework.errors import Invalid
from panel.models import Link, Meeting, MotionVote, Seat, Substitute
from panel.record.act import sealed_act
from panel.record.verify import verify
from tests.hearings.build import HEARD, at, fresh, names, notify, plan, report_text, take
from tests.panel.pages.page import Browser

NEW_DAY = date(2026, 11, 24)


def record(world, case):
    """The hearing as the officer's pages read it."""
    return record_of(CaseContext(fresh(case), world.officer).facts)


def substitute(world, name, of, first=date(2024, 5, 13), last=None):
    """Put somebody on the register of substitutes for that member."""
    with sealed_act(world.panel, by=None, name="add_substitute"):
        return Substitute.objects.create(
            panel=world.panel, member=world.members[of], name=name, from_date=first, to_date=last
        )


def step_page(world, case, key):
    """The page of a step, as the officer opens it."""
    return Browser(world.officer).get(f"/exshire/hearings/{case.reference}/{key}/")


def seats(world, room=(), **others):
    """Answers for the table of seats: numbers of the members in the room, and `apologies=(1,)` and the like."""
    found = {f"seat_{world.members[n].pk}": "room" for n in room}
    for how, which in others.items():
        found |= {f"seat_{world.members[n].pk}": how for n in which}
    return found


def to_tell(case, kind):
    """To whom something is still to be told."""
    return sorted(fresh(case).duties.filter(kind=kind, closed_by=None).values_list("recipient", flat=True))


EVERYBODY = ["candidate:1", "commissioner", "public", "the_panel"]
HEARING = {"quorate": "yes", "in_public": "yes", "candidate_came": "yes", "exempt": "none"}


# Who sits


def test_nothing_is_chosen_beforehand_and_one_press_fills_in_who_was_not_marked(world):
    case = at(world, "hearing_arranged")
    page = step_page(world, case, "hold_hearing")
    assert not [e for e in page.main.all("input", type="radio") if "checked" in e.attrs and "seat" in e.attrs["name"]]
    page = page.submit("All in the room", **seats(world, apologies=(3,)))
    chosen = {e.attrs["name"]: e.attrs["value"] for e in page.main.all("input", type="radio") if "checked" in e.attrs}
    assert chosen == seats(world, room=(*range(3), *range(4, 10)), apologies=(3,))


def test_everyone_as_they_said_fills_in_what_members_said_before(world):
    case = take(
        world,
        at(world, "hearing_arranged"),
        "note_apologies",
        apologies=names(world, 8, 10),
        in_room=names(world, 0, 2),
    )
    page = step_page(world, case, "hold_hearing").submit("Everyone as they said")
    chosen = {e.attrs["name"]: e.attrs["value"] for e in page.main.all("input", type="radio") if "checked" in e.attrs}
    assert chosen == seats(world, room=(0, 1), apologies=(8, 9))


def test_a_substitute_is_picked_from_the_register_and_votes_under_their_own_name(world):
    vane = substitute(world, "Cllr Iris Vane", of=9)
    case = at(world, "hearing_arranged", 8)
    answers = {**HEARING, **seats(world, room=range(9), apologies=(9,)), f"sub_{world.members[9].pk}": str(vane.pk)}
    page = step_page(world, case, "hold_hearing").submit("Record the hearing", on=HEARD, **answers)
    assert page.banner.startswith("Hearing held"), page.errors
    assert [s.words for s in record(world, case).seats if s.member == world.members[9]] == [
        "Cllr Iris Vane, substitute (apologies)"
    ]
    votes = {f"vote_{m.pk}": "for" for m in world.members[:7]} | {f"vote_{m.pk}": "against" for m in world.members[7:]}
    page = step_page(world, case, "veto")
    assert f"Cllr Iris Vane, for {world.members[9].name}" in page.text
    page = page.submit("Record the veto", on=HEARD, taken="named", evidence="Minute 4", why="As minuted.", **votes)
    assert page.banner.startswith("Vetoed"), page.errors
    cast = {v.voter: v.cast for v in record(world, case).decisions[0].votes}
    assert cast["Cllr Iris Vane"] == "against"
    assert world.members[9].name not in cast
    assert MotionVote.objects.get(member=world.members[9]).substitute == vane
    assert f"Cllr Iris Vane, for {world.members[9].name}: against" in step_page(world, case, "pages/votes").text


def test_a_person_sits_once(world):
    """Two thirds were carried by the second vote of a member who also sat as a substitute."""
    twice = substitute(world, "Cllr E Exshire", of=9)  # who is a member with a seat of their own
    double = substitute(world, "Cllr Iris Vane", of=8), substitute(world, "Cllr Iris Vane", of=7)
    late = substitute(world, "Cllr Late Comer", of=6, first=date(2026, 11, 17))
    case, pk = at(world, "hearing_arranged"), {n: m.pk for n, m in enumerate(world.members)}
    answers = {
        **HEARING, **seats(world, room=(*range(6), 9), apologies=(6, 7, 8)), f"sub_{pk[9]}": str(twice.pk),
        f"sub_{pk[8]}": str(double[0].pk), f"sub_{pk[7]}": str(double[1].pk),
    }  # fmt: skip
    page = step_page(world, case, "hold_hearing").submit("Record the hearing", on=HEARD, **answers)
    # Table rows are asked by name: the later of the two for whom Cllr Vane is to sit is refused.
    last = max((7, 8), key=lambda n: world.members[n].name)
    first = 15 - last
    assert page.errors == {
        f"sub_{pk[9]}": [
            f"{world.members[9].name} and the substitute Cllr E Exshire cannot both sit: select one of them"
        ],
        f"sub_{pk[last]}": [f"Cllr Iris Vane already sits for {world.members[first].name}: a person sits once"],
    }
    with pytest.raises(Invalid) as raised:
        take(
            world,
            case,
            "hold_hearing",
            in_room=names(world, 0, 8),
            substitutes={world.members[9].name: "Cllr E Exshire"},
        )
    assert [str(e) for e in raised.value.form.errors[f"sub_{pk[9]}"]] == [
        "Cllr E Exshire already sits on a seat of their own: a person sits once"
    ]
    with pytest.raises(Invalid) as raised:
        take(
            world,
            case,
            "hold_hearing",
            substitutes={world.members[6].name: "Cllr Late Comer"},
            in_room=names(world, 0, 6),
        )
    assert "Cllr Late Comer was substitute" in str(raised.value.form.errors[f"sub_{pk[6]}"])
    assert late.name not in str(Seat.objects.count())
    with pytest.raises(Invalid) as raised:
        take(
            world, case, "hold_hearing", substitutes={world.members[6].name: "Nobody Known"}, in_room=names(world, 0, 6)
        )
    assert "Nobody Known is not on the register of substitutes" in str(raised.value.form.errors[f"sub_{pk[6]}"])
    assert not Seat.objects.exists()


def test_an_interest_is_declared_and_stayed_or_withdrew_and_was_substituted(world):
    vane = substitute(world, "Cllr Iris Vane", of=9)
    case, pk = at(world, "hearing_arranged", 8), {n: m.pk for n, m in enumerate(world.members)}
    answers = {
        **HEARING, **seats(world, room=range(9), withdrew=(9,)), f"sub_{pk[9]}": str(vane.pk),
        "interest_who": [str(pk[8])], f"kind_{pk[8]}": "close", f"nature_{pk[8]}": "Worked with the candidate.",
    }  # fmt: skip
    page = step_page(world, case, "hold_hearing").submit("Record the hearing", on=HEARD, **answers)
    assert page.errors == {"interest_who": [f"Enter the interest for which {world.members[9].name} withdrew"]}
    answers |= {
        "interest_who": [str(pk[8]), str(pk[9])], f"kind_{pk[9]}": "pecuniary", f"nature_{pk[9]}": "Rents from them.",
    }  # fmt: skip
    page = step_page(world, case, "hold_hearing").submit("Record the hearing", on=HEARD, **answers)
    assert page.banner.startswith("Hearing held"), page.errors
    found = record(world, case)
    assert [(i.name, i.withdrew, i.substitute) for i in found.interests] == [
        (world.members[8].name, False, ""), (world.members[9].name, True, "Cllr Iris Vane"),
    ]  # fmt: skip
    assert found.in_room == 10
    text = step_page(world, case, "pages/votes").text
    assert f"{world.members[8].name} declared an interest and stayed: Worked with the candidate." in text
    assert f"{world.members[9].name} withdrew: Rents from them." in text


# One meeting, several posts


def test_two_posts_at_one_meeting_share_agenda_attendance_and_chair(world):
    first = at(world, "hearing_arranged", meeting_on=HEARD)
    second = take(world, notify(world, candidate_1="Leon Quist", post="deputy"), "begin_review")
    page = step_page(world, second, "arrange_hearing")
    (choice,) = [e.attrs["value"] for e in page.main.all("input", type="radio", name="meeting")][:-1]
    assert "16 November 2026, 10am, County Hall: Farida Haddon, proposed Chief Executive" in page.text
    page = page.submit("Arrange the hearing", meeting=choice, remote="no", on=date(2026, 11, 10))
    assert page.banner.startswith("Hearing arranged"), page.errors
    assert Meeting.objects.count() == 1
    assert second.reference in step_page(world, first, "pages/votes").text
    take(world, second, "publish_agenda", on=date(2026, 11, 10))
    for case in (first, second):
        assert not fresh(case).duties.filter(kind="publish_agenda", closed_by=None).exists()
        assert record(world, case).agenda_on == date(2026, 11, 10)
        assert fresh(case).next_due == HEARD
    take(world, second, "reverse", by=world.mo, on=date(2026, 11, 18))  # and the duty of each is open again
    for case in (first, second):
        assert fresh(case).duties.filter(kind="publish_agenda", closed_by=None).count() == 1
        assert fresh(case).next_due == date(2026, 11, 6)
    take(world, second, "publish_agenda", on=date(2026, 11, 10))
    take(
        world,
        first,
        "hold_hearing",
        chair=world.members[0].name,
        in_room=names(world, 0, 9),
        apologies=names(world, 9, 10),
    )
    page = step_page(world, second, "hold_hearing")
    assert "Who was there is filled in from what was recorded" in page.text
    page = page.submit("Record the hearing", candidate_came="yes", exempt="none", on=HEARD)
    assert page.banner.startswith("Hearing held"), page.errors
    assert record(world, second).chair == world.members[0].name
    assert record(world, second).in_room == 9
    undone = take(world, first, "reverse", by=world.mo, on=date(2026, 11, 18))
    assert (undone.status, record(world, second).chair, record(world, second).in_room) == (
        "hearing_arranged", world.members[0].name, 9,
    )  # fmt: skip
    assert list(verify(world.panel)) == []


def two_at_one_meeting(world, **second):
    """Two hearings that are arranged at the same meeting."""
    first = at(world, "hearing_arranged", meeting_on=HEARD)
    other = take(
        world, notify(world, candidate_1="Leon Quist", post="deputy", **second), "arrange_hearing", meeting_on=HEARD
    )
    assert Meeting.objects.count() == 1
    return first, other


def test_the_whole_meeting_moves_or_only_one_hearing_and_everybody_of_each_is_told(world):
    first, second = two_at_one_meeting(world)
    answers = {
        "meeting_on": NEW_DAY,
        "at": "2pm",
        "place": "County Hall",
        "remote": "no",
        "why": "No hall.",
        "on": HEARD,
    }
    page = step_page(world, first, "rearrange_hearing")
    assert (
        f"With it: {second.reference}, Leon Quist, proposed Deputy Commissioner. Everybody of each is told."
        in page.text
    )
    page = page.submit("Move the hearing", **answers)
    assert page.errors == {"moves": ["Select whether the whole meeting is meant, or only this hearing"]}
    page = page.submit("Move the hearing", moves="meeting", **answers)
    assert page.banner.startswith("Hearing moved"), page.errors
    assert Meeting.objects.count() == 2
    for case in (first, second):
        assert (record(world, case).on, record(world, case).at, to_tell(case, "tell_moved")) == (
            NEW_DAY,
            "2pm",
            EVERYBODY,
        )
        entry = fresh(case).entries.last()
        assert (entry.step, entry.why, entry.on) == ("rearrange_hearing", "No hall.", HEARD)
        assert Link.objects.filter(entry=entry).count() == 1
    assert "What is moved The whole meeting" in step_page(world, first, "timeline").text
    page = step_page(world, second, "rearrange_hearing").submit(
        "Move the hearing", moves="hearing", **answers | {"meeting_on": date(2026, 11, 25)}
    )
    assert (record(world, first).on, record(world, second).on) == (NEW_DAY, date(2026, 11, 25))
    assert step_page(world, first, "rearrange_hearing").main.all("input", name="moves") == []
    assert list(verify(world.panel)) == []


def test_a_meeting_that_cannot_move_for_one_of_its_hearings_moves_for_none(world):
    """The three weeks of the second end earlier: the reason for the delay is asked for."""
    first, second = two_at_one_meeting(world, on=date(2026, 11, 2))
    late = {"meeting_on": NEW_DAY, "at": "2pm", "place": "County Hall", "remote": "no", "why": "No hall.", "on": HEARD}
    page = step_page(world, first, "rearrange_hearing").submit("Move the hearing", moves="meeting", **late)
    (said,) = page.errors["moves"]
    title = f"{second.reference}, Leon Quist, proposed Deputy Commissioner"
    assert said.startswith(f"{title}: The three weeks end on 22 November 2026, 2 days before the hearing")
    assert (record(world, first).on, record(world, second).on, Meeting.objects.count()) == (HEARD, HEARD, 1)
    page = page.submit("Move the hearing", moves="meeting", late_hearing_why="No hall was free.", **late)
    assert page.banner.startswith("Hearing moved"), page.errors
    assert record(world, second).on == NEW_DAY


def test_the_whole_meeting_is_put_off(world):
    first, second = two_at_one_meeting(world)
    page = step_page(world, first, "put_off_hearing").submit("Put it off", moves="meeting", why="Snow.", on=HEARD)
    assert page.banner.startswith("Hearing put off"), page.errors
    for case in (first, second):
        assert (fresh(case).status, record(world, case), to_tell(case, "tell_put_off")) == (
            "under_review",
            None,
            EVERYBODY,
        )


def test_what_is_restricted_is_not_moved_unseen(world):
    """Who may not see the other hearing is not asked about it, and it keeps its day."""
    first, second = two_at_one_meeting(world)
    take(world, second, "restrict", by=world.mo, named=[str(world.mo.pk)])
    page = step_page(world, first, "rearrange_hearing")
    assert "Leon Quist" not in page.text
    page.submit("Move the hearing", meeting_on=NEW_DAY, place="County Hall", remote="no", why="No hall.", on=HEARD)
    assert record(world, first).on == NEW_DAY
    assert Sitting.objects.filter(hearing=second).count() == 1


def test_an_adjourned_hearing_leaves_the_day_of_the_others_alone(world):
    first, second = two_at_one_meeting(world)
    take(world, first, "adjourn_hearing", on=date(2026, 11, 17), meeting_on=NEW_DAY)
    assert (record(world, first).adjourned[0].on, record(world, second).on) == (date(2026, 11, 17), HEARD)


def test_times_of_the_exempt_part_and_of_who_left_are_kept_and_reported(world):
    case, pk = at(world, "hearing_arranged"), {n: m.pk for n, m in enumerate(world.members)}
    answers = {
        **HEARING, **seats(world, room=range(9), withdrew=(9,)), "interest_who": [str(pk[9])], f"kind_{pk[9]}": "close",
        f"nature_{pk[9]}": "Her neighbour.", f"left_{pk[9]}": "10.05am", f"back_{pk[9]}": "11.40am", "exempt": "carried",
        "exempt_paragraphs": ["1"], "exempt_from": "11.05am", "exempt_until": "11.30am", "public_interest": "her health was spoken of",
    }  # fmt: skip
    page = step_page(world, case, "hold_hearing").submit("Record the hearing", on=HEARD, **answers)
    assert page.banner.startswith("Hearing held"), page.errors
    text = step_page(world, case, "pages/votes").text
    assert f"{world.members[9].name} withdrew from 10.05am to 11.40am: Her neighbour." in text
    assert "paragraph 1 of Part 1 of Schedule 12A; from 11.05am to 11.30am" in text
    case = take(
        world, case, "record_recommendation", votes_for=9, votes_against=0, abstained=0, competence="satisfied",
        competence_words="She has led a larger office.",
    )  # fmt: skip
    said = report_text(world, case)
    for words in (
        f"{world.members[9].name} declared an interest: her neighbour, and withdrew from 10.05am to 11.40am.",
        "(paragraph 1 of Part 1 of Schedule 12A), because her health was spoken of. The public was excluded from 11.05am to "
        "11.30am.",
        "has the professional competence for the post. She has led a larger office.",
    ):
        assert words in said
    case = take(world, case, "correct_hearing", exempt="carried", exempt_paragraph="1", exempt_from="11.10am")
    assert record(world, case).exclusion.from_time == "11.10am"


def test_who_withdraws_from_one_item_sits_for_the_other(world):
    first, second = at(world, "hearing_arranged", 8), at(world, "hearing_arranged", candidate_1="Leon Quist")
    take(
        world,
        first,
        "hold_hearing",
        in_room=names(world, 0, 9),
        withdrew=names(world, 9, 10),
        interests="His neighbour.",
    )
    take(world, second, "hold_hearing", in_room=names(world, 0, 10))
    assert [record(world, c).in_room for c in (first, second)] == [9, 10]


# Days that move


def test_a_hearing_that_moves_tells_everybody_again_also_a_second_time(world):
    case = take(world, at(world, "hearing_arranged"), "rearrange_hearing", meeting_on=NEW_DAY)
    assert to_tell(case, "tell_moved") == EVERYBODY
    told = fresh(case).duties.filter(kind="tell_moved", closed_by=None)
    case = take(
        world, case, "give_notice", kinds=None, duties=[str(d.pk) for d in told], how="email", no_copy="Kept there"
    )
    assert to_tell(case, "tell_moved") == []
    case = take(world, case, "rearrange_hearing", meeting_on=date(2026, 11, 25))
    assert to_tell(case, "tell_moved") == EVERYBODY


def test_a_new_day_after_the_last_day_is_warned_of(world):
    case = at(world, "hearing_arranged")
    late = {"meeting_on": date(2026, 12, 2), "at": "10am", "place": "County Hall", "remote": "no", "why": "No hall."}
    page = step_page(world, case, "rearrange_hearing").submit("Move the hearing", on=HEARD, **late)
    (said,) = page.errors["late_hearing_why"]
    assert said.startswith("The three weeks end on 29 November 2026, 3 days before the hearing")
    take(world, case, "rearrange_hearing", **late, late_hearing_why="No hall was free.")
    text = Browser(world.officer).get(f"/exshire/hearings/{case.reference}/").text
    assert "The hearing on 2 December 2026 is 3 days after the last day." in text


def test_a_hearing_is_put_off_without_a_day_and_arranged_again(world):
    case = take(world, at(world, "hearing_arranged"), "give_notice", on=date(2026, 11, 10))
    page = step_page(world, case, "put_off_hearing").submit("Put it off", why="The candidate is ill.", on=HEARD)
    assert page.banner.startswith("Hearing put off"), page.errors
    case = fresh(case)
    assert (case.status, record(world, case), to_tell(case, "tell_put_off")) == ("under_review", None, EVERYBODY)
    kinds = set(case.duties.filter(closed_by=None).values_list("kind", flat=True))
    assert kinds == {"hearing", "plan_questions", "report", "tell_put_off"}
    case = take(world, case, "arrange_hearing", meeting_on=NEW_DAY, on=HEARD)
    assert (to_tell(case, "tell_put_off"), to_tell(case, "tell_moved")) == ([], EVERYBODY)


def test_a_hearing_is_adjourned_and_goes_on(world):
    case = take(world, at(world, "hearing_arranged"), "adjourn_hearing", on=HEARD, meeting_on=NEW_DAY)
    assert (case.status, record(world, case).on, to_tell(case, "tell_adjourned")) == (
        "hearing_arranged",
        NEW_DAY,
        EVERYBODY,
    )
    assert Meeting.objects.get(on=NEW_DAY).continues.on == HEARD
    assert fresh(case).duties.get(kind="hold_hearing", closed_by=None).due == NEW_DAY
    (sat,) = record(world, case).adjourned
    assert (sat.on, sat.why) == (HEARD, "The lights failed.")
    errors = {}
    with pytest.raises(Invalid) as raised:
        take(world, case, "adjourn_hearing", on=HEARD, meeting_on=date(2026, 11, 25))
    errors = {k: [str(e) for e in v] for k, v in raised.value.form.errors.items()}
    assert errors == {"on": ["It is arranged for a later day: move it, or put it off"]}


def test_a_hearing_is_adjourned_without_a_day(world):
    case = take(
        world,
        at(world, "hearing_arranged"),
        "adjourn_hearing",
        on=HEARD,
        resumes="no",
        meeting_on=None,
        at="",
        place="",
    )
    assert (case.status, record(world, case)) == ("under_review", None)
    assert fresh(case).duties.filter(kind="hearing", closed_by=None).count() == 1
    page = step_page(world, at(world, "hearing_arranged"), "adjourn_hearing")
    page = page.submit(
        "Adjourn it", on=HEARD, resumes="yes", meeting_on=HEARD, place="County Hall", why="Time ran out."
    )
    assert page.errors == {"meeting_on": ["It must go on after the day on which it sat"]}


def test_the_candidate_is_told_that_the_proposal_is_withdrawn(world):
    case = take(world, at(world, "hearing_arranged"), "withdraw_proposal")
    assert to_tell(case, "tell_withdrawn") == ["candidate:1"]
    reserve = take(world, at(world, "reserve_under_review", 8), "withdraw_reserve")
    assert to_tell(reserve, "tell_withdrawn") == ["candidate:1"]


# Planned before notified


def test_a_hearing_planned_notified_moved_and_adjourned_by_its_pages(world):
    page = Browser(world.officer).get("/exshire/hearings/new/plan_hearing/?under=schedule1").submit(
        "Plan it", post="chief_finance_officer", post_words="Treasurer", expected_on=date(2026, 11, 25),
        word="They appoint on 24 November.", on=date(2026, 11, 16),
    )  # fmt: skip
    case = Hearing.objects.get()
    assert (case.status, case.title) == ("planned", "Proposed Treasurer")
    assert "Notified on 25 November 2026, a hearing can be from 3 December 2026 to 15 December 2026" in page.text
    page = step_page(world, case, "plan_day").submit(
        "Plan the day", meeting_on=date(2026, 12, 9), at="2pm", place="County Hall", on=date(2026, 11, 16)
    )
    assert "A hearing on 9 December 2026 needs a notification from 19 November 2026 to 1 December 2026" in page.text
    assert to_tell(case, "keep_free") == ["the_panel"]
    page = step_page(world, case, "note_word").submit(
        "Note it",
        who="The chief of staff",
        how="telephone",
        word="Later.",
        expected_on=date(2026, 12, 4),
        on=date(2026, 11, 17),
    )
    assert "9 December 2026 is too early for a notification after 1 December 2026" in page.text
    page = step_page(world, case, "record_notification").submit(
        "Continue", candidate_1="Marcus Leigh", came=["name", "criteria", "reasons", "terms"], on=date(2026, 11, 17)
    )
    assert "2 days after the last day for the report, 7 December 2026" in page.text
    page = page.submit("Record the notification")
    case = fresh(case)
    assert (case.status, case.title) == ("hearing_arranged", "Marcus Leigh, proposed Treasurer")
    kinds = set(case.duties.filter(closed_by=None).values_list("kind", flat=True))
    assert kinds == {"hold_hearing", "invite", "publish_agenda", "report"}
    page = step_page(world, case, "rearrange_hearing").submit(
        "Move the hearing", meeting_on=date(2026, 11, 18), at="2pm", place="County Hall", remote="no", why="In time.",
        on=date(2026, 11, 17),
    )  # fmt: skip
    assert page.banner.startswith("Hearing moved"), page.errors
    assert to_tell(case, "tell_moved") == EVERYBODY
    page = step_page(world, case, "adjourn_hearing").submit(
        "Adjourn it", on=date(2026, 11, 18), resumes="yes", meeting_on=NEW_DAY, at="2pm", place="County Hall", why="Late.",
    )  # fmt: skip
    assert page.banner.startswith("Hearing adjourned"), page.errors
    assert record(world, case).on == NEW_DAY
    assert list(verify(world.panel)) == []


def test_a_planned_hearing_loses_its_day_and_nobody_unnamed_is_told(world):
    case = take(world, plan(world), "plan_day", meeting_on=NEW_DAY)
    case = take(world, case, "put_off_day")
    assert to_tell(case, "tell_put_off") == ["commissioner", "public", "the_panel"]
    assert [d.kind for d in case.duties.filter(closed_by=None, kind="hear_reserve")] == []


def test_days_that_fit_are_shown_for_any_day(world):
    case = plan(world)
    page = Browser(world.member).get(
        f"/exshire/hearings/{case.reference}/days/",
        {"which": "hearing", "day_day": 9, "day_month": 12, "day_year": 2026},
    )
    assert "A hearing on 9 December 2026 needs a notification from 19 November 2026 to 1 December 2026" in page.text


# What earlier releases kept


def earlier(world, case, on=HEARD, held=False):
    """The case as an earlier release left it: its meeting in the old tables, without a place at a meeting."""
    entry = case.entries.get(step="arrange_hearing")
    with sealed_act(world.panel, by=None, name="set_up"):
        made = EarlierMeeting.objects.create(
            proposal=case.proposals.get(), entry=entry, on=on, at="10am", place="Shire Hall", held=held, agenda_on=on,
            chair="Cllr Old", quorate="yes" if held else "", in_public=held, exempt="none" if held else "",
        )  # fmt: skip
        for n, member in enumerate(world.members):
            Attendance.objects.create(
                meeting=made, entry=entry, member=member, expected=not held, how="substitute" if n == 9 else "room",
                substitute="Cllr Once Here" if n == 9 else "",
            )  # fmt: skip

        for sitting in Sitting.objects.filter(hearing=case):
            sitting.hearing = world.spare
            sitting.save()
    return made


def test_a_hearing_held_in_an_earlier_release_is_read_from_its_own_tables(world):
    world.spare = notify(world, candidate_1="Spare Case")
    case = at(world, "hearing_arranged", 8)
    made = earlier(world, case, held=True)
    with sealed_act(world.panel, by=None, name="set_up"):
        resolution = Resolution.objects.create(
            meeting=made, candidate=case.parts.get().candidate, person="Farida Haddon", entry=made.entry, taken="named",
            recommendation="appoint", votes_for=9, votes_against=1, abstained=0, in_office=10,
        )  # fmt: skip
        Vote.objects.create(resolution=resolution, entry=made.entry, member=world.members[9], cast="against")
    found = record(world, case)
    assert (found.chair, found.place, found.in_room, found.held) == ("Cllr Old", "Shire Hall", 10, True)
    (decision,) = found.decisions
    assert (decision.votes_for, [(v.voter, v.cast) for v in decision.votes]) == (9, [("Cllr Once Here", "against")])
    assert "Cllr Once Here" in step_page(world, case, "pages/votes").text


def test_a_hearing_arranged_in_an_earlier_release_is_taken_over_by_the_next_step(world):
    world.spare = notify(world, candidate_1="Spare Case")
    case = at(world, "hearing_arranged")
    earlier(world, case)
    assert record(world, case).place == "Shire Hall"
    case = take(world, case, "publish_agenda", on=date(2026, 11, 9))
    found = record(world, case)
    assert (found.place, found.agenda_on) == ("Shire Hall", date(2026, 11, 9))
    assert [s.words for s in found.seats if s.substitute] == ["Cllr Once Here, substitute"]
    assert EarlierMeeting.objects.get().agenda_on == HEARD  # the old row stays as it was
    assert take(world, case, "reverse", by=world.mo).status == "hearing_arranged"
    assert record(world, case).agenda_on == HEARD


# Questions


def test_questions_are_planned_by_theme_member_and_order_and_printed(world):
    case = at(world, "hearing_arranged")
    page = step_page(world, case, "plan_questions").submit(
        "Save the questions", on=date(2026, 11, 10), text_1="How would you stay apart?", theme_1="independence",
        by_1=world.members[4].name, text_2="What did you lead?", theme_2="competence", by_2=world.members[5].name,
        criterion_2="2", place_2="2", text_3="What would you change?", theme_3="competence", place_3="1",
    )  # fmt: skip
    assert page.banner.startswith("Questions planned"), page.errors
    sheet = Browser(world.member).get(f"/exshire/hearings/{case.reference}/question-sheet/")
    rows = [e.text for table in sheet.root.all("table", cls="app-table--sheet") for e in table.all("th", scope="row")]
    assert rows == ["What would you change?", "What did you lead?", "How would you stay apart?"]
    assert world.members[5].name in sheet.text
    first = CaseContext(fresh(case), world.officer).facts.questions[0]
    page = step_page(world, case, "hold_hearing").submit(
        "Record the hearing", on=HEARD, asked=[str(first.pk)], **HEARING, **seats(world, room=range(10))
    )
    assert page.banner.startswith("Hearing held"), page.errors
    assert [(q.text, q.asked) for q in record(world, case).questions] == [
        ("What would you change?", True), ("What did you lead?", False), ("How would you stay apart?", False),
    ]  # fmt: skip
    assert "Planned, not asked" in step_page(world, case, "pages/questions").text


def test_a_question_needs_a_theme_and_more_rows_are_to_be_had(world):
    case = at(world, "hearing_arranged")
    page = step_page(world, case, "plan_questions").submit("Save the questions", text_1="Why?", on=date(2026, 11, 10))
    assert page.errors == {"theme_1": ["Select the theme of this question"]}
    page = page.submit("Add more questions")
    assert len(page.main.all("input", name="text_6")) == 1
    assert page.main.one("input", name="text_1").attrs["value"] == "Why?"


# Lists, home and words


def test_the_list_has_report_and_next_duty_in_columns_of_their_own_and_past_ones_in_a_view(world):
    first, late = at(world, "accepted"), notify(world, on=date(2026, 10, 1), candidate_1="Late Case")
    officer = Browser(world.officer)
    page = officer.get("/exshire/hearings/?clear=1")
    heads = [e.text.split(" ▲")[0] for e in page.main.one("thead").all("th")]
    assert [h.split(",")[0] for h in heads][:6] == [
        "Reference",
        "Appointment",
        "Hearing",
        "Status",
        "Report by",
        "Next due",
    ]
    row = next(e for e in page.main.all("tr") if late.reference in e.text)
    assert "21 Oct 2026, late" in row.text
    assert "28 days late" in row.text
    assert first.reference not in page.text
    past = officer.get("/exshire/hearings/?view=past")
    row = next(e for e in past.main.all("tr") if first.reference in e.text)
    assert "Appointed" in row.text
    assert late.reference not in past.text
    for order in ("report", "-report", "hearing", "-hearing", "due"):
        assert officer.get(f"/exshire/hearings/?sort={order}").status == 200


def test_an_ended_case_shows_nothing_red_and_what_became_of_it(world):
    case = at(world, "accepted")
    page = Browser(world.officer).get(f"/exshire/hearings/{case.reference}/")
    assert "Reported on day 9 of 21, in time" in page.text or "in time" in page.text
    assert not page.main.all(cls="app-clock__last")
    assert not page.main.all(cls="app-late")
    assert "Accepted the recommendation on" in page.section("What became of it").text


def test_hearings_to_come_stand_on_the_home_of_chairman_and_members(world):
    case = at(world, "hearing_arranged", meeting_on=HEARD)
    take(world, case, "rearrange_hearing", meeting_on=NEW_DAY)
    for who in ("chairman", "member"):
        section = Browser(world.people[who]).get("/exshire/").section("Hearings to come")
        assert "Farida Haddon, proposed Chief Executive" in section.text
        assert "Tuesday 24 November 2026, 10am, County Hall" in section.text


def test_items_of_the_checklist_are_named_in_their_words(world):
    case = take(world, at(world, "under_review"), "complete_item")
    for tab in ("history", "timeline"):
        text = Browser(world.officer).get(f"/exshire/hearings/{case.reference}/{tab}/").text
        assert "pre_meeting" not in text
        assert "Hold a pre-meeting" in text


def test_who_has_not_answered_is_said_with_the_forecast(world):
    case = take(
        world,
        at(world, "hearing_arranged", 8),
        "note_apologies",
        apologies=names(world, 8, 10),
        in_room=names(world, 0, 2),
    )
    said = CaseContext(case, world.officer).facts.forecast().words
    assert said == "8 of 10 members can vote. 6 of them have not said yet. 7 must vote for it."


def test_a_restricted_hearing_at_the_same_meeting_is_named_to_nobody_who_may_not_see_it(world):
    first = at(world, "hearing_arranged", meeting_on=HEARD)
    second = take(
        world,
        take(world, notify(world, candidate_1="Leon Quist", post="deputy"), "begin_review"),
        "arrange_hearing",
        meeting_on=HEARD,
    )
    assert Meeting.objects.count() == 1
    assert "Leon Quist" in step_page(world, first, "hold_hearing").text
    with sealed_act(world.panel, by=None, name="set_up"):
        second = fresh(second)
        second.restricted = True
        second.save()
    third = take(world, notify(world, candidate_1="Ann Other"), "begin_review")
    for case, page in ((first, "hold_hearing"), (first, "pages/votes"), (third, "arrange_hearing")):
        assert "Leon Quist" not in step_page(world, case, page).text, page
    mo = Browser(world.mo)
    assert "Leon Quist" in mo.get(f"/exshire/hearings/{first.reference}/hold_hearing/").text
    assert "Leon Quist" in mo.get(f"/exshire/hearings/{third.reference}/arrange_hearing/").text
