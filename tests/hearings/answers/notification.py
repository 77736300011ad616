"""The Commissioner notifies the Panel of a proposed appointment."""

from datetime import date

from tests.reading import ALL_FOUR


def missing(at):
    """What has not come of the four things."""
    return [k.value for k in at.look.facts.missing]


CAME = {"came": missing, "counts": "from_notice", "counts_why": "Nothing that matters was missing."}
ANSWERS = {
    "request_information": {"missing": lambda at: missing(at)[:1]},
    "receive_information": CAME,
    "note_late_information": CAME,
    "notify_late": {"came": ALL_FOUR},
    "decide_count": {"counts": "from_notice", "counts_why": "The rest was complete."},
    "note_election": {"poll_on": date(2028, 5, 4)},
}
