"""What is on record of a member beside their seat: the interests they registered, and the political group that they
declared to the public."""

from collections.abc import Callable

from django.db import models

from panel.models.journal import ERASED, history
from panel.models.panels import Panel
from panel.models.people import DateRange, Member


class RegisteredInterest(DateRange):
    """An interest that a member registered, between two days (Localism Act 2011, sections 28 to 31, for members of councils).
    Not what was declared at a meeting or on a case: that stands there."""

    ERASABLE = {"what": ERASED, "concerns": "", "declared_where": ""}
    ABOUT_WHOM_IT_NAMES = True  # its words are about the member it points at, so they are told to them

    get_kind_display: Callable[[], str]

    class Kind(models.TextChoices):
        """Under which heading of the register it stands."""

        PECUNIARY = "pecuniary", "Disclosable pecuniary interest"
        OTHER = "other", "Other registered interest"
        GIFT = "gift", "Gift or hospitality"

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="registered_interests")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="registered_interests")
    kind = models.CharField("kind of interest", max_length=12, choices=Kind.choices)
    what = models.TextField("interest", max_length=500)
    concerns = models.TextField("whom or what it concerns", max_length=1000, blank=True)
    declared_on = models.DateField("declared on")
    declared_where = models.CharField("where it was declared", max_length=200, blank=True)
    erased_on = models.DateField("erased on", null=True, blank=True)
    history = history(erasable=True)

    class Meta:
        ordering = ["member__name", "from_date", "pk"]
        verbose_name = "registered interest"

    def __str__(self):
        return f"{self.member}, {self.get_kind_display().lower()}"


class PoliticalGroup(DateRange):
    """The group on their council to which a councillor said in public that they belong, between two days. Never of an
    independent member, and nothing that was not made public (UK GDPR, article 9(2)(e))."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="political_groups")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="political_groups")
    name = models.CharField("group", max_length=80)
    declared_where = models.CharField("where it was declared", max_length=200)
    history = history()

    class Meta:
        ordering = ["from_date", "pk"]
        verbose_name = "political group"

    def __str__(self):
        return f"{self.member}, {self.name}"
