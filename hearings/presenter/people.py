"""Members and votes: who can come and vote, who came, and what the Panel decided on each candidate."""

from panel.law.period import plural
from panel.law.provisions import cite

MEMBER_COLUMNS = [{"words": words, "quiet": words == "Name"} for words in ("Name", "Council", "At the hearing")]


def forecast_shown(look) -> dict | None:
    """Who could vote on a veto (Schedule 8, before a decision, and not on a reserve candidate); otherwise who can be at
    the meeting that is to come."""
    facts = look.facts
    if facts.proposal is None or facts.own_resolutions or not look.procedure.state(look.case.status).open:
        return None
    forecast = facts.forecast()
    if facts.law.schedule != 8 or any(part.reserve for part in look.parts):
        if facts.meeting is None or facts.meeting.held:
            return None
        return {
            "heading": "Who can be there",
            "words": forecast.attend,
            "cannot": forecast.cannot,
            "members": forecast.members,
            "cannot_words": "Cannot be in the room",
        }
    return {
        "heading": "If a veto is moved",
        "dots": forecast.dots,
        "words": forecast.words,
        "quorum": forecast.attend if facts.quorum else "",
        "cannot": forecast.cannot,
        "cannot_words": "Cannot vote",
        "under": f"Two thirds of all members in office, whether there or not ({cite('Sch 8 para 5')}).",
        "members": forecast.members,
    }


def members_shown(look) -> list[dict]:
    """Every member of the day of the hearing, with how they attended or mean to."""
    facts, meeting = look.facts, look.facts.meeting
    held = meeting is not None and meeting.held
    attendances = facts.attended if held else facts.expected
    rows = []
    for member in facts.members_then(meeting.on if meeting else look.today):
        seat = attendances.get(member.pk)
        how = facts.how_words(seat) if seat else ("Absent" if held else "Has not said")
        if seat and seat.substitute:
            how = f"{how}: {seat.substitute}"
        if seat and seat.expected and seat.how == "room":
            how = "Can attend"
        council = member.council.name if member.council else member.get_kind_display()
        rows.append({"cells": [{"words": member.name}, {"words": council}, {"words": how}]})
    return rows


def votes_shown(resolutions) -> list[dict]:
    """What the Panel decided, one entry a resolution, with its votes."""
    return [vote_shown(resolution) for resolution in resolutions]


def vote_shown(resolution) -> dict:
    """One resolution: what was decided, by how many votes, and how each member voted."""
    what = "Veto" if resolution.veto else resolution.get_recommendation_display()
    line = resolution.get_taken_display()
    if resolution.veto:
        carried = "carried" if resolution.carried else "not carried"
        line = (
            f"{resolution.votes_for} of {plural(resolution.in_office, 'member')} voted for the veto; it needed "
            f"{resolution.needed}: {carried}."
        )
    if resolution.advisory:
        line += " The meeting had no quorum: it only advised."
    votes = resolution.votes.select_related("member").order_by("member__name")
    return {
        "heading": f"{resolution.person}: {what[0].lower()}{what[1:]}",
        "line": line,
        "stats": numbers_of_votes(resolution),
        "by_name": [{"words": f"{vote.member.name}: {vote.get_cast_display().lower()}"} for vote in votes],
        "reasons": resolution.reasons,
        "concerns": resolution.concerns,
    }


def numbers_of_votes(resolution) -> list[dict]:
    """The votes in numbers; none where the Panel agreed without a vote."""
    if resolution.votes_for is None:
        return []
    cast = resolution.votes_for + resolution.votes_against + resolution.abstained
    return [
        {"number": resolution.votes_for, "words": "For"},
        {"number": resolution.votes_against, "words": "Against"},
        {"number": resolution.abstained, "words": "Abstained"},
        {"number": resolution.in_office - cast, "words": "Absent, or could not vote"},
    ]
