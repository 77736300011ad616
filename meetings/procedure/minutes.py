"""The minutes: begun from the agenda, numbered on from the last, and confirmed at a later meeting."""

from typing import Any

from meetings.draft import draft_of
from meetings.models import PanelMeeting
from meetings.procedure.conditions import minutes_are_whole
from meetings.procedure.duties import CONFIRM_MINUTES, DRAFT_MINUTES, SEND_MINUTES
from meetings.procedure.law import MEETINGS
from meetings.procedure.states import SAT
from meetings.scripted import NAMES, by_number
from panel.casework.shared_steps import STAFF
from panel.casework.step_form import StepForm
from panel.forms.fields import LongTextField, NumberField, SelectField
from panel.law.period import day_words
from panel.law.roles import Role
from panel.models import Meeting
from panel.procedure.vocabulary import Elsewhere, Refusal, Step, Target

HOW = (
    "Leave a line empty to begin a paragraph; a line that begins with - is a point of a list; words between ** are bold. "
    "What stands in [brackets] is to be confirmed or struck out."
)


class WriteMinutesForm(StepForm):
    """One box for each item, begun from the agenda and the attendance."""

    on_label = "When were they written?"
    documents_label = "Notes"
    first_minute = NumberField(
        label="Number of the first minute", min_value=1, max_value=99_999,
        required_message="Enter the number of the first minute", help_text="One more than the last of the meeting before.",
    )  # fmt: skip
    papers = LongTextField(
        label="What the members had before them", rows=2, required=False, max_length=2000,
        help_text="Like: the agenda papers, circulated before the meeting.",
    )  # fmt: skip
    columns = ("first_minute", "papers")

    script_names = NAMES

    def __init__(self, attempt: Any, data: Any = None, files: Any = None, draft: Any = None) -> None:
        super().__init__(attempt, data=by_number(attempt, data), files=files, draft=draft)

    def add_questions(self) -> None:
        """A box for each item."""
        facts = self.attempt.facts
        self._rows = facts.items
        self.fields["first_minute"].initial = facts.first_minute
        self.fields["papers"].initial = facts.case.papers or "The agenda papers, circulated before the meeting."
        for place, row in enumerate(self._rows):
            text = row.minute or draft_of(facts, row)
            self.fields[f"minute_{row.item_id}"] = LongTextField(
                label=f"{facts.first_minute + place}. {row.item.title}", required=False, max_length=20_000,
                rows=min(14, 3 + text.count("\n")), initial=text, help_text=HOW if place == 0 else "",
            )  # fmt: skip

    def shape_of(self) -> list[Any]:
        """All in the order of the agenda."""
        self.helper.form_show_optional = False
        return ["first_minute", "papers", *(f"minute_{row.item_id}" for row in self._rows)]

    def change_answers(self, answers: dict[str, Any]) -> dict[str, Any]:
        """Kept in the rows."""
        return {k: v for k, v in answers.items() if not k.startswith("minute_")}


class ConfirmMinutesForm(StepForm):
    """Agreed as a correct record, at a later meeting."""

    on_label = "When were they confirmed?"
    documents_label = "The signed minutes"
    at = SelectField(
        label="At which meeting?", choices=(), blank="At none of the register", required=False,
        help_text="Its day is the day of the confirmation.",
    )  # fmt: skip
    columns = ("at",)

    def add_questions(self) -> None:
        """The meetings of the same kind that came after it, or the panel's where it was informal."""
        case = self.attempt.case
        rows = PanelMeeting.objects.filter(panel=case.panel, meeting__on__gte=case.meeting.on).exclude(pk=case.pk)
        kinds = {case.meeting.kind, Meeting.Kind.PANEL}
        self._later = {
            str(m.pk): m for m in rows.filter(meeting__kind__in=kinds).select_related("meeting").order_by("meeting__on")
            if m.status not in ("void", "cancelled")
        }  # fmt: skip
        self.fields["at"].choices = [(pk, m.title) for pk, m in self._later.items()]

    def meeting_chosen(self) -> PanelMeeting | None:
        """The meeting, if one was chosen."""
        return self._later.get(self.cleaned_data.get("at") or "")


def confirmed_that_day(attempt: Any) -> Refusal | None:
    """They are confirmed on the day of the meeting that agrees them."""
    there = attempt.form.meeting_chosen()
    if there is None or there.meeting.on == attempt.on:
        return None
    return Refusal(f"That meeting is on {day_words(there.meeting.on)}: enter that day", (MEETINGS,), field="on")


def write_minutes(attempt: Any) -> None:
    """Keep the text of each item."""
    case = attempt.case
    case.first_minute, case.papers = attempt.answers["first_minute"], attempt.answers.get("papers") or ""
    for row in attempt.facts.items:
        text = attempt.form.cleaned_data.get(f"minute_{row.item_id}") or ""
        if text != row.minute:
            row.minute = text
            row.save()
    attempt.facts.__dict__.pop("items", None)


def confirm_minutes(attempt: Any) -> None:
    """At which meeting."""
    attempt.case.confirmed_at = attempt.form.meeting_chosen()


STEPS = (
    Step(
        "write_minutes", "Write the minutes", SAT, Target.STAYS, entered_by=STAFF, provisions=(MEETINGS,),
        past_label="Minutes written", button="Save the minutes", scope="case", form=WriteMinutesForm,
        hint="Begun from the agenda and the attendance.", effect=write_minutes, closes=(DRAFT_MINUTES,),
        opens=(SEND_MINUTES,),
        when_elsewhere=Elsewhere("The minutes are confirmed: a later meeting’s minutes correct them.",
                                 states=("minutes_confirmed",)),
    ),
    Step(
        "confirm_minutes", "Confirm the minutes", SAT, "minutes_confirmed", entered_by=STAFF, provisions=(MEETINGS,),
        past_label="Minutes confirmed", button="Record the confirmation", all_parts=True, form=ConfirmMinutesForm,
        hint="Agreed as a correct record at a later meeting.", guards=(minutes_are_whole,),
        checks=(confirmed_that_day,), effect=confirm_minutes, closes=(CONFIRM_MINUTES,), decided_by=(Role.PANEL,),
        when_elsewhere=Elsewhere("It has not been held.", "record the meeting.", "hold_meeting", ("planned", "called")),
    ),
)  # fmt: skip
