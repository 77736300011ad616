"""Chapters that nobody takes up: a file of a register's `procedure/` may declare steps and be forgotten where the chapters
are listed. Nothing else would say so, as its steps are then simply not there."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from panel.procedure.declared import ROOT
from panel.procedure.register import Register
from panel.procedure.vocabulary import Step

DECLARES = re.compile(r"^STEPS\w*(?:: .*)? = ", re.MULTILINE)
COLLECTS = re.compile(r"^PROCEDURE(?:: .*)? = ", re.MULTILINE)


def chapters_left_out(register: Register) -> Iterator[tuple[str, str, str]]:
    """(file, what is wrong, its cure) for each chapter of which no procedure of the register has a step."""
    taken = {step.key for procedure in register.procedures for step in procedure.steps}
    for folder in dict.fromkeys((ROOT / p.where.rpartition(":")[0]).parent for p in register.procedures):
        if folder.name == "procedure":
            yield from _left_out(folder, taken)


def _left_out(folder: Path, taken: set[str]) -> Iterator[tuple[str, str, str]]:
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.py"))}
    collecting = [_named(path) for path, text in texts.items() if COLLECTS.search(text)]
    table = "CHAPTERS" if any("\nCHAPTERS = " in text for text in texts.values()) else "STEPS"
    for path, text in texts.items():
        if not DECLARES.search(text):
            continue
        module = _named(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for name, steps in vars(import_module(module)).items():
            left = (
                [s.key for s in steps if isinstance(s, Step) and s.key not in taken] if _is_table(name, steps) else []
            )
            if left and len(left) == len(steps):
                yield (
                    _named(path),
                    f"declares {name} that {table} does not list, such as {left[0]!r}",
                    f"Add {module.rpartition('.')[2]}.{name} to {table}, and under a heading of GROUPS, in "
                    f"{' or '.join(collecting)}",
                )


def _is_table(name: str, value: object) -> bool:
    return name.startswith("STEPS") and isinstance(value, tuple)


def _named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
