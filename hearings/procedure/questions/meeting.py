"""What is asked about a meeting at which a candidate is heard: the first one or a reserve candidate."""

from hearings.models import Attendance, Meeting
from hearings.procedure.posts import MOST_CANDIDATES
from panel.casework.members import in_office_first, term_words
from panel.casework.step_form import StepForm
from panel.forms.fields import (
    CheckboxesField,
    DateField,
    LongTextField,
    RadiosField,
    SelectField,
    TextField,
    YesNoField,
)
from panel.forms.layout import Fieldset, Question, Reveal
from panel.law.meetings import PARAGRAPHS
from panel.law.names_in_text import same_person
from panel.law.period import listed

ANSWERS = {f"answers_{n}": f"Questions to candidate {n}, and answers" for n in range(1, MOST_CANDIDATES + 1)}
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
    shape = ("meeting_on", "at", "place", Question("remote", inline=True), "late_hearing_why")

    def initial_answers(self):
        """What stands, when it is moved."""
        m = self.attempt.facts.meeting
        how = {True: "yes", False: "no", None: "unknown"}
        return {"meeting_on": m.on, "at": m.at, "place": m.place, "remote": how[m.remote]} if m else {}


def notes_on(facts, member, day) -> str:
    """What stands behind a member's name: a term that is not of that day, an interest, the candidate's name."""
    notes = [] if member.holds(day) else [term_words(member)]
    if member.pk in facts.withdrawn_by(day):
        notes.append("withdrew for an interest")
    elif member.pk in facts.declared:
        notes.append("declared an interest, and stays")
    if any(same_person(member.name, name) for name in facts.candidates):
        notes.append("has the candidate’s name")
    return "".join(f", {note}" for note in notes)


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
        """Add a question for each member of that day. Of a hearing that is recorded (`default`), the day may be another
        one than was arranged: everybody else who ever was a member follows, and the check says who may sit."""
        facts = self.attempt.facts
        self._members = [m for m in in_office_first(facts.members, day) if default or m.holds(day)]
        self.seats_of_the_day = [f"seat_{m.pk}" for m in self._members if m.holds(day)]
        self.other_seats = [f"seat_{m.pk}" for m in self._members if not m.holds(day)]
        for m in self._members:
            row, sits = known.get(m.pk), m.holds(day)
            blank = "Not a member that day" if not sits else "" if default else "Has not said"
            starts = "withdrew" if sits and m.pk in facts.withdrawn_by(day) else default if sits else ""
            self.fields[f"seat_{m.pk}"] = SelectField(
                label=f"{m.name}{notes_on(facts, m, day)}",
                choices=[("", blank), *self.seat_choices] if blank else self.seat_choices,
                required=False,
                blank=None,
                initial=row.how if row else starts,
            )
        self.fields["substitutes_who"] = LongTextField(
            label="Substitutes",
            required=False,
            rows=2,
            max_length=1000,
            help_text="One a line, as “Cllr Iris Vane for Cllr Grace Tolland”. Leave empty if there are none.",
        )

    @property
    def seat_names(self) -> list[str]:
        """The names of the questions, those on members of that day before the others."""
        return [*self.seats_of_the_day, "substitutes_who", *self.other_seats]

    @property
    def others_shape(self) -> list:
        """Those who were no members that day, under a heading of their own; nothing where there are none."""
        hint = "For a hearing of another day than the one arranged."
        return [Fieldset("Members at other times", *self.other_seats, size="s", hint=hint)] if self.other_seats else []

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
                    f"“{line.strip()}”: write it as “name for member”, with the member as listed above, and select "
                    "that this member has a substitute",
                )
                break
            if len(who.strip()) > 120:
                self.add_error("substitutes_who", "Each substitute’s name must be 120 characters or fewer")
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

    def change_answers(self, answers):
        """Kept in rows of their own."""
        return {k: v for k, v in answers.items() if not k.startswith(("seat_", "vote_"))}


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
        help_text="Who, of which kind and what. Select above who withdrew for it. Leave empty if none.",
    )
    exempt = RadiosField(
        label="Was a motion moved to go into exempt session?",
        choices=[("none", "No"), ("carried", "Yes, carried"), ("lost", "Yes, lost: the item stayed open")],
        required_message="Select whether a motion for an exempt session was moved",
    )
    exempt_paragraphs = CheckboxesField(
        label="Under which paragraphs of Schedule 12A?",
        choices=[],
        required_message="Select the paragraphs of Schedule 12A",
    )
    exempt_interest = LongTextField(
        label="Why did the public interest weigh for privacy?",
        required=False,
        rows=2,
        max_length=1000,
        help_text="As a clause that can be read out, such as “the candidate’s private life would be discussed”.",
    )
    exempt_resolution = LongTextField(
        label="What was resolved",
        required=False,
        rows=3,
        max_length=1000,
        help_text="As the minutes have it. Empty, the report has the usual words of a resolution under section 100A(4).",
    )
    late_hearing_why = LATE_HEARING
    columns = (
        "chair",
        "others",
        "quorate",
        "in_public",
        "candidate_came",
        "exempt",
        "exempt_paragraph",
        "substitutes_who",
        *(f"came_{n}" for n in range(1, MOST_CANDIDATES + 1)),
    )

    def initial_answers(self):
        """The day arranged, and what members have said."""
        m = self.attempt.facts.meeting
        return {"on": m.on} if m and m.on <= self.attempt.look.today else {}

    def add_questions(self):
        """Each member; questions and answers of each candidate."""
        facts = self.attempt.facts
        self.ask_seats(facts.meeting.on if facts.meeting else self.attempt.look.today, facts.expected, default="absent")
        if facts.quorum:
            self.fields["quorate"].help_text = f"The Panel’s quorum is {facts.quorum} in the room."
        self.ask_paragraphs(facts.meeting.on if facts.meeting else self.attempt.look.today)
        self.answer_names = []
        self.came_names = []
        if len(self.attempt.parts) > 1:
            self.ask_each_candidate()
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

    @property
    def script_names(self):
        """What a script may give beside the fields."""
        return super().script_names | {"exempt_paragraph", "candidate_came"}

    def ask_paragraphs(self, day):
        """Which paragraphs of Schedule 12A: those of the panel's country that day."""
        country = self.attempt.facts.rules_on(day).country
        self.fields["exempt_paragraphs"].choices = [
            (number, f"{number}: {words[:1].lower()}{words[1:]}") for number, words in PARAGRAPHS[country].items()
        ]

    def ask_each_candidate(self):
        """Of a job share: who appeared, each by name."""
        del self.fields["candidate_came"]
        for p in self.attempt.parts:
            self.came_names.append(f"came_{p.number}")
            self.fields[f"came_{p.number}"] = YesNoField(
                label=f"Did {p.name} appear?", required_message=f"Select whether {p.name} appeared"
            )

    def appeared(self) -> dict:
        """{number of the candidate: whether they appeared}."""
        data = self.cleaned_data
        return {p.number: data.get(f"came_{p.number}", data.get("candidate_came")) for p in self.attempt.parts}

    def fill(self, attempt):
        """The meeting keeps whether all candidates appeared, and the first of the paragraphs."""
        super().fill(attempt)
        came = self.appeared().values()
        attempt.answers["candidate_came"] = None if None in came else all(came)
        chosen = attempt.answers.get("exempt_paragraphs") or []
        attempt.answers["exempt_paragraph"] = chosen[0] if attempt.answers.get("exempt") == "carried" and chosen else ""

    def unfolded(self, attempt, data):
        """A script may give one answer for all candidates, and one paragraph."""
        data = super().unfolded(attempt, data)
        if isinstance(data, dict) and not hasattr(data, "getlist"):
            data = dict(data)
            if "exempt_paragraph" in data and "exempt_paragraphs" not in data:
                data["exempt_paragraphs"] = [data.pop("exempt_paragraph")]
            if len(attempt.parts) > 1 and "candidate_came" in data:
                data |= {
                    f"came_{p.number}": data.get(f"came_{p.number}", data["candidate_came"]) for p in attempt.parts
                }
        return data

    def clean(self):
        """Who withdraws for an interest says which: on the case before, or here."""
        cleaned = super().clean()
        known = self.attempt.facts.interested
        new = [m.name for m, how in self.seats() if how == Attendance.How.WITHDREW and m.pk not in known]
        if new and not cleaned.get("interests") and "interests" not in self.errors:
            self.add_error("interests", f"Enter the interest for which {listed(new)} withdrew")
        return cleaned

    def shape_of(self):
        """The meeting, the members, the hearing."""
        self.helper.form_show_optional = False  # a line for each member: what is optional says so below
        return [
            Fieldset("The meeting", "on", "chair", "quorate", "in_public", "others"),
            Fieldset("Members", *self.seats_of_the_day, "substitutes_who", "interests"),
            *self.others_shape,
            Fieldset(
                "The hearing",
                *(Question(name, inline=True) for name in self.came_names or ["candidate_came"]),
                *self.answer_names,
                "exempt",
                Reveal("exempt", "carried", "exempt_paragraphs", "exempt_interest", "exempt_resolution"),
                "late_hearing_why",
            ),
        ]
