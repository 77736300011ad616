"""The page that shows a step's answers again before the step is taken, and that asks about cases which look the
same."""

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect, render

from panel.casework.errors import Refused
from panel.casework.perform import begin, perform, prepare, rehearse
from panel.law import clock
from panel.law.period import day_words
from panel.pages.answers import hidden_answers, summary_groups
from panel.pages.base import case_of
from panel.pages.step_words import rehearsed
from panel.pages.words import case_url
from panel.templatetags.panel_forms import target_of


class StepCheckMixin:
    """The part of `StepView` that shows the answers again. It uses the case, the step and the answers that the view has
    found."""

    @property
    def check_heading(self) -> str:
        """The heading of the page that shows the answers again."""
        if self.case.pk:
            return "Check your decision"
        if self.step.key == self.register.log_step:
            return f"Check before you log this {self.register.case_word}"
        return f"Check before you {self.step.label[:1].lower()}{self.step.label[1:]}"

    def check(self, request, seen, form=None, error=""):
        """Show the answers again, with the exact consequences. Raises Invalid, Stale, Refused."""
        found = rehearse(
            self.case, self.step.key, by=request.user, seen=seen if self.case.pk else None, data=self.posted
        )
        attempt = found.attempt
        similar = (
            self.register.similar(attempt) if self.step.key == self.register.log_step and self.register.similar else []
        )
        groups = summary_groups(attempt)
        for row in (row for group in groups for row in group["rows"]):
            row["change"] = {"name": row["name"], "target": target_of(attempt.form[row["name"]])}
        context = {
            "step": self.step,
            **self.message_context(),
            "heading": self.check_heading,
            "caption": str(self.case) if self.case.pk else "",
            "groups": groups,
            "follows": rehearsed(found, attempt.look),
            "warnings": attempt.form.warnings(),
            "hidden": hidden_answers(self.posted),
            "seen": seen,
            "similar": similar,
            "back": self.back,
            "form": form or attempt.form,
            "similar_error": error,
            "has_errors": bool(error or form),
            "button": self.step.button or self.step.label,
            "when": "log it" if self.step.key == self.register.log_step else "confirm",
        }
        return render(request, "panel/step_check.html", context, status=422 if error or form else 200)

    def same_again(self, request, seen):
        """The response to a new case that looks like others: ask, or keep it on the case that it repeats. None: log
        it."""
        if not self.register.similar:
            return None
        choice = self.posted.get("similar", "")
        attempt = prepare(self.case, self.step.key, by=request.user, data=self.posted)
        similar = self.register.similar(attempt)
        if not similar or choice == "own":
            return None
        answer, _, reference = choice.partition(":")
        chosen = next((s for s in similar if s["reference"] == reference), None)
        if chosen is None or answer not in ("belongs", "same") or (answer == "same" and not chosen["same_person"]):
            return self.check(request, seen, error="Select how to log this one")
        case = case_of(request, self.who, self.register, reference)
        said = self.put_on(request, case, attempt) if answer == "belongs" else self.sent_again(request, case, attempt)
        self.drafts(request).delete()
        messages.success(request, said)
        return redirect(case_url(case, self.register))

    def along(self, **answers) -> QueryDict:
        """Answers of a step on another case, with the email and the files of this one."""
        data = QueryDict(mutable=True)
        data.update(answers)
        for name in ("message", "files_shown", "keep_file"):
            if name in self.posted:
                data.setlist(name, self.posted.getlist(name))
        data["classification"] = self.posted.get("classification", "restricted")
        return data

    def noted(self, request, case, attempt, opening: str):
        """Keep it on another case as a contact."""
        kind = {"telephone": "call", "in_person": "meeting"}.get(attempt.answers.get("channel"), "email")
        note = f"{opening}\n{attempt.answers.get('words') or ''}".strip()
        data = self.along(kind=kind, note=note[:10_000], on=clock.today().isoformat())
        perform(case, "note_contact", by=request.user, data=data, files=request.FILES)

    def sent_again(self, request, case, attempt) -> str:
        """The same complaint once more: kept on its case; what was done, in a sentence."""
        word = self.register.case_word
        self.noted(request, case, attempt, f"The same {word} was sent again, received on {day_words(attempt.on)}.")
        return f"Kept on {case.reference}: the same {word}, sent again."

    def put_on(self, request, case, attempt) -> str:
        """Part of another complaint: its allegations are added there, as far as that is open; what was done, in a sentence."""
        try:
            begin(case, "add_allegation", request.user)
        except Refused:
            self.noted(
                request, case, attempt, f"More on this {self.register.case_word}, received on {day_words(attempt.on)}."
            )
            return f"Kept on {case.reference} as a contact: it is closed to new allegations."
        numbers, files = [], request.FILES
        for _, row in attempt.form.allegation_rows():
            answers = {f"{name}_1": str(value or "") for name, value in row.items()}
            data = self.along(**answers, on=attempt.on.isoformat())
            if numbers:  # the email and its files go with the first
                for name in ("message", "files_shown", "keep_file"):
                    data.pop(name, None)
            entry = perform(case, "add_allegation", by=request.user, data=data, files=files)
            numbers += [m.part.number for m in entry.moves.select_related("part")]
            files = None
        return f"Put on {case.reference} as {self.register.part_words(numbers)}."
