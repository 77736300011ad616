"""Questions that the forms of several chapters ask: allegations, office holders, sides, another complaint."""

import re

from django.core.exceptions import ValidationError
from django.db.models import Case, When

from complaints.models import Complaint
from complaints.procedure.regulation_15 import stands
from panel.forms.fields import CheckboxesField, DateField, HintedChoice, TextField
from panel.law.period import day_words
from panel.law.roles import Role
from panel.models import OfficeHolder

MOST_ALLEGATIONS = 20
# The answers on allegations, which have rows of their own.
ALLEGATION_COLUMNS = tuple(
    f"{name}_{n}" for name in ("what", "happened_on", "early_reason") for n in range(1, MOST_ALLEGATIONS + 1)
)


def holder_choices(holders):
    """Office holders as choices, with the days they held office."""
    out = []
    for h in holders:
        until = f" until {day_words(h.to_date)}" if h.to_date else ""
        out.append(HintedChoice(str(h.pk), str(h), f"In office from {day_words(h.from_date)}{until}"))
    return out


# The choice of "Whose conduct is it about?" for a complaint that names no office holder: it is kept and answered all the
# same, since it purports to be one (reg 34).
NOBODY = HintedChoice(
    "nobody", "Nobody in these offices, or not clear yet", "It is logged. Whose conduct it is about is asked again."
)


def one_or_the_other(chosen):
    """The answers, if they name office holders or nobody. Raises ValidationError where they do both."""
    if NOBODY.value in chosen and len(chosen) > 1:
        raise ValidationError("Select the office holders, or that it is about nobody in these offices")
    return chosen


class NumberedAllegations:
    """Questions repeated for each allegation: `what_1`, `happened_on_1`, `early_reason_1`, `what_2` ..."""

    def number_of(self, data) -> int:
        """How many allegations the form asks for: as many as were sent, one more when that was asked, at most 20."""
        if not data:
            return 1
        sent = [
            int(m.group(1)) for k in data if (m := re.fullmatch(r"(?:what|happened_on)_(\d{1,2})(?:_[a-z]+)?", str(k)))
        ]
        return min(max(sent, default=1), MOST_ALLEGATIONS)

    @staticmethod
    def flattened(data):
        """A script's `allegations: [{...}]` as the numbered answers that the page sends."""
        if isinstance(data, dict) and isinstance(data.get("allegations"), list):
            data = dict(data)
            for n, row in enumerate(data.pop("allegations"), 1):
                for key, value in row.items():
                    data[f"{key}_{n}"] = value
        return data

    def ask_allegation(self, number: int, required: bool = True) -> list:
        """Add the questions of allegation n; their names."""
        self.fields[f"what_{number}"] = TextField(
            label="What is said to have happened?",
            what="What is said to have happened",
            required_message="Enter what is said to have happened",
            max_length=500,
            required=required,
        )
        self.fields[f"happened_on_{number}"] = DateField(
            label="When did it happen?",
            what="the day it happened",
            past=True,
            required=False,
            help_text="The latest day, if there were several. Leave empty if it is not known.",
        )
        self.fields[f"early_reason_{number}"] = TextField(
            label="Why does an incident outside the term of office belong here?",
            max_length=300,
            required=False,
            help_text="Only if it happened before they took office or after they left.",
        )
        asked = [f"what_{number}", f"happened_on_{number}"]
        typed = (self.data or self.draft or {}).get(f"early_reason_{number}")
        return [*asked, f"early_reason_{number}"] if typed else asked

    def refuse(self, refusal):
        """The reason for an early incident is asked for only once it is needed."""
        super().refuse(refusal)
        stem, _, number = refusal.field.rpartition("_")
        if stem == "early_reason":
            for piece in self.numbered:
                if f"what_{number}" in piece.fields and refusal.field not in piece.fields:
                    piece.fields.append(refusal.field)

    def allegation_rows(self):
        """(number, answers) of each allegation typed in."""
        for n in range(1, MOST_ALLEGATIONS + 1):
            if self.cleaned_data.get(f"what_{n}"):
                yield (
                    n,
                    {
                        "what": self.cleaned_data[f"what_{n}"],
                        "happened_on": self.cleaned_data.get(f"happened_on_{n}"),
                        "early_reason": self.cleaned_data.get(f"early_reason_{n}") or "",
                    },
                )


