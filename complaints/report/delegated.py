"""Decisions taken under delegated power: what was decided since the last meeting in the Panel's stead, for its next one to
note. They name no complainant."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from complaints.models import Allegation
from complaints.procedure import PROCEDURE
from complaints.report import periods
from panel.law import clock
from panel.law.roles import Role
from panel.models import Entry, Panel

LONGEST_BACK_DAYS = 366  # where no meeting is on record
ROUTES = dict(Allegation.Route.choices)


@dataclass(frozen=True)
class Decision:
    """One decision: the day, the case, what was decided, and by whom."""

    on: date
    case: Any
    what: str
    by: str


def since_last(panel: Panel, today: date) -> date:
    """The day after the Panel's last meeting; a year back where none is on record."""
    met = periods.last_met(panel, today)
    return met + clock.ONE_DAY if met else today - timedelta(days=LONGEST_BACK_DAYS)


def decisions(panel: Panel, first: date, last: date, visible: Any) -> list[Decision]:
    """Every decision in force on complaints between those days that was not the full Panel's, oldest first."""
    rows = Entry.objects.in_force().filter(panel=panel, case__procedure=PROCEDURE.key, on__range=(first, last))
    rows = rows.exclude(decided_as__in=("", Role.PANEL.value)).filter(case__in=visible)
    rows = rows.select_related("case__panel", "by", "decided_by").prefetch_related("moves").order_by("on", "pk")
    return [Decision(row.on, row.case, what(row), by(row)) for row in rows]


def what(entry: Entry) -> str:
    """What was decided, in the words of the procedure."""
    words = PROCEDURE.past_step(entry.step).past_words
    routes = dict.fromkeys(ROUTES.get(move.counts.get("route", ""), "") for move in entry.moves.all())
    said = "; ".join(str(route) for route in routes if route)
    return f"{words}: {said[:1].lower()}{said[1:]}" if said else words


def by(entry: Entry) -> str:
    """Who decided: the office, and the name where the record has it."""
    role = Role(entry.decided_as).words
    name = entry.decided_by.name if entry.decided_by else ""
    if not name and "evidence" not in entry.answers and entry.by:  # whoever entered it decided it
        name = entry.by.name
    return f"{name}, {role}" if name else f"{role[:1].upper()}{role[1:]}"


def period(panel: Panel, today: date | None = None) -> tuple[date, date]:
    """Since the last meeting, to today."""
    today = today or clock.today()
    return since_last(panel, today), today
