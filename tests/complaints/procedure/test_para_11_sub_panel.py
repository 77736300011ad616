"""Paragraphs 11 and 16, regulation 28: three members appointed by the Chairman; the Chairman or the sub-panel may refer
it to the full Panel; each body decides what is before it."""

from datetime import timedelta

import pytest

from panel.access import rules
from panel.casework.case_context import CaseContext
from panel.models import Case, PanelSettings
from panel.record.act import sealed_act
from tests.panel.pages.cases import case_url
from tests.panel.pages.page import Browser
from tests.steps import (
    DISAPPLIED,
    LATER,
    ON,
    TYPED,
    at,
    cannot,
    errors,
    heard,
    kinds,
    last,
    open_duties,
    part,
    refusal,
    seats,
    sitting,
    statuses,
    take,
)


@pytest.fixture
def sent(world):
    """A complaint that the Chairman has sent to a sub-panel."""
    return take(world, at(world, "recorded"), "filter")


def appoint_errors(world, case, *numbers, **over):
    return errors(world, case, "appoint_sub_panel", members=seats(world, *numbers), **over)


# Who may sit


@pytest.mark.parametrize("numbers", [(3, 4), (3, 4, 5, 6)], ids=["two", "four"])
def test_exactly_three(world, sent, numbers):
    assert appoint_errors(world, sent, *numbers) == {"members": ["A sub-panel has exactly three members: select three"]}


def test_not_none(world, sent):
    assert appoint_errors(world, sent) == {"members": ["Select three members"]}


def test_nobody_twice(world, sent):
    assert appoint_errors(world, sent, 3, 4, 4) == {"members": ["A member can sit only once"]}
    assert appoint_errors(world, sent, 3, 4, 5, 5) == {"members": ["A member can sit only once"]}


@pytest.mark.parametrize("change", [{"from_date": ON + timedelta(days=1)}, {"to_date": ON - timedelta(days=1)}])
def test_a_member_in_office_that_day(world, sent, change):
    member = world.members[5]
    for name, day in change.items():
        setattr(member, name, day)
    with sealed_act(world.panel, by=None, name="change_member"):
        member.save()
    found = appoint_errors(world, sent, 3, 4, 5)
    assert found == {"members": [f"{member.name} was not a member of the Panel on 2 November 2026"]}


def test_on_their_first_and_last_day_too(world, sent):
    first, final = world.members[4], world.members[5]
    first.from_date, final.to_date = ON, ON
    with sealed_act(world.panel, by=None, name="change_member"):
        first.save()
        final.save()
    assert sitting(take(world, sent, "appoint_sub_panel")) == sorted(m.pk for m in world.members[3:6])


def test_nobody_with_an_interest(world, sent):
    case = take(world, sent, "declare_interest", by=world.officer, member=seats(world, 4)[0])
    found = appoint_errors(world, case, 3, 4, 5)
    assert found == {"members": [f"{world.members[4].name} has declared an interest and cannot sit"]}


def test_nobody_of_another_panel(world, sent):
    from tests import build

    other = build.make_world("wessex", "WX", "Wessex")
    chosen = [*seats(world, 3, 4), str(other.members[5].pk)]
    assert list(errors(world, sent, "appoint_sub_panel", members=chosen)) == ["members"]


def test_the_chairman_may_sit_unless_interested(world, sent):
    case = take(world, sent, "appoint_sub_panel", members=seats(world, 0, 4, 5))
    assert world.members[0].pk in sitting(case)


def test_another_size_is_the_panels_choice_of_the_day_of_receipt(world):
    with sealed_act(world.panel, by=None, name="settings"):
        PanelSettings.objects.create(panel=world.panel, from_date=build_day(), sub_panel_size=5)
    case = take(world, at(world, "recorded"), "filter")
    assert appoint_errors(world, case, 3, 4, 5) == {"members": ["A sub-panel has exactly five members: select five"]}
    assert len(sitting(take(world, case, "appoint_sub_panel", members=seats(world, 3, 4, 5, 6, 7)))) == 5


def build_day():
    from tests.steps import RECEIVED

    return RECEIVED


# Appointing


