"""What the steps ask that keep the record: corrections, merging, restriction, clocks, meetings, publication,
challenges from outside."""

import re
import unicodedata
from dataclasses import replace

from complaints.models import Complaint
from complaints.procedure.conditions import held_by_suspension, not_suspended
from complaints.procedure.deciding.route import GroundsMixin, SidesMixin
from complaints.procedure.record_keeping.correction import recounted
from complaints.queries import for_standing
from panel.casework import shared_forms
from panel.casework.shared_forms import DutiesMixin
from panel.casework.step_form import StepForm
from panel.forms.fields import (
    DateField,
    EmailField,
    LongTextField,
    RadiosField,
    SelectField,
    TextField,
    TickField,
)
from panel.forms.layout import Reveal
from panel.law.period import day_words
from panel.law.roles import Basis, Role
from panel.models import Complainant
from panel.procedure.vocabulary import Refusal

# A fact of one allegation that can be put right, and its question.
OF_EACH = ("what", "happened_on", "serious_on")


class CorrectForm(shared_forms.CorrectForm):
    """Put a fact right that was typed wrongly: never a status, never a decision (para 5, reg 34). What was there
    before stays in the history, and days that were counted from it are counted again."""

    title = TextField(label="Short title", max_length=120, required_message="Enter a short title")
    channel = RadiosField(
        label="How it arrived", choices=Complaint.Channel.choices, required_message="Select how it arrived"
    )
    through = TextField(label="Who passed it on", max_length=150, required=False)
    received_on = DateField(label="Date we received it", what="the date we received it", past=True)
    made_on = DateField(label="Date it was made", what="the date it was made", past=True, required=False)
    name = TextField(label="Complainant’s full name", max_length=150, required_message="Enter their full name")
    email = EmailField(label="Email address", required=False)
    phone = TextField(label="Telephone", max_length=40, required=False)
    address = LongTextField(label="Postal address", max_length=500, rows=3, required=False)
    how_to_write = TextField(label="How to write to them", max_length=150, required=False)
    agent = TextField(label="Who acts for them", max_length=200, required=False)
    complainant_kind = SelectField(
        label="Kind of complainant", choices=Complainant.Kind.choices, blank=None,
        required_message="Select what kind of complainant",
    )  # fmt: skip
    came_to_light = TextField(
        label="How it came to light", max_length=300, required_message="Enter how it came to light"
    )
    PERSON = ("name", "email", "phone", "address", "how_to_write")
    CASE = ("title", "channel", "through", "received_on", "made_on", "agent", "complainant_kind", "came_to_light")
    COMPLAINT_ONLY = ("channel", "through", "made_on", "complainant_kind")

    def first(self):
        """Everything as it is on record."""
        case = self.attempt.case
        found = {name: getattr(case, name) for name in self.CASE}
        person = case.complainant
        if person is not None:
            found |= {name: getattr(person, name) for name in self.PERSON}
        for p in self.attempt.look.parts:
            found |= {f"{name}_{p.number}": getattr(p, name) for name in OF_EACH}
        return found

    def ask(self):
        """Each allegation; nothing about a complainant where there is none."""
        if self.attempt.case.complainant_id is None:
            for name in (*self.PERSON, "agent"):
                del self.fields[name]
        for name in self.COMPLAINT_ONLY if self.attempt.case.conduct_matter else ("came_to_light",):
            del self.fields[name]
        for p in self.attempt.look.parts:
            self.fields[f"what_{p.number}"] = TextField(
                label=f"Allegation {p.number}", max_length=500, required_message="Enter what is said to have happened"
            )
            self.fields[f"happened_on_{p.number}"] = DateField(
                label=f"Allegation {p.number}, when it happened", what="the day it happened", past=True, required=False
            )
            if p.serious:
                self.fields[f"serious_on_{p.number}"] = DateField(
                    label=f"Allegation {p.number}, when it first became clear that an offence appears, or the IOPC called",
                    what="the day it first became clear", past=True,
                )  # fmt: skip
        self.initial = self.first()

    def recounted(self):
        """Days counted from the receipt, and from the day an offence became clear."""
        return recounted(self.attempt, self.changed())


