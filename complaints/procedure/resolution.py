"""A complaint is resolved informally (paras 11 to 14; regs 27 and 28).

Both sides have the chance to comment; the office holder may be asked for documents or to attend. There is no
investigation, no finding and no sanction, and no apology that was not agreed to.
"""

from complaints.keys import WITH_THE_IOPC, StepKey
from complaints.procedure.complaining import DecidersMixin
from complaints.procedure.conditions import (
    FORWARD,
    NOT_RECORDED,
    before_whom_it_is,
    decided_by_whom_it_was_before,
    decider_could_decide,
    direction_is_obeyed,
    route_is,
)
from complaints.procedure.duties import (
    APPOINT,
    ARRANGE_MEETING,
    BEGIN_RESOLUTION,
    CARRY_OUT,
    DECIDE_AFTER_MEETING,
    INVITE_COMMENTS,
    PANEL_MEETS,
    RESOLVE,
    SUB_PANEL_MEETS,
    TABLE,
)
from complaints.procedure.earliest import BEFORE_THEM, RECORDING
from complaints.procedure.questions import SidesMixin, SubjectsMixin
from complaints.procedure.states import FROM_RECORDED, ON_THE_RECORD
from panel.casework.shared_steps import in_the_future
from panel.casework.step_form import StepForm
from panel.forms.fields import DateField, LongTextField, RadiosField, TextField, TickField
from panel.forms.layout import Only, Reveal
from panel.law import clock
from panel.law.roles import Basis, Role
from panel.models import office_holder_slug
from panel.procedure.vocabulary import RECEIPT, DutyKind, Elsewhere, Step, Target

# Beginning


class ResolveInformallyForm(DecidersMixin, StepForm):
    """Part 4 begins: who deals with it (para 11, reg 28). There is no investigation."""

    on_label = "When was this decided?"
    dealt_with_by = RadiosField(
        label="Who deals with it?",
        choices=[
            ("sub_panel", "The sub-panel"),
            ("panel", "The full Panel"),
            ("member", "One member of the Panel"),
            ("officer", "The scrutiny officer"),
            ("other", "Another person"),
        ],
        required_message="Select who deals with it",
    )
    who = TextField(label="Name", required_message="Enter the name")
    shape = ("dealt_with_by", Only("named-person", "who"))

    def _clean_fields(self):
        # `who` belongs to two of the choices, so no Reveal can draw it: the styles show it, and it is dropped here.
        super()._clean_fields()
        if self.cleaned_data.get("dealt_with_by") not in ("member", "other"):
            self.not_asked("who")


def begin_resolution(attempt):
    """Store who deals with the complaint."""
    for p in attempt.parts:
        p.dealt_with_by = attempt.answers["dealt_with_by"]
        attempt.add_report_slugs(p, dealt_with_by=p.dealt_with_by)


# Asking the office holder

AWAIT_DOCUMENTS = DutyKind(
    "await_documents", "to provide what was asked for", Role.OFFICE_HOLDER, ("para 12",), Basis.TARGET,
    recipients=lambda attempt: [office_holder_slug(s.office_holder) for s in attempt.answers["subjects"]],
    due=lambda attempt: clock.given(attempt.answers["by_when"]), met_by="note_explanation",
    open_in_states=tuple(k for k in ON_THE_RECORD if k not in WITH_THE_IOPC),
)  # fmt: skip


class RequestDocumentsForm(SubjectsMixin, StepForm):
    """The office holder may be asked for documents; there is no formal investigation (para 12, Sch 7 para 3)."""

    on_label = "When were they asked?"
    asked_for = LongTextField(
        label="What are they asked for?", required_message="Enter what they are asked for", rows=4
    )
    by_when = DateField(label="By when?", what="the day by which they should answer")
    shape = ("subjects", "asked_for", "by_when")

    def add_questions(self):
        """Who is asked."""
        self.ask_subjects("Who is asked?", "Select who is asked")

    def change_answers(self, answers):
        """The office holders, not the rows of the case."""
        answers["subjects"] = [s.office_holder.short_name for s in self.cleaned_data["subjects"]]
        return answers


