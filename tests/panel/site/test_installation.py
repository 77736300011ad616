"""From an empty machine to a panel: who makes panels, what they are refused, and what they never see."""

import re
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from panel.law import clock
from panel.law.roles import Role
from panel.models import Entry, InstallationAdministrator, Membership, Panel, PanelSettings, User
from panel.post import send
from panel.record.act import sealed_act
from panel.record.verify import verify
from tests.build import make_world

pytestmark = pytest.mark.django_db
GOOD = "nine brave otters swim"
PANEL = {
    "name": "Midshire Police and Crime Panel", "police_area": "Midshire", "host_authority": "Midshire County Council",
    "slug": "midshire", "code": "MD", "country": "england", "email": "", "person": "",
}  # fmt: skip


def run(*typed, **options):
    """What the command prints."""
    out = StringIO()
    call_command(*typed, stdout=out, **options)
    return out.getvalue()


def day(name, value):
    return {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}


def accept(printed):
    """A browser of whoever opened the printed link and set a password."""
    browser = Client()
    path = re.search(r"https?://[^/\s]+(/invitation/\S*)", printed).group(1)
    answer = browser.post(path, {"name": "Ruth Root", "password1": GOOD, "password2": GOOD})
    assert answer.status_code == 302
    return browser


@pytest.fixture
def root(db):
    """The browser of an installation administrator on an empty machine."""
    return accept(run("invite", "ruth@host.example", "--installation", name="Ruth Root"))


def errors(response):
    return {name: list(found) for name, found in response.context["form"].errors.items()}


@pytest.mark.postgres
def test_from_an_empty_machine_to_a_panel_whose_administrator_signs_in(root):
    assert "There is no panel yet" in root.get("/", follow=True).content.decode()
    typed = PANEL | {"email": "Ada@midshire.example", "person": "Ada Lane"}
    answer = root.post("/installation/panels/add/", typed, follow=True)
    assert "Made the Midshire Police and Crime Panel" in answer.content.decode()
    panel = Panel.objects.get()
    assert panel.settings.get().from_date == clock.today()
    row = Membership.objects.get()
    assert (row.user.email, row.role, row.panel) == ("ada@midshire.example", Role.ADMINISTRATOR.value, panel)
    send.run()
    ada = accept(mail.outbox[-1].body)
    assert "People and settings" in ada.get("/", follow=True).content.decode()
    made = Entry.objects.get(step="add_panel")
    assert (made.panel, made.by.email) == (None, "ruth@host.example")
    assert list(verify()) == []


def test_the_same_by_the_command_line():
    printed = run("panel", "create", "midshire", name=PANEL["name"], code="md", area="Midshire", host="Midshire CC")
    assert "manage.py invite EMAIL --panel midshire --role administrator" in printed
    assert Panel.objects.get().settings.get().country == "england"
    run("panel", "create", "gwent", name="Gwent PCP", code="GW", area="Gwent", host="Torfaen", country="wales")
    assert Panel.objects.get(slug="gwent").settings.get().country == "wales"
    Panel.objects.get(slug="midshire")
    assert run("panel", "list").splitlines()[1] + "\n" == "midshire\tMD\tMidshire Police and Crime Panel\tMidshire CC\n"
    run("invite", "ada@midshire.example", "--panel", "midshire", "--role", "administrator")
    assert Membership.objects.get().panel.slug == "midshire"


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"slug": "Mid shire"}, "slug", "small letters, digits and hyphens only"),
        ({"slug": "mid_shire"}, "slug", "small letters, digits and hyphens only"),
        ({"slug": "accounts"}, "slug", "Other pages stand at this address"),
        ({"slug": "installation"}, "slug", "Other pages stand at this address"),
        ({"slug": "static"}, "slug", "Other pages stand at this address"),
        ({"slug": "exshire"}, "slug", "There is a panel at this address already"),
        ({"slug": ""}, "slug", "Enter the address of its pages"),
        ({"code": "EX"}, "code", "These are the letters of the Exshire Police and Crime Panel"),
        ({"code": "M1"}, "code", "Use one to four capital letters"),
        ({"country": "scotland"}, "country", "Select the country"),
        ({"name": ""}, "name", "Enter the name of the Panel"),
        ({"email": "ada@midshire.example"}, "person", "Enter their full name"),
        ({"person": "Ada Lane"}, "email", "Enter their email address"),
    ],
)
def test_what_is_refused_when_a_panel_is_made(root, typed, field, words):
    make_world()
    answer = root.post("/installation/panels/add/", PANEL | typed)
    assert answer.status_code == 422
    assert words in errors(answer)[field][0]
    assert Panel.objects.count() == 1


