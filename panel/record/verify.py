"""Checks that the record is as it was sealed. Everything is read again, in constant memory and as of one moment.

for fault in verify(panel, heads): ...      # links, history, live rows, stored files; the heads that were noted earlier
"""

import hashlib
import json
import sqlite3
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import IO, Any

from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from panel.law.period import plural
from panel.models import Bundle, Case, Chain, Document, Identity, IncomingFile, Link, Membership, Panel
from panel.record import identity
from panel.record.compared import unlike
from panel.record.digests import (
    ERASE,
    Fault,
    check_links,
    erased_by,
    history_models,
    mark_of,
    sealed_models,
)
from panel.record.heads import Head, chains_of, check_heads
from panel.record.reading import ROWS_READ_AT_ONCE, batches, read, read_some

STORED: tuple[Any, ...] = (Document, Bundle, IncomingFile)  # models with files in the store
MORE_COLUMNS: dict[Any, tuple[str, ...]] = {
    Document: ("case_id", "taken_off_by_id"), Bundle: ("case_id",), IncomingFile: ("not_kept",),
}  # fmt: skip
LINKS_LOOKED_BACK_AT = 200  # before a head, which are not checked
LINKS_READ_AT_ONCE = 500  # each may seal hundreds of rows
SECOND_LOOK_SECONDS = 0.3  # between the row of an erasure and its file


@contextmanager
def snapshot() -> Iterator[None]:
    """Read everything inside as of one moment, so that no row appears without its link while people work.

    It takes no lock: readers hold nobody up, in SQLite or in PostgreSQL.
    """
    if connection.in_atomic_block:
        yield  # whoever opened the transaction sees to it
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


class Seen:
    """The rows that a link seals, and which link. They are stored on disk, so that memory does not grow with the
    record."""

    def __init__(self) -> None:
        self.db = sqlite3.connect("")  # SQLite's own temporary file, gone when closed
        for table in ("seen", "erased", "before"):
            self.db.execute(
                f"CREATE TABLE {table} (label TEXT, pk TEXT, link INTEGER, PRIMARY KEY (label, pk)) WITHOUT ROWID"
            )

    def add(self, rows: Collection[tuple[str, str, int]]) -> set[tuple[str, str, int]]:
        """Note rows, as (label, pk, number of the link that seals them). Returns those that another had sealed before."""
        before = self.db.total_changes
        self.db.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?, ?)", rows)
        if self.db.total_changes - before == len(rows):
            return set()
        first: dict[str, dict[str, int]] = {}
        for label in {row[0] for row in rows}:
            first[label] = self.links(label, [pk for other, pk, _ in rows if other == label])
        return {(label, pk, link) for label, pk, link in rows if first[label].get(pk) != link}

    def links(self, label: str, pks: Collection[Any]) -> dict[str, int]:
        """{pk: number of the link that sealed it}, for those of these rows that are sealed."""
        return self._found("seen", label, pks)

    def first(self, label: str) -> int | None:
        """The lowest key of the rows of that model that are noted and were not sealed anew by an erasure; None without any."""
        query = "SELECT min(CAST(pk AS INTEGER)) FROM seen LEFT JOIN erased USING (label, pk)"
        lowest = self.db.execute(f"{query} WHERE label = ? AND erased.link IS NULL", [label]).fetchone()[0]
        return None if lowest is None else int(lowest)

    def before(self, links: Iterable[Link]) -> None:
        """Note what links seal that are not checked: acts that were done at once may have keys in another order."""
        for link in links:
            for label, part in dict(link.rows).items():
                rows = [(label, pk, link.pk) for pk in part["digests"]]
                self.db.executemany("INSERT OR IGNORE INTO before VALUES (?, ?, ?)", rows)

    def sealed_before(self, label: str, pks: Collection[Any]) -> dict[str, int]:
        """{pk: number of a link}, for those of these rows that `before` noted."""
        return self._found("before", label, pks) if pks else {}

    def erase(self, chain: Chain) -> None:
        """Note which rows the erasures of a chain sealed anew, before its links are read in order."""
        rows = chain.links.filter(act=ERASE).order_by("seq")
        for links, _ in read(rows, ["seq", "rows"], LINKS_READ_AT_ONCE):  # `_links` says which cannot be read
            for link in links:
                for label, pks in erased_by(link["rows"]):
                    many = [(label, pk, link["seq"]) for pk in pks]
                    self.db.executemany("INSERT OR REPLACE INTO erased VALUES (?, ?, ?)", many)

    def since(self, label: str, pks: Collection[Any]) -> dict[str, int]:
        """{pk: number of the link that erased it}, for those of these rows that were erased."""
        return self._found("erased", label, pks) if pks else {}

    def _found(self, table: str, label: str, pks: Collection[Any]) -> dict[str, int]:
        query = f"SELECT pk, link FROM {table} WHERE label = ? AND pk IN (SELECT value FROM json_each(?))"  # noqa: S608
        return dict(self.db.execute(query, [label, json.dumps([*map(str, pks)])]))

    def close(self) -> None:
        """Remove the file."""
        self.db.close()


