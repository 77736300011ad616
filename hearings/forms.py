"""What each step of a hearing asks: one form a step, with its words and its own errors."""

from django.core.exceptions import ValidationError

from hearings import checklist
from hearings.models import Attendance, Candidate, Hearing, Meeting, NotificationItem, Question, Resolution
from hearings.report import Report
from panel.clock import day_words
from panel.forms.fields import (
    CheckboxesField,
    DateField,
    HintedChoice,
    LongTextField,
    NumberField,
    RadiosField,
    SelectField,
    TextField,
    TickField,
    YesNoField,
)
from panel.forms.layout import Columns, Fieldset, Reveal
from panel.forms.layout import Question as Ask
from panel.forms.steps import StepForm

POSTS = {
    1: ("chief_executive", "chief_finance_officer", "deputy", "fire_finance_officer", "chief_fire_officer"),
    8: ("chief_constable",),
}
POST_NOTES = {
    "chief_executive": "The office’s head of paid service and monitoring officer.",
    "fire_finance_officer": "Only where the Commissioner is also the fire authority.",
    "chief_fire_officer": "Only where the Commissioner is also the fire authority.",
    "chief_constable": "The Panel can veto.",
}
MOST_CANDIDATES = 3
ANSWERS = {f"answers_{n}": f"Questions to candidate {n}, and answers" for n in range(1, MOST_CANDIDATES + 1)}
FLAGS = [
    ("interim", "Interim"), ("temporary", "Temporary"), ("renewal", "Renewal of a term"),
    HintedChoice("job_share", "Job share", "Two people for one post: one hearing, a decision on each."),
]  # fmt: skip


def posts_of(schedule: int) -> list[HintedChoice]:
    """The posts under that Schedule, as choices."""
    labels = dict(Hearing.Post.choices)
    return [HintedChoice(p, labels[p], POST_NOTES.get(p, "")) for p in POSTS[schedule]]


class ComesAs:
    """Asks which of the four things came, whether the clock runs when some did not, and about an election."""

    came_label = "Which of the four things came with it?"

    def ask_what_came(self):
        """Add the questions."""
        self.fields["came"] = CheckboxesField(
            label=self.came_label, choices=NotificationItem.Kind.choices, required=False,
            help_text="Those that came later are added as they come.",
        )  # fmt: skip
        self.fields["counts"] = RadiosField(
            label="If something is missing: do the three weeks run?", required=False,
            choices=[
                HintedChoice("from_notice", "Yes, from the day the notification was received", "Your decision, with the reason. Both readings are shown."),
                HintedChoice("not_yet", "Not yet", "The clock is then not shown as running."),
            ],
        )  # fmt: skip
        self.fields["counts_why"] = LongTextField(
            label="Why do they run, or not?", required=False, rows=3, max_length=1000, required_message="Enter why"
        )
        self.fields["poll_on"] = DateField(
            label="If an ordinary election of the Commissioner falls into the three weeks: the day of the poll",
            what="the day of the poll", required=False,
            help_text="Its days, from the poll until the person elected accepts office, do not count.",
        )  # fmt: skip
        self.fields["unknown"] = TickField(
            label="The day is not known: this is the first day on which the papers show it", required=False,
            hint="The three weeks are then not shown as running.",
        )  # fmt: skip

    came_shape = ("came", "counts", "counts_why", "poll_on")

    def counted_from(self):
        """The day from which the three weeks count, or None."""
        data = self.cleaned_data
        if data.get("unknown"):
            return None
        whole = set(data.get("came") or ()) >= {k.value for k in NotificationItem.Kind}
        return data["on"] if whole or data.get("counts") == "from_notice" else None

    def clean(self):
        """An incomplete notification needs a word on whether the clock runs."""
        cleaned = super().clean()
        whole = set(cleaned.get("came") or ()) >= {k.value for k in NotificationItem.Kind}
        if not whole and not cleaned.get("unknown"):
            if not cleaned.get("counts"):
                self.add_error("counts", "Select whether the three weeks run, as something is missing")
            elif not cleaned.get("counts_why"):
                self.add_error("counts_why", "Enter why the three weeks run from that day, or do not")
        return cleaned


