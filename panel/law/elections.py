"""Ordinary elections of Police and Crime Commissioners: the days of the polls that have been held. A leaf.

Days from the poll until the person elected accepts office do not count in the three weeks (2011 Act, Sch 1 para 10 and
Sch 8 para 4(6)). A by-election is none of these.
"""

from datetime import date, timedelta
from typing import Final

ORDINARY_POLLS: Final = (date(2012, 11, 15), date(2016, 5, 5), date(2021, 5, 6), date(2024, 5, 2))
POLLS_TO_COME: Final = (date(2028, 5, 4),)  # by section 50 of the 2011 Act, unless the office is abolished before
THREE_WEEKS_DAYS: Final = 21
LONG_BEFORE: Final = timedelta(days=60)  # by then office has long been accepted: against slips of the pen, no law


def poll_within(start: date) -> date | None:
    """The ordinary poll that falls into the three weeks that begin on that day, or None."""
    end = start + timedelta(days=THREE_WEEKS_DAYS - 1)
    return next((poll for poll in (*ORDINARY_POLLS, *POLLS_TO_COME) if start <= poll <= end), None)


def poll_shortly_before(start: date) -> date | None:
    """The ordinary poll held not long before that day, which may lie before the acceptance of office, or None."""
    return next((poll for poll in (*ORDINARY_POLLS, *POLLS_TO_COME) if poll < start <= poll + LONG_BEFORE), None)


def is_ordinary_poll(day: date) -> bool:
    """Whether an ordinary election was held that day, as far as it is known here."""
    return day in (*ORDINARY_POLLS, *POLLS_TO_COME)
