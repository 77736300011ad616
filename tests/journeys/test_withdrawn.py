"""Withdrawn by a signed letter, which is kept exactly as it came."""

from pathlib import Path

import pytest

from tests import steps
from tests.build import PDF
from tests.journeys.desk import PANEL

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

LETTER = PDF + b"% signed by Gillian Thorpe\n"


def when_the_withdrawal_is_recorded(desk):
    desk.follow("Record a withdrawal")
    desk.choose("To withdraw the complaint", "The complainant", "Straight to the Panel")
    desk.press("Record the withdrawal")
    desk.errors("Attach the signed withdrawal")
    desk.attach("The signed withdrawal", "letter.exe.pdf", b"MZ\x90\x00 no PDF at all")
    desk.press("Record the withdrawal")
    desk.reads("There is a problem")
    desk.attach("The signed withdrawal", "Signed letter.pdf", LETTER)
    desk.press("Record the withdrawal")
    desk.stands("Withdrawn")


def when_the_complainant_is_told(desk):
    for box in desk.page.locator("[name=duties]").all():
        box.check()
    desk.choose("Email")
    desk.write("If no copy is attached, why not?", "Sent by the post room")
    desk.press("Record that it was sent")


def then_the_letter_can_be_downloaded_as_it_came(desk):
    desk.tab("Documents")
    with desk.page.expect_download() as wait:
        desk.page.get_by_role("link", name="Signed letter.pdf").click()
    assert wait.value.suggested_filename == "Signed letter.pdf"
    assert Path(wait.value.path()).read_bytes() == LETTER


def test_a_complaint_is_withdrawn(world, sit, console):
    console.expect("status of 422")
    desk = sit(world.officer)
    desk.open(f"{PANEL}/complaints/{steps.at(world, 'recorded').reference}/")
    when_the_withdrawal_is_recorded(desk)
    desk.follow("Record that somebody was told")
    when_the_complainant_is_told(desk)
    desk.reads("Open duties")
    then_the_letter_can_be_downloaded_as_it_came(desk)
