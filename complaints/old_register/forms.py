"""What the page of an old register asks: which file, what its columns are, what its words mean."""

from typing import Any

from complaints.old_register.columns import KEEP, MENU, suggested
from complaints.old_register.meanings import MEANINGS, meaning
from complaints.old_register.rows import Reading
from complaints.old_register_models import OldRegister

MOST_SAMPLES, LONGEST_SAMPLE = 3, 60
MOST_WORDS = 60


def headings(row: OldRegister) -> list[str]:
    """Every heading of the file, each once."""
    return list(dict.fromkeys(head for table in row.tables for head in table["heads"]))


def columns_of(row: OldRegister) -> dict[str, str]:
    """What each column is: as it was chosen, else as its heading suggests."""
    chosen = row.chosen.get("columns", {})
    return {head: chosen.get(head, what) for head, what in suggested(table["heads"] for table in row.tables).items()}


def words_of(row: OldRegister) -> dict[str, str]:
    """What the words for an ending mean, where somebody has said so."""
    return dict(row.chosen.get("words", {}))


def chosen(row: OldRegister, data: Any, reading: Reading) -> dict[str, dict[str, str]]:
    """What was chosen on the page, of the columns and words that it showed."""
    known = {key for key, _ in MENU}
    columns = {head: data.get(f"column_{n}", "") for n, head in enumerate(headings(row))}
    words = {words: data.get(f"word_{n}") for n, words in enumerate(listed(reading))}
    return {
        "columns": columns_of(row) | {head: key for head, key in columns.items() if key in known},
        "words": words_of(row) | {said: key for said, key in words.items() if key == "" or key in MEANINGS},
    }


def differs(row: OldRegister, now: dict[str, dict[str, str]]) -> bool:
    """Whether something else was chosen than what the page showed."""
    before = words_of(row)
    words = any(before.get(said, meaning(said)) != key for said, key in now["words"].items())
    return words or now["columns"] != columns_of(row)


def listed(reading: Reading) -> list[str]:
    """The words of endings as the page lists them: those of which nothing is known first, then by how often they stand."""
    order = sorted(reading.words, key=lambda said: (said not in reading.unknown, -reading.words[said], said))
    return order[:MOST_WORDS]


def column_rows(row: OldRegister) -> list[dict[str, Any]]:
    """Each column with what stands in it and what it is, for the page."""
    found = []
    columns = columns_of(row)
    for n, (head, what) in enumerate(columns.items()):
        found.append(
            {
                "name": f"column_{n}",
                "heading": head,
                "samples": samples(row, head),
                "options": options(MENU, what or KEEP),
            }
        )
    return found


def samples(row: OldRegister, head: str) -> str:
    """What stands in the column, the first different ones."""
    found: list[str] = []
    for table in row.tables:
        if head not in table["heads"]:
            continue
        place = table["heads"].index(head)
        for _, cells in table["rows"]:
            words = " ".join(cells[place].split())[:LONGEST_SAMPLE]
            if words and words not in found:
                found.append(words)
            if len(found) == MOST_SAMPLES:
                return ", ".join(found)
    return ", ".join(found)


def word_rows(row: OldRegister, reading: Reading) -> list[dict[str, Any]]:
    """Each word of an ending with what it means, for the page."""
    said = words_of(row)
    menu = [("", "Not known: keep it as text"), *((key, words) for key, (words, _) in MEANINGS.items())]
    return [
        {
            "name": f"word_{n}", "words": words, "number": reading.words[words],
            "options": options(menu, said.get(words, meaning(words))),
        }
        for n, words in enumerate(listed(reading))
    ]  # fmt: skip


def options(menu, chosen_key: str) -> list[dict[str, Any]]:
    """The choices of one menu."""
    return [{"value": key, "words": words, "selected": key == chosen_key} for key, words in menu]
