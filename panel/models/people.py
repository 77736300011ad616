"""Users, their roles, the members of a panel, office holders and complainants."""

from collections.abc import Callable

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from panel.law.roles import DELEGATED, GRANTED, Role
from panel.law.spoken import say
from panel.models.councils import Council
from panel.models.journal import ERASED, history
from panel.models.panels import Panel


class DateRangeQuerySet(models.QuerySet):
    """Rows in force from `from_date` to `to_date`, both included; an empty `to_date` means still in force."""

    def in_force(self, on):
        """Rows in force on that day (plain date)."""
        return self.filter(from_date__lte=on).filter(Q(to_date=None) | Q(to_date__gte=on))

    def overlapping(self, first, last):
        """Rows in force on any day from `first` to `last`, both included; `last` None means no last day."""
        began = Q(to_date__gte=F("from_date"))  # what was ended before it began is in force on no day
        rows = self.filter(Q(to_date=None) | (Q(to_date__gte=first) & began))
        return rows if last is None else rows.filter(from_date__lte=last)


class DateRange(models.Model):
    """Base of models that hold from one day to another, both included."""

    from_date = models.DateField("from")
    to_date = models.DateField("to", null=True, blank=True)
    objects = DateRangeQuerySet.as_manager()

    class Meta:
        abstract = True

    def holds(self, on) -> bool:
        """Whether the row is in force on that day."""
        return self.from_date <= on and (self.to_date is None or on <= self.to_date)


class UserManager(BaseUserManager):
    """Makes users whose sign-in name is their e-mail address, in lower case."""

    use_in_migrations = True

    def create_user(self, email, password=None, **fields):
        """A saved user. Nobody can sign in without a password, until the person sets one. Raises ValueError."""
        if not email:
            raise ValueError("a user needs an e-mail address")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        """As `create_user`, but staff. A superuser sees no case: roles come from memberships only."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        """The user with that e-mail address, whatever its case."""
        return self.get(email=email.strip().lower())


class User(AbstractUser):
    """A person who can sign in. Users are never deleted: a person who leaves becomes inactive."""

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
        """The full name: we address people by it."""
        return self.name

    def _get_session_auth_hash(self, secret=None):
        """A hash that ends every session when the password changes, as in Django, or when `session_round` does."""
        salt = "panel.models.User.get_session_auth_hash"
        return salted_hmac(salt, f"{self.session_round}:{self.password}", secret=secret, algorithm="sha256").hexdigest()

    def end_sessions(self):
        """Sign the person out everywhere, from their next request on."""
        type(self).objects.filter(pk=self.pk).update(session_round=F("session_round") + 1)
        self.refresh_from_db(fields=["session_round"])

    def save(self, *args, **kwargs):
        """Save the row, but for `session_round`, which only `end_sessions` counts up: a row that was read before
        somebody's sessions ended does not begin them again."""
        if not self._state.adding and not args and kwargs.get("update_fields") is None:
            columns = {f.attname for f in self._meta.concrete_fields if not f.primary_key}
            kwargs["update_fields"] = columns - self.get_deferred_fields() - {"session_round"}
        with transaction.atomic():  # the account and what is sealed of it: both or neither
            super().save(*args, **kwargs)


class Membership(DateRange):
    """A role of a user in a panel between two days. Access comes from these rows and from roles on cases, nothing
    else."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(r.value, r.words) for r in (*GRANTED, *DELEGATED)])
    away_from = models.DateField("away from", null=True, blank=True)
    away_to = models.DateField("away to", null=True, blank=True)
    deputy = models.BooleanField("deputy", default=False)  # of the Monitoring Officer: acts while no other can
    covered_by = models.ForeignKey(  # while away: who takes over what was begun
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="covers", verbose_name="covered by"
    )
    history = history()

    class Meta:
        ordering = ["user__name", "from_date"]
        indexes = [models.Index(fields=["user", "panel"])]

    def __str__(self):
        return f"{self.user}, {Role(self.role).words}"

    def save(self, *args, **kwargs):
        """Save, and end the person's sessions: a role was given, changed or ended, so they sign in again."""
        super().save(*args, **kwargs)
        self.user.end_sessions()

    def away(self, on) -> bool:
        """Whether the person is away that day; the Vice-Chairman then acts for a Chairman."""
        return self.away_from is not None and self.away_from <= on and (self.away_to is None or on <= self.away_to)


class InstallationAdministrator(DateRange):
    """Somebody who makes panels between two days. They see no panel's people or cases: a role in a panel is a
    `Membership`, and this is none."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="installation_roles")
    history = history()

    class Meta:
        ordering = ["user__name", "from_date"]
        verbose_name = "installation administrator"

    def __str__(self):
        return f"{self.user}, installation administrator"

    def save(self, *args, **kwargs):
        """Save, and end the person's sessions, as for a role in a panel."""
        super().save(*args, **kwargs)
        self.user.end_sessions()


class Member(DateRange):
    """A member of the panel between two days, who may or may not be a user."""

    user_id: int | None  # what Django adds, named for mypy
    get_kind_display: Callable[[], str]

    class Kind(models.TextChoices):
        """The kind of a member (PRSRA 2011, Schedule 6)."""

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


class Chairmanship(DateRange):
    """The office of Chairman or Vice-Chairman, held by a member between two days."""

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

    def get_office_display(self) -> str:
        """The office, as the panel calls it."""
        return say(self.Office(self.office).label)


class Substitute(DateRange):
    """A person who may take a member's seat between two days."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="substitutes")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="substitutes")
    name = models.CharField(max_length=120)
    history = history()

    class Meta:
        ordering = ["from_date"]

    def __str__(self):
        return f"{self.name} for {self.member}"


class PoolMember(DateRange):
    """A member of the standing sub-panel, or of the pool from which sub-panels are made, or a substitute there."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="pool")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="pool")
    substitute = models.BooleanField(default=False)
    history = history()

    class Meta:
        ordering = ["from_date", "pk"]
        verbose_name = "member of the pool"

    def __str__(self):
        return f"{self.member}, {'substitute' if self.substitute else 'member'} for sub-panels"


class OfficeHolder(DateRange):
    """A Commissioner or Deputy while in office ("relevant office holder", s.31(3)). A complaint keeps its subject after
    that person has left."""

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

    def get_office_display(self) -> str:
        """The office, as the panel calls it."""
        return say(self.Office(self.office).label)


class Complainant(models.Model):
    """A complainant, in a row apart from the case, so that personal data can be erased while the case stays."""

    ERASABLE = {"name": ERASED, "email": "", "phone": "", "address": "", "how_to_write": ""}

    class Kind(models.TextChoices):
        """The kind of a complainant; reg 15(3)(a) and interests depend on it."""

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
        """Whether there is any address or number to reach them."""
        return bool(self.email or self.phone or self.address)
