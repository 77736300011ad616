"""Whatever is asked, by whom and how, and whatever is answered: the answer has every header, and a browser keeps nothing of
it, unless it is a static file. The addresses are read from the product, so that a new one is asked by itself."""

import io
import json
import logging
import os
import re
import subprocess
import sys

import pytest
from django.test import Client, RequestFactory, override_settings
from django.urls import URLPattern, get_resolver

from panel.logs import WithoutPeople
from panel.models import Membership
from panel.pages import site
from tests.build import log, make_world, pdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quiet():
    """What is refused here is not logged."""
    logger = logging.getLogger("django.request")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    yield
    logger.setLevel(before)


METHODS = ("get", "head", "post", "options", "put", "delete", "trace")
PIECE = re.compile(r"<(?:(\w+):)?(\w+)>")
BY_HAND = {"account_reset_password_from_key": "password/reset/key/1-abc-def/"}


@pytest.fixture
def world():
    world = make_world()
    world.case = log(world)
    return world


def routes(resolver=None, before=""):
    """(name, route) of every address."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield entry.name, before + BY_HAND.get(entry.name, str(entry.pattern))
        else:
            yield from routes(entry, before + str(entry.pattern))


def addresses(world) -> list[str]:
    """Each address once, with a case, a person and a document that are there."""
    pieces = {
        "panel": "exshire", "register": "complaints", "reference": world.case.reference, "key": "record", "token": "x:y:z",
        "provider_id": "council", "pk": str(Membership.objects.get(user=world.chairman).pk), "kind": "csv",
    }  # fmt: skip
    found = []
    for name, route in routes():
        kinds = {"person": "members", "person-add": "members", "case-tab": "overview", "hearing-report": "docx"}
        own = {"key": "00000000-0000-0000-0000-000000000000"} if name == "download" else {}
        own |= {"kind": kinds[name]} if name in kinds else {}
        found.append(
            "/" + PIECE.sub(lambda m, own=own: {**pieces, **own}.get(m[2], "1"), route).lstrip("^").rstrip("$")
        )
    return list(dict.fromkeys(found))


def lacks(answer) -> list[str]:
    """The headers that an answer has not as it should."""
    policy = answer.headers.get("Content-Security-Policy", "")
    holds = {
        "no-store": {"no-store", "private"} <= {p.strip() for p in answer.headers.get("Cache-Control", "").split(",")},
        "policy": "default-src 'none'" in policy and "unsafe" not in policy,
        "nosniff": answer.headers.get("X-Content-Type-Options") == "nosniff",
        "frames": answer.headers.get("X-Frame-Options") == "DENY",
        "referrer": answer.headers.get("Referrer-Policy") == "same-origin",
        "opener": answer.headers.get("Cross-Origin-Opener-Policy") == "same-origin",
        "resource": answer.headers.get("Cross-Origin-Resource-Policy") == "same-origin",
        "permissions": "camera=()" in answer.headers.get("Permissions-Policy", ""),
    }
    return [name for name, is_so in holds.items() if not is_so]


@pytest.mark.parametrize(
    "who", ["nobody", "officer", *(pytest.param(w, marks=pytest.mark.deep) for w in ("admin", "auditor"))]
)
def test_every_address_by_every_method(world, who):
    met, wrong = {}, []
    for address in addresses(world):
        for method in METHODS if who in ("nobody", "officer") else ("get", "post"):
            client = Client(raise_request_exception=False)
            if who != "nobody":
                client.force_login(world.people[who])
            answer = getattr(client, method)(address)
            met.setdefault(answer.status_code, (method, address))
            if found := lacks(answer):
                wrong.append((method, address, answer.status_code, found))
    assert wrong == []
    assert not [code for code in met if code >= 500], met
    assert {200, 302, 404, 405} <= set(met), met


def test_every_status(world, monkeypatch, settings):
    """400 to 503 as they come about, and what else is no page of ours."""
    officer, strict = Client(raise_request_exception=False), Client(enforce_csrf_checks=True)
    officer.force_login(world.officer)
    strict.force_login(world.officer)
    case = f"/exshire/complaints/{world.case.reference}/"
    found = {
        "host": officer.get("/", headers={"host": "evil.example"}),
        "charset": officer.generic("POST", case + "record/", b"a=1", "application/x-www-form-urlencoded; charset=hex"),
        "too many": officer.post(case + "record/", {str(n): "" for n in range(3000)}),
        "csrf": strict.post(case + "record/", {}),
        "role": officer.get("/exshire/person/"),
        "nowhere": officer.get("/no/such/address/"),
        "no slash": officer.get("/exshire"),
        "no static file": officer.get("/static/no.css"),
        "method": officer.post("/help/"),
        "invalid": officer.post(case + "record/", {"on": "x"}),
        "cannot yet": officer.get(case + "close/"),
        "file": officer.get("/exshire/complaints/download.csv"),
    }
    found["wrong password"] = Client().post("/accounts/login/", {"login": world.mo.email, "password": "no"})
    monkeypatch.setattr(site.rules, "panels", lambda user: 1 / 0)
    found["error"] = officer.get("/panels/")
    monkeypatch.undo()
    settings.SECURE_SSL_REDIRECT = True
    found["to https"] = Client().get("/exshire/")
    assert {k: v.status_code for k, v in found.items()} == {
        "host": 400, "charset": 400, "too many": 400, "csrf": 403, "role": 403, "nowhere": 404, "no slash": 301, "no static file": 404,
        "method": 405, "invalid": 422, "cannot yet": 409, "file": 200, "wrong password": 200, "error": 500, "to https": 301,
    }  # fmt: skip
    assert {k: lacks(v) for k, v in found.items() if lacks(v)} == {}


def test_documents_keep_their_own_stricter_policy(world):
    client = Client()
    client.force_login(world.officer)
    case = f"/exshire/complaints/{world.case.reference}/"
    client.post(case + "add_documents/", {"documents": pdf(), "classification": "open", "on": "2026-11-03"})
    answer = client.get(case + f"documents/{world.case.documents.get().key}/")
    assert answer.status_code == 200
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in answer["Cache-Control"]


@override_settings(WHITENOISE_USE_FINDERS=True, WHITENOISE_AUTOREFRESH=True)
def test_static_files_are_kept_by_browsers_and_run_nothing(client):
    for name in ("panel/app.css", "panel/icon.svg"):
        answer = client.get(f"/static/{name}")
        assert answer.status_code == 200, name
        answer.close()
        assert "no-store" not in answer.headers.get("Cache-Control", "")
        assert [x for x in lacks(answer) if x != "no-store"] == []


def test_what_went_wrong_has_a_reference_that_the_page_and_the_log_both_show(world, monkeypatch):
    monkeypatch.setattr(site.rules, "panels", lambda user: 1 / 0)
    handler = logging.StreamHandler(caught := io.StringIO())
    handler.setFormatter(WithoutPeople("{asctime} {levelname} {name}{reference}: {message}", style="{"))
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    logger.setLevel(logging.ERROR)
    client = Client(raise_request_exception=False)
    client.force_login(world.officer)
    try:
        page = client.get("/panels/")
    finally:
        logger.removeHandler(handler)
    reference = re.search(r"this reference: <strong>([0-9A-F]{8})</strong>", page.content.decode())[1]
    first = caught.getvalue().split("\n")[0]
    assert re.fullmatch(
        rf"\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{{3}}\+00:00 ERROR django\.request \[{reference}\]: .*/panels/", first
    )
    assert "ZeroDivisionError" in caught.getvalue()


@pytest.mark.parametrize(
    "said", ["hex", "base64", "utf-16", "utf-7", "idna", "undefined", "cp037", "nonsense", "x" * 5000]
)
def test_a_foreign_character_set_is_refused_before_anything_reads_it(world, said):
    """By the server's own way in: the test client makes its requests otherwise."""
    from panel.wsgi import application

    got = []
    environ = (
        RequestFactory()
        .generic("POST", "/exshire/?year=1899-00", b"a=\xff", "application/x-www-form-urlencoded")
        .environ
    )
    environ["CONTENT_TYPE"] += f"; charset={said}"
    body = b"".join(application(environ, lambda status, headers: got.append((status, dict(headers)))))
    (status, headers) = got[0]
    assert status == "400 Bad Request"
    assert b"We could not read what was sent" in body
    assert "no-store" in headers["Cache-Control"]