class NotifyForm(ComesAs, StepForm):
    """The Commissioner's notification of a proposed appointment (Sch 1 para 9, Sch 8 para 3)."""

    on_label = "When did the Panel receive the notification?"
    on_what = "the day the Panel received the notification"
    documents_label = "The notification and what came with it"
    post = RadiosField(label="Which post?", choices=(), required_message="Select the post")
    flags = CheckboxesField(label="Is it special in some way?", required=False, choices=FLAGS)
    columns = (
        "post", "flags", "came", "poll_on", "unknown", "counts_why",
        *(f"candidate_{n}" for n in range(1, MOST_CANDIDATES + 1)),
    )  # fmt: skip

    def ask(self):
        """The posts of this Schedule, and as many candidates as there can be."""
        self.fields["post"].choices = posts_of(self.attempt.facts.law.schedule)
        if self.attempt.facts.law.schedule == 8:
            self.fields["post"].initial = "chief_constable"
        for n in range(1, MOST_CANDIDATES + 1):
            self.fields[f"candidate_{n}"] = TextField(
                label="Candidate" if n == 1 else f"Candidate {n}", max_length=120, required=n == 1,
                required_message="Enter the candidate’s name", what="The name",
                help_text="" if n == 1 else "Only for a job share.",
            )  # fmt: skip
        self.ask_what_came()

    def shape_of(self):
        """Post and candidates, then what came and when."""
        names = [f"candidate_{n}" for n in range(2, MOST_CANDIDATES + 1)]
        return [
            Fieldset("The appointment", "post", "candidate_1", "flags", Reveal("flags", "job_share", *names)),
            Fieldset("The notification", "on", "unknown", *self.came_shape),
        ]

    def names(self) -> list[str]:
        """The candidates' names."""
        found = [self.cleaned_data.get(f"candidate_{n}") for n in range(1, MOST_CANDIDATES + 1)]
        return [n for n in found if n]

    def clean(self):
        """A job share has several candidates, everything else one."""
        cleaned = super().clean()
        if "job_share" in (cleaned.get("flags") or []) and len(self.names()) < 2 and "candidate_1" not in self.errors:
            self.add_error("candidate_2", "Enter the second candidate’s name, or untick job share")
        return cleaned


class NoteAppointmentForm(StepForm):
    """Somebody was appointed and the Panel was not notified (Sch 1 para 9, Sch 8 para 3)."""

    on_label = "When did the Panel learn of it?"
    on_what = "the day the Panel learnt of it"
    post = RadiosField(label="Which post?", choices=(), required_message="Select the post")
    candidate_1 = TextField(label="Who was appointed?", max_length=120, required_message="Enter who was appointed")
    known = LongTextField(label="What is known?", rows=4, required_message="Enter what is known")
    columns = ("post", "candidate_1")

    def ask(self):
        """The posts of this Schedule."""
        self.fields["post"].choices = posts_of(self.attempt.facts.law.schedule)

    def names(self) -> list[str]:
        """Who was appointed."""
        return [self.cleaned_data["candidate_1"]]


class RequestInformationForm(StepForm):
    """What is missing from the notification, and by when (Sch 1 para 9(2), Sch 8 para 3(2))."""

    on_label = "When was it asked for?"
    missing = CheckboxesField(label="What is asked for?", choices=(), required_message="Select what is asked for")
    by_when = DateField(label="By when?", what="the day by which it should come", required=False)

    def ask(self):
        """Which of the four things have not come."""
        self.fields["missing"].choices = [(k.value, k.label) for k in self.attempt.facts.missing]


