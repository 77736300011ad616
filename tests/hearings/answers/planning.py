"""A hearing is planned before the notification."""

from tests.reading import ALL_FOUR, HEARD

ANSWERS = {
    "record_notification": {"candidate_1": "Farida Haddon", "came": ALL_FOUR},
    "plan_day": {"meeting_on": HEARD, "at": "2pm", "place": "Shire Hall"},
    "note_word": {"who": "The chief of staff", "how": "telephone", "word": "About 25 November."},
}
