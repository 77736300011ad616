"""The record of a complaint is kept, corrected, restricted and, in the end, erased (paras 5 and 6; regs 8 and 34).

telling.py: somebody is told, or a duty waived. notes.py: notes, documents, evidence, interests, who keeps the case.
clocks.py: the clock of a target stops and goes on. correction.py: a fact is put right, a step taken back. What every
register does alike, restricting and erasing a case, is declared here for complaints.
"""

from complaints.procedure.copies import DECIDE_COPIES_ANEW, reopen_copies
from complaints.procedure.record_keeping import clocks, correction, notes, telling
from complaints.procedure.states import ANY, ENDS, ON_RECORD, OPEN
from panel.casework import groups, retention_steps, shared_steps

REVIEW_RESTRICTION = shared_steps.review_restriction(("para 6",))

STEPS = (
    *telling.STEPS,
    *notes.STEPS,
    *clocks.STEPS,
    *correction.STEPS,
    shared_steps.restrict(ANY, ("para 6",), REVIEW_RESTRICTION, does=reopen_copies, opens=(DECIDE_COPIES_ANEW,)),
    shared_steps.unrestrict(ANY, ("para 6",), REVIEW_RESTRICTION),
    groups.join_group(OPEN, ON_RECORD),
    groups.leave_group(ANY, ON_RECORD),
    *retention_steps.keeping(ANY, ENDS),
)
