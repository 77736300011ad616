"""The record of an outcome is published: both sides asked, the public interest, and nothing that tells who complained."""

from datetime import timedelta

import pytest

from panel.law import clock
from panel.law.period import day_words
from tests import steps
from tests.journeys.desk import PANEL

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True), pytest.mark.deep]


class Journey:
    """Officer and Chairman, and a complaint with its outcome on record."""

    def __init__(self, world, sit):
        self.today = clock.today()
        self.address = f"{PANEL}/complaints/{steps.at(world, 'outcome_recorded').reference}/"
        self.officer, self.chairman = sit(world.officer), sit(world.chairman, look=True)

    def given_that_nobody_was_asked_nothing_is_published(self):
        desk = self.chairman
        desk.open(f"{self.address}decide_publication/")
        desk.choose("Yes")
        desk.page.get_by_label("The text to be published").fill("A remark was explained.")
        desk.choose("What was explained, agreed or decided")
        desk.write("The reasons", "How the office speaks to the public matters.")
        desk.press("Continue")
        desk.errors("Tick that the representations were considered")
        desk.choose("The representations were considered")
        desk.press("Continue")
        desk.errors("Tick that publication is in the public interest, or do not publish")
        desk.choose("Publication is in the public interest")
        desk.press("Continue")
        desk.errors("Gillian Thorpe has not been invited to make representations")

    def when_both_sides_are_invited(self):
        desk = self.officer
        desk.open(f"{self.address}invite_representations/")
        desk.date("By when may they answer?", self.today + timedelta(days=10))
        desk.press("Record the invitation")
        desk.reads("Gillian Thorpe to say what they think of publication", "Decide whether the outcome is published")

    def and_the_complainant_objects(self):
        desk = self.officer
        desk.open(f"{self.address}note_representations/")
        desk.choose("Gillian Thorpe", "They object")
        desk.write("What did they say? (optional)", "My neighbours would know that it was me.")
        desk.press("Save")
        desk.does_not_read("Gillian Thorpe to say what they think of publication")

    def then_the_chairman_waits_for_the_other_side(self):
        self.publish("A remark was explained.")
        self.chairman.reads("Mr Ashcombe may still answer until")

    def publish(self, text):
        """Everything answered as it should be, with this text."""
        desk = self.chairman
        desk.open(f"{self.address}decide_publication/")
        desk.choose("Yes", "The representations were considered", "Publication is in the public interest")
        desk.page.get_by_label("The text to be published").fill(text)
        desk.choose("What was explained, agreed or decided")
        desk.write("The reasons", "How the office speaks to the public matters; nobody is named.")
        desk.press("Continue")

    def when_the_office_holder_agrees(self):
        desk = self.officer
        desk.open(f"{self.address}note_representations/")
        desk.choose("Mr Ashcombe", "They agree to publication")
        desk.press("Save")

    def then_no_text_that_tells_who_complained_is_taken(self):
        self.publish("What MRS THORPE had asked was explained.")
        self.chairman.errors("The text still holds “Thorpe”, which could tell who complained")

    def and_one_that_tells_nobody_is(self):
        desk = self.chairman
        desk.page.get_by_label("The text to be published").fill("What had been asked was explained.")
        desk.choose("What was explained, agreed or decided")
        desk.press("Continue")
        desk.press("Confirm decision")
        desk.told("Publication decided")
        self.officer.open(self.address)
        self.officer.reads("To be published", "Publish the record of the outcome")

    def when_it_is_published(self):
        desk = self.officer
        desk.follow("Record that somebody was told")
        for box in desk.page.locator("[name=duties]").all():
            words = box.locator("xpath=ancestor::*[.//label][1]").inner_text()
            box.set_checked("Publish the record" in words)
        desk.choose("On the Panel’s website")
        desk.write("If no copy is attached, why not?", "The page of the Panel has it")
        desk.press("Record that it was sent")

    def then_the_case_says_so_and_keeps_what_both_said(self):
        desk = self.officer
        desk.told("Published the record of the outcome")
        desk.reads(f"Published on {day_words(self.today)}")
        desk.tab("Timeline")
        desk.reads("My neighbours would know that it was me.", "They agree to publication", "nobody is named")


def test_an_outcome_is_published(world, sit, console):
    console.expect("status of (409|422)")
    journey = Journey(world, sit)
    journey.given_that_nobody_was_asked_nothing_is_published()
    journey.when_both_sides_are_invited()
    journey.and_the_complainant_objects()
    journey.then_the_chairman_waits_for_the_other_side()
    journey.when_the_office_holder_agrees()
    journey.then_no_text_that_tells_who_complained_is_taken()
    journey.and_one_that_tells_nobody_is()
    journey.when_it_is_published()
    journey.then_the_case_says_so_and_keeps_what_both_said()
