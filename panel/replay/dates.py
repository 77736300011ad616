"""A script's days, moved so that a demonstration has just been worked on."""

import re
from datetime import date, timedelta
from functools import cache

from panel.law.bank_holidays import not_working
from panel.law.period import day_words

IN_TEXT = re.compile(r"\{(\d{4}-\d\d-\d\d)\}")


class DayShift:
    """Moves the days of a script by working days, so that the day it was written for becomes the last working day up to
    today. A day without work goes where the working day before it goes."""

    def __init__(self, as_of: date | None, today: date):
        self.as_of, self.today = as_of, _last_working(today)
        self.day = cache(self._day)

    def _day(self, day: date) -> date:
        if self.as_of is None:
            return day
        found, at, goal = self.today, _last_working(self.as_of), _last_working(day)
        one = timedelta(days=1 if goal > at else -1)
        while at != goal:
            at = _next_working(at, one)
            found = _next_working(found, one)
        return found

    def text(self, words: str) -> str:
        """The text with its `{2026-10-14}` moved and in words."""
        return IN_TEXT.sub(lambda m: day_words(self.day(date.fromisoformat(m[1]))), words)


def _last_working(day: date) -> date:
    while not_working(day):
        day -= timedelta(days=1)
    return day


def _next_working(day: date, one: timedelta) -> date:
    day += one
    while not_working(day):
        day += one
    return day
