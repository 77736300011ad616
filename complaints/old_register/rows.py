"""What each row of an old register says, as answers of `enter_from_register`, and what is wrong with it."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from complaints.old_register.columns import DAYS, FIELDS, KEEP, LEAVE_OUT
from complaints.old_register.meanings import MEANINGS, OPEN, grounds_in, meaning
from complaints.old_register_models import RegisterRow
from complaints.procedure.old_register import DAYS as IN_ORDER
from complaints.procedure.old_register import holders_of, key_of
from complaints.procedure.states import THEMES
from panel.accounts.people_rows import a_day
from panel.law import clock
from panel.law.folding import fold, name_key
from panel.law.period import day_words

NOTHING = {
    "",
    "-",
    "--",
    "n/a",
    "na",
    "none",
    "nil",
    "tbc",
    "tba",
    "unknown",
    "not known",
    "?",
    "n/k",
    "blank",
    "null",
    "#n/a",
}
LONGEST = {
    "old_reference": 60, "name": 150, "email": 254, "phone": 40, "address": 500, "about_whom": 200, "what": 500, "says": 20_000,
}  # fmt: skip
LONGEST_TITLE = 120
DAY_WORDS = {
    "received_on": "was received",
    "recorded_on": "was recorded",
    "decided_on": "was decided on",
    "on": "ended",
}
# An ending that is decided on is over that day, where no other day of its end is given.
OVER_WHEN_DECIDED = ("not_recorded", "redirected", "no_action")


@dataclass
class Row:
    """One row: where it stands, what it says, and what is wrong with it, by the question it is about."""

    where: str
    answers: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    open: bool = False  # it had not ended: left out
    there: str = ""  # the reference of the case that was entered from it
    key: str = ""


@dataclass
class Reading:
    """All rows of a file, read."""

    rows: list[Row]
    unknown: dict[str, int]  # {words of an ending of which nothing is known: how many rows}
    words: dict[str, int]  # every word by which an ending is said

    @property
    def ready(self) -> list[Row]:
        """Those to enter."""
        return [row for row in self.rows if not (row.errors or row.open or row.there)]

    @property
    def wrong(self) -> list[Row]:
        """Those in which something is wrong."""
        return [row for row in self.rows if row.errors]

    @property
    def still_open(self) -> list[Row]:
        """Those that had not ended."""
        return [row for row in self.rows if row.open]

    @property
    def there(self) -> list[Row]:
        """Those that were entered before."""
        return [row for row in self.rows if row.there]


def read_rows(panel, tables: Iterable[dict[str, Any]], columns: dict[str, str], words: dict[str, str]) -> Reading:
    """Read every row. `columns` say what the headings are, `words` what the words of an ending mean."""
    reader = RowReader(panel, columns, words)
    rows = [
        reader.row(table, number, cells) for table in tables for number, cells in table["rows"]
    ]  # fmt: skip
    twice(rows)
    entered_before(panel, rows)
    return Reading(rows, dict(reader.unknown), dict(reader.said))


class RowReader:
    """Reads rows of one panel."""

    def __init__(self, panel, columns: dict[str, str], words: dict[str, str]):
        self.columns, self.words, self.today = columns, words, clock.today()
        self.holders = [(h, names_of(h)) for h in holders_of(panel)]
        self.themes = {fold(label): key for key, label in THEMES}
        self.unknown: Counter[str] = Counter()
        self.said: Counter[str] = Counter()

    def row(self, table: dict[str, Any], number: int, cells: list[str]) -> Row:
        """One row."""
        sheet = f"{table['sheet']}, " if table["sheet"] else ""
        row = Row(f"{sheet}row {number}")
        given: dict[str, str] = {}
        beside: list[str] = []
        for heading, cell in zip(table["heads"], cells, strict=True):
            what = self.columns.get(heading, KEEP)
            if not cell or what == LEAVE_OUT:
                continue
            if what in FIELDS and what not in given:
                given[what] = cell
            else:
                beside.append(f"{heading}: {cell}")
        self.days(row, given)
        self.person(row, given, beside)
        self.about(row, given, beside)
        self.how_it_ended(row, given, beside)
        self.what(row, given)
        self.lengths(row, beside)
        if row.open:  # left out: whatever is wrong with it does not matter
            row.errors = {}
        return row

    def days(self, row: Row, given: dict[str, str]) -> None:
        """Its days, in their order and none to come."""
        for name in DAYS:
            said = given.pop(name, "")
            if fold(said).strip() in NOTHING:
                continue
            day = day_in(said)
            if day is None:
                row.errors[name] = f"“{said[:40]}” is no day on which it {DAY_WORDS[name]}: write it as 14/05/2018"
            elif day > self.today:
                row.errors[name] = f"The day on which it {DAY_WORDS[name]}, {day_words(day)}, is still to come"
            else:
                row.answers[name] = day
        if "received_on" not in row.answers and "received_on" not in row.errors:
            row.errors["received_on"] = "It has no day on which it was received"

    def person(self, row: Row, given: dict[str, str], beside: list[str]) -> None:
        """Who complained, where it says so."""
        first, last = given.pop("first_name", ""), given.pop("surname", "")
        name = given.pop("name", "") or f"{first} {last}".strip()
        name = " ".join(name.split())
        if fold(name).strip() not in {
            *NOTHING,
            "anonymous",
            "anon",
            "withheld",
            "redacted",
            "member of the public",
            "public",
        }:
            row.answers["name"] = name
        elif name:
            beside.append(f"Complainant: {name}")
        for field_name in ("email", "phone", "address"):
            said = given.pop(field_name, "")
            if fold(said).strip() in NOTHING:
                continue
            if row.answers.get("name") and not (
                field_name == "email" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", said)
            ):
                row.answers[field_name] = said
            else:
                beside.append(f"{FIELDS[field_name][0]}: {said}")

    def about(self, row: Row, given: dict[str, str], beside: list[str]) -> None:
        """The office holders that it names, of those in office when it was received or before; else whom it says."""
        said = given.pop("about", "")
        if fold(said).strip() in NOTHING:
            return
        on = row.answers.get("received_on") or self.today
        holders = [
            h for h, names in self.holders if h.from_date <= on and any(f" {n} " in f" {plain(said)} " for n in names)
        ]
        offices = [
            h for h, _ in self.holders
            if h.from_date <= on and (h.to_date is None or on <= h.to_date) and h.office in offices_in(said)
        ]  # fmt: skip
        chosen = holders or offices
        if chosen:
            row.answers["subjects"] = [str(h.pk) for h in chosen]
            if not holders:
                beside.append(f"About: {said}")
        else:
            row.answers["about_whom"] = said

    def how_it_ended(self, row: Row, given: dict[str, str], beside: list[str]) -> None:
        """How and when it ended, by its status and its outcome: the one that says more."""
        status, ended = given.pop("status", ""), given.pop("ended", "")
        found = {}
        for words in (status, ended):
            if fold(words).strip() in NOTHING:
                continue
            key = short(words)
            self.said[key] += 1
            found[words] = self.words[key] if key in self.words else meaning(words)
            if not found[words]:
                self.unknown[key] += 1
        beside += [f"{label}: {words}" for label, words in (("Status", status), ("How it ended", ended)) if words]
        meant = [m for m in found.values() if m]
        telling = next((m for m in reversed(meant) if m not in ("closed", OPEN)), "")
        key = telling or next(iter(meant), "")
        if OPEN in meant and not (telling and "on" in row.answers):
            row.open = True
            return
        if not key and not {"on"} & {*row.answers, *row.errors}:
            if any(words for words in (status, ended)):
                row.errors["to"] = (
                    f"“{(ended or status)[:60]}” does not say that it has ended, and there is no day of its end"
                )
            else:
                row.open = True
            return
        row.answers |= MEANINGS[key or "closed"][1]
        grounds = grounds_in(given.pop("grounds", "")) or (grounds_in(f" {ended}") if key == "no_action" else [])
        if grounds:
            if row.answers["to"] == "closed" and not row.answers.get("outcome"):
                row.answers |= {"route": "no_action", "grounds": grounds}
            else:
                beside.append(f"Grounds: {', '.join(grounds)}")
        if "on" not in row.answers and "on" not in row.errors:
            if key in OVER_WHEN_DECIDED and "decided_on" in row.answers:
                row.answers["on"] = row.answers["decided_on"]
            else:
                row.errors["on"] = "It has no day on which it ended"
        self.in_order(row)

    def in_order(self, row: Row) -> None:
        """No day before the one that stands before it."""
        before, words = None, ""
        for name, said in IN_ORDER:
            day = row.answers.get(name)
            if day is None:
                continue
            if before is not None and day < before and name not in row.errors:
                row.errors[name] = f"It was {said} on {day_words(day)}, before it was {words} on {day_words(before)}"
            before, words = day, said

    def what(self, row: Row, given: dict[str, str]) -> None:
        """What it is about: title, words, theme."""
        words, title = given.pop("what", ""), given.pop("title", "")
        theme = given.pop("theme", "")
        row.answers["theme"] = self.themes.get(fold(theme).strip(), "")
        row.answers["old_reference"] = " ".join(given.pop("old_reference", "").split())
        row.answers["what"] = words or title
        named = f"Complaint {row.answers['old_reference']}".strip()
        row.answers["title"] = cut(title or words or f"{named} of the old register", LONGEST_TITLE)
        if theme and not row.answers["theme"]:
            given["theme"] = theme
        row.answers["left"] = given

    def lengths(self, row: Row, beside: list[str]) -> None:
        """What is too long for its column is kept whole among what else the register says."""
        left = row.answers.pop("left")
        beside += [f"{FIELDS[name][0]}: {words}" for name, words in left.items()]
        if len(row.answers["what"]) > LONGEST["what"] or "\n" in row.answers["what"]:
            beside.insert(0, row.answers["what"])
        elif row.answers["what"] == row.answers["title"]:
            pass
        for name in ("what", "old_reference", "name", "phone", "about_whom"):
            if name in row.answers:
                row.answers[name] = cut(row.answers[name], LONGEST[name])
        for name in ("address", "email"):
            if name in row.answers:
                row.answers[name] = row.answers[name][: LONGEST[name]]
        row.answers["says"] = "\n".join(beside)[: LONGEST["says"]]


def day_in(said: str) -> date | None:
    """The day that a cell means, also with a time behind it or a year of two digits: 14/05/18, 14.05.2018 10:30."""
    words = re.sub(r"[T ]\d{1,2}[:.]\d{2}([:.]\d{2}(\.\d+)?)?( ?[ap]m)?$", "", said.strip(), flags=re.IGNORECASE)
    words = re.sub(r"^(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?,? ", "", words, flags=re.IGNORECASE)
    if match := re.fullmatch(r"(\d{1,2}[/.-]\d{1,2}[/.-])(\d{2})", words):
        century = 2000 if int(match[2]) <= clock.today().year % 100 else 1900
        words = f"{match[1]}{century + int(match[2])}"
    if match := re.fullmatch(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{2}|\d{4})", words):
        words = f"{match[1]} {match[2]} {match[3] if len(match[3]) == 4 else 2000 + int(match[3])}"  # noqa: PLR2004 - digits
    try:
        day = a_day(words)
    except ValueError:
        return None
    return day if day is not None and day.year in clock.YEARS else None


def plain(words: str) -> str:
    """Words as names are looked for among them."""
    return " ".join(re.findall(r"[a-z0-9]+", fold(words)))


def names_of(holder) -> list[str]:
    """By what names an office holder stands in a cell: the whole name, and the surname."""
    whole = name_key(holder.name)
    return [plain(whole), plain(whole).rpartition(" ")[2]]


def offices_in(said: str) -> set[str]:
    """The offices that a cell names: "PCC", "Deputy PCC"."""
    words = plain(said)
    deputy = bool(re.search(r"\bd ?pcc\b|\bdeputy\b", words))
    rest = re.sub(r"\bd ?pcc\b|\bdeputy (police and crime )?commissioner\b|\bdeputy (pcc|mayor)\b", " ", words)
    first = bool(re.search(r"\bpcc\b|\bcommissioner\b|\bpfcc\b|\bmayor\b", rest))
    return {*(["deputy"] if deputy else []), *(["commissioner"] if first else [])}


def short(words: str) -> str:
    """Words of an ending as the page lists them, each once."""
    return cut(" ".join(words.split()), 80)


def cut(words: str, most: int) -> str:
    """One line of at most so many characters; a longer one ends in three dots."""
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def twice(rows: list[Row]) -> None:
    """A row that another one repeats: by its reference and its day of receipt."""
    first: dict[tuple[str, Any, str], Row] = {}
    for row in rows:
        said = row.answers
        if row.open or not said.get("received_on"):
            continue
        ref = fold(said["old_reference"])
        known = (
            ref,
            said["received_on"],
            "" if ref else f"{fold(said.get('name', ''))} {fold(said['title'])} {fold(said['what'])}",
        )
        if known in first:
            same = "the same reference and day" if ref else "the same day, name and words"
            row.errors.setdefault(
                "old_reference", f"It has {same} as {first[known].where}: put them together, or number them"
            )
        else:
            first[known] = row


def entered_before(panel, rows: list[Row]) -> None:
    """Say of each row whether it made a case already."""
    for row in rows:
        said = row.answers
        if said.get("received_on") and not row.errors and not row.open:
            names = ("old_reference", "received_on", "name", "title", "what")
            row.key = key_of(panel, *(said.get(name) or "" for name in names))
    keys = dict(
        RegisterRow.objects.filter(panel=panel).exclude(case__status="void").values_list("key", "case__reference")
    )  # fmt: skip
    for row in rows:
        row.there = keys.get(row.key, "") if row.key else ""
