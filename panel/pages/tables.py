"""A table's arguments, and the days of a dated row in words."""

from panel.law import clock
from panel.law.period import day_words
from panel.law.spoken import say


def capital(words: str) -> str:
    """With a capital letter first."""
    return words[:1].upper() + words[1:]


def table(caption, columns, rows) -> dict:
    """A table's arguments; the first column needs no label where rows turn into blocks."""
    heads = [{"words": say(words), "quiet": n == 0} for n, words in enumerate(columns)]
    return {"caption": say(caption), "columns": heads, "rows": [{"cells": cells} for cells in rows]}


def between(row) -> str:
    """A row's days: "Since 13 May 2024", "13 May 2024 to 5 May 2026", "From 1 June 2027", "Never began"."""
    if row.to_date and row.to_date < row.from_date:
        return f"Never began (from {day_words(row.from_date)}, ended {day_words(row.to_date)})"
    if row.to_date:
        return f"{day_words(row.from_date)} to {day_words(row.to_date)}"
    return f"{'From' if row.from_date > clock.today() else 'Since'} {day_words(row.from_date)}"


def is_past(row) -> bool:
    """Whether its last day is over, or it was ended before it began."""
    return row.to_date is not None and row.to_date < max(clock.today(), row.from_date)
