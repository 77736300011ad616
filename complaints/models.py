"""Complaints, their allegations and the people they are about."""

from typing import Self

from django.db import models

from complaints.keys import WITH_THE_IOPC
from panel.access import rules
from panel.casework import search
from panel.law.spoken import say
from panel.models import Case, Complainant, OfficeHolder, Part
from panel.models.journal import ERASED, history


class ComplaintQuerySet(models.QuerySet):
    """Complaints as the office asks for them."""

    def visible_to(self, who: rules.Standing) -> Self:
        """Those that the person sees."""
        return self.filter(rules.visible(who), procedure="complaints")

    def holding(self, words: str, who: rules.Standing) -> Self:
        """Those that hold each of the words: in the reference, the title, an allegation, or, for those who may know, the
        complainant's name, address or number, that of who acts for them, or the complaint's words."""
        everybody = rules.may(who, "complainant.view")
        found: Self = search.holding(self, words, people=everybody, named=rules.named_to(who))
        return found


class Complaint(Case):
    """A complaint about the conduct of an office holder, or what purports to be one (regs 9, 34)."""

    ERASABLE = {
        "title": ERASED, "words": "", "agent": "", "agent_organisation": "", "agent_email": "", "agent_phone": "",
        "agent_address": "", "agent_authority": "", "through": "", "came_to_light": "", "about_whom": "", "old_reference": "",
    }  # fmt: skip

    class Channel(models.TextChoices):
        """How it reached the Panel."""

        EMAIL = "email", "Email"
        LETTER = "letter", "Letter"
        TELEPHONE = "telephone", "Telephone"
        IN_PERSON = "in_person", "In person"
        PASSED_ON = "passed_on", "Passed on by another body"

    channel = models.CharField("how it arrived", max_length=12, choices=Channel.choices)
    made_on = models.DateField("made", null=True)
    through = models.CharField("passed on by", max_length=150, blank=True)
    iopc_decided_on = models.DateField("IOPC decided not to investigate", null=True)
    complainant = models.ForeignKey(
        Complainant, on_delete=models.PROTECT, null=True, related_name="complaints"
    )  # none: anonymous
    complainant_kind = models.CharField("kind of complainant", max_length=14, choices=Complainant.Kind.choices)
    agent = models.CharField("acting for the complainant", max_length=200, blank=True)
    agent_organisation = models.CharField("representative’s organisation", max_length=150, blank=True)
    agent_email = models.EmailField("representative’s email address", blank=True)
    agent_phone = models.CharField("representative’s telephone", max_length=40, blank=True)
    agent_address = models.TextField("representative’s postal address", max_length=500, blank=True)
    agent_authority = models.CharField("representative’s authority", max_length=200, blank=True)
    agent_authority_on = models.DateField("representative’s authority seen", null=True)
    words = models.TextField("complaint, in the complainant’s own words", blank=True)
    about_whom = models.CharField("about, where no office holder is named", max_length=200, blank=True)
    theme = models.CharField(max_length=40, blank=True)
    conduct_matter = models.BooleanField("conduct matter", default=False)  # no complaint: regs 11, 12
    came_to_light = models.CharField("how it came to light", max_length=300, blank=True)
    from_register = models.BooleanField("from the old register", default=False)  # entered after it had ended
    old_reference = models.CharField("reference in the old register", max_length=60, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="merged", verbose_name="merged into"
    )
    history = history(erasable=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = "complaint"

    @staticmethod
    def words_in_history(row):
        """The page is that of the complaint already: the field's name is enough."""
        return ""

    @staticmethod
    def holders_of(key) -> models.QuerySet:
        """The office holders whom the complaint of that key is about, each with the days of their term."""
        return OfficeHolder.objects.filter(complaints__complaint=key, complaints__named=True)

    @property
    def anonymous(self) -> bool:
        """Whether no name was given."""
        return self.complainant_id is None

    @property
    def represented(self) -> bool:
        """Whether somebody acts for the complainant whose authority was seen: letters then go to them (reg 2)."""
        own = self.complainant.name if self.complainant_id else ""
        return bool(self.agent and self.agent_authority_on and self.agent != own)

    @property
    def written_to(self) -> str:
        """To whom the complainant's letters go: "Rachel Okafor, for Desmond Pryce"; "" where nobody gave a name."""
        if self.complainant is None:
            return ""
        return f"{self.agent}, for {self.complainant.name}" if self.represented else self.complainant.name

    @property
    def can_be_told(self) -> bool:
        """Whether there is any address or number to reach the complainant, or who acts for them."""
        if self.complainant is None:
            return False
        theirs = (self.agent_email, self.agent_phone, self.agent_address) if self.represented else ()
        return self.complainant.can_be_told or any(theirs)

    def found_by(self) -> tuple[list[str], list[str]]:
        """The texts by which it is found: its own, and those that name people or are theirs."""
        public = [self.reference, self.old_reference, self.title, self.about_whom]
        public += Allegation.objects.filter(case=self).values_list("what", flat=True)
        people = [
            self.words,
            self.agent,
            self.agent_organisation,
            self.agent_email,
            self.agent_phone,
            self.agent_address,
        ]
        if who := self.complainant:
            people += [who.name, who.email, who.phone, who.address]
        return [t for t in public if t != ERASED], [t for t in people if t != ERASED]

    def found_with(self) -> list["Complaint"]:
        """The other complaints of the same complainant, whose name a correction here puts right there."""
        if self.complainant_id is None:
            return []
        return list(Complaint.objects.filter(complainant=self.complainant_id).exclude(pk=self.pk))

    def erasable_rows(self) -> list[models.Model]:
        """The rows that hold what a complaint says and who said it: itself, its allegations, and the complainant unless
        another complaint still names them."""
        rows = [self, *Allegation.objects.filter(case=self).order_by("number")]
        who = self.complainant
        others = Complaint.objects.filter(complainant=who, erased_on=None).exclude(pk=self.pk)
        return rows if who is None or others.exists() else [*rows, who, *who.contact_restrictions.all()]


class NamedSubjects(models.Manager):
    """The office holders whom complaints are about, without those whom a correction has taken out again."""

    def get_queryset(self) -> models.QuerySet:
        """Those named."""
        return super().get_queryset().filter(named=True)


class Subject(models.Model):
    """One office holder complained about, and what was decided on their copy of the complaint (reg 31).

    The row of somebody who was named by mistake stays, so that the history and a reversal find it. Everything else
    asks for those who are named.
    """

    class Copy(models.TextChoices):
        """What the office holder gets."""

        UNDECIDED = "", "Not decided"
        FULL = "full", "Full copy"
        ANONYMISED = "anonymised", "Anonymised copy"
        WITHHELD = "withheld", "Withheld"

    class Ground(models.TextChoices):
        """Why a copy is anonymised or withheld (para 6, reg 31)."""

        PREJUDICE = "prejudice", "It might prejudice a criminal investigation or pending proceedings"
        PUBLIC_INTEREST = "public_interest", "It would otherwise be contrary to the public interest"

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="subjects")
    office_holder = models.ForeignKey(OfficeHolder, on_delete=models.PROTECT, related_name="complaints")
    copy = models.CharField("copy of the complaint", max_length=12, choices=Copy.choices, blank=True)
    copy_ground = models.CharField("ground", max_length=16, choices=Ground.choices, blank=True)
    named = models.BooleanField("named in the complaint", default=True)
    history = history()

    objects = NamedSubjects()
    every = models.Manager()  # noqa: DJ012 - Django takes the first manager for its own questions

    class Meta:
        ordering = ["complaint", "office_holder__office"]
        constraints = [models.UniqueConstraint(fields=["complaint", "office_holder"], name="subject_once")]

    def __str__(self):
        return str(self.office_holder)

    @classmethod
    def let_be_named(cls, complaint: Complaint, holder: OfficeHolder) -> None:
        """Let the complaint be about that office holder. Written in two goes where the row is new: taking the step back
        puts back the second, and the office holder is named no more."""
        row = cls.every.filter(complaint=complaint, office_holder=holder).first()
        row = row or cls.every.create(complaint=complaint, office_holder=holder, named=False)
        row.named = True
        row.save()

    @property
    def kept_from_proceedings(self) -> bool:
        """Whether the copy is withheld so as not to prejudice what the IOPC, a prosecutor or a court does (reg 31)."""
        return self.copy == self.Copy.WITHHELD and self.copy_ground == self.Ground.PREJUDICE


