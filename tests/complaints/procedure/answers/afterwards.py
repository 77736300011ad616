"""A complaint is reopened, or somebody outside asks about it."""

from panel.casework import challenge_steps
from tests.reading import LATER, open_duties

ANSWERS = {
    "reopen": {"to": "recorded", "why": "New facts."},
    "note_external_challenge": {"body": "ombudsman", "about": "How long it took", "by_when": LATER},
    "answer_challenge": {
        "answer": "With the whole file.", "then": "ended",
        "duties": lambda at: [str(d.pk) for d in open_duties(at.case, "answer_challenge")],
    },
    "note_challenge_decision": {
        "decided": "fault", "decision": "It took too long.", "agreed": ["apology"], "apology_by": LATER,
        "apology_what": "To her, for the delay",
        "duties": lambda at: [str(d.pk) for d in open_duties(at.case, *challenge_steps.WAITING)],
    },
    "note_challenge_remedy": {
        "note": "Letter of 2 November 2026",
        "duties": lambda at: [str(d.pk) for d in open_duties(at.case) if d.kind.startswith("challenge_")],
    },
}  # fmt: skip
