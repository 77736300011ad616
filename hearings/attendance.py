"""One hearing as its meeting has it: who sat, who voted how, who chaired, which interests were declared, what was
resolved on the public. Reports, pages and conditions read it here, and nowhere else.

    record = record_of(look.facts)          # of the notification that is dealt with; None where nothing is arranged
    [seat.words for seat in record.seats]   # "In the room", "Cllr Iris Vane, substitute"
    record.decision(part).votes             # each under the name of who cast it
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from hearings.models import Attendance, Hearing, Question, Resolution, Sitting
from panel.access import rules
from panel.casework.attendance import SeatTaken, seats_of_meeting
from panel.casework.interests import KINDS
from panel.law.roles import DECLARATIONS, CasePart
from panel.models import MeetingInterest, Member


@dataclass(frozen=True)
class InterestDeclared:
    """An interest that was declared by the day of the hearing, on the case or at the meeting."""

    name: str
    withdrew: bool
    kind: str = ""  # in words; "" where the record does not say
    nature: str = ""
    substitute: str = ""  # who sat after the member withdrew
    member_id: int | None = None
    left: str = ""  # when the member left, and came back
    back: str = ""

    @property
    def words(self) -> str:
        """ "Cllr Kim Farr withdrew from 11.05am to 11.40am: a friend of the candidate"."""
        away = span_of_times(self.left, self.back)
        said = f"{self.name} {f'withdrew{away}' if self.withdrew else 'declared an interest and stayed'}"
        return f"{said}: {self.nature}" if self.nature else said


@dataclass(frozen=True)
class VoteCast:
    """One vote by name, under the name of who cast it; `member` is whose seat it is."""

    voter: str
    cast: str  # for, against, abstained
    member: Member

    @property
    def for_another(self) -> bool:
        """Whether a substitute cast it."""
        return self.voter != self.member.name


@dataclass(frozen=True)
class Decision:
    """What the Panel decided on one candidate, and how it voted."""

    resolution: Resolution  # candidate, person, veto, recommendation, reasons, concerns, advisory, entry
    taken: str  # agreed, counted, named
    votes_for: int | None
    votes_against: int | None
    abstained: int | None
    in_office: int
    needed: int | None
    votes: tuple[VoteCast, ...] = ()

    @property
    def carried(self) -> bool:
        """Whether a veto had the votes it needs."""
        return self.votes_for is not None and self.needed is not None and self.votes_for >= self.needed

    @property
    def unanimous(self) -> bool:
        """Whether everybody who voted voted for it."""
        return bool(self.votes_for) and not self.votes_against and not self.abstained

    @property
    def voted(self) -> int | None:
        """How many voted or abstained; None where nobody counted."""
        return None if self.votes_for is None else self.votes_for + (self.votes_against or 0) + (self.abstained or 0)


@dataclass(frozen=True)
class Exclusion:
    """A motion to exclude the public: none, carried or lost; under which paragraphs of Schedule 12A."""

    moved: str = ""  # "", none, carried, lost
    paragraphs: tuple[str, ...] = ()
    resolution: str = ""
    public_interest: str = ""
    from_time: str = ""
    until_time: str = ""


@dataclass(frozen=True)
class Sat:
    """An earlier sitting of the same hearing, which was adjourned."""

    on: date
    place: str = ""
    why: str = ""
    seats: tuple[SeatTaken, ...] = ()  # who sat that day, as far as the record says


@dataclass(frozen=True)
class HearingRecord:
    """One hearing, arranged or held."""

    on: date | None
    at: str = ""
    place: str = ""
    held: bool = False
    remote: bool | None = None
    agenda_on: date | None = None
    urgent_why: str = ""
    chair: str = ""
    others: str = ""
    quorate: str = ""  # yes, no, unknown
    in_public: bool | None = None
    candidate_came: bool | None = None
    late_why: str = ""  # why it was held after the last day
    seats: tuple[SeatTaken, ...] = ()  # who attended; before the day, who is expected
    interests: tuple[InterestDeclared, ...] = ()
    interests_said: str = ""  # what was typed about interests in earlier releases, as one text
    exclusion: Exclusion = field(default_factory=Exclusion)
    decisions: tuple[Decision, ...] = ()
    questions: tuple[Question, ...] = ()  # planned, in order; `asked` is True, False or None where nobody has said
    adjourned: tuple[Sat, ...] = ()

    def decision(self, part) -> Decision | None:
        """What was decided on that candidate at this hearing; the last counts."""
        mine = [d for d in self.decisions if d.resolution.candidate_id == part.pk]
        return mine[-1] if mine else None

    @property
    def in_room(self) -> int:
        """How many sat who could vote, substitutes included."""
        return sum(seat.can_vote for seat in self.seats)

    def who(self, *how: str) -> list[str]:
        """Names of the members who attended in one of these ways."""
        return [seat.member.name for seat in self.seats if seat.how in how]


def record_of(facts) -> HearingRecord | None:
    """The hearing of the notification that these facts are of; None where no meeting is arranged."""
    m = facts.meeting
    if m is None:
        return None
    answers = facts.answers_at_hearing
    return HearingRecord(
        on=m.on, at=m.at, place=m.place, held=m.held, remote=m.remote, agenda_on=m.agenda_on, urgent_why=m.urgent_why,
        chair=m.chair, others=m.others, quorate=m.quorate, in_public=m.in_public, candidate_came=m.candidate_came,
        late_why=answers.get("late_hearing_why", ""), seats=seats_of(facts), interests=interests_of(facts),
        interests_said=answers.get("interests", ""), exclusion=exclusion_of(m, answers),
        decisions=tuple(decision_of(r) for r in facts.own_resolutions), questions=tuple(facts.questions),
        adjourned=tuple(sat_on(facts, s) for s in facts.sittings if s.ended == Sitting.Ended.ADJOURNED),
    )  # fmt: skip


def sat_on(facts, sitting: Sitting) -> Sat:
    """An earlier sitting that was adjourned, with who was there."""
    seats = seats_at(sitting, expected=False, online_votes=facts.online_votes(sitting.on))
    there = tuple(sorted(seats.values(), key=lambda seat: seat.member.name))
    return Sat(sitting.on, sitting.place, sitting.ended_why, there)


# Seats


def seats_at(meeting: Any, expected: bool, online_votes: bool = False) -> dict[int, SeatTaken]:
    """{member id: seat} at the hearing: the latest word on each, and what holds only for this item before what holds for
    the whole meeting."""
    found: dict[int, SeatTaken] = {}
    if not isinstance(meeting, Sitting):
        rows = Attendance.objects.filter(meeting=meeting, expected=expected, entry__reversed_by=None)
        for row in rows.select_related("member__council").order_by("pk"):
            found[row.member_id] = SeatTaken(row.member, row.how, row.substitute, row.expected)
        return found
    return seats_of_meeting(meeting.item.meeting, meeting.item_id, expected, online_votes)


def seats_of(facts) -> tuple[SeatTaken, ...]:
    """Each seat that somebody has answered for, by member's name: who attended, or before the day who is expected."""
    rows = facts.attended if facts.meeting.held else facts.expected
    return tuple(sorted(rows.values(), key=lambda row: row.member.name))


