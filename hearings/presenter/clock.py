"""The three weeks of one notification, as the overview shows them: a heading, a bar of days, and the days in words."""

from hearings.procedure.law import PERIOD, RESERVE_RULES
from hearings.report.what_follows import not_in_time
from panel.law import clock
from panel.law.period import day_words, long_date, plural
from panel.law.provisions import cite


class Clock:
    """The three weeks, for a case that has a notification."""

    def __init__(self, look):
        self.look, self.today = look, look.today
        self.facts, self.proposal, self.count = look.facts, look.facts.proposal, look.facts.count
        self.commissioner = look.names["commissioner"]
        self.running = look.procedure.state(look.case.status).open and not self.proposal.sent_on

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
            "words": self.words_below_the_bar(),
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
        if self.proposal.sent_on and self.facts.day_sent(self.proposal) is None:
            return f"Reported; the papers do not say when. The last day was {day_words(last)}"
        if self.proposal.sent_on:
            days = (self.proposal.sent_on - last).days
            how = (
                f"{plural(days, 'day')} after" if days > 0 else "on" if days == 0 else f"{plural(-days, 'day')} before"
            )
            return f"Reported on {day_words(self.proposal.sent_on)}, {how} the last day"
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

    def why(self) -> str:
        """Under what the days count, and while they run what follows without a report."""
        period = ("Sch 8 para 8", RESERVE_RULES[0]) if self.facts.reserve else self.facts.law.of(PERIOD)
        said = f"Three weeks beginning with the day the Panel received the notification ({cite(*period)})."
        if not self.running or self.facts.reserve:
            return said
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

    def cells(self) -> list[str]:
        """What each day of the bar is."""
        meeting = self.facts.meeting
        cells = []
        for line in self.count.lines:
            if line.day == self.count.day:
                cells.append("last")
            elif line.number is None:
                cells.append("out")
            elif meeting is not None and line.day == meeting.on:
                cells.append("hearing")
            elif line.day == self.today:
                cells.append("today")
            else:
                cells.append("gone" if line.day < self.today else "ahead")
        return cells

    def words_below_the_bar(self) -> list[dict]:
        """The days that matter, with their numbers."""
        meeting, first, last = self.facts.meeting, self.count.first_day, self.count.day
        by_day = {line.day: line.number for line in self.count.lines}
        rows = [{"words": f"{first.day} {first:%B}, day 1"}]
        if by_day.get(self.today) and self.today not in (first, last):
            rows.append({"words": f"Today, day {by_day[self.today]}", "strong": True})
        if meeting is not None and by_day.get(meeting.on) and meeting.on != last:
            rows.append({"words": f"Hearing, day {by_day[meeting.on]}"})
        return [*rows, {"words": "Last day, day 21"}]

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
