"""Whoever owns the database can lift its triggers and change what they like: each kind of it is found and named.

One record is made for the whole module; each test tampers with it by raw SQL (or on the disk) and is undone.
"""

import importlib.util
import json
import re
import subprocess
import sys
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from panel.law import clock
from panel.management.commands import export_audit
from panel.models import Document, Duty, Entry, Link, Move, Opening
from panel.record import heads as record_heads
from panel.record import triggers, verify
from panel.record.digests import _one_by_one, _texts, check_links, digests, fields_of, link_seal, mark_of, sealed_models
from panel.record.export import exported
from panel.record.heads import Head, read_heads
from tests import build
from tests.steps import at, fresh, take

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
VERIFIER = Path(__file__).resolve().parents[3] / "docs" / "verify_export.py"


def upload(mark):
    """A PDF unlike the others."""
    return SimpleUploadedFile(f"{mark}.pdf", build.PDF + f"%{mark}\n".encode(), content_type="application/pdf")


def opening(case, by, **more):
    """Somebody opens the case."""
    given = {"kind": "case", "page": "case", "at": clock.now(), **more}
    return Opening.objects.create(panel=case.panel, case=case, by=by, **given)


@pytest.fixture(scope="module")
def record(django_db_setup, django_db_blocker):
    """Two panels with complaints in hand, as they stood yesterday (copies of every table) and as they stand today; the
    triggers are gone. Nothing of it is committed."""
    with django_db_blocker.unblock(), transaction.atomic():
        world, other = build.make_world(), build.make_world("wessex", "WX", "Wessex")
        case = take(world, at(world, "sub_panel"), "add_documents", files={"documents": [upload("one"), upload("two")]})
        for who in (world.officer, world.mo, world.auditor):
            opening(case, who)
        elsewhere = at(other, "recorded")
        case = take(world, case, "note_contact")
        triggers.drop(connection)
        tables = [m._meta.db_table for m in apps.get_models(include_auto_created=True) if m._meta.managed]
        yesterday = record_heads.heads()
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"CREATE TABLE yesterday_{table} AS SELECT * FROM {table}")
        opening(case, world.chairman)
        for n in range(9):
            case = take(world, case, "note_contact", note=f"Call {n}")
        late = take(world, at(world, "recorded"), "add_documents", files={"documents": [upload("three")]})
        take(other, elsewhere, "note_contact")
        opening(case, world.vice)  # waits for the next act
        yield SimpleNamespace(
            world=world, other=other, case=fresh(case), late=late, elsewhere=elsewhere, tables=tables,
            yesterday=yesterday, today=record_heads.heads(),
        )  # fmt: skip
        transaction.set_rollback(True)


@pytest.fixture
def tampered(record, db):
    """What a test does to the record is undone, before Django would check that what points at rows finds them."""
    with transaction.atomic():
        yield record
        transaction.set_rollback(True)


def run(sql, *params):
    """One statement behind the application."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def value(sql, *params):
    """The first value of a query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()[0]


def faults(noted=(), panel=None):
    """What verification says."""
    return [str(f) for f in verify.verify(panel, noted)]


def links(record, panel=None):
    """A panel's links in order."""
    return list(Link.objects.filter(chain__panel=panel or record.world.panel).order_by("seq"))


def columns(table):
    """The columns of a table without its key."""
    with connection.cursor() as cursor:
        names = [c.name for c in connection.introspection.get_table_description(cursor, table)]
    key = "history_id" if "history_id" in names else "id"
    return ", ".join(f'"{n}"' for n in names if n != key)


# No false alarm


def test_the_untouched_record_verifies_with_the_heads_of_both_days(tampered):
    assert faults(tampered.today + tampered.yesterday) == []
    assert faults(tampered.today + tampered.yesterday, tampered.world.panel) == []
    assert faults(panel=tampered.other.panel) == []


def test_there_is_something_to_tamper_with(tampered):
    assert len(links(tampered)) > 15
    assert Document.objects.count() == 3
    assert Opening.objects.exclude(link=None).count() == 4
    assert Opening.objects.filter(link=None).count() == 1


def test_both_ways_to_make_digests_say_the_same(tampered):
    """By columns, as verification reads; and row by row, as where a value cannot be read."""
    for model in sealed_models():
        pks, fields = list(model._base_manager.values_list("pk", flat=True)), fields_of(model)
        assert digests(model, pks, fields) == _one_by_one(model, pks, fields), model
    assert list(_texts([1.0, True, 1, 0.0, -0.0, "1", None], None)) == [
        "1.0",
        "true",
        "1",
        "0.0",
        "-0.0",
        '"1"',
        "null",
    ]


