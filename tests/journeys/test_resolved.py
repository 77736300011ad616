"""A complaint the whole way: logged, recorded, decided, given to a sub-panel, resolved, told, closed."""

from datetime import timedelta

import pytest

from panel.law import clock
from tests.build import PASSWORD, PDF

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True), pytest.mark.deep]

TITLE = "Public meeting at Larkford"


class Journey:
    """Officer, Monitoring Officer and Chairman, each at a desk of their own."""

    def __init__(self, world, sit, look):
        self.today = clock.today()
        self.officer = sit(look=look)
        self.officer.sign_in(world.officer, PASSWORD)
        self.mo, self.chairman = sit(world.mo, look=look), sit(world.chairman, look=True)
        self.case = ""

    def given_an_earlier_complaint(self):
        """The officer logs one, which nobody else has made before."""
        self.when_the_officer_types_it_in("Gillian Thorpe", "gillian@example.org")
        desk = self.officer
        desk.heading("Check before you log this complaint")
        desk.does_not_read("look similar", "looks similar")
        desk.press("Log the complaint")
        desk.told("Complaint logged")
        desk.stands("Received")

    def when_the_officer_types_it_in(self, name, email):
        desk = self.officer
        desk.open("/exshire/")
        desk.follow("Log a complaint")
        desk.follow("Type it in without a file")
        desk.press("Continue")
        desk.errors(
            "Select how it arrived", "Enter the date it was made", "Select who is complaining",
            "Select whose conduct it is about", "Enter a short title", "Enter what is said to have happened",
        )  # fmt: skip
        desk.choose("Email", "The person who wrote or spoke to us", "Daniel Ashcombe, Commissioner")
        desk.date("Date it was made", self.today - timedelta(days=1))
        desk.write("Full name", name)
        desk.write("Email address (optional)", email)
        desk.write("Short title", TITLE)
        desk.write(
            "Complaint, in the complainant’s own words (optional)",
            "I asked about the front counter. He had me sent out.",
        )
        desk.write("What is said to have happened?", "Told her she was wasting everybody’s time")
        desk.date("When did it happen? (optional)", self.today - timedelta(days=20))
        desk.press("Add another allegation")
        desk.page.locator("#id_what_2").fill("Mocked her by name online")
        desk.press("Continue")

    def when_somebody_else_complains_of_the_same(self):
        self.when_the_officer_types_it_in("Peter Yarrow", "peter@example.org")
        desk = self.officer
        desk.reads("1 complaint looks similar", TITLE)
        desk.look_over()  # a page that the sweep does not come to
        desk.press("Log the complaint")
        desk.errors("Select how to log this one")
        desk.choose("It is a complaint of its own")
        desk.attach("The email, letter or other documents", "letter.pdf", PDF)
        desk.press("Log the complaint")
        desk.told("Complaint logged")
        self.case = desk.path

    def then_it_is_acknowledged(self):
        desk = self.officer
        desk.follow("Record that somebody was told")
        desk.choose("Email")
        desk.press("Record that it was sent")
        desk.errors("Attach a copy of what was sent, or enter why there is none")
        desk.attach("Copy of what was sent", "acknowledgement.pdf", PDF)
        desk.press("Record that it was sent")
        desk.told("Acknowledged the complaint to")

    def when_the_officer_records_it(self):
        desk = self.officer
        desk.follow("Record it")
        desk.select("What is it about?", "Behaviour in public")
        desk.choose("No")
        desk.press("Record the complaint")
        desk.stands("Recorded")

    def and_the_copies_are_decided_and_sent(self):
        desk = self.officer
        desk.follow("Decide the office holder’s copy")
        desk.choose("The full copy")
        desk.press("Record the decision")
        desk.follow("Record that somebody was told")
        desk.choose(*self.labels(desk, "copy of the"))
        desk.choose("Post")
        desk.attach("Copy of what was sent", "record.pdf", PDF)
        desk.press("Record that it was sent")
        assert "a copy of" not in desk.page.locator("section:has(#duties)").inner_text()
        desk.tab("Documents")
        desk.reads("record.pdf", "letter.pdf", "acknowledgement.pdf")
        desk.open(self.case)

    def labels(self, desk, words):
        """Labels of the choices that name those words."""
        return [t.strip() for t in desk.page.locator(".app-choice label").all_inner_texts() if words in t]

    def and_the_chairman_is_briefed_and_advised(self):
        self.officer.follow("Write the note for the Chairman")
        self.officer.write("Note for the Chairman", "The webcast shows it at minute 41.")
        self.officer.press("Save the note")
        self.mo.open("/exshire/")
        self.mo.reads("Waiting for your advice")
        self.mo.open(self.case)
        self.mo.follow("Advise the Chairman")
        self.mo.write("Your conclusion", "Sub-panel to resolve it informally")
        self.mo.write("Your advice", "None of the grounds fits.")
        self.mo.press("Give the advice")

    def when_the_chairman_sends_it_to_a_sub_panel(self):
        desk = self.chairman
        desk.open("/exshire/")
        desk.heading("1 decision is waiting for you")
        desk.open(f"{self.case}filter/")
        desk.reads("The webcast shows it at minute 41.", "Sub-panel to resolve it informally")
        desk.press("Continue")
        desk.errors(
            "Select whether it could be a criminal offence", "Select how it should be handled", "Enter your reasons"
        )
        desk.choose("No")
        desk.choose("A sub-panel resolves it informally")
        desk.write("Your reasons", "The facts are not much in dispute.")
        desk.press("Continue")
        desk.heading("Check your decision")
        desk.reads("What will happen when you confirm", "The facts are not much in dispute.")
        desk.press("Change your reasons")
        desk.write("Your reasons", "The facts are not much in dispute. A meeting may settle this.")
        desk.press("Continue")
        desk.press("Confirm decision")
        desk.stands("Route decided")

    def and_appoints_three(self, names):
        desk = self.chairman
        desk.follow("Appoint a sub-panel")
        desk.choose(*names[:2])
        desk.press("Appoint the sub-panel")
        desk.errors("A sub-panel has exactly three members: select three")
        desk.choose(names[2])
        desk.press("Appoint the sub-panel")
        desk.stands("Sub-panel")

    def when_both_sides_are_invited_to_comment(self):
        desk = self.officer
        desk.open(f"{self.case}give_notice/")
        desk.choose(*self.labels(desk, "of the decision"), *self.labels(desk, "to comment"))
        desk.choose("Email")
        desk.write("If no copy is attached, why not?", "Kept in the post book")
        desk.press("Record that it was sent")
        desk.errors("Enter the day by which they may comment")
        desk.date("By when may they comment?", self.today + timedelta(days=10))
        desk.press("Record that it was sent")
        desk.reads("Mr Ashcombe to comment", "Peter Yarrow to comment")

    def and_both_have_commented(self):
        desk = self.officer
        for side in ("Peter Yarrow", "Mr Ashcombe"):
            desk.open(f"{self.case}note_comments/")
            desk.choose(side, "Yes")
            desk.write("What did they say?", "They would like to meet.")
            desk.press("Save the comments")

    def then_it_is_resolved_informally(self):
        desk = self.officer
        desk.follow("Begin informal resolution")
        desk.choose("The sub-panel")
        decided = desk.page.get_by_role("group", name="Whose decision is it?")
        decided.get_by_label("Sub-panel").check()
        desk.write("What shows the decision?", "Minute 4")
        desk.press("Begin informal resolution")
        desk.stands("Informal resolution")
        desk.follow("Record the outcome")
        desk.choose("Explained")
        desk.write("Record of the outcome", "The complaint is upheld.")
        desk.press("Record the outcome")
        desk.reads("There is a problem")
        desk.write("Record of the outcome", "He explained what he had meant, and she accepted it.")
        desk.choose("What was explained, agreed or decided")
        desk.press("Record the outcome")
        desk.stands("Outcome recorded")

    def and_closed_once_everybody_is_told(self):
        desk = self.officer
        desk.open(f"{self.case}close/", status=409)
        desk.heading("You cannot do this yet")
        desk.look_over()
        desk.reads("Somebody has still to be told")
        desk.open(f"{self.case}give_notice/")
        desk.choose(*self.labels(desk, "copy of the outcome"))
        desk.choose("Post")
        desk.attach("Copy of what was sent", "outcome.pdf", PDF)
        desk.press("Record that it was sent")
        desk.follow("Close the complaint")
        desk.write("Summary for the annual report", "A remark at a public meeting was explained.")
        desk.choose("What was explained, agreed or decided")
        desk.press("Close the complaint")
        desk.stands("Closed")

    def then_the_record_is_verified(self):
        desk = self.officer
        desk.tab("History")
        desk.reads("Verified", "entries are as they were sealed")
        desk.tab("Timeline")
        desk.reads("Closed", "Sub-panel appointed", "They would like to meet.")


@pytest.mark.parametrize("look", [False, pytest.param(True, marks=pytest.mark.deep)], ids=["briefly", "in full"])
def test_a_complaint_is_resolved_by_a_sub_panel(world, sit, console, look):
    """Every day the Chairman's pages are looked over; with `look` those of all three."""
    console.expect("status of (409|422)")
    journey = Journey(world, sit, look)
    journey.given_an_earlier_complaint()
    journey.when_somebody_else_complains_of_the_same()
    journey.then_it_is_acknowledged()
    journey.when_the_officer_records_it()
    journey.and_the_copies_are_decided_and_sent()
    journey.and_the_chairman_is_briefed_and_advised()
    journey.when_the_chairman_sends_it_to_a_sub_panel()
    journey.and_appoints_three([m.name for m in world.members[3:6]])
    journey.when_both_sides_are_invited_to_comment()
    journey.and_both_have_commented()
    journey.then_it_is_resolved_informally()
    journey.and_closed_once_everybody_is_told()
    journey.then_the_record_is_verified()
