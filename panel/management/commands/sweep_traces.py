"""Removes what erasures and searches leave outside the record: ended sessions, old counts, logs and dead rows."""

from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError, connection
from django.utils import timezone

from panel.law.period import plural
from panel.record import leftovers


class Command(BaseCommand):
    """Sweep. Once a day as the web process; with --tables, after an erasure, as the owner of PostgreSQL's tables."""

    help = "Removes ended sessions, expired counts, and what the database's own log or dead rows keep of erased text."

    def add_arguments(self, parser):
        """Whether PostgreSQL's tables are written anew as well."""
        parser.add_argument("--tables", action="store_true", help="write PostgreSQL's tables anew (as their owner)")

    def handle(self, *, tables, **options):
        """Say what was done. Exit code 1 where something is left, and why."""
        call_command("clearsessions")
        self.stdout.write("Ended sessions removed.")
        self.expired()
        if not leftovers.forget():
            raise CommandError("The database's log could not be cut: somebody reads. Run it again.", returncode=1)
        if tables:
            try:
                done = leftovers.vacuum()
            except ProgrammingError as error:
                raise CommandError(f"Only the owner of the tables may do that: {error}", returncode=1) from error
            self.stdout.write(f"{plural(len(done), 'table')} written anew.")

    def expired(self):
        """Remove what the cache's table holds beyond its time."""
        cache = caches["default"]
        if isinstance(cache, DatabaseCache):
            with connection.cursor() as cursor:
                table = connection.ops.quote_name(cache._table)
                cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [timezone.now()])  # noqa: S608 - our own name
            self.stdout.write("Expired counts removed.")
