"""It ends without an appointment."""

ANSWERS = {
    "lapse": {"what_followed": "The candidate was appointed.", "why": "No meeting could be held."},
    "candidate_withdraws": {"told_by": "The Commissioner"},
    "withdraw_proposal": {"told_by": "The Commissioner"},
}
