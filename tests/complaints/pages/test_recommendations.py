"""A report under section 28(6) and a recommendation within an informal resolution, their answers, and a vote of no
confidence, on their real pages."""

from datetime import date

import pytest

from complaints.procedure import PROCEDURE
from panel.law.roles import Basis
from tests.panel.pages.cases import nothing_kept, step_url
from tests.panel.pages.page import Browser
from tests.steps import LATER, ON, at, cannot, fresh, heard, kinds, last, open_duties, part, take

RECORD = {"record_is": "agreed", "record": "He will enter gifts within a month.", "on": ON}


def outcome(world, about=("pcc",), **given):
    """The page of the outcome, and the complaint."""
    case = at(world, "informal_resolution", about=about) if about != ("pcc",) else at(world, "informal_resolution")
    case = heard(world, case)
    return case, Browser(world.officer).get(step_url(case, "record_outcome"))


def test_a_report_is_answered_within_the_period_that_the_panel_sets_and_is_published(world):
    case, page = outcome(world)
    with nothing_kept():
        page = page.submit("Record the outcome", **RECORD, outcome="report")
    assert page.errors == {"answer_due": ["Enter the day by which an answer is due"]}
    with nothing_kept():
        past = page.submit("Record the outcome", answer_due=date(2026, 11, 1))
    assert past.errors == {"answer_due": ["The day by which an answer is due must be on or after the day of this step"]}
    page.submit("Record the outcome", answer_due=LATER)
    (answer,) = open_duties(case, "await_answer")
    assert (answer.due, answer.recipient) == (LATER, f"office_holder:{world.pcc.pk}")
    (publish,) = open_duties(case, "publish_report")
    assert (publish.due, publish.recipient) == (None, "the_public")
    assert PROCEDURE.duty("await_answer").provisions == ("para 14", "s 29(3)", "s 29(4)")
    assert (PROCEDURE.duty("publish_report").provisions, PROCEDURE.duty("publish_report").basis) == (
        ("s 28(7)",), Basis.LAW,
    )  # fmt: skip


def test_a_recommendation_within_an_informal_resolution_has_no_answer_in_law(world):
    case, page = outcome(world)
    page.submit("Record the outcome", **RECORD, outcome="recommendations")
    assert {"await_answer", "publish_report", "await_reply"} & set(kinds(case)) == {"await_reply"}
    (reply,) = open_duties(case, "await_reply")
    assert (reply.due, PROCEDURE.duty("await_reply").basis) == (None, Basis.GUIDANCE)
    assert part(case).get_outcome_display() == "Recommendations within the informal resolution"


def test_the_commissioner_answers_a_report_on_a_complaint_about_the_deputy(world):
    case, page = outcome(world, about=("deputy",))
    page.submit("Record the outcome", **RECORD, outcome="report", answer_due=LATER)
    assert [d.recipient for d in open_duties(case, "await_answer")] == ["commissioner"]
    page = Browser(world.officer).get(step_url(case, "note_answer"))
    assert page.offered()["side"] == [f"office_holder:{world.deputy.pk}", "commissioner"]
    page.submit("Save the answer", side="commissioner", reply="refused", answer="No.", on=ON)
    assert "await_answer" not in kinds(case)


def test_a_report_is_not_closed_before_it_is_published(world):
    case, page = outcome(world)
    page.submit("Record the outcome", **RECORD, outcome="report", answer_due=LATER)
    case = take(world, fresh(case), "decide_copies")
    told = [str(d.pk) for d in open_duties(case) if PROCEDURE.duty(d.kind).notice and d.kind != "publish_report"]
    case = take(world, case, "give_notice", duties=told)
    assert "reg 37" in cannot(world, case, "close")
    page = Browser(world.officer).get(step_url(case, "give_notice"))
    (duty,) = open_duties(case, "publish_report")
    page.submit("Record that it was sent", duties=[str(duty.pk)], how="website", no_copy="/panel/reports", on=ON)
    assert take(world, fresh(case), "close").status == "closed"


@pytest.fixture
def reported(world):
    case = heard(world, at(world, "informal_resolution"))
    return take(world, case, "record_outcome", outcome="report")


def answering(world, case):
    """The page of the answer."""
    return Browser(world.officer).get(step_url(case, "note_answer"))


def test_an_answer_is_accepted_refused_or_done(world, reported):
    side = f"office_holder:{world.pcc.pk}"
    page = answering(world, reported)
    with nothing_kept():
        page = page.submit("Save the answer", on=ON, side=side, answer="Yes.")
    assert page.errors == {"reply": ["Select whether it is accepted, refused or done"]}
    with nothing_kept():
        page = page.submit("Save the answer", reply="accepted")
    assert page.errors == {"done_by": ["Enter the day by which it will be done"]}
    with nothing_kept():
        past = page.submit("Save the answer", done_by=date(2026, 11, 1))
    assert list(past.errors) == ["done_by"]
    page.submit("Save the answer", done_by=LATER)
    assert "await_answer" not in kinds(reported)
    assert [(d.recipient, d.due) for d in open_duties(reported, "await_action")] == [(side, LATER)]
    answering(world, reported).submit("Save the answer", on=ON, side=side, reply="done", answer="It is done.")
    assert "await_action" not in kinds(reported)
    assert len(open_duties(reported, "tell_done")) == 1


def test_a_refusal_is_reported_to_the_panel(world, reported):
    side = f"office_holder:{world.pcc.pk}"
    answering(world, reported).submit("Save the answer", on=ON, side=side, reply="refused", answer="No.")
    assert len(open_duties(reported, "tell_refused")) == 1
    assert not open_duties(reported, "await_action")


def test_an_answer_before_there_was_a_report_is_refused(world, reported):
    side = f"office_holder:{world.pcc.pk}"
    page = answering(world, reported)
    with nothing_kept():
        page = page.submit(
            "Save the answer", on=date(2026, 11, 1), side=side, reply="refused", answer="No.",
        )  # fmt: skip
    assert page.errors == {"on": ["The date must be on or after 2 November 2026, when the outcome was recorded"]}


def test_where_nothing_was_recommended_nobody_answers(world):
    assert "s 29(3)" in cannot(world, at(world, "outcome_recorded"), "note_answer")


# No confidence


def test_a_vote_of_no_confidence_is_a_note_of_its_own(world):
    case = at(world, "outcome_recorded")
    page = Browser(world.officer).get(step_url(case, "note_no_confidence"))
    assert "No provision of the Act gives such a vote an effect." in page.text
    with nothing_kept():
        page = page.submit("Save the note", on=ON)
    assert page.errors == {"motion": ["Enter the motion"], "carried": ["Select whether it was carried"]}
    with nothing_kept():
        page = page.submit("Save the note", motion="No confidence", carried="yes", votes_for="3", votes_against="6")
    assert page.errors == {"carried": ["With 3 for and 6 against it was not carried"]}
    with nothing_kept():
        page = page.submit("Save the note", carried="no", votes_for="3", votes_against="60")
    assert page.errors == {"votes_for": ["The Panel had 10 members that day"]}
    before = kinds(case)
    page.submit("Save the note", votes_against="6")
    assert last(case).answers == {"motion": "No confidence", "carried": "no", "votes_for": 3, "votes_against": 6}
    assert (fresh(case).status, kinds(case)) == ("outcome_recorded", before)
