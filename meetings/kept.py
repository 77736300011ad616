"""The live rows of a meeting that hold words about people, which an erasure blanks."""

from typing import Any

from meetings.models import AgendaItem, ParticipationRequest
from panel.models import ExemptPart, MeetingInterest, MeetingItem, MeetingMinute


def erasable_rows(case: Any) -> list[Any]:
    """What agenda and minutes say, and what was declared at the meeting."""
    items = MeetingItem.objects.filter(meeting=case.meeting)
    found: list[Any] = [*items.filter(case=None), *rows_of_items(list(items))]
    found += ParticipationRequest.objects.filter(meeting=case.meeting)
    for model in (MeetingInterest, ExemptPart, MeetingMinute):
        found += model._base_manager.filter(meeting=case.meeting)
    return found


def rows_of_items(items: list[Any]) -> list[Any]:
    """What the agenda and the minutes say of these items."""
    return list(AgendaItem.objects.filter(item__in=items))