# Changed values: (table, its key, column, new value, what is said)

LIVE, SEALED, ITSELF = "differs from its last history row in {}", "was changed", "the link itself was changed"
CHANGED = {
    "a complaint's words": ("complaints_complaint", "case_ptr_id", "words", "'Other words'", LIVE),
    "a complaint's day of receipt": ("panel_case", "id", "received_on", "'2020-01-01'", LIVE),
    "a complaint's reference": ("panel_case", "id", "reference", "'EX-C-2026-0999'", LIVE),
    "an allegation's route": ("complaints_allegation", "part_ptr_id", "route", "'no_action'", LIVE),
    "a status": ("panel_part", "id", "status", "'closed'", LIVE),
    "a due day": ("panel_duty", "id", "due", "'2020-01-01'", LIVE),
    "how a duty ended": ("panel_duty", "id", "first_due", "'2020-01-01'", LIVE),
    "a seat": ("panel_caserole", "id", "kind", "'interested'", LIVE),
    "a member": ("panel_member", "id", "name", "'Somebody'", LIVE),
    "a role": ("panel_membership", "id", "role", "'chairman'", LIVE),
    "a target": ("panel_panelsettings", "id", "record_days", "99", LIVE),
    "a complainant": ("panel_complainant", "id", "email", "'x@example.org'", LIVE),
    "a document's digest": ("panel_document", "id", "sha256", "'0'", LIVE),
    "a document's classification": ("panel_document", "id", "classification", "'open'", LIVE),
    "a history row's words": ("complaints_historicalcomplaint", "history_id", "words", "'Other words'", SEALED),
    "a history row's user": ("complaints_historicalallegation", "history_id", "history_user_id", "NULL", SEALED),
    "a history row's moment": (
        "panel_historicalduty", "history_id", "history_date", "'2020-01-01 00:00:00+00:00'", SEALED,
    ),
    "a history row's salt": ("panel_historicalcomplainant", "history_id", "salt", "'0'", SEALED),
    "an entry's reasons": ("panel_entry", "id", "why", "'Because'", SEALED),
    "an entry's day": ("panel_entry", "id", '"on"', "'2020-01-01'", SEALED),
    "an entry's moment": ("panel_entry", "id", "entered_at", "'2020-01-01 00:00:00+00:00'", SEALED),
    "an entry's user": ("panel_entry", "id", "by_id", "NULL", SEALED),
    "an entry's decider": ("panel_entry", "id", "decided_as", "'panel'", SEALED),
    "an entry's answers": ("panel_entry", "id", "answers", "'{\"x\": 1}'", SEALED),
    "a move's target": ("panel_move", "id", "target", "'closed'", SEALED),
    "a move's counts": ("panel_move", "id", "counts", "'{\"x\": 1}'", SEALED),
    "a link's act": ("panel_link", "id", "act", "'other'", ITSELF),
    "a link's moment": ("panel_link", "id", "at", "'2020-01-01 00:00:00+00:00'", ITSELF),
    "a link's user": ("panel_link", "id", "by_id", "NULL", ITSELF),
    "a link's entry": ("panel_link", "id", "entry_id", "NULL", ITSELF),
    "a link's rows": ("panel_link", "id", "rows", "'{}'", ITSELF),
    "a link's rows, not as they are written": ("panel_link", "id", "rows", "'[1]'", "what it seals cannot be read"),
    "a link's predecessor": ("panel_link", "id", "prev", "'0'", "does not follow the link before it"),
    "a link's seal": ("panel_link", "id", "seal", "'0'", ITSELF),
    "who opened a case": ("panel_opening", "id", "by_id", "(SELECT min(by_id) FROM panel_opening) + 90000", SEALED),
    "when a case was opened": ("panel_opening", "id", "at", "'2020-01-01 00:00:00+00:00'", SEALED),
    "what was opened": ("panel_opening", "id", "page", "'documents'", SEALED),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGED)
