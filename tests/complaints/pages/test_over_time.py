"""What pages say once a later fact has changed what was decided, opened or asked (issue 13)."""

from datetime import date

import pytest

from panel.models import Membership
from panel.record.act import sealed_act
from tests.panel.pages.page import Browser
from tests.steps import ON, at, everybody_told, fresh, open_duties, take, waive_all

HOME = "/exshire/"


def address(case, key=""):
    """A page of the case."""
    return f"/exshire/complaints/{case.reference}/{key}{'/' if key else ''}"


def test_what_has_no_day_is_on_the_work_list_and_is_what_comes_next(world):
    case = everybody_told(world, at(world, "outcome_recorded"))
    page = Browser(world.officer).get(HOME)
    assert "To do, no day set" in page.text
    assert "Close it, or ask both sides about publishing" in page.text
    shown = Browser(world.officer).get(address(case))
    assert "No day set: close it, or ask both sides about publishing" in shown.text
    row = Browser(world.officer).get(f"/exshire/complaints/?q={case.reference}").text
    assert "Close it, or ask both sides about publishing" in row


def test_keeping_the_evidence_safe_waits_for_nobody(world):
    case = waive_all(world, at(world, "with_iopc"))
    assert [d.kind for d in open_duties(case)] != []
    page = Browser(world.officer).get("/exshire/complaints/?view=waiting")
    assert case.reference not in page.text


def test_a_day_of_the_panels_own_is_told_from_the_law(world):
    page = Browser(world.officer).get(address(at(world, "recorded")))
    assert "(the day is the Panel’s own)" in page.text


def test_a_sleeping_duty_says_what_it_waits_for(world):
    page = Browser(world.officer).get(address(at(world, "informal_resolution")))
    assert "Waits for both sides’ chance to comment" in page.text


def test_the_chairman_reads_that_a_decision_was_taken_back_and_why(world):
    case = take(world, at(world, "recorded"), "filter", by=world.chairman)
    case = take(world, case, "reverse", by=world.mo, why="The wrong allegation.")
    said = "Your decision of 2 November 2026 (A sub-panel resolves it informally) was taken back by"
    for page in (HOME, address(case, "filter")):
        text = Browser(world.chairman).get(page).text
        assert said in text
        assert "The wrong allegation." in text
    case = take(world, case, "filter", by=world.chairman)
    assert "was taken back by" not in Browser(world.chairman).get(HOME).text


def test_a_reopened_allegation_keeps_its_first_dates(world):
    case = take(world, at(world, "closed"), "reopen", by=world.mo, on=date(2026, 11, 16))
    text = Browser(world.officer).get(address(case, "")).text
    assert "Recorded 2 November 2026; decision of 2 November 2026 set aside; reopened 16 November 2026" in text


def test_where_nobody_is_chairman_the_monitoring_officer_and_the_administrator_are_told(world):
    case = at(world, "recorded")
    with sealed_act(world.panel, by=None, name="change_role"):
        for row in Membership.objects.filter(panel=world.panel, role__in=("chairman", "vice_chairman")):
            row.to_date = date(2026, 11, 1)
            row.save()
    text = Browser(world.mo).get(HOME).text
    assert "Decide how it is handled" in text
    assert case.reference in text
    assert "Nobody can act as Chairman, and" in Browser(world.admin).get(HOME).text


def test_a_step_that_is_taken_back_is_chosen_by_what_it_said(world):
    case = take(world, at(world, "recorded"), "give_notice", on=ON)
    page = Browser(world.mo).get(address(case, "reverse"))
    assert "Acknowledged the complaint to Gillian Thorpe" in page.text
    assert page.submit("Take it back", why="A mistake.").errors == {"entry": ["Select which step"]}


def test_the_asking_page_says_names_and_days_of_what_will_follow(world):
    text = Browser(world.officer).get(address(at(world, "received"), "record")).text
    assert "whoever it concerns" not in text
    assert "Send Gillian Thorpe a copy of the record by" in text


def test_a_refused_answer_says_its_provision(world):
    case = at(world, "recorded")
    page = Browser(world.officer).get(address(case, "decide_copies"))
    said = page.submit("Record the decision", copy="withheld", copy_ground="prejudice", why="A risk.", on=ON)
    assert "Only the Monitoring Officer decides" in said.errors["copy"][0]
    assert "Paragraph 6, regulation 31" in said.text


def test_recording_stands_beside_the_complaint(world):
    case = at(world, "received")
    page = Browser(world.officer).get(address(case, "record"))
    assert "The complaint" in page.text
    assert case.words[:40] in page.text


def test_publishing_stands_beside_outcome_and_what_both_sides_think(world):
    case = take(world, at(world, "outcome_recorded"), "invite_representations")
    case = take(world, case, "note_representations", view="objects", note="Not with my name in it.")
    text = Browser(world.chairman).get(address(case, "decide_publication")).text
    assert "He explained what he had meant, and she accepted it." in text
    assert "Gillian Thorpe objects" in text
    assert "Not with my name in it." in text
    assert "Not to be named: Gillian Thorpe." in text


@pytest.mark.parametrize("key", ["filter", "record_outcome"])
def test_who_is_not_to_be_named_stands_beside_the_text_and_is_looked_for(world, key):
    state = "recorded" if key == "filter" else "informal_resolution"
    case = take(
        world, at(world, state), "decide_copies", by=world.mo, copy="anonymised", who_hidden="complainant", why="Fear."
    )
    if key == "record_outcome":
        from tests.steps import heard

        case = heard(world, case)
    by, field = (world.chairman, "why") if key == "filter" else (world.officer, "record")
    assert "Not to be named: Gillian Thorpe." in Browser(by).get(address(case, key)).text
    from tests.steps import errors

    said = errors(world, fresh(case), key, by=by, **{field: "What Mrs Thorpe had said."})
    assert "could tell who complained" in said[field][0]


def test_the_steps_at_hand_are_five_and_the_rest_is_folded_under_headings(world):
    page = Browser(world.officer).get(address(at(world, "informal_resolution")))
    for heading in ("Informal resolution (", "The IOPC and the courts (", "Keeping the record ("):
        assert heading in page.text
