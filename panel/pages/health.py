"""Whether the server can do its work: what `/health/` answers, and what `check --deploy` could not know beforehand.

faults(connection) == {"store": "full"}      # {} when all is well

Nothing of it says anything about a case.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import DatabaseError

from panel.law import clock
from panel.models import Message
from panel.record import erasures, triggers

WELL = {
    "database": "answers", "tables": "there", "triggers": "as declared", "cache": "there", "store": "writable",
    "disk": "has room", "mail": "moving", "restore": "none",
}  # fmt: skip
LEAST_ROOM = 64 * 1024 * 1024  # bytes that must be free where the database and the documents lie
LONGEST_WAIT = timedelta(hours=2)  # of a mail that could be tried
ASKED = "health"  # a key of the cache


def state_of(connection: Any) -> dict[str, str]:
    """Each thing that must be, as it is."""
    found = dict(WELL)
    for what, said in _faults(connection):
        found[what] = said
    return found


def _faults(connection: Any) -> Iterator[tuple[str, str]]:
    if erasures.restoring_file().exists():
        yield "restore", "not finished"
    yield from _store()
    yield from _disk(connection)
    try:
        there = set(connection.introspection.table_names())
        if any(m._meta.db_table not in there for m in apps.get_models() if m._meta.managed and not m._meta.proxy):
            yield "tables", "missing: run migrate"
            yield "triggers", "not known"
            yield "mail", "not known"
        else:
            if triggers.compare(connection)[1]:
                yield "triggers", "not as declared"
            if waiting():
                yield "mail", "stands still"
    except DatabaseError:
        yield "database", "does not answer"
        for what in ("tables", "triggers", "cache", "mail"):
            yield what, "not known"
        return
    try:
        cache.set(ASKED, "1", 60)
        if cache.get(ASKED) != "1":
            yield "cache", "keeps nothing"
    except DatabaseError:
        yield "cache", "missing: run createcachetable"


def waiting() -> bool:
    """Whether a mail that could have been tried long ago still waits: nobody runs `send_mail`."""
    late = clock.now() - LONGEST_WAIT
    return bool(Message.objects.filter(state=Message.State.WAITING, next_at__lt=late).exists())


def _store() -> Iterator[tuple[str, str]]:
    """Whether a document could be kept now: tried, for a full disk looks like any other."""
    try:
        folder = Path(default_storage.path(""))
    except NotImplementedError:  # an object store
        try:
            default_storage.exists(ASKED)
        except Exception:
            yield "store", "does not answer"
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"\0" * 4096)
            file.flush()
    except OSError as error:
        yield "store", f"cannot be written: {error.strerror or type(error).__name__}"


def _disk(connection: Any) -> Iterator[tuple[str, str]]:
    """Whether there is room where documents and an SQLite database lie, and whether that can be written."""
    places = []
    with suppress(NotImplementedError):  # an object store has room of its own
        places.append(Path(default_storage.path("")))
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and Path(name).is_absolute():
        places.append(Path(name).parent)
        if Path(name).exists() and not os.access(name, os.W_OK):
            yield "disk", "the database cannot be written"
    for place in places:
        if place.exists() and shutil.disk_usage(place).free < LEAST_ROOM:
            yield "disk", "nearly full"
