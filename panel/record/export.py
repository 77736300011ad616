"""The record as JSON lines, which docs/verify_export.py checks without this product.

for line in exported(panel): ...
"""

import itertools
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from django.apps import apps

from panel.law import clock
from panel.models import Link, Panel
from panel.record.digests import contents, fields_of, mark_of, sealed_models, text_of
from panel.record.heads import chains_of, heads
from panel.record.reading import ROWS_READ_AT_ONCE, batches, read
from panel.record.verify import LINKS_READ_AT_ONCE, Seen, rows_of, snapshot

FORMAT = 1


def exported(panel: Panel | None = None) -> Iterator[str]:
    """Yield the record as JSON texts, one a line: a header, each link with the rows that it seals as they are now, the
    rows that no link seals, and the number of lines. docs/verify_export.py reads it."""
    seen = Seen()
    number = 1
    try:
        with snapshot():
            yield text_of({
                "kind": "export", "format": FORMAT, "made": clock.now(), "panel": panel.slug if panel else None,
                "heads": {h.chain: [h.number, h.seal] for h in heads(panel)},
            })  # fmt: skip
            for line in itertools.chain(_exported_links(panel, seen), _exported_rest(panel, seen)):
                number += 1
                yield line
            yield text_of({"kind": "end", "lines": number})
    finally:
        seen.close()


def _exported_links(panel: Panel | None, seen: Seen) -> Iterator[str]:
    links = Link.objects.filter(chain__in=chains_of(panel)).select_related("chain").order_by("chain__key", "seq")
    for some, unreadable in read(links, size=LINKS_READ_AT_ONCE):
        for pk, columns in unreadable.items():
            said = {"unreadable": f"cannot be read: {columns}", "content": []}
            yield text_of({"kind": "unsealed", "waits": False, "model": Link._meta.label, "pk": pk, **said})
        rows = _contents(some)
        for link in some:
            found: dict[Any, Any] = {}
            for label, part in sealed_by(link):
                seen.add([(label, pk, link.pk) for pk in part["digests"]])
                known = rows[label, tuple(part["fields"])]
                if isinstance(known, Exception):  # a dropped column or model: the script says that it cannot check them
                    found[label] = {"error": str(known)}
                else:
                    found[label] = {pk: known[pk] for pk in part["digests"] if pk in known}
            yield text_of({
                "kind": "link", "chain": link.chain.key, "chain_id": link.chain_id, "seq": link.seq,
                "entry": link.entry_id, "act": link.act, "by": link.by_id, "at": link.at, "rows": link.rows,
                "prev": link.prev, "seal": link.seal, "content": found,
            })  # fmt: skip


def sealed_by(link: Link) -> list[tuple[str, dict[str, Any]]]:
    """The rows that a link seals, as [(model, its part)]; nothing of what is not as `seal` writes it: the script says
    that the link was changed."""
    with suppress(Exception):
        return [
            (str(label), {"fields": list(p["fields"]), "digests": dict(p["digests"])}) for label, p in link.rows.items()
        ]
    return []


def _contents(links: Iterable[Link]) -> dict[Any, Any]:
    """{(model, columns): {pk: [public, personal columns]}} of the rows that these links seal, read together; for rows
    that cannot be read, the error."""
    wanted: dict[Any, set[str]] = {}
    for link in links:
        for label, part in sealed_by(link):
            wanted.setdefault((label, tuple(part["fields"])), set()).update(part["digests"])
    found: dict[Any, Any] = {}
    for (label, fields), pks in wanted.items():
        try:
            unreadable: dict[str, str] = {}
            rows = contents(apps.get_model(label), pks, fields, unreadable=unreadable)
            found[label, fields] = {pk: [public, apart] if apart else [public] for pk, public, apart in rows}
            found[label, fields] |= unreadable  # a text instead of columns: which cannot be read
        except Exception as error:
            found[label, fields] = error
    return found


def _exported_rest(panel: Panel | None, seen: Seen) -> Iterator[str]:
    """Rows that no link seals: openings that wait for the next act, and anything that is wrong."""
    for model in sealed_models():
        label, mark = model._meta.label, mark_of(model)
        for pks in batches(
            rows_of(model, panel).order_by("pk").values_list("pk", flat=True).iterator(chunk_size=ROWS_READ_AT_ONCE)
        ):
            known = seen.links(label, pks)
            rest = [pk for pk in pks if str(pk) not in known]
            for pk, public, apart in contents(model, rest, fields_of(model)) if rest else ():
                yield text_of({
                    "kind": "unsealed", "waits": bool(mark), "model": label, "pk": pk, "content": [public, apart],
                })  # fmt: skip
