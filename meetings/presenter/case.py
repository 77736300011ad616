"""One meeting for one person: what the shared pages of a case, and the templates of meetings, ask of it."""

from functools import cached_property
from typing import Any

from django.urls import reverse

from meetings.keys import ItemKind, StateKey, StepKey
from meetings.presenter.days import days_shown
from meetings.presenter.people import attendance_shown, coming_shown, exempt_shown, interests_shown
from panel.casework.offers import offers
from panel.law.meetings import resolution
from panel.law.period import day_words, plural
from panel.law.times import paper_time
from panel.pages.words import WEEKDAYS, step_url
from panel.procedure.register import Tab, things_to_table

TABS = (
    Tab("attendance", lambda own: "Attendance", "meetings/attendance.html"),
    Tab("minutes", lambda own: "Minutes", "meetings/minutes.html"),
)
FROM_ATTENDANCE = (ItemKind.SUBSTITUTES, ItemKind.APOLOGIES)


class MeetingPresenter:
    """One meeting for one person."""

    parts_words = "Meeting"
    own_dates = True
    never_first: frozenset[str] = frozenset()
    asked: tuple[str, ...] = ()
    stage_hints: dict[int, str] = {}
    waiting = {"planned": "its agenda is made", "called": "the day is to come", "held": "minutes are written"}
    ways_out = "It can also be cancelled."
    onward = {"publish_agenda", "record_attendance", "hold_meeting", "write_minutes", "confirm_minutes", "table_item"}
    sees = False  # nobody's name is kept back

    def __init__(self, look: Any):
        self.look, self.case, self.facts_of = look, look.case, look.facts
        self.meeting = look.case.meeting

    @cached_property
    def can_take(self) -> set[str]:
        """The steps that the person can take now."""
        return {offer.step.key for offer in offers(self.look) if offer.refusal is None}

    # What every register gives

    def badges(self) -> list[dict]:
        """In public or not, as far as it is known."""
        words = {"panel": "In public", "sub_panel": "Sub-panel", "informal": "Informal"}[self.meeting.kind]
        minute = self.facts_of.minute
        if minute is not None and minute.in_public is False:
            words = "Not in public"
        return [{"kind": "plain", "words": words}]

    def facts(self) -> list[dict]:
        """When, where, until when the public may ask."""
        on, until = self.meeting.on, self.facts_of.ask_until
        rows = [
            {"label": "When", "value": f"{WEEKDAYS[on.weekday()]} {day_words(on)}, {self.facts_of.hour}"},
            {"label": "Where", "value": self.meeting.place, "note": self.case.get_attend_display()},
        ]
        if until is not None:
            rows.append({"label": "Public may ask until", "value": f"{day_words(until.day)}, {self.until_words}"})
        return rows

    @property
    def until_words(self) -> str:
        """The hour until which the public may ask."""
        return paper_time(self.facts_of.ask_until.at)

    def parts_table(self) -> dict:
        """The meeting as one row: a meeting has one part."""
        cells = [{"words": self.case.title}, {"words": self.meeting.place}]
        return {"columns": [{"words": "Meeting", "quiet": True}, {"words": "Place"}], "rows": [{"cells": cells}]}

    def summary(self) -> list[dict]:
        """Day, agenda, chair, minutes."""
        facts, case = self.facts_of, self.case
        rows = [{"label": "Kind", "value": self.meeting.get_kind_display()}]
        if self.meeting.agenda_on:
            where = f", {self.meeting.agenda_where}" if self.meeting.agenda_where else ""
            rows.append({"label": "Agenda published", "value": f"{day_words(self.meeting.agenda_on)}{where}"})
        if self.meeting.urgent_why:
            rows.append({"label": "Why urgent", "value": self.meeting.urgent_why})
        if facts.minute is not None:
            rows.append({"label": "Chaired by", "value": facts.minute.chair or "Not known"})
            rows.append({"label": "Quorum", "value": facts.minute.get_quorate_display()})
        if case.quorum_lost:
            rows.append({"label": "Quorum lost at", "value": f"{case.quorum_lost}. {case.after_quorum}"})
        if case.ended:
            rows.append({"label": "Ended at", "value": case.ended})
        if case.confirmed_at_id:
            rows.append({"label": "Minutes confirmed at", "value": case.confirmed_at.title})
        return rows

    def words(self) -> str:
        """Nothing is quoted."""
        return ""

    def says(self) -> str:
        """The meeting in a sentence."""
        return f"{self.case.title}, at {self.meeting.place}."

    def files(self) -> list[tuple[str, str, Any]]:
        """No files of its own go with it."""
        return []

    # The first page

    @cached_property
    def tabled(self) -> dict[str, Any]:
        """{key: what the registers have for this meeting}, as far as the person sees it."""
        return {thing.key: thing for thing in things_to_table(self.look.who, self.meeting.on)}

    @property
    def agenda(self) -> list[dict]:
        """The items in order; a title is a link where there is something behind it, a tag is only for what is missing."""
        return [self.item_shown(row) for row in self.facts_of.items]

    def item_shown(self, row: Any) -> dict:
        """One item."""
        thing = self.tabled.get(row.source) if row.source else None
        hidden = not self.facts_of.sees_item(row)
        note, tag = self.note_of(row), ""
        if thing is not None and thing.note:
            tag = thing.note
        elif row.paper_from and row.paper_on is None:
            tag = "Awaited"
        if hidden:
            return {"number": row.item.number, "title": "An item that you do not see", "note": "", "url": "", "tag": ""}
        return {
            "number": row.item.number, "title": row.item.title, "note": note, "tag": tag,
            "url": thing.url if thing else self.url_of(row),
        }  # fmt: skip

    def url_of(self, row: Any) -> str:
        """Where an item leads that every meeting has."""
        if row.kind in FROM_ATTENDANCE:
            return reverse("panel:case-tab", args=[self.case.panel.slug, "meetings", self.case.reference, "attendance"])
        return ""

    def note_of(self, row: Any) -> str:
        """Below the subject: what to know, who presents it, whose paper, what may be exempt."""
        if row.kind in FROM_ATTENDANCE:
            return "Filled from attendance"
        if row.kind == ItemKind.PARTICIPATION:
            return self.participation_note
        found = [row.about, f"Presented by {row.presenter}" if row.presenter else ""]
        if row.paper_from:
            found.append(f"Paper of {row.paper_from}")
        if row.item.case_id:
            found.append(row.item.case.reference)
        if row.exempt:
            number = "paragraph" if "," not in row.exempt else "paragraphs"
            found.append(f"Part may be exempt, {number} {row.exempt.replace(',', ', ')}")
        return ". ".join(part.rstrip(".") for part in found if part)

    @property
    def participation_note(self) -> str:
        """How many asked."""
        said = {True: "accepted", False: "not accepted", None: "to be decided"}
        rows = self.facts_of.requests
        if not rows:
            return "Nobody asked" if self.facts_of.sat else "Nobody has asked yet"
        found = [f"{r.name}: {said[r.accepted]}" for r in rows] if self.staff else []
        return ". ".join([plural(len(rows), "request"), *found])

    @property
    def staff(self) -> bool:
        """Whether the person may read who asked to take part before it is said in public."""
        return bool(self.facts_of.reads_requests)

    @property
    def waiting_to_be_tabled(self) -> list[dict]:
        """What belongs here and is not on the agenda, each with a button of one click."""
        if StepKey.TABLE_ITEM not in self.can_take or self.case.status != StateKey.PLANNED:
            return []
        there = {row.source for row in self.facts_of.items}
        heard = {row.case_id for row in self.facts_of.heard_here}
        return [
            {"key": t.key, "title": t.title, "url": t.url}
            for t in self.tabled.values()
            if t.key not in there and (t.case is None or t.case.pk in heard)
        ]

    @property
    def table_url(self) -> str:
        """Where the one click goes."""
        return step_url(self.case, self.look.register, StepKey.TABLE_ITEM)

    @property
    def version(self) -> int:
        """The version of the case that the page shows, so that nothing overtakes a click."""
        return self.case.version

    @property
    def today(self) -> str:
        """Today, as a form sends it."""
        return self.look.today.isoformat()

    @property
    def papers(self) -> list[dict]:
        """The papers that are made: agenda, item sheets, minutes."""
        base = [self.case.panel.slug, self.case.reference]
        if not self.facts_of.items:
            return []
        found = [("agenda", "Word, as we publish it")]
        if self.staff:
            found.append(("sheets", "Item sheets for the Chairman"))
        return [{"words": words, "url": reverse("panel:meeting-paper", args=[*base, kind])} for kind, words in found]

    @property
    def minutes_url(self) -> str:
        """The minutes as a Word file."""
        return reverse("panel:meeting-paper", args=[self.case.panel.slug, self.case.reference, "minutes"])

    @property
    def days(self) -> list[dict]:
        """Agenda, public, papers, minutes, each with whose day it is."""
        return days_shown(self.look)

    @property
    def coming(self) -> dict:
        """Who is coming, or came."""
        return coming_shown(self.look)

    # Attendance and minutes

    @property
    def sat(self) -> bool:
        """Whether it has been held, in whole or in part."""
        return bool(self.facts_of.sat)

    @property
    def attendance(self) -> dict:
        """Every member of the day, with how they attended or mean to."""
        return attendance_shown(self.look)

    @property
    def interests(self) -> list[dict]:
        """What was declared."""
        return interests_shown(self.look)

    @property
    def exempt(self) -> list[dict]:
        """From which items the public was excluded."""
        return exempt_shown(self.look)

    @property
    def motions(self) -> list[dict]:
        """The words to read out, of the items of which a part may be exempt."""
        country = self.facts_of.rules.country
        return [
            {"item": f"Item {row.item.number}, {row.item.title}", "words": resolution(country, row.exempt.split(","))}
            for row in self.facts_of.items
            if row.exempt
        ]

    @property
    def minutes(self) -> list[dict]:
        """The minutes in order, each with its number."""
        first = self.facts_of.first_minute
        return [
            {"number": first + place, "title": row.item.title, "text": row.minute}
            for place, row in enumerate(self.facts_of.items)
        ]

    @property
    def minutes_written(self) -> bool:
        """Whether anything is written."""
        return any(row.minute for row in self.facts_of.items)

    @property
    def unfinished(self) -> int:
        """How many items are not finished."""
        return len(self.facts_of.unfinished_minutes)

    @property
    def write_url(self) -> str:
        """Where the minutes are written, for who may."""
        key = StepKey.WRITE_MINUTES
        return step_url(self.case, self.look.register, key) if key in self.can_take else ""

    @property
    def record_url(self) -> str:
        """Where attendance is recorded, for who may."""
        key = StepKey.RECORD_ATTENDANCE
        return step_url(self.case, self.look.register, key) if key in self.can_take else ""
