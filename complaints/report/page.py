"""What the annual report's pages show, prepared for the components."""

from urllib.parse import urlencode

from django.urls import reverse

from complaints.report.cases_behind import closed_to
from complaints.report.document import LONG_HEAD_CHARACTERS, Paper, as_text, document
from complaints.report.docx import as_docx
from complaints.report.figures_csv import figures_csv
from complaints.report.html import as_html
from complaints.report.issue import differences
from complaints.report.shown import TOGETHER, keep
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


def formats() -> list[tuple[str, str]]:
    """(kind, words) of the files that this server can make."""
    return [(kind, words) for kind, words in FORMATS if kind != "pdf" or pdf.can_be_made()]


class ReportPage:
    """One report for one person. `source` are the parameters by which the list finds the cases of a figure."""

    def __init__(self, report, who, source: dict[str, str]):
        self.report, self.source = report, source
        self.shown = report.shown or keep(report)  # what was issued stays as it was shown
        self.links = rules.may(who, "report.cases")
        self.list_url = reverse("panel:cases", args=[report.panel.slug, "complaints"])
        self.who = who

    @property
    def words(self) -> dict:
        """Title, period and sentences: of an issued report as it was issued."""
        return self.shown

    @property
    def closed(self) -> int:
        """How many of the cases that the figures count the person may not open."""
        counted = {case for cases in self.report.cases.values() for case in cases}
        return closed_to(self.who, self.report.panel, counted) if self.links and counted else 0

    @property
    def balance(self) -> dict:
        """The sum and its result."""
        left, right = self.shown["balance"]
        return {"sum": left, "result": right}

    def figures(self) -> dict | None:
        """The table of the paper, each number with the way to its cases, for components/report_table.html; None where a
        report of the first edition has none."""
        rows = [
            {"label": label, "kind": kind, "cells": self.cells(cells, keys)}
            for label, kind, cells, keys in self.shown["table"]
        ]
        return self.table("What became of the complaints", rows)

    def table(self, caption: str, rows: list[dict]) -> dict | None:
        """Rows below the periods; `wide` where those are words, which break."""
        heads = self.shown["heads"]
        wide = any(len(head) > LONG_HEAD_CHARACTERS for head in heads)
        return {"caption": caption, "heads": heads, "rows": rows, "wide": wide} if rows else None

    def cells(self, cells: list[str], keys: list[str]) -> list[dict]:
        """The numbers of a line, each the way to its cases."""
        before = self.report.previous
        last_year = {**self.source, "report": before.period} if "report" in self.source and before else {}
        sources = (self.source, last_year)
        found = []
        for source, said in zip(sources, cells, strict=False):
            linked = self.links and source and keys and said != "0"
            url = f"{self.list_url}?{urlencode({**source, 'figure': TOGETHER.join(keys)})}" if linked else ""
            found.append({"words": said, "url": url})
        return found

    def in_time(self) -> dict | None:
        """What was done in time, of how many that fell due; None where nothing did."""
        rows = [
            {"label": label, "tag": "Law" if law else "Target", "cells": [{"words": c, "url": ""} for c in cells]}
            for label, law, cells in self.shown["in_time"]
        ]
        return self.table("In time, of all that fell due", rows)

    def rest(self) -> list[dict]:
        """The figures that the table does not have."""
        return [
            {"heading": heading, "stats": [self.stat(*row) for row in rows]} for heading, rows in self.shown["rest"]
        ]

    def stat(self, label: str, number, key: str, note: str) -> dict:
        """One figure; a count opens its cases."""
        url = f"{self.list_url}?{urlencode({**self.source, 'figure': key})}" if self.links and key else ""
        return {"label": label, "note": note, "number": number, "url": url}

    def charts(self) -> list[dict]:
        """The drawings: at most two, of what no table says, when complaints came and how long decisions took."""
        return self.shown["charts"]

    def different(self, now) -> dict | None:
        """What the record says otherwise by now, as a table; None where nothing differs."""
        rows = differences(self.report, now)
        return table("What the record says now", ("Figure", "As issued", "Now"), rows) if rows else None


def made(kind: str, report, texts) -> bytes:
    """The draft as a file of that kind. Raises NoPdf."""
    if kind == "csv":
        return figures_csv(report)
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


def filename(report, kind: str, version: str = "") -> str:
    """ "exshire-complaints-report-2025-26.docx"."""
    year = report.year or f"{report.first}-to-{report.last}"
    return f"{report.panel.slug}-complaints-report-{year}{version}.{kind}"
