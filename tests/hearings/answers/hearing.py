"""The hearing is arranged and held; ten members, all in the room."""

from tests.reading import HEARD, names

ARRANGE = {
    "meeting_on": HEARD, "at": "10am", "place": "County Hall", "remote": "no", "why": "The hall is taken.",
    "late_hearing_why": "No hall was free.",
}  # fmt: skip
HELD = {
    "in_room": lambda at: names(at.world, 0, 10), "quorate": "yes", "in_public": "yes", "candidate_came": "yes",
    "exempt": "none", "answers_1": "Asked how she would stay independent, she gave an example.",
    "late_hearing_why": "No hall was free.",
}  # fmt: skip
ANSWERS = {
    "arrange_hearing": ARRANGE,
    "rearrange_hearing": ARRANGE,
    "publish_agenda": {
        "where": "The council’s website",
        "urgent_why": "The chairman said that the three weeks leave no more time.",
    },
    "note_apologies": {"apologies": lambda at: names(at.world, 8, 10)},
    "plan_questions": {
        "competence": "How have you led a large budget?\nWhat did you learn?",
        "independence": "When did you last say no?",
    },
    "hold_hearing": HELD,
    "note_answers": {"answers_1": "And that she would listen."},
}
