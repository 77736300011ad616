"""A first stage has it, and passes it on."""

ANSWERS = {
    "begin_first_stage": {"whom": lambda at: str(at.world.members[6].pk), "why": "As the protocol has it."},
    "note_first_stage": {"done": "An explanation was given.", "said": "She is not satisfied."},
    "pass_to_panel": {"reason": "dissatisfied", "note": "She asks for a meeting."},
}
