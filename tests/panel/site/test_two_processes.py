"""Two processes that serve one database get the same form at the same moment: one record is made, on SQLite as on PostgreSQL."""

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from datetime import date
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection, connections

from panel.models import Case, Council, Entry, Member, Membership, OfficeHolder, PanelSettings
from panel.record.verify import verify
from tests.build import make_world
from tests.complaints.pages.test_log import TYPED
from tests.panel.pages.cases import LOGGED
from tests.panel.pages.page import Browser, flat
from tests.panel.record.test_audit import a_database_that_threads_can_share
from tests.reading import ALL_FOUR

pytestmark = [pytest.mark.deep, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
NOTE = {"kind": "note", "note": "She rang about the counter"}


class Server:
    """A process of its own that serves the tests' database."""

    def __init__(self, directory):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        url = {"DATABASE_URL": os.environ["DATABASE_URL"]} if "DATABASE_URL" in os.environ else {}
        if url:  # that of the tests, under its name of these tests
            url = {"DATABASE_URL": f"{url['DATABASE_URL'].rpartition('/')[0]}/{connection.settings_dict['NAME']}"}
        env = {**os.environ, "PANEL_TESTING": "1", "DATA_DIR": str(directory), **url}
        command = [sys.executable, "-m", "gunicorn", "panel.wsgi", "-b", f"127.0.0.1:{self.port}", "--workers", "1"]
        self.process = subprocess.Popen([*command, "--log-level", "error"], env=env, cwd=settings.BASE_DIR)

    def stop(self):
        self.process.terminate()
        self.process.wait(20)

    def answers(self) -> bool:
        try:
            self.asked("GET", "/health/")
        except OSError:
            return False
        return True

    def asked(self, method, path, body="", cookie=""):
        """(status, where it leads)."""
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        c.request(method, path, body, {"Cookie": cookie, **kind})
        answer = c.getresponse()
        answer.read()
        c.close()
        return answer.status, answer.headers.get("Location")


@pytest.fixture
def servers(tmp_path):
    """Two of them, beside a copy of the tests' database that both share."""
    world = make_world()
    with a_database_that_threads_can_share(tmp_path):
        if connection.vendor == "sqlite":
            (tmp_path / "shared.sqlite3").rename(tmp_path / "db.sqlite3")
            connections.settings["default"]["NAME"] = str(tmp_path / "db.sqlite3")
        found = [Server(tmp_path), Server(tmp_path)]
        try:
            until = time.monotonic() + 60
            while not all(server.answers() for server in found):
                assert time.monotonic() < until, "the servers do not answer"
                time.sleep(0.2)
            yield world, found
        finally:
            for server in found:
                server.stop()


def at_once(servers, url, data, browser):
    """What both processes answer to the same form, sent at one moment."""
    cookie = "; ".join(f"{m.key}={m.value}" for m in browser.client.cookies.values())
    body, gate, found = urlencode(flat(data), doseq=True), threading.Barrier(2), []

    def press(server):
        gate.wait()
        found.append(server.asked("POST", url, body, cookie))

    threads = [threading.Thread(target=press, args=(server,)) for server in servers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def counted(world):
    """How many there are of everything that a form makes."""
    of = {"panel": world.panel}
    return {
        **{m.__name__: m.objects.filter(**of).count() for m in (Case, Council, Member, OfficeHolder, Membership, PanelSettings)},
        "Entry": Entry.objects.filter(**of).exclude(case=None).count(),
    }  # fmt: skip


def forms(world):
    """(who, the page, what it answers, the button's name if it confirms, what there is one more of)."""
    pcc = [str(world.pcc.pk)]
    new = "/exshire/complaints/new"
    yield world.officer, f"{new}/log/", {**TYPED, "subjects": pcc}, True, ("Case", "Entry")
    yield (
        world.officer,
        f"{new}/record_conduct_matter/",
        {**LOGGED["record_conduct_matter"], "subjects": pcc},
        True,
        ("Case", "Entry"),
    )
    yield (
        world.officer,
        f"{new}/enter_from_register/",
        {
            **LOGGED["enter_from_register"],
            "subjects": pcc,
            "received_on": date(2019, 5, 3),
            "recorded_on": date(2019, 5, 10),
            "decided_on": date(2019, 6, 12),
        },
        False,
        ("Case", "Entry"),
    )
    yield (
        world.officer,
        "/exshire/hearings/new/notify/?under=schedule1",
        {"post": "chief_executive", "candidate_1": "Ann Other", "came": ALL_FOUR, "on": date(2026, 11, 2)},
        True,
        ("Case", "Entry"),
    )
    yield world.officer, "/exshire/complaints/EX-C-2026-0001/note_contact/", NOTE, False, ("Entry",)
    yield world.admin, "/exshire/people/councils/add/", {"name": "Larkford Borough Council"}, False, ("Council",)
    yield (
        world.admin,
        "/exshire/people/members/add/",
        {"name": "Cllr New", "kind": "independent", "from_date": date(2026, 5, 20)},
        False,
        ("Member",),
    )
    yield (
        world.admin,
        "/exshire/users/invite/",
        {"email": "a@example.org", "name": "Ann Ash", "role": "member"},
        False,
        ("Membership",),
    )
    yield (
        world.admin,
        "/exshire/settings/change/",
        {"acknowledge_days": "4", "why": "Agreed", "from_date": date(2026, 12, 20)},
        False,
        ("PanelSettings",),
    )


def each_form_is_sent_to_both(world, both):
    """Send every form to both processes, and look at what there is one more of."""
    browsers = {user: Browser(user) for user in (world.officer, world.admin)}
    for user, address, answers, confirms, more in forms(world):
        page = browsers[user].get(address)
        if confirms:
            page = page.submit("Continue", **answers)
            data = {**page.values(), "confirmed": "1"}
        else:
            data = page.filled(**answers)
        before = counted(world)
        found = at_once(both, address, data, browsers[user])
        assert [status for status, _ in found] == [302, 302], (address, found)
        assert found[0] == found[1], (address, found)
        after = counted(world)
        grew = {name: after[name] - before[name] for name in after if after[name] != before[name]}
        assert {name: grew.get(name) for name in more} == dict.fromkeys(more, 1), (address, grew)
        assert set(grew.values()) == {1}, (address, grew)
    assert list(verify(world.panel)) == []


def test_two_processes_make_one_record_of_one_form(servers):
    failed = []

    def look():  # a thread of its own sees the database that the processes see
        try:
            each_form_is_sent_to_both(*servers)
        except BaseException as error:  # noqa: BLE001 - told below
            failed.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    for error in failed:
        raise error