def test_a_changed_value_is_found_and_named(tampered, what):
    table, key, column, new, says = CHANGED[what]
    sealed = " WHERE link_id IS NOT NULL" if table == "panel_opening" else ""
    pk = value(f"SELECT max({key}) FROM {table}{sealed}")
    run(f"UPDATE {table} SET {column} = {new} WHERE {key} = %s", pk)
    found = faults()
    model = next(m for m in apps.get_models() if m._meta.db_table == table)
    where = rf"link {Link.objects.get(pk=pk).seq}\b" if model is Link else rf" {pk}\b"
    assert [f for f in found if says.format(column) in f and re.search(where, f)], found


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL takes no such value")
@pytest.mark.parametrize("table, column, says", [
    ("panel_entry", "entered_at", " cannot be read: entered_at"), ("panel_link", "at", ": the link itself cannot be read: at"),
    ("panel_duty", "due", "differs from its last history row in due"),
])  # fmt: skip
def test_a_value_that_cannot_be_read_stops_nothing(tampered, table, column, says):
    value_ = "'2020-13-45 00:00:00'"
    run(f"UPDATE {table} SET {column} = {value_} WHERE id = (SELECT max(id) FROM {table} WHERE {column} IS NOT NULL"
        f"{' AND chain_id = %s' if table == 'panel_link' else ''})",
        *([links(tampered)[0].chain_id] if table == "panel_link" else []))  # fmt: skip
    run("UPDATE complaints_complaint SET words = 'x'")
    found = faults()
    assert [f for f in found if says in f], found
    assert [f for f in found if "differs from its last history row in words" in f]  # and the rest is read all the same


# Links and rows removed, exchanged, doubled, forged


def remove_link(record, which):
    """The link with that index; its number."""
    link = links(record)[which]
    run("DELETE FROM panel_opening WHERE link_id = %s", link.pk)
    run("DELETE FROM panel_link WHERE id = %s", link.pk)
    return link


def first_link(record):
    remove_link(record, 0)
    return ["link 1 is missing", "does not follow the link before it", "was never sealed"]


def middle_link(record):
    link = remove_link(record, 7)
    return [f"link {link.seq} is missing", "does not follow the link before it", "was never sealed"]


def two_middle_links(record):
    a, b = remove_link(record, 7), remove_link(record, 7)
    return [f"links {a.seq} to {b.seq} are missing"]


def last_link(record):
    link = remove_link(record, -1)
    return [f"panel.Entry {link.entry_id}: was never sealed"]


def last_ten_links(record):
    entries = [remove_link(record, -1).entry_id for _ in range(10)]
    return [f"panel.Entry {pk}: was never sealed" for pk in entries if pk]


def two_links_swapped(record):
    a, b = links(record)[5:7]
    for pk, seq in ((a.pk, 999_999), (b.pk, a.seq), (a.pk, b.seq)):
        run("UPDATE panel_link SET seq = %s WHERE id = %s", seq, pk)
    return [f"link {a.seq}: the link itself was changed", f"link {b.seq}: does not follow the link before it"]


def what_two_links_seal_swapped(record):
    a, b = links(record)[5:7]
    run("UPDATE panel_link SET rows = (SELECT rows FROM panel_link WHERE id = %s) WHERE id = %s", b.pk, a.pk)
    return [f"link {a.seq}: the link itself was changed", f"link {b.seq}: ", "is sealed twice"]


def link_doubled(record):
    link = links(record)[5]
    names = columns("panel_link")
    wanted = names.replace('"seq"', str(len(links(record)) + 1)).replace('"entry_id"', "NULL")
    run(f"INSERT INTO panel_link ({names}) SELECT {wanted} FROM panel_link WHERE id = %s", link.pk)
    return ["does not follow the link before it", "the link itself was changed", "is sealed twice"]


def first_link_numbered_before_the_first(record):
    run("UPDATE panel_link SET seq = 0 WHERE id = %s", links(record)[0].pk)
    return ["link 0: its number does not follow that of the link before it", "link 0: the link itself was changed"]


def link_forged_in_the_middle(record):
    """Well made in itself, but the chain went another way."""
    old = links(record)[5]
    forged = Link(chain_id=old.chain_id, seq=old.seq, act="nothing", by=old.by, at=old.at, rows={}, prev=old.prev)
    run("UPDATE panel_link SET act = 'nothing', rows = '{}', entry_id = NULL, seal = %s WHERE id = %s",
        link_seal(forged), old.pk)  # fmt: skip
    return [f"link {old.seq + 1}: does not follow the link before it", f"panel.Entry {old.entry_id}: was never sealed"]


def link_of_another_panel(record):
    run("UPDATE panel_link SET chain_id = %s, seq = 999 WHERE id = %s", links(record)[0].chain_id,
        links(record, record.other.panel)[-1].pk)  # fmt: skip
    return ["link 999: the link itself was changed", "are missing"]


def chain_renamed(record):
    run("UPDATE panel_chain SET key = 'gone' WHERE key = 'wessex'")
    return ["gone: the chain has another name than its panel"]


def history_row_removed(record):
    pk = value("SELECT min(history_id) FROM panel_historicalduty")
    run("DELETE FROM panel_historicalduty WHERE history_id = %s", pk)
    return [f"panel.HistoricalDuty {pk} is missing"]


