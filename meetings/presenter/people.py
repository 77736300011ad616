"""Who is coming, who was there, which interests were declared, and from what the public was excluded."""

from typing import Any

from panel.casework.interests import KINDS
from panel.law.meetings import paragraphs_in_words, two_thirds
from panel.law.period import plural

COLUMNS = [{"words": words, "quiet": words == "Member"} for words in ("Member", "Council", "At the meeting")]


def coming_shown(look: Any) -> dict:
    """How many come or came, what a veto and a quorum need."""
    facts = look.facts
    members = facts.members_then
    rows = facts.attended or facts.expected
    there = sum(seat.can_vote for seat in rows.values())
    needs = [f"{two_thirds(len(members))} needed for a veto"] if facts.meeting.kind == "panel" and members else []
    if facts.quorum:
        needs.append(f"{facts.quorum} for a quorum")
    heading = "Who was there" if facts.attended else "Who is coming"
    return {"heading": heading, "words": f"{there} of {plural(len(members), 'member')}.", "needs": ", ".join(needs)}


def attendance_shown(look: Any) -> dict:
    """A row for each member of the day, and what it adds up to."""
    facts = look.facts
    recorded = bool(facts.attended)
    rows = facts.attended or facts.expected
    found = []
    for member in facts.members_then:
        seat = rows.get(member.pk)
        how = seat.words if seat else ("Not said" if recorded else "Has not said")
        if seat and seat.expected and seat.how == "room":
            how = "Can attend"
        council = member.council.name if member.council else member.get_kind_display()
        name = f"{member.name} ({member.office})" if member.office else member.name
        found.append({"cells": [{"words": name}, {"words": council}, {"words": how}]})
    count = sum(s.can_vote for s in rows.values())
    there = sum(s.can_vote and bool(s.substitute or s.how != "online") for s in rows.values())
    sat = sum(bool(s.substitute) for s in rows.values())
    online = sum(s.how == "online" and not s.substitute for s in rows.values())
    unsaid = len(facts.members_then) - sum(m.pk in rows for m in facts.members_then)
    now = [
        {"label": "In the room", "value": f"{there} of {plural(len(facts.members_then), 'seat')}"
         + (f", {sat} by a substitute" if sat else "")},
        {"label": "Online", "value": f"{online}{'' if facts.online_votes or not online else ', who do not vote'}"},
        {"label": "Not said", "value": str(unsaid)},
    ]  # fmt: skip
    if facts.quorum:
        met = "" if not rows else "Yes: " if count >= facts.quorum else "Not yet: " if not recorded else "No: "
        now.append({"label": "Quorum", "value": f"{met}{facts.quorum} needed"})
    return {"rows": found, "columns": COLUMNS, "now": now, "recorded": recorded}


def interests_shown(look: Any) -> list[dict]:
    """Each with whose it is, in which item, what it is, and whether the member left."""
    kinds = {k.value: k.label for k in KINDS}
    found = []
    for one in look.facts.interests:
        item = f", item {one.item.number}" if one.item and one.item.number else ""
        times = f" from {one.from_time} to {one.until_time}" if one.from_time and one.until_time else ""
        left = f"Left{times}." if one.withdrew else "Stayed."
        found.append(
            {"heading": f"{one.member.name}{item}", "words": f"{one.nature}. {kinds.get(one.kind, '')}. {left}"}
        )
    return found


def exempt_shown(look: Any) -> list[dict]:
    """Each item from which the public was excluded, or a motion for it was lost."""
    facts = look.facts
    numbers = {row.item_id: row for row in facts.items}
    found = []
    for item, part in facts.exempt_parts.items():
        row = numbers.get(item)
        if row is None:
            continue
        words = part.get_moved_display()
        if part.moved == "carried" and part.paragraphs:
            words += f", {paragraphs_in_words(facts.rules.country, part.paragraphs.split(','))}"
        if part.from_time:
            words += f", from {part.from_time}" + (f" until {part.until_time}" if part.until_time else ", not ended")
        found.append({"heading": f"Item {row.item.number}, {row.item.title}", "words": words})
    return found