def test_the_chairman_appoints_and_both_are_invited_to_comment(world, sent):
    case = take(world, sent, "appoint_sub_panel")
    assert case.status == "sub_panel"
    assert {"sub_panel_meets", "invite_comments"} <= set(kinds(case))
    assert "appoint_sub_panel" not in kinds(case)
    assert open_duties(case, "sub_panel_meets")[0].due == LATER
    assert {d.recipient for d in open_duties(case, "invite_comments")} == {
        "complainant", f"office_holder:{world.pcc.pk}",
    }  # fmt: skip


@pytest.mark.parametrize("route", ["informal_resolution", "full_panel", "no_action"])
def test_only_where_the_chairman_has_sent_it_to_one(world, route):
    case = take(world, at(world, "recorded"), "filter", route=route, **(DISAPPLIED if route == "no_action" else {}))
    assert cannot(world, case, "appoint_sub_panel") == ("para 7", "para 11")


def test_the_day_of_its_meeting_lies_ahead(world, sent):
    assert list(appoint_errors(world, sent, 3, 4, 5, by_when=ON - timedelta(days=1))) == ["by_when"]


def test_the_members_see_the_case_only_while_they_sit(world, sent):
    def sees():
        return Case.objects.filter(rules.visible(rules.standing(world.sitting, world.panel)), pk=sent.pk).exists()

    assert not sees()
    case = take(world, sent, "appoint_sub_panel")
    assert sees()
    take(world, case, "replace_sub_panel_member", leaving=seats(world, 3)[0], joining=seats(world, 9)[0])
    assert not sees()


# Replacing


def test_one_leaves_and_another_joins(world):
    case = take(
        world,
        at(world, "sub_panel"),
        "replace_sub_panel_member",
        leaving=seats(world, 5)[0],
        joining=seats(world, 9)[0],
    )
    assert sitting(case) == sorted(world.members[n].pk for n in (3, 4, 9))


def test_the_new_member_may_sit_as_the_others(world):
    case = take(world, at(world, "sub_panel"), "declare_interest", by=world.officer, member=seats(world, 8)[0])
    leaving = seats(world, 5)[0]
    for n, reason in ((8, "has declared an interest and cannot sit"), (4, "sits on the sub-panel already")):
        found = errors(world, case, "replace_sub_panel_member", leaving=leaving, joining=seats(world, n)[0])
        assert found == {"joining": [f"{world.members[n].name} {reason}"]}


def test_who_leaves_is_named_while_no_seat_is_empty(world):
    case = at(world, "sub_panel")
    assert list(errors(world, case, "replace_sub_panel_member", leaving="")) == ["leaving"]
    assert list(errors(world, case, "replace_sub_panel_member", leaving=seats(world, 7)[0])) == ["leaving"]


def test_an_interest_ends_the_seat_and_the_empty_seat_is_filled(world):
    case = take(world, at(world, "sub_panel"), "declare_interest", by=world.sitting)
    assert sitting(case) == sorted(world.members[n].pk for n in (4, 5))
    assert type(refusal(world, case, "note_meeting", by=world.sitting)).__name__ == "Unseen"
    case = take(world, case, "replace_sub_panel_member", leaving="", joining=seats(world, 6)[0])
    assert sitting(case) == sorted(world.members[n].pk for n in (4, 5, 6))


def test_also_when_all_three_have_gone(world):
    case = at(world, "sub_panel")
    for n in (3, 4, 5):
        case = take(world, case, "declare_interest", by=world.officer, member=seats(world, n)[0])
    assert sitting(case) == []
    case = take(world, case, "replace_sub_panel_member", leaving="", joining=seats(world, 6)[0])
    assert sitting(case) == [world.members[6].pk]


def test_an_empty_seat_waits_for_the_chairman_until_it_is_filled(world):
    case = take(world, at(world, "sub_panel"), "declare_interest", by=world.sitting)
    assert kinds(case).count("fill_seat") == 1
    case = take(world, case, "declare_interest", by=world.officer, member=seats(world, 4)[0])
    assert kinds(case).count("fill_seat") == 2
    case = take(world, case, "declare_interest", by=world.officer, member=seats(world, 8)[0])  # who has no seat
    assert kinds(case).count("fill_seat") == 2
    case = take(world, case, "replace_sub_panel_member", leaving=seats(world, 5)[0], joining=seats(world, 6)[0])
    assert kinds(case).count("fill_seat") == 2
    for n in (7, 9):
        case = take(world, case, "replace_sub_panel_member", leaving="", joining=seats(world, n)[0])
    assert "fill_seat" not in kinds(case)
    case = take(world, case, "declare_interest", by=world.officer, member=seats(world, 7)[0])
    assert "fill_seat" not in kinds(take(world, case, "refer_to_full_panel", by=world.chairman, decided_as=""))


