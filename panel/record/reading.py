"""Reads rows so that a value which cannot be read, such as a month 13, hides nothing but itself.

for rows, unreadable in read(Entry.objects.order_by("pk"), ["pk", "step"]): ...   # [{...}], {pk: "answers, on"}
for links, unreadable in read(chain.links.order_by("seq")): ...                   # the same, as objects
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain, islice
from typing import Any, TypeVar

from django.db import InterfaceError, InternalError, OperationalError, connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

ROWS_READ_AT_ONCE = 500
T = TypeVar("T")
LOST = (OperationalError, InterfaceError, InternalError)  # the database itself does not answer


def batches(rows: Iterable[T], size: int = ROWS_READ_AT_ONCE) -> Iterator[list[T]]:
    """The rows in lists of at most that many."""
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        yield batch


def among(pks: Collection[Any]) -> Any:
    """What `pk__in` is given: the keys as one value. As one for each key, Django takes longer over them than the database
    over their rows."""
    if not all(type(pk) is int for pk in pks):
        return list(pks)
    if connection.vendor == "sqlite":
        return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(pks))])  # noqa: S611 - whole numbers
    return RawSQL("SELECT unnest(%s::bigint[])", [list(pks)])  # noqa: S611


def columns(rows: QuerySet[Any], names: Collection[str]) -> list[tuple[Collection[Any], Callable[[Any], Any] | None]]:
    """Of each of these columns: the values as the database gives them, in the rows' order, and what makes each of them what
    Python knows it as. Whoever meets one value a thousand times may so make it once."""
    compiler = rows.values_list(*names).query.get_compiler(rows.db)
    found = list(chain.from_iterable(compiler.execute_sql()))
    converters = compiler.get_converters([each[0] for each in compiler.select]) if found else {}
    values = list(zip(*found, strict=True)) if found else [()] * len(names)
    return [(values[n], _converter(*converters[n]) if n in converters else None) for n in range(len(names))]


def _converter(steps: Iterable[Callable[..., Any]], expression: Any) -> Callable[[Any], Any]:
    def convert(value: Any) -> Any:
        for step in steps:
            value = step(value, expression, connection)
        return value

    return convert


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
        return list(shown.filter(pk__in=among(pks))), {}
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
