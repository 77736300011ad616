"""`StepForm`, the questions of every step, and the way from answers to an attempt. Registers add their own questions.

    class RedirectForm(StepForm):
        reason = RadiosField(label="Why is it not for the Panel?", choices=..., required_message="Select why")
        to_whom = TextField(label="Who deals with it?", required_message="Enter who deals with it")
        shape = ("reason", Reveal("reason", "other", "to_whom"))

`shape` declares the questions that a choice reveals; hidden questions are neither asked nor stored. `perform` binds the
form itself, so that page, command and script pass the same validation.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from panel.casework.answered import answered, said
from panel.casework.case_context import Attempt, CaseContext
from panel.casework.decided import DecidedMixin, asked_in_words
from panel.documents import store
from panel.forms.fields import (
    DateField,
    LongTextField,
    ManyFilesField,
    PartsField,
    SelectField,
)
from panel.forms.layout import Revealing
from panel.forms.spoken import speak
from panel.law import clock
from panel.law.period import day_words, long_date
from panel.law.roles import Basis, Classification, Role
from panel.law.spoken import say
from panel.models import Duty
from panel.procedure.vocabulary import Refusal, Step
from panel.procedure.who_acts import refusal_spoken


def names_in(pieces: Iterable[Any]) -> Iterator[str]:
    """Every field name in a layout."""
    for piece in pieces:
        if isinstance(piece, str):
            yield piece
        else:
            yield from names_in(getattr(piece, "fields", ()))


class StepForm(DecidedMixin, Revealing, forms.Form):
    """The questions of one step."""

    shape: tuple[Any, ...] = ()  # the layout of the form's own questions; empty: in the order declared
    on_label = "When did this take effect?"
    on_what = "the date it took effect"
    on_hint = ""
    why_label = ""  # with a label the reasons are asked for
    why_hint = ""
    why_required = True
    why_missing = "Enter the reasons"
    documents_label = "Documents"
    documents_required = ""  # the message when none is attached
    documents_sometimes = False  # whether it depends on another answer
    takes_documents = True
    columns: tuple[str, ...] = ()  # personal answers kept in rows of their own, so not in the entry too
    days: tuple[str, ...] = ()  # those of them that are days
    no_was_lost: tuple[str, ...] = ()  # questions of before `Entry.keeps_no`, of which only Yes was kept then
    only_yes: tuple[str, ...] = ()  # boxes that say something only when they are ticked
    fields: dict[str, Any]
    own: list[str]  # the names of the form's own questions, without those that every step may ask
    labels: dict[str, str] = {}  # noqa: RUF012 - what the timeline calls answers whose questions are made for the case
    made_choices: dict[str, Any] = {}  # noqa: RUF012 - their choices, by which it says the answers

    def __init__(self, attempt: Attempt, data: Any = None, files: Any = None, draft: Any = None) -> None:
        self.attempt = attempt
        self.step: Step = attempt.step
        self.draft = draft
        if data is not None and "classification" not in data:  # not asked yet: on the page that confirms
            data = data.copy()
            data["classification"] = Classification.RESTRICTED.value
        super().__init__(data=data, files=files, initial=self.initial_answers(), use_required_attribute=False)
        self.add_questions()
        own = self.own = list(self.fields)
        before, after = self._ask_common()
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.label_size = "s"
        if self.step.confirm:  # files cannot be shown again: they are asked for on the page that confirms
            after = [name for name in after if name not in ("documents", "classification")]
        shape = self.shape_of() or own
        placed = set(names_in(shape))  # a common question that the form has put somewhere itself
        after = [name for name in after if name not in placed]
        if draft is not None:
            for name, field in self.fields.items():
                typed = field.widget.value_from_datadict(draft, {}, name)
                if typed not in (None, "", []):
                    self.initial[name] = typed
        self.helper.layout = Layout(*before, *[n for n in shape if not isinstance(n, str) or n in self.fields], *after)
        speak(self)

    # What a register's form may override

    def initial_answers(self) -> dict[str, Any]:
        """The answers with which the form begins."""
        return {}

    def add_questions(self) -> None:
        """Add or fill questions that depend on the case."""

    def shape_of(self) -> list[Any]:
        """The layout of the form's own questions."""
        return list(self.shape)

    def reminders(self) -> list[str]:
        """What stands above the questions: something on record that whoever answers should have before them."""
        return []

    def warnings(self) -> list[str]:
        """What the page that shows the answers again warns of, in whole sentences."""
        return []

    def check_label(self, name: str, label: str) -> str:
        """The label of an answer on the page that shows the answers again."""
        return label

    def day_of_receipt(self, attempt: Attempt) -> date:
        """When the case that the step makes was received: on the day of the step, unless the form asks for it apart."""
        return attempt.on

    def change_answers(self, answers: dict[str, Any]) -> dict[str, Any]:
        """Change the answers before the entry stores them."""
        return answers

    @classmethod
    def display_label(cls, name: str, look: Any) -> str:
        """What the timeline calls an answer of that case, where `labels` cannot say it; "" where nothing more is to say."""
        return ""

    @classmethod
    def display_answer(cls, name: str, value: Any, look: CaseContext) -> str:
        """A stored answer in words: the labels of choices, and days as pages write them."""
        if (asked := asked_in_words(name, value, look)) is not None:
            return asked
        field = cls.base_fields.get(name)
        if isinstance(field, DateField) or name in cls.days:
            return day_words(date.fromisoformat(str(value)))
        choices = getattr(field, "choices", ()) or cls.made_choices.get(name, ())
        labels = {str(k): v for k, v, *_ in choices or (Duty.Late.choices if name == "late_reason" else ())}
        values = value if isinstance(value, list) else [value]
        if isinstance(value, bool):
            return said(value, labels)
        return ", ".join(say(str(labels[str(v)])) if str(v) in labels else str(v) for v in values)

    # Common questions

    def _ask_common(self) -> tuple[list[str], list[Any]]:
        """Add the questions that every step may ask. Returns their names: before the form's own questions, and
        after."""
        before = self._ask_parts()
        after = [
            *self._ask_why(),
            *self._ask_asked(),
            *(self._ask_decider() if self.typed_for else []),
            *self._ask_day(),
            *self._ask_lateness(),
            *self._ask_documents(),
        ]
        return before, after

    def _ask_parts(self) -> list[str]:
        a, step = self.attempt, self.step
        if step.scope != "parts" or step.all_parts or step.creates or not step.from_states or not a.parts:
            return []
        word = a.look.register.part_word
        called = a.look.register.part_called
        choices = [
            (str(p.number), called(p), "")
            if called
            else (str(p.number), f"{word.capitalize()} {p.number}", getattr(p, "what", ""))
            for p in a.parts
        ]
        self.fields["parts"] = PartsField(
            label=f"Which {word}s does this cover?",
            choices=choices,
            required_message=f"Select at least one {word}",
            help_text="Untick one to deal with it separately afterwards." if len(choices) > 1 else "",
            initial=[c[0] for c in choices],
        )
        self.fields["parts"].elsewhere = self._parts_elsewhere(word)
        if len(choices) == 1:  # nothing to choose: not shown, and answered whatever is sent
            self.fields["parts"].widget = forms.MultipleHiddenInput()
            self.fields["parts"].required = False
        return ["parts"]

    def _parts_elsewhere(self, word: str) -> dict[str, str]:
        """{number of a part that the step cannot cover: why not}."""
        a, offered = self.attempt, {p.pk for p in self.attempt.parts}
        called = a.look.register.part_called or (lambda p: f"{word.capitalize()} {p.number}")
        return {
            str(p.number): f"{called(p)} stands at {a.look.procedure.state(p.status).label}: "
            + (
                "something else must happen to it first"
                if p.status in self.step.from_states
                else "this step is not for it any more"
            )
            for p in a.look.parts
            if p.pk not in offered
        }

    def _ask_why(self) -> list[str]:
        if not self.why_label:
            return []
        self.fields["why"] = LongTextField(
            label=self.why_label,
            required_message=self.why_missing,
            help_text=self.why_hint,
            required=self.why_required,
            sometimes=not self.why_required,
        )
        return ["why"]

    def _ask_day(self) -> list[str]:
        not_today = self.attempt.not_today
        hint = f"Not for today: {not_today.rstrip('.')}. Enter the day on which it was done." if not_today else ""
        self.fields["on"] = DateField(
            label=self.on_label, what=self.on_what, past=True,
            help_text=f"{self.on_hint} {hint}".strip(),
            initial=None if not_today else self.attempt.look.today, today=clock.today,
        )  # fmt: skip
        return ["on"]

    def _ask_lateness(self) -> list[str]:
        late = self.late_duties
        if not late:
            return []
        last_day = min(d.due for d in late)
        self.fields["late_reason"] = SelectField(
            label="What made it late?", choices=Duty.Late.choices, blank="Choose", sometimes=True,
        )  # fmt: skip
        self.fields["late_why"] = LongTextField(
            label="Why is it late?",
            sometimes=True,
            rows=3,
            help_text=f"The last day was {long_date(last_day)}. "
            + (
                "Leave empty if it was in time."
                if any(self._statutory(d) for d in late)
                else "It is the Panel’s own target, so you may leave this empty."
            ),
        )
        return ["late_reason", "late_why"]

    def _ask_documents(self) -> list[str]:
        if not self.takes_documents:
            return []
        self.fields["documents"] = ManyFilesField(
            label=self.documents_label,
            required=bool(self.documents_required),
            sometimes=self.documents_sometimes,
            required_message=self.documents_required,
            max_size=max(settings.FILM_MAX_SIZE, settings.DOCUMENT_MAX_SIZE),  # store.check asks which it is
        )
        self.fields["classification"] = SelectField(
            label="How the documents are classified",
            help_text="Restricted: not for members who see only what is before the full Panel. Exempt: not for the public.",
            choices=[(c.value, c.words) for c in Classification],
            sometimes=True,
            blank=None,
            initial=Classification.RESTRICTED.value,
        )
        return ["documents", "classification"]

    @property
    def late_duties(self) -> list[Duty]:
        """Open duties that the step meets after their day: duties of the law, and the panel's own targets."""
        kinds = {k.key for k in self.step.closes if k.basis is not Basis.GUIDANCE}
        look = self.attempt.look
        return [d for d in look.open_duties if d.kind in kinds and d.is_over(look.today)]

    def _statutory(self, duty: Duty) -> bool:
        return self.attempt.look.procedure.duty(duty.kind).late_in_law

    # Validation

    def clean_parts(self) -> list[str]:
        """The numbers of the chosen parts; the only part where there is no choice."""
        only = [key for key, _ in self.fields["parts"].choices] if not self.fields["parts"].required else []
        return self.cleaned_data["parts"] or only

    def clean_documents(self) -> list[Any]:
        """The files, if the content of each is allowed. The error names every file that is not."""
        return store.all_checked(self.cleaned_data["documents"])

    def clean(self) -> dict[str, Any]:
        """Require a reason for lateness under the law (not for lateness under a target), and the Chairman's name for a
        decision of the Chairman."""
        super().clean()
        cleaned = self.cleaned_data
        on = cleaned.get("on")
        unsaid = "late_why" in self.fields and not cleaned.get("late_why") and "late_why" not in self.errors
        chosen = cleaned.get("parts")
        late = [d for d in self.late_duties if chosen is None or d.part_id is None or str(d.part.number) in chosen]
        if on and unsaid and any(d.is_over(on) and self._statutory(d) for d in late):
            self.add_error("late_why", "Enter why it is late")
        chosen_reason = "late_reason" not in self.fields or cleaned.get("late_reason") or "late_reason" in self.errors
        if on and not chosen_reason and any(d.is_over(on) and self._statutory(d) for d in late):
            if hasattr(self.data, "getlist"):
                self.add_error("late_reason", "Select what made it late")
            elif cleaned.get("late_why"):
                cleaned["late_reason"] = Duty.Late.OTHER  # a script that gives only the words
        if cleaned.get("decided_as") == Role.CHAIRMAN and "decider" in self.fields and not cleaned.get("decider"):
            self.add_error("decider", "Select who decided")
        self._clean_asked(cleaned)
        return cleaned

    @cached_property
    def refused(self) -> dict[str, list[Refusal]]:
        """{question: what was refused beside it}, for the provision and the remedy that stand under each error."""
        return {}

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal beside its question, or above the form, in the panel's own words."""
        look = self.attempt.look
        refusal = refusal_spoken(look.procedure, look.settings_on(self.attempt.on).who_acts, refusal)
        if refusal.field in self.fields:
            self.add_error(refusal.field, refusal.reason)
            self.refused.setdefault(refusal.field, []).append(refusal)
        else:
            self.add_error(None, ValidationError(str(refusal)))

    # Into the attempt, and into the entry

    def answer(self, attempt: Attempt) -> None:
        """Give the attempt the valid answers and the chosen parts; other answers may still be missing."""
        attempt.answers = self.cleaned_data
        chosen = self.cleaned_data.get("parts")
        if chosen is not None:
            attempt.parts = [p for p in attempt.parts if str(p.number) in set(chosen)]

    def fill(self, attempt: Attempt) -> None:
        """Give the attempt all answers: day, parts, and who decided."""
        answers = self.cleaned_data
        self.answer(attempt)
        attempt.on = answers["on"]
        self._fill_decider(attempt, answers)

    def answers_to_store(self) -> dict[str, Any]:
        """The answers that the entry stores: No as well as Yes, without what was left empty or not asked, and without
        those that have a column of their own."""
        skip = {"on", "why", "parts", "documents", "decider", "decided_as", "to", *self.columns}
        if not self.cleaned_data.get("documents"):
            skip.add("classification")
        kept = {}
        for name, value in self.cleaned_data.items():
            if name in skip or not answered(self, name, value):
                continue
            kept[name] = (
                [getattr(v, "pk", v) for v in value] if isinstance(value, list) else getattr(value, "pk", value)
            )
        return self.change_answers(kept)
