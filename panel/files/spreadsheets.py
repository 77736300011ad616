"""Tables for spreadsheets: as CSV, streamed, or as an Excel file. No cell is ever run as a formula. Every such file is
written here, so that there is one guard.

StreamingHttpResponse(csv_lines(EXPORTED, rows)); write_xlsx(path, "Complaints", EXPORTED, rows)
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, datetime

RUNS = ("=", "+", "-", "@", "−")  # noqa: RUF001 - and what is written for them in full or small width
CONTROLS = ("\t", "\r", "\n")
# Categories of what nobody sees: blanks, controls, zero width, marks, and what is no character yet or one's own.
BLANK = ("Zs", "Zl", "Zp", "Cc", "Cf", "Mn", "Me", "Cn", "Co", "Cs")
FILLERS = "\u115f\u1160\u2800\u3164\uffa0"  # letters and a symbol that look like blanks
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")  # what an Excel file cannot hold
LONGEST_CELL_CHARACTERS = 32_000  # below Excel's 32,767


def safe(value) -> str:
    """A text that no spreadsheet runs: an apostrophe first, where it would, whatever nobody sees stands before it."""
    text = "" if value is None else str(value)
    seen = next((c for c in text if c not in FILLERS and unicodedata.category(c) not in BLANK), "")
    runs = unicodedata.normalize("NFKC", seen)[:1] in RUNS if seen else False
    return f"'{text}" if runs or text[:1] in CONTROLS else text


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
