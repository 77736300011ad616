"""What is asked of a member's registered interest, of its end, and of a political group."""

from crispy_forms.helper import FormHelper
from django import forms

from panel.access import rules
from panel.forms.fields import DateField, LongTextField, RadiosField, SelectField, TextField
from panel.forms.layout import Buttons, Layout
from panel.forms.record_form import RecordForm
from panel.law.period import day_words
from panel.models import Member, PoliticalGroup, RegisteredInterest
from panel.pages.people_forms import OfMemberForm, clash, first_day, last_day, member_choices


class InterestForm(RecordForm):
    """An interest of a member, as they registered it."""

    one_of_many = True
    model, one = RegisteredInterest, "registered interest"
    columns = ("member", "kind", "what", "concerns", "declared_on", "declared_where", "from_date", "to_date")
    member = SelectField(label="Whose interest is it?", blank="Choose", required_message="Select the member")
    kind = RadiosField(
        label="Under which heading of the register?", choices=RegisteredInterest.Kind.choices,
        required_message="Select the heading of the register",
    )  # fmt: skip
    what = LongTextField(
        label="What is the interest?", max_length=500, rows=3, required_message="Enter what the interest is",
        help_text="As the member registered it, such as: trustee of the Larkford Youth Trust.",
    )  # fmt: skip
    concerns = LongTextField(
        label="Whom or what does it concern?", max_length=1000, rows=3, required=False,
        help_text="People, bodies or matters by name, one a line. A case or a meeting’s item that names one of them warns.",
    )  # fmt: skip
    declared_on = DateField(label="When was it declared?", what="the day it was declared", past=True)
    declared_where = TextField(
        label="Where was it declared?", max_length=200, required_message="Enter where it was declared",
        help_text="Such as the register of interests of their council, or a minute.",
    )  # fmt: skip
    from_date = first_day(label="Interest from", what="the first day of the interest")
    to_date = last_day(label="Interest until", what="the last day of the interest")

    def add_questions(self):
        """The panel's own members."""
        self.fields["member"].choices = member_choices(self.panel)

    def check(self, cleaned):
        """Nobody registers what ended before they were a member; nobody enters their own."""
        member = self.panel.members.get(pk=cleaned["member"])
        if cleaned["to_date"] and cleaned["to_date"] < member.from_date:
            words = f"It ended before {member.name} was a member, from {day_words(member.from_date)}"
            self.add_error("to_date", words)
        if self.user is not None and member.user_id == self.user.pk:
            self.add_error("member", "Somebody else must enter your own interests")


class PoliticalGroupForm(OfMemberForm):
    """The group to which a councillor said in public that they belong; never of an independent member."""

    one_of_many = True
    model, one = PoliticalGroup, "political group"
    columns = ("member", "name", "declared_where", "from_date", "to_date")
    member = SelectField(label="Which member?", blank="Choose", required_message="Select the member")
    name = TextField(label="Which group on their council?", max_length=80, required_message="Enter the group")
    declared_where = TextField(
        label="Where did they declare it?", max_length=200, required_message="Enter where they declared it to the public",
        help_text="Only what is public: such as the council’s page of its councillors.",
    )  # fmt: skip
    from_date = first_day()
    to_date = last_day()

    def add_questions(self):
        """The panel's councillors: independent members have no group."""
        independent = Member.Kind.INDEPENDENT
        barred = {str(pk) for pk in self.panel.members.filter(kind=independent).values_list("pk", flat=True)}
        self.fields["member"].choices = [c for c in member_choices(self.panel) if c[0] not in barred]
        words = "Select one of the panel’s councillors. An independent member has no group"
        self.fields["member"].error_messages["invalid_choice"] = words

    def check(self, cleaned):
        """Within the member's days, one group at a time."""
        super().check(cleaned)
        if self.errors:
            return
        rows = self.panel.political_groups.filter(member=cleaned["member"])
        rows = rows.overlapping(cleaned["from_date"], cleaned["to_date"]).select_related("member")
        if row := rows.exclude(pk=self.instance.pk if self.instance else None).first():
            self.add_error("from_date", clash(row, row.member.name, f"of the group “{row.name}”"))


class EraseInterestForm(forms.Form):
    """Why an interest is erased."""

    why = LongTextField(
        label="Why is it erased?", max_length=300, rows=2, required_message="Enter why it is erased",
        help_text="Kept in the history: do not repeat what the interest was.",
    )  # fmt: skip

    def __init__(self, data=None):
        super().__init__(data, use_required_attribute=False)
        self.helper = FormHelper(self)
        self.helper.label_size = "s"
        self.helper.layout = Layout("why", Buttons("Erase what it says"))


def may_change(who, row) -> bool:
    """Whether the person may change that interest: not one that was erased."""
    return rules.may(who, "interests.change") and row.erased_on is None
