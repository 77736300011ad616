"""A form that is sent twice is answered by what the first sending did: whoever presses a button twice lands where the first
press leads, and is told that one record was made."""

import time
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme

from panel.access import rules
from panel.casework import drafts
from panel.models import Case, User
from panel.pages.base import forbidden
from panel.pages.words import case_url
from panel.procedure.register import of_procedure
from panel.record import once

WAIT_SECONDS, LOOK_EVERY_SECONDS = 3, 0.05  # until the first answer says where it leads
CHANGED = "You sent this form before, and that is on record. You have changed it since: what follows was not sent."


class PressedOnce:
    """Answers a form that was sent before. What a form does is asked under the lock as well (`once.begin`): this is for those
    that never come so far, because what the first did stands in their way, and for what the second is told.

    What is sent where nobody can take it, because the session is over, or the cookie or the role are gone, becomes a draft of
    whoever the form was made for: its token says so, and that it was ours."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """The page, or where the first sending led."""
        press = request.press = once.read(request)
        if press is None:
            return leads_on(request, None) if once.says(request, drafts.LEADS_ON) else self.get_response(request)
        request.answered = False
        if drafts.QUIETLY in request.POST:
            return quietly(request, press)
        if before := once.found(press.key):
            return self.again(request, before)
        if drafts.LEADS_ON in request.POST and request.user.pk == press.user_pk:
            return leads_on(request, press)
        with once.sending(press):
            response = self.get_response(request)
        if press.claimed:
            drafts.finished(request.user, press.key)
            once.led_to(press, response.headers.get("Location", "") or request.get_full_path())
        elif not request.answered and (before := once.found(press.key)):
            return self.again(request, before)
        elif turned_away(request, press, response):
            return rescued(request, press, response)
        return response

    def process_exception(self, request, exception):
        """An act found under its lock that the form was sent before."""
        if not isinstance(exception, once.AlreadySent):
            return None
        return self.again(request, once.found(exception.submission.key) or exception.submission)

    def again(self, request, before):
        """Where the first led; said in a banner. What is sent under the same token and says something else is a text that
        somebody changed after going back: it is neither taken nor lost."""
        request.answered = True
        if request.user.is_authenticated and request.user.pk != before.user_id:
            response = redirect("start")
        elif before.digest != request.press.digest:
            kept = drafts.rescue(request, before.user, once.new_key())
            messages.warning(request, f"{CHANGED} {'It is kept as a draft.' if kept else ''}".strip())
            response = redirect(gone_on_with_at(request, kept))
        else:
            messages.info(request, f"{what_was_done(before)}You sent it twice, and it is kept once.")
            response = redirect(where(request, before))
        add_never_cache_headers(response)
        return response


def turned_away(request, press, response) -> bool:
    """Whether a form was refused before any page saw it: nobody is signed in, or somebody else, or the token against forgery
    is that of an earlier session."""
    forged = response.status_code == 403 and not getattr(request, "csrf_processing_done", False)
    return forged or (request.user.pk != press.user_pk and not getattr(request, "form_for", None))


def rescued(request, press, response):
    """The same refusal, once what was typed is kept, and said."""
    owner = User.objects.filter(pk=press.user_pk).first()
    kept = drafts.rescue(request, owner, press.key)
    if kept is None:
        return response
    files = " Choose its files again." if request.FILES else ""
    if request.user.is_authenticated and request.user.pk != press.user_pk:
        words = "Somebody else signed in here since it was opened. What they typed is kept for them. Nothing was sent."
        return forbidden(request, "This page belongs to somebody else", words)
    address = gone_on_with_at(request, kept)
    if request.user.is_authenticated:
        messages.warning(request, f"You signed in again since you opened this page. Check it and send it again.{files}")
        response = redirect(address)
    else:
        messages.info(request, f"You were signed out. What you typed is kept as a draft.{files}")
        response = redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': address})}")
    add_never_cache_headers(response)
    return response


def quietly(request, press):
    """What a script sends while somebody types: kept, and when."""
    mine = request.user.pk == press.user_pk
    owner = (
        request.user
        if mine
        else None
        if request.user.is_authenticated
        else User.objects.filter(pk=press.user_pk).first()
    )
    kept = None if once.found(press.key) else drafts.rescue(request, owner, press.key)
    said = {"kept": bool(kept), "at": f"{timezone.localtime(kept.saved_at):%H:%M}" if kept else "", "signed_in": mine}
    if kept:
        said["page"] = gone_on_with_at(request, kept)
    response = JsonResponse(said)
    add_never_cache_headers(response)
    return response


def leads_on(request, press):
    """A link of a long form, which is one of its buttons: what was typed is kept first."""
    if press is not None and drafts.rescue(request, request.user, press.key):
        messages.info(request, "What you typed is kept as a draft that only you can see.")
    to = request.POST[drafts.LEADS_ON]
    own = to.startswith("/") and url_has_allowed_host_and_scheme(to, allowed_hosts=None)
    response = redirect(to if own else "start")
    add_never_cache_headers(response)
    return response


def gone_on_with_at(request, kept) -> str:
    """The page on which a draft is gone on with."""
    if kept is not None and kept.address:
        return kept.address
    if kept is None or kept.case_id:
        return request.get_full_path()
    query = request.GET.copy()
    query["draft"] = kept.pk
    if under := request.POST.get("under"):
        query["under"] = under
    return f"{request.path}?{query.urlencode()}"


def what_was_done(before) -> str:
    """The step that was taken, in words and a full stop; nothing for what is no step of a case."""
    if before.entry is None or before.entry.case_id is None:
        return ""
    procedure = of_procedure(before.entry.case.procedure).follows(before.entry.case.procedure)
    return f"{procedure.past_step(before.entry.step).past_words}. "


def where(request, before) -> str:
    """Where the first answer led. While that is not known yet: the case, for whoever sees it; else one's own work."""
    until = time.monotonic() + WAIT_SECONDS
    while not before.location and time.monotonic() < until:
        time.sleep(LOOK_EVERY_SECONDS)
        before = once.found(before.key) or before
    if before.location:
        return before.location
    case = before.entry.case if before.entry is not None else None
    who = rules.standing(request.user, case.panel) if case is not None else None
    if who is not None and Case.objects.filter(rules.visible(who), pk=case.pk).exists():
        return case_url(case, of_procedure(case.procedure))
    return reverse("start")
