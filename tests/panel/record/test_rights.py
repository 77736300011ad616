"""The web's role on PostgreSQL: what no page needs, the database refuses it, whatever it sends."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from panel.models import Draft, Duty, Entry, User
from panel.record import rights
from tests import build

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles"),
]
GIVEN = "SELECT, INSERT, UPDATE, DELETE"  # by the default privileges of docs/operating.md


@pytest.fixture
def cursor():
    """As the owner, with a web role that has what the manual gives it, and what is taken away again."""
    MigrationRecorder(connection).ensure_schema()  # which is not there where tests made the tables without migrations
    with connection.cursor() as c:
        c.execute("CREATE ROLE web_of_a_test")
        c.execute("GRANT USAGE ON SCHEMA public TO web_of_a_test")
        c.execute(f"GRANT {GIVEN} ON ALL TABLES IN SCHEMA public TO web_of_a_test")
        c.execute("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO web_of_a_test")
        assert ("web_of_a_test", Duty._meta.db_table) in rights.narrow(connection)
        assert rights.narrow(connection) == []  # a second migrate finds nothing to do
        yield c


def may(cursor, table, right) -> bool:
    cursor.execute("SELECT has_table_privilege('web_of_a_test', %s, %s)", [table, right])
    return cursor.fetchone()[0]


def test_the_web_role_deletes_nothing_of_the_record_and_writes_nothing_of_migrate(cursor):
    for table, taken in rights.never():
        for right in ("SELECT", *rights.EVERY_WRITE):
            assert may(cursor, table, right) == (right not in taken), (table, right)
    for model in (Draft, User):  # what pages write, and drafts are dropped
        assert all(may(cursor, model._meta.db_table, right) for right in rights.EVERY_WRITE)


def test_what_it_tries_all_the_same_is_refused_and_its_work_goes_on(cursor):
    world = build.make_world()
    case = build.log(world)
    cursor.execute("SET LOCAL ROLE web_of_a_test")
    for sql in (
        "DELETE FROM panel_duty", "DELETE FROM panel_membership", "DELETE FROM panel_identity", "DELETE FROM panel_link",
        "DELETE FROM django_migrations", "UPDATE django_migrations SET name = 'x'", "UPDATE auth_permission SET name = 'x'",
        "TRUNCATE panel_duty CASCADE", "DROP TABLE panel_duty", "ALTER TABLE panel_entry DISABLE TRIGGER ALL",
    ):  # fmt: skip
        with pytest.raises(ProgrammingError, match="permission denied|must be owner"), transaction.atomic():
            cursor.execute(sql)
    build.take(case, "note_contact", world.officer, kind="note", note="By the web's role.")
    assert Entry.objects.filter(case=case).count() == 2
    cursor.execute("RESET ROLE")
