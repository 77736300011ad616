"""Panels, the people on and around them, and the dated settings."""

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject, Lower
from django.urls import reverse
from django.utils.crypto import salted_hmac

from panel.law.clock import HOURS, MOST_DAYS, MOST_YEARS
from panel.law.roles import GRANTED, Role
from panel.models.journal import ERASED, history


class Dated(models.QuerySet):
    """Rows in force between `from_date` and `to_date`, both days included; an empty `to_date` means still in force."""

    def in_force(self, on):
        """Those in force on that day (plain date)."""
        return self.filter(from_date__lte=on).filter(Q(to_date=None) | Q(to_date__gte=on))

    def overlapping(self, first, last):
        """Those in force on any day from `first` to `last`, both included; None: with no last day."""
        began = Q(to_date__gte=F("from_date"))  # what was ended before it began is in force on no day
        rows = self.filter(Q(to_date=None) | (Q(to_date__gte=first) & began))
        return rows if last is None else rows.filter(from_date__lte=last)


class Between(models.Model):
    """Something that holds from one day to another, both included."""

    from_date = models.DateField("from")
    to_date = models.DateField("to", null=True, blank=True)
    objects = Dated.as_manager()

    class Meta:
        abstract = True

    def holds(self, on) -> bool:
        """Whether it is in force on that day."""
        return self.from_date <= on and (self.to_date is None or on <= self.to_date)


class UserManager(BaseUserManager):
    """Makes users whose name is their e-mail address, in lower case."""

    use_in_migrations = True

    def create_user(self, email, password=None, **fields):
        """A saved user; without a password nobody can sign in as them until they set one. Raises ValueError."""
        if not email:
            raise ValueError("a user needs an e-mail address")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        """As `create_user`. It sees no case: roles come from memberships only."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        """The user with that e-mail address, whatever its case."""
        return self.get(email=email.strip().lower())


class User(AbstractUser):
    """A person who can sign in. Never deleted: who left is made inactive."""

    username = None
    first_name = None
    last_name = None
    email = models.EmailField("email address", unique=True)
    name = models.CharField("full name", max_length=150)
    is_demo = models.BooleanField("demo account", default=False, editable=False)
    session_round = models.PositiveIntegerField(default=0, editable=False)  # one more ends every session of theirs

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_lower_case"),
        ]

    def __str__(self):
        return self.name or self.email

    def get_full_name(self):
        """The person's name as it is written."""
        return self.name

    def get_short_name(self):
        """The same: we address people by their full name."""
        return self.name

    def _get_session_auth_hash(self, secret=None):
        """Sessions end when the password changes, as Django does it, and when `session_round` does."""
        salt = "panel.models.User.get_session_auth_hash"
        return salted_hmac(salt, f"{self.session_round}:{self.password}", secret=secret, algorithm="sha256").hexdigest()

    def end_sessions(self):
        """Sign the person out wherever they are, with the next page they ask for."""
        type(self).objects.filter(pk=self.pk).update(session_round=F("session_round") + 1)
        self.refresh_from_db(fields=["session_round"])

    def save(self, *args, **kwargs):
        """Save the row; `session_round` is only ever counted up, by `end_sessions`, so that a row read before somebody's
        sessions ended does not begin them again."""
        if not self._state.adding and not args and kwargs.get("update_fields") is None:
            columns = {f.attname for f in self._meta.concrete_fields if not f.primary_key}
            kwargs["update_fields"] = columns - self.get_deferred_fields() - {"session_round"}
        super().save(*args, **kwargs)


class Panels(models.QuerySet):
    """Panels, with what every page asks of their settings."""

    def on(self, day):
        """With `now`, {name: value} of what every page or home page asks of the settings in force that day, else of the
        first ones: so no page asks for it by a question of its own."""
        rows = PanelSettings.objects.filter(panel=models.OuterRef("pk"))
        rows = rows.annotate(asked=JSONObject(**{name: name for name in PanelSettings.ASKED_OFTEN}))
        now = rows.filter(from_date__lte=day).order_by("-from_date").values("asked")[:1]
        first = rows.order_by("from_date").values("asked")[:1]
        return self.annotate(now=Coalesce(Subquery(now), Subquery(first)))


