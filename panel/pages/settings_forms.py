"""The panel's own choices from one day on: a new dated row, or a change of the row that starts on that day."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, validate_integer

from panel.access import rules
from panel.forms.fields import DateField, NumberField, TextField, TickField, YesNoField
from panel.forms.layout import Fieldset
from panel.forms.record_form import RecordForm
from panel.law import clock
from panel.law.period import day_words
from panel.law.provisions import cite
from panel.law.roles import Role
from panel.models import PanelSettings

WORDS = ("commissioner_word", "chairman_word", "sub_panel_word")
TARGETS = (
    "acknowledge_days",
    "record_days",
    "copies_days",
    "consider_days",
    "notice_days",
    "carry_out_days",
    "chase_days",
    "comment_days",
    "review_days",
    "conclude_weeks",
)
WHO_ACTS = ("officer_records", "officer_enters_decisions")
MEETINGS = ("quorum", "participation_hour")
SWITCHES = ("merge_small_themes",)
REPORT = ("procedure_approved", *SWITCHES)
KEEP = PanelSettings.KEEP
SIGN_IN = ("second_factor",)
SUB_PANEL_SIZE = 3  # para 11


def label(name: str) -> str:
    """The setting as pages write it."""
    words = str(PanelSettings._meta.get_field(name).verbose_name)
    return words[:1].upper() + words[1:]


def limits(name: str) -> tuple[int, int]:
    """The least and the most that the setting's column takes."""
    found = PanelSettings._meta.get_field(name).validators
    least = max(v.limit_value for v in found if isinstance(v, MinValueValidator))
    return least, min(v.limit_value for v in found if isinstance(v, MaxValueValidator))


class SettingsForm(RecordForm):
    """`instance` is the row the form is filled from, which may not be saved yet."""

    model, one = PanelSettings, "settings"
    act_names = ("change_settings", "change_settings")
    columns = (*WORDS, *TARGETS, "sub_panel_size", *WHO_ACTS, *MEETINGS, *REPORT, *KEEP, *SIGN_IN)
    pairs = ()
    from_date = DateField(
        label="From which day?",
        what="the day from which this holds",
        help_text="Today or later. Complaints received before keep the targets they had.",
    )

    def ask(self):
        """A question for each setting, with the model's own words and limits."""
        day = self.instance.from_date
        self.fields["row"] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=self.instance.pk, validators=[validate_integer]
        )
        self.fields["from_date"].initial = max(day, clock.today())
        for name in WORDS:
            self.fields[name] = TextField(
                label=label(name),
                max_length=40,
                required_message=f"Enter the {label(name)[:1].lower()}{label(name)[1:]}",
            )
        for name in TARGETS:
            self.fields[name] = NumberField(label=label(name), required=False)
        self.fields["sub_panel_size"] = NumberField(
            label=label("sub_panel_size"), required_message="Enter how many members a sub-panel has"
        )
        for name in KEEP:
            self.fields[name] = NumberField(label=label(name), required=False)
        for name in MEETINGS:
            help_text = str(PanelSettings._meta.get_field(name).help_text)
            self.fields[name] = NumberField(label=label(name), required=False, help_text=help_text)
        said = PanelSettings._meta.get_field("procedure_approved")
        self.fields["procedure_approved"] = TextField(
            label=label("procedure_approved"), max_length=said.max_length, required=False, help_text=str(said.help_text)
        )
        for name in (*WHO_ACTS, *SWITCHES, *SIGN_IN):
            field = PanelSettings._meta.get_field(name)
            self.fields[name] = YesNoField(
                label=label(name), help_text=str(field.help_text), required_message="Select yes or no"
            )
        if Role.MONITORING_OFFICER not in rules.standing(self.user, self.panel).roles:
            self.fields["agreed"] = TickField(
                label="The Monitoring Officer agrees to the change of who may act", required=False
            )

    def shape(self):
        """The questions under headings."""
        who = [name for name in ("sub_panel_size", *WHO_ACTS, "agreed") if name in self.fields]
        return [
            "from_date",
            Fieldset("Words the Panel uses", *WORDS),
            Fieldset("Targets", *TARGETS, hint="The Panel’s own. Leave one empty if the Panel has set none."),
            Fieldset("Sub-panels, and who may act", *who),
            Fieldset("Hearings", *MEETINGS),
            Fieldset("The annual report", *REPORT),
            Fieldset(
                "How long cases are kept",
                *KEEP,
                hint="From the day they ended. Leave one empty if the Panel has set none: such cases are kept until it has.",
            ),
            Fieldset("Signing in", *SIGN_IN),
            "why",
            "version",
            "row",
        ]

    def check(self, cleaned):
        """From today on; targets within reason; the size of a sub-panel as the procedure has it; who agreed."""
        if cleaned["from_date"] < clock.today():
            self.add_error("from_date", "Day from which this holds must be today or later")
        for name in (*TARGETS, *KEEP, *MEETINGS):
            least, most = limits(name)
            if cleaned[name] is not None and not least <= cleaned[name] <= most:
                empty = "leave it empty for no target" if name in TARGETS else "leave it empty"
                self.add_error(name, f"{label(name)}: enter a number from {least} to {most}, or {empty}")
        if cleaned["sub_panel_size"] != SUB_PANEL_SIZE:
            self.add_error("sub_panel_size", f"A sub-panel has three members ({cite('para 11')})")
        now = self.as_now()
        changed = any(cleaned[name] != getattr(now, name) for name in WHO_ACTS)
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
        row = self.cleaned_data.get("row")
        if not (row and version.isdigit()):
            return None
        return self.rows().filter(id=row, history_id__lte=version).first()

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
        row = self.panel.settings.filter(from_date=day).first() or PanelSettings(panel=self.panel, from_date=day)
        for name in self.columns:
            self.put(row, name, self.cleaned_data[name])
        row.save()
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
