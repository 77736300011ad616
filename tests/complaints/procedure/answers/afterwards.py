"""A complaint is reopened, or somebody outside asks about it."""

from tests.reading import LATER, open_duties

ANSWERS = {
    "reopen": {"to": "recorded", "why": "New facts."},
    "note_external_challenge": {"body": "ombudsman", "about": "How long it took", "by_when": LATER},
    "answer_challenge": {
        "answer": "With the whole file.", "duties": lambda at: [str(d.pk) for d in open_duties(at.case, "answer_challenge")],
    },
}  # fmt: skip
