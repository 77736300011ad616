"""What somebody typed and has not entered, kept for them alone."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError
from django.db.models import Max, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import Resolver404, ResolverMatch, resolve

from panel.access import rules
from panel.casework.case_context import Attempt, CaseContext
from panel.casework.errors import Refused
from panel.casework.offers import declared, not_erased, offer
from panel.forms.fields import SelectField, number_in, plain
from panel.models import Case, Draft, IncomingMessage, Panel, User
from panel.procedure.vocabulary import Step
from panel.record import once

QUIETLY = "quietly"  # in what a script sends to keep a draft
LEADS_ON = "go"  # the button of a link: keep a draft, then go there
BUTTONS = {*once.UNSAID, "stale", "then", "save", "another", QUIETLY, LEADS_ON}


def raw_answers(post: QueryDict) -> dict[str, Any]:
    """What was typed, for a draft: lists by name, without the tokens and the buttons, and never a password."""
    return {k: post.getlist(k) for k in post if k not in BUTTONS and "password" not in k}


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


def kept_once(which: Mapping[str, Any], said: Mapping[str, Any]) -> Draft:
    """The one draft of that kind, made or written anew. Two pages that keep it at once leave one, that of the later."""
    try:
        return Draft.objects.update_or_create(**which, defaults=said, create_defaults={**said, **numbered(which)})[0]
    except IntegrityError:  # the other page kept its draft between looking and writing, and threw it away since
        return Draft.objects.update_or_create(**which, defaults=said, create_defaults={**said, **numbered(which)})[0]


def numbered(which: Mapping[str, Any]) -> dict[str, Any]:
    """The next number of a case that is begun."""
    if which.get("case") is not None or which.get("address"):
        return {}
    mine = Draft.objects.filter(user=which["user"], panel=which["panel"], case=None)
    return {"number": (mine.aggregate(last=Max("number"))["last"] or 0) + 1}


def keep_draft(
    user: User, panel: Panel, case: Case | None, step: str, post: QueryDict, seen: int | None, key: str = ""
) -> Draft:
    """Keep what was typed in a step: one draft a person, case and step; of a case that is still to be made, one a form."""
    which = (
        {"case": case} if case is not None and case.pk else {"case": None, "panel": panel, "key": key, "address": ""}
    )
    said = {"panel": panel, "answers": raw_answers(post), "seen": seen or 0, "key": key}
    return kept_once({"user": user, "step": step, **which}, said)


def keep_page(user: User, panel: Panel | None, case: Case | None, address: str, post: QueryDict, key: str) -> Draft:
    """Keep what was typed on a page that is no step: one draft a person and address. One of a page of a case is the case's,
    and goes with it."""
    said = {"panel": panel, "case_id": case.pk if case is not None else None, "answers": raw_answers(post), "key": key}
    return kept_once({"user": user, "address": address}, said)


def of_case(case: Case) -> QuerySet[Draft]:
    """Everybody's drafts of a case: of its steps, and of pages under its address, such as that of a bundle."""
    return Draft.objects.filter(Q(case=case) | Q(panel=case.panel, address__contains=f"/{case.reference}/"))


def of_message(message: IncomingMessage) -> QuerySet[Draft]:
    """Everybody's drafts that were begun from an email: its words stand in them."""
    return Draft.objects.filter(panel=message.panel, answers__message=[str(message.key)])


def finished(user: Any, key: str) -> None:
    """What was typed in that form is entered, so its draft is over; no other is. That of a step goes with the step."""
    if key:
        Draft.objects.filter(~Q(address="") | Q(case=None), user=user, key=key).delete()


def may_take(look: CaseContext, step: Step) -> bool:
    """Whether the step is the person's to take: of any other, nothing is kept."""
    found = offer(look, step)
    return not (found.refusal and found.because == "role")


