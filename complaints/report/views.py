"""The annual report: its draft with figures and text, issuing it, and the reports that were issued."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import resolve, reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from complaints.models import AnnualReport
from complaints.report import periods
from complaints.report.document import document, issued_words
from complaints.report.figures import NoReport, annual_report
from complaints.report.forms import PeriodForm
from complaints.report.from_register import not_known_yet
from complaints.report.html import as_html, within_a_page
from complaints.report.issue import (
    CannotIssue,
    cannot_go_out,
    gone,
    issue,
    issued_file_of,
    texts,
    thawed,
    versions,
)  # fmt: skip
from complaints.report.left_behind import left_behind
from complaints.report.page import TYPES, ReportPage, filename, formats, made
from complaints.report.record_read import end_of
from complaints.report.text_form import TextForm, text_row
from panel.access import rules
from panel.casework import drafts
from panel.files import pdf
from panel.forms.record_form import record
from panel.law import clock
from panel.models import Panel
from panel.pages.base import in_panel
from panel.pages.drafts import typed
from panel.pages.tables import table
from panel.record import access_log


def asked(panel, query):
    """(form, report or None): the report that the address asks for; the form says what is wrong with it."""
    form = PeriodForm(panel, query)
    if not form.is_valid():
        return form, None
    try:
        return form, annual_report(panel, *form.period, form.cleaned_data["as_at"], previous=True)
    except NoReport as why:
        form.refuse(str(why), why.field)
        return form, None


def source_of(report, **more) -> dict[str, str]:
    """The parameters that ask for the same report again."""
    return {"year": report.period, "as_at": report.as_at.isoformat(), **more}


def draft_rows(panel, report) -> list[dict]:
    """The drafts of other periods: nothing that was typed is out of sight when the menu moves on."""
    rows = AnnualReport.objects.filter(panel=panel, issued_on=None)
    found = [
        periods.Period(row.first, row.last) for row in rows if (row.first, row.last) != (report.first, report.last)
    ]
    page = reverse("panel:report", args=[panel.slug])
    return [{"words": p.in_words, "url": f"{page}?{urlencode({'year': p.slug, 'new': '1'})}"} for p in found]


def issued_rows(panel) -> list[dict]:
    """Every issued report, newest period first, with its address."""
    rows = AnnualReport.objects.filter(panel=panel).exclude(issued_on=None).select_related("issued_by", "panel")
    return [
        {
            "words": thawed(row).shown["title"] + (f", version {row.version}" if row.version > 1 else ""),
            "url": reverse("panel:report-issued", args=[panel.slug, row.pk]),
            "note": issued_words(row),
            "pk": row.pk,
        }  # fmt: skip
        for row in rows
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("report.view", kept="Annual report")
def report(request, panel, who):
    """The draft of a year, for those who may see it; the issued reports for everybody else."""
    if not rules.may(who, "report.draft"):
        return render(request, "complaints/reports.html", {"issued": issued_rows(panel)})
    form, found = asked(panel, request.GET)
    context = {"period_form": form, "forms": [form], "issued": issued_rows(panel), "has_errors": bool(form.errors)}
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
        done, text_form, status = taken(request, panel, found, context)
        if done is not None:
            return done
    row = text_row(panel, found)
    if text_form is None and may_write:
        text_form = TextForm(panel, request.user, row, typed(request, kept_at(request)))
        if text_form.errors and text_form.conflicts:
            _, text_form, _ = conflicting(text_form, context)
    query = source_of(found, **({"new": "1"} if request.GET.get("new") else {}))
    access_log.note(request, what=found.period)
    page = ReportPage(found, who, {"report": found.period, "as_at": found.as_at.isoformat()})
    context |= {
            "page": page, "not_known_yet": not_known_yet(panel, found.as_at, end_of(found.as_at)),
            "title_words": page.words["title"], "form": text_form, "row": row, "version": row.version,
            "left": left_behind(row, found),
        "printed": "" if may_write else within_a_page(as_html(document(found, texts(row, found)))),
        "downloads": downloads("panel:report-draft-file", [panel.slug], query), "drafts": draft_rows(panel, found),
        "delegated_url": reverse("panel:report-delegated", args=[panel.slug]),
        "more_url": f"{reverse('panel:report-more', args=[panel.slug])}?{urlencode(source_of(found))}",
    }  # fmt: skip
    return render(request, "complaints/report.html", context, status=status)


def kept_at(request) -> str:
    """The address at which a text that was typed and not saved is kept: that of the period, whatever the day."""
    panel = Panel.objects.on(clock.today()).get(slug=resolve(request.path).kwargs["panel"])
    form = PeriodForm(panel, request.GET)
    period = periods.Period(*form.period).slug if form.is_valid() else request.GET.get("year", "")
    return f"{request.path}?{urlencode({'year': period, 'new': '1'})}"


report.kept_at = kept_at


def another_period(request, panel, found):
    """The page of the period that was chosen above the text; what was typed, if it says anything else, is kept first."""
    form = TextForm(panel, request.user, text_row(panel, found), request.POST)
    key = request.press.key if request.press else ""
    if set(form.changed_data) - {"version"} and drafts.rescue(request, request.user, key):
        messages.info(request, "What you typed is not saved yet. It is kept as a draft that only you can see.")
    query = {k: v for k, v in request.POST.items() if k == "year" or k.startswith(("first", "last", "as_at"))}
    return redirect(f"{request.path}?{urlencode({**query, **({'new': '1'} if request.GET.get('new') else {})})}")


def taken(request, panel, found, context):
    """(the answer or None, the form, its status): what stands on the page is kept, or kept and checked, or made into a file
    without being kept. Nothing that was typed is lost: a form with errors comes back as it was sent."""
    then = request.POST.get("then", "")
    if then == "show":
        return another_period(request, panel, found), None, 200
    if then in TYPES:
        form = TextForm(panel, request.user, text_row(panel, found), request.POST)
        if form.is_valid():
            access_log.note(request, what=found.period)
            return as_file(made(then, found, form.texts), then, filename(found, then, "-draft")), form, 200
        return (None, form, 422) if not form.conflicts else conflicting(form, context)
    form, row = record(lambda: TextForm(panel, request.user, text_row(panel, found), request.POST))
    if row is not None or form.is_valid():
        drafts.finished(request.user, request.press.key if request.press else "")
        if then == "check":
            query = source_of(found, **({"new": "1"} if request.GET.get("new") else {}))
            return redirect(f"{reverse('panel:report-issue', args=[panel.slug])}?{urlencode(query)}"), form, 200
        messages.success(request, "The text is saved.")
        return redirect(request.get_full_path()), form, 200
    return (None, form, 422) if not form.conflicts else conflicting(form, context)


def conflicting(form, context):
    """What somebody else has changed meanwhile, beside what was typed."""
    context["conflicts"] = table("What they changed", ("Question", "As it is now", "As you left it"), [
        [c.label, c.theirs, c.mine] for c in form.conflicts
    ])  # fmt: skip
    context["changed_by"] = form.changed_by
    return None, form.rebased(), 409


def downloads(name, args, query=None) -> list[dict]:
    """The links to the files."""
    end = f"?{urlencode(query)}" if query else ""
    return [{"words": words, "url": reverse(name, args=[*args, kind]) + end} for kind, words in formats()]


def as_file(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to be saved."""
    response = HttpResponse(content, content_type=TYPES[kind])
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@in_panel("report.draft")
def draft_file(request, panel, who, kind):
    """The draft as a file, with the text that is kept."""
    _, found = asked(panel, request.GET)
    if found is None or kind not in TYPES:
        raise Http404
    access_log.note(request, what=found.period)
    try:
        content = made(kind, found, texts(text_row(panel, found), found))
    except pdf.NoPdf as why:
        raise Http404(str(why)) from why
    return as_file(content, kind, filename(found, kind, "-draft"))


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("report.write")
def issue_report(request, panel, who):
    """Check the paper itself, then freeze it."""
    _, found = asked(panel, request.GET)
    if found is None:
        raise Http404
    row = text_row(panel, found)
    said = texts(row, found)
    access_log.note(request, what=found.period)
    seen = TextForm(panel, request.user, row).newest() if row.pk else ""
    problem = cannot_go_out(row, said)
    if request.method == "POST" and not problem:
        if request.POST.get("seen", "") != seen:
            problem = "Somebody has changed the text since you opened this page. Check it again."
        else:
            try:
                done = issue(row, found, by=request.user)
            except CannotIssue as why:
                problem = str(why)
            else:
                messages.success(request, "Issued. Figures, text and files are frozen.")
                return redirect("panel:report-issued", panel.slug, done.pk)
    context = {
        "left": left_behind(row, found), "meeting_gone": said.meeting_on if gone(said.meeting_on) else None,
        "page": ReportPage(found, who, {}), "printed": within_a_page(as_html(document(found, said))), "version": row.version,
        "seen": seen, "problem": problem, "has_errors": bool(problem) and request.method == "POST",
        "cannot": cannot_go_out(row, said), "others": row.others_named.splitlines(),
        "downloads": downloads("panel:report-draft-file", [panel.slug], source_of(found, new="1")),
        "back_url": f"{reverse('panel:report', args=[panel.slug])}?{urlencode(source_of(found, new='1'))}",
    }  # fmt: skip
    status = 409 if problem and request.method == "POST" else 200
    return render(request, "complaints/report_issue.html", context, status=status)


