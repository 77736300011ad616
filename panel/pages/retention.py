"""The yearly review: which ended cases have been kept long enough, which wait for the Monitoring Officer, which are on
hold, and which were erased."""

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from panel.access import rules
from panel.casework import retention_periods
from panel.casework.offers import list_roles
from panel.casework.retention_steps import CONFIRM_ERASURE
from panel.law import clock
from panel.law.period import day_words, plural
from panel.models import Case, Duty
from panel.pages.base import in_panel, page_of
from panel.pages.people_page import panel_tabs
from panel.pages.words import case_url, step_url
from panel.procedure.register import of_procedure, procedures

SHOWN = {  # what the page can show: the tab's words, and what it says where there is none
    "over": ("Time is over", "No case’s time is over, or will be by {end}."),
    "proposed": ("Waiting for the Monitoring Officer", "No erasure waits for the Monitoring Officer."),
    "held": ("On hold", "No case is on hold."),
    "erased": ("Erased", "Nothing was erased yet."),
}
COLUMNS = [
    {"words": "Case", "quiet": True, "nowrap": True}, {"words": "How it ended", "quiet": True},
    {"words": "Ended", "nowrap": True}, {"words": "Keep until", "nowrap": True}, {"words": "What now"},
]  # fmt: skip


def year_end() -> date:
    """The last day of this municipal year: the review looks that far ahead."""
    return clock.year_bounds(clock.municipal_year(clock.today()))[1]


def cases(panel, who, settings, show: str):
    """The cases that the page shows, oldest end first; with that day, whether erasure is proposed, and whether anything
    else is still owed."""
    rows = retention_periods.with_end(Case.objects.filter(rules.visible(who), panel=panel))
    still = Duty.objects.filter(case=OuterRef("pk"), closed_by=None)
    asked = Q(kind=CONFIRM_ERASURE.key)
    ended = Q(pk__in=[])
    for procedure in procedures().values():
        ended |= Q(procedure=procedure.key, status__in=procedure.ends)
    test = {
        "over": retention_periods.time_is_over(panel, settings, year_end()) & Q(held_on=None),
        "proposed": ended & Q(Exists(still.filter(asked))),
        "held": Q(held_on__isnull=False),
        "erased": Q(erased_on__isnull=False),
    }[show]
    rows = rows.filter(test).select_related("panel")
    rows = rows.annotate(proposed=Exists(still.filter(asked)), owed=Exists(still.exclude(asked)))
    return rows.order_by("ended", "pk")


@require_safe
@in_panel("retention.view")
def review(request, panel, who):
    """The review list."""
    show = request.GET.get("show", "over")
    show = show if show in SHOWN else "over"
    settings, end = panel.settings_on(clock.today()), year_end()
    page = page_of(request, cases(panel, who, settings, show))
    words, nothing = SHOWN[show]
    years = [f"{state.label} {plural(n, 'year')}" for _, state, n in retention_periods.kept_states(settings)]
    context = {
        "tabs": panel_tabs(panel, who, "panel:retention"),
        "shown": [{"words": w, "url": f"?show={key}", "current": key == show} for key, (w, _) in SHOWN.items()],
        "heading": words,
        "columns": COLUMNS,
        "rows": [row(case, who, settings) for case in page.object_list],
        "nothing": nothing.format(end=day_words(end)),
        "years": years,
        "since": settings.get_keep_from_display() or "The day they ended",
        "end": day_words(end),
        "page": page,
        "settings_url": reverse("panel:settings", args=[panel.slug]),
    }
    return render(request, "panel/retention.html", context)


def row(case, who, settings) -> dict:
    """One case as a row of the table."""
    register = of_procedure(case.procedure)
    procedure = register.follows(case.procedure)
    state = procedure.state(case.status)
    number = retention_periods.years(procedure, case.status, settings)
    ended = case.ended if number and not state.open else None
    if ended and retention_periods.counted_from_term(settings):
        ended = retention_periods.after_the_terms(case, ended)
    until = retention_periods.last_day(ended, number) if number and ended else None
    over = retention_periods.is_over(until, clock.today())
    in_office = number and case.ended and not state.open and ended is None
    unset = "While the office holder is in office" if in_office else "Not set"
    keep = {"words": day_words(until), "late": over and not case.erased_on} if until else unset
    return {
        "cells": [
            {"words": case.reference, "url": case_url(case, register), "note": case.title},
            {"tag": {"words": state.label, "colour": state.colour}},
            day_words(case.ended) if case.ended and not state.open else "Open",
            keep,
            what_now(case, who, register, wait=until is not None and not over),
        ]
    }


def what_now(case, who, register, wait: bool) -> dict | str:
    """What keeps the case from being erased, else the step that is next: a link for whoever may take it."""
    if case.erased_on:
        return f"Erased on {day_words(case.erased_on)}"
    if case.held_on:
        return f"On hold since {day_words(case.held_on)}"
    if case.owed:
        return "Do or waive what is still due"
    if wait and not case.proposed:
        return "Wait until then"
    step = register.follows(case.procedure).past_step(CONFIRM_ERASURE.met_by if case.proposed else "propose_erasure")
    if who.roles & set(step.entered_by):
        return {"words": step.label, "url": step_url(case, register, step.key)}
    return f"Waits for {list_roles(step.entered_by)}"


urls = [path("", review, name="retention")]
