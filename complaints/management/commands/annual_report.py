"""manage.py annual_report PANEL YEAR: the complaints report, as text, JSON, web page or Word file."""

import json
import os
import sys
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from complaints.report.document import as_text, document
from complaints.report.docx import as_docx
from complaints.report.figures import NoReport, annual_report
from complaints.report.html import as_html
from complaints.report.issue import suggested_texts, texts_of
from complaints.report.words import Words
from panel.law import clock
from panel.models import Panel


def fail(words):
    """One line, exit code 2."""
    return CommandError(" ".join(str(words).split()), returncode=2)


def day(text: str, option: str) -> date:
    """A day written 2026-03-31."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise fail(f"{option}: write the day as 2026-03-31, not {text!r}") from None


class Command(BaseCommand):
    """Prints the report, or writes it to a file, whole or not at all."""

    help = "The complaints report of a panel for a municipal year or another period."

    def add_arguments(self, parser):
        """Which panel, period, day and form."""
        parser.add_argument("panel", help="the panel's address, such as west-mercia")
        parser.add_argument("year", nargs="?", default="", help="a municipal year, such as 2021-22")
        parser.add_argument("--from", dest="first", default="", help="first day of another period, such as 2026-01-01")
        parser.add_argument("--to", dest="last", default="", help="its last day")
        parser.add_argument("--as-at", default="", help="as the record stood at the end of this day; default today")
        parser.add_argument("--format", choices=("text", "json", "html", "docx"), default="text")
        parser.add_argument("--output", default="", help="the file to write; default the terminal (not for docx)")

    def handle(self, *, panel, year, first, last, as_at, output, **options):
        """Make it. Raises CommandError (exit code 2) with one line."""
        found = Panel.objects.filter(slug=panel).first()
        if found is None:
            known = ", ".join(Panel.objects.values_list("slug", flat=True)) or "none yet"
            raise fail(f"There is no panel {panel!r}. Panels: {known}")
        start, end = self.period(year, first, last)
        known_on = day(as_at, "--as-at") if as_at else clock.today()
        try:
            report = annual_report(found, start, end, known_on)
        except NoReport as why:
            raise fail(why) from None
        self.write(self.made(report, options["format"]), output, options["format"])

    def period(self, year, first, last) -> tuple[date, date]:
        """The days of the year, or those given."""
        if bool(year) == bool(first or last) or bool(first) != bool(last):
            raise fail("Give either a year, such as 2021-22, or both --from and --to")
        if first:
            return day(first, "--from"), day(last, "--to")
        try:
            return clock.year_bounds(year)
        except ValueError as why:
            raise fail(why) from None

    def made(self, report, form) -> bytes:
        """The report in that form."""
        if form == "json":
            return (json.dumps(report.as_json(), indent=2, ensure_ascii=False) + "\n").encode()
        words = Words(report)
        blocks = document(words, texts_of(report) or suggested_texts(words))
        if form == "docx":
            return as_docx(blocks, words)
        return (as_html(blocks, words) if form == "html" else as_text(blocks)).encode()

    def write(self, content: bytes, output: str, form: str) -> None:
        """To the file, by way of a new one beside it, so that a full disk leaves no half report; or to the terminal."""
        if not output:
            if form == "docx" and sys.stdout.isatty():
                raise fail("A Word file is not for the terminal: add --output FILE")
            if form == "docx":
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
