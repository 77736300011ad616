"""Figures beside the paper: by office holder and term, complaints and conduct matters together, complaints by the same
person, what the Commissioner publishes, several years in a row, and one line for each complaint. Each gives the head and
the rows of a table: texts and numbers.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

from complaints.models import Complaint
from complaints.procedure.states import THEMES
from complaints.report.blocks import RESULT_WORDS, ROUTES, Blocks
from complaints.report.totals import FEWEST_CASES, Report
from panel.law.period import MONTHS, plural
from panel.models.journal import ERASED

Cell = str | int
Table = tuple[tuple[str, ...], list[tuple[Cell, ...]]]

# The figures of an office holder, of a year in a run, and of complaints and conduct matters together.
FIGURES = (
    ("Received", "received"), ("Recorded", "recorded"), ("Not recorded", "not_recorded"), ("Redirected", "redirected"),
    ("Referred to the IOPC", "referred_to_iopc"), ("Ended", "closed"), ("Resolved informally", "ended.resolved"),
    ("Recommendations", "ended.recommendations"), ("Opinion", "ended.opinion"), ("Report, section 28(6)", "ended.report"),
    ("Not resolved", "ended.not_resolved"), ("No action", "ended.no_action"),
    ("Handled in another way", "ended.other_handling"), ("Withdrawn", "ended.withdrawn"),
)  # fmt: skip
BOTH_KINDS = (
    ("Open at the start", "carried_in"), ("Received, or recorded as a conduct matter", "received"), ("Reopened", "reopened"),
    ("Ended", "closed"), ("Still open at the end", "carried_out"), ("Referred to the IOPC", "referred_to_iopc"),
    ("Back from the IOPC", "referred_to_iopc.returned"),
)  # fmt: skip
NOT_SHOWN, STILL_OPEN = "Not shown", "Still open"  # fewer than three complaints have it
DAYS = ((0, 30), (31, 60), (61, 90), (91, 180), (181, 365), (366, None))


def by_office_holder(report: Report) -> Table:
    """What became of the complaints about each office holder in each term; a complaint about two stands in both columns."""
    theirs = [report.of_holder(pk) for pk in report.holders]
    rows: list[tuple[Cell, ...]] = []
    for words, key in (*FIGURES, ("Still open at the end", "carried_out")):
        numbers = [one.number(key) for one in theirs]
        if any(numbers) or key in ("received", "recorded", "not_recorded", "closed", "carried_out"):
            rows.append((words, *numbers))
    return ("Figure", *report.holders.values()), rows if theirs else []


def together(report: Report) -> Table:
    """Complaints, conduct matters, and both in one figure."""
    rows = [
        (words, report.number(key), report.together(key) - report.number(key), report.together(key))
        for words, key in BOTH_KINDS
    ]
    return ("Figure", "Complaints", "Conduct matters", "Together"), rows


def specified(report: Report) -> Table:
    """For each office holder what was brought to their attention because it was referred, or being informally resolved
    (SI 2011/3050, Schedule, paragraph 1(f)): neither what was received nor what was recorded."""
    rows: list[tuple[Cell, ...]] = []
    for pk, words in report.holders.items():
        numbers = [report.number(f"specified.{pk}.{k}") for k in ("complaints", "conduct_matters")]
        why = [report.number(f"specified.{pk}.{k}") for k in ("referred", "resolving")]
        rows.append((words, *numbers, sum(numbers), *why))
    head = ("Office holder and term", "Complaints", "Conduct matters", "Total", "Referred", "Being informally resolved")
    return head, rows


def side_by_side(reports: list[Report]) -> Table:
    """Several years side by side, years with nothing in them too, and what they come to together."""
    figures = (("Open at the start", "carried_in"), *FIGURES, ("Conduct matters recorded", "conduct_matters.received"))
    rows: list[tuple[Cell, ...]] = []
    for words, key in (*figures, ("Still open at the end", "carried_out")):
        numbers = [report.number(key) for report in reports]
        total = numbers[0] if key == "carried_in" else numbers[-1] if key == "carried_out" else sum(numbers)
        if any(numbers) or key in ("carried_in", "received", "recorded", "not_recorded", "closed", "carried_out"):
            rows.append((words, *numbers, total))
    return ("Figure", *(str(report.year) for report in reports), "Together"), rows


def in_block(name: str) -> Callable[[Report], Table]:
    """A table of one of the report's blocks."""

    def made(report: Report) -> Table:
        block = getattr(Blocks(report), name)()
        rows: list[tuple[Cell, ...]] = [(line.label[:1].upper() + line.label[1:], line.number) for line in block.shown]
        return (block.heading, "Number"), [
            *rows,
            (f"{block.total.label}, together", block.total.number),
        ] if rows else []

    return made


decided_by, published = in_block("decided_by"), in_block("published")


# The same person


