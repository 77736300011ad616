"""Where a meeting can stand."""

from panel.procedure.vocabulary import State

STAGES = ("Planned", "Agenda published", "Held", "Minutes confirmed")

# fmt: off

PLANNED = State("planned", "Planned", 0, colour="grey", asks=("publish_agenda", "hold_meeting"))
CALLED = State("called", "Agenda published", 1, colour="teal", asks=("hold_meeting",))
HELD = State("held", "Held", 2, colour="blue", asks=("draft_minutes", "confirm_minutes"))
ADJOURNED = State(
    "adjourned", "Adjourned", 2, colour="yellow", waiting_note="adjourned", asks=("draft_minutes", "confirm_minutes"),
)
VOID = State("void", "Void", 3, open=False, retention_setting="keep_void")
CANCELLED = State("cancelled", "Cancelled", 3, open=False, retention_setting="keep_meetings")
CONFIRMED = State("minutes_confirmed", "Minutes confirmed", 3, open=False, retention_setting="keep_meetings")

# fmt: on

TO_COME = ("planned", "called")
SAT = ("held", "adjourned")
OPEN = (*TO_COME, *SAT)
ENDS = ("void", "cancelled", "minutes_confirmed")
EVERY = (*OPEN, *ENDS)
STATES = (PLANNED, CALLED, HELD, ADJOURNED, VOID, CANCELLED, CONFIRMED)