class ReceiveInformationForm(StepForm):
    """Part of the notification came later."""

    on_label = "When did it come?"
    on_what = "the day it came"
    documents_label = "What came"
    came = CheckboxesField(label="What came?", choices=(), required_message="Select what came")
    counts = RadiosField(
        label="From which day do the three weeks count?", required_message="Select from which day the three weeks count",
        choices=[
            ("from_notice", "From the day the notification was received"), ("from_this", "From this day"),
            ("not_yet", "They do not run yet"),
        ],
    )  # fmt: skip
    counts_why = LongTextField(label="Why?", required=False, rows=3, max_length=1000)
    columns = ("came", "counts_why", "to")

    def ask(self):
        """What is missing; whether the clock runs only while that is open."""
        facts = self.attempt.facts
        self.fields["came"].choices = [(k.value, k.label) for k in facts.missing]
        running = (
            facts.proposal is None or facts.proposal.counted_from is not None or facts.proposal.received_on is None
        )
        if running:
            del self.fields["counts"], self.fields["counts_why"]
        else:
            notice = day_words(facts.proposal.received_on)
            self.fields["counts"].choices = [
                ("from_notice", f"From {notice}, when the notification was received"),
                ("from_this", "From the day this came"), ("not_yet", "They do not run yet"),
            ]  # fmt: skip

    def fill(self, attempt):
        """Those who waited go on from where they waited, the others stay; all stand at the same."""
        super().fill(attempt)
        at = {attempt.look.left(p) if p.status == "information_awaited" else p.status for p in attempt.parts}
        attempt.answers["to"] = at.pop()


class DecideCountForm(StepForm):
    """From which day the three weeks count, where the notification was incomplete (docs/law.md)."""

    on_label = "When was this decided?"
    counts = RadiosField(
        label="From which day do the three weeks count?", required_message="Select from which day the three weeks count",
        choices=[("from_notice", "From the day the notification was received"), ("from_day", "From another day")],
    )  # fmt: skip
    day = DateField(label="Which day?", what="the day from which they count", past=True)
    counts_why = LongTextField(
        label="Why?", rows=3, max_length=1000, required_message="Enter why the three weeks count from that day"
    )
    shape = ("counts", Reveal("counts", "from_day", "day"), "counts_why")
    columns = ("counts_why",)

    def ask(self):
        """Without a known day of notification only another day is left."""
        if self.attempt.facts.proposal is not None and self.attempt.facts.proposal.received_on is None:
            self.fields["counts"].choices = [("from_day", "From another day")]


class NoteElectionForm(StepForm):
    """An ordinary election of the Commissioner: its days do not count (Sch 1 para 10, Sch 8 para 4(6))."""

    on_label = "When was this noted?"
    poll_on = DateField(label="Day of the poll", what="the day of the poll")
    accepted_on = DateField(
        label="Day on which the person elected accepted office", what="the day office was accepted", required=False,
        help_text="Leave empty until it is known. The last day is then not known if the three weeks reach the poll.",
    )  # fmt: skip
    shape = (Columns("poll_on", "accepted_on"),)
    columns = ("poll_on", "accepted_on")

    def first(self):
        """What is known."""
        p = self.attempt.facts.proposal
        return {"poll_on": p.poll_on, "accepted_on": p.accepted_on} if p else {}


class BeginReviewForm(StepForm):
    """The Panel begins to review the proposal (Sch 1 para 10, Sch 8 para 4)."""

    on_label = "When did the review begin?"
    without_why = LongTextField(
        label="Why does it begin without everything?", required=False, rows=3, max_length=1000,
        help_text="Only if something has not come.",
    )  # fmt: skip

    def ask(self):
        """Only where something is missing."""
        if self.attempt.facts.complete:
            del self.fields["without_why"]


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

    def __init__(self, attempt, data=None, files=None, draft=None):
        super().__init__(attempt, data=self.unfolded(attempt, data), files=files, draft=draft)

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

    def __init__(self, attempt, data=None, files=None, draft=None):
        super().__init__(attempt, data=self.unfolded(attempt, data), files=files, draft=draft)

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


