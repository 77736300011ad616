"""What an erasure leaves outside the rows: SQLite's write-ahead log, in which the old pages stand until it is cut, and
PostgreSQL's dead rows.

    forget()         # at once after an erasure; what somebody still reads is cut when the next requests end
    vacuum()         # PostgreSQL, as the owner of the tables: `manage.py sweep_traces`
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.signals import request_finished
from django.db import DatabaseError, connection
from django.dispatch import receiver

from panel.models import CaseText, Draft, Entry
from panel.record.digests import erasable, sealed_models

waits = [False]  # of this process: whether a log could not be cut yet


def forget() -> bool:
    """Cut SQLite's log, so that no page of before stands in it; whether nothing of it is left. While somebody reads an older
    state it cannot be cut: then it is tried again at the end of each request, until it is."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return connection.vendor != "sqlite"
    try:
        with connection.cursor() as cursor:
            busy = bool(cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])
    except DatabaseError:
        busy = True
    waits[0] = busy
    return not busy


@receiver(request_finished)
def again(**kwargs: Any) -> None:
    """Try again what had to wait."""
    if waits[0]:
        forget()


def passing() -> list[Any]:
    """Models whose rows hold what somebody sent and has not entered, and go after a while: `PASSES_AFTER`."""
    return [model for model in apps.get_models() if hasattr(model, "PASSES_AFTER")]


def tables() -> Iterator[str]:
    """The tables of which an erasure blanks columns, and their histories."""
    for model in (*sealed_models(), *(m.instance_type for m in sealed_models() if hasattr(m, "instance_type"))):
        if erasable(model) or model is Entry:
            yield model._meta.db_table
    for model in (CaseText, Draft, *passing()):
        yield model._meta.db_table


def vacuum() -> list[str]:
    """Write PostgreSQL's tables anew without the rows of before; only their owner may. The tables that were written."""
    if connection.vendor != "postgresql":
        return []
    done = sorted(set(tables()))
    with connection.cursor() as cursor:
        for table in done:
            cursor.execute(f'VACUUM (FULL) "{table}"')
    return done
