"""`mend_duties`: after an upgrade, the open duties of cases already there become what today's rules ask."""

from django.core.management.base import BaseCommand
from django.db import transaction

from panel.casework.mending import mend
from panel.management.asked import panel_of
from panel.models import Case


class Command(BaseCommand):
    """Mend the duties of every case."""

    help = (
        "End, let sleep or open the duties of cases already there, as today's rules ask. Part of an upgrade. What was done "
        "is printed, and stands on each case as an act of its own; the past is not rewritten. A second run does nothing."
    )

    def add_arguments(self, parser):
        """One panel, or all; only to say what would be done."""
        parser.add_argument("--panel", metavar="SLUG", help="only the cases of this panel")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")

    def handle(self, *, panel=None, dry_run=False, **options):
        """Print a line for each duty, and how many cases it was."""
        rows = Case.objects.filter(erased_on=None).order_by("panel", "pk")
        if panel:
            rows = rows.filter(panel=panel_of(panel))
        number = 0
        for pk in list(rows.values_list("pk", flat=True)):
            with transaction.atomic():
                lines = mend(pk)
                if dry_run:
                    transaction.set_rollback(True)
            number += bool(lines)
            for line in lines:
                self.stdout.write(line)
        done = "would change" if dry_run else "changed"
        self.stdout.write(f"{number} case{'' if number == 1 else 's'} {done}.")
