"""The questions of a change of who acts: from which day, who, after asking whom, and where it was agreed."""

from crispy_forms.helper import FormHelper
from django import forms

from panel.access import rules
from panel.casework import arrangements
from panel.forms.fields import CheckboxesField, DateField, RadiosField, TextField
from panel.forms.layout import Buttons, Component, Layout, Question, Reveal, Revealing
from panel.forms.spoken import speak
from panel.law import clock
from panel.law.bank_holidays import YEARS_WITH_BANK_HOLIDAYS
from panel.law.period import day_words
from panel.law.roles import Consulted, Role
from panel.procedure.who_acts import Arrangement


class WhoActsForm(Revealing, forms.Form):
    """A change in one matter. `found` is the arrangement that the answers give."""

    from_date = DateField(
        label="From which day?",
        what="the day from which this holds",
        help_text="Steps before that day stay as they were.",
    )
    agreed_where = TextField(
        label="Where was this agreed?", max_length=200, help_text="Such as: Panel, 15 September 2026, minute 451.",
        required_message="Enter where this was agreed, such as the meeting and the minute",
    )  # fmt: skip

    def __init__(self, panel, user, procedure, matter, data=None):
        self.panel, self.user, self.procedure, self.matter = panel, user, procedure, matter
        self.now = arrangements.in_force(panel, matter, procedure, clock.today())
        super().__init__(data, use_required_attribute=False)
        verb = matter.question.split()[1]
        self.fields["from_date"].initial = clock.today()
        self.fields["who"] = RadiosField(
            label=f"Who {verb}?",
            choices=[(role.value, self.words(role)) for role in matter.allowed],
            initial=self.now.who.value,
            required_message=f"Select who {verb}",
        )
        reveals = []
        for role in matter.allowed:
            if not (asked := matter.asked(role)):
                continue
            name = f"after_{role.value}"
            self.fields[name] = CheckboxesField(
                label="After asking",
                help_text="The step asks who was asked, when, and what they said.",
                choices=[(kind.value, kind.words[0].upper() + kind.words[1:]) for kind in asked],
                required=False,
                initial=[kind.value for kind in self.now.after] if role is self.now.who else [],
            )
            reveals.append(Reveal("who", role.value, name))
        barred = [Component("barred", rows=[{"words": self.words(r), "why": why} for r, why in matter.barred])]
        self.helper = FormHelper(self)
        self.helper.label_size = "s"
        self.helper.form_show_optional = False
        self.helper.layout = Layout(
            "from_date", Question("who", size="m"), *reveals, *(barred if matter.barred else []), "agreed_where",
            Buttons("Continue"),
        )  # fmt: skip
        speak(self)

    def words(self, role: Role) -> str:
        """The role as a choice."""
        both = arrangements.who_words(self.procedure, self.matter, Arrangement(role))
        if role is Role.OFFICER and self.matter.usual is not Role.OFFICER:
            return "Scrutiny officer or Clerk"
        return f"{both[:1].upper()}{both[1:]}"

    @property
    def found(self) -> Arrangement:
        """What the valid answers say."""
        who = Role(self.cleaned_data["who"])
        return Arrangement(who, tuple(Consulted(kind) for kind in self.cleaned_data.get(f"after_{who}") or ()))

    def clean_who(self):
        """One actor, and one whom the law allows: with the regulation, where somebody names another by hand."""
        if hasattr(self.data, "getlist") and len(set(self.data.getlist("who"))) > 1:
            raise forms.ValidationError("Select one: a step has one actor")
        return self.cleaned_data["who"]

    def clean(self):
        """A day that can be counted from, somebody who can act, and something that differs."""
        cleaned = super().clean()
        sent = self.data.get("who")
        for role, why in self.matter.barred:
            if sent == role.value:
                del self._errors["who"]
                self.add_error("who", f"{self.words(role)} cannot be chosen: {why} ({self.matter.provision})")
        if self.errors:
            return cleaned
        day, who = cleaned["from_date"], Role(cleaned["who"])
        if day.year not in YEARS_WITH_BANK_HOLIDAYS:
            self.add_error("from_date", f"The year must be {YEARS_WITH_BANK_HOLIDAYS[0]} or later: check the year")
        elif clash := self.clash(day):
            self.add_error("from_date", clash)
        elif why := arrangements.nobody_to_act(self.panel, who, day):
            self.add_error("who", why)
        elif arrangements.in_force(self.panel, self.matter, self.procedure, day) == self.found:
            self.add_error("who", f"That holds on {day_words(day)} already: change something, or cancel")
        return cleaned

    def clash(self, day) -> str:
        """Why nothing else can be said from that day: another change began on it and steps were taken by it."""
        rows = self.panel.arrangements.filter(matter=self.matter.key, from_date=day, dropped_on=None)
        held = next((row for row in rows if not row.waits and row.from_date <= clock.today()), None)
        if held is None or not arrangements.must_be_agreed(self.panel):
            return ""
        return f"Who acts from {day_words(day)} is on record, and was acted on. Enter another day"

    def follows(self, names) -> list[str]:
        """What the change will have for consequence, in sentences; `names` are the panel's people."""
        day, found = self.cleaned_data["from_date"], self.found
        whom = names.who(found.who)
        whom = f"{whom[:1].lower()}{whom[1:]}" if whom.startswith("The ") else whom
        out = []
        if self.matter.duties or any(arrangements.kinds_moved(self.procedure, self.matter)):
            number = arrangements.cases_moved(self.panel, self.procedure, self.matter)
            open_now = f" {number} that {'is' if number == 1 else 'are'} open now" if number else ""
            moved = f"{open_now} {'moves' if number == 1 else 'move'} there on that day if nothing is decided before."
            out.append(f"What waits in this from {day_words(day)} waits for {whom}." + (moved if number else ""))
        if day < clock.today():
            out.append(
                "Steps that were taken since then stay as they are; what is typed up for that time follows this."
            )
        if found.who is not Role.PANEL and self.decides:
            out.append("Each such decision is listed for the Panel’s next meeting, as taken under delegated power.")
        if found.after:
            out.append(
                f"The step asks who was asked, when, and what they said: {arrangements.after_words(found.after)}."
            )
        if self.needs_agreement:
            agree = names.who(Role.MONITORING_OFFICER)
            agree = agree if not agree.startswith("The ") else f"the {agree[4:]}"
            out.append(f"{agree[:1].upper()}{agree[1:]} must agree to this change before it holds.")
        return out

    @property
    def decides(self) -> bool:
        """Whether the matter is a decision in the Panel's stead, and not only who does the work."""
        return any(self.procedure.step(key).decided_by for key in self.matter.steps)

    @property
    def agrees(self) -> bool:
        """Whether whoever changes it is the Monitoring Officer, who thereby agrees."""
        return rules.may_agree(rules.standing(self.user, self.panel))

    @property
    def needs_agreement(self) -> bool:
        """Whether somebody else must agree before it holds."""
        return arrangements.must_be_agreed(self.panel) and not self.agrees
