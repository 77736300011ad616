"""What somebody types is kept while they type it, and they are told before their session ends: `keep.js` in a browser whose
clock the test moves."""

import re
import time
from importlib import import_module

import pytest
from django.conf import settings
from playwright.sync_api import expect

from panel.accounts.sign_in import BEGAN, SEEN
from panel.models import Draft
from tests import build

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
NOTE = "textarea[name=note]"


def moved(desk, **seconds):
    """The session as if each had been so long ago; it is of the browser's cookie."""
    [key] = [c["value"] for c in desk.page.context.cookies() if c["name"] == settings.SESSION_COOKIE_NAME]
    session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    for name, ago in seconds.items():
        session[name] = int(time.time()) - ago
    session.pop("account_authentication_methods", None)  # when the password was given
    session.save()


def kept() -> list[str]:
    """The notes in drafts."""
    return [d.answers["note"][0] for d in Draft.objects.all()]


def test_what_is_typed_is_kept_and_both_ends_are_said_before(world, sit, console):
    case = build.log(world)
    officer = sit(world.officer)
    page = officer.page
    page.clock.install()
    url = f"/exshire/complaints/{case.reference}/note_contact/"
    officer.open(url)
    said, box = page.locator("[data-kept]"), page.locator("[data-session]")
    page.clock.run_for(20_000)
    expect(said).to_be_hidden()  # nothing was typed
    page.fill(NOTE, "Half a note")
    page.clock.run_for(20_000)
    expect(said).to_have_text(re.compile(r"^Draft kept at \d\d:\d\d\. Only you can see it\.$"))
    assert kept() == ["Half a note"]

    page.fill(NOTE, "Half a note, and left by a link")
    officer.follow("Home")
    officer.open(url)
    expect(page.locator(NOTE)).to_have_value("Half a note, and left by a link")

    console.expect("ERR_INTERNET_DISCONNECTED")
    moved(officer, **{SEEN: settings.SESSION_IDLE - 200})
    page.context.set_offline(True)
    page.clock.fast_forward((settings.SESSION_IDLE - 290) * 1000)
    page.clock.run_for(5_000)
    expect(box).to_be_hidden()  # no answer is no end
    page.context.set_offline(False)
    page.clock.run_for(20_000)
    expect(box).to_contain_text("You will be signed out at")
    expect(box).to_contain_text("because you have done nothing for a while.")
    officer.look_over()
    page.get_by_role("button", name="Stay signed in").click()
    expect(box).to_be_hidden()

    page.fill(NOTE, "Typed before the end")
    moved(officer, **{SEEN: settings.SESSION_IDLE + 60})
    page.clock.fast_forward((settings.SESSION_IDLE - 290) * 1000)
    expect(box).to_contain_text("You are signed out. What you typed is kept: send it, sign in, and go on.")
    assert kept() == ["Typed before the end"]
    officer.press("Save the note")
    expect(page.locator("h1")).to_have_text("Sign in")
    expect(page.locator("main")).to_contain_text("What you typed is kept as a draft.")
    officer.come_in(world.officer)

    officer.open("/exshire/")
    moved(officer, **{BEGAN: settings.SESSION_COOKIE_AGE - 200})
    page.clock.fast_forward((settings.SESSION_IDLE - 290) * 1000)
    expect(box).to_contain_text("eight hours after you signed in.")
    expect(page.get_by_role("button", name="Stay signed in")).to_be_hidden()
    expect(box.get_by_role("link", name="Enter your password")).to_have_attribute(
        "href", re.compile(r"\?next=%2Fexshire%2F$")
    )
    moved(officer, **{BEGAN: settings.SESSION_COOKIE_AGE + 1})
    page.clock.fast_forward(210_000)
    expect(box).to_contain_text("You are signed out. Sign in to go on.")  # nothing stands here that could be kept