def history_row_doubled(record):
    names = columns("panel_historicalduty")
    run(f"INSERT INTO panel_historicalduty ({names}) SELECT {names} FROM panel_historicalduty WHERE history_id = "
        "(SELECT max(history_id) FROM panel_historicalduty)")  # fmt: skip
    return [f"panel.HistoricalDuty {value('SELECT max(history_id) FROM panel_historicalduty')}: was never sealed"]


def two_history_rows_swapped(record):
    a, b = Duty.history.model.objects.filter(history_type="+").order_by("history_id").values_list("pk", flat=True)[:2]
    for pk, new in ((a, 999_999), (b, a), (999_999, b)):
        run("UPDATE panel_historicalduty SET history_id = %s WHERE history_id = %s", new, pk)
    return [f"panel.HistoricalDuty {a} was changed", f"panel.HistoricalDuty {b} was changed"]


def entry_removed(record):
    pk = value("SELECT max(id) FROM panel_entry")
    run("DELETE FROM panel_entry WHERE id = %s", pk)
    return [f"panel.Entry {pk} is missing"]


def move_removed(record):
    pk = value("SELECT max(id) FROM panel_move")
    run("DELETE FROM panel_move WHERE id = %s", pk)
    return [f"panel.Move {pk} is missing"]


def entry_forged(record):
    run('INSERT INTO panel_entry (panel_id, case_id, number, step, "on", entered_at, decided_as, why, answers, salt) '
        "SELECT panel_id, case_id, 99, step, \"on\", entered_at, '', '', '{}', '' FROM panel_entry "
        "WHERE case_id IS NOT NULL ORDER BY id LIMIT 1")  # fmt: skip
    return [f"panel.Entry {Entry.objects.order_by('-pk').first().pk}: was never sealed"]


def move_forged(record):
    run("INSERT INTO panel_move (entry_id, part_id, source, target, counts) SELECT e.id, p.id, 'x', 'y', '{}' "
        "FROM panel_entry e, panel_part p WHERE e.step = 'add_documents' LIMIT 1")  # fmt: skip
    return [f"panel.Move {Move.objects.order_by('-pk').first().pk}: was never sealed"]


def live_row_forged(record):
    names = columns("panel_duty")
    run(f"INSERT INTO panel_duty ({names}) SELECT {names} FROM panel_duty ORDER BY id LIMIT 1")
    return [f"panel.Duty {Duty.objects.order_by('-pk').first().pk}: has no history"]


def live_row_removed(record):
    pk = value("SELECT max(id) FROM panel_duty")
    run("DELETE FROM panel_duty WHERE id = %s", pk)
    return [f"panel.Duty {pk}: is gone, though history says it is there"]


def opening_removed(record):
    pk = value("SELECT min(id) FROM panel_opening")
    run("DELETE FROM panel_opening WHERE id = %s", pk)
    return [f"panel.Opening {pk} is missing"]


def opening_unmarked(record):
    pk = value("SELECT min(id) FROM panel_opening")
    run("UPDATE panel_opening SET link_id = NULL WHERE id = %s", pk)
    return [f"panel.Opening {pk}: does not name the link that sealed it"]


def opening_forged(record):
    names = columns("panel_opening")
    run(f"INSERT INTO panel_opening ({names}) SELECT {names} FROM panel_opening WHERE link_id IS NOT NULL LIMIT 1")
    return [f"panel.Opening {value('SELECT max(id) FROM panel_opening')}: names a link that does not seal it"]


def put_back(record, *tables):
    """Yesterday's rows over today's."""
    for table in tables:
        run(f"DELETE FROM {table}")
        run(f"INSERT INTO {table} SELECT * FROM yesterday_{table}")


def yesterdays_cases(record):
    put_back(record, "panel_case")
    return ["differs from its last history row in version", "is gone, though history says it is there"]


def yesterdays_duties(record):
    put_back(record, "panel_duty")
    return ["panel.Duty ", "is gone, though history says it is there"]


def yesterdays_history(record):
    put_back(record, "complaints_historicalcomplaint")
    return ["complaints.HistoricalComplaint", "is missing", "differs from its last history row in version"]


def yesterdays_entries(record):
    put_back(record, "panel_entry")
    return ["panel.Entry", "is missing"]


def yesterdays_links(record):
    run("UPDATE panel_opening SET link_id = NULL")
    put_back(record, "panel_link")
    return ["panel.Entry", "was never sealed", "complaints.HistoricalComplaint"]


def everything_but_the_links_of_yesterday(record):
    put_back(record, *(t for t in record.tables if t != "panel_link"))
    return ["is missing"]


