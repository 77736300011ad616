"""The gallery in a browser: no axe violation, no sideways scrolling at 320px, with and without scripts."""

import pytest
from playwright.sync_api import expect

from tests.browser import BY_WIDTH, EVERYTHING, NARROW, ONCE, look_over, told
from tests.look import gallery as gallery_pages

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def gallery(settings, live_server):
    settings.ROOT_URLCONF = "tests.look.gallery"
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], gallery_pages.TEMPLATES]}]
    return f"{live_server.url}/look"


@pytest.fixture
def unscripted(page):
    """A page on which no script loads; reading is left to Playwright and axe."""
    page.route("**/*.js", lambda route: route.abort())
    return page


BARE = {NARROW: BY_WIDTH}  # without scripts the elements are the same, but all of them show


@pytest.mark.parametrize(
    "scripts, asked",
    [
        (True, ONCE),
        (False, BARE),
        pytest.param(True, EVERYTHING, marks=pytest.mark.deep),
        pytest.param(False, EVERYTHING, marks=pytest.mark.deep),
    ],
    ids=["with scripts", "without", "with scripts, in full", "without, in full"],
)
def test_pages_hold(gallery, page, console, scripts, asked):
    if not scripts:
        console.expect("ERR_FAILED")
        page.route("**/*.js", lambda route: route.abort())
    wrong = []
    for name in gallery_pages.PAGES:
        page.goto(f"{gallery}/{name}/")
        wrong += look_over(page, name, asked=asked)
    assert not wrong, told(wrong)


def test_a_choice_reveals_its_questions_without_a_script(gallery, unscripted, console):
    console.expect("ERR_FAILED")
    page = unscripted
    page.goto(f"{gallery}/log/")
    name = page.get_by_label("Full name")
    expect(name).to_be_hidden()
    page.get_by_label("A person or body who gave a name").check()
    expect(name).to_be_visible()
    expect(page.get_by_label("Who is the complainant?")).to_be_hidden()
    page.get_by_label("This person acts for the complainant").check()
    expect(page.get_by_label("Who is the complainant?")).to_be_visible()
    page.get_by_label("Anonymous").check()
    expect(name).to_be_hidden()


def test_an_error_link_puts_the_cursor_where_the_error_is(gallery, page):
    page.goto(f"{gallery}/step/", wait_until="networkidle")
    page.get_by_role("link", name="Date it was sent must be today or in the past").click()
    expect(page.locator("#id_on_0")).to_be_focused()
    page.get_by_role("link", name="Select whether to tell Mr Ashcombe").click()
    expect(page.locator("#id_tell_0")).to_be_focused()


def test_print_leaves_out_what_only_works_on_a_screen_and_opens_details(gallery, page):
    page.goto(f"{gallery}/case/", wait_until="networkidle")
    page.emulate_media(media="print")
    for gone in ("nav.app-tabs", ".govuk-service-navigation", ".govuk-footer", "#what-next"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.get_by_text("Restricted: names a complainant.")).to_be_visible()
    assert page.get_by_text("Thursday: day 1").bounding_box()["height"] > 0
