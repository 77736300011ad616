"""Every period the law or a panel sets, as pure functions of plain dates that show how they counted.

>>> count = working_days(date(2023, 5, 4), 3)
>>> count.day
datetime.date(2023, 5, 10)
>>> print(count.lines[4].text)
Monday 8 May 2023: not counted, bank holiday (Coronation of Charles III)
>>> print(count.explanation)
The last day is Wednesday 10 May 2023: 3 working days after Thursday 4 May 2023, leaving out 2 weekend days \
and Monday 8 May 2023, bank holiday (Coronation of Charles III).

Dates are legal days in England and Wales, never moments: a `datetime` is refused, because in UTC it may be another
day. `now()` is the only function here that reads a clock. Nothing here knows Django, the settings or a case.
"""

import calendar
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from panel.law.bank_holidays import not_working
from panel.law.period import Count as Count  # "as": what the functions give is had from here as well
from panel.law.period import Line as Line
from panel.law.period import TwelveMonths as TwelveMonths
from panel.law.period import Uncountable as Uncountable
from panel.law.period import day_words as day_words
from panel.law.period import long_date as long_date
from panel.law.period import plural

LONDON: Final = ZoneInfo("Europe/London")
ONE_DAY: Final = timedelta(days=1)
_set: ContextVar[datetime | None] = ContextVar("clock_set_to", default=None)
THREE_WEEKS: Final = 21  # days, the first being the day of receipt: 2011 Act, Sch 1 para 10 and Sch 8 para 4(6)
POST_ELECTION: Final = "post-election period"
COUNTED_FROM: Final = "the day the period is counted from"
PUBLICATION: Final = "day of publication"
MEETING: Final = "day of the meeting"
FIRST_DUE: Final = "the day it was due at first"
BOUNDS: Final = frozenset({COUNTED_FROM, PUBLICATION, MEETING})  # not counted, yet not "left out" on the way
YEARS: Final = range(1900, 2101)  # in which a day may lie that anybody enters
# What a panel may set, for the columns and forms of its settings; every function here counts at least as far.
MOST_DAYS: Final = 400  # of a target, in days, working days or weeks
MOST_YEARS: Final = 100  # for which a case is kept
HOURS: Final = range(24)
LONGEST_PERIOD_UNITS: Final = max(MOST_DAYS, 12 * MOST_YEARS)  # days, weeks or months, as the period is counted


# The periods

Period = Callable[[date, int], Count]  # a length from a day: what a panel's setting of a target names


def calendar_days(start: date, n: int) -> Count:
    """The day `n` days after `start`, weekends and holidays included; `start` itself is not counted.

    Plain dates. Raises ValueError if `n` is less than 1. A panel's own targets in days use it.
    """
    _check(start, n=n)
    lines = [_from(start), *(Line(start + i * ONE_DAY, i, "day") for i in range(1, n + 1))]
    return _count(f"{plural(n, 'day')} after {long_date(start)}", lines)


def working_days(start: date, n: int) -> Count:
    """The `n`th working day after `start`: no Saturday, Sunday or bank holiday of England and Wales is counted.

    Plain dates. `start` is not counted, whatever day it is. Raises ValueError if `n` is less than 1, or if the count
    leaves the years whose bank holidays are known. A panel's own targets in working days use it.
    """
    _check(start, n=n)
    lines = [_from(start)]
    day, number = start, 0
    while number < n:
        day += ONE_DAY
        why = not_working(day)
        number += why is None
        lines.append(Line(day, number, "working day") if why is None else Line(day, None, why))
    return _count(f"{plural(n, 'working day')} after {long_date(start)}", lines)


def weeks(start: date, n: int) -> Count:
    """The same day of the week, `n` weeks after `start`; one line for the day each week ends.

    Plain dates. Raises ValueError if `n` is less than 1. A panel's own targets in weeks use it; the three weeks of the
    2011 Act are counted otherwise, by `three_weeks`.
    """
    _check(start, n=n)
    lines = [_from(start), *(Line(start + timedelta(weeks=i), i, "week") for i in range(1, n + 1))]
    return _count(f"{plural(n, 'week')} after {long_date(start)}", lines, first_day=start + ONE_DAY)


