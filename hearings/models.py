"""Proposed appointments: posts, candidates, each proposal with its own clock, what was decided. What a reversed step made
counts no more. `Meeting`, `Attendance` and `Vote` are of earlier releases: `hearings.attendance` reads, nothing writes."""

from functools import cached_property

from django.db import models

from hearings.keys import StateKey
from panel.law.period import day_words
from panel.models import Case, Entry, MeetingItem, MeetingMinute, Member, Motion, Part
from panel.models.journal import ERASED, history


class Hearing(Case):
    """One proposed appointment, from the Commissioner's notification to the decision (2011 Act, Schedules 1 and 8)."""

    class Post(models.TextChoices):
        """The posts on which the Panel holds a confirmation hearing."""

        CHIEF_EXECUTIVE = "chief_executive", "Chief Executive"
        CHIEF_FINANCE_OFFICER = "chief_finance_officer", "Chief Finance Officer"
        DEPUTY = "deputy", "Deputy Commissioner"
        FIRE_FINANCE_OFFICER = "fire_finance_officer", "Fire Finance Officer"
        CHIEF_FIRE_OFFICER = "chief_fire_officer", "Chief Fire Officer"
        CHIEF_CONSTABLE = "chief_constable", "Chief Constable"

    post = models.CharField(max_length=24, choices=Post.choices)
    interim = models.BooleanField("interim", default=False)
    temporary = models.BooleanField("temporary", default=False)
    renewal = models.BooleanField("renewal", default=False)
    job_share = models.BooleanField("job share", default=False)
    post_words = models.CharField("what the post is called here", max_length=80, blank=True)
    expected_on = models.DateField("notification expected", null=True)  # word from the office, before the notification
    history = history()

    class Meta:
        verbose_name = "hearing"

    def get_post_display(self) -> str:
        """What the post is called here: "Treasurer", or as the Act calls it."""
        return self.post_words or str(dict(self.Post.choices)[self.post])

    def found_by(self) -> tuple[list[str], list[str]]:
        """The texts by which it is found: who was vetoed, too."""
        names = [t for row in Candidate.objects.filter(case=self).values_list("name", "earlier") for t in row]
        return [t for t in (self.reference, self.title, *names) if t != ERASED], []

    @property
    def flags(self) -> list[str]:
        """What is special about the appointment, in words."""
        names = [name for name in ("interim", "temporary", "renewal", "job_share") if getattr(self, name)]
        return [str(self._meta.get_field(name).verbose_name).capitalize() for name in names]


class Candidate(Part):
    """One candidate for the post. After a veto the reserve candidate takes the place; earlier names stay."""

    class Recommendation(models.TextChoices):
        """What the Panel said."""

        APPOINT = "appoint", "That the candidate be appointed"
        REFUSE = "refuse", "That the candidate not be appointed"

    name = models.CharField(max_length=120)
    earlier = models.CharField("earlier candidates", max_length=400, blank=True)
    reserve = models.BooleanField("reserve candidate", default=False)
    recommendation = models.CharField(max_length=8, choices=Recommendation.choices, blank=True)
    vetoed_on = models.DateField("vetoed", null=True)
    appeared = models.BooleanField("appeared at the hearing", null=True)
    reported_on = models.DateField("report on the candidate sent", null=True)
    report_published_on = models.DateField("report on the candidate published", null=True)
    announced_on = models.DateField("decision announced", null=True)
    appointed = models.BooleanField(null=True)
    appointed_from = models.DateField("appointed from", null=True)
    history = history()

    class Meta:
        verbose_name = "candidate"

    def __str__(self):
        return self.name

    what = property(__str__)  # where lists of parts say what each is

    @property
    def became(self) -> str:
        """What became of the person, as far as it is known: "Not appointed", "Veto fell", or nothing."""
        if self.appointed is None:
            return "Veto fell" if self.vetoed_on and self.status == StateKey.LAPSED else ""
        start = f" from {day_words(self.appointed_from)}" if self.appointed_from else ""
        return f"{'Appointed' if self.appointed else 'Not appointed'}{start}"


class Made(models.Model):
    """A row that a step makes."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        ordering = ["pk"]


class Proposal(Made):
    """One notification by the Commissioner with its own three weeks: the first, or that of a reserve candidate."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="proposals")
    received_on = models.DateField("notified", null=True)  # none: the papers do not say
    counted_from = models.DateField("three weeks counted from", null=True)  # none: the clock does not run
    count_why = models.TextField("why the count begins then", blank=True)
    count_by = models.CharField("who decided that", max_length=150, blank=True)
    poll_on = models.DateField("poll at the ordinary election", null=True)
    accepted_on = models.DateField("office accepted", null=True)
    sent_on = models.DateField("report sent", null=True)
    published_on = models.DateField("report published", null=True)
    published_where = models.CharField(max_length=200, blank=True)
    history = history()

    def __str__(self):
        return "Notification"


