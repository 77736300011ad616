"""Removes emails that came in and were not logged for as long as each panel's settings say."""

from django.core.management.base import BaseCommand

from panel.casework.incoming import remove_old
from panel.law.period import plural
from panel.models import Panel


class Command(BaseCommand):
    """Their words and bytes go; that they were removed, and why, stays in the journal."""

    help = "Removes emails that came in and were not logged for as long as the panel's settings say. Run it daily."

    def handle(self, **options):
        """Panel by panel."""
        number = sum(remove_old(panel) for panel in Panel.objects.order_by("pk"))
        self.stdout.write(f"{plural(number, 'email')} removed.")
