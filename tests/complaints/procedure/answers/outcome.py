"""Informal resolution has an outcome."""

from tests.reading import LATER

ANSWERS = {
    "record_outcome": {
        "outcome": "explained", "record": "He explained what he had meant, and she accepted it.", "record_is": "agreed",
        "answer_due": LATER,
    },
}  # fmt: skip
