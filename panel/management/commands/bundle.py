"""Makes bundles that wait: the one with that key, or all. The web server starts it for large ones."""

from django.core.management.base import BaseCommand, CommandError

from panel.bundles.make import make
from panel.models import Bundle


class Command(BaseCommand):
    """Make what waits."""

    help = "Make the bundle with that key, or every bundle that waits to be made."

    def add_arguments(self, parser):
        """The key, which stands in the bundle's address."""
        parser.add_argument("key", nargs="?", help="of one bundle; without it, all that wait")

    def handle(self, *, key, **options):
        """Make them, and say what became of each."""
        rows = Bundle.objects.filter(state=Bundle.State.WAITING).select_related("case__panel", "by").order_by("pk")
        if key:
            try:
                rows = rows.filter(key=key)
            except (ValueError, TypeError) as error:
                raise CommandError(f"{key} is no key of a bundle") from error
        for row in rows:
            made = make(row, patient=True)
            pages = f", {made.pages} pages" if made.state == Bundle.State.READY else f": {made.trouble}"
            self.stdout.write(f"{row.case.reference}, bundle {row.pk}: {made.get_state_display().lower()}{pages}")
        if not rows:
            self.stdout.write("No bundle waits.")
