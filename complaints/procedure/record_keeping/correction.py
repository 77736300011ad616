"""A fact that was typed wrongly is put right, and a step is taken back (para 5; reg 34)."""

from dataclasses import replace

from complaints.keys import DutyKey, StateKey, StepKey
from complaints.models import Complaint
from complaints.procedure.acting import ASK_AUTHORITY, AgentQuestions, may_be_written_to
from complaints.procedure.acting import PERSON as AGENT
from complaints.procedure.conditions import subject_held_office
from complaints.procedure.duties import DECIDE_COPIES, INVITE_COMMENTS
from complaints.procedure.questions import NOBODY, HoldersMixin, holder_choices, one_or_the_other
from complaints.procedure.states import ANY, FROM_RECORDED, ON_RECORD
from panel.casework import shared_forms, shared_steps
from panel.casework.shared_steps import count_anew
from panel.forms.fields import (
    CheckboxesField,
    DateField,
    EmailField,
    HintedChoice,
    LongTextField,
    RadiosField,
    SelectField,
    TextField,
)
from panel.forms.layout import Reveal
from panel.law import clock
from panel.law.period import day_words
from panel.law.roles import Basis, Role
from panel.models import Complainant, office_holder_slug
from panel.models.settings_fields import ways_of
from panel.procedure.vocabulary import DutyKind, Refusal

# Correcting


def recounted(attempt, changed) -> list:
    """Pairs of an open duty and its Count, for each duty whose day moves when these facts are put right: those counted
    from the day of receipt, and the referral, counted from the day the offence first became clear. A wait in between is
    kept."""
    found = []
    received = changed.get("received_on") or attempt.case.received_on
    before, attempt.case.received_on = attempt.case.received_on, received
    try:
        for d in attempt.look.open_duties:
            kind = attempt.look.procedure.duty(d.kind)
            clear = changed.get(f"serious_on_{d.part.number}") if d.part_id else None
            if d.kind == DutyKey.REFER_TO_IOPC:
                count = clock.iopc_referral(clear) if clear else None
            elif "received_on" in changed and (
                d.opened_by.step == StepKey.LOG or d.kind == DutyKey.RECORD_OUTCOME or from_receipt(attempt, kind)
            ):
                then = replace(attempt, on=received, known_at=d.opened_by.entered_at)
                count = kind.due(then) if kind.due and d.due else None
            else:
                count = None
            if count is None:
                continue
            stood = d.stood
            count = clock.moved(count, stood) if stood else count
            if count.day != d.due:
                found.append((d, count))
    finally:
        attempt.case.received_on = before
    return found


def from_receipt(attempt, kind) -> bool:
    """Whether the panel counts that duty's day from receipt, whichever step opened it."""
    name = getattr(kind.due, "setting", "")
    return bool(name) and getattr(attempt.targets, ways_of(name)[1], "") == "receipt"


# A fact of one allegation that can be put right, and its question.

OF_EACH = ("what", "happened_on", "early_reason", "serious_on")


