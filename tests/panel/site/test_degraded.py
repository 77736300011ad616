"""What the product stands on is taken away: each time there is a page that says so, nothing is half done, and what was due
is due still."""

import subprocess

import pytest
from django.core.files.storage import default_storage
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper
from django.test import Client

from panel.documents import store
from panel.files import pdf
from panel.models import Document, Draft, Entry
from panel.record import verify
from tests import build
from tests.steps import at

pytestmark = pytest.mark.django_db
FULL = OSError(28, "No space left on device")


@pytest.fixture
def world(db):
    return build.make_world()


@pytest.fixture
def case(world):
    return at(world, "received")


@pytest.fixture
def officer(world):
    client = Client(raise_request_exception=False)
    client.force_login(world.officer)
    return client


def fail(error):
    def inner(*args, **kwargs):
        raise error

    return inner


def add(officer, case):
    day = {"on_day": "18", "on_month": "11", "on_year": "2025"}
    given = {**day, "description": "From the parish council", "classification": "open", "documents": build.pdf()}
    return officer.post(f"/exshire/complaints/{case.reference}/add_documents/", {**given, "seen": case.version})


@pytest.mark.parametrize("name", ["full disk", "store that does not answer"])
def test_a_store_that_keeps_nothing(world, case, officer, monkeypatch, name):
    error = FULL if name == "full disk" else ConnectionError("no route to the store")
    monkeypatch.setattr(type(default_storage._wrapped), "_save", fail(error))
    before = Entry.objects.count(), case.duties.filter(closed_by=None).count()
    answer = add(officer, case)
    page = answer.content.decode()
    if answer.status_code == 422:  # a question that is new was not answered: look at it, and answer it here
        pytest.fail(page)
    assert answer.status_code == 503
    assert "It could not be kept" in page
    assert "kept as a draft" in page
    assert (Entry.objects.count(), case.duties.filter(closed_by=None).count()) == before
    assert not Document.objects.exists()
    assert Draft.objects.get().answers["description"] == ["From the parish council"]
    monkeypatch.undo()
    assert list(verify.verify(world.panel)) == []


def test_no_process_can_be_started_to_look_into_a_file(world, case, officer, monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", fail(OSError(11, "Resource temporarily unavailable")))
    store.KNOWN_ANSWERS.clear()
    answer = add(officer, case)
    assert answer.status_code == 503
    assert not Document.objects.exists()


def test_without_what_lays_out_pdf_files_pages_and_word_remain(world, case, officer, monkeypatch):
    monkeypatch.setattr(pdf, "can_be_made", lambda: False)
    page = officer.get(f"/exshire/complaints/{case.reference}/bundles/new/")
    assert page.status_code == 200
    assert pdf.MISSING in page.content.decode()
    posted = officer.post(f"/exshire/complaints/{case.reference}/bundles/new/", {"audience": "iopc", "named": "yes"})
    assert pdf.MISSING in posted.content.decode()


def test_a_database_that_does_not_answer_has_a_page(world, case, officer, monkeypatch):
    monkeypatch.setattr(CursorWrapper, "execute", fail(OperationalError("database or disk is full")))
    answer = officer.get(f"/exshire/complaints/{case.reference}/")
    monkeypatch.undo()
    assert answer.status_code == 500
    assert "disk is full" not in answer.content.decode()
    assert answer.content
