"""A panel and its dated settings."""

import json
from datetime import date, datetime
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse

from panel.law import clock
from panel.law.meetings import COUNTRIES, ENGLAND
from panel.law.spoken import Words
from panel.models.closing import Closing
from panel.models.holidays import newest
from panel.models.journal import history
from panel.models.panel_names import PanelNames
from panel.models.settings_fields import (
    address,
    choice,
    email,
    fixed,
    hour,
    long_text,
    number,
    settings_of,
    start,
    switch,
    target,
    text,
    unit,
    word,
    years,
)


class Panels(models.QuerySet):
    """Panels, with the settings that every page needs."""

    def on(self, day):
        """Each panel with `now`: {name: value} of the settings that every page or home page needs, from the row in
        force that day, else from the first row. So no page needs a query of its own for them."""
        rows = PanelSettings.objects.filter(panel=models.OuterRef("pk"))
        rows = rows.annotate(
            asked=JSONObject(
                who_acts="who_acts", **{name: name for name, s in settings_of(PanelSettings).items() if s.asked_often}
            )
        )
        now = rows.filter(from_date__lte=day).order_by("-from_date").values("asked")[:1]
        first = rows.order_by("from_date").values("asked")[:1]
        holidays = Coalesce(Subquery(newest()), 0)
        return self.annotate(now=Coalesce(Subquery(now), Subquery(first)), holidays=holidays)


class Panel(Closing):
    """A Police and Crime Panel with its host authority. Every row of a register belongs to one.

    Its address and letters never change: references and the record carry them. Its names here are those it began with;
    `names` and `names_on` say what it is called, as the dated settings have it."""

    # What Django adds, named for mypy.
    settings: "models.QuerySet[PanelSettings]"
    memberships: Any  # with `in_force`
    chairmanships: "models.QuerySet[Any]"
    members: "models.QuerySet[Any]"
    substitutes: "models.QuerySet[Any]"
    pool: "models.QuerySet[Any]"
    arrangements: "models.QuerySet[Any]"
    panel_duties: "models.QuerySet[Any]"

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
    holidays: int | None = None  # the same: the last bank holiday that was entered for the installation

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.names.name

    def get_absolute_url(self):
        """The panel's home page."""
        return reverse("panel:home", args=[self.slug])

    def names_in(self, settings: dict) -> PanelNames:
        """The names that a row of settings gives; where it gives none, those the panel began with."""
        return PanelNames(
            settings.get("panel_name") or self.name,
            settings.get("host_name") or self.host_authority,
            settings.get("area_name") or self.police_area,
        )

    def names_on(self, day: date) -> PanelNames:
        """What the panel, its host and its area are called on that day (plain date)."""
        return self.names_in(vars(self.settings_on(day)))

    @property
    def names(self) -> PanelNames:
        """What they are called today."""
        return self.names_in(self.now) if self.now else self.names_on(clock.today())

    @property
    def second_factor(self) -> bool:
        """Whether the settings from `on` require a second factor; True if there are none."""
        return bool((self.now or {}).get("second_factor", True))

    @property
    def words(self) -> Words:
        """What the panel calls its offices and bodies today."""
        row = self.now if self.now else vars(self.settings_on(clock.today()))
        named = {key: row.get(f"{key}_word") for key in ("chairman", "sub_panel", "commissioner")}
        return Words(**{key: word for key, word in named.items() if word})

    @property
    def who_acts(self) -> dict[str, Any]:
        """Who acts today, where the panel has said so: as `PanelSettings.who_acts`."""
        found = self.now.get("who_acts", {}) if self.now else self.settings_on(clock.today()).who_acts
        return dict(json.loads(found) if isinstance(found, str) else found)  # SQLite gives JSON within JSON as a text

    def settings_on(self, day: date) -> "PanelSettings":
        """The settings in force that day: the latest row that starts on or before it, else the first."""
        rows = list(self.settings.all())
        before = [row for row in rows if row.from_date <= day]
        if before:
            return before[-1]
        return rows[0] if rows else PanelSettings(panel=self, from_date=day)

    def settings_from(self, day: date) -> "PanelSettings":
        """The row that starts on that day, to be changed and saved: the one on record, else a copy of what holds then."""
        now = self.settings_on(day)
        if now.pk is not None and now.from_date == day:
            return now
        kept = {f.attname: getattr(now, f.attname) for f in PanelSettings._meta.concrete_fields if not f.primary_key}
        return PanelSettings(**kept | {"panel_id": self.pk, "from_date": day})

    def settings_known(self, day: date, at: datetime) -> "PanelSettings":
        """The settings in force that day as they were known at the moment: a row entered later, for a day in the past,
        changes nothing that was counted before."""
        rows = sorted(PanelSettings.history.as_of(at).filter(panel=self), key=lambda row: row.from_date)
        started = [row for row in rows if row.from_date <= day]
        return started[-1] if started else rows[0] if rows else PanelSettings(panel=self, from_date=day)


