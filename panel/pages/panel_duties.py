"""What the Panel owes apart from any case: on the home page of staff, and the page on which it is noted as done."""

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from panel.forms.fields import DateField, TextField
from panel.forms.layout import Buttons, Layout
from panel.forms.spoken import speak
from panel.law import clock
from panel.law.period import day_words
from panel.law.provisions import cite
from panel.law.spoken import say
from panel.models import PanelDuty
from panel.pages.base import in_panel
from panel.pages.drafts import typed
from panel.record.act import sealed_act

ADDRESSES = ("complaints_address", "complaints_email", "complaints_telephone")
UNDER = {PanelDuty.Kind.TELL_ADDRESS: ("reg 30",)}


def address_changed(panel, before, row) -> PanelDuty | None:
    """Open the duty to tell the Commissioner where the address for complaints is another from that row's day on; inside the
    act that changed it."""
    if not any(getattr(before, name) and getattr(before, name) != getattr(row, name) for name in ADDRESSES):
        return None
    kind = PanelDuty.Kind.TELL_ADDRESS
    found = panel.panel_duties.filter(kind=kind, met_on=None).first()
    return found or PanelDuty.objects.create(panel=panel, kind=kind, since=row.from_date)


def owed(panel) -> list[dict]:
    """What is still to be done, for the home page."""
    return [
        {
            "words": say(str(duty.get_kind_display())),
            "note": f"{cite(*UNDER[duty.kind])}, since {day_words(duty.since)}",
            "url": reverse("panel:panel-duty", args=[panel.slug, duty.pk]),
        }
        for duty in panel.panel_duties.filter(met_on=None)
    ]


class MetForm(forms.Form):
    """When and how it was done."""

    met_on = DateField(label="When was it done?", what="the day on which it was done", past=True)
    met_how = TextField(
        label="How?",
        max_length=200,
        required_message="Enter how it was done",
        help_text="Such as: email to the office.",
    )

    def __init__(self, data=None):
        super().__init__(data, use_required_attribute=False)
        self.fields["met_on"].initial, self.fields["met_on"].today = clock.today(), clock.today
        self.helper = FormHelper(self)
        self.helper.label_size = "s"
        self.helper.layout = Layout(*self.fields, Buttons("Record that it was done"))
        speak(self)


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("case.hand_over", kept="What the Panel owes")
def panel_duty(request, panel, who, pk):
    """Note what was owed as done."""
    row = get_object_or_404(PanelDuty, panel=panel, pk=pk, met_on=None)
    form = MetForm(typed(request))
    home = reverse("panel:home", args=[panel.slug])
    if request.method == "POST" and form.is_valid():
        with sealed_act(panel, by=request.user, name="meet_panel_duty", why=str(row)):
            row.met_on, row.met_how, row.met_by = (
                form.cleaned_data["met_on"],
                form.cleaned_data["met_how"],
                request.user,
            )
            row.save()
        messages.success(request, "Recorded.")
        return redirect(home)
    context = {"form": form, "heading": str(row), "cancel_url": home, "back_words": "Home"}
    return render(request, "panel/record_form.html", context, status=422 if request.method == "POST" else 200)


urls = [path("<int:pk>/", panel_duty, name="panel-duty")]
