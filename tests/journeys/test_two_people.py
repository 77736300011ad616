"""Two people at one case: both decide at once; one declares an interest, and the other acts."""

import pytest

from tests import steps
from tests.journeys.desk import PANEL

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def case(world):
    """A complaint that waits for the Chairman."""
    return f"{PANEL}/complaints/{steps.at(world, 'recorded').reference}/"


def when_the_decision_is_written(desk, route, reasons):
    desk.choose("No", route)
    desk.write("Your reasons", reasons)
    desk.write("Why are you deciding without advice?", "He is away.")
    desk.press("Continue")


def test_both_decide_at_once(world, case, sit, console):
    console.expect("status of 409")
    chairman, officer = sit(world.chairman, look=True), sit(world.officer)
    for desk in (chairman, officer):
        desk.open(f"{case}filter/")
    officer.choose("No", "A sub-panel resolves it informally")
    officer.write("Your reasons", "They have both said they would meet.")
    officer.write("Why are you deciding without advice?", "He is away.")
    officer.select("Who decided?", "Chairman of Exshire, Chairman")
    officer.write("What shows the decision?", "Letter of yesterday")
    officer.press("Continue")
    officer.press("Confirm decision")
    officer.stands("Route decided")

    when_the_decision_is_written(chairman, "The full Panel deals with it", "I would rather that all members saw this.")
    chairman.heading("Officer of Exshire entered the decision while you were writing")
    chairman.reads("They have both said they would meet.", "I would rather that all members saw this.")
    chairman.choose("Leave the decision, and put my text on the case as a file note")
    chairman.press("Continue")
    chairman.told("Your text is on the case as a file note.")
    chairman.tab("Timeline")
    chairman.reads("I would rather that all members saw this.")


@pytest.mark.deep
def test_an_interest_takes_sight_and_decision_away(world, case, sit, console):
    console.expect("status of (403|404)")
    chairman, vice = sit(world.chairman, look=True), sit(world.vice)
    vice.open(f"{PANEL}/")
    vice.heading("No decisions are waiting for you")
    vice.open(f"{case}filter/", status=403)

    chairman.open(f"{PANEL}/")
    chairman.heading("1 decision is waiting for you")
    chairman.follow("declare an interest in Public meeting at Larkford")
    chairman.write("What is the interest?", "The complainant is my neighbour")
    chairman.choose("Closeness to the people or the matter", "Yes")
    chairman.press("Continue")
    chairman.reads("You will not see this case again. Vice of Exshire (Vice-Chairman) decides.")
    chairman.press("Declare the interest")
    chairman.heading("No decisions are waiting for you")
    for page in ("", "filter/", "timeline/", "documents/"):
        answer = chairman.page.goto(chairman.base + case + page)
        assert answer.status in (403, 404)
        chairman.arrived()
    chairman.open(f"{PANEL}/complaints/?q=Larkford")
    chairman.does_not_read("Public meeting at Larkford")

    vice.open(f"{PANEL}/")
    vice.heading("1 decision is waiting for you")
    vice.reads("You decide because Chairman of Exshire has an interest.")
    vice.page.get_by_role("button", name="Read and decide").click()
    when_the_decision_is_written(vice, "Informal resolution without a sub-panel", "A call may settle it.")
    vice.press("Confirm decision")
    vice.stands("Route decided")
