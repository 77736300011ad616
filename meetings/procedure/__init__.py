"""The procedure of a meeting, a chapter a file: planned, called, held or adjourned, its minutes confirmed.

Chapters never import each other: what several need stands in `states`, `law`, `duties` and `conditions`.
"""

from meetings.keys import StateKey
from meetings.procedure import agenda, letters, minutes, participation, planning, record_keeping, sitting
from meetings.procedure.states import STAGES, STATES
from panel.procedure.machine import Procedure, duties_opened, with_letters

CHAPTERS = (planning.STEPS, agenda.STEPS, participation.STEPS, sitting.STEPS, minutes.STEPS, record_keeping.STEPS)
STEPS = with_letters((step for chapter in CHAPTERS for step in chapter), letters.KINDS)
GROUPS = tuple(
    (heading, tuple(step.key for step in steps))
    for heading, steps in (
        ("Agenda and papers", agenda.STEPS),
        ("Public participation", participation.STEPS),
        ("Attendance", sitting.STEPS),
        ("Minutes", minutes.STEPS),
        ("Move, adjourn or cancel it", planning.STEPS),
        ("Keeping the record", record_keeping.STEPS),
    )
)
PROCEDURE = Procedure(
    "meetings", "Meetings of the Panel", STATES, STEPS, STAGES, duties_opened(STEPS), groups=GROUPS, state_keys=StateKey
)
