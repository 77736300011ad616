"""`panel move`: an installation with one panel alone, which verifies with its old heads; refused where there are panels, with
what to do instead. `panel close`: the old one is read, nothing is entered, and nothing is deleted."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from panel.law import clock
from panel.models import Case, Complainant, Entry, Link, Membership, Panel, User
from panel.record.heads import heads
from panel.record.verify import verify
from tests import build
from tests.shared import NOW
from tests.steps import take

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


def test_a_panel_moves_alone_and_verifies_with_its_old_heads(tmp_path, settings):
    world, other = build.make_world(), build.make_world("midshire", "MD", "Midshire")
    ours = take(world, build.log(world, name="Ann Ours"), "add_documents", files={"documents": [build.pdf("ours.pdf")]})
    take(other, build.log(other, name="Ivor Theirs"), "add_documents", files={"documents": [build.pdf("theirs.pdf")]})
    entries = list(Entry.objects.filter(panel=world.panel).values_list("pk", "step"))
    noted = [h for h in heads() if h.chain in ("exshire", "installation")]
    kept = str(tmp_path / "kept")
    run("backup", kept)

    with pytest.raises(CommandError) as refused:
        call_command("panel", "move", "exshire", kept, stdout=StringIO())
    assert "has panels already" in str(refused.value)
    assert "export_audit --panel SLUG" in str(refused.value)
    with pytest.raises(CommandError, match="The backup has no panel 'nowhere'"):
        call_command("panel", "move", "nowhere", kept, "--replace", stdout=StringIO())
    assert Case.objects.count() == 2

    said = run("panel", "move", "exshire", kept, "--replace")
    assert "Moved and verified with the heads noted before." in said
    assert [(c.pk, c.reference) for c in Case.objects.all()] == [(ours.pk, ours.reference)]  # the same numbers
    assert list(Complainant.objects.values_list("name", flat=True)) == ["Ann Ours"]
    assert list(Entry.objects.filter(panel=world.panel).values_list("pk", "step")) == entries
    assert set(Membership.objects.values_list("panel__slug", flat=True)) == {"exshire"}
    assert not Link.objects.filter(chain__key="midshire").exists()
    assert not User.objects.filter(is_active=True, memberships=None).exists()
    assert [p.slug for p in Panel.objects.filter(closed_from=None)] == ["exshire"]
    assert [p for p in Path(settings.MEDIA_ROOT).rglob("*") if p.is_file()] == [
        Path(settings.MEDIA_ROOT) / ours.documents.get().file.name
    ]
    assert [str(fault) for fault in verify(None, noted)] == []
    take(world, ours, "record")  # and it goes on: with its triggers, and the next links
    assert [str(fault) for fault in verify(None, noted)] == []
