"""The figures of a report as comma-separated values, with a mark by which spreadsheets know the encoding."""

from complaints.report.words import Words
from panel.files.spreadsheets import csv_lines


def figures_csv(words: Words) -> bytes:
    """The file."""
    rows = [(s.heading, row.label, row.number, row.note) for s in words.sections() for row in s.rows]
    return "".join(csv_lines([words.title, words.period], [("Section", "Figure", "Number", "Note"), *rows])).encode()
