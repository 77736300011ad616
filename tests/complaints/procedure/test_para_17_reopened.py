"""Paragraph 17: what was advised, agreed, said or decided before a complaint was reopened counts no more."""

import pytest

from panel.casework.case_context import CaseContext
from tests.complaints.procedure.test_duties import conduct_matter
from tests.panel.pages.cases import case_url, step_url
from tests.panel.pages.page import Browser
from tests.steps import DISAPPLIED, at, close, errors, everybody_told, fresh, heard, take, walk

pytestmark = pytest.mark.django_db

NO_ADVICE = "Enter why you are deciding without the Monitoring Officer’s advice"
AGAIN = [("filter", {}), ("appoint_sub_panel", {}), ("resolve_informally", {"dealt_with_by": "sub_panel"})]


def reopened(world, *before, allegations=1):
    """A complaint that was handled with these steps on the way, closed, and reopened to the Chairman."""
    case = take(world, at(world, "recorded", allegations=allegations), "advise")
    case = heard(world, walk(world, case, AGAIN))
    for key in before:
        case = take(world, case, key)
    case = close(world, take(world, take(world, case, "decide_copies"), "record_outcome"))
    return take(world, case, "reopen")


def test_the_chairman_is_asked_why_he_decides_without_advice_once_it_is_reopened(world):
    case = reopened(world)
    page = Browser(world.chairman).get(step_url(case, "filter"))
    assert "Why are you deciding without advice?" in page.text
    assert errors(world, case, "filter", no_advice_why="") == {"no_advice_why": [NO_ADVICE]}
    case = take(world, fresh(case), "advise")
    page = Browser(world.chairman).get(step_url(case, "filter"))
    assert "Why are you deciding without advice?" not in page.text
    assert "None of the grounds fits." in page.text


def test_advice_of_before_is_not_shown_beside_the_new_decision(world):
    case = reopened(world)
    assert "None of the grounds fits." not in Browser(world.chairman).get(step_url(case, "filter")).text
    assert "None of the grounds fits." in Browser(world.officer).get(case_url(case, "timeline/")).text


@pytest.mark.parametrize("noted, outcome", [("note_apology", "apology"), ("note_opinion", "opinion")])
def test_an_apology_or_an_opinion_of_before_is_no_outcome_of_the_new_resolution(world, noted, outcome):
    case = heard(world, walk(world, reopened(world, noted), AGAIN))
    assert list(errors(world, case, "record_outcome", outcome=outcome)) == ["outcome"]
    case = take(world, fresh(case), noted)
    assert take(world, case, "record_outcome", outcome=outcome).status == "outcome_recorded"


def test_without_a_reopening_they_count(world):
    case = heard(world, at(world, "informal_resolution"))
    case = take(world, case, "note_apology")
    assert take(world, case, "record_outcome", outcome="apology").status == "outcome_recorded"


def test_a_meeting_of_before_cannot_be_put_off(world):
    case = reopened(world, "arrange_meeting")
    case = walk(world, case, AGAIN[:1])
    page = Browser(world.officer).get(step_url(case, "adjourn"))
    assert (page.status, "No meeting is arranged." in page.text) == (409, True)


def test_a_publication_decided_before_is_not_that_of_the_new_outcome(world):
    case = take(world, at(world, "closed"), "invite_representations")
    for side in CaseContext(case, world.officer).facts.sides():
        case = take(world, case, "note_representations", side=side)
    case = take(world, case, "decide_publication")
    assert CaseContext(case, world.officer).register.presenter(CaseContext(case, world.officer)).publication()
    case = take(world, everybody_told(world, case), "reopen")
    assert not CaseContext(case, world.officer).register.presenter(CaseContext(case, world.officer)).publication()


def test_a_conduct_matter_goes_on_at_recorded_and_is_not_decided_on_anew(world):
    case = take(world, fresh(conduct_matter(world)), "void")
    said = {"to": ["A conduct matter is on the record already: it goes on at Recorded"]}
    assert errors(world, case, "reopen", to="received") == said
    assert take(world, case, "reopen", to="recorded").status == "recorded"


def test_only_the_allegation_that_is_reopened_loses_its_advice(world):
    case = take(world, at(world, "recorded", allegations=2), "advise")
    case = take(world, case, "filter", parts=["2"], route="no_action", **DISAPPLIED)
    case = take(world, close(world, case), "reopen", parts=["2"])
    facts = CaseContext(case, world.officer).facts
    assert [facts.advised(p) for p in facts.look.parts] == [True, False]
    page = Browser(world.chairman).get(step_url(case, "filter"))
    assert "None of the grounds fits." in page.text