class CorrectForm(HoldersMixin, AgentQuestions, shared_forms.CorrectForm):
    """Put a fact right that was typed wrongly: never a status, never a decision (para 5, reg 34). What was there
    before stays in the history, and days that were counted from it are counted again."""

    subjects = CheckboxesField(
        label="Whose conduct it is about", choices=(), required_message="Select whose conduct it is about",
        help_text="Of somebody who is taken out, open duties end. For somebody new, the copy must be decided.",
    )  # fmt: skip
    about_whom = TextField(label="Whom it is about", max_length=200, required_message="Enter whom it is about")
    theme = SelectField(label="Theme", choices=(), blank="Choose", required_message="Select a theme")
    words = LongTextField(
        label="Complaint, in the complainant’s own words", max_length=20_000, rows=8, required=False,
        what="The complaint",
    )  # fmt: skip
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
    complainant_kind = SelectField(
        label="Kind of complainant", choices=Complainant.Kind.choices, blank=None,
        required_message="Select what kind of complainant",
    )  # fmt: skip
    came_to_light = TextField(
        label="How it came to light", max_length=300, required_message="Enter how it came to light"
    )
    PERSON = ("name", "email", "phone", "address", "how_to_write")
    CASE = (
        "about_whom", "theme", "words", "title", "channel", "through", "received_on", "made_on",
        "complainant_kind", "came_to_light", *AGENT,
    )  # fmt: skip
    COMPLAINT_ONLY = ("about_whom", "theme", "words", "channel", "through", "made_on", "complainant_kind")

    def initial_answers(self):
        """Everything as it is on record."""
        case = self.attempt.case
        found = {name: getattr(case, name) for name in self.CASE}
        found["subjects"] = [str(s.office_holder_id) for s in self.attempt.facts.subjects] or [NOBODY.value]
        person = case.complainant
        if person is not None:
            found |= {name: getattr(person, name) for name in self.PERSON}
        for p in self.attempt.look.parts:
            found |= {f"{name}_{p.number}": getattr(p, name) for name in OF_EACH}
        return found

    def add_questions(self):
        """Each allegation; nothing about a complainant where there is none, no theme before one was chosen."""
        recorded = on_record(self.attempt)
        self._ask_whose_conduct(recorded)
        self.fields["theme"].choices = self.attempt.look.procedure.themes
        self.fields["theme"].required = bool(self.attempt.case.theme)
        del self.fields["about_whom" if recorded else "theme"]
        if self.attempt.case.complainant_id is None:
            for name in (*self.PERSON, *AGENT):
                del self.fields[name]
        elif not self.attempt.case.agent:  # who begins to act is noted, and corrects nothing
            for name in AGENT[1:]:
                del self.fields[name]
        for name in self.COMPLAINT_ONLY if self.attempt.case.conduct_matter else ("came_to_light",):
            self.fields.pop(name, None)
        for p in self.attempt.look.parts:
            self.fields[f"what_{p.number}"] = TextField(
                label=f"Allegation {p.number}", max_length=500, required_message="Enter what is said to have happened"
            )
            self.fields[f"happened_on_{p.number}"] = DateField(
                label=f"Allegation {p.number}, when it happened", what="the day it happened", past=True, required=False
            )
            self.fields[f"early_reason_{p.number}"] = TextField(
                label=f"Allegation {p.number}, why it belongs here though it happened outside the term of office",
                max_length=300, required=False,
            )  # fmt: skip
            if p.serious:
                self.fields[f"serious_on_{p.number}"] = DateField(
                    label=f"Allegation {p.number}, "
                    "when it first became clear that an offence appears, or the IOPC called",
                    what="the day it first became clear", past=True,
                )  # fmt: skip
        self.initial = self.initial_answers()
        self.facts_asked = list(self.fields)

    def _ask_whose_conduct(self, recorded: bool):
        """Every office holder; nobody of them only as long as nothing of it is on the record (reg 9)."""
        self.ask_holders()
        choices = holder_choices(self._holders)
        if not recorded:
            choices = [*choices, HintedChoice(NOBODY.value, NOBODY.label, "Until it is recorded.")]
        self.fields["subjects"].choices = choices

    def shape_of(self):
        """The facts in the order of the log."""
        first, *rest = [n for n in self.facts_asked if n != "about_whom" and not self._not_needed(n)]
        nobody = [Reveal("subjects", NOBODY.value, "about_whom")] if "about_whom" in self.facts_asked else []
        return [first, *nobody, *rest]

    def _not_needed(self, name: str) -> bool:
        """Whether it is a reason for an early incident that nobody has asked for or given."""
        stem, _, number = name.rpartition("_")
        if stem != "early_reason":
            return False
        part = next(p for p in self.attempt.look.parts if str(p.number) == number)
        early = part.happened_on and not all(h.holds(part.happened_on) for h in self._holders)
        return not (early or part.early_reason or (self.data or self.draft or {}).get(name))

    def refuse(self, refusal):
        """The reason for an early incident is asked for once it is needed, below the day."""
        super().refuse(refusal)
        stem, _, number = refusal.field.rpartition("_")
        shown = self.helper.layout.fields
        if stem == "early_reason" and refusal.field not in shown:
            shown.insert(shown.index(f"happened_on_{number}") + 1, refusal.field)

    def clean_subjects(self):
        """Office holders, or nobody: never both; in the order of the page, as what is on record is compared with it."""
        chosen = one_or_the_other(self.cleaned_data["subjects"])
        before = self.initial_answers()["subjects"]
        return before if set(chosen) == set(before) else chosen

    def allegation_rows(self):
        """(number, answers) of each allegation, as corrected, where whose conduct, its day or its reason has changed."""
        changed = self.changed()
        for p in self.attempt.look.parts:
            if "subjects" in changed or {f"happened_on_{p.number}", f"early_reason_{p.number}"} & changed.keys():
                yield p.number, {name: self.cleaned_data.get(f"{name}_{p.number}") for name in OF_EACH[:3]}

    def recounted(self):
        """Days counted from the receipt, and from the day an offence became clear."""
        return recounted(self.attempt, self.changed())


def corrections_in_order(attempt) -> Refusal | None:
    """Incident, then complaint, then receipt; receipt not after the first later step."""
    form, answers = attempt.form, attempt.answers
    received = answers.get("received_on") or attempt.case.received_on
    made = answers.get("made_on")
    if made and made > received:
        return Refusal("Date it was made must be on or before the date we received it", ("para 4",), field="made_on")
    steps = [e.on for e in attempt.look.in_force if e.step not in (StepKey.LOG, StepKey.RECORD_CONDUCT_MATTER)]
    if "received_on" in form.changed() and steps and received > min(steps):
        return Refusal(
            f"Date we received it must be on or before {day_words(min(steps))}, the day of the first step",
            ("para 5",),
            field="received_on",
        )
    first = {m.part_id for m in attempt.look.entries[0].moves.all()}
    for p in attempt.look.parts:
        clear = answers.get(f"serious_on_{p.number}")
        if clear and clear > attempt.on:
            return Refusal(
                "The day it first became clear must be on or before the day of this step", ("reg 13",),
                field=f"serious_on_{p.number}",
            )  # fmt: skip
        day = answers.get(f"happened_on_{p.number}")
        if day and day > ((made or received) if p.pk in first else attempt.facts.made_on(p)):
            return Refusal(
                "The day it happened must be on or before the day the complaint was made",
                ("para 4",),
                field=f"happened_on_{p.number}",
            )
    return None


