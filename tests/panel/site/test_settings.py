"""Settings from the environment: what is refused, what is made up, and what production switches on."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
LONG = "a-key-somebody-chose-0123456789-abcdefghijklmnopqrstuvwxyz"


@pytest.fixture
def settings_with(tmp_path):
    """Settings as a process of its own reads them: (values asked for, or None; what it said on stderr)."""

    def read(*names, **environment):
        environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path / "var"), **environment}
        code = f"import json, panel.settings as s; print(json.dumps([getattr(s, n) for n in {names!r}], default=str))"
        run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
        return json.loads(run.stdout) if run.returncode == 0 else None, run.stderr

    return read


def test_without_a_secret_production_stops_with_a_hint(settings_with):
    values, said = settings_with("SECRET_KEY")
    assert values is None
    assert "SECRET_KEY is not set" in said
    assert "token_urlsafe" in said


@pytest.mark.parametrize("command, code, says", [
    ("check", 0, "no issues"), ("makemigrations --check", 0, "No changes detected"),
    ("deadline three-weeks 2022-07-01", 0, "21 July 2022"), ("check --deploy", 1, "panel.E001"),
    ("migrate", 1, "SECRET_KEY is not set"), ("runserver", 1, "SECRET_KEY is not set"),
    ("verify_audit", 1, "SECRET_KEY is not set"),
])  # fmt: skip
def test_without_an_environment_only_what_signs_nothing_runs(tmp_path, command, code, says):
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path)}
    asked = [sys.executable, "manage.py", *command.split()]
    run = subprocess.run(asked, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (run.returncode, says in run.stdout + run.stderr) == (code, True), run.stderr


@pytest.mark.parametrize("mode", ["DEMO", "DEBUG"])
def test_a_demonstration_makes_a_key_once_that_only_its_owner_reads(settings_with, tmp_path, mode):
    (first,), _ = settings_with("SECRET_KEY", **{mode: "1"})
    (second,), _ = settings_with("SECRET_KEY", **{mode: "1"})
    assert first == second
    assert first.startswith("django-insecure-")  # so that check --deploy knows it
    assert stat.S_IMODE((tmp_path / "var" / "secret_key").stat().st_mode) == 0o600


SECURITY = (
    "SECURE_SSL_REDIRECT",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SECURE_HSTS_SECONDS",
    "ALLOWED_HOSTS",
)


def test_production_is_https_only_and_answers_to_no_name_it_was_not_given(settings_with):
    values, _ = settings_with(*SECURITY, SECRET_KEY=LONG)
    assert values == [True, True, True, 31536000, []]


def test_a_demonstration_works_on_plain_http_on_this_machine(settings_with):
    values, _ = settings_with(*SECURITY, DEMO="1")
    assert values == [False, False, False, 0, ["127.0.0.1", "localhost", "[::1]"]]


def test_a_proxys_word_is_taken_only_where_there_is_one(settings_with):
    names = ("ALLAUTH_TRUSTED_PROXY_COUNT", "SECURE_PROXY_SSL_HEADER")
    assert settings_with(*names, SECRET_KEY=LONG)[0] is None  # the second is not set at all
    values, _ = settings_with(*names, SECRET_KEY=LONG, PROXIES="1")
    assert values == [1, ["HTTP_X_FORWARDED_PROTO", "https"]]


def test_sqlite_queues_its_writers_and_postgresql_is_chosen_by_its_address(settings_with):
    ((database,), _) = settings_with("DATABASES", SECRET_KEY=LONG)
    assert database["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in database["default"]["OPTIONS"]["init_command"]
    ((database,), _) = settings_with("DATABASES", SECRET_KEY=LONG, DATABASE_URL="postgres://web@db.example/panel")
    assert database["default"]["ENGINE"] == "django.db.backends.postgresql"
    assert database["default"]["HOST"] == "db.example"


def test_wrong_passwords_are_counted_where_every_worker_sees_them(settings_with):
    for environment in ({"DEMO": "1"}, {"SECRET_KEY": LONG}):
        ((caches,), _) = settings_with("CACHES", **environment)
        assert caches["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"
