"""Who opened what: one row for each page of a case, document, file and report that was shown, written as it is answered.

note(request, case=case)                     # a view says what it shows ...
record(request, panel, response)             # ... and `in_panel` writes it down, if it was shown

A row names the person, the moment,
the page and the page it was reached from; for a list as a file the names of its filters.
Never a complainant's name, and never what was typed into a search. It is sealed by the panel's next act (see audit.seal).
"""

import re
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.urls import Resolver404, ResolverMatch, resolve

from panel.law import clock
from panel.models import Opening, Panel
from panel.procedure.register import opened_pages

# Addresses that show something else than a page of a case, which any other address of a case counts as. Registers
# declare those which only they have (`Register.opened_pages`).
KINDS = {
    "download": Opening.Kind.DOCUMENT,
    "preview": Opening.Kind.DOCUMENT,
    "preview-picture": Opening.Kind.DOCUMENT,
    "bundle-file": Opening.Kind.BUNDLE,
    "case-package": Opening.Kind.BUNDLE,
    "cases-file": Opening.Kind.EXPORT,
    "incoming": Opening.Kind.MESSAGE,
    "incoming-file": Opening.Kind.MESSAGE,
    "sent-file": Opening.Kind.EXPORT,
    "whole": Opening.Kind.BUNDLE,
    "interests": Opening.Kind.INTERESTS,
    "interests-of": Opening.Kind.INTERESTS,
    "interests-file": Opening.Kind.EXPORT,
}
SHOWN = (200, 409, 422)  # a refused step and one with errors show the case as well
WORDS = re.compile(r"[a-z][a-z0-9_]{0,30}")


def note(request: HttpRequest, **what: Any) -> None:
    """Say what a page shows: `case`, `what` (a number), `asked` (names of filters), `kind` where its address leaves it open."""
    request.opening = {**getattr(request, "opening", {}), **what}  # type: ignore[attr-defined]


def filters(query: QueryDict, form: BaseForm) -> str:
    """The names of the filters used, of those that there are: "q status". Never their values."""
    known = {*form.fields, "view", "figure", "report", "as_at", "issued", "sort"}
    return " ".join(sorted(name for name in known if query.get(name) and WORDS.fullmatch(name)))


def record(request: HttpRequest, panel: Panel, response: HttpResponseBase) -> None:
    """Write down what was shown; nothing for what was not, and nothing for pages that show no case and no report."""
    if request.method not in ("GET", "POST") or response.status_code not in SHOWN:
        return
    about, match = getattr(request, "opening", {}), request.resolver_match
    case = about.get("case")
    assert match is not None
    name = match.url_name or ""
    of_register = opened_pages().get(name)
    kind = about.get("kind") or (of_register.kind if of_register else KINDS.get(name))
    kind = kind or (Opening.Kind.CASE if case is not None else None)
    if kind is None:
        return
    Opening.objects.create(
        panel=panel,
        case_id=case.pk if case is not None else None,
        by=request.user,
        at=clock.now(),
        kind=kind,
        page=page_of(match),
        what=str(about.get("what", "")),
        asked=about.get("asked", "")[:300],
        came_from=came_from(request),
    )


def page_of(match: ResolverMatch) -> str:
    """The name of an address; with the step, the tab or the kind of file, which the view has found declared."""
    more = match.kwargs.get("kind") or match.kwargs.get("key")
    return f"{match.url_name} {more}"[:100] if isinstance(more, str) else match.url_name or ""


def came_from(request: HttpRequest) -> str:
    """The name of our page on which the link was, as far as the browser says; else nothing."""
    with suppress(Resolver404, ValueError):
        found = urlsplit(request.headers.get("Referer", ""))
        if found.netloc == request.get_host():
            return (resolve(found.path).url_name or "")[:100]
    return ""
