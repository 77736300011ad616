"""Whose conduct, the theme, the complaint's own words and the wording of an allegation can be put right, with reason and
history; what follows from another office holder follows."""

from datetime import date

import pytest

from complaints.models import Subject
from complaints.report.figures import annual_report
from panel.models import Duty
from tests.panel.pages.cases import case_url, nothing_kept, step_url
from tests.panel.pages.page import Browser
from tests.steps import ON, at, fresh, kinds, last, open_duties, part, take

pytestmark = pytest.mark.django_db
WHY = {"why": "The letter says so.", "on": ON}


def corrected(world, case, **answers):
    """The page after these facts were corrected on it."""
    return Browser(world.officer).get(step_url(case, "correct")).submit("Correct it", **answers, **WHY)


def holder(person):
    return f"office_holder:{person.pk}"


def test_another_office_holder_takes_the_place_of_one_named_by_mistake(world):
    case = take(world, take(world, at(world, "recorded"), "decide_copies"), "note_contact")
    assert [d.recipient for d in open_duties(case, "copy_of_complaint")] == [holder(world.pcc)]
    corrected(world, case, subjects=[str(world.deputy.pk)])
    assert [s.office_holder for s in fresh(case).subjects.all()] == [world.deputy]
    assert open_duties(case, "copy_of_complaint") == []
    assert len(open_duties(case, "decide_copies")) == 1
    ended = Duty.objects.get(case_id=case.pk, kind="copy_of_complaint")
    assert (ended.closed_how, ended.closed_by) == ("lapsed", last(case))
    page = Browser(world.officer).get(case_url(case))
    assert page.rows()["Whose conduct"] == str(world.deputy)
    history = Browser(world.mo).get(case_url(case, "history/")).text
    assert "The letter says so." in history
    assert "Whose conduct it is about" in Browser(world.mo).get(case_url(case, "timeline/")).text
    assert str(world.pcc) in Browser(world.mo).get(case_url(case, "timeline/")).text  # whose copy was decided then


def test_a_second_office_holder_is_owed_a_copy_and_the_chance_to_comment(world):
    case = take(world, at(world, "informal_resolution"), "decide_copies")
    assert "decide_copies" not in kinds(case)
    corrected(world, case, subjects=[str(world.pcc.pk), str(world.deputy.pk)])
    assert len(open_duties(case, "decide_copies")) == 1
    assert holder(world.deputy) in [d.recipient for d in open_duties(case, "invite_comments")]


def test_taken_back_it_is_as_before(world):
    case = take(world, at(world, "recorded"), "decide_copies")
    before = kinds(case)
    corrected(world, case, subjects=[str(world.deputy.pk)])
    case = take(world, case, "reverse", by=world.mo, entry=str(last(case).number))
    assert [s.office_holder for s in case.subjects.all()] == [world.pcc]
    assert kinds(case) == before


def test_on_the_record_somebody_is_always_named(world):
    case = at(world, "recorded")
    page = Browser(world.officer).get(step_url(case, "correct"))
    assert "nobody" not in page.offered()["subjects"]
    with nothing_kept():
        page = page.submit("Correct it", subjects=[], **WHY)
    assert page.errors == {"subjects": ["Select whose conduct it is about"]}


def test_before_that_it_can_turn_out_to_be_about_nobody_in_these_offices(world):
    case = at(world, "received")
    page = corrected(world, case, subjects=["nobody"])
    assert page.errors == {"about_whom": ["Enter whom it is about"]}
    page.submit("Correct it", about_whom="A constable")
    assert (fresh(case).about_whom, list(fresh(case).subjects.all())) == ("A constable", [])
    assert Subject.every.filter(complaint=case).count() == 1  # the history still knows who was named
    corrected(world, case, subjects=[str(world.pcc.pk)])
    assert [s.office_holder for s in fresh(case).subjects.all()] == [world.pcc]


def test_an_incident_outside_the_other_ones_term_needs_its_reason(world):
    case = at(world, "recorded", allegations=[{"what": "Laughed", "happened_on": date(2024, 6, 1)}])
    page = corrected(world, case, subjects=[str(world.deputy.pk)])
    assert page.errors["early_reason_1"][0].startswith("Ms Calloway took office on 1 July 2024")
    page.submit("Correct it", early_reason_1="She spoke for the campaign.")
    assert part(case).early_reason == "She spoke for the campaign."


def test_the_words_of_complaint_and_allegation_and_the_theme(world):
    case = at(world, "recorded")
    corrected(
        world,
        case,
        words="He said that I wasted his time.",
        what_1="Said that she wasted his time",
        theme="behaviour_public",
    )
    case = fresh(case)
    assert (case.words, case.theme) == ("He said that I wasted his time.", "behaviour_public")
    assert part(case).what == "Said that she wasted his time"
    history = Browser(world.mo).get(case_url(case, "history/")).text
    for words in ("Behaviour in public", "He said that I wasted his time.", "Said that she wasted his time"):
        assert words in history
    report = annual_report(world.panel, date(2026, 4, 1), date(2027, 3, 31))
    assert case.pk in report.cases["by_theme.behaviour_public"]
    assert case.pk not in report.cases.get("by_theme.statements", ())
    case = take(world, case, "reverse", by=world.mo, entry=str(last(case).number))
    report = annual_report(world.panel, date(2026, 4, 1), date(2027, 3, 31))
    assert case.pk in report.cases["by_theme.statements"]


@pytest.mark.parametrize(
    "answer, expected",
    [
        ({}, []),
        ({"what_1": ""}, ["Enter what is said to have happened"]),
        ({"theme": ""}, ["Select a theme"]),
        ({"words": "x" * 20_001}, ["The complaint must be 20,000 characters or fewer. It has 20,001."]),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(world, answer, expected):
    page = Browser(world.officer).get(step_url(at(world, "recorded"), "correct"))
    with nothing_kept():
        page = page.submit("Correct it", **answer, **WHY)
    assert page.status == 422
    assert [line for lines in page.errors.values() for line in lines] == expected


def test_a_report_of_an_earlier_day_knows_only_who_was_named_then(world):
    case = at(world, "recorded")
    corrected(world, case, subjects=[str(world.deputy.pk)])
    report = annual_report(world.panel, date(2026, 4, 1), date(2027, 3, 31))
    assert case.pk in report.cases["by_office_holder.deputy"]
