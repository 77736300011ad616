"""A hearing that is put off without a new day, or adjourned. Everybody is told again; a new day is told again too."""

from hearings.models import Sitting
from hearings.procedure.conditions import a_meeting_is_arranged, attendance_is_lawful, hearing_in_time
from hearings.procedure.duties import (
    ARRANGE_HEARING,
    ARRANGE_UNLESS_PLANNED,
    HEAR_RESERVE,
    HOLD_AS_PLANNED,
    HOLD_HEARING,
    HOLD_RESERVE,
    INVITE,
    KEEP_FREE,
    PUBLISH_AGENDA,
    PUBLISH_WELSH_AGENDA,
    TELL_ADJOURNED,
    TELL_MOVED,
    TELL_PUT_OFF,
)
from hearings.procedure.law import HEARING, RESERVE_RULES, WHOLE_PANEL
from hearings.procedure.meetings import (
    BEFORE_THE_DAY,
    arrange_meeting,
    held_on_another_day,
    lapse,
    read_anew,
    record_seats,
    sitting_to_write,
)
from hearings.procedure.questions.meeting import LATE_HEARING, MOVES, MeetingChoiceMixin, MovesMixin
from hearings.procedure.states import (
    HEARING_ARRANGED,
    PLANNED,
    RESERVE_NOTIFIED,
    RESERVE_UNDER_REVIEW,
    UNDER_REVIEW,
)
from panel.casework.case_context import Also
from panel.casework.seats_form import SeatsMixin
from panel.casework.shared_steps import STAFF
from panel.casework.step_form import StepForm
from panel.forms.fields import DateField, TextField, YesNoField
from panel.forms.layout import Fieldset, Reveal
from panel.procedure.vocabulary import Elsewhere, Refusal, Step, Target

NOT_SAID = "Leave empty if the papers do not say. The report lists them beside those of the day on which it goes on."
NOTHING_ARRANGED = Elsewhere("No hearing is arranged.", "arrange the hearing.", "arrange_hearing")


class PutOffForm(MovesMixin, StepForm):
    """The hearing loses its day, and no other is set."""

    labels = {"moves": "What is put off"}  # noqa: RUF012
    made_choices = {"moves": MOVES}  # noqa: RUF012
    moves_label = "What is put off?"
    on_label = "When was it put off?"
    why_label = "Why is it put off?"


class AdjournForm(MeetingChoiceMixin, SeatsMixin, StepForm):
    """The hearing began and goes on on another day, or the day is still to be set. Who sat that day is kept, where it is
    said."""

    on_label = "On which day did it sit?"
    on_what = "the day it sat"
    why_label = "Why was it adjourned?"
    resumes = YesNoField(label="Is the day set on which it goes on?", required_message="Select whether the day is set")
    meeting_on = DateField(label="Day on which it goes on", what="the day on which it goes on")
    at = TextField(label="Time", max_length=20, required=False, help_text="For example: 10am.")
    place = TextField(label="Place", max_length=200, required_message="Enter where it goes on")
    late_hearing_why = LATE_HEARING

    def initial_answers(self):
        """The day arranged, and where it was held."""
        m = self.attempt.facts.meeting
        if m is None:
            return {}
        found = {"at": m.at, "place": m.place}
        return found | ({"on": m.on} if m.on <= self.attempt.look.today else {})

    def add_questions(self):
        """Each member: who sat before it was adjourned."""
        super().add_questions()
        facts = self.attempt.facts
        self.ask_seats(facts.meeting.on if facts.meeting else self.attempt.look.today, facts.attended, others=True)

    def shape_of(self):
        """Who was there, whether it goes on, and when."""
        return [
            Fieldset("Who was there that day?", *self.seat_table("all_in_room", "as_said"), size="s", hint=NOT_SAID),
            *self.others_shape,
            "resumes",
            Reveal("resumes", "yes", *self.meeting_shape, "late_hearing_why"),
        ]

    def fill(self, attempt):
        """With a day it is arranged again; without, it waits for one."""
        super().fill(attempt)
        attempt.answers["to"] = "hearing_arranged" if attempt.answers["resumes"] else "under_review"


# Conditions


def it_goes_on_later(attempt):
    """An adjourned hearing goes on after the day on which it sat."""
    day = attempt.answers.get("meeting_on")
    if attempt.answers.get("resumes") and day and day <= attempt.on:
        return Refusal("It must go on after the day on which it sat", attempt.step.provisions, field="meeting_on")
    return None


def not_before_its_day(attempt):
    """Nothing is adjourned before the day for which it was arranged."""
    meeting = attempt.facts.meeting
    if meeting and attempt.on < meeting.on:
        words = "It is arranged for a later day: move it, or put it off"
        return Refusal(words, attempt.step.provisions, field="on")
    return None


def who_sat_is_lawful(attempt):
    """Who sat before it was adjourned, where that is said: members of that day or their substitutes, each once."""
    return attendance_is_lawful(attempt) if attempt.form.seats() else None


