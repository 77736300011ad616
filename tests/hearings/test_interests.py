"""Interests and days of a hearing, on its real pages: who withdrew neither sits nor votes, who stayed does; everybody who
ever was a member can be chosen; nothing is decided before the hearing."""

from datetime import date, timedelta

import pytest

from hearings.models import Resolution
from panel.models import Member
from panel.record.act import sealed_act
from tests.hearings.build import HEARD, NOTIFIED, at, fresh, names, report_text, take
from tests.hearings.test_rules import errors
from tests.panel.pages.page import Browser


def url(case, key):
    """The address of a step's page."""
    return f"/exshire/hearings/{case.reference}/{key}/"


def pk(world, n):
    """A member as a form sends it."""
    return str(world.members[n].pk)


@pytest.fixture
def withdrawn(world):
    """A hearing from which the member in the third place has withdrawn, and the fourth stayed."""
    case = take(world, at(world, "hearing_arranged", 8), "declare_interest", member=pk(world, 2))
    return take(world, case, "declare_interest", member=pk(world, 3), withdrew="no")


def test_who_withdrew_is_not_in_the_room(world, withdrawn):
    seat = f"seat_{pk(world, 2)}"
    found = errors(world, take, withdrawn, "hold_hearing", in_room=names(world, 0, 10))
    assert found == {seat: [f"{world.members[2].name} has declared an interest and withdrew: select “Withdrew”"]}
    page = Browser(world.officer).get(url(withdrawn, "hold_hearing"))
    assert page.values()[seat] == ["withdrew"]
    assert f"{world.members[3].name} Exshire District Council, declared an interest, and stays" in page.text


def test_who_stayed_votes_and_who_withdrew_does_not(world, withdrawn):
    there = [n for n in names(world, 0, 10) if n != world.members[2].name]
    case = take(world, withdrawn, "hold_hearing", in_room=there, withdrew=[world.members[2].name])
    found = errors(world, take, case, "veto", taken="named", voted_for=names(world, 0, 8))
    assert found == {
        f"vote_{pk(world, 2)}": [f"{world.members[2].name} has declared an interest and withdrew, so cannot vote"]
    }
    take(world, case, "veto", taken="named", voted_for=[n for n in there if n != world.members[9].name],
         voted_against=[world.members[9].name])  # fmt: skip
    assert Resolution.objects.get(candidate__case=case).motion.votes.filter(member=world.members[3]).exists()


def test_who_withdraws_at_the_hearing_says_for_which_interest(world):
    case = at(world, "hearing_arranged")
    there = names(world, 0, 9)
    gone = world.members[9].name
    found = errors(world, take, case, "hold_hearing", in_room=there, withdrew=[gone])
    assert found == {"interest_who": [f"Enter the interest for which {gone} withdrew"]}
    case = take(world, case, "hold_hearing", in_room=there, withdrew=[gone], interests=f"{gone}: a cousin")
    assert case.status == "heard"


def test_the_report_names_who_declared_an_interest_before_the_hearing(world, withdrawn):
    there = [n for n in names(world, 0, 10) if n != world.members[2].name]
    case = take(world, withdrawn, "hold_hearing", in_room=there, withdrew=[world.members[2].name])
    page = Browser(world.officer).get(f"/exshire/hearings/{case.reference}/pages/report/")
    assert f"{world.members[2].name} declared an interest" in page.text
    assert f"{world.members[3].name} declared an interest" in page.text
    assert ", and withdrew" in page.text
    assert ", and stayed and took part." in page.text


def test_where_the_chairman_withdrew_the_report_is_signed_by_who_chaired(world):
    chairman, vice = world.members[0].name, world.members[1].name
    there = names(world, 1, 10)
    case = at(world, "hearing_arranged")
    case = take(
        world, case, "hold_hearing", in_room=there, withdrew=[chairman], interests=f"{chairman}: a cousin", chair=vice
    )
    case = take(world, case, "record_recommendation", votes_for=9, votes_against=0, abstained=0)
    said = report_text(world, take(world, case, "send_report"))
    assert f"Signed for the Panel\n{vice}\nVice-Chairman, Exshire Police and Crime Panel" in said
    assert f"In the chair: {vice}." in said
    assert f"{chairman} declared an interest" in said


