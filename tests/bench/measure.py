"""Measures a filled bench database: pages through gunicorn on two workers, queries in this process, and one `perform`.
Prints one JSON object.

    python -m tests.bench.measure
"""

import http.client
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panel.settings")

import django  # noqa: E402

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.http import QueryDict  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from complaints.models import Complaint  # noqa: E402
from panel.casework.perform import perform  # noqa: E402
from panel.casework.together import perform_together  # noqa: E402
from panel.law import clock  # noqa: E402
from panel.law.bank_holidays import not_working  # noqa: E402
from panel.models import Panel, User  # noqa: E402
from panel.procedure.register import REGISTERS  # noqa: E402

TIMES = 30
STEPS = 15
PANEL = "bench-1"
WORKERS = 2


def pages():
    """(name, address, who) of each page."""
    list_ = f"/{PANEL}/complaints/"
    of = Complaint.objects.filter(panel__slug=PANEL)
    closed = of.filter(status="closed").order_by("pk").last()
    recorded = of.filter(status="recorded").order_by("pk").last()
    return [
        ("home", f"/{PANEL}/", "officer"),
        ("list", f"{list_}?show=open", "officer"),
        ("filtered list", f"{list_}?show=all&status=closed&year=2025-26&sort=-received", "officer"),
        ("search, two words", f"{list_}?q=angry+larkford&show=all", "officer"),
        ("case", f"{list_}{closed.reference}/", "officer"),
        ("history", f"{list_}{closed.reference}/history/", "officer"),
        ("filtering page", f"{list_}{recorded.reference}/filter/", "chairman"),
        ("annual report", f"/{PANEL}/complaints/report/?year=2025-26", "officer"),
    ]


def session_of(who) -> str:
    """A session cookie of the person, signed in."""
    user = User.objects.get(email=f"{who}@{PANEL}.example")
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return store.session_key


class Server:
    """Gunicorn on two workers, on a port of its own."""

    def __enter__(self):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        command = [sys.executable, "-m", "gunicorn", "panel.wsgi", "-b", f"127.0.0.1:{self.port}", "-w", str(WORKERS)]
        self.process = subprocess.Popen([*command, "--log-level", "error"], start_new_session=True)
        for _ in range(100):
            try:
                self.get("/health/", None)
                break
            except OSError:
                time.sleep(0.1)
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)

    def get(self, path, session):
        """(status, bytes, seconds) of one page."""
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        begun = time.perf_counter()
        c.request("GET", path, headers={"Cookie": f"sessionid={session}"} if session else {})
        response = c.getresponse()
        body = response.read()
        took = time.perf_counter() - begun
        c.close()
        return response.status, len(body), took

    def memory(self) -> float:
        """The resident memory of the largest worker, in MB."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        sizes = [
            int(line.split()[1]) / 1024
            for pid in children
            for line in Path(f"/proc/{pid}/status").read_text().splitlines()
            if line.startswith("VmRSS")
        ]
        return max(sizes)


def busy() -> float:
    """The processor's time that this process has used so far, with that of its PostgreSQL server, in milliseconds."""
    own = time.process_time() * 1000
    return own + served_by() if connection.vendor == "postgresql" else own


def served_by() -> float:
    """What the server process of this connection has used of a processor; nothing where it is on another machine."""
    stat = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return int(stat.read_text().split()[0]) / 1e6 if stat.exists() else 0


def timed(do) -> tuple[float, float]:
    """(on the wall, of a processor) that a call takes, in milliseconds."""
    wall, cpu = time.perf_counter(), busy()
    do()
    return (time.perf_counter() - wall) * 1000, busy() - cpu


def median(numbers) -> float:
    """The median, to a tenth."""
    return round(statistics.median(numbers), 1)


def p95(numbers) -> float:
    """The 95th percentile, to a tenth."""
    return round(statistics.quantiles(numbers, n=20)[-1], 1)


