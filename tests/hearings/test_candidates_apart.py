"""Of a job share each candidate is heard, decided, reported on and published by themselves; a vetoed candidate is found, and
a reserve who withdraws leaves the veto. Through the pages."""

from datetime import date

import pytest

from hearings.models import Candidate
from hearings.report.content import Report
from hearings.report.frozen import copies
from panel.casework.case_context import CaseContext
from tests.hearings.build import at, fresh, notify, take
from tests.hearings.test_by_the_day import VOTES, sections, step
from tests.hearings.test_pages import url
from tests.panel.pages.page import Browser
from tests.reading import HEARD, SENT, kinds, open_duties


@pytest.fixture
def shared(world):
    """Two candidates for one post, heard."""
    case = notify(world, 1, flags=["job_share"], candidate_1="Aisha Okafor", candidate_2="Ben Larkin")
    case = take(world, take(world, case, "begin_review"), "arrange_hearing")
    page = step(world, case, "hold_hearing")
    seats = {name: "room" for name in page.offered() if name.startswith("seat_")}
    page = page.submit(
        "Record the hearing", on=HEARD, quorate="yes", in_public="yes", came_1="yes", came_2="no", exempt="none", **seats,
    )  # fmt: skip
    assert page.status == 200, page.errors
    return fresh(case)


def recommend(world, case, *numbers, **more):
    page = step(world, case, "record_recommendation").submit(
        "Record the recommendation", parts=list(numbers), recommendation="appoint", **VOTES, on=HEARD, **more
    )
    assert page.status == 200, page.errors
    return fresh(case)


def send(world, case, **more):
    page = step(world, case, "send_report").submit("Record that it was sent", how="email", **more)
    assert page.status == 200, page.errors
    return fresh(case)


def test_who_appeared_is_kept_of_each(world, shared):
    assert list(Candidate.objects.filter(case=shared).order_by("number").values_list("appeared", flat=True)) == [
        True,
        False,
    ]
    said = sections(world, shared)
    assert "Aisha Okafor appeared in person. Ben Larkin did not appear." in said


def test_reporting_on_one_closes_nothing_for_the_other_and_does_not_bar_it(world, shared):
    case = recommend(world, shared, "1")
    assert "deliberate" in kinds(case)
    case = send(world, case, on=SENT)
    assert {"report", "decision"} <= set(kinds(case))
    one, two = Candidate.objects.filter(case=case).order_by("number")
    assert (one.reported_on, two.reported_on, one.status, two.status) == (SENT, None, "reported", "heard")
    page = step(world, case, "pcc_accepts").submit("Record the decision", appointed="yes", on=SENT)
    assert page.status == 200, page.errors
    case = recommend(world, fresh(case), "2")
    assert "deliberate" not in kinds(case)
    case = send(world, case, on=date(2026, 11, 18))
    assert "report" not in kinds(case)
    assert "decision" in kinds(case)
    one, two = Candidate.objects.filter(case=case).order_by("number")
    assert (one.reported_on, two.reported_on) == (SENT, date(2026, 11, 18))
    assert (one.status, two.status) == ("accepted", "reported")
    page = step(world, case, "publish_report").submit(
        "Record that it was published",
        where="Website",
        whom=["1"],
        early_why="Agreed",
        early_agreed="yes",
        on=date(2026, 11, 18),
    )
    assert page.status == 200, page.errors
    assert [d.kind for d in open_duties(case, "publish")] == ["publish"]
    assert [p.name for p in CaseContext(fresh(case), world.officer).facts.to_publish] == ["Ben Larkin"]


def test_a_decision_on_one_leaves_the_decision_on_the_other_owed(world, shared):
    case = send(world, recommend(world, shared, "1", "2"), on=SENT)
    page = step(world, case, "pcc_accepts").submit("Record the decision", parts=["1"], appointed="yes", on=SENT)
    assert page.status == 200, page.errors
    assert "decision" in kinds(fresh(case))
    page = Browser(world.officer).get(url(case))
    assert "Aisha Okafor: appointed" in page.text


def test_a_vetoed_candidate_is_found_and_named(ready_world):
    world = ready_world
    case = at(world, "reserve_notified", 8)
    page = Browser(world.officer).get(f"/{world.panel.slug}/hearings/", {"q": "Farida", "show": "all"})
    assert case.reference in page.text
    assert "after Farida Haddon, vetoed" in page.text
    assert "Farida Haddon" in case.title


@pytest.mark.parametrize("state", ["reserve_notified", "reserve_heard", "reserve_reported"])
def test_a_reserve_who_withdraws_leaves_the_veto(ready_world, state):
    world = ready_world
    case = at(world, state, 8)
    page = step(world, case, "candidate_withdraws").submit("Record the withdrawal", told_by="The Commissioner")
    assert page.status == 200, page.errors
    case = fresh(case)
    assert case.status == "vetoed"
    assert case.title == "Farida Haddon, proposed Chief Constable: vetoed"
    assert "await_reserve" in kinds(case)
    assert not {"reserve_decision", "report_reserve", "hold_reserve", "review_reserve"} & set(kinds(case))
    assert "Reserve candidate Owen Trask has withdrawn" in Browser(world.officer).get(url(case, "case-parts")).text or (
        "Reserve candidate Owen Trask has withdrawn" in Browser(world.officer).get(url(case)).text
    )
    case = take(world, case, "notify_reserve", candidate_1="Una Bell")
    assert case.status == "reserve_notified"


