"""Rows that somebody pasted from Word or Excel, or a CSV or Excel file, as lists of texts. What looks like a formula is
text. Raises NotRows, in words fit for a page."""

import csv
import io
import zipfile
from datetime import date, datetime
from typing import BinaryIO

MOST_BYTES = 1024 * 1024
MOST_UNPACKED_BYTES = 20 * MOST_BYTES
MOST_COLUMNS = 40


class NotRows(Exception):
    """Why the file or the text cannot be read."""


def pasted(text: str) -> list[list[str]]:
    """The rows of a text: cells between tabs, where there is one, else between semicolons, else commas."""
    mark = next((m for m in "\t;" if m in text), ",")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error:
        raise NotRows("The rows could not be read: look for a quotation mark that nothing closes") from None
    return kept(rows)


def of_file(file: BinaryIO, name: str, size: int) -> list[list[str]]:
    """The rows of a CSV file, or of the first sheet of an Excel file."""
    if size > MOST_BYTES:
        raise NotRows("The file must be smaller than 1MB")
    data = file.read(MOST_BYTES + 1)
    if data[:4] == b"PK\x03\x04":
        return kept(sheet(data))
    if name.lower().endswith((".xls", ".ods", ".pdf", ".docx")) or b"\0" in data[:2000]:
        raise NotRows("Choose a CSV file or an Excel file that ends in .xlsx")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return pasted(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise NotRows("The file is in letters that we cannot read. Save it as CSV UTF-8")


def sheet(data: bytes) -> list[list[str]]:
    """The first sheet's cells as texts, days as 2026-05-14."""
    from openpyxl import load_workbook  # slow to import, and seldom wanted

    wrong = NotRows("The Excel file could not be read. Save it as CSV UTF-8, or paste its rows")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED_BYTES:
                raise wrong
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        rows = book.worksheets[0].iter_rows(max_row=5001, max_col=MOST_COLUMNS, values_only=True)
        return [[words(value) for value in row] for row in rows]
    except NotRows:
        raise
    except Exception:  # whatever a broken file makes openpyxl raise
        raise wrong from None


def words(value) -> str:
    """A cell as text."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def kept(rows: list[list[str]]) -> list[list[str]]:
    """Without blanks around cells, and without empty rows."""
    found = [[" ".join(cell.replace("\0", "").split()) for cell in row[:MOST_COLUMNS]] for row in rows]
    return [row for row in found if any(row)]
