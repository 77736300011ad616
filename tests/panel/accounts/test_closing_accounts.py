"""Closing the account of somebody whose roles are still to begin; ending sessions while somebody else writes the row."""

from datetime import date, datetime, timedelta

import pytest

from panel.access import rules
from panel.law import clock
from panel.models import Membership, User
from panel.record.act import sealed_act
from tests.build import make_world

pytestmark = pytest.mark.django_db
FIRST = date(2027, 6, 1)


@pytest.fixture(autouse=True)
def _in_november():
    with clock.set_to(datetime(2026, 11, 18, 12, tzinfo=clock.LONDON)):
        yield


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def admin(client, world):
    client.force_login(world.admin)
    return client


def to_come(panel, user, role="officer"):
    """A role that begins next June."""
    with sealed_act(panel, by=None, name="give_role"):
        return Membership.objects.create(user=user, panel=panel, role=role, from_date=FIRST)


def account(world, user):
    """The address of the page that closes their account."""
    return f"/exshire/users/{world.panel.memberships.filter(user=user).first().pk}/account/"


def test_the_account_of_somebody_who_is_to_have_a_role_elsewhere_stays_open(admin, world):
    to_come(make_world("westshire", "WS", "Westshire").panel, world.officer)
    page = admin.post(account(world, world.officer), {"why": "Left"})
    assert page.status_code == 422
    assert "They are to hold a role in another panel, so the account stays open." in page.content.decode()
    assert User.objects.get(pk=world.officer.pk).is_active


def test_a_role_that_was_to_begin_later_ends_with_the_account_and_does_not_come_back(admin, world):
    row = to_come(world.panel, world.member)
    assert admin.post(account(world, world.member), {"why": "Left"}).status_code == 302
    assert admin.post(account(world, world.member), {"why": "Back"}).status_code == 302  # opened again, without a role
    user = User.objects.get(pk=world.member.pk)
    for day in (FIRST, FIRST + timedelta(days=400), date(2026, 11, 19)):
        with clock.set_to(datetime(day.year, day.month, day.day, 12, tzinfo=clock.LONDON)):
            assert rules.standing(user, world.panel).roles == frozenset()
            assert not Membership.objects.in_force(day).filter(user=user).exists()
    assert not Membership.objects.filter(pk=row.pk).overlapping(date(2026, 1, 1), None).exists()
    page = admin.get("/exshire/users/").content.decode()
    assert "Never began (from 1 June 2027, ended 18 November 2026)" in page


def test_the_role_can_be_given_again_from_the_same_day(admin, world):
    to_come(world.panel, world.member)
    admin.post(account(world, world.member), {"why": "Left"})
    admin.post(account(world, world.member), {"why": "Back"})
    given = {
        "email": world.member.email,
        "name": world.member.name,
        "role": "officer",
        "why": "",
        "from_date": "2027-06-01",
    }
    assert admin.post("/exshire/users/invite/", given).status_code == 302
    assert Membership.objects.in_force(FIRST).filter(user=world.member, role="officer").count() == 1


# The counter that ends sessions


def test_two_who_end_the_sessions_at_once_both_count(world):
    one, other = (User.objects.get(pk=world.officer.pk) for _ in range(2))
    before = one.session_round
    one.end_sessions()
    other.end_sessions()
    assert other.session_round == User.objects.get(pk=one.pk).session_round == before + 2


def test_a_row_that_was_read_before_does_not_begin_ended_sessions_again(client, world):
    client.force_login(world.officer)
    read_before = User.objects.get(pk=world.officer.pk)
    User.objects.get(pk=world.officer.pk).end_sessions()
    read_before.name = "Priya Nair"
    read_before.save()
    assert User.objects.get(pk=world.officer.pk).name == "Priya Nair"
    assert client.get("/exshire/").status_code == 302  # to the page of signing in