class Panel(models.Model):
    """A Police and Crime Panel with the authority that hosts it. Every register row belongs to one."""

    slug = models.SlugField("address", unique=True, max_length=40)
    name = models.CharField(max_length=120)
    code = models.CharField(
        "letters in references",
        max_length=4,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{1,4}$", "Use one to four capital letters")],
    )
    host_authority = models.CharField(max_length=120)
    police_area = models.CharField(max_length=120)
    history = history()
    objects = Panels.as_manager()
    now: dict | None = None  # of `Panel.objects.on(day)`

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """The panel's home page."""
        return reverse("panel:home", args=[self.slug])

    @property
    def second_factor(self) -> bool:
        """Whether the settings of `on` ask for a second factor; they do, where there are none."""
        return bool((self.now or {}).get("second_factor", True))

    def settings_on(self, day):
        """The settings in force on that day: the latest row that starts on or before it, else the first."""
        rows = list(self.settings.all())
        before = [row for row in rows if row.from_date <= day]
        if before:
            return before[-1]
        return rows[0] if rows else PanelSettings(panel=self, from_date=day)


class Council(models.Model):
    """A council that appoints members to the panel."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="councils")
    name = models.CharField(max_length=120)
    history = history()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["panel", "name"], name="council_once_a_panel")]

    def __str__(self):
        return self.name


def days(label, **kwargs):
    """A period in days that may be left empty: the panel has then set no target."""
    return models.PositiveSmallIntegerField(
        label, null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)], **kwargs
    )


def years(label):
    """A period in years that may be left empty: the panel has then set none."""
    return models.PositiveSmallIntegerField(
        label, null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MOST_YEARS)]
    )


class PanelSettings(models.Model):
    """A panel's own choices from one day on. Names and targets follow the row of the day of receipt, who may act that
    of the day of the step. An empty target means that none is set: nothing is then invented."""

    KEEP = ("keep_closed", "keep_withdrawn", "keep_redirected", "keep_void")  # in years; a `State.keep` names one
    ASKED_OFTEN = ("second_factor", *KEEP)

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="settings")
    from_date = models.DateField("in force from")
    acknowledge_days = days("acknowledge within, working days")
    record_days = days("decide on recording within, working days")
    copies_days = days("send the copies within, working days")
    consider_days = days("Chairman to decide within, working days")
    notice_days = days("tell people of a decision within, working days")
    carry_out_days = days("carry out the Chairman’s decision within, working days")
    chase_days = days("chase missing information after, working days")
    comment_days = days("comments from each side within, working days")
    review_days = days("review a withheld copy every, days")
    conclude_weeks = days("aim to conclude within, weeks")
    sub_panel_size = models.PositiveSmallIntegerField("members of a sub-panel", default=3)
    quorum = models.PositiveSmallIntegerField(
        "quorum, members in the room", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text="For confirmation hearings. Leave it empty if the Panel has not entered one.",
    )  # fmt: skip
    participation_hour = models.PositiveSmallIntegerField(
        "hour until which the public may ask to take part", null=True, blank=True,
        validators=[MaxValueValidator(HOURS[-1])],
        help_text="On the last working day before the meeting, from 0 to 23. Leave it empty if the Panel has no such rule.",
    )  # fmt: skip
    officer_records = models.BooleanField(
        "the scrutiny officer may record", default=True, help_text="Otherwise only the Monitoring Officer records."
    )
    officer_enters_decisions = models.BooleanField(
        "the officer may type up others’ decisions",
        default=True,
        help_text="The record always shows who decided and who typed.",
    )
    second_factor = models.BooleanField(
        "a second factor is required to see cases",
        default=True,
        help_text="An authenticator app or a passkey, besides the password. The council’s own sign-in counts.",
    )
    procedure_approved = models.CharField(
        "when the Panel approved its complaints procedure", max_length=60, blank=True,
        help_text="As the annual report says it, such as December 2013. Leave it empty if it is not known.",
    )  # fmt: skip
    merge_small_themes = models.BooleanField(
        "put themes of fewer than three complaints together",
        default=False,
        help_text="In the annual report, so that nobody is known by a theme. Categories of the law are always shown.",
    )
    keep_closed = years("keep closed complaints for, years")
    keep_withdrawn = years("keep withdrawn complaints for, years")
    keep_redirected = years("keep complaints redirected or not recorded for, years")
    keep_void = years("keep void entries for, years")
    commissioner_word = models.CharField("word for the Commissioner", max_length=40, default="Commissioner")
    chairman_word = models.CharField("word for the Chairman", max_length=40, default="Chairman")
    sub_panel_word = models.CharField("word for the sub-panel", max_length=40, default="sub-panel")
    history = history()

    class Meta:
        ordering = ["from_date"]
        constraints = [models.UniqueConstraint(fields=["panel", "from_date"], name="settings_once_a_day")]
        verbose_name = "panel settings"

    def __str__(self):
        return f"Settings from {self.from_date}"


class Membership(Between):
    """One role of one user in one panel between two days. Access reads these and the case roles, nothing else."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(r.value, r.words) for r in GRANTED])
    away_from = models.DateField("away from", null=True, blank=True)
    away_to = models.DateField("away to", null=True, blank=True)
    history = history()

    class Meta:
        ordering = ["user__name", "from_date"]
        indexes = [models.Index(fields=["user", "panel"])]

    def __str__(self):
        return f"{self.user}, {Role(self.role).words}"

    def save(self, *args, **kwargs):
        """With a role given, changed or ended the person's sessions end: the next page is that of signing in."""
        super().save(*args, **kwargs)
        self.user.end_sessions()

    def away(self, on) -> bool:
        """Whether the person is away that day; the Vice-Chairman then acts for a Chairman."""
        return self.away_from is not None and self.away_from <= on and (self.away_to is None or on <= self.away_to)


