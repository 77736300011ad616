"""What happens to every request before a page sees it, and to every answer after."""

import secrets

from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import BadRequest
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.http import parse_header_parameters

# What a browser may do with an answer, whatever made it: a page, a file, a refusal, or an error before any page was asked.
# A page that says something stricter of its own, such as a document, keeps it.
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class EveryAnswer:
    """Stands before all the others, so that no answer goes out past it: the headers, nothing kept by a browser or a
    proxy but static files, and a reference under which the log has the request."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """The answer, with its headers."""
        request.reference = secrets.token_hex(4).upper()
        response = self.get_response(request)
        for header, value in HEADERS.items():
            response.headers.setdefault(header, value)
        if not response.has_header("Content-Security-Policy"):
            response.headers["Content-Security-Policy"] = build_policy()
        if not self.is_static(request, response) and "no-store" not in response.headers.get("Cache-Control", ""):
            add_never_cache_headers(response)
        return response

    def is_static(self, request, response) -> bool:
        """Whether it is a file of the program itself, the same for everybody."""
        return request.path_info.startswith(settings.STATIC_URL) and response.status_code in (200, 206, 304)


class KeepsUtf8:
    """Of a request: text is read as UTF-8, whatever character set it names, because the names of some sets (`hex`) are none of
    text, and Django would fail before any page is asked."""

    def _set_content_type_params(self, meta):
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))


class TextIsUtf8:
    """Refuses text in another character set than that of our own pages. A browser always sends a form as UTF-8, because
    the page says so; anything else is made by hand, and what it says could be read in two ways or not at all."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """The answer, or 400 before anything reads the address or the body."""
        if request.content_params.get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
            request._encoding = "utf-8"
            raise BadRequest("Text must be sent as UTF-8.")
        return self.get_response(request)


LONGEST_ADDRESS_CHARACTERS = 8_000


class ShortAddresses:
    """Answers an address of any length that no page has, a search for a whole letter say, with a page that says what to do."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """The answer, or 414."""
        if len(request.META.get("QUERY_STRING", "")) + len(request.path_info) > LONGEST_ADDRESS_CHARACTERS:
            return render(request, "414.html", status=414)
        return self.get_response(request)
