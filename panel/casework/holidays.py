"""A bank holiday that is announced later: it is entered once for every panel, and open clocks that count working days move;
the old day stays on record."""

from contextlib import suppress
from datetime import date
from typing import Any

from django.db import transaction

from panel.casework.by_itself import NothingToDo, bring_up, case_now
from panel.casework.by_itself import enter as enter_on_case
from panel.law import clock
from panel.law.period import Count, long_date
from panel.models import BankHoliday, Case, Duty, User
from panel.models.closing import not_closed
from panel.models.holidays import read_in
from panel.procedure.machine import HOLIDAY
from panel.record.act import sealed_act


def enter(day: date, name: str, by: User | None, *, holds: bool = True) -> int:
    """Keep the day for the whole installation, then move the open clocks of every panel. How many days moved."""
    words = f"{long_date(day)}: {name}" if holds else f"{long_date(day)} is no bank holiday after all"
    with transaction.atomic():  # all clocks move, or none
        with sealed_act(None, by=by, name="add_bank_holiday", why=words):
            BankHoliday.objects.create(day=day, name=name, holds=holds, entered_by=by)
        read_in()
        return move(day, words)


def running() -> Any:
    """The open duties whose day was counted and whose clock runs."""
    rows = Duty.objects.select_related("case__panel").filter(
        closed_by=None, stopped_on=None, due__isnull=False, count__isnull=False
    )
    rows = rows.filter(not_closed(clock.today(), "case__panel__"))  # in a closed panel nothing moves any more
    return rows.exclude(case__erased_on__isnull=False).order_by("case", "pk")


def counted_anew(duty: Duty, day: date) -> Count | None:
    """The new count of a duty that counted across that day, with the bank holidays that are known now; None where its day
    stays."""
    count = Count.from_json(duty.count or {})
    days = [line.day for line in count.lines]
    return clock.counted_again(count) if min(days) <= day <= max(days) else None


def move(day: date, words: str) -> int:
    """Move the open clocks, an act of its own on each case; a second time nothing is left to move. How many moved."""
    number = 0
    for case in {duty.case.pk: duty.case for duty in running() if counted_anew(duty, day) is not None}.values():
        with suppress(NothingToDo):
            number += move_on(case, day, words)
    return number


def move_on(case: Case, day: date, words: str) -> int:
    """Move the open clocks of one case. How many moved. Raises NothingToDo where what was due was done meanwhile."""
    with sealed_act(case.panel, by=None, name=HOLIDAY) as act:
        case = case_now(case.pk)
        moved = [(d, count) for d in running().filter(case=case) if (count := counted_anew(d, day)) is not None]
        if not moved:
            raise NothingToDo
        entry = enter_on_case(act, case, HOLIDAY, why=words)
        for duty, count in moved:
            duty.first_due = duty.first_due or duty.due
            duty.due, duty.count = count.day, count.as_json()
            duty.save()
        bring_up(case, entry)
    return len(moved)
