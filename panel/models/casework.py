"""Cases, their parts, the steps taken and the duties that follow. All registers share these models."""

import uuid
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from panel.law.period import Count
from panel.law.roles import CasePart, Classification, Role, Wait
from panel.models.journal import ERASED, history, new_salt
from panel.models.kept import DocumentsKept
from panel.models.panels import Panel
from panel.models.people import Member, OfficeHolder
from panel.procedure.register import of_procedure
from panel.procedure.vocabulary import NEW


class StatusWithoutStep(Exception):
    """Code tried to save the bare base row of a case or a part, or to set a status without a step."""


class HasStatus(models.Model):
    """A row whose status only `perform` may change. The database's triggers enforce that; this base says it sooner."""

    status: "models.CharField[str, str]"
    status = models.CharField(max_length=40, default=NEW, editable=False, db_index=True)  # no choices: no migrations

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the register's own row, with history. Raises StatusWithoutStep on the bare base row."""
        if not hasattr(self, "history"):
            raise StatusWithoutStep(f"save the register’s own row, not {self!r}")
        super().save(*args, **kwargs)

    @staticmethod
    def words_in_history(row) -> str | None:
        """The words in the history before the name of a field of this row; "" for the field's name alone, None for the
        name of the model and of the row."""
        return None


class Case(HasStatus):
    """One case of a register. Its status is that of the part that has come furthest."""

    # Here and below: what Django adds, named for mypy; a related manager is taken for the queryset it stands for.
    assigned_to_id: int | None
    roles: "models.QuerySet[CaseRole]"
    groupings: "models.QuerySet[Any]"
    entries: "models.QuerySet[Entry]"
    duties: "models.QuerySet[Duty]"
    documents: "models.QuerySet[Document]"
    bundles: "models.QuerySet[Any]"  # panel.models.bundles.Bundle

    panel: "models.ForeignKey[Panel, Panel]" = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="cases")
    procedure = models.CharField(max_length=20, editable=False)
    reference = models.CharField(max_length=24, unique=True, editable=False)
    year = models.PositiveSmallIntegerField(editable=False)  # of receipt, for the reference
    serial = models.PositiveIntegerField(editable=False)  # within panel, procedure and year; never reused
    title = models.CharField("short title", max_length=120)
    received_on = models.DateField("received")
    version = models.PositiveIntegerField(default=0, editable=False)  # the number of the last entry
    next_due = models.DateField(null=True, editable=False)  # the earliest day of its open duties; kept by perform
    tabled_on = models.DateField("tabled before the full Panel", null=True, editable=False)
    restricted = models.BooleanField("restricted to named people", default=False, editable=False)
    held_on = models.DateField("held from erasure", null=True, editable=False)
    erased_on = models.DateField("erased", null=True, editable=False)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["panel", "procedure", "year", "serial"], name="reference_once")]
        indexes = [
            models.Index(fields=["panel", "procedure", "next_due"]),
            models.Index(fields=["panel", "procedure", "received_on"]),
            models.Index(fields=["panel", "procedure", "status"]),
        ]

    def __str__(self):
        return f"{self.reference}, {self.title}"

    def get_absolute_url(self):
        """The case's first page."""
        return reverse("panel:case", args=[self.panel.slug, self.register.slug, self.reference])

    def first_due(self) -> date | None:
        """The earliest day of its open duties, or None. One whose clock stands is due on no day, so it counts in no list."""
        found: date | None = self.duties.filter(closed_by=None, stopped_on=None).aggregate(first=models.Min("due"))[
            "first"
        ]
        return found

    def step_url(self, key):
        """The page of a step on the case."""
        return reverse("panel:step", args=[self.panel.slug, self.register.slug, self.reference, key])

    @property
    def register(self):
        """The register of the case."""
        return of_procedure(self.procedure)


