"""Every release's database, as it was kept (see keep.py), is upgraded by today's `migrate`; its record then verifies with
the heads that were noted, its reports say what they said, its pages open, and work goes on.

An upgrade that was only ever tried on a database made today proves nothing: what the record has sealed names models and
columns, and a database that an older version filled is the only one in which those names are old.
"""

import json
import lzma
import os
import subprocess
import sys
import uuid
import zipfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
KEPT = sorted(path.parent.name for path in HERE.glob("*/sqlite"))


def run(*words, **env):
    """A command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-W", "ignore", *words], cwd=ROOT, env=os.environ | env, capture_output=True, text=True
    )


@contextmanager
def restored(kept: Path, work: Path):
    """The address of a database made of what was kept, on the engine in use; gone afterwards."""
    content = lzma.decompress((kept / "database.xz").read_bytes())
    if connection.vendor == "sqlite":
        (work / "db.sqlite3").write_bytes(content)
        yield f"sqlite:///{work / 'db.sqlite3'}"
        return
    import psycopg

    server = urlsplit(os.environ["DATABASE_URL"])
    name = f"kept_{uuid.uuid4().hex}"
    with psycopg.connect(server.geturl(), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        try:
            with psycopg.connect(server._replace(path=f"/{name}").geturl(), autocommit=True) as own:
                own.execute(content)
            yield server._replace(path=f"/{name}").geturl()
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module", params=KEPT)
def release(request):
    """What was kept of one release, for the engine in use."""
    return HERE / request.param / connection.vendor


@contextmanager
def migrated(release: Path, work: Path):
    """The environment of the release's installation, restored and migrated."""
    with zipfile.ZipFile(release / "documents.zip") as archive:
        archive.extractall(work / "documents")
    with restored(release, work) as address:
        env = {
            "DATABASE_URL": address, "DATA_DIR": str(work), "PANEL_TESTING": "1",
            "DJANGO_SETTINGS_MODULE": "panel.settings", "PYTHONDONTWRITEBYTECODE": "1",
        }  # fmt: skip
        done = run("manage.py", "migrate", "--no-input", **env)
        assert done.returncode == 0, done.stderr
        yield env


@pytest.fixture(scope="module")
def upgraded(release, tmp_path_factory):
    """What was found in the release's installation once it was upgraded."""
    work = tmp_path_factory.mktemp("upgrade")
    with migrated(release, work) as env:
        used = run("-m", "tests.upgrade.use", str(release), str(work), **env)
        assert used.returncode == 0, used.stderr
    kept = json.loads((release / "kept.json").read_text(encoding="utf-8"))
    return {**json.loads(used.stdout), "kept": kept, "at": work}


def script(lines: bytes, release: Path, tmp_path: Path):
    """What today's stand-alone script says of an export, with the heads that were noted of that release."""
    (tmp_path / "export.jsonl").write_bytes(lines)
    return run("docs/verify_export.py", str(tmp_path / "export.jsonl"), "--head", str(release / "heads.txt"))


def test_this_release_or_an_older_one_is_kept_for_both_engines():
    assert KEPT
    for name in KEPT:
        kept = {p.name: {f.relative_to(p).as_posix() for f in p.rglob("*")} for p in (HERE / name).iterdir()}
        assert kept.keys() == {"sqlite", "postgresql"}
        assert kept["sqlite"] == kept["postgresql"]


def test_nothing_is_missing_after_migrate(upgraded):
    assert upgraded["check"]["code"] == 0, upgraded["check"]["said"]  # the triggers, too, are as declared today
    assert upgraded["makemigrations"]["code"] == 0, upgraded["makemigrations"]["said"]


def test_the_old_record_verifies_with_every_head_that_was_noted(upgraded, release):
    heads = [h for h in (release / "heads.txt").read_text(encoding="utf-8").splitlines() if not h.startswith("#")]
    assert len(heads) >= 9
    assert upgraded["verified"]["code"] == 0, upgraded["verified"]["said"]
    assert f"{len(heads)} noted heads: still there." in upgraded["verified"]["said"]


