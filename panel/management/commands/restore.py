"""Restores a backup into an empty installation, erases again what was erased since, and verifies."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from panel.backups.restore import RestoreRefused, restore


class Command(BaseCommand):
    """Restore a backup."""

    help = (
        "Restore the backup DIR, or the newest one in DIR, into an empty installation, and verify it. Erasures since then "
        "are done again before anything is served. Exit code 0 if all is as it was sealed, 1 with faults, 2 if refused."
    )
    requires_system_checks = ()  # the database may be empty

    def add_arguments(self, parser):
        """Which one, and whether what is here is given up."""
        parser.add_argument("folder", metavar="DIR", type=Path)
        parser.add_argument("--replace", action="store_true", help="give up what this installation holds")

    def handle(self, *, folder, replace, **options):
        """Restore it. Raises CommandError (1: faults; 2: refused, nothing was changed)."""
        try:
            faults = restore(folder.resolve(), replace=replace, say=self.stdout.write)
        except RestoreRefused as error:
            raise CommandError(str(error), returncode=2) from error
        for fault in faults:
            self.stdout.write(fault)
        if faults:
            number = f"{len(faults)} fault{'' if len(faults) == 1 else 's'}"
            raise CommandError(
                f"Restored with {number}: the server does not start before they are looked at.", returncode=1
            )