# Verification -------------------------------------------------------------------------------------------------------


def verify(
    panel: Panel | None = None, noted: Iterable[Head] = (), *, files: bool = True, since: Iterable[Head] = ()
) -> Iterator[Fault]:
    """Yield a Fault for whatever differs from the sealed record: links and gaps between them; history rows, entries,
    moves and openings that were changed, are missing, or were sealed twice or never; live rows that differ from their
    last history row; stored files that were changed; and heads noted earlier (`read_heads`) that are missing from their
    chain.

    With `panel`, only that panel's rows and chain, and the installation's chain. Without `files`, stored files are not
    read: they take longest, and no figure rests on them. Whatever is wrong, it ends with faults.

    With `since`, heads of an earlier verification, only what was done after them is read: later links, the rows that they
    seal, the live rows and files of these, and rows that nobody sealed since. What lies before is taken as it was then.
    """
    yield from _told("the record", _verified(panel, noted, files, {head.chain: head for head in since}))


def _verified(panel: Panel | None, noted: Iterable[Head], files: bool, since: dict[str, Head]) -> Iterator[Fault]:
    seen = Seen()
    try:
        with snapshot():
            for one in chains_of(panel).select_related("panel"):
                yield from _told(one.key, _links(one, seen, since.get(one.key)))
            yield from _told(Link._meta.label, _of_no_chain())
            for model in sealed_models():
                yield from _told(model._meta.label, _never_sealed(model, panel, seen, bool(since)))
            for model in history_models():
                yield from _told(model.instance_type._meta.label, _live(model, panel, seen if since else None))
            if since:
                noted = [*noted, *since.values()]
            yield from _told("panel.User", identity.faults(panel))
            suspects = list(_suspects(panel, seen if since else None)) if files else []
            yield from check_heads(noted, panel)
        yield from _told(Document._meta.label, _files(suspects))
    finally:
        seen.close()


def _told(where: str, faults: Iterable[Fault]) -> Iterator[Fault]:
    """Yield the faults. If something cannot be read at all, yield that as a fault, and let the verification go on."""
    try:
        yield from faults
    except Exception as error:
        yield Fault(f"cannot be read further: {error}", where)


def _links(chain: Chain, seen: Seen, since: Head | None = None) -> Iterator[Fault]:
    """Check the links of a chain, in order; with `since`, those after that head, which `check_heads` looks for."""
    if chain.panel_id and chain.panel is None:
        yield Fault("the panel of the chain is gone", chain.key)
    elif chain.key != (chain.panel.slug if chain.panel else "installation"):
        yield Fault("the chain has another name than its panel", chain.key)
    seq, prev = 0, ""
    seen.erase(chain)
    links = chain.links.select_related("chain").order_by("seq")
    if since is not None:
        seq, prev = since.number, links.filter(seq=since.number).values_list("seal", flat=True).first() or since.seal
        seen.before(links.filter(seq__gt=since.number - LINKS_LOOKED_BACK_AT, seq__lte=since.number))
        links = links.filter(seq__gt=since.number)
    for some, unreadable in read(links, size=LINKS_READ_AT_ONCE):
        known = {
            pk: (number, seal) for pk, number, seal in links.filter(pk__in=unreadable).values_list("pk", "seq", "seal")
        }
        for pk, columns in unreadable.items():
            yield Fault(f"the link itself cannot be read: {columns}", f"{chain.key}, link {known[pk][0]}")
        for link in some:
            where = f"{chain.key}, link {link.seq}"
            while (seq + 1, prev) != (link.seq, link.prev) and (
                after := [x for x in known.values() if x[0] == seq + 1]
            ):
                seq, prev = after[0]  # of one that cannot be read, which was named above
            if not isinstance(link.seq, int):
                yield Fault("its number cannot be read", where)
                continue
            if link.seq == seq + 2:
                yield Fault(f"link {seq + 1} is missing", where)
            elif link.seq > seq + 2:
                yield Fault(f"links {seq + 1} to {link.seq - 1} are missing", where)
            elif link.seq != seq + 1:
                yield Fault("its number does not follow that of the link before it", where)
            if link.prev != prev:
                yield Fault("does not follow the link before it", where)
            seq, prev = link.seq, link.seal
        yield from check_links(some, seen=seen)


