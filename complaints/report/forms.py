"""The questions above the annual report: which year, and as the record stood on which day."""

from django import forms

from panel.forms.fields import DateField, SelectField
from panel.law import clock
from panel.models import Case


def years(panel) -> list[str]:
    """Municipal years from the first case's to this one, newest first."""
    first = (
        Case.objects.filter(panel=panel, procedure="complaints")
        .order_by("received_on")
        .values_list("received_on", flat=True)
        .first()
    )
    start = int(clock.municipal_year(first or clock.today())[:4])
    end = int(clock.municipal_year(clock.today())[:4])
    return [f"{y}-{(y + 1) % 100:02d}" for y in range(end, start - 1, -1)]


class PeriodForm(forms.Form):
    """Which year, and as the record stood at the end of which day."""

    year = SelectField(label="Year", choices=(), blank=None, required_message="Select a year")
    as_at = DateField(label="As at", what="the as-at date", past=True, today=clock.today)
    new = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, panel, query):
        found = years(panel)
        data = query.copy()
        if not data.get("year"):
            data["year"] = found[1] if len(found) > 1 else found[0]
        asked = str(data["year"])
        if asked not in found:
            try:
                clock.year_bounds(asked)
                found = sorted({*found, asked}, reverse=True)
            except ValueError:
                pass
        if not any(name.startswith("as_at") for name in data):
            data["as_at"] = clock.today().isoformat()
        super().__init__(data, use_required_attribute=False)
        self.fields["year"].choices = [(y, y) for y in found]
