"""The three weeks of one notification, as the overview shows them: a heading, a bar of days, and the days in words."""

from hearings.presenter.planned import clear_days_words
from hearings.procedure.law import PERIOD, RESERVE_RULES
from hearings.procedure.window import window_of
from hearings.report.what_follows import not_in_time
from panel.law import clock
from panel.law.period import day_words, listed, long_date, plural
from panel.law.provisions import cite

CELLS_A_LETTER = 0.165  # how much of a cell one letter of a label takes on a wide page, for the rows below the bar


class Clock:
    """The three weeks, for a case that has a notification."""

    def __init__(self, look):
        self.look, self.today = look, look.today
        self.facts, self.proposal, self.count = look.facts, look.facts.proposal, look.facts.count
        self.commissioner = look.names["commissioner"]
        self.running = bool(look.procedure.state(look.case.status).open and self.facts.unreported)

    def shown(self) -> dict:
        """All that the template shows. Where the three weeks do not run there are no days."""
        if self.count is None:
            return {
                "heading": "The three weeks are not shown as running",
                "why": self.why_not_running(),
                "readings": self.readings(),
            }
        first = self.count.first_day
        return {
            "heading": self.heading(),
            "late": self.running and self.today > self.count.day,
            "cells": self.cells(),
            "words": [{"words": label["words"], "strong": label["strong"]} for label in self.labels()],
            "rows": max((label["row"] for label in self.labels()), default=1),
            "why": self.why(),
            "summary": f"See the 21 days, and why the count began on {first.day} {first:%B}",
            "began": self.why_it_began_then(),
            "readings": self.readings(),
            "days": [
                {
                    "day": f"Day {line.number}" if line.number else "Not counted",
                    "words": long_date(line.day) + self.marks(line),
                    "counted": bool(line.number),
                }
                for line in self.count.lines
            ],
        }

    def heading(self) -> str:
        """Which day it is, or how the three weeks ended."""
        last = self.count.day
        to = f"report to the {self.commissioner}"
        if self.proposal.sent_on and not self.facts.unreported and self.facts.day_sent(self.proposal) is None:
            return f"Reported; the papers do not say when. The last day was {day_words(last)}"
        if self.proposal.sent_on and not self.facts.unreported:
            return self.reported(self.proposal.sent_on)
        if not self.running:
            return f"The three weeks ran to {long_date(last)}"
        if self.today == last:
            return f"Today is the last day: {to}"
        if self.today > last:
            return f"The three weeks ended on {day_words(last)}, {plural((self.today - last).days, 'day')} ago"
        number = next((n.number for n in self.count.lines if n.day == self.today and n.number), None)
        if number:
            return f"Day {number} of 21: {to} by {long_date(last)}"
        return f"No day is counted now: {to} by {long_date(last)}"

    def reported(self, sent) -> str:
        """On which of the days the report was sent, and whether that was in time."""
        days = (sent - self.count.day).days
        if days > 0:
            return f"Reported on {day_words(sent)}, {plural(days, 'day')} late"
        number = self.numbers.get(sent)
        on = f"day {number} of 21" if number else day_words(sent)
        return f"Reported on {on}, in time"

    @property
    def numbers(self) -> dict:
        """{day: its number among the 21}, of the days that count."""
        return {line.day: line.number for line in self.count.lines if line.number}

    def why(self) -> str:
        """Under what the days count, and while they run what follows without a report."""
        period = ("Sch 8 para 8", RESERVE_RULES[0]) if self.facts.reserve else self.facts.law.of(PERIOD)
        said = f"Three weeks beginning with the day the Panel received the notification ({cite(*period)})."
        if self.facts.reserve:
            return f"{said} That they are the same three weeks is from memory: {cite(*RESERVE_RULES)} was not read."
        if not self.running or self.facts.reserve:
            return said
        said = f"{said} {self.window_words()}".strip()
        return f"{said} The Panel reports by the last day. {not_in_time(self.facts.law, self.commissioner)}"

    def why_not_running(self) -> str:
        """Why no last day can be named."""
        p = self.proposal
        period = cite(*self.facts.law.of(PERIOD))
        if p.received_on is None and p.counted_from is None:
            return (
                "The papers do not say on which day the Panel was notified, so the last day for its report is not "
                f"known ({period})."
            )
        if p.counted_from is None:
            why = f" {p.count_by}: {p.count_why}" if p.count_why else ""
            return f"The notification is incomplete, and it was decided that they do not run yet.{why}"
        return (
            f"They began on {day_words(p.counted_from)} and reach the poll of {day_words(p.poll_on)}: the last day is "
            f"not known until the person elected accepts office ({period})."
        )

    def readings(self) -> list[str]:
        """The last day on both readings of the law, where the notification was incomplete when it came."""
        received = self.proposal.received_on
        came = [item.came_on for item in self.facts.items.values() if item.came_on]
        complete = self.facts.complete and came
        if received is None or (complete and max(came) <= received):
            return []
        lines = []
        if first := self.last_day_from(received):
            lines.append(
                f"Counted from {day_words(received)}, when the notification was received, the last day is "
                f"{day_words(first)}."
            )
        if not complete:
            lines.append("Counted from the day on which the last of the four things comes, it is not known yet.")
        elif last := self.last_day_from(max(came)):
            lines.append(
                f"Counted from {day_words(max(came))}, when the last of the four things came, it is {day_words(last)}."
            )
        return lines

    def last_day_from(self, day):
        """The last day, counted from that one; None where it reaches a poll whose end is not known."""
        try:
            return clock.three_weeks(day, self.proposal.poll_on, self.proposal.accepted_on).day
        except ValueError:
            return None

    def why_it_began_then(self) -> str:
        """Why the first day is day 1."""
        p, first = self.proposal, self.count.first_day
        if p.count_why:
            return f"{p.count_by} decided that the count began on {day_words(p.counted_from)}: {p.count_why}"
        if first != p.counted_from:
            return (
                f"The notification came on {day_words(p.counted_from)}, inside the post-election period, so the first "
                f"day counted is {day_words(first)}."
            )
        return f"The notification was received on {day_words(p.counted_from)}, with all four things: that day is day 1."

    def window_words(self) -> str:
        """Between which days a hearing can be, where none is arranged; or that the one arranged is too late."""
        meeting = self.facts.meeting
        if meeting is not None:
            late = (meeting.on - self.count.day).days
            if meeting.held or late <= 0:
                return ""
            return f"The hearing on {day_words(meeting.on)} is {plural(late, 'day')} after the last day."
        notice = self.facts.notice_on(self.count.first_day).days
        found = window_of(self.count.first_day, notice)
        if self.proposal.received_on is None or self.today > self.count.day:
            return ""
        agenda = f", with {clear_days_words(notice)} for the agenda," if notice else ""
        return (
            f"A hearing on this notification can be from {day_words(found.earliest)}{agenda} to "
            f"{day_words(self.count.day)}."
        )

    def cells(self) -> list[dict]:
        """Each day of the bar: what it is, and the label under it."""
        labels = {label["at"]: label for label in self.labels()}
        cells, total = [], len(self.count.lines)
        for n, line in enumerate(self.count.lines):
            label = labels.get(n)
            side = "left" if n < total * 0.2 else "right" if n > total * 0.78 else "middle"
            cells.append({"kind": self.kind_of(line), "label": label, "side": side})
        return cells

    def kind_of(self, line) -> str:
        """What one day is."""
        meeting = self.facts.meeting
        if meeting is not None and line.day == meeting.on and line.number:
            return "hearing"
        if line.day == self.proposal.sent_on and line.number:
            return "report"
        if line.day == self.count.day:
            return "last" if self.running else "end"
        if line.number is None:
            return "out"
        if line.day == self.today and self.running:
            return "today"
        return "gone" if line.day < self.today else "ahead"

    def labels(self) -> list[dict]:
        """The days that matter, each under its own: [{at, words, strong, row}], in the order of days, in as many rows as
        keep them apart."""
        meeting, sent = self.facts.meeting, self.proposal.sent_on
        words: dict = {self.count.first_day: ["day 1"]}
        named = [(meeting.on if meeting else None, "Hearing"), (sent, "Report")]
        for day, what in named:
            if day in self.numbers:
                words.setdefault(day, []).insert(0, what)
        words.setdefault(self.count.day, []).insert(0, "Last day")
        if self.running and self.today in self.numbers and self.today not in words:
            words[self.today] = ["Today"]
        at = {line.day: n for n, line in enumerate(self.count.lines)}
        found, ends = [], [0.0, 0.0, 0.0, 0.0]
        for day in sorted(words):
            said = self.label_words(day, words[day])
            wide = len(said) * CELLS_A_LETTER
            total = len(self.count.lines)
            left = at[day] if at[day] < total * 0.2 else at[day] + 0.5 - wide / 2
            left = at[day] + 1 - wide if at[day] > total * 0.78 else left
            row = next((n for n, end in enumerate(ends) if end <= left), len(ends) - 1)
            ends[row] = left + wide
            found.append({"at": at[day], "words": said, "strong": words[day] == ["Today"], "row": row + 1})
        return found

    def label_words(self, day, words) -> str:
        """ "Hearing, 28 October, day 17"."""
        number = self.numbers[day]
        date = f"{day.day} {day:%B}"
        if words == ["day 1"]:
            return f"{date}, day 1"
        if words[0] == "Last day":
            also = f", {listed([w.lower() for w in words[1:] if w != 'day 1'])}" if len(words) > 1 else ""
            return f"Last day, {date}{also}"
        said = [w for w in words if w != "day 1"]
        return f"{listed(said)}, {date}, day {number}" if said != ["Today"] else f"Today, day {number}"

    def marks(self, line) -> str:
        """What happened on a day, or is to happen."""
        meeting = self.facts.meeting
        words = []
        if line.number is None:
            words.append(line.words)
        if self.proposal.received_on == line.day:
            words.append("notification received")
        if meeting is not None and line.day == meeting.on:
            words.append("hearing")
        if line.day == self.today:
            words.append("today")
        if self.facts.day_sent(self.proposal) == line.day:
            words.append("report sent")
        if line.day == self.count.day:
            words.append("last day")
        return f", {', '.join(words)}" if words else ""
