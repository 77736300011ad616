"""The list of hearings: filters, search, order, rows. Always within what the person may see."""

from django import forms
from django.db.models import Exists, F, OuterRef, Prefetch, Q

from hearings.models import Candidate, Hearing, Meeting, Proposal
from panel.access import rules
from panel.forms.fields import SelectField, TextField
from panel.law import clock
from panel.law.roles import Role
from panel.models import Duty, Part
from panel.pages.listings import READERS, WAITING, View, distinct, ended_this_year, in_states, views_of
from panel.procedure.register import REGISTERS
from panel.templatetags.panel_tags import short_day

EVERYBODY = (*READERS, Role.MEMBER)
ORDERS = {
    "reference": ("year", "serial"),
    "title": ("title", "pk"),
    "status": ("standing", "pk"),
    "received": ("received_on", "pk"),
    "due": (F("next_due").asc(nulls_last=True), "pk"),
}


def for_standing(who):
    """The hearings that the person sees."""
    return Hearing.objects.filter(rules.visible(who))


def procedures():
    """Both procedures of the register."""
    return REGISTERS["hearings"].procedures


class ListForm(forms.Form):
    """The filters above the list; wrong values count as none."""

    q = TextField(label="Search reference, name or post", required=False, max_length=200)
    show = SelectField(
        label="Show", choices=[("open", "Open"), ("ended", "Ended"), ("all", "All")], required=False, blank=None
    )
    status = SelectField(label="Status", choices=(), required=False, blank="Any")
    post = SelectField(label="Post", choices=Hearing.Post.choices, required=False, blank="Any post")
    overdue = forms.BooleanField(label="Overdue", required=False)
    showing = "open"  # what is listed in the end: open, ended, all

    def __init__(self, data):
        super().__init__(data or None)
        states = {s.key: s.words for p in reversed(procedures()) for s in p.states}
        self.fields["status"].choices = list(states.items())

    def value(self, name):
        """The answer, or what counts as none."""
        if not self.is_bound:
            return ""
        self.is_valid()
        return self.cleaned_data.get(name) or ""


VIEWS = (
    *WAITING,
    View("to_come", "Hearings to come", "open", lambda who, procedures: Q(Exists(Meeting.objects.filter(
        proposal__hearing=OuterRef("pk"), on__gte=clock.today(), held=False, entry__reversed_by=None))), EVERYBODY),
    View("ended", "Ended this year", "ended", ended_this_year, EVERYBODY),
)  # fmt: skip


def views(who) -> list[View]:
    """The views of the person's roles: every member sees every hearing (Sch 6 para 27)."""
    return views_of(VIEWS, who)


def listing(look_panel, who, user, query, procedure):
    """(form, queryset in order, order key, descending) for the query of a list page."""
    form = ListForm(query)
    rows = for_standing(who)
    show, status = form.value("show") or "open", form.value("status")
    opened = {k for p in procedures() for k in p.open_states}
    view = next((v for v in views(who) if v.key == query.get("view")), None)
    if view is not None:
        rows = rows.filter(view.test(who, procedures()))
        show = form.value("show") if query.get("show") else view.show
    if status:
        rows = rows.filter(Exists(Part.objects.filter(case=OuterRef("pk"), status=status)))
        show = form.value("show") if "show" in query else "all"
    form.showing = show
    if show == "open":
        rows = rows.filter(status__in=opened)
    elif show == "ended":
        rows = rows.exclude(status__in=opened)
    if form.value("post"):
        rows = rows.filter(post=form.value("post"))
    if form.value("overdue"):
        rows = rows.filter(next_due__lt=clock.today())
    for word in form.value("q").split()[:8]:
        rows = rows.filter(
            Q(reference__icontains=word)
            | Q(title__icontains=word)
            | Q(Exists(Candidate.objects.filter(case=OuterRef("pk"), name__icontains=word)))
        )
    key = query.get("sort", "due").lstrip("-")
    key = key if key in ORDERS else "due"
    down = query.get("sort", "").startswith("-")
    order = ORDERS[key]
    rows = in_states(rows, procedures()) if key == "status" else rows
    if down:
        order = [F("next_due").desc(nulls_last=True), "-pk"] if key == "due" else [f"-{name}" for name in order]
    return form, rows.order_by(*order), key, down


