"""Beside each text that goes out: what the law forbids, what the text gives, and for words that often make a finding a tick."""

import pytest

from complaints.procedure.no_finding import FORBIDDEN, QUOTED, warned_about
from panel.models import Draft
from tests.panel.pages.cases import case_url, nothing_kept, step_url
from tests.panel.pages.page import Browser
from tests.steps import ON, at, everybody_told, fresh, heard, last

pytestmark = pytest.mark.django_db
WORDS = "The sub-panel thought that he broke the code."


def test_a_word_is_warned_about_first_and_passes_when_it_is_ticked(world):
    case = heard(world, at(world, "informal_resolution"))
    page = Browser(world.officer).get(step_url(case, "record_outcome"))
    assert FORBIDDEN in page.text
    assert "record_quoted" not in page.offered()
    given = {"outcome": "explained", "record": WORDS, "record_is": "opinion", "on": ON}
    with nothing_kept(but=[Draft]):
        page = page.submit("Record the outcome", **given)
    assert page.status == 422
    assert page.errors == {
        "record_quoted": [
            "“broke” can be read as a finding or a sanction, which the Panel has no power to make. Change the words, or tick "
            "that they are an opinion or a quotation"
        ]
    }
    done = page.submit("Record the outcome", record_quoted=True)
    assert done.errors == {}
    assert fresh(case).status == "outcome_recorded"
    timeline = Browser(world.officer).get(case_url(case, "timeline/")).text
    assert f"{QUOTED} Yes" in timeline.replace(":", "")
    assert "What the text gives An opinion of those who looked into it" in timeline.replace(":", "")
    assert Browser(world.officer).get(case_url(case)).rows()["Record of the outcome"] == WORDS


def test_other_words_instead_need_no_tick(world):
    case = heard(world, at(world, "informal_resolution"))
    page = Browser(world.officer).get(step_url(case, "record_outcome"))
    given = {"outcome": "explained", "record": WORDS, "record_is": "agreed", "on": ON}
    page = page.submit("Record the outcome", **given)
    assert page.submit("Record the outcome", record="He explained what he had meant.").errors == {}
    assert "record_quoted" not in last(case).answers


@pytest.mark.parametrize("key, name, button", [("close", "summary", "Close the complaint")])
def test_the_summary_is_asked_the_same_and_printed_on_the_case_and_in_the_report(world, key, name, button):
    case = everybody_told(world, at(world, "outcome_recorded"))
    page = Browser(world.officer).get(step_url(case, key))
    assert page.submit(button, summary="An explanation at Larkford.", on=ON).errors == {
        "summary_is": ["Select whether the text gives an opinion or what was agreed"]
    }
    page.submit(button, summary="An explanation at Larkford.", summary_is="agreed", on=ON)
    assert fresh(case).status == "closed"
    officer = Browser(world.officer)
    assert officer.get(case_url(case)).rows()["Summary for the annual report"] == "An explanation at Larkford."
    report = officer.get("/exshire/complaints/report/?year=2026-27")
    assert "An explanation at Larkford." in report.values()["cases"]
    draft = officer.client.get("/exshire/complaints/report/draft.txt?year=2026-27")
    assert "An explanation at Larkford." in draft.content.decode()


@pytest.mark.parametrize(
    "text, word",
    [
        ("He explained it.", ""), ("The Panel investigated nothing.", ""), ("no principle was breached", "breached"),
        ("“Not upheld”", "Not upheld"), ("must\napologise", "must apologise"), (None, ""), ("", ""),
    ],
)  # fmt: skip
def test_which_words_are_warned_about(text, word):
    assert warned_about(text) == word
