"""The IOPC stops investigating: with a direction the Panel obeys it, without one it takes no further action (reg 24)."""

import pytest

from tests import steps
from tests.journeys.desk import PANEL

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True), pytest.mark.deep]


class Journey:
    """Officer and Chairman, and a complaint that the IOPC investigates."""

    def __init__(self, world, sit, look=False):
        self.address = f"{PANEL}/complaints/{steps.at(world, 'with_iopc').reference}/"
        self.officer, self.chairman = sit(world.officer, look=look), sit(world.chairman)

    def when_the_iopc_stops(self, direction):
        desk = self.officer
        desk.open(self.address)
        desk.follow("Note that the IOPC stops investigating")
        desk.press("Save")
        desk.errors("Select what the IOPC directs", "Enter the reasons")
        desk.choose(direction)
        desk.write("The IOPC’s reasons", "It is not in the public interest to go on.")
        desk.press("Save")

    def then_it_waits_for_the_chairman_who_must_do_as_directed(self):
        self.officer.stands("Recorded")
        self.officer.reads("Do as the IOPC directs", "Informal resolution under Part 4 (regulation 24)")
        desk = self.chairman
        desk.open(f"{self.address}filter/")
        desk.choose("Take no action")
        desk.page.locator("[name=considered]").check()
        desk.page.locator("[name=grounds][value=e]").check()
        desk.choose("Vexatious")
        desk.page.locator("[name=reasons_e]").fill("Fourteen letters.")
        desk.page.get_by_label("Why are you deciding without advice?").fill("He is away.")
        desk.press("Continue")
        desk.errors("The IOPC directed that allegation 1 be resolved informally: choose a route that does")
        desk.choose("Informal resolution without a sub-panel")
        desk.write("Your reasons", "As the IOPC directs.")
        desk.press("Continue")
        desk.press("Confirm decision")
        desk.stands("Route decided")
        self.officer.open(self.address)
        self.officer.does_not_read("Do as the IOPC directs")

    def then_it_has_ended_and_nobody_decides_anything(self):
        desk = self.officer
        desk.stands("Closed")
        desk.reads("No direction: no further action is taken (regulation 24)")
        self.chairman.open(PANEL + "/")
        self.chairman.heading("No decisions are waiting for you")
        self.chairman.open(f"{self.address}filter/", status=409)

    def but_both_are_told(self):
        desk = self.officer
        desk.reads("Tell Gillian Thorpe that the IOPC has stopped", "Tell Mr Ashcombe that the IOPC has stopped")
        desk.open(f"{self.address}give_notice/")
        for box in desk.page.locator("[name=duties]").all():
            words = box.locator("xpath=ancestor::*[.//label][1]").inner_text()
            box.set_checked("has stopped" in words)
        desk.choose("Email")
        desk.write("If no copy is attached, why not?", "In the scrutiny mailbox")
        desk.press("Record that it was sent")
        desk.told("Told Gillian Thorpe and Mr Ashcombe that the IOPC has stopped, and what follows")


def test_with_a_direction_the_panel_obeys_it(world, sit, console):
    console.expect("status of (409|422)")
    journey = Journey(world, sit)
    journey.when_the_iopc_stops("Informal resolution under Part 4")
    journey.then_it_waits_for_the_chairman_who_must_do_as_directed()


def test_without_a_direction_no_further_action_is_taken(world, sit, console):
    console.expect("status of (409|422)")
    journey = Journey(world, sit, look=True)
    journey.when_the_iopc_stops("No direction: no further action is taken")
    journey.then_it_has_ended_and_nobody_decides_anything()
    journey.but_both_are_told()
