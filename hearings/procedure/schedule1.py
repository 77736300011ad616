"""Schedule 1: chief executive, chief finance officer, Deputy Commissioner. The Panel recommends; there is no veto."""

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
    review,
    states,
)
from hearings.procedure.law import SCHEDULE_1
from hearings.procedure.one_schedule import procedure_of
from panel.procedure.machine import duties_opened

LAW = SCHEDULE_1
STATES = states.WITHOUT_VETO
STEPS = (
    *notification.STEPS,
    *planning.STEPS,
    *review.STEPS,
    *hearing.STEPS,
    *moving.STEPS,
    *recommendation.STEPS,
    *papers.STEPS,
    *reporting.STEPS,
    *decision.STEPS,
    *ending.STEPS_WITHOUT_VETO,
    *corrections.STEPS,
    *record_keeping.STEPS,
    *reopening.STEPS,
)
GROUPS = tuple(
    (heading, tuple(step.key for steps in chapters for step in steps))
    for heading, chapters in (
        ("Notification and review", (planning.STEPS, notification.STEPS, review.STEPS)),
        ("The hearing", (hearing.STEPS, moving.STEPS, recommendation.STEPS)),
        ("Report and decision", (papers.STEPS, reporting.STEPS, decision.STEPS)),
        ("Ending", (ending.STEPS_WITHOUT_VETO,)),
        ("Keeping the record", (corrections.STEPS, record_keeping.STEPS, reopening.STEPS)),
    )
)
DUTIES = (*duties.WITHOUT_VETO, *duties_opened(record_keeping.CHALLENGES))
PROCEDURE = procedure_of(
    LAW, STATES, STEPS, DUTIES, GROUPS, retired=(duties.PUBLISH_AFTER_FIVE_DAYS,), letters=letters.KINDS
)
