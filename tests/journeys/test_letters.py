"""A letter from the list to what went, as the officer sees it."""

import pytest

from panel.models import Letter
from tests import steps
from tests.journeys.desk import PANEL

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_a_letter_is_written_checked_and_posted(world, sit, console):
    console.expect("status of 422")
    desk = sit(world.officer, look=True)
    case = steps.at(world, "received")
    desk.open(f"{PANEL}/complaints/{case.reference}/letters/")
    desk.page.locator("a.govuk-button:visible").click()
    desk.arrived()
    text = desk.page.input_value("[name=text]")
    desk.write("Letter", "{name}, " + text)
    desk.press("Check the letter")
    desk.reads("{name} is not filled in")
    desk.write("Letter", text)
    desk.press("Check the letter")
    desk.reads("How does it go?")
    desk.choose("Handed over")
    desk.press("Say that it went")
    desk.reads("kept as it went")
    desk.follow("Acknowledgement")
    desk.reads("How it went")
    assert Letter.objects.get().how == "hand"
