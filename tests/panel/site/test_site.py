"""The pages outside a panel: where one begins, health, help, what each role may, statements."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import OperationalError, connection
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from panel.access import rules
from panel.law import clock
from panel.models import Membership, Message
from panel.pages.health import WELL
from panel.procedure.register import procedures
from panel.record.act import sealed_act
from panel.record.triggers import compare, drop, sync
from tests.build import make_world, person

pytestmark = pytest.mark.django_db
OPEN = ("/help/", "/help/states/", "/help/decide/", "/roles/", "/accessibility/", "/privacy/", "/health/")


@pytest.fixture
def world():
    return make_world()


def test_whoever_is_signed_out_is_asked_to_sign_in(client, world):
    for address in ("/", "/panels/", "/exshire/", "/exshire/people/", "/exshire/users/", "/exshire/settings/"):
        page = client.get(address)
        assert (page.status_code, page["Location"]) == (302, f"/accounts/login/?next={address}")


def test_one_panel_is_gone_to_at_once(client, world):
    client.force_login(world.chairman)
    assert client.get("/")["Location"] == "/exshire/"


def test_several_panels_are_chosen_from_and_no_other_is_named(client, world):
    second, third = make_world("westshire", "WS", "Westshire"), make_world("northshire", "NS", "Northshire")
    with sealed_act(second.panel, by=None, name="set_up"):
        Membership.objects.create(user=world.officer, panel=second.panel, role="member", from_date=date(2026, 1, 1))
    with sealed_act(third.panel, by=None, name="set_up"):
        Membership.objects.create(
            user=world.officer, panel=third.panel, role="member", from_date=date(2020, 1, 1), to_date=date(2021, 1, 1)
        )
    client.force_login(world.officer)
    page = client.get("/", follow=True)
    assert page.redirect_chain == [("/panels/", 302)]
    words = page.content.decode()
    assert 'href="/exshire/"' in words
    assert 'href="/westshire/"' in words
    assert "Northshire" not in words
    assert "Change panel" in client.get("/exshire/people/").content.decode()
    client.force_login(world.mo)
    assert "Change panel" not in client.get("/exshire/people/").content.decode()


def test_the_menu_marks_where_one_is(client, world):
    client.force_login(world.admin)
    for address, words in (("", "Home"), ("people/", "People"), ("users/", "People"), ("settings/", "Settings")):
        nav = client.get(f"/exshire/{address}").context["shell"]["nav"]
        assert [item["words"] for item in nav] == ["Home", "People", "Settings", "Help"]
        assert [item["words"] for item in nav if item["current"]] == [words]
    client.force_login(world.officer)
    for address, words in (
        ("people/", "Panel"),
        ("users/", "Panel"),
        ("settings/", "Panel"),
        ("complaints/", "Complaints"),
    ):
        nav = client.get(f"/exshire/{address}").context["shell"]["nav"]
        assert [item["words"] for item in nav] == [
            "Home",
            "Complaints",
            "Hearings",
            "Meetings",
            "Panel",
            "Annual report",
            "History",
        ]
        assert [item["words"] for item in nav if item["current"]] == [words]


def test_who_has_one_panel_keeps_its_menu_on_pages_of_no_panel(client, world):
    client.force_login(world.chairman)
    for address in ("/help/", "/roles/"):
        shell = client.get(address).context["shell"]
        assert shell["panel"]["name"] == world.panel.name
        assert "Complaints" in [item["words"] for item in shell["nav"]]


def test_the_front_door_names_the_panel_where_there_is_only_one(client, world):
    assert client.get("/accounts/login/").context["shell"]["panel"]["name"] == world.panel.name
    make_world("second", "SE", "Second")
    page = client.get("/accounts/login/")
    assert page.context["shell"]["panel"] == {"name": "Police and Crime Panels"}
    assert "Second" not in page.content.decode()


def test_whoever_holds_no_role_is_told_so(client, world):
    user = person("nobody@exshire.example", "Nobody")
    with sealed_act(world.panel, by=None, name="set_up"):
        Membership.objects.create(
            user=user, panel=world.panel, role="officer", from_date=clock.today() + timedelta(days=1)
        )
    client.force_login(user)
    page = client.get("/", follow=True)
    assert page.status_code == 200
    assert "You have no role" in page.content.decode()
    assert "Exshire" not in page.content.decode()


@pytest.mark.parametrize("address", OPEN)
def test_open_pages_need_no_sign_in_and_name_no_panel(client, world, address):
    assert client.get(address).status_code == 200
    assert "Exshire" not in client.get(address).content.decode()
    assert client.post(address).status_code == 405
    client.force_login(world.officer)
    assert client.get(address).status_code == 200


def test_pages_outside_a_panel_know_who_is_signed_in(client, world):
    client.force_login(world.officer)
    words = client.get("/help/").content.decode()
    assert "Officer of Exshire" in words
    assert "Sign out" in words


def test_help_says_what_every_state_means_as_the_procedure_has_it(client):
    words = client.get("/help/states/").content.decode()
    for procedure in procedures().values():
        for state in procedure.states:
            assert f">{state.label}</strong>" in words


def cells(rows):
    return [row["cells"] for row in rows]


def test_what_each_role_may_is_the_rule_book(client):
    page = client.get("/roles/")
    shown = cells(page.context["actions"]["rows"])
    assert [row[0] for row in shown] == [words for words, _ in rules.ACTIONS.values()]
    users_change = next(row for row in shown if row[0] == rules.ACTIONS["users.change"][0])
    assert users_change[1:] == ["No", "No", "No", "No", "No", "No", "Yes"]
    for register, procedure in zip(page.context["registers"], procedures().values(), strict=True):
        assert [row[0] for row in cells(register["table"]["rows"])] == [step.label for step in procedure.steps]
    step = procedures()["complaints"].step("filter")
    row = next(r for r in cells(page.context["registers"][0]["table"]["rows"]) if r[0] == step.label)
    assert "Chairman" in row[2]


def test_a_page_not_found_has_the_shell(client, world):
    client.force_login(world.officer)
    page = client.get("/nowhere/at/all/")
    assert page.status_code == 404
    assert "Officer of Exshire" in page.content.decode()


# Health


@pytest.mark.postgres
def test_health_is_well(client):
    page = client.get("/health/")
    assert (page.status_code, page.json()) == (200, {"status": "well", **WELL})
    assert "no-store" in page["Cache-Control"]


@pytest.mark.postgres
def test_health_asks_for_the_triggers(client):
    name = sorted(compare(connection)[2])[0]
    drop(connection, [name])
    page = client.get("/health/")
    sync(connection)
    assert (page.status_code, page.json()) == (503, {"status": "wrong", **WELL, "triggers": "not as declared"})
    assert client.get("/health/").status_code == 200


def test_health_without_a_database_gives_nothing_away(client, monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError("connection to panel_web:secret failed")

    monkeypatch.setattr(CursorWrapper, "execute", fail)
    page = client.get("/health/")
    monkeypatch.undo()
    assert page.status_code == 503
    unknown = dict.fromkeys(("tables", "triggers", "cache", "mail"), "not known")
    assert page.json() == {"status": "wrong", **WELL, "database": "does not answer", **unknown}


@pytest.mark.parametrize("what, said", [
    ("tables", "missing: run migrate"), ("cache", "missing: run createcachetable"), ("mail", "stands still"),
    ("store", "cannot be written: File exists"), ("disk", "nearly full"), ("restore", "not finished"),
])  # fmt: skip
def test_health_names_what_is_taken_away(client, monkeypatch, settings, tmp_path, what, said):
    settings.MEDIA_ROOT = tmp_path / "documents"
    if what == "tables":
        names = set(connection.introspection.table_names()) - {"panel_case"}
        monkeypatch.setattr(type(connection.introspection), "table_names", lambda *args, **kwargs: sorted(names))
    elif what == "cache":
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "nowhere"}}
    elif what == "mail":
        late = timezone.now() - timedelta(hours=3)
        with sealed_act(None, by=None, name="queue_mail"):
            Message.objects.create(kind="x", address="a@example.org", subject="x", queued_at=late, next_at=late)
    elif what == "store":
        (tmp_path / "documents").write_text("no folder")
    elif what == "disk":
        (tmp_path / "documents").mkdir()
        monkeypatch.setattr("shutil.disk_usage", lambda place: SimpleNamespace(free=1))
    else:
        (tmp_path / "restoring").write_text("x")
    page = client.get("/health/")
    found = page.json()
    assert (page.status_code, found["status"], found[what]) == (503, "wrong", said)
    others = {"triggers", "mail"} if what == "tables" else set()
    assert {name for name, words in found.items() if name != "status" and words != WELL[name]} - others == {what}
