"""Who can sign in: roles between dates, invitations that work once, nobody for themselves."""

import re
import time
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from panel.access import rules
from panel.accounts import invitations
from panel.law import clock
from panel.law.roles import GRANTED, Role
from panel.models import Entry, Membership, Message, User
from panel.post import send
from panel.record.act import sealed_act
from panel.record.verify import verify
from tests.build import PASSWORD, START, make_world, person

pytestmark = pytest.mark.django_db
HOME = "/exshire/users/"
GOOD = "nine brave otters swim"


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def admin(client, world):
    client.force_login(world.admin)
    return client


def day(name, value):
    return {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year} if value else {}


def invitation(email="new@exshire.example", role="officer", name="Nadia New", first=None, **more):
    return {"email": email, "name": name, "role": role, **day("from_date", first or clock.today()), **more}


def errors(response):
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def link():
    """The path of the link in the newest mail, once what waits has gone."""
    send.run()
    return re.search(r"https?://[^/\s]+(/\S*)", mail.outbox[-1].body).group(1)


def passwords(first=GOOD, second=None, name="Nadia New"):
    return {"name": name, "password1": first, "password2": first if second is None else second}


# Who may


@pytest.mark.parametrize("who, view, change", [
    ("officer", 200, 403), ("mo", 200, 403), ("chairman", 403, 403), ("vice", 403, 403), ("member", 403, 403),
    ("auditor", 200, 403), ("admin", 200, 200),
])  # fmt: skip
def test_who_reads_and_who_changes(client, world, who, view, change):
    client.force_login(world.people[who])
    other = Membership.objects.get(user=world.sitting)
    assert client.get(HOME).status_code == view
    for page in (f"{HOME}invite/", f"{HOME}{other.pk}/"):
        assert client.get(page).status_code == change
    if change == 403:
        page = client.post(f"{HOME}invite/", invitation())
        assert page.status_code == 403
        assert (
            "To invite people, give and end roles, and close accounts you need to be: administrator."
            in page.content.decode()
        )
        assert client.post(f"{HOME}{other.pk}/", {"to_date": "2026-01-01"}).status_code == 403
        assert client.post(f"{HOME}{other.pk}/invite/").status_code == 403
        assert not User.objects.filter(email="new@exshire.example").exists()


def test_another_panels_users_are_not_there(admin, world):
    other = make_world("westshire", "WS", "Westshire")
    row = Membership.objects.get(user=other.officer)
    assert admin.get("/westshire/users/").status_code == 404
    assert admin.get(f"{HOME}{row.pk}/").status_code == 404
    assert admin.post(f"{HOME}{row.pk}/invite/").status_code == 404
    assert admin.post("/westshire/users/invite/", invitation()).status_code == 404
    assert other.officer.email not in admin.get(HOME).content.decode()


@pytest.mark.parametrize("role", [r.value for r in GRANTED])
def test_nobody_gives_a_role_to_themselves(admin, world, role):
    page = admin.post(f"{HOME}invite/", invitation(email=world.admin.email.upper(), role=role))
    assert errors(page)["email"] == ["Nobody gives or changes a role for themselves. Ask another administrator"]
    assert Membership.objects.filter(user=world.admin).count() == 1


def test_nobody_changes_their_own_role(admin, world):
    own = Membership.objects.get(user=world.admin)
    typed = {**day("from_date", date(2020, 1, 1)), "why": "x", "version": own.history.latest().history_id}
    for page in (admin.get(f"{HOME}{own.pk}/"), admin.post(f"{HOME}{own.pk}/", typed)):
        assert page.status_code == 403
        assert "Nobody gives or changes a role for themselves." in page.content.decode()
    assert Membership.objects.get(pk=own.pk).from_date == START


# Inviting