class Part(HasStatus):
    """A part of a case that steps move: an allegation of a complaint, a candidate of a hearing."""

    case_id: int

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parts")
    number = models.PositiveSmallIntegerField(editable=False)

    class Meta:
        ordering = ["case", "number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="part_once_a_case")]

    def __str__(self):
        return f"Part {self.number}"


class EntryQuerySet(models.QuerySet):
    """Steps taken."""

    def in_force(self, at=None):
        """Steps that are neither reversed nor reversals, as known at the moment `at` (by default now).

        COALESCE keeps SQLite from the unique index of `reverses`: it would take that index for a selective one, and
        read nearly every entry once for each row of the outer query.
        """
        found = self.alias(undoes=Coalesce("reverses_id", 0)).filter(undoes=0)
        if at is None:
            return found.filter(reversed_by=None)
        return found.filter(entered_at__lte=at).exclude(reversed_by__entered_at__lte=at)


class Entry(models.Model):
    """One step taken, or one act on people and settings: append-only. `on` is the day it took effect in law,
    `entered_at` the moment it was typed; `by` typed it, `decided_by` or `decided_as` decided it, where that differs."""

    ERASABLE = {"why": "", "answers": {}, "salt": ""}

    case_id: int | None
    by_id: int | None
    reverses_id: int | None
    brought_email: bool  # of `CaseContext.entries`
    moves: "models.QuerySet[Move]"
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, null=True, related_name="entries")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="entries")
    number = models.PositiveIntegerField(null=True)
    step = models.CharField(max_length=60)
    on = models.DateField()
    entered_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="entries")
    decided_as = models.CharField(max_length=20, blank=True)
    decided_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="decisions")
    why = models.TextField(blank=True)
    answers = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    keeps_no = models.BooleanField(default=False, db_default=False, editable=False)  # its answers hold every No too
    salt = models.CharField(max_length=32, default=new_salt)
    by_name = models.CharField(max_length=150, blank=True, default="", db_default="", editable=False)  # as of that day
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversed_by")
    objects: ClassVar[Any] = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["case", "number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="entry_once_a_case")]
        indexes = [models.Index(fields=["panel", "entered_at"])]

    def __str__(self):
        return f"Entry {self.number}: {self.step}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save it with the name that whoever typed it has today: later ones change nothing of it."""
        if self._state.adding and self.by is not None and not self.by_name:
            self.by_name = str(self.by)
        super().save(*args, **kwargs)

    @property
    def by_words(self) -> str:
        """Who typed it, by the name of that day; of entries from before names were kept, by the first that was sealed. ""
        where the command line did."""
        if self.by is None or self.by_name:
            return self.by_name
        known = getattr(self.by, "identity", None)
        return f"{known.began} (name as of the upgrade)" if known is not None else str(self.by)


class Move(models.Model):
    """The change that an entry made to one part, with the slugs that the report counts. Append-only; a move holds
    nothing personal, so figures survive erasure."""

    part_id: int

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="moves")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="moves")
    source = models.CharField(max_length=40, blank=True)
    target = models.CharField(max_length=40)
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["entry", "part"]
        constraints = [models.UniqueConstraint(fields=["entry", "part"], name="move_once")]

    def __str__(self):
        return f"{self.source or 'new'} to {self.target}"


class DutyQuerySet(models.QuerySet):
    """Duties of cases."""

    def awake(self, on):
        """Open duties that can be done on that day: they wait for nothing, or for a day that has passed."""
        return self.filter(Q(waits_for="") | Q(waits_until__lt=on), closed_by=None)


