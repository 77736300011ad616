"""The Panel in figures on a day, and over time: how many members of which kind, two thirds and quorum, the political groups
that councillors declared in public, seats that are empty, terms that end."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from panel.law.meetings import two_thirds
from panel.law.period import day_words, listed, plural
from panel.models import Member
from panel.pages.tables import table

SOON_DAYS = 180  # a term that ends within so many days is to be renewed
QUARTERS = 8
INDEPENDENT = Member.Kind.INDEPENDENT


def groups_on(panel: Any, day: date) -> dict[int, str]:
    """{member: the group that they had declared, on that day}; of no independent member."""
    return held_on(declared(panel), day)


def declared(panel: Any) -> list[Any]:
    """Every group that was declared of a councillor of the panel."""
    return list(panel.political_groups.exclude(member__kind=INDEPENDENT))


def held_on(rows: list[Any], day: date) -> dict[int, str]:
    """{member: their group on that day}, of these rows."""
    return {row.member_id: row.name for row in rows if row.holds(day)}


def groups_of_year(panel: Any, first: date, last: date) -> dict[int, str]:
    """{member: the groups between two days, in order}."""
    found: dict[int, list[str]] = {}
    rows = panel.political_groups.overlapping(first, last).exclude(member__kind=INDEPENDENT)
    for pk, name in rows.order_by("from_date").values_list("member", "name"):
        found.setdefault(pk, []).append(name)
    return {pk: ", then ".join(dict.fromkeys(names)) for pk, names in found.items()}


def balance_words(groups: dict[int, str], found: list[Member]) -> str:
    """How many councillors are of which group, as they declared it."""
    councillors = [m for m in found if m.kind != INDEPENDENT]
    counted = Counter(groups[m.pk] for m in councillors if m.pk in groups)
    if not counted:
        return "None declared"
    parts = [f"{name} {number}" for name, number in sorted(counted.items(), key=lambda one: (-one[1], one[0]))]
    rest = len(councillors) - sum(counted.values())
    return ", ".join([*parts, *([f"not declared {rest}"] if rest else [])])


def empty_seats(panel: Any, day: date) -> str:
    """The councils without a member that day, and the seats whose member left and that nobody of that council and kind took."""
    sit = Counter((m.council_id, m.kind) for m in panel.members.in_force(day))
    councils = {c for c, _ in sit}
    found = [c.name for c in panel.councils.all() if c.pk not in councils]
    left = panel.members.filter(to_date__lt=day, to_date__gte=day - timedelta(days=365)).select_related("council")
    before = Counter((m.council_id, m.kind) for m in panel.members.in_force(day - timedelta(days=365)))
    for m in left.order_by("-to_date", "name"):
        seat = (m.council_id, m.kind)
        if before[seat] > sit[seat] and (m.council is None or m.council.name not in found):
            sit[seat] += 1
            where = m.council.name if m.council else m.get_kind_display().lower()
            found.append(f"{where} (since {m.name} left on {day_words(m.to_date)})")
    return ", ".join(found)


def figures(panel: Any, day: date, found: list[Member]) -> list[dict]:
    """The figures of the day."""
    kinds = Counter(m.get_kind_display() for m in found)
    quorum = panel.settings_on(day).quorum
    soon = [m for m in found if m.to_date and m.to_date <= day + timedelta(days=SOON_DAYS)]
    soon.sort(key=lambda m: (m.to_date, m.name))
    terms = [f"{m.name} ({day_words(m.to_date)})" for m in soon]
    independent = [m.name for m in found if m.kind == INDEPENDENT]
    rows = [
        {"label": "Members", "value": str(len(found))},
        {"label": "Two thirds", "value": f"{two_thirds(len(found))}, what a veto needs" if found else "None"},
        {"label": "Quorum", "value": str(quorum) if quorum else "Not entered"},
        {"label": "Kinds", "value": ", ".join(plural(n, kind.lower()) for kind, n in sorted(kinds.items())) or "None"},
        {"label": "Political balance, as declared in public", "value": balance_words(groups_on(panel, day), found)},
        {"label": "Independent members", "value": f"{len(independent)}, {listed(independent)}" if independent else "None"},
        {"label": "Vacancies", "value": empty_seats(panel, day) or "None"},
        {"label": "Due for renewal: terms that end within half a year", "value": ", ".join(terms) or "None"},
    ]  # fmt: skip
    twice = [name for name, number in Counter(m.name for m in found).items() if number > 1]
    if twice:
        rows.append({"label": "There twice", "value": f"{', '.join(twice)}: put the days right"})
    return rows


def quarters(day: date) -> list[date]:
    """The first days of the last eight quarters."""
    first = 3 * ((day.month - 1) // 3)
    found = []
    for back in range(QUARTERS - 1, -1, -1):
        year, month = divmod(day.year * 12 + first - 3 * back, 12)
        if year >= date.min.year:
            found.append(date(year, month + 1, 1))
    return found


class OverTime:
    """How many members there were on the first day of each of the last eight quarters: a chart, and a table beside it."""

    key, title, heads = "members", "Members on the first day of each quarter", ("Day", "Members")

    def __init__(self, panel: Any, day: date) -> None:
        self.panel, self.days = panel, quarters(day)
        every = list(panel.members.all())
        self.found = {on: [m for m in every if m.holds(on)] for on in self.days}

    @property
    def rows(self) -> list[tuple[str, int]]:
        """A bar each."""
        return [(day_words(on), len(self.found[on])) for on in self.days]

    @property
    def says(self) -> str:
        """Every number, for whoever does not see the bars."""
        return "; ".join(f"{words}: {plural(number, 'member')}" for words, number in self.rows) + "."

    def table(self) -> dict:
        """The same with two thirds, quorum, independent members and groups."""
        rows, cells = declared(self.panel), []
        for on in self.days:
            found = self.found[on]
            quorum = self.panel.settings_on(on).quorum
            independent = sum(m.kind == INDEPENDENT for m in found)
            groups = balance_words(held_on(rows, on), found)
            words = (
                day_words(on), str(len(found)), str(two_thirds(len(found))), str(quorum or "Not entered"), str(independent),
                groups,
            )  # fmt: skip
            cells.append([{"words": one} for one in words])
        heads = ("Day", "Members", "Two thirds", "Quorum", "Independent", "Groups, as declared")
        return table(self.title, heads, cells)
