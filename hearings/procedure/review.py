"""The Panel reviews the proposed appointment."""

from hearings.procedure.conditions import complete_or_decided, panel_was_notified
from hearings.procedure.duties import BEGIN_REVIEW, CHASE_MISSING, PLAN_QUESTIONS
from hearings.procedure.law import REVIEW
from hearings.procedure.questions.proposal import BeginReviewForm
from hearings.procedure.states import (
    HEARD,
    HEARING_ARRANGED,
    INFORMATION_AWAITED,
    NOTIFIED,
    REPORTED,
    UNDER_REVIEW,
    keys_of,
)
from panel.casework.shared_steps import STAFF
from panel.law.roles import Role
from panel.procedure.vocabulary import Elsewhere, Step

AFTER_THE_REVIEW = (UNDER_REVIEW, HEARING_ARRANGED, HEARD, REPORTED)

STEPS = (
    Step(
        "begin_review", "Begin the review", (NOTIFIED, INFORMATION_AWAITED), UNDER_REVIEW,
        entered_by=(*STAFF, Role.CHAIRMAN),
        provisions=(REVIEW,), past_label="Review begun", button="Begin the review", all_parts=True, form=BeginReviewForm,
        guards=(panel_was_notified,),
        hint="The whole Panel reviews the proposal.", checks=(complete_or_decided,), opens=(PLAN_QUESTIONS,),
        closes=(BEGIN_REVIEW, CHASE_MISSING),
        when_elsewhere=Elsewhere("The review has begun.", "", states=keys_of(*AFTER_THE_REVIEW)),
    ),
)  # fmt: skip
