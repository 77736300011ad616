"""Making a panel, changing what it is called from a day on, and inviting who sets it up. The pages and `manage.py panel`
use the same forms."""

from dataclasses import dataclass

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import get_resolver

from panel.accounts.user_forms import InviteForm
from panel.casework import holidays
from panel.forms.fields import DateField, EmailField, RadiosField, TextField, YesNoField
from panel.forms.layout import Buttons
from panel.forms.record_form import record
from panel.law import clock
from panel.law.bank_holidays import EXTRA_CLOSURES, YEARS_WITH_BANK_HOLIDAYS, not_working
from panel.law.meetings import COUNTRIES, ENGLAND
from panel.law.period import long_date
from panel.law.roles import Role
from panel.models import Membership, Panel, PanelSettings
from panel.models.holidays import read_in
from panel.pages.settings_forms import SettingsForm
from panel.pages.settings_groups import groups, setting
from panel.record.act import sealed_act

NAMES = "names"  # the heading under which a panel's names and addresses stand
REQUIRED = {
    "panel_name": "Enter the name of the Panel",
    "host_name": "Enter the host authority",
    "area_name": "Enter the police area",
}


@dataclass(frozen=True)
class Made:
    """A panel that was made, and the role of whoever sets it up, where somebody was named."""

    panel: Panel
    administrator: Membership | None


def taken_addresses() -> set[str]:
    """The first words of addresses under which no panel can stand, "installation" among them: the installation's own
    chain of the record bears that name, too."""
    firsts = {str(page.pattern).partition("/")[0] for page in get_resolver().url_patterns}
    return {*firsts, settings.STATIC_URL.strip("/")}


def free_address(slug: str) -> str:
    """The address of a new panel's pages: fit, free, and nobody else's. Raises ValidationError."""
    slug = slug.lower()
    try:
        Panel._meta.get_field("slug").run_validators(slug)
    except ValidationError:
        slug = "_"
    if "_" in slug:
        raise ValidationError("The address may hold small letters, digits and hyphens only")
    if Panel.objects.filter(slug=slug).exists():
        raise ValidationError("There is a panel at this address already")
    if slug in taken_addresses():
        raise ValidationError("Other pages stand at this address. Choose another one")
    return slug


class AddPanelForm(forms.Form):
    """A new panel, and who is invited to set it up."""

    name = TextField(
        label="Name of the Panel",
        max_length=120,
        required_message="Enter the name of the Panel",
        help_text="Such as “Exshire Police and Crime Panel”.",
    )
    police_area = TextField(label="Police area", max_length=120, required_message="Enter the police area")
    country = RadiosField(label="Country", choices=COUNTRIES, initial=ENGLAND, required_message="Select the country")
    host_authority = TextField(
        label="Host authority",
        max_length=120,
        required_message="Enter the host authority",
        help_text="The council that runs the Panel.",
    )
    slug = TextField(
        label="Address of its pages",
        max_length=40,
        required_message="Enter the address of its pages",
        help_text="Small letters, digits and hyphens, such as “exshire”. It can never be changed: links and the record "
        "carry it.",
    )
    code = TextField(
        label="Letters in its references",
        max_length=4,
        required_message="Enter the letters in its references",
        help_text="One to four capital letters, such as “EX” in EX-C-2026-0001. They can never be changed.",
    )
    email = EmailField(
        label="Email address of who sets it up",
        max_length=254,
        required=False,
        help_text="They become the Panel’s administrator and invite the others. You can leave it empty and invite "
        "somebody later.",
    )
    person = TextField(label="Their full name", max_length=150, required=False)

    def __init__(self, user, data=None):
        self.user = user  # None: the command line
        super().__init__(data, use_required_attribute=False)
        self.helper = FormHelper(self)
        self.helper.label_size = "s"
        self.helper.layout = Layout(*self.fields, Buttons("Make the Panel"))

    def clean_slug(self):
        """Fit for an address, free, and nobody else's."""
        return free_address(self.cleaned_data["slug"])

    def clean_code(self):
        """Capital letters, once an installation."""
        code = self.cleaned_data["code"].upper()
        Panel._meta.get_field("code").run_validators(code)
        if found := Panel.objects.filter(code=code).first():
            raise ValidationError(f"These are the letters of the {found}. Choose others")
        return code

    def clean(self):
        """Whoever sets it up has a name."""
        cleaned = super().clean()
        if cleaned.get("email") and not cleaned.get("person"):
            self.add_error("person", "Enter their full name")
        if cleaned.get("person") and "email" in cleaned and not cleaned["email"]:
            self.add_error("email", "Enter their email address")
        return cleaned

    def write(self) -> Made | None:
        """The panel with its first settings and its administrator: all of it or nothing. None, with an error beside the
        field, when somebody made one with the same address or letters meanwhile, or when the person cannot be invited."""
        cleaned = self.cleaned_data
        with transaction.atomic():
            with sealed_act(None, by=self.user, name="add_panel", why=f"Made the {cleaned['name']}"):
                for field in ("slug", "code"):  # asked once more, under the installation's lock
                    if Panel.objects.filter(**{field: cleaned[field]}).exists():
                        self.add_error(field, "Somebody made a panel with this meanwhile. Choose another")
                if self.errors:
                    return None
                panel = Panel.objects.create(
                    **{name: cleaned[name] for name in ("slug", "code", "name", "host_authority", "police_area")}
                )
            with sealed_act(panel, by=self.user, name="set_up", why="Made with what the law sets, and no target"):
                PanelSettings.objects.create(panel=panel, from_date=clock.today(), country=cleaned["country"])
            row = self.invite(panel) if cleaned["email"] else None
            if self.errors:
                transaction.set_rollback(True)
                return None
        return Made(panel, row)

    def invite(self, panel) -> Membership | None:
        """The first administrator's role."""
        data = {"email": self.cleaned_data["email"], "name": self.cleaned_data["person"]}
        form, row = record(lambda: AdministratorForm(panel, self.user, None, {**data, "from_date": clock.today()}))
        for name, found in form.errors.items():
            self.add_error("person" if name == "name" else "email", found)
        return row


