"""After an erasure nothing of it stands anywhere else: not in SQLite's log while others have the database open, nor in a
session of somebody who searched for the name, nor in PostgreSQL's dead rows."""

import sqlite3
import subprocess
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from complaints.models import Complaint
from complaints.old_register.files import read_file
from complaints.old_register.views import enter_waiting
from complaints.old_register_models import OldRegister
from panel.record import leftovers
from tests import build
from tests.panel.record.test_crashes import ROOT, database  # noqa: F401 - a fixture
from tests.panel.record.test_erasure import MARKS, SAID, marked
from tests.steps import take

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
ONLY_SQLITE = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite only")
ONLY_POSTGRESQL = pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL only")


def in_files(folder: Path) -> dict[str, list[str]]:
    """{file: marks that stand in it} of all files in a folder."""
    found = {}
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        if marks := [mark for mark in MARKS if mark.encode() in content]:
            found[path.name] = marks
    return found


def from_an_old_register(world):
    """A complaint that came in from the file of an old register, sent on the page and entered."""
    tables, left_out = read_file(
        b"Ref,Complainant,Received,Closed,Summary,Outcome,Clerk\n"
        b"qxfile,qxname,03/05/2019,20/08/2019,qxwords,Withdrawn qxwhy,qxnote\n"
    )
    row = OldRegister.objects.create(
        panel=world.panel, user=world.officer, name="qxletter.csv", tables=tables, left_out=left_out
    )
    assert enter_waiting(row) == 1
    return Complaint.objects.get(panel=world.panel, from_register=True)


def erase_beside_others() -> None:
    """In a process of its own, on a database in a file: a marked complaint is erased while another connection is open, and a
    third reads what was before."""
    from django.core.signals import request_finished

    from tests.soak.crowd import world_of

    world = world_of()
    world.people |= {"mo": world.mo}
    path = Path(connection.settings_dict["NAME"])
    case = take(world, marked(world), "propose_erasure")
    old = take(world, from_an_old_register(world), "propose_erasure")
    idle = sqlite3.connect(path)
    idle.execute("SELECT count(*) FROM panel_case").fetchall()
    before = set(sum(in_files(path.parent).values(), []))
    assert before >= {"qxname", "qxwords", "qxwhy", "qxdraft"}, before
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM panel_case").fetchall()
    case = take(world, case, "erase")
    take(world, old, "erase")
    assert leftovers.waits[0], "the reader should have kept the log from being cut"
    request_finished.send(sender=None)
    assert leftovers.waits[0]
    reader.execute("COMMIT")
    request_finished.send(sender=None)  # the next request
    assert not leftovers.waits[0]
    assert in_files(path.parent) == {}, in_files(path.parent)
    idle.close()
    print("nothing left")


@ONLY_SQLITE
@pytest.mark.deep
def test_nothing_stands_in_the_log_while_others_have_the_database_open(database):  # noqa: F811
    code = (
        "import django; django.setup(); from panel.law import clock; from tests.shared import NOW;"
        "from tests.panel.record.test_leftovers import erase_beside_others\n"
        "with clock.set_to(NOW): erase_beside_others()"
    )
    env = database | {"PANEL_TESTING": "1"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.stdout.endswith("nothing left\n"), done.stderr[-3000:]


@ONLY_POSTGRESQL
def test_dead_rows_go_when_the_owner_writes_the_tables_anew():
    world = build.make_world()
    case = take(world, marked(world), "propose_erasure")
    take(world, case, "erase")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_filepath('panel_entry')")
        before = cursor.fetchone()
    out = StringIO()
    call_command("sweep_traces", "--tables", stdout=out)
    assert "tables written anew" in out.getvalue()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_filepath('panel_entry')")
        assert cursor.fetchone() != before
    assert {"complaints_complaint", "complaints_historicalcomplaint", "panel_entry", "panel_complainant"} <= set(
        leftovers.tables()
    )


def test_no_session_keeps_what_was_searched_for():
    """Filters are remembered, words are not; nor is what somebody put into the address by hand."""
    world = build.make_world()
    build.log(world, **SAID)
    client = Client()
    client.force_login(world.officer)
    address = "/exshire/complaints/"
    for query in (
        "q=qxname&show=all",
        "status=received&q=Gillian+qxname",
        "qxname=1",
        "show=Gillian+qxname",
        "sort=%C3%A9qxname",
    ):
        assert client.get(f"{address}?{query}").status_code == 200
        sessions = [str(s.get_decoded()) for s in Session.objects.all()]
        assert not [s for s in sessions if "qxname" in s], query
    client.get(f"{address}?status=received&show=all&q=qxname")
    assert client.get(address)["Location"] == f"{address}?status=received&show=all"


def test_ended_sessions_and_old_counts_go():
    world = build.make_world()
    client = Client()
    client.force_login(world.officer)
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    cache.set("kept", 1)
    out = StringIO()
    call_command("sweep_traces", stdout=out)
    assert Session.objects.count() == 0
    assert "Ended sessions removed" in out.getvalue()
    assert cache.get("kept") == 1


@ONLY_SQLITE
def test_the_command_says_when_somebody_reads(monkeypatch):
    monkeypatch.setattr(leftovers, "forget", lambda: False)
    with pytest.raises(CommandError, match="Run it again"):
        call_command("sweep_traces", stdout=StringIO())
