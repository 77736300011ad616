"""Removes stored files that belong to no row: what a step that failed, or a crash, left behind."""

from django.core.management.base import BaseCommand

from panel.documents import store


class Command(BaseCommand):
    """Sweep the store of documents."""

    help = "Remove stored files that no row knows and that are older than a day."

    def add_arguments(self, parser):
        """Only one: look, but remove nothing."""
        parser.add_argument("--dry-run", action="store_true", help="name them, and remove none")

    def handle(self, *, dry_run, **options):
        """Name each file removed, then how many there were."""
        found = store.sweep(remove=not dry_run)
        for name in found:
            self.stdout.write(name)
        files = f"{len(found)} file{'' if len(found) == 1 else 's'}"
        self.stdout.write(f"{files} would be removed." if dry_run else f"{files} removed.")
