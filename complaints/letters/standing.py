"""Where a complaint stands, as a letter says it after "Your complaint is now": labels of states are no sentences."""

from typing import Any

STANDS = {
    "received": "with us, and not yet on the register",
    "awaiting_information": "waiting for information",
    "recorded": "on the register",
    "referred_to_iopc": "with the Independent Office for Police Conduct, which is deciding what to do",
    "with_iopc": "with the Independent Office for Police Conduct, which investigates it",
    "awaiting_proceedings": "waiting until proceedings elsewhere have ended",
    "filtered": "to be dealt with in the way that was decided",
    "sub_panel": "with a {sub_panel} of the Panel",
    "full_panel": "before the full Panel",
    "informal_resolution": "being resolved informally",
    "outcome_recorded": "settled, and its outcome is recorded",
}


def stands(fields: Any) -> str:
    """Where it stands; of a state that nobody has put into such words, its label."""
    status = fields.case.status
    found = STANDS.get(status)
    if found is None:
        return str(fields.look.procedure.state(status).label).lower()
    return found.replace("{sub_panel}", fields.sub_panel)