@require_safe
@in_panel("report.view")
def issued(request, panel, who, pk):
    """A report as it was issued, read-only; beside it, for those who see drafts, what the record says otherwise now."""
    row = get_object_or_404(AnnualReport.objects.exclude(issued_on=None), panel=panel, pk=pk)
    access_log.note(request, what=row.pk)
    found = thawed(row)
    page = ReportPage(found, who, {"issued": str(row.pk)})
    draft = rules.may(who, "report.draft")
    again = {"year": found.period, "new": "1"}
    others = [one for one in issued_rows(panel) if one["pk"] != row.pk]
    context = {
        "page": page, "row": row, "issued_words": issued_words(row), "others": others,
        "downloads": downloads("panel:report-issued-file", [panel.slug, row.pk]),
        "different": page.different(annual_report(panel, row.first, row.last, previous=True)) if draft else None,
        "compared": draft, "head": row.head if draft else "", "printed": within_a_page(issued_file_of(row, "html").decode()),
        "again_url": f"{reverse('panel:report', args=[panel.slug])}?{urlencode(again)}"
        if rules.may(who, "report.write") else "",
    }  # fmt: skip
    return render(request, "complaints/report_issued.html", context)


@require_safe
@in_panel("report.view")
def issued_file(request, panel, who, pk, kind):
    """An issued report as a file, as it was frozen."""
    row = get_object_or_404(AnnualReport.objects.exclude(issued_on=None), panel=panel, pk=pk)
    access_log.note(request, what=row.pk)
    if kind not in TYPES:
        raise Http404
    try:
        content = issued_file_of(row, kind)
    except pdf.NoPdf as why:
        raise Http404(str(why)) from why
    return as_file(content, kind, filename(thawed(row), kind, f"-v{row.version}"))
