"""The checklist, and what of the steps that every register shares is answered otherwise than in
tests/panel/casework/answers.py."""

ANSWERS = {
    "complete_item": {"item": "pre_meeting", "evidence": "Diary"},
    "skip_item": {"item": "pre_meeting", "why": "Members asked for a note instead."},
    "note_not_done": {"item": "public", "why": "The webcast failed."},
    "restrict": {"named": lambda at: [str(at.world.officer.pk)], "why": "The candidate is not public yet."},
    "correct": {"name_1": "Farida Hadden", "why": "Her letter."},
    "reopen": {"to": "under_review", "why": "New facts."},
}
