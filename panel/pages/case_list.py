"""The list of a register: filters, order, pages, files."""

from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from panel.access import rules
from panel.pages.base import FoundOnce, in_panel, page_of
from panel.pages.words import Cell, case_url


@require_safe
@in_panel("case.list")
def cases(request, panel, who, register):
    """The list of a register, with filters, order and pages."""
    listing = register.lists
    if (again := remembered(request, panel, register)) is not None:
        return again
    form, rows, key, down = listing.listing(panel, who, request.user, request.GET, register.procedure)
    page = page_of(request, FoundOnce(rows, listing.with_rows) if form.value("q") else listing.with_rows(rows))
    base = request.GET.copy()
    base.pop("page", None)
    columns = []
    for words, order in zip(
        register.columns,
        ("reference", "title", "about" if "about" in listing.ORDERS else "", "status", "received", "due"),
        strict=True,
    ):
        column = Cell(
            words=words,
            quiet=order in ("reference", "title", "status"),
            nowrap=order in ("reference", "received", "about", ""),
        )
        if order:
            query = base.copy()
            query["sort"] = f"-{order}" if key == order and not down else order
            column["url"] = f"?{query.urlencode()}"
            if key == order:
                column["sort"] = "descending" if down else "ascending"
        columns.append(column)
    found = [listing.row_of(c, who, register.follows(c.procedure), case_url(c, register)) for c in page.object_list]
    context = {
        "register": register,
        "filter_form": form,
        "page": page,
        "columns": columns,
        "rows": found,
        "filtered": any(k not in ("page", "sort") and v for k, v in request.GET.items()),
        "show": getattr(form, "showing", "") or form.value("show") or "open",
        "may_log": rules.may(who, "case.log"),
        "other_new": other_new(panel, register) if rules.may(who, "case.log") else [],
        "views": view_links(request, listing.views(who)) if hasattr(listing, "views") else [],
        "figure": getattr(form, "figure", None),
        "keep": [{"name": k, "value": request.GET[k]} for k in KEPT if request.GET.get(k)],
        "exports": export_links(base) if hasattr(listing, "exported") and rules.may(who, "case.export") else [],
        "log_url": reverse("panel:new-case", args=[panel.slug, register.slug, register.log_step]),
        "sort": request.GET.get("sort", ""),
        "filter_label": f"Filter the {register.case_word}s",
    }
    return render(request, "panel/cases.html", context)


def other_new(panel, register) -> list[dict]:
    """Links to the other steps that make a case, beside the button."""
    return [
        {"words": s.words, "url": reverse("panel:new-case", args=[panel.slug, register.slug, s.key])}
        for s in register.procedure.steps
        if s.adds == "case" and s.key != register.log_step
    ]


# Parameters that are no field of the filter form, and stay when it is applied.
KEPT = ("sort", "view", "figure", "report", "as_at", "issued")


def remembered(request, panel, register):
    """Send a plain visit back to the filters of the last one; `?clear` forgets them. None: list what is asked for."""
    key = f"list:{panel.slug}:{register.slug}"
    if "clear" in request.GET:
        request.session.pop(key, None)
        return redirect(request.path)
    if not request.GET:
        last = request.session.get(key)
        return redirect(f"{request.path}?{last}") if last else None
    kept = request.GET.copy()
    for name in ("page", "figure", "report", "as_at", "issued"):
        kept.pop(name, None)
    asked = QueryDict(mutable=True)
    for name, values in kept.lists():
        asked.setlist(name, [v for v in values if v][:3])
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
