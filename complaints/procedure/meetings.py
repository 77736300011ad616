"""Meetings about a complaint: arranged, held, put off (paras 11, 12 and 16; reg 28)."""

from dataclasses import replace

from complaints.keys import DutyKey, StepKey
from complaints.procedure.conditions import NOT_RECORDED
from complaints.procedure.duties import ARRANGE_NEXT_MEETING
from complaints.procedure.earliest import ARRANGEMENT, BEFORE_THEM, RECORDING
from complaints.procedure.seriousness import referral_runs
from complaints.procedure.states import FROM_RECORDED, HANDLED
from complaints.procedure.who_sits import AttendanceMixin, keep_attendance, the_elected_chair_is_right
from panel.casework.shared_steps import STAFF, in_the_future
from panel.casework.step_form import StepForm
from panel.forms.fields import DateField, LongTextField, RadiosField, TextField
from panel.law import clock, meetings
from panel.law.roles import Basis, DayBasis, Role
from panel.procedure.vocabulary import RECEIPT, DutyKind, Elsewhere, Refusal, Step, Target


def papers_due(attempt):
    """As long before the meeting as an agenda of the Panel is open: in England five clear days, in Wales what the panel has
    set for that day; no day where it has set none."""
    day = attempt.answers.get("meets_on")
    if not day:
        return None
    rules = attempt.look.settings_on(day)
    days = meetings.notice(rules.country, rules.clear_days).days
    return clock.clear_days(day, days) if days else None


SEND_PAPERS = DutyKind(
    "send_papers", "Send the papers for the meeting", Role.OFFICER, ("para 11", "para 12"), Basis.GUIDANCE,
    recipients=lambda attempt: ["members"],
    due=papers_due, day_basis=DayBasis.GUIDANCE,
    notice=True, met_by="give_notice", open_in_states=(*HANDLED, "outcome_recorded"),
)  # fmt: skip
SEND_PAPERS_ANEW = replace(SEND_PAPERS, when=lambda attempt: attempt.answers.get("meets_on") is not None)


class LooksFirstMixin:
    """A body looks at it first: the day of referral runs all the same."""

    def reminders(self):
        """The warning, above the questions."""
        return [*super().reminders(), referral_runs()]


class ArrangeMeetingForm(LooksFirstMixin, StepForm):
    """When, where and who (paras 11, 12)."""

    on_label = "When was it arranged?"
    meets_on = DateField(label="Day of the meeting", what="the day of the meeting")
    place = TextField(label="Where?", required_message="Enter where")
    present = TextField(label="Who is to come?", max_length=500, required_message="Enter who is to come")


def arrange_meeting(attempt):
    """Meet the duty to arrange the meeting."""
    attempt.closed_duties = [(d, "met") for d in attempt.look.open_duties if d.kind == DutyKey.ARRANGE_MEETING]


class NoteMeetingForm(AttendanceMixin, LooksFirstMixin, StepForm):
    """A meeting of the sub-panel, the Panel, or between the two sides (para 12)."""

    on_label = "When was the meeting?"
    on_what = "the date of the meeting"
    kind = RadiosField(
        label="What kind of meeting?",
        choices=[
            ("sub_panel", "The sub-panel"),
            ("panel", "The full Panel"),
            ("mediated", "Between complainant and office holder, mediated"),
            ("other", "Another meeting"),
        ],
        required_message="Select what kind of meeting it was",
    )
    present = TextField(label="Who was there?", required_message="Enter who was there", max_length=500)
    note = LongTextField(label="What was said and agreed?", required_message="Enter what was said and agreed", rows=6)

    def add_questions(self):
        """Where nobody complained, there is nobody to mediate between."""
        if not self.attempt.facts.somebody_complained:
            self.fields["kind"].choices = [c for c in self.fields["kind"].given if c[0] != "mediated"]
        self.ask_attendance()

    def shape_of(self):
        """What kind; of a meeting of the sub-panel who came; then who else, and what was said."""
        return ["kind", *self.attendance_shape(), "present", "note"]


def record_meeting(attempt):
    """Meet the duty of the body that has met."""
    kinds = {"sub_panel": ("sub_panel_meets", "arrange_meeting"), "panel": ("panel_meets",)}
    met = kinds.get(attempt.answers["kind"], ())
    attempt.closed_duties = [(d, "met") for d in attempt.look.open_duties if d.kind in met]
    keep_attendance(attempt)


class AdjournForm(StepForm):
    """A meeting is put off (para 12)."""

    on_label = "When was it adjourned?"
    meets_on = DateField(label="To which day?", what="the day it is put off to", required=False)
    why_label = "Why?"


def a_meeting_is_arranged(attempt):
    """There is a meeting that could be put off (para 12)."""
    if attempt.facts.noted(StepKey.ARRANGE_MEETING, attempt.look.parts) is None and not any(
        d.kind == DutyKey.PANEL_MEETS for d in attempt.look.open_duties
    ):
        return Refusal("No meeting is arranged.", ("para 11", "para 12"), "arrange a meeting.", first="arrange_meeting")
    return None


def adjourn(attempt):
    """Let the papers for the old day lapse. The full Panel is then to consider the complaint on the new day."""
    attempt.closed_duties = [(d, "lapsed") for d in attempt.look.open_duties if d.kind == DutyKey.SEND_PAPERS]
    day = attempt.answers.get("meets_on")
    for d in attempt.look.open_duties:
        if d.kind == DutyKey.PANEL_MEETS and day:
            d.first_due = d.first_due or d.due
            d.due, d.count = day, clock.given(day).as_json()
            d.save()


STEPS = (
    Step(
        "arrange_meeting", "Arrange a meeting", (*HANDLED, "outcome_recorded"), Target.STAYS,
        entered_by=STAFF, provisions=("para 11", "para 12", "reg 28"),
        past_label="Meeting arranged", button="Save the meeting",
        scope="case", folded=True,
        form=ArrangeMeetingForm, checks=(in_the_future("meets_on", "The day of the meeting"),), effect=arrange_meeting,
        opens=(SEND_PAPERS,), closes=(ARRANGE_NEXT_MEETING,),
        not_before=(RECEIPT, BEFORE_THEM),
        when_elsewhere=Elsewhere(
            "It is not being dealt with yet.", "the Chairman decides how it is handled.", "filter"
        ),
    ),
    Step(
        "note_meeting", "Note a meeting", FROM_RECORDED, Target.STAYS,
        entered_by=(Role.OFFICER, Role.MONITORING_OFFICER, Role.SUB_PANEL), provisions=("para 11", "para 12", "reg 28"),
        past_label="Meeting noted", button="Save the note",
        scope="case", folded=True,
        form=NoteMeetingForm, checks=(the_elected_chair_is_right,), effect=record_meeting,
        not_before=(RECEIPT, RECORDING),
        when_elsewhere=NOT_RECORDED,
    ),
    Step(
        "adjourn", "Put a meeting off", (*HANDLED, "outcome_recorded"), Target.STAYS,
        entered_by=STAFF, provisions=("para 11", "para 12", "reg 28"),
        past_label="Meeting adjourned", button="Save",
        scope="case", folded=True,
        guards=(a_meeting_is_arranged,), form=AdjournForm,
        checks=(in_the_future("meets_on", "The day it is put off to"),), effect=adjourn,
        opens=(SEND_PAPERS_ANEW, ARRANGE_NEXT_MEETING),
        not_before=(RECEIPT, ARRANGEMENT),
        when_elsewhere=Elsewhere(
            "It is not being dealt with yet.", "the Chairman decides how it is handled.", "filter"
        ),
    ),
)  # fmt: skip
