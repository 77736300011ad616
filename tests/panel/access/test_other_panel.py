"""Two panels in one installation: what belongs to the other one does not exist, to the letter."""

import copy
import re
import uuid

import pytest
from django.core.cache import cache
from django.test import Client

from panel.law.roles import Role
from panel.models import Draft, Membership
from panel.record.act import sealed_act
from tests.build import log, make_world, pdf, person
from tests.panel.pages.cases import nothing_kept
from tests.panel.pages.page import Browser
from tests.shared import made_once
from tests.steps import at, take

STAFF = ("officer", "mo", "chairman", "vice", "auditor", "sitting", "member")


@pytest.fixture(scope="module")
def made(shared_world, django_db_blocker):
    """Midshire, made once."""
    with made_once(django_db_blocker):
        yield midshire(make_world("midshire", "MD", "Midshire"))


@pytest.fixture
def other(made, db):
    """Midshire: a complaint with a document, a draft, and its name in every text."""
    return copy.deepcopy(made)


def midshire(w):
    w.case = log(w, title="Midshire’s own affair", name="Mabel Midshire", email="mabel@example.org")
    w.case = take(w, w.case, "record")
    w.case = take(w, w.case, "add_documents", files={"documents": [pdf("midshire.pdf")]})
    w.document = w.case.documents.get()
    Browser(w.officer).get(f"/midshire/complaints/{w.case.reference}/note_contact/").submit(
        "Save and finish later", note="A draft of Midshire"
    )
    w.draft = Draft.objects.get()
    return w


def body(response, *away) -> str:
    """The page without what differs from one request to the next: tokens, address, time, what is left of the session."""
    text = response.content.decode()
    for word in away:
        text = text.replace(word, "-")
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
    text = re.sub(r'data-(idle|whole)="\d+"', "", text)
    return re.sub(r"Printed on [^<]+", "", text)


def same(browser, real, never, away=(), method="get", data=None):
    """Both addresses are answered with the same 404."""
    ask = getattr(browser.client, method)
    one, two = ask(real, data or {}), ask(never, data or {})
    assert (one.status_code, two.status_code) == (404, 404), (real, never)
    assert body(one, *away) == body(two, *away)
    heads = [{k: v for k, v in each.headers.items() if k != "Expires"} for each in (one, two)]  # a moment apart
    assert heads[0] == heads[1]
    assert b"Midshire" not in one.content
    assert b"Mabel" not in one.content


NEVER = "MD-C-2026-0099"


@pytest.mark.parametrize("who", STAFF)
def test_its_case_and_every_page_of_it_are_not_found_under_ones_own_panel(world, other, who):
    browser = Browser(world.people[who])
    for page in ("", "parts/", "timeline/", "history/", "documents/", f"documents/{other.document.key}/", "record/",
                 "filter/", "note_contact/", "package.zip", "history/?format=csv"):  # fmt: skip
        real, never = (f"/exshire/complaints/{ref}/{page}" for ref in (other.case.reference, NEVER))
        if page in ("history/", "history/?format=csv", "package.zip") and browser.client.get(never).status_code == 403:
            assert browser.client.get(real).status_code == 403  # a role that sees no history at all
            continue
        same(browser, real, never, (other.case.reference, NEVER))


@pytest.mark.parametrize("who", [*STAFF, "admin"])
def test_the_other_panel_does_not_exist(world, other, who):
    browser = Browser(world.people[who])
    for page in ("", "complaints/", "complaints/new/log/", "history/", "people/", "settings/", "users/",
                 f"complaints/{other.case.reference}/", f"complaints/{other.case.reference}/record/",
                 "complaints/download.csv", "complaints/reports/"):  # fmt: skip
        same(browser, f"/midshire/{page}", f"/nowhere/{page}", ("midshire", "nowhere"))


def test_nor_can_anything_be_posted_to_it(world, other):
    for who in ("officer", "mo", "chairman"):
        browser = Browser(world.people[who])
        with nothing_kept():
            for key in ("record", "note_contact", "filter", "restrict"):
                data = {"note": "x", "kind": "note", "why": "x", "theme": "other", "on": "2026-11-18"}
                for panel in ("exshire", "midshire"):
                    same(
                        browser, f"/{panel}/complaints/{other.case.reference}/{key}/",
                        f"/{panel}/complaints/{NEVER}/{key}/", (other.case.reference, NEVER), "post", data,
                    )  # fmt: skip


def test_its_document_is_not_under_ones_own_case_either(world, other):
    case = take(world, at(world, "received"), "add_documents")
    own = case.documents.get()
    browser = Browser(world.officer)
    where = f"/exshire/complaints/{case.reference}/documents/"
    assert browser.client.get(f"{where}{own.key}/").status_code == 200
    never = uuid.uuid4()
    same(browser, f"{where}{other.document.key}/", f"{where}{never}/", (str(other.document.key), str(never)))


def test_its_drafts_are_not_ones_own(world, other):
    for who in ("officer", "mo"):
        browser = Browser(world.people[who])
        real, never = (f"/exshire/complaints/drafts/{pk}/drop/" for pk in (other.draft.pk, 999_999))
        one, two = browser.client.post(real), browser.client.post(never)
        assert (one.status_code, one.url) == (two.status_code, two.url)
    assert Draft.objects.get() == other.draft
    assert "Drafts you kept" not in Browser(world.officer).get("/exshire/").text


