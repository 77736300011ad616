"""The register's own rows of a meeting: the case, its one part, and what its agenda and minutes say of each item.

Day, place, seats, interests and exempt parts stand in `panel.models.meetings`, which hearings use as well: what is
entered there serves both.
"""

from django.db import models

from panel.models import Case, Meeting, MeetingItem, Part
from panel.models.journal import ERASED, history
from panel.models.meetings import MeetingRow


class PanelMeeting(Case):
    """One meeting, as a case of the register."""

    class Attend(models.TextChoices):
        """How members attend."""

        ROOM = "room", "In the room"
        HYBRID = "hybrid", "In the room and online"
        ONLINE = "online", "Online only"

    meeting = models.ForeignKey(  # none only until the first step has made it
        Meeting, on_delete=models.PROTECT, null=True, related_name="registered"
    )
    attend = models.CharField("how members attend", max_length=10, choices=Attend.choices, default=Attend.ROOM)
    first_minute = models.PositiveIntegerField("number of the first minute", null=True)
    papers = models.TextField("what the members had before them", blank=True)
    began = models.CharField("began at", max_length=20, blank=True)
    ended = models.CharField("ended at", max_length=20, blank=True)
    quorum_lost = models.CharField("quorum lost at", max_length=20, blank=True)
    after_quorum = models.TextField("what was done without a quorum", blank=True)
    confirmed_at = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="confirmed")
    history = history()


class MeetingPart(Part):
    """What moves: a meeting has one part."""

    history = history()


class AgendaItem(MeetingRow):
    """What agenda and minutes say of one item of a meeting."""

    ERASABLE = {"about": "", "presenter": "", "paper_from": "", "minute": ""}

    class Group(models.TextChoices):
        """Under which heading of the agenda it stands."""

        BEGINNING = "", "At the beginning"
        COMMISSIONER = "commissioner", "Reports of the Commissioner"
        OTHER = "other", "Other reports"

    item = models.OneToOneField(MeetingItem, on_delete=models.PROTECT, related_name="agenda")
    kind = models.CharField(max_length=20, default="item")
    source = models.CharField(max_length=40, blank=True)  # what was tabled: "hearings:12", "complaints:2025-26"
    group = models.CharField("under which heading", max_length=12, choices=Group.choices, blank=True)
    about = models.TextField("what to know", blank=True)
    presenter = models.CharField("who presents it", max_length=120, blank=True)
    pages = models.CharField("pages of the pack", max_length=20, blank=True)
    paper_from = models.CharField("whose paper", max_length=120, blank=True)
    paper_by = models.DateField("paper asked for by", null=True)
    paper_on = models.DateField("paper came", null=True)
    exempt = models.CharField("paragraphs of Schedule 12A", max_length=60, blank=True)
    urgent_why = models.TextField("why urgent", blank=True)
    removed = models.BooleanField(default=False)
    minute = models.TextField("minute", blank=True)
    history = history(erasable=True)

    def __str__(self):
        return self.item.title


class ParticipationRequest(MeetingRow):
    """Somebody of the public who asked to take part in a meeting: about what, whether it was accepted, and the answer."""

    ERASABLE = {"name": ERASED, "contact": "", "about": "", "why": "", "late_why": "", "answer": ""}

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="requests")
    name = models.CharField("who asks", max_length=150)
    contact = models.CharField("how to reach them", max_length=254, blank=True)
    about = models.TextField("what they want to raise", max_length=2000)
    late_why = models.TextField("why it is taken although it came late", blank=True)
    accepted = models.BooleanField(null=True)
    why = models.TextField("why it was not accepted", blank=True)
    answer = models.TextField("the question and its answer", blank=True)
    history = history(erasable=True)

    class Meta(MeetingRow.Meta):
        verbose_name = "request to take part"

    def __str__(self):
        return self.name
