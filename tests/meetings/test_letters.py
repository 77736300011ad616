"""Letters about a meeting: each notice has one without an empty field, and whoever owes a paper is reminded in three tones."""

from datetime import date, timedelta

import pytest

from meetings.models import ParticipationRequest
from panel.casework.case_context import CaseContext
from panel.law import clock
from panel.letters.context import to_write
from panel.letters.drafts import drafted
from panel.letters.send import checked
from panel.models import Letter
from tests.meetings.build import at, fresh, plan, take
from tests.panel.pages.page import Browser

pytestmark = pytest.mark.django_db


def drafts_of(world, case):
    """{(kind, recipient): the text} of every letter that the meeting calls for; none has a gap."""
    found = {}
    for about in to_write(CaseContext(fresh(case), world.officer)):
        draft = drafted(about)
        assert checked(about, draft).gaps == [], (about.kind.key, draft.text)
        found[about.kind.key, about.recipient] = draft.text
    return found


def test_every_notice_of_a_meeting_is_a_letter(world):
    texts = drafts_of(world, take(world, at(world, "planned"), "move_meeting"))
    assert {k for k, _ in texts} >= {"panel_papers", "panel_moved"}
    assert "is now on" in texts["panel_moved", "public"]
    assert "will not take place" in drafts_of(world, at(world, "cancelled"))["panel_cancelled", "the_panel"]
    assert "was adjourned" in drafts_of(world, at(world, "adjourned"))["panel_adjourned", "commissioner"]
    held = take(world, at(world, "held"), "write_minutes")
    assert ("draft_minutes", "the_panel") in drafts_of(world, held)


def test_who_asked_to_take_part_is_answered_from_the_register(world):
    case = plan(world, meeting_on=date(2026, 11, 26), at="10am")
    case = take(world, case, "log_request", name="Ann Lee", about="Bins in Larkford.", contact="ann@example.org")
    row = ParticipationRequest.objects.get()
    case = take(
        world, case, "decide_request", request=str(row.pk), accepted="no", refused_why="Bins are the council’s."
    )
    page = Browser(world.officer).get(case.get_absolute_url())
    page = page.follow("Write: Answer to a request to take part")
    assert page.h1 == "Answer to a request to take part, to Ann Lee"
    assert page.values()["email"] == "ann@example.org"
    assert "We cannot put it on the agenda, because bins are the council’s." in page.values()["text"]
    page.submit("Check the letter").submit("Say that it went", how="here")
    letter = Letter.objects.get()
    assert (letter.kind, letter.message.address) == ("participation", "ann@example.org")
    assert not fresh(case).duties.filter(kind="tell_request", closed_by=None).exists()


def test_who_owes_a_paper_is_reminded_in_three_tones(world):
    case = plan(world, meeting_on=date(2026, 12, 10), at="10am")
    case = take(world, case, "add_item", paper_from="The Commissioner", paper_by=date(2026, 12, 1))
    said = []
    for number in range(3):
        with clock.set_to(clock.now() + timedelta(days=1)):
            page = Browser(world.officer).get(case.get_absolute_url()).follow("Write: Reminder of a paper")
            said.append(page.values()["text"])
            page.submit("Check the letter").submit("Say that it went", how="hand")
            assert Letter.objects.count() == number + 1
    assert "the paper is needed by 1 December 2026" in said[0]
    assert "has not come" in said[1]
    assert "will report to the meeting that it was asked for" in said[2]