def with_names(rows):
    """The queryset with what names its candidates."""
    return rows.select_related("panel").prefetch_related("parts__candidate")


def with_rows(rows):
    """The queryset with what a row shows."""
    open_duties = Prefetch(
        "duties", Duty.objects.filter(closed_by=None).order_by(F("due").asc(nulls_last=True), "pk"), to_attr="still"
    )
    proposals = Prefetch(
        "proposals",
        Proposal.objects.filter(entry__reversed_by=None)
        .order_by("pk")
        .prefetch_related(Prefetch("meetings", Meeting.objects.filter(entry__reversed_by=None).order_by("pk"))),
    )
    return with_names(rows).prefetch_related(open_duties, proposals)


def row_of(case, who, procedure, url) -> dict:
    """One row of the list."""
    state = procedure.state(case.status)
    proposal = next(iter(reversed(list(case.proposals.all()))), None)
    meeting = next(iter(reversed(list(proposal.meetings.all()))), None) if proposal else None
    report = next((d for d in case.still if d.kind.startswith("report") and d.due), None)
    today = clock.today()
    due = {"words": ""}
    if report:
        late = report.due < today
        due = {
            "words": "Today" if report.due == today else f"{short_day(report.due)}{', late' if late else ''}",
            "late": late,
        }
    elif proposal and proposal.sent_on:
        due = {"words": f"Sent {short_day(proposal.sent_on)}"}
    elif state.open and proposal:
        due = {"words": "Not known"}
    known = proposal.received_on if proposal else case.received_on
    return {
        "late": due.get("late", False),  # the report: other late duties stand on the home page
        "cells": [
            {"words": case.reference},
            {
                "words": case.title,
                "url": url,
                "strong": True,
                "note": ", ".join([procedure_words(procedure), *case.flags]),
            },
            {"words": short_day(meeting.on) if meeting else "Not arranged" if state.open else "None"},
            {"tag": {"words": state.words, "colour": state.colour}},
            {"words": short_day(known) if known else "Not known"},
            due,
        ],
    }


def procedure_words(procedure) -> str:
    """ "Schedule 1"."""
    return f"Schedule {procedure.key[-1]}"


# Exporting

EXPORTED = (
    "Reference", "Appointment", "Post", "Schedule", "Candidates", "Status", "Notified", "Hearing", "Report due",
    "Report sent", "Recommendation", "Appointed", "Kept by",
)  # fmt: skip


def exported(rows, who, procedure):
    """One row of cells for each case, in the list's order, in batches: texts and plain dates."""
    appointed = {True: "Yes", False: "No", None: ""}
    for case in with_rows(rows).select_related("assigned_to").iterator(chunk_size=500):
        own = REGISTERS["hearings"].follows(case.procedure)
        parts = [p.candidate for p in case.parts.all()]
        proposal = next(iter(reversed(list(case.proposals.all()))), None)
        meeting = next(iter(reversed(list(proposal.meetings.all()))), None) if proposal else None
        report = next((d.due for d in case.still if d.kind.startswith("report") and d.due), None)
        yield (
            case.reference,
            case.title,
            case.get_post_display(),
            procedure_words(own),
            distinct(p.name for p in parts),
            own.state(case.status).words,
            proposal.received_on if proposal else case.received_on,
            meeting.on if meeting else None,
            report,
            proposal.sent_on if proposal else None,
            distinct(p.get_recommendation_display() for p in parts),
            distinct(appointed[p.appointed] for p in parts),
            case.assigned_to.name if case.assigned_to else "",
        )


def recipient_of(case, slug, sees) -> str:
    """A recipient's name, from a row that has its candidates loaded."""
    kind, _, number = slug.partition(":")
    if kind == "candidate":
        return next((p.candidate.name for p in case.parts.all() if str(p.number) == number), "the candidate")
    if kind == "commissioner":
        return "the Commissioner"
    return {"the_panel": "the members of the Panel", "public": "the public"}.get(kind, kind.replace("_", " "))
