"""The agenda is published once, at the meeting or at a hearing there, and serves both; by one rule, and taken back as one."""

from datetime import date

import pytest
from django.urls import reverse

from panel.casework.case_context import CaseContext
from panel.casework.errors import Invalid
from panel.models import Duty, Opening
from panel.record.verify import verify
from tests.hearings import build as hearings
from tests.meetings.build import fresh, plan, take
from tests.panel.pages.page import Browser
from tests.reading import names

pytestmark = pytest.mark.django_db
MEETS, PUBLISHED = date(2026, 11, 26), date(2026, 11, 18)


def heard_at(world, meeting, **over):
    """A hearing that has its place at that meeting."""
    case = hearings.at(world, "under_review", 8)
    return hearings.take(world, case, "arrange_hearing", **({"meeting": str(meeting.meeting_id)} if meeting else over))


def owed(case):
    """Whether its agenda is still to be published."""
    return Duty.objects.filter(case=case, kind="publish_agenda", closed_by=None).exists()


def test_published_at_the_hearing_it_is_published_for_the_meeting_and_taken_back_with_it(world):
    meeting = plan(world, meeting_on=MEETS, at="10am")
    hearing, other = heard_at(world, meeting), heard_at(world, meeting)
    page = Browser(world.officer).get(
        reverse("panel:step", args=["exshire", "hearings", hearing.reference, "publish_agenda"])
    )
    assert "If later than 18 November 2026, five clear days before: why was it urgent?" in page.text
    page.submit("Record that it was published", on=PUBLISHED, where="The council’s website")
    meeting = fresh(meeting)
    assert (meeting.status, meeting.meeting.agenda_on, meeting.meeting.agenda_where) == (
        "called", PUBLISHED, "The council’s website",
    )  # fmt: skip
    assert [owed(case) for case in (meeting, hearing, other)] == [False, False, False]
    taken = hearings.fresh(hearing).entries.get(step="publish_agenda")
    hearings.take(world, hearing, "reverse", on=PUBLISHED, entry=str(taken.number), why="It was another agenda.")
    meeting = fresh(meeting)
    assert (meeting.status, meeting.meeting.agenda_on) == ("planned", None)
    assert [owed(case) for case in (meeting, hearing, other)] == [True, True, True]
    assert list(verify(world.panel)) == []


def test_a_meeting_planned_after_its_agenda_was_published_at_the_hearing_is_called(world):
    hearing = heard_at(world, None, meeting_on=MEETS, at="10am", place="County Hall")
    hearings.take(world, hearing, "publish_agenda", on=date(2026, 11, 17), urgent_why="")
    meeting = plan(world, meeting_on=MEETS, at="10.00 am", place="County Hall", on=date(2026, 11, 17))
    assert (fresh(meeting).status, owed(meeting)) == ("called", False)
    take(world, meeting, "add_item", on=date(2026, 11, 17), urgent_why="")  # of the same day: it was on the agenda
    with pytest.raises(Invalid, match="The agenda is published: enter the Chairman’s reason for urgency"):
        take(world, meeting, "add_item", on=PUBLISHED, urgent_why="")


def test_a_meeting_that_was_typed_later_than_its_agenda_follows_with_the_day_of_the_agenda(world):
    meeting = plan(world, meeting_on=MEETS, at="10am", on=PUBLISHED)
    hearing = heard_at(world, meeting)
    hearings.take(world, hearing, "publish_agenda", on=date(2026, 11, 17), urgent_why="")
    meeting = fresh(meeting)
    assert (meeting.status, meeting.meeting.agenda_on) == ("called", date(2026, 11, 17))
    taken = hearings.fresh(hearing).entries.get(step="publish_agenda")
    hearings.take(world, hearing, "reverse", on=PUBLISHED, entry=str(taken.number), why="It was another agenda.")
    assert (fresh(meeting).status, fresh(meeting).meeting.agenda_on) == ("planned", None)


def test_another_place_on_the_same_day_leaves_the_agenda_and_another_day_does_not(world):
    meeting = take(world, plan(world, meeting_on=MEETS, at="9am"), "publish_agenda", on=PUBLISHED)
    there = {"at": "9am", "attend": "room", "why": "The hall is let."}
    meeting = take(world, meeting, "move_meeting", on=PUBLISHED, meeting_on=MEETS, place="Town Hall", **there)
    assert (meeting.status, owed(meeting), meeting.meeting.agenda_on) == ("called", False, PUBLISHED)
    day = date(2026, 12, 4)
    meeting = take(world, meeting, "move_meeting", on=PUBLISHED, meeting_on=day, place="Town Hall", **there)
    assert (meeting.status, owed(meeting), meeting.meeting.agenda_on) == ("planned", True, None)


def test_an_agenda_is_typed_after_the_meeting_by_the_same_rule(world):
    meeting = plan(world, meeting_on=PUBLISHED, at="8am")
    meeting = take(world, meeting, "record_attendance", on=PUBLISHED, in_room=names(world, 0, 10))
    meeting = take(world, meeting, "hold_meeting", on=PUBLISHED)
    with pytest.raises(Invalid) as late:
        take(world, meeting, "note_agenda", on=date(2026, 11, 12), urgent_why="")
    assert late.value.form.errors["urgent_why"] == [
        "The last day for five clear days was 10 November 2026. Enter the Chairman’s reason for urgency, or that none was given"
    ]
    meeting = take(world, meeting, "note_agenda", on=date(2026, 11, 10), urgent_why="")
    assert (meeting.status, CaseContext(meeting, world.officer).facts.meeting.agenda_on) == ("held", date(2026, 11, 10))


@pytest.mark.parametrize("name", ["told-file", "members-file"])
def test_a_file_with_words_about_people_is_noted_as_opened(world, name):
    assert Browser(world.officer).get(reverse(f"panel:{name}", args=["exshire", "csv"])).status == 200
    assert Opening.objects.order_by("pk").last().page.startswith(name)
