"""What several parts of the paper say alike: the period, the office, the body, and the panel's settings of that day."""

from calendar import monthrange
from datetime import date

from complaints.report.record_read import end_of
from complaints.report.totals import Report
from panel.law import clock
from panel.law.period import MONTHS, day_words
from panel.models import PanelNames, PanelSettings


def settings_of(report: Report) -> PanelSettings:
    """The panel's settings in force on the day of the record, as they were known on it: what is entered later, for
    whatever day, changes no paper that was made as at that day."""
    return report.panel.settings_known(report.as_at, end_of(report.as_at))


def panel_names(report: Report, settings: PanelSettings | None = None) -> PanelNames:
    """What the panel, its host and its area were called on the day of the record."""
    return report.panel.names_in(vars(settings or settings_of(report)))


def whole_months(first: date, last: date) -> bool:
    """Whether the period begins with a month and ends with one."""
    return first.day == 1 and last.day == monthrange(last.year, last.month)[1]


def short_days(first: date, last: date) -> str:
    """ "1 April to 30 September 2025", the year once where it is one; a single day once."""
    if first == last:
        return day_words(first)
    begin = f"{first.day} {MONTHS[first.month - 1]}" if first.year == last.year else day_words(first)
    return f"{begin} to {day_words(last)}"


def days_words(first: date, last: date) -> str:
    """ "1 April 2025 to 31 March 2026"; "29 February 2024"."""
    return day_words(first) if first == last else f"{day_words(first)} to {day_words(last)}"


def title_of(first: date, last: date) -> str:
    """The title of the paper, which an agenda has too: "Complaints 2025-26: annual report"."""
    year = clock.municipal_year(first)
    if clock.year_bounds(year) == (first, last):
        return f"Complaints {year}: annual report"
    return f"Complaints {short_days(first, last)}: report"


def period_name(report: Report) -> str:
    """The period as a table's head has it: "2025-26", "April to September 2025"."""
    if report.year:
        return report.year
    first, last = report.first, report.last
    if not whole_months(first, last):
        return short_days(first, last)
    begin, end = MONTHS[first.month - 1], MONTHS[last.month - 1]
    if first.year != last.year:
        return f"{begin} {first.year} to {end} {last.year}"
    return f"{begin} {first.year}" if first.month == last.month else f"{begin} to {end} {last.year}"


def office(report: Report) -> str:
    """The Commissioner's office in full: "Police and Crime Commissioner for Exshire"."""
    word, names = report.names["commissioner"], panel_names(report)
    if word == "Commissioner":
        word = f"Police{', Fire' if 'Fire' in names.name else ''} and Crime Commissioner"
    return f"{word} for {names.police_area}"


def article(noun: str) -> str:
    """ "a sub-panel", "an informal group"."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def day_and_month(day: date) -> str:
    """ "31 March"."""
    return f"{day.day} {MONTHS[day.month - 1]}"