def agent_in_order(attempt) -> Refusal | None:
    """Who acts for the complainant is somebody who can (reg 2), where that is corrected."""
    changed = attempt.form.changed()
    if not {*AGENT, "name", "subjects"} & changed.keys() or ("agent" in changed and not changed["agent"]):
        return None
    return may_be_written_to(attempt)


def on_record(attempt) -> bool:
    """Whether any allegation has been on the record (reg 9)."""
    return any(attempt.facts.was_recorded(p) for p in attempt.look.parts) or attempt.case.conduct_matter


def change_subjects(attempt):
    """Let the complaint be about the office holders chosen. What was owed to one who is taken out is owed no more, and
    no copy is left to decide where everybody’s has been decided."""
    before = {office_holder_slug(s.office_holder) for s in attempt.facts.subjects}
    attempt.facts.name_subjects(attempt.form.holders())
    gone = before - set(attempt.facts.holders())
    decided = all(s.copy for s in attempt.facts.subjects)
    attempt.closed_duties += [
        (d, "lapsed")
        for d in attempt.look.open_duties
        if d.recipient in gone or (d.kind == DutyKey.DECIDE_COPIES and decided)
    ]


def somebody_was_added(attempt) -> bool:
    """Whether the correction names an office holder who was not named before."""
    return bool({str(h.pk) for h in attempt.form.holders()} - set(attempt.form.initial["subjects"]))


def stands_in(attempt, states) -> bool:
    """Whether an allegation stands in one of these states."""
    return any(p.status in states for p in attempt.look.parts)


DECIDE_COPY_OF_ADDED = replace(  # who is named now is owed a copy like everybody else (reg 31)
    DECIDE_COPIES,
    when=lambda attempt: (
        somebody_was_added(attempt)
        and DECIDE_COPIES.when(attempt)
        and stands_in(attempt, (*FROM_RECORDED, StateKey.CLOSED))
    ),
)
INVITE_ADDED = replace(  # and has the chance to comment, where the others had it already (reg 28)
    INVITE_COMMENTS,
    when=lambda attempt: (
        somebody_was_added(attempt)
        and stands_in(attempt, (StateKey.SUB_PANEL, StateKey.FULL_PANEL, StateKey.INFORMAL_RESOLUTION))
    ),
)


def correct(attempt):
    """Put the facts right, and count the days again that were counted from them."""
    case, form = attempt.case, attempt.form
    changed = form.changed()
    person = case.complainant
    if "subjects" in changed:
        change_subjects(attempt)
    for name, value in changed.items():
        if name in form.PERSON:
            setattr(person, name, value or "")
        elif name in form.CASE:
            setattr(case, name, value if value is not None else (None if name == "made_on" else ""))
    if not case.agent:  # it was a mistake that anybody acts
        case.agent_organisation = case.agent_email = case.agent_phone = case.agent_address = case.agent_authority = ""
        case.agent_authority_on = None
    if person is not None and any(name in form.PERSON for name in changed):
        person.save()
    for p in attempt.look.parts:
        for name in OF_EACH:
            if f"{name}_{p.number}" in changed:
                setattr(p, name, changed[f"{name}_{p.number}"])
        if any(name.endswith(f"_{p.number}") for name in changed):
            p.save()
    count_anew(recounted(attempt, changed))


# Taking back

CONSIDER_REVERSAL = DutyKind(
    "consider_reversal", "Consider taking a step back, as asked", Role.MONITORING_OFFICER, ("para 5", "reg 34"),
    Basis.GUIDANCE, met_by="reverse", open_in_states=ANY,
)  # fmt: skip


STEPS = (
    shared_steps.correct(
        ANY, ON_RECORD, CorrectForm, does=correct, checks=(corrections_in_order, subject_held_office, agent_in_order),
        opens=(DECIDE_COPY_OF_ADDED, INVITE_ADDED, ASK_AUTHORITY),
    ),
    shared_steps.ask_for_reversal(ANY, ON_RECORD, CONSIDER_REVERSAL, by=(Role.OFFICER, Role.CHAIRMAN, Role.SUB_PANEL)),
    shared_steps.reverse(ANY, ON_RECORD, CONSIDER_REVERSAL),
)  # fmt: skip
