"""What becomes of recommendations, and a vote of no confidence."""

ANSWERS = {
    "note_answer": {
        "side": lambda at: next(iter(at.look.facts.holders()), ""), "reply": "done", "answer": "He has done it.",
    },
    "note_no_confidence": {"motion": "That the Panel has no confidence in him", "carried": "no"},
}  # fmt: skip
