"""Meetings of the Panel and of its sub-panels: day and place, who sat, interests, votes and exempt parts, item by item.

What serves every item is entered once for the meeting. Most rows are append-only in use: the latest in force counts, so
that a step that is taken back on one item leaves what was entered for another. `entry` is the step that made a row; a
row of a step that was taken back counts no more.
"""

from django.db import models

from panel.models.casework import Case, Entry
from panel.models.journal import ERASED, history
from panel.models.panels import Panel
from panel.models.people import Member, Substitute


class MeetingRow(models.Model):
    """A row that an act makes."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        ordering = ["pk"]


class Meeting(MeetingRow):
    """One meeting: when, where, and when its agenda was published."""

    class Kind(models.TextChoices):
        """What meets."""

        PANEL = "panel", "Panel meeting"
        SUB_PANEL = "sub_panel", "Sub-panel meeting"
        INFORMAL = "informal", "Informal meeting"

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PANEL)
    on = models.DateField("day")
    at = models.CharField("time", max_length=20, blank=True)
    place = models.CharField(max_length=200, blank=True)
    agenda_on = models.DateField("agenda published", null=True)
    agenda_where = models.CharField("where the agenda is", max_length=200, blank=True)
    urgent_why = models.TextField("why urgent", blank=True)
    in_register = models.BooleanField(default=False, db_default=False)  # the register of meetings keeps it
    continues = models.ForeignKey(  # the meeting that was adjourned to this one
        "self", on_delete=models.PROTECT, null=True, related_name="continued_by"
    )
    history = history()

    class Meta(MeetingRow.Meta):
        indexes = [models.Index(fields=["panel", "on"], name="meeting_day")]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.on}"


class MeetingItem(MeetingRow):
    """One item of a meeting's agenda; where a case is dealt with, the case."""

    ERASABLE = {"title": ERASED}

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField(null=True)  # none: not numbered yet
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="items")
    title = models.CharField(max_length=200, blank=True)  # of an item without a case
    history = history(erasable=True)

    class Meta(MeetingRow.Meta):
        verbose_name = "item"

    def __str__(self):
        return self.title or str(self.case)


class MeetingMinute(MeetingRow):
    """What the minutes say of the whole meeting. Each item that is recorded says it again; the latest in force counts."""

    ERASABLE = {"others": ""}

    class Quorate(models.TextChoices):
        """Whether enough members were there."""

        YES = "yes", "Yes"
        NO = "no", "No: it could only advise"
        UNKNOWN = "unknown", "The papers do not say"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes")
    chair = models.CharField("chaired by", max_length=120, blank=True)
    chair_member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    others = models.CharField("others present", max_length=500, blank=True)
    quorate = models.CharField("quorum", max_length=8, choices=Quorate.choices, blank=True)
    in_public = models.BooleanField("in public", null=True)
    history = history(erasable=True)

    class Meta(MeetingRow.Meta):
        verbose_name = "minutes"

    def __str__(self):
        return "Minutes"


class Seat(MeetingRow):
    """How one member attended, or before the day is expected to, and who sat instead. With `item`, only for that item:
    who withdrew from it for an interest."""

    class How(models.TextChoices):
        """What the member did. Whether a seat can vote follows from it, from the substitute and from the law of the day."""

        ROOM = "room", "In the room"
        ONLINE = "online", "Online"
        WITHDREW = "withdrew", "Withdrew for an interest"
        APOLOGIES = "apologies", "Apologies"
        ABSENT = "absent", "Absent"
        SUBSTITUTE = "substitute", "Substitute only"

    item_id: int | None  # what Django adds, named for mypy
    member_id: int
    substitute_id: int | None

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="seats")
    item = models.ForeignKey(MeetingItem, on_delete=models.PROTECT, null=True, related_name="seats")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=10, choices=How.choices)
    substitute = models.ForeignKey(Substitute, on_delete=models.PROTECT, null=True, related_name="+")
    substitute_name = models.CharField(
        "substitute", max_length=120, blank=True
    )  # not on the register: earlier releases
    expected = models.BooleanField(default=False)
    history = history()

    def __str__(self):
        return f"{self.member}: {self.get_how_display()}"

    @property
    def sits_instead(self) -> str:
        """Who sat there instead of the member."""
        return self.substitute.name if self.substitute else self.substitute_name


