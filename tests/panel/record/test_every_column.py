"""One value changed in every column of every table, behind the application: the record names it, or NOT_SEALED says why that
column is nobody's evidence. Tables and columns are read from the schema, so that a new one is tried by itself."""

import importlib.util
import json
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.utils import timezone

from panel.models import Link, Opening, SignIn
from panel.record import triggers, verify
from panel.record.act import sealed_act
from panel.record.export import exported
from tests import build
from tests.hearings import build as hearings
from tests.steps import at, take

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
VERIFIER = Path(__file__).resolve().parents[3] / "docs" / "verify_export.py"

NOT_SEALED = {  # tables, or "table.column", whose change proves nothing about a case, and why
    "panel_link.id": "a link is known by its chain and number; a row that names it by its key is found",
    "django_content_type": "names of models, made by migrate",
    "django_session": "who is signed in now",
    "panel_draft": "what somebody typed and has not entered",
    "panel_casetext": "words to find a case by: no part of the record, made anew from it by each step and by rebuild_search",
    "panel_letterdraft": "what somebody writes and has not sent",
    "panel_user.last_login": "of signing in, which is sealed by itself", "panel_user.date_joined": "when it was made",
    "panel_user.session_round": "ends sessions", "panel_user.is_staff": "not used", "panel_user.is_demo": "of the demonstration",
    "panel_user.id": "the rows that name it are found",
    "mfa_authenticator": "the second factor of an account: to be sealed beside it",
    "auth_group": "not used", "auth_group_permissions": "not used", "auth_permission": "not used",
    "panel_user_groups": "not used", "panel_user_user_permissions": "not used",
    "account_emailaddress": "not used", "account_emailconfirmation": "not used",
    "socialaccount_socialapp": "not used", "socialaccount_socialaccount": "whose council account it is", "socialaccount_socialtoken": "not used",
}  # fmt: skip


