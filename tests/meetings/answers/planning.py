"""A meeting is planned, moved or cancelled."""

from datetime import date

MEETS = date(2026, 11, 26)
PLAN = {"kind": "panel", "meeting_on": MEETS, "at": "10am", "place": "County Hall", "attend": "room"}
ANSWERS = {
    "move_meeting": {
        "meeting_on": date(2026, 12, 3), "at": "2.30 pm", "place": "County Hall", "attend": "hybrid", "why": "No room.",
    },
    "cancel_meeting": {"why": "There is no business."},
}  # fmt: skip
