"""Where this installation answers, for links in mail that no request makes."""

import os

from django.conf import settings


def site_address() -> str:
    """Such as https://panel.example, without a slash at its end, as far as the settings say."""
    if settings.CSRF_TRUSTED_ORIGINS:
        return str(settings.CSRF_TRUSTED_ORIGINS[0]).rstrip("/")
    host = next((h for h in settings.ALLOWED_HOSTS if h != "*"), "127.0.0.1").lstrip(".")
    if settings.SESSION_COOKIE_SECURE:
        return f"https://{host}"
    return f"http://{host}:{os.environ.get('PORT', '8000')}"
