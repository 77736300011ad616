"""A panel's settings: dated rows, nothing the law does not allow."""

from datetime import timedelta

import pytest

from panel.law import clock
from panel.models import Entry, PanelSettings
from panel.record.verify import verify
from tests.build import make_world

pytestmark = pytest.mark.django_db
HOME = "/exshire/settings/"
CHANGE = f"{HOME}change/"


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def mo(client, world):
    client.force_login(world.mo)
    return client


def typed(world, day=None, **changes):
    """The form as a browser would send it back, with changes."""
    day = day or clock.today()
    row = world.panel.settings_on(clock.today())
    data = {"from_date_day": day.day, "from_date_month": day.month, "from_date_year": day.year, "why": "Resolved"}
    for f in PanelSettings._meta.concrete_fields:
        value = getattr(row, f.attname)
        if isinstance(value, bool):
            data[f.attname] = "yes" if value else "no"
        elif f.attname not in ("id", "panel_id", "from_date"):
            data[f.attname] = "" if value is None else value
    data["row"] = row.pk
    data["version"] = PanelSettings.history.filter(panel=world.panel).latest("history_id").history_id
    return {**data, **changes}


def errors(response):
    return {name: list(found) for name, found in response.context["form"].errors.items()}


@pytest.mark.parametrize("who, view, change", [
    ("officer", 200, 403), ("mo", 200, 200), ("chairman", 403, 403), ("vice", 403, 403), ("member", 403, 403),
    ("auditor", 200, 403), ("admin", 200, 200),
])  # fmt: skip
def test_who_reads_and_who_changes(client, world, who, view, change):
    client.force_login(world.people[who])
    assert (client.get(HOME).status_code, client.get(CHANGE).status_code) == (view, change)
    if change == 403:
        page = client.post(CHANGE, typed(world, record_days=1))
        assert page.status_code == 403
        assert "Monitoring Officer or administrator" in page.content.decode()
        assert PanelSettings.objects.count() == 1


def test_another_panels_settings_are_not_there(mo, world):
    make_world("westshire", "WS", "Westshire")
    assert mo.get("/westshire/settings/").status_code == 404
    assert mo.post("/westshire/settings/change/", typed(world)).status_code == 404


def test_a_change_makes_a_new_dated_row(mo, world):
    day = clock.today() + timedelta(days=30)
    assert mo.post(CHANGE, typed(world, day, record_days=7, copies_days="")).status_code == 302
    first, second = PanelSettings.objects.all()
    assert (first.record_days, first.copies_days) == (10, 3)
    assert (second.from_date, second.record_days, second.copies_days) == (day, 7, None)
    entry = Entry.objects.latest("pk")
    assert (entry.step, entry.why, entry.by) == ("change_settings", "Resolved", world.mo)
    page = mo.get(HOME).content.decode()
    assert "To come" in page
    assert "No target" in page
    assert world.panel.settings_on(clock.today()).record_days == 10
    assert list(verify()) == []


def test_a_second_change_for_the_same_day_changes_that_row(mo, world):
    day = clock.today() + timedelta(days=30)
    mo.post(CHANGE, typed(world, day, record_days=7))
    page = mo.get(f"{CHANGE}?from={day:%Y-%m-%d}")
    assert page.context["form"]["record_days"].value() == 7
    mo.post(f"{CHANGE}?from={day:%Y-%m-%d}", typed(world, day, record_days=6))
    assert [row.record_days for row in PanelSettings.objects.all()] == [10, 6]


def test_other_settings_later_are_pointed_out(mo, world):
    mo.post(CHANGE, typed(world, clock.today() + timedelta(days=30), record_days=7))
    page = mo.post(CHANGE, typed(world, record_days=5), follow=True).content.decode()
    assert "Other settings take over on" in page


def test_no_difference_no_row(mo, world):
    assert mo.post(CHANGE, typed(world)).status_code == 302
    assert PanelSettings.objects.count() == 1


@pytest.mark.parametrize("from_", ["", "2027-01-01", "2027-02-31", "x", "\x00"])
def test_any_start_shows_the_form(mo, from_):
    assert mo.get(CHANGE, {"from": from_}).status_code == 200


