"""The list of complaints: filters, views, order and rows. Always within what the person may see."""

from functools import cached_property

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.dateparse import parse_date

from complaints.facts import NOBODY_NAMED, OUTSIDE_WORDS, about_words, recipient_words
from complaints.keys import WITH_THE_IOPC, DutyKey, StepKey
from complaints.models import Allegation, Complaint, Subject
from complaints.presenter import FROM_REGISTER, complainant_words
from complaints.procedure import PROCEDURE
from complaints.procedure.questions import NOBODY
from complaints.procedure.regulation_15 import GROUND_WORDS
from complaints.report.cases_behind import figure_of
from panel.access import rules
from panel.casework.groups import groups_seen
from panel.law import clock
from panel.law.period import day_words
from panel.law.roles import OUTSIDE
from panel.law.spoken import say
from panel.models import Case, Duty, Entry, GroupMember, Part
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
from panel.pages.words import Cell, next_duty, sentence
from panel.templatetags.panel_tags import short_day

MEETS = (StepKey.ARRANGE_MEETING, StepKey.ADJOURN)  # the steps that say when a sub-panel meets


def noted(case, sees: bool) -> str:
    """Below the title in the list: who complained, and that it is from the old register."""
    who = complainant_words(case, sees)
    return f"{who}. {FROM_REGISTER}" if case.from_register else who


