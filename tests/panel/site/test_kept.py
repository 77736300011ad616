"""Nothing typed is lost, and nothing is kept that is not its author's to enter: the session's end, a lost cookie, a changed
role, a followed link, another period, every page that asks. Each form is sent as a browser sends it, forgery and all."""

import time

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver

from complaints.models import AnnualReport, Complaint
from panel.accounts.sign_in import BEGAN, SEEN
from panel.law import clock
from panel.models import Draft
from tests.build import log, make_world
from tests.complaints.pages.test_log import TYPED
from tests.journeys.sweep import names
from tests.panel.pages.page import Browser, Page
from tests.shared import NOW

NEW = "/exshire/complaints/new/log/"
SAVED = {"kept", "at", "signed_in", "page"}


@pytest.fixture(autouse=True)
def wednesday():
    with clock.set_to(NOW):
        yield


@pytest.fixture
def world(db):
    return make_world()


def strict(user):
    """A browser whose forms must carry the token against forgery."""
    browser = Browser()
    browser.client = Client(enforce_csrf_checks=True)
    browser.client.force_login(user)
    return browser


def moved(browser, key, seconds):
    """The session as if that had been so long ago."""
    session = browser.client.session
    session[key] = int(time.time()) - seconds
    session.pop("account_authentication_methods", None)  # when the password was given
    session.save()


def sign_in_again(browser, page, user):
    """The page that signing in leads to, from that of signing in."""
    assert page.h1 == "Sign in", page.h1
    answer = browser.client.post(
        page.url, {**page.values(), "login": user.email, "password": "a long test password"}, follow=False
    )
    assert answer.status_code == 302
    return browser.get(answer.headers["Location"])


def send(browser, page, **answers):
    """Send the page's form, whatever has become of the session."""
    response = browser.client.post(page.form.attrs.get("action") or page.url, page.filled(**answers))
    where = response.headers.get("Location")
    return browser.get(where) if where else Page(browser, response, page.url)


def test_each_complaint_begun_is_a_draft_of_its_own_and_goes_with_its_own_end(world):
    officer = Browser(world.officer)
    typed = {**TYPED, "subjects": [str(world.pcc.pk)]}
    for title in ("The first", "The second"):
        page = officer.get(NEW)
        assert page.values()["title"] == ""
        home = page.submit("Save and finish later", **{**typed, "title": title})
    links = home.links(home.section("Drafts you kept"))
    assert list(links) == ["Log a complaint, draft 2: The second", "Log a complaint, draft 1: The first"]
    first = officer.get(links["Log a complaint, draft 1: The first"])
    assert first.values()["title"] == "The first"
    assert "You have begun others and not entered it" in first.text
    first.submit("Continue", title="The first, changed").submit("Cancel and keep a draft")
    assert Draft.objects.count() == 2
    first.submit("Continue", title="The first, changed").submit("Log the complaint")
    assert [c.title for c in Complaint.objects.all()] == ["The first, changed"]
    assert [d.answers["title"] for d in Draft.objects.all()] == [["The second"]]
    gone = officer.get(links["Log a complaint, draft 1: The first"])
    assert gone.values()["title"] == ""
    third = officer.get(NEW).submit("Save and finish later", title="Another")
    assert "draft 3: Another" in third.text


@pytest.mark.parametrize("end", ["idle", "whole", "role", "cookie", "session"])
def test_typed_text_survives_however_the_session_ends(world, end):
    officer = strict(world.officer)
    case = log(world)
    for url, name, text in (
        (NEW, "title", "What I typed"),
        (f"/exshire/complaints/{case.reference}/note_contact/", "note", "What I typed"),
    ):
        page = officer.get(url)
        if end == "idle":
            moved(officer, SEEN, settings.SESSION_IDLE + 1)
        elif end == "whole":
            moved(officer, BEGAN, settings.SESSION_COOKIE_AGE + 1)
        elif end == "role":
            world.officer.end_sessions()
        elif end == "cookie":
            officer.client.cookies.clear()
        else:
            officer.client.session.flush()
        answers = {name: text}
        at_the_door = send(officer, page, **answers)
        assert "What you typed is kept as a draft." in at_the_door.text
        again = sign_in_again(officer, at_the_door, world.officer)
        assert again.values()[name].strip() == text, (end, url)
        assert "This is the draft you kept. Only you can see it." in again.text
    assert Draft.objects.filter(user=world.officer).count() == 2


