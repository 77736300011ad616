"""Where a candidate can stand, under both Schedules. Only Schedule 8 knows a veto, and the states that follow it."""

from panel.law.roles import Wait
from panel.procedure.vocabulary import State

STAGES = ("Notified", "Under review", "Hearing arranged", "Heard", "Report sent", "Decided")

# fmt: off

PLANNED = State(
    "planned", "Planned, not notified", 0, waiting_note="planned, not notified yet", asks=("notification",),
    waits_for=Wait.INFORMATION,
)
NOTIFIED = State("notified", "Notified", 0, colour="blue", asks=("review", "hearing"))
INFORMATION_AWAITED = State(
    "information_awaited", "Waiting for information", 0, colour="yellow", waiting_note="waiting for information",
    asks=("chase", "hearing"), waits_for=Wait.INFORMATION,
)
UNDER_REVIEW = State("under_review", "Under review", 1, colour="blue", asks=("hearing",))
HEARING_ARRANGED = State("hearing_arranged", "Hearing arranged", 2, colour="teal", asks=("hold_hearing",))
HEARD = State("heard", "Heard", 3, colour="teal", asks=("recommend", "report"))
REPORTED = State("reported", "Report sent", 4, colour="green", asks=("decision",))

VETOED = State("vetoed", "Vetoed", 4, colour="orange", asks=("report_veto", "await_reserve"))
RESERVE_NOTIFIED = State(
    "reserve_notified", "Reserve candidate notified", 4, colour="blue", waiting_note="reserve candidate notified",
    asks=("review_reserve",),
)
RESERVE_UNDER_REVIEW = State(
    "reserve_under_review", "Reserve candidate under review", 4, colour="blue",
    waiting_note="reserve candidate under review", asks=("hold_reserve", "hear_reserve"),
)
RESERVE_HEARD = State(
    "reserve_heard", "Reserve candidate heard", 4, colour="teal", waiting_note="reserve candidate heard",
    asks=("recommend", "report_reserve"),
)
RESERVE_REPORTED = State(
    "reserve_reported", "Report on the reserve candidate sent", 4, colour="green",
    waiting_note="reported on the reserve candidate", asks=("reserve_decision",),
)

VOID = State("void", "Void", 5, open=False)
APPOINTED_WITHOUT_NOTIFICATION = State(
    "appointed_without_notification", "Appointed without notification", 5, open=False,
)
PROPOSAL_WITHDRAWN = State("proposal_withdrawn", "Proposal withdrawn", 5, open=False)
CANDIDATE_WITHDRAWN = State("candidate_withdrawn", "Candidate withdrawn", 5, open=False)
LAPSED = State("lapsed", "Lapsed", 5, open=False)
REJECTED = State("rejected", "Recommendation rejected", 5, open=False)
ACCEPTED = State("accepted", "Recommendation accepted", 5, open=False)

# fmt: on

RUNNING = (NOTIFIED, INFORMATION_AWAITED, UNDER_REVIEW, HEARING_ARRANGED, HEARD)  # the first report is still owed
RESERVE = (RESERVE_NOTIFIED, RESERVE_UNDER_REVIEW, RESERVE_HEARD, RESERVE_REPORTED)
BEFORE_A_MEETING = (HEARING_ARRANGED, RESERVE_NOTIFIED, RESERVE_UNDER_REVIEW)
OPEN = (PLANNED, *RUNNING, REPORTED, VETOED, *RESERVE)
ENDS = (
    VOID,
    APPOINTED_WITHOUT_NOTIFICATION,
    PROPOSAL_WITHDRAWN,
    CANDIDATE_WITHDRAWN,
    LAPSED,
    REJECTED,
    ACCEPTED,
)  # the later an end stands here, the further a case has come that ends so

EVERY = (*OPEN, *ENDS)
WITHOUT_VETO = tuple(state for state in EVERY if state not in (VETOED, *RESERVE))


def keys_of(*states: State) -> tuple[str, ...]:
    """The stored slugs of these states."""
    return tuple(state.key for state in states)
