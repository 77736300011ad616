"""Schedule 8: the Chief Constable. As Schedule 1, with the veto and the reserve candidate that follows it."""

from hearings.procedure import (
    corrections,
    decision,
    duties,
    ending,
    hearing,
    letters,
    moving,
    notification,
    papers,
    planning,
    recommendation,
    record_keeping,
    reopening,
    reporting,
    reserve,
    review,
    states,
    veto,
)
from hearings.procedure.law import SCHEDULE_8
from hearings.procedure.one_schedule import procedure_of
from panel.procedure.machine import duties_opened

LAW = SCHEDULE_8
STATES = states.EVERY
STEPS = (
    *notification.STEPS,
    *planning.STEPS,
    *review.STEPS,
    *hearing.STEPS,
    *moving.STEPS,
    *recommendation.STEPS,
    *veto.STEPS,
    *papers.STEPS,
    *reporting.STEPS,
    *decision.STEPS,
    *reserve.STEPS,
    *moving.RESERVE_STEPS,
    *ending.STEPS_WITH_VETO,
    *corrections.STEPS,
    *record_keeping.STEPS,
    *reopening.STEPS,
)
GROUPS = tuple(
    (heading, tuple(step.key for steps in chapters for step in steps))
    for heading, chapters in (
        ("Notification and review", (planning.STEPS, notification.STEPS, review.STEPS)),
        ("The hearing", (hearing.STEPS, moving.STEPS, recommendation.STEPS)),
        ("Veto and reserve candidate", (veto.STEPS, reserve.STEPS, moving.RESERVE_STEPS)),
        ("Report and decision", (papers.STEPS, reporting.STEPS, decision.STEPS)),
        ("Ending", (ending.STEPS_WITH_VETO,)),
        ("Keeping the record", (corrections.STEPS, record_keeping.STEPS, reopening.STEPS)),
    )
)
DUTIES = (*duties.EVERY, *duties_opened(record_keeping.CHALLENGES))
PROCEDURE = procedure_of(
    LAW, STATES, STEPS, DUTIES, GROUPS, retired=(duties.PUBLISH_AFTER_FIVE_DAYS,), letters=letters.KINDS
)
