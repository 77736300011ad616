"""Reads rows so that a value which cannot be read, such as a month 13, hides nothing but itself.

for rows, unreadable in read(Entry.objects.order_by("pk"), ["pk", "step"]): ...   # [{...}], {pk: "answers, on"}
for links, unreadable in read(chain.links.order_by("seq")): ...                   # the same, as objects
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from django.db import InterfaceError, InternalError, OperationalError
from django.db.models import QuerySet

ROWS_READ_AT_ONCE = 500
T = TypeVar("T")
LOST = (OperationalError, InterfaceError, InternalError)  # the database itself does not answer


def batches(rows: Iterable[T], size: int = ROWS_READ_AT_ONCE) -> Iterator[list[T]]:
    """The rows in lists of at most that many."""
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        yield batch


def read(
    rows: QuerySet[Any], fields: Collection[str] = (), size: int = ROWS_READ_AT_ONCE
) -> Iterator[tuple[list[Any], dict[Any, str]]]:
    """Yield the rows in their order, so many at a time: these columns of each, or whole objects; and of rows that cannot
    be read, {pk: the columns that cannot}."""
    keys = rows.values_list("pk", flat=True).iterator(chunk_size=size)
    for pks in batches(keys, size):
        found, unreadable = read_some(rows, pks, fields)
        place = {pk: n for n, pk in enumerate(pks)}
        found.sort(key=lambda row: place[row["pk"] if fields else row.pk])
        yield found, unreadable


def read_some(
    rows: QuerySet[Any], pks: Collection[Any], fields: Collection[str] = ()
) -> tuple[list[Any], dict[Any, str]]:
    """The same of those of the rows that have these keys, in any order."""
    some = rows.order_by()
    names = list(dict.fromkeys(["pk", *fields])) if fields else []
    shown = some.values(*names) if fields else some
    try:
        return list(shown.filter(pk__in=pks)), {}
    except LOST:
        raise
    except Exception:
        found, unreadable = [], {}
    for pk in pks:
        try:
            found += list(shown.filter(pk=pk))
        except LOST:
            raise
        except Exception:
            known = names or [f.attname for f in rows.model._meta.concrete_fields]
            unreadable[pk] = ", ".join(name for name in known if not _reads(rows.model, pk, name))
    return found, unreadable


def _reads(model: Any, pk: Any, name: str) -> bool:
    try:
        list(model._base_manager.filter(pk=pk).order_by().values_list(name, flat=True))
    except LOST:
        raise
    except Exception:
        return False
    return True
