"""The Panel votes on what it recommends."""

VOTE = {
    "taken": "counted", "votes_for": 7, "votes_against": 2, "abstained": 1, "evidence": "Minute 4", "why": "As minuted.",
}  # fmt: skip
ANSWERS = {"record_recommendation": {**VOTE, "recommendation": "appoint"}}
