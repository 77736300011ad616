"""Rows about the people of a panel, as a council keeps them, read into what each means. Headings help and are not needed:
a cell says by itself whether it is an email address, a day, a kind or a council."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from panel.law.days_in_text import day_of
from panel.law.names_in_text import plain
from panel.law.period import day_words
from panel.law.spoken import say
from panel.models import Member

HEADINGS = {
    "name": {"name", "full name", "member", "councillor", "person"},
    "council": {"council", "authority", "appointed by", "local authority"},
    "kind": {"kind", "type", "role", "membership", "category"},
    "from_date": {"from", "since", "start", "started", "first day", "member from", "appointed", "appointed on"},
    "to_date": {"to", "until", "end", "ended", "last day", "member until"},
    "email": {"email", "e-mail", "email address", "e-mail address", "mail"},
    "office": {"office", "chairman", "position"},
    "instead_of": {"substitute for", "for", "stands in for", "in place of"},
}
SUBSTANTIVE, CO_OPTED, INDEPENDENT, SUBSTITUTE = "substantive", "co_opted", "independent", "substitute"
KINDS = {
    SUBSTANTIVE: {
        "council",
        "council member",
        "councils member",
        "substantive",
        "substantive member",
        "appointed",
        "councillor",
    },
    CO_OPTED: {"co-opted", "coopted", "co opted", "co-opted councillor", "co-opted member", "co-optee"},
    INDEPENDENT: {
        "independent",
        "independent member",
        "co-opted independent",
        "co-opted independent member",
        "lay",
        "lay member",
    },
    SUBSTITUTE: {"substitute", "substitute member", "deputy", "reserve"},
}
OFFICES = {
    "chairman": {"chairman", "chair", "chairwoman", "chairperson"},
    "vice_chairman": {"vice-chairman", "vice chairman", "vice-chair", "vice chair", "deputy chair"},
}
KIND_WORDS = {**{k.value: k.label for k in Member.Kind}, SUBSTITUTE: "Substitute"}
EXCEL_BEGINS = date(1899, 12, 30)


@dataclass
class Row:
    """One person: what their row says, and what is wrong with it, by the column it is about."""

    number: int
    name: str = ""
    council: str = ""
    kind: str = ""
    office: str = ""
    email: str = ""
    instead_of: str = ""
    from_date: date | None = None
    to_date: date | None = None
    errors: dict[str, str] = field(default_factory=dict)
    same_as: str = ""  # whom they look like: "row 1", or a member's name

    @property
    def known(self) -> str:
        """The name as names are compared: without title, case or kind of apostrophe."""
        return plain(self.name)


def words_in(mapping: dict[str, set[str]], cell: str) -> str:
    """The key whose words the cell is, or nothing."""
    bare = cell.casefold().replace("’", "").replace("'", "").strip(" .")
    return next((key for key, words in mapping.items() if bare in words), "")


def a_day(cell: str) -> date | None:
    """The day a cell means: 14/05/2026, 14.5.2026, 2026-05-14, 14 May 2026, or Excel's number of it. None for no day;
    raises ValueError for one that there is not."""
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", cell):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", cell):
        return date(int(match[3]), int(match[2]), int(match[1]))
    if re.search(r"[A-Za-z]", cell):
        return day_of(cell)
    if re.fullmatch(r"[34]\d{4}(\.0)?", cell):
        return EXCEL_BEGINS + timedelta(days=int(float(cell)))
    return None


def looks_like_a_day(cell: str) -> bool:
    """Whether somebody meant a day by it, real or not."""
    return bool(re.search(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d|^\d{1,2}\D{0,3} [A-Za-z]{3,9},? \d{4}$", cell))


def headed(rows: list[list[str]]) -> tuple[list[str] | None, list[list[str]]]:
    """What each column is called, where the first row says so, and the rows below it."""
    if not rows:
        return None, rows
    found = [words_in(HEADINGS, cell) for cell in rows[0]]
    return (found, rows[1:]) if "name" in found else (None, rows)


def read(rows: list[list[str]]) -> list[Row]:
    """Each row as a person."""
    heads, below = headed(rows)
    return [one(number, cells, heads) for number, cells in enumerate(below, start=1)]


def one(number: int, cells: list[str], heads: list[str] | None) -> Row:
    """One row. Where a heading stands over a cell it says what the cell is, unless the cell says otherwise: a row whose
    council was left out has moved to the left."""
    row = Row(number)
    for place, cell in enumerate(cells):
        if not cell:
            continue
        head = heads[place] if heads and place < len(heads) else ""
        put(row, cell, head)
    if not row.name:
        row.errors["name"] = "Enter a name"
    if not row.from_date and "from_date" not in row.errors:
        row.errors["from_date"] = "Enter the first day"
    if row.from_date and row.to_date and row.to_date < row.from_date:
        row.errors["from_date"] = f"The last day, {day_words(row.to_date)}, is before the first"
    if not row.kind:
        row.kind = SUBSTITUTE if row.instead_of else SUBSTANTIVE if row.council else ""
    return row


def put(row: Row, cell: str, head: str) -> None:
    """Give the row one cell."""
    if "@" in cell:
        row.email = cell.casefold().removeprefix("mailto:")
    elif looks_like_a_day(cell) or (head in ("from_date", "to_date") and re.match(r"\d", cell)):
        put_day(row, cell, head)
    elif not row.name and head in ("", "name"):
        row.name = cell
    elif head == "instead_of":
        row.instead_of = cell
    elif match := re.fullmatch(r"substitute (?:member )?for (.+)", cell, re.I):
        row.kind, row.instead_of = SUBSTITUTE, match[1]
    elif found := words_in(KINDS, cell):
        row.kind = found
    elif found := words_in(OFFICES, cell):
        row.office = found
    elif head == "kind":
        row.errors["kind"] = f"“{cell}” is no kind of member: council’s, co-opted, independent or substitute"
    elif head == "office":
        row.errors["kind"] = f"“{cell}” is no office: {say('Chairman or Vice-Chairman')}"
    elif not row.council and cell.casefold() not in ("none", "-", "n/a", "no council"):
        row.council = cell


def put_day(row: Row, cell: str, head: str) -> None:
    """The first day, or the last where the first is there already."""
    column = "to_date" if head == "to_date" or (head != "from_date" and row.from_date) else "from_date"
    try:
        day = a_day(cell)
    except ValueError:
        day = None
    if day is None or not 1900 <= day.year <= 2100:
        row.errors["from_date"] = f"{said(cell)} is not a date"
    else:
        setattr(row, column, day)


def said(cell: str) -> str:
    """A day that there is not, in words: 31/02/2026 as 31 February 2026."""
    match = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", cell)
    if match and 1 <= int(match[2]) <= 12:
        return f"{int(match[1])} {date(2000, int(match[2]), 1):%B} {match[3]}"
    return cell