OTHERWISE = [
    first_link, middle_link, two_middle_links, last_link, last_ten_links, two_links_swapped, what_two_links_seal_swapped,
    link_doubled, first_link_numbered_before_the_first, link_forged_in_the_middle, link_of_another_panel, chain_renamed, history_row_removed, history_row_doubled,
    two_history_rows_swapped, entry_removed, move_removed, entry_forged, move_forged, live_row_forged, live_row_removed,
    opening_removed, opening_unmarked, opening_forged, yesterdays_cases, yesterdays_duties, yesterdays_history,
    yesterdays_entries, yesterdays_links, everything_but_the_links_of_yesterday,
]  # fmt: skip


@pytest.mark.parametrize("tamper", OTHERWISE, ids=lambda f: f.__name__)
def test_it_is_found_and_named(tampered, tamper):
    says = tamper(tampered)
    found = faults()
    assert says
    for words in says:
        assert [f for f in found if words in f], (words, found)


# Histories that are whole in themselves, and are not the one that was noted


def everything_of_yesterday(record):
    put_back(record, *record.tables)
    return ["exshire, link", "it was cut or rolled back", "wessex, link"]


def the_last_act_with_all_it_wrote(record):
    """What a careful hand does: the link goes, and every row that it sealed, and what is live goes back."""
    link = links(record, record.other.panel)[-1]
    for label, part in link.rows.items():
        model = apps.get_model(label)
        table, key = model._meta.db_table, model._meta.pk.column
        marks = ", ".join(map(str, part["digests"]))
        run("DELETE FROM panel_link WHERE id = %s", link.pk)
        run(f"DELETE FROM {table} WHERE {key} IN ({marks})")
    old = "(SELECT max(number) FROM panel_entry WHERE case_id = panel_case.id)"
    run(f"UPDATE panel_case SET version = {old} WHERE id = %s", record.elsewhere.pk)
    return [f"wessex, link {link.seq}: was noted, but the chain ends at link {link.seq - 1}: it was cut or rolled back"]


def recomputed_from_the_tenth(record):
    """Reasons changed, and every seal from there on made anew."""
    links_ = links(record)
    entry = links_[10].entry_id
    run("UPDATE panel_entry SET why = 'As we wish we had said' WHERE id = %s", entry)
    prev = links_[9].seal
    for link in links_[10:]:
        for label, part in link.rows.items():
            part["digests"] = digests(apps.get_model(label), part["digests"], part["fields"])
        link.prev, link.seal = prev, ""
        link.seal = prev = link_seal(link)
        run("UPDATE panel_link SET rows = %s, prev = %s, seal = %s WHERE id = %s", json.dumps(link.rows), link.prev,
            link.seal, link.pk)  # fmt: skip
    return [f"exshire, link {len(links_)}: is not the one that was noted: the history was made anew since"]


@pytest.mark.parametrize(
    "tamper",
    [everything_of_yesterday, the_last_act_with_all_it_wrote, recomputed_from_the_tenth],
    ids=lambda f: f.__name__,
)
def test_it_is_found_by_the_heads_that_were_noted(tampered, tamper):
    says = tamper(tampered)
    assert faults() == []  # nothing inside says so: that is what heads are for
    found = faults(tampered.today)
    for words in says:
        assert [f for f in found if words in f], (words, found)


def test_a_chain_that_is_gone_is_found_by_its_head(tampered):
    assert faults([Head("midshire", 3, "0" * 64)]) == ["midshire: the chain is gone, though link 3 was noted"]


# Stored files


@contextmanager
def files_kept():
    """The stored files of the record's documents are put back."""
    paths = {d: Path(d.file.path) for d in Document.objects.order_by("pk")}
    before = {path: path.read_bytes() for path in paths.values()}
    try:
        yield paths
    finally:
        for path, content in before.items():
            path.write_bytes(content)


def one_byte(a, b):
    content = bytearray(a.read_bytes())
    content[20] ^= 1
    a.write_bytes(content)
    return ["the bytes of its file were changed"]


def cut_short(a, b):
    a.write_bytes(a.read_bytes()[:-1])
    return ["the bytes of its file were changed"]


def emptied(a, b):
    a.write_bytes(b"")
    return ["the bytes of its file were changed"]


def gone(a, b):
    a.unlink()
    return ["its file is gone"]


def swapped(a, b):
    content = a.read_bytes()
    a.write_bytes(b.read_bytes())
    b.write_bytes(content)
    return ["its file was exchanged for that of document {b}", "its file was exchanged for that of document {a}"]


