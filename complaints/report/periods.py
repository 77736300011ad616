"""The periods that a report can be made for: years, halves and quarters, terms of office, since the last report, any two
days. A period is written in an address as its year ("2025-26"), or as its days ("2025-04-01..2025-09-30").
"""

from dataclasses import dataclass
from datetime import date, datetime

from complaints.models import AnnualReport, Complaint
from complaints.report.paper_words import days_words
from panel.law import clock
from panel.law.period import day_words
from panel.models import Meeting, MeetingMinute, OfficeHolder, PanelSettings

LONGEST_YEARS = 20
HALVES = (("April to September", (4, 1), (9, 30)), ("October to March", (10, 1), (3, 31)))
QUARTERS = (
    ("April to June", (4, 1), (6, 30)), ("July to September", (7, 1), (9, 30)), ("October to December", (10, 1), (12, 31)),
    ("January to March", (1, 1), (3, 31)),
)  # fmt: skip
YEARS_IN_PARTS = 2  # the latest years whose halves and quarters are offered
TWO_DAYS, SINCE_A_DAY = "dates", "since"  # the choices that ask for days
CALLED_OFF = ("cancelled", "void")  # where the register of meetings has one that will not be held


class NoPeriod(ValueError):
    """There can be no such period. One sentence; `field` is the question it answers."""

    def __init__(self, words: str, field: str = "year"):
        super().__init__(words)
        self.field = field


@dataclass(frozen=True)
class Period:
    """A period by its days, with its words."""

    first: date
    last: date
    words: str = ""

    @property
    def slug(self) -> str:
        """As an address has it."""
        year = clock.municipal_year(self.first)
        return year if clock.year_bounds(year) == (self.first, self.last) else f"{self.first}..{self.last}"

    @property
    def in_words(self) -> str:
        """Its words, or its days."""
        return self.words or days_words(self.first, self.last)


def parse(slug: str) -> tuple[date, date]:
    """The days of a period in an address. Raises ValueError, with a sentence."""
    first, dots, last = slug.partition("..")
    if not dots:
        return clock.year_bounds(slug)
    try:
        days = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        raise ValueError(f'"{slug}" is no period: write two days, such as 2025-04-01..2025-09-30.') from None
    if not all(day.year in clock.YEARS for day in days):
        raise ValueError(f"The years must lie between {clock.YEARS[0]} and {clock.YEARS[-1]}.")
    return days


def begins(panel, at: datetime | None = None) -> date | None:
    """The day from which the panel's register can speak, as it was known: its first settings, its first office holder,
    its first complaint, whichever is earliest."""
    known = {"panel": panel}
    settings = PanelSettings.history.as_of(at).filter(**known) if at else PanelSettings.objects.filter(**known)
    holders = OfficeHolder.history.as_of(at).filter(**known) if at else OfficeHolder.objects.filter(**known)
    cases = Complaint.objects.filter(**known)
    if at:  # an old register may have been brought in since
        cases = cases.filter(entries__number=1, entries__entered_at__lte=at)
    first = cases.order_by("received_on").values_list("received_on", flat=True)[:1]
    return min([*(row.from_date for row in (*settings, *holders)), *first], default=None)


def years_later(day: date, years: int) -> date:
    """The same day of another year; 28 February for 29 where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def check(first: date, last: date, begun: date | None) -> None:
    """Raise NoPeriod where the days are the wrong way round, lie before the register, or are too far apart."""
    if last < first:
        raise NoPeriod(f"The period ends on {day_words(last)}, before it begins on {day_words(first)}.", "to")
    if last >= years_later(first, LONGEST_YEARS):
        raise NoPeriod(f"The period is longer than {LONGEST_YEARS} years.", "from")
    if begun and last < begun:
        raise NoPeriod(f"The period ends on {day_words(last)}: the register begins on {day_words(begun)}.", "to")


def year_before(first: date, last: date) -> tuple[date, date]:
    """The same days a year before; of a longer period as many years before as it takes."""
    years = 1
    while years_later(last, -years) >= first:
        years += 1
    end = years_later(last, -years)
    if (last.month, last.day) == (2, 28) and (last + clock.ONE_DAY).day == 1:  # the end of the month stays its end
        leap = end + clock.ONE_DAY
        end = leap if leap.month == end.month else end
    return years_later(first, -years), end


# What is offered


def years(panel) -> list[str]:
    """Municipal years from the register's first to this one, newest first."""
    today = clock.today()
    start = min(begins(panel) or today, today)
    first, last = (int(clock.municipal_year(day)[:4]) for day in (start, today))
    return [f"{y}-{(y + 1) % 100:02d}" for y in range(last, first - 1, -1)]


