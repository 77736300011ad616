"""The questions above the annual report: which period, and as the record stood on which day."""

from django import forms

from complaints.report import periods
from complaints.report.text_form import text_row as text_row  # "as": the questions of the report are had from here
from panel.forms.fields import DateField, SelectField
from panel.law import clock

DAYS = {"from": "first", "to": "last"}  # the questions by what is wrong with a period


class PeriodForm(forms.Form):
    """Which period, and as the record stood at the end of which day. `period` holds its days once it is valid."""

    year = SelectField(
        label="Period", choices=(), blank=None, required_message="Select a year, or another period from the list"
    )
    first = DateField(label="From", what="the first day", required=False)
    last = DateField(label="To", what="the last day", required=False)
    as_at = DateField(label="As the record stood on", what="the as-at date", past=True, today=clock.today)
    new = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, panel, query):
        self.panel = panel
        data = query.copy()
        data["year"] = data.get("year") or periods.usual(panel)
        if not any(name.startswith("as_at") for name in data):
            data["as_at"] = clock.today().isoformat()
        super().__init__(data, use_required_attribute=False)
        self.fields["year"].choices = self.choices(data["year"])

    def choices(self, asked: str) -> list:
        """What the panel is offered, and the period that the address asks for."""
        found = periods.offered(self.panel)
        known = {slug for _, group in found for slug, _ in group}
        try:
            period = periods.Period(*periods.parse(asked))
        except ValueError:
            return found
        if asked in known:
            return found
        name, years = found[0]
        if ".." not in asked:
            return [(name, sorted([*years, (asked, asked)], reverse=True)), *found[1:]]
        return [*found, ("This period", [(asked, period.in_words)])]

    def clean(self):
        """The days of the period."""
        cleaned = super().clean()
        asked, as_at = cleaned.get("year"), cleaned.get("as_at")
        if asked in (periods.TWO_DAYS, periods.SINCE_A_DAY):
            needed = ("first", "last") if asked == periods.TWO_DAYS else ("first",)
            for name in needed:
                if cleaned.get(name) is None and name not in self.errors:
                    self.add_error(name, f"Enter the {name} day")
            last = cleaned.get("last") if asked == periods.TWO_DAYS else as_at
            days = (cleaned.get("first"), last)
        else:
            days = periods.parse(asked) if asked else (None, None)
        self.period = None
        if None not in days and not self.errors:
            self.period = days
            try:
                periods.check(*days, periods.begins(self.panel))
            except periods.NoPeriod as why:
                self.refuse(str(why), why.field)
        return cleaned

    def refuse(self, words: str, field: str) -> None:
        """Say it beside the question that it answers."""
        if field in DAYS:
            asked = {periods.TWO_DAYS: DAYS[field], periods.SINCE_A_DAY: "first"}
            field = asked.get(self.cleaned_data.get("year"), "year")
        self.add_error(field, words)