class MeetingInterest(MeetingRow):
    """An interest declared at a meeting: whose, of which kind, and whether the member stayed."""

    ERASABLE = {"nature": ERASED}

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="interests")
    item = models.ForeignKey(MeetingItem, on_delete=models.PROTECT, null=True, related_name="interests")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("kind of interest", max_length=20)
    nature = models.CharField("what the interest is", max_length=300, blank=True)
    withdrew = models.BooleanField(default=False)
    from_time = models.CharField("left at", max_length=20, blank=True)
    until_time = models.CharField("came back at", max_length=20, blank=True)
    history = history(erasable=True)

    class Meta(MeetingRow.Meta):
        verbose_name = "interest"

    def __str__(self):
        return f"{self.member}: {'withdrew' if self.withdrew else 'stayed'}"


class ExemptPart(MeetingRow):
    """A motion to exclude the public from an item (LGA 1972 s 100A(4)), carried or lost, or that none was moved."""

    ERASABLE = {"resolution": "", "public_interest": ""}

    class Moved(models.TextChoices):
        """What became of it."""

        NONE = "none", "Not moved"
        CARRIED = "carried", "Carried"
        LOST = "lost", "Lost"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="exempt_parts")
    item = models.ForeignKey(MeetingItem, on_delete=models.PROTECT, null=True, related_name="exempt_parts")
    moved = models.CharField("motion for an exempt session", max_length=8, choices=Moved.choices)
    paragraphs = models.CharField("paragraphs of Schedule 12A", max_length=60, blank=True)  # "1,3"
    resolution = models.TextField("what was resolved", blank=True)
    public_interest = models.TextField("the public interest", blank=True)
    from_time = models.CharField("public excluded from", max_length=20, blank=True)
    until_time = models.CharField("public excluded until", max_length=20, blank=True)
    history = history(erasable=True)

    class Meta(MeetingRow.Meta):
        verbose_name = "exempt part"

    def __str__(self):
        return self.get_moved_display()


class Motion(MeetingRow):
    """What was put to the vote at an item, and how it was decided."""

    ERASABLE = {"words": ""}

    class Taken(models.TextChoices):
        """How the decision was taken."""

        AGREED = "agreed", "Agreed without a vote"
        COUNTED = "counted", "By a vote, counted"
        NAMED = "named", "By a vote, by name"

    item = models.ForeignKey(MeetingItem, on_delete=models.PROTECT, related_name="motions")
    words = models.CharField("motion", max_length=300, blank=True)
    taken = models.CharField(max_length=8, choices=Taken.choices)
    votes_for = models.PositiveSmallIntegerField("for", null=True)
    votes_against = models.PositiveSmallIntegerField("against", null=True)
    abstained = models.PositiveSmallIntegerField(null=True)
    in_office = models.PositiveSmallIntegerField("members in office")
    needed = models.PositiveSmallIntegerField(null=True)
    history = history(erasable=True)

    def __str__(self):
        return self.words or "Motion"

    @property
    def carried(self) -> bool:
        """Whether it had the votes that it needs."""
        return self.votes_for is not None and self.needed is not None and self.votes_for >= self.needed


class MotionVote(MeetingRow):
    """One vote by name: from which seat, and who sat there."""

    class Cast(models.TextChoices):
        """For and against are of the motion."""

        FOR = "for", "For"
        AGAINST = "against", "Against"
        ABSTAINED = "abstained", "Abstained"

    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="votes")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    substitute = models.ForeignKey(Substitute, on_delete=models.PROTECT, null=True, related_name="+")
    substitute_name = models.CharField("substitute", max_length=120, blank=True)  # as of a seat
    cast = models.CharField(max_length=10, choices=Cast.choices)
    history = history()

    class Meta(MeetingRow.Meta):
        verbose_name = "vote"

    def __str__(self):
        return f"{self.voter}: {self.get_cast_display()}"

    @property
    def voter(self) -> str:
        """Who cast it."""
        return self.substitute.name if self.substitute else self.substitute_name or self.member.name
