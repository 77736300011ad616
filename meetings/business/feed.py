"""What stands in a calendar: meetings, hearings and duties that the person sees, with nothing personal in it: references,
kinds and days. As iCalendar, and as a month."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.urls import reverse
from icalendar import Alarm, Calendar, Event

from meetings.business.digest import plain
from meetings.models import PanelMeeting
from panel.access import rules
from panel.law import clock
from panel.law.times import time_in
from panel.models import Case, Duty, Meeting
from panel.pages.owned import open_duties
from panel.pages.words import case_url
from panel.procedure.register import of_procedure

PAST_DAYS, AHEAD_DAYS = 60, 400
HOURS = 2  # how long a meeting is shown, where nobody knows when it ends


@dataclass(frozen=True)
class Entry:
    """One thing of one day. `at` is its hour, in London, where it has one."""

    key: str
    on: date
    words: str
    url: str
    at: datetime | None = None
    place: str = ""
    duty: bool = False


def entries(who: Any, panel: Any, first: date, last: date) -> list[Entry]:
    """Everything between those days, both included, in order."""
    found = [*meetings(who, panel, first, last), *heard(who, panel, first, last), *duties(who, panel, first, last)]
    return sorted(found, key=lambda e: (e.on, e.at is None, e.at or clock.start_of(e.on), e.key))


def moment(meeting: Any) -> datetime | None:
    """When it begins; None where no hour is known."""
    at = time_in(meeting.at)
    return datetime.combine(meeting.on, at, clock.LONDON) if at else None


def meetings(who: Any, panel: Any, first: date, last: date) -> list[Entry]:
    """Meetings of the register."""
    rows = PanelMeeting.objects.filter(rules.visible(who), meeting__on__range=(first, last)).exclude(
        status__in=("void", "cancelled")
    )
    return [
        Entry(
            f"meeting-{row.pk}", row.meeting.on, row.meeting.get_kind_display(), case_url(row, row.register),
            moment(row.meeting), row.meeting.place,
        )
        for row in rows.select_related("meeting", "panel")
    ]  # fmt: skip


def heard(who: Any, panel: Any, first: date, last: date) -> list[Entry]:
    """Cases that have their place at a meeting: by reference, no name."""
    rows = Meeting.objects.filter(panel=panel, on__range=(first, last), entry__reversed_by=None)
    seen = set(Case.objects.filter(rules.visible(who), items__meeting__in=rows).values_list("pk", flat=True))
    found = {}
    for meeting in rows.prefetch_related("items__case"):
        for item in meeting.items.all():
            if item.case_id in seen and item.entry_id is not None:
                latest = item.case.items.filter(entry__reversed_by=None).order_by("-pk").first()
                if latest is not None and latest.pk == item.pk:
                    register = of_procedure(item.case.procedure)
                    words = f"{register.case_word.capitalize()} {item.case.reference}"
                    url = reverse("panel:case", args=[panel.slug, register.slug, item.case.reference])
                    found[item.case_id] = Entry(
                        f"item-{item.pk}", meeting.on, words, url, moment(meeting), meeting.place
                    )
    return list(found.values())


def duties(who: Any, panel: Any, first: date, last: date) -> list[Entry]:
    """The person's own open duties that have a day."""
    rows = (
        open_duties(who, who.roles, panel)
        .filter(due__range=(first, last), stopped_on=None)
        .select_related("case__panel")
    )
    return [duty_entry(row) for row in rows]


def duty_entry(duty: Duty) -> Entry:
    """One duty: what is to be done and on which case, to nobody by name."""
    register = of_procedure(duty.case.procedure)
    words = f"{duty.case.reference}: {plain(register.follows(duty.case.procedure).duty(duty.kind).label)}"
    return Entry(f"duty-{duty.pk}", duty.due, words, case_url(duty.case, register), duty=True)


def as_ics(found: list[Entry], panel: Any, site: str) -> bytes:
    """The feed. Every entry has an alarm: a duty at nine on its day, a meeting a day before."""
    calendar = Calendar()
    calendar.add("prodid", "-//Panel casework//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", panel.names.name)
    for one in found:
        event = Event()
        event.add("uid", f"{one.key}@{panel.slug}.panel-casework")
        event.add("dtstamp", clock.now())
        event.add("summary", one.words)
        event.add("url", f"{site}{one.url}")
        if one.place:
            event.add("location", one.place)
        if one.at is not None:  # in UTC: every reader knows it, without a table of zones
            event.add("dtstart", one.at.astimezone(UTC))
            event.add("dtend", (one.at + timedelta(hours=HOURS)).astimezone(UTC))
        else:
            event.add("dtstart", one.on)
            event.add("dtend", one.on + timedelta(days=1))
            event.add("transp", "TRANSPARENT")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", one.words)
        alarm.add("trigger", timedelta(hours=9) if one.at is None else timedelta(days=-1))
        event.add_component(alarm)
        calendar.add_component(event)
    return calendar.to_ical()