def test_every_other_form_keeps_it_too_and_shows_it_until_it_is_saved_or_thrown_away(world):
    admin, officer = strict(world.admin), strict(world.officer)
    for browser, url, name, text in (
        (admin, "/exshire/settings/change/", "contact_name", "The new Scrutiny Officer"),
        (admin, "/exshire/people/councils/add/", "name", "Larkford Borough Council"),
        (admin, "/exshire/users/invite/", "name", "Ann Ash"),
        (admin, "/exshire/people/many/", "rows", "Cllr Ann Ash, 1 May 2026"),
        (officer, "/exshire/complaints/report/?year=2026-27", "shows", "What I typed of the year"),
    ):  # fmt: skip
        page = browser.get(url)
        before = page.values()[name]
        browser.client.cookies.clear()
        at_the_door = send(browser, page, **{name: text})
        assert "What you typed is kept as a draft." in at_the_door.text, url
        user = world.admin if browser is admin else world.officer
        again = sign_in_again(browser, at_the_door, user)
        assert again.status == 200
        assert "It is not saved, and only you can see it." in again.text, url
        form = next(f for f in again.main.all("form") if f.all(name=name))
        assert text in (form.all(name=name)[0].raw or form.all(name=name)[0].attrs.get("value", "")), url
        home = browser.get("/exshire/")
        assert "Drafts you kept" in home.text
        thrown = again.submit("Throw it away")
        assert "The draft is gone." in thrown.banner
        assert thrown.values()[name] == before, url
    assert not Draft.objects.exists()


def test_saved_it_is_gone_and_what_is_saved_as_it_was_too(world):
    admin = Browser(world.admin)
    page = admin.get("/exshire/people/councils/add/")
    kept = admin.client.post(page.url, {**page.filled(name="Larkford Council"), "quietly": "1"}).json()
    assert (kept["kept"], kept["signed_in"]) == (True, True)
    again = admin.get(kept["page"])
    form = next(f for f in again.main.all("form") if f.all(name="name"))
    data = {e.attrs["name"]: e.attrs.get("value", "") for e in form.all("input")}
    assert data["name"] == "Larkford Council"
    admin.send(page.url, data)
    assert world.panel.councils.filter(name="Larkford Council").exists()
    assert not Draft.objects.exists()


def test_a_script_keeps_it_and_keeps_nothing_once_it_is_sent(world):
    officer = Browser(world.officer)
    page = officer.get(NEW)
    url = page.url
    assert officer.client.post(url, {**page.values(), "quietly": "1"}).json()["kept"] is False  # nothing was typed
    for text in ("A", "AB", "ABC"):
        said = officer.client.post(url, {**page.filled(title=text), "quietly": "1"}).json()
        assert set(said) == SAVED
    assert [d.answers["title"] for d in Draft.objects.all()] == [["ABC"]]
    again = officer.get(said["page"])
    assert again.values()["title"] == "ABC"
    check = again.submit("Continue", **{**TYPED, "subjects": [str(world.pcc.pk)]})
    check.submit("Log the complaint")
    late = officer.client.post(url, {**page.filled(title="ABCD"), "quietly": "1"}).json()
    assert late["kept"] is False
    assert not Draft.objects.exists()