class NotificationItem(Made):
    """One of the four things that the Commissioner must supply, with the day it came; its documents are the entry's."""

    class Kind(models.TextChoices):
        """Sch 1 para 9(2), Sch 8 para 3(2)."""

        NAME = "name", "The candidate’s name"
        CRITERIA = "criteria", "The criteria used"
        REASONS = "reasons", "Why the candidate satisfies them"
        TERMS = "terms", "The terms and conditions"

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="items")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    came_on = models.DateField("came", null=True)
    paper = models.CharField("in which paper", max_length=200, blank=True)
    history = history()

    class Meta(Made.Meta):
        verbose_name = "part of the notification"

    def __str__(self):
        return self.get_kind_display()


class Meeting(Made):
    """Of earlier releases: the meeting at which the Panel holds the hearing. See `Sitting`."""

    class Quorate(models.TextChoices):
        """Whether enough members were there."""

        YES = "yes", "Yes"
        NO = "no", "No: it could only advise"
        UNKNOWN = "unknown", "The papers do not say"

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="meetings")
    on = models.DateField("day")
    at = models.CharField("time", max_length=20, blank=True)
    place = models.CharField(max_length=200, blank=True)
    remote = models.BooleanField("candidate attends remotely", null=True)  # none: the papers do not say
    agenda_on = models.DateField("agenda published", null=True)
    urgent_why = models.TextField("why urgent", blank=True)
    held = models.BooleanField(default=False)
    chair = models.CharField("chaired by", max_length=120, blank=True)
    others = models.CharField("others present", max_length=500, blank=True)
    quorate = models.CharField(max_length=8, choices=Quorate.choices, blank=True)
    in_public = models.BooleanField("in public", null=True)
    candidate_came = models.BooleanField("the candidate appeared", null=True)
    exempt = models.CharField(
        "motion for an exempt session", max_length=8, blank=True,
        choices=[("none", "Not moved"), ("carried", "Carried"), ("lost", "Lost")],
    )  # fmt: skip
    exempt_paragraph = models.CharField("paragraph of Schedule 12A", max_length=2, blank=True)
    history = history()

    def __str__(self):
        return "Meeting"


class Attendance(Made):
    """Of earlier releases: how one member attended, or, before the day, is expected to. See `panel.models.Seat`."""

    class How(models.TextChoices):
        """Only who sits in the room votes; all count in two thirds."""

        ROOM = "room", "In the room"
        SUBSTITUTE = "substitute", "Substitute in the room"
        ONLINE = "online", "Online: counts, does not vote"
        WITHDREW = "withdrew", "Withdrew for an interest"
        APOLOGIES = "apologies", "Apologies"
        ABSENT = "absent", "Absent"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=10, choices=How.choices)
    substitute = models.CharField(max_length=120, blank=True)
    expected = models.BooleanField(default=False)
    history = history()

    def __str__(self):
        return f"{self.member}: {self.get_how_display()}"

    @property
    def can_vote(self) -> bool:
        """Whether a vote can be cast from that seat."""
        return self.how in (self.How.ROOM, self.How.SUBSTITUTE)


class Sitting(Made):
    """The place of a hearing at a meeting of the Panel; the latest counts, and moved ones stay. What is the meeting's is
    read from there under the same names as of earlier releases."""

    class Ended(models.TextChoices):
        """Why the hearing was not held there, or not ended there."""

        PUT_OFF = "put_off", "Put off"
        ADJOURNED = "adjourned", "Adjourned"

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="sittings")
    proposal = models.ForeignKey(  # none: arranged before the notification
        Proposal, on_delete=models.PROTECT, null=True, related_name="sittings"
    )
    item = models.ForeignKey(MeetingItem, on_delete=models.PROTECT, related_name="sittings")
    remote = models.BooleanField("candidate attends remotely", null=True)
    held = models.BooleanField(default=False)
    candidate_came = models.BooleanField("the candidate appeared", null=True)
    ended = models.CharField("how it ended", max_length=10, choices=Ended.choices, blank=True)
    ended_why = models.TextField("why", blank=True)
    history = history()

    def __str__(self):
        return "Hearing"

    on = property(lambda self: self.item.meeting.on, doc="The day of the meeting.")
    at = property(lambda self: self.item.meeting.at, doc="Its time.")
    place = property(lambda self: self.item.meeting.place, doc="Where it is held.")
    agenda_on = property(lambda self: self.item.meeting.agenda_on, doc="When its agenda was published.")
    urgent_why = property(lambda self: self.item.meeting.urgent_why, doc="Why the agenda was urgent.")
    chair = property(lambda self: self.minute.chair, doc="Who chaired.")
    others = property(lambda self: self.minute.others, doc="Who else was there.")
    quorate = property(lambda self: self.minute.quorate, doc="Whether there was a quorum.")
    in_public = property(lambda self: self.minute.in_public, doc="Whether it was in public.")

    @cached_property
    def minute(self) -> MeetingMinute:
        """What the minutes say of the meeting; empty before it is held."""
        found = self.item.meeting.minutes.filter(entry__reversed_by=None).last() if self.held else None
        return found or MeetingMinute()

    @cached_property
    def part(self):
        """The motion to exclude the public from this item, or None."""
        return self.item.exempt_parts.filter(entry__reversed_by=None).last() if self.held else None

    @property
    def exempt(self) -> str:
        """Whether a motion to exclude the public was moved, and carried."""
        return self.part.moved if self.part else ""

    @property
    def exempt_paragraph(self) -> str:
        """The paragraphs of Schedule 12A under which the public was excluded."""
        return self.part.paragraphs.replace(",", ", ") if self.part else ""

    def get_quorate_display(self) -> str:
        """Whether there was a quorum, in words."""
        return self.minute.get_quorate_display()

    def get_exempt_display(self) -> str:
        """What became of the motion, in words."""
        return self.part.get_moved_display() if self.part else ""


