"""The gallery in a browser: no axe violation, no sideways scrolling at 320px, with and without scripts."""

import os
import shutil

import look_gallery
import pytest

playwright = pytest.importorskip("playwright.sync_api")
axe_playwright = pytest.importorskip("axe_playwright_python.sync_playwright")

CHROMIUM = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium") or shutil.which("google-chrome")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium found: install it or set CHROMIUM_PATH"),
]


@pytest.fixture(scope="module")
def chromium():
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs an event loop in this thread
    with playwright.sync_playwright() as p:
        browser = p.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def gallery(settings, live_server):
    settings.ROOT_URLCONF = "look_gallery"
    settings.TEMPLATES = [{**settings.TEMPLATES[0],
                           "DIRS": [*settings.TEMPLATES[0]["DIRS"], look_gallery.TEMPLATES]}]
    return f"{live_server.url}/look"


@pytest.mark.parametrize(("width", "scripts"), [(1100, True), (320, True), (320, False)])
def test_pages_hold(gallery, chromium, width, scripts):
    page = chromium.new_page(viewport={"width": width, "height": 900})
    if not scripts:
        page.route("**/*.js", lambda route: route.abort())
    wrong, said = [], []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    for name in look_gallery.PAGES:
        page.goto(f"{gallery}/{name}/", wait_until="networkidle")
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append((name, "scrolls sideways"))
        found = axe_playwright.Axe().run(page, options={"runOnly": RULES})
        wrong += [(name, v["id"], v["help"], [n["html"] for n in v["nodes"]]) for v in found.response["violations"]]
        if scripts and said:
            wrong.append((name, "console", list(said)))
        said.clear()
    page.close()
    assert wrong == []


def test_a_choice_reveals_its_questions_without_a_script(gallery, chromium):
    page = chromium.new_page()
    page.route("**/*.js", lambda route: route.abort())
    page.goto(f"{gallery}/log/")
    name = page.get_by_label("Full name")
    playwright.expect(name).to_be_hidden()
    page.get_by_label("A person or body who gave a name").check()
    playwright.expect(name).to_be_visible()
    playwright.expect(page.get_by_label("Who is the complainant?")).to_be_hidden()
    page.get_by_label("This person acts for the complainant").check()
    playwright.expect(page.get_by_label("Who is the complainant?")).to_be_visible()
    page.get_by_label("Anonymous").check()
    playwright.expect(name).to_be_hidden()
    page.close()


def test_an_error_link_puts_the_cursor_where_the_error_is(gallery, chromium):
    page = chromium.new_page()
    page.goto(f"{gallery}/step/", wait_until="networkidle")
    page.get_by_role("link", name="Date it was sent must be today or in the past").click()
    playwright.expect(page.locator("#id_on_0")).to_be_focused()
    page.get_by_role("link", name="Select whether to tell Mr Ashcombe").click()
    playwright.expect(page.locator("#id_tell_0")).to_be_focused()
    page.close()


def test_print_leaves_out_what_only_works_on_a_screen_and_opens_details(gallery, chromium):
    page = chromium.new_page()
    page.goto(f"{gallery}/case/", wait_until="networkidle")
    page.emulate_media(media="print")
    for gone in ("nav.app-tabs", ".govuk-service-navigation", ".govuk-footer", "#what-next"):
        playwright.expect(page.locator(gone).first).to_be_hidden()
    playwright.expect(page.get_by_text("Restricted: names a complainant.")).to_be_visible()
    assert page.get_by_text("Thursday: day 1").bounding_box()["height"] > 0
    page.close()
