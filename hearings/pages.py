"""Pages that only hearings have: the question sheet, and which days of hearing and notification fit each other."""

from django import forms
from django.shortcuts import render
from django.urls import re_path
from django.views.decorators.http import require_safe

from hearings.attendance import record_of
from hearings.models import Question
from hearings.presenter.planned import hearings_shown, window_shown
from hearings.procedure.law import two_thirds
from panel.casework.case_context import CaseContext
from panel.forms.fields import DateField, SelectField
from panel.law import clock
from panel.law.period import day_words
from panel.pages.base import case_of, in_panel
from panel.pages.words import case_url
from panel.procedure.register import REGISTERS

CASE = r"^(?P<reference>[A-Z]{1,4}-H-\d{4}-\d{4,})"


def look_at(request, who, reference) -> CaseContext:
    """The hearing as the person sees it. Raises Http404 for one that they do not see."""
    return CaseContext(case_of(request, who, REGISTERS["hearings"], reference), request.user, who)


@require_safe
@in_panel("case.list")
def sheet(request, panel, who, reference):
    """The plan of questions as a sheet to print: who asks what, with room for notes."""
    look = look_at(request, who, reference)
    record = record_of(look.facts)
    themes, number = [], 0
    for theme in Question.Theme:
        rows = []
        for question in [q for q in look.facts.questions if q.theme == theme]:
            number += 1
            rows.append({"number": number, "question": question})
        if rows:
            themes.append({"heading": theme.label, "rows": rows})
    members = len(look.facts.members_on(record.on if record else clock.today()))
    context = {
        "look": look,
        "record": record,
        "when": ", ".join(said for said in (day_words(record.on), record.at) if said) if record else "",
        "names": " and ".join(look.facts.candidates),
        "themes": themes,
        "order": order_of(look),
        "members": members,
        "needed": two_thirds(members) if look.facts.law.schedule == 8 and not look.facts.reserve else None,
    }
    return render(request, "hearings/sheet.html", context)


def order_of(look) -> list[tuple[str, str]]:
    """The order of a hearing, and who leads each part of it."""
    names = look.names
    vote = "deliberation and vote" if look.facts.law.schedule == 1 else "deliberation; recommendation or veto"
    return [
        ("Welcome; substitutes, apologies and interests", names["chairman"]),
        ("The proposal, and how the candidate was chosen", names["commissioner"]),
        ("Opening words", "Candidate"),
        ("Questions on professional competence", "Members"),
        ("Questions on personal independence", "Members"),
        ("Anything to add or to put right", "Candidate"),
        (f"Motion to exclude the public, if moved; {vote}", "Panel"),
    ]


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
    re_path(rf"{CASE}/days/$", days, name="hearing-days"),
]
