"""Makes the words anew by which cases are found."""

from django.core.management.base import BaseCommand

from panel.casework import search
from panel.law.period import plural


class Command(BaseCommand):
    """They stand in a table of their own, which is no part of the record and can be thrown away at any time."""

    help = "Makes the folded words anew by which cases are found."

    def handle(self, **options):
        """Say how many."""
        self.stdout.write(f"Words of {plural(search.rebuild(), 'case')} made anew.")
