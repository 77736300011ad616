"""manage.py import_complaints FILE --panel SLUG [--dry-run]: brings in complaints from an old register, all or none."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from complaints.old_register.columns import MENU, suggested
from complaints.old_register.enter import NotEntered, enter
from complaints.old_register.files import MOST_BYTES, NotReadable, read_file
from complaints.old_register.meanings import MEANINGS
from complaints.old_register.rows import Reading, read_rows
from complaints.old_register.views import enter_waiting
from complaints.old_register_models import OldRegister
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
        parser.add_argument("file", nargs="?", help="a CSV or Excel file (.xlsx)")
        parser.add_argument("--waiting", type=int, help="the number of a file that somebody sent on the page, instead")
        parser.add_argument("--panel", required=True, help="the panel, by its address")
        parser.add_argument("--dry-run", action="store_true", help="enters nothing, and says what would be entered")
        parser.add_argument(
            "--by", metavar="EMAIL", help="in whose name: an officer of the panel; else of the command line"
        )
        parser.add_argument("--format", choices=("text", "json"), default="text")
        columns = ", ".join(key for key, _ in MENU)
        parser.add_argument(
            "--column", action="append", default=[], metavar="HEADING=FIELD",
            help=f"what a column is, where it is not what is suggested: {columns}",
        )  # fmt: skip
        parser.add_argument(
            "--word", action="append", default=[], metavar="WORDS=MEANING",
            help=f"what the words for an ending mean: {', '.join(MEANINGS)}",
        )  # fmt: skip

    def handle(self, *, file, panel, dry_run, by, column, word, waiting, **options):
        """Read, check, enter. Exit code 2 with a line for each row that is wrong, and nothing entered."""
        found = panel_of(panel)
        if waiting is not None:
            return self.enter_waiting(found, waiting)
        if not file:
            raise CommandError("Name the file: manage.py import_complaints FILE --panel SLUG", returncode=2)
        user = self.user_of(found, by)
        tables, left_out = self.tables(file)
        headings = list(dict.fromkeys(head for table in tables for head in table["heads"]))
        columns = suggested(table["heads"] for table in tables) | self.pairs(
            column, "--column", dict.fromkeys(headings, ""), dict(MENU)
        )
        reading = read_rows(found, tables, columns, self.pairs(word, "--word", None, MEANINGS))
        wrong = [(row.where, words) for row in reading.wrong for words in row.errors.values()]
        entries: list[Any] = []
        if not wrong:
            try:
                entries = enter(found, reading.ready, by=user, dry_run=dry_run)
            except NotEntered as why:
                wrong = [("", words) for words in why.lines]
        if options["format"] == "json":
            self.say_json(columns, left_out, reading, wrong, entries, dry_run)
        else:
            self.say_columns(columns)
            for line in left_out[:MOST_LINES]:
                self.stdout.write(f"Left out: {line}")
            self.say_rows(reading)
        if wrong:
            lines = [f"{where}: {words}" if where else words for where, words in wrong]
            raise CommandError("\n".join([*lines, "Nothing was entered."]), returncode=2)
        if options["format"] == "text":
            said = "would be entered; nothing was" if dry_run else "entered"
            self.stdout.write(f"{plural(len(entries), 'complaint')} {said}.")

    def enter_waiting(self, panel, pk) -> None:
        """Enter a file that somebody sent on the page; what goes wrong is said there."""
        row = OldRegister.objects.select_related("panel", "user").filter(panel=panel, pk=pk).first()
        if row is None:
            raise CommandError("That file is entered, or was given up", returncode=2)
        try:
            number = enter_waiting(row)
        except NotEntered as why:
            OldRegister.objects.filter(pk=pk).update(trouble=str(why))
            raise CommandError(str(why), returncode=2) from None
        except Exception:
            OldRegister.objects.filter(pk=pk).update(trouble="It could not be entered: something went wrong. Try again")
            raise
        self.stdout.write(f"{plural(number, 'complaint')} entered.")

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

    def say_json(self, columns, left_out, reading: Reading, wrong, entries, dry_run) -> None:
        """The same for a program: one object, also where something is wrong and nothing was entered."""
        said = {
            "dry_run": dry_run, "entered": 0 if dry_run else len(entries), "to_enter": len(reading.ready),
            "cases": [] if dry_run else [entry.case.reference for entry in entries], "columns": columns,
            "wrong": [{"row": where, "what": words} for where, words in wrong],
            "left_out": left_out, "still_open": [row.where for row in reading.still_open],
            "entered_before": [{"row": row.where, "case": row.there} for row in reading.there],
            "not_known": reading.unknown,
        }  # fmt: skip
        self.stdout.write(json.dumps(said, ensure_ascii=False, indent=2))

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
