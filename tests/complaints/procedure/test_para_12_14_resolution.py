"""Paragraphs 12 to 14, regulations 27 and 28: no investigation, no finding, no sanction; both sides can comment; an
apology only as the office holder agreed to it; an outcome on record and a copy for both."""

from datetime import timedelta

import pytest

from complaints.models import Allegation
from complaints.procedure import PROCEDURE
from complaints.procedure.states import FROM_RECORDED
from panel.casework.case_context import CaseContext
from tests.steps import (
    LATER,
    ON,
    at,
    cannot,
    errors,
    heard,
    kinds,
    last,
    notices,
    open_duties,
    part,
    refusal,
    statuses,
    take,
)


@pytest.fixture
def resolving(world):
    """A complaint in informal resolution by its sub-panel."""
    return at(world, "informal_resolution")


# Beginning


def test_both_sides_are_invited_to_comment_once(world, resolving):
    assert len(open_duties(resolving, "invite_comments")) == 2
    assert "record_outcome" in kinds(resolving)
    assert open_duties(resolving, "record_outcome")[0].due is None
    assert open_duties(resolving, "conclude")[0].due == resolving.received_on + timedelta(weeks=8)  # seen from receipt


def test_somebody_who_has_commented_is_not_invited_again(world):
    case = heard(world, at(world, "sub_panel"))
    assert "invite_comments" not in kinds(case)
    case = take(world, case, "resolve_informally")
    assert "invite_comments" not in kinds(case)


@pytest.mark.parametrize("route", ["sub_panel_resolves", "full_panel", "no_action", "other_handling"])
def test_the_chairman_begins_it_only_on_that_route(world, route):
    from tests.steps import DISAPPLIED

    case = take(world, at(world, "recorded"), "filter", route=route, handling="By letter", **DISAPPLIED)
    assert cannot(world, case, "resolve_informally") == ("para 7", "para 11")


@pytest.mark.parametrize("dealt", ["member", "other"])
def test_who_deals_with_it_is_named(world, dealt):
    case = at(world, "filtered")
    assert errors(world, case, "resolve_informally", dealt_with_by=dealt) == {"who": ["Enter the name"]}
    case = take(world, case, "resolve_informally", dealt_with_by=dealt, who="Cllr Dee")
    assert (part(case).dealt_with_by, last(case).answers["who"]) == (dealt, "Cllr Dee")


# No investigation


def test_there_is_no_step_to_investigate_find_or_sanction():
    words = " ".join(f"{s.key} {s.label}" for s in PROCEDURE.steps if not s.key.startswith("iopc")).lower()
    for forbidden in ("investigat", "finding", "sanction", "uphold", "upheld", "breach"):
        assert forbidden not in words


@pytest.mark.parametrize("step", ["request_documents", "request_attendance"])
def test_documents_and_attendance_are_asked_for_and_waited_for(world, resolving, step):
    case = take(world, resolving, step)
    waiting = open_duties(case, "await_documents")[0]
    assert (waiting.recipient, waiting.due) == (f"office_holder:{world.pcc.pk}", LATER)
    case = take(world, case, "note_explanation")
    assert "await_documents" not in kinds(case)


@pytest.mark.parametrize("step", ["request_documents", "request_attendance"])
def test_a_day_is_given_that_lies_ahead(world, resolving, step):
    assert list(errors(world, resolving, step, by_when=None)) == ["by_when"]
    assert list(errors(world, resolving, step, by_when=ON - timedelta(days=1))) == ["by_when"]


@pytest.mark.parametrize(
    "step",
    ["request_documents", "request_attendance", "note_comments", "note_meeting", "note_explanation", "note_apology"],
)
def test_notes_are_made_once_recorded_while_open_and_move_nothing(world, step):
    for state in ("received", "closed"):
        cannot(world, at(world, state), step)
    for state in FROM_RECORDED:
        assert take(world, at(world, state), step).status == state


# Both can comment


def test_there_is_no_outcome_before_both_had_the_chance_to_comment(world, resolving):
    assert cannot(world, resolving, "record_outcome") == ("para 12", "reg 28")
    case = take(world, resolving, "note_comments", side="complainant", said="commented", comments="He was rude.")
    assert cannot(world, case, "record_outcome") == ("para 12", "reg 28")
    case = take(world, case, "note_comments", said="declined")
    assert take(world, case, "record_outcome").status == "outcome_recorded"


