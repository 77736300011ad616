"""docs/law.md cannot go stale where the code can tell."""

import re
from pathlib import Path

from panel.law import clock
from panel.law.provisions_table import FROM_MEMORY

PAGE = (Path(__file__).parents[3] / "docs" / "law.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    table = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in table[2:]]


def test_the_page_lists_exactly_what_the_table_marks_as_from_memory() -> None:
    assert [tuple(row) for row in rows("From memory")] == list(FROM_MEMORY.items())


def test_no_table_of_the_documents_is_cut_in_two() -> None:
    for page in (Path(__file__).parents[3] / "docs").rglob("*.md"):
        for block in re.split(r"\n(?!\|)", page.read_text(encoding="utf-8")):
            lines = [line for line in block.splitlines() if line.startswith("|")]
            assert not lines or re.fullmatch(r"\|(:?-+:?\|)+", lines[1].replace(" ", "")), (page.name, lines[0][:60])


def test_every_reading_has_its_question_its_reason_and_its_place_in_the_code() -> None:
    readings = rows("Readings taken")
    assert len(readings) >= 10
    assert all(len(row) == 4 and all(row) for row in readings)
    assert all("?" in question for question, *_ in readings)
    assert all(re.search(r"`[\w/]+\.py`", where) for *_, where in readings)


def test_what_the_page_names_in_the_clock_is_there() -> None:
    places = [where for *_, where in rows("Readings taken") if "panel/law/clock.py" in where]
    names = {name for where in places for name in re.findall(r"`([A-Za-z_]+)(?:\([^`]*\))?`", where)}
    names -= {"receive_information"}  # a step, named beside the clock
    assert names
    assert not [name for name in names if not hasattr(clock, name)]