def test_a_seat_held_by_somebody_who_has_left_is_named_to_the_office(world):
    case, member = at(world, "sub_panel"), world.members[4]
    others = at(world, "closed")  # whose sub-panel the same member was on, and has no case any more
    officer = Browser(world.officer)
    assert "still has a seat" not in officer.get("/exshire/").text
    with sealed_act(world.panel, by=None, name="test"):
        member.to_date = ON
        member.save()
    words = (
        f"{member.name} left the Panel on 2 November 2026 and still has a seat on the sub-panel of {case.reference}."
    )
    home = officer.get("/exshire/").text
    assert words in home
    assert f"sub-panel of {others.reference}" not in home
    assert f"{member.name} (left the Panel on 2 November 2026)" in officer.get(case_url(case)).rows()["Sub-panel"]
    take(world, case, "replace_sub_panel_member", leaving=seats(world, 4)[0], joining=seats(world, 6)[0])
    assert words not in officer.get("/exshire/").text


# One complaint, one sub-panel


def test_another_allegation_comes_before_the_same_sub_panel(world):
    case = at(world, "recorded", allegations=2)
    case = take(world, take(world, case, "filter"), "appoint_sub_panel", parts=["1"])
    form = Browser(world.chairman).get(f"{case_url(case)}appoint_sub_panel/")
    assert sorted(form.values()["members"]) == sorted(seats(world, 3, 4, 5))
    found = errors(world, case, "appoint_sub_panel", parts=["2"], members=seats(world, 5, 6, 7))
    assert found["members"][0].startswith("Allegation 1 is before a sub-panel already, and a complaint has one")
    assert all(world.members[n].name in found["members"][0] for n in (3, 4, 5))
    case = take(world, case, "appoint_sub_panel", parts=["2"])
    assert sitting(case) == sorted(world.members[n].pk for n in (3, 4, 5))
    case = take(world, case, "reverse")
    assert (statuses(case), len(sitting(case))) == (["sub_panel", "filtered"], 3)


def test_without_a_sub_panel_nobody_is_replaced(world):
    case = take(world, at(world, "filtered"), "resolve_informally")
    assert cannot(world, case, "replace_sub_panel_member") == ("para 11",)


# What a sub-panel decides


def test_it_takes_no_action_on_both_parts_of_the_test(world):
    case = at(world, "sub_panel")
    found = errors(world, case, "take_no_action", by=world.sitting, considered=False, grounds=[])
    assert set(found) == {"considered", "grounds"}
    case = take(world, case, "take_no_action", by=world.sitting)
    assert (case.status, part(case).route, part(case).grounds) == ("filtered", "no_action", "e")
    assert {"tell_no_action", "carry_out"} <= set(kinds(case))
    assert "sub_panel_meets" not in kinds(case)
    entry = last(case)
    assert (entry.by, entry.decided_as, entry.decided_by) == (world.sitting, "sub_panel", None)


def test_the_officer_types_up_its_resolution(world):
    entry = last(take(world, at(world, "sub_panel"), "take_no_action", by=world.officer, evidence="Minute 12"))
    assert (entry.by, entry.decided_as, entry.answers["evidence"]) == (world.officer, "sub_panel", "Minute 12")


def test_the_chairman_alone_does_not_take_no_action_on_what_a_sub_panel_has(world):
    assert cannot(world, at(world, "sub_panel"), "take_no_action", by=world.chairman) == ("para 11", "reg 15")


def test_it_begins_informal_resolution(world):
    case = take(world, at(world, "sub_panel"), "resolve_informally", by=world.sitting, dealt_with_by="sub_panel")
    assert (case.status, last(case).decided_as) == ("informal_resolution", "sub_panel")


# Paragraph 16


