"""What a bad day gives the register of meetings, each through the page that a person would use."""

from datetime import date

import pytest
from django.test import Client

from meetings.models import AgendaItem, PanelMeeting
from tests.meetings.answers.planning import PLAN
from tests.meetings.build import PLANNED, at, fresh, plan, take
from tests.reading import names

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 18)
HELD = {"chair": "Chairman of Exshire", "in_public": "yes", "ended": "11.50 am"}


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def sent(client, address, **answers):
    """(status, {question: errors}) of a form sent as a browser does."""
    data = {}
    for name, value in answers.items():
        if isinstance(value, date):
            data |= {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}
        else:
            data[name] = value
    answer = client.post(address, data)
    form = answer.context["form"] if answer.context and "form" in answer.context else None
    return answer.status_code, {k: list(v) for k, v in form.errors.items()} if form is not None else {}


def test_two_meetings_at_one_hour_and_an_hour_that_the_clock_skips(world):
    client, there = client_of(world.officer), plan(world, at="10am", meeting_on=TODAY)
    new = "/exshire/meetings/new/plan_meeting/"
    for over, said in (({"at": "10.00 am", "meeting_on": TODAY}, "is at the same hour"),
                       ({"at": "1.30 am", "meeting_on": date(2027, 3, 28)}, "the clocks go forward"),
                       ({"at": "early", "meeting_on": date(2026, 12, 1)}, "Enter the time like 10am")):  # fmt: skip
        status, errors = sent(client, new, **{**PLAN, "on": PLANNED, **over})
        assert status == 422
        assert said in str(errors), over
    assert list(PanelMeeting.objects.all()) == [there]


def seats(world, **how):
    """A way to attend for each member of the panel, changed for some."""
    return {f"seat_{m.pk}": "room" for m in world.members} | how


def test_a_meeting_is_not_closed_without_attendance_and_a_substitute_does_not_sit_beside_their_member(world):
    client = client_of(world.officer)
    case = plan(world, at="10am", meeting_on=TODAY)
    page = f"{case.get_absolute_url()}hold_meeting/"
    status, errors = sent(client, page, on=TODAY, quorate="no", seen=fresh(case).version, **HELD)
    assert status == 422
    assert "It is not said whether " in str(errors)
    member = world.members[5]
    data = {"name": "Cllr Stand In", "member": str(member.pk), "version": "", "from_date": date(2024, 6, 1)}
    assert sent(client, "/exshire/people/substitutes/add/", **data)[0] == 302
    stands_in = world.panel.substitutes.get()
    both = seats(world, **{f"sub_{member.pk}": str(stands_in.pk)})
    address = f"{case.get_absolute_url()}record_attendance/"
    status, errors = sent(client, address, on=TODAY, seen=fresh(case).version, **both)
    assert status == 422
    assert f"{member.name} and the substitute Cllr Stand In cannot both sit" in str(errors)
    assert fresh(case).status == "planned"


def test_a_quorum_lost_half_way_says_what_was_done_after_it(world):
    client = client_of(world.officer)
    case = plan(world, at="10am", meeting_on=TODAY)
    case = take(world, case, "record_attendance", in_room=names(world, 0, 4), absent=names(world, 4, 10))
    page = f"{case.get_absolute_url()}hold_meeting/"
    status, errors = sent(client, page, on=TODAY, seen=case.version, quorate="yes", **HELD)
    assert status == 422
    assert "4 were there who count, and the Panel’s quorum is 5" in str(errors["quorate"])
    status, errors = sent(client, page, on=TODAY, seen=case.version, quorate="no", quorum_lost="11.40 am", **HELD)
    assert "Enter what was done after the quorum was lost" in str(errors["after_quorum"])


def test_nothing_comes_onto_an_agenda_whose_minutes_are_confirmed(world):
    case = at(world, "minutes_confirmed")
    for step in ("add_item", "table_item", "write_minutes", "record_attendance"):
        answer = client_of(world.officer).post(f"{case.get_absolute_url()}{step}/", {"title": "Late"})
        assert answer.status_code == 409, step
        assert "You cannot do this" in answer.content.decode(), step
    assert not AgendaItem.objects.filter(item__title="Late").exists()
