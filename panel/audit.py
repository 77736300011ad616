"""The journal. Everything audited is written inside `act()`: one act by one person, atomic, sealed as one link.

with audit.act(panel, by=user, name="change_member", why="Elected in May"):
    member.save()
"""

import hashlib
import json
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver
from simple_history.signals import pre_create_historical_record

from panel import clock
from panel.models import Chain, Entry, Link, Move


class Unsealed(Exception):
    """An audited row was written outside an act."""


# What the journal calls an act that is no step of a case.
ACTS = {
    "set_up": "Panel set up",
    "add_council": "Council added", "change_council": "Council changed",
    "add_member": "Member added", "change_member": "Member changed",
    "add_substitute": "Substitute added", "change_substitute": "Substitute changed",
    "add_chairmanship": "Chairman or Vice-Chairman added", "change_chairmanship": "Chairman or Vice-Chairman changed",
    "add_office_holder": "Office holder added", "change_office_holder": "Office holder changed",
    "give_role": "Role given", "change_role": "Role changed", "change_settings": "Settings changed",
    "write_report": "Annual report’s text changed", "issue_report": "Annual report issued",
}  # fmt: skip


@dataclass
class Act:
    """What is being done: by whom (None: the command line), under which name, when, and the rows it wrote."""

    chain: Chain
    by: Any
    name: str
    at: datetime
    entry: Any = None
    rows: list = field(default_factory=list)


current: ContextVar[Act | None] = ContextVar("act", default=None)


@contextmanager
def act(panel, *, by, name, why=None, case=None):
    """One act by one person in one panel (None: the installation): atomic, alone in its chain, sealed as one link.

    With `why`, an entry of its own is written for an act that is no step of a case. Raises Unsealed when nested, and
    on a real installation when the clock is set to another moment: there the record is written now or not at all.
    """
    if current.get() is not None:
        raise Unsealed(f"{name}: an act cannot begin inside another")
    if clock.is_set() and settings.PRODUCTION:
        raise Unsealed(f"{name}: only a demonstration or a test can be entered at another moment than now")
    with transaction.atomic():
        chain = _locked(panel)
        this = Act(chain, by, name, clock.now())
        token = current.set(this)
        try:
            if why is not None:
                this.entry = Entry.objects.create(
                    panel=panel, step=name, on=clock.today(), entered_at=this.at, by=by, why=why
                )
                this.rows.append(this.entry)
            yield this
        finally:
            current.reset(token)
        if this.rows:
            seal(this)


def _locked(panel) -> Chain:
    """The panel's chain, locked until the transaction ends; made on first use."""
    key = panel.slug if panel else "installation"
    locked = Chain.objects.select_for_update(no_key=True)
    found = locked.filter(key=key).first()
    if found is None:
        Chain.objects.get_or_create(key=key, defaults={"panel": panel})
        found = locked.get(key=key)
    return found


@receiver(pre_save)
@receiver(pre_delete)
def in_an_act(sender, raw=False, **kwargs):
    """Refuse a write outside an act before it is made: history speaks up only once the row is there. A fixture being
    loaded (`raw`) brings its own history."""
    if current.get() is None and not raw and hasattr(sender, "history") and hasattr(sender.history, "model"):
        raise Unsealed(f"{sender._meta.label}: write it in audit.act() or by perform()")


@receiver(pre_create_historical_record)
def join_act(history_instance, **kwargs):
    """Bind each history row to the act it is written in; its reason is the act's name, never free text."""
    this = current.get()
    if this is None:
        raise Unsealed(f"{history_instance._meta.label}: write it in audit.act() or by perform()")
    history_instance.history_user = this.by
    history_instance.history_date = this.at
    history_instance.history_change_reason = this.name
    this.rows.append(history_instance)


def history_models() -> list:
    """Every history model, by label."""
    found = [m for m in apps.get_models() if hasattr(m, "instance_type") and hasattr(m, "history_id")]
    return sorted(found, key=lambda m: m._meta.label)


def sealed_models() -> list:
    """Every model whose rows a link seals, and which the database keeps append-only."""
    return [*history_models(), Entry, Move]


def erasable(model) -> dict:
    """{column: what it is blanked to} of the model's personal columns, its history's salt included."""
    base = getattr(model, "instance_type", model)
    personal = dict(getattr(base, "ERASABLE", {}))
    if personal and model is not base:
        personal["salt"] = ""
    return personal


def plain(value):
    """The one text of a value in a digest. Times go to the millisecond: dumpdata keeps no more. Raises TypeError."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    if isinstance(value, date | Decimal | UUID):
        return str(value)
    raise TypeError(f"no digest of {type(value)}")


def sha(value) -> str:
    """SHA-256 of a value's canonical JSON, in hexadecimal."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=plain).encode()).hexdigest()


def digests(model, pks, fields, loaded=None) -> dict[str, str]:
    """{pk: "public" or "public.personal"} of the rows as the database gives them back; of `loaded`, {pk: row}, where
    they have been read already."""
    personal = erasable(model).keys() & set(fields)
    out = {}
    if loaded is None:
        rows = model._base_manager.filter(pk__in=list(pks)).values("pk", *fields)
    else:
        rows = [{"pk": pk, **{f: getattr(loaded[pk], f) for f in fields}} for pk in map(int, pks) if pk in loaded]
    for row in rows:
        pk = str(row.pop("pk"))
        apart = {f: row.pop(f) for f in personal}
        out[pk] = sha(row) + ("." + sha(apart) if apart else "")
    return out


