"""Members and votes: who can come and vote, who came, and what the Panel decided on each candidate."""

from hearings.attendance import decision_of
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
        how = seat.words if seat else ("Not recorded" if held else "Has not said")
        if seat and seat.expected and seat.how == "room":
            how = "Can attend"
        council = member.council.name if member.council else member.get_kind_display()
        rows.append({"cells": [{"words": member.name}, {"words": council}, {"words": how}]})
    return rows


def votes_shown(resolutions) -> list[dict]:
    """What the Panel decided, one entry a resolution, with its votes."""
    return [vote_shown(resolution) for resolution in resolutions]


def vote_shown(resolution) -> dict:
    """One resolution: what was decided, by how many votes, and how each member voted, under who cast the vote."""
    decision = decision_of(resolution)
    what = "Veto" if resolution.veto else resolution.get_recommendation_display()
    line = resolution.count.get_taken_display()
    if decision.unanimous and not resolution.veto:
        line = f"Unanimous: {decision.votes_for} for"
    if resolution.veto:
        carried = "carried" if decision.carried else "not carried"
        line = (
            f"{decision.votes_for} of {plural(decision.in_office, 'member')} voted for the veto; it needed "
            f"{decision.needed}: {carried}."
        )
    if resolution.advisory:
        line += " The meeting had no quorum: it only advised."
    return {
        "heading": f"{resolution.person}: {what[0].lower()}{what[1:]}",
        "line": line,
        "stats": numbers_of_votes(decision),
        "by_name": [{"words": vote_words(vote)} for vote in decision.votes],
        "reasons": resolution.reasons,
        "concerns": resolution.concerns,
    }


def vote_words(vote, written=str) -> str:
    """ "Cllr Iris Vane, for Cllr Grace Tolland: against"."""
    seat = f", for {vote.member.name}" if vote.for_another else ""
    return f"{vote.voter}{seat}: {written(vote.cast)}"


def numbers_of_votes(decision) -> list[dict]:
    """The votes in numbers; none where the Panel agreed without a vote."""
    if decision.votes_for is None:
        return []
    return [
        {"number": decision.votes_for, "words": "For"},
        {"number": decision.votes_against, "words": "Against"},
        {"number": decision.abstained, "words": "Abstained"},
        {"number": decision.in_office - decision.voted, "words": "Absent, or did not vote"},
    ]
