"""`verify_audit`: whether links, history rows and live rows are as they were sealed."""

from django.core.management.base import BaseCommand, CommandError

from panel import audit
from panel.models import Chain, Panel


class Command(BaseCommand):
    """Check the record."""

    help = "Check that the record is as it was sealed: exit code 0 if it is, otherwise 1 with each fault on its line."

    def add_arguments(self, parser):
        """One panel, or all with what no panel has."""
        parser.add_argument("--panel", metavar="SLUG", help="only the chain of this panel")

    def handle(self, *, panel=None, **options):
        """Print each fault, or the length and newest seal of each chain. Raises CommandError (1; 2: no such panel)."""
        chains = Chain.objects.order_by("key")
        found = None
        if panel is not None:
            found = Panel.objects.filter(slug=panel).first()
            if found is None:
                raise CommandError(f"There is no panel {panel!r}.", returncode=2)
            chains = chains.filter(panel=found)
        number = 0
        for fault in audit.verify(found):
            number += 1
            self.stdout.write(str(fault))
        if number:
            raise CommandError(f"Not verified: {number} fault{'' if number == 1 else 's'}.", returncode=1)
        for chain in chains:
            last = chain.links.order_by("-seq").first()
            said = f"{last.seq} links, newest seal {last.seal}" if last else "no link yet"
            self.stdout.write(f"{chain.key}: {said}")
        self.stdout.write("Verified: everything is as it was sealed.")
