"""Whether anything alleged could be an offence, on the real pages of recording and of the Chairman's decision; a conduct
matter without an offence."""

from datetime import date

import pytest

from complaints.models import Complaint
from complaints.offence_words import mentioned
from panel.law.period import listed
from tests import build
from tests.complaints.pages.test_decisions import decided_on
from tests.panel.pages.cases import nothing_kept, step_url
from tests.panel.pages.page import Browser
from tests.steps import ON, RECEIVED, at, fresh, kinds, open_duties, part, take

PLAIN = "Any offence counts, and whether it is true does not matter here."
NEW = "/exshire/complaints/new/record_conduct_matter/"


def recording(world, case):
    """The page on which the complaint is recorded."""
    return Browser(world.officer).get(step_url(case, "record"))


def test_record_asks_whether_it_could_be_an_offence(world):
    page = recording(world, at(world, "received"))
    assert list(page.offered()["offence"]) == ["no", "yes", "unsure"]
    with nothing_kept():
        page = page.submit("Record the complaint", on=ON, theme="statements")
    assert page.errors == {"offence": ["Select whether it could be a criminal offence"]}


def test_yes_records_it_and_it_is_due_to_the_iopc_by_the_end_of_the_next_day(world):
    case = build.log(world, on=RECEIVED, allegations=2)
    page = recording(world, case)
    with nothing_kept():
        page = page.submit("Record the complaint", on=ON, theme="statements", offence="yes")
    assert page.errors == {
        "offence_in": ["Select which allegations could be an offence"],
        "clear_on": ["Enter the day it first became clear"],
        "offence_shown": ["Enter what shows that it could be an offence"],
    }
    with nothing_kept():
        late = page.submit("Record the complaint", offence_in=["2"], clear_on=date(2026, 11, 3), offence_shown="x")
    assert late.errors == {"clear_on": ["The day it first became clear must be on or before the day of this step"]}
    page.submit("Record the complaint", offence_in=["2"], clear_on=ON, offence_shown="He took the money.")
    first, second = part(case, 1), part(case, 2)
    assert [(p.status, p.serious, p.due_to_iopc) for p in (first, second)] == [
        ("recorded", "", False), ("recorded", "offence", True),
    ]  # fmt: skip
    assert [(d.part.number, d.due) for d in open_duties(case, "refer_to_iopc")] == [(2, date(2026, 11, 3))]
    assert [d.part.number for d in open_duties(case, "consider")] == [1]  # what must go there is not the Chairman's


def test_an_allegation_that_is_not_covered_cannot_be_the_offence(world):
    case = build.log(world, on=RECEIVED, allegations=2)
    page = recording(world, case)
    with nothing_kept():
        page = page.submit(
            "Record the complaint", on=ON, theme="statements", parts=["1"], offence="unsure", offence_asked_in=["2"],
        )  # fmt: skip
    assert page.errors == {
        "offence_asked_in": ["Allegation 2 is not covered by this step: tick it above, or untick it here"]
    }


def test_not_sure_waits_for_the_monitoring_officer_and_nothing_is_decided_until_then(world):
    case = at(world, "received")
    recording(world, case).submit("Record the complaint", on=ON, theme="statements", offence="unsure")
    case = fresh(case)
    assert case.status == "recorded"
    duty = open_duties(case, "look_at_offence")[0]
    assert (duty.due, duty.part.number) == (None, 1)
    page = Browser(world.chairman).get(step_url(case, "filter"))
    assert (page.status, page.h1) == (409, "You cannot do this yet")
    assert "The Monitoring Officer has still to say whether allegation 1 could be a criminal offence." in page.text
    page = Browser(world.mo).get(step_url(case, "rule_out_offence"))
    with nothing_kept():
        page = page.submit("Say that none appears", on=date(2026, 11, 1), why="No threat in it.")
    assert page.errors == {"on": ["The date must be on or after 2 November 2026, when it was asked"]}
    page.submit("Say that none appears", on=ON)
    assert "look_at_offence" not in kinds(case)
    assert Browser(world.chairman).get(step_url(case, "filter")).status == 200


def test_the_monitoring_officer_who_finds_an_offence_starts_the_referral(world):
    case = take(world, at(world, "received"), "record", offence="unsure")
    case = take(world, case, "identify_serious", by=world.mo)
    assert "look_at_offence" not in kinds(case)
    assert "refer_to_iopc" in kinds(case)
    assert part(case).offence_asked_on is None


