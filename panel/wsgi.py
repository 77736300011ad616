"""What gunicorn serves: `gunicorn panel.wsgi`."""

import os
import socket
import threading
from contextlib import contextmanager, suppress

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panel.settings")
django.setup(set_prefix=False)

from panel.checks import stop_where_declarations_are_wrong, stop_while_restoring  # noqa: E402 - the models must be there
from panel.middleware import KeepsUtf8  # noqa: E402


class Request(KeepsUtf8, WSGIRequest):
    """A request whose text is UTF-8, whatever it says."""


SLOWEST_BYTES_A_SECOND, PATIENCE_SECONDS = 10_000, 20  # of what is sent to us; a proxy passes it on at once


@contextmanager
def in_good_time(environ):
    """Cut off a body that comes more slowly than anybody's line: each holds a thread until it is here, and eight of them would
    hold the whole application. What was read so far answers as one that was broken off."""
    line, size = environ.get("gunicorn.socket"), environ.get("CONTENT_LENGTH") or "0"
    if line is None or not size.isdigit() or size == "0":
        yield
        return

    def cut():
        with suppress(OSError):
            line.shutdown(socket.SHUT_RD)

    timer = threading.Timer(PATIENCE_SECONDS + int(size) / SLOWEST_BYTES_A_SECOND, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


class Handler(WSGIHandler):
    """Answers such requests."""

    request_class = Request

    def __call__(self, environ, start_response):
        """The answer."""
        with in_good_time(environ):
            return super().__call__(environ, start_response)


application = Handler()

stop_where_declarations_are_wrong()
stop_while_restoring()
