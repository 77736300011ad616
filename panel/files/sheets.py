"""The tables of a CSV or Excel file, every sheet of it, as lists of texts: the task of a process of its own
(`panel.documents.apart`), since a small file can take minutes and gigabytes to look into. No Django.

    apart("panel.files.sheets:read", data)
    {"sheets": [{"name": "2018-19", "rows": [[1, ["Ref", "Received"]], [2, ["7", "2018-05-14"]]]}]}     # or {"wrong": "..."}

Each row has its number in the file. Days of Excel are written 2018-05-14. What looks like a formula is text; of a formula its
last value is read. What merged cells hold stands in each of them.
"""

import csv
import io
import zipfile
from datetime import date, datetime
from typing import Any

TABLES = "panel.files.sheets:read"  # as `apart` is told it
MOST_UNPACKED_BYTES = 200 * 1024 * 1024
MOST_COLUMNS = 60
MOST_ROWS = 20_000
MOST_SHEETS = 40
MOST_MERGED_CELLS = 200_000
LONGEST_CELL = 20_000
OLE = b"\xd0\xcf\x11\xe0"

Row = tuple[int, list[str]]


class NotRows(Exception):
    """Why the file or the text cannot be read."""


def read(data: bytes) -> dict[str, Any]:
    """Every table of the file, or what is wrong with it in a sentence."""
    try:
        return {"sheets": sheets_of(data)}
    except NotRows as why:
        return {"wrong": str(why)}


def sheets_of(data: bytes) -> list[dict[str, Any]]:
    """The tables of a workbook, or the one of a text. Raises NotRows."""
    if data[:4] == b"PK\x03\x04":
        return workbook(data)
    if data[:4] == OLE:
        raise NotRows(
            "The file is protected by a password, or of an old kind (.xls). Save it as .xlsx without a password"
        )
    if data[:5] == b"%PDF-" or (b"\0" in data[:2000] and data[:2] not in (b"\xff\xfe", b"\xfe\xff")):
        raise NotRows("Choose a CSV file or an Excel file that ends in .xlsx")
    return [{"name": "", "rows": numbered(text_rows(decoded(data)))}]


def decoded(data: bytes) -> str:
    """The text, in whichever letters Excel wrote it."""
    first = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    for encoding in (first, "cp1252", "latin-1"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotRows("The file is in letters that we cannot read. Save it as CSV UTF-8")


def text_rows(text: str, mark: str = "") -> list[list[str]]:
    """The rows of a text; the mark between cells, if it is not given, is the one that stands most often in its first lines."""
    text = text.removeprefix("sep=;").removeprefix("sep=,").lstrip("\r\n")
    head = text[:5000]
    mark = mark or max("\t;,", key=head.count)
    csv.field_size_limit(LONGEST_CELL * 10)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error:
        raise NotRows("The rows could not be read: look for a quotation mark that nothing closes") from None


def workbook(data: bytes) -> list[dict[str, Any]]:
    """The sheets of an Excel file, hidden ones too."""
    from openpyxl import load_workbook  # slow to import, and seldom wanted

    wrong = NotRows("The Excel file could not be read. Save it as .xlsx anew, or as CSV UTF-8")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED_BYTES:
                raise NotRows("The Excel file is too large: split it by years")
        book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
        return [{"name": s.title, "rows": numbered(cells_of(s))} for s in book.worksheets[:MOST_SHEETS]]
    except NotRows:
        raise
    except MemoryError:
        raise
    except Exception:  # whatever a broken file makes openpyxl raise
        raise wrong from None


def cells_of(sheet: Any) -> list[list[str]]:
    """The cells of one sheet as texts; what merged cells hold in each of them."""
    rows = [[words(value) for value in row] for row in sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)]
    left = MOST_MERGED_CELLS
    for merged in sheet.merged_cells.ranges:
        first_row, last_row = merged.min_row - 1, min(merged.max_row, len(rows))
        first, last = merged.min_col - 1, min(merged.max_col, MOST_COLUMNS)
        left -= max(0, last_row - first_row) * max(0, last - first)
        if left < 0 or first_row >= len(rows) or first >= len(rows[first_row]):
            break
        said = rows[first_row][first]
        for row in rows[first_row:last_row]:
            row[first:last] = [said] * (len(row[first:last]))
    return rows


def numbered(rows: list[list[str]]) -> list[Row]:
    """Each row with its number, without blanks around cells and without empty rows. Raises NotRows where there are too many."""
    found = []
    for number, row in enumerate(rows, 1):
        cells = [tidy(cell) for cell in row[:MOST_COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            found.append((number, cells))
        if len(found) > MOST_ROWS:
            raise NotRows(f"A sheet has more than {MOST_ROWS:,} rows: split it by years")
    return found


def tidy(cell: str) -> str:
    """A cell without blanks around it and around its lines."""
    lines = [" ".join(line.split()) for line in cell.replace("\0", "").replace("_x000D_", "").splitlines()]
    return "\n".join(line for line in lines if line)[:LONGEST_CELL]


def words(value: Any) -> str:
    """A cell as text."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
