"""Annual reports as they are written and issued: the draft's text, the frozen figures, versions.

row = draft_of(panel, first, last)
issue(row, report, by=priya)             # as one act of the journal
"""

import base64
from dataclasses import replace
from datetime import date
from typing import Any

from complaints.keys import StepKey
from complaints.models import AnnualReport
from complaints.procedure import PROCEDURE
from complaints.report import periods
from complaints.report.document import Paper, Stamp, as_text, document
from complaints.report.docx import as_docx
from complaints.report.figures_csv import figures_csv
from complaints.report.first_edition import files as first_edition
from complaints.report.first_edition.document import Texts as FirstTexts
from complaints.report.html import as_html
from complaints.report.names_check import HEADINGS, READ_FOR_NAMES, find_names, not_said_to_be_others
from complaints.report.paper_words import title_of
from complaints.report.record_read import end_of
from complaints.report.shown import keep, of_first_edition
from complaints.report.texts import WRITTEN, Texts, default_texts, filled
from complaints.report.totals import Report
from complaints.report.words import Words
from panel.files import pdf
from panel.law import clock
from panel.law.period import day_words
from panel.models import Entry, Panel
from panel.record.act import sealed_act
from panel.record.heads import Head, head, printed
from panel.record.verify import verify


def versions(panel, first, last):
    """Every version of the period, newest first."""
    return AnnualReport.objects.filter(panel=panel, first=first, last=last).select_related("issued_by", "panel")


def draft_of(panel, first, last) -> AnnualReport:
    """The draft of the period, or a new one, not yet saved, with the text of the version before, for the next meeting."""
    newest = versions(panel, first, last).first()
    if newest is None:
        return AnnualReport(panel=panel, first=first, last=last, **goes_to(panel, first, last))
    if newest.issued_on is None:
        return newest
    text = {name: getattr(newest, name) for name in WRITTEN}
    if text["meeting_on"] is None or gone(text["meeting_on"]):
        text |= goes_to(panel, first, last)
    return AnnualReport(panel=panel, first=first, last=last, version=newest.version + 1, **text)


def goes_to(panel, first, last) -> dict[str, Any]:
    """The meeting that gets a report that is begun today: the Panel's next one, with the number that its agenda has for
    it. People may change both."""
    meeting = periods.next_meeting(panel)
    if meeting is None:
        return {"meeting_on": None, "item": ""}
    items = meeting.items.filter(title__iexact=title_of(first, last)).exclude(number=None)
    numbers = list(items.values_list("number", flat=True))
    return {"meeting_on": meeting.on, "item": str(numbers[0]) if len(numbers) == 1 else ""}


def texts(row: AnnualReport, report: Report) -> Texts:
    """The text as written, or what stands there until somebody writes something."""
    default = suggested_texts(report)
    if row.pk is None and row.version == 1:
        return replace(default, meeting_on=row.meeting_on, item=row.item)
    return filled(written(row), default)  # a text of version 0.1 has neither background nor contact


def written(row: AnnualReport) -> Texts:
    """The text of the row, as it stands there."""
    return Texts(**{name: getattr(row, name) for name in WRITTEN})


def suggested_texts(report: Report) -> Texts:
    """The text that stands there until somebody writes something, with the summaries of the complaints closed."""
    return default_texts(report, cases="\n\n".join(summaries(report)))


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
    return texts(newest, report) if newest is not None else None


class CannotIssue(ValueError):
    """It is issued already, or the text is missing. One sentence."""