def _of_no_chain() -> Iterator[Fault]:
    """Links whose chain is not there, which nobody reads otherwise."""
    lost = (
        Link._base_manager.exclude(chain__in=Chain.objects.all())
        .order_by("chain_id")
        .values_list("chain_id", flat=True)
    )
    for chain, number in Counter(lost.iterator()).items():
        yield Fault(f"{plural(number, 'link')} of a chain that is not there", f"chain {chain}")


def panel_path(model: Any) -> str:
    """The lookup that leads from a row to its panel, such as "panel" or "case__panel"; "" if there is none."""
    base = getattr(model, "instance_type", model)
    if base is Panel:
        return Panel._meta.pk.name
    todo, known = [(model, "")], {model}
    while todo:
        here, path = todo.pop(0)
        for f in here._meta.concrete_fields:
            if not f.is_relation or f.name == "history_user":
                continue
            if f.related_model is Panel:
                return f"{path}{f.name}"
            if f.related_model not in known:
                known.add(f.related_model)
                todo.append((f.related_model, f"{path}{f.name}__"))
    return ""


def rows_of(model: Any, panel: Panel | None) -> QuerySet[Any]:
    """The model's rows, or those of one panel."""
    rows: QuerySet[Any] = model._base_manager.order_by()
    if panel is None:
        return rows
    if getattr(model, "instance_type", model) is Identity:
        return rows.filter(user__in=Membership.objects.filter(panel=panel).values("user"))
    path = panel_path(model)
    return rows.filter(**{path: panel.pk}) if path else rows.none()


def _never_sealed(model: Any, panel: Panel | None, seen: Seen, since: bool = False) -> Iterator[Fault]:
    """Rows that no link seals. Of rows sealed later, marks that name another link than the one that seals them. With `since`,
    of those that are younger than the first that was sealed since."""
    label, mark = model._meta.label, mark_of(model)
    rows = rows_of(model, panel).order_by("pk")
    if since:
        first = seen.first(label)
        if first is None:
            return
        rows = rows.filter(pk__gte=first)
    for some in batches(rows.values_list("pk", mark or "pk").iterator(ROWS_READ_AT_ONCE)):
        known = seen.links(label, [pk for pk, _ in some])
        for pk, marked in some:
            link = known.get(str(pk))
            if mark and marked != link and not (since and link is None):
                said = "names a link that does not seal it" if marked else "does not name the link that sealed it"
                yield Fault(said, f"{label} {pk}")
            elif not mark and link is None and str(pk) not in seen.sealed_before(label, [pk] if since else []):
                yield Fault("was never sealed", f"{label} {pk}")


def _live(model: Any, panel: Panel | None, since: Seen | None = None) -> Iterator[Fault]:
    """Live rows that differ from their last history row; then history of rows that are gone. With `since`, of the rows whose
    history was sealed since."""
    live = model.instance_type
    key = live._meta.pk.attname
    kept = {f.attname for f in model._meta.fields}
    fields = [f.attname for f in live._meta.concrete_fields if f.attname in kept]
    rows, past = rows_of(live, panel), rows_of(model, panel)
    if since is not None:
        first = since.first(model._meta.label)
        if first is None:
            return
        past = past.filter(pk__gte=first)
        rows = rows.filter(pk__in=past.values(key))
    if not (past.exists() or rows.exists()):  # of a small record most models have none, and their questions are long
        return
    for some, unreadable in read(unlike(rows, model, key, fields).order_by("pk"), fields):
        for pk, columns in unreadable.items():
            yield Fault(f"cannot be read: {columns}", f"{live._meta.label} {pk}")
        last = _last_history(model, key, [row[key] for row in some], fields)
        for row in some:
            known = last.get(row[key])
            where = f"{live._meta.label} {row[key]}"
            if known is None or known["history_type"] == "-":
                yield Fault("has no history", where)
                continue
            wrong = [f for f in fields if row[f] != known[f]]
            if wrong:
                yield Fault(f"differs from its last history row in {', '.join(wrong)}", where)
    whole = Q(Exists(live._base_manager.filter(pk=OuterRef(key))))
    for base in live._meta.get_parent_list():  # with its base row, where it has one
        whole &= Q(Exists(base._base_manager.filter(pk=OuterRef(key))))
    pks = past.exclude(whole).order_by(key).values_list(key, flat=True).distinct().iterator(ROWS_READ_AT_ONCE)
    for gone in batches(pks):
        for pk, known in _last_history(model, key, gone, []).items():
            if known["history_type"] != "-":
                yield Fault("is gone, though history says it is there", f"{live._meta.label} {pk}")


