"""The Panel vetoes the appointment of a Chief Constable."""

from tests.hearings.answers.recommendation import VOTE

ANSWERS = {"veto": VOTE}
