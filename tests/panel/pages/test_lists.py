"""The list of complaints: filters, search, order, pages, hostile queries, what is hidden from whom, and how often each
list asks the database."""

import copy
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.build import log, make_world
from tests.panel.pages.page import Browser
from tests.shared import made_once
from tests.steps import ON, at, take

pytestmark = pytest.mark.postgres

LIST = "/westshire/complaints/"
REFERENCE = re.compile(r"WS-C-\d{4}-\d{4}")


def references(page) -> list[str]:
    """The complaints listed, in their order; the page must say how many there are."""
    found = [REFERENCE.search(row.text).group() for row in page.main.all("tbody")[0].all("tr")] if page.main.all(
        "tbody"
    ) else []  # fmt: skip
    if found:
        assert re.search(r"(\d+) (open |ended )?complaints?, showing \d+ to \d+", page.text)
    return found


@pytest.fixture(scope="module")
def made(shared_world, django_db_blocker):
    """Five complaints of two years: who they are by, about, and where they stand."""
    with made_once(django_db_blocker):
        yield five_complaints(make_world("westshire", "WS", "Westshire"))


@pytest.fixture
def office(made, db):
    return copy.deepcopy(made)


def five_complaints(w):
    w.old = log(w, on=date(2026, 3, 2), made_on=date(2026, 3, 1), title="Letters unanswered", name="Ann Archer",
                email="ann@example.org", allegations=[{"what": "Did not answer eleven letters"}])  # fmt: skip
    w.old = take(w, w.old, "withdraw")
    w.new = log(w, title="Public meeting", name="Bob Baker", email="bob@example.org", words="He shouted at Zebedee.")
    w.deputys = log(
        w, title="Dinner with a contractor", name="Cy Carter", email="", about=("deputy",), on=date(2026, 11, 16)
    )
    w.recorded = take(w, log(w, title="A post online", name="Di Dean", email="", on=date(2026, 11, 2)), "record")
    w.mos = take(w, log(w, by=w.mo, title="Car parked on grass", name="Ed Earl", email="", on=date(2026, 11, 17)), "assign",
                 on=date(2026, 11, 17), to_whom=str(w.mo.pk))  # fmt: skip
    return w


def ask(world, who="officer", **query):
    """The list with that query."""
    page = Browser(world.people[who]).get(f"/{world.panel.slug}/complaints/", query)
    assert page.status == 200
    return page


@pytest.mark.parametrize("query, expected", [
    ({}, {"new", "deputys", "recorded", "mos"}),  # open ones, unless something else is asked for
    ({"show": "open"}, {"new", "deputys", "recorded", "mos"}),
    ({"show": "ended"}, {"old"}),
    ({"show": "all"}, {"old", "new", "deputys", "recorded", "mos"}),
    ({"status": "recorded"}, {"recorded"}),
    ({"status": "withdrawn"}, {"old"}),  # a status shows ended ones too
    ({"status": "withdrawn", "show": "open"}, set()),
    ({"year": "2025-26", "show": "all"}, {"old"}),
    ({"year": "2026-27", "show": "all"}, {"new", "deputys", "recorded", "mos"}),
    ({"overdue": "on"}, {"new", "recorded"}),
    ({"mine": "on"}, {"new", "deputys", "recorded"}),
    ({"mine": "on", "overdue": "on", "status": "recorded"}, {"recorded"}),
])  # fmt: skip
def test_filters(office, query, expected):
    found = set(references(ask(office, **query)))
    assert found == {getattr(office, name).reference for name in expected}


def test_filter_by_office_holder(office):
    assert references(ask(office, about=office.deputy.pk)) == [office.deputys.reference]
    assert len(references(ask(office, about=office.pcc.pk, show="all"))) == 4


def test_mine_is_mine(office):
    assert references(ask(office, "mo", mine="on")) == [office.mos.reference]


@pytest.mark.parametrize("words, expected", [
    ("WS-C-2026-0002", {"new"}), ("ws-c-2026-0002", {"new"}), ("0003", {"deputys"}),
    ("meeting", {"new"}), ("PUBLIC  meeting", {"new"}), ("meeting contractor", set()),
    ("eleven letters", {"old"}),  # an allegation
    ("Baker", {"new"}), ("zebedee", {"new"}),  # the name, and the complainant's own words
    ("%", set()), ("_", set()), ("'\"", set()), ("\\", set()), (".*", set()),
    ("[a-z]+", {"new"}), ("[q-z]{9}", set()),  # signs part words and mean nothing: what holds both a and z
    ("x' OR 1=1 --", {"old"}), ("q' OR 1=1 --", set()),  # what holds x, or and 1; what holds q as well
    ("\x00", {"old", "new", "deputys", "recorded", "mos"}), ("   ", {"old", "new", "deputys", "recorded", "mos"}),
])  # fmt: skip
def test_search(office, words, expected):
    page = ask(office, q=words, show="all")
    assert set(references(page)) == {getattr(office, name).reference for name in expected}
    if not expected:
        assert "No complaints match. Clear the filters." in page.text
        assert len(references(page.follow("Clear the filters"))) == 4