class RequestAttendanceForm(RequestDocumentsForm):
    """The office holder may be asked to attend a meeting to answer questions (para 12)."""

    asked_for = LongTextField(
        label="Which meeting, and about what?", required_message="Enter which meeting and what about", rows=4
    )
    by_when = DateField(label="Day of the meeting", what="the day of the meeting")


# What the sides and the sub-panel say


class NoteCommentsForm(SidesMixin, StepForm):
    """What one side said, or that they chose not to comment (reg 28)."""

    on_label = "When did they comment, or decline?"
    side = RadiosField(label="Who?", choices=(), required_message="Select who commented")
    said = RadiosField(
        label="Did they comment?",
        choices=[("commented", "Yes"), ("declined", "They chose not to comment")],
        required_message="Select whether they commented",
    )
    comments = LongTextField(label="What did they say?", required_message="Enter what they said", rows=6)
    shape = ("side", "said", Reveal("said", "commented", "comments"))


class NoteExplanationForm(SidesMixin, StepForm):
    """Further explanation given (para 12)."""

    on_label = "When was it given?"
    side = RadiosField(label="Who explained?", choices=(), required_message="Select who explained")
    explanation = LongTextField(label="What was explained?", required_message="Enter what was explained", rows=6)


def note_reply(attempt):
    """Meet the duty of the side that has answered. A side that has commented need no longer be invited to. What was
    said before the complaint came answers nothing that was asked because of it."""
    if attempt.on < attempt.case.received_on:
        return
    side = attempt.answers["side"]
    kinds = {"await_comments": "met", "invite_comments": "lapsed"}
    if attempt.step.key != StepKey.NOTE_COMMENTS:
        kinds = {"await_documents": "met"}
    attempt.closed_duties = [
        (d, kinds[d.kind]) for d in attempt.look.open_duties if d.kind in kinds and d.recipient == side
    ]


class NoteApologyForm(SubjectsMixin, StepForm):
    """An apology, only as the office holder agreed to it (para 12, reg 28)."""

    on_label = "When was it given?"
    agreed = TickField(
        label="The office holder agreed to this apology, in these words",
        required_message="Tick that the office holder agreed to it: no apology is made on their behalf otherwise",
        hint="Paragraph 12, regulation 28",
    )
    apology = LongTextField(label="The apology", required_message="Enter the apology", rows=4)
    shape = ("subjects", "apology", "agreed")

    def add_questions(self):
        """Whose apology."""
        self.ask_subjects("Whose apology?", "Select whose apology it is")

    def change_answers(self, answers):
        """The office holders by name."""
        answers["subjects"] = [s.office_holder.short_name for s in self.cleaned_data["subjects"]]
        return answers


class NoteOpinionForm(DecidersMixin, StepForm):
    """The sub-panel's opinion on the conduct, quoted: an opinion, not a finding (para 13)."""

    on_label = "When was it given?"
    opinion = LongTextField(
        label="The opinion, in the sub-panel’s own words", required_message="Enter the opinion", rows=6,
        help_text="It is shown as a quotation. "
        "The Panel cannot make a formal finding or apply a sanction (paragraph 13).",
    )  # fmt: skip


