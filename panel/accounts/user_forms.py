"""Who can sign in, in which role and when; and the first password of somebody invited."""

from datetime import timedelta

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password

from panel.access import rules
from panel.accounts.forms import GOOD_ENOUGH
from panel.forms.fields import (
    DateField,
    EmailField,
    HintedChoice,
    LongTextField,
    RadiosField,
    SelectField,
    TextField,
    TickField,
)
from panel.forms.layout import Buttons
from panel.forms.record_form import RecordForm
from panel.law import clock
from panel.law.period import day_words
from panel.law.roles import DELEGATED, GRANTED, Role
from panel.models import Case, Membership, User
from panel.pages.people_forms import clash, first_day, last_day
from panel.record.act import sealed_act

STAFF = (Role.OFFICER, Role.MONITORING_OFFICER)
ALONE = (Role.CHAIRMAN, Role.VICE_CHAIRMAN)  # one person at a time
SELF = "Nobody gives or changes a role for themselves. Ask another administrator"


def role_words(role: str) -> str:
    """With a capital letter, as in lists."""
    words = Role(role).words
    return words[:1].upper() + words[1:]


def role_clash(panel, user_pk, role, cleaned, but=None) -> str:
    """Why the role cannot be held between those days, or nothing: they hold it already, or another Chairman does."""
    rows = panel.memberships.filter(role=role).overlapping(cleaned["from_date"], cleaned["to_date"])
    rows = rows.exclude(pk=but).select_related("user")
    for row in rows:
        if row.user_id == user_pk or role in ALONE:
            return clash(row, row.user.name, Role(role).words)
    return ""


class InviteForm(RecordForm):
    """Gives a role to somebody, who need not have an account yet. The page and `manage.py invite` use it alike."""

    model, one = Membership, "role"
    act_names = ("give_role", "change_role")
    columns = ("role", "from_date", "to_date")
    email = EmailField(label="Email address", max_length=254, help_text="They sign in with it.")
    name = TextField(
        label="Full name",
        max_length=150,
        required_message="Enter their name",
        help_text="As it is to stand on the record.",
    )
    role = RadiosField(
        label="Which role?",
        choices=[HintedChoice(r.value, role_words(r), r.sees) for r in (*GRANTED, *DELEGATED)],
        required_message="Select a role",
    )
    from_date = first_day(initial=clock.today)
    to_date = last_day(help_text="Leave empty if you do not know it yet.")

    def button(self):
        """Names the act."""
        return "Give the role"

    def clean_email(self):
        """In lower case, as accounts are kept."""
        return self.cleaned_data["email"].strip().lower()

    def check(self, cleaned):
        """Not for oneself, not for a closed account, not twice."""
        user = User.objects.filter(email=cleaned["email"]).first()
        if user is None:
            user_pk = None
        else:
            user_pk = user.pk
            if self.user is not None and user_pk == self.user.pk:
                self.add_error("email", SELF)
            elif not user.is_active:
                self.add_error("email", "This account is closed. Open it again first")
        if words := role_clash(self.panel, user_pk, cleaned["role"], cleaned):
            self.add_error("role", words)

    def write(self):
        """The account, if there is none, and the role."""
        cleaned = self.cleaned_data
        user, _ = User.objects.get_or_create(
            email=cleaned["email"], defaults={"name": cleaned["name"], "password": make_password(None)}
        )
        return Membership.objects.create(
            panel=self.panel,
            user=user,
            role=cleaned["role"],
            from_date=cleaned["from_date"],
            to_date=cleaned["to_date"],
        )

    def reason(self):
        """Why, or that the role was given."""
        return self.cleaned_data["why"] or f"Gave the role of {Role(self.cleaned_data['role']).words}"


