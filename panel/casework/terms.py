"""Dated rows in words and in order, for lists of people to choose from."""

from typing import Any

from panel.law.period import span_words


def term_words(row: Any, what: str = "member") -> str:
    """Between which days somebody was, or is to be, a member: "member 13 May 2024 to 3 May 2026"."""
    return f"{what} {span_words(row.from_date, row.to_date)}"


def in_office_first(rows: Any, on: Any) -> list[Any]:
    """Dated rows, those that hold on that day before the others, in the order given."""
    return sorted(rows, key=lambda row: not row.holds(on))
