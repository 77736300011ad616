"""A case's page for each role: its sections, what each is to do next; and whoever may not know who complained finds it on
no page, in no list, by no search and in no file."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from panel.law.period import day_words
from panel.models import Duty
from tests import build
from tests.panel.pages.cases import case_url, step_url
from tests.panel.pages.page import Browser
from tests.steps import ON, at, fresh, seats, take

LIST = "/exshire/complaints/"
TABS = ["Overview", "Allegations (1)", "Letters (0)", "Documents (0)", "Timeline", "History", "Who has seen this"]
SIDE = ["Open duties", "Latest", "Allegations", "Summary"]
BOTH = ["What can happen next", "What cannot happen yet, and why"]
# (who, where it stands): sections in order, the green button, tabs
PAGES = {
    ("officer", "recorded"): ([*BOTH, *SIDE], "Write: Acknowledgement, to Gillian Thorpe", TABS),
    ("mo", "recorded"): ([*BOTH, *SIDE], "Advise the Chairman", TABS),
    ("chairman", "recorded"): ([*BOTH, *SIDE], "Decide how it is handled", TABS[:5]),
    ("vice", "recorded"): ([BOTH[0], *SIDE], None, TABS[:5]),
    ("auditor", "recorded"): (SIDE, None, TABS),
    ("sitting", "sub_panel"): ([*BOTH, *SIDE], "Note a meeting", TABS[:5]),
    ("member", "full_panel"): ([BOTH[0], *SIDE], None, TABS[:5]),
    ("officer", "closed"): ([BOTH[0], *SIDE], "Write: Report to the members, to the panel", TABS),
}


@pytest.mark.parametrize("who, state", PAGES)
def test_each_role_finds_its_sections_one_green_button_at_most_and_its_tabs(world, who, state):
    sections, button, tabs = PAGES[who, state]
    case = at(world, state)
    page = Browser(world.people[who]).get(case_url(case))
    headings = [re.sub(r" \(\d+\)$", "", h.text) for h in page.main.all("h2") if h.text != "Success"]
    assert headings == sections
    green = [b for b in page.main.all("a", "button", cls="govuk-button") if "secondary" not in b.attrs["class"]]
    green = [b for b in green if "hidden" not in b.attrs]  # those of the warning before a session ends
    assert [b.text for b in green] == ([button] if button else [])
    assert [re.sub(r"\((?!1\)|0\))\d+\)", "", a.text) for a in page.main.one("nav", cls="app-tabs").all("a")] == tabs
    if button:
        assert page.browser.get(green[0].attrs["href"]).status == 200
    duties = page.main.one("section", **{"aria-labelledby": "duties"})
    shown = [h.text for h in duties.all("h3")]
    assert duties.one("h2").text == f"Open duties ({len(shown)})"
    assert len(shown) == Duty.objects.filter(case=case, closed_by=None).count()
    for url in page.links(page.main.one("nav", cls="app-tabs")).values():
        assert page.browser.get(url).status == 200


def test_who_waits_for_whom_is_said_by_name(world):
    case = at(world, "recorded")
    officer = Browser(world.officer).get(case_url(case))
    assert "Chairman of Exshire is to decide how it is handled Only the Chairman can do this." in officer.text
    assert officer.follow("Type it up for them").h1 == "Decide how this complaint is handled"
    assert "(22 days ago)" in officer.text  # received on 27 October
    handled = Browser(world.officer).get(case_url(at(world, "sub_panel")))
    assert "The sub-panel to consider it" in handled.section("Open duties").text
    assert "(today)" in Browser(world.officer).get(case_url(build.log(world, on=build.date(2026, 11, 18)))).text


def test_what_may_be_corrected_has_a_change_link_for_whoever_may(world):
    case = at(world, "recorded")
    officer = Browser(world.officer).get(case_url(case))
    assert officer.follow("Change how it arrived").h1 == "Correct a fact"
    changes = [words for words in officer.links() if words.startswith("Change ")]
    assert changes == [
        "Change how it arrived", "Change whose conduct", "Change kind of complainant", "Change contact", "Change theme",
    ]  # fmt: skip
    for who in ("chairman", "auditor"):
        links = Browser(world.people[who]).get(case_url(case)).links()
        assert not [words for words in links if words.startswith("Change ")]


# Planted marks

MARKS = {
    "name": "Quillamark Featherstone", "email": "plantmark@example.org", "phone": "01632 777001",
    "address": "77 Markplant Lane\nZedborough", "agent": "Agentmark and Sons", "how_to_write": "Braillemark, by post",
    "words": "Wordsmark: I asked why the counter was closing.",
}  # fmt: skip
FOUND = ("Quillamark", "Featherstone", "plantmark", "777001", "Markplant", "Zedborough", "Agentmark", "Braillemark",
         "Wordsmark", "Notemark", "Letterma", "Evidencemark")  # fmt: skip


@pytest.fixture
def tabled(world):
    """A complaint full of marks, before the full Panel after a sub-panel had it."""
    case = fresh(build.log(world, **MARKS))
    case = take(world, case, "note_contact", note="Notemark: Quillamark rang.")
    case = take(world, case, "brief_chairman", note="Evidencemark: Quillamark is right.")
    case = take(world, case, "record")
    case = take(world, case, "give_notice", no_copy="Lettermark, sent to Quillamark")
    case = take(world, case, "add_documents", files={"documents": [build.pdf("Lettermark.pdf")]})
    case = take(world, case, "filter", why="As Quillamark asks.")
    case = take(world, case, "appoint_sub_panel")
    return take(world, case, "refer_to_full_panel", by=world.chairman)


def marks_on(page) -> list[str]:
    return [mark for mark in FOUND if mark.lower() in page.source.lower()]


def test_a_member_who_sees_the_case_never_finds_who_complained(world, tabled):
    member, officer = Browser(world.member), Browser(world.officer)
    assert "Name withheld" in member.get(case_url(tabled)).text
    seen = set()
    for tab in ("", "parts/", "documents/", "timeline/"):
        page = member.get(case_url(tabled, tab))
        assert (page.status, tab, marks_on(page)) == (200, tab, [])
        seen |= set(marks_on(officer.get(case_url(tabled, tab))))
    for url in (
        "/exshire/",
        LIST,
        f"{LIST}?show=all&q=closing",
        step_url(tabled, "declare_interest"),
        "/exshire/people/",
    ):
        page = member.get(url)
        assert (page.status, url, marks_on(page)) == (200, url, [])
    for url in (case_url(tabled, "history/"), f"{LIST}download.csv", f"{LIST}download.xlsx", "/exshire/history/",
                case_url(tabled, "package.zip"), step_url(tabled, "note_contact"), step_url(tabled, "filter")):  # fmt: skip
        page = member.get(url)
        assert (page.status, url, marks_on(page)) == (403, url, [])
    assert seen == set(FOUND)  # all of it stands on the officer's pages
    file = officer.client.get(f"{LIST}download.csv")
    assert "Quillamark" in b"".join(file.streaming_content).decode()


def test_nor_by_searching_for_it(world, tabled):
    for mark in FOUND[:9]:
        page = Browser(world.member).get(LIST, {"q": mark, "show": "all"})
        assert "No complaints match. Clear the filters." in page.text, mark
    for mark in ("Quillamark", "Featherstone", "Wordsmark"):
        for who in ("officer", "sitting"):  # who sits on its sub-panel may know
            assert tabled.reference in Browser(world.people[who]).get(LIST, {"q": mark, "show": "all"}).text


def test_a_seat_on_the_sub_panel_shows_the_name_while_it_lasts(world, tabled):
    sitting = Browser(world.sitting)
    other = take(world, take(world, fresh(build.log(world, name="Otto Other", email="")), "record"), "filter",
                 route="full_panel")  # fmt: skip
    other = take(world, other, "refer_to_full_panel")
    for url in ("/exshire/", LIST):
        rows = {row.all("td")[0].text: row.text for row in sitting.get(url).main.all("tr") if row.all("td")}
        assert "Quillamark" in rows[tabled.reference]
        assert "Name withheld" in rows[other.reference]
    assert "Otto" not in sitting.get(case_url(other)).source
    case = at(world, "sub_panel")
    assert "Gillian Thorpe" in sitting.get(case_url(case)).text
    take(world, case, "replace_sub_panel_member", leaving=seats(world, 3)[0], joining=seats(world, 7)[0])
    assert sitting.get(case_url(case)).status == 404
    assert case.reference not in sitting.get(LIST, {"q": "Thorpe", "show": "all"}).text


@pytest.mark.parametrize("who", ["member", "admin"])
def test_of_a_case_that_is_not_theirs_nothing_is_found(world, who):
    case = fresh(build.log(world, **MARKS))
    browser = Browser(world.people[who])
    status = 404 if who == "member" else 403
    for tab in ("", "parts/", "documents/", "timeline/", "history/", "filter/", "give_notice/", "package.zip"):
        page = browser.get(case_url(case, tab))
        assert page.status in (status, 403)
        assert marks_on(page) == []
        assert case.title not in page.source
    assert case.reference not in browser.get("/exshire/").source


# How often it asks the database


def test_a_case_asks_as_often_with_one_allegation_as_with_many(world):
    small = take(world, fresh(build.log(world, email="")), "note_contact")
    small = take(world, small, "add_documents", files={"documents": [build.pdf()]})
    large = fresh(build.log(world, email="", allegations=8))
    for n in range(8):
        large = take(world, large, "note_contact", note=f"Note {n}")
    large = take(world, large, "add_documents", files={"documents": [build.pdf(f"{n}.pdf") for n in range(4)]})
    officer = Browser(world.officer)

    def asked(case, tab):
        with CaptureQueriesContext(connection) as found:
            assert officer.get(case_url(case, tab)).status == 200
        return len(found)

    asked(small, "")  # the first page of all notes in the session that somebody is there
    for tab in ("", "parts/", "documents/", "timeline/", "history/"):
        few = asked(small, tab)
        assert few <= 26
        assert (tab, asked(large, tab)) == (tab, few)


def test_a_case_that_was_reopened_shows_the_day_of_its_last_end(world):
    case = take(world, at(world, "withdrawn"), "reopen", on=ON + timedelta(days=1))
    case = take(world, case, "withdraw", on=ON + timedelta(days=3))
    page = Browser(world.officer).get(case_url(case))
    assert page.main.one("ol", cls="app-track").text.endswith(f"Withdrawn, done {day_words(ON + timedelta(days=3))}")
