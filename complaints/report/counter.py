"""One complaint as the annual report counts it, step by step."""

from datetime import date
from itertools import groupby
from operator import itemgetter

from complaints.keys import WITH_THE_IOPC, StateKey, StepKey
from complaints.procedure import PROCEDURE
from complaints.report.totals import Report

ON_RECORD = ("recorded", "referred_to_iopc")  # a referral records what was not recorded yet (para 3, reg 9)


class ComplaintCounter:
    """One case from receipt to where it stands, counted into the report.

    Moves are taken by day, then by number. A move dated before the day of receipt, as a correction may leave it,
    counts from the day of receipt.
    """

    def __init__(self, report: Report, case: int, received: date, offices: set[str], theme: str = ""):
        self.report, self.case, self.received, self.offices = report, case, received, offices
        self.theme = theme  # the one that a correction has put right
        self.stands: dict[int, str] = {}  # {part: state}
        self.recorded: set[int] = set()
        self.filtered = False
        self.closed_on: date | None = None

    def count(self, moves: list) -> bool:
        """Count its moves; whether it is a complaint that counts."""
        if moves[0][3] == "record_conduct_matter":
            if self.within(self.received):
                self.report.add("conduct_matters", self.case)
            return False
        void = {part for part, state in {m[4]: m[6] for m in moves}.items() if state == StateKey.VOID}
        kept = [m for m in moves if m[4] not in void and m[6] != "void"]
        if not kept:
            return False
        days = sorted(
            ((self.received if m[3] == "log" else max(m[2], self.received), m[1], m) for m in kept),
            key=itemgetter(0, 1),
        )
        if self.within(self.received):
            self.say("received")
            self.report.received_on[self.case] = self.received
            about = "both" if len(self.offices) > 1 else next(iter(self.offices), "nobody")
            self.say(f"by_office_holder.{about}")
        begun = was_open = open_before = open_after = False
        at_end: dict[int, str] = {}
        for (day, _), group in groupby(days, key=itemgetter(0, 1)):
            self.step(day, [m for _, _, m in group])
            is_open = any(PROCEDURE.state(s).open for s in self.stands.values())
            if was_open and not is_open:
                self.ended(day)
            elif is_open and not was_open and begun and self.within(day):
                self.say("reopened", once=False)
            begun = True
            was_open = is_open
            if day < self.report.first:
                open_before = is_open
            if day <= self.report.last:
                open_after = is_open
                at_end = dict(self.stands)
        if open_before:
            self.say("carried_in")
        if open_after:
            self.say("carried_out")
            if set(WITH_THE_IOPC) & set(at_end.values()):
                self.say("referred_to_iopc.pending")
        if self.closed_on:
            self.report.to_close.append((self.closed_on - self.received).days)
        return True

    def within(self, day: date) -> bool:
        """Whether the day lies in the period."""
        return self.report.first <= day <= self.report.last

    def say(self, key: str, *, once: bool = True) -> None:
        """Count the case under a figure."""
        self.report.add(key, self.case, once=once)

    def ended(self, day: date) -> None:
        """Its last open allegation has ended."""
        if not self.within(day):
            return
        how = PROCEDURE.furthest(self.stands.values())
        self.say("closed", once=False)
        self.say(f"closed.by_ending.{how}", once=False)
        if how == "closed":
            self.closed_on = day

    def step(self, day: date, moves: list) -> None:
        """Take one entry's moves, and count what they decided if it took effect in the period."""
        before = bool(self.recorded)
        theme, filtered = "none", False
        for _, _, _, step, part, source, target, counts in moves:
            self.stands[part] = target
            on_record = part in self.recorded
            if target in ON_RECORD:
                self.recorded.add(part)
                theme = counts.get("theme") or theme
            filtered |= step == StepKey.FILTER
            if self.within(day):
                self.decided(step, source, target, counts, on_record)
        if self.recorded and not before and self.within(day):
            self.say("recorded")
            self.say(f"by_theme.{self.theme or theme}")
        if filtered and not self.filtered:
            self.filtered = True
            if self.within(day):
                self.report.to_filter.append((day - self.received).days)

    def decided(self, step: str, source: str, target: str, counts: dict, on_record: bool) -> None:
        """What one move decided."""
        if target == StateKey.NOT_RECORDED:
            self.say("not_recorded")
            self.say(f"not_recorded.by_ground.{counts.get('not_recorded') or 'not_a_complaint'}")
        elif target == StateKey.REDIRECTED:
            self.say("redirected")
            if counts.get("late"):
                self.say("redirected.late")
        elif target == StateKey.WITHDRAWN:
            self.say("withdrawn")
            if not on_record:
                self.say("not_recorded")
                self.say("not_recorded.by_ground.withdrawn")
        elif target == StateKey.REFERRED_TO_IOPC:
            self.say("referred_to_iopc")
        elif target == StateKey.SUB_PANEL:
            self.say("sub_panel")
        elif target == StateKey.FULL_PANEL:
            self.say("full_panel")
        elif target == StateKey.OUTCOME_RECORDED:
            outcome = counts.get("outcome") or "not_resolved"
            self.say(f"outcomes.{outcome}")
            if outcome != "not_resolved":
                self.say("informally_resolved")
        if source in WITH_THE_IOPC and target == StateKey.RECORDED:
            self.say("referred_to_iopc.returned")
        elif source in (StateKey.WITH_IOPC, StateKey.AWAITING_PROCEEDINGS) and target == StateKey.CLOSED:
            self.say("referred_to_iopc.retained")
        if step == StepKey.FILTER:
            self.say("filtered")
            self.say(f"filtered.by_route.{counts.get('route')}")
        elif step == StepKey.TAKE_NO_ACTION:
            self.say("no_action_later")
        for letter in counts.get("grounds") or ():
            self.say(f"filtered.by_ground.{letter}")
        if counts.get("conduct_matter"):
            self.say("conduct_matters")
