"""`remind`: one mail to each person with what waits for them; `send_mail` sends it."""

from django.core.management.base import BaseCommand

from panel.law import clock
from panel.management.asked import day_of
from panel.reminders import digest


class Command(BaseCommand):
    """Once a day, whatever runs it and however often."""

    help = "Queue a digest of what waits for each person, as often as they want one and once a day at most."

    def add_arguments(self, parser):
        """Of which day; only to see."""
        parser.add_argument("--on", metavar="DATE", help="of that day instead of today, such as 2026-12-01")
        parser.add_argument("--dry-run", action="store_true", help="print what everybody would get, and queue nothing")

    def handle(self, *, on=None, dry_run=False, **options):
        """Say for each person what came of it."""
        day = day_of(on, "--on") if on else clock.today()
        if dry_run:
            for found in digest.digests(day):
                self.say(found, found.why_not or "would be reminded")
                for panel, items in found.items.items():
                    for item in items:
                        self.stdout.write(f"  {panel.slug}  {item.section}: {item.line}")
            return
        for found, why_not in digest.send_out(day):
            self.say(found, why_not or "reminded")

    def say(self, found, what):
        """One line a person."""
        number = f"{found.number} waiting" if found.number else "nothing waiting"
        self.stdout.write(f"{found.user.email}: {what} ({number})")
