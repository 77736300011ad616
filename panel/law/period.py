"""What the functions of `panel.law.clock` give: the last day, with every day on the way to it, in words and as JSON.

Dates are plain dates; words are plain British English whatever the server's locale. A leaf: no Django, no clock.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby
from typing import Any, Final

WEEKEND: Final = "weekend"
FOLD_FROM_DAYS: Final = 3  # shorter runs of like days are easier to read one by one
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class Uncountable(ValueError):
    """A period that cannot be counted: a length, or a day of `year`, beyond what is known. One sentence, fit for a page."""

    def __init__(self, words: str, year: int | None = None) -> None:
        super().__init__(words)
        self.year = year


@dataclass(frozen=True)
class Line:
    """One day of a count: its number if it was counted, and what kind of day it is or why it was left out."""

    day: date
    number: int | None
    words: str

    @property
    def text(self) -> str:
        """The line in words, such as "Monday 9 November 2026: working day 3"."""
        return f"{long_date(self.day)}: {self._status}"

    @property
    def _status(self) -> str:
        return f"not counted, {self.words}" if self.number is None else f"{self.words} {self.number}"


@dataclass(frozen=True)
class Count:
    """The last day of a period, and how it was counted.

    `day` is the last day (for a count backwards, the latest day on which the thing can be done), `at` the time of that
    day if the period ends before midnight, in London. `first_day` is the first day counted. `rule` is the period in
    words. `lines` has every day in order, from the day the period is counted from (not counted, except in
    `three_weeks`); for `weeks` and `months` it has the day each one ends. `excluded` are the days left out on the way,
    with the reason: not the day counted from, nor the days of publication and meeting, which bound the period.
    """

    day: date
    first_day: date
    rule: str
    lines: tuple[Line, ...]
    excluded: tuple[tuple[date, str], ...]
    at: time | None = None

    @property
    def explanation(self) -> str:
        """One sentence: the last day, the rule, and what was left out."""
        when = long_date(self.day) if self.at is None else f"{clock_time(self.at)} on {long_date(self.day)}"
        subject = "The last day is" if self.at is None else "The latest time is"
        left_out = f", leaving out {self._left_out}" if self.excluded else ""
        return f"{subject} {when}: {self.rule}{left_out}."

    @property
    def folded(self) -> tuple[str, ...]:
        """The lines in words, runs of three or more like days as one ("Monday 1 ... to Friday 5 ...: days 1 to 5")."""
        return tuple(_fold(self.lines))

    @property
    def counted(self) -> tuple[Line, ...]:
        """The lines that were counted, in order."""
        return tuple(line for line in self.lines if line.number is not None)

    def as_json(self) -> dict[str, Any]:
        """A dict of strings, numbers, lists and None that `from_json` turns back into an equal count. Dates are ISO."""
        return {
            "day": self.day.isoformat(),
            "first_day": self.first_day.isoformat(),
            "rule": self.rule,
            "lines": [[line.day.isoformat(), line.number, line.words] for line in self.lines],
            "excluded": [[day.isoformat(), why] for day, why in self.excluded],
            "at": None if self.at is None else self.at.isoformat("minutes"),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Count":
        """The count that `as_json` stored. Raises KeyError or ValueError when a field is missing or not a date."""
        return cls(
            day=date.fromisoformat(stored["day"]),
            first_day=date.fromisoformat(stored["first_day"]),
            rule=str(stored["rule"]),
            lines=tuple(Line(date.fromisoformat(day), number, words) for day, number, words in stored["lines"]),
            excluded=tuple((date.fromisoformat(day), why) for day, why in stored["excluded"]),
            at=None if stored.get("at") is None else time.fromisoformat(stored["at"]),
        )

    @property
    def _left_out(self) -> str:
        weekend = sum(1 for _, why in self.excluded if why == WEEKEND)
        parts = [plural(weekend, "weekend day")] if weekend else []
        for why, run in groupby((entry for entry in self.excluded if entry[1] != WEEKEND), key=lambda entry: entry[1]):
            days = [day for day, _ in run]
            span = long_date(days[0]) if len(days) == 1 else f"{long_date(days[0])} to {long_date(days[-1])}"
            parts.append(f"{span}, {why}")
        return listed(parts)


@dataclass(frozen=True)
class TwelveMonths:
    """Whether more than twelve months lie between incident and complaint, with one sentence saying why."""

    answer: bool
    explanation: str


# Words


def long_date(day: date) -> str:
    """The date in full, such as "Monday 9 November 2026", in English whatever the server's locale."""
    weekday, month = WEEKDAYS[day.weekday()], MONTHS[day.month - 1]
    return f"{weekday} {day.day} {month} {day.year}"


def day_words(day: date) -> str:
    """The date as pages write it: "9 November 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def span_words(first: date, last: date | None) -> str:
    """ "13 May 2024 to 3 May 2026", or "from 13 May 2024" where it lasts."""
    return f"{day_words(first)} to {day_words(last)}" if last else f"from {day_words(first)}"


def clock_time(at: time) -> str:
    """The time as the house style has it: "9am", "2:30pm", "midday", "midnight"."""
    if at.minute == 0 and at.hour in (0, 12):
        return "midday" if at.hour else "midnight"
    minutes = f":{at.minute:02d}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'pm' if at.hour >= 12 else 'am'}"


def plural(number: int, noun: str) -> str:
    """The number with its noun: "1 day", "3 days"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(parts: list[str]) -> str:
    """The parts as a list in a sentence: "a and b", "a, b and c"; "a; b; and c" where they hold commas of their own."""
    if len(parts) < 3 or not any("," in p for p in parts):
        return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
    return f"{'; '.join(parts[:-1])}; and {parts[-1]}"


def _fold(lines: tuple[Line, ...]) -> Iterator[str]:
    for _, group in groupby(lines, key=lambda line: (line.number is None, line.words)):
        run = list(group)
        first, last = run[0], run[-1]
        if len(run) < FOLD_FROM_DAYS:
            yield from (line.text for line in run)
        elif first.number is None:
            yield f"{long_date(first.day)} to {long_date(last.day)}: not counted, {first.words}"
        else:
            yield f"{long_date(first.day)} to {long_date(last.day)}: {first.words}s {first.number} to {last.number}"
