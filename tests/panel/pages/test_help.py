"""Help by task: five short pages with a picture, each linked from the page that it is about; with one panel nobody chooses,
with two each says what waits there."""

import re
from datetime import date

from django.contrib.staticfiles import finders

from panel.models import Membership, PanelSettings
from panel.pages.help_pages import TASKS
from panel.record.act import sealed_act
from tests import build
from tests.hearings import build as hearings
from tests.panel.pages.page import Browser
from tests.steps import at


def test_each_task_has_its_page_with_a_picture_and_is_linked_from_what_it_is_about(world):
    officer = Browser(world.officer)
    page = officer.get("/help/")
    for task in TASKS:
        found = page.follow(task.title)
        assert (found.status, found.h1) == (200, task.title)
        (image,) = found.main.all("img")
        assert image.attrs["alt"] == task.shows
        assert finders.find(task.picture), task.picture
        assert 3 <= len(found.main.one("ol").all("li")) <= 5  # short
    assert officer.get("/help/nothing/").status == 404
    assert officer.get("/help/").follow("Where a case can stand").status == 200
    recorded = at(world, "recorded")
    hearing = hearings.notify(world)
    for who, address, key in (
        (world.officer, "/exshire/complaints/new/", "log"), (world.chairman, "/exshire/", "decide"),
        (world.chairman, recorded.step_url("filter"), "decide"), (world.mo, "/exshire/history/", "prove"),
        (world.mo, f"{recorded.get_absolute_url()}history/", "prove"),
        (world.officer, hearing.get_absolute_url(), "hearing"),
        (world.officer, "/exshire/complaints/report/?year=2026-27", "report"),
    ):  # fmt: skip
        links = [e.attrs["href"] for e in Browser(who).get(address).main.all("a") if "href" in e.attrs]
        assert f"/help/{key}/" in links, address


def test_help_is_in_the_words_of_the_only_panel(world):
    with sealed_act(world.panel, by=None, name="change_settings"):
        PanelSettings.objects.create(
            panel=world.panel, from_date=date(2026, 11, 1), chairman_word="Chair", sub_panel_word="working group"
        )
    page = Browser(world.officer).get("/help/decide/")
    assert page.h1 == "Decide as Chair"
    assert not re.search(r"Chairman|sub-panel", page.main.text)
    assert "working group" in Browser(world.officer).get("/help/").main.text


def test_with_one_panel_nobody_chooses_and_with_two_each_says_what_waits(world):
    at(world, "recorded")
    assert Browser(world.chairman).get("/panels/").url == "/exshire/"
    other = build.make_world("midshire", "MD", "Midshire")
    with sealed_act(other.panel, by=None, name="set_up"):
        Membership.objects.create(user=world.chairman, panel=other.panel, role="chairman", from_date=build.START)
    page = Browser(world.chairman).get("/panels/")
    assert page.h1 == "Choose a panel"
    assert "for you" in page.main.text
    assert "Nothing waits for you" in page.main.text


def test_an_empty_list_says_what_comes_first(world):
    other = build.make_world("midshire", "MD", "Midshire")
    page = Browser(other.officer).get("/midshire/complaints/")
    assert "No complaints yet. Begin with the first: Log a complaint." in page.main.text
    page = Browser(other.chairman).get("/midshire/complaints/")
    assert "The scrutiny officer enters them; they stand here then." in page.main.text
