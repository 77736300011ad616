"""A hearing that is planned before the notification: which notifications fit the day, and the other way round."""

from django.urls import reverse

from hearings.procedure.law import AGENDA, PERIOD
from hearings.procedure.window import notifications_for, window_of
from panel.law.period import WEEKDAYS, day_words
from panel.law.provisions import cite

COLUMNS = ("If it comes on", "Earliest hearing", "Last day for the report")


def plan_shown(look) -> dict:
    """What the page of a planned hearing says of its days."""
    case, meeting = look.case, look.facts.meeting
    url = reverse("panel:hearing-days", args=[case.panel.slug, case.reference])
    if meeting is not None:
        return {**window_shown(look, meeting.on, case.expected_on), "another_url": url}
    if case.expected_on:
        return {**hearings_shown(look, case.expected_on), "another_url": url}
    return {
        "heading": "No day is planned, and nobody has said when the notification comes",
        "why": why(look, look.today), "rows": [], "another_url": url,
    }  # fmt: skip


def why(look, day) -> str:
    """From what the days follow, with the provisions; the notice is that of a meeting of that day."""
    law, notice = look.facts.law, look.facts.notice_on(day)
    begin = f"The three weeks begin with the day the Panel receives the notification ({cite(*law.of(PERIOD))})."
    if not notice.days:
        return f"{begin} The Panel has set no notice of its meetings, so none is counted."
    under = cite(AGENDA[0]) if notice.by_law else "the Panel’s settings"
    return f"{begin} The earliest hearing leaves {clear_days_words(notice.days)} when the agenda goes out the same day ({under})."


def clear_days_words(days: int) -> str:
    """ "five clear days"."""
    number = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven"}.get(days, str(days))
    return f"{number} clear {'day' if days == 1 else 'days'}"


def window_shown(look, hearing, expected=None) -> dict:
    """Which notifications fit a hearing of that day."""
    notice = look.facts.notice_on(hearing).days
    first, last = notifications_for(hearing, notice)
    said = why(look, hearing)
    if expected and first <= expected <= last:
        said += f" The notification is expected about {day_words(expected)}: {day_words(hearing)} fits."
    heading = f"A hearing on {day_words(hearing)} needs a notification from {day_words(first)} to {day_words(last)}"
    if expected and not first <= expected <= last:
        when = f"after {day_words(last)}" if expected > last else f"before {day_words(first)}"
        heading = f"{day_words(hearing)} is too {'early' if expected > last else 'late'} for a notification {when}"
        said += f" The notification is expected about {day_words(expected)}: move the hearing."
    days = sorted({first, last, *([expected] if expected and first <= expected <= last else [])})
    rows = [row_of(day, hearing, notice) for day in days]
    later = {"cells": [
        {"words": "Later", "strong": True}, {"words": f"After {day_words(hearing)}: move the hearing"},
        {"words": "Three weeks from that day"},
    ]}  # fmt: skip
    return {"heading": heading, "why": said, "columns": heads(), "rows": [*rows, later]}


def hearings_shown(look, notified) -> dict:
    """Which hearings fit a notification of that day."""
    notice = look.facts.notice_on(notified).days
    found = window_of(notified, notice)
    heading = (
        f"Notified on {day_words(notified)}, a hearing can be from {day_words(found.earliest)} to "
        f"{day_words(found.latest)}"
    )
    return {
        "heading": heading,
        "why": why(look, notified),
        "columns": heads(),
        "rows": [row_of(notified, None, notice)],
    }


def heads() -> list[dict]:
    """The heads of the table."""
    return [{"words": words} for words in COLUMNS]


def row_of(notified, hearing, notice) -> dict:
    """What a notification of that day leaves."""
    found = window_of(notified, notice)
    return {
        "cells": [
            {"words": day_words(notified), "strong": True, "note": WEEKDAYS[notified.weekday()]},
            {"words": day_words(found.earliest)},
            {"words": day_words(found.latest), "note": "the day of the hearing" if found.latest == hearing else ""},
        ]
    }
