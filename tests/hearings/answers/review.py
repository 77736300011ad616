"""The Panel reviews the proposal."""

ANSWERS = {"begin_review": {"without_why": "It can begin with what there is."}}
