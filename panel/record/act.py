"""The journal. Everything audited is written inside `sealed_act()`: one act by one person, atomic, sealed as one link.

with sealed_act(panel, by=user, name="change_member", why="Elected in May"):
    member.save()
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver
from simple_history.signals import pre_create_historical_record

from panel.law import clock
from panel.models import Case, Chain, Entry, Identity, Link, Opening, Panel, SignIn, User
from panel.models.closing import CLOSED_STILL
from panel.models.holidays import read_in
from panel.record import once
from panel.record.digests import (
    ERASE,
    digests,
    erasable,
    fields_of,
    link_seal,
)


class Unsealed(Exception):
    """An audited row was written outside an act."""


class PanelClosed(Exception):
    """Something was to be added to the record of a panel that is closed: in words for the page."""


# What the journal calls an act that is no step of a case.
ACTS = {
    "set_up": "Panel set up", "add_panel": "Panel made",
    "move_panel": "Panel moved into this installation",
    "give_installation_role": "Installation administrator named", "change_installation_role": "Installation administrator changed",
    "add_people": "People added", "add_council": "Council added", "change_council": "Council changed",
    "add_member": "Member added", "change_member": "Member changed",
    "add_substitute": "Substitute added", "change_substitute": "Substitute changed",
    "add_chairmanship": "Chairman or Vice-Chairman added", "change_chairmanship": "Chairman or Vice-Chairman changed",
    "add_office_holder": "Office holder added", "change_office_holder": "Office holder changed",
    "add_member_of_the_pool": "Somebody added to the pool", "change_member_of_the_pool": "Pool for sub-panels changed",
    "add_registered_interest": "Registered interest added", "change_registered_interest": "Registered interest changed",
    "add_political_group": "Political group of a member added",
    "change_political_group": "Political group of a member changed",
    "give_role": "Role given", "change_role": "Role changed", "change_settings": "Settings changed",
    "close_panel": "Closing of the Panel set or changed",
    "change_names": "Names and addresses changed", "put_away_set_up": "Set-up list put away",
    "restrict_contact": "Contact restricted",
    "change_letter_text": "Text of a letter changed", "mark_words": "Words marked to be left out",
    "make_bundle": "Bundle asked for", "bundle_made": "Bundle made", "bundle_failed": "Bundle not made",
    "restore_mail": "Mail held back after a restore",
    "change_identity": "Account changed", "seal_names": "Names of accounts sealed",
    "add_item_of_the_programme": "Item of the work programme added",
    "change_item_of_the_programme": "Item of the work programme changed",
    "propose_programme": "Statutory items of the work programme added", "carry_forward": "Work programme carried forward",
    "add_report_to_the_Commissioner": "What the Panel told the Commissioner added",
    "change_report_to_the_Commissioner": "What the Panel told the Commissioner changed",
    "make_public_version": "Public version of an outcome",
    "write_report": "Annual report’s text changed", "issue_report": "Annual report issued",
    "take_in_message": "Email or letter taken in", "erase": "Email or letter that was not logged, or a member’s interest, removed",
    "change_who_acts": "Change of who acts proposed", "agree_who_acts": "Change of who acts agreed",
    "drop_who_acts": "Change of who acts dropped",
    "meet_panel_duty": "Duty of the Panel done", "add_bank_holiday": "Bank holiday entered",
    "close_account": "Account closed", "open_account": "Account opened again", "seal_openings": "Access log sealed",
    "queue_mail": "Mail queued", "send_mail": "Mail given to the mail server", "mail_answer": "Mail server’s answer",
    "mail_unsure": "Mail was being sent when the server stopped", "mail_returned": "Mail came back", "mail_arrived": "Mail arrived",
    "take_back_mail": "Mail taken back", "settle_mail": "Said what became of a mail",
    "change_reminders": "Reminders changed",
    **dict(SignIn.What.choices),
}  # fmt: skip


@dataclass
class Act:
    """What is being done: by whom (None: the command line), under which name, when, and the rows it wrote."""

    chain: Chain
    by: User | None
    name: str
    at: datetime
    entry: Entry | None = None
    rows: list[Any] = field(default_factory=list)
    erased: list[Any] = field(default_factory=list)  # rows whose personal columns go, with those of all their history
    seals_openings: bool = False  # even if it writes nothing
    identities: list[Any] = field(default_factory=list)  # what accounts are: for the installation's chain


current: ContextVar[Act | None] = ContextVar("act", default=None)


@contextmanager
def sealed_act(
    panel: Panel | None, *, by: User | None, name: str, why: str | None = None, case: Case | None = None
) -> Iterator[Act]:
    """One act by one person in one panel (None: the installation): atomic, alone in its chain, sealed as one link.

    With `why`, an entry of its own is written for an act that is no step of a case. Raises Unsealed when nested, and
    on a real installation when the clock is set to another moment: there the record is written now or not at all.
    Raises PanelClosed where the panel is closed and the act adds something, and AlreadySent where the form that asks for it
    was sent before.
    """
    if current.get() is not None:
        raise Unsealed(f"{name}: an act cannot begin inside another")
    if clock.is_set() and settings.PRODUCTION:
        raise Unsealed(f"{name}: only a demonstration or a test can be entered at another moment than now")
    with transaction.atomic():
        chain = _locked(panel)
        if chain.panel is not None and name not in CLOSED_STILL and chain.panel.closed_on(clock.today()):
            raise PanelClosed(chain.panel.closing_words(clock.today()))
        read_in()  # whoever counts in this act knows every bank holiday
        this = Act(chain, by, name, clock.now())
        token = current.set(this)
        try:
            once.begin()
            if why is not None:
                this.entry = Entry.objects.create(
                    panel=panel, step=name, on=clock.today(), entered_at=this.at, by=by, why=why
                )
                this.rows.append(this.entry)
            yield this
        finally:
            current.reset(token)
        if this.erased:
            blank(this)
        if this.rows or this.seals_openings:
            seal(this)
        if this.identities:
            seal(Act(_locked(None), by, name, this.at, rows=this.identities))
        if this.rows or this.identities:
            once.claim(this.entry)


def _locked(panel: Panel | None) -> Chain:
    """The panel's chain, locked until the transaction ends; made on first use."""
    key = panel.slug if panel else "installation"
    locked = Chain.objects.select_for_update(no_key=True, of=("self",)).select_related("panel")
    found = locked.filter(key=key).first()
    if found is None:
        Chain.objects.get_or_create(key=key, defaults={"panel": panel})
        found = locked.get(key=key)
    return found