@pytest.mark.parametrize("tamper", [one_byte, cut_short, emptied, gone, swapped], ids=lambda f: f.__name__)
def test_a_stored_file_that_was_touched_is_found_and_named(tampered, tamper):
    with files_kept() as paths:
        (first, a), (second, b) = list(paths.items())[:2]
        says = tamper(a, b)
        found = faults()
        assert faults(panel=tampered.other.panel) == []
    for words, document in zip(says, (first, second), strict=False):
        where = f"panel.Document {document.pk} of {tampered.case.reference}: "
        assert where + words.format(a=first.pk, b=second.pk) in found
    assert len(found) == len(says)
    assert faults() == []


def test_a_document_whose_row_names_no_file_any_more_is_found(tampered):
    document = Document.objects.order_by("pk").last()
    run("UPDATE panel_document SET file = '' WHERE id = %s", document.pk)
    assert f"panel.Document {document.pk} of {tampered.late.reference}: its row names no file" in faults()


def test_a_page_of_the_case_says_which_row_was_changed(tampered):
    """A page checks the links that it shows, and asks of a row that fits no seal whether any erasure sealed it anew."""
    duty = tampered.case.duties.order_by("pk").first().history.earliest()
    run("UPDATE panel_historicalduty SET recipient = 'x' WHERE history_id = %s", duty.pk)
    shown = Link.objects.filter(entry__case=tampered.case)
    assert [str(f).partition(": ")[2] for f in check_links(list(shown))] == [
        f"panel.HistoricalDuty {duty.pk} was changed"
    ]


def test_a_file_that_cannot_be_read_is_said(tampered):
    with files_kept() as paths:
        path = next(iter(paths.values()))
        path.unlink()
        path.mkdir()
        found = faults()
        path.rmdir()
    assert [f for f in found if "its file cannot be read: Is a directory" in f]


def test_two_rows_that_exchanged_their_files_are_found(tampered):
    a, b = Document.objects.order_by("pk")[:2]
    for pk, name in ((a.pk, b.file.name), (b.pk, a.file.name)):
        run("UPDATE panel_document SET file = %s WHERE id = %s", name, pk)
    found = faults()
    assert [f for f in found if f"panel.Document {a.pk}: differs from its last history row in file" in f]
    assert [f for f in found if f"its file was exchanged for that of document {b.pk}" in f]


# One panel


@pytest.mark.parametrize("tamper", [middle_link, last_link, live_row_removed, entry_forged], ids=lambda f: f.__name__)
def test_one_panels_check_finds_what_is_its_own_and_another_ones_does_not(tampered, tamper):
    says = tamper(tampered)
    if tamper in (middle_link, last_link, live_row_removed):
        own = [f for f in faults(panel=tampered.world.panel) if any(words in f for words in says)]
        assert own or tamper is live_row_removed
    assert [f for f in faults() if any(words in f for words in says)]
    assert not [f for f in faults(panel=tampered.other.panel) if "exshire" in f]


# The commands


def command(name, *args):
    """(exit code, what it printed)."""
    out = StringIO()
    try:
        call_command(name, *args, stdout=out)
    except CommandError as error:
        return error.returncode, out.getvalue() + str(error)
    return 0, out.getvalue()


def test_verify_audit_in_json_says_the_same(tampered):
    code, said = command("verify_audit", "--format", "json")
    head = next(h for h in tampered.today if h.chain == "exshire")
    found = json.loads(said)
    assert (code, found["faults"], found["verified"], found["openings_waiting"]) == (0, [], True, 1)
    assert found["chains"]["exshire"] == {"links": head.number, "seal": head.seal}
    entry_removed(tampered)
    last_link(tampered)
    code, said = command("verify_audit", "--format=json", "--panel=exshire")
    found = json.loads(said[: said.rindex("}") + 1])
    assert (code, found["verified"]) == (1, False)
    assert len(found["faults"]) > 2
    assert {"where", "what"} == set(found["faults"][0])


def test_verify_audit_reads_heads_from_a_file(tampered, tmp_path):
    noted = tmp_path / "heads.txt"
    code, printed = command("chain_head")
    assert code == 0
    assert len(printed.splitlines()) == 4  # what it is, then three chains
    short = [f"{h.chain} {h.number} {h.seal[:16]}" for h in tampered.yesterday]
    noted.write_text("\n".join([printed, record_heads.printed(tampered.yesterday[0]), "", *short]))
    code, said = command("verify_audit", "--head", str(noted))
    assert (code, "7 noted heads: still there." in said) == (0, True), said
    everything_of_yesterday(tampered)
    code, said = command("verify_audit", "--head", str(noted))
    assert code == 1
    assert "it was cut or rolled back" in said


