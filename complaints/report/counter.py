"""One complaint, or one conduct matter, as the annual report counts it, step by step."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

from complaints.keys import WITH_THE_IOPC, StateKey, StepKey
from complaints.procedure import PROCEDURE
from complaints.procedure.regulation_15 import DISAPPLIES
from complaints.report.record_read import Moved
from complaints.report.totals import BECAME, CONDUCT, RESOLVED, RESULTS, Report

ON_RECORD = ("recorded", "referred_to_iopc")  # a referral records what was not recorded yet (para 3, reg 9)
BEFORE_RECORDING = {
    StateKey.NOT_RECORDED: "not_recorded", StateKey.REDIRECTED: "redirected", StateKey.WITHDRAWN: "withdrawn",
}  # fmt: skip
# Decisions on a complaint, of which the report says by whom they were taken.
DECISIONS = frozenset({"record", "decline_to_record", "redirect", "filter", "take_no_action", "record_outcome"})


@dataclass(frozen=True)
class At:
    """Where a case stood at the end of a day; empty before it began."""

    day: date = date.min
    open: bool = False
    with_iopc: bool = False
    became: str = "undecided"  # a slug of BECAME
    theme: str = ""
    route: str = ""
    result: str = ""  # a slug of RESULTS, once it has ended


def in_force(moves: list[Moved]) -> list[Moved]:
    """The moves that count: none of an allegation that is void."""
    void = {part for part, state in {m.part: m.target for m in moves}.items() if state == StateKey.VOID}
    return [m for m in moves if m.part not in void and m.target != StateKey.VOID]


def is_conduct_matter(moves: list[Moved]) -> bool:
    """Whether they are those of a conduct matter."""
    return moves[0].step == StepKey.RECORD_CONDUCT_MATTER


def passes_by(report: Report, received: date, moves: list[Moved]) -> bool:
    """Whether nothing of the case can lie in the report's period: it came later, or was over before. Of a panel's many
    years most cases do, so that they are not walked through."""
    if received > report.last:
        return True
    over = not any(PROCEDURE.state(state).open for state in {m.part: m.target for m in moves}.values())
    return over and max(received, *(m.on for m in moves)) < report.first


class ComplaintCounter:
    """One case from receipt to where it stands, counted into the report.

    Moves are taken by day, then by number. A move dated before the day of receipt, as a correction may leave it,
    counts from the day of receipt. A conduct matter is counted in the same way, each figure under `CONDUCT`.
    """

    def __init__(
        self,
        report: Report,
        case: int,
        received: date,
        offices: set[str],
        theme: str = "",
        decider: Callable[[Moved, date], list[str]] = lambda move, day: [],
        *,
        conduct: bool = False,
    ):
        self.report, self.case, self.received, self.offices = report, case, received, offices
        self.theme = theme  # the one that a correction has put right
        self.decider = decider  # the slugs of who decided
        self.prefix = CONDUCT if conduct else ""
        self.stands: dict[int, str] = {}  # {part: state}
        self.recorded: set[int] = set()
        self.result: dict[int, str] = {}  # {part: how it is dealt with}, to say how it ended
        self.dealt_with_by: dict[int, str] = {}
        self.route = ""  # the last
        self.filtered = False
        self.closed_on: date | None = None
        self.left_iopc = ""  # how it last left the IOPC in the period
        self.went_to_iopc: date | None = None
        self.days_with_iopc = 0

    def count(self, moves: list[Moved]) -> None:
        """Count its moves, none of them void."""
        opening = (StepKey.LOG, StepKey.RECORD_CONDUCT_MATTER)
        days = sorted(
            ((self.received if m.step in opening else max(m.on, self.received), m.number, m) for m in moves),
            key=itemgetter(0, 1),
        )
        if self.within(self.received):
            self.receive()
        begun = was_open = False
        at_first = at_last = At()
        for (day, _), group in groupby(days, key=itemgetter(0, 1)):
            self.step(day, [m for _, _, m in group])
            is_open = any(PROCEDURE.state(s).open for s in self.stands.values())
            if was_open and not is_open:
                self.ended(day)
            elif is_open and not was_open and begun and self.within(day):
                self.say("reopened", once=False)
            begun = True
            was_open = is_open
            if day <= self.report.last:
                at_last = self.stand(day, is_open)
            if day < self.report.first:
                at_first = at_last
        self.count_ends(at_first, at_last)

    def stand(self, day: date, is_open: bool) -> At:
        """Where it stands at the end of that day."""
        result = "" if is_open else self.result_of()
        ways = {"recorded"} if self.recorded else {BEFORE_RECORDING.get(s, "undecided") for s in self.stands.values()}
        return At(day, is_open, self.with_iopc, "undecided" if "undecided" in ways else min(ways, key=BECAME.index),
                  self.theme if self.recorded else "", self.route, result)  # fmt: skip

    def count_ends(self, at_first: At, at_last: At) -> None:
        """What is counted of the first and the last day of the period."""
        if at_first.open:
            self.say("carried_in")
        if at_last.open:
            self.say("carried_out")
        self.count_iopc(at_first.with_iopc, at_last.with_iopc)
        if self.within(self.received) and not self.prefix:
            self.say(f"received.{at_last.became}")
            self.report.lines.append(
                {
                    "month": self.received.replace(day=1).isoformat(),
                    "theme": at_last.theme,
                    "route": at_last.route,
                    "outcome": at_last.result,
                    "days": (at_last.day - self.received).days if at_last.result else None,
                }
            )
        if self.closed_on and not self.prefix:
            self.report.to_close.append((self.closed_on - self.received).days)

    def within(self, day: date) -> bool:
        """Whether the day lies in the period."""
        return self.report.first <= day <= self.report.last

    def say(self, key: str, *, once: bool = True) -> None:
        """Count the case under a figure."""
        self.report.add(self.prefix + key, self.case, once=once)

    @property
    def with_iopc(self) -> bool:
        """Whether the IOPC, a prosecutor or a court has any of it."""
        return bool(set(WITH_THE_IOPC) & set(self.stands.values()))

    # As a whole

    def receive(self) -> None:
        """It was received in the period, or recorded, where it is a conduct matter."""
        self.say("received")
        if self.prefix:
            self.report.add("conduct_matters", self.case)
        else:
            self.report.received_on[self.case] = self.received
        about = "both" if len(self.offices) > 1 else next(iter(self.offices), "nobody")
        self.say(f"by_office_holder.{about}")

    def count_iopc(self, before: bool, pending: bool) -> None:
        """What became of it with the IOPC, once: it has any of it still, or how the last of it came away."""
        key = f"{self.prefix}referred_to_iopc"
        referred = self.case in self.report.cases.get(key, ())[-1:]
        if not (before or referred):
            return
        if not referred:
            self.say("referred_to_iopc.carried_in")
        self.say(f"referred_to_iopc.{'pending' if pending else self.left_iopc or 'other'}")

    def ended(self, day: date) -> None:
        """Its last open allegation has ended."""
        if not self.within(day):
            return
        how = PROCEDURE.furthest(self.stands.values())
        self.say("closed", once=False)
        self.say(f"closed.by_ending.{how}", once=False)
        self.say(f"ended.{self.result_of()}", once=False)
        if len(self.results()) > 1:
            self.say("ended.two_ways", once=False)
        if not self.prefix:
            self.report.to_end.append([(day - self.received).days, self.days_with_iopc])
        if how == "closed":
            self.closed_on = day

    def results(self) -> set[str]:
        """How its allegations ended."""
        return {
            self.result.get(part, "other") if state == StateKey.CLOSED else state for part, state in self.stands.items()
        }

    def result_of(self) -> str:
        """How it ended, once: what was closed comes before what was withdrawn, not recorded or redirected."""
        ways = self.results()
        return next((slug for slug in RESULTS if slug in ways), "other")

    # Step by step

    def step(self, day: date, moves: list[Moved]) -> None:
        """Take one entry's moves, and count what they decided if it took effect in the period."""
        before, with_iopc = bool(self.recorded), self.with_iopc
        theme, filtered = "none", False
        for move in moves:
            self.stands[move.part] = move.target
            on_record = move.part in self.recorded
            if move.target in ON_RECORD:
                self.recorded.add(move.part)
                theme = move.counts.get("theme") or theme
            filtered |= move.step == StepKey.FILTER
            self.goes_on(move)
            if self.within(day):
                self.decided(move, on_record)
        if with_iopc != self.with_iopc:
            if self.with_iopc:
                self.went_to_iopc = day
            elif self.went_to_iopc:
                self.days_with_iopc += (day - self.went_to_iopc).days
        if self.recorded and not before:
            self.theme = self.theme or theme
            if self.within(day):
                self.say("recorded")
                self.say(f"by_theme.{self.theme}")
        if filtered and not self.filtered:
            self.filtered = True
            if self.within(day) and not self.prefix and not any(m.counts.get("assumed") for m in moves):
                self.report.to_filter.append((day - self.received).days)
        if moves[0].step in DECISIONS and self.within(day):
            self.report.event(f"{self.prefix}decided_by", self.case)
            for slug in self.deciders(moves[0], day):
                self.report.event(f"{self.prefix}decided_by.{slug}", self.case)

    def deciders(self, move: Moved, day: date) -> list[str]:
        """Who decided, by role and where it is known by name: whoever deals with it says how it ended."""
        who = self.dealt_with_by.get(move.part, "") if move.step == StepKey.RECORD_OUTCOME else ""
        return [who] if who else self.decider(move, day)

    def goes_on(self, move: Moved) -> None:
        """Remember by what way the allegation goes on, for the day on which it ends."""
        part, counts = move.part, move.counts
        self.dealt_with_by[part] = counts.get("dealt_with_by") or self.dealt_with_by.get(part, "")
        if route := counts.get("route"):
            self.route = route
            if route in DISAPPLIES:
                self.result[part] = route
            else:
                self.result.pop(part, None)
        if move.target == StateKey.OUTCOME_RECORDED:
            outcome = counts.get("outcome") or "not_resolved"
            self.result[part] = "resolved" if outcome in RESOLVED else outcome
        elif move.source in WITH_THE_IOPC and move.target == StateKey.CLOSED:
            self.result[part] = "iopc"
        elif move.step == StepKey.REOPEN:
            self.result.pop(part, None)

    def decided(self, move: Moved, on_record: bool) -> None:
        """What one move decided."""
        source, target, counts = move.source, move.target, move.counts
        self.decided_on_recording(move, on_record)
        if target == StateKey.WITHDRAWN:
            self.say("withdrawn")
        elif target == StateKey.REFERRED_TO_IOPC:
            self.say("referred_to_iopc")
        elif target == StateKey.SUB_PANEL:
            self.say("sub_panel")
        elif target == StateKey.FULL_PANEL:
            self.say("full_panel")
        elif target == StateKey.OUTCOME_RECORDED:
            outcome = counts.get("outcome") or "not_resolved"
            self.say("outcomes")
            self.say(f"outcomes.{outcome}")
            if outcome in RESOLVED:
                self.say("informally_resolved")
        self.left(source, target)
        if move.step == StepKey.FILTER:
            self.say("filtered")
            self.say(f"filtered.by_route.{counts.get('route')}")
        elif move.step == StepKey.TAKE_NO_ACTION:
            self.say("no_action_later")
        for letter in counts.get("grounds") or ():
            self.say("filtered.by_ground")
            self.say(f"filtered.by_ground.{letter}")
        if counts.get("conduct_matter") and not self.prefix:
            self.report.add(f"{CONDUCT}treated", self.case)

    def decided_on_recording(self, move: Moved, on_record: bool) -> None:
        """Whether it goes on the record: it was recorded, declined, redirected or withdrawn first."""
        if move.target == StateKey.NOT_RECORDED:
            self.say("not_recorded")
            self.say(f"not_recorded.by_ground.{move.counts.get('not_recorded') or 'not_a_complaint'}")
        elif move.target == StateKey.REDIRECTED:
            self.say("redirected")
            self.say("redirected.early" if not move.counts.get("late") else "redirected.late")
        elif move.target == StateKey.WITHDRAWN and not on_record:
            self.say("not_recorded")
            self.say("not_recorded.by_ground.withdrawn")

    def left(self, source: str, target: str) -> None:
        """How it came away from the IOPC, a prosecutor or a court, if it did."""
        if source not in WITH_THE_IOPC or target in WITH_THE_IOPC:
            return
        ways = {StateKey.RECORDED: "returned", StateKey.CLOSED: "retained", StateKey.WITHDRAWN: "withdrawn"}
        self.left_iopc = ways.get(target, "other")
