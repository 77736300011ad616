"""Signing in: the same error for everybody, a limit on attempts, reset by e-mail, the demo's accounts."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from panel.models import Message, ResetRequest, User
from panel.post import send
from panel.record.verify import verify
from tests.build import PASSWORD, make_world, person

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
NEW = "nine brave otters swim"


@pytest.fixture
def world():
    return make_world()


def errors(response):
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def sign_in(client, email, password=PASSWORD, **kwargs):
    return client.post(LOGIN, {"login": email, "password": password}, **kwargs)


def test_signing_in_leads_to_the_panel(client, world):
    page = sign_in(client, "Chairman@Exshire.EXAMPLE", follow=True)
    assert page.redirect_chain == [("/", 302), ("/exshire/", 302)]


def test_signing_in_leads_to_the_page_asked_for_but_never_elsewhere(client, world):
    page = client.post(f"{LOGIN}?next=/exshire/people/", {"login": world.officer.email, "password": PASSWORD})
    assert page["Location"] == "/exshire/people/"
    page = Client().post(f"{LOGIN}?next=//evil.example/", {"login": world.officer.email, "password": PASSWORD})
    assert page["Location"] == "/"


def test_a_wrong_password_an_unknown_person_and_a_closed_account_read_the_same(client, world):
    closed = person("closed@exshire.example", "Closed")
    closed.is_active = False
    closed.save()
    for email, password in (
        (world.officer.email, "wrong"),
        ("unknown@exshire.example", "wrong"),
        (closed.email, "wrong"),
        (closed.email, PASSWORD),
    ):
        page = sign_in(client, email, password)
        assert page.status_code == 200
        assert errors(page) == {"__all__": ["Email address or password is wrong"]}
        assert f'value="{email}"' in page.content.decode()
        assert f'value="{password}"' not in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_empty_answers_say_what_to_enter(client, world):
    assert errors(client.post(LOGIN, {})) == {
        "login": ["Enter your email address"],
        "password": ["Enter your password"],
    }


def test_after_five_wrong_passwords_even_the_right_one_waits(client, world):
    for _ in range(5):
        assert errors(sign_in(client, world.officer.email, "wrong")) == {
            "__all__": ["Email address or password is wrong"]
        }
    page = sign_in(client, world.officer.email)
    assert errors(page) == {"__all__": ["Too many attempts. Try again in 5 minutes"]}
    assert sign_in(Client(), world.chairman.email).status_code == 302  # an office shares one address


def test_nobody_signs_up(client, world):
    page = client.get("/accounts/signup/")
    assert "Accounts are by invitation" in page.content.decode()
    typed = {"email": "me@example.org", "password1": NEW, "password2": NEW}
    client.post("/accounts/signup/", typed)
    assert not User.objects.filter(email="me@example.org").exists()


@pytest.mark.parametrize("address", ["email/", "confirm-email/", "confirm-email/x/", "login/code/confirm/"])
def test_pages_we_do_not_use_are_not_there(client, world, address):
    client.force_login(world.officer)
    assert client.get(f"/accounts/{address}").status_code == 404


def test_a_forgotten_password_is_chosen_anew(client, world):
    page = client.post("/accounts/password/reset/", {"email": world.officer.email}, follow=True)
    assert "If that address has an account" in page.content.decode()
    assert mail.outbox == []
    send.run()
    assert mail.outbox[0].subject == "Choose a new password for Panel casework"
    assert "Somebody, probably you, asked for a new password" in mail.outbox[0].body
    link = re.search(r"https?://[^/\s]+(/\S*)", mail.outbox[0].body).group(1)
    guest = Client()
    page = guest.get(link, follow=True)
    page = guest.post(page.redirect_chain[-1][0], {"password1": NEW, "password2": NEW}, follow=True)
    assert "Your password is changed" in page.content.decode()
    assert sign_in(Client(), world.officer.email, NEW).status_code == 302
    used = Client().get(link, follow=True)
    assert "This link no longer works" in used.content.decode()


def test_asking_for_a_strangers_reset_tells_nothing_and_writes_to_nobody(client, world):
    page = client.post("/accounts/password/reset/", {"email": "stranger@example.org"}, follow=True)
    assert "If that address has an account" in page.content.decode()
    send.run()
    assert mail.outbox == []
    assert not Message.objects.exists()
    assert not ResetRequest.objects.exists()  # a stranger's address is not kept


def test_known_and_unknown_addresses_are_answered_by_the_same_work_and_no_mail_server(client, world, settings):
    """The same page and the same questions to the database, whoever it is, however the server is; counted, not timed."""
    settings.EMAIL_BACKEND = "not.there.EmailBackend"  # whoever speaks to it fails
    closed = User.objects.create_user("closed@exshire.example", PASSWORD, name="Closed", is_active=False)
    told = []
    for address in (world.officer.email, world.officer.email.upper(), closed.email, "stranger@example.org"):
        with CaptureQueriesContext(connection) as queries:
            page = client.post("/accounts/password/reset/", {"email": address}, follow=True)
        cache.clear()  # the limit on asking is counted for each address
        statements = [re.sub(r"'[^']*'|\d+", "?", q["sql"]) for q in queries]
        told.append((page.redirect_chain, page.content.replace(address.encode(), b""), statements))
    assert all(one[0] == told[0][0] and len(one[1]) == len(told[0][1]) for one in told)
    assert all(one[2] == told[0][2] for one in told)
    assert not any("panel_user" in sql for sql in told[0][2])


def test_a_link_is_made_when_its_mail_goes_and_is_kept_nowhere(client, world):
    for _ in range(2):
        client.post("/accounts/password/reset/", {"email": f" {world.officer.email.upper()}"})
    send.run()
    assert len(mail.outbox) == 2
    link = re.search(r"/accounts/password/reset/key/(\S+)/", mail.outbox[0].body).group(1)
    assert Message.objects.filter(user=world.officer, text="", state="accepted").count() == 2
    assert link not in str([list(m.history.values()) for m in Message.objects.all()])
    assert [str(f) for f in verify()] == []


def test_a_password_is_changed_and_signs_out_elsewhere(client, world):
    elsewhere = Client()
    sign_in(client, world.officer.email)
    sign_in(elsewhere, world.officer.email)
    wrong = client.post("/accounts/password/change/", {"oldpassword": "x", "password1": NEW, "password2": NEW})
    assert errors(wrong) == {"oldpassword": ["Current password is wrong"]}
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert elsewhere.get("/exshire/").status_code == 302
    assert sign_in(Client(), world.officer.email, NEW).status_code == 302


def test_signing_out_needs_a_post(client, world):
    client.force_login(world.officer)
    assert client.get("/accounts/logout/").status_code == 200
    assert client.get("/exshire/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/exshire/").status_code == 302


# The demo


@pytest.fixture
def shown(world, settings):
    User.objects.filter(pk__in=[u.pk for u in world.people.values() if isinstance(u, User)]).update(is_demo=True)
    settings.DEMO = True
    return world


def test_no_account_is_shown_outside_demo_mode(client, shown, settings):
    settings.DEMO = False
    page = client.get(f"{LOGIN}?as={shown.officer.email}")
    words = page.content.decode()
    assert "Demo accounts" not in words
    assert shown.officer.email not in words
    assert settings.DEMO_PASSWORD not in words


def test_the_demos_accounts_stand_in_the_order_of_the_roles(client, shown, settings):
    person("real@exshire.example", "Real Person")
    page = client.get(LOGIN)
    accounts = page.context["demo_accounts"]
    assert [a["role"] for a in accounts] == [
        "Scrutiny officer", "Chairman", "Vice-Chairman", "Monitoring Officer", "Panel member", "Panel member",
        "Auditor", "Administrator",
    ]  # fmt: skip
    words = page.content.decode()
    assert settings.DEMO_PASSWORD in words
    assert "Real Person" not in words


def test_choosing_a_role_signs_in_with_one_click(client, shown, settings):
    """The button is a form of its own, with what the form beside it asks."""
    shown.chairman.set_password(settings.DEMO_PASSWORD)
    shown.chairman.save(update_fields=["password"])
    words = client.get(f"{LOGIN}?next=/exshire/people/").content.decode()
    (form,) = [f for f in words.split("<form")[1:] if f'value="{shown.chairman.email}"' in f]
    sent = dict(re.findall(r'name="(login|password|next)" value="([^"]*)"', form))
    assert client.post(LOGIN, sent)["Location"] == "/exshire/people/"


def test_an_account_can_be_named_in_the_address(client, shown, settings):
    words = client.get(f"{LOGIN}?as={shown.chairman.email}").content.decode()
    assert f'value="{settings.DEMO_PASSWORD}"' in words


@pytest.mark.parametrize("email", ["real@exshire.example", "unknown@exshire.example", "", "\x00"])
def test_only_demo_accounts_fill_in_the_form(client, shown, email):
    person("real@exshire.example", "Real Person")
    page = client.get(LOGIN, {"as": email})
    assert page.status_code == 200
    assert not page.context["form"].initial
