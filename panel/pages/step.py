"""The page of each step, and the addresses under a register."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import include, path, reverse
from django.views import View
from django.views.decorators.http import require_http_methods

from panel.access import rules
from panel.casework.case_context import CaseContext
from panel.casework.drafts import as_query, cleaned, may_take
from panel.casework.entry_words import entry_words
from panel.casework.errors import Invalid, Refused, Stale
from panel.casework.offers import TAKEN_AWAY, declared, list_roles, not_closed, not_erased, offer
from panel.casework.perform import begin, perform
from panel.forms.fields import number_in
from panel.law.period import day_words
from panel.law.roles import Role
from panel.law.spoken import say
from panel.pages import access_log, documents, downloads, drafts, history
from panel.pages.base import case_of, forbidden, in_panel
from panel.pages.case import case, case_timeline, parts, tab
from panel.pages.case_list import cases
from panel.pages.letter_links import LettersOfDuties
from panel.pages.own_drafts import take_draft
from panel.pages.people_names import People
from panel.pages.remedy import remedied
from panel.pages.step_check import StepCheckMixin
from panel.pages.step_draft import StepDraftMixin
from panel.pages.step_message import StepMessageMixin
from panel.pages.step_stale import StepStaleMixin
from panel.pages.step_words import provision_bar, will_follow
from panel.pages.words import case_url, gone_by, next_duty, step_url, when_words
from panel.procedure.vocabulary import Refusal
from panel.procedure.who_acts import arranged


class StepView(StepDraftMixin, StepCheckMixin, StepStaleMixin, StepMessageMixin, View):
    """The page of one step. It asks, shows the answers again where the step declares that, takes the step, and says
    when somebody else was first."""

    kept = False  # whether what was typed became a draft

    def case_and_look(self, request, who, register, reference):
        """The case, or a new one for a step that begins a case."""
        if reference is None:
            return register.case_model(panel=request.panel, procedure=self.procedure.key)
        return case_of(request, who, register, reference)

    def dispatch(self, request, panel, who, register, key, reference=None):
        """Find the case and the step. Refuse a step that this person or this case may not take."""
        self.panel, self.who, self.register = panel, who, register
        self.posted = cleaned(request.POST)
        under = request.GET.get("under") or register.procedure.key
        try:
            self.procedure = register.follows(under)  # of a case: its own, below
            self.case = self.case_and_look(request, who, register, reference)
            self.procedure = arranged(register.follows(self.case.procedure), panel.who_acts)
            self.step = register.step(self.procedure, key)
        except KeyError:
            raise Http404 from None
        if (self.step.creates == "case") != (reference is None):
            raise Http404
        self.back = (
            {"url": case_url(self.case, register), "words": str(self.case)}
            if reference
            else {"url": reverse("panel:cases", args=[panel.slug, register.slug]), "words": register.words}
        )
        try:
            declared(register, self.procedure, key)
            self.step = self.step.at(self.case.status)
            not_erased(self.case)
            not_closed(CaseContext(self.case, request.user, self.who), self.step)
            self.find_message(request)
        except Refused as refused:  # no draft is kept of what this case can never come to
            return self.refused(request, refused)
        try:
            if reference is None and register.choices and "under" not in request.GET:
                return self.choose(request)
            return super().dispatch(request)
        except Refused as refused:
            if request.method == "POST" and not refused.role:
                self.keep(request, self.case.version)
                self.kept = True
            return self.refused(request, refused)

    def choose(self, request):
        """Ask which kind of case to log, in a register with several kinds."""
        if not self.who.roles & set(self.step.entered_by):
            raise Refused([Refusal("", self.step.provisions)], role=True)
        groups = [
            {"heading": heading, "links": [{"words": say(w), "url": query, "note": say(note)} for w, query, note in rows]}
            for heading, rows in self.register.choices()
        ]  # fmt: skip
        context = {"heading": self.step.label, "groups": groups, "back": self.back}
        return render(request, "panel/choose.html", context)

    def get(self, request):
        """Ask the questions."""
        attempt = begin(self.case, self.step.key, request.user)
        draft = drafts.gone_on_with(request, self.drafts(request))
        form = attempt.form
        if self.message is not None and (draft is None or draft.answers.get("message") != [str(self.message.key)]):
            form, draft = self.step.form(attempt, draft=self.filled()), None
        elif draft is not None:
            form = self.step.form(attempt, draft=as_query(draft.answers))
            self.posted = as_query(draft.answers)
            self.find_message(request)
        for name in form.fields.keys() & request.GET.keys():  # a link may answer a question beforehand
            form.initial[name] = request.GET[name]
        if "duty" in request.GET and "duties" in form.fields:
            form.initial["duties"] = [v for v in request.GET.getlist("duty") if number_in(v) is not None]
        return self.page(request, attempt, form, draft=draft)

    def post(self, request):
        """Store a draft, show the answers again, or take the step."""
        if "after" in self.posted and self.case.pk:
            return self.after_stale(request)
        seen = number_in(self.posted.get("seen", ""))
        seen = self.case.version if seen is None else seen
        look_again = self.files_read(request)
        if "later" in self.posted:
            if not may_take(CaseContext(self.case, request.user, self.who), self.step):
                begin(self.case, self.step.key, request.user)  # says why
            self.keep(request, seen)
            messages.success(request, "Kept as a draft that only you can see.")
            return redirect(
                self.back["url"] if self.case.pk else "panel:home", *([] if self.case.pk else [self.panel.slug])
            )
        if look_again or self.posted.keys() & {"change", "more", "fewer"}:
            attempt = begin(self.case, self.step.key, request.user)
            form = self.step.form(attempt, draft=self.posted)
            return self.page(request, attempt, form, seen=seen)
        try:
            shown, entry = self.taken(request, seen)
        except Invalid as invalid:
            return self.page(request, invalid.form.attempt, invalid.form, seen=seen, status=422)
        except Stale as stale:
            if self.sent_before(request, stale):
                messages.info(request, f"{self.step.past_words}. You sent it twice, and it is kept once.")
                return self.forgotten(request, redirect(self.back["url"]))
            return self.stale(request, stale, seen)
        if shown is not None:
            return shown
        return self.forgotten(request, self.done(request, entry))

    def taken(self, request, seen):
        """(a page that asks once more, None) or (None, the entry of the step that was taken). Raises Invalid, Stale and
        Refused."""
        if self.step.confirm and "confirmed" not in self.posted:
            return self.check(request, seen), None
        if self.step.key == self.register.log_step:
            shown = self.same_again(request, seen)
            if shown is not None:
                return shown, None
        try:
            return None, perform(
                self.case, self.step.key, by=request.user, seen=seen if self.case.pk else None, data=self.posted,
                files=request.FILES,
            )  # fmt: skip
        except Invalid as invalid:  # the page that shows the answers again asks for the documents, and for nothing else
            if not self.step.confirm or not set(invalid.form.errors) <= {"documents", "classification"}:
                raise
            return self.check(request, seen, invalid.form), None

    def done(self, request, entry):
        """Say on the case what was done; on the home page, if the person no longer sees the case."""
        visible = type(self.case).objects.filter(
            rules.visible(rules.standing(request.user, self.panel)), pk=entry.case_id
        )
        if not visible.exists():
            messages.success(request, f"{self.step.past_words}.")
            return redirect("panel:home", self.panel.slug)
        if self.case.pk:
            words = entry_words(CaseContext(entry.case, request.user), entry)
        else:
            words = f"{self.step.past_words}: {entry.case.reference}"
        messages.success(request, f"{words}.")
        return redirect(case_url(entry.case, self.register))

    def page(self, request, attempt, form, *, seen=None, draft=None, status=200):
        """The page with the questions."""
        look = attempt.look
        own = self.register.presenter(look) if self.case.pk else None
        if own is not None:
            own.covered = attempt.parts if self.step.scope == "parts" else list(look.parts)
        context = {
            "step": self.step,
            "form": self.dressed(form),
            **self.message_context(),
            "back": self.back,
            "caption": str(self.case) if self.case.pk else "",
            "bar": provision_bar(self.step),
            "follows": will_follow(form.attempt),
            "seen": self.case.version if seen is None else seen,
            "under": "" if self.case.pk else self.procedure.key,
            "draft": draft,
            "begun": [] if self.case.pk else drafts.begun(request, self.panel, self.register, self.step.key, but=draft),
            "cancel_url": self.back["url"],
            "button": "Continue" if self.step.confirm else (self.step.button or self.step.label),
            "look": look,
            "own": own,
            "facts": [],
            "letters": LettersOfDuties(look).of_step(self.step) if self.case.pk else [],
        }
        if self.case.pk:
            state = look.procedure.state(self.case.status)
            context["facts"] = [
                {"label": "Status", "tag": {"words": state.label, "colour": state.colour}},
                *own.facts(),
                *([] if own.own_dates else [{"label": "Received", "value": day_words(self.case.received_on)}]),
                *self.due_facts(look),
            ]
        template = self.register.templates.get(self.step.key, "panel/step.html")
        return render(request, template, context, status=status)

    def due_facts(self, look):
        """By when the step is due, where a duty says so."""
        mine = [d for d in look.open_duties if look.procedure.duty(d.kind).met_by == self.step.key]
        found = next_duty(mine, look.procedure.duty, look.today)
        if found is None or found.due is None:
            return []
        label = "Decide by" if self.step.decided_by else "Due by"
        kind = look.procedure.duty(found.kind)
        words, note, late, over = when_words(found, look.today, kind)
        if found.stopped_on:
            words = f"{words} {note}"
        elif late or over:
            words = f"{words}, {gone_by(found.due, look.today, kind)}"
        today = found.due == look.today and not found.stopped_on
        value = day_words(found.due) if today else words
        return [{"label": label, "value": value, "late": late, "over": over, "today": today}]

    def refused(self, request, refused):
        """403 with the rule for a role that may not take the step; 409 with the reason and the remedy for a step that
        cannot be taken yet."""
        refusal = refused.refusals[0]
        if refused.role:
            who = list_roles(self.step.decided_by or self.step.entered_by)
            reason = (
                f"Only {who} can do this: {self.step.label[0].lower()}{self.step.label[1:]} ({self.step.provision}). "
                f"You are signed in as {self.who.words}."
            )
            if self.who.roles == {Role.AUDITOR}:
                reason = reason.replace("as auditor.", "as an auditor, who reads everything and changes nothing.")
            if self.who.roles & set(self.step.entered_by):
                reason = f"{reason} {TAKEN_AWAY}"
            if self.case.pk and Role.CHAIRMAN in self.step.decided_by:
                look = CaseContext(self.case, request.user, self.who)
                reason = f"{reason} {People(self.panel, look.today).nobody(look)}".strip()
            back = {"url": self.back["url"], "words": "Go back to the case" if self.case.pk else "Go back"}
            return forbidden(
                request, "You cannot take this step", reason, caption=str(self.case) if self.case.pk else "", back=back
            )
        look = CaseContext(self.case, request.user, self.who)
        refusal = remedied(look, self.step, refusal) if self.case.pk else refusal
        context = {
            "step": self.step,
            "back": self.back,
            "caption": str(self.case) if self.case.pk else "",
            "refusal": refusal,
            "first_url": self.first_url(look, refusal),
            "kept": self.kept,
        }
        return render(request, "panel/step_refused.html", context, status=409)

    def first_url(self, look, refusal) -> str:
        """The address of the step that comes first; "" unless this person can take it now."""
        if not look.procedure.has_step(refusal.first):
            return ""
        found = offer(look, look.procedure.step(refusal.first))
        return "" if found.refusal else step_url(self.case, self.register, refusal.first)


step_view = require_http_methods(["GET", "HEAD", "POST"])(in_panel("case.list")(StepView.as_view()))


urls = [
    path("", cases, name="cases"),
    path("drafts/<int:pk>/take/", take_draft, name="take-draft"),
    path("download.<slug:kind>", downloads.listed, name="cases-file"),
    path("drafts/<int:pk>/drop/", drafts.drop_draft, name="drop-draft"),
    path("new/<slug:key>/", step_view, name="new-case"),
    path("<str:reference>/", case, name="case"),
    path("<str:reference>/parts/", parts, name="case-parts"),
    path("<str:reference>/timeline/", case_timeline, name="case-timeline"),
    path("<str:reference>/history/", history.case_history, name="case-history"),
    path("<str:reference>/seen/", access_log.case_seen, name="case-seen"),
    path("<str:reference>/package.zip", downloads.package, name="case-package"),
    path("<str:reference>/pages/<slug:key>/", tab, name="case-tab"),
    path("<str:reference>/documents/", include(documents.urls)),
    path("<str:reference>/<slug:key>/", step_view, name="step"),
]
