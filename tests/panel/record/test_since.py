"""`verify_audit --since`: only what was done after the heads of an earlier verification is read, and every change of it is
found."""

from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from panel.models import Link, Opening
from panel.record import triggers, verify
from panel.record.heads import Head, heads
from tests import build
from tests.steps import at, take

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def record(db):
    """(world, a case of before, the heads of then, a case of after)."""
    world = build.make_world()
    before = take(world, at(world, "received"), "add_documents", files={"documents": [build.pdf("old.pdf")]})
    then = heads()
    after = take(world, at(world, "recorded"), "add_documents", files={"documents": [build.pdf("new.pdf")]})
    triggers.drop(connection)
    return world, before, then, after


def run(sql, *given):
    with connection.cursor() as cursor:
        cursor.execute(sql, given)


def since(then):
    return [str(f) for f in verify.verify(since=then)]


def test_what_was_done_since_is_verified_and_what_was_before_is_taken_as_it_was(record):
    world, before, then, after = record
    assert since(then) == []
    run("UPDATE complaints_complaint SET theme = 'x' WHERE case_ptr_id = %s", before.pk)
    default_storage.delete(before.documents.get().file.name)
    assert since(then) == []
    assert len(list(verify.verify())) == 2
    run("UPDATE complaints_complaint SET theme = 'y' WHERE case_ptr_id = %s", after.pk)
    assert since(then) == [f"complaints.Complaint {after.pk}: differs from its last history row in theme"]
    assert since([])[0].endswith("theme")


@pytest.mark.parametrize("sql, said", [
    ("UPDATE panel_entry SET why = 'x' WHERE case_id = %s", "panel.Entry"),
    ("DELETE FROM panel_historicalduty WHERE case_id = %s", "panel.HistoricalDuty"),
])  # fmt: skip
def test_a_change_of_it_is_named(record, sql, said):
    world, before, then, after = record
    run(sql, after.pk)
    assert any(said in line for line in since(then))


def test_a_link_or_a_head_that_is_gone_is_named(record):
    world, before, then, after = record
    last = Link.objects.filter(chain__key="exshire").latest("seq")
    run("DELETE FROM panel_link WHERE id = %s", last.pk)
    assert any("was never sealed" in line for line in since(then))
    wrong = [Head(h.chain, h.number, "0" * 64) for h in then]
    assert any("is not the one that was noted" in line for line in since(wrong))
    assert any("it was cut or rolled back" in line for line in since([Head("exshire", 999, "0" * 64)]))


def test_a_file_of_it_that_is_gone_is_named(record):
    world, before, then, after = record
    document = after.documents.get(name="new.pdf")
    default_storage.delete(document.file.name)
    assert since(then) == [f"panel.Document {document.pk} of {after.reference}: its file is gone"]


def test_the_command_says_since_when_and_an_empty_day_has_no_fault(record, tmp_path):
    world, before, then, after = record
    file = tmp_path / "heads.txt"
    file.write_text("\n".join(map(str, then)))
    out = StringIO()
    call_command("verify_audit", since=str(file), stdout=out)
    assert "Verified: everything done since then is as it was sealed." in out.getvalue()
    assert since(heads()) == []
    Opening.objects.create(
        panel=world.panel, case=after, by=world.mo, kind="case", page="case", at=after.entries.first().entered_at
    )
    assert since(then) == []
    run("UPDATE panel_entry SET why = 'x' WHERE case_id = %s", after.pk)
    with pytest.raises(CommandError):
        call_command("verify_audit", since=str(file), stdout=StringIO())