def test_the_links_of_a_long_form_are_its_buttons_and_keep_it_first(world):
    case = log(world)
    officer = Browser(world.officer)
    page = officer.get(f"/exshire/complaints/{case.reference}/note_contact/")
    there = page.submit("Cancel")
    assert there.url == f"/exshire/complaints/{case.reference}/"
    assert not Draft.objects.exists()  # nothing was typed
    there = page.submit("Cancel", note="Half a note")
    assert "What you typed is kept as a draft that only you can see." in there.banner
    assert "You kept a draft" in there.text
    for bad in ("https://example.org/", "//example.org/", "javascript:alert(1)", ""):
        answer = officer.client.post(page.url, {**page.values(), "go": bad})
        assert answer.headers["Location"] == "/"
    by_hand = {k: v for k, v in page.filled(note="Half").items() if k != "once"}
    officer.client.post(page.url, {**by_hand, "go": there.url})
    assert case.entries.count() == 1


def test_who_may_not_take_a_step_leaves_no_draft_of_it(world):
    case = log(world)
    page = Browser(world.officer).get(f"/exshire/complaints/{case.reference}/record/")
    for person in (world.chairman, world.auditor):
        browser = Browser(person)
        for more in ({"later": "1"}, {"seen": "0"}, {"quietly": "1"}, {"go": "/"}, {}):
            data = {**page.values(), "why": "Mine", **more}
            data.pop("once")
            assert browser.client.post(page.url, data).status_code in (302, 403)
    auditor = Browser(world.auditor)
    auditor.client.post(page.url, {**page.filled(), "later": "1"})  # with the officer's token
    assert not Draft.objects.filter(user__in=[world.chairman, world.auditor]).exists()


def test_what_anybody_could_have_sent_overwrites_no_draft(world):
    case = log(world)
    officer = strict(world.officer)
    page = officer.get(f"/exshire/complaints/{case.reference}/note_contact/")
    page.submit("Save and finish later", note="Mine")
    moved(officer, SEEN, settings.SESSION_IDLE + 1)
    answer = officer.client.post(page.url, {"note": "Forged", "kind": "note"})
    assert answer.status_code == 302
    assert [d.answers["note"] for d in Draft.objects.all()] == [["Mine"]]
    other = strict(world.mo)
    stolen = {**page.values(), "note": "Forged"}
    assert other.client.post(page.url, {**stolen, "once": stolen["once"][0][:-2] + "xx"}).status_code == 403
    assert [d.answers["note"] for d in Draft.objects.all()] == [["Mine"]]


def test_somebody_else_signed_in_meanwhile_sends_nothing_of_it(world):
    case = log(world)
    browser = strict(world.officer)
    page = browser.get(f"/exshire/complaints/{case.reference}/note_contact/")
    browser.client.force_login(world.mo)
    answer = browser.client.post(page.url, page.filled(note="The officer’s"))
    assert answer.status_code == 403
    assert "This page belongs to somebody else" in answer.content.decode()
    assert [(d.user, d.answers["note"]) for d in Draft.objects.all()] == [(world.officer, ["The officer’s"])]
    assert case.entries.count() == 1


def test_signed_in_again_in_another_tab_the_text_is_there_to_be_sent_once_more(world):
    case = log(world)
    browser = strict(world.officer)
    page = browser.get(f"/exshire/complaints/{case.reference}/note_contact/")
    data = page.filled(note="From the old tab")
    browser.client.cookies.clear()
    browser.client.force_login(world.officer)
    browser.get("/exshire/")
    again = browser._page(browser.client.post(page.url, data), page.url)
    assert "Check it and send it again." in again.banner
    assert again.values()["note"].strip() == "From the old tab"
    again.submit("Save the note", kind="note")
    assert case.entries.count() == 2


def test_another_period_does_not_drop_the_text_of_this_one(world):
    log(world)
    officer = Browser(world.officer)
    page = officer.get("/exshire/complaints/report/?year=2026-27")
    there = page.submit("Show", shows="Not saved yet", year="2025-26")
    assert "It is kept as a draft" in there.banner
    assert there.values()["shows"] != "Not saved yet"
    assert not AnnualReport.objects.exists()
    back = there.submit("Show", year="2026-27")
    form = next(f for f in back.main.all("form") if f.all(name="shows"))
    assert form.one("textarea", name="shows").raw.strip() == "Not saved yet"
    assert Draft.objects.count() == 1  # what was only looked at is no draft
    assert "Annual report" in officer.get("/exshire/").text


