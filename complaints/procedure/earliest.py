"""What the day of a step of a complaint may not precede, where its receipt does not say enough (paras 6 and 11 to 17).

A step lists these in `not_before`. Publication is not decided before there is an outcome, nobody's representations come
before that side was invited, no copy is decided on before the complaint was recorded.
"""

from complaints.keys import DutyKey, StateKey, StepKey
from complaints.procedure.states import HANDLED
from panel.casework.earliest import last_of, latest, opened
from panel.procedure.vocabulary import Earliest

RECORDS = (StateKey.RECORDED, StateKey.REFERRED_TO_IOPC)  # a referral records, too


def _recorded(attempt):
    """The first day on which anything in it went on the record."""
    days = [e.on for e in attempt.look.in_force if any(m.target in RECORDS for m in e.moves.all())]
    return min(days, default=None)


def _outcome(attempt):
    """The first day on which an outcome was recorded, since the complaint was last reopened."""
    taken = [e for e in attempt.look.in_force if e.step == StepKey.RECORD_OUTCOME]
    days = [e.on for e in taken if e.number > attempt.facts.taken_up]
    return min(days, default=None)


def _invited(attempt):
    """The day on which the side that answers was invited to make representations."""
    kind, side = DutyKey.AWAIT_REPRESENTATIONS, attempt.answers.get("side")
    return opened(d for d in attempt.look.open_duties if d.kind == kind and d.recipient == side)


def _came_before_them(attempt):
    """The first day on which what is being handled came before those who handle it."""
    days = [attempt.look.last_move_on(p) for p in attempt.look.parts if p.status in HANDLED]
    return min((day for day in days if day), default=None)


def _meeting(attempt):
    """The day on which the meeting that is put off was arranged, or the Panel was given it."""
    arranged = last_of(StepKey.ARRANGE_MEETING)(attempt)
    return arranged or opened(d for d in attempt.look.open_duties if d.kind == DutyKey.PANEL_MEETS)


CLEAR = Earliest("it first became clear", lambda attempt: latest(p.serious_on for p in attempt.parts))
BEGAN_TO_ACT = Earliest("they began to act", last_of("note_representative"))
RECORDING = Earliest("it was recorded", _recorded)
OUTCOME = Earliest("the outcome was recorded", _outcome)
INVITATION = Earliest("they were invited", _invited)
BEFORE_THEM = Earliest("it came before them", _came_before_them)
APPOINTMENT = Earliest("the sub-panel was appointed", last_of(StepKey.APPOINT_SUB_PANEL))
ARRANGEMENT = Earliest("the meeting was arranged", _meeting)
SUSPENSION = Earliest("the IOPC suspended it", lambda attempt: latest(p.suspended_on for p in attempt.parts))
STOPPED = Earliest("the clock was stopped", lambda attempt: latest(d.stopped_on for d in attempt.form.duties_chosen()))
