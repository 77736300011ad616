"""The second factor where a panel requires it, sessions that end, accounts that close, and the journal of sign-ins."""

import time
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.test import Client

from panel.access import rules
from panel.accounts import sign_in
from panel.casework.errors import Refused
from panel.models import Draft, Entry, Membership, PanelSettings, SignIn
from panel.models.journal import Link
from panel.record.act import sealed_act
from panel.record.verify import verify
from tests import build
from tests.build import PASSWORD, make_world

pytestmark = pytest.mark.django_db
LOGIN, FACTOR = "/accounts/login/", "/accounts/second-factor/"


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def strict():
    """A panel that requires it."""
    return make_world("midshire", "MD", "Midshire", second_factor=True)


def code(secret) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def enter(user, password=PASSWORD, **kwargs):
    client = Client()
    return client, client.post(LOGIN, {"login": user.email, "password": password}, follow=True, **kwargs)


def happened(user=None):
    return list(SignIn.objects.filter(user=user).order_by("pk").values_list("what", "how"))


# The second factor


def test_whoever_sees_cases_is_led_to_set_one_up_and_then_let_in(strict):
    client, page = enter(strict.officer)
    assert page.redirect_chain[-1][0] == FACTOR
    assert "Midshire Police and Crime Panel requires a second factor" in page.content.decode()
    for address in ("/midshire/complaints/", "/midshire/complaints/new/log/", "/midshire/history/"):
        assert client.get(address)["Location"] == FACTOR
    page = client.get(f"{FACTOR}totp/activate/")  # no password once more: they have just signed in
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    wrong = client.post(f"{FACTOR}totp/activate/", {"code": "000000"})
    assert wrong.context["form"].errors["code"] == ["Code is wrong"]
    assert client.get("/midshire/").status_code == 302
    page = client.post(f"{FACTOR}totp/activate/", {"code": code(secret)}, follow=True)
    assert len(page.context["unused_codes"]) == 10  # recovery codes come with it
    assert client.get("/midshire/").status_code == 200
    stored = Authenticator.objects.get(user=strict.officer, type="totp").data["secret"]
    assert secret not in stored


def test_then_signing_in_asks_for_the_code_or_a_recovery_code(strict):
    secret = generate_totp_secret()
    TOTP.activate(strict.mo, secret)
    codes = RecoveryCodes.activate(strict.mo).get_unused_codes()
    client, page = enter(strict.mo)
    assert page.redirect_chain[-1][0] == f"{FACTOR}authenticate/"
    assert client.get("/midshire/").status_code == 302  # the password alone opens nothing
    wrong = client.post(f"{FACTOR}authenticate/", {"code": "12"})
    assert wrong.context["form"].errors["code"] == ["Code is wrong"]
    assert client.post(f"{FACTOR}authenticate/", {"code": code(secret)})["Location"] == "/"
    assert client.get("/midshire/").status_code == 200
    client, _ = enter(strict.mo)
    assert client.post(f"{FACTOR}authenticate/", {"code": codes[0]})["Location"] == "/"
    client, _ = enter(strict.mo)
    assert client.post(f"{FACTOR}authenticate/", {"code": codes[0]}).context["form"].errors  # once
    assert happened(strict.mo) == [
        ("sign_in_failed", "second factor"), ("sign_in", "password, authenticator app"),
        ("sign_in", "password, recovery code"), ("sign_in_failed", "second factor"),
    ]  # fmt: skip


def test_an_administrator_who_sees_no_case_needs_none_and_neither_does_another_panel(world, strict):
    assert enter(strict.admin)[1].status_code == 200
    assert enter(strict.admin)[1].redirect_chain[-1][0] == "/midshire/"
    assert enter(world.officer)[1].redirect_chain[-1][0] == "/exshire/"