def _last_history(model: Any, key: str, pks: Collection[Any], fields: Iterable[str]) -> dict[Any, Any]:
    """{pk: columns of its last history row}."""
    last = model._base_manager.filter(**{f"{key}__in": pks}).order_by().values(key)
    newest = [row["last"] for row in last.annotate(last=Max("history_id"))]
    rows, _ = read_some(
        model._base_manager.all(), newest, [key, *fields, "history_type"]
    )  # the links say what cannot be
    return {row[key]: row for row in rows}


def sha_of(file: IO[bytes]) -> str:
    """SHA-256 of an open file, read piece by piece."""
    digest = hashlib.sha256()
    for chunk in iter(lambda: file.read(2**20), b""):
        digest.update(chunk)
    return digest.hexdigest()


def _suspects(panel: Panel | None, since: Seen | None = None) -> Iterator[tuple[Any, int]]:
    """Documents, bundles and files that came in, as (model, key), whose stored file is not as their row of this moment says;
    with `since`, those of rows that were written since."""
    for model in STORED:
        rows = rows_of(model, panel)
        if since is not None:
            past = model.history.model
            first = since.first(past._meta.label)
            if first is None:
                continue
            rows = rows.filter(pk__in=past._base_manager.filter(pk__gte=first).values(model._meta.pk.attname))
        if model is IncomingFile:
            rows = rows.filter(document=None)  # else its bytes are that document's
        columns = ["pk", "name", "file", "sha256", *MORE_COLUMNS[model]]
        rows = rows.order_by("pk").only(*columns)
        yield from ((model, row.pk) for some, _ in read(rows) for row in some if file_fault(row))


def _files(suspects: Iterable[tuple[Any, int]]) -> Iterator[Fault]:
    """Stored files whose bytes differ from the SHA-256 in their rows, looked at again: the disk is that of now, so a row
    of before says nothing of a file that was lawfully erased since, or that goes just after its row."""
    for n, (model, pk) in enumerate(suspects):
        if n == 0:
            time.sleep(SECOND_LOOK_SECONDS)
        row = model._base_manager.filter(pk=pk).first()
        if row is not None and (said := file_fault(row)):  # of one that is gone, its history tells
            case = Case._base_manager.filter(pk=getattr(row, "case_id", None)).first()
            yield Fault(said, f"{model._meta.label} {pk}{f' of {case.reference}' if case else ''}")


def file_fault(document: Document | Bundle | IncomingFile) -> str:
    """The fault of the stored file of a document, a bundle or a file that came in; "" if there is none."""
    if not document.file:
        if isinstance(document, IncomingFile):  # one that was not kept, or was removed
            meant = bool(document.not_kept) or document.erased
        else:
            meant = not document.sha256 if isinstance(document, Bundle) else document.taken_off_by_id is not None
        return "" if meant else "its row names no file"
    if document.erased:
        there = document.file.storage.exists(document.file.name or "")
        return "its file is still there, though it was erased: run sweep_documents" if there else ""
    try:
        with document.file.open("rb") as file:
            found = sha_of(file)
    except FileNotFoundError:
        return "its file is gone"
    except OSError as error:
        return f"its file cannot be read: {error.strerror or type(error).__name__}"
    if found == document.sha256:
        return ""
    other = Document._base_manager.filter(sha256=found).order_by("pk").values_list("pk", flat=True).first()
    return f"its file was exchanged for that of document {other}" if other else "the bytes of its file were changed"
