#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys

# They sign nothing and read nothing that was signed, so they also run where no environment has been set up. The key they get
# is one that `check --deploy` refuses, and the server never sees it.
WITHOUT_SECRET = {"check", "collectstatic", "deadline", "makemigrations", "procedure"}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panel.settings")
    asks_for_none = sys.argv[1:2] and sys.argv[1] in WITHOUT_SECRET
    if asks_for_none and not os.environ.get("SECRET_KEY"):
        os.environ["SECRET_KEY"] = "django-insecure-signs-nothing"  # noqa: S105 - no secret
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