def test_every_page_that_asks_says_that_it_keeps_or_why_not():
    """A new page that takes what somebody types joins the rescue, or is named here."""
    others = {
        "panel:held": "a search: its words stay nowhere", "panel:invite-again": "asks nothing", "panel:set-up": "asks nothing",
        "panel:calendar-end": "asks nothing", "panel:calendar-key": "asks nothing", "panel:programme-carry": "asks nothing",
        "panel:programme-propose": "ticks alone", "panel:take-draft": "asks nothing", "panel:who-acts-agree": "asks nothing",
        "panel:who-acts-change": "choices, shown again before they are kept",
        "panel:message": "asks nothing", "panel:incoming": "asks nothing", "panel:log-start": "asks for files alone",
        "panel:drop-draft": "asks nothing", "drop-draft": "asks nothing", "panel:report-issue": "asks nothing",
        "panel:remind": "asks nothing", "panel:old-register": "asks for a file, and choices",
        "panel:interest-erase": "asks nothing",
    }  # fmt: skip
    views = dict(zip(names(), (p for p in patterns(get_resolver())), strict=True))
    posting = {
        n
        for n, p in views.items()
        if takes_posts(p.callback) and not n.startswith(("account_", "mfa_", "socialaccount", "openid"))
    }
    kept = {n for n, p in views.items() if getattr(p.callback, "kept", "")}
    assert posting - kept - {"panel:step", "panel:new-case", "accept-invitation"} == set(others)


def patterns(resolver):
    for entry in resolver.url_patterns:
        if hasattr(entry, "url_patterns"):
            yield from patterns(entry)
        else:
            yield entry


def takes_posts(view) -> bool:
    """Whether its decorator lets a POST pass."""
    while view is not None:
        for cell in getattr(view, "__closure__", None) or ():
            found = cell.cell_contents
            if isinstance(found, list) and "POST" in found:
                return True
        view = getattr(view, "__wrapped__", None)
    return False


def test_two_ends_are_said_beforehand_and_the_password_goes_on(world):
    officer = Browser(world.officer)
    page = officer.get("/exshire/")
    box = page.root.one(**{"data-session": "/accounts/session/"})
    assert int(box.attrs["data-idle"]) == settings.SESSION_IDLE
    assert 0 < int(box.attrs["data-whole"]) <= settings.SESSION_COOKIE_AGE
    moved(officer, SEEN, 1500)
    moved(officer, BEGAN, 8 * 3600 - 200)
    asked = officer.client.get("/accounts/session/").json()
    assert 298 <= asked["idle"] <= 300
    assert 198 <= asked["whole"] <= 200
    again = officer.client.get("/accounts/session/").json()  # asking moves nothing
    assert again["idle"] <= asked["idle"]
    assert officer.client.get("/accounts/session/?stay=1").json()["idle"] >= settings.SESSION_IDLE - 2
    assert officer.client.get("/accounts/session/").json()["idle"] >= settings.SESSION_IDLE - 2
    assert officer.client.get("/accounts/session/").json()["whole"] <= 200  # no page moves that end
    page = officer.get("/exshire/")
    assert "eight hours after you signed in." in page.text
    asks = page.follow("Enter your password to go on")
    assert asks.url.startswith("/accounts/reauthenticate/")
    done = asks.submit("Continue", password="a long test password")  # noqa: S106 - of a test
    assert done.url == "/exshire/"
    assert "eight hours after you signed in." not in done.text
    assert officer.client.get("/accounts/session/").json()["whole"] > 7 * 3600
    form = officer.get(NEW)
    assert "then you are signed out." in form.text  # without a script a long form says until when


def test_eight_hours_after_the_password_it_is_over_whatever_was_done(world):
    officer = Browser(world.officer)
    officer.get("/exshire/")
    moved(officer, BEGAN, settings.SESSION_COOKIE_AGE + 1)
    page = officer.get("/exshire/")
    assert "You were signed out because you signed in 8 hours ago." in page.text
