"""What is asked about the hearing itself: its meeting, who can come and who came, questions and answers."""

from hearings.models import Attendance, Meeting, Question
from hearings.procedure.notification import ANSWERS
from panel.casework.step_form import StepForm
from panel.forms.fields import (
    DateField,
    LongTextField,
    RadiosField,
    SelectField,
    TextField,
    YesNoField,
)
from panel.forms.layout import Fieldset, Reveal
from panel.forms.layout import Question as Ask
from panel.law.period import day_words

LATE_HEARING = LongTextField(
    label="Why is the hearing after the last day?", required=False, rows=3, max_length=1000,
    help_text="Only if it is. The hearing and the report are then recorded as late.",
)  # fmt: skip


class ArrangeHearingForm(StepForm):
    """A public hearing before the whole Panel (Sch 1 para 11, Sch 8 para 6; Sch 6 para 27)."""

    on_label = "When was this arranged?"
    meeting_on = DateField(label="Day of the hearing", what="the day of the hearing")
    at = TextField(label="Time", max_length=20, required=False, help_text="For example: 10am.")
    place = TextField(label="Place", max_length=200, required_message="Enter where it is held")
    remote = RadiosField(
        label="How does the candidate attend?",
        choices=[("no", "In person"), ("yes", "By video"), ("unknown", "Not known")],
        required_message="Select how the candidate attends",
    )
    late_hearing_why = LATE_HEARING
    shape = ("meeting_on", "at", "place", Ask("remote", inline=True), "late_hearing_why")

    def first(self):
        """What stands, when it is moved."""
        m = self.attempt.facts.meeting
        how = {True: "yes", False: "no", None: "unknown"}
        return {"meeting_on": m.on, "at": m.at, "place": m.place, "remote": how[m.remote]} if m else {}


class RearrangeHearingForm(ArrangeHearingForm):
    """The hearing is moved, with the reason."""

    on_label = "When was it moved?"
    why_label = "Why is it moved?"


class PublishAgendaForm(StepForm):
    """Agenda and reports, open five clear days before (LGA 1972 s 100B)."""

    on_label = "When was it published?"
    on_what = "the day it was published"
    documents_label = "The agenda"
    where = TextField(
        label="Where?", required_message="Enter where it was published", help_text="For example: the council’s website."
    )
    urgent_why = LongTextField(
        label="If later than five clear days before: why was it urgent?", required=False, rows=3, max_length=1000,
        help_text="The chairman’s reason, as the minutes have it.",
    )  # fmt: skip
    columns = ("urgent_why",)
    late_duties: list = []  # an agenda that is late asks for the chairman's reason instead


class PlanQuestionsForm(StepForm):
    """Questions by theme: one a line (guidance)."""

    on_label = "When were they planned?"
    competence = LongTextField(
        label="Professional competence", rows=5, required=False, help_text="One question a line."
    )
    independence = LongTextField(
        label="Personal independence", rows=5, required=False, help_text="One question a line."
    )
    other = LongTextField(label="Other matters", rows=3, required=False, help_text="One question a line.")
    columns = ("competence", "independence", "other")

    def first(self):
        """The plan as it stands."""
        found = {}
        for q in self.attempt.facts.questions:
            found[q.theme] = f"{found.get(q.theme, '')}{q.text}\n"
        return found

    def lines(self):
        """(theme, question) of each line."""
        for theme in Question.Theme:
            for line in (self.cleaned_data.get(theme.value) or "").splitlines():
                if line.strip():
                    yield theme.value, line.strip()[:500]

    def clean(self):
        """At least one."""
        cleaned = super().clean()
        if not self.errors and not list(self.lines()):
            self.add_error("competence", "Enter at least one question")
        return cleaned


