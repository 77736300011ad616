"""A sub-panel is appointed and meets, or the full Panel does."""

from tests.reading import LATER, seats, sitting


def leaving(at) -> str:
    """A member who sits."""
    return str(next(iter(sitting(at.case)), ""))


def joining(at) -> str:
    """A member who could sit."""
    taken = {r.member_id for r in at.look.facts.sub_panel} | at.look.facts.interested
    return next((str(m.pk) for m in at.world.members[4:] if m.pk not in taken), "")


ANSWERS = {
    "appoint_sub_panel": {"members": lambda at: seats(at.world, 3, 4, 5), "purpose": "resolve", "by_when": LATER},
    "replace_sub_panel_member": {"leaving": leaving, "joining": joining, "why": "Ill"},
    "refer_to_full_panel": {"meeting_on": LATER, "why": "It concerns all members."},
}
