"""`export_audit`: the journal with all that it seals as a file that docs/verify_export.py checks without this product."""

import os
import sys
from contextlib import suppress
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from panel.management.asked import panel_of
from panel.record.export import exported


class Command(BaseCommand):
    """Write the journal."""

    help = (
        "Write the journal, with every row it seals and who opened what, as JSON lines. The file holds personal data. "
        "Check it anywhere with docs/verify_export.py."
    )

    def add_arguments(self, parser):
        """One panel, or all; a file, or the output."""
        parser.add_argument("--panel", metavar="SLUG", help="only this panel's chain, and the installation's")
        parser.add_argument("--output", metavar="FILE", help="where to write it, instead of printing it")

    def handle(self, *, panel=None, output=None, **options):
        """Write it line by line. Raises CommandError (2), and leaves no half of a file."""
        found = panel_of(panel)
        try:
            number = self.to_file(Path(output), found) if output else self.to_output(found)
        except OSError as error:
            if not output:  # what is left in the buffer has nowhere to go either
                with suppress(OSError, ValueError):
                    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            where = output or "the output"
            raise CommandError(f"{where}: {error.strerror or error}. Nothing was exported.", returncode=2) from error
        if output:
            self.stdout.write(f"{number} lines written to {output}. It holds personal data: keep it like the record.")

    def to_file(self, path, panel) -> int:
        """Into a file beside it first, readable by its owner only: an older export stays until this one is whole."""
        if path.is_dir():
            raise IsADirectoryError(21, "is a directory")
        plain = path.is_file() or not path.exists()
        part = path.with_name(f"{path.name}.part") if plain else path
        try:
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
                number = self.write(file, panel)
                file.flush()
                if plain:
                    os.fsync(file.fileno())
            if plain:
                os.replace(part, path)
        except BaseException:
            if plain:
                part.unlink(missing_ok=True)
            raise
        return number

    def to_output(self, panel) -> int:
        """To standard output."""
        number = self.write(self.stdout, panel, ending="")
        self.stdout.flush()
        return number

    def write(self, file, panel, **how) -> int:
        """Line by line; how many."""
        number = 0
        for line in exported(panel):
            file.write(f"{line}\n", **how)
            number += 1
        return number