class SeatsMixin:
    """Asks of each member how they attend. A script may give lists of names instead: `in_room`, `online`, `apologies`,
    `withdrew`, and `substitutes` as {member: who sits}."""

    seat_choices = Attendance.How.choices
    scripted = {"in_room": "room", "online": "online", "apologies": "apologies", "withdrew": "withdrew"}

    def __init__(self, attempt, data=None, files=None, draft=None):
        super().__init__(attempt, data=self.unfolded(attempt, data), files=files, draft=draft)

    @property
    def script_names(self):
        """What a script may give beside the fields."""
        return {*self.scripted, "substitutes"}

    def unfolded(self, attempt, data):
        """A script's lists as the answers that the page sends."""
        if not isinstance(data, dict) or hasattr(data, "getlist") or not (self.script_names & set(data)):
            return data
        data = dict(data)
        by_name = {m.name: m.pk for m in attempt.facts.members} | {str(m.pk): m.pk for m in attempt.facts.members}
        for name, how in self.scripted.items():
            for who in data.pop(name, []):
                data[f"seat_{by_name.get(str(who), who)}"] = how
        lines = []
        for member, who in dict(data.pop("substitutes", {})).items():
            data[f"seat_{by_name.get(str(member), member)}"] = "substitute"
            lines.append(f"{who} for {member}")
        if lines:
            data["substitutes_who"] = "\n".join(lines)
        return data

    def ask_seats(self, day, known, default=""):
        """Add a question for each member of that day, and those who left lately: the check says who may sit."""
        self._members = [
            m for m in self.attempt.facts.members if not m.to_date or (day - m.to_date).days < 120 or m.holds(day)
        ]
        blank = None if default else "Has not said"
        for m in self._members:
            row = known.get(m.pk)
            left = f", member until {day_words(m.to_date)}" if m.to_date and m.to_date < day else ""
            self.fields[f"seat_{m.pk}"] = SelectField(
                label=f"{m.name}{left}", choices=[("", blank), *self.seat_choices] if blank else self.seat_choices,
                required=False, blank=None, initial=row.how if row else default,
            )  # fmt: skip
        self.fields["substitutes_who"] = LongTextField(
            label="Substitutes", required=False, rows=2, max_length=1000,
            help_text="One a line, as “Cllr Iris Vane for Cllr Grace Tolland”. Leave empty if there are none.",
        )  # fmt: skip

    @property
    def seat_names(self) -> list[str]:
        """The names of the questions."""
        return [*(f"seat_{m.pk}" for m in self._members), "substitutes_who"]

    def seats(self):
        """(member, how) of each who was answered for."""
        return [(m, how) for m in self._members if (how := self.cleaned_data.get(f"seat_{m.pk}"))]

    def clean(self):
        """No line about a substitute is lost: each names a member, and that member has a substitute."""
        cleaned = super().clean()
        sits = {m.name for m, how in self.seats() if how == Attendance.How.SUBSTITUTE}
        for line in (cleaned.get("substitutes_who") or "").splitlines():
            who, _, whom = line.rpartition(" for ")
            if line.strip() and not (who.strip() and whom.strip() in sits):
                self.add_error(
                    "substitutes_who",
                    f"“{line.strip()}”: write it as “name for member”, with the member as listed above, and select that this "
                    "member has a substitute",
                )  # fmt: skip
                break
        return cleaned

    def substitutes(self) -> dict:
        """{member id: who sits for them}."""
        found = {}
        for line in (self.cleaned_data.get("substitutes_who") or "").splitlines():
            who, _, whom = line.rpartition(" for ")
            for m in self._members:
                if whom.strip() == m.name and who.strip():
                    found[m.pk] = who.strip()[:120]
        return found

    def keep(self, answers):
        """Kept in rows of their own."""
        return {k: v for k, v in answers.items() if not k.startswith(("seat_", "vote_"))}


class NoteApologiesForm(SeatsMixin, StepForm):
    """Who can come: for the forecast of a veto and the quorum."""

    on_label = "When did they say so?"
    columns = ("substitutes_who",)

    def ask(self):
        """Each member."""
        facts = self.attempt.facts
        self.ask_seats(facts.meeting.on if facts.meeting else self.attempt.look.today, facts.expected)
        for m in self._members:
            choices = [
                ("", "Has not said"),
                ("room", "Can attend"),
                *[c for c in self.seat_choices if c[0] not in ("room", "absent")],
            ]
            self.fields[f"seat_{m.pk}"].choices = choices

    def clean(self):
        """Somebody has said something."""
        cleaned = super().clean()
        if not self.errors and not self.seats() and self._members:
            self.add_error(f"seat_{self._members[0].pk}", "Select for at least one member whether they can attend")
        return cleaned

    def shape_of(self):
        """A line for each member."""
        self.helper.form_show_optional = False
        return self.seat_names


