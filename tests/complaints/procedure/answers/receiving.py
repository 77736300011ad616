"""A complaint is received."""

from datetime import date

from tests.reading import LATER

ANSWERS = {
    "ask_for_information": {"missing": "On which day it was said", "by_when": LATER},
    "resume": {"came": "nothing"},
    "add_allegation": {"what": "Then he walked out", "happened_on": date(2026, 10, 14)},
}
