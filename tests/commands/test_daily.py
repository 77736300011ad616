"""The day's work: done once however often it is run, also on the days on which the clocks change, and whatever goes wrong."""

import io
from collections import Counter
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection

from panel.law import clock
from panel.law.clock import LONDON
from panel.models import Bundle, Case, Draft, Errand, Membership, Message
from panel.post import queue
from panel.record import triggers, verify
from panel.record.act import sealed_act
from panel.reminders import digest
from tests import build, mails
from tests.hearings import build as hearings
from tests.panel.pages.page import Browser
from tests.steps import at

pytestmark = pytest.mark.django_db
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)  # on which the clocks change


@pytest.fixture
def world(monkeypatch):
    digest.looked_at.clear()
    monkeypatch.setattr("panel.record.leftovers.forget", lambda: True)  # inside a test's transaction no log can be cut
    world = build.make_world()
    at(world, "recorded")
    hearings.notify(world, on=date(2026, 2, 2))  # what it asks for is late by March
    return world


def daily(*, fails=False) -> dict[str, str]:
    """{errand: what it said}."""
    out = io.StringIO()
    if fails:
        with pytest.raises(CommandError):
            call_command("daily", stdout=out)
    else:
        call_command("daily", stdout=out)
    found: dict[str, str] = {}
    for line in out.getvalue().splitlines():
        name, _, words = line.partition(": ")
        found[name] = f"{found.get(name, '')}{words}\n"
    return found


def moments(first, days):
    """Every day at half past six; on the days of a change also at half past midnight, at one, both times, and before
    midnight."""
    for n in range(days):
        day = first + timedelta(days=n)
        start = clock.start_of(day)
        if day in (SPRING, AUTUMN):
            yield from (start.astimezone(clock.UTC) + timedelta(minutes=m) for m in (30, 60, 90, 120, 150))
        yield clock.datetime(day.year, day.month, day.day, 6, 30, tzinfo=LONDON)
        if day in (SPRING, AUTUMN):
            yield clock.datetime(day.year, day.month, day.day, 23, 50, tzinfo=LONDON)


def days_of_mail() -> dict[str, Counter]:
    """{kind: how many each person was sent, by day in London}."""
    found: dict[str, Counter] = {}
    for message in Message.objects.select_related("user"):
        day = message.queued_at.astimezone(LONDON).date()
        found.setdefault(message.kind, Counter())[message.user.email.partition("@")[0], day] += 1
    return found


@pytest.mark.parametrize(
    "change, days", [(SPRING, 3), *(pytest.param(day, 31, marks=pytest.mark.deep) for day in (SPRING, AUTUMN))]
)
def test_around_a_change_of_the_clocks_nothing_is_twice_and_nothing_missed(world, change, days):
    walk(world, change - timedelta(days=days // 2), days)


def walk(world, first, days):
    """That many days of the day's work, each twice."""
    for moment in moments(first, days):
        with clock.set_to(moment):
            daily()
            daily()
    every = [first + timedelta(days=n) for n in range(days)]
    sent = days_of_mail()
    assert sent["digest"] == {
        **{("officer", d): 1 for d in every},
        **{("mo", d): 1 for d in every},
        ("chairman", first): 1,
    }
    mondays = {d - timedelta(days=d.weekday()) for d in every}
    assert sent["heads"] == {("mo", max(first, monday)): 1 for monday in mondays}
    assert len(mail.outbox) == sum(sum(c.values()) for c in sent.values())
    assert set(Message.objects.values_list("state", flat=True)) == {"accepted"}
    done = dict(Errand.objects.values_list("key", "done_on"))
    assert {
        done[name]
        for name in (
            "remind",
            "send_mail",
            "bundle",
            "sweep_messages",
            "sweep_drafts",
            "sweep_documents",
            "sweep_traces",
            "chain_head",
        )
    } == {every[-1]}
    assert {d - every[-1] for k, d in done.items() if k.startswith("verify ")} == {timedelta(0), timedelta(0)}
    assert [str(f) for f in verify.verify()] == []


def test_what_goes_wrong_stops_nothing_else_and_is_named(world, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("panel.documents.store.sweep", full)
        said = daily(fails=True)
    assert "No space left" in said["sweep_documents"]
    assert "verify exshire" in said["verify"]
    assert not Errand.objects.filter(key="sweep_documents").exists()
    assert "removed" in daily()["sweep_documents"]


def test_emails_that_nobody_logged_go_with_the_drafts_begun_from_them(world):
    long_ago = clock.now() - timedelta(days=40)
    with clock.set_to(long_ago):
        message = build.message(world)
        other = build.message(world, mails.dressed(mails.text("Another"), "o@example.org", "Another"))
    with sealed_act(world.panel, by=None, name="change_settings"):
        row = world.panel.settings_on(clock.today())
        row.keep_messages = 30
        row.save()
    officer = Browser(world.officer)
    for one in (message, other):
        page = officer.get(f"/exshire/complaints/new/log/?message={one.key}")
        assert page.submit("Save and finish later").status == 200
    with sealed_act(world.panel, by=None, name="take_in_message"):
        other.came_at = clock.now()
        other.save()
    assert "1 email removed." in daily()["sweep_messages"]
    message.refresh_from_db()
    assert (message.status, message.text) == ("removed", "")
    assert [d.answers["message"] for d in Draft.objects.all()] == [[str(other.key)]]
    assert "0 emails removed." in daily()["sweep_messages"]


def test_a_bundle_whose_process_was_stopped_is_made(world):
    case = build.log(world)
    with sealed_act(world.panel, by=world.officer, name="make_bundle") as act:
        bundle = Bundle(
            case=Case.objects.get(pk=case.pk), audience="nobody", by=world.officer, asked_at=act.at, name="b.zip"
        )
        bundle.save()
    made = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("panel.management.commands.bundle.make", lambda row, patient: made.append(row.pk) or row)
        daily()
    assert made == [bundle.pk]


def test_a_fault_in_the_record_is_named(world):
    triggers.drop(connection)
    Membership.objects.filter(user=world.officer).update(role="auditor")
    said = daily(fails=True)
    assert "differs from its last history row in role" in said["verify"]


def test_health_says_that_mail_stands_still_until_somebody_sends_it(world, client):
    queue(kind="heads", panel=world.panel, address="mo@exshire.example", subject="Heads", text="x")
    assert client.get("/health/").status_code == 200
    with clock.set_to(clock.now() + timedelta(minutes=121)):
        page = client.get("/health/")
        assert (page.status_code, page.json()["mail"]) == (503, "stands still")
        daily()
        assert client.get("/health/").status_code == 200
