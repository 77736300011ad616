"""Rows of an old register entered as cases: all of them or none."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from complaints.models import Complaint
from complaints.old_register.rows import Row
from complaints.procedure.old_register import holders_of
from panel.access import rules
from panel.access.rules import Standing
from panel.casework.errors import Invalid, Refused
from panel.casework.perform import perform
from panel.models import Entry, Panel, User

STEP = "enter_from_register"


class NotEntered(Exception):
    """Rows that the procedure refuses: a line for each. Nothing was entered."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        super().__init__("\n".join(lines))


class _DryRun(Exception):
    """Gives up what a dry run has done."""


def enter(panel: Panel, rows: Iterable[Row], *, by: User | None, dry_run: bool = False) -> list[Entry]:
    """Enter each row by the step, each an act of its own under the name of that person; without one, of the office. Raises
    NotEntered with every row that is refused; nothing is then entered, and nothing in a dry run."""
    who = rules.office(panel) if by is None else rules.standing(by, panel)
    panel.__dict__["holders_read"] = holders_of(panel)
    entries: list[Entry] = []
    refused: list[str] = []
    try:
        with transaction.atomic():
            for row in rows:
                taken = entry_of(panel, row, by, who)
                if isinstance(taken, Entry):
                    entries.append(taken)
                else:
                    refused += taken
            if refused:
                raise NotEntered(refused)
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    finally:
        panel.__dict__.pop("holders_read", None)
    return entries


def entry_of(panel: Panel, row: Row, by: User | None, who: Standing) -> Entry | list[str]:
    """The entry of one row, or why it is refused."""
    answers = {name: value for name, value in row.answers.items() if value not in ("", None, [])}
    try:
        return perform(Complaint(panel=panel, procedure="complaints"), STEP, by=by, standing=who, **answers)
    except Refused as refused:
        return [f"{row.where}: {refused.refusals[0]}"]
    except Invalid as invalid:
        return [f"{row.where}: {words}" for words in errors_of(invalid.form)]


def errors_of(form: Any) -> list[str]:
    """What a form says of its questions, a line each."""
    found = []
    for name, errors in form.errors.items():
        asked = form.fields.get(name)
        label = f"{asked.label}: " if asked is not None and asked.label else ""
        found += [f"{label}{words}" for words in errors]
    return found
