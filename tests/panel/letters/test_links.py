"""From every list of duties one link leads to the letter that meets a duty."""

import re

import pytest

from panel.models import LetterDraft
from tests.panel.pages.page import Browser
from tests.steps import at, fresh, open_duties, take

pytestmark = pytest.mark.django_db


def test_home_page_case_and_step_lead_to_the_letter(world):
    case = at(world, "received")
    who = case.complainant.name
    (duty,) = open_duties(fresh(case), "acknowledge")
    url = f"/exshire/complaints/{case.reference}/letters/for/{duty.pk}/"
    browser = Browser(world.officer)
    home = browser.get("/exshire/", {"after": "1"})
    assert url in [a.attrs["href"] for a in home.root.all("a") if a.text == "Write: Acknowledgement"]
    overview = browser.get(f"/exshire/complaints/{case.reference}/")
    assert "Write: Acknowledgement" in [a.text for a in overview.root.all("a", href=url)]
    step = browser.get(f"/exshire/complaints/{case.reference}/give_notice/", {"duty": duty.pk})
    page = step.follow(f"Write: Acknowledgement, to {who}")
    assert page.h1 == f"Acknowledgement, to {who}"
    # A draft that somebody began is gone on with, and one that is ready is posted.
    page.submit("Save and finish later", address="17 Mill Lane\nLarkford LK1 2AB")
    overview = browser.get(f"/exshire/complaints/{case.reference}/")
    assert "Go on writing: Acknowledgement" in [a.text for a in overview.root.all("a", href=url)]
    LetterDraft.objects.filter(case=case).update(ready_on="2026-11-18")
    assert (
        browser.get(f"/exshire/complaints/{case.reference}/").follow("Post: Acknowledgement").h1.startswith("Print it")
    )


def test_the_next_step_of_a_case_is_its_letter_where_a_notice_comes_first(world):
    case = take(world, at(world, "received"), "decline_to_record")
    browser = Browser(world.officer)
    overview = browser.get(f"/exshire/complaints/{case.reference}/")
    button = next(a for a in overview.root.all("a", cls="govuk-button") if "letters/for" in a.attrs["href"])
    assert re.match("Write: (Not recorded|Acknowledgement), to ", button.text)
    assert browser.get(button.attrs["href"]).h1 == button.text.removeprefix("Write: ")


def test_a_duty_that_is_met_leads_to_what_went_and_others_write_nothing(world):
    case = at(world, "received")
    (duty,) = open_duties(fresh(case), "acknowledge")
    url = f"/exshire/complaints/{case.reference}/letters/for/{duty.pk}/"
    assert Browser(world.auditor).get(url).status == 403
    for who in (world.auditor, world.chairman):
        assert "Write: " not in Browser(who).get(f"/exshire/complaints/{case.reference}/").text
        assert "Write: " not in Browser(who).get("/exshire/", {"after": "1"}).text
    take(world, case, "give_notice", duties=[str(duty.pk)])
    page = Browser(world.officer).get(url)
    assert "is not there to be written any more" in page.banner
