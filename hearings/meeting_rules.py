"""By which rules a hearing is held, by the panel's dated settings of its day: notice, who votes, exempt information."""

from typing import Any

from hearings.models import Attendance
from panel.law.meetings import WALES, Notice, notice, online_votes, resolution


class MeetingRules:
    """What guards and pages ask of the rules of the meeting. Once the hearing is recorded, the settings count that were
    known then."""

    look: Any
    meeting: Any
    recorded: Any

    @property
    def rules(self):
        """The panel's settings of the day of the meeting, which say by which rules it is held."""
        return self.rules_on(self.meeting.on if self.meeting else self.look.today)

    def rules_on(self, day):
        """The panel's settings of that day; once the hearing is recorded, as they were known then."""
        if self.recorded is not None:
            return self.look.panel.settings_known(day, self.recorded.entered_at)
        return self.look.settings_on(day)

    def notice_on(self, day) -> Notice:
        """The notice that a meeting of that day needs."""
        rules = self.rules_on(day)
        return notice(rules.country, rules.clear_days)

    def online_votes_on(self, day) -> bool:
        """Whether a member who takes part online is present and votes on that day."""
        rules = self.rules_on(day)
        return online_votes(rules.country, rules.online_votes, day)

    def may_vote(self, seat) -> bool:
        """Whether a vote can be cast from that seat at the meeting: in the room, or online where that counts."""
        if seat.how == Attendance.How.ONLINE and self.meeting is not None:
            return self.online_votes_on(self.meeting.on)
        return seat.can_vote

    def how_words(self, seat) -> str:
        """How a member attended, in words that are true of the day."""
        if seat.how == Attendance.How.ONLINE and self.may_vote(seat):
            return "Online: counts, and votes"
        return seat.get_how_display()

    @property
    def exempt_paragraphs(self) -> list[str]:
        """The paragraphs of Schedule 12A under which the public was excluded."""
        if self.meeting is None or self.meeting.exempt != "carried":
            return []
        said = self.recorded.answers.get("exempt_paragraphs") if self.recorded else None
        first = "12" if self.rules.country == WALES else "1"
        return said or [self.meeting.exempt_paragraph or first]

    @property
    def exempt_words(self) -> str:
        """The resolution by which the public was excluded, in full; nothing where it was not."""
        found = self.exempt_paragraphs
        interest = (self.recorded.answers.get("exempt_interest") or "") if self.recorded else ""
        return resolution(self.rules.country, found, interest) if found else ""
