"""What the day of a shared step may not precede. A step lists these in `not_before`; panel.casework.dates checks them.

Nobody is told of a decision before it was taken, and nothing is lifted before it was laid on. What happens outside,
such as a call or an apology, may come before the case was received: such steps list nothing.
"""

from collections.abc import Callable, Iterable
from datetime import date

from panel.casework.case_context import Attempt
from panel.models import Duty
from panel.procedure.vocabulary import RECEIPT, Earliest


def latest(days: Iterable[date | None]) -> date | None:
    """The latest of these days, or None where there is none."""
    return max((day for day in days if day), default=None)


def last_of(*steps: str) -> Callable[[Attempt], date | None]:
    """The day of the last of these steps that stands."""

    def day(attempt: Attempt) -> date | None:
        entry = attempt.look.last(*steps)
        return entry.on if entry else None

    return day


def opened(duties: Iterable[Duty]) -> date | None:
    """The latest day on which one of these duties arose."""
    return latest(d.opened_by.on for d in duties)


OF_WHAT_IS_CHOSEN = Earliest("the duty arose", lambda attempt: opened(attempt.form.duties_chosen()))
STEP_TAKEN_BACK = Earliest(
    "the step that is taken back took effect",
    lambda attempt: attempt.reversed_entry.on if attempt.reversed_entry else None,
)
RESTRICTION = Earliest("it was restricted", last_of("restrict"))
HOLD = Earliest("it was put on hold", lambda attempt: attempt.case.held_on)
PROPOSED_ERASURE = Earliest("its erasure was proposed", last_of("propose_erasure"))
ENDED = Earliest("it ended", lambda attempt: latest(map(attempt.look.last_move_on, attempt.look.parts)))

__all__ = [
    "ENDED", "HOLD", "OF_WHAT_IS_CHOSEN", "PROPOSED_ERASURE", "RECEIPT", "RESTRICTION", "STEP_TAKEN_BACK", "last_of",
    "latest", "opened",
]  # fmt: skip
