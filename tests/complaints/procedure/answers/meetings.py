"""Meetings are arranged, held and put off."""

from tests.reading import LATER

ANSWERS = {
    "arrange_meeting": {"meets_on": LATER, "place": "County Hall", "present": "The three members"},
    "note_meeting": {"kind": "other", "present": "All three members", "note": "They talked it over."},
    "adjourn": {"meets_on": LATER, "why": "One member is ill."},
}
