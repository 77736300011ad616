"""What the system enters on a case by itself, as an upgrade, a bank holiday or a letter that comes back makes it: an act of
its own, by nobody, with the cause.

    with sealed_act(panel, by=None, name=HOLIDAY) as act:
        case = case_now(pk)
        entry = enter(act, case, HOLIDAY, why="...")
        ...                                          # duties are opened, moved or ended on behalf of the entry
        bring_up(case, entry)
"""

from datetime import date
from typing import Any

from panel.law import clock
from panel.models import Case, Entry
from panel.procedure.register import of_procedure
from panel.record.act import Act


class NothingToDo(Exception):
    """Unwinds an act that would change nothing."""


def case_now(pk: int) -> Any:
    """The case of that key, of its own register, as the database has it now."""
    procedure = Case.objects.values_list("procedure", flat=True).get(pk=pk)
    return of_procedure(procedure).case_model.objects.select_related("panel").get(pk=pk)


def enter(act: Act, case: Case, name: str, *, why: str, on: date | None = None) -> Entry:
    """The entry of that act, of today unless another day is given."""
    entry: Entry = Entry.objects.create(
        panel=case.panel, case=case, number=case.version + 1, step=name, on=on or clock.today(), entered_at=act.at,
        why=why,
    )  # fmt: skip
    act.entry = entry
    act.rows.append(entry)
    return entry


def bring_up(case: Case, entry: Entry) -> None:
    """Save what the case keeps of its entries and open duties."""
    case.version = entry.number
    case.next_due = case.first_due()
    case.save()
