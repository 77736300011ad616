"""A bundle: the papers of a case in one PDF and one ZIP file, as one reader got them."""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from panel.models.casework import Case, stored_as
from panel.models.journal import ERASED, history
from panel.models.people import Member

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile


class Bundle(models.Model):
    """A bundle that was asked for, and, once it is made, its file as it went out. Stored like a document: the row keeps
    its name, the path never does. Its days, numbers and digests survive an erasure."""

    ERASABLE = {"name": ERASED, "contents": {}, "trouble": ""}

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", "Being made"
        READY = "ready", "Ready"
        FAILED = "failed", "Could not be made"

    # What Django adds, named for mypy.
    case_id: int
    member_id: int | None
    file: "FieldFile"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="bundles")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # in its address
    audience = models.CharField("for whom", max_length=20)  # a slug that the register declares
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, related_name="bundles", verbose_name="whose copy"
    )
    copy = models.PositiveSmallIntegerField("number of the copy", default=1)
    copies = models.PositiveSmallIntegerField("copies", default=1)
    named = models.BooleanField("names the complainant", default=False)
    documents = models.JSONField("documents", default=list)  # numbers of those that were chosen
    back_by = models.DateField("to be handed back by", null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("asked for")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    trouble = models.CharField("why it could not be made", max_length=300, blank=True)
    made_at = models.DateTimeField("made", null=True)
    name = models.CharField(max_length=150)
    file = models.FileField(upload_to=stored_as, max_length=100, blank=True)  # the ZIP, which holds the PDF
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    pdf_sha256 = models.CharField("SHA-256 of the PDF", max_length=64, blank=True)
    pages = models.PositiveIntegerField(default=0)
    contents = models.JSONField(
        default=dict
    )  # {"sections": [[heading, [[number, title, day, from, pages], ...]], ...]}
    history = history(erasable=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Bundle {self.pk}"

    @property
    def erased(self) -> bool:
        """Whether its name and its bytes were erased at the end of the retention period."""
        return self.name == ERASED
