"""Both sides are heard on the outcome, and it is published or not."""

from tests.reading import LATER

ANSWERS = {
    "invite_representations": {"by_when": LATER},
    "note_representations": {"side": lambda at: next(iter(at.look.facts.sides()), ""), "view": "agrees"},
    "decide_publication": {"publish": "no", "why": "It interests nobody.", "redacted_is": "agreed"},
}