STEPS = (
    Step(
        "resolve_informally", "Begin informal resolution", ("filtered", "sub_panel", "full_panel"),
        "informal_resolution",
        entered_by=(Role.CHAIRMAN, Role.SUB_PANEL, Role.OFFICER), decided_by=(Role.CHAIRMAN, Role.SUB_PANEL, Role.PANEL),
        provisions=("para 11", "reg 27", "reg 28"),
        past_label="Informal resolution begun", button="Begin informal resolution",
        hint="Both sides are invited to comment.",
        part_guards=(*FORWARD, route_is("informal_resolution"), before_whom_it_is), form=ResolveInformallyForm,
        checks=(direction_is_obeyed, decided_by_whom_it_was_before, decider_could_decide), effect=begin_resolution,
        opens=(INVITE_COMMENTS, RESOLVE), closes=(BEGIN_RESOLUTION, SUB_PANEL_MEETS, PANEL_MEETS, DECIDE_AFTER_MEETING),
        lapses=(APPOINT, CARRY_OUT, TABLE, ARRANGE_MEETING),
        when_elsewhere=Elsewhere(
            "It has no route to informal resolution yet.", "the Chairman decides how it is handled.", "filter"
        ),
    ),
    Step(
        "request_documents", "Ask the office holder for documents", FROM_RECORDED, Target.STAYS,
        entered_by=(Role.OFFICER, Role.MONITORING_OFFICER, Role.SUB_PANEL), provisions=("para 12", "reg 28"),
        past_label="Documents asked for", button="Record the request", hint="There is no formal investigation.",
        scope="case", folded=True,
        form=RequestDocumentsForm, checks=(in_the_future("by_when", "The day"),),
        opens=(AWAIT_DOCUMENTS,),
        not_before=(RECEIPT, RECORDING),
        when_elsewhere=NOT_RECORDED,
    ),
    Step(
        "request_attendance", "Ask the office holder to attend", FROM_RECORDED, Target.STAYS,
        entered_by=(Role.OFFICER, Role.MONITORING_OFFICER, Role.SUB_PANEL), provisions=("para 12", "reg 28"),
        past_label="Attendance asked for", button="Record the request",
        scope="case", folded=True,
        form=RequestAttendanceForm, checks=(in_the_future("by_when", "The day"),),
        opens=(AWAIT_DOCUMENTS,),
        not_before=(RECEIPT, RECORDING),
        when_elsewhere=NOT_RECORDED,
    ),
    Step(
        "note_comments", "Note comments", FROM_RECORDED, Target.STAYS,
        entered_by=(Role.OFFICER, Role.MONITORING_OFFICER, Role.SUB_PANEL), provisions=("para 12", "reg 28"),
        past_label="Comments noted", button="Save the comments", hint="Or that they chose not to comment.",
        scope="case", folded=True,
        form=NoteCommentsForm, effect=note_reply,
        not_before=(),
        when_elsewhere=NOT_RECORDED,
    ),
    Step(
        "note_explanation", "Note an explanation", FROM_RECORDED, Target.STAYS,
        entered_by=(Role.OFFICER, Role.MONITORING_OFFICER, Role.SUB_PANEL), provisions=("para 12", "reg 28"),
        past_label="Explanation noted", button="Save the explanation",
        scope="case", folded=True,
        form=NoteExplanationForm, effect=note_reply,
        not_before=(),
        when_elsewhere=NOT_RECORDED,
    ),
    Step(
        "note_apology", "Note an apology", FROM_RECORDED, Target.STAYS,
        entered_by=(Role.OFFICER, Role.MONITORING_OFFICER, Role.SUB_PANEL), provisions=("para 12", "reg 28"),
        past_label="Apology noted", button="Save the apology", hint="Only as the office holder agreed to it.",
        scope="case", folded=True,
        form=NoteApologyForm,
        not_before=(),
        when_elsewhere=NOT_RECORDED,
    ),
    Step(
        "note_opinion", "Note the sub-panel’s opinion", ("sub_panel", "full_panel", "informal_resolution"), Target.STAYS,
        entered_by=(Role.OFFICER, Role.MONITORING_OFFICER, Role.SUB_PANEL), provisions=("para 13",),
        past_label="Opinion noted", button="Save the opinion", hint="An opinion, not a finding.",
        scope="case", folded=True,
        form=NoteOpinionForm,
        not_before=(RECEIPT, BEFORE_THEM),
        when_elsewhere=Elsewhere("Nobody has looked into it yet.", "the Chairman decides how it is handled.", "filter"),
    ),
)  # fmt: skip