COUNTED_ANEW = ("informally_resolved", "conduct_matters")


def without_what_is_new(now, then):
    """The figures of today that there were then."""
    if not isinstance(then, dict):
        return now
    return {key: without_what_is_new(now[key], value) for key, value in then.items()}


def test_the_reports_of_years_past_say_what_they_said(upgraded, release):
    kept = {p.name: p.read_text(encoding="utf-8") for p in (release / "reports").iterdir()}
    assert len(kept) >= 4
    for name, text in kept.items():
        then, now = json.loads(text), json.loads(upgraded["reports"][name]["said"])
        assert upgraded["reports"][name]["code"] == 0
        for key in COUNTED_ANEW:  # what they were called was not what they counted
            then.pop(key)
        assert without_what_is_new(now, then) == then, name


def test_pages_of_old_cases_open(upgraded):
    assert len(upgraded["pages"]) == len(upgraded["kept"]["pages"]) > 10
    assert [p for p in upgraded["pages"] if (p["status"], p["says"]) != (200, True)] == []


def test_the_next_act_seals_what_waited_when_it_was_upgraded(upgraded):
    assert len(upgraded["waited"]) == upgraded["kept"]["waiting"]
    assert upgraded["act"] == 302
    assert upgraded["wait"] == []
    assert upgraded["verified after"]["code"] == 0, upgraded["verified after"]["said"]


@pytest.mark.deep
def test_the_duties_of_old_cases_are_mended_once_and_the_record_verifies(release, tmp_path):
    with migrated(release, tmp_path) as env:
        dry = run("manage.py", "mend_duties", "--dry-run", **env)
        first, again = (run("manage.py", "mend_duties", **env) for _ in range(2))
        verified = run("manage.py", "verify_audit", "--head", str(release / "heads.txt"), **env)
    assert (dry.returncode, first.returncode, again.returncode) == (0, 0, 0), first.stderr
    assert dry.stdout.splitlines()[:-1] == first.stdout.splitlines()[:-1] != []
    assert again.stdout == "0 cases changed.\n"
    assert verified.returncode == 0, verified.stdout


def test_a_value_changed_in_an_old_row_is_found(upgraded):
    tampered = upgraded["tampered"]
    assert tampered["code"] == 1
    for row in tampered["rows"]:
        assert f"{row} was changed" in tampered["said"]
    assert f"{tampered['link']}: the link itself was changed" in tampered["said"]
    assert "is not the one that was noted" in tampered["said"]


def test_an_export_made_then_and_one_made_now_pass_today_s_script(upgraded, release, tmp_path):
    old = lzma.decompress((release / "export.jsonl.xz").read_bytes())
    new = (upgraded["at"] / "export.jsonl").read_bytes()
    number = [json.loads(lines.split(b"\n", 1)[0])["heads"][upgraded["kept"]["panel"]][0] for lines in (old, new)]
    assert number[0] > 600
    assert number[1] == number[0] + 1  # the act after the upgrade
    for lines in (old, new):
        said = script(lines, release, tmp_path)
        assert (said.returncode, "Verified: " in said.stdout) == (0, True), said.stdout + said.stderr


def test_an_old_export_that_was_edited_does_not_pass(release, tmp_path):
    lines = lzma.decompress((release / "export.jsonl.xz").read_bytes())
    edited = lines.replace(b"Daniel Ashcombe", b"Daniel Ashcroft", 1)
    assert edited != lines
    assert script(edited, release, tmp_path).returncode == 1


def test_nobody_signs_in_to_what_is_kept_and_it_names_no_machine(release):
    content = lzma.decompress((release / "database.xz").read_bytes())
    for word in (b"pbkdf2_", b"md5$", b"argon2", str(settings.BASE_DIR).encode(), b"/tmp/"):
        assert word not in content, word
