"""What keeps the record right; the steps that every register shares are answered in tests/panel/casework/answers.py."""

from types import SimpleNamespace

from complaints.procedure.record_keeping.clocks import targets


def clocks(at, stopped: bool) -> list[str]:
    """Duties whose clock can stop, or go on."""
    return [str(d.pk) for d in targets(SimpleNamespace(look=at.look), stopped=stopped)]


ANSWERS = {
    "record_evidence_step": {"kind": "kept", "note": "The webcast was saved."},
    "note_office_left": {"who": lambda at: str(at.look.facts.subjects[0].office_holder_id), "note": "It goes on."},
    "stop_clock": {"duties": lambda at: clocks(at, stopped=False), "waiting_for": "body", "why": "It is away."},
    "restart_clock": {"duties": lambda at: clocks(at, stopped=True), "why": "It came back."},
    "correct": {
        "title": lambda at: f"{at.case.title[:100]}, corrected {at.case.version}", "why": "It was misread.",
    },
}  # fmt: skip
