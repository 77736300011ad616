"""A complaint that has ended is challenged from outside, or taken up again (para 17; reg 34)."""

from dataclasses import replace

from complaints.procedure.duties import (
    CONSIDER,
    COPY_OF_RECORD_ON_REFERRAL,
    DECIDE_COPIES_ON_REFERRAL,
    DECIDE_RECORDING,
    PRESERVE,
    REFER,
    REVIEW_COPY,
)
from complaints.procedure.states import ANY, ENDS
from panel.casework import challenge_steps, shared_steps
from panel.casework.retention_steps import CONFIRM_ERASURE
from panel.casework.step_form import StepForm
from panel.forms.fields import HintedChoice, RadiosField
from panel.law import clock
from panel.models import office_holder_slug
from panel.procedure.vocabulary import Refusal

# Taking it up again

DECIDE_RECORDING_AGAIN = replace(DECIDE_RECORDING, when=lambda attempt: attempt.answers["to"] == "received")
CONSIDER_AGAIN = replace(CONSIDER, when=lambda attempt: attempt.answers["to"] == "recorded")
REVIEW_COPY_AGAIN = replace(
    REVIEW_COPY,
    when=None,
    recipients=lambda attempt: [
        office_holder_slug(s.office_holder) for s in attempt.facts.subjects if s.copy == "withheld"
    ],
)
REFER_AGAIN = replace(  # reopened while the IOPC still has to have it
    REFER,
    due=lambda attempt: clock.iopc_referral(attempt.on),
    parts=lambda attempt: [p for p in attempt.parts if p.due_to_iopc],
)


class ReopenForm(StepForm):
    """An ended complaint is taken up again (para 17)."""

    on_label = "When was this decided?"
    to = RadiosField(
        label="Where does it go on?",
        choices=[
            HintedChoice("received", "Received", "To decide again whether to record it"),
            HintedChoice("recorded", "Recorded", "For the Chairman to consider"),
        ],
        required_message="Select where it goes on",
    )
    why_label = "Your reasons"


def a_conduct_matter_stays_recorded(attempt):
    """A conduct matter was recorded once and for all: it is not decided again whether to record it (regs 11, 12)."""
    if attempt.answers.get("to") == "received" and any(attempt.facts.is_conduct_matter(p) for p in attempt.parts):
        return Refusal(
            "A conduct matter is on the record already: it goes on at Recorded", ("reg 11", "reg 12"), field="to"
        )
    return None


def a_record_names_somebody(attempt):
    """Only a complaint about an office holder stands on the record: one that names nobody is decided on again (reg 9)."""
    if attempt.answers.get("to") == "recorded" and not attempt.facts.subjects:
        return Refusal(
            "It names no office holder, so it cannot go on at Recorded: it goes on at Received", ("reg 9",), field="to"
        )
    return None


def reopen(attempt):
    """Open the complaint again. Earlier decisions no longer stand; the history keeps them."""
    attempt.case.merged_into = None
    for p in attempt.parts:
        p.route = p.grounds = p.outcome = p.dealt_with_by = p.not_recorded = p.redirected = p.redirected_to = ""
        first = attempt.answers["to"] == "recorded" and not attempt.facts.was_recorded(p)
        attempt.add_report_slugs(p, reopened=p.status, recorded_by_it="yes" if first else "")


STEPS = (
    *challenge_steps.challenges(ANY, ("para 17",)),
    shared_steps.reopen(
        ENDS, ("received", "recorded"), ("para 17", "reg 34"), ReopenForm, does=reopen,
        checks=(a_conduct_matter_stays_recorded, a_record_names_somebody),
        opens=(
            DECIDE_RECORDING_AGAIN, CONSIDER_AGAIN, COPY_OF_RECORD_ON_REFERRAL, DECIDE_COPIES_ON_REFERRAL, PRESERVE,
            REVIEW_COPY_AGAIN, REFER_AGAIN,
        ),
        lapses=(CONFIRM_ERASURE,),
    ),
)  # fmt: skip
