"""What the steps that every register shares ask. The steps themselves are made in `panel.casework.shared_steps`."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from panel.access import rules
from panel.casework.case_context import Attempt, CaseContext
from panel.casework.entry_words import entry_words
from panel.casework.incoming.join import joined, words_of
from panel.casework.step_form import StepForm
from panel.forms.fields import CheckboxesField, HintedChoice, LongTextField, RadiosField, SelectField, TextField
from panel.forms.layout import Question
from panel.law.clock import Count
from panel.law.period import day_words, listed, plural
from panel.law.roles import CasePart, Role
from panel.models import Duty, Entry
from panel.procedure.vocabulary import DutyKind, filled_in


def reversible(attempt: Attempt) -> list[Entry]:
    """Entries that this person may take back, newest first: the Monitoring Officer any, the officer those of this day
    that an officer may enter."""
    found = attempt.look.reversible()
    if Role.MONITORING_OFFICER in attempt.roles:
        return found
    today = [e for e in found if timezone.localdate(e.entered_at) == attempt.look.today]
    return [e for e in today if attempt.roles & set(attempt.look.procedure.past_step(e.step).entered_by)]


HOW = (("post", "Post"), ("email", "Email"), ("hand", "By hand"), ("meeting", "At a meeting"))


if TYPE_CHECKING:
    Mixed = StepForm  # what the mixins below are mixed into
else:
    Mixed = object


class DutiesMixin(Mixed):
    """Asks which open duties a step meets."""

    duties_label = ""
    duties_message = ""

    def ask_duties(self, found: Iterable[Duty]) -> None:
        """Add the question with these duties as choices."""
        look = self.attempt.look
        self._duties = {str(d.pk): d for d in found}
        choices = []
        for pk, d in self._duties.items():
            kind = look.procedure.duty(d.kind)
            words = kind.words_to(look.facts.recipient_words(d.recipient) if d.recipient else "")
            numbers = look.numbers_of(d)
            part = f", {look.parts_called(numbers)}" if numbers else ""
            by = f"by {day_words(d.due)}, " if d.due else ""
            hint = f"{by}{kind.provision}"
            choices.append(HintedChoice(pk, words[0].upper() + words[1:] + part, hint[:1].upper() + hint[1:]))
        self.fields["duties"] = CheckboxesField(
            label=self.duties_label, choices=choices, required_message=self.duties_message
        )
        if len(choices) == 1:
            self.fields["duties"].initial = [choices[0].value]
        self.order_fields(["duties"])

    def duties_chosen(self) -> list[Duty]:
        """The duties chosen."""
        return [self._duties[pk] for pk in self.cleaned_data.get("duties") or () if pk in self._duties]

    @classmethod
    def display_answer(cls, name: str, value: Any, look: CaseContext) -> str:
        """Duties by their words."""
        if name == "duties":
            by_pk = {str(d.pk): d for d in look.duties}
            together: dict[str, list[str]] = {}
            for d in [by_pk[str(pk)] for pk in value if str(pk) in by_pk]:
                names = together.setdefault(d.kind, [])
                if (to := look.facts.told_words(d)) not in names:
                    names.append(to)
            kinds = [(look.procedure.duty(key), listed(names)) for key, names in together.items()]
            words = "; ".join(
                cls.duty_told(kind)[:1].lower() + filled_in(cls.duty_told(kind)[1:], to) for kind, to in kinds
            )
            return words[:1].upper() + words[1:]
        return super().display_answer(name, value, look)

    @classmethod
    def duty_told(cls, kind: DutyKind) -> str:
        """What the timeline says of one of the duties that were chosen."""
        return kind.label


class GiveNoticeForm(DutiesMixin, StepForm):
    """Record that somebody was told: whom, when, how, with a copy of what went (regs 10, 31, 37)."""

    duties_label = "What was done?"
    duties_message = "Select what was done"
    on_label = "When was it sent?"
    on_what = "the date it was sent"
    documents_label = "Copy of what was sent"
    documents_sometimes = True
    how = RadiosField(
        label="How was it sent?",
        choices=HOW,
        required_message="Select how it was sent",
    )
    no_copy = TextField(
        label="If no copy is attached, why not?",
        sometimes=True,
        help_text="For example: kept in the council’s post book.",
    )
    labels = {  # noqa: RUF012
        "how": "How it was sent", "no_copy": "Why no copy is attached", "answer_by": "To comment by",
    }  # fmt: skip
    copy_shape = ("documents", "classification", "no_copy")
    shape: tuple[Any, ...] = ("duties", Question("how", inline=True), *copy_shape)

    @classmethod
    def duty_told(cls, kind: DutyKind) -> str:
        """What was done: "Told {to} of the decision"."""
        return kind.met_words

    def add_questions(self) -> None:
        """Which notices are due."""
        attempt = self.attempt
        self.notices = [d for d in attempt.look.open_duties if attempt.look.procedure.duty(d.kind).notice]
        self.ask_duties(self.notices)

    @property
    def late_duties(self) -> list[Duty]:
        """Of the notices that the law times, those whose day is over; once answered, of those chosen."""
        late = super().late_duties
        chosen = getattr(self, "cleaned_data", {}).get("duties")
        return late if chosen is None else [d for d in late if str(d.pk) in chosen]

    def clean(self) -> dict[str, Any]:
        """A copy, or why there is none."""
        cleaned = super().clean()
        if not cleaned.get("documents") and not cleaned.get("no_copy") and "documents" not in self.errors:
            self.add_error("no_copy", "Attach a copy of what was sent, or enter why there is none")
        return cleaned


class WaiveForm(DutiesMixin, StepForm):
    """Let a duty go, by name and with a reason; statutory ones only by the Monitoring Officer."""

    duties_label = "What is waived?"
    duties_message = "Select what is waived"
    why_label = "Your reasons"

    def add_questions(self) -> None:
        """Every open duty."""
        self.ask_duties(self.attempt.look.open_duties)


class AddDocumentsForm(StepForm):
    """Documents of no step of their own: a bundle, photographs, correspondence (para 5, reg 34)."""

    on_label = "When did we receive them?"
    on_what = "the date we received them"
    documents_required = "Attach at least one document"
    description = LongTextField(
        label="What are they?", required=False, rows=3, max_length=1000,
        help_text="For example: the bundle for the sub-panel’s meeting. Leave empty if their names say it.",
    )  # fmt: skip


class NoteContactForm(StepForm):
    """A call, an email, a meeting or a file note: it changes nothing else (reg 34)."""

    on_label = "When was it?"
    on_what = "the date"
    kind = RadiosField(
        label="What was it?",
        choices=[
            ("note", "A file note"),
            ("call", "A telephone call"),
            ("email", "An email or letter"),
            ("meeting", "A meeting"),
        ],
        required_message="Select what it was",
    )
    note = LongTextField(label="What was said or noted?", required_message="Enter the note", rows=6)


class TakeOffMessageForm(StepForm):
    """An email that was put on the case by mistake waits again; its documents go with it (UK GDPR art 5(1)(d))."""

    on_label = "When was it taken off?"
    takes_documents = False
    messages = CheckboxesField(
        label="Which email does not belong here?",
        choices=(),
        required_message="Select which email does not belong here",
    )
    why_label = "Why?"

    def add_questions(self) -> None:
        """The emails that were put on the case."""
        found = joined(self.attempt.case)
        self.fields["messages"].choices = [(str(m.pk), words_of(m)) for m in found]
        if len(found) == 1:  # nothing to choose
            self.fields["messages"].required = False
            self.fields["messages"].initial = [str(found[0].pk)]

    @classmethod
    def display_answer(cls, name: str, value: Any, look: CaseContext) -> str:
        """How many: what they were about is no matter of this case."""
        return plural(len(value), "email") if name == "messages" else super().display_answer(name, value, look)

    def chosen(self) -> set[str]:
        """The keys of the emails chosen; of the only one, where there is no choice."""
        every = [key for key, _ in self.fields["messages"].choices]
        return set(self.cleaned_data["messages"] or (every if len(every) == 1 else ()))


class AskForReversalForm(StepForm):
    """The Monitoring Officer is asked to take a step back."""

    why_label = "Which step, and why?"


class ReverseForm(StepForm):
    """Take back a step: both stay on the record (para 5, reg 34)."""

    on_label = "When was this decided?"
    entry = RadiosField(label="Which step is taken back?", choices=(), required_message="Select which step")
    why_label = "Why?"
    columns = ("entry",)

    def add_questions(self) -> None:
        """All that this person may take back, by what each said; none is chosen beforehand."""
        look = self.attempt.look
        self._entries = {str(e.number): e for e in reversible(self.attempt)}
        self.fields["entry"].choices = [
            HintedChoice(
                number, f"{entry_words(look, e)}, {day_words(e.on)}", f"Entered by {e.by_words}" if e.by else ""
            )
            for number, e in self._entries.items()
        ]

    def fill(self, attempt: Attempt) -> None:
        """What is undone, and the parts it moved."""
        super().fill(attempt)
        attempt.reversed_entry = self._entries[self.cleaned_data["entry"]]
        moved = {m.part_id for m in attempt.reversed_entry.moves.all()}
        attempt.parts = [p for p in attempt.look.parts if p.pk in moved]


class CorrectForm(StepForm):
    """Put a fact right that was typed wrongly: never a status, never a decision. What was there before stays in the
    history, and days that were counted from it are counted again."""

    on_label = "When was the mistake found?"
    why_label = "How do you know?"
    labels = {"corrected": "What was corrected", "moved": "Days that moved with it"}

    def __init__(self, attempt: Attempt, data: Any = None, files: Any = None, draft: Any = None) -> None:
        if isinstance(data, dict) and not hasattr(data, "getlist"):  # a script names only what it corrects
            self.attempt, self.step = attempt, attempt.step
            data = {**self.initial_answers(), **data}
        super().__init__(attempt, data=data, files=files, draft=draft)

    # A register says in `first` what is on record, and asks each of these in `ask`.

    def recounted(self) -> list[tuple[Duty, Count]]:
        """(duty, Count) of the open duties whose day moves with what is put right."""
        raise NotImplementedError

    def changed(self) -> dict[str, Any]:
        """{name: right value} of what differs from the record."""
        before = self.initial_answers()
        names = [n for n in self.fields if n in before]
        return {n: self.cleaned_data.get(n) for n in names if (self.cleaned_data.get(n) or "") != (before[n] or "")}

    def clean(self) -> dict[str, Any]:
        """Something must differ."""
        cleaned = super().clean()
        if not self.errors and not self.changed():
            self.add_error(None, "Change at least one answer: everything is as it is on record")
        return cleaned

    def answers_to_store(self) -> dict[str, Any]:
        """Which facts were corrected, and which days moved with them; the values are in the history."""
        look = self.attempt.look
        moved = [
            f"{look.procedure.duty(d.kind).words_to(look.facts.recipient_words(d.recipient))}: "
            f"{day_words(d.due) if d.due else 'no day'}, now {day_words(count.day)}"
            for d, count in self.recounted()
        ]
        found = {"corrected": [self.fields[n].label for n in self.changed()]}
        return found | ({"moved": moved} if moved else {})


class RestrictForm(StepForm):
    """Only the people named see the case, the Monitoring Officer and the auditor besides."""

    named = CheckboxesField(
        label="Who may see it?", choices=(), required_message="Select who may see it",
        help_text="The Monitoring Officer and an auditor see it whoever is named. Everybody else no longer finds it, and a "
        "Chairman who is not named cannot decide it. An interest that was declared stands.",
    )  # fmt: skip
    why_label = "Why?"

    def add_questions(self) -> None:
        """Everybody with a role in the panel today, but administrators."""
        attempt = self.attempt
        rows = (
            attempt.panel.memberships.in_force(attempt.look.today)
            .exclude(role=Role.ADMINISTRATOR)
            .select_related("user")
        )
        people: dict[int, tuple[str, list[str]]] = {}
        for m in rows:
            people.setdefault(m.user_id, (m.user.name, []))[1].append(Role(m.role).words)
        self.fields["named"].choices = [
            HintedChoice(str(pk), name, ", ".join(roles)) for pk, (name, roles) in people.items()
        ]

    def initial_answers(self) -> dict[str, Any]:
        """Those named now, and whoever keeps the case."""
        attempt = self.attempt
        named = [str(r.user_id) for r in attempt.look.case_roles if r.kind == CasePart.NAMED]
        return {"named": named or [str(attempt.case.assigned_to_id or "")]}

    @classmethod
    def display_answer(cls, name: str, value: Any, look: CaseContext) -> str:
        """People by name: nothing else is asked."""
        return ", ".join(filter(None, (look.user_names.get(int(pk), "") for pk in value)))


class UnrestrictForm(StepForm):
    """The case is seen again by everybody whose role allows it."""

    why_label = "Why?"


class AssignForm(StepForm):
    """Who keeps the case."""

    on_label = "From when?"
    to_whom = SelectField(label="Who keeps it?", choices=(), blank="Choose", required_message="Select who keeps it")

    @classmethod
    def display_answer(cls, name: str, value: Any, look: CaseContext) -> str:
        """The person by name."""
        return look.user_names.get(int(value), "") if name == "to_whom" else super().display_answer(name, value, look)

    def add_questions(self) -> None:
        """Officers and Monitoring Officers of the panel today."""
        found = rules.keepers(self.attempt.panel, self.attempt.look.today)
        self.fields["to_whom"].choices = list({str(m.user_id): m.user.name for m in found}.items())
