"""The filters of the page that says who opened what."""

from django import forms

from panel.forms.fields import DateField, SelectField, TextField
from panel.law import clock
from panel.models import Opening, User


class OpeningsForm(forms.Form):
    """Who, what, which case, from which day to which; an answer that is wrong is said beside it and counts as none."""

    who = SelectField(label="Person", choices=(), required=False, blank="Anybody")
    kind = SelectField(label="What", choices=Opening.Kind.choices, required=False, blank="Anything")
    case = TextField(label="Case reference", required=False, max_length=24)
    first = DateField(label="From", what="the first day", required=False, past=True, today=clock.today)
    last = DateField(label="To", what="the last day", required=False)

    def __init__(self, panel, query):
        super().__init__(query, use_required_attribute=False)
        people = User.objects.filter(memberships__panel=panel).distinct().order_by("name", "pk")
        self.fields["who"].choices = [(str(u.pk), u.name) for u in people]

    def clean(self):
        """The last day is not before the first."""
        given = super().clean()
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", "Last day must be on or after the first")
        return given

    def narrowed(self, rows):
        """The rows that the answers leave."""
        self.is_valid()
        given = self.cleaned_data
        if given.get("who"):
            rows = rows.filter(by=given["who"])
        if given.get("kind"):
            rows = rows.filter(kind=given["kind"])
        if given.get("case"):
            rows = rows.filter(case__reference=given["case"].strip().upper())
        if given.get("first"):
            rows = rows.filter(at__gte=clock.start_of(given["first"]))
        if given.get("last"):
            rows = rows.filter(at__lt=clock.start_of(given["last"], 1))
        return rows
