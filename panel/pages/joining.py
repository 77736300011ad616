"""The form by which several cases join a group at once."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.db.models import Exists, OuterRef
from django.http import QueryDict

from panel.access import rules
from panel.forms.fields import CheckboxesField, DateField, LongTextField, TextField
from panel.forms.spoken import speak
from panel.law import clock
from panel.law.period import day_words
from panel.models import GroupMember

MOST_OFFERED = 200  # on one page; a search finds the others


class JoinManyForm(forms.Form):
    """Which of the open cases that belong to no group join this one, and why."""

    find = TextField(label="Find them by reference, name or words", required=False, max_length=200)
    cases = CheckboxesField(label="Which of them join?", choices=(), required_message="Select what joins the group")
    why = LongTextField(label="Why do they belong together?", required_message="Enter why they belong together", rows=3)
    on = DateField(label="When was this decided?", what="the date it was decided", past=True, today=clock.today)
    versions = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, group, who, register, data=None):
        super().__init__(data=data, initial={"on": clock.today()}, use_required_attribute=False)
        self.group, self.register = group, register
        word = register.case_word
        self.fields["cases"].label = f"Which {word}s join?"
        self.fields["cases"].error_messages["required"] = f"Select at least one {word}"
        self.fields["find"].label = f"Find {word}s by reference, name or words"
        looked_for = (data or {}).get("find", "")
        rows = register.list_page.seen_by(who).filter(
            rules.visible(who), status__in=register.procedure.open_states, erased_on=None
        )
        rows = rows.exclude(Exists(GroupMember.objects.filter(case=OuterRef("pk"), to_entry=None)))
        if looked_for.strip():
            filters = register.list_page.filters(
                {"q": looked_for}, rows, who=who, user=None, panel=group.panel, procedures=register.procedures
            )
            rows = filters.qs
        found = list(rows.order_by("-received_on", "-serial")[: MOST_OFFERED + 1])
        self.more = len(found) > MOST_OFFERED
        self.found = found[:MOST_OFFERED]
        self.fields["cases"].choices = [
            (str(c.pk), f"{c.reference}, {c.title}, received {day_words(c.received_on)}") for c in self.found
        ]
        self.initial["versions"] = "-".join(f"{c.pk}.{c.version}" for c in self.found)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.label_size = "s"
        self.helper.layout = Layout("cases", "why", "on", "versions")
        speak(self)

    def chosen(self) -> list[int]:
        """The numbers of the chosen cases."""
        return [int(pk) for pk in self.cleaned_data["cases"]]

    def answers(self) -> QueryDict:
        """The answers of the step that each of them takes."""
        data = QueryDict(mutable=True)
        data.update(
            {"group": str(self.group.pk), "why": self.cleaned_data["why"], "on": self.cleaned_data["on"].isoformat()}
        )
        return data

    def take_over(self, form) -> None:
        """Show what the step refused beside the question that is asked here."""
        for name, errors in form.errors.items():
            for error in errors:
                self.add_error(name if name in self.fields else None, error)
