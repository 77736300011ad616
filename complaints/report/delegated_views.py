"""The page of decisions taken under delegated power, for the next meeting's agenda, and the same as a file."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from complaints.models import Complaint
from complaints.report import delegated, periods
from complaints.report.views import as_file
from panel.files.spreadsheets import csv_lines
from panel.law.period import day_words
from panel.pages.base import in_panel
from panel.pages.tables import table
from panel.pages.words import case_url
from panel.procedure.register import REGISTERS
from panel.record import access_log

COLUMNS = ("Day", "Complaint", "What was decided", "By whom")


def found(panel, who):
    """(first day, last day, decisions) since the last meeting, of what the person sees."""
    first, last = delegated.period(panel)
    return first, last, delegated.decisions(panel, first, last, Complaint.objects.visible_to(who).values("pk"))


@require_safe
@in_panel("report.draft")
def delegated_decisions(request, panel, who):
    """The page."""
    first, last, rows = found(panel, who)
    access_log.note(request, what=f"{first}..{last}")
    register, meeting = REGISTERS["complaints"], periods.next_meeting(panel)
    cells = [
        [day_words(d.on), {"words": d.case.reference, "url": case_url(d.case, register)}, d.what, d.by] for d in rows
    ]
    context = {
        "since": first, "meeting": meeting, "table": table("Decisions", COLUMNS, cells) if cells else None,
        "file_url": reverse("panel:report-delegated-file", args=[panel.slug]),
        "back_url": reverse("panel:report", args=[panel.slug]),
    }  # fmt: skip
    return render(request, "complaints/delegated.html", context)


@require_safe
@in_panel("report.draft")
def delegated_file(request, panel, who):
    """The same as comma-separated values."""
    first, last, rows = found(panel, who)
    access_log.note(request, what=f"{first}..{last}")
    lines = [[d.on.isoformat(), d.case.reference, d.what, d.by] for d in rows]
    title = f"Decisions taken under delegated power since {day_words(first)}"
    content = "".join(csv_lines([title], [list(COLUMNS), *lines])).encode()
    return as_file(content, "csv", f"{panel.slug}-delegated-decisions-{last.isoformat()}.csv")
