"""What the annual report's pages show, prepared for the components."""

from urllib.parse import urlencode

from django.urls import reverse

from complaints.report.charts import drawing
from complaints.report.document import as_text, document
from complaints.report.docx import as_docx
from complaints.report.html import as_html
from complaints.report.issue import differences
from complaints.report.words import Words
from panel.access import rules
from panel.files.spreadsheets import csv_lines
from panel.pages.tables import table

FORMATS = (
    ("docx", "Word, laid out for the agenda"),
    ("html", "Web page"),
    ("txt", "Plain text"),
    ("csv", "CSV, figures only"),
)
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}


class ReportPage:
    """One report for one person. `source` are the parameters by which the list finds the cases of a figure."""

    def __init__(self, report, who, source: dict[str, str]):
        self.report, self.source = report, source
        self.words = Words(report)
        self.links = rules.may(who, "report.cases")
        self.list_url = reverse("panel:cases", args=[report.panel.slug, "complaints"])

    @property
    def balance(self) -> dict:
        """The sum and its result."""
        left, right = self.words.balance
        return {"sum": left, "result": right}

    def columns(self) -> dict[str, list[dict]]:
        """The sections of each side, as figures.html takes them."""
        found: dict[str, list[dict]] = {"left": [], "right": []}
        for section in self.words.sections():
            stats = [self.stat(row) for row in section.rows]
            found[section.side].append({"heading": section.heading, "stats": stats})
        return found

    def stat(self, row) -> dict:
        """One figure; a count opens its cases."""
        url = f"{self.list_url}?{urlencode({**self.source, 'figure': row.key})}" if self.links and row.key else ""
        return {"label": row.label, "note": row.note, "number": row.number, "url": url}

    def charts(self) -> list[dict]:
        """The drawings."""
        return [drawing(chart) for chart in self.words.charts()]

    def different(self, now) -> dict | None:
        """What the record says otherwise by now, as a table; None where nothing differs."""
        rows = differences(self.report, now)
        return table("What the record says now", ("Figure", "As issued", "Now"), rows) if rows else None


def made(kind: str, report, texts) -> bytes:
    """The report as a file of that kind."""
    words = Words(report)
    if kind == "csv":
        return figures_csv(words)
    blocks = document(words, texts)
    if kind == "docx":
        return as_docx(blocks, words)
    return (as_html(blocks, words) if kind == "html" else as_text(blocks)).encode()


def figures_csv(words: Words) -> bytes:
    """The figures as comma-separated values, with a mark by which spreadsheets know the encoding."""
    rows = [(s.heading, row.label, row.number, row.note) for s in words.sections() for row in s.rows]
    return "".join(csv_lines([words.title, words.period], [("Section", "Figure", "Number", "Note"), *rows])).encode()


def filename(words: Words, kind: str, version: str = "") -> str:
    """ "complaints-annual-report-2025-26.docx"."""
    year = words.report.year or f"{words.report.first}-to-{words.report.last}"
    return f"{words.report.panel.slug}-complaints-report-{year}{version}.{kind}"
