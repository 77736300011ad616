"""What every view starts from: the panel in the address, the person's standing in it, and one question of the rule
book. Deny by default: a view of a panel is made with `in_panel`, which names its action."""

from functools import wraps

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render

from panel import access
from panel.models import Panel
from panel.perform import Unseen

PAGE_SIZE = 25


def in_panel(action: str):
    """A decorator: the view gets `request, panel, who, ...` when the person may take that action of access.ACTIONS.

    Whoever has no role in the panel gets the 404 of a panel that does not exist; a role that may not, a 403 that names
    the rule. An `Unseen` case answers like one that never existed.
    """
    access.ACTIONS[action]

    def decorate(view):
        @wraps(view)
        def inner(request, panel: str, *args, **kwargs):
            found = Panel.objects.filter(slug=panel).first()
            who = access.standing(request.user, found) if found else None
            if who is None or not who.roles:
                raise Http404
            request.panel, request.who = found, who
            if not access.may(who, action):
                return forbidden(request, *denied(who, action))
            try:
                return view(request, found, who, *args, **kwargs)
            except Unseen:
                raise Http404 from None

        inner.action = action
        return inner

    return decorate


def denied(who, action) -> tuple[str, str]:
    """Why the person may not, and who may, in words."""
    words, roles = access.ACTIONS[action]
    names = sorted({r.words for r in roles})
    listed = " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return (
        "You cannot open this page",
        f"To {words[0].lower()}{words[1:]} you need to be: {listed}. You are signed in as {who.words}.",
    )


def forbidden(request, title: str, reason: str, *, caption: str = "", links=()):
    """The 403 page: it names the rule and who may, and that nothing was changed."""
    context = {"title": title, "reason": reason, "caption": caption, "links": links}
    return render(request, "403.html", context, status=403)


def page_of(request, rows, size: int = PAGE_SIZE):
    """The page of rows asked for by `?page=`; anything that is no page gives the nearest one, never an error."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
