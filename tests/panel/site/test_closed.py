"""A panel that is closed, or merged into another: all of it can be read and had as files, and nothing is added by anybody, by
page, by step or by command; access ends and erasing go on."""

import io
import json
import zipfile
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from meetings.business_models import Told
from panel.casework import holidays
from panel.casework.case_context import CaseContext
from panel.casework.errors import Refused
from panel.casework.offers import offers
from panel.casework.perform import perform
from panel.law import clock
from panel.models import Case, Entry, Link, Member, Panel, RegisteredInterest
from panel.record.act import PanelClosed, sealed_act
from panel.record.verify import verify
from panel.reminders.digest import people
from tests import build
from tests.hearings import build as hearings
from tests.meetings import build as meetings
from tests.panel.pages.page import Browser
from tests.steps import at, fresh, take

pytestmark = pytest.mark.django_db
CLOSED = "This Panel closed on 4 May 2028 and was merged into the Wessex Police and Crime Panel"


def on(*day):
    return clock.set_to(clock.now().replace(year=day[0], month=day[1], day=day[2], hour=12))


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def world(db):
    """Exshire with a complaint, a hearing and a meeting, that closes on 4 May 2028 and is merged into Wessex."""
    with on(2026, 11, 18):
        world = build.make_world(quorum=5)
        world.people["wessex"] = build.make_world("wessex", "WX", "Wessex").officer
        world.case = at(world, "recorded")
        world.hearing, world.meeting = hearings.at(world, "notified", 1), meetings.at(world, "planned")
        with sealed_act(world.panel, by=None, name="set_up"):
            Told.objects.create(panel=world.panel, kind="scrutiny", title="Front counters", told_on=date(2026, 9, 1))
            world.interest = RegisteredInterest.objects.create(
                panel=world.panel, member=world.members[2], kind="other", what="Trustee", declared_on=build.START,
                from_date=build.START,
            )  # fmt: skip
        call_command("panel", "close", "exshire", "--from", "2028-05-04", "--why", "The Act", "--merged-into", "wessex")
    world.panel.refresh_from_db()
    return world


def test_before_the_day_everything_goes_on_and_the_pages_say_when_it_ends(world):
    with on(2028, 5, 3):
        page = Browser(world.officer).get("/exshire/")
        assert "This Panel closes on 4 May 2028. From that day nothing can be added." in page.text
        take(world, fresh(world.case), "note_contact", note="She rang.")


def test_from_the_day_every_step_is_refused_with_the_reason_and_nothing_waits(world):
    links = Link.objects.count()
    with on(2028, 5, 4):
        for case in (world.case, world.hearing, world.meeting):
            look = CaseContext(type(case).objects.get(pk=case.pk), world.officer)
            kept = {"hold", "lift_hold", "propose_erasure", "decline_erasure", "erase"}
            assert [o.step.key for o in offers(look) if o.refusal is None and o.step.key not in kept] == []
            open_ = [o for o in offers(look) if o.because == "source" and o.step.key not in kept]
            assert open_
            assert CLOSED in open_[0].refusal.reason
        with pytest.raises(Refused, match="closed on 4 May 2028"):
            perform(fresh(world.case), "note_contact", by=world.officer, on=date(2028, 5, 1), note="She rang.")
        address = f"{world.case.get_absolute_url()}note_contact/"
        for answer in (client_of(world.officer).get(address), client_of(world.officer).post(address, {"note": "x"})):
            assert answer.status_code in (403, 409)
            assert "merged into the Wessex Police and Crime Panel" in answer.content.decode()
        home = Browser(world.officer).get("/exshire/")
        assert "This Panel is closed" in home.text
        assert "Complaints 1 complaint, 1 not ended" in home.text
        assert "Log a complaint" not in home.text
        for register in ("complaints", "hearings", "meetings"):
            listing = Browser(world.officer).get(f"/exshire/{register}/")
            assert CLOSED in listing.text
            assert not [url for url in listing.links().values() if "/new/" in url]
        assert {panel.slug for *_, panels in people(clock.today()) for panel in panels} == {"wessex"}
        assert holidays.move(date(2028, 5, 8), "Nothing moves") == 0
    assert Link.objects.count() == links


POSTS = (  # (address, who, what is sent)
    ("people/members/add/", "officer", {"name": "Cllr New"}), ("settings/change/", "mo", {"panel_name": "Another"}),
    ("interests/add/", "officer", {"what": "x"}), ("business/told/add/", "officer", {"title": "x"}),
    ("business/programme/add/", "officer", {"title": "x"}), ("complaints/new/", "officer", {}),
    ("complaints/new/log/", "officer", {"title": "x"}), ("hearings/new/notify/", "officer", {}),
    ("meetings/new/plan_meeting/", "officer", {"on": "x"}), ("complaints/report/issue/", "officer", {"outlook": "x"}),
    ("settings/who-acts/filter/", "mo", {"who": "officer"}), ("letters/texts/complaints/decision/to-office-holder/", "mo", {"x": "y"}),
)  # fmt: skip


