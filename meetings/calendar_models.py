"""The key of somebody's private calendar feed. Only a digest of it is kept: who reads the database cannot read the feed."""

import hashlib
import secrets

from django.conf import settings
from django.db import models

from panel.models import Panel

KEY_BYTES = 24  # 192 bits, in the address


def digest(key: str) -> str:
    """What is stored of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


class CalendarKey(models.Model):
    """One person's key in one panel. A new one ends the one before; who has none has no feed. It is no part of the record."""

    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_keys")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["panel", "user"], name="one_calendar_key_each")]

    def __str__(self):
        return f"Calendar of {self.user}"

    @classmethod
    def make(cls, panel, user) -> str:
        """A new key for that person; the one before is gone at once."""
        key = secrets.token_urlsafe(KEY_BYTES)
        cls.objects.update_or_create(panel=panel, user=user, defaults={"digest": digest(key)})
        return key
