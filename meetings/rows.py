"""What the register reads of a meeting's items, and the order in which an agenda has them."""

from datetime import date
from typing import Any

from meetings.keys import ItemKind
from meetings.models import AgendaItem, PanelMeeting
from panel.models import Meeting, MeetingItem

STANDING = {  # at every meeting of that kind, in the order of the agenda
    Meeting.Kind.PANEL: (
        (ItemKind.WELCOME, "Welcome and introductions"),
        (ItemKind.SUBSTITUTES, "Named substitutes"),
        (ItemKind.APOLOGIES, "Apologies and declarations of interest"),
        (ItemKind.PARTICIPATION, "Public participation"),
        (ItemKind.MINUTES, "Confirmation of minutes"),
        (ItemKind.WORK_PROGRAMME, "Work programme"),
    ),
    Meeting.Kind.SUB_PANEL: (
        (ItemKind.WELCOME, "Welcome"),
        (ItemKind.APOLOGIES, "Apologies and declarations of interest"),
    ),
    Meeting.Kind.INFORMAL: (),
}  # fmt: skip
GROUPS = ("", AgendaItem.Group.COMMISSIONER.value, AgendaItem.Group.OTHER.value)


def agenda_of(meeting: Any) -> list[AgendaItem]:
    """The items of the agenda in order, those left out that were taken off it."""
    rows = AgendaItem.objects.filter(
        item__meeting=meeting, removed=False, entry__reversed_by=None, item__entry__reversed_by=None
    )
    return sorted(rows.select_related("item__case"), key=place_of)


def place_of(row: AgendaItem) -> tuple[int, bool, int, int]:
    """Where an item stands: its heading, the work programme last, then the order given, then as they came."""
    last = row.kind == ItemKind.WORK_PROGRAMME
    return GROUPS.index(row.group), last, row.item.number or 10_000, row.pk


def number_anew(meeting: Any) -> None:
    """Number the items of the agenda from 1, in their order."""
    for number, row in enumerate(agenda_of(meeting), 1):
        if row.item.number != number:
            row.item.number = number
            row.item.save()


def add_item(
    entry: Any, meeting: Any, title: str, kind: str = ItemKind.ITEM, item: Any = None, **said: Any
) -> AgendaItem:
    """Put an item on the agenda, at the end of what stands under its heading."""
    if item is None:
        item = MeetingItem.objects.create(meeting=meeting, title=title, case=said.pop("case", None), entry=entry)
    else:
        item.title = title
        item.save()
    made = AgendaItem.objects.create(item=item, kind=kind, entry=entry, **said)
    number_anew(meeting)
    return made


def add_standing(entry: Any, meeting: Any) -> None:
    """The items that every such meeting has."""
    for kind, title in STANDING[meeting.kind]:
        group = AgendaItem.Group.OTHER if kind == ItemKind.WORK_PROGRAMME else AgendaItem.Group.BEGINNING
        add_item(entry, meeting, title, kind, group=group)


def sat_before(case: Any, day: date) -> list[PanelMeeting]:
    """The meetings of the same kind that sat before that day, the latest first."""
    rows = PanelMeeting.objects.filter(
        panel=case.panel, meeting__kind=case.meeting.kind, meeting__on__lt=day,
        status__in=("held", "adjourned", "minutes_confirmed"),
    ).exclude(pk=case.pk)  # fmt: skip
    return list(rows.select_related("meeting").order_by("-meeting__on", "-pk"))


def unconfirmed_before(case: Any) -> list[PanelMeeting]:
    """The meetings of the same kind whose minutes were still to be confirmed, the earliest first: those confirmed at this
    one, and those that nobody has confirmed."""
    rows = sat_before(case, case.meeting.on)
    return [m for m in reversed(rows) if m.confirmed_at_id in (None, case.pk)]


def without_agenda(meeting: Any) -> PanelMeeting | None:
    """The case that keeps a meeting, while its agenda is not published."""
    return PanelMeeting.objects.filter(meeting=meeting, status="planned").select_related("panel").first()


def last_minute(case: Any) -> int | None:
    """The number of the last minute of the meeting before this one; None where none is numbered."""
    for before in sat_before(case, case.meeting.on):
        if before.first_minute:
            return before.first_minute + len(agenda_of(before.meeting)) - 1
    return None
