"""Who comes and who is there, interests and exempt parts, entered once for the meeting and every hearing there; and that
it was held, or adjourned."""

from typing import Any

from meetings.procedure.conditions import everybody_is_said, quorum_is_counted
from meetings.procedure.duties import (
    CONFIRM_MINUTES,
    DECIDE_REQUEST,
    DRAFT_MINUTES,
    HOLD_MEETING,
    PAPER,
    PUBLISH_AGENDA,
    PUBLISH_WELSH_AGENDA,
    SEND_PAPERS,
    TELL_ADJOURNED,
    TELL_MOVED,
)
from meetings.procedure.law import EXEMPT, MEETINGS
from meetings.procedure.states import OPEN, TO_COME
from meetings.scripted import NAMES, by_number
from panel.casework.interests import KINDS
from panel.casework.minutes_rules import chair_was_there, hours_in_order
from panel.casework.seats_form import COLUMNS, SeatsMixin, a_person_sits_once
from panel.casework.shared_steps import STAFF
from panel.casework.step_form import StepForm
from panel.forms.fields import CheckboxesField, LongTextField, RadiosField, SelectField, TextField, YesNoField
from panel.forms.layout import Reveal
from panel.law.meetings import PARAGRAPHS
from panel.models import ExemptPart, MeetingInterest, MeetingMinute, Seat
from panel.procedure.vocabulary import Elsewhere, Refusal, Step, Target


def item_choices(facts: Any) -> list[tuple[str, str]]:
    """The items of the agenda, to choose from."""
    return [(str(row.item_id), f"{row.item.number}. {row.item.title}") for row in facts.items]


class NoteAttendanceForm(SeatsMixin, StepForm):
    """Who can come."""

    on_label = "When did they say so?"
    takes_documents = False
    seat_columns = tuple(
        (how, "Can attend" if how == "room" else words) for how, words in COLUMNS if how not in ("absent", "withdrew")
    )

    def add_questions(self) -> None:
        """Each member."""
        facts = self.attempt.facts
        self.ask_seats(facts.meeting.on, facts.expected)

    def shape_of(self) -> list[Any]:
        """A row for each member."""
        self.helper.form_show_optional = False
        return self.seat_table("all_in_room")


class AttendanceForm(SeatsMixin, StepForm):
    """Who is there, in the room or online, and who sits instead."""

    on_label = "When was it recorded?"
    takes_documents = False
    seat_columns = tuple((how, words) for how, words in COLUMNS if how != "withdrew")

    def add_questions(self) -> None:
        """Each member of the day, as was recorded so far."""
        facts = self.attempt.facts
        self.ask_seats(facts.meeting.on, facts.attended)

    def shape_of(self) -> list[Any]:
        """A row for each member, and the two buttons."""
        self.helper.form_show_optional = False
        return self.seat_table("all_in_room", "as_said")


class DeclareForm(StepForm):
    """An interest that a member declares at the meeting, in which item, and whether the member left for it."""

    on_label = "When was it declared?"
    takes_documents = False
    labels = {"member": "Whose", "item": "Item"}  # noqa: RUF012
    kind = RadiosField(label="What kind of interest is it?", choices=(), required_message="Select what kind it is")
    nature = TextField(label="What is the interest?", max_length=300, required_message="Enter what the interest is")
    withdrew = YesNoField(label="Did the member leave for it?", required_message="Select whether the member left")
    from_time = TextField(label="Left at", max_length=20, required=False)
    until_time = TextField(label="Came back at", max_length=20, required=False)
    columns = ("member", "item", "kind", "nature", "withdrew", "from_time", "until_time")
    shape = (
        "member", "item", "kind", "nature", "withdrew", Reveal("withdrew", "yes", "from_time", "until_time"),
    )  # fmt: skip

    script_names = NAMES

    def __init__(self, attempt: Any, data: Any = None, files: Any = None, draft: Any = None) -> None:
        super().__init__(attempt, data=by_number(attempt, data), files=files, draft=draft)

    def add_questions(self) -> None:
        """The members of the day, and the items. A script names the member."""
        facts = self.attempt.facts
        self.fields["kind"].choices = [c for c in KINDS if c.value != "complains"]
        self.fields["member"] = SelectField(
            label="Whose interest is it?", blank="Choose", required_message="Select whose interest it is",
            choices=[(str(m.pk), m.name) for m in facts.members_then],
        )  # fmt: skip
        self.fields["item"] = SelectField(label="In which item?", blank="The whole meeting", required=False,
            choices=item_choices(facts))  # fmt: skip