def test_list_search_duplicates_home_and_history_hold_nothing_of_it(world, other):
    officer = Browser(world.officer)
    pages = [officer.get("/exshire/complaints/", q) for q in (
        {"show": "all"}, {"q": "Mabel", "show": "all"}, {"q": other.case.reference, "show": "all"},
        {"about": str(other.pcc.pk), "show": "all"},
    )]  # fmt: skip
    pages += [officer.get("/exshire/"), officer.get("/exshire/history/"), Browser(world.chairman).get("/exshire/")]
    pages.append(officer.get("/exshire/complaints/new/log/").submit(
        "Continue", channel="email", made_on=other.case.made_on, on=other.case.received_on, who="named",
        name="Mabel Midshire", email="mabel@example.org", subjects=[str(world.pcc.pk)], title="Another", what_1="Words",
    ))  # fmt: skip
    for page in pages:
        assert page.status == 200
        assert "Midshire’s own affair" not in page.source, page.url
        assert other.case.reference not in page.source.replace(f'value="{other.case.reference}"', ""), page.url
    assert pages[-1].h1 == "Check before you log this complaint"
    assert not pages[-1].main.all(cls="app-panel")


def test_its_office_holders_and_members_cannot_be_chosen(world, other):
    officer = Browser(world.officer)
    page = officer.get("/exshire/complaints/new/log/")
    given = page.filled(channel="email", who="anonymous", title="T", what_1="W", made_on=other.case.made_on)
    page = officer.send(page.url, {**given, "subjects": [str(other.pcc.pk)]})
    assert page.errors == {"subjects": ["Select whose conduct it is about"]}
    case = at(world, "filtered")
    case = take(world, take(world, log(world), "record"), "filter")
    page = Browser(world.chairman).get(f"/exshire/complaints/{case.reference}/appoint_sub_panel/")
    seats = [str(m.pk) for m in other.members[3:6]]
    page = page.browser.send(page.url, {**page.filled(purpose="resolve"), "members": seats})
    assert page.errors == {"members": ["Select three members"]}


def test_whoever_has_no_role_is_told_nothing(world, other):
    nobody = person("nobody@example.org", "Nobody At All")
    browser = Browser(nobody)
    case = at(world, "recorded")
    for page in ("", "complaints/", f"complaints/{case.reference}/", "people/"):
        same(browser, f"/exshire/{page}", f"/nowhere/{page}", ("exshire", "nowhere"))


def test_whose_role_has_ended_or_not_begun_is_nobody(world):
    from datetime import date

    for first, last in ((date(2024, 5, 13), date(2026, 11, 17)), (date(2026, 11, 19), None)):
        user = person(f"past{first}@example.org", "Not Today")
        with sealed_act(world.panel, by=None, name="set_up"):
            Membership.objects.create(user=user, panel=world.panel, role=Role.OFFICER, from_date=first, to_date=last)
        assert Browser(user).get("/exshire/").status == 404


def test_a_role_in_both_panels_opens_both_and_keeps_them_apart(world, other):
    with sealed_act(other.panel, by=None, name="set_up"):
        Membership.objects.create(
            user=world.officer,
            panel=other.panel,
            role=Role.AUDITOR,
            from_date=world.panel.memberships.first().from_date,
        )
    browser = Browser(world.officer)
    assert browser.get("/exshire/").h1 == "Your work"
    page = browser.get("/midshire/")
    assert page.h1 == "Open duties"  # an auditor there
    assert browser.get(f"/midshire/complaints/{other.case.reference}/").h1 == other.case.title
    assert browser.get(f"/exshire/complaints/{other.case.reference}/").status == 404
    assert browser.get(f"/midshire/complaints/{other.case.reference}/note_contact/").status == 403
    assert other.case.reference not in browser.get("/exshire/complaints/", {"show": "all"}).source


def test_signed_out_every_address_of_a_panel_asks_to_sign_in_and_says_no_more(world, other):
    cache.clear()
    client = Client()
    for url in ("/exshire/", "/nowhere/", f"/midshire/complaints/{other.case.reference}/",
                f"/midshire/complaints/{other.case.reference}/documents/{other.document.key}/",
                "/midshire/complaints/new/log/"):  # fmt: skip
        for response in (client.get(url), client.post(url)):
            assert response.status_code == 302, url
            assert response.headers["Location"].startswith("/accounts/login/"), url


def test_an_interest_is_answered_with_its_own_words_and_nobody_else_learns_of_the_case(world):
    case = at(world, "recorded")
    chairman = Browser(world.chairman)
    page = chairman.get(f"/exshire/complaints/{case.reference}/declare_interest/")
    page = page.submit("Continue", kind="close", nature="A friend", withdrew="yes")
    page.submit("Declare the interest")
    page = chairman.get(f"/exshire/complaints/{case.reference}/")
    assert page.status == 403
    assert "You declared an interest in this case on 18 November 2026, so you cannot see it." in page.text
    assert case.title not in page.source
    with nothing_kept():
        assert chairman.send(f"/exshire/complaints/{case.reference}/filter/", {"route": "no_action"}).status == 403
    member = Browser(world.member)
    same(member, f"/exshire/complaints/{case.reference}/", "/exshire/complaints/EX-C-2026-0099/",
         (case.reference, "EX-C-2026-0099"))  # fmt: skip
