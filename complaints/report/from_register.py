"""Complaints that were entered from an old register, as the report counts them: by the days that the old register gives.

The record knows one move of such a complaint, from nothing to its end, with what the old register says beside it. `unfolded`
makes of it the moves that the complaint would have made, each on its day. Where the old register gives no day for one of them,
it counts on the next day that it does give; no number of days is then measured from it.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from complaints.keys import StateKey, StepKey
from complaints.procedure import PROCEDURE
from complaints.report.record_read import Moved
from complaints.report.totals import Report
from panel.law import clock
from panel.law.number_words import at_start
from panel.law.period import day_words, plural
from panel.models import Entry

ENTERED = StepKey.ENTER_FROM_REGISTER
ASSUMED = "assumed"  # of a move: the day is not its own


def is_from_register(moves: list[Moved]) -> bool:
    """Whether they are those of a complaint that was entered from an old register."""
    return moves[0].step == ENTERED


def unfolded(moves: Iterable[Moved], received: date) -> list[Moved]:
    """The moves, each that entered a complaint from an old register in place of it: received, recorded, decided on, ended."""
    found: list[Moved] = []
    for move in moves:
        found += steps_of(move, received) if move.step == ENTERED else [move]
    return found


def steps_of(move: Moved, received: date) -> list[Moved]:
    """The moves of one complaint from the old register, the last of which is its own, in the order of their days. Their
    numbers end with that of its own, so that whatever came later here comes later."""
    counts, days = move.counts, {}
    for name in ("recorded_on", "decided_on"):
        days[name] = date.fromisoformat(counts[name]) if counts.get(name) else None
    rows: list[tuple[str, str, date | None, dict[str, Any]]] = [("log", StateKey.RECEIVED, received, {})]
    was_recorded = move.target == StateKey.CLOSED or days["recorded_on"] or (
        days["decided_on"] and move.target == StateKey.WITHDRAWN
    )  # fmt: skip
    if was_recorded:
        rows.append(("record", StateKey.RECORDED, days["recorded_on"], {"theme": counts.get("theme")}))
    if counts.get("route"):
        decided = {"route": counts["route"], "grounds": counts.get("grounds")}
        rows.append(("filter", StateKey.FILTERED, days["decided_on"], decided))
    if counts.get("outcome"):
        on = None if counts.get("route") else days["decided_on"]
        rows.append(("record_outcome", StateKey.OUTCOME_RECORDED, on, {"outcome": counts["outcome"]}))
    ending = {"not_recorded": counts.get("not_recorded")}
    rows.append((ENTERED, move.target, move.on, ending))
    return moved_through(move, rows)


def moved_through(move: Moved, rows: list[tuple[str, str, date | None, dict[str, Any]]]) -> list[Moved]:
    """The moves that lead through these (step, state, day or None, slugs)."""
    found: list[Moved] = []
    day = move.on
    for place, (step, target, known, counts) in zip(range(len(rows) - 1, -1, -1), reversed(rows), strict=True):
        day = known or day
        source = rows[place - 1][1] if place else ""
        slugs = {**{k: v for k, v in counts.items() if v}, **({} if known else {ASSUMED: True})}
        number = move.number - (len(rows) - 1 - place)
        found.insert(
            0, move._replace(number=number, on=day, step=step, source=source, target=target, counts=slugs, old=True)
        )
    return found


def sentences(report: Report) -> list[str]:
    """What a report says of the complaints in it that come from an old register."""
    number = report.number("from_register")
    if not number:
        return []
    counted = "complaint in these figures is" if number == 1 else "complaints in these figures are"
    return [
        f"{at_start(number)} {counted} from the old register, counted by the days that it gives. "
        "Where it gives no day of recording or decision, the next day that it gives counts."
    ]


def not_known_yet(panel, as_at: date, at: datetime) -> str:
    """That the record did not know the old register on the day of the record, where it was brought in later."""
    later = Entry.objects.filter(panel=panel, case__procedure=PROCEDURE.key, step=ENTERED, entered_at__gt=at)
    days = sorted({moment.astimezone(clock.LONDON).date() for moment in later.values_list("entered_at", flat=True)})
    if not days:
        return ""
    until = "" if len(days) == 1 else f" to {day_words(days[-1])}"
    return (
        f"As the record stood on {day_words(as_at)} it did not know the {plural(later.count(), 'complaint')} that "
        f"{'was' if later.count() == 1 else 'were'} entered from the old register on {day_words(days[0])}{until}: "
        "they are not in these figures."
    )