def months(start: date, n: int) -> Count:
    """The day of the same number, `n` months after `start`, or the last of that month if it is shorter.

    Plain dates; one line for the day each month ends. Raises ValueError if `n` is less than 1. Retention periods use
    it (law.md section 7: twelve months, six years).
    """
    _check(start, n=n)
    lines = [_from(start), *(Line(_months_later(start, i), i, "month") for i in range(1, n + 1))]
    return _count(f"{plural(n, 'month')} after {long_date(start)}", lines, first_day=start + ONE_DAY)


# The units in which a panel may set a period of its own, by the word that its settings hold.
UNITS: Final[dict[str, Period]] = {
    "working_days": working_days,
    "days": calendar_days,
    "weeks": weeks,
    "months": months,
}
UNIT_WORDS: Final = {"working_days": "working day", "days": "day", "weeks": "week", "months": "month"}


# THE READING TAKEN of regulation 13, which was not read (law.md section 8): the next day of the calendar. The police
# Regulations of 2004 ran to the next *working* day; `working_days` here takes that reading, everywhere at once.
IOPC_REFERRAL_DAYS: Period = calendar_days


def given(day: date) -> Count:
    """A day that somebody set when the step was taken, such as the day by which to answer: nothing is counted."""
    _check(day)
    return Count(day, day, "the day that was set when the step was taken", (Line(day, 1, "the day set, day"),), ())


def iopc_referral(clear_on: date) -> Count:
    """The day by whose end a complaint or conduct matter must be with the IOPC: the day after `clear_on`.

    `clear_on` is the plain date on which it first became clear that the matter must go, or on which the IOPC called it
    in. Weekends and bank holidays count. Source: reg 13 (time limit from memory: law.md section 8).
    """
    count = IOPC_REFERRAL_DAYS(clear_on, 1)
    rule = f"the end of the next day after {long_date(clear_on)}, when it first became clear or the IOPC called it in"
    return replace(count, rule=rule)


def three_weeks(received: date, poll: date | None = None, acceptance: date | None = None) -> Count:
    """The last of 21 days of which `received` is the first, not counting the days from `poll` to `acceptance`.

    `received` is the plain date the Panel received the notification; `poll` that of the ordinary election of a
    Commissioner, `acceptance` that on which the person elected delivered the declaration: both ends are left out. With
    a poll and no acceptance yet, only a period that ends before the poll can be told. Raises ValueError if it cannot be
    told, if there is an acceptance without a poll, or if it lies before the poll.
    Source: 2011 Act, Sch 1 para 10 and Sch 8 para 4(6).
    """
    _check(*(day for day in (received, poll, acceptance) if day is not None))
    if acceptance is not None and poll is None:
        raise ValueError("Give the day of the poll as well as the day of acceptance of office.")
    if acceptance is not None and poll is not None and acceptance < poll:
        raise ValueError("The declaration of acceptance of office cannot come before the poll.")
    lines: list[Line] = []
    day, number = received, 0
    while number < THREE_WEEKS:
        if poll is not None and day >= poll and (acceptance is None or day <= acceptance):
            if acceptance is None:
                raise ValueError(
                    "The three weeks reach the poll: the last day is not known until the person elected accepts office."
                )
            lines.append(Line(day, None, POST_ELECTION))
        else:
            number += 1
            lines.append(Line(day, number, "day"))
        day += ONE_DAY
    first = next(line.day for line in lines if line.number == 1)
    rule = f"three weeks beginning with {long_date(first)}, "
    if first == received:
        rule += "the day the Panel received the notification"
    else:
        rule += f"as the notification came on {long_date(received)}"
    return _count(rule, lines)


def clear_days(meeting: date, n: int = 5, *, working: bool = True) -> Count:
    """The latest day to publish so that `n` clear days lie between publication and `meeting`.

    Plain dates; neither the day of publication nor that of the meeting is counted. With `working` (the reading taken,
    a setting: law.md section 8) only working days are counted and publication falls on one; without it, all days are.
    Raises ValueError if `n` is less than 1, or outside the years whose bank holidays are known.
    Source: LGA 1972 s 100B.
    """
    _check(meeting, n=n)
    backwards: list[tuple[date, str | None]] = []
    day, found = meeting, 0
    while True:
        day -= ONE_DAY
        why = not_working(day) if working else None
        if why is None and found == n:
            break  # the next day that will do: publish here
        found += why is None
        backwards.append((day, why))
    unit = "clear working day" if working else "clear day"
    lines, number = [Line(day, None, PUBLICATION)], 0
    for between, why in reversed(backwards):
        number += why is None
        lines.append(Line(between, number, unit) if why is None else Line(between, None, why))
    lines.append(Line(meeting, None, MEETING))
    rule = f"{plural(n, unit)} between publication and the meeting on {long_date(meeting)}"
    return _count(rule, lines, last_day=day)


