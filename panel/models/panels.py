"""A panel, the councils that appoint to it, and its dated settings."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse

from panel.law.clock import HOURS, MOST_DAYS, MOST_YEARS
from panel.models.journal import history


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
