"""What is asked about the seats of a sub-panel: who is appointed, and who takes another’s place (para 11)."""

from complaints.procedure.complaining import ComplainingMixin
from complaints.procedure.seriousness import referral_runs
from complaints.procedure.who_sits import ChairMixin, number_words, standing_members
from panel.casework.step_form import StepForm
from panel.forms.fields import CheckboxesField, DateField, RadiosField, SelectField
from panel.forms.layout import Folded


class AppointSubPanelForm(ChairMixin, ComplainingMixin, StepForm):
    """Exactly three members in office that day, none twice, none interested (para 11)."""

    labels = ComplainingMixin.labels | {"chair": "Who chairs it"}
    on_label = "When were they appointed?"
    members = CheckboxesField(label="Who sits on it?", choices=(), required_message="Select three members")
    purpose = RadiosField(
        label="What is it for?",
        choices=[
            ("resolve", "To resolve the complaint informally"),
            ("consider", "To consider whether to take any action"),
        ],
        required_message="Select what the sub-panel is for",
    )
    by_when = DateField(label="By when should it meet?", what="the day by which it should meet", required=False)

    def add_questions(self):
        """The members."""
        size = self.attempt.targets.seats
        self.fields["members"].error_messages["required"] = (
            f"Select {number_words(size)} member{'s' if size > 1 else ''}"
        )
        self.ask_members()
        self.ask_chair()
        self.ask_aware()

    @property
    def opened(self):
        """What is not folded away once somebody has chosen of it."""
        return ("at_other_times",) if self.data.get("at_other_times") else ()

    def ask_members(self):
        """Those in office today, and whoever is chosen already; everybody else who ever was a member is folded away, for a
        paper of another day."""
        every = self.member_choices()
        today = self.attempt.look.today
        now = {str(m.pk) for m in self.attempt.facts.members if m.holds(today)} | set(self.initial.get("members") or ())
        members = self.fields["members"]
        members.choices = [choice for choice in every if choice[0] in now]
        members.valid_value = lambda value: str(value) in {choice[0] for choice in every}
        others = [choice for choice in every if choice[0] not in now]
        if others:
            members.required = False  # asked of both together
            self.fields["at_other_times"] = CheckboxesField(
                label="Who of them sits on it?", choices=others, required=False,
                help_text="They can be chosen for a day on which they were members.",
            )  # fmt: skip

    def shape_of(self):
        """The members of other times folded away under those of today."""
        own = [name for name in self.own if name not in ("members", "at_other_times")]
        folded = [Folded("Members at other times", "at_other_times")] if "at_other_times" in self.fields else []
        return ["members", *folded, *own]

    def clean(self):
        """Both lists are one answer."""
        cleaned = super().clean()
        if "at_other_times" in self.fields:
            cleaned["members"] = [*(cleaned.get("members") or ()), *cleaned.pop("at_other_times", ())]
            if not cleaned["members"] and "members" not in self.errors:
                self.add_error("members", self.fields["members"].error_messages["required"])
        return cleaned

    def reminders(self):
        """That the day of referral runs while a sub-panel looks first."""
        return [*super().reminders(), referral_runs()]

    def initial_answers(self):
        """The purpose follows the Chairman's decision; a sub-panel that sits already is the one."""
        routes = {p.route for p in self.attempt.parts}
        sitting = [str(r.member_id) for r in self.attempt.facts.sub_panel]
        sitting = sitting or [str(m.pk) for m in standing_members(self.attempt, self.attempt.look.today)]
        return {"purpose": "consider" if routes == {"sub_panel_considers"} else "resolve", "members": sitting}

    def members_chosen(self):
        """The Member rows chosen, in the order given, double ones included."""
        by_pk = {str(m.pk): m for m in self.attempt.facts.members}
        return [by_pk[pk] for pk in self.cleaned_data.get("members") or () if pk in by_pk]


class ReplaceMemberForm(ComplainingMixin, StepForm):
    """One member of the sub-panel makes way for another (para 11)."""

    leaving = SelectField(
        label="Who leaves?", choices=(), blank="Nobody: a seat is empty", required=False,
        required_message="Select who leaves",
    )  # fmt: skip
    joining = SelectField(label="Who joins?", choices=(), blank="Choose", required_message="Select who joins")
    why_label = "Why?"

    def add_questions(self):
        """Those who sit, and those who could."""
        seats = self.attempt.facts.sub_panel
        self.fields["leaving"].choices = [(str(r.member_id), r.member.name) for r in seats]
        self.fields["joining"].choices = self.member_lines()
        self.ask_aware()
