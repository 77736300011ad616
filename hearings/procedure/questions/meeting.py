"""What is asked about a meeting at which a candidate is heard: the first one or a reserve candidate."""

from hearings.attendance import heard_at, others_seen, others_shown
from hearings.models import Sitting
from hearings.procedure.meetings import MOVED_BY, meetings_to_come
from hearings.procedure.posts import MOST_CANDIDATES
from hearings.procedure.questions.plan import AskedMixin
from hearings.procedure.questions.unknown import UnknownDayForm
from panel.casework.seats_form import SeatsMixin
from panel.casework.step_form import StepForm
from panel.forms.fields import (
    CheckboxesField,
    DateField,
    HintedChoice,
    LongTextField,
    RadiosField,
    TextField,
    YesNoField,
)
from panel.forms.layout import Columns, Fieldset, Question, Reveal
from panel.law.meetings import PARAGRAPHS
from panel.law.period import day_words, listed
from panel.models import Meeting, MeetingMinute

LATE_HEARING = LongTextField(
    label="Why is the hearing after the last day?", required=False, rows=3, max_length=1000,
    help_text="Only if it is. The hearing and the report are then recorded as late.",
)  # fmt: skip
ANOTHER = "another"
WHOLE, ALONE = "meeting", "hearing"
MOVES = ((WHOLE, "The whole meeting"), (ALONE, "Only this hearing"))


class MovesMixin:
    """Asks whether the whole meeting loses its day or gets another one, where other hearings are held there, too."""

    moves_label = "What is moved?"

    def __init__(self, attempt, data=None, files=None, draft=None):
        if isinstance(data, dict) and not hasattr(data, "getlist"):
            data = {"moves": ALONE, **data}  # a script moves one, unless it says otherwise
        super().__init__(attempt, data=data, files=files, draft=draft)

    def add_questions(self):
        """What is moved, where there is anything else."""
        super().add_questions()
        meeting = self.attempt.facts.meeting
        waits = isinstance(meeting, Sitting) and not meeting.held
        self._others = [case for case in others_shown(self.attempt.look) if case.status in MOVED_BY] if waits else []
        if self._others:
            titles = listed([str(case) for case in self._others])
            self.fields["moves"] = RadiosField(
                label=self.moves_label, required_message="Select whether the whole meeting is meant, or only this hearing",
                choices=[HintedChoice(*MOVES[0], f"With it: {titles}. Everybody of each is told."), MOVES[1]],
            )  # fmt: skip

    @property
    def moves_shape(self) -> list:
        """That, where it is asked."""
        return ["moves"] if "moves" in self.fields else []

    def others_moved(self) -> list:
        """The other hearings that go with it."""
        return self._others if self.cleaned_data.get("moves") == WHOLE else []


class MeetingChoiceMixin:
    """Asks at which meeting: one that is there already, with its agenda and attendance, or another one."""

    labels = {"meeting": "At which meeting", "moves": "What is moved"}  # noqa: RUF012
    made_choices = {"meeting": ((ANOTHER, "At another meeting"),), "moves": MOVES}  # noqa: RUF012

    def add_questions(self):
        """The meetings to come, where there are some."""
        super().add_questions()
        facts = self.attempt.facts
        here = facts.meeting.item.meeting_id if isinstance(facts.meeting, Sitting) else None
        since = facts.proposal.received_on if facts.proposal and facts.proposal.received_on else None
        found = meetings_to_come(self.attempt.panel, since or self.attempt.case.received_on)
        self._meetings = {str(m.pk): m for m in found if m.pk != here}
        if not self._meetings:
            return
        titles = heard_at(self._meetings.values(), self.attempt.look.who)
        choices = [(pk, meeting_words(m, titles.get(m.pk, []))) for pk, m in self._meetings.items()]
        self.fields["meeting"] = RadiosField(
            label="At which meeting?",
            choices=[*choices, (ANOTHER, "At another meeting")],
            required_message="Select at which meeting",
            help_text="Agenda, attendance and chair of a meeting are entered once, for every hearing there.",
        )

    def __init__(self, attempt, data=None, files=None, draft=None):
        if isinstance(data, dict) and not hasattr(data, "getlist"):
            data = {"meeting": ANOTHER, **data}  # a script says day, time and place
        super().__init__(attempt, data=data, files=files, draft=draft)

    @classmethod
    def display_answer(cls, name, value, look):
        """The meeting by its day, time and place."""
        if name != "meeting" or value == ANOTHER:
            return super().display_answer(name, value, look)
        return when_and_where(Meeting.objects.get(panel_id=look.case.panel_id, pk=value))

    @property
    def meeting_shape(self) -> list:
        """Which meeting; day, time and place only of another one."""
        own = ("meeting_on", "at", "place")
        return ["meeting", Reveal("meeting", ANOTHER, *own)] if "meeting" in self.fields else list(own)

    def meeting_chosen(self):
        """The meeting that was chosen; None for another one."""
        return self._meetings.get(self.cleaned_data.get("meeting") or "")

    def clean(self):
        """A meeting that was chosen has its day, time and place."""
        cleaned = super().clean()
        chosen = self.meeting_chosen()
        if chosen is not None:
            cleaned |= {"meeting_on": chosen.on, "at": chosen.at, "place": chosen.place}
        return cleaned


