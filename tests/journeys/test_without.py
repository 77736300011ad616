"""Without a mouse, and without scripts."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from panel.law import clock
from tests import steps
from tests.build import PASSWORD
from tests.journeys.desk import PANEL

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


class Keyboard:
    """A page on which only keys are pressed."""

    def __init__(self, page):
        self.page = page

    def to(self, target, most=80):
        """Tab until that element has the focus; each element on the way can be seen to have it."""
        for _ in range(most):
            if target.evaluate("e => e === document.activeElement"):
                return target
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no way to {target} by keyboard")

    def press(self, target, key="Enter"):
        """Go there and press."""
        self.to(target)
        self.page.keyboard.press(key)

    def type(self, target, text):
        """Go there and type."""
        self.to(target)
        self.page.keyboard.type(text)


@pytest.mark.deep
def test_sign_in_and_decide_by_keyboard(world, sit, console):
    console.expect("status of 422")
    case = steps.at(world, "recorded")
    desk = sit()
    page, keys = desk.page, Keyboard(desk.page)
    desk.open("/accounts/login/")
    keys.type(page.get_by_label("Email address"), world.chairman.email)
    keys.type(page.get_by_label("Password", exact=True), PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{PANEL}/")

    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()
    keys.press(page.get_by_role("button", name="Read and decide"))

    page.wait_for_url(f"**/{case.reference}/filter/")
    keys.press(page.get_by_role("button", name="Continue"))
    desk.errors(
        "Select whether it could be a criminal offence", "Select how it should be handled", "Enter your reasons",
        "Enter why you are deciding without the Monitoring Officer’s advice",
    )  # fmt: skip
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    keys.press(page.get_by_role("link", name="Select whether it could be a criminal offence"))
    expect(page.get_by_label("No", exact=True)).to_be_focused()
    page.keyboard.press("Space")
    keys.press(page.get_by_role("link", name="Select how it should be handled"))
    first = page.get_by_label("A sub-panel resolves it informally")
    expect(first).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Informal resolution without a sub-panel")).to_be_checked()
    keys.type(page.get_by_label("Your reasons").and_(page.locator(":visible")), "A call may settle it.")
    keys.type(page.get_by_label("Why are you deciding without advice?"), "He is away.")
    keys.press(page.get_by_role("button", name="Continue"))
    expect(page.locator("h1")).to_have_text("Check your decision")
    keys.press(page.get_by_role("button", name="Confirm decision"))
    desk.stands("Route decided")


def test_log_and_decide_without_scripts(world, sit):
    officer = sit(world.officer, java_script_enabled=False)
    today = clock.today()
    officer.open(f"{PANEL}/complaints/new/log/")
    officer.choose("Letter", "The person who wrote or spoke to us", "Daniel Ashcombe, Commissioner")
    officer.date("Date it was made", today - timedelta(days=1))
    officer.write("Full name", "Peter Yarrow")
    officer.write("Short title", "A letter")
    officer.write("What is said to have happened?", "Did not answer a letter")
    officer.press("Continue")
    officer.press("Log the complaint")
    officer.told("Complaint logged")
    case = officer.path
    officer.follow("Record it")
    officer.select("What is it about?", "Answering correspondence")
    officer.choose("No")
    officer.press("Record the complaint")
    officer.stands("Recorded")

    chairman = sit(world.chairman, java_script_enabled=False)
    chairman.open(f"{case}filter/")
    chairman.choose("No", "The full Panel deals with it")
    chairman.write("Your reasons", "All members should see this.")
    chairman.write("Why are you deciding without advice?", "He is away.")
    chairman.press("Continue")
    chairman.press("Confirm decision")
    chairman.stands("Route decided")
