"""Pages that only hearings have: the question sheet, and which days of hearing and notification fit each other."""

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import re_path
from django.views.decorators.http import require_safe

from hearings.attendance import record_of
from hearings.presenter.planned import hearings_shown, window_shown
from hearings.report.frozen import TYPES
from hearings.report.question_sheet import can_veto, members_on_the_day, order_of, sheet_paper, themes_of, when_words
from panel.casework.case_context import CaseContext
from panel.files import pdf
from panel.files.paper import as_page
from panel.files.paper_word import as_word
from panel.forms.fields import DateField, SelectField
from panel.law import clock
from panel.law.meetings import two_thirds
from panel.pages.base import case_of, in_panel
from panel.pages.words import case_url
from panel.procedure.register import REGISTERS

CASE = r"^(?P<reference>[A-Z]{1,4}-H-\d{4}-\d{4,})"


def look_at(request, who, reference) -> CaseContext:
    """The hearing as the person sees it. Raises Http404 for one that they do not see."""
    return CaseContext(case_of(request, who, REGISTERS["hearings"], reference), request.user, who)


@require_safe
@in_panel("case.list")
def sheet(request, panel, who, reference, kind="html"):
    """The plan of questions as a sheet: who asks what, with room for notes; as a page to print, in Word or as a PDF file.
    Raises Http404 where this server can make no PDF."""
    look = look_at(request, who, reference)
    if kind != "html":
        return sheet_file(look, kind)
    members = members_on_the_day(look)
    context = {
        "look": look,
        "record": record_of(look.facts),
        "when": when_words(look),
        "names": " and ".join(look.facts.candidates),
        "themes": themes_of(look),
        "order": order_of(look),
        "members": members,
        "needed": two_thirds(members) if can_veto(look) else None,
        "pdf": pdf.can_be_made(),
    }
    return render(request, "hearings/sheet.html", context)


def sheet_file(look, kind):
    """The sheet as a file. Raises Http404 where this server can make no PDF."""
    paper = sheet_paper(look)
    try:
        content = as_word(paper, look.entries[-1].entered_at.replace(tzinfo=None)) if kind == "docx" else pdf.as_pdf(
            as_page(paper, whole=True)
        )  # fmt: skip
    except pdf.NoPdf as error:
        raise Http404(str(error)) from error
    response = HttpResponse(content, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{look.case.reference}-question-sheet.{kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


class DayForm(forms.Form):
    """A day to try."""

    which = SelectField(
        label="Of what?", choices=[("hearing", "The hearing"), ("notification", "The notification")], blank=None
    )
    day = DateField(label="Which day?", what="the day")


@require_safe
@in_panel("case.list")
def days(request, panel, who, reference):
    """Which notifications fit a hearing of one day, or which hearings a notification of one day."""
    look = look_at(request, who, reference)
    register = REGISTERS["hearings"]
    form = DayForm(request.GET or None)
    plan = None
    if form.is_bound and form.is_valid():
        shown = window_shown if form.cleaned_data["which"] == "hearing" else hearings_shown
        try:
            plan = shown(look, form.cleaned_data["day"])
        except clock.Uncountable as error:
            form.add_error("day", forms.ValidationError(str(error).rstrip(".")))
    context = {
        "look": look,
        "form": form,
        "plan": plan,
        "back": {"url": case_url(look.case, register), "words": str(look.case)},
    }
    return render(request, "hearings/days.html", context)


urlpatterns = [
    re_path(rf"{CASE}/question-sheet/$", sheet, name="hearing-sheet"),
    re_path(rf"{CASE}/question-sheet\.(?P<kind>docx|pdf)$", sheet, name="hearing-sheet"),
    re_path(rf"{CASE}/days/$", days, name="hearing-days"),
]