# Interests and the exempt part


def interests_of(facts) -> tuple[InterestDeclared, ...]:
    """What was declared by the day of the meeting, on the case or there."""
    there = {one.member_id: one for one in interests_at(facts.meeting, facts.attended)}
    roles = [r for r in facts.look.case_roles if r.kind in DECLARATIONS and r.from_entry.on <= facts.meeting.on]
    kinds = {k.value: k.label for k in KINDS}
    for r in roles:
        if r.member is not None and r.member_id not in there:
            said = r.from_entry.answers
            there[r.member_id] = InterestDeclared(
                r.member.name, r.kind == CasePart.INTERESTED, kinds.get(said.get("kind"), ""), said.get("nature", ""),
                seat_of(facts, r.member_id), r.member_id,
            )  # fmt: skip
    for seat in facts.attended.values():
        if seat.how == "withdrew" and seat.member_id not in there:
            there[seat.member_id] = InterestDeclared(
                seat.member.name, True, substitute=seat.substitute, member_id=seat.member_id
            )
    return tuple(sorted(there.values(), key=lambda one: one.name))


def seat_of(facts, member_id: int) -> str:
    """Who sat instead of that member."""
    seat = facts.attended.get(member_id)
    return seat.substitute if seat else ""


def interests_at(meeting: Any, seats: dict[int, SeatTaken]) -> list[InterestDeclared]:
    """The interests that were declared at the meeting, the latest word on each member."""
    if not isinstance(meeting, Sitting):
        return []
    rows = MeetingInterest.objects.filter(
        Q(item=None) | Q(item=meeting.item_id), meeting=meeting.item.meeting_id, entry__reversed_by=None
    )
    kinds = {k.value: k.label for k in KINDS}
    found = {}
    for row in rows.select_related("member").order_by("pk"):
        seat = seats.get(row.member_id)
        found[row.member_id] = InterestDeclared(
            row.member.name, row.withdrew, kinds.get(row.kind, row.kind), row.nature, seat.substitute if seat else "",
            row.member_id, row.from_time, row.until_time,
        )  # fmt: skip
    return list(found.values())


