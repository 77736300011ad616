"""A complaint about nobody in these offices, or of whom it is not clear: logged as what it is, held on no Commissioner, asked
again on recording, and a line of its own in the report."""

from datetime import date

import pytest

from complaints.models import Complaint, Subject
from complaints.report.figures import annual_report
from panel.models import Draft
from tests.complaints.pages.test_log import TYPED
from tests.panel.pages.cases import case_url, nothing_kept, step_url
from tests.panel.pages.page import Browser
from tests.steps import errors, fresh, kinds, last, open_duties, part, take

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 18)
LOG = "/exshire/complaints/new/log/"
OFFICER = "Sergeant Dunmore, not in these offices"
NOBODY = {**TYPED, "subjects": ["nobody"], "about_whom": OFFICER, "title": "A stop in Mill Lane"}


@pytest.fixture
def case(world):
    """Logged on its page, about an officer."""
    page = Browser(world.officer).get(LOG).submit("Continue", **NOBODY)
    assert page.rows()["Whom is it about"] == OFFICER
    page = page.submit(
        "Log the complaint", **({"similar": "own"} if "How should we log this one?" in page.text else {})
    )
    return fresh(Complaint.objects.get(title=NOBODY["title"]))


def test_it_is_logged_with_whom_in_words_and_no_office_holder(world, case):
    assert (case.about_whom, list(Subject.every.filter(complaint=case))) == (OFFICER, [])
    assert kinds(case) == ["acknowledge", "conclude", "decide_recording", "preserve_evidence"]
    officer = Browser(world.officer)
    assert f"Nobody in these offices, or not clear: {OFFICER}" in officer.get(case_url(case)).text
    listed = officer.get("/exshire/complaints/?show=all&about=nobody").text
    assert (case.reference in listed, "Nobody named" in listed, "Mr Ashcombe" in listed.split("Next due")[-1]) == (
        True,
        True,
        False,
    )
    assert case.reference not in officer.get(f"/exshire/complaints/?show=all&about={world.pcc.pk}").text
    assert case.reference in officer.get("/exshire/complaints/?show=all&q=Dunmore").text
    assert OFFICER in officer.client.get("/exshire/complaints/download.csv?about=nobody").getvalue().decode()
    for page in ("parts/", "timeline/", "history/", "documents/", "package.zip"):
        assert officer.get(case_url(case, page)).status == 200


WRONG = [
    ({"subjects": []}, {"subjects": ["Select whose conduct it is about"]}),
    ({"about_whom": ""}, {"about_whom": ["Enter whom it is about, or what is not clear"]}),
    ({"about_whom": "x" * 201}, {"about_whom": ["Your answer must be 200 characters or fewer. It has 201."]}),
]


@pytest.mark.parametrize("answer, expected", WRONG)
def test_a_wrong_answer_is_told_beside_its_question(world, answer, expected):
    page = Browser(world.officer).get(LOG)
    with nothing_kept():
        page = page.submit("Continue", **{**NOBODY, **answer})
    assert (page.status, page.errors) == (422, expected)


def test_somebody_and_nobody_are_not_both_chosen(world):
    both = {**NOBODY, "subjects": [str(world.pcc.pk), "nobody"]}
    page = Browser(world.officer).get(LOG).submit("Continue", **both)
    assert page.errors == {
        "subjects": ["Select the office holders, or that it is about nobody in these offices"],
    }


def test_it_is_not_in_what_is_held_on_the_commissioner(world, case):
    mo = Browser(world.mo)
    page = mo.get("/exshire/person/")
    found = page.submit("Look for it", name=world.pcc.name)
    assert case.reference not in found.text


def test_recording_asks_again_and_then_everything_is_due(world, case):
    page = Browser(world.officer).get(step_url(case, "record"))
    assert OFFICER in page.text
    with nothing_kept(but=[Draft]):
        refused = page.submit("Record the complaint", theme="statements", offence="no", on=TODAY)
    assert refused.errors == {
        "subjects": [
            "Select whose conduct it is about. If it is about nobody in these offices, redirect it instead",
        ]
    }
    page.submit("Record the complaint", subjects=[str(world.pcc.pk)], theme="statements", offence="no", on=TODAY)
    assert fresh(case).status == "recorded"
    assert [s.office_holder for s in fresh(case).subjects.all()] == [world.pcc]
    assert {"decide_copies", "copy_of_record", "consider"} <= set(kinds(case))
    assert str(world.pcc) in Browser(world.officer).get(case_url(case, "timeline/")).text


def test_recording_asks_why_an_incident_before_office_belongs_here(world, case):
    early = {"subjects": [str(world.pcc.pk)], "theme": "statements", "offence": "no", "on": TODAY}
    case = take(world, case, "correct", happened_on_1=date(2024, 1, 1), on=TODAY)
    page = Browser(world.officer).get(step_url(case, "record")).submit("Record the complaint", **early)
    assert page.errors["early_reason_1"][0].startswith("Mr Ashcombe took office on 13 May 2024")
    page.submit("Record the complaint", early_reason_1="He was the candidate.", **early)
    assert part(case).early_reason == "He was the candidate."


def test_taking_the_recording_back_names_nobody_again(world, case):
    case = take(world, case, "record", subjects=[str(world.pcc.pk)], on=TODAY)
    case = take(world, case, "reverse", by=world.mo, entry=str(last(case).number), on=TODAY)
    assert (case.status, list(case.subjects.all())) == ("received", [])


def test_a_referral_asks_again_too(world, case):
    case = take(world, case, "identify_serious", clear_on=TODAY, on=TODAY)
    found = errors(world, case, "refer_to_iopc", on=TODAY)
    assert list(found) == ["subjects"]
    case = take(world, case, "refer_to_iopc", subjects=[str(world.deputy.pk)], on=TODAY)
    assert [s.office_holder for s in case.subjects.all()] == [world.deputy]
    assert "tell_referred" in kinds(case)


def test_redirected_it_is_never_on_the_record(world, case):
    given = {"reason": "operational", "redirected_to": "The Chief Constable", "on": TODAY}
    case = take(world, case, "redirect", **given)
    assert (case.status, list(case.subjects.all())) == ("redirected", [])
    assert list(errors(world, case, "reopen", to="recorded", on=TODAY)) == ["to"]
    assert take(world, case, "reopen", to="received", on=TODAY).status == "received"


def test_the_report_counts_it_on_a_line_of_its_own(world, case):
    report = annual_report(world.panel, date(2026, 4, 1), date(2027, 3, 31))
    assert report.cases["by_office_holder.nobody"] == [case.pk]
    assert case.pk not in report.cases["by_office_holder.commissioner"]
    page = Browser(world.officer).get("/exshire/complaints/report/?year=2026-27")
    assert "Nobody in these offices, or not clear" in page.text


def test_nobody_can_leave_office(world, case):
    page = Browser(world.officer).get(step_url(case, "note_office_left"))
    assert (page.status, "It names no office holder." in page.text) == (409, True)


def test_erased_with_the_rest(world, case):
    given = {"reason": "operational", "redirected_to": "The Chief Constable", "on": TODAY}
    case = take(world, case, "redirect", **given)
    case = take(world, case, "waive", by=world.mo, duties=[str(d.pk) for d in open_duties(case)], on=TODAY)
    case = take(world, case, "propose_erasure", on=TODAY)
    case = take(world, case, "erase", on=TODAY)
    assert case.about_whom == ""
    assert not Complaint.history.filter(about_whom__icontains="Dunmore").exists()
    assert OFFICER not in Browser(world.mo).get(case_url(case, "history/")).text
