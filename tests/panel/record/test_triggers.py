"""The database's part: whoever writes, no status without a declared step, and nothing on the record is changed."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from complaints.models import Allegation, Complaint
from panel.models import Case, Entry, Link, Move, Opening, Part, SignIn, StatusWithoutStep
from panel.procedure.register import procedures
from panel.record import triggers
from panel.record.act import sealed_act
from panel.record.digests import sealed_models
from tests import build
from tests.steps import ON, RECEIVED, at, fresh, statuses, take
from tests.written import nothing_written

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
ONLY_SQLITE = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite only")
ONLY_POSTGRESQL = pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL only")


@pytest.fixture
def world(db):
    """Exshire, without a complaint."""
    return build.make_world()


@pytest.fixture
def case(world):
    """A recorded complaint with a second allegation that is only received, and a document."""
    case = take(world, build.log(world, on=RECEIVED, allegations=2), "record", parts=["1"])
    return take(world, case, "add_documents")


def refused(says=None):
    """The database refuses, and the transaction around it goes on."""
    return pytest.raises(IntegrityError, match=says)


def sql(statement, *params):
    """Raw SQL in a transaction of its own."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, params)


# Append-only

APPEND_ONLY = [m._meta.db_table for m in (*sealed_models(), Link)]


def test_history_entries_moves_and_links_are_never_changed_or_removed(world, case):
    tried = set()
    for model in (*sealed_models(), Link):
        row = model._base_manager.order_by("pk").first()
        if row is None:
            continue  # its triggers are there all the same: the next test
        table, pk = model._meta.db_table, model._meta.pk.column
        column = {"panel_entry": "step", "panel_move": "target", "panel_link": "act"}.get(table, "history_type")
        before = model._base_manager.filter(pk=row.pk).values().get()
        with refused("append-only"):
            sql(f"UPDATE {table} SET {column} = 'x' WHERE {pk} = %s", row.pk)
        with refused("append-only"):
            sql(f"DELETE FROM {table} WHERE {pk} = %s", row.pk)
        with refused("append-only"), transaction.atomic():
            model._base_manager.filter(pk=row.pk).update(**{column: "x"})
        with refused("append-only"), transaction.atomic():
            model._base_manager.filter(pk=row.pk)._raw_delete(using="default")
        assert model._base_manager.filter(pk=row.pk).values().get() == before
        tried.add(table)
    assert {"panel_entry", "panel_move", "panel_link", "complaints_historicalcomplaint"} <= tried
    assert len(tried) > 14


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_every_table_of_the_record_has_its_triggers(table):
    held = {key[2] for key in triggers.compare(connection)[0] if key[1] == table}
    expected = {"UPDATE", "DELETE"} | ({"TRUNCATE"} if connection.vendor == "postgresql" else set())
    assert expected <= held


def put_in(verb, table, row):
    """A row by raw SQL, in the words of SQLite that take another row's place."""
    names = ", ".join(f'"{name}"' for name in row)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{verb} INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(row))})", list(row.values()))


def as_stored(table, key, pk):
    """The row as its columns hold it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE {key} = %s", [pk])
        return dict(zip([column[0] for column in cursor.description], cursor.fetchone(), strict=True))


@ONLY_SQLITE
@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE"])
def test_no_row_of_the_record_is_replaced_by_one_of_the_same_key(world, case, verb):
    """SQLite takes the old row away without asking its DELETE trigger, unless `recursive_triggers` is set: a setting of the
    connection, which an attacker's has not."""
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA recursive_triggers").fetchone() == (0,)
    with sealed_act(None, by=None, name="sign_in"):
        SignIn.objects.create(what="sign_in", at=timezone.now(), user=world.officer)
    Opening.objects.create(panel=world.panel, by=world.mo, at=timezone.now(), kind="page", page="case")
    tried = set()
    for model in (*sealed_models(), Link, Case, Part):
        row = model._base_manager.order_by("pk").first()
        if row is None:
            continue
        table, key = model._meta.db_table, model._meta.pk.column
        before = as_stored(table, key, row.pk)
        with refused():
            put_in(verb, table, before)
        if any(hasattr(c, "fields") for c in model._meta.constraints):
            with refused():
                put_in(verb, table, {**before, key: 1_000_000})
        assert as_stored(table, key, row.pk) == before
        tried.add(table)
    assert {
        "panel_entry",
        "panel_move",
        "panel_link",
        "panel_case",
        "panel_part",
        "panel_opening",
        "panel_signin",
    } <= tried


@ONLY_SQLITE
def test_no_case_takes_the_key_of_another(world, case):
    other = build.log(world)
    for model in (Case, Part):
        table = model._meta.db_table
        first, second = model.objects.order_by("pk")[:2]
        with refused("nothing on the record is replaced"):
            sql(f"UPDATE OR REPLACE {table} SET id = %s WHERE id = %s", second.pk, first.pk)
    with refused("nothing on the record is replaced"):
        sql("UPDATE OR REPLACE panel_case SET reference = %s WHERE id = %s", other.reference, case.pk)
    assert Case.objects.filter(pk__in=[case.pk, other.pk]).count() == 2


