"""How somebody may reach the Panel for a time, and where that is shown."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from panel.casework.case_context import CaseContext
from panel.forms.fields import DateField, LongTextField, TextField
from panel.law import clock
from panel.law.period import day_words
from panel.letters.forms import helper
from panel.models import Complainant, ContactRestriction
from panel.pages.base import case_of, in_panel
from panel.pages.drafts import typed
from panel.pages.words import case_url
from panel.record.act import sealed_act


def who_complained(look: Any) -> Complainant | None:
    """The complainant of the case, in a register whose cases have one."""
    return getattr(look.case, "complainant", None)


def restrictions(look: Any, day: date | None = None) -> list[ContactRestriction]:
    """What holds for the complainant of the case, on whichever case of theirs it was decided: for the same name or email
    address in the panel."""
    who = who_complained(look)
    if who is None or not look.facts.sees_complainant:
        return []
    same = Q(complainant=who) | Q(complainant__name__iexact=who.name)
    if who.email:
        same |= Q(complainant__email__iexact=who.email)
    rows = ContactRestriction.objects.filter(same, complainant__panel=look.panel).select_related("complainant")
    return [row for row in rows if row.holds(day or look.today)]


def shown(look: Any) -> list[str]:
    """The same in sentences, for wherever somebody would write to them."""
    return [
        f"Contact is restricted until {day_words(row.until)}: {row.way.rstrip('.')}. {row.decided_by} decided it; it is looked "
        f"at again on {day_words(row.review_on)}. Why: {row.reason}"
        for row in restrictions(look)
    ]


class ContactForm(forms.Form):
    """How they may reach the Panel, why, until when, and who decided it."""

    way = TextField(
        label="How may they reach us?", required_message="Enter how they may reach us", max_length=300,
        help_text="Such as: by letter, once a month. A new complaint may always be made.",
    )  # fmt: skip
    reason = LongTextField(label="Why?", required_message="Enter why", rows=4, max_length=2000)
    from_date = DateField(label="From when?", what="the day from which it holds")
    until = DateField(label="Until when?", what="the day until which it holds")
    decided_by = TextField(label="Who decided it?", required_message="Enter who decided it", max_length=150)
    review_on = DateField(label="When is it looked at again?", what="the day on which it is looked at again")
    reviewer = TextField(
        label="Who considers it, if they do not agree?", required_message="Enter who considers it", max_length=150
    )

    def __init__(self, data: Any = None, initial: Any = None):
        super().__init__(data, initial=initial, use_required_attribute=False)
        self.helper = helper(self, "way", "reason", "from_date", "until", "decided_by", "review_on", "reviewer")

    def clean(self) -> dict[str, Any]:
        """It ends, and is looked at again before it does."""
        found = super().clean() or self.cleaned_data
        first, last, again = (found.get(name) for name in ("from_date", "until", "review_on"))
        if first and last and last < first:
            self.add_error("until", "The day until which it holds must be on or after the first")
        if first and again and again < first:
            self.add_error("review_on", "The day on which it is looked at again must be on or after the first")
        if last and again and again > last:
            self.add_error("review_on", "It must be looked at again before it ends")
        return found


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("letter.write", kept="Restrict contact")
def contact(request, panel, who, register, reference):
    """Restrict contact, or end a restriction. Raises Http404 where nobody complained."""
    look = CaseContext(case_of(request, who, register, reference), request.user, who)
    person = who_complained(look)
    if person is None or look.case.erased_on:
        raise Http404
    posted, sends = typed(request), request.method == "POST"
    held = restrictions(look)
    if sends and "end" in posted:
        with sealed_act(panel, by=request.user, name="restrict_contact"):
            for row in held:
                row.ended_on = look.today
                row.save()
        messages.success(request, "The restriction has ended.")
        return redirect(case_url(look.case, register, "case-letters"))
    form = ContactForm(posted, initial={"from_date": clock.today()})
    if sends and form.is_valid():
        with sealed_act(panel, by=request.user, name="restrict_contact"):
            ContactRestriction.objects.create(complainant=person, **form.cleaned_data)
        messages.success(request, "Contact is restricted. Write to them how they may reach you.")
        return redirect(case_url(look.case, register, "case-letters"))
    context = {
        "form": form, "caption": str(look.case), "held": shown(look), "case": look.case,
        "back": {"url": case_url(look.case, register, "case-letters"), "words": "Letters"},
    }  # fmt: skip
    return render(request, "letters/contact.html", context, status=422 if sends else 200)