def test_the_decision_on_a_reserve_rests_on_part_3_alone(ready_world):
    world = ready_world
    case = at(world, "reserve_reported", 8)
    page = step(world, case, "pcc_accepts")
    assert "Part 3 of SI 2012/2271" in page.text
    assert "paragraph 7" not in page.main.one(cls="app-bar").text
    assert {"reserve_decision", "publish_reserve"} <= set(kinds(case))
    said = sections(world, case)
    assert "Part 3 of the Police and Crime Panels (Precepts and Chief Constable Appointments) Regulations 2012" in said
    assert "paragraph 7" not in said
    assert "The last day for it" not in said  # the period of Part 3 was not read
    overview = Browser(world.officer).get(url(case)).text
    for cited in ("paragraph 7.", "Recommend, or veto"):
        assert cited not in overview
    case = take(world, case, "pcc_accepts")
    timeline = Browser(world.officer).get(url(case, "case-timeline")).text
    assert "Part 3 of SI 2012/2271" in timeline


def test_an_ended_reserve_is_reopened_where_it_stood(ready_world):
    world = ready_world
    case = take(world, at(world, "reserve_reported", 8), "pcc_rejects")
    page = step(world, case, "reopen", by="mo")
    assert page.offered()["to"] == ["reserve_under_review", "reserve_reported", "vetoed"]
    page = page.submit("Reopen it", to="reserve_reported", why="A slip.")
    assert page.status == 200, page.errors
    assert fresh(case).status == "reserve_reported"
    assert "reserve_decision" in kinds(fresh(case))


@pytest.mark.parametrize(
    "said, key, appointed, questioned",
    [
        ("refuse", "pcc_accepts", "yes", True),
        ("refuse", "pcc_accepts", "no", False),
        ("appoint", "pcc_accepts", "no", True),
        ("appoint", "pcc_rejects", "yes", True),
        ("refuse", "pcc_rejects", "yes", False),
    ],
)
def test_what_became_of_the_candidate_follows_from_the_decision(world, said, key, appointed, questioned):
    case = take(world, at(world, "heard"), "record_recommendation", recommendation=said)
    case = take(world, case, "send_report")
    page = step(world, case, key).submit("Record the decision", appointed=appointed)
    assert ("other_why" in page.errors) == questioned
    if questioned:
        page = step(world, case, key).submit("Record the decision", appointed=appointed, other_why="He wrote so.")
    words = "Appointed" if appointed == "yes" else "Not appointed"
    assert words in page.text
    listed = Browser(world.officer).get(f"/{world.panel.slug}/hearings/", {"show": "all"})
    assert words in listed.text


def test_a_second_report_after_a_reopening_can_be_sent(ready_world):
    world = ready_world
    case = take(world, at(world, "accepted", 1), "reopen")
    for key in ("arrange_hearing", "hold_hearing", "record_recommendation", "send_report"):
        case = take(world, case, key)
    assert case.status == "reported"
    assert Report(CaseContext(case, world.officer)).ready


def test_what_waits_is_said_to_be_whose_it_is(world):
    case = take(world, at(world, "reported"), "publish_report", on=date(2026, 11, 18))
    text = Browser(world.officer).get(url(case, "case")).text
    assert "No day set: the Commissioner to notify the Panel of the decision" in text


def test_of_two_reports_the_corrected_one_waits_to_be_published(world, shared):
    case = take(world, shared, "record_recommendation")
    for part in ("1", "2"):
        case = take(world, case, "send_report", parts=[part])
    case = take(world, case, "publish_report", on=date(2026, 11, 18))
    case = take(world, case, "send_corrected_report", on=date(2026, 11, 18), which="1")
    text = Browser(world.officer).get(url(case, "case")).text
    assert "Not published yet: on Aisha Okafor" in text
    assert "; not published yet: on Aisha Okafor" in text
    assert [d.kind for d in open_duties(case, "publish")] == ["publish"]
    case = take(world, case, "publish_report", on=date(2026, 11, 18))
    assert "ot published yet" not in Browser(world.officer).get(url(case, "case")).text


def test_duties_and_timeline_name_the_candidates_they_are_about(world, shared):
    case = take(world, shared, "record_recommendation")
    case = take(world, case, "send_report", parts=["1"])
    text = Browser(world.officer).get(url(case, "case")).text
    for words in (
        "Send the report to the Commissioner (Ben Larkin)", "Publish the report (Aisha Okafor)",
        "The Commissioner to notify the Panel of the decision (Aisha Okafor)", "Report sent, Aisha Okafor",
    ):  # fmt: skip
        assert words in text, words
    case = take(world, case, "send_report", parts=["2"])
    page = Browser(world.officer).get(url(case, "case"))
    assert "Publish the report (" not in page.text  # the second report is to be published as well
    assert "of the decision (" not in page.text
    assert step(world, case, "pcc_accepts").offered()["parts"] == ["1", "2"]
    for address in ("case", "case-timeline", "case-history"):
        said = Browser(world.officer).get(url(case, address)).text.casefold()
        assert "candidate 1" not in said
        assert "candidate 2" not in said
    copy = copies(CaseContext(fresh(case), world.officer))[0]
    assert copy.letter.title == "Proposed appointment of Ben Larkin as Chief Executive (job share): the Panel’s report"
