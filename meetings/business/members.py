"""Members over time: who sat for which council on a day, what two thirds and a quorum were, balance, vacancies, terms that
end, and attendance by member and year."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meetings.facts import in_rank
from meetings.models import PanelMeeting
from panel.access import rules
from panel.casework.attendance import seats_of_meeting
from panel.forms.fields import DateField
from panel.law import clock
from panel.law.meetings import two_thirds
from panel.law.period import day_words, plural
from panel.models import Member
from panel.pages.base import in_panel
from panel.pages.downloads import TABLES, table_file
from panel.pages.people_page import panel_tabs
from panel.pages.tables import table

SOON_DAYS = 180  # a term that ends within so many days is to be renewed
HEADS = ("Member", "Council", "Kind", "Member from", "Until")
EXPORTED = ("Member", "Council", "Kind", "From", "Until", "Meetings", "There", "By a substitute", "Apologies", "Absent")


class DayForm(forms.Form):
    """A day to look at."""

    day = DateField(label="On which day?", what="the day")


def members_on(panel: Any, day: date) -> list[Member]:
    """The members of that day, Chairman and Vice-Chairman first."""
    rows = panel.members.in_force(day).select_related("council").order_by("name")
    return in_rank(panel, list(rows), day)


def figures(panel: Any, day: date, found: list[Member]) -> list[dict]:
    """Two thirds and quorum of the day, the kinds, councils without a member, terms that end."""
    kinds = Counter(m.get_kind_display() for m in found)
    quorum = panel.settings_on(day).quorum
    sit = {m.council_id for m in found}
    empty = [c.name for c in panel.councils.all() if c.pk not in sit]
    soon = [m for m in found if m.to_date and m.to_date <= day + timedelta(days=SOON_DAYS)]
    rows = [
        {"label": "Members", "value": str(len(found))},
        {"label": "Two thirds", "value": f"{two_thirds(len(found))}, what a veto needs" if found else "None"},
        {"label": "Quorum", "value": str(quorum) if quorum else "Not entered"},
        {"label": "Kinds", "value": ", ".join(plural(number, kind.lower()) for kind, number in sorted(kinds.items()))},
        {"label": "Councils without a member", "value": ", ".join(empty) or "None"},
        {"label": "Terms that end within half a year", "value": ", ".join(
            f"{m.name} ({day_words(m.to_date)})" for m in soon) or "None"},
    ]  # fmt: skip
    twice = [name for name, number in Counter(m.name for m in found).items() if number > 1]
    if twice:
        rows.append({"label": "There twice", "value": f"{', '.join(twice)}: put the days right"})
    return rows


def attendance(panel: Any, who: Any, year: str) -> dict[int, Counter]:
    """{member: how often in which way} at the Panel's meetings of that municipal year that were held."""
    first, last = clock.year_bounds(year)
    rows = PanelMeeting.objects.filter(
        rules.visible(who), status__in=("held", "adjourned", "minutes_confirmed"), meeting__kind="panel",
        meeting__on__range=(first, last),
    )  # fmt: skip
    found: dict[int, Counter] = {}
    for row in rows.select_related("meeting"):
        for pk, seat in seats_of_meeting(row.meeting, None, expected=False).items():
            way = "substitute" if seat.substitute else "there" if seat.how in ("room", "online") else seat.how
            found.setdefault(pk, Counter()).update(["meetings", way])
    return found


def year_of(query: Any) -> str:
    """The municipal year asked for, or this one."""
    year = query.get("year", "")
    try:
        clock.year_bounds(year)
        return year
    except ValueError:
        return clock.municipal_year(clock.today())


def rows_of_year(panel: Any, who: Any, year: str) -> list[tuple[Member, Counter]]:
    """Each member of that year with how they attended."""
    first, last = clock.year_bounds(year)
    counted = attendance(panel, who, year)
    rows = panel.members.overlapping(first, last).select_related("council").order_by("name")
    return [(m, counted.get(m.pk, Counter())) for m in rows]


@require_safe
@in_panel("business.view")
def members(request: Any, panel: Any, who: Any) -> HttpResponse:
    """The members of a day, and attendance by year."""
    form = DayForm(request.GET if "day_day" in request.GET or "day" in request.GET else None)
    day = form.cleaned_data["day"] if form.is_bound and form.is_valid() else clock.today()
    found = members_on(panel, day)
    year = year_of(request.GET) if "year" in request.GET else clock.municipal_year(day)
    rows = [
        [
            f"{m.name} ({m.office})" if m.office else m.name, m.council.name if m.council else "", m.get_kind_display(),
            day_words(m.from_date), day_words(m.to_date) if m.to_date else "",
        ]
        for m in found
    ]  # fmt: skip
    cells = [[{"words": words} for words in row] for row in rows]
    came = [
        [{"words": m.name}, *({"words": str(c[k])} for k in ("meetings", "there", "substitute", "apologies", "absent"))]
        for m, c in rows_of_year(panel, who, year)
    ]
    first, last = clock.year_bounds(year)
    before = clock.municipal_year(first - timedelta(days=1))
    after = clock.municipal_year(last + timedelta(days=1)) if last < clock.today() else ""
    context = {
        "tabs": panel_tabs(panel, who, "panel:members"), "form": form, "day": day_words(day), "year": year, "before": before,
        "after": after,
        "figures": figures(panel, day, found), "members": table("Members of that day", HEADS, cells),
        "bars": by_quarter(panel, day), "exports": rules.may(who, "case.export"),
        "attendance": table(
            "Attendance", ("Member", "Meetings", "There", "By a substitute", "Apologies", "Absent"), came
        ),
    }  # fmt: skip
    return render(request, "meetings/members.html", context)


def by_quarter(panel: Any, day: date) -> list[dict]:
    """How many members there were on the first day of each of the last eight quarters, in words."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    found = []
    for back in range(7, -1, -1):
        year, month = divmod(first.year * 12 + first.month - 1 - 3 * back, 12)
        on = date(year, month + 1, 1)
        number = panel.members.in_force(on).count()
        found.append({"label": day_words(on), "value": f"{plural(number, 'member')}, two thirds {two_thirds(number)}"})
    return found


@require_safe
@in_panel("case.export")
def members_file(request: Any, panel: Any, who: Any, kind: str) -> Any:
    """Members and attendance of a year, as CSV or Excel."""
    if kind not in TABLES:
        raise Http404
    year = year_of(request.GET)
    cells = [
        (
            m.name, m.council.name if m.council else "", m.get_kind_display(), m.from_date, m.to_date, c["meetings"],
            c["there"], c["substitute"], c["apologies"], c["absent"],
        )
        for m, c in rows_of_year(panel, who, year)
    ]  # fmt: skip
    name = f"{panel.slug}-members-{year}"
    return table_file(kind, name, "Members", EXPORTED, cells)