class HoldersMixin:
    """Asks whose conduct it is about, of every office holder that the panel has or had."""

    def ask_holders(self):
        """Offer every office holder, past ones too."""
        self._holders = list(self.attempt.panel.office_holders.order_by("office", "-from_date"))
        self.fields["subjects"].choices = holder_choices(self._holders)

    def holders(self) -> list[OfficeHolder]:
        """The office holders chosen."""
        chosen = set(self.cleaned_data.get("subjects") or ())
        return [h for h in getattr(self, "_holders", ()) if str(h.pk) in chosen]


class NewCaseMixin(HoldersMixin, NumberedAllegations):
    """Asks what both ways into the register ask: whose conduct it is about, and as many allegations as were sent."""

    def __init__(self, attempt, data=None, files=None, draft=None):
        data = self.flattened(data)
        typed = data if data is not None else draft
        asked = bool(typed and typed.get("more")) - bool(typed and typed.get("fewer"))
        self.count = max(1, min(self.number_of(typed) + asked, MOST_ALLEGATIONS))
        super().__init__(attempt, data=data, files=files, draft=draft)


class NameSubjectsMixin(HoldersMixin):
    """Asks once more whose conduct it is about, where the log named nobody in these offices: only a complaint about an
    office holder goes on the record (reg 9)."""

    def ask_whose_conduct(self):
        """Add the question, if nobody is named."""
        if self.attempt.facts.subjects:
            return
        self.fields["subjects"] = CheckboxesField(
            label="Whose conduct is it about?",
            choices=(),
            required_message="Select whose conduct it is about. If it is about nobody in these offices, redirect it "
            "instead",
            help_text=f"{self.attempt.facts.about}. Only a complaint about an office holder is recorded: redirect it if "
            "it is about somebody else.",
        )
        self.ask_holders()
        self.order_fields(["subjects"])
        self._ask_why_early()

    def _ask_why_early(self):
        for p in self.attempt.parts:
            if p.happened_on and not p.early_reason:
                self.fields[f"early_reason_{p.number}"] = TextField(
                    label=f"Allegation {p.number}: why does it belong here, if it happened outside their term of office?",
                    max_length=300, sometimes=True,
                    help_text=f"It happened on {day_words(p.happened_on)}. Leave empty if they held office that day.",
                )  # fmt: skip

    def allegation_rows(self):
        """(number, answers) of each allegation that the step covers."""
        for p in self.attempt.parts:
            reason = self.cleaned_data.get(f"early_reason_{p.number}") or p.early_reason
            yield p.number, {"happened_on": p.happened_on, "early_reason": reason}

    def name_them(self):
        """Let the complaint be about the office holders chosen, if it was asked."""
        if "subjects" not in self.fields:
            return
        self.attempt.facts.name_subjects(self.holders())
        for p in self.attempt.parts:
            p.early_reason = self.cleaned_data.get(f"early_reason_{p.number}") or p.early_reason

    @classmethod
    def display_answer(cls, name, value, look):
        """Office holders by their names."""
        if name == "subjects":
            names = {str(s.office_holder_id): str(s.office_holder) for s in look.facts.subjects_ever}
            return ", ".join(names.get(str(v), str(v)) for v in value)
        return super().display_answer(name, value, look)


class SubjectsMixin:
    """Asks which office holders, where the complaint is about both."""

    def ask_subjects(self, label, message):
        """Add the question; with one office holder it is answered already and hidden."""
        found = self.attempt.facts.subjects
        self.fields["subjects"] = CheckboxesField(
            label=label,
            choices=[(str(s.office_holder_id), str(s.office_holder)) for s in found],
            required_message=message,
            required=len(found) > 1,
        )
        self.order_fields(["subjects"])
        if len(found) == 1:
            self.fields["subjects"].initial = [str(found[0].office_holder_id)]
            self.fields["subjects"].widget = self.fields["subjects"].hidden_widget()

    @classmethod
    def display_answer(cls, name, value, look):
        """Office holders by their names."""
        if name == "subjects":
            names = {s.pk: str(s.office_holder) for s in look.facts.subjects}
            if not names.keys() >= {v for v in value if isinstance(v, int)}:
                names |= {s.pk: str(s.office_holder) for s in look.facts.subjects_ever}
            return ", ".join(names.get(v, str(v)) for v in value)
        return super().display_answer(name, value, look)

    def clean_subjects(self):
        """The Subject rows chosen; all of them where there is no choice to make."""
        chosen = set(self.cleaned_data.get("subjects") or ())
        found = self.attempt.facts.subjects
        return [s for s in found if str(s.office_holder_id) in chosen] or (found if len(found) == 1 else [])


