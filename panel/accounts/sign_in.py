"""Who signed in, when and how, and when a session ends: kept in the journal of the installation.

A session ends on signing out, at the end of a working day, after SESSION_IDLE seconds without a page, when a role of the
person changes (`User.session_round`) and when the account is closed.
"""

import time
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.account.signals import user_logged_in, user_logged_out
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_login_failed
from django.dispatch import receiver
from django.shortcuts import redirect
from django.urls import reverse

from panel.casework import drafts
from panel.models import SignIn, User
from panel.record.act import sealed_act

SEEN = "seen"  # when the session last asked for a page, seconds
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
    request.session[SEEN] = int(time.time())
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


class EndIdleSessions:
    """Signs out whoever has asked for no page in SESSION_IDLE seconds. What they were about to send is kept as a draft."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """The page, or that of signing in, which leads back."""
        if not request.user.is_authenticated:
            return self.get_response(request)
        now, seen = int(time.time()), request.session.get(SEEN)
        if seen is not None and now - seen > settings.SESSION_IDLE:
            return self.ended(request)
        if seen is None or now - seen > WRITE_EVERY_SECONDS:
            request.session[SEEN] = now
        return self.get_response(request)

    def ended(self, request):
        """Sign out, and say why and what was kept."""
        kept = drafts.keep_posted(request) if request.method == "POST" else False
        minutes = settings.SESSION_IDLE // 60
        request.ended_because = "nothing done for a while"
        logout(request)
        words = f"You were signed out because you did nothing for {minutes} minutes."
        messages.info(request, f"{words} What you typed is kept as a draft." if kept else words)
        query = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse(settings.LOGIN_URL)}?{query}")
