"""`flush`, which append-only tables would refuse: allowed for a test or demo database only."""

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import flush
from django.db import connections

from panel.record import triggers


class Command(flush.Command):
    """Empty a test or demo database."""

    def handle(self, **options):
        """Lift the triggers, flush, and put them back. Raises CommandError on a real database."""
        if not (settings.TESTING or settings.DEMO or settings.DEBUG):
            raise CommandError("This is the record: it cannot be flushed.")
        connection = connections[options["database"]]
        triggers.drop(connection)
        try:
            super().handle(**options)
        finally:
            triggers.sync(connection)
