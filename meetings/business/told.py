"""What the Panel told the Commissioner: what, when, under which provision, by when an answer is due, what came of it."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from meetings.business.forms import ToldForm
from meetings.business_models import Told
from panel.access import rules
from panel.law import clock
from panel.law.period import day_words, plural
from panel.law.provisions import cite
from panel.law.spoken import say
from panel.pages.base import in_panel
from panel.pages.downloads import TABLES, table_file
from panel.pages.people import form_page
from panel.pages.people_page import panel_tabs
from panel.pages.tables import table
from panel.procedure.register import REGISTERS, ToldOnACase

UNDER = {  # what was read; where nothing was, nothing is cited
    "precept": "2012/2271 reg 4", "precept_again": "2012/2271 reg 5", "appointment": "Sch 1 para 10",
    "complaint": "s 28(6)", "scrutiny": "s 28(6)", "plan": "s 28(6)", "annual": "s 28(6)",
}  # fmt: skip
ACT_NAMED = {  # notes of what the Panel did: the Act is named, and nothing asserted
    "suspension": "2011 Act, section 30", "acting": "2011 Act, section 62",
}  # fmt: skip
HEADS = ("What", "When", "Under", "Answer", "What came of it")
EXPORTED = (
    "What", "About", "When", "Minute", "Under", "What the Panel said", "Vetoed", "Answer due", "Answer came", "Decision",
    "Answer", "To be done by", "Done",
)  # fmt: skip


def under(row: Told) -> str:
    """The provision, as it is cited."""
    key = UNDER.get(row.kind)
    return cite(key, capital=True) if key else ACT_NAMED.get(row.kind, "")


def said(row: Told) -> str:
    """How much the Panel said: a veto with its votes, or the number of recommendations."""
    if row.vetoed:
        return f"Vetoed, {row.votes_for} of {row.members}"
    lines = [line for line in row.recommendations.splitlines() if line.strip()]
    number = plural(len(lines), "recommendation") if lines else ""
    return ", ".join(filter(None, (number, f"minute {row.minute}" if row.minute else "")))


def answer_cell(row: Told, today: date) -> dict:
    """By when the answer is due, or when it came. A day that the Panel set, or the law, and that is over is late."""
    if row.answered_on:
        return {"words": f"Came {day_words(row.answered_on)}"}
    if row.answer_due is None:
        return {"words": ""}
    days = (today - row.answer_due).days
    if days > 0:
        return {"words": day_words(row.answer_due), "note": f"{plural(days, 'day')} late", "late": True}
    return {"words": day_words(row.answer_due), "note": "Today" if days == 0 else ""}


def outcome_cell(row: Told) -> dict:
    """Accepted or not, and whether it was done."""
    if row.answer_due and not row.answered_on and not row.decision:
        return {"tag": {"words": "Awaited", "colour": "yellow"}}
    done = (
        f"Done {day_words(row.done_on)}"
        if row.done_on
        else f"To be done by {day_words(row.done_by)}"
        if row.done_by
        else ""
    )
    return {"words": row.get_decision_display(), "note": done}


def on_cases(who: Any) -> list[ToldOnACase]:
    """What cases of the registers hold: read from them, never typed a second time."""
    return [one for r in REGISTERS.values() if r.told for one in r.told(who)]


def due_of(row: Any) -> date | None:
    """The day of an answer that is awaited; None where none is."""
    due: date | None = row.due if isinstance(row, ToldOnACase) else row.answer_due
    return None if row.answered_on else due


def is_awaited(row: Any) -> bool:
    """Whether an answer is still to come."""
    return row.awaited if isinstance(row, ToldOnACase) else due_of(row) is not None


def cells_of(one: ToldOnACase, today: date) -> list[dict]:
    """A row of the page, of what a case holds."""
    answer: dict = {"words": f"Came {day_words(one.answered_on)}" if one.answered_on else ""}
    if (due := due_of(one)) is not None:
        over = {"note": f"{plural((today - due).days, 'day')} late", "late": True} if due < today else {}
        answer = {"words": day_words(due), **over}
    awaited = {"tag": {"words": "Awaited", "colour": "yellow"}}
    return [
        {"words": one.title, "url": one.url, "note": one.said, "strong": True}, {"words": day_words(one.on)},
        {"words": cite(*one.provisions, capital=True)}, answer, awaited if is_awaited(one) else {"words": one.became},
    ]  # fmt: skip


@require_safe
@in_panel("business.view")
def told(request: Any, panel: Any, who: Any) -> HttpResponse:
    """The page."""
    change, today = rules.may(who, "business.change"), clock.today()
    rows = list(Told.objects.filter(panel=panel))
    cells = []
    for row in rows:
        name = {"words": row.title, "note": said(row), "strong": True}
        if change:
            name["url"] = reverse("panel:told-change", args=[panel.slug, row.pk])
        cells.append(
            [name, {"words": day_words(row.told_on)}, {"words": under(row)}, answer_cell(row, today), outcome_cell(row)]
        )
    held = on_cases(who)
    both = [(row.told_on, row, cell) for row, cell in zip(rows, cells, strict=True)]
    both += [(one.on, one, cells_of(one, today)) for one in held]
    both.sort(key=lambda each: each[0], reverse=True)
    shown = table("What the Panel told the Commissioner", HEADS, [cell for _, _, cell in both])
    waits = [due_of(one) for _, one, _ in both]
    for line, due in zip(shown["rows"], waits, strict=True):
        line["late"] = due is not None and due < today
    awaited = [one for _, one, _ in both if is_awaited(one)]
    context = {
        "tabs": panel_tabs(panel, who, "panel:told"), "table": shown, "change": change,
        "summary": f"{plural(len(both), 'report')} and notes. "
        + (f"{plural(len(awaited), 'answer')} awaited." if awaited else "No answer is awaited."),
        "exports": rules.may(who, "case.export"),
    }  # fmt: skip
    return render(request, "meetings/told.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("business.change", kept="What the Panel told the Commissioner")
def change(request: Any, panel: Any, who: Any, pk: int | None = None) -> HttpResponse:
    """Add or change one."""
    if pk is not None:
        get_object_or_404(Told, panel=panel, pk=pk)

    def make(data: Any) -> ToldForm:
        return ToldForm(panel, request.user, Told.objects.get(panel=panel, pk=pk) if pk else None, data)

    back = (reverse("panel:told", args=[panel.slug]), say("Told the Commissioner"))
    heading = "Add a report or recommendation" if pk is None else "Change what the Panel told the Commissioner"
    return form_page(request, make, heading=heading, back=back)


def exported(panel: Any, who: Any) -> list[tuple[Any, ...]]:
    """A row of cells for each."""
    cells = [
        (
            r.title, r.get_kind_display(), r.told_on, r.minute, under(r), r.recommendations,
            f"{r.votes_for} of {r.members}" if r.vetoed else "", r.answer_due, r.answered_on, r.get_decision_display(),
            r.answer, r.done_by, r.done_on,
        )
        for r in Told.objects.filter(panel=panel)
    ]  # fmt: skip
    cells += [
        (one.title, "On a case", one.on, "", cite(*one.provisions, capital=True), one.said, "", one.due, one.answered_on,
         one.became, "", None, None)
        for one in on_cases(who)
    ]  # fmt: skip
    return cells


@require_safe
@in_panel("case.export")
def told_file(request: Any, panel: Any, who: Any, kind: str) -> Any:
    """The same as CSV or Excel."""
    if kind not in TABLES:
        raise Http404
    name = f"{panel.slug}-told-the-commissioner"
    return table_file(kind, name, "Told the Commissioner", EXPORTED, exported(panel, who))