def test_the_last_one_stays_where_a_panel_requires_it(world, strict):
    for who, status in ((strict.officer, 200), (world.officer, 302)):
        secret = generate_totp_secret()
        TOTP.activate(who, secret)
        client, _ = enter(who)
        client.post(f"{FACTOR}authenticate/", {"code": code(secret)})
        assert client.post(f"{FACTOR}totp/deactivate/").status_code == status
    assert rules.needs_second_factor_somewhere(strict.officer)
    assert list(Authenticator.objects.values_list("user", flat=True)) == [strict.officer.pk]


def test_a_panel_without_settings_requires_it(world):
    row = world.panel.settings.get()
    assert PanelSettings(panel=world.panel, from_date=date(2026, 1, 1)).second_factor
    with sealed_act(world.panel, by=None, name="set_up"):
        PanelSettings.objects.create(panel=world.panel, from_date=date(2026, 1, 1))
    assert not row.second_factor
    assert Client().get("/exshire/").status_code == 302
    client, page = enter(world.chairman)
    assert page.redirect_chain[-1][0] == FACTOR


# Sessions


def test_after_half_an_hour_of_nothing_one_signs_in_again_and_what_was_typed_is_kept(world, monkeypatch):
    case = build.log(world)
    client, _ = enter(world.officer)
    address = f"/exshire/complaints/{case.reference}/note_contact/"
    now = time.time()
    monkeypatch.setattr(sign_in.time, "time", lambda: now + settings.SESSION_IDLE - 5)
    assert client.get(address).status_code == 200
    monkeypatch.setattr(sign_in.time, "time", lambda: now + 2 * settings.SESSION_IDLE)
    answer = client.post(address, {"kind": "call", "note": "She rang about the counter", "seen": "1"})
    assert answer["Location"] == f"{LOGIN}?next=%2Fexshire%2Fcomplaints%2F{case.reference}%2Fnote_contact%2F"
    page = client.get(answer["Location"]).content.decode()
    assert "You were signed out because you did nothing for 30 minutes. What you typed is kept as a draft." in page
    assert client.get(address).status_code == 302
    assert Draft.objects.get(case=case, user=world.officer).answers["note"] == ["She rang about the counter"]
    assert happened(world.officer)[-1] == ("sign_out", "nothing done for a while")
    assert Entry.objects.filter(case=case).count() == 1


def test_a_case_they_may_not_see_keeps_no_draft(world, monkeypatch):
    case = build.log(world)
    client, _ = enter(world.member)
    later = time.time() + 2 * settings.SESSION_IDLE
    monkeypatch.setattr(sign_in.time, "time", lambda: later)
    client.post(f"/exshire/complaints/{case.reference}/note_contact/", {"note": "x"})
    client, _ = enter(world.officer)
    monkeypatch.setattr(sign_in.time, "time", lambda: later + 2 * settings.SESSION_IDLE)
    client.post("/nowhere/at/all/", {"note": "x"})
    assert not Draft.objects.exists()


def test_a_changed_role_ends_every_session_of_theirs_and_nobody_elses(world):
    here, there, other = enter(world.chairman)[0], enter(world.chairman)[0], enter(world.officer)[0]
    assert here.get("/exshire/").status_code == 200
    with sealed_act(world.panel, by=world.admin, name="change_role"):
        row = Membership.objects.get(user=world.chairman)
        row.away_from = date(2026, 12, 1)
        row.save()
    assert [c.get("/exshire/").status_code for c in (here, there, other)] == [302, 302, 200]


# Accounts


def refuse():
    raise Refused([])


