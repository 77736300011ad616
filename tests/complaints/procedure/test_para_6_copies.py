"""Paragraph 6 and regulation 31: the complainant gets a copy of the record; the office holder a copy of the complaint,
which alone may be anonymised or withheld, on its grounds, with reasons, and kept under review."""

from datetime import timedelta

import pytest

from complaints.models import Subject
from tests.steps import ON, at, cannot, errors, kinds, last, open_duties, take

WITHHELD = {"copy": "withheld", "copy_ground": "prejudice", "why": "The police are looking into it."}
ANONYMISED = {"copy": "anonymised", "who_hidden": "complainant", "why": "She fears for her post."}


def test_the_complainants_copy_of_the_record_is_always_due(world):
    case = take(world, at(world, "recorded"), "decide_copies", by=world.mo, **WITHHELD)
    assert [d.recipient for d in open_duties(case, "copy_of_record")] == ["complainant"]


def test_the_officer_sends_the_full_copy(world):
    case = take(world, at(world, "recorded"), "decide_copies", by=world.officer)
    assert [d.recipient for d in open_duties(case, "copy_of_complaint")] == [f"office_holder:{world.pcc.pk}"]
    assert "decide_copies" not in kinds(case)
    assert Subject.objects.get(complaint=case).copy == "full"


@pytest.mark.parametrize("answers", [WITHHELD, ANONYMISED], ids=["withheld", "anonymised"])
def test_only_the_monitoring_officer_anonymises_or_withholds(world, answers):
    found = errors(world, at(world, "recorded"), "decide_copies", by=world.officer, **answers)
    assert found == {
        "copy": ["Only the Monitoring Officer decides to anonymise or withhold the copy (paragraph 6, regulation 31)"]
    }


@pytest.mark.parametrize("answers", [WITHHELD, ANONYMISED], ids=["withheld", "anonymised"])
def test_reasons_are_needed_unless_it_is_full(world, answers):
    case = at(world, "recorded")
    assert errors(world, case, "decide_copies", by=world.mo, **{**answers, "why": ""}) == {"why": ["Enter the reasons"]}
    assert take(world, case, "decide_copies", by=world.mo, copy="full", why="").version == case.version + 1


def test_withholding_needs_a_ground_of_regulation_31(world):
    found = errors(world, at(world, "recorded"), "decide_copies", by=world.mo, **{**WITHHELD, "copy_ground": ""})
    assert found == {"copy_ground": ["Select the ground of regulation 31"]}


def test_anonymising_says_who_is_hidden(world):
    found = errors(world, at(world, "recorded"), "decide_copies", by=world.mo, **{**ANONYMISED, "who_hidden": ""})
    assert found == {"who_hidden": ["Select who is not to be named"]}


def test_what_was_withheld_is_reviewed_and_can_be_released(world):
    case = take(world, at(world, "recorded"), "decide_copies", by=world.mo, **WITHHELD)
    review = open_duties(case, "review_copy")[0]
    assert review.due == ON + timedelta(days=28)
    assert open_duties(case, "copy_of_complaint") == []
    later = ON + timedelta(days=14)
    case = take(world, case, "decide_copies", by=world.mo, on=later, **WITHHELD)
    assert [d.due for d in open_duties(case, "review_copy")] == [later + timedelta(days=28)]
    case = take(world, case, "decide_copies", by=world.mo, on=later)
    assert open_duties(case, "review_copy") == []
    assert len(open_duties(case, "copy_of_complaint")) == 1
    assert Subject.objects.get(complaint=case).copy_ground == ""


def test_a_full_copy_that_was_not_sent_may_still_be_withheld(world):
    case = take(world, at(world, "recorded"), "decide_copies")
    case = take(world, case, "decide_copies", by=world.mo, **WITHHELD)
    assert open_duties(case, "copy_of_complaint") == []


def test_an_office_holder_whose_copy_is_withheld_is_not_told_of_the_route(world):
    case = take(world, at(world, "recorded"), "decide_copies", by=world.mo, **WITHHELD)
    case = take(world, case, "filter")
    assert [d.recipient for d in open_duties(case, "tell_route")] == ["complainant"]


def test_each_of_two_office_holders_gets_a_decision_of_their_own(world):
    case = at(world, "recorded", about=("pcc", "deputy"))
    assert errors(world, case, "decide_copies", subjects=[]) == {"subjects": ["Select whose copy"]}
    case = take(world, case, "decide_copies", subjects=[str(world.pcc.pk)])
    assert "decide_copies" in kinds(case)  # the Deputy's is still to be decided
    case = take(world, case, "decide_copies", by=world.mo, subjects=[str(world.deputy.pk)], **ANONYMISED)
    assert "decide_copies" not in kinds(case)
    assert sorted(d.recipient for d in open_duties(case, "copy_of_complaint")) == sorted(
        f"office_holder:{h.pk}" for h in (world.pcc, world.deputy)
    )


@pytest.mark.parametrize("state", ["received", "awaiting_information", "redirected", "void"])
def test_before_it_is_recorded_and_after_it_ended_there_is_no_copy_to_decide_on(world, state):
    assert cannot(world, at(world, state), "decide_copies") == ("para 6", "reg 31")


def test_the_chairman_does_not_decide_on_copies(world):
    assert cannot(world, at(world, "recorded"), "decide_copies", by=world.chairman) == ("para 6", "reg 31")


def test_the_decision_is_kept_with_its_reasons(world):
    case = take(world, at(world, "recorded"), "decide_copies", by=world.mo, **WITHHELD)
    assert last(case).why == "The police are looking into it."
    assert Subject.objects.get(complaint=case).history.first().copy_ground == "prejudice"