def participation(meeting: date, hour: int = 9) -> Count:
    """The time by which the public must ask to take part: `hour` o'clock, London, on the last working day before.

    `meeting` is a plain date; the hour is in `at`. Raises ValueError if `hour` is not from 0 to 23, or outside the
    years whose bank holidays are known. Source: the panel's own rule, a setting (law.md sections 5 and 7).
    """
    _check(meeting)
    if hour not in HOURS:
        raise ValueError(f"The hour must be from {HOURS[0]} to {HOURS[-1]}, not {hour}.")
    lines = [Line(meeting, None, MEETING)]
    day = meeting - ONE_DAY
    while (why := not_working(day)) is not None:
        lines.insert(0, Line(day, None, why))
        day -= ONE_DAY
    lines.insert(0, Line(day, 1, "working day"))
    rule = f"the last working day before the meeting on {long_date(meeting)}"
    return replace(_count(rule, lines), at=time(hour))


def more_than_twelve_months(incident: date, made: date) -> TwelveMonths:
    """Whether more than twelve months lie between the (latest) incident and the making of the complaint.

    Plain dates. Twelve months end with the day of the same number a year later, for 29 February with 28 February; on
    that day the answer is still no. This is one half of the ground: the other is that no good reason for the delay was
    shown, or that injustice is likely. Raises ValueError if the complaint was made before the incident.
    Source: reg 15(3)(b).
    """
    _check(incident, made)
    if made < incident:
        raise ValueError("The complaint cannot have been made before the incident: check both dates.")
    end = _months_later(incident, 12)
    period = f"the twelve months from the incident on {long_date(incident)}"
    complaint = f"the complaint was made on {long_date(made)}"
    if made > end:
        late = plural((made - end).days, "day")
        return TwelveMonths(True, f"Yes: {complaint}, {late} after {period} ended on {long_date(end)}.")
    return TwelveMonths(False, f"No: {complaint}, within {period}, of which {long_date(end)} is the last day.")


# Years and today


def years_later(day: date, n: int) -> date:
    """The day of the same date `n` years later, 28 February for the 29th, and never beyond the last year there is.

    Plain date. Any length will do: retention periods use it, also those that a row holds beyond MOST_YEARS.
    """
    year = min(day.year + n, date.max.year)
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))


def municipal_year(day: date) -> str:
    """The municipal year that `day` falls in, from 1 April to 31 March, such as "2022-23". Plain date."""
    if isinstance(day, datetime):
        _check(day)
    first = day.year if day >= date(day.year, 4, 1) else day.year - 1
    return f"{first:04d}-{(first + 1) % 100:02d}"


def year_bounds(year: str) -> tuple[date, date]:
    """The first and last day of a municipal year written "2022-23": 1 April and 31 March. Plain dates.

    Raises ValueError, with a message fit for a page, for anything else: "2021-23", "2022/23", "2022", and for a year
    without a day in YEARS.
    """
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})", year)
    first = int(match[1]) if match else 0
    if match is None or int(match[2]) != (first + 1) % 100 or not {first, first + 1} & set(YEARS):
        raise ValueError(
            f'"{year}" is not a municipal year: write two years that follow each other, such as 2022-23 '
            "for 1 April 2022 to 31 March 2023."
        )
    return date(first, 4, 1), date(first + 1, 3, 31)


def now() -> datetime:
    """The moment, aware and in UTC; inside `set_to`, the moment it was set to. The only reader of the clock."""
    return _set.get() or datetime.now(UTC)


def today() -> date:
    """Today's plain date in Europe/London, whatever the server's zone."""
    return now().astimezone(LONDON).date()


