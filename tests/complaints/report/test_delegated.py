"""Decisions taken under delegated power are listed for the next meeting."""

from datetime import UTC, date, datetime

import pytest

from panel.law import clock
from panel.models import Meeting, MeetingMinute
from panel.record.act import sealed_act
from tests import build
from tests.panel.pages.page import Browser
from tests.steps import at, take

pytestmark = pytest.mark.django_db
PAGE = "/exshire/complaints/report/delegated/"


def test_what_was_decided_since_the_last_meeting(client):
    with clock.set_to(datetime(2026, 11, 18, 12, tzinfo=UTC)):
        world = build.make_world()
        case = at(world, "recorded")
        take(world, case, "filter", by=world.chairman, route="sub_panel_resolves", on=date(2026, 11, 3))
        page = (
            Browser(world.officer)
            .get("/exshire/complaints/report/")
            .follow("Decisions taken under delegated power since the last meeting")
        )
        (row,) = [tr.text for tr in page.main.all("tr")][1:]
        assert row == (
            f"3 November 2026 Complaint: {case.reference} What was decided: Route decided: a sub-panel resolves it informally "
            "By whom: Chairman of Exshire, Chairman"
        )
        assert "Gillian Thorpe" not in page.text
        client.force_login(world.mo)
        assert case.reference in client.get("/exshire/complaints/report/delegated.csv").content.decode()
        entry = case.entries.first()
        with sealed_act(world.panel, by=None, name="set_up"):
            met = Meeting.objects.create(panel=world.panel, on=date(2026, 11, 10), entry=entry)
            MeetingMinute.objects.create(meeting=met, entry=entry)
            Meeting.objects.create(panel=world.panel, on=date(2026, 11, 17), entry=entry)  # planned, and never minuted
            Meeting.objects.create(panel=world.panel, on=date(2026, 12, 3), entry=entry)
        page = Browser(world.officer).get(PAGE)
        assert "Since 11 November 2026, for the meeting on 3 December 2026." in page.text
        assert "Nothing was decided in the Panel’s stead since then." in page.text
        assert Browser(world.chairman).get(PAGE).status == 403
