"""What people type and send, which is no part of the record: drafts, and which forms were sent already."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from panel.models.casework import Case, Entry
from panel.models.panels import Panel


class Draft(models.Model):
    """Answers that somebody typed and has not entered. Only that person sees them; they are no part of the record.

    Of a step there is one a case; of what begins a case, one for each that was begun, by the key of its form; of any other
    page, one for each address."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, null=True, related_name="+")  # none: the installation's
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="drafts")
    step = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=400, blank=True)  # of a page that is no step, with what stands behind its "?"
    key = models.CharField(max_length=32, blank=True)  # of the form in which it was typed
    number = models.PositiveIntegerField(null=True)  # of a case that was begun: its author's first, second, ...
    answers = models.JSONField(default=dict)
    seen = models.PositiveIntegerField(default=0)  # the version of the case when it was opened
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "case", "step"], condition=~Q(case=None) & Q(address=""), name="draft_once_a_case"
            ),
            models.UniqueConstraint(
                fields=["user", "panel", "step", "key"], condition=Q(case=None, address=""), name="draft_once_a_form"
            ),
            models.UniqueConstraint(fields=["user", "address"], condition=~Q(address=""), name="draft_once_an_address"),
        ]

    def __str__(self):
        return f"Draft of {self.step or self.address}"


class Submission(models.Model):
    """A form that was sent and did something: its key, made with the form, stands here once, written in the same transaction
    as what it did. It holds no word of what was typed."""

    key = models.CharField(max_length=32, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    digest = models.CharField(
        max_length=64
    )  # of what was sent, with the key of the installation: whether it is the same
    location = models.CharField(max_length=400, blank=True)  # where the answer led
    at = models.DateTimeField(db_index=True)

    def __str__(self):
        return f"Form sent at {self.at}"
