"""People, settings, users, sign-in and the open pages in a real browser, where they say that something is wrong or gone,
and as the demonstration shows them: no axe violation, no sideways scrolling. Their plain pages are in the sweep.
"""

from datetime import date

import pytest
from playwright.sync_api import expect

from panel.accounts import invitations
from panel.models import Member, Membership, PanelSettings, Substitute, User
from panel.record.act import sealed_act
from tests.browser import look_over, told
from tests.build import PASSWORD, START, make_world

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(settings):
    """A panel with somebody in every list of its pages, in demo mode."""
    settings.DEMO, settings.DEMO_PASSWORD = True, PASSWORD
    world = make_world()
    User.objects.update(is_demo=True)
    world.people["new"] = User.objects.create_user("nadia.new@exshire.example", None, name="Nadia New")
    with sealed_act(world.panel, by=None, name="set_up"):
        Substitute.objects.create(panel=world.panel, member=world.members[3], name="Cllr Stand In", from_date=START)
        Membership.objects.create(user=world.new, panel=world.panel, role="officer", from_date=START)
        left, ended = world.members[9], Membership.objects.get(user=world.sitting)
        left.to_date, ended.to_date = date(2025, 5, 1), date(2025, 1, 1)
        left.save()
        ended.save()
        PanelSettings.objects.create(
            panel=world.panel, from_date=date(2030, 1, 1), record_days=7, sub_panel_word="sub-committee"
        )
    return world


@pytest.fixture
def check(page, live_server):
    """A function that looks at a page at both widths; what it finds wrong fails the test at its end, all at once."""
    wrong = []

    def look(name, address=None):
        if address:
            page.goto(live_server.url + address)
        wrong.extend(look_over(page, name))

    yield look
    assert not wrong, told(wrong)


def sign_in(page, live_server, user):
    """Choose the account in the demo's list, then the button."""
    page.goto(f"{live_server.url}/accounts/login/")
    page.goto(f"{live_server.url}/accounts/login/?as={user.email}")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/exshire/")


def press(page, button, heading):
    """Press the button and wait for the heading of the page that follows."""
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("heading", name=heading)).to_be_visible()


def test_pages_for_everybody(page, live_server, world, check, console):
    console.expect("410")
    check("sign-in", f"/accounts/login/?as={world.officer.email}")
    page.goto(f"{live_server.url}/invitation/{invitations.token_for(world.new)}/")
    press(page, "Save and sign in", "There is a problem")
    check("accept-errors")
    check("invitation-gone", "/invitation/x/")


@pytest.mark.deep
def test_people_settings_and_users(page, live_server, world, check, console):
    console.expect("403|409")
    sign_in(page, live_server, world.admin)
    own = Membership.objects.get(user=world.admin).pk
    for name, address in (("people", "people/"), ("users", "users/"), ("own-role", f"users/{own}/")):
        check(name, f"/exshire/{address}")

    page.goto(f"{live_server.url}/exshire/users/invite/")
    press(page, "Give the role", "There is a problem")
    check("invite-errors")
    page.goto(f"{live_server.url}/exshire/settings/change/")
    page.get_by_label("Members of a sub-panel").fill("4")
    press(page, "Save the settings", "There is a problem")
    check("settings-errors")


def test_somebody_else_was_first(page, live_server, world, check, console):
    console.expect("409")
    member = world.members[4]
    sign_in(page, live_server, world.admin)
    page.goto(f"{live_server.url}/exshire/people/members/{member.pk}/")
    with sealed_act(world.panel, by=world.officer, name="change_member", why="x"):
        theirs = Member.objects.get(pk=member.pk)
        theirs.name, theirs.kind = "Cllr Theirs", "co_opted"
        theirs.save()
    page.get_by_label("Full name").fill("Cllr Mine")
    page.get_by_label("Why are you changing this?").fill("Married")
    press(page, "Save the member", "Officer of Exshire changed this while you were writing")
    check("stale")
    page.get_by_role("button", name="Save the member").click()
    page.wait_for_url("**/exshire/people/")
    check("saved")
    saved = Member.objects.get(pk=member.pk)
    assert (saved.name, saved.kind) == ("Cllr Mine", "co_opted")
