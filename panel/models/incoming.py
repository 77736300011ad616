"""What came in and is not on a case yet: an email or a letter, as it came, with what came with it."""

import uuid
from collections.abc import Callable

from django.conf import settings
from django.db import models

from panel.models.casework import Case, Document, Entry
from panel.models.journal import ERASED, history
from panel.models.panels import Panel


class IncomingMessage(models.Model):
    """An email (or a letter's files) that somebody dropped or a mail rule handed in. It waits until it is logged as a
    complaint, put on a case, or removed with who and why."""

    ERASABLE = {
        "sender": ERASED, "address": "", "subject": "", "text": "", "message_id": "", "answers_to": "", "found": {},
    }  # fmt: skip

    class CameBy(models.TextChoices):
        """Which way it came in."""

        PAGE = "page", "Dropped on the page"
        COMMAND = "command", "Handed in by the mail rule"

    class Status(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", "Not logged yet"
        LOGGED = "logged", "Logged"
        JOINED = "joined", "Put on a case"
        REMOVED = "removed", "Removed"

    panel_id: int
    case_id: int | None
    get_status_display: Callable[[], str]
    files: "models.QuerySet[IncomingFile]"

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="incoming")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # in its address
    came_at = models.DateTimeField("came in")
    came_by = models.CharField("came in by", max_length=10, choices=CameBy.choices)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=5)  # eml, emlx, msg; "file" for what is no email
    sha256 = models.CharField(max_length=64)  # of the original: the same email handed in twice is one
    sender = models.CharField(max_length=150, blank=True)
    address = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField("sent", null=True)
    received_at = models.DateTimeField("received", null=True)
    message_id = models.CharField(max_length=250, blank=True)
    answers_to = models.CharField(max_length=250, blank=True)
    text = models.TextField(blank=True)
    found = models.JSONField(default=dict)  # {"answers": {question: [answer, where]}, "notes": [...], "bounce": {...}}
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="incoming")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="incoming")
    history = history(erasable=True)

    class Meta:
        ordering = ["-came_at", "-pk"]
        indexes = [models.Index(fields=["panel", "status"]), models.Index(fields=["panel", "sha256"])]

    def __str__(self):
        return self.subject or "No subject"

    @property
    def who(self) -> str:
        """Who wrote, by name or address."""
        return self.sender or self.address or "Nobody named"


def message_stored_as(file, filename):
    """A random path under the panel's name, as that of a document: it becomes one without being copied."""
    return f"{file.message.panel_id}/{uuid.uuid4().hex}"


class IncomingFile(models.Model):
    """A file that came in: the original, byte for byte, or one that came with it."""

    ERASABLE = {"name": ERASED}

    message_id: int

    message = models.ForeignKey(IncomingMessage, on_delete=models.PROTECT, related_name="files")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=150)
    original = models.BooleanField(default=False)
    file = models.FileField(upload_to=message_stored_as, max_length=100, blank=True)  # empty where it was not kept
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    not_kept = models.CharField(max_length=200, blank=True)  # why: ends a sentence that its name begins
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    history = history(erasable=True)

    class Meta:
        ordering = ["-original", "pk"]

    def __str__(self):
        return self.name

    @property
    def erased(self) -> bool:
        """Whether its name and its bytes were erased, with the message or with the case that it was put on."""
        return self.name == ERASED
