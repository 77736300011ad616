"""The public version of the record of an outcome, linked with the original. Beside `complaints.models`."""

from django.conf import settings
from django.db import models

from complaints.models import Complaint
from panel.models import Case, Entry
from panel.models.journal import history


class PublicVersion(models.Model):
    """The record of an outcome as the public may read it: every place that could show who somebody is was looked at by a
    person, who left it out or kept it. `original` is the entry whose text it was made from."""

    ERASABLE = {"text": "", "marks": {}}

    # What Django adds, named for mypy.
    case_id: int
    original_id: int

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="public_versions")
    original = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="public_version")
    text = models.TextField("public version", blank=True)
    marks = models.JSONField("marks", default=dict)  # {"places": [{start, end, why, keep, shown}, ...]}
    confirmed = models.BooleanField("each mark confirmed", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    history = history(erasable=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "public version"

    def __str__(self) -> str:
        return f"Public version {self.pk}"


def erasable_rows(case: Complaint) -> list[models.Model]:
    """What an erasure blanks of a complaint: its own rows, and the public versions of its outcomes."""
    return [*case.erasable_rows(), *PublicVersion.objects.filter(case=case.pk)]
