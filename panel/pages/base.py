"""What every view starts from: the panel in the address, the person's standing in it, and one question of the rule
book. Deny by default: a view of a panel is made with `in_panel`, which names its action."""

import logging
from contextlib import suppress
from functools import wraps

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import DatabaseError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import register_converter
from django.utils.cache import add_never_cache_headers

from panel.access import rules
from panel.access.second_factor import has_second_factor
from panel.casework.drafts import keep_posted
from panel.casework.errors import Unseen
from panel.law import clock
from panel.law.period import day_words
from panel.law.roles import CasePart
from panel.law.spoken import speaking
from panel.models import CaseRole, Panel
from panel.models.holidays import read_in
from panel.procedure.register import REGISTERS
from panel.record import access_log
from panel.record.act import PanelClosed

logger = logging.getLogger(__name__)
ROWS_OF_A_PAGE = 25


class Interested(Exception):
    """The person declared an interest in the case: they are told so, where anybody else would find nothing."""

    def __init__(self, on):
        super().__init__(f"You declared an interest in this case on {day_words(on)}, so you cannot see it.")


def in_panel(action: str, kept: str = ""):
    """A decorator: the view gets `request, panel, who, ...` when the person may take that action of access.ACTIONS.

    Whoever has no role in the panel gets the 404 of a panel that does not exist; a role that may not, a 403 that names
    the rule. An `Unseen` case answers like one that never existed. What is shown of a case or a report is written down.
    What is typed on a page with `kept`, which says what it is for, becomes a draft if it cannot be entered.
    """
    rules.ACTIONS[action]

    def decorate(view):
        def answer(request, found, *args, **kwargs):
            who = rules.standing(request.user, found) if found else None
            if who is None or not who.roles:
                raise Http404
            request.panel, request.who = found, who
            read_in(found.holidays)
            if rules.needs_second_factor(who, found) and not has_second_factor(request):
                messages.info(request, f"{found.name} requires a second factor of everybody who sees its cases.")
                return redirect("mfa_index")
            if not rules.may(who, action):
                return forbidden(request, *denied(who, action))
            try:
                response = view(request, found, who, *args, **kwargs)
                access_log.record(request, found, response)
                return response
            except PanelClosed as closed:
                return forbidden(request, "This Panel is closed", str(closed))
            except Unseen:
                raise Http404 from None
            except Interested as declared:
                return forbidden(request, "You cannot see this case", str(declared))
            except OSError as error:
                return not_kept(request, error)

        @wraps(view)
        def inner(request, panel: str, *args, **kwargs):
            found = Panel.objects.on(clock.today()).filter(slug=panel).first()
            with speaking(found.words if found else None):
                response = answer(request, found, *args, **kwargs)
            if not response.has_header("Cache-Control"):
                add_never_cache_headers(response)  # nothing of a panel stays behind in a browser
            return response

        inner.action, inner.kept = action, kept
        return inner

    return decorate


def denied(who, action) -> tuple[str, str]:
    """Heading and sentence for an action of the rule book that the person may not take."""
    words, roles = rules.ACTIONS[action]
    if who.closed and action in rules.ADDS and who.roles & set(roles):
        return "This Panel is closed", "Nothing can be added to it any more. All of it can be read, and had as files."
    names = [r.words for r in roles]
    listed = " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return (
        "You cannot open this page",
        f"To {words[0].lower()}{words[1:]} you need to be: {listed}. You are signed in as {who.words}.",
    )


def not_kept(request, error):
    """The page for a disk that is full or a store that does not answer: the act left nothing, and what was typed becomes a
    draft, where even that can be written."""
    logger.error("%s: a file could not be written or read: %s", request.path, error.strerror or type(error).__name__)
    kept = False
    if request.method == "POST":
        with suppress(DatabaseError):
            kept = keep_posted(request)
    context = {"kept": kept, "reference": getattr(request, "reference", ""), "again": request.path}
    return render(request, "503.html", context, status=503)


def forbidden(request, heading: str, reason: str, *, caption: str = "", back=None):
    """The 403 page: it names the rule and who may, and that nothing was changed."""
    context = {"heading": heading, "exception": reason, "caption": caption, "back": back}
    return render(request, "403.html", context, status=403)


class RegisterConverter:
    """A register's slug in an address; unknown ones are no address."""

    regex = "[a-z]+"

    def to_python(self, value):
        """The Register. Raises ValueError when there is none."""
        if value not in REGISTERS:
            raise ValueError(value)
        return REGISTERS[value]

    def to_url(self, value):
        """Its slug."""
        return getattr(value, "slug", value)


register_converter(RegisterConverter, "register")


def case_of(request, who, register, reference):
    """The case of that reference that the person sees, noted as what this page shows. Raises Http404, the same for one
    that never existed, but Interested for one in which they declared an interest themselves."""
    if "\x00" in reference:  # which PostgreSQL takes in no text
        raise Http404
    rows = register.case_model.objects.select_related("panel", "assigned_to", *register.related)
    case = rows.filter(rules.visible(who), reference=reference).first()
    if case is None:
        own = CaseRole.objects.filter(
            case__reference=reference, case__panel=who.panel_id, kind=CasePart.INTERESTED, to_entry=None,
            user=who.user_id, from_entry__by=who.user_id, from_entry__step="declare_interest",
        ).select_related("from_entry").first()  # fmt: skip
        raise Interested(own.from_entry.on) if own else Http404
    access_log.note(request, case=case)
    return case


class FoundOnce:
    """Rows that are dear to find, such as those of a search: found once, for how many there are and for the page both.

    `dressed` adds to a queryset what a page shows of each row."""

    def __init__(self, rows, dressed):
        self.rows, self.dressed = rows, dressed
        self.ids = list(rows.values_list("pk", flat=True))

    def __len__(self):
        return len(self.ids)

    def __getitem__(self, wanted):
        ids = self.ids[wanted]
        known = {row.pk: row for row in self.dressed(self.rows.model.objects.filter(pk__in=ids))}
        return [known[pk] for pk in ids]


def page_of(request, rows, size: int = ROWS_OF_A_PAGE):
    """The page of rows asked for by `?page=`; anything that is no page gives the nearest one, never an error."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