class VotesMixin:
    """Asks how the Panel decided: without a vote, by numbers, or by name. A script may give `voted_for`,
    `voted_against`, `abstaining` as names."""

    scripted_votes = {"voted_for": "for", "voted_against": "against", "abstaining": "abstained"}
    taken_choices = Resolution.Taken.choices
    script_names = frozenset(scripted_votes)

    def unfolded(self, attempt, data):
        """A script's lists as the answers that the page sends."""
        if not isinstance(data, dict) or hasattr(data, "getlist") or not (self.script_names & set(data)):
            return data
        data = dict(data)
        by_name = {m.name: m.pk for m in attempt.facts.members} | {str(m.pk): m.pk for m in attempt.facts.members}
        for name, cast in self.scripted_votes.items():
            for who in data.pop(name, []):
                data[f"vote_{by_name.get(str(who), who)}"] = cast
        return data

    def ask_votes(self):
        """Add the questions; by name for those in office lately, those who could vote first."""
        facts = self.attempt.facts
        self.fields["taken"] = RadiosField(
            label="How was it decided?", choices=self.taken_choices, required_message="Select how it was decided"
        )
        for name, label in (("votes_for", "For"), ("votes_against", "Against"), ("abstained", "Abstained")):
            self.fields[name] = NumberField(
                label=label, what=label, min_value=0, max_value=200, required_message=f"Enter how many: {label.lower()}"
            )
        day = facts.meeting.on if facts.meeting else self.attempt.look.today
        could = [m for m, row in facts.attended.items() if row.can_vote]
        members = [m for m in facts.members if not m.to_date or (day - m.to_date).days < 120]
        self._voters = sorted(members, key=lambda m: (m.pk not in could, m.name))
        for m in self._voters:
            row = facts.attended.get(m.pk)
            note = "" if m.pk in could else f" ({row.get_how_display().lower() if row else 'absent'})"
            if row and row.substitute:
                note = f" ({row.substitute} sat)"
            self.fields[f"vote_{m.pk}"] = SelectField(
                label=f"{m.name}{note}", blank="Did not vote", required=False,
                choices=[("for", "For"), ("against", "Against"), ("abstained", "Abstained")],
            )  # fmt: skip

    @property
    def votes_shape(self):
        """Where they stand."""
        return (
            "taken",
            Reveal("taken", "counted", "votes_for", "votes_against", "abstained"),
            Reveal("taken", "named", *(f"vote_{m.pk}" for m in self._voters)),
        )

    def votes(self):
        """(member, how) of each vote by name."""
        return [(m, cast) for m in self._voters if (cast := self.cleaned_data.get(f"vote_{m.pk}"))]

    def tally(self) -> tuple[int, int, int]:
        """For, against, abstained."""
        data = self.cleaned_data
        if data.get("taken") == Resolution.Taken.COUNTED:
            return tuple(data.get(k) or 0 for k in ("votes_for", "votes_against", "abstained"))
        cast = [c for _, c in self.votes()]
        return cast.count("for"), cast.count("against"), cast.count("abstained")

    def keep(self, answers):
        """Votes are kept in rows of their own."""
        return {k: v for k, v in answers.items() if not k.startswith("vote_")}


class RecommendForm(VotesMixin, StepForm):
    """Whether the candidate should be appointed (Sch 1 para 10, Sch 8 para 4)."""

    on_label = "When was it decided?"
    on_what = "the date it was decided"
    why_label = "The Panel’s reasons"
    why_hint = "They go into the report: competence and independence, as the Panel saw them."
    recommendation = RadiosField(
        label="What does the Panel recommend?",
        choices=[
            HintedChoice("appoint", "That the candidate be appointed"),
            HintedChoice("refuse", "That the candidate not be appointed", "Guidance: where the candidate clearly does not meet the criteria."),
        ],
        required_message="Select what the Panel recommends",
    )  # fmt: skip
    concerns = LongTextField(
        label="Concerns to report with it", required=False, rows=3, max_length=4000,
        help_text="Guidance lets the Panel recommend and report concerns.",
    )  # fmt: skip
    taken_by = TextField(
        label="If the meeting had no quorum: who takes the decision?", required=False, help_text="It then only advises."
    )
    columns = ("recommendation", "concerns", "taken", "votes_for", "votes_against", "abstained")

    def __init__(self, attempt, data=None, files=None, draft=None):
        super().__init__(attempt, data=self.unfolded(attempt, data), files=files, draft=draft)

    def first(self):
        """The day of the hearing."""
        m = self.attempt.facts.meeting
        return {"on": m.on} if m and m.held else {}

    def ask(self):
        """The votes; who decides only where the meeting had no quorum."""
        self.ask_votes()
        m = self.attempt.facts.meeting
        if m is None or m.quorate != Meeting.Quorate.NO:
            del self.fields["taken_by"]

    def shape_of(self):
        """Recommendation, then votes; for and against are of the recommendation."""
        self.helper.form_show_optional = False  # a line for each member: what is optional says so below
        return ["recommendation", "concerns", *self.votes_shape, "taken_by"]


