"""What every register shares: notices, notes, documents, corrections, and how long a meeting is kept."""

from typing import Any

from meetings.procedure.duties import (
    CONSIDER_REVERSAL,
    SEND_MINUTES,
    SEND_PAPERS,
    TELL_ADJOURNED,
    TELL_CANCELLED,
    TELL_MOVED,
    TELL_REQUEST,
)
from meetings.procedure.law import MEETINGS
from meetings.procedure.states import ENDS, EVERY, OPEN
from panel.casework import retention_steps, shared_steps
from panel.casework.agenda import take_back_together
from panel.casework.shared_steps import STAFF
from panel.casework.step_form import StepForm
from panel.forms.fields import RadiosField
from panel.law.roles import Role
from panel.procedure.vocabulary import Target


class VoidForm(StepForm):
    """Entered by mistake."""

    on_label = "When was this found?"
    reason = RadiosField(
        label="Why is it void?", choices=[("mistake", "Entered by mistake"), ("duplicate", "It is there twice")],
        required_message="Select why it is void",
    )  # fmt: skip
    why_label = "What happened?"
    takes_documents = False


class ReopenForm(StepForm):
    """It is taken up again."""

    on_label = "When was this decided?"
    why_label = "Why?"
    takes_documents = False


def reopen(attempt: Any) -> None:
    """Minutes that were confirmed are open to be corrected; a cancelled meeting is planned again."""
    meeting = attempt.case.meeting
    attempt.case.confirmed_at = None
    meeting.in_register = True
    meeting.save()


NOTICES = (SEND_PAPERS, TELL_MOVED, TELL_CANCELLED, TELL_ADJOURNED, SEND_MINUTES, TELL_REQUEST)
STEPS = (
    shared_steps.give_notice(EVERY, (MEETINGS,), NOTICES),
    shared_steps.waive_duty(EVERY, (MEETINGS,)),
    shared_steps.add_documents(EVERY, (MEETINGS,)),
    shared_steps.note_contact(EVERY, (MEETINGS,), by=(*STAFF, Role.CHAIRMAN)),
    shared_steps.assign_to(OPEN, (MEETINGS,)),
    shared_steps.void(("planned", "called"), (MEETINGS,), VoidForm),
    shared_steps.reopen(ENDS, Target.STATE_IT_LEFT, (MEETINGS,), ReopenForm, does=reopen),
    shared_steps.ask_for_reversal(EVERY, (MEETINGS,), CONSIDER_REVERSAL, by=(Role.OFFICER, Role.CHAIRMAN)),
    shared_steps.reverse(EVERY, (MEETINGS,), CONSIDER_REVERSAL, effect=take_back_together),
    *retention_steps.keeping(EVERY, ENDS),
)
