"""It ends without an appointment."""

ANSWERS = {
    "lapse": {"what_followed": "The candidate was appointed.", "why": "No meeting could be held."},
    "note_early_appointment": {"known": "The Commissioner told the press."},
    "candidate_withdraws": {"told_by": "The Commissioner"},
    "withdraw_proposal": {"told_by": "The Commissioner"},
}
