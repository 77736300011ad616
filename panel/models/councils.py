"""The councils that appoint to a panel."""

from django.db import models

from panel.models.journal import history
from panel.models.panels import Panel


class Council(models.Model):
    """A council that appoints members to the panel."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="councils")
    name = models.CharField(max_length=120)
    history = history()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["panel", "name"], name="council_once_a_panel")]

    def __str__(self):
        return self.name
