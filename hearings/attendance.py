"""One hearing as its meeting has it: who sat, who voted how, who chaired, which interests were declared, what was
resolved on the public. Reports, pages and conditions read it here, and nowhere else.

    record = record_of(look.facts)          # of the notification that is dealt with; None where nothing is arranged
    [seat.words for seat in record.seats]   # "In the room", "Cllr Iris Vane, substitute"
    record.decision(part).votes             # each under the name of who cast it
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hearings.models import Attendance, Resolution
from panel.law.roles import DECLARATIONS, CasePart
from panel.models import Member

WORDS = {
    "room": "In the room",
    "substitute": "Substitute",
    "online": "Online",
    "withdrew": "Withdrew for an interest",
    "apologies": "Apologies",
    "absent": "Absent",
}


@dataclass(frozen=True)
class SeatTaken:
    """One member's seat: how the member attended, and who sat there instead."""

    member: Member
    how: str  # room, substitute (the papers do not say why), online, withdrew, apologies, absent
    substitute: str = ""  # who sat instead, whatever the member did
    expected: bool = False  # what was said before the day
    online_votes: bool = False  # whether on that day a member online was present and could vote

    @property
    def can_vote(self) -> bool:
        """Whether a vote can be cast from that seat."""
        return (
            bool(self.substitute) or self.how in ("room", "substitute") or (self.online_votes and self.how == "online")
        )

    @property
    def sits(self) -> str:
        """The name of who sits there and can vote, or "": nobody's."""
        return (self.substitute or self.member.name) if self.can_vote else ""

    @property
    def council(self) -> str:
        """The member's council, or which kind of member it is."""
        return self.member.council.name if self.member.council else str(self.member.get_kind_display())

    @property
    def words(self) -> str:
        """How the seat was taken."""
        said = WORDS[self.how]
        if not self.substitute:
            return said
        return f"{self.substitute}, substitute" + (
            "" if self.how == "substitute" else f" ({said[0].lower()}{said[1:]})"
        )


@dataclass(frozen=True)
class InterestDeclared:
    """An interest that was declared by the day of the hearing, on the case or at the meeting."""

    name: str
    withdrew: bool
    kind: str = ""  # in words; "" where the record does not say
    nature: str = ""
    substitute: str = ""  # who sat after the member withdrew
    member_id: int | None = None

    @property
    def words(self) -> str:
        """ "Cllr Kim Farr withdrew: a friend of the candidate"."""
        said = f"{self.name} {'withdrew' if self.withdrew else 'declared an interest and stayed'}"
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
    adjourned: tuple[Sat, ...] = ()
    with_it: tuple[str, ...] = ()  # the other appointments heard at the same meeting

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
    answers = facts.recorded.answers if facts.recorded is not None else {}
    return HearingRecord(
        on=m.on, at=m.at, place=m.place, held=m.held, remote=m.remote, agenda_on=m.agenda_on, urgent_why=m.urgent_why,
        chair=m.chair, others=m.others, quorate=m.quorate, in_public=m.in_public, candidate_came=m.candidate_came,
        late_why=answers.get("late_hearing_why", ""), seats=seats_of(facts), interests=interests_of(facts),
        interests_said=answers.get("interests", ""), exclusion=exclusion_of(m, answers),
        decisions=tuple(decision_of(r) for r in facts.own_resolutions),
    )  # fmt: skip


def seats_of(facts) -> tuple[SeatTaken, ...]:
    """Each seat that somebody has answered for, by member's name: who attended, or before the day who is expected."""
    rows = facts.attended if facts.meeting.held else facts.expected
    found = sorted(rows.values(), key=lambda row: row.member.name)
    return tuple(SeatTaken(row.member, row.how, row.substitute, row.expected) for row in found)


def interests_of(facts) -> tuple[InterestDeclared, ...]:
    """What was declared by the day of the meeting, on the case or there."""
    roles = [r for r in facts.look.case_roles if r.kind in DECLARATIONS and r.from_entry.on <= facts.meeting.on]
    on_the_case = [
        InterestDeclared(r.member.name, r.kind == CasePart.INTERESTED, "", r.from_entry.answers.get("nature", ""),
                         member_id=r.member_id)
        for r in roles if r.member
    ]  # fmt: skip
    known = {one.member_id for one in on_the_case}
    withdrew = [
        InterestDeclared(row.member.name, True, member_id=row.member_id)
        for row in facts.attended.values()
        if row.how == Attendance.How.WITHDREW and row.member_id not in known
    ]
    return (*on_the_case, *withdrew)


def exclusion_of(meeting: Any, answers: dict[str, Any]) -> Exclusion:
    """Whether the public was excluded, under which paragraphs, and what was resolved."""
    paragraphs = (meeting.exempt_paragraph or "1",) if meeting.exempt == "carried" else ()
    return Exclusion(meeting.exempt, paragraphs, answers.get("exempt_resolution", ""))


def decision_of(resolution) -> Decision:
    """A resolution with its votes, each under who cast it: the substitute, where one sat."""
    rows = resolution.votes.select_related("member__council").order_by("member__name")
    seats = {
        a.member_id: a
        for a in Attendance.objects.filter(meeting=resolution.meeting, expected=False, entry__reversed_by=None)
    }
    votes = []
    for vote in rows:
        seat = seats.get(vote.member_id)
        votes.append(VoteCast((seat.substitute if seat else "") or vote.member.name, vote.cast, vote.member))
    return Decision(
        resolution, resolution.taken, resolution.votes_for, resolution.votes_against, resolution.abstained,
        resolution.in_office, resolution.needed, tuple(votes),
    )  # fmt: skip
