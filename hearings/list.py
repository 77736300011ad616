"""The list of hearings: filters, views, order and rows. Always within what the person may see."""

from datetime import date
from functools import cached_property

from django.db.models import Case, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from hearings.keys import StateKey
from hearings.models import Hearing, Meeting, Proposal, Sitting
from hearings.procedure import PROCEDURES
from panel.access import rules
from panel.casework import search
from panel.law import clock
from panel.law.period import long_date, plural
from panel.law.roles import Role
from panel.law.spoken import say
from panel.models import Duty
from panel.pages.list_views import READERS, WAITING, View, distinct, ended_this_year
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
from panel.pages.words import case_url, kind_due
from panel.templatetags.panel_tags import short_day

EVERYBODY = (*READERS, Role.MEMBER)


class HearingFilters(CaseFilters):
    """The filters above the list of hearings, in the order of the page."""

    q = SearchFilter(label="Search reference, name or post")
    show = ShowFilter()
    status = StatusFilter()
    post = SelectFilter(label="Post", choices=Hearing.Post.choices, blank="Any post", field_name="post")
    overdue = TickFilter(label="Overdue", method="overdue_only")

    def search(self, rows: QuerySet, name: str, text: str) -> QuerySet:
        """In the reference, the title, or the name of a candidate, now or before: who was vetoed is found, too."""
        return search.holding(rows, text, people=False)