def test_what_they_said_is_kept_and_so_is_that_they_chose_not_to(world, resolving):
    assert errors(world, resolving, "note_comments", said="commented") == {"comments": ["Enter what they said"]}
    case = take(world, resolving, "note_comments", said="declined")
    assert last(case).answers == {"side": f"office_holder:{world.pcc.pk}", "said": "declined"}


def test_an_invitation_names_a_day_and_once_it_is_over_they_had_the_chance(world, resolving):
    invitations = [str(d.pk) for d in open_duties(resolving, "invite_comments")]
    over = {"duties": invitations, "answer_by": None}
    assert errors(world, resolving, "give_notice", **over) == {"answer_by": ["Enter the day by which they may comment"]}
    day = ON + timedelta(days=7)
    case = take(world, resolving, "give_notice", duties=invitations, answer_by=day)
    assert {d.due for d in open_duties(case, "await_comments")} == {day}
    assert list(errors(world, case, "record_outcome", on=day)) == ["on"]  # the day itself is still theirs
    assert take(world, case, "record_outcome", on=day + timedelta(days=1)).status == "outcome_recorded"


def test_or_inviting_them_was_waived_by_the_monitoring_officer(world, resolving):
    invitations = [str(d.pk) for d in open_duties(resolving, "invite_comments")]
    assert list(errors(world, resolving, "waive", by=world.officer, duties=invitations)) == ["duties"]
    case = take(world, resolving, "waive", by=world.mo, duties=invitations)
    assert take(world, case, "record_outcome").status == "outcome_recorded"


def test_comments_that_came_after_the_outcome_were_no_chance(world, resolving):
    case = heard(world, resolving, on=LATER)
    assert list(errors(world, case, "record_outcome", on=ON)) == ["on"]
    assert take(world, case, "record_outcome", on=LATER).status == "outcome_recorded"


def test_of_an_anonymous_complaint_only_the_office_holder_is_heard(world):
    case = at(world, "informal_resolution", who="anonymous")
    assert CaseContext(case, world.officer).facts.sides() == [f"office_holder:{world.pcc.pk}"]
    assert take(world, take(world, case, "note_comments"), "record_outcome").status == "outcome_recorded"


def test_both_office_holders_are_heard(world):
    case = at(world, "informal_resolution", about=("pcc", "deputy"))
    case = take(world, case, "note_comments", side="complainant")
    case = take(world, case, "note_comments", side=f"office_holder:{world.pcc.pk}")
    assert cannot(world, case, "record_outcome") == ("para 12", "reg 28")
    case = take(world, case, "note_comments", side=f"office_holder:{world.deputy.pk}")
    assert take(world, case, "record_outcome").status == "outcome_recorded"


# Paragraph 13: no findings, no sanctions; an apology only as agreed


WARNED = [
    "The complaint is upheld.", "Not upheld.", "The complaint was PARTLY upheld", "He was in breach of the code",
    "He breached the code", "He is guilty", "It is unsubstantiated", "It was substantiated", "He was ordered to apologise",
    "He is ordered\n to apologize", "A sanction was applied", "Sanctions were applied", "He was sanctioned",
    "The Panel censures him", "The Panel censured him", "The Panel reprimanded him", "The Panel upholds it",
    "Misconduct was found", "The investigation found otherwise", "The case was proven", "No principle was breached.",
    "The Panel found misconduct and that he broke the code.", "He is told to apologise.", "“Not upheld”, she wrote.",
]  # fmt: skip


@pytest.mark.parametrize("words", WARNED)
def test_words_that_often_make_a_finding_are_ticked_as_an_opinion_or_a_quotation(world, words):
    case = heard(world, at(world, "informal_resolution"))
    found = errors(world, case, "record_outcome", record=words)
    assert list(found) == ["record_quoted"]
    assert "which the Panel has no power to make" in found["record_quoted"][0]
    case = take(world, case, "record_outcome", record=words, record_is="opinion", record_quoted=True)
    assert (last(case).answers["record_is"], last(case).answers["record_quoted"]) == ("opinion", True)


def test_what_a_text_gives_is_always_said(world):
    case = heard(world, at(world, "informal_resolution"))
    assert errors(world, case, "record_outcome", record_is="") == {
        "record_is": ["Select whether the text gives an opinion or what was agreed"]
    }


@pytest.mark.parametrize(
    "words",
    [
        "He explained what he had meant.",
        "They settled it over the telephone.",
        "The Panel investigated nothing.",
        "He held up.",
    ],
)
def test_plain_words_are_taken(world, words):
    case = heard(world, at(world, "informal_resolution"))
    assert take(world, case, "record_outcome", record=words).status == "outcome_recorded"


