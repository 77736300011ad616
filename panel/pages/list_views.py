"""The built-in views of a register's list."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Case, Exists, OuterRef, Q, When
from django.db.models.functions import Coalesce

from panel.law import clock
from panel.law.roles import Role
from panel.models import Duty, Move


def in_states(rows, procedures):
    """The rows with `standing`, the place of their status in the procedures' order, to sort by."""
    keys = dict.fromkeys(s.key for p in procedures for s in p.states)
    return rows.annotate(standing=Case(*(When(status=key, then=n) for n, key in enumerate(keys)), default=len(keys)))


@dataclass(frozen=True)
class View:
    """A built-in view of a list: its words, and the test that it adds to the filters, given the person and the
    register's procedures."""

    key: str
    words: str
    show: str
    test: Callable
    roles: tuple[Role, ...]


def waiting_for(who, procedures) -> Q:
    """A duty that belongs to one of the person's roles and can be done now: not what is owed all the time, nor what
    sleeps."""
    kinds = [k.key for p in procedures for k in p.duties if k.owner in who.roles and not k.continuing]
    return Q(Exists(Duty.objects.awake(clock.today()).filter(case=OuterRef("pk"), kind__in=kinds)))


def ended_this_year(who, procedures) -> Q:
    """Ended by a step that took effect in this municipal year."""
    first, _ = clock.year_bounds(clock.municipal_year(clock.today()))
    over = {key for p in procedures for key in p.ends}
    ends = Move.objects.alias(undoes=Coalesce("entry__reverses_id", 0)).filter(
        part__case=OuterRef("pk"), target__in=over, entry__on__gte=first, undoes=0, entry__reversed_by=None,
    ).exclude(source__in=over)  # fmt: skip
    return Q(Exists(ends))


READERS = (Role.OFFICER, Role.MONITORING_OFFICER, Role.CHAIRMAN, Role.VICE_CHAIRMAN, Role.AUDITOR)


WAITING = (
    View("waiting", "Waiting for me", "open", waiting_for, READERS[:4]),
    View("overdue", "Overdue", "open", lambda who, procedures: Q(next_due__lt=clock.today()), READERS),
)


def views_of(views, who) -> list[View]:
    """Those of the person's roles."""
    return [v for v in views if who.roles & set(v.roles)]


def distinct(words) -> str:
    """Each once, in order."""
    return ", ".join(dict.fromkeys(w for w in words if w))
