"""Makes a backup while the server runs: database, documents, heads, erasures and version in one set."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from panel.backups.take import BackupFailed, backup


class Command(BaseCommand):
    """Make a backup."""

    help = (
        "Make a backup in a folder of its own under DIR, while the server runs. Documents are linked to the one before."
    )

    def add_arguments(self, parser):
        """Where, and how many stay."""
        parser.add_argument("folder", metavar="DIR", type=Path)
        parser.add_argument(
            "--keep", type=int, default=0, metavar="N", help="of the backups in DIR keep the newest N only"
        )

    def handle(self, *, folder, keep, **options):
        """Make it, and name what is missing. Raises CommandError (1)."""
        try:
            backup(folder.resolve(), self.stdout.write, max(keep, 0))
        except BackupFailed as error:
            raise CommandError(str(error), returncode=1) from error