def test_an_invitation_the_whole_way(admin, world):
    page = admin.post(f"{HOME}invite/", invitation(email="New@Exshire.example"), follow=True)
    assert "We have emailed new@exshire.example." in page.content.decode()
    assert "Invited, no password yet" in page.content.decode()
    assert mail.outbox == []  # no request speaks to a mail server
    send.run()
    entry = Entry.objects.latest("pk")
    assert (entry.step, entry.why, entry.by) == ("give_role", "Gave the role of scrutiny officer", world.admin)
    assert mail.outbox[0].to == ["new@exshire.example"]
    assert mail.outbox[0].subject == "Your account: Exshire Police and Crime Panel"
    assert link() not in page.content.decode()  # who invites cannot sign in as the person invited
    guest = Client()
    page = guest.get(link())
    assert page.status_code == 200
    assert "new@exshire.example" in page.content.decode()
    page = guest.post(link(), passwords(name="Nadia Newland"), follow=True)
    assert page.redirect_chain == [("/", 302), ("/exshire/", 302)]
    user = User.objects.get(email="new@exshire.example")
    assert user.name == "Nadia Newland"
    assert user.check_password(GOOD)
    again = Client()
    for used in (again.get(link()), again.post(link(), passwords("another good password"))):
        assert used.status_code == 410
        assert "It has been used, or it is more than 7 days old." in used.content.decode()
    assert User.objects.get(pk=user.pk).check_password(GOOD)
    signed_in = again.post("/accounts/login/", {"login": user.email, "password": GOOD}, follow=True)
    assert signed_in.redirect_chain[-1] == ("/exshire/", 302)
    assert list(verify()) == []


def test_opening_the_link_does_not_use_it(admin):
    admin.post(f"{HOME}invite/", invitation())
    assert [Client().get(link()).status_code for _ in range(3)] == [200, 200, 200]


@pytest.mark.parametrize(
    "answers, name, words",
    [
        (passwords("short"), "password1", "This password is too short. It must contain at least 12 characters."),
        (passwords("123456789012345"), "password1", "This password is entirely numeric."),
        (passwords("new@exshire.example"), "password1", "The password is too similar to the email address."),
        (passwords(GOOD, "other"), "password2", "Enter the same password in both boxes"),
        (passwords(""), "password1", "Enter a password"),
        (passwords(name=""), "name", "Enter your name"),
    ],
)
def test_a_bad_first_password_does_not_use_the_link(admin, answers, name, words):
    admin.post(f"{HOME}invite/", invitation())
    guest = Client()
    page = guest.post(link(), answers)
    assert words in errors(page)[name]
    assert "_auth_user_id" not in guest.session
    assert guest.post(link(), passwords()).status_code == 302


def test_an_invitation_ends_after_seven_days(admin, monkeypatch):
    admin.post(f"{HOME}invite/", invitation())
    now, path = time.time(), link()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 7 * 24 * 3600 - 60)
    assert Client().get(path).status_code == 200
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 7 * 24 * 3600 + 60)
    assert Client().get(path).status_code == 410


def test_a_forged_link_is_none(admin, world):
    admin.post(f"{HOME}invite/", invitation())
    good = link()
    for bad in (
        "/invitation/x/",
        "/invitation/x:y:z/",
        good[:-3] + "aa/",
        good.replace("/invitation/", "/invitation/A"),
    ):
        assert Client().get(bad).status_code == 410


def test_a_closed_account_cannot_use_its_link(admin):
    admin.post(f"{HOME}invite/", invitation())
    path = link()
    admin.post(f"{HOME}{Membership.objects.get(user__email='new@exshire.example').pk}/invite/")
    User.objects.filter(email="new@exshire.example").update(is_active=False)
    assert Client().get(path).status_code == 410
    send.run()
    assert len(mail.outbox) == 1  # nor is another one sent


def test_who_has_an_account_gets_the_role_and_keeps_their_password(admin, world):
    other = make_world("westshire", "WS", "Westshire")
    admin.post(f"{HOME}invite/", invitation(email=other.officer.email, name="Somebody Else"))
    user = User.objects.get(pk=other.officer.pk)
    assert (user.name, user.check_password(PASSWORD)) == ("Officer of Westshire", True)
    assert link() == "/"
    assert rules.standing(user, world.panel).roles == {Role.OFFICER}
    guest = Client()
    guest.force_login(user)
    page = guest.get("/", follow=True)
    assert page.redirect_chain == [("/panels/", 302)]
    assert "Westshire Police and Crime Panel" in page.content.decode()


