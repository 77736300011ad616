"""Cover: a deputy Monitoring Officer, and whoever covers for an officer who is away."""

from datetime import UTC, date, datetime

import pytest
from django.http import QueryDict

from panel.access import rules
from panel.casework.drafts import keep_draft
from panel.casework.errors import Refused
from panel.law import clock
from panel.models import Draft, Membership
from panel.record.act import sealed_act
from tests import build
from tests.panel.pages.page import Browser
from tests.steps import take

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    with clock.set_to(datetime(2026, 11, 18, 12, tzinfo=UTC)):
        made = build.make_world()
        made.people["deputy_mo"] = build.person("deputy.mo@exshire.example", "Dora Deputy")
        made.people["second"] = build.person("second@exshire.example", "Sam Second")
        with sealed_act(made.panel, by=None, name="set_up"):
            common = {"panel": made.panel, "from_date": build.START}
            Membership.objects.create(user=made.deputy_mo, role="monitoring_officer", deputy=True, **common)
            Membership.objects.create(user=made.second, role="officer", **common)
        yield made


def set_away(world, user, **more):
    with sealed_act(world.panel, by=None, name="set_up"):
        row = world.panel.memberships.get(user=user)
        row.away_from = date(2026, 11, 16)
        for name, value in more.items():
            setattr(row, name, value)
        row.save()


def test_a_deputy_sees_and_acts_while_nobody_else_can(world):
    case = build.log(world)
    page = Browser(world.deputy_mo).get(f"/exshire/complaints/{case.reference}/")
    assert page.status == 200
    with pytest.raises(Refused):
        take(world, case, "decline_to_record", by=world.deputy_mo)
    set_away(world, world.mo)
    case = take(world, case, "decline_to_record", by=world.deputy_mo, on=date(2026, 11, 17))
    assert case.status == "not_recorded"
    assert rules.standing(world.deputy_mo, world.panel, date(2026, 11, 2)).waits  # on a day before that they could not


def test_the_last_monitoring_officer_does_not_leave(world):
    build.log(world)
    row = world.panel.memberships.get(user=world.mo)
    with sealed_act(world.panel, by=None, name="set_up"):
        other = world.panel.memberships.get(user=world.deputy_mo)
        other.to_date = date(2026, 11, 20)
        other.save()
    page = Browser(world.admin).get(f"/exshire/users/{row.pk}/")
    page = page.submit("Save the role", to_date=date(2026, 12, 31), why="She leaves")
    assert page.errors == {
        "to_date": ["From 1 January 2027 nobody would be Monitoring Officer: give somebody that role first"]
    }


def test_drafts_of_whoever_is_away_are_taken_over(world):
    case = build.log(world)
    keep_draft(world.officer, world.panel, case, "record", QueryDict("theme=statements"), case.version)
    assert "Drafts of somebody whom you cover" not in Browser(world.second).get("/exshire/").text
    set_away(world, world.officer, covered_by=world.second)
    page = Browser(world.second).get("/exshire/")
    assert (
        f"Record it: {case.reference} Kept by Officer of Exshire"
        in page.section("Drafts of somebody whom you cover").text
    )
    draft = Draft.objects.get()
    assert Browser(world.mo).send(f"/exshire/complaints/drafts/{draft.pk}/take/").status == 404  # covers nobody
    typed = Draft.objects.create(user=world.officer, panel=world.panel, address="/exshire/settings/change/")
    assert (
        Browser(world.second).send(f"/exshire/complaints/drafts/{typed.pk}/take/").status == 404
    )  # of no step: not listed
    typed.delete()
    page = Browser(world.second).send(f"/exshire/complaints/drafts/{draft.pk}/take/")
    assert Draft.objects.get().user == world.second
    assert f"Record it: {case.reference}" in Browser(world.second).get("/exshire/").section("Drafts you kept").text
