"""`backup` and `restore`: one consistent set, refused where it would lose something, with what was erased since erased again
before anything is served."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from panel.backups.restore import lost_words
from panel.backups.take import NAME, complete, described
from panel.checks import stop_while_restoring
from panel.law import clock
from panel.models import Case, Entry
from panel.record import erasures
from panel.record.heads import Head, heads
from panel.record.verify import verify
from tests import build
from tests.panel.record.test_erasure import MARKS, everything, marked
from tests.shared import NOW
from tests.steps import fresh, take

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture(autouse=True)
def own_store(tmp_path, settings):
    """Documents, and what lies beside them, of this test alone; it is 18 November 2026."""
    settings.MEDIA_ROOT = tmp_path / "data" / "documents"
    Path(settings.MEDIA_ROOT).mkdir(parents=True)
    with clock.set_to(NOW):
        yield


def run(*words, **given):
    out = StringIO()
    call_command(*words, stdout=out, **given)
    return out.getvalue()


def refused(*words, code):
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command(*words, stdout=out)
    assert error.value.returncode == code
    return f"{out.getvalue()}{error.value}"


def test_a_backup_is_restored_and_what_was_erased_since_is_erased_again(tmp_path, monkeypatch):
    world = build.make_world()
    case = marked(world)
    kept = str(tmp_path / "kept")
    said = run("backup", kept)
    kept_files = [p for p in Path(django_settings.MEDIA_ROOT).rglob("*") if p.is_file()]
    assert len(kept_files) > 1
    assert f"{len(kept_files)} documents" in said
    (first,) = complete(Path(kept))
    noted = json.loads((first / "backup.json").read_text())
    assert noted["heads"] == [str(h) for h in heads()] == (first / "heads.txt").read_text().split("\n")[:-1]
    assert "SECRET_KEY" not in (first / "backup.json").read_text()

    # Later it is erased, and somebody works on.
    take(world, take(world, case, "propose_erasure"), "erase")
    assert erasures.listed(erasures.own_file()) == {case.reference: "2026-11-18"}
    build.log(world, title="Logged after the backup")
    said = refused("restore", kept, code=2)
    assert "This installation is not empty: exshire has" in said
    assert "acts would be lost" in said
    assert Case.objects.filter(title="Logged after the backup").exists()

    said = run("restore", kept, "--replace")
    assert f"{case.reference}: erased again." in said
    assert "Restored and verified" in said
    assert not Case.objects.filter(title="Logged after the backup").exists()
    assert Case.objects.get(reference=case.reference).erased_on.isoformat() == "2026-11-18"
    there = everything()  # each mark by itself: the salts of passwords hold any two letters
    assert [mark for mark in MARKS if mark in there] == []
    assert Entry.objects.latest("pk").why == f"{case.reference}: erased on 2026-11-18, and again after a restore"
    assert list(verify(None)) == []
    assert not erasures.restoring_file().exists()
    stop_while_restoring()

    # A second backup knows the erasure by itself, and links what it has in common with the first.
    monkeypatch.setattr("panel.backups.take.NAME", NAME.replace("Z", "Z2"))
    assert f"{first.name} removed: 1 are kept." in run("backup", kept, keep=1)
    (second,) = complete(Path(kept))
    assert erasures.listed(second / "erasures.jsonl") == {case.reference: "2026-11-18"}


def test_rows_without_files_files_without_rows_and_a_damaged_backup_are_named(tmp_path):
    world = build.make_world()
    case = take(
        world, build.log(world), "add_documents", files={"documents": [build.pdf("one.pdf"), build.pdf("two.pdf")]}
    )
    one, two = fresh(case).documents.order_by("pk")
    default_storage.delete(one.file.name)
    kept = tmp_path / "kept"
    assert f"missing: panel.Document {one.pk}: its file is gone ({one.file.name})" in run("backup", str(kept))
    (path,) = complete(kept)
    extra = Path(default_storage.path(two.file.name)).with_name("nobodys")
    extra.write_text("x")
    (path / "documents" / two.file.name).write_bytes(b"other")
    said = refused("restore", str(kept), "--replace", code=1)
    assert f"the backup’s file {two.file.name} is not as it was written" in said
    assert f"panel.Document {one.pk} of {case.reference}: its file is gone" in said
    assert f"no row names the stored file {world.panel.pk}/nobodys" in said
    assert "the server does not start" in said
    with pytest.raises(ImproperlyConfigured, match="A restore was begun"):
        stop_while_restoring()
    (path / "database").write_bytes(b"other")
    assert "its database is not as it was written" in refused("restore", str(kept), code=2)
    manifest = json.loads((path / "backup.json").read_text())
    for change, words in (
        ({"engine": "oracle"}, "It was made of oracle"), ({"format": 9}, "a newer version of the program"),
    ):  # fmt: skip
        (path / "backup.json").write_text(json.dumps({**manifest, **change, "database": described(path / "database")}))
        assert words in refused("restore", str(kept), code=2)
    more = {"panel": [*manifest["migrations"].get("panel", []), "9999_later"]}
    (path / "backup.json").write_text(
        json.dumps({**manifest, "migrations": more, "database": described(path / "database")})
    )
    assert "panel.9999_later" in refused("restore", str(kept), code=2)
    (path / "backup.json").write_text("{")
    assert "cannot be read" in refused("restore", str(path), code=2)
    assert "holds none that is complete" in refused("restore", str(tmp_path), code=2)


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    assert "No backup was made" in refused("backup", str(tmp_path / "file"), code=1)


def test_what_would_be_lost_is_said_in_acts():
    now = Head("exshire", 7, "a" * 64)
    assert lost_words(now, Head("exshire", 7, "a" * 64)) == ""
    assert lost_words(now, Head("exshire", 5, "b" * 64)) == "exshire has 7 links, the backup 5: 2 acts would be lost"
    assert lost_words(now, None) == "exshire has 7 links, of which the backup has none"


def test_a_list_of_erasures_that_cannot_be_written_stops_nothing(settings, tmp_path, caplog):
    settings.MEDIA_ROOT = tmp_path / "nowhere" / "documents"
    erasures.note(Case(reference="EX-C-2026-0001"))
    assert "could not be written" in caplog.text
    (tmp_path / "x").write_text('{"case": "A", "on": "2026-01-01"}\n{"case": "B", "o\n[]\n')
    assert erasures.listed(tmp_path / "x", tmp_path / "y") == {"A": "2026-01-01"}
