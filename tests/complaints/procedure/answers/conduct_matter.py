"""The next conduct of a conduct matter."""

from tests.reading import ON, RECEIVED

ANSWERS = {
    "add_conduct": {
        "came_to_light": "In the same lease", "clear_on": ON, "offence": "yes", "offence_is": "Fraud",
        "what_1": "Took another car", "happened_on_1": RECEIVED,
    },
}  # fmt: skip
