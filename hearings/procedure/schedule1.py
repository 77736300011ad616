"""Schedule 1: chief executive, chief finance officer, Deputy Commissioner. The Panel recommends; there is no veto."""

from hearings.procedure.hearing import ENDS, OPEN, STAGES, shared
from hearings.procedure.law import SCHEDULE_1
from panel.procedure.vocabulary import Procedure

STATES = (*OPEN, *ENDS)
STEPS, DUTIES = shared(SCHEDULE_1, STATES)
PROCEDURE = Procedure(SCHEDULE_1.key, SCHEDULE_1.words, STATES, STEPS, STAGES, DUTIES.all)