class VetoForm(VotesMixin, StepForm):
    """The veto of a Chief Constable's appointment: two thirds of all members in office (Sch 8 para 5)."""

    on_label = "When was it decided?"
    on_what = "the date it was decided"
    why_label = "The Panel’s reasons"
    why_hint = "The report says that the Panel has vetoed the appointment."
    taken_choices = Resolution.Taken.choices[1:]  # two thirds are counted
    columns = ("taken", "votes_for", "votes_against", "abstained")

    def __init__(self, attempt, data=None, files=None, draft=None):
        super().__init__(attempt, data=self.unfolded(attempt, data), files=files, draft=draft)

    def first(self):
        """The day of the hearing."""
        m = self.attempt.facts.meeting
        return {"on": m.on} if m and m.held else {}

    def ask(self):
        """The votes."""
        self.ask_votes()
        self.fields["taken"].help_text = self.attempt.facts.forecast().words

    def shape_of(self):
        """The votes."""
        self.helper.form_show_optional = False  # a line for each member: what is optional says so below
        return list(self.votes_shape)


HOW_SENT = (("email", "Email"), ("post", "Post"), ("hand", "By hand"), ("meeting", "At the meeting"))


class SendReportForm(StepForm):
    """The Panel's report to the Commissioner (Sch 1 para 10, Sch 8 para 4)."""

    on_label = "When was it sent?"
    on_what = "the date it was sent"
    documents_label = "The report as it was sent"
    how = RadiosField(label="How was it sent?", choices=HOW_SENT, required_message="Select how it was sent")
    shape = (Ask("how", inline=True),)

    def fill(self, attempt):
        """A reported veto stays a veto."""
        super().fill(attempt)
        attempt.answers["to"] = "vetoed" if any(p.status == "vetoed" for p in attempt.parts) else "reported"


class PublishReportForm(StepForm):
    """The report is published, in a manner the Panel decides."""

    on_label = "When was it published?"
    where = TextField(label="Where?", max_length=200, required_message="Enter where it was published")
    redactions = LongTextField(
        label="What was left out, and why", rows=3, required=False, help_text="Leave empty if nothing was."
    )
    columns = ("which",)

    def ask(self):
        """Which report, where that of a veto and that on a reserve candidate both wait."""
        facts = self.attempt.facts
        self._reports = {str(p.pk): p for p in facts.unpublished}
        if len(self._reports) > 1:
            said = [Report(self.attempt.look, facts.proposals.index(p) + 1).short for p in facts.unpublished]
            self.fields["which"] = RadiosField(
                label="Which report?", choices=list(zip(self._reports, said, strict=True)),
                required_message="Select which report",
            )  # fmt: skip
            self.order_fields(["which"])

    def proposal(self):
        """The notification whose report it is."""
        return self._reports.get(self.cleaned_data.get("which") or "") or next(iter(self._reports.values()))


class DecisionForm(StepForm):
    """The Commissioner's decision on the recommendation (Sch 1 para 12, Sch 8 para 7)."""

    on_label = "When was the Panel notified of it?"
    on_what = "the day the Panel was notified"
    documents_label = "The Commissioner’s letter"
    announced_on = DateField(
        label="When was it announced?",
        what="the day it was announced",
        required=False,
        help_text="Leave empty if it was not, or is not known.",
    )
    appointed = YesNoField(
        label="Is the candidate appointed?", required_message="Select whether the candidate is appointed"
    )
    appointed_from = DateField(
        label="From when?", what="the day from which", required=False, help_text="Leave empty if it is not known."
    )
    why_label = "The Commissioner’s reasons, if given"
    why_required = False
    shape = ("announced_on", Ask("appointed", inline=True), Reveal("appointed", "yes", "appointed_from"))
    columns = ("announced_on", "appointed", "appointed_from")

    def ask(self):
        """What follows from it at first."""
        against = {p.recommendation for p in self.attempt.parts} == {Candidate.Recommendation.REFUSE}
        accepts = self.step.key == "pcc_accepts"
        self.fields["appointed"].initial = "yes" if accepts != against else "no"


