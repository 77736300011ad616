"""One draft a person, case and step, however many pages keep it at once; doubles of before leave the newest."""

import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import QuerySet
from django.db.models.signals import pre_save
from django.test import Client
from django.utils import timezone

from panel.accounts.sign_in import SEEN
from panel.models import Draft
from tests.build import log, make_world

NEW = "/exshire/complaints/new/log/"


@pytest.fixture
def world(db):
    return make_world()


@pytest.fixture
def officer(world):
    client = Client()
    client.force_login(world.officer)
    return client


def note(case):
    """The address of a step on the case."""
    return f"/exshire/complaints/{case.reference}/note_contact/"


@pytest.fixture
def rival(monkeypatch):
    """Lets another page keep the same draft between this one's looking for it and its writing."""

    def between(**values):
        looked, found = QuerySet.get, []

        def get(rows, *args, **kwargs):
            try:
                return looked(rows, *args, **kwargs)
            except Draft.DoesNotExist:
                if not found:
                    found.append(Draft.objects.create(answers={"note": ["theirs"]}, **values))
                raise

        monkeypatch.setattr(QuerySet, "get", get)

    return between


def test_a_second_draft_of_the_same_step_cannot_be_stored(world):
    case = log(world)
    for which in ({"case": case, "step": "note_contact"}, {"step": "log"}):
        row = {"user": world.officer, "panel": world.panel, **which}
        Draft.objects.create(**row)
        with pytest.raises(IntegrityError), transaction.atomic():
            Draft.objects.create(**row)
        Draft.objects.create(**{**row, "user": world.mo})
    assert Draft.objects.count() == 4


def test_two_pages_that_keep_the_same_draft_at_once_leave_that_of_the_later(world, officer, rival):
    case = log(world)
    rival(user=world.officer, panel=world.panel, case=case, step="note_contact")
    assert officer.post(note(case), {"note": "mine", "later": "1"}).status_code == 302
    assert [d.answers["note"] for d in Draft.objects.all()] == [["mine"]]
    assert "mine" in officer.get(note(case)).content.decode()


def test_so_do_two_pages_that_log_a_complaint(world, officer, rival):
    rival(user=world.officer, panel=world.panel, case=None, step="log")
    assert officer.post(NEW, {"title": "mine", "later": "1"}).status_code == 302
    assert [d.answers["title"] for d in Draft.objects.all()] == [["mine"]]
    assert "mine" in officer.get(NEW).content.decode()


def test_a_rival_that_was_thrown_away_at_once_is_in_nobodys_way(world, officer):
    """The other page keeps its draft between this one's looking and writing, and is rolled back with it."""
    row, seen = {"user": world.officer, "panel": world.panel, "case": None, "step": "log"}, []

    def other_page(instance, **kwargs):
        if not seen:
            seen.append(instance)
            Draft.objects.bulk_create([Draft(answers={"title": ["theirs"]}, **row)])

    pre_save.connect(other_page, sender=Draft)
    try:
        assert officer.post(NEW, {"title": "mine", "later": "1"}).status_code == 302
    finally:
        pre_save.disconnect(other_page, sender=Draft)
    assert [d.answers["title"] for d in Draft.objects.all()] == [["mine"]]
    assert len(seen) == 1


IDLE = "You were signed out because you did nothing for 30 minutes."


@pytest.mark.parametrize("url, keeps", [
    (NEW, True), ("/exshire/people/", False), ("/nowhere/at/all/", False), ("/nowhere/complaints/new/log/", False),
    ("/wessex/complaints/new/log/", False), ("/exshire/complaints/EX-C-2026-9999/note_contact/", False),
])  # fmt: skip
def test_what_is_sent_after_too_long_is_kept_where_it_belongs_to_a_step_that_is_there(world, officer, url, keeps):
    make_world("wessex", "WX", "Wessex")
    officer.get("/exshire/")
    session = officer.session
    session[SEEN] = int(time.time()) - settings.SESSION_IDLE - 1
    session.save()
    page = officer.post(url, {"title": "mine", "note": "mine"}, follow=True).content.decode()
    assert IDLE in page
    assert ("What you typed is kept as a draft." in page) == keeps == Draft.objects.filter(user=world.officer).exists()


def test_keeping_it_again_and_again_keeps_one(world, officer):
    case = log(world)
    for n in range(3):
        officer.post(note(case), {"note": f"draft {n}", "later": "1"})
        officer.post(NEW, {"title": f"draft {n}", "later": "1"})
    assert Draft.objects.count() == 2
    assert officer.get("/exshire/").content.decode().count("/drop/") == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.deep
def test_the_migration_keeps_the_newest_of_doubles_and_can_be_undone():
    world = make_world()
    case, other = log(world), log(world, name="Bob Baker", email="bob@example.org")
    call_command("migrate", "panel", "0002", verbosity=0)
    try:
        before = MigrationExecutor(connection).loader.project_state(("panel", "0002_retention")).apps
        old = before.get_model("panel", "Draft").objects
        kept = []
        for user in (world.officer, world.mo):
            for case_id, step in ((case.pk, "note_contact"), (case.pk, "record"), (other.pk, "record"), (None, "log")):
                for n in range(3):
                    row = old.create(
                        user_id=user.pk, panel_id=world.panel.pk, case_id=case_id, step=step, answers={"note": [str(n)]}
                    )
                    old.filter(pk=row.pk).update(
                        saved_at=timezone.now() + timedelta(days=n % 2)
                    )  # the second is the newest
                    kept += [row.pk] if n == 1 else []
    finally:
        call_command("migrate", verbosity=0)  # all: other apps went back with it
    assert sorted(Draft.objects.values_list("pk", flat=True)) == sorted(kept)
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.create(user=world.officer, panel=world.panel, step="log")
    client = Client()
    client.force_login(world.officer)
    assert [client.get(url).status_code for url in (note(case), NEW, "/exshire/")] == [200] * 3
