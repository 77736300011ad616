"""It is resolved informally."""

from tests.complaints.procedure.answers.deciding import body
from tests.reading import LATER

ANSWERS = {
    "resolve_informally": {"dealt_with_by": "officer", "decided_as": body},
    "request_documents": {"asked_for": "The letter of 14 October", "by_when": LATER},
    "request_attendance": {"asked_for": "The sub-panel’s meeting", "by_when": LATER},
    "note_comments": {"side": lambda at: at.look.facts.holders()[0], "said": "declined"},
    "note_explanation": {"side": lambda at: at.look.facts.holders()[0], "explanation": "He was in a hurry."},
    "note_apology": {"apology": "I am sorry for what I said.", "agreed": True},
    "note_opinion": {"opinion": "The sub-panel thinks the remark was in breach of the code."},
}  # fmt: skip
