"""Weekends and bank holidays of England and Wales. A leaf: no Django, no clock."""

import calendar
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import holidays

from panel.law.period import WEEKEND, Uncountable

# Bank holidays proclaimed after the installed `holidays` release: an installation administrator enters them, and whoever
# begins to count reads them in (`panel.models.holidays`).
EXTRA_CLOSURES: dict[date, str] = {}
YEARS_WITH_BANK_HOLIDAYS: Final = range(1972, 2101)  # from the Act of 1971 to the end of the library's calendar


def not_working(day: date) -> str | None:
    """Why `day` is not a working day in England and Wales, in words, or None if it is one.

    Plain date. Raises ValueError outside the years whose bank holidays are known. A holiday that falls on a weekend is
    called a weekend; its substitute day is the holiday.
    """
    if day.weekday() >= calendar.SATURDAY:
        return WEEKEND
    name = EXTRA_CLOSURES.get(day) or _bank_holidays(day.year).get(day)
    return None if name is None else f"bank holiday ({name})"


@lru_cache(maxsize=256)
def _bank_holidays(year: int) -> Mapping[date, str]:
    if year not in YEARS_WITH_BANK_HOLIDAYS:
        known = YEARS_WITH_BANK_HOLIDAYS
        raise Uncountable(f"Bank holidays are known only from {known[0]} to {known[-1]}, not for {year}.", year)
    days = holidays.country_holidays("GB", subdiv="ENG", years=year, expand=False, language="en_GB")  # Wales: the same
    return MappingProxyType({day: name.replace(" (observed)", ", substitute day") for day, name in days.items()})
