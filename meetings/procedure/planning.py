"""A meeting is planned, moved or cancelled."""

from typing import Any

from meetings.models import MeetingPart, PanelMeeting
from meetings.procedure.conditions import no_other_meeting_then, nothing_is_heard_there, the_hour_is_one
from meetings.procedure.duties import (
    CONFIRM_MINUTES,
    DRAFT_MINUTES,
    HOLD_MEETING,
    PUBLISH_AGENDA,
    PUBLISH_WELSH_AGENDA,
    SEND_PAPERS,
    TELL_CANCELLED,
    TELL_MOVED,
)
from meetings.procedure.law import MEETINGS, NOTICE
from meetings.procedure.states import TO_COME
from meetings.rows import add_standing
from panel.casework.shared_steps import STAFF
from panel.casework.step_form import StepForm
from panel.forms.fields import DateField, RadiosField, TextField
from panel.forms.layout import Question
from panel.law.period import clock_time, day_words
from panel.law.times import time_in
from panel.models import Meeting, MeetingItem
from panel.procedure.vocabulary import NEW, Elsewhere, Step


class WhenAndWhereForm(StepForm):
    """Day, time, place, and how members attend."""

    takes_documents = False
    meeting_on = DateField(label="Day", what="the day of the meeting")
    at = TextField(label="Time", max_length=20, required_message="Enter the time", help_text="Like 10am or 2.30 pm.")
    place = TextField(label="Place", max_length=200, required_message="Enter where it is held")
    attend = RadiosField(
        label="How do members attend?", choices=PanelMeeting.Attend.choices,
        required_message="Select how members attend",
    )  # fmt: skip
    columns: tuple[str, ...] = ("at", "place", "attend")
    shape: tuple[Any, ...] = ("meeting_on", "at", "place", Question("attend", inline=True))

    def fill(self, attempt: Any) -> None:
        """The time is kept as pages write it."""
        super().fill(attempt)
        if at := time_in(attempt.answers.get("at") or ""):
            attempt.answers["at"] = clock_time(at)
        attempt.answers["to"] = "called" if self.agenda_stands() else "planned"

    def agenda_stands(self) -> bool:
        """Whether the agenda of the meeting of that day and hour is published: a hearing there said so before."""
        there = same_meeting(self.attempt, self.cleaned_data.get("kind") or Meeting.Kind.PANEL)
        return there is not None and there.agenda_on is not None


class PlanMeetingForm(WhenAndWhereForm):
    """A meeting of the Panel, of a sub-panel, or an informal one."""

    on_label = "When was it planned?"
    kind = RadiosField(
        label="What meets?",
        choices=[("panel", "The Panel"), ("sub_panel", "A sub-panel"), ("informal", "Members, informally")],
        required_message="Select what meets",
    )
    columns = ("kind", *WhenAndWhereForm.columns)
    shape = ("kind", *WhenAndWhereForm.shape)


class MoveMeetingForm(WhenAndWhereForm):
    """Another day, time or place, with the reason."""

    on_label = "When was it moved?"
    why_label = "Why is it moved?"

    def initial_answers(self) -> dict[str, Any]:
        """What stands."""
        m = self.attempt.facts.meeting
        return {"meeting_on": m.on, "at": m.at, "place": m.place, "attend": self.attempt.case.attend}

    def agenda_stands(self) -> bool:
        """Whether it was published for that day: another hour or place is told, and the agenda stands."""
        m = self.attempt.facts.meeting
        there = same_meeting(self.attempt, m.kind)
        if there is not None:
            return there.agenda_on is not None
        return m.agenda_on is not None and self.cleaned_data.get("meeting_on") == m.on


class CancelMeetingForm(StepForm):
    """It is not held."""

    on_label = "When was it cancelled?"
    why_label = "Why?"
    takes_documents = False


KINDS = {"panel": "Panel meeting", "sub_panel": "Sub-panel meeting", "informal": "Informal meeting"}


def title_of(meeting: Any) -> str:
    """ "Panel meeting, 26 November 2026"."""
    return f"{KINDS[meeting.kind]}, {day_words(meeting.on)}"


