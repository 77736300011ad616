"""The page for a person whose step came second: both texts side by side, and a choice what to do with one's own."""

import json

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.shortcuts import redirect, render

from panel.casework.case_context import CaseContext
from panel.casework.drafts import as_query, may_take
from panel.casework.entry_words import entry_words
from panel.casework.errors import Invalid, Refused, Stale
from panel.casework.perform import begin, perform
from panel.law import clock
from panel.law.roles import Role
from panel.models import Draft
from panel.pages.answers import summary_of
from panel.pages.base import case_of
from panel.pages.people_names import People
from panel.pages.step_words import begin_quietly, did_words
from panel.pages.timeline import answers_of, by_words
from panel.pages.words import case_url, step_url


class StepStaleMixin:
    """The part of `StepView` for a person whose step came second. It uses the case, the step and the answers that the
    view has found."""

    def sent_before(self, request, stale) -> bool:
        """Whether what was done since is this very text, by the same person: a form without a token, sent twice."""
        mine = [e for e in stale.entries if e.by_id == request.user.pk and e.step == self.step.key]
        if not mine or request.FILES:
            return False
        look = CaseContext(self.case, request.user, self.who)
        form = begin_quietly(look, self.step, self.posted).form
        if form.errors:
            return False
        said = json.loads(json.dumps(form.answers_to_store(), cls=DjangoJSONEncoder))
        wanted = (form.cleaned_data["on"], form.cleaned_data.get("why", ""), said)
        return any((e.on, e.why, e.answers) == wanted for e in mine)

    def stale(self, request, stale, seen, error=""):
        """Show both texts side by side, and ask what to do with one's own."""
        look = CaseContext(case_of(request, self.who, self.register, self.case.reference), request.user, self.who)
        if not may_take(look, self.step):
            begin(look.case, self.step.key, request.user)  # refuses, and says why: nothing is kept of it
        draft = self.keep(request, seen)
        theirs = [
            {
                "words": entry_words(look, e),
                "by": by_words(e),
                "when": e.entered_at,
                "rows": answers_of(look, e),
                "provision": look.procedure.past_step(e.step).at(look.stood(e)).provision,
            }
            for e in stale.entries
        ]
        possible = True
        try:
            begin(look.case, self.step.key, request.user)
        except Refused:
            possible = False
        attempt = begin_quietly(look, self.step, self.posted)
        first = stale.entries[-1] if stale.entries else None
        context = {
            "step": self.step,
            "case_url": case_url(look.case, self.register),
            "caption": str(look.case),
            "who": (first and first.by_words) or "Somebody",
            "did": did_words(first, self.step) if first else "changed this",
            "at": first.entered_at if first else None,
            "it": "the decision" if first and first.step == self.step.key and self.step.decided_by else "it",
            "monitoring_officer": People(self.panel, clock.today()).who(Role.MONITORING_OFFICER),
            "error": error,
            "has_errors": bool(error),
            "theirs": theirs,
            "mine": summary_of(attempt),
            "possible": possible,
            "draft": draft,
            "may_note": bool(look.roles & set(look.procedure.past_step("note_contact").entered_by)),
            "may_ask": bool(look.roles & set(look.procedure.past_step("ask_for_reversal").entered_by)),
        }
        return render(request, "panel/stale.html", context, status=422 if error else 409)

    def after_stale(self, request):
        """Do what the person chose for their own text."""
        choice = self.posted.get("stale")
        draft = Draft.objects.filter(user=request.user, case=self.case, step=self.step.key).first()
        if draft is None or choice == "draft":
            messages.success(request, "Kept as a draft that only you can see.")
            return redirect(self.back["url"])
        if choice == "again":
            return redirect(step_url(self.case, self.register, self.step.key))
        look = CaseContext(self.case, request.user, self.who)
        mine = summary_of(begin_quietly(look, self.step, as_query(draft.answers)))
        text = "\n".join([f"{self.step.label} (not recorded)", *[f"{r['label']}: {r['value']}" for r in mine]])[:10_000]
        try:
            if choice == "note":
                perform(self.case, "note_contact", by=request.user, kind="note", note=text)
                words = "Your text is on the case as a file note."
            elif choice == "reverse":
                perform(self.case, "ask_for_reversal", by=request.user, why=text)
                words = "The Monitoring Officer has been asked to take the step back."
            else:
                self.posted = as_query(draft.answers)
                since = Stale(self.case, [e for e in look.entries if e.number > draft.seen])
                return self.stale(request, since, draft.seen, error="Select what you want to do with your text")
        except Invalid:
            messages.error(request, "Your text could not be noted. It is kept as a draft.")
            return redirect(self.back["url"])
        draft.delete()
        messages.success(request, words)
        return redirect(self.back["url"])
