"""Work out a day: every period that the product knows, counted day by day, by the same functions as `manage.py deadline`.
Open to the public where the panel's settings say so: it asks nothing of any case."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from panel.access import rules
from panel.forms.fields import DateField, NumberField
from panel.forms.layout import Layout
from panel.law import clock
from panel.law.period import TwelveMonths, long_date
from panel.law.period_kinds import KINDS, PeriodKind
from panel.law.provisions import cite
from panel.models import Panel
from panel.pages.base import in_panel
from panel.pages.people_page import panel_tabs


class DayForm(forms.Form):
    """What one kind of period asks."""

    def __init__(self, kind: PeriodKind, query: Any):
        super().__init__(query or None, use_required_attribute=False)
        for ask in kind.asks:
            words = ask.words[:1].upper() + ask.words[1:]
            if ask.takes == "date":
                self.fields[ask.name] = DateField(label=words, what=ask.words, required=not ask.optional)
            else:
                self.fields[ask.name] = NumberField(
                    label=words, required=not ask.optional, min_value=0, max_value=clock.LONGEST_PERIOD_UNITS,
                    required_message=f"Enter {ask.words}",
                )  # fmt: skip
        self.helper = FormHelper(self)
        self.helper.form_tag, self.helper.disable_csrf, self.helper.label_size = False, True, "s"
        self.helper.layout = Layout(*self.fields)


def answered(kind: PeriodKind, form: DayForm) -> dict | None:
    """The answer with its count; None where nothing was asked or something is missing. What cannot be counted is an error
    of the form."""
    if not form.is_bound or not form.is_valid():
        return None
    given = {name: value for name, value in form.cleaned_data.items() if value is not None}
    try:
        found = kind.reckon(**given)
    except ValueError as error:
        form.add_error(None, str(error))
        return None
    under = cite(*kind.provisions, capital=True) if kind.provisions else ""
    if isinstance(found, TwelveMonths):
        return {
            "heading": "Yes" if found.answer else "No",
            "explanation": found.explanation,
            "lines": [],
            "under": under,
        }
    return {
        "heading": long_date(found.day), "explanation": found.explanation, "lines": found.folded, "under": under,
        "left_out": [f"{long_date(day)}: {why}" for day, why in found.excluded],
    }  # fmt: skip


def page(request: Any, base: str, context: dict) -> HttpResponse:
    """The page for one kind, or the choice of kinds."""
    kind = KINDS.get(request.GET.get("kind", ""))
    choices = [{"words": k.words[:1].upper() + k.words[1:], "url": f"{base}?kind={k.name}"} for k in KINDS.values()]
    context |= {"choices": choices, "base": base}
    if kind is not None:
        query = {k: v for k, v in request.GET.items() if k != "kind"}
        form = DayForm(kind, query)
        context |= {
            "kind": kind,
            "answer": answered(kind, form),
            "form": form,
            "heading": kind.words[:1].upper() + kind.words[1:],
        }
    return render(request, "meetings/days.html", context)


@require_safe
@in_panel("help.view")
def work_out(request: Any, panel: Any, who: Any) -> HttpResponse:
    """The page of somebody who is signed in."""
    base = reverse("panel:work-out", args=[panel.slug])
    return page(request, base, {"tabs": panel_tabs(panel, who, "panel:work-out")})


@login_not_required
@require_safe
def open_days(request: Any, panel: str) -> HttpResponse:
    """The page of the public, without sign-in and without any case. Raises Http404 where the panel's settings close it."""
    found = Panel.objects.filter(slug=panel).first()
    if found is None or not found.settings_on(clock.today()).public_days:
        raise Http404
    if rules.standing(request.user, found).roles:
        query = request.GET.urlencode()
        return redirect(reverse("panel:work-out", args=[found.slug]) + (f"?{query}" if query else ""))
    return page(request, reverse("open-days", args=[found.slug]), {"panel_name": found.names.name})