class HearingList(ListPage):
    """The list of hearings. Every member sees every hearing (Sch 6 para 27)."""

    filters = HearingFilters
    views = (
        *WAITING,
        View("to_come", "Hearings to come", "open", lambda who, procedures: Q(hearing_on__gte=clock.today()), EVERYBODY),
        View("past", "Past hearings", "ended", lambda who, procedures: Q(), EVERYBODY),
        View("ended", "Ended this year", "ended", ended_this_year, EVERYBODY),
    )  # fmt: skip
    columns = ("Reference", "Appointment", "Hearing", "Status", "Report by", "Next due")
    column_orders = ("reference", "title", "hearing", "status", "report", "due")
    orders = {**ListPage.orders, "hearing": ("hearing_day", "pk"), "report": ("report_day", "pk")}  # noqa: RUF012
    exported_columns = (
        "Reference", "Appointment", "Post", "Schedule", "Candidates", "Status", "Notified", "Hearing", "Report due",
        "Report sent", "Recommendation", "Appointed", "Kept by",
    )  # fmt: skip

    @cached_property
    def procedures(self):
        """Schedule 1 and Schedule 8."""
        return PROCEDURES

    def seen_by(self, who) -> QuerySet:
        """The hearings that the person sees."""
        return with_days(Hearing.objects.filter(rules.visible(who)))

    def with_names(self, rows: QuerySet) -> QuerySet:
        """With the candidates."""
        return rows.select_related("panel").prefetch_related("parts__candidate")

    def with_rows(self, rows: QuerySet) -> QuerySet:
        """With the open duties, the notifications and their meetings, too."""
        open_duties = Prefetch(
            "duties", Duty.objects.filter(closed_by=None).order_by(F("due").asc(nulls_last=True), "pk"), to_attr="still"
        )
        return self.with_names(with_days(rows)).prefetch_related(open_duties, Prefetch("proposals", IN_FORCE))

    def row_of(self, case, who, procedure, url: str) -> dict:
        """One row of the list."""
        state = procedure.state(case.status)
        due, next_due = self.report_cell(case, state), self.next_cell(case, state, procedure)
        earlier = [f"after {p.candidate.earlier}" for p in case.parts.all() if p.candidate.earlier]
        note = ", ".join([procedure_words(procedure), *case.flags, *earlier])
        return {
            "late": due.get("late", False) or next_due.get("late", False),
            "over": next_due.get("over", False),
            "cells": [
                {"words": case.reference},
                {"words": case.title, "url": url, "strong": True, "note": note},
                {"words": hearing_words(case, state)},
                {"tag": {"words": state.label, "colour": state.colour}, "note": outcome(case, state)},
                due,
                next_due,
            ],
        }

    def report_cell(self, case, state) -> dict:
        """By when the report is due, or when it was sent."""
        proposal, report, today = latest(case), report_duty(case), clock.today()
        if report:
            late = report.is_over(today)
            day = f"{short_day(report.due)}{', late' if late else ''}"
            return {"words": "Today" if report.due == today else day, "late": late}
        if proposal and proposal.sent_on:
            return {"words": f"Sent {short_day(proposal.sent_on)}"}
        if state.key == StateKey.PLANNED:
            return {"words": "Not running yet"}
        return {"words": "Not known" if state.open and proposal else "None" if not state.open else ""}

    def next_cell(self, case, state, procedure) -> dict:
        """The day of the next duty, and how late it is where it binds. Of an ended case nothing is red."""
        today = clock.today()
        if case.next_due is None:
            return {"words": "No day set" if state.open else ""}
        days = (today - case.next_due).days
        if days <= 0 or not state.open:
            return {"words": "Today" if days == 0 else short_day(case.next_due)}
        kind = kind_due(case.still, case.next_due, procedure.duty)
        late = kind is not None and kind.late_in_law
        words = f"{short_day(case.next_due)}, {plural(days, 'day')} {'late' if late else 'ago'}"
        return {"words": words, "late": late, "over": not late}

    def coming(self, who, user) -> list[dict]:
        """The hearings to come that the person sees, the next first."""
        rows = self.seen_by(who).filter(hearing_on__gte=clock.today(), status__in=OPEN_STATES)
        found = []
        cases = list(self.with_rows(rows).order_by("hearing_on", "pk")[:MOST_TO_COME])
        places = places_of(cases)
        for case in cases:
            place = places.get(case.pk)
            said = self.report_cell(case, PROCEDURES_BY_KEY[case.procedure].state(case.status))["words"]
            found.append(
                {
                    "title": case.title,
                    "url": case_url(case, case.register),
                    "when": f"{long_date(case.hearing_on)}{f', {place.at}' if place and place.at else ''}",
                    "where": place.place if place else "",
                    "lines": [f"Report by {said}"] if said not in ("", "Not known", "Not running yet") else [],
                }
            )
        return found

    def meetings_to_come(self, who, on) -> list[tuple]:
        """The hearings."""
        rows = self.seen_by(who).filter(hearing_on__gte=on, status__in=OPEN_STATES).order_by("hearing_on", "pk")
        return [(case, case.hearing_on, "Confirmation hearing") for case in rows[:MOST_TO_COME]]

    def recipient_of(self, case, slug: str, sees: bool) -> str:
        """A recipient's name, from a row that has its candidates loaded."""
        kind, _, number = slug.partition(":")
        if kind == "candidate":
            return next((p.candidate.name for p in case.parts.all() if str(p.number) == number), "the candidate")
        if kind == "commissioner":
            return say("the Commissioner")
        return {"the_panel": "the members of the Panel", "public": "the public"}.get(kind, kind.replace("_", " "))

    def exported(self, rows: QuerySet, who):
        """One row of cells for each hearing, in the list's order, in batches: texts and plain dates."""
        appointed = {True: "Yes", False: "No", None: ""}
        by_key = {p.key: p for p in PROCEDURES}
        for case in self.with_rows(rows).select_related("assigned_to").iterator(chunk_size=CASES_READ_AT_ONCE):
            own = by_key[case.procedure]
            parts = [p.candidate for p in case.parts.all()]
            proposal = latest(case)
            report = report_duty(case)
            yield (
                case.reference, case.title, case.get_post_display(), procedure_words(own), distinct(p.name for p in parts),
                own.state(case.status).label, proposal.received_on if proposal else case.received_on,
                case.hearing_on, report.due if report else None, proposal.sent_on if proposal else None,
                distinct(p.get_recommendation_display() for p in parts),
                distinct(appointed[p.appointed] for p in parts), case.assigned_to.name if case.assigned_to else "",
            )  # fmt: skip