def usual(panel) -> str:
    """The last year that is finished; this one, where the register has no other."""
    found = years(panel)
    return found[1] if len(found) > 1 else found[0]


def parts_of(year: str) -> list[Period]:
    """The halves and quarters of a municipal year that have begun."""
    start = int(year[:4])
    found = []
    for words, (month, day), (end_month, end_day) in (*HALVES, *QUARTERS):
        first = date(start + (month < 4), month, day)
        last = date(start + (end_month < 4), end_month, end_day)
        if first <= clock.today():
            found.append(Period(first, last, f"{words}, {year}"))
    return found


def terms(panel) -> list[Period]:
    """The terms of office up to today, the latest first."""
    today = clock.today()
    rows = OfficeHolder.objects.filter(panel=panel, from_date__lte=today).order_by("-from_date", "office")
    found = []
    for row in rows:
        last = min(row.to_date or today, today)
        if row.from_date <= last < years_later(row.from_date, LONGEST_YEARS):
            found.append(
                Period(row.from_date, last, f"{row.short_name}: {day_words(row.from_date)} to {day_words(last)}")
            )
    return found


def since_last_report(panel, until: date | None = None) -> Period | None:
    """From the day after the last period that was reported on, up to a day (today); None where there is none."""
    until = until or clock.today()
    rows = AnnualReport.objects.filter(panel=panel, issued_on__lte=until)
    last = rows.order_by("-last").values_list("last", flat=True).first()
    if last is None or last >= until:
        return None
    return since(last + clock.ONE_DAY, until, "the last report")


def meetings(panel):
    """The Panel's own meetings that are on record, but those taken back and those that were called off."""
    rows = Meeting.objects.filter(panel=panel, kind=Meeting.Kind.PANEL, entry__reversed_by=None)
    return rows.exclude(in_register=False, entry__case__status__in=CALLED_OFF)


def last_met(panel, today: date | None = None) -> date | None:
    """The day of the Panel's last meeting; None where none is known. A meeting is known from its minutes, or from the report
    that was tabled there: one that was only planned may never have been held."""
    today = today or clock.today()
    held = MeetingMinute.objects.filter(meeting__in=meetings(panel), meeting__on__lt=today, entry__reversed_by=None)
    rows = AnnualReport.objects.filter(panel=panel, meeting_on__lt=today).exclude(issued_on=None)
    days = [
        held.order_by("-meeting__on").values_list("meeting__on", flat=True).first(),
        rows.order_by("-meeting_on").values_list("meeting_on", flat=True).first(),
    ]
    return max((day for day in days if day), default=None)


def next_meeting(panel, today: date | None = None) -> Meeting | None:
    """The Panel's next meeting, where one is arranged."""
    return meetings(panel).filter(on__gte=today or clock.today()).order_by("on", "pk").first()


def since_last_meeting(panel) -> Period | None:
    """From the day after the Panel's last meeting, up to today; None where none is known."""
    met = last_met(panel)
    return since(met + clock.ONE_DAY, clock.today(), "the last meeting") if met else None


def since(first: date, until: date, what: str) -> Period:
    """A period with its words: "Since the last report: 1 April 2026 to 18 November 2026"."""
    return Period(first, until, f"Since {what}: {day_words(first)} to {day_words(until)}")


def offered(panel) -> list[tuple[str, str] | tuple[str, list[tuple[str, str]]]]:
    """What the menu of periods offers, in groups."""
    found = years(panel)
    other = [(p.slug, p.words) for p in (since_last_report(panel), since_last_meeting(panel)) if p]
    other += [(SINCE_A_DAY, "Since a day, such as the last meeting"), (TWO_DAYS, "Two dates")]
    parts = [(p.slug, p.words) for year in found[:YEARS_IN_PARTS] for p in parts_of(year)]
    groups = [("Years", [(y, y) for y in found]), ("Other periods", other), ("Halves and quarters", parts)]
    holders = [(p.slug, p.words) for p in terms(panel)]
    return [*groups, *([("Terms of office", holders)] if holders else [])]
