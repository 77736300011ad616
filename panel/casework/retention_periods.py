"""How long an ended case is kept: the panel's own years for each ending, from its settings in force today.

kept_until(look)                       # the day until which the case is kept; None: open, or the panel has set no years
is_over(kept_until(look), today)       # from the day after it
time_is_over(panel, settings, day)     # a filter: ended cases whose last day is that one or earlier

No provision gives a number of years; UK GDPR art 5(1)(e) asks that there be one, and that it be kept to.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from panel.casework.case_context import CaseContext
from panel.law import clock
from panel.models import Case, Move, Panel, PanelSettings
from panel.procedure.machine import Procedure
from panel.procedure.register import of_procedure, procedures
from panel.procedure.vocabulary import State


def years(procedure: Procedure, status: str, settings: PanelSettings) -> int | None:
    """For how many years a case is kept that ended there; None: not ended, or none are set."""
    name = procedure.state(status).retention_setting
    return getattr(settings, name) if name else None


def ended_on(look: CaseContext) -> date | None:
    """The day on which the last of its parts came to where it stands: of an ended case, the day it ended."""
    days = [d for p in look.parts if (d := look.last_move_on(p))]
    return max(days, default=None)


def last_day(ended: date, number: int) -> date:
    """The day of the same date, that many years later."""
    return clock.years_later(ended, number)


def kept_until(look: CaseContext) -> date | None:
    """The day until which the case is kept under the settings in force today; None, too, while an office holder whom it
    is about is in office and the years are counted from the end of the term."""
    settings, ended = look.settings_on(look.today), ended_on(look)
    number = years(look.procedure, look.case.status, settings)
    if ended and number and counted_from_term(settings):
        ended = after_the_terms(look.case, ended)
    return last_day(ended, number) if ended and number else None


def counted_from_term(settings: Any) -> bool:
    """Whether the years are counted from the end of the office holder's term."""
    return getattr(settings, "keep_from", "") == "term"


def after_the_terms(case: Case, ended: date) -> date | None:
    """From which day the years are counted: the end of the case, or the end of the last term of those it is about; None
    while one of them is in office."""
    holders = of_procedure(case.procedure).holders
    ends = list(holders(Value(case.pk)).values_list("to_date", flat=True)) if holders else []
    return None if None in ends else max([ended, *ends])


def is_over(until: date | None, today: date) -> bool:
    """Whether a case need be kept no longer: its last day has passed. Never, where no years are set."""
    return until is not None and until < today


def latest_end(day: date, number: int) -> date:
    """The latest day on which a case can have ended of which that day is the last, or a day after its last."""
    found = date(max(day.year - number, date.min.year), day.month, min(day.day, 28))
    while last_day(found + timedelta(days=1), number) <= day:
        found += timedelta(days=1)
    return found


def with_end(cases: QuerySet[Any]) -> QuerySet[Any]:
    """The cases with `ended`, the day of their last move in force: of an ended case the day it ended."""
    moves = (
        Move.objects.alias(undoes=Coalesce("entry__reverses_id", 0))
        .filter(part__case=OuterRef("pk"), undoes=0, entry__reversed_by=None)
        .exclude(source=F("target"))
    )
    return cases.annotate(ended=Subquery(moves.order_by("-entry__on", "-pk").values("entry__on")[:1]))


def kept_states(settings: PanelSettings) -> Iterator[tuple[Procedure, State, int]]:
    """(procedure, state, years) of every ending for which the panel has set years."""
    for procedure in procedures().values():
        for state in procedure.states:
            number = years(procedure, state.key, settings)
            if number:
                yield procedure, state, number


def time_is_over(panel: Panel, settings: PanelSettings, day: date) -> Q:
    """A filter for `with_end`: ended cases of the panel whose last day, by these settings, is no later than that. Whatever
    was received later than the latest end is left out by an index, without looking at its moves."""
    found = Q(pk__in=[])
    for procedure, state, number in kept_states(settings):
        latest = latest_end(day, number)
        one = Q(procedure=procedure.key, status=state.key, received_on__lte=latest, ended__lte=latest)
        holders = of_procedure(procedure.key).holders
        if holders and counted_from_term(settings):
            still = holders(OuterRef("pk")).filter(Q(to_date=None) | Q(to_date__gt=latest))
            one &= ~Q(Exists(still))
        found |= one
    return found & Q(panel=panel, erased_on=None)
