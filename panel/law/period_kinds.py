"""What the `deadline` command offers: each kind of period, and the days and numbers that each one takes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from panel.law.clock import (
    calendar_days,
    clear_days,
    iopc_referral,
    months,
    more_than_twelve_months,
    participation,
    three_weeks,
    weeks,
    working_days,
)
from panel.law.period import Count, TwelveMonths


@dataclass(frozen=True)
class Argument:
    """One thing a kind of period asks for: the function's parameter, its words, and whether it is a date or a number.

    An optional one is an option of the command (`--poll`), the others stand in order.
    """

    name: str
    words: str
    takes: Literal["date", "number"] = "date"
    optional: bool = False


@dataclass(frozen=True)
class PeriodKind:
    """One kind of period: its name on the command line, what it tells, what it asks for and the provisions behind it.

    `provisions` are keys of `panel.law.provisions`; none means a local rule.
    """

    name: str
    words: str
    asks: tuple[Argument, ...]
    reckon: Callable[..., Count | TwelveMonths]
    provisions: tuple[str, ...] = ()


_START = Argument("start", "the day it is counted from")
_LENGTH = Argument("n", "how many", "number")
_MEETING = Argument("meeting", "the day of the meeting")
KINDS: Final[Mapping[str, PeriodKind]] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            PeriodKind(
                "three-weeks",
                "the last day for the Panel’s report on a proposed appointment",
                (
                    Argument("received", "the day the Panel received the notification"),
                    Argument("poll", "the day of the poll at an ordinary election of a Commissioner", optional=True),
                    Argument("acceptance", "the day the person elected accepted office", optional=True),
                ),
                three_weeks,
                ("Sch 1 para 10", "Sch 8 para 4(6)"),
            ),
            PeriodKind(
                "iopc-referral",
                "the day by whose end a matter must be with the IOPC",
                (Argument("clear_on", "the day it first became clear, or of the IOPC’s call"),),
                iopc_referral,
                ("reg 13", "reg 13(3)"),
            ),
            PeriodKind(
                "clear-days",
                "the latest day to publish an agenda",
                (_MEETING, Argument("n", "how many clear days, 5 unless told otherwise", "number", optional=True)),
                clear_days,
                ("LGA 1972 s 100B",),
            ),
            PeriodKind(
                "participation",
                "the time by which the public must ask to take part in a meeting",
                (
                    _MEETING,
                    Argument("hour", "the hour, from 0 to 23, 9 unless told otherwise", "number", optional=True),
                ),
                participation,
            ),
            PeriodKind("working-days", "the last of so many working days", (_START, _LENGTH), working_days),
            PeriodKind("calendar-days", "the last of so many days", (_START, _LENGTH), calendar_days),
            PeriodKind("weeks", "the same day of the week, so many weeks later", (_START, _LENGTH), weeks),
            PeriodKind("months", "the day of the same number, so many months later", (_START, _LENGTH), months),
            PeriodKind(
                "twelve-months",
                "whether more than twelve months lie between an incident and the complaint",
                (
                    Argument("incident", "the day of the latest incident"),
                    Argument("made", "the day the complaint was made"),
                ),
                more_than_twelve_months,
                ("reg 15(3)(b)",),
            ),
        )
    }
)
