"""Tables for spreadsheets: as CSV, streamed, or as an Excel file. No cell is ever run as a formula.

StreamingHttpResponse(csv_lines(EXPORTED, rows)); write_xlsx(path, "Complaints", EXPORTED, rows)
"""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - full-width ones run as well
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")  # what an Excel file cannot hold
LONGEST_CELL_CHARACTERS = 32_000  # below Excel's 32,767


def safe(value) -> str:
    """A text that no spreadsheet runs: an apostrophe first, where it would."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" \u00a0\ufeff")[:1] in RUNS and text else text


class _Line:
    """A file of one line, whose `write` gives it back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(head: Iterable, rows: Iterable[Iterable]) -> Iterator[str]:
    """Line by line, the first with the mark by which spreadsheets know UTF-8. Days are written 2026-11-18."""
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow([safe(v) for v in head])
    for row in rows:
        yield writer.writerow([v if isinstance(v, int | float) else safe(v) for v in row])


def write_xlsx(file, title: str, head: Iterable, rows: Iterable[Iterable]) -> None:
    """Write an Excel file row by row, so that a long one takes no memory. Texts are kept as they are, as texts."""
    from openpyxl import Workbook  # slow to import, and seldom wanted
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"

    def cell(value, bold=False):
        if isinstance(value, str):
            value = UNSTORABLE.sub("", value)[:LONGEST_CELL_CHARACTERS]
        found = WriteOnlyCell(sheet, value=value)
        if isinstance(value, str):
            found.data_type = "s"  # never a formula
        elif isinstance(value, date | datetime):
            found.number_format = "dd mmm yyyy"
        if bold:
            found.font = Font(bold=True)
        return found

    sheet.append([cell(str(v), bold=True) for v in head])
    for row in rows:
        sheet.append([cell(v) for v in row])
    book.save(file)
