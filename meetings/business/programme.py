"""The work programme: two tables, as in the Panel's own paper; page, Word, the statutory items of a year, what is carried
forward."""

from datetime import date, datetime, time
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from docx.shared import Cm

from meetings.business.forms import WorkItemForm
from meetings.business.statutory import REGULAR, STATUTORY
from meetings.business_models import WorkItem
from meetings.keys import ItemKind
from meetings.models import PanelMeeting
from meetings.papers.word import MeetingFile
from meetings.rows import agenda_of
from panel.access import rules
from panel.law import clock
from panel.law.period import day_words
from panel.law.provisions import cite
from panel.law.spoken import say
from panel.pages.base import in_panel
from panel.pages.people import form_page
from panel.pages.people_page import panel_tabs
from panel.pages.tables import table
from panel.record.act import sealed_act

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BY_MEETING = ("Meeting", "Area of scrutiny", "Last report", "Notes and follow-up")
EVERY_YEAR = ("Kind", "Area of scrutiny", "When")


def rows_of(panel: Any) -> tuple[list[WorkItem], list[WorkItem]]:
    """(what is for one meeting, by its day, what has none last; what comes again, the statutory first)."""
    rows = [
        row for row in WorkItem.objects.filter(panel=panel, off=False) if row.kind != "meeting" or row.done_on is None
    ]
    meeting = [row for row in rows if row.kind == WorkItem.Kind.MEETING]
    again = [row for row in rows if row.kind != WorkItem.Kind.MEETING]
    meeting.sort(key=lambda row: (row.meeting_on is None, row.meeting_on, row.pk))
    return meeting, sorted(again, key=lambda row: (row.kind != WorkItem.Kind.STATUTORY, row.pk))


def notes_of(row: WorkItem) -> list[str]:
    """What is said of an item: its day by law, its paper, where it was carried from."""
    found = [row.follow_up] if row.follow_up else []
    if row.due_on:
        found.append(f"By {day_words(row.due_on)} by law")
    if row.provision:
        found.append(cite(row.provision, capital=True))
    if row.awaited:
        by = f" by {day_words(row.owed_on)}" if row.owed_on else ""
        late = ", not come yet" if row.owed_on and row.owed_on < clock.today() else ""
        found.append(f"Paper of {row.owed_by}{by}{late}")
    if row.carried_from:
        found.append(f"Carried forward from {day_words(row.carried_from)}")
    return found


def next_meeting(panel: Any) -> Any:
    """The next meeting of the Panel in the register; None where none is planned."""
    rows = PanelMeeting.objects.filter(
        panel=panel, status__in=("planned", "called"), meeting__kind="panel", meeting__on__gte=clock.today()
    )
    return rows.select_related("meeting").order_by("meeting__on", "pk").first()


