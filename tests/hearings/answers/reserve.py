"""A reserve candidate follows a veto."""

from tests.hearings.answers.hearing import ARRANGE, HELD
from tests.hearings.answers.notification import CAME
from tests.reading import ALL_FOUR

ANSWERS = {
    "notify_reserve": {"candidate_1": "Owen Trask", "came": ALL_FOUR},
    "receive_reserve_information": CAME,
    "review_reserve": {},
    "arrange_reserve_hearing": ARRANGE,
    "hear_reserve": HELD,
    "report_reserve": {"how": "email", "late_why": "The Chairman was ill."},
    "withdraw_reserve": {"told_by": "The Commissioner"},
}
