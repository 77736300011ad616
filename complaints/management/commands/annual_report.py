"""manage.py annual_report PANEL YEAR: the complaints report, as text, JSON, CSV, web page, Word or PDF file."""

import json
import os
import sys
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from complaints.models import AnnualReport
from complaints.report import periods
from complaints.report.document import document
from complaints.report.figures import NoReport, annual_report
from complaints.report.figures_csv import figures_csv
from complaints.report.issue import suggested_texts, texts_of
from complaints.report.names_check import HEADINGS, READ_FOR_NAMES, find_names, not_said_to_be_others
from complaints.report.page import in_format
from panel.files.pdf import NoPdf
from panel.law import clock
from panel.law.period import day_words
from panel.management.asked import day_of, panel_of

BINARY = {"docx": "A Word file", "pdf": "A PDF file"}


def fail(words):
    """One line, exit code 2."""
    return CommandError(" ".join(str(words).split()), returncode=2)


class Command(BaseCommand):
    """Prints the report, or writes it to a file, whole or not at all."""

    help = "The complaints report of a panel for a municipal year or another period."

    def add_arguments(self, parser):
        """Which panel, period, day and form."""
        parser.add_argument("panel", help="the panel's address, such as west-mercia")
        parser.add_argument("year", nargs="?", default="", help="a municipal year, such as 2021-22")
        parser.add_argument("--from", dest="first", default="", help="first day of another period, such as 2026-01-01")
        parser.add_argument("--to", dest="last", default="", help="its last day")
        parser.add_argument(
            "--since-last",
            action="store_true",
            help="from the day after the last issued report's period to the day as at",
        )
        parser.add_argument(
            "--previous",
            action="store_true",
            help="with the year before beside it, where the register goes back so far",
        )
        parser.add_argument("--as-at", default="", help="as the record stood at the end of this day; default today")
        parser.add_argument("--format", choices=("text", "json", "csv", "html", "docx", "pdf"), default="text")
        parser.add_argument(
            "--output", default="", help="the file to write; default the terminal (not for docx and pdf)"
        )

    def handle(self, *, panel, year, first, last, as_at, output, **options):
        """Make it. Raises CommandError (exit code 2) with one line."""
        found = panel_of(panel)
        known_on = day_of(as_at, "--as-at") if as_at else clock.today()
        if options["since_last"]:
            start, end = self.since_last(found, known_on, bool(year or first or last))
        else:
            start, end = self.period(year, first, last)
        try:
            report = annual_report(found, start, end, known_on, previous=options["previous"])
        except NoReport as why:
            raise fail(why) from None
        self.write(self.made(report, options["format"]), output, options["format"])

    def period(self, year, first, last) -> tuple[date, date]:
        """The days of the year, or those given."""
        if bool(year) == bool(first or last) or bool(first) != bool(last):
            raise fail("Give either a year, such as 2021-22, or both --from and --to, or --since-last")
        if first:
            return day_of(first, "--from"), day_of(last, "--to")
        try:
            return clock.year_bounds(year)
        except ValueError as why:
            raise fail(why) from None

    def since_last(self, panel, known_on: date, both: bool) -> tuple[date, date]:
        """The days since the last period that was reported on."""
        if both:
            raise fail("--since-last is a period of its own: leave out the year, --from and --to")
        period = periods.since_last_report(panel, known_on)
        if period is None:
            raise fail(f"No report was issued of a period that ends before {day_words(known_on)}: give --from and --to")
        return period.first, period.last

    def made(self, report, form) -> bytes:
        """The report in that form."""
        if form == "json":
            return (json.dumps(report.as_json(), indent=2, ensure_ascii=False) + "\n").encode()
        if form == "csv":
            return figures_csv(report)
        said = texts_of(report) or suggested_texts(report)
        self.refuse_names(report.panel, said)
        if not said.contact.strip():
            self.stderr.write(
                "Nobody is named to answer questions about the report: the panel's settings have no contact."
            )
        try:
            return in_format("txt" if form == "text" else form, document(report, said))
        except NoPdf as why:
            raise fail(why) from None

    def refuse_names(self, panel, said) -> None:
        """Raise CommandError where a text names somebody who complained and nobody has said that it is somebody else."""
        others = "\n".join(AnnualReport.objects.filter(panel=panel).values_list("others_named", flat=True))
        found = find_names(panel, {name: getattr(said, name) for name in READ_FOR_NAMES})
        for one in not_said_to_be_others(found, others):
            raise fail(f"{HEADINGS[one.field]}: {one.said}. Change the text on the report's page.")

    def write(self, content: bytes, output: str, form: str) -> None:
        """To the file, by way of a new one beside it, so that a full disk leaves no half report; or to the terminal."""
        if not output:
            if form in BINARY and sys.stdout.isatty():
                raise fail(f"{BINARY[form]} is not for the terminal: add --output FILE")
            if form in BINARY:
                sys.stdout.buffer.write(content)
            else:
                self.stdout.write(content.decode(), ending="")
            return
        path = Path(output)
        part = path.with_name(f".{path.name}.part") if path.name else path
        try:
            if path.is_dir():
                raise IsADirectoryError(21, "it is a directory")
            with open(part, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except OSError as why:
            part.unlink(missing_ok=True) if part.is_file() else None
            raise fail(f"--output {output}: cannot be written, {why.strerror or why}") from None
        self.stdout.write(f"Written: {output}, {len(content):,} bytes")
