"""For an ASGI server; the product itself is served by panel.wsgi."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panel.settings")
application = get_asgi_application()

from panel.checks import stop_where_declarations_are_wrong  # noqa: E402 - the models must be there

stop_where_declarations_are_wrong()
