"""What the web's role may not do on PostgreSQL, where an owner makes the tables (docs/operating.md). `post_migrate` takes it away.

The owner's default privileges let the web's role read and write every table, also of later versions. Two things it never
needs, whatever page is sent: to delete what has a history or is sealed, and to write what only `migrate` writes.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from panel.models import Chain, Link, User
from panel.record.digests import history_models, sealed_models

OF_MIGRATE = (
    MigrationRecorder.Migration, ContentType, Permission, Group, Group.permissions.through, User.groups.through,
    User.user_permissions.through,
)  # fmt: skip
EVERY_WRITE = ("INSERT", "UPDATE", "DELETE")


def never() -> Iterator[tuple[str, tuple[str, ...]]]:
    """(table, what nobody but its owner may do with it)."""
    audited = [model.instance_type for model in history_models()]
    for model in dict.fromkeys([*audited, *sealed_models(), Link, Chain]):
        yield model._meta.db_table, ("DELETE",)
    for model in OF_MIGRATE:
        yield model._meta.db_table, EVERY_WRITE


def narrow(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """Take it from everybody whom the present role, as owner, gave it; (role, table) of each."""
    if connection.vendor != "postgresql":
        return []
    found = []
    with connection.cursor() as c:
        for table, rights in never():
            c.execute(
                "SELECT DISTINCT grantee FROM information_schema.role_table_grants WHERE table_schema = current_schema() "
                "AND table_name = %s AND grantor = current_user AND grantee <> current_user AND privilege_type = ANY(%s)",
                [table, list(rights)],
            )
            for (role,) in c.fetchall():
                whom = role if role == "PUBLIC" else connection.ops.quote_name(role)
                c.execute(f"REVOKE {', '.join(rights)} ON {connection.ops.quote_name(table)} FROM {whom}")
                found.append((role, table))
    return found


def after_migrate(using: str, **kwargs: Any) -> None:
    """Once the tables are there."""
    narrow(connections[using])
