"""The solicitor's email through the browser, files and all: how many acts on how many pages, and how long by the
keystroke-level model (Card, Moran and Newell): K 0.28 s a key, P 1.1 s to point, B 0.2 s a click, H 0.4 s a hand to the mouse or
back, M 1.35 s to think, once a page and once for every answer that is checked."""

import pytest
from playwright.sync_api import expect

from complaints.models import Complaint
from tests import mails

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
K, P, B, H, M = 0.28, 1.1, 0.2, 0.4, 1.35
CHECKED = 14  # answers that the page has filled in, each read once
MOST_SECONDS = 120


class Acts:
    """Counts what a hand does."""

    def __init__(self, desk):
        self.desk, self.number, self.pages, self.seconds = desk, 0, 1, M

    def click(self, leads=False, drags=False):
        """Point and click, or drag from one window to another."""
        self.number += 1
        self.seconds += H + (P + B) * (2 if drags else 1)
        if leads:
            self.pages, self.seconds = self.pages + 1, self.seconds + M

    def type(self, box, words):
        """Into the next box: the tab key goes on to it."""
        self.number += 1
        self.seconds += M + K * (len(words) + 1)
        self.desk.page.locator(box).fill(words)


def test_a_solicitors_email_is_logged_in_under_two_minutes(world, sit, console, tmp_path):
    raw = tmp_path / "complaint.eml"
    raw.write_bytes(mails.solicitor())
    desk = sit(world.officer)
    desk.open("/exshire/")
    acts = Acts(desk)
    desk.follow("Log a complaint")
    acts.click(leads=True)
    desk.page.locator("#files").set_input_files(str(raw))
    acts.click(drags=True)
    desk.page.get_by_role("button", name="Continue").click()
    desk.page.wait_for_url("**/new/log/?message=*")
    acts.click(leads=True)
    acts.seconds += M * CHECKED
    desk.reads("From “our client, Mr Desmond Pryce”", "IMG_2041.jpg")
    desk.look_over()
    acts.type("#id_title", "Surgery at Stanmoor")
    acts.type("#id_what_1", "Told Mr Pryce to “get out of my sight” at a surgery")
    acts.type("#id_what_2", "Gave Mr Pryce’s letter to a reporter")
    assert desk.page.locator("#id_title ~ .app-from").count() == 0
    desk.press("Continue")
    acts.click(leads=True)
    desk.heading("Check before you log this complaint")
    acts.seconds += 3 * M
    desk.press("Log the complaint")
    acts.click(leads=True)
    desk.told("Complaint logged")
    case = Complaint.objects.get()
    assert case.documents.count() == 3
    assert case.parts.count() == 2
    print(f"{acts.number} acts on {acts.pages} pages, {acts.seconds:.0f} seconds by the keystroke-level model")
    assert (acts.number, acts.pages) == (8, 5)
    assert acts.seconds < MOST_SECONDS


def test_another_allegation_gets_the_focus_and_an_answer_changed_by_hand_says_no_source(world, sit, console, tmp_path):
    raw = tmp_path / "complaint.eml"
    raw.write_bytes(mails.solicitor())
    desk = sit(world.officer)
    desk.open("/exshire/complaints/new/")
    desk.page.locator("#files").set_input_files(str(raw))
    desk.page.get_by_role("button", name="Continue").click()
    desk.page.wait_for_url("**/new/log/?message=*")
    group = desk.page.locator(".govuk-form-group", has=desk.page.locator("#id_name"))
    assert group.locator(".app-from").count() == 1
    desk.page.locator("#id_name").fill("Desmond Price")
    assert group.locator(".app-from").count() == 0
    desk.press("Add another allegation")
    expect(desk.page.locator("#id_what_3")).to_be_focused()
    assert desk.page.locator("#id_name").input_value() == "Desmond Price"
    assert group.locator(".app-from").count() == 0
