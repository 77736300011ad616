"""`procedure NAME`: the declared state machine, as perform follows it."""

from django.core.management.base import BaseCommand, CommandError

from panel.law import clock
from panel.law.spoken import speaking
from panel.management.asked import day_of, panel_of
from panel.procedure.describe import FORMATS, render
from panel.procedure.register import procedures
from panel.procedure.who_acts import arranged


class Command(BaseCommand):
    """Print a procedure as it is declared."""

    help = "Print a declared procedure: its states, steps and duties. docs/procedure.md is the markdown format."
    requires_system_checks = ()  # without --panel it asks no database

    def add_arguments(self, parser):
        """The procedure and the format."""
        parser.add_argument("name", help="the procedure, such as complaints")
        parser.add_argument("--format", choices=FORMATS, default="text")
        parser.add_argument("--panel", metavar="SLUG", help="as that panel has arranged it: who acts")
        parser.add_argument("--on", metavar="DATE", help="as it was arranged on that day; else today")

    def handle(self, *, name, **options):
        """Print it. Raises CommandError (exit code 2) when no procedure has that name."""
        found = procedures().get(name)
        if found is None:
            raise CommandError(f"No procedure is called {name!r}. There is: {', '.join(procedures())}.", returncode=2)
        if options["panel"]:
            text = self.of_panel(found, options["panel"], options["on"], options["format"])
        else:
            text = render(found, options["format"])
        self.stdout.write(text, ending="")

    def of_panel(self, procedure, slug, on, form):
        """The procedure as that panel has arranged it, in its own words. Raises CommandError for a panel or a day that is
        none."""
        panel = panel_of(slug)
        day = day_of(on, "--on") if on else clock.today()
        with speaking(panel.words):
            return render(arranged(procedure, panel.settings_on(day).who_acts), form)