def corrections_in_order(a) -> Refusal | None:
    """Incident, then complaint, then receipt; receipt not after the first later step."""
    form, answers = a.form, a.answers
    received = answers.get("received_on") or a.case.received_on
    made = answers.get("made_on")
    if made and made > received:
        return Refusal("Date it was made must be on or before the date we received it", ("para 4",), field="made_on")
    steps = [e.on for e in a.look.in_force if e.step not in ("log", "record_conduct_matter")]
    if "received_on" in form.changed() and steps and received > min(steps):
        return Refusal(
            f"Date we received it must be on or before {day_words(min(steps))}, the day of the first step",
            ("para 5",),
            field="received_on",
        )
    first = {m.part_id for m in a.look.entries[0].moves.all()}
    for p in a.look.parts:
        clear = answers.get(f"serious_on_{p.number}")
        if clear and clear > a.on:
            return Refusal(
                "The day it first became clear must be on or before the day of this step", ("reg 13",),
                field=f"serious_on_{p.number}",
            )  # fmt: skip
        day = answers.get(f"happened_on_{p.number}")
        if day and day > ((made or received) if p.pk in first else a.facts.made_on(p)):
            return Refusal(
                "The day it happened must be on or before the day the complaint was made",
                ("para 4",),
                field=f"happened_on_{p.number}",
            )
    return None


class MergeForm(StepForm):
    """Two records of one complaint become one: this one is void, the other goes on (para 5)."""

    into = SelectField(
        label="Into which complaint?", choices=(), blank="Choose", required_message="Select which complaint"
    )
    why_label = "How do you know that they are the same?"

    def ask(self):
        """The other complaints."""
        self.fields["into"].choices = GroundsMixin.earlier_cases(self)

    @property
    def other(self) -> Complaint | None:
        """The complaint chosen, of those this person sees."""
        rows = for_standing(self.attempt.look.who).select_related("complainant")
        return rows.filter(reference=self.cleaned_data.get("into") or "").first()


def same_complainant(a) -> Refusal | None:
    """Only complaints of the same person about the same office holder are one; others are each their own complaint. The
    other one goes on, so it is open."""
    other = a.form.other
    if other is not None and not a.look.procedure.state(other.status).open:
        return Refusal(f"{other.reference} has ended: only an open complaint can go on", ("para 5",), field="into")
    mine, theirs = a.facts.complainant, other.complainant if other else None
    same = mine is not None and theirs is not None and (
        mine.name.strip().lower() == theirs.name.strip().lower()
        or bool(mine.email and mine.email.lower() == theirs.email.lower())
    )  # fmt: skip
    if not same:
        return Refusal(
            f"{a.answers.get('into')} was made by somebody else: complaints of two people are never merged",
            ("para 5", "reg 34"),
            field="into",
        )
    if not {s.office_holder_id for s in a.facts.subjects} & {s.office_holder_id for s in other.subjects.all()}:
        return Refusal(
            f"{other.reference} is about another office holder, so it is another matter: each is decided for itself",
            ("para 5", "reg 34"),
            field="into",
        )
    return None


class StopClockForm(DutiesMixin, StepForm):
    """A target of the Panel's own stops while somebody outside is waited for; what the law times never stops."""

    duties_label = "Which target stops?"
    duties_message = "Select which target stops"
    on_label = "From when?"
    waiting_for = RadiosField(
        label="Who outside is waited for?",
        choices=[
            ("complainant", "The complainant"),
            ("office_holder", "The office holder"),
            ("iopc", "The IOPC"),
            ("court", "A prosecutor or a court"),
            ("body", "Another body"),
        ],
        required_message="Select who is waited for",
    )
    why_label = "Why?"
    running = True

    def ask(self):
        """Targets with a day, running or stopped; what the IOPC's suspension holds goes on with it."""
        found = targets(self.attempt, stopped=not self.running)
        self.ask_duties([d for d in found if self.running or not held_by_suspension(self.attempt, d)])


class RestartClockForm(StopClockForm):
    """The wait is over: the target goes on, its day moved by as long as it stood."""

    duties_label = "Which target goes on?"
    duties_message = "Select which target goes on"
    waiting_for = None
    why_label = "What came?"
    running = False


