"""The questions of the paper: meeting and item, and its paragraphs, which are made from figures and settings until somebody
writes others."""

from django import forms

from complaints.models import AnnualReport
from complaints.report.issue import draft_of, over, texts
from complaints.report.names_check import READ_FOR_NAMES, Found, find_names, not_said_to_be_others
from complaints.report.page import formats
from complaints.report.texts import WRITTEN, Texts
from panel.forms.fields import CheckboxesField, DateField, LongTextField, TextField
from panel.forms.layout import Columns, Folded, Layout, LayoutPiece
from panel.forms.record_form import RecordForm

FOLDED_WORDS = "Background, contact and papers (the Panel’s own text)"
FOLDED = ("background", "supporting", "contact", "papers", "appendix")


class PaperButtons(LayoutPiece):
    """What can be done with what stands on the page: check and issue it, keep it, or have it as a file."""

    template = "complaints/report_buttons.html"


class TextForm(RecordForm):
    """The report's own paragraphs. Somebody else's changes meanwhile are shown, never lost. A complainant's name is refused
    with its place, until it is changed or said to be somebody else's."""

    model, one = AnnualReport, "text of the annual report"
    act_names = ("write_report", "write_report")
    columns = (*WRITTEN, "others_named")
    pairs = ()
    meeting_on = DateField(
        label="Meeting", what="the day of the meeting", required=False, help_text="That gets this report."
    )
    item = TextField(label="Item", max_length=20, required=False, help_text="Of its agenda.")
    recommendation = LongTextField(
        label="Recommendation", rows=2, max_length=4000, required_message="Enter the recommendation"
    )
    shows = LongTextField(
        label="What happened", rows=12, required_message="Enter what happened",
        help_text="Made from the figures. Change what you like. Do not name or describe a complainant. An empty line begins "
        "a new paragraph; two stars on each side make words **bold**.",
    )  # fmt: skip
    in_time = LongTextField(label="In time", rows=4, required=False)
    cases = LongTextField(
        label="Complaints that were closed", rows=4, required=False,
        help_text="Suggested from the summaries that were entered on closing. Check that none can be traced to a person.",
    )  # fmt: skip
    background = LongTextField(
        label="Background", rows=10, required_message="Enter the background",
        help_text="Made from the Panel’s settings, or its own text from there.",
    )  # fmt: skip
    supporting = LongTextField(label="Supporting information", rows=2, max_length=4000, required=False)
    contact = LongTextField(
        label="Contact point", rows=2, max_length=4000,
        required_message="Enter who answers questions about this report",
        help_text="Name or post, telephone and email address. The Panel’s settings keep them for the next report.",
    )  # fmt: skip
    papers = LongTextField(
        label="Background papers", rows=2, max_length=4000, required_message="Enter what background papers there are"
    )
    appendix = LongTextField(
        label="Appendix 1", rows=8, max_length=60_000, required=False,
        help_text="Empty where the procedure stands behind the report as a paper of its own.",
    )  # fmt: skip
    others_named = CheckboxesField(label="Is any of these somebody else of the same name?", choices=(), required=False)

    def __init__(self, panel, user, instance=None, data=None, initial=None):
        self.found: list[Found] = []
        self.sent = data is not None
        super().__init__(panel, user, instance, data, initial)
        del self.fields["why"]
        self.helper.label_size = "s"
        self.helper.form_tag = False  # the question which period stands in the same form
        self.helper.form_show_optional = False
        self.helper.layout = Layout(
            Columns("meeting_on", "item"), "recommendation", "shows", "in_time", "cases", "others_named",
            Folded(FOLDED_WORDS, *FOLDED), "version", PaperButtons(files=formats()),
        )  # fmt: skip

    def add_questions(self):
        """Whom the texts name is asked only where they name somebody who complained."""
        sent = {name: self.data.get(name, "") for name in READ_FOR_NAMES} if self.sent else None
        texts = sent or {name: getattr(self.instance, name) for name in READ_FOR_NAMES}
        self.found = find_names(self.panel, texts)
        names = list(dict.fromkeys(one.words for one in self.found))
        asked = self.fields["others_named"]
        asked.choices = [(name, name) for name in names]
        asked.valid_value = lambda value: True  # type: ignore[method-assign]  # a name that is gone needs no answer
        if not names:
            asked.widget = forms.MultipleHiddenInput()

    def clean_others_named(self) -> str:
        """The names that were said to be somebody else's, one a line."""
        names = {one.words for one in self.found}
        return "\n".join(name for name in self.cleaned_data["others_named"] if name in names)

    def stored(self, row, name):
        """A column as its question takes it."""
        value = super().stored(row, name)
        return value.splitlines() if name == "others_named" and not self.sent else value

    def check(self, cleaned):
        """No meeting that is over, and no complainant by name."""
        if said := over(self.instance, cleaned["meeting_on"]):
            self.add_error("meeting_on", said)
        for one in not_said_to_be_others(self.found, cleaned["others_named"]):
            self.add_error(one.field, f"{one.said}. Take the name out, or say that it is somebody else’s")

    @property
    def texts(self) -> Texts:
        """What stands on the page, once it is valid."""
        return Texts(**{name: self.cleaned_data[name] for name in WRITTEN})

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
    said = texts(row, report)
    for name in WRITTEN:
        setattr(row, name, getattr(said, name))
    return row
