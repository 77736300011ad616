"""Between which days a hearing can be on a notification of one day, and the other way round, for plans made before it.

The agenda may go out on the day of the notification, as many clear days before the hearing as the country and the panel's
settings want (`panel.law.meetings.notice`; none where nothing is set). The report may be given on the day of the hearing,
the last of the three weeks (Sch 1 para 10, Sch 8 para 4(6)).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from panel.law import clock

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """What one day of notification leaves: the earliest day of a hearing, and the last day for the report."""

    notified: date
    earliest: date
    latest: date


def window_of(notified: date, notice: int | None) -> Window:
    """The days that a notification of that day leaves for a hearing with that many clear days of notice."""
    return Window(notified, earliest_hearing(notified, notice), clock.three_weeks(notified).day)


def earliest_hearing(notified: date, notice: int | None) -> date:
    """The first day for which an agenda that is published on the day of the notification leaves its clear days."""
    day = notified + ONE_DAY
    while last_agenda(day, notice) < notified:
        day += ONE_DAY
    return day


def last_agenda(hearing: date, notice: int | None) -> date:
    """The last day on which the agenda of a hearing of that day can go out."""
    return clock.clear_days(hearing, notice).day if notice else hearing - ONE_DAY


def notifications_for(hearing: date, notice: int | None) -> tuple[date, date]:
    """(first, last) day of a notification on which a hearing of that day fits: not after the three weeks, and with clear
    days for the agenda."""
    first = hearing - timedelta(days=clock.THREE_WEEKS - 1)
    return first, last_agenda(hearing, notice)