def is_ours(request: HttpRequest) -> bool:
    """Whether a form that is not answered by its page was sent by whoever it was made for: it carries their token, or that
    against forgery."""
    press = once.read(request)
    if press is not None:
        return press.user_pk == request.user.pk
    return CsrfViewMiddleware(lambda r: None).process_view(request, None, (), {}) is None  # type: ignore[arg-type]


def keep_posted(request: HttpRequest) -> bool:
    """Keep what the person posted and nothing could be done with; whether it was kept."""
    press = getattr(request, "press", None)
    return rescue(request, request.user, press.key if press else "") is not None  # type: ignore[arg-type]


def rescue(request: HttpRequest, user: User | None, key: str = "") -> Draft | None:
    """Keep what was posted for that person, where it is theirs to enter; None where nothing was kept. Files are not."""
    try:
        match = resolve(request.path)
    except Resolver404:
        return None
    if user is None or not user.is_active:
        return None
    posted, name = cleaned(request.POST), match.view_name
    panel = Panel.objects.filter(slug=match.kwargs.get("panel", "")).first()
    who = rules.standing(user, panel) if panel else None
    if name in ("panel:step", "panel:new-case") and panel is not None and who is not None:
        return rescued_step(user, panel, who, match.kwargs, posted, key)
    if not getattr(match.func, "kept", ""):
        return None
    case = None
    if panel is not None:
        allowed = who is not None and bool(who.roles) and rules.may(who, match.func.action)  # type: ignore[attr-defined]
        if allowed and "reference" in match.kwargs:
            case = case_of_page(panel, who, match.kwargs["reference"])
            allowed = case is not None
    else:
        allowed = rules.runs_installation(user)
    return keep_page(user, panel, case, address_of(request, match), posted, key) if allowed else None


def case_of_page(panel: Panel, who: Any, reference: str) -> Case | None:
    """The case that a page is about, where the person sees it and it is not erased."""
    if "\x00" in reference:
        return None
    return Case.objects.filter(rules.visible(who), panel=panel, reference=reference, erased_on=None).first()


def address_of(request: HttpRequest, match: ResolverMatch) -> str:
    """Under which address a page's draft is kept: its own, or one that the view makes of it."""
    own = getattr(match.func, "kept_at", None)
    address: str = own(request) if own else request.get_full_path()
    return address[:400]


def says_something(form: Any) -> bool:
    """Whether an answer differs from what the form began with; of a list without an empty line that is its first."""

    def begins_with(name: str) -> Any:
        field, first = form.fields[name], form.get_initial_for_field(form.fields[name], name)
        listed = first is None and isinstance(field, SelectField) and field.choices
        return field.choices[0][0] if listed else first

    changed = set(form.changed_data) - {"parts", "classification"}
    return any(form.fields[n].has_changed(begins_with(n), form[n].data) for n in changed)


def rescued_step(
    user: User, panel: Panel, who: rules.Standing, named: Mapping[str, Any], posted: QueryDict, key: str
) -> Draft | None:
    """The draft of a step, where the person sees the case and the step is theirs to take."""
    register, reference = named["register"], named.get("reference")
    if not who.roles or "\x00" in (reference or ""):
        return None
    try:
        if reference is None:
            under = register.follows(posted.get("under") or register.procedure.key)
            case = register.case_model(panel=panel, procedure=under.key)
        else:
            case = register.case_model.objects.filter(rules.visible(who), reference=reference).first()
            if case is None:
                return None
            under = register.follows(case.procedure)
        declared(register, under, named["key"])
        not_erased(case)
        step = register.step(under, named["key"])
    except (KeyError, Refused):
        return None
    if (step.creates == "case") != (reference is None):
        return None
    step = step.at(case.status)
    look = CaseContext(case, user, who)
    if not may_take(look, step):
        return None
    form = step.form(Attempt(look, step, look.today, list(look.parts)), data=posted)
    if not says_something(form):
        return Draft.objects.filter(user=user, step=step.key, case=case if case.pk else None, key=key).first()
    return keep_draft(user, panel, case, step.key, posted, number_in(posted.get("seen", "")) or 0, key)
