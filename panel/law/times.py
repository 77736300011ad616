"""The hour of a meeting, as people type it and as papers write it. A leaf: no Django, no clock.

time_in("11.00 am")                    # time(11, 0); None for what is no hour
paper_time(time(11))                   # "11.00 am"
skipped(date(2026, 3, 29), time(1, 30))   # True: the clocks go forward at one
"""

import re
from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

LONDON: Final = ZoneInfo("Europe/London")
WORDS: Final = {"midday": time(12), "noon": time(12), "midnight": time(0)}
HOUR: Final = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?\s*([ap])?\.?m?\.?", re.IGNORECASE)


def time_in(text: str) -> time | None:
    """The time of day that the text says: "10am", "10.30 am", "14:00", "midday"; None where it says none."""
    said = text.strip().casefold()
    if said in WORDS:
        return WORDS[said]
    found = HOUR.fullmatch(said)
    if found is None or not (found[2] or found[3]):
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[3] == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def in_order(begin: str, end: str) -> bool:
    """Whether the second hour is not before the first, as far as both can be read: nothing is said of the others."""
    first, last = time_in(begin), time_in(end)
    return first is None or last is None or first <= last


def paper_time(at: time) -> str:
    """The time as council papers write it: "11.00 am"."""
    return f"{at.hour % 12 or 12}.{at.minute:02d} {'pm' if at.hour >= 12 else 'am'}"


def skipped(day: date, at: time) -> bool:
    """Whether that hour is left out on that day, because the clocks go forward."""
    moment = datetime.combine(day, at, LONDON)
    return moment.astimezone(UTC).astimezone(LONDON).time() != at
