"""The size of a letter's text: large print to who asked for it."""

from typing import Any

LARGE_PRINT_POINTS = 18
LETTER_POINTS = 12


def large_print(fields: Any) -> bool:
    """Whether its reader asked for large print."""
    return "large print" in str(fields.wishes).lower()


def points(fields: Any) -> int:
    """The size of its text."""
    return LARGE_PRINT_POINTS if large_print(fields) else LETTER_POINTS
