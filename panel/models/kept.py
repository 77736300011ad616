"""The documents that are on a case."""

from django.db import models


class DocumentsKept(models.Manager):
    """The documents of a case, without those that were taken off it again."""

    def get_queryset(self) -> models.QuerySet:
        """Those that are on it."""
        return super().get_queryset().filter(taken_off_by=None)
