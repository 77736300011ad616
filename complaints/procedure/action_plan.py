"""An action plan within an informal resolution: what is to be done, by when, and who signs it off (para 12; reg 28).

Nothing in law orders one: it is agreed, and a part of settling the matter.
"""

from complaints.procedure.conditions import not_suspended
from complaints.procedure.recipients import day_of
from complaints.procedure.states import HANDLED, OUTCOME
from panel.casework.shared_steps import STAFF, in_the_future
from panel.casework.step_form import StepForm
from panel.forms.fields import DateField, LongTextField, RadiosField, TextField
from panel.law.roles import Basis, Role
from panel.procedure.vocabulary import DutyKind, Refusal, Step, Target

WHERE = (*HANDLED, *OUTCOME)
UNDER = ("para 12", "reg 28")

SIGN_OFF = DutyKind(
    "sign_off_plan", "See whether the action plan was carried out, and have it signed off", Role.OFFICER, UNDER,
    Basis.GUIDANCE, due=day_of("by_when"), met_by="sign_off_action_plan", open_in_states=WHERE,
)  # fmt: skip


class AgreePlanForm(StepForm):
    """What was agreed."""

    on_label = "When was it agreed?"
    plan = LongTextField(label="What is to be done?", required_message="Enter what is to be done", rows=6)
    by_when = DateField(label="By when?", what="the day by which it is to be done")
    signs_off = TextField(
        label="Who signs it off?", max_length=150, required_message="Enter who signs it off",
        help_text="Such as: the sub-panel, or its chairman.",
    )  # fmt: skip


class SignOffForm(StepForm):
    """Whether it was done."""

    on_label = "When was it signed off?"
    done = RadiosField(
        label="Was it carried out?",
        choices=[("yes", "Yes"), ("partly", "In part"), ("no", "No")],
        required_message="Select whether it was carried out",
    )
    signed_by = TextField(label="Who signed it off?", max_length=150, required_message="Enter who signed it off")
    note = LongTextField(label="What shows it?", required=False, rows=3)


def a_plan_is_open(attempt):
    """There is a plan that nobody has signed off."""
    if not any(d.kind == SIGN_OFF.key for d in attempt.look.open_duties):
        return Refusal("No action plan is open.", UNDER, "agree one.", first="agree_action_plan")
    return None


def nobody_suspends(attempt):
    """No plan is agreed while the IOPC suspends the procedure (reg 22)."""
    return next((r for p in attempt.look.parts if (r := not_suspended(attempt, p))), None)


STEPS = (
    Step(
        "agree_action_plan", "Note an action plan", ("informal_resolution", "outcome_recorded"), Target.STAYS,
        entered_by=(*STAFF, Role.SUB_PANEL), provisions=UNDER,
        past_label="Action plan agreed", button="Save the plan", hint="What is to be done, by when, and who signs it off.",
        scope="case", folded=True,
        guards=(nobody_suspends,), form=AgreePlanForm, checks=(in_the_future("by_when", "The day by which it is to be done"),),
        opens=(SIGN_OFF,),
    ),
    Step(
        "sign_off_action_plan", "Sign off the action plan", WHERE, Target.STAYS,
        entered_by=(*STAFF, Role.SUB_PANEL), provisions=UNDER,
        past_label="Action plan signed off", button="Save",
        scope="case", folded=True,
        guards=(a_plan_is_open,), form=SignOffForm, closes=(SIGN_OFF,),
    ),
)  # fmt: skip