def test_who_leaves_is_closed_not_removed_and_what_they_kept_is_handed_over(world, monkeypatch):
    new = build.person("nadia@exshire.example", "Nadia New")
    with sealed_act(world.panel, by=None, name="set_up"):
        Membership.objects.create(user=new, panel=world.panel, role="officer", from_date=build.START)
    case = build.log(world)
    leaver, admin = enter(world.officer)[0], enter(world.admin)[0]
    row = Membership.objects.get(user=world.officer)
    assert "Enter why" in admin.post(f"/exshire/users/{row.pk}/account/", {}).content.decode()
    page = admin.post(f"/exshire/users/{row.pk}/account/", {"why": "Retired"}, follow=True)
    assert "The account of Officer of Exshire is closed." in page.content.decode()
    assert leaver.get("/exshire/").status_code == 302
    shut, page = enter(world.officer)
    assert page.redirect_chain == []  # answered as a wrong password is: a closed account is told to nobody
    assert "Email address or password is wrong" in page.content.decode()
    assert shut.get("/exshire/").status_code == 302
    mo = enter(world.mo)[0]
    assert "1 open case is kept by somebody who has left." in mo.get("/exshire/").content.decode()
    assign = mo.get(f"/exshire/complaints/{case.reference}/assign/").content.decode()
    assert f'<option value="{new.pk}">' in assign
    assert f'<option value="{world.officer.pk}"' not in assign  # whose role holds to the end of the day
    address = "/exshire/users/hand-over/"
    assert case.reference in mo.get(address).content.decode()
    assert "Select who keeps them" in mo.post(address, {"cases": [case.pk]}).content.decode()
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr("panel.accounts.views.perform", lambda *args, **kwargs: refuse())
        page = mo.post(address, {"cases": [case.pk], "to_whom": new.pk}, follow=True)
        assert (
            f"Not handed over, as somebody changed it meanwhile: {case.reference}. Look at it first."
            in page.content.decode()
        )
    page = mo.post(address, {"cases": [case.pk], "to_whom": new.pk}, follow=True)
    assert "1 case handed over." in page.content.decode()
    case.refresh_from_db()
    assert case.assigned_to == new
    assert case.entries.latest("number").step == "assign"
    assert "Hand over cases" not in mo.get("/exshire/").content.decode()
    page = admin.post(f"/exshire/users/{row.pk}/account/", {"why": "Came back"}, follow=True)
    assert "is open again" in page.content.decode()
    assert list(verify()) == []


def test_nobody_closes_their_own_account_or_one_that_works_elsewhere(world, strict):
    with sealed_act(strict.panel, by=None, name="set_up"):
        Membership.objects.create(user=world.officer, panel=strict.panel, role="officer", from_date=build.START)
    admin = enter(world.admin)[0]
    for who, words in ((world.admin, "Nobody closes their own account"), (world.officer, "a role in another panel")):
        row = Membership.objects.get(user=who, panel=world.panel)
        page = admin.post(f"/exshire/users/{row.pk}/account/", {"why": "Leaves"})
        assert (page.status_code, words in page.content.decode()) == (422, True)
        who.refresh_from_db()
        assert who.is_active


# The journal


def test_sign_ins_and_failures_are_in_the_journal_and_seen_by_those_who_may(world, strict):
    enter(world.officer, "wrong")
    enter(world.officer)[0].post("/accounts/logout/")
    enter(strict.admin)
    Client().post(LOGIN, {"login": "my-password-by-mistake@x.example", "password": "x"})
    assert happened(world.officer) == [("sign_in_failed", "password"), ("sign_in", "password"), ("sign_out", "")]
    assert happened(None) == [("sign_in_failed", "password")]
    acts = Link.objects.filter(chain__key="installation").values_list("act", flat=True)
    assert {"sign_in", "sign_in_failed", "sign_out"} <= set(acts)
    assert list(verify()) == []
    page = enter(world.auditor)[0].get("/exshire/users/sign-ins/").content.decode()
    assert "Could not sign in" in page
    assert "Midshire" not in page
    assert enter(world.officer)[0].get("/exshire/users/sign-ins/").status_code == 403


def test_the_rows_cannot_be_changed(world):
    from django.db import DatabaseError, transaction

    enter(world.officer)
    for change in (lambda rows: rows.update(how="x"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(SignIn.objects.filter(user=world.officer))