class PanelSettings(models.Model):
    """A panel's own choices from one day on. Names and targets follow the row in force on the day of receipt; roles
    follow the row in force on the day of the step. An empty target means that the panel has set none, and then none
    applies. A setting is one line here: see `panel.models.settings_fields`."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="settings")
    from_date = models.DateField("in force from")
    panel_name = text("name of the Panel", "names", 120, "Leave it empty while it is the first one.", asked_often=True)
    host_name = text("host authority", "names", 120, "The council that runs the Panel.", asked_often=True)
    area_name = text("police area", "names", 120, asked_often=True)
    complaints_address = address("postal address for complaints", "names")
    complaints_email = email("email address for complaints", "names", "A shared mailbox of the Panel or its host.")
    complaints_telephone = text("telephone number for complaints", "names", 40)
    acknowledge_days = target("acknowledge within, working days")
    acknowledge_unit = unit("acknowledge_days")
    record_days = target("decide on recording within, working days")
    record_unit = unit("record_days")
    pass_on_days = target("pass on what is for another body within, working days")
    pass_on_unit = unit("pass_on_days")
    pass_on_from = start("pass_on_days", "the decision", ("receipt",))
    copies_days = target("send the copies within, working days")
    copies_unit = unit("copies_days")
    copies_from = start("copies_days", "recording", ("receipt",))
    consider_days = target("Chairman to decide within, working days")
    consider_unit = unit("consider_days")
    consider_from = start("consider_days", "recording", ("receipt",))
    notice_days = target("tell people of a decision within, working days")
    notice_unit = unit("notice_days")
    carry_out_days = target("carry out the Chairman’s decision within, working days")
    carry_out_unit = unit("carry_out_days")
    carry_out_from = start("carry_out_days", "the decision", ("receipt", "recording"))
    meet_days = target("sub-panel to meet within, working days")
    meet_unit = unit("meet_days")
    meet_from = start("meet_days", "the appointment", ("receipt", "recording"))
    chase_days = target("chase missing information after, working days")
    chase_unit = unit("chase_days")
    comment_days = target("comments from each side within, working days")
    comment_unit = unit("comment_days")
    comment_from = start("comment_days", "the step that asks for them", ("receipt", "recording", "appointment"))
    review_days = target("review a withheld copy every, days")
    review_unit = unit("review_days", "days")
    conclude_weeks = target("aim to conclude within, weeks")
    conclude_unit = unit("conclude_weeks", "weeks")
    conclude_from = start("conclude_weeks", "receipt", ("recording", "appointment"))
    answer_days = target("answer to a report or recommendations within, working days")
    answer_unit = unit("answer_days")
    answer_chase_days = target("chase an answer that has not come every, working days")
    progress_weeks = target("write to complainants about progress every, weeks")
    sub_panel_size = fixed(
        "members of a sub-panel", "who_acts", 3, why="A sub-panel has three members", provision="para 11",
        required="Enter how many members a sub-panel has",
    )  # fmt: skip
    own_size = number(
        "members of a sub-panel, where the Panel’s own procedure says another number", "who_acts", 1, 20,
        "Leave it empty for three (paragraph 11).",
    )  # fmt: skip
    sub_panel_kind = choice(
        "sub-panels are made", "who_acts",
        (("", "For each complaint, of any members"), ("pool", "For each complaint, from a pool"), ("standing", "Once: it stands"),
         ("none", "Never: the Panel has none")),
        "", "Who stands in the pool, or on the standing sub-panel, is entered under People.", "For each complaint, of any members",
    )  # fmt: skip
    independent = choice(
        "an independent member", "who_acts",
        (("", "May sit on a sub-panel"), ("sits", "Sits on every sub-panel"), ("chairs", "Chairs every sub-panel")), "", "",
        "May sit on a sub-panel",
    )  # fmt: skip
    sub_panel_chair = choice(
        "the chairman of a sub-panel", "who_acts",
        (("", "Is not recorded"), ("appointed", "Is named when it is appointed"), ("elected", "Is elected at its first meeting")),
        "", "", "Is not recorded",
    )  # fmt: skip
    publish_default = choice(
        "the record of an outcome is published", "who_acts",
        (("", "As is decided each time"), ("yes", "Unless it is decided otherwise"), ("no", "Only where it is decided")), "",
        "It is the answer with which the decision begins; both sides are heard first in any case.", "As is decided each time",
    )  # fmt: skip
    sub_panel_quorum = number(
        "quorum of a sub-panel", "who_acts", 1, 20, "Leave it empty if the Panel has not entered one. Substitutes count.",
    )  # fmt: skip
    quorum = number(
        "quorum, members in the room", "hearings", 1, 100,
        "For confirmation hearings. Leave it empty if the Panel has not entered one.",
    )  # fmt: skip
    participation_hour = hour(
        "hour until which the public may ask to take part", "hearings",
        "On the last working day before the meeting, from 0 to 23. Leave it empty if the Panel has no such rule.",
    )  # fmt: skip
    country = choice(
        "country", "hearings", COUNTRIES, ENGLAND,
        "It decides on notice of a hearing, exempt information and who is present.",
    )  # fmt: skip
    clear_days = number(
        "clear days of notice of a hearing", "hearings", 1, 20,
        "In England five, by law: leave it empty. In Wales as the Panel has it; councils in Wales give three. That this "
        "binds a panel was not read.",
    )  # fmt: skip
    online_votes = choice(
        "members online may vote", "hearings", (("", "Not entered"), ("yes", "Yes"), ("no", "No")), "",
        "In Wales only. From 4 April 2020 to 6 May 2021 they could in both countries (SI 2020/392); in England since then "
        "they cannot.", "Not entered",
    )  # fmt: skip
    hearing_substitutes = switch(
        "substitutes may sit at hearings", "hearings", True, "As the Panel’s arrangements have it.",
    )  # fmt: skip
    papers_days = target("send the papers of a meeting, clear days before", "meetings")
    minutes_days = target("draft the minutes of a meeting within, working days", "meetings")
    public_days = switch(
        "the public may work out days", "meetings", False,
        "A page without sign-in and without any case: periods, counted day by day. Its address is /days/ and the panel’s.",
    )  # fmt: skip
    address_needed = switch(
        "a complainant’s address is needed", "targets", False,
        "An email or a postal address. Where it is missing, logging and recording warn of it; nothing is refused for it.",
    )  # fmt: skip
    officer_records = switch(
        "the scrutiny officer may record", "who_acts", True, "Otherwise only the Monitoring Officer records.",
        who_acts=True,
    )  # fmt: skip
    officer_enters_decisions = switch(
        "the officer may type up others’ decisions", "who_acts", True,
        "The record always shows who decided and who typed.", who_acts=True,
    )  # fmt: skip
    second_factor = switch(
        "a second factor is required to see cases", "sign_in", True,
        "An authenticator app or a passkey, besides the password. The council’s own sign-in counts.", asked_often=True,
    )  # fmt: skip
    procedure_approved = text(
        "when the Panel approved its complaints procedure", "report", 60,
        "As the annual report says it, such as December 2013. Leave it empty if it is not known.",
    )  # fmt: skip
    procedure_text = long_text(
        "the Panel’s own complaints procedure, in full", "report", 60_000,
        "Printed as Appendix 1 of the annual report. Leave a line empty to begin a new paragraph. Where it is empty, the "
        "appendix is a summary made from these settings.",
    )  # fmt: skip
    procedure_apart = switch(
        "the procedure stands as a paper of its own behind the annual report", "report", False,
        "The report then names it as Appendix 1 and prints nothing of it: the procedure goes into the agenda beside it.",
    )  # fmt: skip
    report_background = long_text(
        "background of the annual report, in the Panel’s own words", "report", 10_000,
        "Leave a line empty to begin a new paragraph. Where it is empty, it is made from these settings.",
    )  # fmt: skip
    contact_name = text(
        "who answers questions about the annual report", "report", 200,
        "Name or post, and the council, such as the Scrutiny Officer, Exshire County Council.",
    )  # fmt: skip
    contact_telephone = text("their telephone number", "report", 40)
    contact_email = email("their email address", "report")
    proper_officer = text(
        "the proper officer, by post", "report", 120,
        "Who says that there are no background papers, such as the Head of Legal and Governance.",
    )  # fmt: skip
    nil_rows = switch(
        "show lines of the annual report that are nil in both years", "report", False,
        "Recorded, not recorded and in hand are always shown.",
    )  # fmt: skip
    page_numbers = switch(
        "number the pages of papers", "report", True, "No where the agenda pack gets its page numbers elsewhere.",
    )  # fmt: skip
    case_lines = switch(
        "print one anonymous line for each complaint", "report", False,
        "At the end of the annual report: month, theme, route, outcome and days. What fewer than three complaints share is "
        "left out, and of fewer than three complaints there are no lines.",
    )  # fmt: skip
    merge_small_themes = switch(
        "put themes of fewer than three complaints together", "report", False,
        "In the annual report, so that nobody is known by a theme. Categories of the law are always shown.",
    )  # fmt: skip
    letters_second_person = switch(
        "a second person checks each letter", "who_acts", False,
        "Who wrote a letter last cannot send it; somebody else who may send letters does.", asked_often=True,
    )  # fmt: skip
    letters_welsh = choice(
        "letters in Welsh", "words",
        (("", "None"), ("asked", "To whoever asks for Welsh, with the English"), ("welsh", "To everybody, Welsh first"),
         ("english", "To everybody, English first")), "",
        "In the Panel’s own Welsh text. Until it has entered one for a letter, that letter goes in English.", "None",
    )  # fmt: skip
    letter_web = text("web page on the letterhead", "names", 120, "Such as exshire.example/crime-panel.")
    officer_post = text(
        "the scrutiny officer’s post, as it stands under letters", "names", 120, "Where it is empty: Scrutiny Officer.",
    )  # fmt: skip
    privacy_url = text("web page on privacy", "names", 120, "Named in the first letter. Left out where it is empty.")
    ombudsman = text(
        "ombudsman named in letters", "names", 120,
        "Who looks at how a Panel handled a complaint: in England the Local Government and Social Care Ombudsman. Leave it "
        "empty in Wales, and letters say nothing of it.",
    )  # fmt: skip
    ombudsman_url = text("the ombudsman’s web page", "names", 120)
    public_page = switch(
        "a page of published outcomes for the public", "report", False,
        "At the Panel’s address followed by /published/, without signing in: what the Panel has published, and how many "
        "complaints it received this year.",
    )  # fmt: skip
    keep_closed = years("keep closed complaints for, years")
    keep_withdrawn = years("keep withdrawn complaints for, years")
    keep_redirected = years("keep complaints redirected or not recorded for, years")
    keep_void = years("keep void entries for, years")
    keep_meetings = years("keep meetings for, years")
    keep_interests = years("keep the interests of former members for, years")
    keep_messages = target(
        "remove emails that were not logged after, days", "retention", "Kept until somebody removes it"
    )
    keep_from = choice(
        "counted from", "retention", (("", "The day the case ended"), ("term", "The end of the office holder’s term")), "",
        "Where it ended after the term, from that day all the same. While an office holder it is about is in office, nothing "
        "is proposed for erasing.", "The day the case ended", asked_often=True,
    )  # fmt: skip
    show_set_up = switch(
        "show what is still to set up", "names", True, "On the home page of an administrator.", asked_often=True
    )
    commissioner_word = word("word for the Commissioner", "Commissioner")
    chairman_word = word("word for the Chairman", "Chairman")
    sub_panel_word = word("word for the sub-panel", "sub-panel")
    # Who acts, where the panel has said so: {matter: {"who": role, "after": [who is asked first]}}. It changes with the
    # agreement of the Monitoring Officer only (`panel.models.arrangements`).
    who_acts = models.JSONField("who acts", default=dict, blank=True, editable=False)
    history = history()

    class Meta:
        ordering = ["from_date"]
        constraints = [models.UniqueConstraint(fields=["panel", "from_date"], name="settings_once_a_day")]
        verbose_name = "panel settings"

    def __str__(self):
        return f"Settings from {self.from_date}"

    @property
    def steps_off(self) -> tuple[str, ...]:
        """The steps that the panel has switched off: they do not exist for what is received while this holds."""
        return ("appoint_sub_panel", "replace_sub_panel_member") if self.sub_panel_kind == "none" else ()

    @property
    def seats(self) -> int:
        """How many members a sub-panel has."""
        return self.own_size or self.sub_panel_size
