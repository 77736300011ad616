"""A server killed by SIGKILL in the middle of steps: what it had answered is there, what it had not is there whole or not at
all, and no file without a row counts as stored."""

import http.client
import os
import random
import secrets
import signal
import socket
import threading
import time
import uuid
import warnings
from datetime import datetime, timedelta

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db.models import Count, Max
from django.urls import get_resolver

from panel.documents.store import sweep
from panel.law import clock
from panel.models import Case, Document, Entry, Link, Move, Part
from panel.record.verify import verify
from tests import build
from tests.soak.crowd import checked, ended, forked, world_of
from tests.steps import take

CLIENTS, MOVERS = 4, 2
random_ = random.Random(7)  # noqa: S311 - moments of killing, the same each time


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_message(self, format, *args):
        """Nothing."""


def application():
    """The product, with what it imports at its first request."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # static files are not collected here
        found = get_wsgi_application()
    _ = get_resolver().url_patterns
    return found


def at(moment, served):
    """The product at the moment that stands in that file."""

    def answer(environ, start_response):
        with clock.set_to(datetime.fromisoformat(moment.read_text()).astimezone(clock.LONDON)):
            return served(environ, start_response)

    return answer


def serve(sock, acknowledged, moment=None) -> None:
    """The product on that socket, and threads that take steps which move cases; until killed. With `moment`, a file, it
    serves as if it was then, and nobody takes steps beside it."""
    httpd = ThreadedWSGIServer(sock.getsockname(), Quiet, bind_and_activate=False)
    httpd.socket.close()
    httpd.socket = sock
    httpd.server_name, httpd.server_port = sock.getsockname()
    httpd.setup_environ()
    httpd.set_app(at(moment, application()) if moment else application())
    for _ in range(0 if moment else MOVERS):
        threading.Thread(target=move, args=(acknowledged,), daemon=True).start()
    httpd.serve_forever()


def move(acknowledged) -> None:
    """Take a complaint through steps that move it, write documents, open duties and take them back; then the next."""
    file = os.open(acknowledged, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    world = world_of()
    while True:
        case = build.log(world, title="Moved", allegations=2)
        os.write(file, f"{case.entries.latest('number').pk}\n".encode())
        for key in ("record", "filter", "appoint_sub_panel", "add_documents", "reverse"):
            case = take(world, case, key)
            os.write(file, f"{case.entries.latest('number').pk}\n".encode())


class Browser(threading.Thread):
    """Sends notes with a document, one after another, until the server is gone."""

    def __init__(self, port, address, cookie):
        super().__init__(daemon=True)
        self.port, self.address, self.cookie = port, address, cookie
        self.answered: list[str] = []
        self.interrupted = False
        self.wrong = ""

    def run(self):
        """Send."""
        token = secrets.token_hex(16)
        while True:
            note, border = str(uuid.uuid4()), secrets.token_hex(8)
            given = {"csrfmiddlewaretoken": token, "kind": "note", "note": note, "on": time.strftime("%Y-%m-%d"),
                     "classification": "restricted"}  # fmt: skip
            body = b"".join(
                f'--{border}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode()
                for k, v in given.items()
            )
            body += (
                f'--{border}\r\nContent-Disposition: form-data; name="documents"; filename="a.pdf"\r\n'
                "Content-Type: application/pdf\r\n\r\n"
            ).encode()
            body += build.PDF + f"%{note}\r\n--{border}--\r\n".encode()
            headers = {
                "Cookie": f"{self.cookie}; csrftoken={token}",
                "Content-Type": f"multipart/form-data; boundary={border}",
            }
            try:
                line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
                line.request("POST", self.address, body, headers)
                answer = line.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException):
                self.interrupted = True
                return
            if answer.status != 302:
                self.wrong = f"{self.address}: {answer.status}"
                return
            self.answered.append(note)


def prepare(file) -> None:
    """A case for each client, and a session of the officer."""
    world = world_of()
    session = SessionStore()
    session[SESSION_KEY] = str(world.officer.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = world.officer.get_session_auth_hash()
    session.save()
    cases = [build.log(world, title=f"Client {n}") for n in range(CLIENTS)]
    file.write_text(" ".join([session.session_key, *(c.reference for c in cases)]))


def whole(answered, acknowledged) -> None:
    """The record verifies, no step is half taken, and whatever was answered is there."""
    assert [str(f) for f in verify()] == []
    for case in Case.objects.annotate(count=Count("entries"), last=Max("entries__number")):
        assert case.version == case.count == case.last, f"{case.reference} counts entries it has not"
    assert not Entry.objects.filter(link=None).exists(), "an entry without its link"
    assert not Link.objects.exclude(entry=None).filter(entry__case=None, act="note_contact").exists()
    for part in Part.objects.all():
        last = Move.objects.filter(part=part).order_by("-pk").values_list("target", flat=True).first()
        assert part.status == last, "a part stands where no move brought it"
    notes = {e.answers["note"] for e in Entry.objects.filter(step="note_contact") if "note" in e.answers}
    assert set(answered) <= notes, "a step that was answered is lost"
    pks = {int(line) for line in acknowledged.read_text().split("\n")[:-1]} if acknowledged.exists() else set()
    assert pks <= set(Entry.objects.values_list("pk", flat=True)), "a step that was acknowledged is lost"
    sealed = Document.history.model.objects.count()
    assert Document.objects.count() == sealed, "a document without its history"


def swept() -> None:
    """Files that a killed step left are no documents: they are swept, and nothing else is."""
    before = Document.objects.count()
    found = sweep(timedelta(0))
    print(f"{len(found)} files that no row knew were swept, {before} documents kept.")
    assert [str(f) for f in verify()] == []
    assert sweep(timedelta(0)) == []


def kills(number: int, directory) -> None:
    """Kill the server that often."""
    application()  # so that each server, which is a fork of this process, is there at once
    note, acknowledged = directory / "session.txt", directory / "acknowledged.txt"
    checked(prepare, note)
    key, *references = note.read_text().split()
    answered: list[str] = []
    interrupted = 0
    for _ in range(number):
        sock = socket.socket()
        sock.bind(("127.0.0.1", 0))
        sock.listen(64)
        port = sock.getsockname()[1]
        server = forked(serve, sock, acknowledged)
        sock.close()  # the server's own goes with it
        browsers = [
            Browser(port, f"/exshire/complaints/{reference}/note_contact/", f"sessionid={key}")
            for reference in references
        ]
        for browser in browsers:
            browser.start()
        until = time.monotonic() + 30
        while not any(b.answered or b.wrong for b in browsers) and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(random_.uniform(0, 0.4))
        os.kill(server, signal.SIGKILL)
        assert ended(server) == -signal.SIGKILL, "the server ended by itself"
        for browser in browsers:
            browser.join(60)
        assert [b.wrong for b in browsers if b.wrong] == []
        answered += [n for b in browsers for n in b.answered]
        interrupted += sum(b.interrupted for b in browsers)
        checked(whole, answered, acknowledged)
    assert answered, "no step was answered"
    assert interrupted >= number, "nothing was in hand when it was killed"
    checked(swept)
    print(
        f"killed {number} times: {len(answered)} steps answered and kept, {interrupted} in hand and whole or not there."
    )
