"""A bank holiday that is announced later: it is entered once for every panel, and open clocks that count working days move;
the old day stays on record."""

from datetime import date

from django.db.models import Min

from panel.law import clock
from panel.law.period import Count, long_date
from panel.models import BankHoliday, Case, Duty, Entry, User
from panel.models.holidays import read_in
from panel.procedure.machine import HOLIDAY
from panel.procedure.register import of_procedure
from panel.record.act import sealed_act


def enter(day: date, name: str, by: User | None, *, holds: bool = True) -> int:
    """Keep the day for the whole installation, then move the open clocks of every panel. How many days moved."""
    words = f"{long_date(day)}: {name}" if holds else f"{long_date(day)} is no bank holiday after all"
    with sealed_act(None, by=by, name="add_bank_holiday", why=words):
        BankHoliday.objects.create(day=day, name=name, holds=holds, entered_by=by)
    read_in()
    return move(day, words)


def moving(day: date) -> "dict[int, list[tuple[Duty, Count]]]":
    """{case: its open duties whose day moves, each with the new count}, with the bank holidays that are known now."""
    found: dict[int, list[tuple[Duty, Count]]] = {}
    rows = Duty.objects.filter(closed_by=None, stopped_on=None, due__isnull=False, count__isnull=False)
    for duty in rows.exclude(case__erased_on__isnull=False).order_by("case", "pk"):
        count = Count.from_json(duty.count or {})
        days = [line.day for line in count.lines]
        if min(days) <= day <= max(days) and (again := clock.counted_again(count)) is not None:
            found.setdefault(duty.case_id, []).append((duty, again))
    return found


def move(day: date, words: str) -> int:
    """Move the open clocks, an act of its own on each case; a second time nothing is left to move."""
    number = 0
    for pk, duties in moving(day).items():
        plain = Case.objects.select_related("panel").get(pk=pk)
        case = of_procedure(plain.procedure).case_model.objects.select_related("panel").get(pk=pk)
        with sealed_act(case.panel, by=None, name=HOLIDAY) as act:
            entry = Entry.objects.create(
                panel=case.panel, case=case, number=case.version + 1, step=HOLIDAY, on=clock.today(), entered_at=act.at,
                why=words,
            )  # fmt: skip
            act.entry = entry
            act.rows.append(entry)
            for duty, count in duties:
                duty.first_due = duty.first_due or duty.due
                duty.due, duty.count = count.day, count.as_json()
                duty.save()
            case.version = entry.number
            case.next_due = case.duties.filter(closed_by=None, stopped_on=None).aggregate(first=Min("due"))["first"]
            case.save()
        number += len(duties)
    return number
