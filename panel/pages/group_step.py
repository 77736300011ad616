"""The page of one step for all cases of a group: it names those on which it cannot be taken first, asks once, and takes the
step on all the others or on none."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views import View

from panel.casework.drafts import cleaned
from panel.casework.errors import Invalid, Stale
from panel.casework.groups import groups_seen
from panel.casework.offers import list_roles
from panel.casework.together import (
    NotTogether,
    can_be_together,
    lead_of,
    looks_at,
    members_seen,
    own_questions,
    perform_together,
    rehearse_together,
    sort_out,
    versions_in,
)
from panel.forms.fields import HintedChoice
from panel.law.period import day_words, plural
from panel.law.roles import Role
from panel.law.spoken import say
from panel.models import CaseGroup
from panel.pages.answers import hidden_answers, summary_groups
from panel.pages.base import forbidden
from panel.pages.drafts import typed
from panel.pages.step_words import provision_bar
from panel.pages.words import case_url, sentence, step_url
from panel.procedure.vocabulary import filled_in
from panel.procedure.who_acts import arranged
from panel.templatetags.panel_forms import target_of

EACH = "each complainant"


def group_of(who, register, number) -> CaseGroup:
    """The group of that number of which the person sees a case. Raises Http404, the same for one that never existed."""
    year, _, serial = number.partition("-")
    if not (year.isdigit() and serial.isdigit() and len(number) < 12):
        raise Http404
    found = groups_seen(who, register.slug).filter(year=int(year), serial=int(serial)).first()
    if found is None:
        raise Http404
    return found


def name_nobody(form) -> None:
    """Say the duties that are asked for as those of all: to each complainant, not to the one of the case that is shown."""
    duties = {str(d.pk): d for d in form.attempt.look.open_duties}
    field = form.fields.get("duties")
    if field is None:
        return
    choices = []
    for choice in field.choices:
        duty = duties.get(str(choice[0]))
        if duty is not None and duty.recipient == Role.COMPLAINANT:
            kind = form.attempt.look.procedure.duty(duty.kind)
            choices.append(HintedChoice(choice[0], sentence(kind.words_to(EACH)), sentence(kind.provision)))
        else:
            choices.append(choice)
    field.choices = choices


class GroupStepView(View):
    """One step for a whole matter."""

    def dispatch(self, request, panel, who, register, number, key):
        """Find the group, its cases and the step; sort out on which it can be taken."""
        self.panel, self.who, self.register, self.key = panel, who, register, key
        self.group = group_of(who, register, number)
        try:
            self.step = arranged(register.procedure, panel.who_acts).step(key)
        except KeyError:
            raise Http404 from None
        if not can_be_together(self.step):
            raise Http404
        self.posted = cleaned(request.POST)
        self.back = {"url": self.group.get_absolute_url(), "words": str(self.group)}
        pks = members_seen(self.group, who).values_list("pk", flat=True)
        looks = looks_at(panel, register, pks, request.user, who)
        self.able, self.barred, only_others = sort_out(looks, key)
        if only_others:
            names = list_roles(self.step.decided_by or self.step.entered_by)
            reason = f"Only {names} can do this: {sentence(self.step.label).lower()} ({self.step.provision})."
            return forbidden(request, "You cannot take this step", reason, caption=self.caption, back=self.back)
        if not self.able:
            return render(request, "panel/group_step_refused.html", self.common(), status=409)
        self.lead = lead_of(self.able)
        return super().dispatch(request)

    @property
    def caption(self) -> str:
        """Which matter it is."""
        return f"{self.group}, {self.group.title}"

    def get(self, request):
        """Ask once."""
        said = typed(request)
        form = self.step_form(said) if said else self.lead.form
        return self.page(request, form)

    def step_form(self, said):
        """The form of the case that asks the most, with what was typed before."""
        return self.lead.step.form(self.lead, draft=said)

    def post(self, request):
        """Take the step on all, or show the answers again where the step declares that."""
        if "change" in self.posted:
            return self.page(request, self.step_form(self.posted))
        if self.barred and "leave_out" not in self.posted:
            form = self.step_form(self.posted)
            return self.page(request, form, error="Tick to leave these out, or put them right", status=422)
        seen = versions_in(self.posted.get("versions", ""))
        changed = self.changed_since(seen)
        if changed:
            return self.page(request, self.step_form(self.posted), error=changed, status=409)
        pks = [attempt.case.pk for attempt in self.able]
        try:
            if self.step.confirm and "confirmed" not in self.posted:
                found = rehearse_together(
                    self.panel, self.register, pks, self.key, by=request.user, seen=seen, data=self.posted
                )  # fmt: skip
                return self.check(request, found)
            entries = perform_together(
                self.panel, self.register, pks, self.key, by=request.user, seen=seen, data=self.posted,
                files=request.FILES,
            )  # fmt: skip
        except Invalid as invalid:
            return self.page(request, invalid.form, status=422)
        except NotTogether as hindered:
            return self.page(request, self.step_form(self.posted), hindered=hindered.barred, status=422)
        except Stale as stale:
            words = f"{stale.case.reference} was changed while you were writing. Nothing was done."
            return self.page(request, self.step_form(self.posted), error=words, status=409)
        messages.success(request, f"{self.step.past_words}: {plural(len(entries), self.register.case_word)}.")
        if not groups_seen(self.who, self.register.slug).filter(pk=self.group.pk).exists():
            return redirect("panel:home", self.panel.slug)
        return redirect(self.back["url"])

    def changed_since(self, seen) -> str:
        """What somebody else changed since the page was shown; "" where nothing was."""
        now = {attempt.case.pk: attempt.case for attempt in self.able}
        for pk, case in now.items():
            if seen.get(pk) != case.version:
                return f"{case.reference} was changed while you were writing. Nothing was done."
        if set(seen) - set(now):
            return f"{self.group} was changed while you were writing. Nothing was done."
        return ""

    def common(self) -> dict:
        """What every page of the step shows."""
        return {
            "step": self.step, "group": self.group, "caption": self.caption, "back": self.back,
            "heading": self.step.label, "barred": [self.barred_row(b) for b in self.barred],
            "number": len(self.able) if hasattr(self, "able") else 0, "register": self.register,
            "members": [
                {"words": str(a.case), "url": case_url(a.case, self.register)} for a in getattr(self, "able", ())
            ],
        }  # fmt: skip

    def barred_row(self, barred) -> dict:
        """A case on which the step cannot be taken: why not, and what comes first."""
        first = None
        procedure = self.register.follows(barred.case.procedure)
        key = barred.refusal.first
        if key and procedure.has_step(key):
            words = barred.refusal.remedy or procedure.step(key).label
            first = {"words": sentence(say(words)), "url": step_url(barred.case, self.register, key)}
        return {
            "words": barred.case.reference, "note": barred.case.title, "url": case_url(barred.case, self.register),
            "why": barred.refusal.reason, "provision": sentence(barred.refusal.provision), "first": first,
            "remedy": sentence(barred.refusal.remedy),
        }  # fmt: skip

    def page(self, request, form, *, hindered=(), error="", status=200):
        """The page with the questions."""
        own = own_questions(form.attempt)
        for name in own:
            field = form.fields[name]
            field.required = False
            many = isinstance(field, forms.MultipleChoiceField)
            field.widget = forms.MultipleHiddenInput() if many else forms.HiddenInput()
        name_nobody(form)
        words = any(name != "parts" and not getattr(form.fields[name], "choices", ()) for name in own)
        versions = "-".join(f"{a.case.pk}.{a.case.version}" for a in self.able)
        context = self.common() | {
            "form": form,
            "bar": provision_bar(self.step),
            "versions": versions if status != 409 else self.posted.get("versions", versions),
            "keeps_own": f"Each {self.register.part_word} keeps its own words." if words else "",
            "hindered": [self.barred_row(b) for b in hindered],
            "error": error,
            "left_out": "leave_out" in self.posted,
            "button": "Continue" if self.step.confirm else (self.step.button or self.step.label),
        }
        return render(request, "panel/group_step.html", context, status=status)

    def check(self, request, found):
        """The answers again, and what will follow for all of them."""
        lead = lead_of([a for a, _ in found])
        own = own_questions(lead)
        groups = summary_groups(lead)
        for answers in groups:
            answers["rows"] = [row for row in answers["rows"] if row["name"] not in own]
            for row in answers["rows"]:
                row["change"] = {"name": row["name"], "target": target_of(lead.form[row["name"]])}
        context = self.common() | {
            "groups": [g for g in groups if g["rows"]],
            "form": lead.form,
            "hidden": hidden_answers(self.posted),
            "follows": self.follow(found),
            "warnings": list(dict.fromkeys(w for a, _ in found for w in a.form.warnings())),
            "button": self.step.button or self.step.label,
        }
        return render(request, "panel/group_check.html", context)

    def follow(self, found) -> list[str]:
        """What will happen to all of them: each kind of duty in one line, with its days and how many it is."""
        together: dict = {}
        for attempt, duties in found:
            for duty in duties:
                kind = attempt.look.procedure.duty(duty.kind)
                complainant = duty.recipient == Role.COMPLAINANT
                to = EACH if complainant else attempt.look.facts.recipient_words(duty.recipient or "")
                together.setdefault((kind.key, to if duty.recipient else ""), (kind, []))[1].append(duty.due)
        lines = [f"Each of the {plural(len(found), self.register.case_word)} has its own entry, in your name."]
        for (_, to), (kind, days) in together.items():
            due = sorted(d for d in days if d)
            when = f" by {day_words(due[0])}" if due else ""
            if due and due[0] != due[-1]:
                when = f" between {day_words(due[0])} and {day_words(due[-1])}"
            words = filled_in(kind.label, to)
            if kind.label.startswith("to "):
                words = f"{to or f'the {kind.owner.words}'} {kind.label}"
            lines.append(f"{sentence(say(words))}{when}: {len(days)} ({kind.basis.words.lower()}, {kind.provision}).")
        return [*lines, "All of them, or none: if one fails, nothing is done."]
