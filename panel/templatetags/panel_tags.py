"""Dates as pages write them, colours of states, links that keep a list's filters, and a details block."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from panel.forms.fields import DateInput
from panel.law import clock
from panel.law.spoken import say

register = template.Library()

# The one place that says which colour a state has. What is not here is an ending, and grey.
STATUS_COLOURS = {
    "Received": "blue",
    "Recorded": "blue",
    "In progress": "blue",
    "Not started": "blue",
    "Waiting for information": "yellow",
    "Draft": "yellow",
    "Due today": "yellow",
    "Referred to the IOPC": "orange",
    "With the IOPC": "orange",
    "With prosecutors": "orange",
    "Route decided": "teal",
    "Sub-panel": "teal",
    "Full Panel": "teal",
    "Informal resolution": "teal",
    "Hearing arranged": "teal",
    "Outcome recorded": "green",
    "Issued": "green",
}


@register.filter
def said(words: Any) -> Any:
    """The product's own words as the panel says them; never for what people have written."""
    return say(str(words)) if words and not isinstance(words, SafeString) else words


@register.filter
def status_colour(words: Any) -> str:
    """The colour of the tag that says this; grey for every ending."""
    return STATUS_COLOURS.get(str(words), "grey")


def _date(value: Any) -> datetime.date | None:
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value if isinstance(value, datetime.date) else None


@register.filter
def day(value: Any) -> str:
    """18 November 2026."""
    return f"{found.day} {found:%B %Y}" if (found := _date(value)) else ""


@register.filter
def short_day(value: Any) -> str:
    """27 Oct 2026: only in the wide list."""
    return f"{found.day} {found:%b %Y}" if (found := _date(value)) else ""


@register.filter
def clock_time(value: Any) -> str:
    """3:10pm, in Europe/London (the current time zone)."""
    if not isinstance(value, datetime.datetime):
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


@register.filter
def moment(value: Any) -> str:
    """18 November 2026 at 3:10pm, in Europe/London (the current time zone)."""
    return f"{day(value)} at {clock_time(value)}" if isinstance(value, datetime.datetime) else day(value)


@register.simple_tag
def now_moment() -> str:
    """This moment, for the last line of a printed page."""
    return moment(clock.now())


@register.simple_tag(takes_context=True)
def address(context: template.Context, **changes: Any) -> str:
    """The page's query string with some parameters changed, others kept: `href="{% address page=2 %}"`.

    None or "" leaves a parameter out. Changing anything but the page goes back to page 1.
    """
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    if "page" not in changes:
        query.pop("page", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = value
    return f"?{query.urlencode()}"


@register.simple_tag
def page_numbers(page: Page) -> list:
    """The pages to link from this one, with "…" for those left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.filter
def widget_type(field: Any) -> str:
    """The kind of control a filter field has: text, tick, date or other."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    if isinstance(widget, DateInput):
        return "date"
    return "text" if isinstance(widget, forms.TextInput) else "other"


@register.simple_block_tag
def details(content: str, summary: str, open: bool = False) -> SafeString:  # noqa: A002
    """A details element around what stands in the block: `{% details "How it was counted" %}...{% enddetails %}`."""
    return render_to_string("components/details.html", {"summary": summary, "body": content, "open": open})


@register.filter
def nth(items: Any, index: int) -> Any:
    """The item at this place, from 0."""
    return items[index]
