"""Whom somebody is to tell, ask or report to, as slugs; `HearingFacts.recipient_words` has them in words."""

from hearings.keys import UNNAMED, DutyKey, StepKey


def commissioner(attempt):
    """The Commissioner."""
    return ["commissioner"]


def the_panel(attempt):
    """The members of the Panel."""
    return ["the_panel"]


def public(attempt):
    """The public."""
    return ["public"]


def candidates(attempt):
    """Every open candidate."""
    open_states = attempt.look.procedure.open_states
    return [
        f"candidate:{part.number}" for part in attempt.look.parts if part.status in open_states and part.name != UNNAMED
    ]


def everybody(attempt):
    """Everybody whom the day of a hearing concerns: every open candidate, the members, the public, the Commissioner."""
    return [*candidates(attempt), *the_panel(attempt), *public(attempt), *commissioner(attempt)]


def those_withdrawn(attempt):
    """The candidates whose proposal the Commissioner takes back."""
    return [f"candidate:{part.number}" for part in attempt.parts if part.name != UNNAMED]


def not_yet_invited(attempt):
    """Candidates who have not been asked to appear yet. A reserve candidate takes over a number, and is asked anew."""
    done = {d.recipient for d in attempt.look.duties if d.kind == DutyKey.INVITE and d.closed_how == "met"}
    reserve = attempt.step.key in (StepKey.NOTIFY_RESERVE, StepKey.ARRANGE_RESERVE_HEARING)
    return [slug for slug in candidates(attempt) if reserve or slug not in done]
