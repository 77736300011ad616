"""allauth's adapters: people are invited, nobody signs up; what it says, in our words; secrets enciphered."""

import base64
import hashlib
import time

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth import authenticate
from django.shortcuts import redirect

from panel.access import rules

FRESH_SECONDS = 5 * 60  # after signing in, in which the password is not asked for once more


class NoSignupAdapter(DefaultAccountAdapter):
    """Closes sign-up. The same error for a wrong password, an unknown person and a closed account."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Email address or password is wrong",
        "account_inactive": "Email address or password is wrong",
        "too_many_login_attempts": "Too many attempts. Try again in 5 minutes",
        "incorrect_password": "Password is wrong",
        "enter_current_password": "Current password is wrong",
        "incorrect_code": "Code is wrong",
        "rate_limited": "Too many attempts. Try again in 5 minutes",
    }

    def is_open_for_signup(self, request):
        """Never: accounts are by invitation."""
        return False

    def authenticate(self, request, **credentials):
        """Whoever the address and the password are of. A closed account is nobody's, whatever the password: allauth would lead
        the right one to a page of its own, and so tell it from a wrong one."""
        self.pre_authenticate(request, **credentials)
        user = authenticate(request, **credentials)
        AuthenticationBackend.unstash_authenticated_user()
        if user is None:
            self.authentication_failed(request, **credentials)
        else:
            self._rollback_login_failed_rl_usage()
        return user

    def is_reauthentication_required(self, *, app, **kwargs):
        """A sign-in just now counts as fresh, so that setting up a second factor asks for the password once."""
        records = get_authentication_records(self.request, self.request.user)
        if records and time.time() - records[-1]["at"] < FRESH_SECONDS:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor: its secrets are kept enciphered with SECRET_KEY, and the last one stays where a panel needs it."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Code is wrong",
        "cannot_delete_authenticator": "Your panel requires a second factor. Set up another before you remove this one",
    }

    def encrypt(self, text):
        """As it is stored."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        """As it was given; also when SECRET_KEY has changed since and the old one is among the fallbacks."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator):
        """Not the last one of somebody who must have one."""
        kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
        others = Authenticator.objects.filter(user=authenticator.user, type__in=kinds).exclude(pk=authenticator.pk)
        return others.exists() or not rules.needs_second_factor_somewhere(authenticator.user)


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"mfa:{k}".encode()).digest())) for k in keys])


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """The council's identity provider says who somebody is; only who was invited has an account."""

    def is_open_for_signup(self, request, sociallogin):
        """Never."""
        return False

    def pre_social_login(self, request, sociallogin):
        """For signing in alone: nobody ties a second identity to their account."""
        if sociallogin.state.get("process", AuthProcess.LOGIN) != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(redirect("start"))
