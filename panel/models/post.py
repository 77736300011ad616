"""Mail that goes out: what waits, what was tried, and what became of it."""

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from panel.models.casework import Case, Document, Entry
from panel.models.journal import history
from panel.models.panels import Panel


class Message(models.Model):
    """One mail to one address. `panel.post` queues it, sends it and notes what became of it; nobody else writes it.

    Its subject holds nothing personal. Mail with a link that works once has no text here: the text is made when it goes."""

    ERASABLE = {"address": "", "text": "", "cause": ""}

    class State(models.TextChoices):
        """Where it is."""

        WAITING = "waiting", "Waiting"
        SENDING = "sending", "Being sent"
        ACCEPTED = "accepted", "Accepted by the mail server"
        DELIVERED = "delivered", "Arrived"
        UNSURE = "unsure", "May have gone"
        REFUSED = "refused", "Refused by the mail server"
        GIVEN_UP = "given_up", "Given up"
        BOUNCED = "bounced", "Came back"
        WITHDRAWN = "withdrawn", "Taken back"

    # Here and below: what Django adds, named for mypy.
    panel_id: int | None
    case_id: int | None
    user_id: int | None
    attempts: "models.QuerySet[MessageAttempt]"
    enclosures: "models.QuerySet[Enclosure]"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # in its address, and its Message-ID
    kind = models.CharField(max_length=30)  # of panel.post.kinds; no choices: no migrations
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, null=True, related_name="messages")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="messages")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="messages")  # the step behind it
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="messages")
    recipient = models.CharField(max_length=40, blank=True)  # "complainant", "iopc", "office_holder:7"; no names
    address = models.CharField("email address", max_length=254)
    subject = models.CharField(max_length=150)
    text = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)  # of the text: it stays when the text is erased
    given = models.JSONField(default=dict, encoder=DjangoJSONEncoder)  # what the text is made from; nothing personal
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    queued_at = models.DateTimeField("queued")
    next_at = models.DateTimeField("to be tried", null=True)  # while it waits
    tries = models.PositiveSmallIntegerField(default=0)
    cause = models.TextField("why it did not arrive", blank=True)
    returned_on = models.DateField("came back", null=True)
    followed_up = models.BooleanField("acted on", default=False)  # its return was told to whoever queued it
    history = history(erasable=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["panel", "id"], name="message_panel"),
            models.Index(fields=["next_at"], condition=Q(state="waiting"), name="message_waits"),
        ]

    def __str__(self):
        return f"{self.subject} ({self.get_state_display().lower()})"

    @property
    def erased(self) -> bool:
        """Whether its address and text were erased."""
        return not self.address

    @property
    def failed(self) -> bool:
        """Whether it did not arrive, as far as is known."""
        return self.state in (self.State.REFUSED, self.State.GIVEN_UP, self.State.BOUNCED)


class MessageAttempt(models.Model):
    """One try to hand a message to the mail server. It is written before the server is told, and once more after it has
    answered: one without an outcome was cut off in between."""

    ERASABLE = {"reason": ""}

    class Outcome(models.TextChoices):
        """What came of it."""

        ACCEPTED = "accepted", "Accepted"
        REFUSED = "refused", "Refused"
        PUT_OFF = "put_off", "Put off"
        UNSURE = "unsure", "Unknown"
        DROPPED = "dropped", "Not sent: no longer needed"

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    answered_at = models.DateTimeField(null=True)
    sent_as = models.CharField("Message-ID", max_length=320, blank=True)
    reason = models.TextField(blank=True)
    history = history(erasable=True)

    class Meta:
        ordering = ["message", "number"]
        constraints = [models.UniqueConstraint(fields=["message", "number"], name="attempt_once")]

    def __str__(self):
        return f"Attempt {self.number}"


class Enclosure(models.Model):
    """A document that goes with a message, byte by byte as it is stored."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="enclosures")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="enclosed_in")
    history = history()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["message", "document"], name="enclosed_once")]

    def __str__(self):
        return f"Enclosure {self.document_id}"


class ResetRequest(models.Model):
    """Somebody asked for a new password with this address, known or not; gone as soon as the queue is looked at. It is no
    part of the record: a stranger can type anybody's address."""

    address = models.CharField(max_length=320)
    site = models.CharField(max_length=300)  # where they asked, such as https://panel.example
    asked_at = models.DateTimeField()

    def __str__(self):
        return f"Asked at {self.asked_at}"


class ReminderChoice(models.Model):
    """How often somebody is reminded of what waits for them, where they have said so."""

    class When(models.TextChoices):
        """How often."""

        DAILY = "daily", "Every day on which something waits"
        NEW = "new", "On a day on which something new waits"
        AT_ONCE = "at_once", "As soon as a decision is ready, and on a day on which something else is new"
        NEVER = "never", "Never"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reminder_choice")
    when = models.CharField("reminders", max_length=10, choices=When.choices)
    history = history()

    def __str__(self):
        return self.get_when_display()