def test_as_the_sub_panels_opinion_they_are_quoted(world, resolving):
    case = take(world, resolving, "note_opinion", opinion="We think that he was in breach of the code.")
    assert last(case).answers["opinion"] == "We think that he was in breach of the code."


@pytest.mark.parametrize("state", ["recorded", "filtered", "outcome_recorded", "closed"])
def test_an_opinion_is_given_once_somebody_has_looked_into_it(world, state):
    assert cannot(world, at(world, state), "note_opinion") == ("para 13",)


def test_no_outcome_is_a_finding_or_a_sanction():
    assert set(Allegation.Outcome.values) == {
        "explained", "apology", "settled", "opinion", "recommendations", "report", "already_dealt_with", "not_resolved",
    }  # fmt: skip


@pytest.mark.parametrize("outcome", ["upheld", "not_upheld", "sanction", ""])
def test_and_none_can_be_sent_by_hand(world, outcome):
    case = heard(world, at(world, "informal_resolution"))
    assert list(errors(world, case, "record_outcome", outcome=outcome)) == ["outcome"]


def test_an_apology_is_noted_only_as_the_office_holder_agreed_to_it(world, resolving):
    assert list(errors(world, resolving, "note_apology", agreed=False)) == ["agreed"]
    assert last(take(world, resolving, "note_apology")).answers["apology"] == "I am sorry for what I said."


def test_an_apology_is_an_outcome_only_once_it_is_noted(world, resolving):
    case = heard(world, resolving)
    assert list(errors(world, case, "record_outcome", outcome="apology")) == ["outcome"]
    case = take(world, case, "note_apology")
    assert part(take(world, case, "record_outcome", outcome="apology")).outcome == "apology"


def test_an_apology_taken_back_is_none(world, resolving):
    case = take(world, heard(world, resolving), "note_apology")
    case = take(world, case, "reverse", by=world.mo)
    assert list(errors(world, case, "record_outcome", outcome="apology")) == ["outcome"]


def test_an_opinion_is_an_outcome_only_once_it_is_noted(world, resolving):
    case = heard(world, resolving)
    assert list(errors(world, case, "record_outcome", outcome="opinion")) == ["outcome"]
    case = take(world, case, "note_opinion")
    assert part(take(world, case, "record_outcome", outcome="opinion")).outcome == "opinion"


# Paragraph 14: the record and its copies


def test_a_report_names_the_day_by_which_an_answer_is_due(world):
    case = heard(world, at(world, "informal_resolution"))
    found = errors(world, case, "record_outcome", outcome="report", answer_due=None)
    assert found == {"answer_due": ["Enter the day by which an answer is due"]}


@pytest.mark.parametrize("outcome", ["explained", "settled", "recommendations", "already_dealt_with", "not_resolved"])
def test_the_outcome_is_on_record_and_both_get_a_copy(world, outcome):
    case = take(world, heard(world, at(world, "informal_resolution")), "record_outcome", outcome=outcome)
    assert (part(case).outcome, last(case).moves.get().counts) == (outcome, {"outcome": outcome})
    assert {d.recipient for d in open_duties(case, "copy_of_outcome")} == {
        "complainant", f"office_holder:{world.pcc.pk}",
    }  # fmt: skip
    assert "record_outcome" not in kinds(case)


def test_the_record_is_not_empty(world):
    case = heard(world, at(world, "informal_resolution"))
    assert errors(world, case, "record_outcome", record=" \n ") == {"record": ["Enter the record of the outcome"]}


def test_a_sub_panel_member_records_it_and_the_chairman_does_not(world):
    case = heard(world, at(world, "informal_resolution"))
    assert refusal(world, case, "record_outcome", by=world.chairman).role
    assert last(take(world, case, "record_outcome", by=world.sitting)).by == world.sitting


def test_the_outcome_of_one_allegation_leaves_the_other_in_resolution(world):
    case = heard(world, at(world, "informal_resolution", allegations=2))
    case = take(world, case, "record_outcome", parts=["1"])
    assert (statuses(case), "record_outcome" in kinds(case)) == (["outcome_recorded", "informal_resolution"], True)
    case = take(world, case, "note_opinion")  # the case stands at its outcome, and yet somebody still looks into it
    case = take(world, case, "record_outcome", outcome="opinion")
    assert [part(case, n).outcome for n in (1, 2)] == ["explained", "opinion"]
    assert [d.kind for d in notices(case)].count("copy_of_outcome") == 4
