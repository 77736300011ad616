"""The journal: history's salt, one chain a panel, one sealed link an act."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from panel.law.names_in_text import ERASED as ERASED  # what stands in place of a name that was erased


def new_salt() -> str:
    """32 hexadecimal digits; with it gone, an old digest of erased text proves no guess."""
    return secrets.token_hex(16)


class Salted(models.Model):
    """Base of the history of models that hold personal data."""

    salt = models.CharField(max_length=32, default=new_salt, editable=False)

    class Meta:
        abstract = True


def history(erasable: bool = False) -> HistoricalRecords:
    """History of every change to a model; salted where some of its columns may have to be erased."""
    return HistoricalRecords(bases=[Salted] if erasable else [models.Model])


class Chain(models.Model):
    """The chain of one panel's links; the one without a panel is the installation's own. An act locks its chain."""

    # Here and below: what Django adds, named for mypy.
    panel_id: int | None
    links: "models.QuerySet[Link]"

    key = models.CharField(max_length=40, unique=True)  # "installation" or the panel's slug
    panel = models.OneToOneField("panel.Panel", on_delete=models.PROTECT, null=True, related_name="chain")

    def __str__(self):
        return f"Chain of {self.panel or 'the installation'}"


class SignIn(models.Model):
    """Somebody signed in or out, or failed to; or their second factor changed. Never changed or removed, and sealed in
    the installation's chain."""

    class What(models.TextChoices):
        """What happened; the slug names the act."""

        SIGNED_IN = "sign_in", "Signed in"
        SIGNED_OUT = "sign_out", "Signed out"
        FAILED = "sign_in_failed", "Could not sign in"
        FACTOR_ADDED = "add_second_factor", "Set up a second factor"
        FACTOR_REMOVED = "remove_second_factor", "Removed a second factor"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="sign_ins")
    what = models.CharField(max_length=24, choices=What.choices)
    how = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["user", "at"])]

    def __str__(self):
        return f"{self.user or 'Somebody unknown'}: {self.get_what_display()}"


class Link(models.Model):
    """One act, sealed: digests of the history rows, entry and moves that it wrote. It holds no content."""

    chain_id: int
    entry_id: int | None
    by_id: int | None

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="links")
    seq = models.PositiveIntegerField()
    entry = models.OneToOneField("panel.Entry", on_delete=models.PROTECT, null=True, related_name="link")
    act = models.CharField(max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    rows = models.JSONField()
    prev = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64)

    class Meta:
        ordering = ["chain", "seq"]
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="link_once")]

    def __str__(self):
        return f"Link {self.seq} of {self.chain_id}"


class Opening(models.Model):
    """Somebody opened a page or a file: append-only. It holds no name of who complained and no word searched for.

    It is written without the chain's lock and sealed by the panel's next act, which names itself in `link`, once.
    """

    SEALED_BY = "link_id"  # no part of the digest

    class Kind(models.TextChoices):
        """What was opened."""

        CASE = "case", "Page of a case"
        DOCUMENT = "document", "Document"
        BUNDLE = "bundle", "Whole case as one file"
        EXPORT = "export", "List as a file"
        REPORT = "report", "Report"
        PERSON = "person", "All that is held on a person"
        MESSAGE = "message", "Email that came in"
        INTERESTS = "interests", "Members’ interests"

    panel = models.ForeignKey("panel.Panel", on_delete=models.PROTECT, related_name="openings", db_index=False)
    case = models.ForeignKey("panel.Case", on_delete=models.PROTECT, null=True, related_name="openings", db_index=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="openings")
    at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    page = models.CharField(max_length=100)  # the name of its address, with the tab or step: "step record"
    what = models.CharField(max_length=60, blank=True)  # the document's or the report's number
    asked = models.CharField(max_length=300, blank=True)  # names of the filters used, never what was typed
    came_from = models.CharField("from", max_length=100, blank=True)  # the page with the link, as the browser says
    link = models.ForeignKey(Link, on_delete=models.PROTECT, null=True, related_name="openings", db_index=False)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["panel", "id"], name="opening_panel"),
            models.Index(fields=["case", "id"], name="opening_case"),
            models.Index(fields=["panel"], condition=Q(link=None), name="opening_waits"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} at {self.at}"


class Errand(models.Model):
    """On which day something that is done again and again was last done: bookkeeping, and no part of the record."""

    key = models.CharField(max_length=60, unique=True)
    done_on = models.DateField()

    def __str__(self):
        return f"{self.key}: {self.done_on}"
