"""A hearing is put off, or adjourned to another day."""

from datetime import date

ADJOURN = {
    "resumes": "yes", "meeting_on": date(2026, 11, 23), "at": "10am", "place": "County Hall", "why": "The lights failed.",
}  # fmt: skip
ANSWERS = {
    "put_off_hearing": {"why": "The candidate is ill."},
    "put_off_day": {"why": "The candidate is ill."},
    "adjourn_hearing": ADJOURN,
    "adjourn_reserve_hearing": {**ADJOURN, "late_hearing_why": "No hall was free."},
}
