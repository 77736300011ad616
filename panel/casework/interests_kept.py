"""How long the interests that members registered are kept, and how one is erased: its words, of the row, of its history and of
the reasons with which it was entered; its days and whose it was stay."""

from datetime import date
from typing import Any

from django.db import transaction

from panel.law import clock
from panel.models import Draft, Entry, Link, Panel, RegisteredInterest, User
from panel.record import erasures, leftovers
from panel.record.act import sealed_act
from panel.record.digests import ERASE, erasable

WRITES = ("add_registered_interest", "change_registered_interest")


def has_ended(row: RegisteredInterest, today: date) -> bool:
    """Whether the interest, or the membership of whoever has it, is over."""
    return any(last is not None and last < today for last in (row.to_date, row.member.to_date))


def kept_until(row: RegisteredInterest, panel: Panel) -> date | None:
    """Until when the panel keeps it: its years from the day on which the member left; None while they are a member, or where no
    years are set."""
    number = panel.settings_on(clock.today()).keep_interests
    left = row.member.to_date
    return clock.years_later(left, number) if number and left is not None else None


def is_over(row: RegisteredInterest, panel: Panel) -> bool:
    """Whether its time is over."""
    until = kept_until(row, panel)
    return row.erased_on is None and until is not None and until < clock.today()


def entries_of(row: RegisteredInterest) -> list[Entry]:
    """The entries with which it was added and changed."""
    label, ids = row.history.model._meta.label, {str(pk) for pk in row.history.values_list("pk", flat=True)}
    links = Link.objects.filter(chain__panel=row.panel, act__in=WRITES).exclude(entry=None).select_related("entry")
    return [link.entry for link in links if ids & set(link.rows.get(label, {}).get("digests", {})) and link.entry]


def erase(row: Any, *, by: User | None, why: str) -> bool:
    """Erase what it says; whether there was anything to erase."""
    with sealed_act(row.panel, by=by, name=ERASE, why=why) as act:
        fresh = RegisteredInterest.objects.select_related("member", "panel").get(pk=row.pk)
        if fresh.erased_on is not None:
            transaction.set_rollback(True)
            return False
        said = entries_of(fresh)
        for column, blank in erasable(RegisteredInterest).items():
            setattr(fresh, column, blank)
        fresh.erased_on = clock.today()
        fresh.save()
        act.erased += [fresh, *said]
        Draft.objects.filter(panel=fresh.panel, address__contains=f"/interests/{fresh.pk}/").delete()

        def gone() -> None:
            erasures.write(erasures.line_of_interest(fresh), str(fresh))
            leftovers.forget()

        transaction.on_commit(gone)
    return True


def erase_again(number: str, on: str) -> bool:
    """Erase an interest that was erased before and came back with an older backup; whether there was something to erase."""
    row = RegisteredInterest.objects.select_related("panel").filter(pk=number, erased_on=None).first()
    return row is not None and erase(row, by=None, why=f"Erased on {on}, and again after a restore")
