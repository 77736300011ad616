"""Who was there and who was not, by council: the table at the end of the report, and one for each day on which the hearing
had been adjourned."""

from hearings.report import addressee
from panel.files.paper import table
from panel.law.period import day_words
from panel.models import Member

INDEPENDENT = "Independent members"


def tables_of(report) -> list[dict]:
    """The members of each day on which the hearing sat; none where none was held."""
    record = report.record
    if record is None or not record.held:
        return []
    last = "" if report.facts.day_of_hearing_unknown else f" on {day_words(record.on)}"
    earlier = [
        (sat.on, sat.seats, f" on {day_words(sat.on)}, when it was adjourned") for sat in record.adjourned if sat.seats
    ]
    return [table_of(report, *day) for day in (*earlier, (record.on, record.seats, last))]


def table_of(report, day, taken, there) -> dict:
    """The members of one day, by how the seats were taken."""
    members = report.facts.members_then(day)
    seats = {seat.member.pk: seat for seat in taken}
    chairs = {
        addressee.chairman_on(report, day): report.look.names["chairman"],
        **vice_chairmen(report, day),
    }
    voting = [seat for seat in taken if seat.can_vote]
    nobody_in_room = bool(voting) and all(seat.how == "online" and not seat.substitute for seat in voting)
    councils: dict[str, list[str]] = {}
    others: dict[str, list[str]] = {}
    for member in sorted(members, key=lambda m: (m.name not in chairs, m.name.split()[-1], m.name)):
        seat = seats.get(member.pk)
        if seat is not None and seat.can_vote and (seat.how != "online" or nobody_in_room):
            councils.setdefault(council_of(member), []).append(sitting(seat, chairs))
        else:
            where, said = elsewhere(member, seat)
            others.setdefault(where, []).append(said)
    order = sorted(
        councils, key=lambda name: (name == INDEPENDENT, "" if holds_chair(councils[name], report) else name)
    )
    rows = [[name, ", ".join(councils[name])] for name in order]
    rows += [[where, ", ".join(others[where])] for where in sorted(others, key=ORDER.index)]
    room = sum(len(names) for names in councils.values())
    how = "by video" if nobody_in_room else "in the room"
    caption = f"Members{there}: {len(members)} in office, {room} {how}"
    return table(caption, ["Appointed by", how.capitalize()], rows, [5, 11], shown=True)


ORDER = ("By video, voted", "By video, did not vote", "Withdrew for an interest", "Not present")


def council_of(member) -> str:
    """The council that appointed the member."""
    if member.council is not None:
        return member.council.name
    return INDEPENDENT if member.kind == Member.Kind.INDEPENDENT else str(member.get_kind_display())


def sitting(seat, chairs) -> str:
    """Who sat in the seat: the member, or the substitute for the member."""
    if seat.substitute:
        return f"{seat.substitute} (for {seat.member.name})"
    return f"{seat.member.name} ({chairs[seat.member.name]})" if seat.member.name in chairs else seat.member.name


def elsewhere(member, seat) -> tuple[str, str]:
    """(row, words) of a member who was not in the room."""
    name, council = member.name, member.council.name if member.council else ""
    how = seat.how if seat is not None else "absent"
    if how == "online":
        row = ORDER[0] if seat.can_vote else ORDER[1]
        return row, f"{name} ({council})" if council else name
    if how == "withdrew":
        return ORDER[2], f"{name} ({council})" if council else name
    notes = ", ".join(word for word in ("apologies" if how == "apologies" else "", council) if word)
    return ORDER[3], f"{name} ({notes})" if notes else name


def holds_chair(names, report) -> bool:
    """Whether the Chairman is among these names: that council comes first."""
    return any(f"({report.look.names['chairman']})" in name for name in names)


def vice_chairmen(report, day) -> dict[str, str]:
    """{name: "Vice-Chairman"} of that day."""
    held = report.panel.chairmanships.filter(office="vice_chairman").select_related("member")
    return {row.member.name: f"Vice-{report.look.names['chairman']}" for row in held if row.holds(day)}
