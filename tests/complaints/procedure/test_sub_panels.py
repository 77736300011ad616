"""Sub-panels as the panel's settings have them: size, pool, standing, independent member, chairman, attendance."""

from datetime import date

import pytest

from panel.access import rules
from panel.casework import arrangements
from panel.law.roles import Role
from panel.models import Case, Meeting, MeetingMinute, Member, PoolMember, Seat
from panel.procedure.who_acts import Arrangement as Found
from panel.record.act import sealed_act
from tests import build
from tests.panel.pages.page import Browser
from tests.steps import ON, at, errors, seats, sitting, take

pytestmark = pytest.mark.django_db


def let(world, *pool, independent=None, substitutes=(), **settings):
    """The panel's settings say so; these members, by their number, are in the pool."""
    with sealed_act(world.panel, by=None, name="set_up"):
        row = world.panel.settings.first()
        for name, value in settings.items():
            setattr(row, name, value)
        row.save()
        for n in pool:
            PoolMember.objects.create(
                panel=world.panel, member=world.members[n], substitute=n in substitutes, from_date=build.START
            )
        if independent is not None:
            member = world.members[independent]
            member.kind, member.council = Member.Kind.INDEPENDENT, None
            member.save()


def refused(world, case, step="appoint_sub_panel", **given):
    return errors(world, case, step, **given)


def test_size_pool_independent_member_and_chairman(world):
    let(world, 3, 4, 5, 6, independent=5, own_size=2, sub_panel_kind="pool", sub_panel_chair="appointed")
    with sealed_act(world.panel, by=None, name="set_up"):
        row = world.panel.settings.first()
        row.independent = "chairs"
        row.save()
    case = take(world, at(world, "recorded"), "filter")
    chair = str(world.members[5].pk)
    assert refused(world, case, members=seats(world, 3, 4, 5), chair=chair) == {
        "members": ["A sub-panel has exactly two members: select two"]
    }
    assert refused(world, case, members=seats(world, 5, 7), chair=chair) == {
        "members": [f"{world.members[7].name} was not in the pool for sub-panels on 2 November 2026"]
    }
    assert refused(world, case, members=seats(world, 3, 4), chair=str(world.members[3].pk)) == {
        "members": ["The Panel has an independent member sit on every sub-panel: select one"]
    }
    other = world.members[3]
    assert refused(world, case, members=seats(world, 3, 5), chair=str(other.pk)) == {
        "chair": [f"An independent member chairs every sub-panel, and {other.name} is none"]
    }
    assert refused(world, case, members=seats(world, 3, 5), chair="") == {"chair": ["Select who chairs it"]}
    case = take(world, case, "appoint_sub_panel", members=seats(world, 3, 5), chair=chair)
    assert len(sitting(case)) == 2
    timeline = Browser(world.officer).get(f"/exshire/complaints/{case.reference}/timeline/").text
    assert f"Who chairs it {world.members[5].name}" in timeline
    assert refused(world, case, "replace_sub_panel_member", leaving=chair, joining=str(world.members[4].pk)) == {
        "joining": ["The Panel has an independent member sit on every sub-panel: select one"]
    }