@pytest.fixture(scope="module")
def record(django_db_setup, django_db_blocker):
    """A panel with a complaint, a document, a hearing and whoever looked at them; the triggers are gone. Nothing of it is
    committed."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = build.make_world()
        case = take(world, at(world, "sub_panel"), "add_documents")
        Opening.objects.create(panel=world.panel, case=case, by=world.mo, kind="case", page="case", at=timezone.now())
        with sealed_act(None, by=world.mo, name="sign_in") as act:
            act.rows.append(SignIn.objects.create(user=world.mo, what="sign_in", at=timezone.now()))
        hearings.at(world, "heard", 8)
        triggers.drop(connection)
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def tampered(record, db):
    """What a test changes is undone."""
    with transaction.atomic():
        yield record
        transaction.set_rollback(True)


def tables():
    """Every table with a row that this database has: (model, its first row as the columns hold it)."""
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.proxy:
            continue
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}" ORDER BY "{model._meta.pk.column}" LIMIT 1')
            row = cursor.fetchone()
            if row is not None:
                yield model, dict(zip([c[0] for c in cursor.description], row, strict=True))


def other(field, value):
    """Another value for the column, which it can hold."""
    field = field.target_field if field.is_relation else field
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.JSONField):
        return '{"x": {"fields": [], "digests": {}}}'
    if isinstance(field, models.UUIDField):
        return "00000000000000000000000000000001"
    if isinstance(field, models.DateTimeField):
        return "2001-01-01 00:00:00+00"
    if isinstance(field, models.DateField):
        return "2001-01-01"
    if isinstance(field, models.IntegerField):
        return 30_000 if value != 30_000 else 29_999  # no row has that key, and no number of a step is so large
    return f"{value or ''}x"[-(field.max_length or 200) :]


def put(model, row, field, value):
    """Change one value by raw SQL, and say whether the database takes it."""
    key = model._meta.pk.column
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            sql = f'UPDATE "{model._meta.db_table}" SET "{field.column}" = %s WHERE "{key}" = %s'
            cursor.execute(sql, [value, row[key]])
    except Exception:
        return False
    return True


def names(model, row) -> list[str]:
    """How a fault names a row of the table: by the model, its history (which changes with it in the same round) or its place
    in the chain."""
    live = getattr(model, "instance_type", model)
    history = [live.history.model._meta.label] if hasattr(live, "history") else []
    parents = [parent._meta.label for parent in live._meta.get_parent_list()]
    children = [c._meta.label for c in apps.get_models() if live in c._meta.get_parent_list()]
    own = {"panel.Link": ["link"], "panel.Chain": ["link", "chain", "installation"]}.get(live._meta.label, [])
    return [model._meta.label, live._meta.label, *history, *parents, *children, *own]


def columns():
    """(model, row, field) in rounds: each round has one column of every table."""
    found = [[(m, row, f) for f in m._meta.local_concrete_fields] for m, row in tables()]
    found = [rows for rows in found if rows[0][0]._meta.db_table not in NOT_SEALED]
    for number in range(max(map(len, found))):
        yield [rows[number] for rows in found if number < len(rows)]


def test_every_table_of_the_record_has_a_row_to_change(tampered):
    with_rows = {model._meta.label for model, _ in tables()}
    assert {"panel.Entry", "panel.Move", "panel.Link", "panel.Opening", "panel.SignIn", "panel.Document", "panel.Duty",
            "complaints.Complaint", "complaints.Allegation", "hearings.Hearing"} <= with_rows  # fmt: skip
    assert [str(f) for f in verify.verify()] == []


def test_a_change_of_any_column_of_any_table_is_named(tampered):
    """Those of one round together: so that one change does not hide another, either."""
    unnamed = []
    for round_ in columns():
        apart = [c for c in round_ if c[0]._meta.label in ("panel.Link", "panel.Chain", "panel.Panel", "panel.User")]
        for some in ([c for c in round_ if c not in apart], *[[c] for c in apart]):
            point = transaction.savepoint()
            changed = [(m, row, f) for m, row, f in some if put(m, row, f, other(f, row[f.column]))]
            said = "\n".join(str(f) for f in verify.verify())
            transaction.savepoint_rollback(point)
            unnamed += [
                f"{m._meta.db_table}.{f.column}" for m, row, f in changed if not any(n in said for n in names(m, row))
            ]
            assert "cannot be read further" not in said
    assert [name for name in unnamed if name not in NOT_SEALED] == []


UNREADABLE = (
    {models.JSONField: "{", models.UUIDField: "x", models.DateField: "2026-13-45", models.DateTimeField: "2026-13-45 99:99:99"}
    if connection.vendor == "sqlite"
    else {models.DateField: "infinity", models.DateTimeField: "infinity"}
)  # fmt: skip


def unreadable(field):
    """A value that the column holds and nobody can read, or None."""
    return UNREADABLE.get(type(field))


@pytest.mark.deep
def test_what_cannot_be_read_hides_nothing_but_itself(tampered):
    """The first row of every table has such a value, and the last one of it is changed: both are named, one by its column."""
    unnamed, tried = [], set()
    for round_ in columns():
        for m, row, f in [c for c in round_ if unreadable(c[2])]:
            if (m, type(f)) in tried:
                continue
            tried.add((m, type(f)))
            point = transaction.savepoint()
            last = m._base_manager.order_by("-pk").values("pk").first()["pk"]
            text = next(
                (
                    c
                    for c in m._meta.local_concrete_fields
                    if type(c) is models.CharField and not c.is_relation and not c.unique
                ),
                None,
            )
            if put(m, row, f, unreadable(f)):
                more = (
                    text is not None
                    and last != row[m._meta.pk.column]
                    and put(m, {m._meta.pk.column: last}, text, "zz")
                )
                said = [str(x) for x in verify.verify()]
                if not any("cannot be read: " in x and f.attname in x for x in said):
                    unnamed.append((m._meta.db_table, f.column, said[:2]))
                if more and m is not Link and not any(f"{name} {last}" in x for x in said for name in names(m, row)):
                    unnamed.append((m._meta.db_table, f.column, "hides the last row", said[:4]))
                for line in checked_outside():
                    assert "Traceback" not in line
            transaction.savepoint_rollback(point)
    assert unnamed == []


def checked_outside(lines=None):
    """What the script for outsiders says of the export."""
    spec = importlib.util.spec_from_file_location("verify_export", VERIFIER)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    said = []
    checker = script.Checker([])
    checker.fault = lambda where, what: said.append(f"{where}: {what}")
    for line in exported() if lines is None else lines:
        checker.line(line)
    checker.close()
    return said


def pieces(value, path=()):
    """Every place in a line of the export."""
    yield path
    for key, inner in (
        value.items() if isinstance(value, dict) else enumerate(value[:3]) if isinstance(value, list) else ()
    ):
        yield from pieces(inner, (*path, key))


@pytest.mark.parametrize(
    "wrong",
    [5, {}, *(pytest.param(w, marks=pytest.mark.deep) for w in (None, "x", [], [[]], {"x": 1}, True, "9" * 5000))],
)
def test_the_script_names_a_fault_whatever_stands_in_the_file(tampered, wrong):
    lines = list(exported())
    assert checked_outside(lines) == []
    for number in (0, 1, len(lines) // 2, len(lines) - 1):
        whole = json.loads(lines[number])
        for path in list(pieces(whole))[:150]:
            spoilt = json.loads(lines[number])
            inner = spoilt
            for step in path[:-1]:
                inner = inner[step]
            if path:
                if inner[path[-1]] == wrong:
                    continue
                inner[path[-1]] = wrong
            else:
                spoilt = wrong
            said = checked_outside([*lines[:number], json.dumps(spoilt), *lines[number + 1 :]])
            harmless = path and path[-1] in ("made", "panel", "waits", "format", "chain") or path[:1] in (("content",),)
            assert said or harmless, (number, path)
    for text in ("", "[", "[" * 100_000, "null", "\x00", '{"kind": ["x"]}'):
        assert checked_outside([*lines[:2], text, *lines[2:]]) or not text
