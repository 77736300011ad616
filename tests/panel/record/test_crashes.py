"""Six writers at once, and a server killed by SIGKILL in the middle of steps: the short form of `make soak`.

The processes work on a copy of the tests' SQLite in a file, or on the tests' PostgreSQL.
"""

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection, connections

from panel.casework import perform
from panel.record import verify
from tests import build
from tests.steps import ON, RECEIVED

ROOT = Path(__file__).resolve().parents[3]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture
def database(tmp_path):
    """The environment in which another process finds a database with Exshire in it."""
    build.make_world()
    if connection.vendor == "sqlite":
        path = tmp_path / "shared.sqlite3"
        with sqlite3.connect(path) as copy:
            connection.connection.backup(copy)
        url = f"sqlite:///{path}"
    else:
        has = connection.settings_dict
        person = quote(has["USER"]) + (f":{quote(has['PASSWORD'], safe='')}" if has["PASSWORD"] else "")
        port = f":{has['PORT']}" if has["PORT"] else ""
        url = f"postgres://{person}@{quote(has['HOST'], safe='')}{port}/{has['NAME']}"
    return {**os.environ, "DATABASE_URL": url, "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "panel.settings"}


def soak(database, *asked):
    """(exit code, what it said) of the soak."""
    command = [sys.executable, "-m", "tests.soak", "--here", *asked]
    done = subprocess.run(command, cwd=ROOT, env=database, capture_output=True, text=True, timeout=120, check=False)
    return done.returncode, done.stdout + done.stderr


def test_writers_at_once_lose_nothing_and_kills_leave_no_half_of_a_step(database):
    code, said = soak(database, "--writers", "6", "--each", "3", "--kills", "2")
    assert code == 0, said
    assert "6 writers took 3 steps each: none is lost, one chain, verified." in said
    assert "killed 2 times" in said


@pytest.mark.deep
def test_a_week_of_the_year_through_the_web_server():
    """Sign-in, logging and steps by HTTP, daily, backup, two kills, a restore: the year of `make soak` (tests/soak/year.py)."""
    parts = [word for part in ("writers", "kills", "walks", "mails", "posts") for word in (f"--{part}", "0")]
    command = [sys.executable, "-m", "tests.soak", *parts, "--year", "7"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Verified, nothing lost, nothing twice." in done.stdout


def test_a_check_while_people_work_is_no_false_alarm(tmp_path):
    """Rows and links are read as of one moment, however many acts come in between."""
    world = build.make_world()
    case = build.log(world, on=RECEIVED)
    before = connections.settings["default"]
    if connection.vendor == "sqlite":
        path = tmp_path / "shared.sqlite3"
        with sqlite3.connect(path) as copy:
            connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=WAL")
        copy.close()
        connections.settings["default"] = {**before, "NAME": str(path)}
    found, writes = [], []

    def act():
        try:
            perform.perform(case, "note_contact", by=world.officer, on=ON, kind="note", note=f"Meanwhile {len(writes)}")
            writes.append(1)
        finally:
            connections.close_all()

    def meanwhile(model, panel, seen, since=False, real=verify._never_sealed):
        """Somebody else takes a step just before these rows are read."""
        thread = threading.Thread(target=act)
        thread.start()
        thread.join()
        return real(model, panel, seen, since)

    def check():
        try:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(verify, "_never_sealed", meanwhile)
                found.extend(str(f) for f in verify.verify())
        finally:
            connections.close_all()

    try:
        thread = threading.Thread(target=check)
        thread.start()
        thread.join()
    finally:
        connections.settings["default"] = before
    assert len(writes) > 10
    assert found == []
