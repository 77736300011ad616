"""A first stage: the Commissioner's office, or a delegate, has the complaint first and passes it on (reg 7).

What is delegated ends with recording: Part 4 is the Panel's own. While somebody has it at a first stage nobody decides how
it is handled. A complainant who is not satisfied, a conflict, the IOPC or a member's request sends it on; what was done
there stays on the timeline.
"""

from complaints.procedure.delegation import COMES_BACK, OFFICE, THERE, delegates, give_to_office, office_users
from panel.casework.members import MembersMixin
from panel.casework.step_form import StepForm
from panel.forms.fields import LongTextField, RadiosField, SelectField
from panel.law.roles import CasePart, Role
from panel.models import CaseRole
from panel.procedure.vocabulary import Refusal, Step, Target

STAFF = (Role.OFFICER, Role.MONITORING_OFFICER)


class BeginFirstStageForm(MembersMixin, StepForm):
    """To whom the Panel gives it first."""

    on_label = "From when?"
    whom = SelectField(
        label="Who has it first?", choices=(), blank="Choose", required_message="Select who has it first"
    )
    why_label = "Why?"
    why_required = False

    def add_questions(self):
        """The Commissioner's office, where somebody there has an account, and the members."""
        office = office_users(self.attempt)
        first = [(OFFICE, "The Commissioner’s chief executive (regulation 7)")] if office else []
        self.fields["whom"].choices = [*first, *self.member_lines()]

    @classmethod
    def display_answer(cls, name, value, look):
        """The office in words, a member by name."""
        if name == "whom":
            return (
                "The Commissioner’s chief executive"
                if value == OFFICE
                else super().display_answer("member", value, look)
            )
        return super().display_answer(name, value, look)


def nobody_has_it_first(attempt):
    """It is at no first stage."""
    if delegates(attempt):
        return Refusal(
            "It is at a first stage already.", ("reg 7",), "it is passed to the Panel.", first="pass_to_panel"
        )
    return None


def somebody_has_it_first(attempt):
    """It is at a first stage."""
    if not delegates(attempt):
        return Refusal("It is at no first stage.", ("reg 7",))
    return None


def begin_first_stage(attempt):
    """Whoever has it first sees it until it is passed on."""
    if attempt.answers["whom"] == OFFICE:
        give_to_office(attempt)
        return
    member = attempt.form.member_named("whom")
    CaseRole.objects.create(
        case=attempt.case, kind=CasePart.DELEGATE, member=member, user=member.user, from_entry=attempt.entry
    )


class NoteFirstStageForm(StepForm):
    """What was done about it at the first stage."""

    on_label = "When was it done?"
    done = LongTextField(label="What was done?", required_message="Enter what was done", rows=5)
    said = LongTextField(label="What does the complainant say to it?", required=False, rows=3)


class PassToPanelForm(StepForm):
    """Why it goes to the Panel."""

    on_label = "When was it passed on?"
    reason = RadiosField(
        label="Why is it passed on?",
        choices=[
            ("complete", "It is received and recorded, for the Panel to deal with"),
            ("dissatisfied", "The complainant is not satisfied with what was done"),
            ("conflict", "A conflict of interest"),
            ("iopc", "The IOPC must have it, or asks for it"),
            ("member", "A member of the Panel asks for it"),
        ],
        required_message="Select why it is passed on",
    )
    note = LongTextField(label="What should the Panel know?", required=False, rows=4)


def pass_to_panel(attempt):
    """Nobody has it first any more."""
    for role in delegates(attempt):
        role.to_entry = attempt.entry
        role.save()


STEPS = (
    Step(
        "begin_first_stage", "Give it to a first stage", ("received", "recorded"), Target.STAYS,
        entered_by=STAFF, provisions=("reg 7",),
        past_label="Given to a first stage", button="Give it to them", hint="They pass it on to the Panel. Part 4 is the Panel’s.",
        scope="case", folded=True,
        guards=(nobody_has_it_first,), form=BeginFirstStageForm, effect=begin_first_stage, opens=(COMES_BACK,),
    ),
    Step(
        "note_first_stage", "Note what the first stage did", THERE, Target.STAYS,
        entered_by=STAFF, provisions=("reg 7",),
        past_label="First stage", button="Save the note",
        scope="case", folded=True,
        guards=(somebody_has_it_first,), form=NoteFirstStageForm,
    ),
    Step(
        "pass_to_panel", "Pass it on to the Panel", THERE, Target.STAYS,
        entered_by=STAFF, provisions=("reg 7",),
        past_label="Passed on to the Panel", button="Pass it on", hint="The Panel then decides how it is handled.",
        scope="case", folded=True,
        guards=(somebody_has_it_first,), form=PassToPanelForm, effect=pass_to_panel, closes=(COMES_BACK,),
    ),
)  # fmt: skip
