"""To the IOPC and back: an offence appears, it is referred a day late, the IOPC refers it back, no action is taken."""

from datetime import timedelta

import pytest

from panel.law import clock
from tests import steps
from tests.journeys.desk import PANEL

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True), pytest.mark.deep]


class Journey:
    """Officer and Chairman, and a complaint that has been recorded."""

    def __init__(self, world, sit):
        self.today = clock.today()
        self.address = f"{PANEL}/complaints/{steps.at(world, 'recorded').reference}/"
        self.officer, self.chairman = sit(world.officer), sit(world.chairman)

    def when_an_offence_appears(self):
        desk = self.officer
        desk.open(self.address)
        desk.follow("Say that a criminal offence appears")
        desk.choose("A criminal offence appears")
        desk.date("On which day did this first become clear, or did the IOPC call?", self.today - timedelta(days=2))
        desk.write("What shows it?", "A card statement with private purchases.")
        desk.press("Start the referral")
        desk.reads("Must go to the IOPC", "1 day late")

    def then_nobody_decides_on_it(self):
        self.chairman.open(f"{self.address}filter/", status=409)
        self.chairman.heading("You cannot do this yet")
        self.chairman.reads("must first go to the IOPC")

    def when_it_is_referred_late(self):
        desk = self.officer
        desk.open(PANEL + "/")
        desk.reads("Overdue")
        desk.open(self.address)
        desk.follow("Refer to the IOPC")
        desk.press("Record the referral")
        desk.errors(
            "Enter what was sent",
            "Select whether to tell Mr Ashcombe",
            "Select what made it late",
            "Enter why it is late",
        )
        desk.select("What made it late?", "Somebody was away or ill")
        desk.write("Why is it late?", "The officer was ill and nobody stood in.")
        desk.write("What was sent?", "The complaint, by secure email")
        desk.choose("No, it might prejudice an investigation")
        desk.press("Record the referral")
        desk.stands("Referred to the IOPC")

    def then_the_chairman_waits(self):
        self.chairman.open(PANEL + "/")
        self.chairman.heading("No decisions are waiting for you")
        self.chairman.open(self.address)
        self.chairman.reads("with the IOPC")

    def when_the_iopc_refers_it_back(self):
        desk = self.officer
        desk.follow("Note that the IOPC refers it back")
        desk.write("The IOPC’s reasons", "No investigation is needed.")
        desk.press("Save")
        desk.stands("Recorded")

    def and_the_chairman_takes_no_action_on_a_ground(self):
        desk = self.chairman
        desk.open(PANEL + "/")
        desk.page.get_by_role("button", name="Read and decide").click()
        desk.choose("Take no action")
        desk.press("Continue")
        desk.errors(
            "Tick that no action should be taken, or choose another route",
            "Select at least one ground",
            "Enter why you are deciding without the Monitoring Officer’s advice",
        )
        desk.page.get_by_label("Why are you deciding without advice?").fill("He is away until next month.")
        desk.page.locator("[name=considered]").check()
        desk.page.locator("[name=grounds][value=e]").check()
        desk.press("Continue")
        desk.errors(
            "Select which part of ground (e) fits",
            "Enter your reasons for ground (e), vexatious, oppressive or an abuse",
        )
        desk.choose("Vexatious")
        desk.page.locator("[name=reasons_e]").fill("Fourteen letters about one parking space.")
        desk.press("Continue")
        desk.heading("Check your decision")
        desk.reads("Take no action", "Fourteen letters about one parking space.")
        desk.press("Confirm decision")
        desk.stands("Route decided")

    def and_everybody_is_told(self):
        desk = self.officer
        desk.open(f"{self.address}decide_copies/")
        desk.choose("The full copy")
        desk.select("What made it late?", "Somebody outside was waited for")
        desk.write("Why is it late?", "It was with the IOPC.")
        desk.press("Record the decision")
        desk.open(f"{self.address}give_notice/")
        for box in desk.page.locator("[name=duties]").all():
            box.check()
        desk.choose("Post")
        desk.write("If no copy is attached, why not?", "In the post book")
        desk.select("What made it late?", "Another reason")
        desk.write("Why is it late?", "The post room was closed.")
        desk.press("Record that it was sent")
        desk.told("told Gillian Thorpe that it went to the IOPC")

    def then_it_is_closed_with_its_ground(self):
        desk = self.officer
        desk.follow("Close the complaint")
        desk.write("Summary for the annual report", "Repeated letters about a parking space; no action.")
        desk.choose("What was explained, agreed or decided")
        desk.press("Close the complaint")
        desk.stands("Closed")
        desk.reads("Take no action, ground (e)")
        desk.tab("Timeline")
        desk.reads("Why it was late", "The officer was ill and nobody stood in.")
        desk.tab("History")
        desk.reads("Verified")


def test_to_the_iopc_and_back(world, sit, console):
    console.expect("status of (409|422)")
    journey = Journey(world, sit)
    journey.when_an_offence_appears()
    journey.then_nobody_decides_on_it()
    journey.when_it_is_referred_late()
    journey.then_the_chairman_waits()
    journey.when_the_iopc_refers_it_back()
    journey.and_the_chairman_takes_no_action_on_a_ground()
    journey.and_everybody_is_told()
    journey.then_it_is_closed_with_its_ground()
