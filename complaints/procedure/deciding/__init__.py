"""The Chairman considers a complaint and decides how it is handled (paras 7, 9 and 10; reg 15).

advising.py: what the Chairman reads. route.py: the decision. no_action.py: the sub-panel or the full Panel decides to
take no action. grounds.py: what both decisions ask about regulation 15, whose test stands in ../regulation_15.py.
"""

from complaints.procedure.deciding import advising, no_action, route

STEPS = (*advising.STEPS, *route.STEPS, *no_action.STEPS)
