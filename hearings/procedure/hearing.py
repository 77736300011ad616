"""The public confirmation hearing before the whole Panel: arranged, prepared and held."""

from hearings.models import Question
from hearings.procedure.conditions import (
    a_meeting_is_arranged,
    a_meeting_was_arranged,
    attendance_is_lawful,
    hearing_after_notification,
    hearing_in_time,
    minutes_hold_together,
    panel_was_notified,
    quorum_is_counted,
    was_heard,
)
from hearings.procedure.duties import (
    ARRANGE_HEARING,
    ASK_MISSING,
    BEGIN_REVIEW,
    CHASE_MISSING,
    DELIBERATE,
    HOLD_HEARING,
    INVITE,
    PLAN_QUESTIONS,
    PUBLISH_AGENDA,
    PUBLISH_WELSH_AGENDA,
    RECOMMEND,
    TELL_ADJOURNED,
    TELL_MOVED,
    TELL_PUT_OFF,
)
from hearings.procedure.earliest import ARRANGEMENT, HELD
from hearings.procedure.effects import drop_cached_facts
from hearings.procedure.law import AGENDA, EXEMPT, GUIDANCE, HEARING, WHOLE_PANEL
from hearings.procedure.meetings import arrange_meeting, publish_agenda, record_hearing, record_seats
from hearings.procedure.questions.meeting import ArrangeHearingForm, HoldHearingForm
from hearings.procedure.questions.plan import AskedMixin, PlanQuestionsForm
from hearings.procedure.states import (
    BEFORE_A_MEETING,
    ENDS,
    HEARD,
    HEARING_ARRANGED,
    INFORMATION_AWAITED,
    NOTIFIED,
    PLANNED,
    REPORTED,
    RESERVE,
    RESERVE_HEARD,
    RESERVE_REPORTED,
    UNDER_REVIEW,
    VETOED,
    keys_of,
)
from panel.casework.agenda import PublishAgendaForm, agenda_in_time
from panel.casework.seats_form import COLUMNS, SeatsMixin, a_person_sits_once
from panel.casework.shared_steps import STAFF
from panel.casework.step_form import StepForm
from panel.forms.fields import LongTextField
from panel.law.period import day_words
from panel.law.roles import Role
from panel.procedure.vocabulary import RECEIPT, Elsewhere, Refusal, Step, Target

# Questions


class RearrangeHearingForm(ArrangeHearingForm):
    """The hearing is moved, with the reason."""

    on_label = "When was it moved?"
    why_label = "Why is it moved?"


class NoteApologiesForm(SeatsMixin, StepForm):
    """Who can come: for the forecast of a veto and the quorum."""

    on_label = "When did they say so?"
    seat_columns = tuple((how, "Can attend" if how == "room" else words) for how, words in COLUMNS if how != "absent")

    def add_questions(self):
        """Each member."""
        facts = self.attempt.facts
        self.ask_seats(facts.meeting.on if facts.meeting else self.attempt.look.today, facts.expected)

    def clean(self):
        """Somebody has said something."""
        cleaned = super().clean()
        if not self.errors and not self.seats() and self._members:
            self.add_error(f"seat_{self._members[0].pk}", "Select for at least one member whether they can attend")
        return cleaned

    def shape_of(self):
        """A row for each member."""
        self.helper.form_show_optional = False
        return self.seat_table("all_in_room")


class NoteAnswersForm(AskedMixin, StepForm):
    """What was asked and answered at the hearing, once the minutes are agreed."""

    on_label = "When was it noted?"

    def add_questions(self):
        """Which were asked, and what each candidate answered."""
        self.ask_which()
        for p in self.attempt.look.parts:
            self.fields[f"answers_{p.number}"] = LongTextField(
                label=f"Questions to {p.name}, and answers", rows=8, required=False, max_length=20_000
            )


# Conditions


def agenda_can_be_recorded(attempt):
    """There is a meeting whose agenda is not on record: one to come, or one that was held and is typed up."""
    meeting = attempt.facts.meeting
    if meeting is None or (meeting.held and meeting.agenda_on is None):
        return a_meeting_was_arranged(attempt)
    if meeting.held:
        return Refusal(f"The agenda was published on {day_words(meeting.agenda_on)}.", AGENDA)
    return None


def substitutes_sit_once(attempt):
    """A substitute is expected for one seat, and no member beside the substitute (Sch 6 para 27)."""
    meeting = attempt.facts.meeting
    day, attempt.on = attempt.on, meeting.on
    found = tuple(a_person_sits_once(attempt, (WHOLE_PANEL,)))
    attempt.on = day
    return found


# Effects


def note_apologies(attempt):
    """Keep who can come."""
    record_seats(attempt, expected=True)


def plan_questions(attempt):
    """Keep the questions; an earlier plan stays in the history."""
    for theme, text, asked_by, criterion in attempt.form.lines():
        Question.objects.create(
            proposal=attempt.facts.proposal, hearing=attempt.case, entry=attempt.entry, theme=theme, text=text,
            asked_by=asked_by, criterion=criterion,
        )  # fmt: skip
    drop_cached_facts(attempt)


NOT_ARRANGED = Elsewhere(
    "No hearing is arranged.",
    "arrange the hearing.",
    "arrange_hearing",
    states=keys_of(NOTIFIED, INFORMATION_AWAITED, UNDER_REVIEW),
)
AFTER_A_MEETING = (
    HEARD,
    REPORTED,
    VETOED,
    RESERVE_HEARD,
    RESERVE_REPORTED,
    *ENDS,
)  # where what was done before is typed up


