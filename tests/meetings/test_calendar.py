"""The calendar feed, read by two parsers; a key that can be taken back; members over time."""

import io
import re
from datetime import UTC, date, datetime
from html import unescape

import icalendar
import pytest
from django.test import Client

from meetings.calendar_models import CalendarKey
from panel.models import Council, Member, Membership
from panel.record.act import sealed_act
from tests import build
from tests.hearings import build as hearings
from tests.meetings.build import at, plan
from tests.panel.pages.page import Browser

pytestmark = pytest.mark.django_db


def key_of(client) -> str:
    """Make a feed; its path."""
    page = client.post("/exshire/business/calendar/key/").content.decode()
    return re.search(r"/calendar/[\w-]+\.ics", unescape(page))[0]


def lines_of(feed: bytes) -> list[str]:
    """A second parser, of our own: unfolded lines. Raises AssertionError for one that RFC 5545 forbids."""
    assert all(len(line) <= 75 for line in feed.split(b"\r\n"))
    assert b"\n" not in feed.replace(b"\r\n", b"")
    return feed.decode().replace("\r\n ", "").split("\r\n")


def test_a_feed_holds_meetings_hearings_and_duties_and_nothing_personal(world):
    build.log(world)
    case = plan(world, at="10am")
    hearings.take(world, hearings.at(world, "under_review", 8), "arrange_hearing", meeting=str(case.meeting_id))
    client = Client()
    client.force_login(world.officer)
    path = key_of(client)
    assert len(path) >= len("/calendar/.ics") + 22  # 128 bits at least
    feed = Client().get(path)
    assert feed["Content-Type"] == "text/calendar; charset=utf-8"
    parsed = icalendar.Calendar.from_ical(feed.content)
    events = {str(e["uid"]): e for e in parsed.walk("VEVENT")}
    meeting = next(e for uid, e in events.items() if uid.startswith("meeting-"))
    assert meeting["dtstart"].dt == datetime(2026, 11, 26, 10, tzinfo=UTC)
    assert any(str(e["summary"]).startswith("Hearing EX-H-2026-0001") for e in events.values())
    assert sum(uid.startswith("duty-") for uid in events) >= 3
    assert all(e.walk("VALARM") for e in events.values())
    lines = lines_of(feed.content)
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(events)
    assert {"VERSION:2.0", "METHOD:PUBLISH"} <= set(lines)
    for name in ("Thorpe", "Haddon", "Ashcombe", "gillian"):
        assert name.encode() not in feed.content


def test_a_key_that_is_taken_back_or_whose_owner_has_no_role_is_gone_at_once(world):
    client = Client()
    client.force_login(world.officer)
    first, second = key_of(client), key_of(client)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    assert CalendarKey.objects.count() == 1
    assert CalendarKey.objects.get().digest not in second
    client.post("/exshire/business/calendar/end/")
    assert Client().get(second).status_code == 404
    third = key_of(client)
    with sealed_act(world.panel, by=None, name="set_up"):
        row = Membership.objects.get(user=world.officer)
        row.to_date = date(2026, 11, 17)
        row.save()
    assert Client().get(third).status_code == 404
    assert Client().get("/calendar/nothing.ics").status_code == 404


def test_a_month_is_a_page(world):
    plan(world, at="10am")
    page = Browser(world.member).get("/exshire/business/calendar/?month=2026-11")
    assert "Thursday 26" in page.text
    assert "10am Panel meeting" in re.sub(r"\s+", " ", page.text)
    assert "Christmas Day" in Browser(world.member).get("/exshire/business/calendar/?month=2026-12").text
    for odd in ("2026-13", "x", "0000-01", "99999-1", "²-1"):
        assert Browser(world.member).get(f"/exshire/business/calendar/?month={odd}").status == 200


