"""The panel's own choices from one day on: a new dated row, or a change of the row that starts on that day."""

from copy import copy

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, validate_integer

from panel.access import rules
from panel.casework.arrangements import follow_switches
from panel.forms.fields import (
    DateField,
    EmailField,
    LongTextField,
    NumberField,
    RadiosField,
    SelectField,
    TextField,
    TickField,
    YesNoField,
    number_in,
)
from panel.forms.layout import Columns, Fieldset
from panel.forms.record_form import RecordForm
from panel.law import clock
from panel.law.bank_holidays import YEARS_WITH_BANK_HOLIDAYS
from panel.law.meetings import refused_settings
from panel.law.period import day_words
from panel.law.provisions import cite
from panel.law.roles import Role
from panel.law.spoken import say
from panel.models import PanelSettings
from panel.pages.panel_duties import address_changed
from panel.pages.settings_groups import groups, label, names, setting, short_label


def limits(name: str) -> tuple[int, int]:
    """The least and the most that the setting's column takes."""
    found = PanelSettings._meta.get_field(name).validators
    least = max(v.limit_value for v in found if isinstance(v, MinValueValidator))
    return least, min(v.limit_value for v in found if isinstance(v, MaxValueValidator))


def refused_number(name: str, value) -> str:
    """Why a number cannot be set, fit for a page; nothing for one that can, and for what is no number."""
    how = setting(name)
    if how.kind != "number" or value is None:
        return ""
    if how.only:
        number, why, provision = how.only
        return "" if value == number else f"{why} ({cite(provision)})"
    least, most = limits(name)
    return (
        "" if least <= value <= most else f"{label(name)}: enter a number from {least} to {most}, or {how.leave_empty}"
    )


def question(name: str):
    """The question for one setting, with the column's own words and limits."""
    column, how, words = PanelSettings._meta.get_field(name), setting(name), label(name)
    if how.kind == "switch":
        return YesNoField(label=words, help_text=str(column.help_text), required_message="Select yes or no")
    if how.kind == "choice":
        if how.beside:
            return SelectField(
                label=words, choices=[(key, say(str(said))) for key, said in column.choices], blank=None, required=False
            )
        return RadiosField(
            label=words, help_text=str(column.help_text), choices=column.choices, required=not column.blank,
            required_message=f"Select the {words[:1].lower()}{words[1:]}",
        )  # fmt: skip
    required = how.required or (f"Enter the {words[:1].lower()}{words[1:]}" if how.kind == "word" else "")
    asked = {"required_message": required} if required else {"required": False}
    if how.kind == "email":
        return EmailField(label=words, help_text=str(column.help_text), max_length=column.max_length, required=False)
    if how.kind == "address":
        return LongTextField(
            label=words, help_text=str(column.help_text), max_length=column.max_length, rows=4, required=False
        )
    if how.kind == "number":
        return NumberField(label=short_label(name), what=words, help_text=str(column.help_text), **asked)
    if how.kind == "long text":
        return LongTextField(label=words, max_length=column.max_length, help_text=str(column.help_text), **asked)
    return TextField(label=words, max_length=column.max_length, help_text=str(column.help_text), **asked)


