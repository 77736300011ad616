"""From notification to response, in a browser."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from panel.law import clock
from panel.law.period import long_date
from tests.browser import RULES, WIDE, look_over
from tests.build import PASSWORD, make_world

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world():
    """A panel with everybody in place."""
    return make_world()


def given_the_officer_is_signed_in(page, live_server, world):
    page.goto(f"{live_server.url}/exshire/")
    page.get_by_label("Email address").fill(world.officer.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def fill_date(page, legend, day):
    group = page.get_by_role("group", name=legend)
    for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(label).fill(str(value))


def press(page, words):
    page.get_by_role("button", name=words, exact=True).click()


def follow(page, words):
    page.locator(".app-rows").get_by_role("link", name=words, exact=True).or_(
        page.locator(".app-rows").get_by_role("button", name=words, exact=True)
    ).first.click()


def test_from_notification_to_response(page, live_server, world, console):
    console.expect("422")
    today = clock.today()
    notified = today - timedelta(days=9)
    given_the_officer_is_signed_in(page, live_server, world)
    page.get_by_role("link", name="Log a notification of an appointment").click()
    page.get_by_role("link", name="Chief Executive").click()
    # the candidate is missing: said clearly, nothing lost
    for thing in (
        "The candidate’s name",
        "The criteria used",
        "Why the candidate satisfies them",
        "The terms and conditions",
    ):
        page.get_by_label(thing).check()
    fill_date(page, "When did the Panel receive the notification?", notified)
    press(page, "Continue")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Enter the candidate’s name")
    assert page.get_by_label("The criteria used").is_checked()
    page.get_by_label("Candidate", exact=True).fill("Farida Haddon")
    press(page, "Continue")
    press(page, "Log the notification")
    last = clock.three_weeks(notified).day
    expect(
        page.get_by_role("heading", name=f"Day 10 of 21: report to the Commissioner by {long_date(last)}")
    ).to_be_visible()
    assert look_over(page, asked={WIDE: RULES}) == []
    follow(page, "Begin the review")
    fill_date(page, "When did the review begin?", notified)
    press(page, "Begin the review")
    follow(page, "Arrange the hearing")
    fill_date(page, "Day of the hearing", today)
    fill_date(page, "When was this arranged?", notified)
    page.get_by_label("Place").fill("County Hall")
    page.get_by_label("In person").check()
    press(page, "Arrange the hearing")
    page.goto(page.url + "hold_hearing/")
    page.get_by_label("Yes", exact=True).first.check()
    page.get_by_role("group", name="Was it held in public?").get_by_label("Yes").check()
    page.get_by_role("group", name="Did the candidate appear?").get_by_label("Yes").check()
    page.get_by_role("group", name="Was a motion moved").get_by_label("No", exact=True).check()
    press(page, "All in the room")
    page.get_by_label("Questions to Farida Haddon, and answers").fill("Asked about independence, she gave an example.")
    assert look_over(page, asked={WIDE: RULES}) == []
    press(page, "Record the hearing")
    follow(page, "Record the recommendation")
    page.get_by_label("That the candidate be appointed").check()
    page.get_by_label("By a vote, counted").check()
    page.get_by_label("For", exact=True).fill("9")
    page.get_by_label("Against", exact=True).fill("0")
    page.get_by_label("Abstained", exact=True).fill("0")
    page.get_by_label("The Panel’s reasons").fill("Competent and independent.")
    page.get_by_label("What shows the decision?").fill("Minute 4")
    press(page, "Record the recommendation")
    expect(page.locator(".govuk-error-summary")).to_contain_text("add up to 9, and 10 members could vote")
    page.get_by_label("For", exact=True).fill("10")
    press(page, "Record the recommendation")
    follow(page, "Send the report")
    page.get_by_label("Email", exact=True).check()
    press(page, "Record that it was sent")
    expect(page.get_by_role("heading", name="Reported on")).to_be_visible()
    page.locator(".app-tabs").get_by_role("link", name="Report").click()
    expect(page.get_by_text("The Panel recommends that Farida Haddon be appointed as Chief Executive.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Word").first.click()
    assert download.value.suggested_filename.endswith("-report-1.docx")
    page.locator(".app-tabs").get_by_role("link", name="Overview").click()
    follow(page, "Record that the recommendation is accepted")
    page.get_by_role("group", name="Is the candidate appointed?").get_by_label("Yes").check()
    press(page, "Record the decision")
    expect(page.get_by_text("Recommendation accepted").first).to_be_visible()
    assert look_over(page) == []
