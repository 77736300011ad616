"""Five allegations of one complaint, each its own way: redirected, with the IOPC, disapplied, resolved, withdrawn."""

import pytest

from panel.law import clock
from tests import steps
from tests.build import PDF, log
from tests.journeys.desk import PANEL

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True), pytest.mark.deep]


class Journey:
    """Officer and Chairman, and a complaint of five allegations that was received."""

    def __init__(self, world, sit):
        self.world, self.today = world, clock.today()
        self.case = steps.fresh(log(world, on=self.today, allegations=5))
        self.address = f"{PANEL}/complaints/{self.case.reference}/"
        self.officer, self.chairman = sit(world.officer), sit(world.chairman)

    def take(self, key, **over):
        """What other journeys take through the pages."""
        self.case = steps.take(self.world, steps.fresh(self.case), key, on=self.today, **over)

    def only(self, desk, *numbers):
        """Leave these allegations ticked and no others."""
        wanted = {f"Allegation {n}" for n in numbers}
        for box in desk.page.locator("[name=parts]").all():
            label = f"Allegation {box.get_attribute('value')}"
            (box.check if label in wanted else box.uncheck)()

    def table(self, desk):
        """Where each allegation stands, as the case page has it."""
        desk.open(self.address)
        rows = desk.page.locator("table", has_text="What was decided").locator("tbody tr")
        return {
            row.locator("td, th").nth(0).inner_text()[0]: row.locator(".govuk-tag").inner_text() for row in rows.all()
        }

    def when_one_is_redirected_and_the_rest_recorded(self):
        desk = self.officer
        desk.open(f"{self.address}redirect/")
        self.only(desk)
        desk.choose("Policy, not conduct")
        desk.write("Who is it for?", "The Commissioner’s office")
        desk.write("Your reasons", "Which counters are open is a policy.")
        desk.press("Redirect it")
        desk.errors("Select at least one allegation")
        self.only(desk, 1)
        desk.press("Redirect it")
        desk.told("Redirected")
        desk.stands("Received")
        desk.follow("Record it")
        desk.reads("Allegation 1, allegation number 1: Policy, not conduct")
        desk.select("What is it about?", "Behaviour in public")
        desk.choose("No")
        desk.press("Record the complaint")
        desk.stands("Recorded")

    def and_one_goes_to_the_iopc(self):
        self.take("identify_serious", parts=["2"], clear_on=self.today)
        self.take("refer_to_iopc", parts=["2"])
        self.take("decide_copies")
        desk = self.officer
        desk.open(f"{self.address}iopc_investigates/")
        desk.write("The IOPC’s reference", "IOPC/26/0777")
        desk.press("Save")
        desk.stands("With the IOPC")
        desk.reads("With the IOPC since")

    def then_the_chairman_decides_on_the_rest_each_for_itself(self):
        desk = self.chairman
        desk.open(f"{self.address}filter/")
        assert desk.page.locator("[name=parts]").evaluate_all("e => e.map(b => b.value)") == ["3", "4", "5"]
        desk.reads("Allegation 1, allegation number 1: Policy, not conduct")
        self.only(desk, 4)
        desk.choose("No", "Informal resolution without a sub-panel")
        desk.write("Your reasons", "A word between the two may settle it.")
        desk.page.get_by_label("Why are you deciding without advice?").fill("He is away.")
        desk.press("Continue")
        desk.press("Confirm decision")
        desk.stands("Route decided")
        self.take("filter", parts=["3"], route="no_action", **steps.DISAPPLIED)
        desk.open(f"{self.address}resolve_informally/")
        desk.choose("The scrutiny officer")
        desk.press("Begin informal resolution")
        desk.stands("Informal resolution")

    def then_each_letter_says_which_allegation_it_is_about(self):
        desk = self.officer
        desk.open(self.address)
        duties = desk.page.locator("section:has(#duties)").inner_text()
        for words in (
            "that it is not for the Panel, and why (allegation 1)", "that it went to the IOPC (allegation 2)",
            "Carry out the decision, then close (allegation 3)", "Decide how it is handled (allegation 5)",
        ):  # fmt: skip
            assert words in duties, duties

    def when_the_one_is_resolved_and_the_other_closed(self):
        self.take("give_notice", answer_by=self.today)
        for side in ("complainant", f"office_holder:{self.world.pcc.pk}"):
            self.take("note_comments", side=side)
        desk = self.officer
        desk.open(f"{self.address}record_outcome/")
        desk.choose("Explained")
        desk.write("Record of the outcome", "He explained what he had laughed at.")
        desk.choose("What was explained, agreed or decided")
        desk.press("Record the outcome")
        desk.stands("Outcome recorded")
        desk.open(f"{self.address}close/")  # of allegation 4 somebody has still to be told; of 3 everybody has been
        desk.write("Summary for the annual report", "An old letter; no action.")
        desk.choose("What was explained, agreed or decided")
        desk.press("Close the complaint")
        assert self.table(desk) == {
            "1": "Redirected", "2": "With the IOPC", "3": "Closed", "4": "Outcome recorded", "5": "Recorded",
        }  # fmt: skip
        desk.open(f"{self.address}close/", status=409)
        desk.reads("Somebody has still to be told")
        self.take("give_notice")
        self.take("close")

    def and_the_last_is_withdrawn(self):
        desk = self.officer
        desk.open(f"{self.address}withdraw/")
        self.only(desk, 5)
        desk.choose("To withdraw the complaint", "The complainant", "Straight to the Panel")
        desk.attach("The signed withdrawal", "withdrawal.pdf", PDF)
        desk.press("Record the withdrawal")

    def then_the_complaint_goes_on_only_with_the_iopc(self):
        desk = self.officer
        desk.stands("With the IOPC")
        desk.reads("Standing elsewhere: Allegation 1, redirected,")
        desk.does_not_read("Closed, allegation 2")
        for key in ("filter", "record_outcome", "close"):
            desk.open(f"{self.address}{key}/", status=409)
        self.chairman.open(PANEL + "/")
        self.chairman.heading("No decisions are waiting for you")

    def and_ends_when_the_iopc_stops_without_a_direction(self):
        desk = self.officer
        desk.open(f"{self.address}iopc_discontinues/")
        desk.choose("No direction: no further action is taken")
        desk.write("The IOPC’s reasons", "There is no evidence.")
        desk.press("Save")
        desk.stands("Closed")
        assert self.table(desk) == {
            "1": "Redirected", "2": "Closed", "3": "Closed", "4": "Closed", "5": "Withdrawn",
        }  # fmt: skip
        desk.reads(
            "Explained, ", "Take no action, ground (e)", "No direction: no further action is taken (regulation 24)"
        )
        desk.tab("History")
        desk.reads("Verified")


def test_five_allegations_of_one_complaint_go_five_ways(world, sit, console):
    console.expect("status of (409|422)")
    journey = Journey(world, sit)
    journey.when_one_is_redirected_and_the_rest_recorded()
    journey.and_one_goes_to_the_iopc()
    journey.then_the_chairman_decides_on_the_rest_each_for_itself()
    journey.then_each_letter_says_which_allegation_it_is_about()
    journey.when_the_one_is_resolved_and_the_other_closed()
    journey.and_the_last_is_withdrawn()
    journey.then_the_complaint_goes_on_only_with_the_iopc()
    journey.and_ends_when_the_iopc_stops_without_a_direction()