class SettingsForm(RecordForm):
    """`instance` is the row the form is filled from, which may not be saved yet."""

    model, one = PanelSettings, "settings"
    act_names = ("change_settings", "change_settings")
    pairs = ()
    from_date = DateField(
        label="From which day?",
        what="the day from which this holds",
        help_text="Complaints received before keep the targets they had. A day in the past is for old papers that are "
        "typed up now: no day that was counted already moves.",
    )

    @property
    def columns(self):
        """Every setting."""
        return names()

    def add_questions(self):
        """A question for each setting, with the model's own words and limits."""
        day = self.instance.from_date
        self.fields["row"] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=self.instance.pk, validators=[validate_integer]
        )
        self.fields["from_date"].initial = max(day, clock.today())
        for name in self.columns:
            self.fields[name] = question(name)
        if Role.MONITORING_OFFICER not in rules.standing(self.user, self.panel).roles:
            self.fields["agreed"] = TickField(
                label="The Monitoring Officer agrees to the change of who may act", required=False
            )

    def shape(self):
        """The questions under headings."""
        return ["from_date", *(self.fieldset(group, names) for group, names in groups()), "why", "version", "row"]

    def fieldset(self, group, names):
        """The questions of one heading; whether the Monitoring Officer agrees is asked below who may act."""
        agreed = [n for n in ("agreed",) if n in self.fields and any(setting(name).who_acts for name in names)]
        asked = {n: [other for other in names if setting(other).beside == n] for n in names if not setting(n).beside}
        names = [Columns(name, *beside) if beside else name for name, beside in asked.items()]
        return Fieldset(group.heading, *names, *agreed, hint=group.hint)

    def check(self, cleaned):
        """Past settings are added, never changed; targets within reason; the size of a sub-panel as the procedure has
        it; who agreed."""
        day = cleaned["from_date"]
        if day.year not in YEARS_WITH_BANK_HOLIDAYS:
            self.add_error("from_date", f"The year must be {YEARS_WITH_BANK_HOLIDAYS[0]} or later: check the year")
        if day < clock.today() and self.panel.settings.filter(from_date=day).exists():
            words = f"Settings from {day_words(day)} are on record, and were acted on. Enter another day"
            self.add_error("from_date", words)
        for name in self.columns:
            if refused := refused_number(name, cleaned[name]):
                self.add_error(name, refused)
        if cleaned.get("sub_panel_kind") == "none":
            for name in self.columns:
                if name.endswith("_from") and cleaned[name] == "appointment":
                    self.add_error(
                        name, say("The Panel has no sub-panels, so nothing is counted from their appointment")
                    )
            if cleaned["meet_days"]:
                self.add_error("meet_days", say("The Panel has no sub-panels: leave it empty"))
        now = self.as_now()
        if "country" in self.columns:
            found = refused_settings(cleaned["country"], cleaned["clear_days"], cleaned["online_votes"] or "")
            for name, (why, provision) in found.items():
                self.add_error(name, f"{why} ({cite(provision)})")
        changed = any(cleaned[name] != getattr(now, name) for name in self.columns if setting(name).who_acts)
        if changed and "agreed" in self.fields and not cleaned["agreed"]:
            self.add_error("agreed", "Tick that the Monitoring Officer agrees, or leave who may act as it is")

    # Every row of the panel counts as one record: a new row by somebody else is a change as well.

    def rows(self):
        """The history of all the panel's rows, newest first."""
        return PanelSettings.history.filter(panel=self.panel).order_by("-history_id")

    def newest(self):
        """The id of the panel's latest history row."""
        return str(self.rows().values_list("history_id", flat=True).first() or "")

    def as_seen(self, version):
        """The row that the page was filled from, as it then was; by now another one may hold."""
        row, number = number_in(self.cleaned_data.get("row") or ""), number_in(version)
        if row is None or number is None:
            return None
        return self.rows().filter(id=row, history_id__lte=number).first()

    def as_now(self):
        """The row that holds on the chosen day."""
        return self.panel.settings_on(self.cleaned_data.get("from_date") or clock.today())

    @property
    def changed_by(self):
        """Who wrote the newest row."""
        last = self.rows().select_related("history_user").first()
        return last.history_user.name if last and last.history_user else "The command line"

    @property
    def changes_something(self):
        """Whether it differs from what holds on the chosen day."""
        now = self.as_now()
        return now.pk is None or any(getattr(now, name) != self.cleaned_data[name] for name in self.columns)

    def write(self):
        """A new row from that day on, or the one that starts on it."""
        day = self.cleaned_data["from_date"]
        later = self.panel.settings.filter(from_date__gt=day).first()
        before, row = copy(self.panel.settings_on(day)), self.panel.settings_from(day)
        for name in self.columns:
            self.put(row, name, self.cleaned_data[name])
        follow_switches(row)
        row.save()
        if address_changed(self.panel, before, row):
            self.notes.append(say("The Commissioner is to be told of the changed address (regulation 30)."))
        if day < clock.today():
            self.notes.append("They are for papers of that time: no day that was counted already moves.")
        if later:
            self.notes.append(f"Other settings take over on {day_words(later.from_date)}, as entered before.")
        return row

    def reason(self):
        """With what the Monitoring Officer agreed to."""
        agreed = " The Monitoring Officer agreed." if self.cleaned_data.get("agreed") else ""
        return f"{self.cleaned_data['why']}{agreed}"

    def button(self):
        """Names the act."""
        return "Save the settings"

    def done(self, row):
        """What the banner says."""
        return f"Settings from {day_words(row.from_date)} are saved."