@pytest.mark.parametrize(
    "change, name, words",
    [
        ({"sub_panel_size": "2"}, "sub_panel_size", "A sub-panel has three members (paragraph 11)"),
        ({"sub_panel_size": "4"}, "sub_panel_size", "A sub-panel has three members (paragraph 11)"),
        ({"sub_panel_size": ""}, "sub_panel_size", "Enter how many members a sub-panel has"),
        ({"quorum": "0"}, "quorum", "Quorum, members in the room: enter a number from 1 to 100, or leave it empty"),
        ({"record_days": "0"}, "record_days",
         "Decide on recording within, working days: enter a number from 1 to 400, or leave it empty for no target"),
        ({"record_days": "-3"}, "record_days",
         "Decide on recording within, working days: enter a number from 1 to 400, or leave it empty for no target"),
        ({"record_days": "9" * 40}, "record_days",
         "Decide on recording within, working days: enter a number from 1 to 400, or leave it empty for no target"),
        ({"record_days": "soon"}, "record_days", "Decide on recording within, working days must be a whole number"),
        ({"chairman_word": " "}, "chairman_word", "Enter the word for the Chairman"),
        ({"chairman_word": "x" * 41}, "chairman_word",
         "Word for the Chairman must be 40 characters or fewer. It has 41."),
        ({"officer_records": "maybe"}, "officer_records", "Select yes or no"),
        ({"why": ""}, "why", "Enter why you are changing this"),
    ],
)  # fmt: skip
def test_what_is_refused(mo, world, change, name, words):
    page = mo.post(CHANGE, typed(world, **change))
    assert page.status_code == 200
    assert errors(page) == {name: [words]}
    assert PanelSettings.objects.count() == 1


def test_for_days_that_are_over_too_so_that_old_papers_can_be_typed_up(mo, world):
    yesterday = clock.today() - timedelta(days=1)
    assert mo.post(CHANGE, typed(world, yesterday, record_days=9)).status_code == 302
    assert PanelSettings.objects.get(from_date=yesterday).record_days == 9


def test_who_acts_is_changed_with_the_monitoring_officer(client, mo, world):
    client.force_login(world.admin)
    page = client.post(CHANGE, typed(world, officer_records="no"))
    assert errors(page) == {"agreed": ["Tick that the Monitoring Officer agrees, or leave who may act as it is"]}
    assert client.post(CHANGE, typed(world, officer_records="no", agreed="on")).status_code == 302
    assert Entry.objects.latest("pk").why == "Resolved The Monitoring Officer agreed."
    client.force_login(world.mo)
    assert client.post(CHANGE, typed(world, officer_enters_decisions="no")).status_code == 302


def test_two_who_change_the_settings(client, mo, world):
    opened = typed(world, record_days=7)
    client.force_login(world.admin)
    client.post(CHANGE, typed(world, record_days=8, copies_days=4))
    client.force_login(world.mo)
    page = client.post(CHANGE, opened)
    assert page.status_code == 409
    assert "Admin of Exshire changed this while you were writing" in page.content.decode()
    form = page.context["form"]
    assert (form["record_days"].value(), form["copies_days"].value()) == ("7", 4)
    assert PanelSettings.objects.get(from_date=clock.today()).record_days == 8
    again = {**opened, "copies_days": 4, "version": form["version"].value()}
    assert client.post(CHANGE, again).status_code == 302
    row = PanelSettings.objects.get(from_date=clock.today())
    assert (row.record_days, row.copies_days) == (7, 4)


@pytest.mark.parametrize(
    "hidden", [{"version": ""}, {"version": "x"}, {"version": "0"}, {"version": "0", "row": "9" * 40}]
)
def test_whoever_saw_no_version_overwrites_nothing(mo, world, hidden):
    page = mo.post(CHANGE, typed(world, record_days=7, **hidden))
    assert page.status_code == 409
    assert PanelSettings.objects.count() == 1


def test_a_made_up_row_is_an_error(mo, world):
    page = mo.post(CHANGE, typed(world, record_days=7, row="x"))
    assert errors(page) == {"row": ["Enter a valid integer."]}
