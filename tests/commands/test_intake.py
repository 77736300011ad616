"""`intake`: an email handed in by a mail rule waits, once; or goes on the case that is named."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from panel.models import Entry, IncomingMessage
from tests import build, mails

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db):
    """Exshire."""
    return build.make_world()


def intake(path, **options):
    """What the command says, as JSON."""
    out = StringIO()
    call_command("intake", str(path), panel="exshire", format="json", stdout=out, **options)
    return json.loads(out.getvalue())


def test_an_email_is_taken_in_once_put_on_a_case_or_only_tried(world, tmp_path):
    path = tmp_path / "mail.eml"
    path.write_bytes(mails.solicitor())
    tried = intake(path, dry_run=True)
    assert (tried["status"], tried["key"]) == ("dry run", None)
    assert tried["found"]["name"] == "Desmond Pryce"
    assert not IncomingMessage.objects.exists()
    first, again = intake(path), intake(path)
    assert (first["status"], first["key"]) == ("waiting", again["key"])
    assert first["attached"][0] == {"name": "Authority signed by Mr Pryce.pdf", "size": len(build.PDF), "kept": True}
    message = IncomingMessage.objects.get()
    assert (message.came_by, message.taken_by) == ("command", None)
    case = build.log(world)
    path.write_bytes(mails.dressed(mails.text("My answer"), "g@example.org", "No reference here"))
    assert intake(path)["case"] is None
    assert intake(path, case=case.reference)["status"] == "waiting"
    assert IncomingMessage.objects.first().found["case"] == case.reference
    path.write_bytes(mails.dressed(mails.text("More"), "g@example.org", "More"))
    assert intake(path, case=case.reference, by=world.officer.email)["status"] == "joined"
    assert Entry.objects.filter(case=case, step="note_contact", by=world.officer).count() == 1
    path.write_bytes(mails.bounce())
    assert intake(path)["bounce"]["of"] == "7@panel.example"


def test_what_cannot_be_taken_in_is_said(world, tmp_path):
    path = tmp_path / "program.exe"
    path.write_bytes(b"MZ\x90\0\0")
    for options, words in (
        ({}, "program.exe is a program"), ({"case": "EX-C-2026-9999"}, "There is no case EX-C-2026-9999"),
        ({"by": "nobody@example.org"}, "--by needs --case"),
    ):  # fmt: skip
        with pytest.raises(CommandError, match=words) as error:
            intake(path, **options)
        assert error.value.returncode == 2
    with pytest.raises(CommandError, match="cannot be read"):
        intake(tmp_path / "nothing.eml")