# Cookies, and the list of static files


def test_no_cookie_says_what_a_message_says(world):
    client = Client()
    client.force_login(world.officer)
    answer = client.post("/exshire/people/members/add/", {
        "name": "Cllr Zebedee Farnsworth", "kind": "co_opted", "from_date": "2026-11-01",
    })  # fmt: skip
    assert answer.status_code == 302
    assert set(client.cookies) <= {"sessionid", "csrftoken"}
    assert "Farnsworth" not in str(client.cookies)
    assert "Farnsworth" in client.get("/exshire/people/").content.decode()


def said_by_a_process(tmp_path, code, **env):
    """What a process of our own says, with settings as in production."""
    env = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "a.example",
        "DATA_DIR": str(tmp_path),
        **env,
    }
    env["DJANGO_SETTINGS_MODULE"] = "panel.settings"
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_in_production_cookies_belong_to_this_host_alone(tmp_path):
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_PATH",
             "CSRF_COOKIE_PATH", "SESSION_COOKIE_DOMAIN", "CSRF_COOKIE_DOMAIN", "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY")  # fmt: skip
    code = f"import json; from django.conf import settings as s; print(json.dumps([getattr(s, n) for n in {names}]))"
    assert said_by_a_process(tmp_path, code) == [
        "__Host-sessionid", "__Host-csrftoken", True, True, "/", "/", None, None, True, True,
    ]  # fmt: skip
    assert said_by_a_process(tmp_path, code, DEMO="1")[:2] == ["sessionid", "csrftoken"]


def test_the_list_of_static_files_is_not_served(tmp_path):
    code = (
        "import django, json; django.setup(); from django.contrib.staticfiles.storage import staticfiles_storage as s;"
        "s.manifest_name; print(json.dumps([str(s.location), s.manifest_storage.path(s.manifest_name)]))"
    )
    served, listed = said_by_a_process(tmp_path, code)
    assert listed.endswith("/staticfiles.json")
    assert not listed.startswith(f"{served}/")
