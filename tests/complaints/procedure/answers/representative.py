"""Somebody begins or ceases to act for the complainant."""

from tests.reading import ON

ANSWERS = {
    "note_representative": {
        "agent": "Rachel Okafor", "agent_organisation": "Larkford Law", "agent_email": "rachel@okafor.example",
        "agent_authority": "Note signed by the complainant", "agent_authority_on": ON, "why": "Her letter of today.",
    },
    "end_representative": {"why": "She wrote that she acts no more."},
}  # fmt: skip
