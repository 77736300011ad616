"""The list of complaints: filters, search, order, rows. Always within what the person may see."""

from typing import Any

from django import forms
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery

from complaints.facts import OUTSIDE_WORDS
from complaints.models import WITH_THE_IOPC, Allegation, Complaint, Subject
from complaints.presenter import complainant_words
from complaints.procedure.regulation_15 import GROUND_WORDS
from complaints.report.cases_behind import figure_of
from panel.access import rules
from panel.forms.fields import SelectField, TextField
from panel.law import clock
from panel.law.roles import OUTSIDE
from panel.models import Case, Duty, Part
from panel.pages.case_page import Shown, duty_words, when_words
from panel.pages.listings import READERS, WAITING, View, distinct, ended_this_year, in_states, views_of
from panel.templatetags.panel_tags import short_day

ORDERS = {
    "reference": ("year", "serial"),
    "title": ("title", "pk"),
    "about": ("whom", "year", "serial"),
    "status": ("standing", "pk"),
    "received": ("received_on", "pk"),
    "due": (F("next_due").asc(nulls_last=True), "pk"),
}


class ListForm(forms.Form):
    """The filters above the list; wrong values count as none."""

    q = TextField(label="Search reference, name or words", required=False, max_length=200)
    show = SelectField(
        label="Show", choices=[("open", "Open"), ("ended", "Ended"), ("all", "All")], required=False, blank=None
    )
    status = SelectField(label="Status", choices=(), required=False, blank="Any")
    year = SelectField(label="Received in", choices=(), required=False, blank="Any year")
    about = SelectField(label="About", choices=(), required=False, blank="Either office holder")
    ground = SelectField(
        label="Ground for no action",
        choices=[("any", "Any ground"), *GROUND_WORDS.items()],
        required=False,
        blank="Any or none",
    )
    overdue = forms.BooleanField(label="Overdue", required=False)
    mine = forms.BooleanField(label="Mine", required=False)

    figure: Any = None  # the figure of the annual report whose cases are listed
    showing = "open"  # what is listed in the end: open, ended, all

    def __init__(self, data, procedure, panel):
        super().__init__(data or None)
        self.fields["status"].choices = [(s.key, s.words) for s in procedure.states]
        self.fields["about"].choices = [(str(h.pk), h.short_name) for h in panel.office_holders.all()]
        cases = Case.objects.filter(panel=panel, procedure=procedure.key)  # in the order of an index
        first = cases.order_by("received_on").values_list("received_on", flat=True).first()
        start = int(clock.municipal_year(first or clock.today())[:4])
        end = int(clock.municipal_year(clock.today())[:4])
        years = [f"{y}-{(y + 1) % 100:02d}" for y in range(end, start - 1, -1)]
        self.fields["year"].choices = [(y, y) for y in years]

    def value(self, name):
        """The answer, or what counts as none."""
        if not self.is_bound:
            return ""
        self.is_valid()
        return self.cleaned_data.get(name) or ""


VIEWS = (
    *WAITING,
    View("iopc", "With the IOPC", "open", lambda who, p: Q(Exists(
        Part.objects.filter(case=OuterRef("pk"), status__in=WITH_THE_IOPC))), READERS),
    View("ended", "Ended this year", "ended", ended_this_year, READERS),
)  # fmt: skip


def views(who) -> list[View]:
    """The views of the person's roles."""
    return views_of(VIEWS, who)


def listing(look_panel, who, user, query, procedure):
    """(form, queryset in order, order key, descending) for the query of a list page."""
    form = ListForm(query, procedure, look_panel)
    rows = Complaint.objects.visible_to(who)
    today = clock.today()
    show, status = form.value("show") or "open", form.value("status")
    view = next((v for v in views(who) if v.key == query.get("view")), None)
    if view is not None:
        rows = rows.filter(view.test(who, [procedure]))
        show = form.value("show") if query.get("show") else view.show
    if query.get("figure"):
        form.figure = figure = figure_of(look_panel, who, query)
        rows = rows.filter(pk__in=figure.cases if figure else [])
        show = form.value("show") if query.get("show") else "all"
    if status:
        rows = rows.filter(Exists(Part.objects.filter(case=OuterRef("pk"), status=status)))
        show = form.value("show") if "show" in query else "all"
    form.showing = show
    if show == "open":
        rows = rows.filter(status__in=procedure.open_states)
    elif show == "ended":
        rows = rows.filter(status__in=procedure.ends)
    if form.value("year"):
        first, last = clock.year_bounds(form.value("year"))
        rows = rows.filter(received_on__range=(first, last))
    if form.value("about"):
        rows = rows.filter(
            Exists(Subject.objects.filter(complaint=OuterRef("pk"), office_holder_id=form.value("about")))
        )
    if form.value("ground"):
        with_ground = Allegation.objects.filter(case=OuterRef("pk"))
        letter = form.value("ground")
        with_ground = (
            with_ground.exclude(grounds="") if letter == "any" else with_ground.filter(grounds__contains=letter)
        )
        rows = rows.filter(Exists(with_ground))
    if form.value("overdue"):
        rows = rows.filter(next_due__lt=today)
    if form.value("mine"):
        rows = rows.filter(assigned_to=user)
    rows = searched(rows, form.value("q"), who)
    key = query.get("sort", "due").lstrip("-")
    key = key if key in ORDERS else "due"
    down = query.get("sort", "").startswith("-")
    order = ORDERS[key]
    rows = in_states(rows, [procedure]) if key == "status" else rows
    if key == "about":
        whom = Subject.objects.filter(complaint=OuterRef("pk")).order_by("office_holder__office", "pk")
        rows = rows.annotate(whom=Subquery(whom.values("office_holder__short_name")[:1]))
    if down:
        order = [F("next_due").desc(nulls_last=True), "-pk"] if key == "due" else [f"-{name}" for name in order]
    return form, rows.order_by(*order), key, down