def targets(a, stopped: bool) -> list:
    """Open targets with a day that run, or that stand."""
    return [
        d
        for d in a.look.open_duties
        if a.look.procedure.duty(d.kind).basis is Basis.TARGET and d.due and (d.stopped_on is not None) == stopped
    ]


class NoteOfficeLeftForm(StepForm):
    """The office holder leaves while the complaint goes on: it keeps its subject."""

    on_label = "When did they leave office?"
    who = RadiosField(label="Who left office?", choices=(), required_message="Select who left office")
    note = LongTextField(label="What follows for this complaint?", required_message="Enter what follows", rows=3)

    def ask(self):
        """The office holders it is about."""
        self.fields["who"].choices = [
            (str(s.office_holder_id), str(s.office_holder)) for s in self.attempt.facts.subjects
        ]

    @classmethod
    def told(cls, name, value, look):
        """The office holder by name."""
        if name == "who":
            found = [str(s.office_holder) for s in look.facts.subjects if str(s.office_holder_id) == str(value)]
            return found[0] if found else str(value)
        return super().told(name, value, look)


class ArrangeMeetingForm(StepForm):
    """When, where and who (paras 11, 12)."""

    on_label = "When was it arranged?"
    meets_on = DateField(label="Day of the meeting", what="the day of the meeting")
    place = TextField(label="Where?", required_message="Enter where")
    present = TextField(label="Who is to come?", max_length=500, required_message="Enter who is to come")


class AdjournForm(StepForm):
    """A meeting is put off (para 12)."""

    on_label = "When was it adjourned?"
    meets_on = DateField(label="To which day?", what="the day it is put off to", required=False)
    why_label = "Why?"


class InviteRepresentationsForm(StepForm):
    """Both sides may say what they think of publishing the record of the outcome (para 14)."""

    on_label = "When were they invited?"
    by_when = DateField(label="By when may they answer?", what="the day by which they may answer")


class NoteRepresentationsForm(SidesMixin, StepForm):
    """What one side thinks of publishing (para 14)."""

    on_label = "When did they answer?"
    side = RadiosField(label="Who?", choices=(), required_message="Select who answered")
    view = RadiosField(
        label="What do they want?",
        choices=[
            ("agrees", "They agree to publication"),
            ("objects", "They object"),
            ("silent", "They said nothing to it"),
        ],
        required_message="Select what they want",
    )
    note = LongTextField(label="What did they say?", required=False, rows=4)

    def ask(self):
        """Both sides."""
        self.fields["side"].choices = self.side_choices()


class DecidePublicationForm(StepForm):
    """To publish needs both sides' chance and the public interest; not to publish needs neither (para 14)."""

    labels = {  # noqa: RUF012
        "publish": "Published",
    }
    on_label = "When was it decided?"
    publish = RadiosField(
        label="Is the record of the outcome published?",
        choices=[("yes", "Yes"), ("no", "No")],
        required_message="Select whether it is published",
    )
    considered = TickField(
        label="The representations were considered", required=False, hint="Paragraph 14",
    )  # fmt: skip
    public_interest = TickField(label="Publication is in the public interest", required=False, hint="Paragraph 14")
    redacted = LongTextField(
        label="The text to be published", required_message="Enter the text to be published", rows=8,
        help_text="Without the complainant’s name, address or words.",
    )  # fmt: skip
    why_label = "The reasons"
    shape = ("publish", Reveal("publish", "yes", "considered", "public_interest", "redacted"))


def publication_is_lawful(a) -> Refusal | None:
    """Both sides were invited and answered, or their time is over; considered; in the public interest; and the text
    does not name the complainant (para 14)."""
    if a.answers.get("publish") != "yes":
        return None
    for name, words in (
        ("considered", "Tick that the representations were considered"),
        ("public_interest", "Tick that publication is in the public interest, or do not publish"),
    ):
        if not a.answers.get(name):
            return Refusal(words, ("para 14",), field=name)
    for p in a.look.parts:
        if refusal := not_suspended(a, p):
            return replace(refusal, field="publish")
    asked = [d for d in a.look.duties if d.kind == "await_representations" and d.closed_how != "reversed"]
    invited = {d.recipient: d for d in asked}
    for side in a.facts.sides():
        d = invited.get(side)
        words = a.facts.recipient_words(side)
        if d is None:
            return Refusal(f"{words} has not been invited to make representations", ("para 14",), field="publish")
        if d.closed_how not in ("met", "waived") and (d.due is None or d.due >= a.on):
            return Refusal(
                f"{words} may still answer until {day_words(d.due)}" if d.due else f"{words} may still answer",
                ("para 14",),
                field="publish",
            )
    return names_nobody(a)


