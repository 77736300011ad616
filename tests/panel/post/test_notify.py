"""GOV.UK Notify instead of a mail server, against a stub of its web interface."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest

from panel.models import Document, Message
from panel.post import queue, send
from panel.record.verify import verify
from tests import build
from tests.steps import at, take

pytest.importorskip("notifications_python_client")
pytestmark = pytest.mark.django_db
KEY = "office-6b0f2a4e-97ba-4a8c-9a3f-8a8a5a0b6c11-3d844edf-8d35-48ac-975b-e847b4f122b0"


class Web(BaseHTTPRequestHandler):
    """The addresses of Notify that we use."""

    def log_message(self, *args):
        """Nothing."""

    def answer(self, code, said):
        self.send_response(code)
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())

    def do_POST(self):
        known = self.server.known
        given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        code = known.behaves.get(given["email_address"])
        if code in (400, 429):
            self.answer(code, {"errors": [{"error": "BadRequestError", "message": "Not allowed"}]})
            return
        if code != 500:
            known.taken[given["reference"]] = given
        if code in (500, "lost"):
            self.answer(500, {"errors": [{"message": "Internal"}]})
            return
        self.answer(201, {"id": f"id-{given['reference']}"})

    def do_GET(self):
        known = self.server.known
        if "reference=" in self.path:
            found = [{"id": f"id-{r}"} for r in known.taken if f"reference={r}" in self.path]
            self.answer(503 if known.silent else 200, {"notifications": found, "links": {}})
        else:
            to = known.taken[self.path.rpartition("/id-")[2]]["email_address"]
            self.answer(200, {"status": known.status.get(to, "sending")})


@pytest.fixture
def notify(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Web)
    server.known = SimpleNamespace(taken={}, behaves={}, status={}, silent=False)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    settings.EMAIL_BACKEND, settings.NOTIFY_KEY = "panel.post.notify.EmailBackend", KEY
    settings.NOTIFY_TEMPLATE, settings.NOTIFY_TEMPLATE_FILE = "plain", "with-file"
    settings.NOTIFY_URL = f"http://127.0.0.1:{server.server_address[1]}"
    yield server.known
    server.shutdown()
    server.server_close()


def mail(world, name, **more):
    given = {"kind": "letter", "panel": world.panel, "subject": "Our decision", "text": "Dear Ann"}
    return queue(**given | {"address": f"{name}@example.org"} | more)


def states():
    return {m.address.partition("@")[0]: (m.state, m.cause) for m in Message.objects.all()}


def test_notify_takes_refuses_loses_and_says_what_came_back(notify):
    world = build.make_world()
    notify.behaves = {
        "bad@example.org": 400,
        "many@example.org": 429,
        "down@example.org": 500,
        "lost@example.org": "lost",
    }
    case = take(world, at(world, "recorded"), "add_documents")
    mail(world, "ann", documents=list(Document.objects.filter(case=case)[:1]), case=case)
    for name in ("bad", "many", "down", "lost", "gone"):
        mail(world, name)
    assert send.run() == {"accepted": 3, "refused": 1, "put_off": 2}
    assert {name: state for name, (state, _) in states().items()} == {
        "ann": "accepted", "bad": "refused", "many": "waiting", "down": "waiting", "lost": "accepted", "gone": "accepted",
    }  # fmt: skip
    assert states()["bad"][1] == "400 Not allowed"
    sent = {given["email_address"].partition("@")[0]: given for given in notify.taken.values()}
    assert sent["ann"]["template_id"] == "with-file"
    assert set(sent["ann"]["personalisation"]) == {"subject", "text", "file"}
    assert sent["gone"]["template_id"] == "plain"
    notify.status = {"gone@example.org": "permanent-failure", "ann@example.org": "delivered"}
    send.run()
    assert states()["gone"] == ("bounced", "The address does not exist, or refuses mail.")
    assert (states()["ann"][0], states()["lost"][0]) == ("delivered", "accepted")
    assert [str(f) for f in verify(world.panel)] == []


def test_where_notify_says_nothing_a_mail_may_have_gone(notify):
    world = build.make_world()
    notify.behaves, notify.silent = {"lost@example.org": "lost"}, True
    mail(world, "lost")
    assert send.run() == {"unsure": 1}
    assert send.run() == {}


def test_too_many_documents_are_refused_in_words(notify):
    world = build.make_world()
    case = take(world, take(world, at(world, "recorded"), "add_documents"), "add_documents")
    mail(world, "ann", case=case, documents=list(case.documents.all()))
    assert send.run() == {"refused": 1}
    assert states()["ann"][1] == "GOV.UK Notify takes one document of at most 2 MB."