def searched(rows, words, who):
    """Every word must be in the reference, the title, an allegation, or, for those who may know, the name or the words
    of the complaint."""
    for word in words.split()[:8]:
        found = Q(reference__icontains=word) | Q(title__icontains=word)
        found |= Q(Exists(Allegation.objects.filter(case=OuterRef("pk"), what__icontains=word)))
        found |= (Q(complainant__name__icontains=word) | Q(words__icontains=word)) & rules.named_to(who)
        rows = rows.filter(found)
    return rows


def with_names(rows):
    """The queryset with what names its complainant and office holders."""
    subjects = Prefetch("subjects", Subject.objects.select_related("office_holder"))
    return rows.select_related("complainant", "panel").prefetch_related(subjects)


def with_rows(rows):
    """The queryset with what a row shows."""
    open_duties = Prefetch(
        "duties",
        Duty.objects.filter(closed_by=None)
        .only("case", "kind", "recipient", "due", "stopped_on")
        .order_by(F("stopped_on").asc(nulls_first=True), F("due").asc(nulls_last=True), "pk"),
        to_attr="still",
    )
    return with_names(rows).prefetch_related(open_duties)


def row_of(case, who, procedure, url) -> dict:
    """One row of the list."""
    state = procedure.state(case.status)
    sees = rules.sees_complainant_of(who, case.pk)
    today = clock.today()
    due_cell = {"words": "", "note": ""}
    if case.still:
        running = [d for d in case.still if d.due and not d.stopped_on]
        duty = next(iter([*running, *(d for d in case.still if d.stopped_on), *case.still]))
        kind = procedure.duty(duty.kind)
        _, _, late = when_words(duty.due, today)
        late = late and not duty.stopped_on
        day = short_day(duty.due) if duty.due else "No date"
        words = (
            "Clock stopped" if duty.stopped_on else "Today" if duty.due == today else f"{day}, late" if late else day
        )
        due_cell = {"words": words, "late": late, "note": duty_words(kind, recipient_of(case, duty.recipient, sees))}
        if kind.words.startswith("to "):  # somebody else's: outside, the sub-panel, the Panel
            whose = recipient_of(case, duty.recipient, sees) if kind.owner in OUTSIDE and duty.recipient else ""
            due_cell["note"] = f"{whose or kind.owner.words} {kind.words}"
            due_cell["note"] = due_cell["note"][:1].upper() + due_cell["note"][1:]
    return {
        "late": due_cell.get("late", False),
        "cells": [
            Shown(words=case.reference),
            Shown(words=case.title, url=url, strong=True, note=complainant_words(case, sees)),
            Shown(words=", ".join(s.office_holder.short_name for s in case.subjects.all())),
            Shown(tag={"words": state.words, "colour": state.colour}),
            Shown(words=short_day(case.received_on)),
            Shown(due_cell),
        ],
    }


def recipient_of(case, slug, sees) -> str:
    """A recipient's name, from a row that has complainant and office holders loaded."""
    if slug == "complainant":
        return case.complainant.name if sees and case.complainant_id else "the complainant"
    if slug in OUTSIDE_WORDS:
        return OUTSIDE_WORDS[slug]
    if slug.startswith("office_holder:"):
        found = [s.office_holder.short_name for s in case.subjects.all() if slug.endswith(f":{s.office_holder_id}")]
        return found[0] if found else "the office holder"
    return slug.replace("_", " ")


# Exporting

EXPORTED = (
    "Reference", "Title", "Complainant", "About", "Status", "Received", "Next due", "Next duty", "Allegations", "Theme",
    "Routes", "Grounds of regulation 15(3)", "Outcomes", "Kept by",
)  # fmt: skip


def exported(rows, who, procedure):
    """One row of cells for each case, in the list's order, in batches: texts and plain dates."""
    sees = rules.may(who, "complainant.view")
    themes = dict(procedure.themes)
    parts = Prefetch("parts", Part.objects.select_related("allegation").order_by("number"), to_attr="in_order")
    for case in with_rows(rows).select_related("assigned_to").prefetch_related(parts).iterator(chunk_size=500):
        allegations = [p.allegation for p in case.in_order]
        duty = case.still[0] if case.still else None
        due = duty_words(procedure.duty(duty.kind), recipient_of(case, duty.recipient, sees)) if duty else ""
        yield (
            case.reference, case.title, complainant_words(case, sees),
            ", ".join(s.office_holder.short_name for s in case.subjects.all()), procedure.state(case.status).words,
            case.received_on, duty.due if duty else None, due, len(allegations), themes.get(case.theme, case.theme),
            distinct(a.get_route_display() for a in allegations), "".join(sorted({g for a in allegations for g in a.grounds})),
            distinct(a.get_outcome_display() for a in allegations), case.assigned_to.name if case.assigned_to else "",
        )  # fmt: skip
