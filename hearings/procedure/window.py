"""Between which days a hearing can be on a notification of one day, and the other way round, for plans made before it.

The agenda may go out on the day of the notification, five clear days before the hearing (LGA 1972 s 100B); the report
may be given on the day of the hearing, the last of the three weeks (Sch 1 para 10, Sch 8 para 4(6)).
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


def window_of(notified: date) -> Window:
    """The days that a notification of that day leaves for a hearing."""
    return Window(notified, earliest_hearing(notified), clock.three_weeks(notified).day)


def earliest_hearing(notified: date) -> date:
    """The first day for which an agenda that is published on the day of the notification leaves its clear days."""
    day = notified + ONE_DAY
    while clock.clear_days(day).day < notified:
        day += ONE_DAY
    return day


def notifications_for(hearing: date) -> tuple[date, date]:
    """(first, last) day of a notification on which a hearing of that day fits: not after the three weeks, and with clear
    days for the agenda."""
    first = hearing - timedelta(days=clock.THREE_WEEKS - 1)
    return first, clock.clear_days(hearing).day