class LapseForm(StepForm):
    """The three weeks passed and no report was given."""

    on_label = "When was this noted?"
    what_followed = LongTextField(
        label="What did the Commissioner do?",
        rows=3,
        required_message="Enter what the Commissioner did, or that it is not known",
    )
    why_label = "Why did the Panel not report?"


class CandidateWithdrawsForm(StepForm):
    """A candidate no longer wants the post."""

    on_label = "When did the candidate withdraw?"
    told_by = TextField(label="Who told the Panel?", required_message="Enter who told the Panel")
    why_label = "Why, if it was said"
    why_required = False


class WithdrawProposalForm(StepForm):
    """The Commissioner takes the proposal back: a new notification is a new case."""

    on_label = "When was it taken back?"
    told_by = TextField(label="Who told the Panel?", required_message="Enter who told the Panel")
    why_label = "Why, if it was said"
    why_required = False


class NotifyReserveForm(ComesAs, StepForm):
    """The reserve candidate (SI 2012/2271 Part 3): three weeks of its own, and no second veto."""

    on_label = "When did the Panel receive the notification?"
    on_what = "the day the Panel received the notification"
    documents_label = "The notification and what came with it"
    candidate_1 = TextField(label="Reserve candidate", max_length=120, required_message="Enter the candidate’s name")
    columns = ("came", "poll_on", "unknown", "candidate_1", "counts_why")

    def ask(self):
        """What came."""
        self.ask_what_came()

    def shape_of(self):
        """Who, then what came."""
        return ["candidate_1", "on", "unknown", *self.came_shape]


class ItemForm(StepForm):
    """One item of the checklist."""

    choose = "Which item?"

    def ask(self):
        """The items that somebody may mark."""
        look = self.attempt.look
        self._items = {i.key: i for i in checklist.items(look)} if not look.new else {}
        choices = [HintedChoice(i.key, i.words, i.provision) for i in self._items.values() if self.offered(i)]
        self.fields["item"] = SelectField(
            label=self.choose, choices=choices, blank="Choose", required_message="Select the item"
        )
        self.order_fields(["item"])

    def offered(self, item) -> bool:
        """Whether it can be marked so."""
        return True

    def item(self):
        """The item chosen, or None."""
        return self._items.get(self.cleaned_data.get("item"))


class CompleteItemForm(ItemForm):
    """An item that no other step settles is done."""

    on_label = "When was it done?"
    evidence = TextField(
        label="What shows it?",
        max_length=300,
        required_message="Enter what shows it",
        help_text="For example: letter of 9 November 2026.",
    )
    columns = ("evidence",)

    def offered(self, item):
        """Others are done by their step."""
        return item.reads is None


class SkipItemForm(ItemForm):
    """Guidance is skipped, with the reason."""

    on_label = "When was this decided?"
    why_label = "Why is it skipped?"

    def offered(self, item):
        """All: what the law requires is refused with the reason."""
        return item.basis == "guidance" or bool(self.data)


class NotDoneForm(ItemForm):
    """Something that the law requires did not happen: recorded, with the reason, and the report says so."""

    on_label = "When was this noted?"
    why_label = "Why did it not happen?"

    def offered(self, item):
        """What the law requires."""
        return item.basis == "law"


class VoidForm(StepForm):
    """Entered by mistake, or twice: kept, never counted."""

    reason = RadiosField(
        label="Why?", choices=[("duplicate", "It is in the register already"), ("mistake", "It was entered by mistake")],
        required_message="Select why",
    )  # fmt: skip
    why_label = "Your reasons"


class ReopenForm(StepForm):
    """An ended hearing is taken up again."""

    on_label = "When was this decided?"
    to = RadiosField(
        label="Where does it go on?",
        choices=[HintedChoice("under_review", "Under review", "To hear the candidate"), HintedChoice("reported", "Report sent", "To wait for the Commissioner’s decision")],
        required_message="Select where it goes on",
    )  # fmt: skip
    why_label = "Your reasons"

    def clean_to(self):
        """Waiting for the decision needs a report."""
        to = self.cleaned_data["to"]
        if to == "reported" and not (self.attempt.facts.proposal and self.attempt.facts.proposal.sent_on):
            raise ValidationError("No report was sent, so nothing waits for a decision")
        return to
