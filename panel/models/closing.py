"""The day from which a panel is closed, and what came in its place. From that day its record is read and carried away, and
nothing is added."""

from datetime import date

from django.db import models

from panel.law.period import day_words

CLOSED_STILL = {  # acts that go on: who may read, how long it is kept, mail that went out before, files made of it
    "close_panel", "give_role", "change_role", "close_account", "open_account", "change_identity", "seal_names",
    "hold", "lift_hold", "propose_erasure", "decline_erasure", "erase",
    "send_mail", "mail_answer", "mail_unsure", "mail_returned", "mail_arrived", "take_back_mail", "settle_mail",
    "restore_mail", "make_bundle", "bundle_made", "bundle_failed", "seal_openings",
}  # fmt: skip
CLOSED = "All of it can be read and had as files; nothing can be added."


def not_closed(day: date, at: str = "") -> models.Q:
    """The panels that are not closed on that day; `at` leads to the panel, such as "case__panel__"."""
    return models.Q(**{f"{at}closed_from": None}) | models.Q(**{f"{at}closed_from__gt": day})


class Closing(models.Model):
    """Columns of a panel."""

    closed_from = models.DateField("closed from", null=True, blank=True)
    merged_into = models.ForeignKey(
        "panel.Panel",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name="merged into",
    )
    succeeded_by = models.CharField("what came in its place", max_length=160, blank=True)

    class Meta:
        abstract = True

    def closed_on(self, day: date) -> bool:
        """Whether it is closed on that day."""
        return self.closed_from is not None and self.closed_from <= day

    @property
    def successor(self) -> str:
        """What came in its place, in words."""
        return self.merged_into.names.name if self.merged_into is not None else self.succeeded_by

    def closing_words(self, day: date) -> str:
        """What its pages say of it on that day; nothing while no day is set."""
        if self.closed_from is None:
            return ""
        into = f" and was merged into the {self.successor}" if self.merged_into else ""
        after = f" In its place came {self.succeeded_by}." if self.succeeded_by and not self.merged_into else ""
        if self.closed_on(day):
            return f"This Panel closed on {day_words(self.closed_from)}{into}.{after} {CLOSED}"
        return f"This Panel closes on {day_words(self.closed_from)}. From that day nothing can be added."
