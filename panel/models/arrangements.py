"""Changes of who acts in a panel: proposed, agreed by the Monitoring Officer, and kept. What holds stands in the panel's
dated settings (`PanelSettings.who_acts`), where an agreed change is written."""

from typing import Any

from django.conf import settings
from django.db import models

from panel.models.journal import history
from panel.models.panels import Panel


class Arrangement(models.Model):
    """One change of who acts in one matter, from a day on. It holds once it is agreed; until the first case is logged
    nobody needs to agree."""

    proposed_by_id: int | None
    agreed_by_id: int | None

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="arrangements")
    matter = models.CharField(max_length=40)
    from_date = models.DateField("from")
    who = models.CharField("who acts", max_length=20)
    after = models.JSONField("after asking", default=list, blank=True)
    agreed_where = models.CharField("where it was agreed", max_length=200)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="proposed by"
    )
    proposed_on = models.DateField("proposed")
    agreed_by = models.ForeignKey(  # nobody, where no agreement was needed
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="agreed by"
    )
    agreed_on = models.DateField("agreed", null=True)
    dropped_on = models.DateField("dropped", null=True)
    history = history()

    class Meta:
        ordering = ["from_date", "pk"]
        verbose_name = "change of who acts"
        verbose_name_plural = "changes of who acts"
        constraints = [
            models.UniqueConstraint(
                fields=["panel", "matter", "from_date"],
                condition=models.Q(dropped_on=None),
                name="one_actor_a_matter_and_day",
            )
        ]

    def __str__(self):
        return f"Who acts: {self.matter} from {self.from_date}"

    @property
    def waits(self) -> bool:
        """Whether nobody has agreed to it yet."""
        return self.agreed_on is None and self.dropped_on is None

    @property
    def stored(self) -> dict[str, Any]:
        """As the settings hold it."""
        return {"who": self.who, "after": list(self.after)}


class PanelDuty(models.Model):
    """Something that the Panel owes apart from any case: to tell the Commissioner of a changed address (reg 30)."""

    class Kind(models.TextChoices):
        """What is owed."""

        TELL_ADDRESS = "tell_address", "Tell the Commissioner of the changed address for complaints"

    met_by_id: int | None

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="panel_duties")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    since = models.DateField()
    met_on = models.DateField("done on", null=True)
    met_how = models.CharField("how", max_length=200, blank=True)
    to_name = models.CharField("to", max_length=200, blank=True)
    letter = models.TextField("letter", max_length=20_000, blank=True)  # as it went, where it was written here
    letter_sha256 = models.CharField(max_length=64, blank=True)  # of its words
    met_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="entered by"
    )
    history = history()

    class Meta:
        ordering = ["since", "pk"]
        verbose_name = "duty of the Panel"
        verbose_name_plural = "duties of the Panel"

    def __str__(self):
        return str(self.get_kind_display())