def names_nobody(a) -> Refusal | None:
    """No part of the complainant's name or address stands in a text to be published, however it is spelt: accents,
    capitals and invisible characters make no difference. A name that is also a word counts only with its capital."""
    person: Complainant | None = a.facts.complainant
    if person is None:
        return None
    typed = plain(a.answers.get("redacted") or "")
    names = re.split(r"\W+", f"{person.name} {a.case.agent}")
    marks = [w for w in names if len(w) > 2 and w.lower() not in NO_NAMES] + [person.email, person.phone]
    marks += [piece for piece in re.split(r"[\n,]", person.address) if len(piece.strip()) > 4]
    for mark in (m.strip() for m in marks):
        looked_for = re.escape(plain(mark)).replace(r"\ ", r"\s*")
        flags = re.NOFLAG if plain(mark).lower() in ALSO_WORDS else re.IGNORECASE
        if mark and re.search(rf"(?<!\w){looked_for}(?!\w)", typed, flags):
            return Refusal(
                f"The text still holds “{mark}”, which could tell who complained",
                ("para 14", "reg 28"),
                field="redacted",
            )
    return None


def plain(text: str) -> str:
    """The text without accents and without characters that nobody sees."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(c for c in apart if unicodedata.category(c) not in ("Mn", "Cf"))


NO_NAMES = {"mrs", "miss", "the", "and", "for", "solicitor", "solicitors", "llp", "ltd", "company", "complainant"}
ALSO_WORDS = {
    "baker", "best", "bishop", "black", "brown", "cook", "day", "field", "grace", "grant", "green", "hill", "hope", "judge",
    "king", "lane", "law", "long", "mark", "may", "page", "police", "power", "price", "read", "rich", "rose", "short", "small",
    "way", "white", "will", "wise", "wood", "young",
}  # fmt: skip


class NoteExternalChallengeForm(StepForm):
    """The Ombudsman, a court or the Information Commissioner asks: it never reopens the case by itself (para 17)."""

    on_label = "When did it come?"
    body = RadiosField(
        label="Who asks?",
        choices=[
            ("ombudsman", "The Local Government and Social Care Ombudsman"),
            ("court", "A court"),
            ("information_commissioner", "The Information Commissioner"),
            ("iopc", "The IOPC"),
            ("other", "Somebody else"),
        ],
        required_message="Select who asks",
    )
    their_reference = TextField(label="Their reference", max_length=60, required=False)
    about = LongTextField(label="What do they ask?", required_message="Enter what they ask", rows=4)
    by_when = DateField(label="By when must you answer?", what="the day by which you must answer", required=False)


class AnswerChallengeForm(DutiesMixin, StepForm):
    """What was answered, and how it ended."""

    duties_label = "Which challenge is answered?"
    duties_message = "Select which challenge is answered"
    on_label = "When was it answered?"
    answer = LongTextField(label="What was answered?", required_message="Enter what was answered", rows=4)

    def ask(self):
        """The challenges that are open."""
        self.ask_duties([d for d in self.attempt.look.open_duties if d.kind == "answer_challenge"])


class NoteAnswerForm(SidesMixin, StepForm):
    """The office holder's answer to recommendations (s 28(6))."""

    on_label = "When did the answer come?"
    side = RadiosField(label="Who answered?", choices=(), required_message="Select who answered")
    answer = LongTextField(label="What did they answer?", required_message="Enter what they answered", rows=4)

    def ask(self):
        """The office holders."""
        self.fields["side"].choices = [c for c in self.side_choices() if c[0] != Role.COMPLAINANT]