class Member(Between):
    """A member of the panel between two days, whether or not they can sign in."""

    class Kind(models.TextChoices):
        """How a member came to sit (PRSRA 2011, Schedule 6)."""

        SUBSTANTIVE = "substantive", "Substantive member"
        CO_OPTED = "co_opted", "Co-opted member"
        INDEPENDENT = "independent", "Co-opted independent member"

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="members")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, null=True, blank=True, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="seats")
    history = history()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Chairmanship(Between):
    """Who is Chairman or Vice-Chairman between two days."""

    class Office(models.TextChoices):
        """The two offices of a panel."""

        CHAIRMAN = Role.CHAIRMAN.value, "Chairman"
        VICE_CHAIRMAN = Role.VICE_CHAIRMAN.value, "Vice-Chairman"

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="chairmanships")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="chairmanships")
    office = models.CharField(max_length=20, choices=Office.choices)
    history = history()

    class Meta:
        ordering = ["from_date"]

    def __str__(self):
        return f"{self.member}, {self.get_office_display()}"


class Substitute(Between):
    """Who may sit in a member's place between two days."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="substitutes")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="substitutes")
    name = models.CharField(max_length=120)
    history = history()

    class Meta:
        ordering = ["from_date"]

    def __str__(self):
        return f"{self.name} for {self.member}"


class OfficeHolder(Between):
    """A Commissioner or Deputy while in office ("relevant office holder", s.31(3)). A complaint keeps its subject even
    after they leave."""

    class Office(models.TextChoices):
        """The offices whose conduct the panel deals with."""

        COMMISSIONER = "commissioner", "Commissioner"
        DEPUTY = "deputy", "Deputy Commissioner"

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="office_holders")
    name = models.CharField("full name", max_length=120)
    short_name = models.CharField("how to refer to them", max_length=60, help_text='Such as "Mr Ashcombe".')
    office = models.CharField(max_length=20, choices=Office.choices)
    history = history()

    class Meta:
        ordering = ["-from_date"]

    def __str__(self):
        return f"{self.name}, {self.get_office_display()}"


class Complainant(models.Model):
    """Who complained, apart from the case, so that personal data can be erased while the case stays."""

    ERASABLE = {"name": ERASED, "email": "", "phone": "", "address": "", "how_to_write": ""}

    class Kind(models.TextChoices):
        """What sort of complainant; reg 15(3)(a) and interests turn on it."""

        PUBLIC = "public", "Member of the public"
        MEMBER = "panel_member", "Member of the panel"
        STAFF = "staff", "Staff of the Commissioner’s office"
        OFFICE_HOLDER = "office_holder", "Another office holder"
        BODY = "body", "A body or organisation"

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="complainants")
    name = models.CharField("full name", max_length=150)
    email = models.EmailField("email address", blank=True)
    phone = models.CharField("telephone", max_length=40, blank=True)
    address = models.TextField("postal address", max_length=500, blank=True)
    how_to_write = models.CharField("how to write to them", max_length=150, blank=True)
    history = history(erasable=True)

    class Meta:
        indexes = [models.Index(fields=["panel", "email"]), models.Index(fields=["panel", "name"])]

    def __str__(self):
        return self.name

    @property
    def can_be_told(self) -> bool:
        """Whether there is any way to reach them."""
        return bool(self.email or self.phone or self.address)
