"""The Commissioner decides."""

from tests.reading import SENT

DECISION = {"appointed": "yes", "announced_on": SENT}
ANSWERS = {"pcc_accepts": DECISION, "pcc_rejects": {**DECISION, "appointed": "no"}}