class SidesMixin:
    """Asks which side something comes from."""

    def side_choices(self):
        """Both sides by name, the complainant even when there is no address; of a conduct matter nobody complained."""
        facts = self.attempt.facts
        both = [*([Role.COMPLAINANT.value] if facts.somebody_complained else []), *facts.holders()]
        return [(s, facts.recipient_name(s)[0].upper() + facts.recipient_name(s)[1:]) for s in both]

    def add_questions(self):
        """Both sides."""
        self.fields["side"].choices = self.side_choices()

    @classmethod
    def display_answer(cls, name, value, look):
        """A side by its name."""
        return look.facts.recipient_name(value) if name == "side" else super().display_answer(name, value, look)


REFERENCE = re.compile(r"[A-Z]{1,4}-C-[0-9]{4}-[0-9]{4,}", re.IGNORECASE)
MOST_CASES_SHOWN = 10


class ComplaintField(TextField):
    """Another complaint, however many the register has: by its reference, or by words that only it holds.

    The answer is the reference. Words that more than one complaint holds are refused, and the page lists the matches
    below, so that the person can type the reference of one; only complaints that the person sees are looked through.
    """

    names_a_case = True

    def __init__(self, *args, **kwargs):
        kwargs.setdefault(
            "help_text",
            "Its reference, such as EX-C-2026-0007. Words of its title, or the name of whoever made it, find it.",
        )
        super().__init__(*args, **kwargs)
        self.attempt = None

    def asked_in(self, attempt):
        """The field for this attempt: complaints by the same person are named below the question."""
        self.attempt = attempt
        if mine := attempt.facts.earlier_by_the_same:
            said = "; ".join(f"{c.reference}, {c.title} ({stands(attempt.facts, c)})" for c in mine)
            self.help_text = f"{self.help_text} By the same person: {said}."
        return self

    def words(self, reference: str) -> str:
        """The complaint with its title and where it stands, for the page that shows the answers again."""
        case = self.attempt.facts.other_case(reference)
        return f"{reference}, {case.title} ({stands(self.attempt.facts, case)})" if case else reference

    def clean(self, value):
        """The reference of the complaint meant. Raises ValidationError; where there are several, `matches` names them."""
        text = super().clean(value)
        look = self.attempt.look
        others = Complaint.objects.visible_to(look.who).exclude(pk=look.case.pk)
        if typed := REFERENCE.match(text):
            found = others.filter(reference=typed[0].upper()).first()
            if found is None:
                raise ValidationError(f"There is no other complaint {typed[0].upper()} that you can see")
            return found.reference
        mine = [c.pk for c in self.attempt.facts.earlier_by_the_same]  # first: it is mostly one of theirs
        own = Case(When(pk__in=mine, then=0), default=1)
        found = others.holding(text, look.who).annotate(own=own).order_by("own", "-received_on", "-pk")
        rows = list(found[: MOST_CASES_SHOWN + 1])
        if not rows:
            raise ValidationError(f"No other complaint that you can see holds “{text}”: enter its reference")
        if len(rows) > 1:
            self.matches = [f"{c.reference}, {c.title}" for c in rows[:MOST_CASES_SHOWN]]
            if len(rows) > MOST_CASES_SHOWN:
                self.matches.append("and others: more words find fewer")
            raise ValidationError(f"Several complaints hold “{text}”: enter the reference of one")
        raise ValidationError(f"Do you mean {rows[0].reference}, {rows[0].title}? Enter its reference")