class Question(Made):
    """A question planned, by theme: who asks it, on which criterion, in the order of the plan."""

    class Theme(models.TextChoices):
        """The themes of the guidance."""

        COMPETENCE = "competence", "Professional competence"
        INDEPENDENCE = "independence", "Personal independence"
        OTHER = "other", "Other matters"

    proposal = models.ForeignKey(  # none: planned before the notification
        Proposal, on_delete=models.PROTECT, null=True, related_name="questions"
    )
    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, null=True, related_name="questions")
    theme = models.CharField(max_length=14, choices=Theme.choices)
    text = models.CharField("question", max_length=500)
    asked_by = models.CharField("who asks", max_length=120, blank=True)
    criterion = models.CharField(max_length=60, blank=True)
    asked = models.BooleanField("asked at the hearing", null=True)  # none: nobody has said
    history = history()

    def __str__(self):
        return self.text


class Resolution(Made):
    """What the Panel decided on one candidate: a recommendation or a veto. How it voted is the motion's; what earlier
    releases kept of that stands here (`hearings.attendance.decision_of` reads both)."""

    class Taken(models.TextChoices):
        """How the decision was taken."""

        AGREED = "agreed", "Agreed without a vote"
        COUNTED = "counted", "By a vote, counted"
        NAMED = "named", "By a vote, by name"

    class Finding(models.TextChoices):
        """What the Panel concluded on competence, and on independence."""

        SATISFIED = "satisfied", "Satisfied"
        NOT_SATISFIED = "not_satisfied", "Not satisfied"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, related_name="resolutions")
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, null=True, related_name="resolutions")
    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, null=True, related_name="resolutions")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="resolutions")
    person = models.CharField("about", max_length=120)
    veto = models.BooleanField(default=False)
    recommendation = models.CharField(max_length=8, choices=Candidate.Recommendation.choices, blank=True)
    taken = models.CharField(max_length=8, choices=Taken.choices, blank=True)
    votes_for = models.PositiveSmallIntegerField("for", null=True)
    votes_against = models.PositiveSmallIntegerField("against", null=True)
    abstained = models.PositiveSmallIntegerField(null=True)
    in_office = models.PositiveSmallIntegerField("members in office", null=True)
    needed = models.PositiveSmallIntegerField(null=True)
    advisory = models.BooleanField("only advises", default=False)
    concerns = models.TextField(blank=True)
    reasons = models.TextField(blank=True)
    competence = models.CharField("professional competence", max_length=14, choices=Finding.choices, blank=True)
    competence_words = models.CharField("on professional competence", max_length=500, blank=True)
    independence = models.CharField("personal independence", max_length=14, choices=Finding.choices, blank=True)
    independence_words = models.CharField("on personal independence", max_length=500, blank=True)
    history = history()

    def __str__(self):
        return f"Veto of {self.person}" if self.veto else f"Recommendation on {self.person}"

    @property
    def at(self) -> "Meeting | Sitting":
        """The hearing at which it was decided."""
        return self.sitting or self.meeting

    @property
    def count(self) -> "Motion | Resolution":
        """What has the votes: the motion, or the resolution itself where an earlier release kept them."""
        return self.motion or self

    @property
    def carried(self) -> bool:
        """Whether a veto had the votes it needs."""
        count = self.count
        return count.votes_for is not None and count.needed is not None and count.votes_for >= count.needed


class Vote(Made):
    """Of earlier releases: how one member voted. See `panel.models.MotionVote`."""

    class Cast(models.TextChoices):
        """For and against are of the motion."""

        FOR = "for", "For"
        AGAINST = "against", "Against"
        ABSTAINED = "abstained", "Abstained"

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="votes")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    cast = models.CharField(max_length=10, choices=Cast.choices)
    history = history()

    def __str__(self):
        return f"{self.member}: {self.get_cast_display()}"


class Check(Made):
    """An item of the checklist that no other step settles: done, skipped with a reason, or not done."""

    class State(models.TextChoices):
        """Guidance may be skipped; what the law requires is done, or recorded as not done."""

        DONE = "done", "Completed"
        SKIPPED = "skipped", "Skipped"
        NOT_DONE = "not_done", "Not done"

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="checks")
    item = models.CharField(max_length=24)
    state = models.CharField(max_length=8, choices=State.choices)
    on = models.DateField()
    evidence = models.CharField(max_length=300, blank=True)
    why = models.TextField(blank=True)
    history = history()

    class Meta(Made.Meta):
        verbose_name = "checklist item"

    def __str__(self):
        return self.item
