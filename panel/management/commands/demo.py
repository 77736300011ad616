"""`demo`: two panels to look at, with an account for each role."""

import os

from django.core.management.base import BaseCommand, CommandError

from panel import demo


class Command(BaseCommand):
    """Make the demonstration, once."""

    help = (
        "Make the demonstration: panels west-mercia and exshire, complaints, a user for each role. Keeps what is there."
    )

    def say(self, words):
        """Say at once what is being done: it takes a while."""
        self.stdout.write(words)
        self.stdout.flush()

    def handle(self, **options):
        """Make what is missing and say how to sign in. Raises CommandError on a real installation."""
        try:
            made = demo.build(say=self.say)
        except demo.NotADemonstration:
            raise CommandError(
                "This is a real installation: made-up people do not go in. Set DEMO=1 for a demonstration."
            ) from None
        for line in made or ["The demonstration is there already."]:
            self.stdout.write(line)
        port = os.environ.get("PORT", "8000")
        self.stdout.write(f"\nSign in at http://127.0.0.1:{port}/ with the password {demo.PASSWORD} as\n")
        for role, user, sees in demo.accounts():
            self.stdout.write(f"  {role:<20}{user.email:<34}{sees}")