@require_safe
@in_panel("business.view")
def programme(request: Any, panel: Any, who: Any) -> HttpResponse:
    """The page: both tables."""
    change = rules.may(who, "business.change")
    meeting, again = rows_of(panel)
    coming, today = next_meeting(panel), clock.today()

    def named(row: WorkItem) -> dict:
        url = reverse("panel:programme-item", args=[panel.slug, row.pk])
        return {"words": row.title, "url": url} if change else {"words": row.title}

    last = None
    cells = []
    for row in meeting:
        day = day_words(row.meeting_on) if row.meeting_on else "No meeting yet"
        said = notes_of(row)
        cells.append([
            {"words": "" if day == last else day, "strong": True}, named(row),
            {"words": day_words(row.last_report) if row.last_report else "Never"},
            {"words": said[0] if said else "", "note": ". ".join(said[1:])},
        ])  # fmt: skip
        last = day
    yearly = [
        [named(row), {"words": row.how_often}, {"words": row.get_kind_display()}, {"words": ". ".join(notes_of(row))}]
        for row in again
    ]
    over = [row for row in meeting if row.meeting_on and row.meeting_on < today]
    context = {
        "tabs": panel_tabs(panel, who, "panel:programme"), "year": clock.municipal_year(today),
        "next": f"Next meeting: {day_words(coming.meeting.on)}." if coming else "No meeting is planned.",
        "by_meeting": table("By meeting", BY_MEETING, cells),
        "every": table("Every year and every meeting", ("Item", "How often", "Kind", "Why"), yearly),
        "change": change, "over": len(over) if coming and change else 0,
        "carry_to": day_words(coming.meeting.on) if coming else "",
    }  # fmt: skip
    return render(request, "meetings/programme.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("business.change", kept="Work programme")
def item(request: Any, panel: Any, who: Any, pk: int | None = None) -> HttpResponse:
    """Add or change one item."""
    if pk is not None:
        get_object_or_404(WorkItem, panel=panel, pk=pk)

    def make(data: Any) -> WorkItemForm:
        return WorkItemForm(panel, request.user, WorkItem.objects.get(panel=panel, pk=pk) if pk else None, data)

    back = (reverse("panel:programme", args=[panel.slug]), "Work programme")
    heading = "Add an item to the work programme" if pk is None else "Change the item"
    again = reverse("panel:programme-add", args=[panel.slug]) if pk is None else ""
    return form_page(request, make, heading=heading, back=back, again=again)


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("business.change")
def propose(request: Any, panel: Any, who: Any, year: str) -> HttpResponse:
    """The statutory items of a year, ticked before they are added; what is there already is not proposed again."""
    try:
        clock.year_bounds(year)
    except ValueError as error:
        raise Http404 from error
    there = set(WorkItem.objects.filter(panel=panel, off=False).values_list("statutory", flat=True))
    found = [one for one in STATUTORY if f"{one.key} {year}"[:20] not in there]
    if request.method == "POST":
        chosen = [one for one in found if one.key in request.POST.getlist("chosen")]
        if chosen:
            with sealed_act(panel, by=request.user, name="propose_programme", why=f"The items of {year}"):
                for one in chosen:
                    kind = WorkItem.Kind.REGULAR if one.key in REGULAR else WorkItem.Kind.STATUTORY
                    WorkItem.objects.create(
                        panel=panel, kind=kind, title=f"{say(one.title)}, {year}", how_often=one.how_often,
                        provision=one.provision, due_on=one.due(year), statutory=f"{one.key} {year}"[:20],
                    )  # fmt: skip
        words = f"{len(chosen)} items of {year} added." if chosen else "Nothing was ticked, so nothing was added."
        messages.success(request, words)
        return redirect("panel:programme", panel=panel.slug)
    rows = [
        {"key": one.key, "words": say(one.title), "hint": ". ".join(filter(None, (
            one.how_often, f"By {day_words(day)} by law" if (day := one.due(year)) else "",
            cite(one.provision, capital=True) if one.provision else "")))}
        for one in found
    ]  # fmt: skip
    back = reverse("panel:programme", args=[panel.slug])
    return render(request, "meetings/propose.html", {"year": year, "rows": rows, "back": back})


@require_POST
@in_panel("business.change")
def carry(request: Any, panel: Any, who: Any) -> HttpResponse:
    """What stood for a meeting that is past and was not dealt with goes to the next one."""
    coming, today = next_meeting(panel), clock.today()
    rows = [r for r in rows_of(panel)[0] if r.meeting_on and r.meeting_on < today] if coming else []
    if rows:
        with sealed_act(panel, by=request.user, name="carry_forward", why=f"To {day_words(coming.meeting.on)}"):
            for row in rows:
                row.carried_from, row.meeting_on = row.meeting_on, coming.meeting.on
                row.save()
    messages.success(request, f"{len(rows)} carried forward." if rows else "Nothing was to be carried forward.")
    return redirect("panel:programme", panel=panel.slug)


@require_safe
@in_panel("business.view")
def word_file(request: Any, panel: Any, who: Any) -> HttpResponse:
    """The paper: why, what it rests on, the next meeting, and the two tables on a page of their own."""
    response = HttpResponse(programme_file(panel), content_type=WORD)
    response["Content-Disposition"] = f'attachment; filename="{panel.slug}-work-programme.docx"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def meeting_of_paper(panel: Any) -> Any:
    """The meeting for which the paper is: the next one, else the last that there was."""
    rows = PanelMeeting.objects.filter(panel=panel, meeting__kind="panel").exclude(status__in=("void", "cancelled"))
    return next_meeting(panel) or rows.select_related("meeting").order_by("meeting__on", "pk").last()


def item_number(case: Any) -> str:
    """As which item of its agenda the programme comes: "item 12"."""
    row = next((row for row in agenda_of(case.meeting) if row.kind == ItemKind.WORK_PROGRAMME), None)
    return f"item {row.item.number}" if row is not None and row.item.number else ""


def meeting_after(panel: Any, day: date, rows: list[WorkItem]) -> date | None:
    """The meeting after that day: the next in the register, else the next that the programme names."""
    later = PanelMeeting.objects.filter(panel=panel, meeting__kind="panel", meeting__on__gt=day)
    days = later.exclude(status__in=("void", "cancelled")).values_list("meeting__on", flat=True)
    return min([*days, *(row.meeting_on for row in rows if row.meeting_on and row.meeting_on > day)], default=None)


def programme_file(panel: Any) -> bytes:
    """The Word file, as the programme stands, for the next meeting or the last one."""
    today, case = clock.today(), meeting_of_paper(panel)
    day = case.meeting.on if case else today
    meeting, again = rows_of(panel)
    names, settings = panel.names_on(day), panel.settings_on(day)
    year, place = (
        clock.municipal_year(day),
        ", ".join(filter(None, (day_words(day), item_number(case)))) if case else "",
    )
    word = MeetingFile(
        "Work programme", f"{names.name}, {year}", names.name, datetime.combine(today, time(12)),
        foot=", ".join(filter(None, (names.name, place))), right=place or day_words(today),
        page_numbers=settings.page_numbers,
    )  # fmt: skip
    word.paper_head(names.name, place)
    word.title(f"Work programme {year}")
    word.heading("Recommendation")
    word.numbered(
        "The Panel is asked to consider its work programme (Appendix 1) and to say whether it wishes to change it."
    )
    put_background(word)
    word.heading("Next meeting")
    after = meeting_after(panel, day, meeting)
    word.numbered(
        f"The next planned meeting is on {day_words(after)}." if after else "No further meeting is planned yet."
    )
    word.heading("Supporting information")
    word.plain("Appendix 1: Work programme")
    word.heading("Contact point for this report")
    word.plain(settings.contact_name or names.host_authority)
    word.heading("Background papers")
    officer = f"proper officer (the {settings.proper_officer})" if settings.proper_officer else "proper officer"
    word.plain(
        f"In the opinion of the {officer} there are no background papers relating to the subject matter of this report."
    )
    word.heading(f"Appendix 1: Work programme {year}", new_page=True)
    put_tables(word, meeting, again)
    return word.saved()


POWERS = (
    "to veto the proposed precept, by two thirds of its total membership;",
    "to review the police and crime plan, and make recommendations to which the Commissioner must have regard;",
    "to review the annual report at a public meeting, which the Commissioner must attend; and",
    "to require the Commissioner to come and answer questions.",
)


def put_background(word: MeetingFile) -> None:
    """What the Panel may do, and why it plans."""
    word.heading("Background")
    word.numbered(
        "The Panel scrutinises how the Police and Crime Commissioner exercises the functions of the office (Police Reform and "
        "Social Responsibility Act 2011). Among its powers are:"
    )
    for power in POWERS:
        word.numbered(power, 1)
    word.numbered(
        "Some of this has its day in the year: the Panel’s view on the precept must reach the Commissioner by 8 February. The "
        "rest is for the Panel to choose."
    )
    word.numbered(
        "Appendix 1 has what comes to every meeting, what the law brings at its time, and what the Panel has asked for."
    )


def put_tables(word: MeetingFile, meeting: list[WorkItem], again: list[WorkItem]) -> None:
    """Both tables; an equal first cell is said once."""
    rows, last = [], None
    for row in meeting:
        day = day_words(row.meeting_on) if row.meeting_on else "No meeting yet"
        rows.append((
            "" if day == last else f"**{day}**", row.title, day_words(row.last_report) if row.last_report else "",
            ". ".join(notes_of(row)),
        ))  # fmt: skip
        last = day
    if rows:
        word.table("By meeting", BY_MEETING, rows, (Cm(3.6), Cm(5.4), Cm(3.4), Cm(3.6)))
    yearly, last = [], None
    for row in again:
        kind = "Statutory" if row.kind == WorkItem.Kind.STATUTORY else "Regular"
        due = f"; by {day_words(row.due_on)}" if row.due_on else ""
        yearly.append(("" if kind == last else f"**{kind}**", row.title, f"{row.how_often}{due}"))
        last = kind
    if yearly:
        word.table("Every year", EVERY_YEAR, yearly, (Cm(2.6), Cm(8.6), Cm(4.8)))