def issue(row: AnnualReport, report: Report, *, by) -> AnnualReport:
    """Freeze the draft with its figures and its files, once the record is verified: the paper says so. Raises
    CannotIssue."""
    words = Words(report)
    fault = next(verify(row.panel, files=False), None)
    if fault:
        raise CannotIssue(f"The record is not as it was sealed, so no report can be issued from it. {fault}")
    with sealed_act(row.panel, by=by, name="issue_report", why=f"{words.title}, version {row.version}"):
        row = draft_of(Panel.objects.get(pk=row.panel_id), row.first, row.last) if row.pk else row
        if AnnualReport.objects.filter(
            panel=row.panel, first=row.first, last=row.last, version=row.version, issued_on__isnull=False
        ).exists():
            raise CannotIssue("This version is issued already.")
        said = texts(row, report)
        if lacking := cannot_go_out(row, said):
            raise CannotIssue(lacking)
        for name in WRITTEN:
            setattr(row, name, getattr(said, name))
        newest = head(row.panel)
        row.head = str(newest or "")
        report.shown = keep(report)
        row.as_at, row.figures = report.as_at, report.frozen()
        row.issued_on, row.issued_by = clock.today(), by
        paper = document(report, said, stamp(row, newest))
        row.word = base64.b64encode(as_docx(paper)).decode()
        row.files = files(paper, report)
        row.save()
    return row


def cannot_go_out(row: AnnualReport, said: Texts) -> str:
    """Why a report cannot be issued as it stands, in one sentence; "" where it can."""
    if not said.contact.strip():
        return "Nobody is named to answer questions about the report. Enter the contact point."
    if words := over(row, said.meeting_on):
        return f"{words}."
    texts_read = {name: getattr(said, name) for name in READ_FOR_NAMES}
    for one in not_said_to_be_others(find_names(row.panel, texts_read), row.others_named):
        return f"{HEADINGS[one.field]}: {one.said}. Change the text, or say there that it is somebody else’s name."
    return ""


def gone(meeting_on: date | None) -> bool:
    """Whether that day is past."""
    return meeting_on is not None and meeting_on < clock.today()


def over(row: AnnualReport, meeting_on: date | None) -> str:
    """What is wrong with a meeting that was in the past; "" for one that is to come, and for one that the register of
    meetings has after the end of the period: the paper that went there is typed up late."""
    if meeting_on and gone(meeting_on):
        if meeting_on > row.last and periods.meetings(row.panel).filter(on=meeting_on).exists():
            return ""
        return f"The meeting of {day_words(meeting_on)} is over. Enter the day of the meeting that gets this report"
    return ""


def stamp(row: AnnualReport, newest: Head | None) -> Stamp:
    """That the record was verified, without a hash: the head itself is in the files' properties and on the issued report's
    page."""
    reference = f" (reference {row.panel.code}-{newest.number})" if newest else ""
    return Stamp(f"Figures verified on {day_words(row.issued_on)}{reference}.", printed(newest))


def files(paper: Paper, report: Report) -> dict[str, str]:
    """Every file but Word's, as it goes out; PDF in base64, and not where this server cannot make it."""
    page = as_html(paper)
    found = {"html": page, "txt": as_text(paper), "csv": figures_csv(report).decode()}
    if pdf.can_be_made():
        found["pdf"] = base64.b64encode(pdf.as_pdf(page)).decode()
    return found


def issued_file_of(row: AnnualReport, kind: str) -> bytes:
    """A file of an issued report, as it went out. Raises NoPdf: it was issued where no PDF could be made, and here none
    can be made either."""
    if kind == "docx":
        return base64.b64decode(row.word)
    if not row.files:  # issued by version 0.1
        if kind == "pdf":
            return pdf.as_pdf(first_edition.made("html", thawed(row), first_texts(row)).decode())
        return first_edition.made(kind, thawed(row), first_texts(row))
    if kind == "pdf":
        return base64.b64decode(row.files["pdf"]) if "pdf" in row.files else pdf.as_pdf(row.files["html"])
    return row.files[kind].encode()


def first_texts(row: AnnualReport) -> FirstTexts:
    """The text of a report of the first edition."""
    return FirstTexts(row.recommendation, row.shows, row.papers, row.cases, row.head)


def thawed(row: AnnualReport) -> Report:
    """The report as it was issued."""
    found = Report.thawed(row.panel, row.first, row.last, row.as_at, row.figures)
    found.shown = found.shown or of_first_edition(found)
    return found


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
