"""What the IOPC or a court makes of it."""

from tests.reading import LATER

ANSWERS = {
    "iopc_suspends": {"proceedings": "R v Ashcombe", "review_on": LATER},
    "iopc_lifts_suspension": {"why": "The trial is over."},
    "iopc_discontinues": {"direction": "part_4", "why": "Not in the public interest."},
    "iopc_concludes": {"ended": "report", "offence": "yes", "follows": "awaiting_proceedings"},
    "proceedings_end": {"result": "No further action", "left": "recorded"},
    "iopc_treats_as_conduct_matter": {"why": "In the public interest."},
}
