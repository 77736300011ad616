"""Who signed in, when and how, and when a session ends: kept in the journal of the installation.

A session ends on signing out, eight hours (SESSION_COOKIE_AGE) after the password was last given, whatever was done since,
after SESSION_IDLE seconds without a page, when a role of the person changes (`User.session_round`) and when the account is
closed. The first two are said five minutes before.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.account.signals import user_logged_in, user_logged_out
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_login_failed
from django.dispatch import receiver
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from panel.casework import drafts
from panel.models import SignIn, User
from panel.pages.pressed import gone_on_with_at
from panel.record import once
from panel.record.act import sealed_act

SEEN = "seen"  # when the session last asked for a page, seconds
BEGAN = "began"  # when the person signed in, seconds
WARNED_SECONDS = 5 * 60  # before a session ends
WRITE_EVERY_SECONDS = 60  # so that not each page writes the session anew


def note(user, what, how=""):
    """Write down a sign-in, a failure or a change of the second factor, sealed in the installation's chain."""
    with sealed_act(None, by=user if what != SignIn.What.FAILED else None, name=what) as act:
        act.rows.append(SignIn.objects.create(user=user, what=what, how=how, at=act.at))


def ways(request, user) -> str:
    """How the person proved who they are: "password, authenticator app"."""
    words = {"password": "password", "socialaccount": "single sign-on", "code": "link by email"}
    kinds = {"totp": "authenticator app", "webauthn": "passkey", "recovery_codes": "recovery code"}
    found = [
        kinds.get(r.get("type", ""), "second factor") if r["method"] == "mfa" else words.get(r["method"], r["method"])
        for r in get_authentication_records(request, user)
    ]
    return ", ".join(found)[:60]


@receiver(user_logged_in)
def signed_in(request, user, **kwargs):
    """Somebody came in; only by a page, as allauth alone sends this."""
    request.session[SEEN] = request.session[BEGAN] = int(time.time())
    note(user, SignIn.What.SIGNED_IN, ways(request, user) or "invitation")


@receiver(user_logged_out)
def signed_out(request, user, **kwargs):
    """Somebody left."""
    if user is not None:
        note(user, SignIn.What.SIGNED_OUT, getattr(request, "ended_because", ""))


@receiver(user_login_failed)
def failed(credentials, **kwargs):
    """A wrong password. What stood in the box for the address is not kept: some type their password there."""
    address = str(credentials.get("email") or credentials.get("login") or credentials.get("username") or "")
    known = User.objects.filter(email=address.strip().lower().replace("\0", "")).first()
    note(known, SignIn.What.FAILED, "password")


@receiver(authentication_failed)
def code_failed(user, **kwargs):
    """A wrong code of the second factor."""
    note(user, SignIn.What.FAILED, "second factor")


@receiver(authenticator_added)
def factor_added(user, authenticator, **kwargs):
    """A second factor was set up, or recovery codes made."""
    note(user, SignIn.What.FACTOR_ADDED, authenticator.get_type_display().lower())


@receiver(authenticator_removed)
def factor_removed(user, authenticator, **kwargs):
    """A second factor was removed."""
    note(user, SignIn.What.FACTOR_REMOVED, authenticator.get_type_display().lower())


@dataclass(frozen=True)
class Ends:
    """When a session ends, in seconds from now: without a page, and whatever is done."""

    idle: int
    whole: int

    @property
    def at(self) -> datetime:
        """The nearer end."""
        return timezone.localtime(timezone.now() + timedelta(seconds=min(self.idle, self.whole)))

    @property
    def is_near(self) -> bool:
        """Whether the end that no page moves is near: the password goes on."""
        return self.whole <= WARNED_SECONDS


def ends_of(request, seen=None) -> Ends:
    """When the request's session ends, if this page is the last that is asked for."""
    now = int(time.time())
    asked = [int(r["at"]) for r in get_authentication_records(request, request.user)]
    began = max([request.session.get(BEGAN, 0), *asked]) or now
    return Ends(settings.SESSION_IDLE - (now - (seen or now)), settings.SESSION_COOKIE_AGE - (now - began))


@require_safe
def session_state(request):
    """How long the session lasts, for the script that warns. Asking moves nothing; `?stay=1`, the press of a button, does."""
    ends = ends_of(request, request.session.get(SEEN))
    return JsonResponse({"idle": ends.idle, "whole": ends.whole})


class EndIdleSessions:
    """Signs out whoever has asked for no page in SESSION_IDLE seconds, or signed in eight hours ago. What they were about to
    send is kept as a draft."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """The page, or that of signing in, which leads back."""
        if not request.user.is_authenticated:
            return self.get_response(request)
        now, seen = int(time.time()), request.session.get(SEEN)
        if BEGAN not in request.session:
            request.session[BEGAN] = now
        ends = ends_of(request, seen)
        if ends.idle < 0:
            return self.ended(
                request, f"you did nothing for {settings.SESSION_IDLE // 60} minutes", "nothing done for a while"
            )
        if ends.whole < 0:
            return self.ended(
                request, f"you signed in {settings.SESSION_COOKIE_AGE // 3600} hours ago", "a working day is over"
            )
        only_asks = request.path == reverse("session-state") and "stay" not in request.GET
        if seen is None or (now - seen > WRITE_EVERY_SECONDS and not only_asks):
            request.session[SEEN] = now
        return self.get_response(request)

    def ended(self, request, because, how):
        """Sign out, and say why and what was kept."""
        kept = None
        if request.method == "POST" and drafts.is_ours(request):
            press = once.read(request)
            kept = drafts.rescue(request, request.user, press.key if press else "")
        request.ended_because = how
        logout(request)
        words = f"You were signed out because {because}."
        messages.info(request, f"{words} What you typed is kept as a draft." if kept else words)
        query = urlencode({"next": gone_on_with_at(request, kept)})
        return redirect(f"{reverse(settings.LOGIN_URL)}?{query}")
