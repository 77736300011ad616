"""The annual report: its draft with figures and text, issuing it, and the reports that were issued."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from complaints.models import AnnualReport
from complaints.report.document import Texts, issued_words
from complaints.report.figures import NoReport, annual_report
from complaints.report.forms import PeriodForm, TextForm, text_row
from complaints.report.issue import CannotIssue, issue, texts, thawed, versions, word_file
from complaints.report.page import FORMATS, TYPES, ReportPage, filename, made
from complaints.report.words import Words
from panel.access import rules
from panel.forms.record_form import record
from panel.law import clock
from panel.pages.base import in_panel
from panel.pages.tables import table
from panel.record import access_log


def asked(panel, query):
    """(form, report or None): the report that the address asks for; the form says what is wrong with it."""
    form = PeriodForm(panel, query)
    if not form.is_valid():
        return form, None
    first, last = clock.year_bounds(form.cleaned_data["year"])
    try:
        return form, annual_report(panel, first, last, form.cleaned_data["as_at"])
    except NoReport as why:
        form.add_error("as_at", str(why))
        return form, None


def source_of(report, **more) -> dict[str, str]:
    """The parameters that ask for the same report again."""
    return {"year": report.year, "as_at": report.as_at.isoformat(), **more}


def issued_rows(panel) -> list[dict]:
    """Every issued report, newest period first, with its address."""
    rows = AnnualReport.objects.filter(panel=panel).exclude(issued_on=None).select_related("issued_by", "panel")
    return [
        {
            "words": Words(thawed(row)).title + (f", version {row.version}" if row.version > 1 else ""),
            "url": reverse("panel:report-issued", args=[panel.slug, row.pk]),
            "note": issued_words(row),
        }
        for row in rows
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("report.view")
def report(request, panel, who):
    """The draft of a year, for those who may see it; the issued reports for everybody else."""
    if not rules.may(who, "report.draft"):
        return render(request, "complaints/reports.html", {"issued": issued_rows(panel)})
    form, found = asked(panel, request.GET)
    context = {"period_form": form, "issued": issued_rows(panel), "has_errors": bool(form.errors)}
    if found is None:
        return render(request, "complaints/report.html", {**context, "title_words": "Complaints annual report"})
    newest = versions(panel, found.first, found.last).first()
    if newest is not None and newest.issued_on and not request.GET.get("new") and request.method != "POST":
        return redirect("panel:report-issued", panel.slug, newest.pk)
    may_write = rules.may(who, "report.write")
    if request.method == "POST" and not may_write:
        raise Http404
    status, text_form = 200, None
    if request.method == "POST":
        text_form, row = record(lambda: TextForm(panel, request.user, text_row(panel, found), request.POST))
        if row is not None or text_form.is_valid():
            messages.success(request, "The text is saved.")
            return redirect(request.get_full_path())
        status = 422
        if text_form.conflicts:
            context["conflicts"] = table("What they changed", ("Question", "As it is now", "As you left it"), [
                [c.label, c.theirs, c.mine] for c in text_form.conflicts
            ])  # fmt: skip
            context["changed_by"], status = text_form.changed_by, 409
            text_form = text_form.rebased()
    row = text_row(panel, found)
    if text_form is None and may_write:
        text_form = TextForm(panel, request.user, row)
    query = source_of(found, **({"new": "1"} if request.GET.get("new") else {}))
    access_log.note(request, what=found.year)
    page = ReportPage(found, who, {"report": found.year, "as_at": found.as_at.isoformat()})
    context |= {
        "page": page, "title_words": page.words.title, "form": text_form, "row": row, "version": row.version,
        "said": texts(row, page.words), "may_write": may_write,
        "downloads": downloads("panel:report-draft-file", [panel.slug], query),
        "issue_url": f"{reverse('panel:report-issue', args=[panel.slug])}?{urlencode(query)}",
    }  # fmt: skip
    return render(request, "complaints/report.html", context, status=status)


def downloads(name, args, query=None) -> list[dict]:
    """The links to the files."""
    end = f"?{urlencode(query)}" if query else ""
    return [{"words": words, "url": reverse(name, args=[*args, kind]) + end} for kind, words in FORMATS]


def sent(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to be saved."""
    response = HttpResponse(content, content_type=TYPES[kind])
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@in_panel("report.draft")
def draft_file(request, panel, who, kind):
    """The draft as a file."""
    _, found = asked(panel, request.GET)
    if found is None or kind not in TYPES:
        raise Http404
    words = Words(found)
    access_log.note(request, what=words.year)
    return sent(made(kind, found, texts(text_row(panel, found), words)), kind, filename(words, kind, "-draft"))


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("report.write")
def issue_report(request, panel, who):
    """Check what will be frozen, then freeze it."""
    _, found = asked(panel, request.GET)
    if found is None:
        raise Http404
    row = text_row(panel, found)
    words = Words(found)
    access_log.note(request, what=words.year)
    seen = TextForm(panel, request.user, row).newest() if row.pk else ""
    problem = ""
    if request.method == "POST":
        if request.POST.get("seen", "") != seen:
            problem = "Somebody has changed the text since you opened this page. Check it again."
        else:
            try:
                done = issue(row, found, by=request.user)
            except CannotIssue as why:
                problem = str(why)
            else:
                messages.success(request, "Issued. Figures and text are frozen.")
                return redirect("panel:report-issued", panel.slug, done.pk)
    context = {
        "page": ReportPage(found, who, {}), "said": texts(row, words), "version": row.version,
        "seen": seen, "problem": problem, "has_errors": bool(problem),
        "back_url": f"{reverse('panel:report', args=[panel.slug])}?{urlencode(source_of(found, new='1'))}",
    }  # fmt: skip
    return render(request, "complaints/report_issue.html", context, status=409 if problem else 200)


@require_safe
@in_panel("report.view")
def issued(request, panel, who, pk):
    """A report as it was issued, read-only; beside it, for those who see drafts, what the record says otherwise now."""
    row = get_object_or_404(AnnualReport.objects.exclude(issued_on=None), panel=panel, pk=pk)
    access_log.note(request, what=row.pk)
    found = thawed(row)
    page = ReportPage(found, who, {"issued": str(row.pk)})
    draft = rules.may(who, "report.draft")
    again = {"year": found.year or "", "new": "1"}
    context = {
        "page": page, "row": row, "said": said(row), "issued_words": issued_words(row),
        "downloads": downloads("panel:report-issued-file", [panel.slug, row.pk]),
        "different": page.different(annual_report(panel, row.first, row.last)) if draft else None,
        "compared": draft,
        "again_url": f"{reverse('panel:report', args=[panel.slug])}?{urlencode(again)}"
        if rules.may(who, "report.write") and found.year else "",
    }  # fmt: skip
    return render(request, "complaints/report_issued.html", context)


def said(row) -> Texts:
    """The text of an issued report."""
    return Texts(row.recommendation, row.shows, row.papers, row.cases, row.head)


@require_safe
@in_panel("report.view")
def issued_file(request, panel, who, pk, kind):
    """An issued report as a file; the Word file is the one that was frozen."""
    row = get_object_or_404(AnnualReport.objects.exclude(issued_on=None), panel=panel, pk=pk)
    access_log.note(request, what=row.pk)
    if kind not in TYPES:
        raise Http404
    found = thawed(row)
    content = word_file(row) if kind == "docx" else made(kind, found, said(row))
    return sent(content, kind, filename(Words(found), kind, f"-v{row.version}"))
