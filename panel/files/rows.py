"""Rows that somebody pasted from Word or Excel, or a CSV or Excel file, as lists of texts. What looks like a formula is
text. Raises NotRows, in words fit for a page."""

from typing import BinaryIO

from panel.documents.apart import TooCostly, apart
from panel.files.sheets import MOST_COLUMNS, TABLES, NotRows, text_rows, tidy

MOST_BYTES = 1024 * 1024


def pasted(text: str) -> list[list[str]]:
    """The rows of a text: cells between tabs, where there is one, else between semicolons, else commas."""
    return kept(text_rows(text, next((mark for mark in "\t;" if mark in text), ",")))


def of_file(file: BinaryIO, size: int) -> list[list[str]]:
    """The rows of a CSV file, or of the first sheet of an Excel file, read in a process of its own."""
    if size > MOST_BYTES:
        raise NotRows("The file must be smaller than 1MB")
    try:
        found = apart(TABLES, file.read(MOST_BYTES + 1))
    except TooCostly as why:
        raise NotRows(f"The file {why}") from None
    if "wrong" in found:
        raise NotRows(found["wrong"])
    return kept([cells for _, cells in found["sheets"][0]["rows"]])


def kept(rows: list[list[str]]) -> list[list[str]]:
    """Each cell on one line, without empty rows."""
    found = [[tidy(cell).replace("\n", " ") for cell in row[:MOST_COLUMNS]] for row in rows]
    return [row for row in found if any(row)]