def test_nothing_is_made_where_the_administrator_cannot_be_invited(root):
    User.objects.create(email="gone@midshire.example", name="Gone", is_active=False)
    answer = root.post("/installation/panels/add/", PANEL | {"email": "gone@midshire.example", "person": "Gone"})
    assert errors(answer)["email"] == ["This account is closed. Open it again first"]
    assert not Panel.objects.exists()
    assert list(verify()) == []


def test_two_clicks_make_one_panel(root):
    for _ in range(2):
        answer = root.post("/installation/panels/add/", PANEL)
    assert errors(answer)["slug"] == ["There is a panel at this address already"]
    assert Panel.objects.count() == 1


@pytest.mark.postgres
def test_a_name_holds_from_a_day_on_and_old_days_keep_the_old_one(root):
    world = make_world()
    first = clock.today() + timedelta(days=1)
    page = root.get("/installation/panels/exshire/")
    form = page.context["form"]
    assert form.initial["panel_name"] == "Exshire Police and Crime Panel"
    typed = {name: form.initial[name] or "" for name in form.columns} | {
        "panel_name": "Exshire Police, Fire and Crime Panel", "complaints_email": "complaints@exshire.example",
        "complaints_address": "County Hall\nExbridge", **day("from_date", first), "why": "The Order of 2026",
        "version": form.initial["version"], "row": form.instance.pk,
    }  # fmt: skip
    answer = root.post("/installation/panels/exshire/", typed, follow=True)
    assert "Names and addresses of the Exshire Police, Fire and Crime Panel are saved" in answer.content.decode()
    panel = Panel.objects.get()
    assert panel.names.name == "Exshire Police and Crime Panel"
    assert panel.names_on(first).name == "Exshire Police, Fire and Crime Panel"
    assert panel.settings_on(first).acknowledge_days == panel.settings_on(clock.today()).acknowledge_days
    client = Client()
    client.force_login(world.officer)
    assert "Exshire Police and Crime Panel" in client.get("/exshire/").content.decode()
    with clock.set_to(clock.now() + timedelta(days=1)):
        client.force_login(world.officer)
        shown = client.get("/exshire/").content.decode()
    assert "Exshire Police, Fire and Crime Panel" in shown
    assert list(verify()) == []


def test_a_change_by_the_command_line_leaves_the_rest(root):
    make_world()
    run("panel", "change", "exshire", "--host", "Exbridge City Council", "--from", "2026-01-01", "--why", "The Order")
    row = PanelSettings.objects.get(from_date=date(2026, 1, 1))
    assert (row.host_name, row.panel_name, row.acknowledge_days) == (
        "Exbridge City Council", "Exshire Police and Crime Panel", 5,
    )  # fmt: skip
    assert Panel.objects.get().names_on(date(2025, 12, 31)).host_authority == "Exshire County Council"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("panel", "change", "nowhere", "--why", "x"), "There is no panel 'nowhere'"),
        (("panel", "change", "exshire", "--why", "x", "--name", "Midshire Police and Crime Panel"), "has this name"),
        (("panel", "change", "exshire", "--why", "x", "--from", "soon"), "--from: write the day as"),
        (("panel", "change", "exshire", "--why", "x", "--from", "2026-13-45"), "--from: write the day as"),
        (("invite", "a@b.example", "--installation", "--until", "2026-02-30"), "--until: write the day as"),
        (("panel", "change", "exshire", "--why", "x", "--email", "nobody"), "--email: Enter an email address"),
        (("panel", "create", "exshire", "--name", "X", "--code", "XX", "--area", "X", "--host", "X"), "slug: There is"),
        (("invite", "a@b.example", "--installation", "--role", "officer"), "leave out --panel and --role"),
        (("invite", "a@b.example"), "Say which panel and role"),
        (
            ("invite", "a@b.example", "--installation", "--until", "2027-01-01"),
            "is no installation administrator today",
        ),
    ],
)
def test_what_the_commands_refuse(typed, words):
    make_world()
    make_world("midshire", "MD", "Midshire")
    with pytest.raises(CommandError, match=re.escape(words)) as refused:
        run(*typed)
    assert refused.value.returncode == 2


