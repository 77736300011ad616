"""What conditions, duties and pages ask about a meeting, read once."""

import re
from functools import cached_property

from meetings.keys import StateKey
from meetings.models import AgendaItem, PanelMeeting, ParticipationRequest
from meetings.rows import agenda_of, last_minute, sat_before
from panel.access import rules as access
from panel.casework.attendance import SeatTaken, seats_of_meeting
from panel.casework.common_facts import CommonFacts
from panel.law import meetings as rules_of_meetings
from panel.law.clock import participation
from panel.law.period import day_words
from panel.law.times import paper_time, time_in
from panel.models import Case, ExemptPart, Meeting, MeetingInterest, MeetingItem, MeetingMinute

BRACKET = re.compile(r"\[[^\]]*\]")
RECIPIENTS = {
    "the_panel": "the members", "public": "the public", "commissioner": "the Commissioner",
}  # fmt: skip


class MeetingFacts(CommonFacts):
    """One meeting for one person."""

    candidates: tuple[str, ...] = ()  # nobody is heard here by name: hearings have their own facts

    @cached_property
    def row(self) -> PanelMeeting:
        """The case as the register keeps it."""
        return self.case

    @property
    def meeting(self) -> Meeting | None:
        """Day, place and agenda; None until it is planned."""
        return self.case.meeting if self.case.meeting_id else None

    @property
    def informal(self) -> bool:
        """Whether it is no meeting in law."""
        return self.meeting is not None and self.meeting.kind == Meeting.Kind.INFORMAL

    def recipient_words(self, slug: str) -> str:
        """Whom something goes to; of a paper, who owes it and for which item."""
        kind, _, number = slug.partition(":")
        if kind == "request":
            asked = next((r for r in self.requests if str(r.pk) == number), None)
            return asked.name if asked and self.reads_requests else "whoever asked to take part"
        if kind != "item":
            return RECIPIENTS.get(slug, slug.replace("_", " "))
        row = next((r for r in self.every_item if str(r.item_id) == number), None)
        if row is None:
            return "somebody"
        return f"{row.paper_from}, for item {row.item.number}" if row.item.number else row.paper_from

    @property
    def interests_until(self):
        """The day of the meeting."""
        return self.meeting.on if self.meeting else self.look.today

    @property
    def reads_requests(self) -> bool:
        """Whether the person may read who asked to take part; others hear the name at the meeting."""
        return bool(self.look.who.roles & set(access.ALL_CASES))

    # By which rules

    @property
    def rules(self):
        """The panel's settings of the day of the meeting."""
        return self.look.settings_on(self.meeting.on if self.meeting else self.look.today)

    @property
    def notice(self) -> rules_of_meetings.Notice:
        """The notice that the meeting needs."""
        return rules_of_meetings.notice(self.rules.country, self.rules.clear_days)

    @property
    def online_votes(self) -> bool:
        """Whether who is online is present and votes."""
        return rules_of_meetings.online_votes(self.rules.country, self.rules.online_votes, self.meeting.on)

    @property
    def quorum(self) -> int | None:
        """How many must be there."""
        return self.rules.quorum if self.meeting and self.meeting.kind == Meeting.Kind.PANEL else None

    @property
    def ask_until(self):
        """Until when the public may ask to take part; None where the Panel has no such rule."""
        hour = self.rules.participation_hour
        if self.meeting is None or hour is None or self.meeting.kind != Meeting.Kind.PANEL:
            return None
        return participation(self.meeting.on, hour)

    # The agenda

    @cached_property
    def items(self) -> list[AgendaItem]:
        """The agenda, in order."""
        return agenda_of(self.meeting) if self.meeting else []

    @cached_property
    def every_item(self) -> list[AgendaItem]:
        """Whatever was ever on it."""
        return list(AgendaItem.objects.filter(item__meeting=self.meeting).select_related("item"))

    @cached_property
    def seen_cases(self) -> set[int]:
        """The cases on the agenda that the person sees."""
        there = [row.item.case_id for row in self.items if row.item.case_id]
        seen = Case.objects.filter(access.visible(self.look.who), pk__in=there) if there else Case.objects.none()
        return set(seen.values_list("pk", flat=True))

    def sees_item(self, row) -> bool:
        """Whether the person may know what an item is about."""
        return row.item.case_id is None or row.item.case_id in self.seen_cases

    @property
    def awaited(self) -> list[AgendaItem]:
        """The items whose paper was asked for and has not come."""
        return [row for row in self.items if row.paper_from and row.paper_on is None]

    @property
    def asked_for(self) -> set[int]:
        """The items for whose paper a duty is open."""
        return {int(d.recipient.partition(":")[2]) for d in self.look.open_duties if d.kind == "paper"}

    @cached_property
    def heard_here(self) -> list[MeetingItem]:
        """The cases that have their place at this meeting now: of each the latest place counts."""
        if self.meeting is None:
            return []
        rows = MeetingItem.objects.filter(case__panel=self.case.panel_id, entry__reversed_by=None).exclude(case=None)
        here = set(rows.filter(meeting=self.meeting).values_list("case", flat=True))
        latest = {row.case_id: row for row in rows.filter(case__in=here).select_related("case").order_by("pk")}
        return [row for row in latest.values() if row.meeting_id == self.meeting.pk]

    # Who is there

    @cached_property
    def expected(self) -> dict[int, SeatTaken]:
        """Who said that they come."""
        return seats_of_meeting(self.meeting, None, True, self.online_votes) if self.meeting else {}

    @cached_property
    def attended(self) -> dict[int, SeatTaken]:
        """Who was there."""
        return seats_of_meeting(self.meeting, None, False, self.online_votes) if self.meeting else {}

    @property
    def members_then(self) -> list:
        """The members of the day of the meeting, Chairman and Vice-Chairman first."""
        day = self.meeting.on if self.meeting else self.look.today
        return in_rank(self.look.panel, self.members_on(day), day)

    @property
    def unsaid(self) -> list:
        """The members of whom nobody has said whether they were there."""
        return [m for m in self.members_then if m.pk not in self.attended]

    @cached_property
    def interests(self) -> list[MeetingInterest]:
        """What was declared, the latest word on each member and item."""
        rows = MeetingInterest.objects.filter(meeting=self.meeting, entry__reversed_by=None)
        found = {(r.member_id, r.item_id): r for r in rows.select_related("member", "item").order_by("pk")}
        return list(found.values())

    @cached_property
    def exempt_parts(self) -> dict[int, ExemptPart]:
        """{item: the motion to exclude the public}, the latest word on each."""
        rows = ExemptPart.objects.filter(meeting=self.meeting, entry__reversed_by=None).exclude(item=None)
        return {row.item_id: row for row in rows.order_by("pk")}

    @cached_property
    def minute(self) -> MeetingMinute | None:
        """What is recorded of the whole meeting, also where a hearing there recorded it first."""
        if self.meeting is None:
            return None
        return self.meeting.minutes.filter(entry__reversed_by=None).order_by("pk").last()

    @cached_property
    def requests(self) -> list[ParticipationRequest]:
        """Who asked to take part."""
        if self.meeting is None:
            return []
        return list(ParticipationRequest.objects.filter(meeting=self.meeting, entry__reversed_by=None).order_by("pk"))

    @property
    def since(self):
        """The day of the meeting before this one; None where there was none."""
        before = sat_before(self.case, self.meeting.on)
        return before[0].meeting.on if before else None

    # The minutes

    @property
    def sat(self) -> bool:
        """Whether it has been held, in whole or in part."""
        return self.case.status in (StateKey.HELD, StateKey.ADJOURNED, StateKey.MINUTES_CONFIRMED)

    @property
    def unfinished_minutes(self) -> list[AgendaItem]:
        """The items that have no minute, or one with words in brackets that nobody has confirmed."""
        return [row for row in self.items if not row.minute.strip() or BRACKET.search(row.minute)]

    @property
    def first_minute(self) -> int:
        """The number with which its minutes begin."""
        last = last_minute(self.case) if self.case.first_minute is None else None
        return self.case.first_minute or (last + 1 if last else 1)

    # Words

    @property
    def hour(self) -> str:
        """The hour as papers write it; as it was typed where it is none."""
        at = time_in(self.meeting.at)
        return paper_time(at) if at else self.meeting.at

    @property
    def when_words(self) -> str:
        """ "7 September 2022, 11.00 am"."""
        return ", ".join(filter(None, (day_words(self.meeting.on), self.hour)))


def in_rank(panel, members, day) -> list:
    """These members with the Chairman and Vice-Chairman of that day first; each has `office`, in words or ""."""
    rows = [c for c in panel.chairmanships.all() if c.holds(day)]
    offices = {c.member_id: c.get_office_display() for c in sorted(rows, key=lambda c: c.office != "chairman")}
    for member in members:
        member.office = offices.get(member.pk, "")
    ranks = {"Chairman": 0, "Vice-Chairman": 1}
    return sorted(members, key=lambda m: ranks.get(m.office, 2))