def same_person(report: Report) -> Table:
    """How many complaints of the period came from people who complained more than once in it. People are known by name or
    email address, as on the log page; of what was erased, and of what came without a name, nobody knows."""
    cases = Complaint.objects.filter(pk__in=report.behind("received")).select_related("complainant")
    persons: dict[str, int] = {}  # name or address: number of the person
    found: list[set[str]] = []
    unknown = 0
    for case in cases:
        who = case.complainant
        if who is None or who.name == ERASED:
            unknown += 1
            continue
        found.append({who.name.strip().casefold(), who.email.strip().casefold()} - {""})
    for known in found:  # who shares a name or an address with one of them is one person
        numbers = {persons[k] for k in known if k in persons}
        number = min(numbers, default=len(persons))
        for k, n in list(persons.items()):
            if n in numbers:
                persons[k] = number
        persons |= dict.fromkeys(known, number)
    each = Counter(persons[next(iter(known))] for known in found)
    more = [n for n in each.values() if n > 1]
    rows: list[tuple[Cell, ...]] = [
        ("People who complained once", len(each) - len(more)),
        ("People who complained more than once", len(more)),
        ("Their complaints", sum(more)),
        ("The most by one person", max(more, default=0)),
        ("Complaints without a name, or erased", unknown),
    ]
    return ("Complaints by the same person", "Number"), rows


# One line for each complaint


def anonymous_lines(report: Report) -> Table:
    """One line for each complaint received: month, theme, route, outcome, days. What fewer than three of them share is not
    shown, so that nobody is known by it; of fewer than three complaints there are no lines at all. The lines are in no
    order that the register has."""
    head = ("Month", "Theme", "Route", "Outcome", "Days from receipt to its end")
    if len(report.lines) < FEWEST_CASES:
        return head, []
    lines = [columns(report, line) for line in report.lines]
    shared = [protected([line[i] for line in lines]) for i in range(len(head))]
    return head, sorted(zip(*shared, strict=True))


def lines_in_words(report: Report) -> str:
    """The lines as numbered paragraphs, for an appendix of the paper."""
    _, rows = anonymous_lines(report)
    if not rows:
        return ""
    head = "Month or quarter, theme, route, outcome, days from receipt to its end. What fewer than three share is not shown."
    return "\n\n".join([head, *(f"{n}. {'; '.join(row)}." for n, row in enumerate(rows, 1))])


def columns(report: Report, line: dict[str, Any]) -> tuple[str, ...]:
    """The words of one line, nothing left out yet."""
    month, days = date.fromisoformat(line["month"]), line["days"]
    own = Blocks(report)
    return (
        when(report, month),
        {**dict(THEMES), "none": "No theme given"}.get(line["theme"], "Not recorded"),
        own.fill(ROUTES.get(line["route"], "no route yet"), capital=True),
        own.fill(RESULT_WORDS.get(line["outcome"], STILL_OPEN), capital=True),
        STILL_OPEN if days is None else next(band_words(*b) for b in DAYS if b[1] is None or days <= b[1]),
    )


def when(report: Report, month: date) -> str:
    """The month, or the quarter where fewer than three complaints came in that month."""
    months = [date.fromisoformat(line["month"]) for line in report.lines]
    if months.count(month) >= FEWEST_CASES:
        return f"{month.year}, {MONTHS[month.month - 1]}"
    first = (month.month - 1) // 3 * 3
    return f"{month.year}, {MONTHS[first]} to {MONTHS[first + 2]}"


def band_words(low: int, high: int | None) -> str:
    """ "31 to 60"."""
    return f"more than {low - 1}" if high is None else f"{low} to {high}"


def protected(values: list[str]) -> list[str]:
    """The values of one column, without those that fewer than three lines share. Where what is left out is itself less
    than three, the least common of the others goes with it: it could be told by counting."""
    shared = Counter(values)
    hidden = {value for value, n in shared.items() if n < FEWEST_CASES}
    while hidden and sum(shared[v] for v in hidden) < FEWEST_CASES and len(hidden) < len(shared):
        hidden.add(min((v for v in shared if v not in hidden), key=lambda v: (shared[v], v)))
    return [NOT_SHOWN if value in hidden else value for value in values]


TABLES: tuple[tuple[str, str, Callable[[Report], Table], str], ...] = (
    ("office-holders", "By office holder and term", by_office_holder, "A complaint about two stands in both columns."),
    ("together", "Complaints and conduct matters", together, ""),
    (
        "specified", "For the Commissioner’s own publication", specified,
        "Complaints and conduct matters that the Panel brought to the office holder’s attention in the period because they "
        "were referred or being informally resolved (SI 2011/3050, Schedule, paragraph 1(f)). Neither what was received nor "
        "what was recorded.",
    ),
    ("decided-by", "By whom decisions were taken", decided_by, "All but the full Panel’s were delegated."),
    ("published", "Outcomes published", published, ""),
    ("same-person", "Complaints by the same person", same_person, "By name or email address, within the period."),
    (
        "lines", "Each complaint in a line", anonymous_lines,
        "What fewer than three complaints share is not shown.",
    ),
)  # fmt: skip


def lines_note(report: Report) -> str:
    """Why there are no lines, where there are too few complaints for any."""
    n = len(report.lines)
    return f"{plural(n, 'complaint')} only: a line could be traced to a person." if 0 < n < FEWEST_CASES else ""