@ONLY_POSTGRESQL
def test_they_are_not_truncated(db):
    for table in APPEND_ONLY:
        with refused("append-only"):
            sql(f"TRUNCATE {table} CASCADE")


def test_personal_columns_may_be_blanked_and_nothing_else_with_them(world, case):
    entry = case.entries.order_by("number").last()
    with refused("append-only"):
        sql("UPDATE panel_entry SET why = '', answers = '{}', salt = '', step = 'other' WHERE id = %s", entry.pk)
    with refused("append-only"):
        sql("UPDATE panel_entry SET why = 'Something else' WHERE id = %s", entry.pk)
    with refused("append-only"):
        sql("UPDATE panel_entry SET why = '' WHERE id = %s", entry.pk)  # half of it: the salt would stay
    sql("UPDATE panel_entry SET why = '', answers = '{}', salt = '' WHERE id = %s", entry.pk)


def test_the_old_step_cannot_be_saved_again_with_other_answers(case):
    entry = case.entries.order_by("number").last()
    entry.answers = {"description": "Another bundle"}
    with refused("append-only"), transaction.atomic():
        entry.save()


@pytest.mark.parametrize("model", [Case, Part])
def test_cases_and_allegations_are_not_deleted(case, model):
    table = model._meta.db_table
    pk = model.objects.order_by("pk").first().pk
    with refused("nothing on the record is deleted"):
        sql(f"DELETE FROM {table} WHERE id = %s", pk)


# Status


def test_a_status_is_not_saved(world, case):
    part = Allegation.objects.get(case=case, number=1)
    part.status = "closed"
    case.status = "closed"
    for row in (part, case):
        act = sealed_act(world.panel, by=None, name="x")
        with nothing_written(), pytest.raises((IntegrityError, StatusWithoutStep)), act:
            row.save()
    assert (fresh(case).status, statuses(case)) == ("recorded", ["recorded", "received"])


@pytest.mark.parametrize("model", [Case, Complaint, Part, Allegation])
def test_a_status_is_not_updated_in_bulk(case, model):
    with refused(), transaction.atomic():
        model.objects.update(status="closed")
    row = model.objects.first()
    row.status = "closed"
    with refused(), transaction.atomic():
        model.objects.bulk_update([row], ["status"])
    assert statuses(case) == ["recorded", "received"]


@pytest.mark.parametrize("table", ["panel_case", "panel_part"])
@pytest.mark.parametrize("status", ["closed", "received", "", "nonsense"])
def test_a_status_is_not_set_by_raw_sql(case, table, status):
    if table == "panel_part":
        where, says = "number = 1", "a status is changed by a step"
    else:
        where, says = "1 = 1", "a case stands where its furthest part stands"
    with refused(says):
        sql(f"UPDATE {table} SET status = %s WHERE {where}", status)


def test_a_case_does_not_count_entries_it_has_not(case):
    with refused("a case stands where its furthest part stands"):
        sql("UPDATE panel_case SET version = version + 1")


def test_a_row_loaded_before_somebody_elses_step_is_not_saved(world, case):
    stale = fresh(case)
    take(world, case, "note_contact")
    with refused(), transaction.atomic(), sealed_act(world.panel, by=None, name="x"):
        stale.save()


@pytest.mark.parametrize("model", [Complaint, Allegation])
def test_nothing_comes_into_the_register_with_a_status(world, case, model):
    row = {
        Allegation: {"case": case, "number": 9, "what": "Smuggled"},
        Complaint: {
            "panel": world.panel, "procedure": "complaints", "reference": "EX-C-2026-0099", "year": 2026, "serial": 99,
            "title": "Smuggled", "received_on": RECEIVED, "channel": "email", "complainant_kind": "public",
        },
    }[model]  # fmt: skip
    act = sealed_act(world.panel, by=None, name="x")
    with nothing_written(), refused("a status is set by a step"), act:
        model.objects.create(**row, status="closed")


# Moves


def entry_by_hand(case, step, number=None):
    """An entry written past the application."""
    return Entry.objects.create(
        panel=case.panel, case=case, number=number or case.version + 1, step=step, on=ON, entered_at=timezone.now()
    )


@pytest.mark.parametrize(
    "step, source, target",
    [
        ("filter", "recorded", "closed"),  # declared step, undeclared target
        ("close", "recorded", "closed"),  # declared step from a state it does not start from
        ("uphold", "recorded", "closed"),  # no such step
        ("filter", "received", "filtered"),  # not where the allegation stands
        ("filter", "recorded", "nonsense"),
        ("note_contact", "recorded", "filtered"),  # a note moves nothing
        ("log", "", "received"),  # it is in the register already
    ],
)
def test_a_move_that_no_step_declares_is_refused(case, step, source, target):
    part = case.parts.get(number=1)
    with refused("not a declared step"), transaction.atomic():
        Move.objects.create(entry=entry_by_hand(case, step), part=part, source=source, target=target)
    assert not Entry.objects.filter(step=step, number=case.version + 1).exists()


