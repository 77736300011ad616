"""The checklist, and what of the steps that every register shares is answered otherwise than in
tests/panel/casework/answers.py."""

from datetime import date

from panel.casework import challenge_steps
from tests.reading import SENT, open_duties


def challenges(*kinds):
    """Makes the answer that names the open duties of these kinds."""
    return lambda at: [str(d.pk) for d in open_duties(at.case, *kinds)]


ANSWERS = {
    "complete_item": {"item": "pre_meeting", "evidence": "Diary"},
    "skip_item": {"item": "pre_meeting", "why": "Members asked for a note instead."},
    "note_not_done": {"item": "public", "why": "The webcast failed."},
    "restrict": {"named": lambda at: [str(at.world.officer.pk)], "why": "The candidate is not public yet."},
    "correct": {"name_1": "Farida Hadden", "why": "Her letter."},
    "reopen": {"to": "under_review", "why": "New facts."},
    "note_external_challenge": {"body": "information_commissioner", "about": "What was published", "by_when": SENT},
    "answer_challenge": {"duties": challenges("answer_challenge"), "answer": "With the report.", "then": "decision"},
    "note_challenge_decision": {
        "duties": challenges(*challenge_steps.WAITING),
        "decided": "settled",
        "decision": "The letter is published.",
        "agreed": ["reminder"],
        "reminder_what": "To officers, of what is public",
        "reminder_by": date(2026, 12, 1),
    },
    "note_challenge_remedy": {"duties": challenges("challenge_reminder"), "note": "Minute 7"},
}
