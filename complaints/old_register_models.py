"""What bringing in an old register needs besides the cases it makes. No part of the record: beside `complaints.models`."""

from datetime import timedelta

from django.conf import settings
from django.db import models

from complaints.models import Complaint
from panel.models import Panel


class RegisterRow(models.Model):
    """The row of an old register from which a case was entered, by a digest: the same row makes no second case, also after
    the case was erased. It holds no word of the row."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    case = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="register_rows")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["panel", "key"], name="register_row_once")]

    def __str__(self) -> str:
        return f"Row of an old register, case {self.case_id}"


class OldRegister(models.Model):
    """A file that somebody sent, as it was read, until it is entered or given up: one a person and panel, seen by them only.
    It goes once the cases are entered, and after some days at the latest."""

    PASSES_AFTER = timedelta(days=7)  # untouched: `manage.py sweep_drafts`

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=150)
    tables = models.JSONField(default=list)  # [{"sheet": ..., "heads": [...], "rows": [[number, [cell, ...]], ...]}]
    left_out = models.JSONField(default=list)  # sentences: what of the file is no row of a register
    chosen = models.JSONField(default=dict)  # {"columns": {heading: what it is}, "words": {word: what it means}}
    begun_at = models.DateTimeField(null=True)  # a process of its own enters it
    trouble = models.TextField(blank=True)  # why it could not be entered
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "panel"], name="old_register_once")]

    def __str__(self) -> str:
        return self.name