class HoldHearingForm(SeatsMixin, StepForm):
    """The public confirmation hearing, as the minutes have it (Sch 1 para 11, Sch 8 para 6)."""

    on_label = "When was it held?"
    on_what = "the day of the hearing"
    labels = ANSWERS
    documents_label = "Minutes or notes"
    chair = TextField(label="Who chaired?", max_length=120, required=False, help_text="Leave empty if it is not known.")
    others = TextField(label="Others present", max_length=500, required=False, help_text="Leave empty if nobody.")
    quorate = RadiosField(
        label="Was there a quorum?",
        choices=Meeting.Quorate.choices,
        required_message="Select whether there was a quorum",
    )
    in_public = YesNoField(label="Was it held in public?", required_message="Select whether it was held in public")
    candidate_came = YesNoField(
        label="Did the candidate appear?", required_message="Select whether the candidate appeared"
    )
    interests = LongTextField(
        label="Interests declared",
        required=False,
        rows=2,
        help_text="Who, what, and whether they withdrew. Leave empty if none.",
    )
    exempt = RadiosField(
        label="Was a motion moved to go into exempt session?",
        choices=[("none", "No"), ("carried", "Yes, carried"), ("lost", "Yes, lost: the item stayed open")],
        required_message="Select whether a motion for an exempt session was moved",
    )
    exempt_paragraph = RadiosField(
        label="Under which paragraph of Schedule 12A?", choices=[("1", "1, an individual"), ("2", "2, likely to reveal an individual")],
        required_message="Select the paragraph of Schedule 12A",
    )  # fmt: skip
    exempt_resolution = LongTextField(
        label="What was resolved", required=False, rows=3, max_length=1000, help_text="As the minutes have it."
    )
    late_hearing_why = LATE_HEARING
    columns = (
        "chair", "others", "quorate", "in_public", "candidate_came", "exempt", "exempt_paragraph", "substitutes_who",
    )  # fmt: skip

    def first(self):
        """The day arranged, and what members have said."""
        m = self.attempt.facts.meeting
        return {"on": m.on} if m and m.on <= self.attempt.look.today else {}

    def ask(self):
        """Each member; questions and answers of each candidate."""
        facts = self.attempt.facts
        self.ask_seats(facts.meeting.on if facts.meeting else self.attempt.look.today, facts.expected, default="absent")
        if facts.quorum:
            self.fields["quorate"].help_text = f"The Panel’s quorum is {facts.quorum} in the room."
        self.answer_names = []
        for p in self.attempt.parts:
            name = f"answers_{p.number}"
            self.answer_names.append(name)
            self.fields[name] = LongTextField(
                label=f"Questions to {p.name}, and answers",
                rows=8,
                required=False,
                max_length=20_000,
                help_text="Leave empty if they are noted later.",
            )

    def shape_of(self):
        """The meeting, the members, the hearing."""
        self.helper.form_show_optional = False  # a line for each member: what is optional says so below
        return [
            Fieldset("The meeting", "on", "chair", "quorate", "in_public", "others"),
            Fieldset("Members", *self.seat_names, "interests"),
            Fieldset("The hearing", Ask("candidate_came", inline=True), *self.answer_names, "exempt",
                     Reveal("exempt", "carried", "exempt_paragraph", "exempt_resolution"), "late_hearing_why"),
        ]  # fmt: skip


class ArrangeReserveForm(ArrangeHearingForm):
    """The hearing of the reserve candidate."""

    def first(self):
        """A meeting of its own."""
        return {}


class NoteAnswersForm(StepForm):
    """What was asked and answered at the hearing, once the minutes are agreed."""

    on_label = "When was it noted?"
    labels = ANSWERS

    def ask(self):
        """Of each candidate."""
        for p in self.attempt.look.parts:
            self.fields[f"answers_{p.number}"] = LongTextField(
                label=f"Questions to {p.name}, and answers", rows=8, required=False, max_length=20_000
            )
