"""One matter, many cases: the group in which cases about one matter are handled together, and what belongs to it when."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from panel.models.casework import Case, Entry
from panel.models.journal import ERASED, history
from panel.models.panels import Panel


class CaseGroup(models.Model):
    """Cases of one panel and one register about one matter. Each stays a case of its own: a step is taken once for all of
    them, and an interest in one is an interest in all. Its title names the matter and nobody who complained of it."""

    ERASABLE = {"title": ERASED}

    panel_id: int
    members: "models.QuerySet[GroupMember]"

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="groups")
    register = models.CharField(max_length=20, editable=False)
    year = models.PositiveSmallIntegerField(editable=False)  # in which it was begun
    serial = models.PositiveIntegerField(editable=False)  # within panel, register and year; never reused
    title = models.CharField("what the matter is", max_length=120)
    history = history(erasable=True)

    class Meta:
        ordering = ["panel", "year", "serial"]
        verbose_name = "group"
        constraints = [
            models.UniqueConstraint(fields=["panel", "register", "year", "serial"], name="group_number_once")
        ]

    def __str__(self) -> str:
        return f"Group {self.number}"

    def get_absolute_url(self) -> str:
        """The page of the matter."""
        return reverse("panel:group", args=[self.panel.slug, self.register, self.number])

    @property
    def number(self) -> str:
        """Its number as people say it: "2026-2"."""
        return f"{self.year}-{self.serial}"


class GroupMember(models.Model):
    """A case in a group, from the entry by which it joined to the one by which it left: the reasons are theirs."""

    group_id: int
    case_id: int

    group = models.ForeignKey(CaseGroup, on_delete=models.PROTECT, related_name="members")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="groupings")
    from_entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    to_entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")
    history = history()
    objects: ClassVar[Any] = models.Manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "member of a group"
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(to_entry=None), name="one_group_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} in {self.group_id}"


def others_of_the_matter(case_ids: Any) -> "models.QuerySet[GroupMember]":
    """What belongs to a group together with one of these cases now: themselves included."""
    now = GroupMember.objects.filter(to_entry=None)
    found: models.QuerySet[GroupMember] = now.filter(group__in=now.filter(case__in=case_ids).values("group"))
    return found