def test_a_move_belongs_to_the_case_of_its_entry_and_to_its_last_one(world, case):
    other = at(world, "recorded")
    part = case.parts.get(number=1)
    with refused("not a declared step"), transaction.atomic():
        entry = entry_by_hand(other, "filter")
        Move.objects.create(entry=entry, part=part, source="recorded", target="filtered")
    with refused("not a declared step"), transaction.atomic():
        entry = entry_by_hand(case, "filter", number=case.version + 5)
        Move.objects.create(entry=entry, part=part, source="recorded", target="filtered")
    with refused("not a declared step"), transaction.atomic():
        old = case.entries.get(step="record")
        Move.objects.create(entry=old, part=case.parts.get(number=2), source="received", target="recorded")


def test_a_declared_move_is_let_in_but_the_case_must_follow(case):
    part = case.parts.get(number=1)
    with transaction.atomic():
        entry = entry_by_hand(case, "filter")
        Move.objects.create(entry=entry, part=part, source="recorded", target="filtered")
        Part.objects.filter(pk=part.pk).update(status="filtered")
        with refused(), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(status="recorded", version=entry.number + 1)
        with refused(), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(status="closed", version=entry.number)
        Case.objects.filter(pk=case.pk).update(status="filtered", version=entry.number)
        transaction.set_rollback(True)


def test_the_trigger_knows_every_declared_move_of_every_procedure():
    text = next(body for key, body in triggers.compare(connection)[0].items() if key[1:] == ("panel_move", "INSERT"))
    listed = set(re.findall(r"'([a-z_0-9]+)\|([a-z_0-9]+)\|([a-z_0-9]*)\|([a-z_0-9]*)'", text))
    assert listed == {(p.key, *move) for p in procedures().values() for move in p.moves()}


# As declared


def test_after_a_migrate_they_are_as_declared_and_making_them_again_changes_nothing(db):
    want, stale, have = triggers.compare(connection)
    assert (stale, len(want)) == ([], len(have))
    assert triggers.sync(connection) == []
    names = [key[0] for key in want]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) < 63  # PostgreSQL cuts a longer one, and two could become one


def test_migrate_makes_them_again(db):
    triggers.drop(connection)
    assert triggers.compare(connection)[2] == {}
    call_command("migrate", verbosity=0)
    assert triggers.compare(connection)[1] == []
    call_command("migrate", verbosity=0)
    assert triggers.compare(connection)[1] == []


def test_a_dropped_trigger_is_reported_and_made_again(db):
    triggers.drop(connection, ["law_panel_part_update"])
    assert triggers.compare(connection)[1] == ["law_panel_part_update"]
    assert [w.id for w in triggers.as_declared(None, ["default"])] == ["panel.W001"]
    assert triggers.sync(connection) == ["law_panel_part_update"]
    assert triggers.as_declared(None, ["default"]) == []


def test_an_altered_trigger_is_reported_and_made_again(db):
    triggers.drop(connection, ["law_panel_part_delete"])
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute('CREATE TRIGGER "law_panel_part_delete" BEFORE DELETE ON "panel_part" BEGIN SELECT 1; END')
        else:
            cursor.execute(
                'CREATE FUNCTION "law_panel_part_delete"() RETURNS trigger LANGUAGE plpgsql AS '
                "$law$BEGIN RETURN OLD; END$law$"
            )
            cursor.execute(
                'CREATE TRIGGER "law_panel_part_delete" BEFORE DELETE ON "panel_part" FOR EACH ROW '
                'EXECUTE FUNCTION "law_panel_part_delete"()'
            )
    assert triggers.compare(connection)[1] == ["law_panel_part_delete"]
    assert triggers.sync(connection) == ["law_panel_part_delete"]
    assert triggers.compare(connection)[1] == []


@ONLY_POSTGRESQL
def test_a_disabled_trigger_is_reported(db):
    with connection.cursor() as cursor:
        cursor.execute('ALTER TABLE panel_part DISABLE TRIGGER "law_panel_part_update"')
    assert triggers.compare(connection)[1] == ["law_panel_part_update"]


def test_one_that_nobody_declares_any_more_goes(db):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute('CREATE TRIGGER "law_old" BEFORE DELETE ON "panel_part" BEGIN SELECT 1; END')
        else:
            cursor.execute(
                'CREATE FUNCTION "law_old"() RETURNS trigger LANGUAGE plpgsql AS $law$BEGIN RETURN OLD; END$law$'
            )
            cursor.execute(
                'CREATE TRIGGER "law_old" BEFORE DELETE ON "panel_part" FOR EACH ROW EXECUTE FUNCTION "law_old"()'
            )
    assert triggers.sync(connection) == ["law_old"]


def test_an_office_database_is_not_flushed(db, settings):
    settings.TESTING = settings.DEMO = settings.DEBUG = False
    with pytest.raises(CommandError, match="This is the record"):
        call_command("flush", interactive=False, verbosity=0)
    assert triggers.compare(connection)[1] == []
