"""The Panel's business beside its meetings: the work programme, and what the Panel told the Commissioner."""

from django.db import models

from panel.models import Panel
from panel.models.journal import history


class WorkItem(models.Model):
    """An area of scrutiny: for one meeting, or for every year or meeting."""

    class Kind(models.TextChoices):
        """In which of the two tables it stands."""

        MEETING = "meeting", "For one meeting"
        STATUTORY = "statutory", "Every year, statutory"
        REGULAR = "regular", "Every year or meeting, regular"

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="work_items")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.MEETING)
    title = models.CharField("area of scrutiny", max_length=200)
    meeting_on = models.DateField("meeting", null=True, blank=True)
    how_often = models.CharField("when it comes", max_length=80, blank=True)
    last_report = models.DateField("last report", null=True, blank=True)
    follow_up = models.TextField("notes and follow-up", blank=True)
    owed_by = models.CharField("who writes the paper", max_length=120, blank=True)
    owed_on = models.DateField("paper asked for by", null=True, blank=True)
    came_on = models.DateField("paper came", null=True, blank=True)
    done_on = models.DateField("dealt with", null=True, blank=True)
    off = models.BooleanField("taken off", default=False)
    statutory = models.CharField(max_length=20, blank=True)  # which of the statutory items, and of which year
    provision = models.CharField(max_length=40, blank=True)
    due_on = models.DateField("by law by", null=True, blank=True)
    carried_from = models.DateField(null=True, blank=True)
    history = history()

    class Meta:
        ordering = ["meeting_on", "pk"]
        verbose_name = "item of the work programme"

    def __str__(self):
        return self.title

    @property
    def awaited(self) -> bool:
        """Whether somebody owes its paper."""
        return bool(self.owed_by) and self.came_on is None and self.done_on is None and not self.off


class Told(models.Model):
    """A report or recommendation of the Panel to the Commissioner, or a note of what else the Panel did. The Panel
    publishes each (section 28(7)), so it is kept."""

    class Kind(models.TextChoices):
        """What it is about."""

        PRECEPT = "precept", "Proposed precept"
        PRECEPT_AGAIN = "precept_again", "Precept, second report"
        PLAN = "plan", "Police and crime plan"
        ANNUAL = "annual", "Commissioner’s annual report"
        APPOINTMENT = "appointment", "Senior appointment"
        COMPLAINT = "complaint", "Complaint"
        SCRUTINY = "scrutiny", "Scrutiny"
        CONFIDENCE = "confidence", "Vote of no confidence (a note)"
        SUSPENSION = "suspension", "Suspension of a charged Commissioner (a note)"
        ACTING = "acting", "Appointment of an acting Commissioner (a note)"

    class Answer(models.TextChoices):
        """What the Commissioner said of it."""

        ACCEPTED = "accepted", "Accepted"
        IN_PART = "in_part", "Accepted in part"
        REFUSED = "refused", "Not accepted"

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="told")
    kind = models.CharField("about", max_length=14, choices=Kind.choices)
    title = models.CharField("what", max_length=200)
    told_on = models.DateField("when")
    minute = models.CharField("minute", max_length=20, blank=True)
    recommendations = models.TextField("what the Panel said", blank=True)
    vetoed = models.BooleanField("vetoed", default=False)
    votes_for = models.PositiveSmallIntegerField("votes for the veto", null=True, blank=True)
    members = models.PositiveSmallIntegerField("members in office", null=True, blank=True)
    answer_due = models.DateField("answer due", null=True, blank=True)
    answered_on = models.DateField("answer came", null=True, blank=True)
    decision = models.CharField("what came of it", max_length=10, choices=Answer.choices, blank=True)
    answer = models.TextField("the answer", blank=True)
    done_by = models.DateField("to be done by", null=True, blank=True)
    done_on = models.DateField("done", null=True, blank=True)
    history = history()

    class Meta:
        ordering = ["-told_on", "-pk"]
        verbose_name = "report to the Commissioner"

    def __str__(self):
        return self.title
