"""What the minutes say of who was there: the first day of an adjourned hearing, the chair, hours that run backwards."""

from datetime import date

from panel.record.act import sealed_act
from tests.hearings.build import HEARD, at, report_text, take
from tests.hearings.test_meetings import HEARING, record, seats, step_page, substitute

NEXT = date(2026, 11, 17)


def test_who_sat_before_an_adjournment_is_on_the_page_and_in_the_report(world):
    case = at(world, "hearing_arranged")
    page = step_page(world, case, "adjourn_hearing").submit("All in the room", **seats(world, apologies=(3,)))
    answers = {
        "on": HEARD,
        "resumes": "yes",
        "meeting_on": NEXT,
        "place": "County Hall",
        "why": "The lights failed.",
    }
    late = page.submit("Adjourn it", **answers | {"meeting_on": HEARD})
    assert late.errors == {"meeting_on": ["It must go on after the day on which it sat"]}
    page = late.submit("Adjourn it", **answers)
    assert page.banner.startswith("Hearing adjourned"), page.errors
    (sat,) = record(world, case).adjourned
    assert [seat.member for seat in sat.seats if not seat.can_vote] == [world.members[3]]
    assert len(sat.seats) == len(world.members)
    assert record(world, case).seats == ()  # of the day on which it goes on nobody has said anything
    case = take(world, case, "hold_hearing", on=NEXT)
    case = take(world, case, "record_recommendation", on=NEXT)
    there = f"There that day: {world.members[0].name}"
    assert there in step_page(world, case, "pages/votes").text
    said = report_text(world, case)
    assert "Members on 16 November 2026, when it was adjourned: 10 in office, 9 in the room" in said
    assert "Members on 17 November 2026: 10 in office, 10 in the room" in said
    assert f"{world.members[3].name} (apologies" in said


def test_where_nobody_says_who_sat_the_report_has_the_last_day_alone(world):
    case = take(world, at(world, "hearing_arranged"), "adjourn_hearing", on=HEARD, meeting_on=NEXT)
    case = take(world, case, "hold_hearing", on=NEXT)
    case = take(world, case, "record_recommendation", on=NEXT)
    assert report_text(world, case).count("in office") == 1


def test_only_members_of_the_day_sat_before_an_adjournment(world):
    case = at(world, "hearing_arranged")
    former = world.members[2]
    with sealed_act(world.panel, by=None, name="change_settings", why="He left."):
        former.to_date = HEARD.replace(day=1)
        former.save()
    page = step_page(world, case, "adjourn_hearing").submit(
        "Adjourn it", on=HEARD, resumes="no", why="The lights failed.", **seats(world, room=(1, 2))
    )
    said = f"{former.name} was not a member of the Panel on 16 November 2026"
    assert page.errors == {f"seat_{former.pk}": [said]}


def test_who_chaired_was_there_and_alone_in_the_chair(world):
    case, (first, second, third) = at(world, "hearing_arranged"), [m.name for m in world.members[:3]]
    there = {**HEARING, "on": HEARD, **seats(world, room=(0, 1, *range(3, 10)), apologies=(2,))}
    page = step_page(world, case, "hold_hearing").submit("Record the hearing", chair=third, **there)
    assert page.errors == {"chair": [f"{third} was not there: correct who chaired, or how they attended"]}
    page = page.submit("Record the hearing", chair=f"{first} and {second}")
    assert page.errors["chair"][0].startswith("One person is in the chair at a time")
    page = page.submit("Record the hearing", chair=f"{first} until 11am, then {second}")
    assert page.banner.startswith("Hearing held"), page.errors
    page = step_page(world, case, "correct_hearing").submit("Save what is right", chair=third, why="The minutes.")
    assert page.errors.keys() == {"chair"}


def test_nobody_is_back_before_leaving_and_no_exempt_part_ends_before_it_begins(world):
    case, pk = at(world, "hearing_arranged"), world.members[9].pk
    there = {**HEARING, "on": HEARD, **seats(world, room=range(9), withdrew=(9,)), "interest_who": [str(pk)]}
    there |= {f"kind_{pk}": "close", f"nature_{pk}": "Her neighbour.", f"left_{pk}": "1pm", f"back_{pk}": "11.40am"}
    page = step_page(world, case, "hold_hearing").submit("Record the hearing", **there)
    assert page.errors == {f"back_{pk}": ["11.40am is before 1pm: correct one of them"]}
    private = {"exempt": "carried", "exempt_paragraphs": ["1"], "exempt_from": "11.40am", "exempt_until": "11.05am"}
    page = page.submit("Record the hearing", **{f"back_{pk}": "2pm"}, **private)
    assert page.errors == {"exempt_until": ["11.05am is before 11.40am: correct one of them"]}
    page = page.submit("Record the hearing", exempt_until="midday")
    assert page.banner.startswith("Hearing held"), page.errors


def test_who_had_left_before_the_vote_is_said_to_and_counts_against_nobody(world):
    vane = substitute(world, "Cllr Iris Vane", of=9)
    for schedule, key, button in (
        (1, "record_recommendation", "Record the recommendation"),
        (8, "veto", "Record the veto"),
    ):
        case, pk = at(world, "hearing_arranged", schedule), [m.pk for m in world.members]
        there = {**HEARING, "on": HEARD, **seats(world, room=range(9), apologies=(9,)), f"sub_{pk[9]}": str(vane.pk)}
        page = step_page(world, case, "hold_hearing").submit("Record the hearing", **there)
        assert page.banner.startswith("Hearing held"), page.errors
        named = {"taken": "named", "why": "As minuted.", **{f"vote_{n}": "for" for n in pk[:9]}}
        named |= {"evidence": "Minute 4"} | ({} if schedule == 8 else {"recommendation": "appoint"})
        page = step_page(world, case, key).submit(button, on=HEARD, **named)
        assert page.errors["taken"] == [
            "For, against and abstained add up to 9, and 10 members could vote: say so of each who had left or did not vote"
        ]
        page = page.submit(button, **{f"vote_{pk[9]}": "none"})
        assert page.banner, page.errors
        decision = record(world, case).decisions[0]
        assert (decision.votes_for, decision.voted, len(decision.votes)) == (9, 9, 9)
        assert "Cllr Iris Vane" not in [vote.voter for vote in decision.votes]
    case = take(world, at(world, "hearing_arranged"), "hold_hearing")
    counted = {
        "taken": "counted",
        "evidence": "Minute 4",
        "recommendation": "appoint",
        "why": "As minuted.",
        "votes_for": "7",
        "votes_against": "1",
    }
    page = step_page(world, case, "record_recommendation").submit(
        button := "Record the recommendation", abstained="0", **counted
    )
    assert page.errors["votes_for"][0].startswith("For, against and abstained add up to 8, and 10 members could vote")
    page = page.submit(button, not_voting="2")
    assert page.banner.startswith("Recommendation recorded"), page.errors
    assert (
        "seven members voted for this and one against; two of the 10 in office did not vote"
        in report_text(world, case).casefold()
    )