@receiver(pre_save)
@receiver(pre_delete)
def in_an_act(sender: Any, raw: bool = False, **kwargs: Any) -> None:
    """Refuse a write outside an act before it is made: history speaks up only once the row is there. A fixture being
    loaded (`raw`) brings its own history."""
    if current.get() is None and not raw and hasattr(sender, "history") and hasattr(sender.history, "model"):
        raise Unsealed(f"{sender._meta.label}: write it in sealed_act() or by perform()")


@receiver(pre_create_historical_record)
def join_act(history_instance: Any, **kwargs: Any) -> None:
    """Bind each history row to the act it is written in; its reason is the act's name, never free text."""
    this = current.get()
    assert this is not None  # before a row is saved or deleted, `in_an_act` asked
    history_instance.history_user = this.by
    history_instance.history_date = this.at
    history_instance.history_change_reason = this.name
    apart = this.chain.panel_id is not None and history_instance.instance_type is Identity
    (this.identities if apart else this.rows).append(history_instance)


def blank(this: Act) -> None:
    """Blank the personal columns of everything that was ever kept of the rows which the act erases, salts included, so
    that the act's link seals it anew. The live rows are saved blank by whoever erases them.

    Raises Unsealed in an act that is no erasure: what it blanked would be found as changed.
    """
    if this.name != ERASE:
        raise Unsealed(f"{this.name}: only an act named {ERASE!r} erases")
    by_model: dict[Any, list[Any]] = {}
    for row in this.erased:
        by_model.setdefault(type(row), []).append(row.pk)
    for model, pks in by_model.items():
        kept = model if model is Entry else model.history.model
        rows = kept._base_manager.filter(**{f"{model._meta.pk.attname}__in": pks})
        rows.update(**erasable(kept))
        this.rows += list(rows)


OPENINGS_SEALED_AT_ONCE = 500  # by one link; the rest wait for the next


def seal(this: Act) -> Link:
    """Write the act's link at the end of its chain. It seals what the act wrote, and the openings that wait for it."""
    rows: dict[str, Any] = {}
    by_model: dict[Any, Any] = {}
    for row in this.rows:
        by_model.setdefault(type(row), {})[row.pk] = True
    waiting = Opening.objects.filter(panel=this.chain.panel_id, link=None).order_by("pk")
    if opened := list(waiting.values_list("pk", flat=True)[:OPENINGS_SEALED_AT_ONCE]):
        by_model[Opening] = opened
    for model, pks in by_model.items():
        fields = fields_of(model)
        rows[model._meta.label] = {"fields": fields, "digests": digests(model, pks, fields)}
    last = Link.objects.filter(chain=this.chain).order_by("-seq").values_list("seq", "seal").first()
    seq, prev = last or (0, "")
    link = Link(
        chain=this.chain, seq=seq + 1, entry=this.entry, act=this.name, by=this.by, at=this.at, rows=rows, prev=prev
    )
    link.seal = link_seal(link)
    link.save(force_insert=True)
    if opened:
        Opening.objects.filter(pk__in=opened).update(link=link)
    return link


def next_act(this: Act, name: str) -> None:
    """Seal what was written so far as a link of its own, and go on with another act of the same person and moment. Both
    are kept or neither is."""
    seal(this)
    this.name, this.entry, this.rows = name, None, []


def seal_openings(panel: Panel) -> int:
    """Seal every opening of the panel that still waits for an act; how many there were."""
    waiting = Opening.objects.filter(panel=panel, link=None)
    number = waiting.count()
    for _ in range(-(-number // OPENINGS_SEALED_AT_ONCE)):
        with sealed_act(panel, by=None, name="seal_openings") as this:
            this.seals_openings = True
    return number