def test_an_installation_administrator_sees_nobodys_people_or_cases(root):
    make_world()
    for page in ("", "people/", "users/", "settings/", "history/", "complaints/", "annual-report/"):
        assert root.get(f"/exshire/{page}").status_code == 404, page
    listed = root.get("/installation/").content.decode()
    assert "Exshire Police and Crime Panel" in listed
    assert "Officer of Exshire" not in listed
    assert "admin@exshire.example" not in listed


def test_nobody_else_finds_the_pages():
    world = make_world()
    for user in (world.admin, world.mo, world.officer):
        client = Client()
        client.force_login(user)
        for page in ("", "panels/add/", "panels/exshire/", "panels/exshire/administrator/"):
            assert client.get(f"/installation/{page}").status_code == 404
    assert Client().get("/installation/").status_code == 302


def test_the_role_ends_and_the_person_is_signed_out(root):
    run("invite", "ruth@host.example", "--installation", "--until", str(clock.today() - timedelta(days=1)))
    assert InstallationAdministrator.objects.get().to_date == clock.today() - timedelta(days=1)
    assert root.get("/installation/").status_code == 302  # signed out
    assert list(verify()) == []


# What is still to set up


def shown(browser, page="/midshire/"):
    """{what a panel needs: whether it is done}, as the page lists it."""
    found = browser.get(page).context["list"]
    return {row["words"]: row["done"] for group in found["groups"] for row in group["rows"]} if found else None


@pytest.fixture
def ada(root):
    """The browser of the administrator of a panel that was just made."""
    root.post("/installation/panels/add/", PANEL | {"email": "ada@midshire.example", "person": "Ada Lane"})
    browser = Client()
    browser.force_login(User.objects.get(email="ada@midshire.example"))
    return browser


@pytest.mark.postgres
def test_a_new_panel_says_what_it_needs_and_what_stays_silent_without_it(ada):
    found = shown(ada)
    assert [words for words, done in found.items() if done] == ["A second factor"]
    page = ada.get("/midshire/").content.decode()
    assert "3 things are needed before you can work. 1 of 13 done." in page
    assert "Without it nothing is late but what the law dates" in page
    assert 'href="/midshire/people/office-holders/add/" role="button">Enter the Commissioner' in page
    ada.post("/midshire/people/councils/add/", {"name": "Midshire County Council"})
    assert shown(ada)["Councils"]
    typed = {"email": "mo@midshire.example", "name": "Mo Farr", "role": "monitoring_officer"}
    ada.post("/midshire/users/invite/", typed | day("from_date", clock.today()))
    assert shown(ada)["The Monitoring Officer’s account"]
    assert not shown(ada)["The Chairman’s account"]


def test_the_list_is_put_away_and_keeps_its_page(ada):
    answer = ada.post("/midshire/set-up/", follow=True)
    assert answer.context["list"] is None
    assert "What is still to set up" in answer.content.decode()
    assert len(shown(ada, "/midshire/set-up/")) == 13
    assert PanelSettings.objects.get().show_set_up is False
    assert not shown(ada, "/midshire/set-up/")["Who may act"]  # nobody has been asked that by it
    assert list(verify()) == []


def test_a_name_that_other_settings_take_over_from_says_so_and_decides_nothing_else(root, ada):
    panel = Panel.objects.get()
    later = clock.today() + timedelta(days=30)
    with sealed_act(panel, by=None, name="set_up"):
        PanelSettings.objects.create(panel=panel, from_date=later)
    form = root.get("/installation/panels/midshire/").context["form"]
    typed = {name: form.initial[name] or "" for name in form.columns} | {
        "host_name": "Midton City Council", **day("from_date", clock.today() + timedelta(days=1)), "why": "The Order",
        "version": form.initial["version"], "row": form.instance.pk,
    }  # fmt: skip
    answer = root.post("/installation/panels/midshire/", typed, follow=True).content.decode()
    assert "Other settings take over on" in answer
    assert not shown(ada, "/midshire/set-up/")["Who may act"]


def test_a_panel_in_full_order_shows_no_list_and_an_officer_cannot_put_it_away():
    full = {
        "complaints_email": "c@exshire.example", "procedure_approved": "June 2024", "keep_closed": 6, "second_factor": True,
    }  # fmt: skip
    world = make_world(**full)
    browser = Client()
    browser.force_login(world.officer)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("panel.pages.base.has_second_factor", lambda request: True)
        assert browser.post("/exshire/set-up/").status_code == 403
        found = shown(browser, "/exshire/set-up/")
    assert PanelSettings.objects.get().show_set_up is True
    assert [words for words, done in found.items() if not done] == ["Who may act"]