class ExemptForm(StepForm):
    """A motion to exclude the public from an item (LGA 1972 s 100A(4)), and when it ended."""

    on_label = "When was it moved?"
    takes_documents = False
    labels = {"item": "Item", "paragraphs": "Paragraphs of Schedule 12A"}  # noqa: RUF012
    moved = RadiosField(
        label="What became of the motion?", choices=[("carried", "Carried"), ("lost", "Lost: the item stayed open")],
        required_message="Select what became of the motion",
    )  # fmt: skip
    paragraphs = CheckboxesField(
        label="Under which paragraphs of Schedule 12A?", choices=(), required_message="Select the paragraphs"
    )
    public_interest = LongTextField(
        label="Why did the public interest weigh for privacy?", rows=2, required=False, max_length=1000,
        help_text="As a clause that can be read out, such as “the candidate’s private life would be discussed”.",
    )  # fmt: skip
    open_interest = LongTextField(
        label="Why did the public interest weigh for openness?", rows=2, required_message="Enter why the item stayed open",
        max_length=1000, help_text="As a clause, such as “what was said is known already”.",
    )  # fmt: skip
    from_time = TextField(label="From", max_length=20, required=False)
    until_time = TextField(label="Until", max_length=20, required=False)
    columns = ("item", "moved", "paragraphs", "public_interest", "open_interest", "from_time", "until_time")
    shape = (
        "item", "moved", Reveal("moved", "carried", "paragraphs", "public_interest", "from_time", "until_time"),
        Reveal("moved", "lost", "open_interest"),
    )  # fmt: skip

    script_names = NAMES

    def __init__(self, attempt: Any, data: Any = None, files: Any = None, draft: Any = None) -> None:
        super().__init__(attempt, data=by_number(attempt, data), files=files, draft=draft)

    def add_questions(self) -> None:
        """The items, and the paragraphs of the panel's country."""
        facts = self.attempt.facts
        self.fields["item"] = SelectField(
            label="From which item?", blank="Choose", required_message="Select from which item",
            choices=item_choices(facts),
        )  # fmt: skip
        self.fields["paragraphs"].choices = [
            (number, f"{number}: {words[:1].lower()}{words[1:]}")
            for number, words in PARAGRAPHS[facts.rules.country].items()
        ]


class HoldMeetingForm(StepForm):
    """The meeting as it was. Who was there is recorded before."""

    on_label = "On which day was it held?"
    on_what = "the day of the meeting"
    documents_label = "Notes or recording"
    chair = TextField(label="Who chaired?", max_length=120, required_message="Enter who chaired")
    quorate = RadiosField(
        label="Was there a quorum?", choices=MeetingMinute.Quorate.choices,
        required_message="Select whether there was a quorum",
    )  # fmt: skip
    quorum_lost = TextField(
        label="If it was lost half-way: at what time?", max_length=20, required=False, help_text="Like 11.40 am."
    )
    after_quorum = LongTextField(
        label="What was done after that?", rows=3, sometimes=True, max_length=2000,
        help_text="Without a quorum nothing is decided: say what was left, or only noted.",
    )  # fmt: skip
    in_public = YesNoField(label="Was it held in public?", required_message="Select whether it was held in public")
    others = TextField(label="Who else attended?", max_length=500, required=False, help_text="Names and posts.")
    ended = TextField(label="When did it end?", max_length=20, required_message="Enter when it ended")
    columns = ("chair", "quorate", "quorum_lost", "after_quorum", "in_public", "others", "ended")

    def initial_answers(self) -> dict[str, Any]:
        """The day, and what a hearing there recorded before."""
        facts = self.attempt.facts
        found: dict[str, Any] = {}
        if facts.meeting.on <= self.attempt.look.today:
            found["on"] = facts.meeting.on
        minute = facts.minute
        if minute is not None:
            yes_no = {True: "yes", False: "no", None: None}
            found |= {"chair": minute.chair, "others": minute.others, "quorate": minute.quorate}
            found["in_public"] = yes_no[minute.in_public]
        return found

    def add_questions(self) -> None:
        """The Panel's quorum."""
        if self.attempt.facts.quorum:
            self.fields["quorate"].help_text = f"The Panel’s quorum is {self.attempt.facts.quorum}."