def test_a_standing_sub_panel_decides_and_its_substitute_sits_only_where_somebody_cannot(world):
    let(world, 3, 4, 5, 6, substitutes=(6,), sub_panel_kind="standing", sub_panel_quorum=2, sub_panel_chair="elected")
    _, matter = arrangements.matters()["filter"]
    arrangements.propose(
        world.panel, world.mo, matter, date(2026, 1, 1), Found(Role.SUB_PANEL), "Minute 9", agreed=True
    )
    with sealed_act(world.panel, by=None, name="set_up"):  # one of them has an account
        member = world.members[4]
        member.user = world.member
        member.save()
        held = world.members[2]
        held.user = None
        held.save()
    case = take(world, build.log(world), "record")
    assert sitting(case) == [m.pk for m in world.members[3:6]]  # from the day of recording
    assert Case.objects.filter(rules.visible(rules.standing(world.member, world.panel)), pk=case.pk).exists()
    case = take(world, case, "filter", by=world.member, route="sub_panel_resolves")
    assert case.entries.get(step="filter").decided_as == "sub_panel"
    assert refused(world, case, members=seats(world, 3, 4, 6)) == {
        "members": [f"{world.members[6].name} is a substitute: {world.members[5].name} can sit"]
    }
    case = take(world, case, "appoint_sub_panel", members=seats(world, 3, 4, 5))
    came = {f"seat_{world.members[3].pk}": "room", f"seat_{world.members[4].pk}": "absent"}
    came[f"seat_{world.members[5].pk}"] = f"for:{world.members[6].pk}"
    case = take(
        world,
        case,
        "note_meeting",
        kind="sub_panel",
        elected=str(world.members[3].pk),
        **came,
        present="Clerk",
        note="Talk",
    )
    meeting = Meeting.objects.get(kind="sub_panel")
    assert (meeting.on, MeetingMinute.objects.get().quorate) == (ON, "yes")
    assert [(s.how, s.sits_instead) for s in Seat.objects.order_by("pk")] == [
        ("room", ""), ("absent", ""), ("substitute", world.members[6].name),
    ]  # fmt: skip
    timeline = Browser(world.officer).get(f"/exshire/complaints/{case.reference}/timeline/").text
    assert f"{world.members[3].name}: in the room" in timeline
    assert "Quorum of 2: yes" in timeline
    assert f"Elected to chair {world.members[3].name}" in timeline


def test_the_pool_is_entered_with_people_and_a_size_of_zero_is_refused(world):
    page = Browser(world.admin).get("/exshire/people/pool/add/")
    page = page.submit("Add the member of the pool", member=str(world.members[4].pk), from_date=build.START)
    assert world.members[4].name in page.section("Standing sub-panel, or pool").text
    twice = (
        Browser(world.admin)
        .get("/exshire/people/pool/add/")
        .submit("Add the member of the pool", member=str(world.members[4].pk), from_date=build.START)
    )
    assert "member" in twice.errors
    zero = Browser(world.mo).get("/exshire/settings/change/").submit("Save the settings", own_size="0", why="Resolved")
    assert zero.errors == {
        "own_size": [
            "Members of a sub-panel, where the Panel’s own procedure says another number: enter a number from 1 to 20, or "
            "leave it empty"
        ]
    }


def test_a_panel_without_sub_panels_has_neither_the_step_nor_the_routes(world):
    before = take(world, at(world, "recorded"), "filter")  # received while there were sub-panels
    let(world, sub_panel_kind="none")
    case = take(world, build.log(world), "record")
    page = Browser(world.chairman).get(f"/exshire/complaints/{case.reference}/filter/")
    assert page.offered()["route"] == ["informal_resolution", "full_panel", "other_handling", "no_action"]
    case = take(world, case, "filter", route="informal_resolution")
    refusal = Browser(world.officer).get(f"/exshire/complaints/{case.reference}/appoint_sub_panel/")
    assert "The Panel has no such step: its settings had switched it off when this case was received." in refusal.text
    page = Browser(world.mo).get("/exshire/settings/change/")
    page = page.submit("Save the settings", meet_days="20", conclude_from="appointment", why="Resolved")
    assert page.errors == {
        "meet_days": ["The Panel has no sub-panels: leave it empty"],
        "conclude_from": ["The Panel has no sub-panels, so nothing is counted from their appointment"],
    }
    assert before.status == "filtered"


def test_publication_begins_with_the_panels_own_default(world):
    let(world, publish_default="yes")
    case = take(world, at(world, "outcome_recorded"), "invite_representations")
    page = Browser(world.chairman).get(f"/exshire/complaints/{case.reference}/decide_publication/")
    assert page.values()["publish"] == ["yes"]
