"""What gunicorn serves: `gunicorn panel.wsgi`."""

import os

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panel.settings")
django.setup(set_prefix=False)

from panel.checks import stop_where_declarations_are_wrong, stop_while_restoring  # noqa: E402 - the models must be there
from panel.middleware import KeepsUtf8  # noqa: E402


class Request(KeepsUtf8, WSGIRequest):
    """A request whose text is UTF-8, whatever it says."""


class Handler(WSGIHandler):
    """Answers such requests."""

    request_class = Request


application = Handler()

stop_where_declarations_are_wrong()
stop_while_restoring()
