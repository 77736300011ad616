"""It is recorded, or not, and copies go out."""

ANSWERS = {
    "record": {"theme": "statements", "offence": "no"},
    "redirect": {"reason": "policy", "redirected_to": "The Commissioner’s office", "why": "It is about a policy."},
    "decline_to_record": {"ground": "not_a_complaint", "why": "There is nothing in it to deal with."},
    "decide_copies": {"copy": "full", "subjects": lambda at: [str(s.office_holder_id) for s in at.look.facts.subjects]},
}
