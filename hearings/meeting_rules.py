"""By which rules a hearing is held, by the panel's dated settings of its day: notice, who votes, exempt information."""

from typing import Any

from hearings.attendance import Exclusion, exclusion_of
from panel.law import meetings


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

    @property
    def notice(self) -> meetings.Notice:
        """The notice that the meeting needs."""
        return self.notice_on(self.meeting.on if self.meeting else self.look.today)

    def notice_on(self, day) -> meetings.Notice:
        """The notice that a meeting of that day needs."""
        rules = self.rules_on(day)
        return meetings.notice(rules.country, rules.clear_days)

    def online_votes(self, day) -> bool:
        """Whether a member who takes part online is present and votes on that day."""
        rules = self.rules_on(day)
        return meetings.online_votes(rules.country, rules.online_votes, day)

    @property
    def exclusion(self) -> Exclusion:
        """The motion to exclude the public, as the record has it."""
        answers = self.recorded.answers if self.recorded is not None else {}
        return exclusion_of(self.meeting, answers) if self.meeting is not None else Exclusion()

    @property
    def exempt_paragraphs(self) -> list[str]:
        """The paragraphs of Schedule 12A under which the public was excluded."""
        found = self.exclusion
        if found.moved != "carried":
            return []
        return list(found.paragraphs) or ["12" if self.rules.country == meetings.WALES else "1"]

    @property
    def exempt_words(self) -> str:
        """The resolution by which the public was excluded, in full; nothing where it was not."""
        numbers = self.exempt_paragraphs
        return meetings.resolution(self.rules.country, numbers, self.exclusion.public_interest) if numbers else ""