def start_of(day: date, later: int = 0) -> datetime:
    """The first moment of a day in Europe/London, or of the one so many days later."""
    return datetime.combine(day + timedelta(days=later), time.min, LONDON)


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Let it be that aware moment for the code inside: for tests, and for the replay of a demonstration's history.

    The journal refuses every act inside it on a real installation (`panel.record.act`). Raises ValueError for a moment
    without a zone.
    """
    if moment.tzinfo is None:
        raise ValueError(f"Which zone is {moment.isoformat()} in?")
    token = _set.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _set.reset(token)


def is_set() -> bool:
    """Whether the clock has been set to another moment than now."""
    return _set.get() is not None


# Helpers


def _count(rule: str, lines: list[Line], *, first_day: date | None = None, last_day: date | None = None) -> Count:
    """A count of these lines: unless told otherwise, from the first counted to the last counted day."""
    counted = [line.day for line in lines if line.number is not None]
    excluded = tuple((line.day, line.words) for line in lines if line.number is None and line.words not in BOUNDS)
    return Count(last_day or counted[-1], first_day or counted[0], rule, tuple(lines), excluded)


def _from(start: date) -> Line:
    return Line(start, None, COUNTED_FROM)


def _months_later(day: date, n: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _check(*days: date, n: int = 1) -> None:
    """Refuse a moment in place of a date, a mistyped year, and a length that is nothing or absurd."""
    for day in days:
        if isinstance(day, datetime):
            raise TypeError(f"A legal day is a plain date, not the moment {day.isoformat()}.")
        if day.year not in YEARS:
            words = f"Check the year of {long_date(day)}: it must be from {YEARS[0]} to {YEARS[-1]}."
            raise Uncountable(words, day.year)
    if not 1 <= n <= LONGEST_PERIOD_UNITS:
        raise Uncountable(f"The length of a period must be from 1 to {LONGEST_PERIOD_UNITS}, not {n}.")


# Clocks that stood


def paused(due: date, stopped_on: date, restarted_on: date) -> Count:
    """The day to which a target moves that stood from one day to another: as many days later, then on to a working day.

    A target of the panel's own only: what the law times never stops. Raises ValueError if it restarts before it stops.
    """
    _check(due, stopped_on, restarted_on)
    stood = (restarted_on - stopped_on).days
    if stood < 0:
        raise ValueError("a clock cannot go on before it was stopped")
    day = due + timedelta(days=stood)
    lines = [Line(due, None, FIRST_DUE), Line(stopped_on, None, "the clock was stopped")]
    lines.append(Line(restarted_on, None, f"it went on, {plural(stood, 'day')} later"))
    while not_working(day):
        lines.append(Line(day, None, str(not_working(day))))
        day += ONE_DAY
    lines.append(Line(day, 1, "the new day, day"))
    words = (
        f"{day_words(due)}, moved by the {plural(stood, 'day')} from {day_words(stopped_on)} for which the clock stood"
    )
    return Count(day, stopped_on, words, tuple(lines), ())


def moved(count: Count, stood: int) -> Count:
    """A target counted anew whose clock stood for `stood` days before: as many days later, then on to a working day.

    Raises ValueError if `stood` is less than 1.
    """
    _check(count.day, n=stood)
    day = count.day + timedelta(days=stood)
    lines = [*count.lines, Line(day, None, f"{plural(stood, 'day')} later, for the time that the clock stood")]
    while not_working(day):
        day += ONE_DAY
        lines.append(Line(day, None, not_working(day) or "the new day"))
    words = f"{count.rule}, moved by the {plural(stood, 'day')} for which the clock stood"
    return replace(count, day=day, rule=words, lines=tuple(lines))


def counted_again(count: Count) -> Count | None:
    """The count of working days again, with the bank holidays that are known now; None where the day stays as it is, or
    nothing of it was counted in working days."""
    lines = count.lines
    numbered = [line for line in lines if line.number is not None]
    if not numbered:
        return None
    if lines[0].words == COUNTED_FROM and all(line.words == "working day" for line in numbered):
        found = replace(working_days(lines[0].day, len(numbered)), rule=count.rule)
    elif lines[0].words == PUBLICATION and all(line.words == "clear working day" for line in numbered):
        found = replace(clear_days(lines[-1].day, len(numbered)), rule=count.rule)
    elif lines[0].words == FIRST_DUE:
        found = paused(*(line.day for line in lines[:3]))
    else:
        return None
    return found if found.day != count.day else None
