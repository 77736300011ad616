"""Where an allegation can stand, in order: the later a state stands here, the further the allegation is."""

from typing import Any

from complaints.keys import WITH_THE_IOPC, Group, StateKey
from panel.law.roles import Wait
from panel.procedure.vocabulary import Elsewhere, State

# What a state asks for where its own step is barred: the IOPC must have the complaint first, or suspends the procedure.
BARRED = ("refer_to_iopc", "look_at_offence", "review_suspension")
OUTSIDE: dict[str, Any] = {"stops_targets": True, "waits_for": Wait.IOPC, "ends_the_rest": True}

STATES = (
    State("received", "Received", 0, colour="blue", asks=("decide_recording", *BARRED)),
    State(
        "awaiting_information", "Waiting for information", 0, colour="yellow", waiting_note="waiting for information",
        asks=("chase", *BARRED), waits_for=Wait.INFORMATION,
    ),
    State("recorded", "Recorded", 1, colour="blue", asks=("consider", *BARRED)),
    State(
        "referred_to_iopc", "Referred to the IOPC", 1, colour="orange", waiting_note="with the IOPC, which is deciding",
        asks=("iopc_decides",), **OUTSIDE,
    ),
    State(
        "with_iopc", "With the IOPC", 1, colour="orange", waiting_note="the IOPC investigates",
        asks=("iopc_investigates",), **OUTSIDE,
    ),
    State(
        "awaiting_proceedings", "With prosecutors", 1, colour="orange", waiting_note="with prosecutors or a court",
        asks=("court_decides",), **OUTSIDE,
    ),
    State(
        "filtered", "Route decided", 2, colour="teal",
        asks=("appoint_sub_panel", "begin_resolution", "carry_out", "take_to_panel", *BARRED),
    ),
    State("sub_panel", "Sub-panel", 3, colour="teal", asks=("decide_after_meeting", *BARRED)),
    State("full_panel", "Full Panel", 3, colour="teal", asks=("decide_after_meeting", *BARRED)),
    State("informal_resolution", "Informal resolution", 3, colour="teal", asks=("record_outcome", *BARRED)),
    State("outcome_recorded", "Outcome recorded", 4, colour="green", asks=("close_it", *BARRED)),
    State("void", "Void", 5, open=False, retention_setting="keep_void"),
    State("not_recorded", "Not recorded", 5, open=False, retention_setting="keep_redirected"),
    State("redirected", "Redirected", 5, open=False, retention_setting="keep_redirected"),
    State("withdrawn", "Withdrawn", 5, open=False, retention_setting="keep_withdrawn"),
    State("closed", "Closed", 5, open=False, retention_setting="keep_closed"),
)  # fmt: skip
STAGES = ("Received", "Recorded", "Route decided", "Being handled", "Outcome recorded", "Closed")

# Sets of states that steps are taken from
OPEN = tuple(s.key for s in STATES if s.open)
ENDS = tuple(s.key for s in STATES if not s.open)
ANY = OPEN + ENDS
FROM_RECORDED = tuple(k for k in OPEN if k not in StateKey.within(Group.NOT_ON_RECORD))
ON_THE_RECORD = (*FROM_RECORDED, StateKey.AWAITING_INFORMATION)  # what waits for information may have been recorded
BEFORE_THE_PANEL = ("sub_panel", "full_panel", "informal_resolution")
OUTCOME = ("outcome_recorded", "closed")
HANDLED = StateKey.within(Group.HANDLED)
SUB_PANEL_SITS = StateKey.within(Group.SUB_PANEL_SITS)
THE_PANEL_HAS_IT = tuple(k for k in OPEN if k not in WITH_THE_IOPC)

# Why a step that needs the Panel to have it cannot be taken elsewhere
IT_HAS_ENDED = Elsewhere("It has ended.", "reopen it.", "reopen", ENDS)
THE_IOPC_HAS_IT = Elsewhere("The IOPC has it.", states=("referred_to_iopc", "with_iopc"), others=(
    Elsewhere("A prosecutor or a court has it.", states=("awaiting_proceedings",)), IT_HAS_ENDED,
))  # fmt: skip

# The provisions that keeping the record rests on
ON_RECORD = ("para 5", "reg 34")

# What a complaint is about, for the annual report
THEMES = (
    ("behaviour_public", "Behaviour in public"),
    ("statements", "Statements and social media"),
    ("correspondence", "Answering correspondence"),
    ("interests", "Interests, gifts and hospitality"),
    ("expenses", "Expenses and use of resources"),
    ("staff", "Treatment of staff"),
    ("decisions", "How a decision was taken"),
    ("other", "Something else"),
)