def test_an_invitation_is_sent_again(admin):
    admin.post(f"{HOME}invite/", invitation())
    row = Membership.objects.get(user__email="new@exshire.example")
    assert "new@exshire.example" in admin.get(f"{HOME}{row.pk}/invite/").content.decode()
    admin.post(f"{HOME}{row.pk}/invite/")
    send.run()
    assert len(mail.outbox) == 2
    admin.post(f"{HOME}{row.pk}/invite/")
    assert (
        Client().post(re.search(r"https?://[^/\s]+(/\S*)", mail.outbox[-1].body).group(1), passwords()).status_code
        == 302
    )
    send.run()
    assert len(mail.outbox) == 2  # the third is of no use any more
    assert list(Message.objects.order_by("pk").values_list("state", "text")) == [
        ("accepted", ""), ("accepted", ""), ("withdrawn", ""),
    ]  # fmt: skip


def test_a_mail_server_that_does_not_answer_loses_nothing(admin, settings):
    settings.EMAIL_BACKEND = "panel.post.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    page = admin.post(f"{HOME}invite/", invitation(), follow=True).content.decode()
    assert "We have emailed new@exshire.example." in page
    assert Membership.objects.filter(user__email="new@exshire.example").exists()
    send.run()
    message = Message.objects.get(kind="invitation")
    assert (message.state, message.text) == ("waiting", "")
    assert "could not be reached" in message.cause


@pytest.mark.parametrize(
    "change, name, words",
    [
        ({"email": "not an address"}, "email", "Enter an email address in the correct format, like name@example.com"),
        ({"email": ""}, "email", "Enter an email address"),
        ({"name": ""}, "name", "Enter their name"),
        ({"role": "pope"}, "role", "Select a role"),
        ({"role": "sub_panel"}, "role", "Select a role"),
        ({"role": "chairman"}, "role",
         "Chairman of Exshire is Chairman since 13 May 2024. First enter the last day there"),
        ({"email": "officer@exshire.example"}, "role",
         "Officer of Exshire is scrutiny officer since 13 May 2024. First enter the last day there"),
        ({"email": f"{'x' * 300}@example.org"}, "email", None),
        ({**day("to_date", date(2020, 1, 1))}, "to_date", None),
    ],
)  # fmt: skip
def test_bad_invitations(admin, change, name, words):
    before = User.objects.count()
    page = admin.post(f"{HOME}invite/", {**invitation(), **change})
    assert page.status_code == 200
    assert list(errors(page)) == [name]
    assert words is None or errors(page)[name] == [words]
    assert (User.objects.count(), len(mail.outbox)) == (before, 0)


def test_a_closed_account_is_given_no_role(admin, world):
    user = person("gone@exshire.example", "Gone")
    user.is_active = False
    user.save()
    assert errors(admin.post(f"{HOME}invite/", invitation(email=user.email))) == {
        "email": ["This account is closed. Open it again first"]
    }


# Ending, and being away


def typed(row, **changes):
    return {**day("from_date", row.from_date), "why": "Left", "version": row.history.latest().history_id, **changes}


def test_a_role_ends_on_its_last_day(client, admin, world):
    row = Membership.objects.get(user=world.officer)
    yesterday = clock.today() - timedelta(days=1)
    assert admin.post(f"{HOME}{row.pk}/", typed(row, **day("to_date", yesterday))).status_code == 302
    assert Membership.objects.get(pk=row.pk).to_date == yesterday
    assert Entry.objects.latest("pk").step == "change_role"
    client.force_login(User.objects.get(pk=world.officer.pk))
    assert client.get("/exshire/").status_code == 404


