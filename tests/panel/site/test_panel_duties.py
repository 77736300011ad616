"""What the Panel owes apart from any case: to tell the Commissioner of a changed address (reg 30)."""

from datetime import UTC, datetime

import pytest

from panel.law import clock
from panel.models import PanelDuty
from panel.record.verify import verify
from tests import build
from tests.panel.pages.page import Browser

pytestmark = pytest.mark.django_db
TELL = "Tell the Commissioner of the changed address for complaints"


def test_a_changed_address_is_owed_until_the_commissioner_was_told():
    with clock.set_to(datetime(2026, 11, 18, 12, tzinfo=UTC)):
        world = build.make_world()
        settings = Browser(world.mo).get("/exshire/settings/change/")
        settings.submit("Save the settings", complaints_email="complaints@exshire.example", why="The first one")
        assert not PanelDuty.objects.exists()  # there was none to be told of before
        settings = Browser(world.mo).get("/exshire/settings/change/")
        page = settings.submit("Save the settings", complaints_email="panel@exshire.example", why="A new mailbox")
        assert "The Commissioner is to be told of the changed address (regulation 30)." in page.banner
        home = Browser(world.officer).get("/exshire/")
        assert f"{TELL} regulation 30, since 18 November 2026" in home.text
        empty = home.follow(TELL).submit("Record that it was done", met_how="")
        assert empty.errors == {"met_how": ["Enter how it was done"]}
        done = home.follow(TELL).submit("Record that it was done", met_how="Email to the office")
        assert done.banner == "Recorded."
        assert TELL not in Browser(world.officer).get("/exshire/").text
        row = PanelDuty.objects.get()
        assert (row.met_on, row.met_how, row.met_by) == (clock.today(), "Email to the office", world.officer)
        assert list(verify(world.panel)) == []