def note_answers(attempt):
    """Keep which of the planned questions were asked; what was answered stands in the entry."""
    attempt.form.record_asked()


def hold_hearing(attempt):
    """Keep the meeting, who was there, and which questions were asked."""
    record_hearing(attempt)
    attempt.form.record_asked()


STEPS = (
    Step(
        "arrange_hearing", "Arrange the hearing", (NOTIFIED, INFORMATION_AWAITED, UNDER_REVIEW), HEARING_ARRANGED,
        entered_by=STAFF, provisions=(HEARING, WHOLE_PANEL), past_label="Hearing arranged", button="Arrange the hearing",
        all_parts=True,
        hint="In public, before the whole Panel.", guards=(panel_was_notified,), form=ArrangeHearingForm,
        checks=(hearing_after_notification, hearing_in_time), effect=arrange_meeting,
        opens=(PUBLISH_AGENDA, PUBLISH_WELSH_AGENDA, INVITE, HOLD_HEARING, TELL_MOVED),
        closes=(ARRANGE_HEARING, BEGIN_REVIEW, CHASE_MISSING, ASK_MISSING), lapses=(TELL_PUT_OFF, TELL_ADJOURNED),
        when_elsewhere=Elsewhere("A hearing is arranged already.", "", states=keys_of(HEARING_ARRANGED)),
    ),
    Step(
        "rearrange_hearing", "Move the hearing", (HEARING_ARRANGED,), Target.STAYS, entered_by=STAFF,
        provisions=(HEARING, WHOLE_PANEL),
        past_label="Hearing moved", button="Move the hearing", all_parts=True, folded=True, form=RearrangeHearingForm,
        hint="Everybody is told again.",
        checks=(hearing_after_notification, hearing_in_time), effect=arrange_meeting,
        opens=(PUBLISH_AGENDA, PUBLISH_WELSH_AGENDA, HOLD_HEARING, TELL_MOVED), lapses=(TELL_ADJOURNED,),
        when_elsewhere=NOT_ARRANGED,
    ),
    Step(
        "publish_agenda", "Publish the agenda", (*BEFORE_A_MEETING, *AFTER_A_MEETING), Target.STAYS, entered_by=STAFF,
        provisions=AGENDA,
        past_label="Agenda published", button="Record that it was published", scope="case",
        hint="Before the hearing, as long as notice must be given.", guards=(agenda_can_be_recorded,),
        form=PublishAgendaForm,
        checks=(agenda_in_time,), not_before=(RECEIPT, ARRANGEMENT), effect=publish_agenda,
        closes=(PUBLISH_AGENDA, PUBLISH_WELSH_AGENDA),
        when_elsewhere=NOT_ARRANGED,
    ),
    Step(
        "note_apologies", "Note who can attend", BEFORE_A_MEETING, Target.STAYS, entered_by=STAFF, provisions=GUIDANCE,
        past_label="Apologies noted", button="Save who can attend", scope="case", hint="Apologies, substitutes, online.",
        guards=(a_meeting_is_arranged,), form=NoteApologiesForm, checks=(substitutes_sit_once,), effect=note_apologies,
        not_before=(RECEIPT, ARRANGEMENT),
        when_elsewhere=NOT_ARRANGED,
    ),
    Step(
        "plan_questions", "Plan the questions", (PLANNED, NOTIFIED, UNDER_REVIEW, HEARING_ARRANGED, *RESERVE), Target.STAYS,
        entered_by=(*STAFF, Role.CHAIRMAN), provisions=GUIDANCE, past_label="Questions planned",
        button="Save the questions", scope="case",
        hint="By theme: competence and independence.", guards=(panel_was_notified,), form=PlanQuestionsForm,
        effect=plan_questions, closes=(PLAN_QUESTIONS,),
    ),
    Step(
        "hold_hearing", "Record the hearing", (HEARING_ARRANGED,), HEARD, entered_by=STAFF,
        provisions=(HEARING, WHOLE_PANEL, EXEMPT), past_label="Hearing held", button="Record the hearing", all_parts=True,
        hint="Who was there, what was asked and answered.", form=HoldHearingForm,
        checks=(attendance_is_lawful, minutes_hold_together, quorum_is_counted, hearing_in_time), effect=hold_hearing,
        opens=(DELIBERATE, RECOMMEND), closes=(PLAN_QUESTIONS, HOLD_HEARING),
        lapses=(INVITE, PUBLISH_AGENDA, PUBLISH_WELSH_AGENDA, TELL_MOVED, TELL_PUT_OFF, TELL_ADJOURNED),
        guards=(a_meeting_is_arranged,), when_elsewhere=NOT_ARRANGED,
    ),
    Step(
        "note_answers", "Add questions and answers", (HEARD, REPORTED, VETOED, RESERVE_REPORTED, *ENDS, RESERVE_HEARD),
        Target.STAYS, entered_by=STAFF, provisions=(HEARING,), past_label="Questions and answers noted", button="Save them",
        scope="case",
        folded=True, guards=(was_heard,), form=NoteAnswersForm, not_before=(RECEIPT, HELD), effect=note_answers,
        when_elsewhere=Elsewhere(
            "The hearing has not been held.", "record the hearing.", "hold_hearing", keys_of(HEARING_ARRANGED)
        ),
    ),
)  # fmt: skip