def test_while_the_chairman_is_away_the_vice_chairman_acts(admin, world):
    row = Membership.objects.get(user=world.chairman)
    page = admin.get(f"{HOME}{row.pk}/").content.decode()
    assert "Meanwhile the Vice-Chairman decides." in page
    away = {**day("away_from", clock.today()), **day("away_to", clock.today() + timedelta(days=7))}
    assert admin.post(f"{HOME}{row.pk}/", typed(row, **away)).status_code == 302
    who = rules.standing(world.vice, world.panel)
    assert Role.CHAIRMAN in rules.roles_on(who, [])
    later = rules.standing(world.vice, world.panel, clock.today() + timedelta(days=8))
    assert Role.CHAIRMAN not in rules.roles_on(later, [])


@pytest.mark.parametrize("change, name, words", [
    (day("away_to", date(2027, 1, 1)), "away_from", "Enter the first day away"),
    (day("away_from", date(2027, 1, 2)) | day("away_to", date(2027, 1, 1)), "away_to",
     "Away until must be on or after 2 January 2027"),
    ({"why": ""}, "why", "Enter why you are changing this"),
])  # fmt: skip
def test_bad_days(admin, world, change, name, words):
    row = Membership.objects.get(user=world.chairman)
    assert errors(admin.post(f"{HOME}{row.pk}/", typed(row, **change))) == {name: [words]}


@pytest.mark.postgres
def test_two_who_change_one_role(admin, world):
    row = Membership.objects.get(user=world.officer)
    opened = typed(row, **day("to_date", date(2027, 1, 1)))
    with sealed_act(world.panel, by=world.mo, name="change_role", why="x"):
        row.to_date = date(2027, 2, 2)
        row.save()
    assert admin.post(f"{HOME}{row.pk}/", opened).status_code == 409
    assert Membership.objects.get(pk=row.pk).to_date == date(2027, 2, 2)


# The command


def run(*args):
    out = StringIO()
    call_command("invite", *args, stdout=out)
    return out.getvalue()


def test_the_command_makes_the_first_administrator(world):
    out = run(
        "Boss@Exshire.example", "--panel", "exshire", "--role", "administrator", "--address", "https://x.example/"
    )
    path = re.search(r"https://x\.example(/invitation/\S+)", out).group(1)
    row = Membership.objects.get(user__email="boss@exshire.example")
    assert (row.role, row.user.name, row.history.get().history_user) == ("administrator", "boss", None)
    assert Client().post(path, passwords(name="The Boss")).status_code == 302
    assert (
        "https" not in run("boss@exshire.example", "--panel", "exshire", "--role", "administrator").partition("Link")[2]
    )
    assert Membership.objects.filter(user__email="boss@exshire.example").count() == 1


@pytest.mark.parametrize("args, words", [
    (("a@b.example", "--panel", "nowhere", "--role", "officer"), "There is no panel 'nowhere'. Panels: exshire"),
    (("a@b.example", "--panel", "exshire", "--role", "pope"),
     "There is no role 'pope'. "
     "Roles: officer, monitoring_officer, chairman, vice_chairman, member, auditor, administrator, "
     "commissioners_office"),
    (("nonsense", "--panel", "exshire", "--role", "officer"),
     "Enter an email address in the correct format, like name@example.com"),
])  # fmt: skip
def test_the_command_refuses_in_one_line(world, args, words):
    with pytest.raises(CommandError) as refused:
        run(*args)
    assert (str(refused.value), refused.value.returncode) == (words, 2)
    assert not User.objects.filter(email__in=("a@b.example", "nonsense")).exists()


def test_a_link_tells_nothing_of_the_password(world):
    user = User.objects.create_user("x@exshire.example", None, name="X")
    assert user.password not in invitations.token_for(user)


@pytest.mark.postgres
def test_the_number_of_queries_does_not_grow(admin, world, django_assert_num_queries):
    admin.get(HOME)
    with CaptureQueriesContext(connection) as few:
        admin.get(HOME)
    for n in range(30):
        with sealed_act(world.panel, by=None, name="set_up"):
            user = User.objects.create_user(f"u{n}@exshire.example", None, name=f"User {n}")
            Membership.objects.create(user=user, panel=world.panel, role="member", from_date=START)
    with django_assert_num_queries(len(few)):
        page = admin.get(HOME)
    assert "User 29" in page.content.decode()
