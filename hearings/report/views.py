"""The report to the Commissioner as a file: checked as its case is."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hearings.report.content import Report
from hearings.report.docx import docx
from panel.casework.case_context import CaseContext
from panel.pages.base import case_of, in_panel
from panel.procedure.register import REGISTERS

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
@in_panel("case.list")
def report(request, panel, who, reference, number, kind):
    """The report on one notification in Word, or as a page of its own; the first is number 1, that on a reserve
    candidate the next.

    Raises Http404 for a case that the person does not see, and while the Panel has decided nothing.
    """
    look = CaseContext(case_of(request, who, REGISTERS["hearings"], reference), request.user, who)
    found = next((r for r in Report.every(look) if r.number == int(number)), None)
    if found is None:
        raise Http404
    if kind == "html":
        return render(request, "hearings/report.html", {"report": found})
    response = HttpResponse(docx(found), content_type=WORD)
    response["Content-Disposition"] = f'attachment; filename="{look.case.reference}-report-{number}.docx"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
