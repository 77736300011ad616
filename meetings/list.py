"""The list of meetings: filters, views, order and rows."""

from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet

from meetings.models import PanelMeeting
from meetings.procedure import PROCEDURE
from meetings.procedure.states import TO_COME
from panel.access import rules
from panel.casework.search import MOST_WORDS
from panel.law import clock
from panel.law.roles import Role
from panel.law.times import paper_time, time_in
from panel.models import Duty, Meeting
from panel.pages.list_views import READERS, WAITING, View
from panel.pages.register_list import (
    CASES_READ_AT_ONCE,
    CaseFilters,
    ListPage,
    SearchFilter,
    SelectFilter,
    ShowFilter,
    StatusFilter,
    TickFilter,
)
from panel.pages.words import Cell, gone_by, kind_due
from panel.templatetags.panel_tags import short_day

EVERYBODY = (*READERS, Role.MEMBER)
MOST_TO_COME = 5


class MeetingFilters(CaseFilters):
    """The filters above the list."""

    q = SearchFilter(label="Search reference, place or day")
    show = ShowFilter()
    status = StatusFilter()
    kind = SelectFilter(label="What meets", choices=Meeting.Kind.choices, blank="Any", field_name="meeting__kind")
    overdue = TickFilter(label="Overdue", method="overdue_only")

    def search(self, rows: QuerySet, name: str, text: str) -> QuerySet:
        """In the reference, the title with its day, or the place: nobody who complained stands in any of them."""
        for word in text.split()[:MOST_WORDS]:
            rows = rows.filter(
                Q(reference__icontains=word) | Q(title__icontains=word) | Q(meeting__place__icontains=word)
            )  # fmt: skip
        return rows


class MeetingList(ListPage):
    """The list of meetings. Every member sees the Panel's."""

    filters = MeetingFilters
    views = (
        *WAITING,
        View("to_come", "To come", "open", lambda who, procedures: Q(status__in=TO_COME), EVERYBODY),
        View("past", "Past", "all", lambda who, procedures: Q(meeting__on__lt=clock.today()), EVERYBODY),
    )
    columns = ("Reference", "Meeting", "Place", "Status", "Day", "Next due")
    column_orders = ("reference", "title", "place", "status", "meeting", "due")
    orders = {  # noqa: RUF012
        **ListPage.orders, "meeting": ("meeting__on", "pk"), "place": ("meeting__place", "pk"),
    }  # fmt: skip
    exported_columns = (
        "Reference",
        "Meeting",
        "Kind",
        "Day",
        "Time",
        "Place",
        "Status",
        "Agenda published",
        "First minute",
    )

    @cached_property
    def procedures(self) -> Any:
        """The one procedure."""
        return (PROCEDURE,)

    def seen_by(self, who: Any) -> QuerySet:
        """The meetings that the person sees."""
        return PanelMeeting.objects.filter(rules.visible(who))

    def with_names(self, rows: QuerySet) -> QuerySet:
        """With day and place."""
        return rows.select_related("panel", "meeting")

    def with_rows(self, rows: QuerySet) -> QuerySet:
        """With the open duties, too."""
        still = Duty.objects.filter(closed_by=None).order_by(F("due").asc(nulls_last=True), "pk")
        return self.with_names(rows).prefetch_related(Prefetch("duties", still, to_attr="still"))

    def row_of(self, case: Any, who: Any, procedure: Any, url: str) -> dict:
        """One row of the list."""
        state, due = procedure.state(case.status), next_cell(case, procedure)
        return {
            "late": due["late"] or False,
            "over": due["over"] or False,
            "cells": [
                Cell(words=case.reference),
                Cell(words=case.title, url=url, strong=True),
                Cell(words=case.meeting.place),
                Cell(tag={"words": state.label, "colour": state.colour}),
                Cell(words=short_day(case.meeting.on), note=hour_of(case.meeting)),
                due,
            ],
        }

    def coming(self, who: Any, user: Any) -> list[dict]:
        """The meetings to come."""
        rows = (
            self.seen_by(who)
            .filter(status__in=TO_COME, meeting__on__gte=clock.today())
            .select_related("meeting", "panel")
        )
        return [
            {
                "title": case.title, "url": case.get_absolute_url(), "when": hour_of(case.meeting),
                "where": case.meeting.place, "lines": [],
            }
            for case in rows.order_by("meeting__on", "pk")[:MOST_TO_COME]
        ]  # fmt: skip

    def recipient_of(self, case: Any, slug: str, sees: bool) -> str:
        """A recipient in words."""
        kind, _, number = slug.partition(":")
        if kind in ("item", "request"):
            return "whoever writes the paper" if kind == "item" else "whoever asked to take part"
        return {"the_panel": "the members", "public": "the public", "commissioner": "the Commissioner"}.get(slug, slug)

    def exported(self, rows: QuerySet, who: Any) -> Any:
        """One row of cells for each meeting, in the list's order."""
        for case in self.with_names(rows).iterator(chunk_size=CASES_READ_AT_ONCE):
            m = case.meeting
            yield (
                case.reference, case.title, m.get_kind_display(), m.on, m.at, m.place, PROCEDURE.state(case.status).label,
                m.agenda_on, case.first_minute,
            )  # fmt: skip


def hour_of(meeting: Any) -> str:
    """The hour as papers write it."""
    at = time_in(meeting.at)
    return paper_time(at) if at else meeting.at


def next_cell(case: Any, procedure: Any) -> Cell:
    """The day of the next duty, and how late it is where it binds. Of an ended meeting nothing is red."""
    today: date = clock.today()
    state = procedure.state(case.status)
    if case.next_due is None:
        return Cell(words="No day set" if state.open else "")
    if case.next_due >= today or not state.open:
        return Cell(words="Today" if case.next_due == today else short_day(case.next_due))
    kind = kind_due(case.still, case.next_due, procedure.duty)
    late = kind is not None and kind.late_in_law
    words = f"{short_day(case.next_due)}, {gone_by(case.next_due, today, kind)}" if kind else short_day(case.next_due)
    return Cell(words=words, late=late, over=not late)
