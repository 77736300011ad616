"""The tables of a file: where each sheet's headings stand, which rows are cases, and what is neither."""

from collections.abc import Iterable
from typing import Any

from complaints.old_register.columns import bare, means
from panel.documents.apart import TooCostly, apart
from panel.files.sheets import TABLES

MOST_BYTES = 10 * 1024 * 1024
SECONDS, MEMORY, MOST_ANSWERED = 40, 900 * 1024 * 1024, 40 * 1024 * 1024
HEAD_WITHIN = 25  # rows of the top of a sheet in which its headings are looked for
FEWEST_KNOWN = 2  # headings of which something is known, for a row to be that of the headings

Row = tuple[int, list[str]]


class NotReadable(Exception):
    """Why the file cannot be read, in a sentence."""


def read_file(data: bytes) -> tuple[list[dict[str, Any]], list[str]]:
    """([{sheet, heads, rows}], what of the file is no table of cases), read in a process of its own. Raises NotReadable."""
    if not data:
        raise NotReadable("The file is empty")
    if len(data) > MOST_BYTES:
        raise NotReadable("The file must be smaller than 10MB: split it by years")
    try:
        found = apart(TABLES, data, seconds=SECONDS, most_bytes=MEMORY, most_answered=MOST_ANSWERED)
    except TooCostly as why:
        raise NotReadable(f"The file {why}") from None
    if "wrong" in found:
        raise NotReadable(found["wrong"])
    return tables_of(found["sheets"])


def tables_of(sheets: Iterable[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[str]]:
    """The tables of these sheets. Raises NotReadable where none has headings that we know."""
    tables, left_out = [], []
    for sheet in sheets:
        rows = [(number, cells) for number, cells in sheet["rows"]]
        if not rows:
            continue
        found = headed(rows)
        if found is None:
            said = f"Sheet “{sheet['name']}”" if sheet["name"] else "The file"
            left_out.append(f"{said} has no row of headings that we know: it is left out")
            continue
        heads, below = found
        kept, other = cases_among(heads, below)
        name = f"Sheet “{sheet['name']}”, r" if sheet["name"] else "R"
        left_out += [f"{name}ow {number} is no case: “{words}”" for number, words in other]
        tables.append({"sheet": sheet["name"], "heads": heads, "rows": kept})
    if not tables:
        raise NotReadable(
            "There is no row of headings such as Reference, Date received, Complainant, Outcome, Date closed. Put one above the "
            "rows"
        )
    return tables, left_out


def headed(rows: list[Row]) -> tuple[list[str], list[Row]] | None:
    """The headings, of one row or of two of which the upper one stands over several columns, and the rows below them."""
    best: tuple[int, int, list[str], int] | None = None
    for place in range(min(HEAD_WITHIN, len(rows))):
        single = rows[place][1]
        choices = [(single, place + 1)]
        if place + 1 < len(rows) and rows[place + 1][0] == rows[place][0] + 1:
            choices.append((joined(single, rows[place + 1][1]), place + 2))
        for heads, after in choices:
            known = {means(head) for head in heads if head} - {""}
            score = len(known)
            if score >= FEWEST_KNOWN and (best is None or score > best[0]):
                best = (score, place, heads, after)
    if best is None:
        return None
    heads, below = best[2], rows[best[3] :]
    return named_once([" ".join(head.split()) for head in heads]), below


def joined(upper: list[str], lower: list[str]) -> list[str]:
    """Two rows of headings as one: what stands over several columns, before each of their own headings."""
    found, over = [], ""
    for place in range(max(len(upper), len(lower))):
        above = upper[place] if place < len(upper) else ""
        below = lower[place] if place < len(lower) else ""
        over = above or (over if below else "")
        found.append(f"{over} {below}".strip() if below and below != over else over if above else "")
    return found


def named_once(heads: list[str]) -> list[str]:
    """The headings; a second one of the same name gets its number, one without a name its column."""
    found: list[str] = []
    for place, head in enumerate(heads):
        name = head[:80] or f"Column {letter(place)}"
        number = 2
        while name in found:
            name, number = f"{head[:80] or 'Column'} ({number})", number + 1
        found.append(name)
    return found


def letter(place: int) -> str:
    """The letter of a column as Excel has it."""
    return (chr(64 + place // 26) if place >= 26 else "") + chr(65 + place % 26)  # noqa: PLR2004 - the alphabet


def cases_among(heads: list[str], rows: list[Row]) -> tuple[list[Row], list[tuple[int, str]]]:
    """(the rows that are cases, the others with what they say): a heading that is repeated, a year or a sum between the rows."""
    again = [bare(head) for head in heads]
    kept, other = [], []
    for number, cells in rows:
        said = [cell for cell in cells if cell]
        if sum(bare(cell) == head for cell, head in zip(cells, again, strict=False) if cell) >= max(2, len(said) // 2):
            other.append((number, "the headings once more"))
        elif len(set(said)) < 2 or bare(said[0]) in ("total", "totals", "sum", "cyfanswm"):  # noqa: PLR2004 - one is no case
            other.append((number, said[0][:60]))
        else:
            kept.append((number, [*cells, *[""] * (len(heads) - len(cells))][: len(heads)]))
    return kept, other