class ComplaintFilters(CaseFilters):
    """The filters above the list of complaints, in the order of the page."""

    q = SearchFilter(label="Search reference, name or words")
    show = ShowFilter()
    status = StatusFilter()
    year = SelectFilter(label="Received in", choices=(), blank="Any year", method="received_in")
    about = SelectFilter(label="About", choices=(), blank="Either office holder", method="about_holder")
    ground = SelectFilter(
        label="Ground for no action",
        choices=[("any", "Any ground"), *GROUND_WORDS.items()],
        blank="Any or none",
        method="on_ground",
    )
    group = SelectFilter(label="Matter", choices=(), blank="Any or none", method="of_group")
    overdue = TickFilter(label="Overdue", method="overdue_only")
    mine = TickFilter(label="Mine", method="kept_by_me")

    def set_choices(self) -> None:
        """The panel's office holders, and the years since its first complaint."""
        holders = [(str(h.pk), h.short_name) for h in self.panel.office_holders.all()]
        self.form.fields["about"].choices = [*holders, (NOBODY.value, NOBODY_NAMED)]
        groups = groups_seen(self.who, "complaints")
        self.form.fields["group"].choices = [(str(g.pk), f"{g}, {g.title}") for g in groups]
        cases = Case.objects.filter(panel=self.panel, procedure=PROCEDURE.key)  # in the order of an index
        first = cases.order_by("received_on").values_list("received_on", flat=True).first()
        start = int(clock.municipal_year(first or clock.today())[:4])
        end = int(clock.municipal_year(clock.today())[:4])
        years = [f"{y}-{(y + 1) % 100:02d}" for y in range(end, start - 1, -1)]
        self.form.fields["year"].choices = [(y, y) for y in years]

    def search(self, rows: QuerySet, name: str, text: str) -> QuerySet:
        """Those that hold each of the words, as far as the person may see what holds them."""
        return rows.holding(text, self.who)

    def received_in(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Received in that municipal year."""
        return rows.filter(received_on__range=clock.year_bounds(value))

    def about_holder(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """About that office holder, or about none."""
        if value == NOBODY.value:
            return rows.exclude(Exists(Subject.objects.filter(complaint=OuterRef("pk"))))
        return rows.filter(Exists(Subject.objects.filter(complaint=OuterRef("pk"), office_holder_id=value)))

    def of_group(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """About that matter."""
        return rows.filter(Exists(GroupMember.objects.filter(case=OuterRef("pk"), group=value, to_entry=None)))

    def on_ground(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """No action on that ground of regulation 15(3), or on any."""
        of_case = Allegation.objects.filter(case=OuterRef("pk"))
        return rows.filter(
            Exists(of_case.exclude(grounds="") if value == "any" else of_case.filter(grounds__contains=value))
        )


class ComplaintList(ListPage):
    """The list of complaints."""

    filters = ComplaintFilters
    views = (
        *WAITING,
        View("iopc", "With the IOPC", "open", lambda who, p: Q(Exists(
            Part.objects.filter(case=OuterRef("pk"), status__in=WITH_THE_IOPC))), READERS),
        View("ended", "Ended this year", "ended", ended_this_year, READERS),
    )  # fmt: skip
    columns = ("Reference", "Complaint", "About", "Status", "Received", "Next due")
    exported_columns = (
        "Reference", "Title", "Complainant", "About", "Status", "Received", "Next due", "Next duty", "Allegations",
        "Theme", "Routes", "Grounds of regulation 15(3)", "Outcomes", "Kept by", FROM_REGISTER,
    )  # fmt: skip
    orders = {**ListPage.orders, "about": ("whom", "year", "serial")}

    @cached_property
    def procedures(self):
        """The one procedure of the register."""
        return (PROCEDURE,)

    def seen_by(self, who) -> QuerySet:
        """The complaints that the person sees."""
        return Complaint.objects.visible_to(who)

    def figure(self, panel, who, query):
        """The figure of the annual report whose cases are asked for."""
        return figure_of(panel, who, query)

    def ordered_by(self, rows: QuerySet, key: str) -> QuerySet:
        """With whom it is about, for that order."""
        if key == "about":
            whom = Subject.objects.filter(complaint=OuterRef("pk")).order_by("office_holder__office", "pk")
            rows = rows.annotate(whom=Subquery(whom.values("office_holder__short_name")[:1]))
        return super().ordered_by(rows, key)

    def with_names(self, rows: QuerySet) -> QuerySet:
        """With complainant and office holders."""
        subjects = Prefetch("subjects", Subject.objects.select_related("office_holder"))
        return rows.select_related("complainant", "panel").prefetch_related(subjects)

    def with_rows(self, rows: QuerySet) -> QuerySet:
        """With the open duties, too."""
        open_duties = Prefetch(
            "duties",
            Duty.objects.filter(closed_by=None)
            .only("case", "kind", "recipient", "due", "stopped_on", "waits_for", "waits_until")
            .order_by(F("stopped_on").asc(nulls_first=True), F("due").asc(nulls_last=True), "pk"),
            to_attr="still",
        )
        return self.with_names(rows).prefetch_related(open_duties)

    def row_of(self, case, who, procedure, url: str) -> dict:
        """One row of the list."""
        state = procedure.state(case.status)
        sees = rules.sees_complainant_of(who, case.pk)
        due_cell = self.due_cell(case, procedure, sees)
        return {
            "late": due_cell.get("late", False),
            "over": due_cell.get("over", False),
            "cells": [
                Cell(words=case.reference),
                Cell(words=case.title, url=url, strong=True, note=noted(case, sees)),
                Cell(words=", ".join(s.office_holder.short_name for s in case.subjects.all()) or "Nobody named"),
                Cell(tag={"words": say(state.label), "colour": state.colour}),
                Cell(words=short_day(case.received_on)),
                Cell(due_cell),
            ],
        }

    def due_cell(self, case, procedure, sees: bool) -> dict:
        """The next duty: its day, and what it is."""
        duty = next_duty(case.still, procedure.duty, clock.today())
        if duty is None:
            return {"words": "", "note": ""}
        kind, today = procedure.duty(duty.kind), clock.today()
        over = duty.is_over(today)
        late = over and kind.late_in_law
        day = short_day(duty.due) if duty.due else "No date"
        words = "Clock stopped" if duty.stopped_on else "Today" if duty.due == today else day
        words = f"{day}, late" if late else f"{day}, gone by" if over else words
        return {"words": words, "late": late, "over": over and not late, "note": say(self.to_do(case, duty, sees))}

    def to_do(self, case, duty, sees: bool) -> str:
        """What a duty is, in the list and in the file: "The IOPC to decide whether to investigate"."""
        kind, whom = PROCEDURE.duty(duty.kind), self.recipient_of(case, duty.recipient, sees)
        if kind.label.startswith("to ") and not (kind.owner in OUTSIDE and duty.recipient):
            whom = ""  # the sub-panel's or the Panel's: theirs to do, whoever is told
        return sentence(kind.words_to(whom))

    def meetings_to_come(self, who, on) -> list[tuple]:
        """The meetings that were arranged for sub-panels on which the person sits, and those at which the full Panel has
        a complaint on its list."""
        rows = self.seen_by(who).filter(status__in=PROCEDURE.open_states)
        sits = {case.pk: case for case in rows.filter(pk__in=who.sits_on)}
        found = []
        arranged = (
            Entry.objects.in_force().filter(case__in=sits, step__in=(*MEETS, StepKey.NOTE_MEETING)).order_by("number")
        )
        for entry in {e.case_id: e for e in arranged}.values():  # the last of each: once it was held, none is to come
            day = parse_date(entry.answers.get("meets_on") or "") if entry.step in MEETS else None
            if day and day >= on:
                found.append((sits[entry.case_id], day, "Meeting of the sub-panel"))
        meets = Duty.objects.filter(case__in=rows, kind=DutyKey.PANEL_MEETS, due__gte=on, closed_by=None)
        found += [(duty.case, duty.due, "Meeting of the Panel") for duty in meets.select_related("case")]
        return sorted(found, key=lambda row: (row[1], row[0].pk))

    def recipient_of(self, case, slug: str, sees: bool) -> str:
        """A recipient's name, from a row that has complainant and office holders loaded."""
        if words := recipient_words(case, slug, sees):
            return words
        if slug in OUTSIDE_WORDS:
            return say(OUTSIDE_WORDS[slug])
        if slug.startswith("office_holder:"):
            found = [s.office_holder.short_name for s in case.subjects.all() if slug.endswith(f":{s.office_holder_id}")]
            return found[0] if found else "the office holder"
        return slug.replace("_", " ")

    def exported(self, rows: QuerySet, who):
        """One row of cells for each complaint, in the list's order, in batches: texts and plain dates."""
        sees = rules.may(who, "complainant.view")
        themes = dict(PROCEDURE.themes)
        parts = Prefetch("parts", Part.objects.select_related("allegation").order_by("number"), to_attr="in_order")
        cases = self.with_rows(rows).select_related("assigned_to").prefetch_related(parts)
        for case in cases.iterator(chunk_size=CASES_READ_AT_ONCE):
            allegations = [p.allegation for p in case.in_order]
            duty = next_duty(case.still, PROCEDURE.duty, clock.today())
            day = duty.due if duty and not duty.stopped_on else None
            to_do = ""
            if duty:
                to_do = self.to_do(case, duty, sees)
                to_do += f" (clock stopped since {day_words(duty.stopped_on)})" if duty.stopped_on else ""
            yield (
                case.reference, case.title, complainant_words(case, sees),
                about_words(case, [s.office_holder.short_name for s in case.subjects.all()]),
                PROCEDURE.state(case.status).label,
                case.received_on, day, to_do, len(allegations), themes.get(case.theme, case.theme),
                distinct(a.get_route_display() for a in allegations),
                "".join(sorted({g for a in allegations for g in a.grounds})),
                distinct(a.get_outcome_display() for a in allegations), case.assigned_to.name if case.assigned_to else "",
                "Yes" if case.from_register else "No",
            )  # fmt: skip
