"""`procedure NAME`: the declared state machine, as perform follows it."""

from django.core.management.base import BaseCommand, CommandError

from panel.procedure.describe import FORMATS, render
from panel.procedure.register import procedures


class Command(BaseCommand):
    """Print a procedure as it is declared."""

    help = "Print a declared procedure: its states, steps and duties. docs/procedure.md is the markdown format."
    requires_system_checks = ()  # it asks no database

    def add_arguments(self, parser):
        """The procedure and the format."""
        parser.add_argument("name", help="the procedure, such as complaints")
        parser.add_argument("--format", choices=FORMATS, default="text")

    def handle(self, *, name, **options):
        """Print it. Raises CommandError (exit code 2) when no procedure has that name."""
        found = procedures().get(name)
        if found is None:
            raise CommandError(f"No procedure is called {name!r}. There is: {', '.join(procedures())}.", returncode=2)
        self.stdout.write(render(found, options["format"]), ending="")
