"""What the day of a step of a hearing may not precede, where the notification does not say enough (Sch 1 paras 10 and
11; Sch 8 paras 4 to 6). Nothing is decided before the candidate was heard, sent before it was decided, or published
before it was sent."""

from panel.casework.earliest import last_of, latest
from panel.procedure.vocabulary import Earliest


def _held(attempt):
    """The day of the meeting that was held for this notification."""
    meeting = attempt.facts.meeting
    return meeting.on if meeting and meeting.held else None


NOTIFICATION = Earliest(
    "the Panel was notified", lambda attempt: attempt.facts.proposal.received_on if attempt.facts.proposal else None
)
HELD = Earliest("the hearing was held", _held)
DECISION = Earliest("the Panel decided", lambda attempt: latest(r.entry.on for r in attempt.facts.own_resolutions))
REPORT = Earliest("the report was sent", lambda attempt: attempt.form.sent_on())
ARRANGEMENT = Earliest(
    "the hearing was arranged", last_of("arrange_hearing", "rearrange_hearing", "arrange_reserve_hearing", "plan_day")
)
