"""Schedule 8: the Chief Constable. As Schedule 1, with the veto and the reserve candidate that follows it."""

from hearings.procedure import conditions, effects, notification
from hearings.procedure.hearing import ENDS, FP, OPEN, STAFF, STAGES, shared
from hearings.procedure.law import RESERVE, SCHEDULE_8, WHOLE_PANEL
from hearings.procedure.questions import meeting, votes
from panel.procedure.vocabulary import Procedure, State, Step, To

STATES = (
    *OPEN,
    State("vetoed", "Vetoed", 4, colour="orange"),
    State("reserve_notified", "Reserve candidate notified", 4, colour="blue", side="reserve candidate notified"),
    State("reserve_under_review", "Reserve candidate under review", 4, colour="blue", side="reserve candidate under review"),
    State("reserve_heard", "Reserve candidate heard", 4, colour="teal", side="reserve candidate heard"),
    State("reserve_reported", "Report on the reserve candidate sent", 4, colour="green", side="reported on the reserve candidate"),
    *ENDS,
)  # fmt: skip
SHARED, DUTIES = shared(SCHEDULE_8, STATES)
d = DUTIES
OWN = (
    Step(
        "veto", "Record a veto", ("heard",), "vetoed", by=STAFF, decided_by=(FP,), under=("Sch 8 para 5", "SI 2023/649 para 24(b)"),
        done="Vetoed", button="Record the veto", whole=True, line="Two thirds of all members in office must vote for it.",
        guards=(conditions.three_weeks_not_over, conditions.meeting_was_quorate), form=votes.VetoForm, checks=(conditions.votes_add_up, conditions.veto_has_two_thirds),
        does=effects.veto, opens=(d.REPORT_VETO,), closes=(d.RECOMMEND, d.DELIBERATE),
        before=("The hearing has not been held, or the Panel has vetoed already: of a reserve candidate there is no veto.", ""),
    ),
    Step(
        "notify_reserve", "Log the reserve candidate", ("vetoed", "rejected"), "reserve_notified", by=STAFF,
        under=("Sch 8 para 8", "2012/2271 reg 9"), done="Reserve candidate notified", button="Log the reserve candidate", whole=True,
        line="Three weeks of its own; there is no second veto.", each=(conditions.veto_was_reported,), form=notification.NotifyReserveForm,
        does=effects.notify_reserve, opens=(d.REVIEW_RESERVE, d.HEAR_RESERVE, d.REPORT_RESERVE), closes=(d.AWAIT_RESERVE,),
        before=("The Panel has not vetoed the candidate.", "a veto, and the report of it."),
    ),
    Step(
        "receive_reserve_information", "Record what came on the reserve candidate", ("reserve_notified", "reserve_under_review"), To.SAME,
        by=STAFF, under=("Sch 8 para 3(2)", *RESERVE), done="Information on the reserve candidate received", button="Record what came",
        whole=True, guards=(conditions.something_is_missing,), form=notification.ReceiveInformationForm, checks=(conditions.count_is_explained,), does=effects.receive,
        opens=d.REPORT_ANEW, before=("No reserve candidate is notified.", "a reserve candidate is notified."),
    ),
    Step(
        "review_reserve", "Begin the review of the reserve candidate", ("reserve_notified",), "reserve_under_review", by=STAFF,
        under=RESERVE, done="Review of the reserve candidate begun", button="Begin the review", whole=True, form=notification.BeginReviewForm,
        checks=(conditions.complete_or_decided,), closes=(d.REVIEW_RESERVE,), before=("No reserve candidate is notified.", "a reserve candidate is notified."),
    ),
    Step(
        "arrange_reserve_hearing", "Arrange the hearing of the reserve candidate", ("reserve_notified", "reserve_under_review"), To.SAME,
        by=STAFF, under=(*RESERVE, WHOLE_PANEL), done="Hearing of the reserve candidate arranged", button="Arrange the hearing", whole=True,
        line="In public, before the whole Panel.", form=meeting.ArrangeReserveForm, checks=(conditions.hearing_after_notification, conditions.hearing_in_time),
        does=effects.arrange, opens=(d.PUBLISH_AGENDA, d.INVITE), closes=(d.HEAR_RESERVE,),
        before=("No reserve candidate is to be heard.", "a reserve candidate is notified."),
    ),
    Step(
        "hear_reserve", "Record the hearing of the reserve candidate", ("reserve_under_review",), "reserve_heard", by=STAFF,
        under=(*RESERVE, WHOLE_PANEL), done="Reserve candidate heard", button="Record the hearing", whole=True, guards=(conditions.a_meeting_is_arranged,),
        form=meeting.HoldHearingForm, checks=(conditions.attendance_is_lawful, conditions.quorum_is_counted, conditions.hearing_in_time),
        does=effects.hold, opens=(d.DELIBERATE, d.RECOMMEND),
        before=("The reserve candidate is not under review.", "begin the review of the reserve candidate."),
    ),
    Step(
        "report_reserve", "Send the report on the reserve candidate", ("reserve_heard",), "reserve_reported", by=STAFF, under=RESERVE,
        done="Report on the reserve candidate sent", button="Record that it was sent", whole=True, guards=(conditions.not_sent_already,), each=(conditions.decided_on,),
        form=votes.SendReportForm, checks=(conditions.sent_after_it_was_decided,), does=effects.sent, opens=(d.PUBLISH, d.PUBLISH_AFTER, d.DECISION), closes=(d.REPORT_RESERVE, d.SEND),
        before=("The reserve candidate has not been heard.", "record the hearing of the reserve candidate."),
    ),
    Step(
        "withdraw_reserve", "Record that the reserve candidate is withdrawn",
        ("reserve_notified", "reserve_under_review", "reserve_heard", "reserve_reported"), "vetoed", by=STAFF, under=RESERVE, rare=True,
        done="Reserve candidate withdrawn", button="Record the withdrawal", whole=True, form=notification.WithdrawProposalForm,
        line="The Commissioner may name another.", opens=(d.AWAIT_RESERVE, d.TELL_PANEL, d.CANCEL_MEETING),
        closes=(d.REVIEW_RESERVE, d.HEAR_RESERVE, d.REPORT_RESERVE, d.DECISION),
    ),
)  # fmt: skip
_at = {s.key: n for n, s in enumerate(SHARED)}
STEPS = (
    *SHARED[: _at["record_recommendation"] + 1], OWN[0], *SHARED[_at["send_report"] : _at["lapse"]], *OWN[1:], *SHARED[_at["lapse"] :],
)  # fmt: skip
PROCEDURE = Procedure(SCHEDULE_8.key, SCHEDULE_8.words, STATES, STEPS, STAGES, DUTIES.all)
