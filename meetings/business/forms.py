"""What is asked about an item of the work programme, and about what the Panel told the Commissioner."""

from typing import Any

from meetings.business_models import Told, WorkItem
from panel.forms.fields import DateField, LongTextField, NumberField, RadiosField, SelectField, TextField, TickField
from panel.forms.record_form import RecordForm
from panel.law.meetings import two_thirds
from panel.law.period import day_words


class WorkItemForm(RecordForm):
    """An area of scrutiny."""

    model = WorkItem
    one = "item of the programme"
    one_of_many = True
    pairs: tuple[tuple[str, str], ...] = ()
    columns = (
        "title", "kind", "meeting_on", "how_often", "last_report", "follow_up", "owed_by", "owed_on", "came_on", "done_on",
        "off",
    )  # fmt: skip
    title = TextField(label="Area of scrutiny", max_length=200, required_message="Enter the area of scrutiny")
    kind = RadiosField(
        label="In which table?", choices=WorkItem.Kind.choices, initial="meeting", required_message="Select the table"
    )
    meeting_on = DateField(
        label="Meeting", what="the day of the meeting", required=False, help_text="Empty: no meeting yet."
    )
    how_often = TextField(
        label="How often", max_length=80, required=False, help_text="Of what comes again: every year, every meeting."
    )
    last_report = DateField(label="Last report", what="the day of the last report", required=False)
    follow_up = LongTextField(label="Notes and follow-up", rows=2, max_length=1000, required=False)
    owed_by = TextField(
        label="Who writes the paper?", max_length=120, required=False, help_text="Like the Commissioner’s office."
    )
    owed_on = DateField(label="Paper asked for by", what="the day for the paper", required=False)
    came_on = DateField(label="Paper came", what="the day it came", required=False)
    done_on = DateField(label="Dealt with", what="the day it was dealt with", required=False)
    off = TickField(label="It is taken off the programme", required=False)

    def add_questions(self) -> None:
        """What is over is asked only of what is there."""
        if self.instance is None:
            for name in ("came_on", "done_on", "off"):
                del self.fields[name]
            self.columns = tuple(n for n in self.columns if n in self.fields)


class ToldForm(RecordForm):
    """A report or recommendation, and what came of it."""

    model = Told
    one = "report to the Commissioner"
    pairs: tuple[tuple[str, str], ...] = (("told_on", "answered_on"),)
    columns = (
        "title", "kind", "told_on", "minute", "recommendations", "vetoed", "votes_for", "members", "answer_due",
        "answered_on", "decision", "answer", "done_by", "done_on",
    )  # fmt: skip
    title = TextField(label="What", max_length=200, required_message="Enter what it was")
    kind = SelectField(
        label="About", choices=Told.Kind.choices, blank="Choose", required_message="Select what it is about"
    )
    told_on = DateField(label="When", what="the day the Panel told the Commissioner", past=True)
    minute = TextField(label="Minute", max_length=20, required=False)
    recommendations = LongTextField(
        label="What the Panel said", rows=4, max_length=5000, required=False, help_text="One recommendation a line."
    )
    vetoed = TickField(label="The Panel vetoed a precept", required=False)
    votes_for = NumberField(label="Votes for the veto", min_value=0, max_value=100, required=False)
    members = NumberField(label="Members in office that day", min_value=1, max_value=100, required=False)
    answer_due = DateField(
        label="Answer due", what="the day the answer is due", required=False,
        help_text="The day that the Panel set under section 29(3), or that of the law.",
    )  # fmt: skip
    answered_on = DateField(label="Answer came", what="the day the answer came", required=False)
    decision = RadiosField(label="What came of it", choices=Told.Answer.choices, required=False)
    answer = LongTextField(label="The answer", rows=4, max_length=5000, required=False)
    done_by = DateField(label="To be done by", what="the day it is to be done by", required=False)
    done_on = DateField(label="Done", what="the day it was done", required=False)

    def check(self, cleaned: dict[str, Any]) -> None:
        """A veto of a precept is carried by two thirds of all members in office, and only the first report can be one."""
        if not cleaned.get("vetoed"):
            return
        if cleaned["kind"] != Told.Kind.PRECEPT:
            self.add_error("vetoed", "Only the first report on a precept can be a veto: there is no second one")
            return
        votes = cleaned.get("votes_for")
        members = cleaned.get("members") or len([m for m in self.panel.members.all() if m.holds(cleaned["told_on"])])
        if votes is None:
            self.add_error("votes_for", "Enter how many voted for the veto")
        elif votes < two_thirds(members):
            words = (
                f"A veto needs {two_thirds(members)} of {members} members in office on {day_words(cleaned['told_on'])}"
            )
            self.add_error("votes_for", words)
        else:
            cleaned["members"] = members
