"""Pages that only meetings have: their papers."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import re_path
from django.views.decorators.http import require_safe

from meetings.papers.agenda import agenda_file
from meetings.papers.minutes import minutes_file
from meetings.papers.sheets import sheets_file
from panel.access import rules
from panel.casework.case_context import CaseContext
from panel.pages.base import case_of, in_panel
from panel.procedure.register import REGISTERS

CASE = r"^(?P<reference>[A-Z]{1,4}-M-\d{4}-\d{4,})"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAPERS = {"agenda": agenda_file, "minutes": minutes_file, "sheets": sheets_file}


@require_safe
@in_panel("case.list")
def paper(request: Any, panel: Any, who: Any, reference: str, kind: str) -> HttpResponse:
    """A paper of a meeting as a Word file. Item sheets are for the Chairman and staff. Raises Http404."""
    look = CaseContext(case_of(request, who, REGISTERS["meetings"], reference), request.user, who)
    if not look.facts.items or (kind == "sheets" and not who.roles & set(rules.ALL_CASES)):
        raise Http404
    response = HttpResponse(PAPERS[kind](look), content_type=WORD)
    response["Content-Disposition"] = f'attachment; filename="{reference}-{kind}.docx"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


urlpatterns = [re_path(CASE + r"/(?P<kind>agenda|minutes|sheets)\.docx$", paper, name="meeting-paper")]