@pytest.mark.parametrize("answer, first, link", [
    ("yes", "say that a criminal offence appears", "Say that a criminal offence appears"),
    ("unsure", "ask whether it could be an offence", "Ask whether it could be an offence"),
])  # fmt: skip
def test_the_chairman_decides_nothing_on_what_could_be_an_offence(world, answer, first, link):
    case = at(world, "recorded")
    page = decided_on(case, world.chairman)
    given = {"route": "full_panel", "why": "For all.", "no_advice_why": "He is away.", "on": ON}
    with nothing_kept():
        page = page.submit("Continue", **given, offence=answer)
    (told,) = page.errors["offence"]
    assert list(page.errors) == ["offence"]
    assert f"First: {first}." in told
    assert link in page.text
    with nothing_kept():
        assert page.submit("Continue", offence=None).errors == {
            "offence": ["Select whether it could be a criminal offence"]
        }
    assert page.submit("Continue", offence="no").h1 == "Check your decision"


def test_the_chairman_asks_the_monitoring_officer(world):
    case = at(world, "recorded")
    page = Browser(world.chairman).get(step_url(case, "ask_about_offence"))
    page.submit("Ask the Monitoring Officer", on=ON, why="He may have threatened her.")
    assert "look_at_offence" in kinds(case)
    page = Browser(world.chairman).get(step_url(case, "ask_about_offence"))
    assert page.status == 409
    assert "It has been asked of allegation 1 already." in page.text


def test_what_came_back_from_the_iopc_is_not_asked_again(world):
    case = take(world, at(world, "referred_to_iopc"), "iopc_refers_back")
    assert "offence" not in decided_on(case, world.chairman).offered()


def test_a_waived_look_lets_the_decision_go_on(world):
    case = take(world, at(world, "received"), "record", offence="unsure")
    (duty,) = open_duties(case, "look_at_offence")
    case = take(world, case, "waive", by=world.mo, duties=[str(duty.pk)])
    assert decided_on(case, world.chairman).status == 200


WORDS = [
    ("misconduct in public office", "It was misconduct in a public office"),
    ("perverting the course of justice", "He perverted the course of justice"),
    ("a false declaration", "She made a false declaration of interests"),
    ("fraud", "It was plain fraud"),
    ("bribery", "He took bribes"),
    ("assault", "He assaulted me"),
    ("harassment", "She was harassed for weeks"),
    ("a data protection offence", "It broke data protection law"),
]


@pytest.mark.parametrize("words, text", WORDS)
def test_words_that_often_mean_an_offence_are_a_quiet_reminder(world, words, text):
    assert words in mentioned([text])
    case = build.log(world, on=RECEIVED, title="A letter", words=text, allegations=[{"what": "Wrote a letter"}])
    said = f"{PLAIN} Words of this complaint often mean {listed(mentioned([text]))}."
    page = recording(world, case)
    assert said in page.text
    page.submit("Record the complaint", on=ON, theme="other", offence="no")  # a reminder, no more
    assert said in decided_on(fresh(case), world.chairman).text


@pytest.mark.parametrize("text", ["He was rude to me at the meeting", "The leaflet has the wrong day", "She is late"])
def test_other_words_remind_of_nothing(text):
    assert mentioned([text]) == []


def test_a_sub_panel_that_looks_first_is_warned_that_the_day_of_referral_runs(world):
    said = "If an offence appears while they look at it, the day of referral runs"
    case = take(world, at(world, "recorded"), "filter", route="sub_panel_considers")
    assert said in Browser(world.chairman).get(step_url(case, "appoint_sub_panel")).text
    case = take(world, case, "appoint_sub_panel", purpose="consider")
    for key in ("arrange_meeting", "note_meeting"):
        assert said in Browser(world.officer).get(step_url(case, key)).text


# A conduct matter


def matter(page, world, **given):
    """The page of a new conduct matter, answered."""
    answers = {
        "came_to_light": "In the press", "clear_on": ON, "on": ON, "subjects": [str(world.pcc.pk)], "title": "A car",
        "what_1": "Took a car", "happened_on_1": RECEIVED,
    }  # fmt: skip
    return page.submit("Continue", **{**answers, **given})


def test_a_conduct_matter_says_which_offence_or_what_makes_it_one(world):
    new = Browser(world.officer).get(NEW)
    with nothing_kept():
        page = matter(new, world)
        assert page.errors == {"offence": ["Select whether a criminal offence may have been committed"]}
        page = matter(new, world, offence="yes", offence_is="  ")
        assert page.errors == {"offence_is": ["Enter which offence it is, or what makes it one"]}
    check = matter(new, world, offence="yes", offence_is="Theft of a car")
    assert check.rows()["Which offence is it, or what makes it one"] == "Theft of a car"
    check.submit("Record the conduct matter")
    case = Complaint.objects.latest("pk")
    assert case.entries.get().answers["offence_is"] == "Theft of a car"


def test_a_conduct_matter_without_an_offence_is_refused(world):
    new = Browser(world.officer).get(NEW)
    with nothing_kept():
        page = matter(new, world, offence="no", offence_is="Theft")
    assert page.errors == {
        "offence": [
            "A conduct matter is one that may be a criminal offence (regulations 3 and 11). Where nothing shows one, "
            "log a complaint, or note it on the case to which it belongs"
        ]
    }
