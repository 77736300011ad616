"""Whether this session was begun with a second factor."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest


def has_second_factor(request: HttpRequest) -> bool:
    """Whether whoever is signed in proved it twice: by a second factor of theirs, which signing in then asked for, or
    by the council's own sign-in, which asks for what the council asks for."""
    records = get_authentication_records(request, request.user)
    return any(r["method"] == "socialaccount" for r in records) or is_mfa_enabled(request.user)
