"""Posts and addresses that no page of ours sends (tests/fuzz.py), on a panel with a case in every state; and the kinds that
were once answered with an error of ours, each by name."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.fuzz import Fuzz, hearings_of
from tests.panel.pages.cases import answers_to_make, case_url, nothing_kept, step_url
from tests.panel.pages.page import Browser
from tests.steps import at

LONG = ("9999999999", "9" * 5000, "²", "٣", "-1")


@pytest.mark.parametrize("seed, turns", [(1, 120), pytest.param(2, 2000, marks=pytest.mark.deep)])
def test_no_hand_made_post_gives_an_error_of_ours(world, seed, turns):
    world.ready |= hearings_of(world)
    fuzz = Fuzz(world, seed)
    fuzz.run(turns)
    assert fuzz.wrong == [], f"{len(fuzz.wrong)} of {turns}:\n\n" + "\n\n".join(fuzz.wrong[:12])
    assert fuzz.sent == turns


def forms_with_days(world):
    """(who, address, question) of one form of each kind that asks for a day."""
    case = at(world, "received")
    return [
        ("officer", step_url(None, "log"), "made_on"), ("officer", case_url(case, "record/"), "on"),
        ("officer", case_url(case, "ask_for_information/"), "by_when"), ("officer", case_url(case, "add_allegation/"), "happened_on_1"),
        ("officer", "/exshire/people/members/add/", "from_date"), ("mo", "/exshire/settings/change/", "from_date"),
        ("admin", "/exshire/users/invite/", "from_date"),
    ]  # fmt: skip


@pytest.mark.parametrize("part", ["day", "month", "year"])
@pytest.mark.parametrize("number", LONG)
def test_no_number_is_too_long_for_a_box_of_a_day(world, part, number):
    """The text that was typed is there again."""
    for who, address, name in forms_with_days(world):
        page = Browser(world.people[who]).get(address)
        data = page.values() | {
            f"{name}_day": "3",
            f"{name}_month": "11",
            f"{name}_year": "2026",
            f"{name}_{part}": number,
        }
        data["why"] = "What was typed stays."
        page = page.browser.send(address, data)
        assert page.status in (200, 422), address
        assert [m for m in page.errors[name] if "must" in m], (address, page.errors)
        values = page.values()
        assert values[f"{name}_{part}"] == number
        assert values.get("why", data["why"]) == data["why"]


@pytest.mark.parametrize("number", LONG)
@pytest.mark.parametrize("address", ["/exshire/history/openings/?first", "/exshire/complaints/report/?as_at"])
def test_nor_for_that_of_a_filter(world, address, number):
    address, name = address.split("?")
    answer = Browser(world.mo).get(address, {f"{name}_day": number, f"{name}_month": "1", f"{name}_year": "2026"})
    assert answer.status == 200
    assert "must be a real date" in answer.source


@pytest.mark.parametrize("version", ["²", *(pytest.param(v, marks=pytest.mark.deep) for v in ("9" * 30, "-1", "x"))])
@pytest.mark.parametrize("address", [
    "/exshire/people/members/PERSON/", "/exshire/settings/change/", "/exshire/complaints/report/?year=2026-27",
])  # fmt: skip
def test_a_version_that_is_none_is_somebody_elses(world, version, address):
    """Nothing is kept: whoever sends it did not see what they would change."""
    address = address.replace("PERSON", str(world.members[4].pk))
    page = Browser(world.mo if "settings" in address else world.officer).get(address)
    if "report" in address:
        page.submit("Save the text", shows="A first version")
        page = page.browser.get(address)
    data = page.values() | {
        "why": "Because",
        "name": "Another",
        "record_days": "77",
        "shows": "Another",
        "version": version,
    }
    for row in ("1", "²", "9" * 30):
        with nothing_kept():
            assert page.browser.send(address, data | {"row": row}).status in (409, 422)


@pytest.mark.parametrize("key", ["log", "withdraw", "record", "add_documents", "note_contact", "filter"])
def test_what_is_confirmed_with_a_bad_document_is_asked_again(world, key):
    case = None if key == "log" else at(world, "recorded" if key == "filter" else "received")
    by = Browser(world.chairman if key == "filter" else world.officer)
    page = by.get(step_url(case, key))
    given = answers_to_make(world, "log") | {"similar": "own"} if key == "log" else {}
    for name, seen in (("a.exe", None), ("", "0"), ("a.pdf", None)):
        bad = SimpleUploadedFile("a", b"MZ\x90")
        bad._name = name
        data = (
            page.values()
            | given
            | {"confirmed": "1", "documents": [bad], "on": "2026-11-03"}
            | ({"seen": seen} if seen else {})
        )
        answer = by.send(step_url(case, key), data)
        assert answer.status in (409, 422) or not name, (name, answer.status)


@pytest.mark.parametrize("panel", ["exshire", "midshire"])
def test_a_report_of_the_first_and_of_the_last_year(world, empty_world, panel):
    officer = Browser((world if panel == "exshire" else empty_world).officer)
    for year in ("1899-00", "1900-01", "2099-00", "2100-01"):
        for page in ("report/", "report/issue/", "report/draft.docx", "report/draft.csv", "report/draft.html"):
            for more in ("", "&as_at=1900-01-01", "&as_at=0001-01-01"):
                answer = officer.client.get(f"/{panel}/complaints/{page}?year={year}{more}")
                assert answer.status_code in (200, 404), (page, more)