class AdministratorForm(InviteForm):
    """Invites who sets a panel up, as its administrator and nothing else."""

    def add_questions(self):
        """There is one role, so it is not asked."""
        del self.fields["role"]

    def check(self, cleaned):
        """As for any role."""
        cleaned["role"] = Role.ADMINISTRATOR.value
        super().check(cleaned)

    def button(self):
        """Names the act."""
        return "Invite them"


class NamesForm(SettingsForm):
    """What a panel is called, and where complaints go, from a day on. All else stays as it holds on that day."""

    act_names = ("change_names", "change_names")

    @property
    def columns(self):
        """The settings under that heading that are words."""
        found = next(names for group, names in groups() if group.key == NAMES)
        return tuple(name for name in found if setting(name).kind != "switch")

    def add_questions(self):
        """Names must be there; who may act is not asked, so nobody needs to agree."""
        super().add_questions()
        self.fields.pop("agreed", None)
        self.fields["from_date"].help_text = "Papers of earlier days keep the names of their day."
        for column, words in REQUIRED.items():
            self.fields[column].required = True
            self.fields[column].error_messages["required"] = words
            self.fields[column].help_text = ""

    def stored(self, row, name):
        """A name that the row leaves empty is the one the panel began with."""
        began = {"panel_name": "name", "host_name": "host_authority", "area_name": "police_area"}
        return super().stored(row, name) or (getattr(self.panel, began[name]) if name in began else "")

    @property
    def changes_something(self):
        """Whether it differs from what holds on the chosen day."""
        return any(self.stored(self.as_now(), name) != self.cleaned_data[name] for name in self.columns)

    def shape(self):
        """The questions under one heading."""
        found = [self.fieldset(group, self.columns) for group, _ in groups() if group.key == NAMES]
        return ["from_date", *found, "why", "version", "row"]

    def check(self, cleaned):
        """A name that no other panel has that day."""
        super().check(cleaned)
        if not cleaned["panel_name"] or self.errors:
            return
        others = Panel.objects.on(cleaned["from_date"]).exclude(pk=self.panel.pk)
        if cleaned["panel_name"].casefold() in {other.names.name.casefold() for other in others}:
            self.add_error("panel_name", "Another panel of this installation has this name")

    def button(self):
        """Names the act."""
        return "Save the names and addresses"

    def done(self, row):
        """What the banner says."""
        return f"Names and addresses of the {self.panel.names_in(vars(row)).name} are saved."


class HolidayForm(forms.Form):
    """A bank holiday that was announced later, or one that was entered and is none."""

    day = DateField(label="Which day?", what="the day")
    name = TextField(
        label="What is it called?", max_length=80, required_message="Enter what it is called",
        help_text="Such as: State funeral of ...",
    )  # fmt: skip
    holds = YesNoField(label="Is it a bank holiday?", initial="yes", required_message="Select yes or no",
                       help_text="No, for one that was entered here by mistake.")  # fmt: skip

    def __init__(self, data=None):
        super().__init__(data, use_required_attribute=False)
        self.helper = FormHelper(self)
        self.helper.label_size = "s"
        self.helper.layout = Layout(*self.fields, Buttons("Save the bank holiday"))

    def clean(self):
        """A day that is one already is refused, and one that was never entered cannot be taken back."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        read_in()
        day, entered = cleaned["day"], cleaned["day"] in EXTRA_CLOSURES
        if day.year not in YEARS_WITH_BANK_HOLIDAYS:
            self.add_error("day", "Check the year")
        elif cleaned["holds"] and (why := not_working(day)):
            self.add_error("day", f"{long_date(day)} is no working day already: {why}")
        elif not cleaned["holds"] and not entered:
            self.add_error("day", f"{long_date(day)} was not entered here as a bank holiday")
        return cleaned

    def write(self, by) -> int:
        """Keep it; how many open days it moved."""
        cleaned = self.cleaned_data
        return holidays.enter(cleaned["day"], cleaned["name"], by, holds=cleaned["holds"])
