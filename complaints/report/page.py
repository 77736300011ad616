"""What the annual report's pages show, prepared for the components."""

from urllib.parse import urlencode

from django.urls import reverse

from complaints.report.charts import drawing
from complaints.report.document import Paper, as_text, document
from complaints.report.docx import as_docx
from complaints.report.figures_csv import figures_csv
from complaints.report.html import as_html
from complaints.report.issue import differences
from complaints.report.paper_tables import LAW_DAY, figures_table, heads, in_time_table, years
from complaints.report.words import Words
from panel.access import rules
from panel.files import pdf
from panel.pages.tables import table

FORMATS = (
    ("docx", "Word, laid out for the agenda"),
    ("pdf", "PDF"),
    ("html", "Web page"),
    ("txt", "Plain text"),
    ("csv", "CSV, figures only"),
)
TYPES = {
    "pdf": pdf.PDF,
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}

IN_THE_TABLE = ("In hand", "Ended", "Late")  # headings of figures that the two tables say
DRAWN = ("months", "days")


def formats() -> list[tuple[str, str]]:
    """(kind, words) of the files that this server can make."""
    return [(kind, words) for kind, words in FORMATS if kind != "pdf" or pdf.can_be_made()]


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

    def figures(self) -> dict:
        """The table of the paper, each number with the way to its cases, for components/report_table.html."""
        rows = [
            {"label": line.label, "kind": line.kind, "cells": self.cells(line)} for line in figures_table(self.report)
        ]
        return {"caption": "What became of the complaints", "heads": heads(self.report)[1:], "rows": rows}

    def cells(self, line) -> list[dict]:
        """The numbers of a line; one that is a figure by itself opens its cases."""
        before = years(self.report)[-1]
        last_year = {**self.source, "report": before.period} if "report" in self.source else {}
        sources = (self.source, last_year)
        found = []
        for number, said in enumerate(line.cells):
            source = sources[number]
            linked = self.links and source and len(line.keys) == 1 and said != "0"
            url = f"{self.list_url}?{urlencode({**source, 'figure': line.keys[0]})}" if linked else ""
            found.append({"words": said, "url": url})
        return found

    def in_time(self) -> dict | None:
        """What was done in time, of how many that fell due; None where nothing did."""
        rows = [
            {
                "label": line.label.removesuffix(" (law)"), "tag": "Law" if LAW_DAY in line.keys else "Target",
                "cells": [{"words": cell, "url": ""} for cell in line.cells],
            }
            for line in in_time_table(self.report)
        ]  # fmt: skip
        caption = "In time, of all that fell due"
        return {"caption": caption, "heads": heads(self.report)[1:], "rows": rows} if rows else None

    def rest(self) -> list[dict]:
        """The figures that the table does not have."""
        return [
            {"heading": section.heading, "stats": [self.stat(row) for row in section.rows]}
            for section in self.words.sections()
            if section.heading not in IN_THE_TABLE
        ]

    def stat(self, row) -> dict:
        """One figure; a count opens its cases."""
        url = f"{self.list_url}?{urlencode({**self.source, 'figure': row.key})}" if self.links and row.key else ""
        return {"label": row.label, "note": row.note, "number": row.number, "url": url}

    def charts(self) -> list[dict]:
        """At most two drawings, of what no table says: when complaints came, and how long decisions took."""
        return [drawing(chart) for chart in self.words.charts() if chart.key in DRAWN]

    def different(self, now) -> dict | None:
        """What the record says otherwise by now, as a table; None where nothing differs."""
        rows = differences(self.report, now)
        return table("What the record says now", ("Figure", "As issued", "Now"), rows) if rows else None


def made(kind: str, report, texts) -> bytes:
    """The draft as a file of that kind. Raises NoPdf."""
    if kind == "csv":
        return figures_csv(Words(report))
    return in_format(kind, document(report, texts))


def in_format(kind: str, paper: Paper) -> bytes:
    """The paper as Word, web page, PDF or plain text. Raises NoPdf."""
    match kind:
        case "docx":
            return as_docx(paper)
        case "html":
            return as_html(paper).encode()
        case "pdf":
            return pdf.as_pdf(as_html(paper))
    return as_text(paper).encode()


def filename(words: Words, kind: str, version: str = "") -> str:
    """ "complaints-annual-report-2025-26.docx"."""
    year = words.report.year or f"{words.report.first}-to-{words.report.last}"
    return f"{words.report.panel.slug}-complaints-report-{year}{version}.{kind}"
