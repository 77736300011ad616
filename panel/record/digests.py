"""What a link seals, and how a row becomes a digest: one place for whoever writes the journal and whoever checks it.

digests(Entry, [1, 2], fields) == {"1": "9f2c", "2": "41aa.3b07"}     # "public" or "public.personal", 64 digits each

An act named "erase" seals rows a second time, once their personal columns and salts are blank. Of an earlier seal of such
a row the public half must still hold; its personal half proves nothing any more, and no guess either.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from json.encoder import c_make_encoder, encode_basestring_ascii  # type: ignore[attr-defined]
from types import NoneType
from typing import Any, Protocol
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet

from panel.models import Entry, Link, Move, Opening, SignIn
from panel.record.reading import LOST, ROWS_READ_AT_ONCE, among, batches, columns, read_some

ERASE = "erase"  # the act that may blank what is personal


def history_models() -> list[Any]:
    """Every history model, by label."""
    found = [m for m in apps.get_models() if hasattr(m, "instance_type") and hasattr(m, "history_id")]
    return sorted(found, key=lambda m: m._meta.label)


def sealed_models() -> list[Any]:
    """Every model whose rows a link seals, and which the database keeps append-only."""
    return [*history_models(), Entry, Move, Opening, SignIn]


def erasable(model: Any) -> dict[str, Any]:
    """{column: what it is blanked to} of the model's personal columns, its history's salt included."""
    base = getattr(model, "instance_type", model)
    personal = dict(getattr(base, "ERASABLE", {}))
    if personal and model is not base:
        personal["salt"] = ""
    return personal


def blank_half(model: Any, fields: Iterable[str]) -> str:
    """The personal half of a digest of a row that was erased; "" where the model has none."""
    personal = erasable(model)
    apart = {f: personal[f] for f in personal.keys() & set(fields)}
    return sha(apart) if apart else ""


def mark_of(model: Any) -> str:
    """The column that names the link by which a row was sealed afterwards, or "": it is no part of the digest, and may
    be set once."""
    return getattr(model, "SEALED_BY", "")


def fields_of(model: Any) -> list[str]:
    """The columns that a digest is made of."""
    return [f.attname for f in model._meta.concrete_fields if f.attname != mark_of(model)]


def plain(value: Any) -> str:
    """The one text of a value in a digest. Times go to the millisecond: dumpdata keeps no more. Raises TypeError."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    if isinstance(value, date | Decimal | UUID):
        return str(value)
    raise TypeError(f"no digest of {type(value)}")


# What `json.dumps(value, sort_keys=True, default=plain)` makes for each value anew, made once.
ENCODER = json.JSONEncoder(sort_keys=True, default=plain)
PIECES = (
    c_make_encoder(None, plain, encode_basestring_ascii, None, ": ", ", ", True, False, True)
    if c_make_encoder
    else None
)


def text_of(value: Any) -> str:
    """A value's canonical JSON."""
    if type(value) is str:  # the most of them by far
        return str(encode_basestring_ascii(value))
    if type(value) is int:
        return str(value)
    return "".join(PIECES(value, 0)) if PIECES else ENCODER.encode(value)


def sha(value: Any) -> str:
    """SHA-256 of a value's canonical JSON, in hexadecimal."""
    return hashlib.sha256(text_of(value).encode()).hexdigest()


