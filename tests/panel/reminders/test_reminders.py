"""What waits for each is what their home page says; nobody is told twice a day, and no mail names anybody."""

import io
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from panel.law import clock
from panel.law.spoken import Words
from panel.models import Duty, Membership, Message, Panel, User
from panel.post import send
from panel.record.act import sealed_act
from panel.record.verify import verify
from panel.reminders import digest
from tests import build
from tests.hearings import build as hearings
from tests.reading import HEARD
from tests.steps import at, fresh, take

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
NAMES = ("Thorpe", "gillian", "Ashcombe", "Larkford", "Exshire House")


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """Exshire with cases where something waits for everybody. Nothing of it is committed."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = build.make_world()
        build.log(world, name="Gillian Thorpe", email="gillian@example.org")
        world.people["decide"] = at(world, "recorded")
        world.people["sub"] = at(world, "sub_panel")
        hearings.at(world, "hearing_arranged", 1)
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(made, db):
    """What a test writes is undone."""
    digest.looked_at.clear()
    with transaction.atomic():
        yield made
        transaction.set_rollback(True)


def browser(user):
    found = Client()
    found.force_login(user)
    return found


def dry(on=None) -> dict[str, list[str]]:
    """{address: what it would get, line by line} as `remind --dry-run` prints it."""
    out = io.StringIO()
    call_command("remind", dry_run=True, on=on.isoformat() if on else None, stdout=out)
    found: dict[str, list[str]] = {}
    address = ""
    for line in out.getvalue().splitlines():
        if line.startswith("  "):
            found[address].append(line.partition("exshire  ")[2])
        else:
            address = line.partition(":")[0]
            found[address] = []
    return found


def remind(on=None) -> dict[str, str]:
    """{name before the @: what came of it} of a real run."""
    out = io.StringIO()
    call_command("remind", on=on.isoformat() if on else None, stdout=out)
    return {line.partition("@")[0]: line.partition(": ")[2].partition(" (")[0] for line in out.getvalue().splitlines()}


def home(world, who):
    return browser(world.people[who]).get("/exshire/").context


def day(number):
    """That many days from today, at eight in the morning."""
    return clock.set_to(clock.start_of(clock.today(), number) + timedelta(hours=8))


def test_a_dry_run_says_what_the_work_lists_say(world):
    found = dry()
    for who in ("officer", "mo"):
        sections = [s for s in home(world, who)["sections"] if s["id"] != "others"]
        wanted = [
            (s["heading"], case["reference"])
            for s in sections
            for row in s["rows"]
            for case in (row["cases"] or [row["case"]])
        ]
        mine = [
            (line.partition(": ")[0], line.partition(": ")[2].partition("  ")[0])
            for line in found[f"{who}@exshire.example"]
        ]
        assert sorted(mine) == sorted(wanted), who
        assert mine
    captions = [d["caption"] for d in home(world, "chairman")["decisions"]]
    lines = [line.partition(": ")[2] for line in found["chairman@exshire.example"] if line.startswith("Decisions")]
    said = [f"{line.partition('  ')[2].partition(' (')[0]}, {line.partition('  ')[0]}" for line in lines]
    assert sorted(said) == sorted(captions)
    assert said
    assert not Message.objects.exists()


def test_members_hear_of_their_sub_panel_and_of_meetings(world):
    sitting = world.sitting.email
    assert [line for line in dry()[sitting] if world.sub.reference in line]
    meets = clock.today() + timedelta(days=20)
    take(world, fresh(world.sub), "arrange_meeting", meets_on=meets)
    lines = dry()[sitting]
    assert any(
        "Meetings: " in line and world.sub.reference in line and "Meeting of the sub-panel" in line for line in lines
    )
    assert not dry()[world.member.email]
    for who in (sitting, world.member.email):
        assert any("Confirmation hearing" in line for line in dry(HEARD - timedelta(days=1))[who])
    assert not [line for line in dry(meets + timedelta(days=1))[sitting] if "Meeting of the sub-panel" in line]


def test_the_mails_name_nobody_and_go_to_everybody_once_a_day(world):
    told = remind()
    assert {who for who, said in told.items() if said == "reminded"} == {"officer", "mo", "chairman", "sitting"}
    assert {who for who, said in remind().items() if said == "has had one of that day"} == {
        "officer", "mo", "chairman", "sitting",
    }  # fmt: skip
    send.run()
    call_command("send_mail", stdout=io.StringIO())
    assert sorted(m.to[0].partition("@")[0] for m in mail.outbox) == ["chairman", "mo", "officer", "sitting"]
    for one in mail.outbox:
        whole = f"{one.subject}\n{one.body}"
        assert not [name for name in NAMES if name.lower() in whole.lower()]
        assert "EX-" not in one.subject
        assert one.extra_headers["Auto-Submitted"] == "auto-generated"
    officer = next(m for m in mail.outbox if m.to == [world.officer.email])
    assert "EX-C-" in officer.body
    assert Message.objects.exclude(text="").count() == 0  # what it says is made as it leaves, and kept nowhere
    assert [str(f) for f in verify()] == []


def test_a_panel_is_written_to_in_its_own_words(world, monkeypatch):
    usual = {who: " ".join(lines) for who, lines in dry().items()}
    assert "sub-panel" in " ".join(usual.values())
    assert "Commissioner" in " ".join(usual.values())
    words = Words(chairman="Convenor", sub_panel="working party", commissioner="Mayor")
    monkeypatch.setattr(Panel, "words", words)
    remind()
    send.run()
    assert {m.to[0] for m in mail.outbox} == {who for who, lines in usual.items() if lines}
    for text in (*(" ".join(lines) for lines in dry().values()), *(m.body for m in mail.outbox)):
        assert not re.search("Chairman|[Ss]ub-panel|Commissioner", text), text


def test_who_has_something_new_is_told_and_who_wants_it_daily_every_day(world):
    remind()
    with day(1):
        again = remind()
        assert (again["officer"], again["mo"]) == ("reminded", "reminded")
        assert (again["chairman"], again["sitting"]) == ("nothing new waits", "nothing new waits")
        at(world, "recorded")
        later = remind()
        assert (later["chairman"], later["officer"]) == ("reminded", "has had one of that day")


def test_a_chairman_is_told_at_once_of_a_decision_and_once(world):
    assert digest.at_once() == 1  # the Chairman; the Vice-Chairman does not act
    assert digest.at_once() == 0
    send.run()
    (first,) = mail.outbox
    assert first.to == [world.chairman.email]
    assert world.decide.reference in first.body
    remind()
    assert not Message.objects.filter(kind="digest", user=world.chairman, given__items=[]).exists()
    new = at(world, "recorded")
    assert digest.at_once() == 1
    send.run()
    assert new.reference in mail.outbox[-1].body
    assert world.decide.reference not in mail.outbox[-1].body
    third = at(world, "recorded")
    assert digest.at_once() == 1
    take(world, third, "filter")  # decided before its mail went
    before = len(mail.outbox)
    send.run()
    assert len([m for m in mail.outbox[before:] if third.reference in m.body and m.to == [world.chairman.email]]) == 0


def test_each_chooses_how_often(world):
    page = browser(world.officer).get("/accounts/reminders/")
    assert [v for v, _ in page.context["form"].fields["when"].choices] == ["daily", "new", "never"]
    assert page.context["form"].initial == {"when": "daily"}
    wrong = browser(world.officer).post("/accounts/reminders/", {"when": "at_once"})
    assert wrong.status_code == 422
    assert browser(world.officer).post("/accounts/reminders/", {"when": "never"}).status_code == 302
    assert browser(world.chairman).post("/accounts/reminders/", {"when": "daily"}).status_code == 302
    assert remind()["officer"] == "wants none"
    assert digest.at_once() == 0
    with day(1):
        assert remind()["chairman"] == "reminded"
    assert Client().get("/accounts/reminders/").status_code == 302
    assert [str(f) for f in verify()] == []


def test_one_bad_address_stops_nobody(world):
    User.objects.filter(pk=world.mo.pk).update(email="nonsense")
    found = remind()
    assert "no email address" in next(v for k, v in found.items() if k.startswith("nonsense"))
    assert found["officer"] == "reminded"


def test_whoever_left_or_is_away_from_the_panel_gets_nothing(world):
    with sealed_act(world.panel, by=None, name="set_up"):
        row = Membership.objects.get(user=world.sitting)
        row.to_date = clock.today()
        row.save()
    assert "sitting" in remind()
    with day(1):
        assert "sitting" not in remind()
        User.objects.filter(pk=world.officer.pk).update(is_active=False)
        send.run()
    assert world.officer.email not in [m.to[0] for m in mail.outbox]  # closed before it went


def test_a_bad_day_is_refused(world):
    for wrong in ("x", "2026-02-30"):
        with pytest.raises(Exception, match="write the day as 2026-03-31"):
            call_command("remind", on=wrong, stdout=io.StringIO())


# A reminder that a person sends


def owed_by(case, role) -> int:
    """The number of the first open duty of the case that is theirs."""
    duties = Duty.objects.filter(case=case, closed_by=None).order_by("pk")
    return next(d.pk for d in duties if case.register.procedure.duty(d.kind).owner.value == role)


def test_the_officer_reminds_whoever_decides_once_a_day(world):
    case = world.decide
    duty = owed_by(case, "chairman")
    url = reverse("panel:remind", args=["exshire", "complaints", case.reference, duty])
    officer = browser(world.officer)
    assert url in officer.get(case.get_absolute_url()).content.decode()
    assert world.chairman.name in officer.get(url).content.decode()
    assert "leaves within a minute" in officer.post(url, follow=True).content.decode()
    assert "One a day is enough" in officer.post(url, follow=True).content.decode()
    send.run()
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([world.chairman.email], f"Reminder: {case.reference}")
    assert not [name for name in NAMES if name.lower() in sent.body.lower()]
    with day(1):
        assert "leaves within a minute" in officer.post(url, follow=True).content.decode()
    for who in ("chairman", "auditor", "admin"):
        assert browser(world.people[who]).get(url).status_code == 403
    assert browser(world.officer).get(url.replace(f"/{duty}/", "/999999/")).status_code == 404
    assert url not in browser(world.chairman).get(case.get_absolute_url()).content.decode()