def late_only_with_a_day(attempt):
    """A new day after the last day of the three weeks is recorded, with the reason."""
    return hearing_in_time(attempt) if attempt.answers.get("resumes") else None


# Effects


def end_sitting(attempt, how):
    """Keep why the hearing was not held, or not ended, on its day; what was due before it is due no more."""
    lapse(attempt, *BEFORE_THE_DAY)
    sitting = sitting_to_write(attempt)
    sitting.ended, sitting.ended_why = how, attempt.form.cleaned_data.get("why") or ""
    sitting.save()
    read_anew(attempt)


def put_off(attempt):
    """Keep that it lost its day. Where the whole meeting is put off, the other hearings lose theirs by steps of their own."""
    others = attempt.form.others_moved()
    end_sitting(attempt, Sitting.Ended.PUT_OFF)
    for other in others:
        key = "put_off_hearing" if other.status == HEARING_ARRANGED.key else "put_off_day"
        attempt.also.append(Also(other, key, {"on": attempt.on, "why": attempt.form.cleaned_data.get("why")}, "moves"))


def adjourn(attempt):
    """Keep the day on which it sat, and on which it goes on."""
    sitting = sitting_to_write(attempt)
    if sitting.on != attempt.on:
        held_on_another_day(attempt, sitting)
    read_anew(attempt)
    if attempt.form.seats():
        record_seats(attempt, expected=False)
    end_sitting(attempt, Sitting.Ended.ADJOURNED)
    if attempt.answers["resumes"]:
        arrange_meeting(attempt)


STEPS = (
    Step(
        "put_off_hearing", "Put the hearing off without a new day", (HEARING_ARRANGED,), UNDER_REVIEW, entered_by=STAFF,
        provisions=(HEARING, WHOLE_PANEL), past_label="Hearing put off", button="Put it off", all_parts=True, folded=True,
        hint="Everybody is told.", guards=(a_meeting_is_arranged,), form=PutOffForm, effect=put_off,
        opens=(TELL_PUT_OFF, ARRANGE_HEARING), lapses=(HOLD_HEARING, PUBLISH_AGENDA, PUBLISH_WELSH_AGENDA, TELL_MOVED, INVITE),
        when_elsewhere=NOTHING_ARRANGED,
    ),
    Step(
        "put_off_day", "Give up the day without a new one", (PLANNED, RESERVE_NOTIFIED, RESERVE_UNDER_REVIEW),
        Target.STAYS, entered_by=STAFF, provisions=(HEARING, WHOLE_PANEL), past_label="Hearing put off",
        button="Put it off", scope="case", folded=True, hint="Everybody is told.", guards=(a_meeting_is_arranged,),
        form=PutOffForm, effect=put_off, opens=(TELL_PUT_OFF, HEAR_RESERVE),
        lapses=(PUBLISH_AGENDA, PUBLISH_WELSH_AGENDA, TELL_MOVED, INVITE, KEEP_FREE), when_elsewhere=NOTHING_ARRANGED,
    ),
    Step(
        "adjourn_hearing", "Adjourn the hearing", (HEARING_ARRANGED,), (HEARING_ARRANGED, UNDER_REVIEW), entered_by=STAFF,
        provisions=(HEARING, WHOLE_PANEL), past_label="Hearing adjourned", button="Adjourn it", all_parts=True,
        folded=True, hint="To a day that is set, or is still to be set.", guards=(a_meeting_is_arranged,),
        form=AdjournForm, checks=(not_before_its_day, it_goes_on_later, who_sat_is_lawful, late_only_with_a_day), effect=adjourn,
        opens=(TELL_ADJOURNED, ARRANGE_UNLESS_PLANNED, HOLD_AS_PLANNED),
        lapses=(HOLD_HEARING, INVITE, PUBLISH_AGENDA, PUBLISH_WELSH_AGENDA, TELL_MOVED),
        when_elsewhere=NOTHING_ARRANGED,
    ),
)  # fmt: skip
RESERVE_STEPS = (
    Step(
        "adjourn_reserve_hearing", "Adjourn the hearing of the reserve candidate", (RESERVE_UNDER_REVIEW,), Target.STAYS,
        entered_by=STAFF, provisions=(*RESERVE_RULES, WHOLE_PANEL), past_label="Hearing adjourned", button="Adjourn it",
        all_parts=True, folded=True, hint="To a day that is set, or is still to be set.", guards=(a_meeting_is_arranged,),
        form=AdjournForm, checks=(not_before_its_day, it_goes_on_later, who_sat_is_lawful, late_only_with_a_day), effect=adjourn,
        opens=(TELL_ADJOURNED, HOLD_RESERVE), lapses=(PUBLISH_AGENDA, PUBLISH_WELSH_AGENDA, TELL_MOVED),
        when_elsewhere=NOTHING_ARRANGED,
    ),
)  # fmt: skip
