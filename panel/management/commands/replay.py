"""`replay FILE`: cases taken through dated steps from a script (see `panel.replay`)."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from panel.replay import Replay, Wrong, read


class Command(BaseCommand):
    """Replay a script, whole or not at all."""

    help = "Take cases through dated steps from a JSON script, by the same code as the pages: all of it, or nothing."

    def add_arguments(self, parser):
        """The file, and whether only to try it."""
        parser.add_argument("file", help="the script; panel/replay/__init__.py says how it is written")
        parser.add_argument("--dry-run", action="store_true", help="check it in full and save nothing")

    def handle(self, *, file, dry_run, **options):
        """Replay it. Raises CommandError (exit code 2) with one message that names the case, the step and the line."""
        try:
            text = Path(file).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError, ValueError) as error:
            raise CommandError(f"{file} cannot be read: {error}", returncode=2) from None
        try:
            entries = Replay([read(text)]).run(dry_run=dry_run)
        except Wrong as wrong:
            raise CommandError(f"{wrong} Nothing was saved.", returncode=2) from None
        cases = {e.case.reference for e in entries}
        done = "would be taken; nothing was saved" if dry_run else "taken"
        self.stdout.write(f"{len(entries)} steps in {len(cases)} cases {done}: {', '.join(sorted(cases))}")