def same_meeting(attempt: Any, kind: str) -> Meeting | None:
    """A meeting of that day and hour which a hearing made already: it is the same one."""
    answers = attempt.answers
    rows = Meeting.objects.filter(
        panel=attempt.panel, kind=kind, on=answers["meeting_on"], in_register=False, entry__reversed_by=None
    )
    at = time_in(answers["at"])
    return next((m for m in rows.order_by("-pk") if at and time_in(m.at) == at), None)


def plan_meeting(attempt: Any) -> None:
    """Make the meeting, or take over the one that a hearing made, and begin its agenda with what every meeting has."""
    answers, case = attempt.answers, attempt.case
    meeting = same_meeting(attempt, answers["kind"]) or Meeting(
        panel=attempt.panel, kind=answers["kind"], on=answers["meeting_on"], at=answers["at"],
        place=answers["place"], entry=attempt.entry,
    )  # fmt: skip
    meeting.in_register, meeting.place = True, answers["place"]
    meeting.save()
    case.meeting, case.attend, case.title = meeting, answers["attend"], title_of(meeting)
    case.tabled_on = attempt.on if meeting.kind == Meeting.Kind.PANEL else None  # every member sees it
    add_standing(attempt.entry, meeting)
    attempt.parts = [MeetingPart()]


def move_meeting(attempt: Any) -> None:
    """Another day, time or place; what is due before it is due anew. A hearing that was moved there before is met."""
    answers, case, old = attempt.answers, attempt.case, attempt.facts.meeting
    there = same_meeting(attempt, old.kind)
    if there is not None:  # the hearing's meeting of the new day becomes this one
        for item in MeetingItem.objects.filter(meeting=old, case=None):
            item.meeting = there
            item.save()
        old.in_register, there.in_register = False, True
        old.save()
        case.meeting = there
    meeting = case.meeting
    if there is None and answers["meeting_on"] != meeting.on:
        meeting.agenda_on, meeting.agenda_where, meeting.urgent_why = None, "", ""
    meeting.on, meeting.at, meeting.place = answers["meeting_on"], answers["at"], answers["place"]
    meeting.save()
    case.attend, case.title = answers["attend"], title_of(meeting)


def leave_register(attempt: Any) -> None:
    """No hearing is put into a meeting that is not held."""
    meeting = attempt.case.meeting
    meeting.in_register = False
    meeting.save()


STEPS = (
    Step(
        "plan_meeting", "Plan a meeting", (NEW,), ("planned", "called"), entered_by=STAFF, provisions=(MEETINGS,),
        past_label="Meeting planned", button="Plan the meeting", creates="case", form=PlanMeetingForm,
        hint="Day, place, and how members attend.", checks=(the_hour_is_one, no_other_meeting_then),
        effect=plan_meeting, opens=(PUBLISH_AGENDA, PUBLISH_WELSH_AGENDA, SEND_PAPERS, HOLD_MEETING),
    ),
    Step(
        "move_meeting", "Move it", TO_COME, ("planned", "called"), entered_by=STAFF, provisions=(MEETINGS, NOTICE),
        past_label="Meeting moved", button="Move the meeting", all_parts=True, folded=True, form=MoveMeetingForm,
        hint="Another day, time or place. Everybody is told again.",
        checks=(the_hour_is_one, no_other_meeting_then, nothing_is_heard_there), effect=move_meeting,
        opens=(PUBLISH_AGENDA, PUBLISH_WELSH_AGENDA, HOLD_MEETING, TELL_MOVED),
        closes=(), lapses=(PUBLISH_AGENDA, PUBLISH_WELSH_AGENDA, HOLD_MEETING, TELL_MOVED),
        when_elsewhere=Elsewhere("It has been held, or will not be."),
    ),
    Step(
        "cancel_meeting", "Cancel it", TO_COME, "cancelled", entered_by=STAFF, provisions=(MEETINGS,),
        past_label="Meeting cancelled", button="Cancel the meeting", all_parts=True, folded=True,
        form=CancelMeetingForm, hint="Everybody is told.", guards=(nothing_is_heard_there,), effect=leave_register,
        opens=(TELL_CANCELLED,), lapses=(TELL_MOVED, DRAFT_MINUTES, CONFIRM_MINUTES),
        when_elsewhere=Elsewhere("It has been held, or is cancelled already."),
    ),
)  # fmt: skip
