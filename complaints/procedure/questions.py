"""Questions that the forms of several chapters ask: allegations, office holders, sides, another complaint."""

import re

from django.core.exceptions import ValidationError

from complaints.models import Complaint
from panel.forms.fields import CheckboxesField, DateField, HintedChoice, TextField
from panel.law.period import day_words, listed
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


class NumberedAllegations:
    """Questions repeated for each allegation: `what_1`, `happened_on_1`, `early_reason_1`, `what_2` ..."""

    def number_of(self, data) -> int:
        """How many allegations the form asks for: as many as were sent, one more when that was asked, at most 20."""
        if not data:
            return 1
        sent = [int(m.group(1)) for k in data if (m := re.fullmatch(r"what_(\d{1,2})", str(k)))]
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

    def ask_allegation(self, n: int, required: bool = True) -> list:
        """Add the questions of allegation n; their names."""
        self.fields[f"what_{n}"] = TextField(
            label="What is said to have happened?",
            what="What is said to have happened",
            required_message="Enter what is said to have happened",
            max_length=500,
            required=required,
        )
        self.fields[f"happened_on_{n}"] = DateField(
            label="When did it happen?",
            what="the day it happened",
            past=True,
            required=False,
            help_text="The latest day, if there were several. Leave empty if it is not known.",
        )
        self.fields[f"early_reason_{n}"] = TextField(
            label="Why does an incident outside the term of office belong here?",
            max_length=300,
            required=False,
            help_text="Only if it happened before they took office or after they left.",
        )
        asked = [f"what_{n}", f"happened_on_{n}"]
        typed = (self.data or self.draft or {}).get(f"early_reason_{n}")
        return [*asked, f"early_reason_{n}"] if typed else asked

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


class NewCaseMixin(NumberedAllegations):
    """Asks what both ways into the register ask: whose conduct it is about, and as many allegations as were sent."""

    def __init__(self, attempt, data=None, files=None, draft=None):
        data = self.flattened(data)
        typed = data if data is not None else draft
        self.count = min(self.number_of(typed) + bool(typed and typed.get("more")), MOST_ALLEGATIONS)
        super().__init__(attempt, data=data, files=files, draft=draft)

    def ask_holders(self):
        """Offer every office holder, past ones too."""
        self._holders = list(self.attempt.panel.office_holders.order_by("office", "-from_date"))
        self.fields["subjects"].choices = holder_choices(self._holders)

    def holders(self) -> list[OfficeHolder]:
        """The office holders chosen."""
        chosen = set(self.cleaned_data.get("subjects") or ())
        return [h for h in self._holders if str(h.pk) in chosen]


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
        return [(s, facts.recipient_words(s)[0].upper() + facts.recipient_words(s)[1:]) for s in both]

    def add_questions(self):
        """Both sides."""
        self.fields["side"].choices = self.side_choices()

    @classmethod
    def display_answer(cls, name, value, look):
        """A side by its name."""
        return look.facts.recipient_words(value) if name == "side" else super().display_answer(name, value, look)


REFERENCE = re.compile(r"[A-Z]{1,4}-C-[0-9]{4}-[0-9]{4,}", re.IGNORECASE)
MATCHES_SHOWN = 10


class ComplaintField(TextField):
    """Another complaint, however many the register has: by its reference, or by words that only it holds.

    The answer is the reference. Words that more than one complaint holds are refused with the matches, so that the
    person can type the reference of one; only complaints that the person sees are looked through.
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
            self.help_text = f"{self.help_text} By the same person: {listed([c.reference for c in mine])}."
        return self

    def clean(self, value):
        """The reference of the complaint meant. Raises ValidationError, with the matches where there are several."""
        text = super().clean(value)
        if not text or self.attempt is None:
            return text
        look = self.attempt.look
        others = Complaint.objects.visible_to(look.who).exclude(pk=look.case.pk)
        if typed := REFERENCE.match(text):
            found = others.filter(reference=typed[0].upper()).first()
            if found is None:
                raise ValidationError(f"There is no other complaint {typed[0].upper()} that you can see")
            return found.reference
        rows = list(others.holding(text, look.who).order_by("-received_on", "-pk")[: MATCHES_SHOWN + 1])
        if not rows:
            raise ValidationError(f"No other complaint that you can see holds “{text}”: enter its reference")
        if len(rows) > 1:
            shown = "; ".join(f"{c.reference}, {c.title}" for c in rows[:MATCHES_SHOWN])
            more = " and more" if len(rows) > MATCHES_SHOWN else ""
            raise ValidationError(f"Several complaints hold “{text}”: {shown}{more}. Enter the reference of one")
        raise ValidationError(f"Do you mean {rows[0].reference}, {rows[0].title}? Enter its reference")
