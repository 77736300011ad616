"""What the Panel owes apart from any case: to tell the Commissioner of a changed address (reg 30)."""

from datetime import UTC, datetime

import pytest

from panel.law import clock
from panel.models import Message, PanelDuty
from panel.post import returned
from panel.post.send import follow_up
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
        page = home.follow(TELL)
        text = page.values()["text"]
        assert "from 18 November 2026, complaints about the conduct of the Commissioner" in text
        assert "to be sent to: panel@exshire.example." in text
        assert "in place of complaints@exshire.example" in text
        assert page.submit("Record that it was done").errors == {"how": ["Select how it went"]}
        gap = page.submit("Record that it was done", how="here", text=f"{text}\n\n{{name}}")
        assert gap.errors["email"] == ["Enter the email address to which it goes"]
        assert gap.errors["text"] == ["Paragraph 7: {name} is not filled in"]
        sent = {"file": "docx", "how": "post", "to_name": "The Commissioner", "text": text}
        day = {"met_on_day": "18", "met_on_month": "11", "met_on_year": "2026"}
        file = page.browser.client.post(page.url, sent | day)
        assert file["Content-Type"].endswith("wordprocessingml.document")
        assert not PanelDuty.objects.get().met_on
        done = page.submit("Record that it was done", how="here", email="office@exshire-pcc.example")
        assert done.banner == "Recorded."
        assert TELL not in Browser(world.officer).get("/exshire/").text
        row = PanelDuty.objects.get()
        assert (row.met_on, row.met_how, row.met_by) == (clock.today(), "Email from here", world.officer)
        message = Message.objects.get()
        assert (message.address, message.kind, message.case) == ("office@exshire-pcc.example", "panel_notice", None)
        assert message.text == row.letter.replace("**", "")
        sent = Browser(world.officer).get("/exshire/letters/")
        assert "panel@exshire.example" in sent.follow("Notice of the address for complaints").text
        returned(message, cause="No such mailbox", on=clock.today())
        follow_up()
        follow_up()
        assert PanelDuty.objects.get(met_on=None).since == row.since  # it did not arrive: it is owed once more
        assert list(verify(world.panel)) == []
