"""One person in front of a browser: what they open, answer, press and read, in the words that stand on the page."""

import re
import time
from datetime import date
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from playwright.sync_api import expect

from tests.browser import look_over

PANEL = "/exshire"


def session_of(user) -> dict:
    """The cookie of a fresh session in which the user is signed in."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    store["account_authentication_methods_user"] = str(user.pk)
    store.save()
    return {"name": settings.SESSION_COOKIE_NAME, "value": store.session_key}


class Desk:
    """A person's browser. With `look`, each page they come to is looked over at both widths."""

    def __init__(self, page, base, wrong, look=False):
        self.page, self.base, self.wrong, self.look = page, base, wrong, look
        page.set_default_timeout(8000)

    # Coming to pages

    def come_in(self, user):
        """Be signed in without the sign-in page."""
        self.page.context.add_cookies([{**session_of(user), "url": self.base}])

    def sign_in(self, user, password):
        """Through the sign-in page."""
        self.open("/accounts/login/")
        self.write("Email address", user.email)
        self.write("Password", password)
        self.press("Sign in")
        self.page.wait_for_url(f"**{PANEL}/")

    def open(self, path, status=200):
        """An address, which answers with that status."""
        answer = self.page.goto(self.base + path)
        assert answer.status == status, (path, answer.status)
        self.arrived()

    def arrived(self):
        """A page is there: look it over, where that is asked for."""
        expect(self.page.locator("h1")).to_have_count(1)
        if self.look:
            self.look_over()

    def look_over(self):
        """Look over the page as it stands, at both widths."""
        self.wrong += look_over(self.page, f"{self.path} {self.page.title()}")

    def follow(self, words):
        """The first link with those words and no others, be it drawn as a button; what folds it is opened before."""
        link = self.page.locator("a", has_text=re.compile(rf"^\s*{re.escape(words)}\s*$"))
        if not link.and_(self.page.locator(":visible")).count():
            self.page.locator("details:not([open])", has=link).first.locator("summary").click()
        link.and_(self.page.locator(":visible")).first.click()
        self.page.wait_for_load_state()
        self.arrived()

    def tab(self, words):
        """A tab of the case."""
        self.page.locator(".app-tabs a", has_text=words).click()
        self.page.wait_for_load_state()
        self.arrived()

    def press(self, words):
        """A button of that name."""
        self.page.get_by_role("button", name=words, exact=True).click()
        self.page.wait_for_load_state()
        self.arrived()

    @property
    def path(self) -> str:
        """Where they are, without host."""
        return self.page.url.removeprefix(self.base)

    # Answering

    def choose(self, *labels):
        """Radios or checkboxes of these labels."""
        for label in labels:
            self.page.get_by_label(label, exact=True).check()

    def untick(self, label):
        """A checkbox."""
        self.page.get_by_label(label, exact=True).uncheck()

    def write(self, label, text):
        """In the visible box of that label."""
        self.page.get_by_label(label, exact=True).and_(self.page.locator(":visible")).fill(text)

    def select(self, label, option):
        """In a list."""
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def date(self, legend, day: date):
        """In the three boxes under that legend."""
        group = self.page.get_by_role("group", name=legend, exact=True)
        for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            group.get_by_label(part).fill(str(value))

    def attach(self, label, name, content, kind="application/pdf"):
        """A file."""
        self.page.get_by_label(label).set_input_files({"name": name, "mimeType": kind, "buffer": content})

    # Reading

    def reads(self, *texts):
        """Each text is on the page, to be seen."""
        for text in texts:
            expect(self.page.get_by_text(text).and_(self.page.locator(":visible")).first).to_be_visible()

    def does_not_read(self, *texts):
        """None of them is."""
        for text in texts:
            expect(self.page.get_by_text(text).and_(self.page.locator(":visible"))).to_have_count(0)

    def heading(self, words):
        """The page's heading is these words, or matches them."""
        expect(self.page.locator("h1")).to_have_text(words if isinstance(words, re.Pattern) else words)

    def told(self, words):
        """The green banner says so."""
        expect(self.page.locator(".govuk-notification-banner--success")).to_contain_text(words)

    def stands(self, words):
        """The case's status tag."""
        expect(self.page.locator(".app-identity .govuk-tag")).to_have_text(words)

    def errors(self, *lines):
        """The error summary has exactly these lines, and the title says so."""
        expect(self.page.locator(".govuk-error-summary__list li")).to_have_text(list(lines))
        assert self.page.title().startswith("Error: ")
