"""The report to the Commissioner, and the letter that goes with it, as files and pages: checked as their case is."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hearings.report.frozen import TYPES, Copy, copies, of_row
from panel.casework.case_context import CaseContext
from panel.files import paper, pdf
from panel.pages.base import case_of, in_panel
from panel.procedure.register import REGISTERS


@require_safe
@in_panel("case.list")
def report(request, panel, who, reference, number, kind):
    """A report in Word, as a PDF file, or as a page of its own: as it was sent, in its latest version, or as it would go.

    Raises Http404 for a case that the person does not see, and while the Panel has decided nothing.
    """
    copy = copy_of(request, who, reference, number)
    return answer(request, copy, kind, f"{reference}-report-{number}")


@require_safe
@in_panel("case.list")
def earlier_version(request, panel, who, reference, number, version, kind):
    """A version of a report as it was sent, which a later one has replaced or not. Raises Http404."""
    copy = copy_of(request, who, reference, number)
    rows = [*copy.earlier, *([copy.row] if copy.row is not None else [])]
    row = next((row for row in rows if row.revision == int(version)), None)
    if row is None or not row.content:
        raise Http404
    return answer(request, of_row(copy.report.look, row), kind, f"{reference}-report-{number}-version-{version}")


@require_safe
@in_panel("case.list")
def letter(request, panel, who, reference, number, kind):
    """The letter that goes with a report. Raises Http404."""
    copy = copy_of(request, who, reference, number)
    return answer(request, copy, kind, f"{reference}-letter-{number}", with_it=True)


def copy_of(request, who, reference, number) -> Copy:
    """That report of the hearing. Raises Http404."""
    look = CaseContext(case_of(request, who, REGISTERS["hearings"], reference), request.user, who)
    found = next((copy for copy in copies(look) if copy.number == int(number) and copy.ready), None)
    if found is None:
        raise Http404
    return found


def answer(request, copy: Copy, kind: str, name: str, with_it: bool = False):
    """The file or the page. A PDF file that this server cannot make is not there."""
    if kind == "html":
        shown = copy.letter if with_it else copy.paper
        return render(request, "papers/paper.html", {"paper": shown, "blocks": paper.shown(shown)})
    try:
        content = copy.file(kind, letter=with_it)
    except pdf.NoPdf as error:
        raise Http404(str(error)) from error
    response = HttpResponse(content, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