class MembershipForm(RecordForm):
    """Between which days somebody holds a role, and when they are away."""

    model, one = Membership, "role"
    act_names = ("give_role", "change_role")
    pairs = (("from_date", "to_date"), ("away_from", "away_to"))
    from_date = first_day()
    to_date = last_day(help_text="To end the role, enter its last day.")
    away_from = DateField(label="Away from", what="the first day away", required=False)
    away_to = DateField(label="Away until", what="the last day away", required=False)

    @property
    def columns(self):
        """The days; of staff also who covers, and of the Monitoring Officer whether it is a deputy."""
        staff = ("covered_by",) if self.instance.role in STAFF else ()
        deputy = ("deputy",) if self.instance.role == Role.MONITORING_OFFICER else ()
        return ("from_date", "to_date", "away_from", "away_to", *staff, *deputy)

    def add_questions(self):
        """What being away does; who covers; whether it is a deputy."""
        if self.instance.role == Role.CHAIRMAN:
            self.fields["away_from"].help_text = "Meanwhile the Vice-Chairman decides. If both are away, nobody can."
        if "covered_by" in self.columns:
            held = {m.user_id: m.user.name for m in rules.keepers(self.panel) if m.user_id != self.instance.user_id}
            self.fields["covered_by"] = SelectField(
                label="Who covers while they are away?", choices=[(str(k), v) for k, v in held.items()], required=False,
                blank="Nobody", help_text="They then find the drafts of whoever is away on their home page.",
            )  # fmt: skip
        if "deputy" in self.columns:
            self.fields["deputy"] = TickField(
                label="Deputy Monitoring Officer", required=False,
                hint="Sees what the Monitoring Officer sees, and acts while no Monitoring Officer is here.",
            )  # fmt: skip

    def check(self, cleaned):
        """Not for oneself; days away that begin; not twice."""
        if self.user is not None and self.instance.user_id == self.user.pk:
            self.add_error(None, SELF)
        if cleaned["away_to"] and not cleaned["away_from"]:
            self.add_error("away_from", "Enter the first day away")
        if words := role_clash(self.panel, self.instance.user_id, self.instance.role, cleaned, but=self.instance.pk):
            self.add_error("from_date", words)
        if words := self.nobody_left(cleaned):
            self.add_error("to_date" if cleaned["to_date"] else "deputy", words)

    def nobody_left(self, cleaned) -> str:
        """Why the last Monitoring Officer cannot leave, or be a deputy, while the Panel has cases; else nothing."""
        if self.instance.role != Role.MONITORING_OFFICER or not (cleaned["to_date"] or cleaned["deputy"]):
            return ""
        if not Case.objects.filter(panel=self.panel).exists():
            return ""
        last = cleaned["to_date"] or clock.today()
        after = max(last + timedelta(days=1), clock.today()) if cleaned["to_date"] else clock.today()
        held = self.panel.memberships.in_force(after).filter(role=Role.MONITORING_OFFICER, user__is_active=True)
        if held.exclude(pk=self.instance.pk).exists():
            return ""
        gone = (
            f"From {day_words(after)} nobody would be Monitoring Officer" if cleaned["to_date"] else "There is no other"
        )
        return f"{gone}: give somebody that role first"

    def write(self):
        """The days; that nobody can decide meanwhile is pointed out."""
        row = super().write()
        day = max(row.away_from or clock.today(), clock.today())
        if row.role in ALONE and row.away(day):
            held = self.panel.memberships.in_force(day).filter(role__in=ALONE, user__is_active=True)
            if why := rules.who_acts(rules.offices(held, day)).why:
                self.notes.append(f"On {day_words(day)} nobody can then decide for the {Role.CHAIRMAN.words}: {why}.")
        return row

    def done(self, row):
        """What the banner says."""
        if row.to_date and row.to_date <= clock.today():
            return f"{row.user.name} is {Role(row.role).words} until {day_words(row.to_date)}."
        return f"{row.user.name}, {Role(row.role).words}, is changed."


