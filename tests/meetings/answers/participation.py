"""Public participation."""


def request(accepted):
    """Makes the answer that names a request which was accepted, or waits."""
    return lambda at: next((str(r.pk) for r in at.look.facts.requests if r.accepted is accepted), "")


ANSWERS = {
    "log_request": {
        "name": "Walter Finch",
        "contact": "walter@example.org",
        "about": "Buses to Larkford",
        "late_why": "Post",
    },
    "decide_request": {"request": request(None), "accepted": "yes"},
    "answer_request": {"request": request(True), "answer": "He asked about buses. The Commissioner will write."},
}
