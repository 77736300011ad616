"""What was lawful on its day is typed up later, through the pages: the day of the act decides, not the day of typing."""

from datetime import UTC, date, datetime

import pytest

from hearings.models import Candidate
from hearings.report.content import Report
from hearings.report.frozen import copies
from panel.casework.case_context import CaseContext
from panel.files.paper import as_text
from panel.law import clock
from tests.hearings.build import at, fresh, notify, report_text, take
from tests.hearings.test_pages import url
from tests.panel.pages.page import Browser
from tests.reading import HEARD, kinds

LAST_DAY = date(2026, 11, 29)  # of the three weeks
LATER = datetime(2026, 12, 9, 9, tzinfo=UTC)
VOTES = {
    "taken": "counted",
    "votes_for": 7,
    "votes_against": 2,
    "abstained": 1,
    "evidence": "Minute 4",
    "why": "As minuted.",
}


@pytest.fixture
def later():
    """Ten days after the three weeks."""
    with clock.set_to(LATER):
        yield


def step(world, case, key, by="officer"):
    return Browser(world.people[by]).get(url(case, "step", key))


def sections(world, case):
    """The words of the report as it was sent, or as it would go now."""
    look = CaseContext(fresh(case), world.officer)
    return report_text(world, case) if copies(look) else as_text(Report(look).paper())


def vetoed(world, case, on=date(2026, 11, 18)):
    page = step(world, case, "veto")
    assert page.status == 200
    page = page.submit("Record the veto", **VOTES, on=on)
    assert fresh(case).status == "vetoed", page.errors
    return fresh(case)


def sent(world, case, on, **more):
    page = step(world, case, "send_report")
    assert page.status == 200
    data = {
        "how": "email",
        "on": on,
        **({"late_why": "Forgotten", "late_reason": "other"} if on > LAST_DAY else {}),
        **more,
    }
    page = page.submit("Record that it was sent", **data)
    assert page.status == 200, page.errors
    return fresh(case)


def test_a_veto_in_time_is_typed_late(ready_world, later):
    world, case = ready_world, at(ready_world, "heard", 8)
    page = step(world, case, "veto")
    assert "Not for today: The three weeks ended on 29 November 2026" in page.text
    assert page.day("on") == "18 11 2026" or page.day("on") == "16 11 2026"
    refused = page.submit("Record the veto", **VOTES, on=date(2026, 12, 1))
    assert "the Panel can no longer veto" in " ".join(refused.errors["on"])
    case = vetoed(world, case)
    case = sent(world, case, date(2026, 11, 19))
    assert case.status == "vetoed"
    assert "await_reserve" in kinds(case)
    assert "must not be appointed" in sections(world, case)


def test_a_veto_reported_late_fell(ready_world, later):
    world = ready_world
    case = sent(world, vetoed(world, at(world, "heard", 8)), date(2026, 12, 2))
    assert case.status == "lapsed"
    assert not {"await_reserve", "report_veto", "decision"} & set(kinds(case))
    assert "tell_panel" in kinds(case)
    said = sections(world, case)
    assert "must not be appointed" not in said
    assert "The veto has therefore fallen" in said
    assert "may appoint" in said
    assert "paragraph 2 of Schedule 8" in said
    assert "Police Reform and Social Responsibility Act 2011, Schedule 8" in said
    letter = copies(CaseContext(fresh(case), world.officer))[0].letter
    assert letter.title == "Proposed appointment of Farida Haddon as Chief Constable: veto, which has fallen"
    words = as_text(letter)
    assert "The Panel voted to veto the appointment." in words
    assert "has vetoed" not in words
    assert "paragraphs 4 and 5" not in words
    page = Browser(world.officer).get(url(case))
    assert "Veto fell" in page.text
    assert "The Commissioner May make the appointment: the veto fell" in page.text
    assert step(world, case, "notify_reserve").status == 409
    refused = step(world, case, "reopen", by="mo").submit("Reopen it", to="vetoed", why="Was it?")
    assert "so it fell" in " ".join(refused.errors["to"])


def test_a_veto_that_an_election_brings_into_time_is_reopened_at_vetoed(ready_world, later):
    world = ready_world
    case = sent(world, vetoed(world, at(world, "heard", 8)), date(2026, 12, 2))
    page = step(world, case, "note_election").submit(
        "Note the election", poll_on=date(2026, 11, 20), accepted_on=date(2026, 11, 27), poll_is_right=True
    )
    assert page.status == 200, page.errors
    page = step(world, fresh(case), "reopen", by="mo").submit("Reopen it", to="vetoed", why="The election.")
    assert page.status == 200, page.errors
    case = fresh(case)
    assert case.status == "vetoed"
    assert "await_reserve" in kinds(case)


def test_an_agenda_published_in_time_is_typed_after_the_hearing(ready_world, later):
    world = ready_world
    case = notify(world, 1, on=date(2026, 11, 2))
    case = take(world, case, "begin_review", on=date(2026, 11, 2))
    case = take(world, case, "arrange_hearing", on=date(2026, 11, 2))
    case = take(world, case, "hold_hearing", on=HEARD)
    assert "The agenda had been published" not in sections(world, case)
    page = step(world, case, "publish_agenda")
    assert page.status == 200
    page = page.submit("Record that it was published", where="The website", on=date(2026, 11, 6))
    assert page.status == 200, page.errors
    assert "The agenda had been published on 6 November 2026." in sections(world, case)
    assert step(world, case, "publish_agenda").status == 409


def test_what_came_before_the_hearing_is_typed_after_it(ready_world, later):
    world = ready_world
    case = notify(world, 1, came=["name"], counts="from_notice", counts_why="The rest follows.")
    for key in ("begin_review", "arrange_hearing", "hold_hearing"):
        case = take(world, case, key)
    page = step(world, case, "note_late_information")
    page = page.submit("Record what came", came=["criteria", "reasons", "terms"], on=date(2026, 11, 11))
    assert page.status == 200, page.errors
    assert fresh(case).status == "heard"
    assert "Has not come" not in sections(world, case)


def test_a_case_lapsed_long_ago_keeps_whether_the_candidate_was_appointed(ready_world, later):
    world, case = ready_world, at(ready_world, "notified", 1)
    page = step(world, case, "lapse").submit(
        "Record it", on=date(2026, 11, 30), what_followed="She was appointed.", why="No meeting.", appointed="yes",
        appointed_from=date(2026, 11, 30),
    )  # fmt: skip
    assert page.status == 200, page.errors
    assert Candidate.objects.get(case=case).became == "Appointed from 30 November 2026"
    assert step(world, at(world, "under_review", 1), "lapse").submit(
        "Record it", on=date(2026, 11, 29), what_followed="?", why="?"
    ).errors["on"] == ["The three weeks end on 29 November 2026."]


def test_an_appointment_before_the_report_is_kept_and_the_review_goes_on(ready_world):
    world, case = ready_world, at(ready_world, "under_review", 8)
    page = step(world, case, "note_early_appointment").submit("Note the appointment", known="A press notice.")
    assert page.status == 200, page.errors
    case = fresh(case)
    assert case.status == "under_review"
    assert "Appointed" in Browser(world.officer).get(url(case)).text
    assert "report" in kinds(case)
