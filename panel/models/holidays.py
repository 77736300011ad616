"""Bank holidays that were announced after the installed list was made. An installation administrator enters them; each
process reads them in before it counts.

    read_in()                  # in an act: the latest are known
    read_in(panel.holidays)    # on a page: only where another process has entered one since
"""

from django.conf import settings
from django.db import models

from panel.law import bank_holidays
from panel.models.journal import history

_known: list[int] = [0]  # the key of the last row that this process has read in


class BankHoliday(models.Model):
    """A day that was announced as a bank holiday in England and Wales, or is none after all; the last row of a day
    counts."""

    day = models.DateField()
    name = models.CharField(max_length=80)
    holds = models.BooleanField("is a bank holiday", default=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="entered by"
    )
    history = history()

    class Meta:
        ordering = ["day", "pk"]

    def __str__(self):
        return f"{self.name}, {self.day}"


def newest() -> models.QuerySet:
    """The key of the last row, as a query of one number; 0 where there is none."""
    return BankHoliday.objects.order_by("-pk").values("pk")[:1]


def read_in(last: int | None = None) -> None:
    """Let the days be known to whoever counts. `last` is the key of the last row, where somebody has asked already."""
    last = last if last is not None else (newest().values_list("pk", flat=True).first() or 0)
    if last == _known[0]:
        return
    found: dict = {}
    for row in BankHoliday.objects.order_by("pk"):
        if row.holds:
            found[row.day] = row.name
        else:
            found.pop(row.day, None)
    bank_holidays.EXTRA_CLOSURES.clear()
    bank_holidays.EXTRA_CLOSURES.update(found)
    _known[0] = last
