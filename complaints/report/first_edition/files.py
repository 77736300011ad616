"""The files of a report of the first edition: web page, plain text, comma-separated values."""

from complaints.report.first_edition.document import Texts, as_text, document
from complaints.report.first_edition.html import as_html
from complaints.report.first_edition.words import Words
from panel.files.spreadsheets import csv_lines


def figures_csv(words: Words) -> bytes:
    """The figures as comma-separated values."""
    rows = [(s.heading, row.label, row.number, row.note) for s in words.sections() for row in s.rows]
    return "".join(csv_lines([words.title, words.period], [("Section", "Figure", "Number", "Note"), *rows])).encode()


def made(kind: str, report, texts: Texts) -> bytes:
    """The file of that kind: "html", "txt" or "csv"."""
    words = Words(report)
    if kind == "csv":
        return figures_csv(words)
    blocks = document(words, texts)
    return (as_html(blocks, words) if kind == "html" else as_text(blocks)).encode()
