"""What the day of a step may not precede, on the real pages; and what happened outside before the complaint came."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from complaints.procedure import PROCEDURE
from panel.casework.case_context import CaseContext
from panel.law.roles import Role
from tests.panel.pages.cases import nothing_kept, step_url
from tests.panel.pages.page import Browser
from tests.steps import LATER, ON, RECEIVED, answers, at, errors, fresh, heard, kinds, last, open_duties, take

BEFORE = RECEIVED - timedelta(days=40)
DAY = timedelta(days=1)


def refused_on(world, case, key, on, **over):
    """What is said beside the day."""
    return errors(world, case, key, on=on, **over).get("on")


def not_before(day, words):
    """The error beside the day."""
    return [f"The date must be on or after {day}, when {words}"]


# What happens outside may come first


def test_a_note_an_apology_and_documents_may_come_before_the_complaint_with_their_own_day(world):
    case = at(world, "informal_resolution")
    page = Browser(world.officer).get(step_url(case, "note_apology"))
    page.submit("Save the apology", apology="I am sorry.", agreed=True, on=BEFORE)
    assert (last(case).step, last(case).on) == ("note_apology", BEFORE)
    for key in ("note_contact", "add_documents", "note_explanation"):
        case = take(world, case, key, on=BEFORE)
        assert (last(case).step, last(case).on) == (key, BEFORE)
    seen = Browser(world.officer).get(step_url(case, "").rstrip("/") + "/")
    assert "17 September 2026" in seen.text
    case = take(world, heard(world, case), "record_outcome", outcome="apology")
    assert case.status == "outcome_recorded"


def test_comments_of_before_the_complaint_are_noted_and_are_no_comments_on_it(world):
    case = at(world, "informal_resolution")
    facts = CaseContext(case, world.officer).facts
    for side in facts.sides():
        case = take(world, case, "note_comments", side=side, on=BEFORE)
    assert "invite_comments" in kinds(case)
    facts = CaseContext(fresh(case), world.officer).facts
    assert not any(facts.heard(side, ON) for side in facts.sides())
    case = heard(world, case)
    assert CaseContext(case, world.officer).facts.heard(Role.COMPLAINANT, ON)


def test_the_steps_that_may_come_first_are_these():
    assert {s.key for s in PROCEDURE.steps if not s.not_before} == {
        "note_contact", "add_documents", "note_apology", "note_comments", "note_explanation",
    }  # fmt: skip


@pytest.mark.parametrize("on", [date(1898, 3, 1), date(2027, 1, 4)])
def test_a_day_that_is_in_no_calendar_or_ahead_is_refused(world, on):
    assert refused_on(world, at(world, "received"), "note_contact", on)


# What comes after something


def test_publication_is_not_decided_before_there_is_an_outcome(world):
    case = at(world, "outcome_recorded")
    page = Browser(world.chairman).get(step_url(case, "decide_publication"))
    with nothing_kept():
        page = page.submit("Continue", publish="no", why="It interests nobody.", on=ON - DAY)
    assert page.errors == {"on": not_before("2 November 2026", "the outcome was recorded")}
    page.submit("Continue", on=ON).submit("Confirm decision")
    assert last(case).step == "decide_publication"


def test_representations_do_not_come_before_the_invitation(world):
    case = take(world, at(world, "outcome_recorded"), "invite_representations", on=ON + DAY)
    page = Browser(world.officer).get(step_url(case, "note_representations"))
    with nothing_kept():
        page = page.submit("Save", side="complainant", view="agrees", on=ON)
    assert page.errors == {"on": not_before("3 November 2026", "they were invited")}
    page.submit("Save", on=ON + DAY)
    assert len(open_duties(case, "await_representations")) == 1


FIRST = {
    "invite_representations": ("outcome_recorded", [], "the outcome was recorded"),
    "decide_copies": ("recorded", [], "it was recorded"),
    "request_documents": ("recorded", [], "it was recorded"),
    "note_meeting": ("recorded", [], "it was recorded"),
    "note_opinion": ("sub_panel", [], "it came before them"),
    "arrange_meeting": ("filtered", [], "it came before them"),
    "replace_sub_panel_member": ("sub_panel", [], "the sub-panel was appointed"),
    "adjourn": ("filtered", ["arrange_meeting"], "the meeting was arranged"),
    "iopc_lifts_suspension": ("received", ["iopc_suspends"], "the IOPC suspended it"),
    "answer_challenge": ("received", ["note_external_challenge"], "the duty arose"),
    "unrestrict": ("received", ["restrict"], "it was restricted"),
    "lift_hold": ("received", ["hold"], "it was put on hold"),
    "reverse": ("recorded", [], "the step that is taken back took effect"),
}


@pytest.mark.parametrize("key", FIRST)
def test_nothing_is_dated_before_what_it_rests_on(world, key):
    state, first, words = FIRST[key]
    case = at(world, state)
    for step in first:
        case = take(world, case, step)
    by = world.mo if key in ("reverse", "unrestrict", "lift_hold") else None
    assert refused_on(world, case, key, ON - DAY, by=by) == not_before("2 November 2026", words)
    assert last(take(world, case, key, by=by)).on == ON


@pytest.mark.parametrize("key, over", [("waive", {}), ("give_notice", {})])
def test_a_duty_is_not_met_or_waived_before_it_arose(world, key, over):
    case = at(world, "recorded")
    (duty,) = open_duties(case, "copy_of_record")
    found = refused_on(world, case, key, ON - DAY, by=world.mo, duties=[str(duty.pk)], **over)
    assert found == not_before("2 November 2026", "the duty arose")


def test_a_clock_goes_on_no_earlier_than_it_stopped_and_stops_no_earlier_than_it_began(world):
    case = at(world, "recorded")
    (duty,) = open_duties(case, "consider")
    assert refused_on(world, case, "stop_clock", ON - DAY, duties=[str(duty.pk)]) == not_before(
        "2 November 2026", "the duty arose"
    )
    case = take(world, case, "stop_clock", on=ON + DAY, duties=[str(duty.pk)])
    assert refused_on(world, case, "restart_clock", ON, duties=[str(duty.pk)]) == not_before(
        "3 November 2026", "the clock was stopped"
    )


def test_every_step_says_in_the_printed_procedure_what_it_may_not_precede():
    printed = (Path(settings.BASE_DIR) / "docs/procedure.md").read_text(encoding="utf-8")
    sections = printed.split('### <a id="')[1:]
    said = {s.partition('"')[0]: s.partition("- Not before: ")[2].partition("\n")[0] for s in sections}
    assert said["decide_publication"] == "it was received; the outcome was recorded"
    assert said["note_apology"] == "anything: it may precede the receipt"
    assert {key for key, words in said.items() if not words} == {"log", "record_conduct_matter", "enter_from_register"}


def test_after_a_reopening_the_earlier_outcome_counts_no_more(world):
    case = at(world, "closed")
    case = take(world, case, "reopen", on=LATER)
    assert answers(world, case, "filter", world.chairman)  # it goes on
    assert case.status == "recorded"


def test_what_was_done_before_a_suspension_is_typed_up_during_it(world):
    case = take(world, at(world, "sub_panel"), "iopc_suspends", on=date(2026, 11, 10))
    page = Browser(world.officer).get(step_url(case, "refer_to_full_panel"))
    assert page.status == 200
    assert "Not for today: The IOPC has suspended the procedure" in page.text
    found = errors(world, case, "refer_to_full_panel", on=date(2026, 11, 12))
    assert "The IOPC has suspended the procedure" in str(found["on"])
    assert take(world, case, "refer_to_full_panel", on=date(2026, 11, 9)).status == "full_panel"