@pytest.mark.parametrize("words, says", [
    ("", "there is no head in it"), ("# only words\n", "there is no head in it"), ("exshire 5\n", "line 1 is no head"),
    ("exshire five 0123456789abcdef\n", "line 1 is no head"), ("exshire 5 0123\n", "line 1 is no head"),
])  # fmt: skip
def test_a_file_without_heads_is_an_error_of_its_own(tampered, tmp_path, words, says):
    noted = tmp_path / "heads.txt"
    noted.write_text(words)
    code, said = command("verify_audit", "--head", str(noted))
    assert (code, says in said) == (2, True)
    code, said = command("verify_audit", "--head", str(tmp_path / "nowhere"))
    assert (code, "No such file" in said) == (2, True)


def test_chain_head_seals_what_waits_and_writes_to_the_monitoring_officers(tampered, mailoutbox):
    before = len(links(tampered))
    code, said = command("chain_head", "--mail", "--panel", "exshire")
    assert code == 0, said
    assert Opening.objects.filter(link=None).count() == 0
    link = links(tampered)[-1]
    assert (link.act, link.seq, link.entry, link.by) == ("seal_openings", before + 1, None, None)
    assert str(record_heads.head(tampered.world.panel)) in said
    (mail,) = mailoutbox
    assert mail.to == ["mo@exshire.example"]
    heads = read_heads(mail.body.splitlines())
    assert {h.chain for h in heads} == {"exshire", "installation"}
    for private in ("Gillian", "Thorpe", "Larkford", "EX-C-"):
        assert private not in mail.body + mail.subject
    assert faults(heads) == []


def test_chain_head_says_when_nobody_is_there_to_be_told(tampered, mailoutbox):
    run("UPDATE panel_membership SET to_date = '2025-01-01' WHERE role = 'monitoring_officer' AND panel_id = %s",
        tampered.other.panel.pk)  # fmt: skip
    code, said = command("chain_head", "--mail")
    assert (code, len(mailoutbox)) == (1, 1)
    assert "wessex: not mailed, for nobody is Monitoring Officer today." in said


# The export, and the script that checks it without this product