class AdjournMeetingForm(HoldMeetingForm):
    """It sat, and goes on another day."""

    why_label = "Why was it adjourned, and until when?"
    shape = (*HoldMeetingForm.base_fields,)


# Conditions


def seats_are_lawful(attempt: Any) -> tuple[Refusal, ...]:
    """Nobody sits on two seats, nor beside the substitute; substitutes sit for the members of the day of the meeting."""
    day, attempt.on = attempt.on, attempt.facts.meeting.on
    found = tuple(a_person_sits_once(attempt, (MEETINGS,)))
    attempt.on = day
    return found


def somebody_is_said(attempt: Any) -> Refusal | None:
    """Something was said of at least one member."""
    if attempt.form.seats():
        return None
    first = next((f for f in attempt.form.fields if f.startswith("seat_")), "")
    return Refusal("Select for at least one member", (MEETINGS,), field=first)


def what_came_after_is_said(attempt: Any) -> Refusal | None:
    """Where the quorum was lost half-way, the record says what was done after that."""
    if attempt.answers.get("quorum_lost") and not attempt.answers.get("after_quorum"):
        return Refusal("Enter what was done after the quorum was lost", (MEETINGS,), field="after_quorum")
    return None


def chair_fits_the_seats(attempt: Any) -> Refusal | None:
    """Who chaired was there, and one person at a time."""
    seats = [(s.member, s.how, bool(s.substitute)) for s in attempt.facts.attended.values()]
    return chair_was_there(attempt, seats, (MEETINGS,))


def times_in_order(attempt: Any) -> Refusal | None:
    """The hours of leaving and coming back, or of the exempt part."""
    return hours_in_order(attempt, [("from_time", "until_time")], (MEETINGS,))


def there_is_an_item(attempt: Any) -> Refusal | None:
    """The agenda has an item from which the public can be excluded."""
    return (
        None if attempt.facts.items else Refusal("The agenda has no item.", (EXEMPT,), "add an item.", first="add_item")
    )


# What the steps do


def keep_seats(attempt: Any, expected: bool) -> None:
    """Keep how each member attends, for the whole meeting."""
    substitutes = attempt.form.substitutes()
    for member, how in attempt.form.seats():
        Seat.objects.create(
            meeting=attempt.facts.meeting, member=member, how=how, substitute=substitutes.get(member.pk),
            expected=expected, entry=attempt.entry,
        )  # fmt: skip
    for name in ("expected", "attended"):
        attempt.facts.__dict__.pop(name, None)


def note_attendance(attempt: Any) -> None:
    """Who can come."""
    keep_seats(attempt, True)


def record_attendance(attempt: Any) -> None:
    """Who was there."""
    keep_seats(attempt, False)


def declare(attempt: Any) -> None:
    """Keep the interest; who left for an item has no vote in it."""
    answers, meeting = attempt.answers, attempt.facts.meeting
    member = next(m for m in attempt.facts.members if str(m.pk) == answers["member"])
    item = next((r.item for r in attempt.facts.items if str(r.item_id) == answers.get("item")), None)
    MeetingInterest.objects.create(
        meeting=meeting, item=item, member=member, kind=answers["kind"], nature=answers["nature"],
        withdrew=bool(answers["withdrew"]), from_time=answers.get("from_time") or "",
        until_time=answers.get("until_time") or "", entry=attempt.entry,
    )  # fmt: skip
    if answers["withdrew"] and item is not None:
        Seat.objects.create(meeting=meeting, item=item, member=member, how=Seat.How.WITHDREW, entry=attempt.entry)


def note_exempt(attempt: Any) -> None:
    """Keep the motion, and from when until when the public was excluded."""
    answers = attempt.answers
    item = next(r.item for r in attempt.facts.items if str(r.item_id) == answers["item"])
    ExemptPart.objects.create(
        meeting=attempt.facts.meeting, item=item, moved=answers["moved"],
        paragraphs=",".join(answers.get("paragraphs") or []),
        public_interest=answers.get("public_interest") or answers.get("open_interest") or "",
        from_time=answers.get("from_time") or "", until_time=answers.get("until_time") or "", entry=attempt.entry,
    )  # fmt: skip


