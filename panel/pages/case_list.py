"""The list of a register: filters, order, pages, files."""

import re

from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from panel.access import rules
from panel.casework.groups import groups_seen
from panel.pages.base import FoundOnce, in_panel, page_of
from panel.pages.register_list import SearchFilter
from panel.pages.words import Cell, case_url


@require_safe
@in_panel("case.list")
def cases(request, panel, who, register):
    """The list of a register, with filters, order and pages."""
    list_page = register.list_page
    if (again := remembered(request, panel, register)) is not None:
        return again
    listing = list_page.listing(panel, who, request.user, request.GET)
    rows = list_page.with_rows(listing.rows)
    page = page_of(request, FoundOnce(listing.rows, list_page.with_rows) if listing.filters.value("q") else rows)
    base = request.GET.copy()
    base.pop("page", None)
    may_log = rules.may(who, "case.log")
    context = {
        "register": register,
        "filter_form": listing.filters.form,
        "page": page,
        "columns": column_heads(list_page, listing, base),
        "rows": [
            list_page.row_of(case, who, register.follows(case.procedure), case_url(case, register))
            for case in page.object_list
        ],
        "filtered": any(k not in ("page", "sort") and v for k, v in request.GET.items()),
        "show": listing.showing,
        "may_log": may_log,
        "other_new": [*other_new(panel, register, who), *ways_in(panel, register, who)] if may_log else [],
        "views": view_links(request, list_page.views_for(who)) if list_page.views else [],
        "figure": listing.figure,
        "keep": [{"name": k, "value": request.GET[k]} for k in KEPT if request.GET.get(k)],
        "exports": export_links(base) if list_page.may_export(who) else [],
        "log_url": start_url(panel, register),
        "sort": request.GET.get("sort", ""),
        "filter_label": f"Filter the {register.case_word}s",
        "matter": matter_of(listing, who, register),
    }
    return render(request, "panel/cases.html", context)


def matter_of(listing, who, register):
    """The group whose cases are listed, where the list is filtered by one; else None."""
    chosen = listing.filters.value("group") if "group" in listing.filters.filters else ""
    return groups_seen(who, register.slug).filter(pk=chosen).first() if chosen else None


def column_heads(list_page, listing, query) -> list[Cell]:
    """The heads of the table, each a link that sorts by it where the list has that order."""
    heads = []
    for words, order in zip(list_page.columns, list_page.column_orders, strict=True):
        head = Cell(
            words=words,
            quiet=order in ("reference", "title", "status"),
            nowrap=order in ("reference", "received", "about", "hearing", "report", "due"),
        )
        if order in list_page.orders:
            asked = query.copy()
            asked["sort"] = f"-{order}" if listing.key == order and not listing.down else order
            head["url"] = f"?{asked.urlencode()}"
            if listing.key == order:
                head["sort"] = "descending" if listing.down else "ascending"
        heads.append(head)
    return heads


def start_url(panel, register) -> str:
    """Where logging begins: with a box for files, where the register takes them."""
    if register.from_message is not None:
        return reverse("panel:log-start", args=[panel.slug, register.slug])
    return reverse("panel:new-case", args=[panel.slug, register.slug, register.log_step])


def other_new(panel, register, who) -> list[dict]:
    """Links to the other steps that make a case and that the person may take, beside the button."""
    return [
        {"words": s.label, "url": reverse("panel:new-case", args=[panel.slug, register.slug, s.key])}
        for s in register.procedure.steps
        if s.creates == "case" and s.key != register.log_step and not s.folded and who.roles & set(s.entered_by)
    ]


def ways_in(panel, register, who) -> list[dict]:
    """Links to pages by which many cases come in, of those that the person may open."""
    found = [page for page in register.ways_in if rules.may(who, page.action)]
    return [{"words": page.words, "url": reverse(f"panel:{page.name}", args=[panel.slug])} for page in found]


# Parameters that are no field of the filter form, and stay when it is applied.
KEPT = ("sort", "view", "figure", "report", "as_at", "issued")


def remembered(request, panel, register):
    """Send a plain visit back to the filters of the last one; `?clear` forgets them. None: list what is asked for.

    Only choices are kept, never words: a session's row stays after the case whose name was searched for is erased."""
    key = f"list:{panel.slug}:{register.slug}"
    if "clear" in request.GET:
        request.session.pop(key, None)
        return redirect(request.path)
    if not request.GET:
        last = request.session.get(key)
        return redirect(f"{request.path}?{last}") if last else None
    kept = request.GET.copy()
    filters = register.list_page.filters.base_filters
    for name in list(kept):
        if name not in ("sort", "view") and (name not in filters or isinstance(filters[name], SearchFilter)):
            del kept[name]
    asked = QueryDict(mutable=True)
    for name, values in kept.lists():
        asked.setlist(name, [v for v in values if re.fullmatch(r"-?[\w-]{1,40}", v, re.ASCII)][:3])
    words = asked.urlencode()
    if not request.GET.get("figure") and len(words) < 1000 and words != request.session.get(key, ""):
        request.session[key] = words
    return None


def view_links(request, views) -> list[dict]:
    """The built-in views as tabs, the plain list first."""
    here = request.GET.get("view", "")
    plain = {"words": "All", "url": "?clear=1", "current": not here}
    return [plain, *({"words": v.words, "url": f"?view={v.key}", "current": v.key == here} for v in views)]


def export_links(query) -> list[dict]:
    """The files of exactly what is filtered."""
    end = f"?{query.urlencode()}" if query else ""
    return [{"words": words, "url": f"download.{kind}{end}"} for words, kind in (("CSV", "csv"), ("Excel", "xlsx"))]