class Duty(models.Model):
    """A duty that an entry opened; it stays open until another entry closes it."""

    class Closed(models.TextChoices):
        """How a duty ended."""

        MET = "met", "Met"
        WAIVED = "waived", "Waived"
        LAPSED = "lapsed", "Lapsed"
        REVERSED = "reversed", "Taken back"

    class Late(models.TextChoices):
        """Why a duty was met after its day, chosen from a list. The report counts it; the words are in the entry."""

        AWAY = "away", "Somebody was away or ill"
        WAITED = "waited", "Somebody outside was waited for"
        LEARNT = "learnt", "It reached us, or became clear, late"
        OVERLOOKED = "overlooked", "It was overlooked"
        BUSY = "busy", "Other work came first"
        OTHER = "other", "Another reason"

    part_id: int | None
    opened_by_id: int
    closed_by_id: int | None

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="duties")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, null=True, related_name="duties")
    kind = models.CharField(max_length=40)
    recipient = models.CharField(max_length=40, blank=True)  # "complainant", "iopc", "office_holder:7"; no names
    due = models.DateField(null=True)
    first_due = models.DateField("due at first", null=True)  # where a correction or a stopped clock has moved it
    stopped_on = models.DateField("clock stopped", null=True)  # a target waits for somebody outside
    waits_for = models.CharField(  # why it sleeps: its step would be refused; empty while it can be done
        max_length=20, blank=True, choices=[(w.value, w.words) for w in Wait]
    )
    waits_until = models.DateField(null=True)  # the last day of the wait, where time alone ends it
    count = models.JSONField(null=True, encoder=DjangoJSONEncoder)  # how `due` was counted, a clock.Count
    opened_by = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="opened")
    closed_by = models.ForeignKey(  # no index: SQLite would find a case's open duties among all open ones by it
        Entry, on_delete=models.PROTECT, null=True, related_name="closed", db_index=False
    )
    closed_how = models.CharField(max_length=10, choices=Closed.choices, blank=True)
    late_reason = models.CharField("why it was late", max_length=10, choices=Late.choices, blank=True)
    history = history()
    objects: ClassVar[Any] = DutyQuerySet.as_manager()

    class Meta:
        ordering = ["due", "pk"]
        verbose_name_plural = "duties"
        indexes = [
            models.Index(fields=["case", "kind"]),
            models.Index(fields=["due"], condition=Q(closed_by=None), name="open_duty_due"),
            models.Index(fields=["case"], condition=Q(closed_by=None), name="open_duty_case"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_by=None, closed_how="") | (~Q(closed_by=None) & ~Q(closed_how="")),
                name="duty_closed_by_and_how",
            )
        ]

    def __str__(self):
        return self.kind

    def end(self, entry, how: str) -> None:
        """Close it by that entry, in that way; what is closed waits for nothing."""
        self.closed_by, self.closed_how = entry, how
        self.waits_for, self.waits_until = "", None
        self.save()

    def sleeps(self, on) -> bool:
        """Whether it waits for something on that day, and cannot be done."""
        return bool(self.waits_for) and (self.waits_until is None or self.waits_until >= on)

    def is_over(self, on) -> bool:
        """Whether the duty's day lies before that day. It is False without a day, and False while the clock is stopped:
        a duty that was late when its clock stopped is late again once the clock goes on."""
        return self.due is not None and self.stopped_on is None and self.due < on

    @property
    def stood(self) -> int:
        """The days for which the clock stood, from the duty's history."""
        days, before = 0, None
        for row in self.history.order_by("history_id"):
            if before is not None and before.stopped_on and not row.stopped_on and before.due != row.due:
                _, stopped, went_on, *_ = Count.from_json(row.count).lines
                days += (went_on.day - stopped.day).days
            before = row
        return days


class CaseRole(models.Model):
    """A person's role on one case, from one entry to another: a seat on its sub-panel, a declared interest."""

    case_id: int
    user_id: int | None
    member_id: int | None
    to_entry_id: int | None

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=20, choices=[(k.value, k.words) for k in CasePart])
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="case_roles"
    )
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="case_roles")
    from_entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="gave")
    to_entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="took")
    history = history()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(user=None, member=None), name="case_role_is_somebodys"),
        ]
        indexes = [models.Index(fields=["kind", "user"]), models.Index(fields=["kind", "member"])]

    def __str__(self):
        return f"{self.user or self.member}: {self.kind}"


def stored_as(document, filename):
    """A random path under the panel's name: the row stores the uploaded name, the path never does."""
    return f"{document.case.panel_id}/{uuid.uuid4().hex}"


class Document(models.Model):
    """A file on a case, stored byte by byte as it came."""

    ERASABLE = {"name": ERASED}

    taken_off_by_id: int | None

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="documents")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # in its address
    name = models.CharField(max_length=150)
    file = models.FileField(upload_to=stored_as, max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    content_type = models.CharField(max_length=100)
    classification = models.CharField(
        max_length=12, choices=[(c.value, c.words) for c in Classification], default=Classification.RESTRICTED
    )
    taken_off_by = models.ForeignKey(  # an email that was put on this case by mistake has taken it along again
        Entry, on_delete=models.PROTECT, null=True, related_name="+"
    )
    history = history(erasable=True)
    objects = DocumentsKept()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.name

    @property
    def erased(self) -> bool:
        """Whether the name and the bytes were erased at the end of the retention period."""
        return self.name == ERASED


def office_holder_slug(holder: OfficeHolder) -> str:
    """The recipient slug of an office holder."""
    return f"{Role.OFFICE_HOLDER}:{holder.pk}"
