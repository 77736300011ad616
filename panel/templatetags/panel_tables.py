"""The parts of which a page shows hundreds: rows of tables, their cells, tags and badges. Made here, because a template for
each cell took half the time of a list. Whatever is not marked as safe is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.defaultfilters import capfirst
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from panel.templatetags.panel_tags import said, status_colour

register = template.Library()


def of(thing: Any, name: str) -> Any:
    """What a template reads as thing.name; None where there is no such thing."""
    return thing.get(name) if isinstance(thing, dict) else getattr(thing, name, None)


@register.simple_tag
def status_tag(tag: Any) -> SafeString:
    """A status in words. `tag` is {words, colour} or only the words; the colour is by default that of these words."""
    words = of(tag, "words") or tag
    return format_html(
        '<strong class="govuk-tag govuk-tag--{}">{}</strong>', of(tag, "colour") or status_colour(words), said(words)
    )


@register.simple_tag
def badge(badge: Any) -> SafeString:
    """Why, or what marks a case: {kind, words, late, url (where its words lead)}. The kinds law (filled), target and guidance
    (outlined) name themselves; any other kind needs words. late turns the badge of a law red."""
    kind = of(badge, "kind")
    law, late = " app-badge--law" if kind == "law" else "", " app-badge--late" if of(badge, "late") else ""
    words = of(badge, "words") or capfirst(kind)
    if url := of(badge, "url"):
        words = format_html('<a class="govuk-link" href="{}">{}</a>', url, words)
    return format_html('<strong class="app-badge{}{}">{}</strong>', law, late, words)


@register.simple_tag
def provision(badge_: Any, words: Any) -> SafeString:
    """A badge, if there is one, and the provision: "paragraph 6, regulation 31"."""
    return format_html("{} {}", badge(badge_), words) if badge_ else conditional_escape(words)


LINK = (
    '<a class="govuk-link govuk-!-display-inline-block govuk-!-padding-top-1 govuk-!-padding-bottom-1" href="{}">{}</a>'
)


def strong(cell: Any) -> SafeString:
    """Its words, bold where they are to be."""
    words = of(cell, "words")
    return format_html("<b>{}</b>", words) if of(cell, "strong") else conditional_escape("" if words is None else words)


def inside(cell: Any) -> SafeString:
    """A cell without its note."""
    if found := of(cell, "tag"):
        return status_tag(found)
    if found := of(cell, "badge"):
        return provision(found, of(cell, "provision"))
    if found := of(cell, "links"):
        return format_html_join(mark_safe(" &nbsp; "), LINK, ((of(a, "url"), of(a, "words")) for a in found))
    if found := of(cell, "url"):
        hidden = of(cell, "hidden")
        more = format_html(' <span class="govuk-visually-hidden">{}</span>', hidden) if hidden else ""
        return format_html('<a class="govuk-link" href="{}">{}{}</a>', found, strong(cell), more)
    if of(cell, "words") is not None:
        how = ' class="app-late"' if of(cell, "late") else ' class="app-over"' if of(cell, "over") else ""
        return format_html("<span{}>{}</span>", mark_safe(how), strong(cell))  # noqa: S308 - one of ours
    return conditional_escape(cell)


@register.simple_tag
def cell_of(cell: Any) -> SafeString:
    """One cell: {words, url, hidden (said beside a link's words), strong, note, late, over, links, tag, badge, provision}; a
    plain text does as well. `links` are several, {words, url} each."""
    note = of(cell, "note")
    return (
        format_html('{}<br><span class="app-muted">{}</span>', inside(cell), note) if note else inside(cell)
    )  # fmt: skip


def opening(column: Any) -> SafeString:
    """What stands before a column's cells: the same in every row."""
    kind = "number" if of(column, "number") else "nowrap" if of(column, "nowrap") else ""
    td = format_html('<td class="app-table__{}">', kind) if kind else mark_safe("<td>")
    if of(column, "quiet"):
        return td
    return format_html('{}<span class="app-cell-label">{}: </span>', td, of(column, "words"))


EMPTY = ("", "<span></span>")


@register.simple_tag
def table_rows(columns: Iterable[Any], rows: Iterable[Any]) -> SafeString:
    """The rows of a table: rows [{late, over, cells}] under columns [{words, quiet, nowrap, number}]."""
    heads = [opening(column) for column in columns]
    found = []
    for row in rows:
        how = "late" if of(row, "late") else "over" if of(row, "over") else ""
        found.append(f'<tr class="app-table__{how}">' if how else "<tr>")
        cells = list(of(row, "cells"))
        for at, cell in enumerate(cells):
            said = cell_of(cell)
            head = "<td>" if said in EMPTY or at >= len(heads) else heads[at]  # a label alone says nothing
            found.append(f"{head}{said}</td>\n")
        found.append("</tr>\n")
    return mark_safe("".join(found))  # noqa: S308 - made of parts that are escaped above
