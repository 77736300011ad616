"""How often one is reminded, and a reminder that a person sends."""

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from panel.casework.case_context import CaseContext
from panel.forms.fields import RadiosField
from panel.forms.layout import Buttons, Layout
from panel.law import clock
from panel.law.period import listed
from panel.models import Membership, ReminderChoice
from panel.pages.base import case_of, in_panel
from panel.pages.people_names import People
from panel.pages.words import case_url
from panel.record.act import sealed_act
from panel.reminders import digest, nudge

When = ReminderChoice.When


class ChoiceForm(forms.Form):
    """How often somebody is reminded."""

    when = RadiosField(
        label="When do you want a reminder of what waits for you?", choices=When.choices,
        required_message="Select when you want a reminder",
    )  # fmt: skip

    def __init__(self, roles, data=None, initial=None):
        super().__init__(data, initial=initial, use_required_attribute=False)
        if not roles & digest.CHAIRS:  # nobody else takes decisions that become ready
            self.fields["when"].choices = [c for c in When.choices if c[0] != When.AT_ONCE]
        self.helper = FormHelper(self)
        self.helper.layout = Layout("when", Buttons("Save"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request):
    """How often the person is reminded, in all their panels together."""
    today = clock.today()
    rows = Membership.objects.in_force(today).filter(user=request.user, role__in=digest.REMINDED)
    roles = set(rows.values_list("role", flat=True))
    row = ReminderChoice.objects.filter(user=request.user).first()
    first = {"when": row.when if row else digest.default_of(roles)}
    form = ChoiceForm(roles, request.POST if request.method == "POST" else None, first)
    if form.is_valid():
        with sealed_act(None, by=request.user, name="change_reminders"):
            row = ReminderChoice.objects.filter(user=request.user).first() or ReminderChoice(user=request.user)
            row.when = form.cleaned_data["when"]
            row.save()
        messages.success(request, "Saved.")
        return redirect("account_reminders")
    context = {
        "form": form,
        "heading": "Reminders",
        "lead": "We email you what waits for you, once a day at most. A reminder names cases by their references, what is to "
        "be done and by when, and nobody.",
        "cancel_url": reverse("start"),
        "back_words": "Home",
    }
    return render(request, "panel/record_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("case.remind")
def remind(request, panel, who, register, reference, duty):
    """Send a reminder of a duty to whoever has to do it."""
    look = CaseContext(case_of(request, who, register, reference), request.user, who)
    found = next((d for d in look.open_duties if d.pk == duty), None)
    if found is None:
        raise Http404
    people = nudge.whom(look, found, People(panel, clock.today()))
    back = case_url(look.case, register)
    names = listed([user.name for user in people])
    if request.method == "POST" and people:
        try:
            nudge.remind(look, found, people)
            messages.success(request, f"A reminder to {names} leaves within a minute.")
        except nudge.NotAgain:
            messages.info(request, "A reminder of it was sent today. One a day is enough.")
        return redirect(back)
    what, by = nudge.words_of(look, found)
    context = {
        "case": look.case, "names": names, "what": what, "by": by, "sent": nudge.reminded_today(found),
        "back": {"url": back, "words": look.case.reference},
    }  # fmt: skip
    return render(request, "panel/remind.html", context)
