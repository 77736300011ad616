"""An action plan is agreed and signed off."""

from tests.reading import LATER

ANSWERS = {
    "agree_action_plan": {"plan": "A letter to every ward.", "by_when": LATER, "signs_off": "The sub-panel"},
    "sign_off_action_plan": {"done": "yes", "signed_by": "The sub-panel", "note": "The letters were seen."},
}
