"""Who comes, who is there, and that it was held."""

from tests.reading import names


def everybody(at):
    """All ten members."""
    return names(at.world, 0, 10)


ANSWERS = {
    "note_attendance": {"in_room": lambda at: names(at.world, 0, 8)},
    "record_attendance": {"in_room": everybody},
    "note_interest": {
        "member": lambda at: str(at.world.members[4].pk), "item": "1", "kind": "other", "nature": "A neighbour",
        "withdrew": "yes", "from_time": "10.40 am", "until_time": "11.25 am",
    },
    "note_exempt": {"item": "1", "moved": "carried", "paragraphs": ["1"], "from_time": "11.05 am"},
    "hold_meeting": {
        "chair": lambda at: at.world.members[0].name, "quorate": "yes", "in_public": "yes", "ended": "11.50 am",
    },
    "adjourn_meeting": {
        "chair": lambda at: at.world.members[0].name, "quorate": "yes", "in_public": "yes", "ended": "11.50 am",
        "why": "The fire alarm.",
    },
}  # fmt: skip