class AccountForm(forms.Form):
    """Closes the account of somebody who leaves, or opens it again: never removed, as the record names them."""

    act_names = ("open_account", "close_account")  # by whether the account is open

    def __init__(self, panel, by, person, data=None):
        self.panel, self.by, self.person = panel, by, person
        super().__init__(data, use_required_attribute=False)
        self.fields["why"] = LongTextField(
            label="Why?", help_text="Kept in the history.", required_message="Enter why", max_length=1000, rows=2
        )
        self.helper = FormHelper(self)
        self.helper.label_size = "s"
        self.helper.layout = Layout(
            "why", Buttons("Close the account" if person.is_active else "Open the account again")
        )

    def clean(self):
        """Not one's own; and not while somebody still has work in another panel."""
        cleaned = super().clean()
        if self.person.pk == self.by.pk:
            raise forms.ValidationError("Nobody closes their own account. Ask another administrator")
        elsewhere = self.person.memberships.overlapping(clock.today(), None).exclude(panel=self.panel)
        if self.person.is_active and (rows := list(elsewhere)):
            have = "hold" if any(row.holds(clock.today()) for row in rows) else "are to hold"
            raise forms.ValidationError(
                f"They {have} a role in another panel, so the account stays open. End their role here instead"
            )
        return cleaned

    def write(self) -> str:
        """Close with today as the last day of each role here, or open without a role. A role that was to begin later
        ends before it began: nobody has it again when the account is opened. Returns what was done."""
        today, person, closing = clock.today(), self.person, self.person.is_active
        with sealed_act(
            self.panel, by=self.by, name=self.act_names[closing], why=f"{person.name}: {self.cleaned_data['why']}"
        ):
            for row in self.panel.memberships.filter(user=person).overlapping(today, None) if closing else ():
                row.to_date = today
                row.save()
            person.is_active = not closing
            person.save(update_fields=["is_active"])
            person.end_sessions()
        return f"The account of {person.name} is {'closed' if closing else 'open again. Invite them to give a role'}."


class HandOverForm(forms.Form):
    """Who keeps the cases of somebody who left."""

    def __init__(self, panel, names, data=None):
        super().__init__(data, use_required_attribute=False)
        choices = list({str(m.user_id): m.user.name for m in rules.keepers(panel)}.items())
        self.fields["cases"] = forms.MultipleChoiceField(
            label="Which cases?", choices=names, widget=forms.CheckboxSelectMultiple, initial=[k for k, _ in names],
            error_messages={"required": "Select the cases to hand over"},
        )  # fmt: skip
        self.fields["to_whom"] = SelectField(
            label="Who keeps them from today?",
            choices=choices,
            blank="Choose",
            required_message="Select who keeps them",
        )
        self.helper = FormHelper(self)
        self.helper.layout = Layout("cases", "to_whom", Buttons("Hand them over"))


class AcceptForm(forms.Form):
    """The name and first password of somebody invited."""

    name = TextField(label="Full name", max_length=150, required_message="Enter your name")
    password1 = forms.CharField(
        label="Password",
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter a password"},
    )
    password2 = forms.CharField(
        label="Password again",
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter the password again"},
    )

    def __init__(self, user, data=None):
        self.user = user
        super().__init__(data, initial={"name": user.name}, use_required_attribute=False)
        self.fields["password1"].help_text = GOOD_ENOUGH
        self.helper = FormHelper(self)
        self.helper.layout = Layout("name", "password1", "password2", Buttons("Save and sign in"))

    def clean(self):
        """Twice the same, and good enough for Django's validators."""
        cleaned = super().clean()
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", "Enter the same password in both boxes")
        elif first and second:
            try:
                validate_password(first, User(email=self.user.email, name=cleaned.get("name") or self.user.name))
            except forms.ValidationError as error:
                self.add_error("password1", error)
        return cleaned

    def write(self):
        """The name and the password; the link is used up by it."""
        self.user.name = self.cleaned_data["name"]
        self.user.set_password(self.cleaned_data["password1"])
        self.user.save(update_fields=["name", "password"])