def test_no_page_adds_anything_and_each_says_why(world):
    with on(2028, 5, 4):
        before = (Case.objects.count(), Entry.objects.count(), Member.objects.count())
        wrong = []
        for address, who, data in POSTS:
            answer = client_of(world.people[who]).post(f"/exshire/{address}", data)
            said = answer.content.decode()
            if answer.status_code not in (403, 409) or "closed" not in said:
                wrong.append((address, answer.status_code))
        assert wrong == []
        assert (Case.objects.count(), Entry.objects.count(), Member.objects.count()) == before
        with pytest.raises(PanelClosed), sealed_act(world.panel, by=None, name="change_member"):
            pass
        with pytest.raises(CommandError, match="closed on 4 May 2028"):
            call_command("intake", "--panel", "exshire", __file__)


def test_everything_is_read_and_the_register_is_had_whole(world, tmp_path):
    with on(2028, 5, 4):
        for who, address in (("officer", "people/"), ("officer", "interests/"), ("mo", "settings/"), ("mo", "history/"),
                             ("officer", "business/told/"), ("officer", "business/programme/"), ("officer", "business/members/"),
                             ("officer", "business/digest/"), ("member", "business/calendar/"), ("officer", "retention/"),
                             ("admin", "users/"), ("member", ""), ("chairman", ""), ("admin", "")):  # fmt: skip
            answer = client_of(world.people[who]).get(f"/exshire/{address}")
            assert (address, answer.status_code) == (address, 200)
            assert CLOSED in answer.content.decode(), address
        for case in (world.case, world.hearing, world.meeting):
            for page in ("", "timeline/", "history/", "documents/", "package.zip"):
                assert client_of(world.officer).get(f"{case.get_absolute_url()}{page}").status_code == 200
        assert client_of(world.officer).get("/exshire/complaints/download.csv").status_code in (200, 404)
        history = client_of(world.mo).get("/exshire/history/").content.decode()
        assert '<a class="govuk-link" href="/exshire/register.zip">Download the whole register (ZIP)</a>' in history
        answer = client_of(world.mo).get("/exshire/register.zip")
        with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as packed:
            names = set(packed.namelist())
            assert packed.testzip() is None
            assert "EX-C-2026-0001" in packed.read("complaints.csv").decode("utf-8-sig")
            assert "Trustee" in packed.read("people/interests.csv").decode("utf-8-sig")
            assert "Front counters" in packed.read("told-the-commissioner.csv").decode("utf-8-sig")
            assert "2026-27" in packed.read("attendance.csv").decode("utf-8-sig")
            assert json.loads(packed.read("settings.json"))[0]["quorum"] == 5
            assert json.loads(packed.read("record.jsonl").splitlines()[0])["kind"] == "export"
            assert CLOSED in packed.read("index.html").decode()
        for case in (world.case, world.hearing, world.meeting):
            assert f"{case.get_absolute_url().split('/')[2]}/{case.reference}/index.html" in names
        officer = io.BytesIO(b"".join(client_of(world.officer).get("/exshire/register.zip").streaming_content))
        assert "record.jsonl" not in zipfile.ZipFile(officer).namelist()  # for whoever verifies the record
        for who in ("chairman", "member", "admin"):
            assert client_of(world.people[who]).get("/exshire/register.zip").status_code == 403
        call_command("panel", "package", "exshire", str(tmp_path / "all.zip"), "--as", "auditor@exshire.example")
        assert "record.jsonl" in zipfile.ZipFile(tmp_path / "all.zip").namelist()
        with pytest.raises(CommandError, match="may not"):
            call_command("panel", "package", "exshire", str(tmp_path / "no.zip"), "--as", "member@exshire.example")
        assert list(verify(world.panel)) == []


def test_roles_end_and_a_day_set_by_mistake_is_taken_back(world, capsys):
    with on(2028, 5, 4):
        call_command("panel", "close", "exshire", "--reopen", "--why", "The Bill fell")
        assert "is not closed" in capsys.readouterr().out
        take(world, fresh(world.case), "note_contact", note="She rang.", on=date(2028, 5, 4))
        for given, said in ((("--merged-into", "exshire"), "Select one of the panels"),
                            (("--merged-into", "wessex", "--succeeded-by", "The Mayor"), "either a panel"),
                            (("--merged-into", "nowhere"), "nowhere")):  # fmt: skip
            with pytest.raises(CommandError, match=said):
                call_command("panel", "close", "exshire", "--why", "x", *given)
        call_command("panel", "close", "exshire", "--why", "x", "--succeeded-by", "the Mayor of Exshire")
        page = Browser(world.officer).get("/exshire/").text
        assert "This Panel closed on 4 May 2028. In its place came the Mayor of Exshire." in page
        assert [str(f) for f in verify(Panel.objects.get(slug="exshire"))] == []