class Allegation(Part):
    """One allegation: it has its own date, status and decisions, and the complaint follows its furthest one."""

    ERASABLE = {"what": ERASED, "early_reason": ""}

    class Serious(models.TextChoices):
        """Why the IOPC must have it (reg 13)."""

        OFFENCE = "offence", "A criminal offence appears"
        CALLED_IN = "called_in", "The IOPC has called it in"

    class Redirected(models.TextChoices):
        """Why it is not for this procedure (para 2, reg 9)."""

        POLICY = "policy", "Policy, not conduct"
        OPERATIONAL = "operational", "Operational policing or the Chief Constable"
        OTHER_PANEL = "other_panel", "For another Panel"
        STAFF = "staff", "Staff of the Commissioner’s office"
        OTHER = "other", "Something else"

    class NotRecorded(models.TextChoices):
        """Why it is not recorded (para 8, regs 9 and 10). There is no other ground: a late, vexatious, anonymous or
        repeated complaint is recorded first, then considered under reg 15."""

        CRIMINAL_PROCEEDINGS = "criminal_proceedings", "Criminal proceedings have dealt or are dealing with it"
        NOT_A_COMPLAINT = "not_a_complaint", "There is nothing in it for anybody to deal with"

    class Direction(models.TextChoices):
        """What the IOPC directs when it stops investigating (reg 24)."""

        DISAPPLY = "disapply", "Disapply: handle it otherwise than under Part 4"
        PART_4 = "part_4", "Informal resolution under Part 4"
        AS_FIT = "as_fit", "As the Panel thinks fit"
        NONE = "none", "No direction: no further action is taken"

    class Route(models.TextChoices):
        """What the Chairman decides (paras 7, 9 to 11 and 16)."""

        SUB_PANEL_RESOLVES = "sub_panel_resolves", "A sub-panel resolves it informally"
        INFORMAL = "informal_resolution", "Informal resolution without a sub-panel"
        SUB_PANEL_CONSIDERS = "sub_panel_considers", "A sub-panel considers whether to take any action"
        FULL_PANEL = "full_panel", "The full Panel deals with it"
        OTHER = "other_handling", "Handle it in another way"
        NO_ACTION = "no_action", "Take no action"

    class Outcome(models.TextChoices):
        """How informal resolution ended (para 14, reg 28). None is a finding or a sanction: there is no power to make
        one (para 13)."""

        EXPLAINED = "explained", "Explained"
        APOLOGY = "apology", "The office holder apologised"
        SETTLED = "settled", "Settled between them"
        OPINION = "opinion", "The sub-panel gave its opinion"
        RECOMMENDATIONS = "recommendations", "Recommendations within the informal resolution"
        REPORT = "report", "A report or recommendations under section 28(6)"
        ALREADY = "already_dealt_with", "Already satisfactorily dealt with"
        NOT_RESOLVED = "not_resolved", "Not resolved"

    what = models.CharField("what is said to have happened", max_length=500)
    happened_on = models.DateField("when it happened", null=True)
    early_reason = models.CharField("why an incident before office belongs here", max_length=300, blank=True)
    serious = models.CharField("serious", max_length=10, choices=Serious.choices, blank=True)
    serious_on = models.DateField("first became clear", null=True)
    offence_asked_on = models.DateField("asked whether it could be an offence", null=True)
    iopc_reference = models.CharField("IOPC reference", max_length=40, blank=True)
    iopc_back_on = models.DateField("referred back by the IOPC", null=True)
    suspended_on = models.DateField("suspended by the IOPC", null=True)
    direction = models.CharField("the IOPC’s direction", max_length=10, choices=Direction.choices, blank=True)
    redirected = models.CharField("why redirected", max_length=12, choices=Redirected.choices, blank=True)
    redirected_to = models.CharField("redirected to", max_length=200, blank=True)
    not_recorded = models.CharField("why not recorded", max_length=20, choices=NotRecorded.choices, blank=True)
    route = models.CharField(max_length=20, choices=Route.choices, blank=True)
    grounds = models.CharField("grounds of reg 15(3)", max_length=12, blank=True)  # letters: "bf"
    dealt_with_by = models.CharField("dealt with by", max_length=20, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    history = history(erasable=True)

    class Meta:
        verbose_name = "allegation"

    def __str__(self):
        return f"Allegation {self.number}"

    def get_route_display(self) -> str:
        """The route, in the panel's own words."""
        return say(str(self.Route(self.route).label)) if self.route else ""

    def get_outcome_display(self) -> str:
        """How it ended, in the panel's own words."""
        return say(str(self.Outcome(self.outcome).label)) if self.outcome else ""

    @staticmethod
    def words_in_history(row):
        """Allegations have numbers, not names."""
        return f"Allegation {row.number}"

    @property
    def due_to_iopc(self) -> bool:
        """Whether it is identified as serious and not yet referred: no forward step is taken on it (regs 15, 27)."""
        return bool(self.serious) and self.iopc_back_on is None and self.status not in WITH_THE_IOPC


class AlreadyIssued(Exception):
    """An issued report stays as it was issued."""


class AnnualReport(models.Model):
    """The text of the complaints report of a period, and, once issued, its figures and its Word file as they went out.

    A new version begins as a draft beside the issued ones. `figures` is a frozen `annual_report.Report`, `word` the
    Word file in base64, `files` the others: sealed with the row, and in every backup of the database. A report that was
    issued without `files` is of the first edition.
    """

    KEPT_AS_FILES = ("figures", "word", "files")

    panel = models.ForeignKey("panel.Panel", on_delete=models.PROTECT, related_name="annual_reports")
    first = models.DateField("from")
    last = models.DateField("to")
    version = models.PositiveSmallIntegerField(default=1)
    recommendation = models.TextField(blank=True)
    shows = models.TextField("what the figures show", blank=True)
    cases = models.TextField("complaints that were closed", blank=True)
    papers = models.TextField("background papers", blank=True)
    meeting_on = models.DateField("day of the meeting", null=True)
    item = models.CharField("item of the agenda", max_length=20, blank=True)
    in_time = models.TextField("in time", blank=True)
    background = models.TextField(blank=True)
    supporting = models.TextField("supporting information", blank=True)
    contact = models.TextField("contact point", blank=True)
    appendix = models.TextField(blank=True)
    others_named = models.TextField("names said to be somebody else’s", blank=True)
    as_at = models.DateField("as at", null=True, editable=False)
    figures = models.JSONField(default=dict, editable=False)
    word = models.TextField(blank=True, editable=False)
    head = models.CharField("head of the record", max_length=150, blank=True, editable=False)  # when it was issued
    files = models.JSONField(default=dict, editable=False)  # the others as they went out; PDF in base64
    issued_on = models.DateField("issued", null=True, editable=False)
    issued_by = models.ForeignKey("panel.User", on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    history = history()

    class Meta:
        ordering = ["panel", "-first", "-last", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "first", "last", "version"], name="report_version_once")
        ]

    def __str__(self):
        return f"Annual report {self.first} to {self.last}, version {self.version}"

    def save(self, *args, **kwargs):
        """Save a draft, or issue it. Raises AlreadyIssued."""
        if self.pk and type(self).objects.filter(pk=self.pk).exclude(issued_on=None).exists():
            raise AlreadyIssued(str(self))
        super().save(*args, **kwargs)