def hold_meeting(attempt: Any) -> None:
    """Keep the meeting as it was: what every hearing there reads too."""
    answers, case, meeting = attempt.answers, attempt.case, attempt.facts.meeting
    if meeting.on != attempt.on:
        meeting.on = attempt.on
        meeting.save()
    MeetingMinute.objects.create(
        meeting=meeting, entry=attempt.entry, chair=answers["chair"],
        chair_member=next((m for m in attempt.facts.members_on(attempt.on) if m.name == answers["chair"]), None),
        others=answers.get("others") or "", quorate=answers["quorate"], in_public=answers["in_public"],
    )  # fmt: skip
    case.ended = answers["ended"]
    case.quorum_lost, case.after_quorum = answers.get("quorum_lost") or "", answers.get("after_quorum") or ""


ENDED_BEFORE = (DECIDE_REQUEST, PUBLISH_AGENDA, PUBLISH_WELSH_AGENDA, SEND_PAPERS, TELL_MOVED, PAPER)
STEPS = (
    Step(
        "note_attendance", "Note who can come", TO_COME, Target.STAYS, entered_by=STAFF, provisions=(MEETINGS,),
        past_label="Who can come noted", button="Save who can come", scope="case", form=NoteAttendanceForm,
        hint="Apologies, substitutes, online.", checks=(somebody_is_said, seats_are_lawful), effect=note_attendance,
    ),
    Step(
        "record_attendance", "Record who is there", OPEN, Target.STAYS, entered_by=STAFF, provisions=(MEETINGS,),
        past_label="Attendance recorded", button="Save attendance", scope="case", form=AttendanceForm,
        hint="On the day. It serves every item and every hearing there.", checks=(somebody_is_said, seats_are_lawful),
        effect=record_attendance,
    ),
    Step(
        "note_interest", "Note an interest", OPEN, Target.STAYS, entered_by=STAFF, provisions=(MEETINGS,),
        past_label="Interest declared", button="Save the interest", scope="case", folded=True, form=DeclareForm,
        hint="Kind, item, stayed or left.", checks=(times_in_order,), effect=declare,
    ),
    Step(
        "note_exempt", "Note that the public was excluded", OPEN, Target.STAYS, entered_by=STAFF, provisions=(EXEMPT,),
        past_label="Motion to exclude the public", button="Save it", scope="case", folded=True, form=ExemptForm,
        guards=(there_is_an_item,), hint="For one item, under named paragraphs.",
        checks=(times_in_order,), effect=note_exempt,
    ),
    Step(
        "hold_meeting", "Record the meeting", TO_COME, "held", entered_by=STAFF, provisions=(MEETINGS,),
        past_label="Meeting held", button="Record the meeting", all_parts=True, form=HoldMeetingForm,
        hint="Who chaired, quorum, when it ended.",
        checks=(everybody_is_said, chair_fits_the_seats, quorum_is_counted, what_came_after_is_said), effect=hold_meeting,
        opens=(DRAFT_MINUTES, CONFIRM_MINUTES), closes=(HOLD_MEETING,), lapses=ENDED_BEFORE,
        when_elsewhere=Elsewhere("It is recorded already.", states=("held", "adjourned", "minutes_confirmed")),
    ),
    Step(
        "adjourn_meeting", "Adjourn it", TO_COME, "adjourned", entered_by=STAFF, provisions=(MEETINGS,),
        past_label="Meeting adjourned", button="Record the adjournment", all_parts=True, folded=True,
        form=AdjournMeetingForm, hint="It sat, and goes on another day: plan that day as a meeting.",
        checks=(everybody_is_said, chair_fits_the_seats, quorum_is_counted, what_came_after_is_said), effect=hold_meeting,
        opens=(DRAFT_MINUTES, CONFIRM_MINUTES, TELL_ADJOURNED), closes=(HOLD_MEETING,), lapses=ENDED_BEFORE,
        when_elsewhere=Elsewhere("It is recorded already.", states=("held", "adjourned", "minutes_confirmed")),
    ),
)  # fmt: skip