def span_of_times(begin: str, end: str) -> str:
    """ " from 11.05am to 11.40am", as far as the times are known; nothing where neither is."""
    return (f" from {begin}" if begin else "") + (f" {'to' if begin else 'until'} {end}" if end else "")


def exclusion_of(meeting: Any, answers: dict[str, Any]) -> Exclusion:
    """Whether the public was excluded, under which paragraphs, and what was resolved."""
    if isinstance(meeting, Sitting):
        part = meeting.part
        if part is None:
            return Exclusion()
        paragraphs = tuple(p for p in part.paragraphs.split(",") if p)
        return Exclusion(part.moved, paragraphs, part.resolution, part.public_interest, part.from_time, part.until_time)
    paragraphs = (meeting.exempt_paragraph or "1",) if meeting.exempt == "carried" else ()
    return Exclusion(meeting.exempt, paragraphs, answers.get("exempt_resolution", ""))


def others_at(meeting: Any) -> list[Any]:
    """The other items of the same meeting that deal with a case there now, in the order in which they came to it."""
    if not isinstance(meeting, Sitting):
        return []
    here = Sitting.objects.filter(item__meeting=meeting.item.meeting_id, entry__reversed_by=None).values("hearing")
    rows = Sitting.objects.filter(hearing__in=here, entry__reversed_by=None).exclude(hearing=meeting.hearing_id)
    latest = {(s.hearing_id, s.proposal_id): s for s in rows.select_related("item__meeting", "hearing").order_by("pk")}
    there = [s for s in latest.values() if s.item.meeting_id == meeting.item.meeting_id and not s.ended]
    return [s.item for s in sorted(there, key=lambda s: s.pk)]


def others_seen(look) -> list[str]:
    """What else is heard at the same meeting, by title: only what the person sees, as a restricted hearing, or one in which
    they have an interest, is nothing to them."""
    return [str(case) for case in others_shown(look)]


def others_shown(look) -> list[Any]:
    """The other hearings at the same meeting that the person sees, by title."""
    there = [item.case_id for item in others_at(look.facts.meeting)]
    seen = Hearing.objects.filter(rules.visible(look.who), pk__in=there) if there else Hearing.objects.none()
    return sorted(seen, key=str)


def heard_at(meetings: Iterable[Any], who: Any) -> dict[int, list[str]]:
    """{meeting: the titles of what is to be heard there} of the hearings that the person sees."""
    rows = Sitting.objects.filter(item__meeting__in=list(meetings), ended="", entry__reversed_by=None)
    rows = rows.filter(hearing__in=Hearing.objects.filter(rules.visible(who)).values("pk"))
    found: dict[int, set[str]] = {}
    for meeting, title in rows.values_list("item__meeting", "hearing__title"):
        found.setdefault(meeting, set()).add(title)
    return {meeting: sorted(titles) for meeting, titles in found.items()}


# Decisions


def decision_of(resolution: Resolution) -> Decision:
    """A resolution with its votes, each under who cast it: the substitute, where one sat."""
    count = resolution.count
    if resolution.motion is not None:
        rows = count.votes.select_related("member__council", "substitute").order_by("member__name")
        votes = [VoteCast(vote.voter, vote.cast, vote.member) for vote in rows]
    else:
        seats = seats_at(resolution.meeting, expected=False)
        rows = resolution.votes.select_related("member__council").order_by("member__name")
        votes = [
            VoteCast((seats[v.member_id].substitute if v.member_id in seats else "") or v.member.name, v.cast, v.member)
            for v in rows
        ]
    return Decision(
        resolution, count.taken, count.votes_for, count.votes_against, count.abstained, count.in_office, count.needed,
        tuple(votes),
    )  # fmt: skip
