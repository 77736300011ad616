"""The calendar: a month as a page, and a private feed by a key that can be taken back."""

import calendar
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meetings.business.feed import AHEAD_DAYS, PAST_DAYS, as_ics, entries
from meetings.calendar_models import CalendarKey, digest
from panel.access import rules
from panel.law import clock
from panel.law.bank_holidays import not_working
from panel.law.period import MONTHS, WEEKDAYS, clock_time
from panel.pages.base import in_panel
from panel.pages.people_page import panel_tabs


def month_of(text: str) -> date:
    """The first day of the month that the address asks for ("2026-11"), or of this one."""
    try:
        year, month = (int(part) for part in text.split("-"))
        if year in clock.YEARS:
            return date(year, month, 1)
    except ValueError:
        pass
    return clock.today().replace(day=1)


def moved(first: date, months: int) -> date:
    """The first day of another month."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)


@require_safe
@in_panel("case.list")
def month(request: Any, panel: Any, who: Any) -> HttpResponse:
    """A month of meetings, hearings and duties."""
    first = month_of(request.GET.get("month", ""))
    last = date(first.year, first.month, calendar.monthrange(first.year, first.month)[1])
    by_day: dict[date, list[dict]] = {}
    for one in entries(who, panel, first, last):
        hour = clock_time(one.at.timetz().replace(tzinfo=None)) if one.at else ""
        by_day.setdefault(one.on, []).append({"words": one.words, "url": one.url, "hour": hour, "duty": one.duty})
    days = []
    for number in range(last.day):
        day = first + timedelta(days=number)
        try:
            free = not_working(day) or ""
        except ValueError:
            free = ""
        days.append({
            "words": f"{WEEKDAYS[day.weekday()]} {day.day}", "entries": by_day.get(day, []), "free": free,
            "today": day == clock.today(),
        })  # fmt: skip
    base = reverse("panel:calendar", args=[panel.slug])
    context = {
        "tabs": panel_tabs(panel, who, "panel:calendar"), "heading": f"{MONTHS[first.month - 1]} {first.year}",
        "days": [d for d in days if d["entries"] or d["free"] not in ("", "weekend") or d["today"]],
        "before": f"{base}?month={moved(first, -1):%Y-%m}", "after": f"{base}?month={moved(first, 1):%Y-%m}",
        "has_key": CalendarKey.objects.filter(panel=panel, user=request.user).exists(),
    }  # fmt: skip
    return render(request, "meetings/calendar.html", context)


@require_POST
@in_panel("case.list")
def new_key(request: Any, panel: Any, who: Any) -> HttpResponse:
    """A new key, shown once; the one before is gone."""
    key = CalendarKey.make(panel, request.user)
    address = request.build_absolute_uri(reverse("calendar-feed", args=[key]))
    return render(
        request,
        "meetings/calendar_key.html",
        {"address": address, "back": reverse("panel:calendar", args=[panel.slug])},
    )


@require_POST
@in_panel("case.list")
def end_key(request: Any, panel: Any, who: Any) -> HttpResponse:
    """The feed ends, from the next request on."""
    CalendarKey.objects.filter(panel=panel, user=request.user).delete()
    messages.success(request, "Your calendar feed has ended.")
    return redirect("panel:calendar", panel=panel.slug)


@login_not_required
@never_cache
@require_safe
def feed(request: Any, key: str) -> HttpResponse:
    """The feed of whoever has that key, as the rule book lets them see it today. Raises Http404 for any other key, and for
    somebody who has no role any more."""
    found = CalendarKey.objects.filter(digest=digest(key)).select_related("user", "panel").first()
    who = rules.standing(found.user, found.panel) if found is not None else None
    if found is None or who is None or not rules.may(who, "case.list"):
        raise Http404
    today = clock.today()
    rows = entries(who, found.panel, today - timedelta(days=PAST_DAYS), today + timedelta(days=AHEAD_DAYS))
    site = request.build_absolute_uri("/").rstrip("/")
    response = HttpResponse(as_ics(rows, found.panel, site), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="panel.ics"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
