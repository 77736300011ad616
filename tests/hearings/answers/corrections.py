"""What was recorded is put right."""

from datetime import date

from tests.hearings.answers.hearing import HELD

ANSWERS = {
    "correct_hearing": {
        **{name: said for name, said in HELD.items() if name != "answers_1"},
        "chair": "Cllr Ada Reeve", "why": "The minutes were agreed.",
    },
    "correct_count": {"counts": "from_day", "day": date(2026, 11, 9), "counts_why": "The rest was complete that day."},
}  # fmt: skip
