"""manage.py import_complaints FILE --panel SLUG [--dry-run]: brings in complaints from an old register, all or none."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from complaints.old_register.columns import MENU, suggested
from complaints.old_register.enter import NotEntered, enter
from complaints.old_register.files import MOST_BYTES, NotReadable, read_file
from complaints.old_register.meanings import MEANINGS
from complaints.old_register.rows import Reading, read_rows
from panel.access import rules
from panel.law.period import plural
from panel.management.asked import panel_of
from panel.models import User

MOST_LINES = 200


class Command(BaseCommand):
    """An old register, as a CSV or Excel file."""

    help = "Brings in complaints that had ended from an old register (CSV or Excel), each once, all or none."

    def add_arguments(self, parser):
        """The file, the panel, and what is said otherwise of columns and words."""
        parser.add_argument("file", help="a CSV or Excel file (.xlsx)")
        parser.add_argument("--panel", required=True, help="the panel, by its address")
        parser.add_argument("--dry-run", action="store_true", help="enters nothing, and says what would be entered")
        parser.add_argument(
            "--by", metavar="EMAIL", help="in whose name: an officer of the panel; else of the command line"
        )
        columns = ", ".join(key for key, _ in MENU)
        parser.add_argument(
            "--column", action="append", default=[], metavar="HEADING=FIELD",
            help=f"what a column is, where it is not what is suggested: {columns}",
        )  # fmt: skip
        parser.add_argument(
            "--word", action="append", default=[], metavar="WORDS=MEANING",
            help=f"what the words for an ending mean: {', '.join(MEANINGS)}",
        )  # fmt: skip

    def handle(self, *, file, panel, dry_run, by, column, word, **options):
        """Read, check, enter. Exit code 2 with a line for each row that is wrong, and nothing entered."""
        found = panel_of(panel)
        user = self.user_of(found, by)
        tables, left_out = self.tables(file)
        headings = list(dict.fromkeys(head for table in tables for head in table["heads"]))
        columns = suggested(headings) | self.pairs(column, "--column", dict.fromkeys(headings, ""), dict(MENU))
        reading = read_rows(found, tables, columns, self.pairs(word, "--word", None, MEANINGS))
        self.say_columns(columns)
        for line in left_out[:MOST_LINES]:
            self.stdout.write(f"Left out: {line}")
        self.say_rows(reading)
        if reading.wrong:
            lines = [f"{row.where}: {words}" for row in reading.wrong for words in row.errors.values()]
            raise CommandError("\n".join([*lines, "Nothing was entered."]), returncode=2)
        try:
            entries = enter(found, reading.ready, by=user, dry_run=dry_run)
        except NotEntered as why:
            raise CommandError("\n".join([*why.lines, "Nothing was entered."]), returncode=2) from None
        said = "would be entered; nothing was" if dry_run else "entered"
        self.stdout.write(f"{plural(len(entries), 'complaint')} {said}.")

    def tables(self, file: str) -> tuple[list[dict[str, Any]], list[str]]:
        """The tables of the file. Raises CommandError (2)."""
        try:
            with Path(file).open("rb") as opened:
                return read_file(opened.read(MOST_BYTES + 1))
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}", returncode=2) from error
        except NotReadable as why:
            raise CommandError(f"{file}: {why}", returncode=2) from None

    def user_of(self, panel, email) -> User | None:
        """In whose name it is entered. Raises CommandError (2)."""
        if not email:
            return None
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None or not rules.may(rules.standing(user, panel), "register.bring_in"):
            raise CommandError(f"--by: {email} is no officer of the panel", returncode=2)
        return user

    def pairs(self, given, option, keys, values) -> dict[str, str]:
        """What stands behind an option, each WORDS=KEY. Raises CommandError (2)."""
        found = {}
        for text in given:
            words, _, key = text.rpartition("=")
            if key not in values:
                raise CommandError(f"{option}: {key!r} is none of {', '.join(values)}", returncode=2)
            if keys is not None and words not in keys:
                raise CommandError(f"{option}: no column is called {words!r}: {', '.join(keys)}", returncode=2)
            found[words] = key
        return found

    def say_columns(self, columns: dict[str, str]) -> None:
        """What each column is taken for."""
        said = dict(MENU)
        for heading, key in columns.items():
            self.stdout.write(f"Column “{heading}”: {said[key]}")

    def say_rows(self, reading: Reading) -> None:
        """What is not entered, and what is not known."""
        for words, number in sorted(reading.unknown.items()):
            self.stdout.write(
                f"“{words}” ({plural(number, 'row')}): how it ended is kept as text. Say what it means with --word"
            )
        for row in reading.still_open:
            self.stdout.write(f"Left out: {row.where} is still open. Log it")
        if reading.there:
            self.stdout.write(f"{plural(len(reading.there), 'row')} entered before: left as they are.")
