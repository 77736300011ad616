"""What somebody typed and has not entered, kept for them alone."""

from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve

from panel.access import rules
from panel.forms.fields import number_in, plain
from panel.models import Case, Draft, Panel, User


def raw_answers(post: QueryDict) -> dict[str, Any]:
    """What was typed, for a draft: lists by name, without the token and the buttons."""
    skip = {
        "csrfmiddlewaretoken",
        "seen",
        "confirmed",
        "later",
        "change",
        "more",
        "fewer",
        "add_files",
        "stale",
        "cancel",
    }
    return {k: post.getlist(k) for k in post if k not in skip}


def cleaned(post: QueryDict) -> QueryDict:
    """What was posted without what nobody can see, which no page can show again and PostgreSQL does not store."""
    found = QueryDict(mutable=True)
    for key, values in post.lists():
        found.setlist(plain(key, lines=False), [plain(v, lines=True) for v in values])
    return found


def as_query(answers: dict[str, Any]) -> QueryDict:
    """A draft's answers as posted data."""
    query = QueryDict(mutable=True)
    for key, values in answers.items():
        query.setlist(key, values)
    return query


def keep_draft(user: User, panel: Panel, case: Case | None, step: str, post: QueryDict, seen: int | None) -> Draft:
    """Keep what was typed: one draft a person, case and step; of a case that is still to be made, one a person, panel and
    step. Two pages that keep it at once leave one, that of the later."""
    which = {"case": case} if case is not None and case.pk else {"case": None, "panel": panel}
    said = {"panel": panel, "answers": raw_answers(post), "seen": seen or 0}
    try:
        return Draft.objects.update_or_create(user=user, step=step, **which, defaults=said)[0]
    except IntegrityError:  # the other page kept its draft between looking and writing, and threw it away since
        return Draft.objects.update_or_create(user=user, step=step, **which, defaults=said)[0]


def keep_posted(request: HttpRequest) -> bool:
    """Keep what was posted to the page of a step, where the person may see the case; whether it was kept."""
    try:
        match = resolve(request.path)
    except Resolver404:
        return False
    if match.view_name not in ("panel:step", "panel:new-case"):
        return False
    panel = Panel.objects.filter(slug=match.kwargs["panel"]).first()
    who = rules.standing(request.user, panel) if panel else None
    if panel is None or who is None or not who.roles:
        return False
    user: Any = request.user  # a User: nobody else has roles
    register, reference, case = match.kwargs["register"], match.kwargs.get("reference"), None
    if reference is not None:
        case = register.case_model.objects.filter(rules.visible(who), reference=reference).first()
        if case is None or case.erased_on:
            return False
    posted = cleaned(request.POST)
    seen = number_in(posted.get("seen", "")) or 0
    keep_draft(user, panel, case, match.kwargs["key"], posted, seen)
    return True
