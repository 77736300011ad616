"""Who sat at a meeting: one seat a member, taken in a way, by the member or a substitute. Every register that meets reads
it here.

    seats = seats_of_meeting(meeting, item, expected=False)
    [seat.words for seat in seats.values()]   # "In the room", "Cllr Iris Vane, substitute"
"""

from dataclasses import dataclass

from django.db.models import Q

from panel.models import Meeting, Member, Seat

CANNOT = {  # why no vote can be cast from a seat that nobody sits on
    "online": "online: counts, does not vote", "withdrew": "has an interest", "apologies": "apologies", "absent": "absent",
}  # fmt: skip
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
    substitute_id: int | None = None  # on the register of substitutes
    online_votes: bool = False  # whether on that day a member online was present and could vote

    @property
    def can_vote(self) -> bool:
        """Whether a vote can be cast from that seat."""
        return (
            bool(self.substitute) or self.how in ("room", "substitute") or (self.online_votes and self.how == "online")
        )

    @property
    def member_id(self) -> int:
        """The number of the member whose seat it is."""
        return int(self.member.pk)

    @property
    def sits(self) -> str:
        """The name of who sits there and can vote, or "": nobody's."""
        return (self.substitute or self.member.name) if self.can_vote else ""

    @property
    def council(self) -> str:
        """The member's council, or which kind of member it is."""
        return self.member.council.name if self.member.council else self.member.get_kind_display()

    @property
    def words(self) -> str:
        """How the seat was taken."""
        said = WORDS[self.how]
        if not self.substitute:
            return said
        return f"{self.substitute}, substitute" + (
            "" if self.how == "substitute" else f" ({said[0].lower()}{said[1:]})"
        )


def seats_of_meeting(
    meeting: Meeting, item: int | None, expected: bool, online_votes: bool = False
) -> dict[int, SeatTaken]:
    """{member id: seat} at the meeting: the latest word on each; of one item, what holds only for it before what holds for
    the whole meeting."""
    found: dict[int, SeatTaken] = {}
    here = Q(item=None) | Q(item=item) if item else Q(item=None)
    seats = Seat.objects.filter(here, meeting=meeting, expected=expected, entry__reversed_by=None)
    rows = seats.select_related("member__council", "substitute")
    for seat in sorted(rows, key=lambda seat: (seat.item_id is not None, seat.pk)):
        found[seat.member_id] = SeatTaken(
            seat.member, seat.how, seat.sits_instead, seat.expected, seat.substitute_id, online_votes
        )
    return found
