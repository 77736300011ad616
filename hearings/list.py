"""The list of hearings: filters, views, order and rows. Always within what the person may see."""

from functools import cached_property

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from hearings.models import Candidate, Hearing, Meeting, Proposal
from hearings.procedure import PROCEDURES
from panel.access import rules
from panel.law import clock
from panel.law.roles import Role
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
from panel.templatetags.panel_tags import short_day

EVERYBODY = (*READERS, Role.MEMBER)


class HearingFilters(CaseFilters):
    """The filters above the list of hearings, in the order of the page."""

    q = SearchFilter(label="Search reference, name or post")
    show = ShowFilter()
    status = StatusFilter()
    post = SelectFilter(label="Post", choices=Hearing.Post.choices, blank="Any post", field_name="post")
    overdue = TickFilter(label="Overdue", method="overdue_only")

    def holds_word(self, word: str) -> Q:
        """In the reference, the title, or the name of a candidate, now or before: who was vetoed is found, too."""
        named = Candidate.objects.filter(case=OuterRef("pk")).filter(
            Q(name__icontains=word) | Q(earlier__icontains=word)
        )
        return Q(reference__icontains=word) | Q(title__icontains=word) | Q(Exists(named))


class HearingList(ListPage):
    """The list of hearings. Every member sees every hearing (Sch 6 para 27)."""

    filters = HearingFilters
    views = (
        *WAITING,
        View("to_come", "Hearings to come", "open", lambda who, procedures: Q(Exists(Meeting.objects.filter(
            proposal__hearing=OuterRef("pk"), on__gte=clock.today(), held=False, entry__reversed_by=None))), EVERYBODY),
        View("ended", "Ended this year", "ended", ended_this_year, EVERYBODY),
    )  # fmt: skip
    columns = ("Reference", "Appointment", "Hearing", "Status", "Notified", "Report by")
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
        return Hearing.objects.filter(rules.visible(who))

    def with_names(self, rows: QuerySet) -> QuerySet:
        """With the candidates."""
        return rows.select_related("panel").prefetch_related("parts__candidate")

    def with_rows(self, rows: QuerySet) -> QuerySet:
        """With the open duties, the notifications and their meetings, too."""
        open_duties = Prefetch(
            "duties", Duty.objects.filter(closed_by=None).order_by(F("due").asc(nulls_last=True), "pk"), to_attr="still"
        )
        meetings = Prefetch("meetings", Meeting.objects.filter(entry__reversed_by=None).order_by("pk"))
        in_force = Proposal.objects.filter(entry__reversed_by=None).order_by("pk").prefetch_related(meetings)
        return self.with_names(rows).prefetch_related(open_duties, Prefetch("proposals", in_force))

    def row_of(self, case, who, procedure, url: str) -> dict:
        """One row of the list."""
        state = procedure.state(case.status)
        proposal, meeting = latest(case)
        due = self.report_cell(case, state, proposal)
        known = proposal.received_on if proposal else case.received_on
        parts = [p.candidate for p in case.parts.all()]
        earlier = [f"after {p.earlier}" for p in parts if p.earlier]
        note = ", ".join([procedure_words(procedure), *case.flags, *earlier])
        return {
            "late": due.get("late", False),  # the report: other late duties stand on the home page
            "cells": [
                {"words": case.reference},
                {"words": case.title, "url": url, "strong": True, "note": note},
                {"words": short_day(meeting.on) if meeting else "Not arranged" if state.open else "None"},
                {"tag": {"words": state.label, "colour": state.colour}, "note": became_words(parts)},
                {"words": short_day(known) if known else "Not known"},
                due,
            ],
        }

    def report_cell(self, case, state, proposal) -> dict:
        """By when the report is due, or when it was sent."""
        report, today = report_duty(case), clock.today()
        if report:
            late = report.is_over(today)
            day = f"{short_day(report.due)}{', late' if late else ''}"
            return {"words": "Today" if report.due == today else day, "late": late}
        if proposal and proposal.sent_on:
            return {"words": f"Sent {short_day(proposal.sent_on)}"}
        return {"words": "Not known" if state.open and proposal else ""}

    def recipient_of(self, case, slug: str, sees: bool) -> str:
        """A recipient's name, from a row that has its candidates loaded."""
        kind, _, number = slug.partition(":")
        if kind == "candidate":
            return next((p.candidate.name for p in case.parts.all() if str(p.number) == number), "the candidate")
        if kind == "commissioner":
            return "the Commissioner"
        return {"the_panel": "the members of the Panel", "public": "the public"}.get(kind, kind.replace("_", " "))

    def exported(self, rows: QuerySet, who):
        """One row of cells for each hearing, in the list's order, in batches: texts and plain dates."""
        appointed = {True: "Yes", False: "No", None: ""}
        by_key = {p.key: p for p in PROCEDURES}
        for case in self.with_rows(rows).select_related("assigned_to").iterator(chunk_size=CASES_READ_AT_ONCE):
            own = by_key[case.procedure]
            parts = [p.candidate for p in case.parts.all()]
            proposal, meeting = latest(case)
            report = report_duty(case)
            yield (
                case.reference, case.title, case.get_post_display(), procedure_words(own), distinct(p.name for p in parts),
                own.state(case.status).label, proposal.received_on if proposal else case.received_on,
                meeting.on if meeting else None, report.due if report else None, proposal.sent_on if proposal else None,
                distinct(p.get_recommendation_display() for p in parts),
                distinct(appointed[p.appointed] for p in parts), case.assigned_to.name if case.assigned_to else "",
            )  # fmt: skip


def became_words(parts) -> str:
    """What became of the candidates, as far as it is known: "Not appointed", with the names where there are several."""
    known = [p for p in parts if p.became]
    if len(parts) == 1 or (len(known) == len(parts) and len({p.became for p in known}) == 1):
        return known[0].became if known else ""
    return "; ".join(f"{p.name}: {p.became[:1].lower()}{p.became[1:]}" for p in known)


def latest(case) -> tuple:
    """(the latest notification in force, its latest meeting), each None where there is none."""
    proposal = next(iter(reversed(list(case.proposals.all()))), None)
    return proposal, next(iter(reversed(list(proposal.meetings.all()))), None) if proposal else None


def report_duty(case):
    """The open duty to report by a day, or None."""
    return next((d for d in case.still if d.kind.startswith("report") and d.due), None)


def procedure_words(procedure) -> str:
    """ "Schedule 1"."""
    return f"Schedule {procedure.key[-1]}"
