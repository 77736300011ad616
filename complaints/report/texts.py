"""What people write in a report, and what stands there until they do."""

from dataclasses import dataclass, fields, replace
from datetime import date

from complaints.report.background import appendix, background, contact, papers, supporting
from complaints.report.happened import what_happened
from complaints.report.paper_tables import in_time_words
from complaints.report.paper_words import settings_of
from complaints.report.totals import Report

RECOMMENDATION = "The Panel is asked to note this report."


@dataclass(frozen=True)
class Texts:
    """The head of the paper, and its paragraphs with an empty line between them."""

    recommendation: str = RECOMMENDATION
    shows: str = ""  # what happened
    in_time: str = ""
    cases: str = ""  # complaints that were closed
    background: str = ""
    supporting: str = ""
    contact: str = ""
    papers: str = ""
    appendix: str = ""
    meeting_on: date | None = None
    item: str = ""


WRITTEN = tuple(field.name for field in fields(Texts))  # the columns of `AnnualReport` that people write
NEEDED = ("recommendation", "shows", "background", "contact", "papers")  # never empty in what is issued


def default_texts(report: Report, cases: str = "") -> Texts:
    """The text made from figures and settings."""
    settings = settings_of(report)
    return Texts(
        shows=what_happened(report),
        in_time="" if report.nil else in_time_words(report),
        cases="" if report.nil else cases,
        background=background(report, settings),
        supporting=supporting(report, settings),
        contact=contact(settings),
        papers=papers(settings),
        appendix=appendix(report, settings),
    )


def filled(said: Texts, default: Texts) -> Texts:
    """What was written; what may not be empty and is, as it is made. A text of version 0.1 has no background: the rest
    that it could not have is made as well."""
    if not said.background.strip():
        said = replace(said, in_time=default.in_time, supporting=default.supporting, appendix=default.appendix)
    return replace(said, **{name: getattr(said, name).strip() or getattr(default, name) for name in NEEDED})
