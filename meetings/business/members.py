"""Members over time: who sat for which council on a day, what two thirds and a quorum were, balance, vacancies, terms that
end, and attendance by member and year."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meetings.business.balance import OverTime, figures, groups_of_year, groups_on
from meetings.facts import in_rank
from meetings.models import PanelMeeting
from panel.access import rules
from panel.casework.attendance import seats_of_meeting
from panel.forms.fields import DateField
from panel.law import clock
from panel.law.period import day_words
from panel.models import Member
from panel.pages.base import in_panel
from panel.pages.charts import drawing
from panel.pages.downloads import TABLES, table_file
from panel.pages.people_page import panel_tabs
from panel.pages.tables import table

ONE_DAY, MOST_YEARS = timedelta(days=1), 40  # of attendance in the whole register
HEADS = ("Member", "Council", "Kind", "Group", "Member from", "Until")
EXPORTED = (
    "Member", "Council", "Kind", "Group as declared", "From", "Until", "Meetings", "There", "By a substitute", "Apologies",
    "Absent",
)  # fmt: skip


class DayForm(forms.Form):
    """A day to look at."""

    day = DateField(label="On which day?", what="the day")


def members_on(panel: Any, day: date) -> list[Member]:
    """The members of that day, Chairman and Vice-Chairman first."""
    rows = panel.members.in_force(day).select_related("council").order_by("name")
    return in_rank(panel, list(rows), day)


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
    groups = groups_on(panel, day)
    rows = [
        [
            f"{m.name} ({m.office})" if m.office else m.name, m.council.name if m.council else "", m.get_kind_display(),
            groups.get(m.pk, ""), day_words(m.from_date), day_words(m.to_date) if m.to_date else "",
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
    over_time = OverTime(panel, day)
    context = {
        "tabs": panel_tabs(panel, who, "panel:members"), "form": form, "day": day_words(day), "year": year, "before": before,
        "after": after,
        "figures": figures(panel, day, found), "members": table("Members of that day", HEADS, cells),
        "drawing": drawing(over_time), "quarters": over_time.table(), "exports": rules.may(who, "case.export"),
        "attendance": table(
            "Attendance", ("Member", "Meetings", "There", "By a substitute", "Apologies", "Absent"), came
        ),
    }  # fmt: skip
    return render(request, "meetings/members.html", context)


def exported(panel: Any, who: Any, year: str) -> list[tuple[Any, ...]]:
    """A row of cells for each member of that year."""
    groups = groups_of_year(panel, *clock.year_bounds(year))
    return [
        (
            m.name, m.council.name if m.council else "", m.get_kind_display(), groups.get(m.pk, ""),
            m.from_date, m.to_date, c["meetings"],
            c["there"], c["substitute"], c["apologies"], c["absent"],
        )
        for m, c in rows_of_year(panel, who, year)
    ]  # fmt: skip


@require_safe
@in_panel("case.export")
def members_file(request: Any, panel: Any, who: Any, kind: str) -> Any:
    """Members and attendance of a year, as CSV or Excel."""
    if kind not in TABLES:
        raise Http404
    year = year_of(request.GET)
    name = f"{panel.slug}-members-{year}"
    return table_file(kind, name, "Members", EXPORTED, exported(panel, who, year))
