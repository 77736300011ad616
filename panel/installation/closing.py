"""Closing a panel from a day on: asked on a page of an installation administrator, and of `manage.py panel close`."""

from panel.forms.fields import DateField, SelectField, TextField
from panel.forms.record_form import RecordForm
from panel.law import clock
from panel.models import Case, Panel


class ClosingForm(RecordForm):
    """From which day a panel is closed, and what came in its place."""

    model, one = Panel, "closing"
    act_names = ("close_panel", "close_panel")
    pairs = ()
    columns = ("closed_from", "merged_into", "succeeded_by")
    closed_from = DateField(
        label="Closed from", what="the day from which it is closed", required=False,
        help_text="The first day on which nothing can be added. Empty: it is not closed.",
    )  # fmt: skip
    merged_into = SelectField(
        label="Merged into which panel of this installation?", blank="None", required=False,
        required_message="Select one of the panels",
    )  # fmt: skip
    succeeded_by = TextField(
        label="Or what else came in its place?", max_length=160, required=False,
        help_text="Such as: the Mayor of Exshire, and the scrutiny committee of the combined authority.",
    )  # fmt: skip

    def add_questions(self):
        """The other panels."""
        others = Panel.objects.exclude(pk=self.panel.pk)
        self.fields["merged_into"].choices = [(str(p.pk), p.names.name) for p in others]

    def check(self, cleaned):
        """One successor, with a day; not a panel that is closed itself by then, or merged into this one."""
        day, into = cleaned["closed_from"], cleaned["merged_into"]
        if into and cleaned["succeeded_by"]:
            self.add_error("succeeded_by", "Enter either a panel or what else came in its place")
        if (into or cleaned["succeeded_by"]) and day is None:
            self.add_error("closed_from", "Enter from which day it is closed")
        if into and day is not None and not self.errors:
            other = Panel.objects.get(pk=into)
            if other.merged_into_id == self.panel.pk or other.closed_on(day):
                self.add_error("merged_into", f"The {other.names.name} is closed by then itself")

    def write(self):
        """The panel, with its day."""
        row = super().write()
        open_before = Case.objects.filter(panel=row, next_due__isnull=False).count() if row.closed_from else 0
        if open_before:
            have = "case has" if open_before == 1 else "cases have"
            self.notes.append(f"{open_before} {have} something due: nobody can do it there from that day on.")
        return row

    def button(self):
        """Names the act."""
        return "Save the day"

    def done(self, row):
        """What the banner says."""
        return row.closing_words(clock.today()) or f"The {row.names.name} is not closed."