@pytest.mark.parametrize("who, state", [("chairman", "filtered"), ("chairman", "sub_panel"), ("sitting", "sub_panel")])
def test_the_chairman_or_the_sub_panel_refers_it_to_the_full_panel(world, who, state):
    case = take(world, at(world, state), "refer_to_full_panel", by=world.people[who])
    assert (case.status, case.tabled_on) == ("full_panel", ON)
    assert open_duties(case, "panel_meets")[0].due == LATER


def test_the_meeting_lies_ahead_and_reasons_are_given(world):
    case = at(world, "filtered")
    found = errors(world, case, "refer_to_full_panel", meeting_on=ON - timedelta(days=1), why="")
    assert found == {"why": ["Enter the reasons"]}
    assert list(errors(world, case, "refer_to_full_panel", meeting_on=ON - timedelta(days=1))) == ["meeting_on"]


def test_from_then_on_every_member_sees_it(world):
    case = at(world, "filtered")
    seen = Case.objects.filter(rules.visible(rules.standing(world.member, world.panel)), pk=case.pk)
    assert not seen.exists()
    take(world, case, "refer_to_full_panel")
    assert seen.exists()


def test_a_sub_panel_that_was_never_appointed_refers_nothing(world):
    found = errors(world, at(world, "filtered"), "refer_to_full_panel", by=world.officer, decided_as="sub_panel")
    assert found == {"decided_as": ["Allegation 1 was not before the sub-panel: the Chairman decides"]}


def test_what_the_full_panel_has_its_sub_panel_no_longer_decides(world):
    case = take(world, at(world, "sub_panel"), "refer_to_full_panel", by=world.sitting)
    for step in ("take_no_action", "resolve_informally"):
        assert cannot(world, case, step, by=world.sitting) == ("para 11", "para 16")
        found = errors(world, case, step, by=world.officer, decided_as="sub_panel")
        assert found == {"decided_as": ["Allegation 1 was not before the sub-panel: the full Panel decides"]}


def test_nor_the_chairman(world):
    assert cannot(world, at(world, "full_panel"), "resolve_informally", by=world.chairman) == ("para 11", "para 16")


@pytest.mark.parametrize("step, state", [("take_no_action", "filtered"), ("resolve_informally", "informal_resolution")])
def test_the_panel_decides_by_resolution_that_the_officer_types_up(world, step, state):
    case = take(world, at(world, "full_panel"), step, by=world.officer, decided_as="panel", evidence="Minute 7")
    assert (case.status, last(case).decided_as, last(case).decided_by) == (state, "panel", None)
    assert "panel_meets" not in kinds(case)


def test_the_panel_decides_nothing_that_was_not_referred_to_it(world):
    found = errors(world, at(world, "sub_panel"), "take_no_action", by=world.officer, decided_as="panel")
    assert list(found) == ["decided_as"]


def test_who_decided_is_asked_with_evidence(world):
    found = errors(world, at(world, "full_panel"), "take_no_action", by=world.officer, decided_as="", evidence="")
    assert set(found) == {"decided_as", "evidence"}
    assert TYPED


def test_a_member_who_only_sees_it_because_it_was_tabled_takes_no_step(world):
    case = at(world, "full_panel")
    for step in ("take_no_action", "resolve_informally", "note_comments", "note_contact", "record_outcome"):
        assert refusal(world, case, step, by=world.member).role


def test_one_allegation_goes_to_the_panel_and_the_other_stays(world):
    case = take(world, at(world, "sub_panel", allegations=2), "refer_to_full_panel", parts=["2"], by=world.chairman)
    assert (statuses(case), case.status) == (["sub_panel", "full_panel"], "full_panel")
    assert {"sub_panel_meets", "panel_meets"} <= set(kinds(case))
    case = take(world, case, "resolve_informally", by=world.sitting, parts=["1"])
    assert statuses(case) == ["informal_resolution", "full_panel"]
    assert "sub_panel_meets" not in kinds(case)


def test_meetings_are_noted_and_the_waiting_ends(world):
    case = at(world, "sub_panel")
    case = take(world, case, "note_meeting", kind="sub_panel", by=world.sitting)
    assert "sub_panel_meets" not in kinds(case)
    assert CaseContext(heard(world, case), world.officer).facts.heard("complainant", ON)
