"""Annual reports as they are written and issued: the draft's text, the frozen figures, versions.

row = draft_of(panel, first, last)
issue(row, report, by=priya)             # as one act of the journal
"""

import base64
from dataclasses import replace

from complaints.keys import StepKey
from complaints.models import AnnualReport
from complaints.procedure import PROCEDURE
from complaints.report.document import Texts, default_texts, document
from complaints.report.docx import as_docx
from complaints.report.record_read import end_of
from complaints.report.totals import Report
from complaints.report.words import Words
from panel.law import clock
from panel.models import Entry, Panel
from panel.record.act import sealed_act
from panel.record.heads import head

WRITTEN = ("recommendation", "shows", "cases", "papers")  # the columns that people write


def versions(panel, first, last):
    """Every version of the period, newest first."""
    return AnnualReport.objects.filter(panel=panel, first=first, last=last).select_related("issued_by", "panel")


def draft_of(panel, first, last) -> AnnualReport:
    """The draft of the period, or a new one, not yet saved, with the text of the version before."""
    newest = versions(panel, first, last).first()
    if newest is None:
        return AnnualReport(panel=panel, first=first, last=last)
    if newest.issued_on is None:
        return newest
    text = {name: getattr(newest, name) for name in WRITTEN}
    return AnnualReport(panel=panel, first=first, last=last, version=newest.version + 1, **text)


def texts(row: AnnualReport, words: Words) -> Texts:
    """The text as written, or what stands there until somebody writes something."""
    default = suggested_texts(words)
    if row.pk is None and row.version == 1:
        return default
    return Texts(row.recommendation or default.recommendation, row.shows, row.papers or default.papers, row.cases)


def suggested_texts(words: Words) -> Texts:
    """The text that stands there until somebody writes something, with the summaries of the complaints closed."""
    return replace(default_texts(words), cases="\n\n".join(summaries(words.report)))


def summaries(report: Report) -> list[str]:
    """The summaries that were entered for the report when complaints were closed in its period, by the day of closing.
    Those of complaints that are restricted to named people are left out: the report is for everybody."""
    at = end_of(report.as_at)
    closed = Entry.objects.in_force(at).filter(
        panel=report.panel, case__procedure=PROCEDURE.key, case__restricted=False, step=StepKey.CLOSE,
        on__range=(report.first, min(report.last, report.as_at)),
    )  # fmt: skip
    found = closed.order_by("on", "pk").values_list("answers__summary", flat=True)
    return [" ".join(text.split()) for text in found if text]


def texts_of(report: Report) -> Texts | None:
    """The text of the report's period as it stood on its day; None where nobody had written any."""
    rows = AnnualReport.history.as_of(end_of(report.as_at)).filter(
        panel=report.panel, first=report.first, last=report.last
    )
    newest = max(rows, key=lambda row: row.version, default=None)
    return texts(newest, Words(report)) if newest is not None else None


class CannotIssue(ValueError):
    """It is issued already, or the text is missing. One sentence."""


def issue(row: AnnualReport, report: Report, *, by) -> AnnualReport:
    """Freeze the draft with its figures and its Word file. Raises CannotIssue."""
    words = Words(report)
    with sealed_act(row.panel, by=by, name="issue_report", why=f"{words.title}, version {row.version}"):
        row = draft_of(Panel.objects.get(pk=row.panel_id), row.first, row.last) if row.pk else row
        if AnnualReport.objects.filter(
            panel=row.panel, first=row.first, last=row.last, version=row.version, issued_on__isnull=False
        ).exists():
            raise CannotIssue("This version is issued already.")
        said = texts(row, words)
        for name in WRITTEN:
            setattr(row, name, getattr(said, name))
        row.head = str(head(row.panel) or "")
        row.as_at, row.figures = report.as_at, report.frozen()
        row.word = base64.b64encode(as_docx(document(words, replace(said, head=row.head)), words)).decode()
        row.issued_on, row.issued_by = clock.today(), by
        row.save()
    return row


def thawed(row: AnnualReport) -> Report:
    """The report as it was issued."""
    return Report.thawed(row.panel, row.first, row.last, row.as_at, row.figures)


def word_file(row: AnnualReport) -> bytes:
    """The Word file as it was issued."""
    return base64.b64decode(row.word)


def differences(issued: Report, now: Report) -> list[tuple[str, str, str]]:
    """(figure, as issued, as the record stands now) of each figure that differs."""

    def flat(report):
        return {(s.heading, r.label): str(r.number) for s in Words(report).sections() for r in s.rows}

    then, today = flat(issued), flat(now)
    return [
        (f"{heading}: {label}", then.get((heading, label), "0"), today.get((heading, label), "0"))
        for heading, label in dict.fromkeys([*then, *today])
        if then.get((heading, label), "0") != today.get((heading, label), "0")
    ]  # fmt: skip