def test_members_of_a_day_and_attendance_of_a_year(world):
    at(world, "held")
    with sealed_act(world.panel, by=None, name="set_up"):
        Council.objects.create(panel=world.panel, name="Larkford Town Council")
        member = Member.objects.get(panel=world.panel, name=world.members[9].name)
        member.to_date = date(2026, 12, 31)
        member.save()
    page = Browser(world.officer).get("/exshire/business/members/").text
    for said in (
        "7, what a veto needs",
        "Larkford Town Council",
        f"{member.name} (31 December 2026)",
        "Attendance 2026-27",
    ):
        assert said in page, said
    then = Browser(world.officer).get("/exshire/business/members/?day_day=1&day_month=1&day_year=2027").text
    assert "6, what a veto needs" in then  # nine members: two thirds is six
    client = Client()
    client.force_login(world.officer)
    rows = b"".join(client.get("/exshire/business/members.csv?year=2026-27").streaming_content).decode("utf-8-sig")
    assert len(rows.splitlines()) == 11
    assert rows.splitlines()[1].endswith(",1,1,0,0,0")
    assert io.BytesIO(b"".join(client.get("/exshire/business/members.xlsx").streaming_content)).getvalue()[:2] == b"PK"


def test_groups_are_figures_of_a_day_and_never_of_an_independent_member(world):
    client = Client()
    client.force_login(world.officer)
    with sealed_act(world.panel, by=None, name="set_up"):
        world.panel.members.create(name="Mrs Ruth Illing", kind="independent", from_date=date(2024, 6, 3))
    illing = Member.objects.get(name="Mrs Ruth Illing")

    def send(member, name, first, last=None):
        data = {
            "member": str(member.pk),
            "name": name,
            "declared_where": "The council’s page",
            "version": "",
            "why": "x",
        }
        for key, on in (("from_date", first), ("to_date", last)):
            data |= {f"{key}_day": on.day, f"{key}_month": on.month, f"{key}_year": on.year} if on else {}
        found = client.post("/exshire/people/groups/add/", data)
        return {} if found.status_code == 302 else dict(found.context["form"].errors)

    first = date(2024, 6, 1)
    assert send(world.members[4], "Green", first, date(2025, 5, 1)) == {}
    assert send(world.members[4], "Labour", date(2025, 5, 2)) == {}
    assert send(world.members[5], "Labour", first) == {}
    assert "Green" in send(world.members[4], "Labour", date(2025, 1, 1))["from_date"][0]  # one group at a time
    assert "An independent member has no group" in send(illing, "Labour", first)["member"][0]
    assert list(send(world.members[6], "Labour", date(2020, 1, 1))) == ["from_date"]  # before they were a member
    page = Browser(world.officer).get("/exshire/business/members/").text
    assert "Labour 2, not declared 8" in page
    assert "Independent members 1, Mrs Ruth Illing" in page
    row = "{} Members: 11 Two thirds: 8 Quorum: 5 Independent: 1 Groups, as declared: {}"
    assert row.format("1 October 2026", "Labour 2, not declared 8") in page
    assert row.format("1 April 2025", "Green 1, Labour 1, not declared 8") in page
    drawn = client.get("/exshire/business/members/").content.decode()
    assert "1 October 2026: 11 members." in drawn  # the chart, for whoever does not see it
    rows = b"".join(client.get("/exshire/business/members.csv?year=2025-26").streaming_content).decode("utf-8-sig")
    assert '"Green, then Labour"' in rows
    assert (
        "Labour"
        not in Browser(world.officer).get("/exshire/business/members/?day_day=31&day_month=5&day_year=2024").text
    )


def test_nobody_is_a_member_twice_on_a_day(world):
    client = Client()
    client.force_login(world.officer)
    member = world.members[9]
    data = {"name": member.name.removeprefix("Cllr "), "kind": "substantive", "council": str(member.council_id), "version": "",
            "from_date_day": 1, "from_date_month": 6, "from_date_year": 2026, "user": ""}  # fmt: skip
    answer = client.post("/exshire/people/members/add/", data)
    assert f"{member.name} is a member since 13 May 2024. First enter the last day there" in answer.content.decode()
    assert Member.objects.filter(panel=world.panel).count() == 10
