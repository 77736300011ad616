"""Removes drafts that nobody has touched for a long time, and the keys of forms that were sent long ago."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError

from panel.law import clock
from panel.law.period import plural
from panel.models import Draft
from panel.record import leftovers, once


class Command(BaseCommand):
    """Drafts are no part of the record, and are seen only by whoever typed them: they must not outlive what is erased."""

    help = "Removes drafts that were not touched for 90 days."

    def add_arguments(self, parser):
        """How old, and whether only to say so."""
        parser.add_argument("--days", type=int, default=90, help="how long untouched (90)")
        parser.add_argument("--dry-run", action="store_true", help="only say how many")

    def handle(self, *args, days, dry_run, **options):
        """Remove them; exit code 2 for a number that makes no sense."""
        if not 1 <= days <= 36500:
            raise CommandError("--days must be from 1 to 36500", returncode=2)
        now = clock.now()
        found = Draft.objects.filter(saved_at__lt=now - timedelta(days=days))
        number = found.count() if dry_run else found.delete()[0]
        said = "would be removed" if dry_run else "removed"
        self.stdout.write(f"{plural(number, 'draft')} {said}.")
        if not dry_run:
            for model in leftovers.passing():  # what a register keeps for a while, such as a file that was not entered
                model._base_manager.filter(saved_at__lt=now - model.PASSES_AFTER).delete()
            once.forget()