def in_process(path, who, times) -> dict:
    """How many queries the page takes, how long in the server, and how much of a processor: unlike the time on the wall,
    that is nearly the same whatever else the machine does."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(email=f"{who}@{PANEL}.example"))
    client.get(path)
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200, path
    number = len(found)  # the next request forgets them
    wall, cpu = zip(*(timed(lambda: client.get(path)) for _ in range(times)), strict=True)
    return {"queries": number, "server": median(wall), "cpu": median(cpu)}


def measured() -> dict:
    """Everything, as plain numbers: milliseconds, bytes, MB."""
    out = {"cases": Complaint.objects.count(), "vendor": connection.vendor, "database": database(), "pages": {}}
    sessions = {who: session_of(who) for who in ("officer", "chairman")}
    with Server() as server:
        for name, path, who in pages():
            for _ in range(4):
                status, size, _ = server.get(path, sessions[who])
                assert status == 200, (path, status)
            times = 10 if name == "annual report" else TIMES
            wall = [server.get(path, sessions[who])[2] * 1000 for _ in range(times)]
            found = in_process(path, who, times)
            out["pages"][name] = {"median": median(wall), "p95": p95(wall), "bytes": size, **found}
        out["memory"] = round(server.memory())
    out["perform"] = performed()
    out["together"] = decided_together()
    return out


def database() -> str:
    """Its name and version."""
    version = ".".join(map(str, connection.get_database_version()))
    return f"{connection.display_name} {version}"


def performed() -> dict:
    """Two steps on many open cases, each with its commit: a note and a record. A case is recorded once, so what is kept
    can be measured again a few times only."""
    cases = list(Complaint.objects.filter(status="received").select_related("panel").order_by("pk")[:STEPS])
    assert len(cases) == STEPS, "too few complaints are still to be recorded: fill the database anew"
    not_working(clock.today())  # the first count of days loads the calendar, 0.4 s once a process
    taken = {
        "note_contact": {"kind": "note", "note": "She rang to ask how it stands."},
        "record": {"theme": "other", "offence": "no", "late_why": "A bench.", "on": clock.today()},
    }
    found = {}
    for key, answers in taken.items():
        officers = [User.objects.get(email=f"officer@{case.panel.slug}.example") for case in cases]
        steps = [partial(perform, case, key, by=by, **answers) for case, by in zip(cases, officers, strict=True)]
        with CaptureQueriesContext(connection) as asked:
            steps[0]()
        wall, cpu = zip(*map(timed, steps[1:]), strict=True)
        found[key] = {"median": median(wall), "p95": p95(wall), "cpu": median(cpu), "queries": len(asked)}
    return found


TOGETHER = 120  # complaints about one matter; panels have had 121


def decided_together() -> dict:
    """One decision on many complaints about one matter, in one act: seconds on the wall, and how many they were. What it
    did is taken back, so that it can be measured again."""
    panel = Panel.objects.get(slug=PANEL)
    officer, chairman = (User.objects.get(email=f"{who}@{PANEL}.example") for who in ("officer", "chairman"))
    register = REGISTERS["complaints"]
    found = Complaint.objects.filter(panel=panel, status="recorded", groupings=None).order_by("pk")[:TOGETHER]
    pks = list(found.values_list("pk", flat=True))
    with transaction.atomic():
        joined = QueryDict(mutable=True)
        first = Complaint.objects.select_related("panel").get(pk=pks[0])
        perform(first, "join_group", by=officer, group="new", title="One matter of the bench", why="A bench.")
        group = first.groupings.get(to_entry=None).group
        joined.update({"group": str(group.pk), "why": "A bench.", "on": clock.today().isoformat()})
        perform_together(panel, register, pks[1:], "join_group", by=officer, seen=versions(pks[1:]), data=joined)
        answers = QueryDict(mutable=True)
        answers.update({
            "route": "informal_resolution", "offence": "no", "no_advice_why": "A bench.", "why": "All about one post.",
            "on": clock.today().isoformat(), "late_why": "A bench.", "late_reason": "other",
        })  # fmt: skip
        wall, _ = timed(partial(
            perform_together, panel, register, pks, "filter", by=chairman, seen=versions(pks), data=answers
        ))  # fmt: skip
        transaction.set_rollback(True)
    return {"number": len(pks), "seconds": round(wall / 1000, 1)}


def versions(pks) -> dict[int, int]:
    """{case: its version}."""
    return dict(Complaint.objects.filter(pk__in=pks).values_list("pk", "version"))


if __name__ == "__main__":
    print(json.dumps(measured()))
