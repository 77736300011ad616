"""Conditions that several chapters ask."""

from typing import Any

from meetings.models import PanelMeeting
from meetings.procedure.law import AGENDA, MEETINGS, NOTICE
from meetings.procedure.states import OPEN
from panel.law.period import day_words, listed
from panel.law.times import skipped, time_in
from panel.models import MeetingMinute
from panel.procedure.vocabulary import Refusal


def the_hour_is_one(attempt: Any) -> Refusal | None:
    """The time is an hour of that day: when the clocks go forward one is left out."""
    said, day = attempt.answers.get("at") or "", attempt.answers.get("meeting_on")
    at = time_in(said)
    if at is None:
        return Refusal("Enter the time like 10am or 2.30 pm", (MEETINGS,), field="at")
    if day and skipped(day, at):
        words = f"There is no such hour on {day_words(day)}: the clocks go forward. Enter another time"
        return Refusal(words, (MEETINGS,), field="at")
    return None


def no_other_meeting_then(attempt: Any) -> Refusal | None:
    """No other meeting of the same kind, and none at the same place, is at that hour."""
    answers = attempt.answers
    at = time_in(answers.get("at") or "")
    rows = PanelMeeting.objects.filter(panel=attempt.panel, status__in=OPEN, meeting__on=answers["meeting_on"])
    kind = answers.get("kind") or (attempt.facts.meeting.kind if attempt.facts.meeting else "")
    for other in rows.exclude(pk=attempt.case.pk).select_related("meeting"):
        same_place = other.meeting.place.casefold() == (answers.get("place") or "").casefold()
        if time_in(other.meeting.at) == at and (other.meeting.kind == kind or same_place):
            return Refusal(f"{other.title} is at the same hour ({other.reference})", (MEETINGS,), field="at")
    return None


def nothing_is_heard_there(attempt: Any) -> Refusal | None:
    """A hearing is moved by its own step, which counts its three weeks: the meeting follows it."""
    day = attempt.answers.get("meeting_on")
    heard = [row.case for row in attempt.facts.heard_here]
    if not heard or (day is not None and day == attempt.facts.meeting.on):
        return None
    words = f"{listed([c.reference for c in heard])} has its place there: move that first, then this meeting"
    return Refusal(words, attempt.step.provisions, field="meeting_on" if day is not None else "")


def agenda_is_needed(attempt: Any) -> Refusal | None:
    """An informal meeting has no agenda that must be published."""
    return Refusal("It is an informal meeting.", (NOTICE,)) if attempt.facts.informal else None


def agenda_is_not_on_record(attempt: Any) -> Refusal | None:
    """Nobody has entered when the agenda of the meeting that was held was published."""
    meeting = attempt.facts.meeting
    if meeting.agenda_on is None:
        return agenda_is_needed(attempt)
    return Refusal(f"The agenda was published on {day_words(meeting.agenda_on)}.", (NOTICE,))


def urgency_is_given(attempt: Any) -> Refusal | None:
    """After the day on which the agenda is published, an item is added only as urgent, with the chairman's reason."""
    published = attempt.facts.meeting.agenda_on
    if attempt.answers.get("urgent_why") or attempt.facts.informal:
        return None
    if attempt.case.status == "planned" or (published is not None and attempt.on <= published):
        return None
    return Refusal("The agenda is published: enter the Chairman’s reason for urgency", AGENDA, field="urgent_why")


def quorum_is_counted(attempt: Any) -> Refusal | None:
    """A meeting has a quorum only with as many who count as the Panel's setting says."""
    there = sum(seat.can_vote for seat in attempt.facts.attended.values())
    quorum = attempt.facts.quorum
    if quorum and attempt.answers.get("quorate") == MeetingMinute.Quorate.YES and there < quorum:
        words = (
            f"{there} were there who count, and the Panel’s quorum is {quorum}: select No, or correct the attendance"
        )
        return Refusal(words, (MEETINGS,), field="quorate")
    return None


def everybody_is_said(attempt: Any) -> Refusal | None:
    """Of every member of that day it is said whether they were there (LGA 1972 s 100A)."""
    unsaid = attempt.facts.unsaid
    if attempt.facts.informal or not unsaid:
        return None
    some = listed([m.name for m in unsaid[:3]])
    more = f" and {len(unsaid) - 3} more" if len(unsaid) > 3 else ""
    return Refusal(
        f"It is not said whether {some}{more} {'were' if len(unsaid) > 1 else 'was'} there.", (MEETINGS,),
        "record who is there.", first="record_attendance",
    )  # fmt: skip


def minutes_are_whole(attempt: Any) -> Refusal | None:
    """Every item has its minute, and nothing stands in brackets."""
    rows = attempt.facts.unfinished_minutes
    if not rows:
        return None
    numbers = [str(row.item.number) for row in rows]
    words = f"The minutes of item{'s' if len(rows) > 1 else ''} {listed(numbers)} are not finished."
    return Refusal(words, (MEETINGS,), "write the minutes.", first="write_minutes")