@pytest.fixture
def verifier():
    """docs/verify_export.py as a module."""
    spec = importlib.util.spec_from_file_location("verify_export", VERIFIER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def checked(verifier, lines, noted=(), capsys=None):
    """How many faults the script names in these lines."""
    checker = verifier.Checker([(h.chain, h.number, h.seal) for h in noted])
    for line in lines:
        checker.line(line)
    return checker.close()


def script(*args):
    """(exit code, output) of the script by itself, without Django or this product."""
    done = subprocess.run([sys.executable, "-I", VERIFIER, *args], capture_output=True, text=True, check=False, cwd="/")
    return done.returncode, done.stdout + done.stderr


def test_the_script_stands_alone_and_is_short():
    text = VERIFIER.read_text()
    assert len(text.splitlines()) < 150
    assert not {"django", "panel", "complaints"} & {
        w for line in text.splitlines() if "import" in line for w in line.split()
    }


def test_the_script_verifies_an_export_and_not_an_edited_one(tampered, tmp_path):
    whole, heads = tmp_path / "exshire.jsonl", tmp_path / "heads.txt"
    code, said = command("export_audit", "--panel=exshire", f"--output={whole}")
    assert (code, "personal data" in said) == (0, True)
    assert whole.stat().st_mode & 0o077 == 0
    heads.write_text("\n".join(map(str, tampered.today)))
    code, said = script(str(whole), "--head", str(heads))
    assert (code, "Verified: " in said) == (0, True), said
    assert "1 openings not sealed yet" in said
    whole.write_text(whole.read_text().replace("Gillian", "Jillian"))
    code, said = script(str(whole))
    assert code == 1
    assert "was changed" in said
    assert script(str(tmp_path / "nowhere"))[0] == 2
    heads.write_text("nothing\n")
    assert script(str(whole), "--head", str(heads))[0] == 2


def edits():
    """{name: what it does to the lines of an export}."""

    def value_changed(lines):
        found = json.loads(lines[20])
        label = next(iter(found["content"]))
        pk = next(iter(found["content"][label]))
        key = sorted(found["content"][label][pk][0])[0]
        found["content"][label][pk][0][key] = "other"
        lines[20] = json.dumps(found)

    def row_removed(lines):
        found = json.loads(lines[20])
        found["content"].popitem()
        lines[20] = json.dumps(found)

    def row_put_in(lines):
        found = json.loads(lines[20])
        label = next(iter(found["content"]))
        found["content"][label]["999"] = [{}]
        lines[20] = json.dumps(found)

    def moment_changed(lines):
        found = json.loads(lines[20])
        found["at"] = found["at"].replace("20", "19", 1)
        lines[20] = json.dumps(found)

    def swapped_lines(lines):
        lines[20], lines[21] = lines[21], lines[20]

    def doubled(lines):
        lines.insert(20, lines[20])

    def removed(lines):
        del lines[20]

    def cut(lines):
        del lines[-2:]

    def last_link_cut(lines):
        at = max(n for n, line in enumerate(lines) if json.loads(line)["kind"] == "link")
        del lines[at]
        lines[-1] = json.dumps({"kind": "end", "lines": len(lines) - 1})

    def first_gone(lines):
        del lines[0]

    def no_json(lines):
        lines[20] = "nonsense"

    return {f.__name__: f for f in locals().values() if callable(f)}


@pytest.mark.parametrize("edit", edits())
def test_an_edited_export_is_found(tampered, verifier, edit):
    lines = list(exported())
    assert checked(verifier, lines, tampered.today) == 0
    edits()[edit](lines)
    assert checked(verifier, lines) > 0


@pytest.mark.parametrize(
    "tamper", [middle_link, entry_removed, history_row_doubled, link_doubled, two_history_rows_swapped, opening_removed]
)
def test_an_export_of_a_record_that_was_tampered_with_is_found(tampered, verifier, tamper):
    tamper(tampered)
    assert checked(verifier, exported()) > 0


def test_an_export_made_anew_is_found_by_the_heads(tampered, verifier):
    recomputed_from_the_tenth(tampered)
    lines = list(exported())
    assert checked(verifier, lines) == 0
    assert checked(verifier, lines, tampered.today) == 1


def test_an_export_of_one_panel_holds_nothing_of_another(tampered):
    text = "\n".join(exported(tampered.other.panel))
    assert "wessex" in text
    assert tampered.case.reference not in text
    assert "EX-C-" not in text


def test_an_export_says_of_what_it_cannot_read_any_more_that_it_cannot_be_checked(tampered, verifier):
    first = links(tampered)[0]
    rows = {"panel.Gone": {"fields": ["id"], "digests": {"1": "0"}}}
    run("UPDATE panel_link SET rows = %s WHERE id = %s", json.dumps(rows), first.pk)
    lines = list(exported(tampered.world.panel))
    found = next(json.loads(line) for line in lines if f'"seal":"{first.seal}"' in line.replace(" ", ""))
    assert list(found["content"]) == ["panel.Gone"]
    assert list(found["content"]["panel.Gone"]) == ["error"]
    assert checked(verifier, lines) > 0


def test_an_export_holds_who_opened_what(tampered):
    rows = [json.loads(line) for line in exported(tampered.world.panel)]
    sealed = [pk for row in rows if row["kind"] == "link" for pk in row["content"].get("panel.Opening", {})]
    waiting = [row for row in rows if row["kind"] == "unsealed"]
    assert len(sealed) == 4
    assert [(row["model"], row["waits"]) for row in waiting] == [("panel.Opening", True)]
    assert mark_of(Opening) not in fields_of(Opening)


def test_an_export_that_cannot_be_written_is_one_line_and_leaves_nothing(tampered, tmp_path):
    for output, says in (
        (tmp_path, "Is a directory"), ("/dev/full", "No space left on device"), (tmp_path / "no" / "x", "No such file"),
    ):  # fmt: skip
        code, said = command("export_audit", f"--output={output}")
        assert (code, says.lower() in said.lower(), "\n" in said.strip()) == (2, True, False), said
    assert list(tmp_path.iterdir()) == []
    code, said = command("export_audit", "--panel=nowhere")
    assert (code, said.startswith("There is no panel 'nowhere'. Panels: exshire, wessex")) == (2, True)


def test_a_failed_export_leaves_the_older_one(tampered, tmp_path, monkeypatch):
    old = tmp_path / "old.jsonl"
    old.write_text("old")

    def fails(panel):
        yield "{}"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export_audit, "exported", fails)
    assert command("export_audit", f"--output={old}")[0] == 2
    assert [p.name for p in tmp_path.iterdir()] == ["old.jsonl"]
    assert old.read_text() == "old"


def test_memory_does_not_grow_with_the_record():
    """What was sealed is noted on disk: a set of a million keys would take a hundred megabytes."""
    import tracemalloc

    seen = verify.Seen()
    tracemalloc.start()
    for n in range(0, 200_000, 1000):
        assert seen.add([("panel.Entry", str(pk), n) for pk in range(n, n + 1000)]) == set()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2_000_000
    assert seen.add([("panel.Entry", pk, 7) for pk in ("199999", "200000")]) == {("panel.Entry", "199999", 7)}
    assert seen.links("panel.Entry", [0, 200_001]) == {"0": 0}
    seen.close()