def test_a_declared_interest_asks_no_hearing_whether_the_member_complains(world):
    page = Browser(world.officer).get(url(at(world, "heard"), "declare_interest"))
    assert "complains" not in page.offered()["kind"]
    check = page.submit("Continue", member="own", kind="close", nature="A friend", withdrew="yes", on=HEARD)
    assert "You will not see this case again." in check.text


def test_a_member_of_the_candidates_name_is_pointed_out(world):
    case = at(world, "hearing_arranged")
    name = case.parts.get().candidate.name
    with sealed_act(world.panel, by=None, name="set_up"):
        Member.objects.create(panel=world.panel, name=f"Cllr {name}", kind="co_opted", from_date=date(2024, 5, 13))
    page = Browser(world.officer).get(url(case, "hold_hearing"))
    assert f"Cllr {name} Co-opted member, has the candidate’s name" in page.text


# Old papers


def test_who_left_years_ago_can_have_attended(world):
    with sealed_act(world.panel, by=None, name="set_up"):
        gone = Member.objects.create(
            panel=world.panel,
            name="Cllr Ida Past",
            kind="co_opted",
            from_date=date(2019, 5, 1),
            to_date=date(2025, 3, 1),
        )
    page = Browser(world.officer).get(url(at(world, "hearing_arranged"), "hold_hearing"))
    assert f"seat_{gone.pk}" in page.offered()
    assert "Cllr Ida Past Co-opted member, member 1 May 2019 to 1 March 2025" in page.text
    assert not page.values().get(f"seat_{gone.pk}")


def test_a_term_that_is_entered_later_changes_nothing_that_was_counted(world):
    case = at(world, "heard", 8)
    page = f"/exshire/hearings/{case.reference}/pages/votes/"
    before = Browser(world.officer).get(page).text.count("Substantive member")
    with sealed_act(world.panel, by=None, name="set_up"):
        Member.objects.create(panel=world.panel, name="Cllr Late Entry", kind="co_opted", from_date=date(2024, 5, 13))
    seen = Browser(world.officer).get(page).text
    assert seen.count("Substantive member") == before


# Days


def test_no_veto_before_the_hearing(world):
    case = at(world, "heard", 8)
    assert errors(world, take, case, "veto", on=HEARD - timedelta(days=1)) == {
        "on": [f"The date must be on or after {HEARD.day} November 2026, when the hearing was held"]
    }
    assert take(world, case, "veto", on=HEARD).status == "vetoed"


def test_an_agenda_is_not_published_before_the_hearing_is_arranged(world):
    case = take(world, at(world, "under_review"), "arrange_hearing", on=NOTIFIED + timedelta(days=2))
    for key in ("publish_agenda", "note_apologies"):
        found = errors(world, take, case, key, on=NOTIFIED + timedelta(days=1))
        assert list(found) == ["on"]


def test_a_note_may_come_before_the_notification(world):
    case = take(world, at(world, "heard"), "note_contact", on=NOTIFIED - timedelta(days=30))
    assert fresh(case).entries.order_by("-number").first().on == NOTIFIED - timedelta(days=30)


def test_at_a_hearing_the_panel_decides_without_whom_withdrew(world):
    """Nothing of a hearing is the Chairman's decision, so nobody is named who would decide instead."""
    case = at(world, "hearing_arranged", 8)
    page = Browser(world.officer).get(url(case, "declare_interest"))
    page = page.submit("Continue", member=pk(world, 2), kind="close", nature="A cousin", withdrew="yes", on=HEARD)
    name = world.members[2].name
    assert f"{name} will not see this case again, sit on it or vote. The Panel decides without {name}." in page.text
    page = Browser(world.chairman).get(url(case, "declare_interest"))
    page = page.submit("Continue", kind="close", nature="A cousin", withdrew="yes", on=HEARD)
    assert "You will not see this case again. The Panel decides without you." in page.text


def test_a_box_that_was_not_ticked_is_no_answer(world):
    """The day of a poll was not asked for, and the day of the notification is known: the timeline says neither."""
    case = at(world, "notified")
    entry = case.entries.get(number=1)
    assert {"unknown", "poll_is_right"} & set(entry.answers) == set()
    text = Browser(world.officer).get(url(case, "timeline")).text
    assert "poll is right" not in text
    assert "The day is not known" not in text
    case = take(world, case, "note_election", poll_on=date(2026, 11, 20), accepted_on=None, poll_is_right=True)
    assert "It is an ordinary election, although it is none of those known here Yes" in (
        Browser(world.officer).get(url(case, "timeline")).text
    )
