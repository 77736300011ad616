"""Every state of both Schedules, and every step that is offered there, through its page: none breaks."""

from datetime import date

import pytest

from hearings.procedure import schedule1, schedule8
from panel.casework.case_context import CaseContext
from panel.casework.offers import offers
from panel.law import clock
from tests.hearings.build import answers, at, fresh, take
from tests.hearings.test_pages import url
from tests.offered import walk_offered
from tests.panel.pages.page import Browser
from tests.reading import ALL_FOUR, HEARD

OFTEN = {(1, "appointed_without_notification")}
STATES = [
    pytest.param(n, s.key, marks=() if (n, s.key) in OFTEN else pytest.mark.deep)
    for n, p in ((1, schedule1.PROCEDURE), (8, schedule8.PROCEDURE))
    for s in p.states
]


@pytest.mark.parametrize("schedule, state", STATES)
def test_no_step_that_is_offered_breaks_its_page(ready_world, schedule, state):
    world = ready_world
    case = at(world, state, schedule)
    for person in (world.mo,) if (schedule, state) in OFTEN else (world.officer, world.mo):
        told = walk_offered(person, case, lambda key, by=person: answers(world, fresh(case), key, by))
        assert "note_contact" in told
        assert told["note_contact"] == 200


WAYS = {  # where hearings come to by ways that are no state of their own
    "reopened": (1, "accepted", "reopen", {}),
    "reopened with a veto": (8, "reserve_reported", "reopen_reserve", {}),
    "put off": (8, "hearing_arranged", "put_off_hearing", {}),
    "adjourned": (1, "hearing_arranged", "adjourn_hearing", {"on": HEARD, "meeting_on": date(2026, 11, 20)}),
    "adjourned without a day": (
        8, "hearing_arranged", "adjourn_hearing",
        {"on": HEARD, "resumes": "no", "meeting_on": None, "at": "", "place": ""},
    ),
    "planned for a day": (1, "planned", "plan_day", {}),
    "notified late": (1, "appointed_without_notification", "notify_late", {}),
}  # fmt: skip


@pytest.mark.deep
@pytest.mark.parametrize("way", WAYS)
def test_no_step_breaks_on_a_hearing_that_came_there_by_another_way(ready_world, way):
    world = ready_world
    schedule, state, key, over = WAYS[way]
    case = at(world, state, schedule)
    if key == "reopen_reserve":
        case, key, over = take(world, case, "pcc_rejects"), "reopen", {"to": "vetoed"}
    case = take(world, case, key, **over)
    for person in (world.officer, world.mo):
        told = walk_offered(person, case, lambda key, by=person: answers(world, fresh(case), key, by))
        assert told["note_contact"] == 200


def offered(case, person):
    return {o.step.key for o in offers(CaseContext(fresh(case), person)) if o.refusal is None}


def test_without_a_notification_nothing_is_offered_that_needs_one(ready_world):
    world = ready_world
    case = at(world, "appointed_without_notification", 1)
    can = offered(case, world.officer) | offered(case, world.mo)
    assert not can & {"complete_item", "skip_item", "note_not_done", "decide_count", "note_election", "publish_report",
                      "plan_questions", "note_answers", "reopen", "publish_agenda", "note_late_information"}  # fmt: skip
    assert {"notify_late", "void", "correct", "note_contact", "add_documents"} <= can
    for key in ("decide_count", "note_election", "complete_item", "publish_report", "lapse", "arrange_hearing"):
        page = Browser(world.officer).get(url(case, "case") + f"{key}/")
        assert page.status == 409, key
        for untrue in ("run already", "The report has been sent", "has reported", "is arranged already", "has begun"):
            assert untrue not in page.text, key


def test_a_late_notification_is_logged_on_it_and_the_review_goes_on(ready_world):
    world = ready_world
    case = at(world, "appointed_without_notification", 1)
    today = clock.today()
    page = Browser(world.officer).get(url(case, "case") + "notify_late/")
    page = page.submit("Log the notification", on=today, came=ALL_FOUR)
    assert page.status == 200
    case = fresh(case)
    assert case.status == "notified"
    assert case.title == "Nobody Told, proposed Chief Executive"
    assert clock.three_weeks(today).day.strftime("%-d %B") in page.text
    case = take(world, take(world, case, "begin_review", on=today), "arrange_hearing", on=today, meeting_on=today)
    assert case.status == "hearing_arranged"
    part = case.parts.get().candidate
    assert part.appointed is True  # what was known stays known


@pytest.mark.parametrize(
    "state, key, untrue",
    [
        ("reported", "send_report", "has not been held"),
        ("accepted", "pcc_accepts", "has not been sent"),
        ("reported", "record_recommendation", "has not been held"),
        ("void", "arrange_hearing", "arranged already"),
        ("void", "begin_review", "has begun"),
        ("proposal_withdrawn", "lapse", "has reported"),
    ],
)
def test_why_a_step_cannot_be_taken_is_true(ready_world, state, key, untrue):
    case = at(ready_world, state, 1)
    page = Browser(ready_world.officer).get(url(case, "case") + f"{key}/")
    assert page.status == 409
    assert untrue not in page.text


@pytest.mark.parametrize(
    "state, reason",
    [
        ("hearing_arranged", "The hearing has not been held."),
        ("vetoed", "The Panel has vetoed already."),
        ("reserve_heard", "Of a reserve candidate there is no veto: the Panel recommends."),
        ("reported", "It stands at Report sent."),
    ],
)
def test_why_there_is_no_veto_is_one_reason_for_each_place(ready_world, state, reason):
    case = at(ready_world, state, 8)
    page = Browser(ready_world.officer).get(url(case, "case") + "veto/")
    assert page.status == 409
    assert reason in page.text
    others = {"The hearing has not been held", "vetoed already", "there is no veto"}
    assert [words for words in others if words in page.text and words not in reason] == []


def test_the_reason_is_said_where_it_is_true(ready_world):
    case = at(ready_world, "notified", 1)
    page = Browser(ready_world.officer).get(url(case, "case") + "record_recommendation/")
    assert "The hearing has not been held." in page.text
