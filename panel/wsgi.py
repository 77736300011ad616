"""What gunicorn serves: `gunicorn panel.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panel.settings")
application = get_wsgi_application()

from panel.checks import stop_where_declarations_are_wrong  # noqa: E402 - the models must be there

stop_where_declarations_are_wrong()
