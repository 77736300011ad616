"""Letters of a case: the drafts that officers share, and each letter as it went."""

import base64

from django.conf import settings
from django.db import models

from panel.models.casework import Case, Document, Entry
from panel.models.journal import ERASED, history
from panel.models.panels import Panel
from panel.models.people import Complainant
from panel.models.post import Message


class LetterDraft(models.Model):
    """A letter that is being written, shared by those who may write. It is no part of the record: what goes out is kept
    as a `Letter`. One that was made ready to be posted stays as it is until somebody says that it was, or takes it back."""

    ERASABLE = {
        "to_name": ERASED,
        "address": "",
        "email": "",
        "subject": "",
        "text": "",
        "welsh": "",
        "ours": "",
        "facts": {},
        "check_note": "",
    }
    entry_id: int
    begun_by_id: int
    saved_by_id: int

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="letter_drafts")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")  # the step that causes it
    kind = models.CharField(max_length=40)
    recipient = models.CharField(max_length=40, blank=True)
    to_name = models.CharField("addressee", max_length=200, blank=True)
    address = models.TextField("address", max_length=500, blank=True)
    email = models.CharField("email address", max_length=254, blank=True)
    subject = models.CharField(max_length=200)
    text = models.TextField("letter", max_length=20_000)
    welsh = models.TextField("letter in Welsh", max_length=20_000, blank=True)
    ours = models.TextField("as it was drafted")
    facts = models.JSONField(default=dict)  # what it was drafted with
    version = models.PositiveIntegerField(default=1)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    ready_on = models.DateField("made ready to be posted", null=True)  # the day on its face
    to_check_on = models.DateField("given to somebody else to check", null=True)
    check_note = models.TextField("what whoever checked it wants changed", max_length=2000, blank=True)

    class Meta:
        ordering = ["-saved_at"]
        constraints = [models.UniqueConstraint(fields=["case", "kind", "recipient", "entry"], name="letter_draft_once")]

    def __str__(self):
        return f"Draft of {self.kind}"


class Letter(models.Model):
    """A letter as it went: its words, how it was sent and when, and its files among the case's documents. Never changed.
    An erasure takes name, address and words; day, kind and hash stay."""

    ERASABLE = {"to_name": ERASED, "address": "", "email": "", "subject": "", "text": "", "welsh": ""}

    class How(models.TextChoices):
        """How it went; the same as in the step that records it."""

        POST = "post", "Post"
        EMAIL = "email", "Email"
        HAND = "hand", "By hand"
        MEETING = "meeting", "At a meeting"
        WEBSITE = "website", "On the Panel’s website"

    case_id: int
    entry_id: int

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=40)
    recipient = models.CharField(max_length=40, blank=True)
    how = models.CharField(max_length=10, choices=How.choices)
    sent_on = models.DateField("sent")
    to_name = models.CharField("addressee", max_length=200, blank=True)
    address = models.TextField("address", blank=True)
    email = models.CharField("email address", max_length=254, blank=True)
    subject = models.CharField(max_length=200)
    text = models.TextField("letter")
    welsh = models.TextField("letter in Welsh", blank=True)
    language = models.CharField(max_length=5, default="en")
    sha256 = models.CharField(max_length=64)  # of the file that went
    word = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    pdf = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    written_by = models.ForeignKey(  # who wrote it last, where the record keeps that apart from who sent it
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="written by"
    )
    message = models.OneToOneField(
        Message, on_delete=models.PROTECT, null=True, related_name="letter"
    )  # sent from here
    history = history(erasable=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["case", "kind"])]

    def __str__(self):
        return f"Letter: {self.kind}"

    @property
    def erased(self) -> bool:
        """Whether its words were erased at the end of the retention period."""
        return self.to_name == ERASED


class MarkedWords(models.Model):
    """Words of a case that could show who somebody is, and whether they stay in what an office holder or the public reads."""

    ERASABLE = {"words": ERASED}

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="marked_words")
    words = models.CharField(max_length=300)
    kept = models.BooleanField("stays", default=False)
    history = history(erasable=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "marked words"
        verbose_name_plural = "marked words"

    def __str__(self):
        return "Marked words"


class ContactRestriction(models.Model):
    """How one person may reach the Panel for a time: decided by somebody, with reasons, to be looked at again. It is shown
    wherever somebody would write to them, on every case of theirs, and bars nobody from complaining."""

    ERASABLE = {"way": "", "reason": "", "decided_by": "", "reviewer": ""}

    complainant = models.ForeignKey(Complainant, on_delete=models.PROTECT, related_name="contact_restrictions")
    way = models.CharField("how they may reach us", max_length=300)
    reason = models.TextField("why", max_length=2000)
    from_date = models.DateField("from")
    until = models.DateField("until")
    decided_by = models.CharField("decided by", max_length=150)
    reviewer = models.CharField("who looks at it, if they ask", max_length=150)
    review_on = models.DateField("to be looked at again")
    ended_on = models.DateField("ended before its time", null=True)
    history = history(erasable=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "restriction of contact"
        verbose_name_plural = "restrictions of contact"

    def __str__(self):
        return "Restriction of contact"

    def holds(self, day) -> bool:
        """Whether it holds on that day."""
        last = self.until if self.ended_on is None else min(self.until, self.ended_on)
        return bool(self.from_date <= day <= last)


class LetterText(models.Model):
    """A panel's own text for a kind of letter, or its Word template, from one day on; an empty one puts ours back. What
    went before stays. The kind "letterhead" is the paper of every letter of the register that has no template itself."""

    class Language(models.TextChoices):
        """In which language it is."""

        ENGLISH = "en", "English"
        WELSH = "cy", "Welsh"

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="letter_texts")
    register = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)
    to_holder = models.BooleanField("to the office holder", default=False)
    from_date = models.DateField("in use from")
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)
    text = models.TextField(max_length=10_000, blank=True)
    word = models.TextField("Word template", blank=True)  # the bytes, in base64
    word_name = models.CharField("name of the Word template", max_length=200, blank=True)
    word_sha256 = models.CharField(max_length=64, blank=True)
    history = history()

    class Meta:
        ordering = ["from_date"]
        constraints = [
            models.UniqueConstraint(
                fields=["panel", "register", "kind", "to_holder", "language", "from_date"],
                name="letter_text_once_a_day",
            )
        ]

    def __str__(self):
        return f"Text of {self.kind}"

    @property
    def word_bytes(self) -> bytes:
        """The Word template."""
        return base64.b64decode(self.word)