def contents(
    model: Any,
    pks: Iterable[Any],
    fields: Iterable[str],
    loaded: dict[int, Any] | None = None,
    unreadable: dict[str, str] | None = None,
) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Yield (pk, public columns, personal columns) of the rows as the database gives them back; of `loaded`, {pk: row},
    where they have been read already. What cannot be read is put into `unreadable`, {pk: which columns}."""
    fields = list(fields)
    personal = erasable(model).keys() & set(fields)
    if loaded is None:
        rows = _read_batches(model, pks, fields, {} if unreadable is None else unreadable)
    else:
        rows = ({"pk": pk, **{f: getattr(loaded[pk], f) for f in fields}} for pk in map(int, pks) if pk in loaded)
    for row in rows:
        pk = str(row.pop("pk"))
        apart = {f: row.pop(f) for f in personal}
        yield pk, row, apart


def _read_batches(
    model: Any, pks: Iterable[Any], fields: list[str], unreadable: dict[str, str]
) -> Iterator[dict[str, Any]]:
    for some in batches(pks):
        found, failed = read_some(model._base_manager.all(), some, fields)
        unreadable.update({str(pk): columns for pk, columns in failed.items()})
        yield from found


UNREADABLE = "?"  # what stands instead of a digest, before the columns that cannot be read


def digests(
    model: Any, pks: Iterable[Any], fields: Iterable[str], loaded: dict[int, Any] | None = None
) -> dict[str, str]:
    """{pk: "public" or "public.personal"} of those rows; "?" and the columns of one that cannot be read."""
    fields = list(fields)
    if loaded is not None:
        return _one_by_one(model, pks, fields, loaded)
    found: dict[str, str] = {}
    for some in batches(pks):
        try:
            found.update(_by_column(model, [int(pk) for pk in some], fields))
        except LOST:
            raise
        except Exception:  # one value among them cannot be read
            found.update(_one_by_one(model, some, fields))
    return found


def _one_by_one(
    model: Any, pks: Iterable[Any], fields: list[str], loaded: dict[int, Any] | None = None
) -> dict[str, str]:
    unreadable: dict[str, str] = {}
    found = {
        pk: sha(public) + ("." + sha(apart) if apart else "")
        for pk, public, apart in contents(model, pks, fields, loaded, unreadable)
    }
    return found | {pk: UNREADABLE + columns for pk, columns in unreadable.items()}


def _by_column(model: Any, pks: list[int], fields: list[str]) -> Iterator[tuple[str, str]]:
    """The same, a few times as fast: the text of a row's JSON is put together from the texts of its values, and one that
    many rows share is made once."""
    halves = [sorted(half) for half in _halves(model, fields)]
    rows = model._base_manager.order_by().filter(pk__in=among(pks))
    (keys, _), *values = columns(rows, ["pk", *halves[0], *halves[1]])
    texts = [_texts(column, convert) for column, convert in values]
    public, apart = (_in_json(half, texts[at:]) for half, at in zip(halves, (0, len(halves[0])), strict=True))
    sha256 = hashlib.sha256
    if not halves[1]:
        return ((str(pk), sha256(one.encode()).hexdigest()) for pk, one in zip(keys, public, strict=True))
    return (
        (str(pk), f"{sha256(one.encode()).hexdigest()}.{sha256(other.encode()).hexdigest()}")
        for pk, one, other in zip(keys, public, apart, strict=True)
    )


def _halves(model: Any, fields: list[str]) -> tuple[set[str], set[str]]:
    personal = erasable(model).keys() & set(fields)
    return set(fields) - personal, personal


def _in_json(names: list[str], texts: list[Iterable[str]]) -> Iterable[str]:
    """The JSON object of each row, of the texts of its values."""
    pattern = "{" + ", ".join(f"{text_of(name)}: %s" for name in names) + "}"
    return map(pattern.__mod__, zip(*texts[: len(names)], strict=True))


MADE_ONCE = (str, int, bool)  # of equal ones of one of these types, the texts are equal: not so 0.0 and -0.0


def _texts(values: Collection[Any], convert: Callable[[Any], Any] | None) -> Iterable[str]:
    """The canonical JSON of each value of a column."""

    def made(value: Any) -> str:
        return text_of(convert(value) if convert else value)

    types = set(map(type, values)) - {NoneType}
    if len(types) > 1 or types.difference(MADE_ONCE):
        return map(made, values)
    once = {value: made(value) for value in set(values)}
    return map(once.__getitem__, values)


def link_seal(link: Link) -> str:
    """What the link's own seal must be."""
    return sha([link.chain_id, link.seq, link.entry_id, link.act, link.by_id, link.at, link.rows, link.prev])


@dataclass(frozen=True)
class Fault:
    """Something that is not as it was sealed."""

    what: str
    where: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


class Erasures(Protocol):
    """Says which rows were sealed anew by an erasure: `Erased`, or `verify.Seen`."""

    def since(self, label: str, pks: Collection[Any]) -> dict[str, int]:
        """{pk: the number of the link that erased it} of those of these rows that were erased."""


class Sealed(Erasures, Protocol):
    """Collects which rows are sealed: `verify.Seen`."""

    def add(self, rows: Collection[tuple[str, str, int]]) -> set[tuple[str, str, int]]:
        """Note rows, as (label, pk, number of the link that seals them). Gives those that another had sealed before."""


class Erased:
    """Which rows were sealed anew by an erasure, looked up only when some row no longer fits its seal: first among the
    erasures of the links' own cases, then among all of their chains (a complainant may have gone with another case)."""

    def __init__(self, links: Iterable[Link]) -> None:
        self.links = Link.objects.filter(chain__in={link.chain_id for link in links}, act=ERASE).order_by("seq")
        self.entries = {link.entry_id for link in links}

    @cached_property
    def _own(self) -> dict[str, dict[str, int]]:
        cases = Entry.objects.filter(pk__in=self.entries).values("case")
        return self._read(self.links.filter(entry__case__in=cases))

    @cached_property
    def _all(self) -> dict[str, dict[str, int]]:
        return self._read(self.links)

    def _read(self, links: QuerySet[Link]) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for seq, sealed in links.values_list("seq", "rows").iterator(chunk_size=ROWS_READ_AT_ONCE):
            for label, pks in erased_by(sealed):
                found.setdefault(label, {}).update(dict.fromkeys(pks, seq))
        return found

    def since(self, label: str, pks: Collection[Any]) -> dict[str, int]:
        """{pk: the number of the link that erased it} of those of these rows that were erased."""
        known = self._own.get(label, {}) if pks else {}
        if any(pk not in known for pk in pks):
            known = self._all.get(label, {})
        return {pk: known[pk] for pk in pks if pk in known}