NEVER = date(9999, 1, 1)  # sorts what has no day behind what has one
MOST_TO_COME = 5
PROCEDURES_BY_KEY = {p.key: p for p in PROCEDURES}
OPEN_STATES = {key for p in PROCEDURES for key in p.open_states}
IN_FORCE = Proposal.objects.filter(entry__reversed_by=None).order_by("pk")


def with_days(rows: QuerySet) -> QuerySet:
    """The hearings with the day of the hearing (`hearing_on`), and what they are sorted by. The latest place of the
    latest notification counts; one that was put off has no day; what an earlier release arranged counts where nothing
    came after it."""
    if "hearing_on" in rows.query.annotations:
        return rows
    places = Sitting.objects.filter(hearing=OuterRef("pk"), entry__reversed_by=None).order_by("-pk")
    earlier = Meeting.objects.filter(proposal__hearing=OuterRef("pk"), entry__reversed_by=None).order_by("-pk")
    last_proposal = IN_FORCE.filter(hearing=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    here = Q(place_proposal=F("last_proposal")) | Q(place_proposal=None)
    owed = Duty.objects.filter(case=OuterRef("pk"), kind__startswith="report", closed_by=None).order_by("due")
    return rows.annotate(
        last_proposal=Subquery(last_proposal),
        place_proposal=Subquery(places.values("proposal")[:1]),
        place_on=Subquery(places.values("item__meeting__on")[:1]),
        place_ended=Subquery(places.values("ended")[:1]),
        place_held=Subquery(places.values("held")[:1]),
        earlier_held=Subquery(earlier.values("held")[:1]),
        earlier_proposal=Subquery(earlier.values("proposal")[:1]),
        earlier_on=Subquery(earlier.values("on")[:1]),
    ).annotate(
        hearing_on=Case(
            When(Q(place_ended="") & here, then=F("place_on")),
            When(place_on=None, earlier_proposal=F("last_proposal"), then=F("earlier_on")),
            default=None,
        )
    ).annotate(
        hearing_day=Coalesce("hearing_on", Value(NEVER)), report_day=Coalesce(Subquery(owed.values("due")[:1]), Value(NEVER)),
    )  # fmt: skip


def hearing_words(case, state) -> str:
    """The day of the hearing; of an ended case only of one that was held."""
    held = case.place_held if case.place_on else case.earlier_held
    if case.hearing_on and (state.open or held):
        return short_day(case.hearing_on)
    return "Not arranged" if state.open else "Not held" if case.hearing_on else "None"


def places_of(cases) -> dict:
    """{hearing: its place at its meeting}, with time and place; not of one that an earlier release arranged."""
    rows = Sitting.objects.filter(hearing__in=cases, entry__reversed_by=None, ended="").select_related("item__meeting")
    return {place.hearing_id: place for place in rows.order_by("pk")}


def outcome(case, state) -> str:
    """What became of each person, as far as it is known: "Not appointed", with the names where there are several."""
    parts = [p.candidate for p in case.parts.all()]
    known = [p for p in parts if p.became]
    if len(parts) == 1 or (len(known) == len(parts) and len({p.became for p in known}) == 1):
        return known[0].became if known else ""
    return "; ".join(f"{p.name}: {p.became[:1].lower()}{p.became[1:]}" for p in known)


def latest(case):
    """The latest notification in force, or None."""
    return next(iter(reversed(list(case.proposals.all()))), None)


def report_duty(case):
    """The open duty to report by a day, or None."""
    return next((d for d in case.still if d.kind.startswith("report") and d.due), None)


def procedure_words(procedure) -> str:
    """ "Schedule 1"."""
    return f"Schedule {procedure.key[-1]}"