def test_who_may_not_know_the_complainant_finds_nothing_by_name_or_words(office):
    case = take(office, office.recorded, "filter", route="full_panel")
    case = take(office, case, "refer_to_full_panel")
    assert references(ask(office, "chairman", q="Dean")) == [case.reference]
    page = ask(office, "member")
    assert references(page) == [case.reference]
    assert "Name withheld" in page.text
    assert "Di Dean" not in page.source
    for words in ("Dean", "Di", "wasting everybody"):  # the name, and words of the complaint
        assert case.words
        assert references(ask(office, "member", q=words)) == (
            ["WS-C-2026-0004"] if words == "wasting everybody" else []
        )


ORDERS = {
    "reference": ("old", "new", "deputys", "recorded", "mos"),
    "title": ("recorded", "mos", "deputys", "old", "new"),
    "about": ("old", "new", "recorded", "mos", "deputys"),
    "received": ("old", "new", "recorded", "deputys", "mos"),
}


@pytest.mark.parametrize("key", ORDERS)
def test_each_column_sorts_both_ways(office, key):
    expected = [getattr(office, name).reference for name in ORDERS[key]]
    assert references(ask(office, show="all", sort=key)) == expected
    page = ask(office, show="all", sort=f"-{key}")
    assert references(page) == expected[::-1]
    sorted_by = [th for th in page.root.all("th") if th.attrs.get("aria-sort")]
    assert [th.attrs["aria-sort"] for th in sorted_by] == ["descending"]


def test_headings_turn_the_order_round_and_keep_the_filters(office):
    page = ask(office, q="e", show="all", overdue="", sort="title")
    heading = next(th for th in page.root.all("th") if th.text.startswith("Complaint"))
    assert heading.attrs["aria-sort"] == "ascending"
    again = Browser(office.officer).get(LIST + heading.all("a")[0].attrs["href"])
    assert references(again) == references(page)[::-1]
    assert len(references(page)) > 1


def test_by_status_and_by_due_day(office):
    by_status = references(ask(office, show="all", sort="status"))
    assert by_status[0] == office.new.reference
    assert by_status[-2:] == [office.recorded.reference, office.old.reference]
    waiting = take(office, office.deputys, "ask_for_information", on=date(2026, 11, 17), by_when=date(2026, 11, 25))
    decided = take(office, office.recorded, "filter", route="full_panel")
    forward = references(ask(office, show="all", sort="status"))  # as the procedure goes, not by the alphabet
    assert forward[2:] == [waiting.reference, decided.reference, office.old.reference]
    backward = references(ask(office, show="all", sort="-status"))
    assert backward[:3] == [office.old.reference, decided.reference, waiting.reference]
    due = [office.new, office.recorded, office.deputys, office.mos, office.old]
    assert references(ask(office, show="all")) == [c.reference for c in due]  # late first, nothing due last
    assert references(ask(office, show="all", sort="-due"))[-1] == office.old.reference


@pytest.mark.parametrize("query", [
    {"page": "-1"}, {"page": "0"}, {"page": "9e9"}, {"page": "junk"}, {"page": "9" * 400}, {"page": "\x00"}, {"page": ""},
    {"sort": "password"}, {"sort": "-complainant__name"}, {"sort": "--due"}, {"sort": "?"}, {"sort": "\x00"},
    {"sort": "-"}, {"status": "nowhere"}, {"status": "' OR 1=1"}, {"year": "1066-67"}, {"year": "\x00"},
    {"about": "999999999999999999999"}, {"about": "x"}, {"about": "-1"}, {"show": "everything"},
    {"q": "x" * 7_000}, {"q": "a " * 3_500}, {"q": "(((((((((((((((((((*"}, {"q": "\ud83d"}, {"q": "\U0001f600\u202e"},
    {"overdue": "x" * 1000, "mine": "\x00"}, {"unknown": "1"},
])  # fmt: skip
def test_a_hostile_query_is_answered(office, query):
    encoded = {k: v.encode("utf-8", "surrogatepass") for k, v in query.items()}
    page = Browser(office.officer).get(LIST, encoded)
    assert page.status == 200
    assert page.h1 == "Complaints"


def test_too_long_a_search_says_so_instead_of_ignoring_it(office):
    page = ask(office, q="x" * 7_000)  # beyond 8,000 characters no page is asked: tests/panel/site/test_outside.py
    assert "must be 200 characters or fewer" in page.text


def test_pages_of_25_and_any_other_number_gives_the_nearest(office):
    for _ in range(23):  # four are open already
        log(office)
    first = ask(office, sort="reference")
    assert len(references(first)) == 25
    assert "27 open complaints, showing 1 to 25" in first.text
    second = ask(office, sort="reference", page=2)
    assert references(second) == ["WS-C-2026-0027", "WS-C-2026-0028"]
    searched = ask(office, q="ws-c", sort="-reference")  # found once, for the count and the page
    assert references(searched) == [f"WS-C-2026-{n:04d}" for n in range(28, 3, -1)]
    assert references(ask(office, q="ws-c", sort="reference", page=2)) == references(second)
    assert references(ask(office, sort="reference", page="9999")) == references(second)
    assert references(ask(office, sort="reference", page="-1")) == references(second)
    assert references(ask(office, sort="reference", page="junk")) == references(first)
    assert any("page=2" in u and "sort=reference" in u for u in first.links().values())


