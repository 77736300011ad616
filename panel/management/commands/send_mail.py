"""`send_mail`: hands what waits to the mail server. No request does; a service, or the daily command, does."""

import os
import signal
import threading

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from panel.law import clock
from panel.post import send
from panel.reminders import digest

SECONDS_BETWEEN = 20


class Command(BaseCommand):
    """Once, or again and again."""

    help = (
        "Give the mail that waits to the mail server: each message once, a refused one never again, one that was put off "
        "after growing pauses. Any number may run at a time."
    )

    def add_arguments(self, parser):
        """How often."""
        parser.add_argument(
            "--every",
            type=float,
            metavar="SECONDS",
            help=f"stay as long as whoever started it, and look again so often (as a service: {SECONDS_BETWEEN})",
        )

    def handle(self, *, every=None, **options):
        """Say what came of it, where anything did."""
        if not every:
            return self.once(say_nothing_too=True)
        stop = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: stop.set())  # after the message at hand
        parent = os.getppid()
        while not stop.is_set() and os.getppid() == parent:  # no mail goes out once the server it belongs to is gone
            close_old_connections()
            try:
                digest.at_once()
                self.once()
            except Exception as error:  # the database is away, say: a service goes on
                self.stderr.write(f"{clock.now():%Y-%m-%d %H:%M} UTC  {type(error).__name__}: tried again")
            stop.wait(every)

    def once(self, say_nothing_too=False):
        """One run."""
        found = send.run()
        words = [f"{number} {label(outcome)}" for outcome, number in sorted(found.items())]
        if words or say_nothing_too:
            self.stdout.write(f"{clock.now():%Y-%m-%d %H:%M} UTC  {', '.join(words) or 'nothing to send'}")


def label(outcome: str) -> str:
    """An outcome in words."""
    return str(send.Outcome(outcome).label).lower()
