"""The victim's review of a decision not to prosecute."""

from tests.reading import open_duties

ANSWERS = {
    "note_victims_review": {"who": "complainant", "body": "prosecutor", "about": "The decision not to charge"},
    "victims_review_ends": {
        "duties": lambda at: [str(d.pk) for d in open_duties(at.case, "await_review")], "ended": "stands",
        "note": "Nothing.",
    },
}  # fmt: skip