def erased_by(sealed: Any) -> Iterator[tuple[str, list[str]]]:
    """Yield (label, pks) of the rows with a personal half that the link of an erasure seals. Nothing of a link that
    cannot be read: `check_link` says so."""
    with suppress(Exception):
        for label, part in dict(sealed).items():
            yield label, [pk for pk, digest in part["digests"].items() if "." in digest]


def check_links(
    links: Iterable[Link],
    loaded: dict[str, dict[int, Any]] | None = None,
    seen: Sealed | None = None,
    apart: Iterable[Any] = (),
) -> Iterator[Fault]:
    """Yield the faults of these links, as `check_link` does of one; the rows of all are read together. `loaded` are rows
    that were read already, {model: {pk: row}}: so a page checks just what it shows, and leaves the models of `apart`
    out."""
    erased: Erasures = seen or Erased(links)
    left_out = {model._meta.label for model in apart}
    wanted: dict[Any, set[str]] = {}
    for link in links:
        with suppress(Exception):  # check_link then says what is wrong
            for label, part in link.rows.items():
                if label not in left_out:
                    wanted.setdefault((label, tuple(part["fields"])), set()).update(part["digests"])
    found: dict[Any, dict[str, str]] = {}
    for (label, fields), pks in wanted.items():
        with suppress(Exception):  # check_link then asks again, and says what is wrong
            found[label, fields] = digests(apps.get_model(label), pks, fields, (loaded or {}).get(label))
    twice = set() if seen is None else seen.add([row for link in links for row in _sealed_by(link)])
    for link in links:
        yield from check_link(link, found=found, twice=twice, left_out=left_out, erased=erased)


def _sealed_by(link: Link) -> list[tuple[str, str, int]]:
    """(label, pk, the link's number in the table) of each row that the link seals; nothing of one that cannot be read."""
    with suppress(Exception):
        return [(label, pk, link.pk) for label, part in link.rows.items() for pk in dict(part["digests"])]
    return []


def check_link(
    link: Link,
    found: dict[Any, Any] | None = None,
    twice: Collection[tuple[str, str, int]] = (),
    left_out: Collection[str] = (),
    erased: Erasures | None = None,
) -> Iterator[Fault]:
    """Yield a Fault for the link itself and for each row it seals that is not as it was sealed.

    `found` may hold the digests, {(model, fields): {pk: ...}}. `twice` says what was sealed before (`Sealed.add`), which
    only an erasure may seal again. `erased` says what a later erasure has sealed anew.
    """
    erased = erased or Erased([link])
    where = f"{link.chain.key}, link {link.seq}"
    if link_seal(link) != link.seal:
        yield Fault("the link itself was changed", where)
    try:
        parts = [(label, tuple(part["fields"]), dict(part["digests"])) for label, part in link.rows.items()]
    except Exception as error:  # not as `seal` writes it
        yield Fault(f"what it seals cannot be read: {error}", where)
        return
    for label, fields, sealed in parts:
        if label in left_out:
            continue
        try:
            now = (found or {}).get((label, fields))
            if now is None:
                now = digests(apps.get_model(label), sealed, fields)
        except Exception as error:  # a dropped column or model makes its rows uncheckable: said, not raised
            yield Fault(f"{label} cannot be checked: {error}", where)
            continue
        blank = blank_half(apps.get_model(label), fields) if link.act == ERASE else ""
        changed = {pk for pk, digest in sealed.items() if now.get(pk) != digest}
        if not (changed or blank or twice):
            continue
        after = erased.since(label, [pk for pk in changed if pk in now])
        for pk, digest in sealed.items():
            if (label, pk, link.pk) in twice and not blank:
                yield Fault(f"{label} {pk} is sealed twice", where)
            if pk not in now:
                yield Fault(f"{label} {pk} is missing", where)
            elif now[pk].startswith(UNREADABLE):
                yield Fault(f"{label} {pk} cannot be read: {now[pk].removeprefix(UNREADABLE)}", where)
            elif pk in changed and not (after.get(pk, 0) > link.seq and _public(now[pk]) == _public(digest)):
                yield Fault(f"{label} {pk} was changed", where)
            elif blank and now[pk].partition(".")[2] != blank and not own_entry(link, label, pk):
                yield Fault(f"{label} {pk} is sealed anew as erased, and is not blank", where)


def _public(digest: str) -> str:
    return digest.partition(".")[0]


def own_entry(link: Link, label: str, pk: str) -> bool:
    """Whether that row is the link's own entry: who had what erased, and why, is not erased with it."""
    return label == Entry._meta.label and pk == str(link.entry_id)