def link_seal(link) -> str:
    """What the link's own seal must be."""
    return sha([link.chain_id, link.seq, link.entry_id, link.act, link.by_id, link.at, link.rows, link.prev])


def seal(this: Act) -> Link:
    """Write the act's link at the end of its chain."""
    rows: dict[str, Any] = {}
    by_model: dict[Any, list] = {}
    for row in this.rows:
        by_model.setdefault(type(row), []).append(row.pk)
    for model, pks in by_model.items():
        fields = [f.attname for f in model._meta.concrete_fields]
        rows[model._meta.label] = {"fields": fields, "digests": digests(model, pks, fields)}
    last = Link.objects.filter(chain=this.chain).order_by("-seq").values_list("seq", "seal").first()
    seq, prev = last or (0, "")
    link = Link(
        chain=this.chain, seq=seq + 1, entry=this.entry, act=this.name, by=this.by, at=this.at, rows=rows, prev=prev
    )
    link.seal = link_seal(link)
    link.save(force_insert=True)
    return link


@dataclass(frozen=True)
class Fault:
    """Something that is not as it was sealed."""

    what: str
    where: str

    def __str__(self):
        return f"{self.where}: {self.what}"


BATCH = 500


def check_links(links, loaded=None):
    """Yield the faults of these links, as `check_link` does of one; the rows of all are read together. `loaded` are rows
    that were read already, {model: {pk: row}}: so a page checks just what it shows."""
    wanted: dict = {}
    for link in links:
        for label, part in link.rows.items():
            wanted.setdefault((label, tuple(part["fields"])), set()).update(part["digests"])
    found = {}
    for (label, fields), pks in wanted.items():
        with suppress(Exception):  # check_link then asks again, and says what is wrong
            found[label, fields] = digests(apps.get_model(label), pks, fields, (loaded or {}).get(label))
    for link in links:
        yield from check_link(link, found=found)


def check_link(link, sealed=None, found=None):
    """Yield a Fault for the link itself and for each row it seals that is not as it was sealed. `sealed` collects
    {model: pks}; a row found there already is sealed twice. `found` may hold the digests, {(model, fields): {pk: ...}}."""
    where = f"{link.chain.key}, link {link.seq}"
    if link_seal(link) != link.seal:
        yield Fault("the link itself was changed", where)
    for label, part in link.rows.items():
        try:
            now = (found or {}).get((label, tuple(part["fields"])))
            if now is None:
                now = digests(apps.get_model(label), part["digests"], part["fields"])
        except Exception as error:  # a dropped column or model makes its rows uncheckable: said, not raised
            yield Fault(f"{label} cannot be checked: {error}", where)
            continue
        known = sealed.setdefault(label, set()) if sealed is not None else set()
        for pk, digest in part["digests"].items():
            if pk in known:
                yield Fault(f"{label} {pk} is sealed twice", where)
            known.add(pk)
            if pk not in now:
                yield Fault(f"{label} {pk} is missing", where)
            elif now[pk] != digest:
                yield Fault(f"{label} {pk} was changed", where)


def verify(panel=None, *, everything=True):
    """Yield a Fault for each link, history row, entry, move and live row that is not as it was sealed.

    With `panel`, that panel's links only; otherwise all of them, and then also rows that no link seals and live rows
    that differ from their last history row. Links are read in batches.
    """
    links = Link.objects.select_related("chain").order_by("chain_id", "seq")
    if panel is not None:
        links = links.filter(chain__panel=panel)
    sealed: dict[str, set[str]] = {}
    last_chain, seq, prev = None, 0, ""
    for link in links.iterator(chunk_size=BATCH):
        where = f"{link.chain.key}, link {link.seq}"
        if link.chain_id != last_chain:
            last_chain, seq, prev = link.chain_id, 0, ""
        if link.seq != seq + 1:
            yield Fault(f"link {seq + 1} is missing", where)
        if link.prev != prev:
            yield Fault("does not follow the link before it", where)
        seq, prev = link.seq, link.seal
        yield from check_link(link, sealed)
    if panel is None and everything:
        yield from _never_sealed(sealed)
        yield from _live()


def _never_sealed(sealed):
    for model in sealed_models():
        known = sealed.get(model._meta.label, set())
        for pk in model._base_manager.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=BATCH):
            if str(pk) not in known:
                yield Fault("was never sealed", f"{model._meta.label} {pk}")


def _live():
    """Live rows against their last history row, field by field."""
    for model in history_models():
        live = model.instance_type
        pk_name = live._meta.pk.attname
        fields = [f.attname for f in live._meta.concrete_fields if f.attname in {g.attname for g in model._meta.fields}]
        latest = {}
        query = model._base_manager.order_by("history_id").values(*fields, "history_type")
        for row in query.iterator(chunk_size=BATCH):
            latest[row[pk_name]] = row
        for row in live._base_manager.values(*fields).iterator(chunk_size=BATCH):
            known = latest.pop(row[pk_name], None)
            where = f"{live._meta.label} {row[pk_name]}"
            if known is None or known.pop("history_type") == "-":
                yield Fault("has no history", where)
                continue
            wrong = [f for f in fields if row[f] != known[f]]
            if wrong:
                yield Fault(f"differs from its last history row in {', '.join(wrong)}", where)
        for pk, row in latest.items():
            if row["history_type"] != "-":
                yield Fault("is gone, though history says it is there", f"{live._meta.label} {pk}")
