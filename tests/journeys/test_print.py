"""On paper: what is on record, with every details open; nothing that only works on a screen."""

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import build, steps
from tests.browser import SHOTS
from tests.journeys.desk import PANEL

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

ONLY_ON_A_SCREEN = (
    ".govuk-service-navigation", ".app-tabs", ".govuk-footer", ".govuk-skip-link", ".app-back", ".govuk-button",
    ".app-header__person", "section:has(#next)", "section:has(#cannot-yet)",
)  # fmt: skip


def test_a_case_on_paper(world, sit):
    case = steps.take(world, build.log(world, on=date(2026, 10, 27), allegations=2), "record")
    address = f"{PANEL}/complaints/{case.reference}/"
    desk = sit(world.officer)
    page = desk.page
    for tab in ("", "parts/", "timeline/", "documents/", "history/"):
        desk.open(address + tab)
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 780, "height": 1100})
        for gone in ONLY_ON_A_SCREEN:
            expect(page.locator(gone).and_(page.locator(":visible"))).to_have_count(0)
        expect(page.get_by_text(re.compile("^Printed on .* by Officer of Exshire"))).to_be_visible()
        for details in page.locator("main details:visible").all():
            assert details.locator(".govuk-details__text").bounding_box()["height"] > 0
        if SHOTS:
            page.screenshot(path=str(Path(SHOTS) / f"print-{tab.strip('/') or 'case'}.png"), full_page=True)
            page.pdf(path=str(Path(SHOTS) / f"print-{tab.strip('/') or 'case'}.pdf"))
        page.emulate_media(media="screen")
    desk.open(address)
    assert page.locator("main details:visible").count() > 1
