"""The questions of the annual report's page: which year as at which day, and the text that people write."""

from django import forms

from complaints.models import AnnualReport
from complaints.report.issue import WRITTEN, draft_of, suggested_texts
from complaints.report.words import Words
from panel.forms.fields import DateField, LongTextField, SelectField
from panel.forms.layout import Buttons, Layout
from panel.forms.record_form import RecordForm
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


class TextForm(RecordForm):
    """The report's own paragraphs. Somebody else's changes meanwhile are shown, never lost."""

    model, one = AnnualReport, "text of the annual report"
    act_names = ("write_report", "write_report")
    columns = WRITTEN
    pairs = ()
    recommendation = LongTextField(
        label="Recommendation", rows=2, max_length=4000, required_message="Enter the recommendation"
    )
    shows = LongTextField(
        label="What the figures show", rows=6, required=False,
        help_text="Do not name or describe a complainant. The background paragraphs are added for you. "
        "Leave a line empty to begin a new paragraph.",
    )  # fmt: skip
    cases = LongTextField(
        label="Complaints that were closed", rows=6, required=False,
        help_text="Suggested from the summaries that were entered on closing. Check that none can be traced to a person. "
        "Leave a line empty to begin a new paragraph.",
    )  # fmt: skip
    papers = LongTextField(
        label="Background papers", rows=2, max_length=4000, required_message="Enter what background papers there are"
    )

    def __init__(self, panel, user, instance=None, data=None, initial=None):
        super().__init__(panel, user, instance, data, initial)
        del self.fields["why"]
        self.helper.label_size = ""
        self.helper.form_show_optional = False
        self.helper.layout = Layout(*self.columns, "version", Buttons(self.button(), cancel="", colour="grey"))

    def button(self):
        """Names the act."""
        return "Save text"

    def reason(self):
        """What the journal says: the text is in the history."""
        return f"Text of the report {self.instance.first} to {self.instance.last}"

    def done(self, row):
        """What the banner says."""
        return "Saved."

    @property
    def changes_something(self):
        """A first draft is kept even as suggested."""
        return self.instance.pk is None or super().changes_something


def text_row(panel, report) -> AnnualReport:
    """The draft of the report's period, read anew, with what is suggested where nobody has written yet."""
    row = draft_of(panel, report.first, report.last)
    if row.pk is None and row.version == 1:
        said = suggested_texts(Words(report))
        for name in WRITTEN:
            setattr(row, name, getattr(said, name))
    return row