def when_and_where(meeting) -> str:
    """ "26 November 2026, 10am, County Hall"."""
    return ", ".join(said for said in (day_words(meeting.on), meeting.at, meeting.place) if said)


def meeting_words(meeting, titles) -> str:
    """ "26 November 2026, 10am, County Hall: Farida Haddon, proposed Chief Constable"."""
    when = when_and_where(meeting)
    return f"{when}: {listed(titles)}" if titles else when


class ArrangeHearingForm(MovesMixin, MeetingChoiceMixin, StepForm):
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

    def shape_of(self):
        """At which meeting, and how the candidate attends."""
        return [*self.moves_shape, *self.meeting_shape, Question("remote", inline=True), "late_hearing_why"]

    def initial_answers(self):
        """What stands, when it is moved."""
        m = self.attempt.facts.meeting
        how = {True: "yes", False: "no", None: "unknown"}
        return {"meeting_on": m.on, "at": m.at, "place": m.place, "remote": how[m.remote]} if m else {}


class HoldHearingForm(AskedMixin, SeatsMixin, UnknownDayForm):
    """The public confirmation hearing, as the minutes have it (Sch 1 para 11, Sch 8 para 6)."""

    asks_interests = True
    on_label = "When was it held?"
    on_what = "the day of the hearing"
    documents_label = "Minutes or notes"
    chair = TextField(label="Who chaired?", max_length=120, required=False, help_text="Leave empty if it is not known.")
    others = TextField(label="Others present", max_length=500, required=False, help_text="Leave empty if nobody.")
    quorate = RadiosField(
        label="Was there a quorum?",
        choices=MeetingMinute.Quorate.choices,
        required_message="Select whether there was a quorum",
    )
    in_public = YesNoField(label="Was it held in public?", required_message="Select whether it was held in public")
    candidate_came = YesNoField(
        label="Did the candidate appear?", required_message="Select whether the candidate appeared"
    )
    interests = LongTextField(
        label="Anything else on interests",
        required=False,
        rows=2,
        help_text="Only what the papers say without saying whose it was.",
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
    public_interest = LongTextField(
        label="Why did the public interest weigh for privacy?",
        required=False,
        rows=2,
        max_length=1000,
        help_text="As a clause that can be read out, such as “the candidate’s private life would be discussed”.",
    )
    exempt_from = TextField(
        label="From when was the public excluded?", max_length=20, required=False, help_text="For example: 11.05am."
    )
    exempt_until = TextField(label="Until when?", max_length=20, required=False)
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
        "exempt_paragraphs",
        "public_interest",
        "exempt_from",
        "exempt_until",
        *(f"came_{n}" for n in range(1, MOST_CANDIDATES + 1)),
    )

    def initial_answers(self):
        """The day arranged, and what was recorded of the same meeting with another of its hearings."""
        m = self.attempt.facts.meeting
        found = {"on": m.on} if m and m.on <= self.attempt.look.today else {}
        minute = self.minute_already(m)
        if minute is not None:
            yes_no = {True: "yes", False: "no", None: None}
            found |= {"chair": minute.chair, "others": minute.others, "quorate": minute.quorate}
            found["in_public"] = yes_no[minute.in_public]
        return found

    @staticmethod
    def minute_already(meeting):
        """What the minutes say already of a meeting at which another hearing was recorded."""
        if not isinstance(meeting, Sitting):
            return None
        return meeting.item.meeting.minutes.filter(entry__reversed_by=None).last()

    def reminders(self):
        """What is filled in already, and which other hearings are held there."""
        seen = others_seen(self.attempt.look)
        if not seen:
            return []
        same = f"At the same meeting: {listed(seen)}."
        if self.minute_already(self.attempt.facts.meeting) is None:
            return [f"{same} What you enter on the meeting and its members serves them too."]
        return [f"{same} Who was there is filled in from what was recorded; what you change here is changed for all."]

    def add_questions(self):
        """Each member; questions and answers of each candidate."""
        facts = self.attempt.facts
        day = facts.meeting.on if facts.meeting else self.attempt.look.today
        self.ask_seats(day, facts.attended, others=True)
        if facts.quorum:
            self.fields["quorate"].help_text = f"The Panel’s quorum is {facts.quorum} in the room."
        self.ask_paragraphs(facts.meeting.on if facts.meeting else self.attempt.look.today)
        self.ask_which()
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

    def shape_of(self):
        """The meeting, the members, the hearing."""
        self.helper.form_show_optional = False  # a line for each member: what is optional says so below
        return [
            Fieldset("The meeting", "on", "unknown", "chair", "quorate", "in_public", "others"),
            Fieldset("Who was there?", *self.seat_table("all_in_room", "as_said")),
            Fieldset("Interests", *self.interests_shape, "interests"),
            *self.others_shape,
            Fieldset(
                "The hearing",
                *(Question(name, inline=True) for name in self.came_names or ["candidate_came"]),
                *(["asked"] if "asked" in self.fields else []),
                *self.answer_names,
                "exempt",
                Reveal(
                    "exempt",
                    "carried",
                    "exempt_paragraphs",
                    Columns("exempt_from", "exempt_until"),
                    "public_interest",
                    "exempt_resolution",
                ),
                "late_hearing_why",
            ),
        ]