def test_where_there_is_nothing(empty_world):
    page = ask(empty_world)
    assert "No complaints yet." in page.text
    assert "Log a complaint" in page.links()
    assert "Log a complaint" not in ask(empty_world, "chairman").links()


def test_an_interest_takes_the_case_away_from_list_count_search_duplicates_home_and_journal(office):
    case = office.new
    browser = Browser(office.officer)
    before = browser.get("/westshire/")
    assert case.title in before.text
    page = browser.get(f"{LIST}{case.reference}/declare_interest/")
    given = {"member": "own", "kind": "close", "nature": "He is my neighbour", "withdrew": "yes"}
    page = page.submit("Continue", **given).submit("Declare the interest")
    assert page.url == "/westshire/"
    assert case.reference not in page.text
    page = ask(office)
    assert case.reference not in references(page)
    assert "3 open complaints" in page.text
    assert references(ask(office, q="Baker")) == references(ask(office, q=case.reference)) == []
    home = browser.get("/westshire/")
    assert case.title not in home.source
    assert home.main.one(cls="app-counts").text != before.main.one(cls="app-counts").text
    assert case.reference not in browser.get("/westshire/history/").source
    similar = browser.get(f"{LIST}new/log/").submit(
        "Continue", channel="email", made_on=ON, on=ON, who="named", name="Bob Baker", email="bob@example.org",
        subjects=[str(office.pcc.pk)], title="Once more", what_1="He shouted again",
    )  # fmt: skip
    assert similar.h1 == "Check before you log this complaint"
    assert case.reference not in similar.source
    for tab in ("", "parts/", "documents/", "timeline/", "history/", "note_contact/"):
        assert browser.get(f"{LIST}{case.reference}/{tab}").status in (403, 404), tab
    assert case.reference in references(ask(office, "mo"))  # and from nobody else


# How often each list asks the database: a literal number, the same for few complaints and for three times as many

QUERIES = {
    ("officer", "/midshire/complaints/?show=open"): 11,
    ("officer", "/midshire/complaints/?q=a+e&show=all&sort=-title&overdue=on&mine=on"): 11,
    ("sitting", "/midshire/complaints/?show=open"): 12,
    ("officer", "/midshire/"): 16,
    ("officer", "/midshire/?after=1"): 16,
    ("mo", "/midshire/"): 16,
    ("auditor", "/midshire/"): 15,
    ("chairman", "/midshire/"): 15,
    ("sitting", "/midshire/"): 16,
    ("officer", "/midshire/history/?what=cases"): 6,
    ("auditor", "/midshire/history/?what=cases"): 6,
    ("admin", "/midshire/history/"): 15,
    ("officer", "CASE"): 22,
    ("officer", "CASE/parts/"): 16,
    ("officer", "CASE/documents/"): 18,
    ("officer", "CASE/timeline/"): 18,
    ("officer", "CASE/history/"): 28,
    ("chairman", "CASE"): 20,
    ("officer", "OTHER/filter/"): 26,
    ("chairman", "OTHER/filter/"): 25,
    ("mo", "CASE/seen/"): 17,
    ("mo", "/midshire/history/openings/"): 7,
}


def queries(browser, url) -> int:
    """How many queries the page asks, once its filters are remembered."""
    browser.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(url).status == 200
    return len(asked)


def test_each_list_asks_as_often_for_few_complaints_as_for_many(empty_world):
    w = empty_world
    w.ready = {}
    browsers = {who: Browser(w.people[who]) for who in {who for who, _ in QUERIES}}

    def three():  # two that wait for the Chairman, and one on whose sub-panel `sitting` sits
        take(w, take(w, log(w, about=("pcc", "deputy"), allegations=2), "record"), "advise", parts=["1"])
        take(w, log(w), "record")
        at(w, "sub_panel")

    closed = at(w, "closed", allegations=2)
    three()
    other = take(w, log(w, allegations=2), "record")
    places = {"CASE": f"/midshire/complaints/{closed.reference}", "OTHER": f"/midshire/complaints/{other.reference}"}

    def counted():
        found = {}
        for who, url in QUERIES:
            head = url.split("/")[0]
            real = url.replace(head, places[head]) if head in places else url
            found[who, url] = queries(browsers[who], real if "?" in real else real.rstrip("/") + "/")
        return found

    few = counted()
    assert few == QUERIES
    for _ in range(3):
        three()
    assert counted() == few
    for n in range(8):
        closed = take(w, closed, "note_contact", note=f"Call {n}")
    more = {key: n for key, n in counted().items() if key[1].startswith("CASE")}
    assert more == {key: n for key, n in QUERIES.items() if key[1].startswith("CASE")}
