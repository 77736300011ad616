"""The steps that both Schedules share, each citing its own: a table and nothing else, made once for each."""

from hearings.procedure import conditions, effects, notification, record_keeping
from hearings.procedure.duties import duties
from hearings.procedure.law import AGENDA, EXEMPT, GUIDANCE, WHOLE_PANEL
from hearings.procedure.questions import meeting, votes
from panel.casework import shared_steps
from panel.law.roles import Role
from panel.procedure.vocabulary import NEW, State, Step, To

O, MO, CH, FP = Role.OFFICER, Role.MONITORING_OFFICER, Role.CHAIRMAN, Role.PANEL  # noqa: E741
STAFF = (O, MO)
STAGES = ("Notified", "Under review", "Hearing arranged", "Heard", "Report sent", "Decided")
OPEN = (
    State("notified", "Notified", 0, colour="blue"),
    State("information_awaited", "Waiting for information", 0, colour="yellow", side="waiting for information"),
    State("under_review", "Under review", 1, colour="blue"),
    State("hearing_arranged", "Hearing arranged", 2, colour="teal"),
    State("heard", "Heard", 3, colour="teal"),
    State("reported", "Report sent", 4, colour="green"),
)
ENDS = (
    State("void", "Void", 5, open=False),
    State("appointed_without_notification", "Appointed without notification", 5, open=False),
    State("proposal_withdrawn", "Proposal withdrawn", 5, open=False),
    State("candidate_withdrawn", "Candidate withdrawn", 5, open=False),
    State("lapsed", "Lapsed", 5, open=False),
    State("rejected", "Recommendation rejected", 5, open=False),
    State("accepted", "Recommendation accepted", 5, open=False),
)


def shared(law, states) -> tuple[tuple[Step, ...], object]:
    """(the shared steps in order, the duties) under that Schedule, for a procedure with these states."""
    d = duties(law)
    opened = tuple(s.key for s in states if s.open)
    ends = tuple(s.key for s in states if not s.open)
    every = opened + ends
    vetoed = ("vetoed",) if law.schedule == 8 else ()
    reserve = tuple(k for k in opened if k.startswith("reserve"))
    past_report = ("reported", *vetoed, *(("reserve_reported",) if reserve else ()), *ends)
    published = ("reported", *vetoed, *reserve, *ends)  # that of a veto, while a reserve candidate is heard, too
    running = ("notified", "information_awaited", "under_review", "hearing_arranged", "heard")
    record = law.notify
    meets = ("hearing_arranged", *(k for k in reserve if k in ("reserve_notified", "reserve_under_review")))
    steps = (
        Step(
            "notify", "Log a notification of an appointment", (NEW,), "notified", by=STAFF, under=(*law.notify, *law.supply),
            done="Notification logged", button="Log the notification", adds="case", form=notification.NotifyForm, confirm=True,
            does=effects.notify, opens=(d.ASK_MISSING, d.REVIEW, d.HEARING, d.REPORT),
        ),
        Step(
            "note_appointment_without_notification", "Note an appointment without notification", (NEW,),
            "appointed_without_notification", by=STAFF, under=law.notify, done="Appointment without notification noted",
            button="Note it", adds="case", form=notification.NoteAppointmentForm, does=effects.appointed_without, opens=(d.TELL_PANEL,),
        ),
        Step(
            "request_information", "Ask for what is missing", ("notified", "under_review"), "information_awaited", by=STAFF,
            under=law.supply, done="Missing information asked for", button="Record that it was asked for", whole=True,
            line="The case waits until it comes.", guards=(conditions.something_is_missing,), form=notification.RequestInformationForm,
            checks=(shared_steps.in_the_future("by_when", "The day by which it should come"),), opens=(d.CHASE,), closes=(d.ASK_MISSING,),
        ),
        Step(
            "receive_information", "Record what came", ("notified", "information_awaited", "under_review", "hearing_arranged"),
            ("notified", "under_review", "hearing_arranged"), by=STAFF, under=law.supply, done="Information received", button="Record what came",
            whole=True, line="Which of the four things, on which day.", guards=(conditions.something_is_missing,),
            form=notification.ReceiveInformationForm, checks=(conditions.count_is_explained,), does=effects.receive, opens=d.REPORT_ANEW,
            closes=(d.CHASE, d.ASK_MISSING),
        ),
        Step(
            "decide_count", "Decide from which day the three weeks count", running + vetoed + reserve, To.SAME, by=STAFF,
            under=law.period, done="Start of the three weeks decided", button="Record the decision", about="case",
            line="The notification was incomplete, or its day is not known.", guards=(conditions.something_is_undecided,),
            form=notification.DecideCountForm, does=effects.decide_count, opens=d.REPORT_ANEW,
        ),
        Step(
            "note_election", "Note an ordinary election", running + vetoed + reserve, To.SAME, by=STAFF, under=law.period,
            done="Election noted", button="Note the election", about="case", rare=True, guards=(conditions.a_report_is_owed,),
            line="Days from the poll to the acceptance of office do not count.", form=notification.NoteElectionForm,
            checks=(conditions.polls_in_order,), does=effects.election, opens=d.REPORT_ANEW,
        ),
        Step(
            "begin_review", "Begin the review", ("notified", "information_awaited"), "under_review", by=(O, MO, CH),
            under=law.review, done="Review begun", button="Begin the review", whole=True, form=notification.BeginReviewForm,
            line="The whole Panel reviews the proposal.", checks=(conditions.complete_or_decided,), opens=(d.QUESTIONS,),
            closes=(d.REVIEW, d.CHASE), before=("The review has begun.", ""),
        ),
        Step(
            "arrange_hearing", "Arrange the hearing", ("notified", "information_awaited", "under_review"),
            "hearing_arranged", by=STAFF, under=(*law.hearing, WHOLE_PANEL), done="Hearing arranged",
            button="Arrange the hearing", whole=True, line="In public, before the whole Panel.", form=meeting.ArrangeHearingForm,
            checks=(conditions.hearing_after_notification, conditions.hearing_in_time), does=effects.arrange, opens=(d.PUBLISH_AGENDA, d.INVITE),
            closes=(d.HEARING, d.REVIEW, d.CHASE, d.ASK_MISSING), before=("A hearing is arranged already.", ""),
        ),
        Step(
            "rearrange_hearing", "Move the hearing", ("hearing_arranged",), To.SAME, by=STAFF,
            under=(*law.hearing, WHOLE_PANEL), done="Hearing moved", button="Move the hearing", whole=True, rare=True,
            form=meeting.RearrangeHearingForm, checks=(conditions.hearing_after_notification, conditions.hearing_in_time), does=effects.arrange,
            opens=(d.PUBLISH_AGENDA,), before=("No hearing is arranged.", "arrange the hearing."),
        ),
        Step(
            "publish_agenda", "Publish the agenda", meets, To.SAME, by=STAFF, under=AGENDA, done="Agenda published",
            button="Record that it was published", about="case", line="Five clear days before the hearing.",
            guards=(conditions.a_meeting_is_arranged,), form=meeting.PublishAgendaForm, checks=(conditions.agenda_in_time,), does=effects.agenda,
            closes=(d.PUBLISH_AGENDA,), before=("No hearing is arranged.", "arrange the hearing."),
        ),
        Step(
            "note_apologies", "Note who can attend", meets, To.SAME, by=STAFF, under=GUIDANCE, done="Apologies noted",
            button="Save who can attend", about="case", line="Apologies, substitutes, online.",
            guards=(conditions.a_meeting_is_arranged,), form=meeting.NoteApologiesForm, does=effects.expect,
            before=("No hearing is arranged.", "arrange the hearing."),
        ),
        Step(
            "plan_questions", "Plan the questions", ("notified", "under_review", "hearing_arranged", *reserve), To.SAME,
            by=(O, MO, CH), under=GUIDANCE, done="Questions planned", button="Save the questions", about="case",
            line="By theme: competence and independence.", form=meeting.PlanQuestionsForm, does=effects.plan, closes=(d.QUESTIONS,),
            before=("The hearing is over, or waits for information.", ""),
        ),
        Step(
            "hold_hearing", "Record the hearing", ("hearing_arranged",), "heard", by=STAFF,
            under=(*law.hearing, WHOLE_PANEL, EXEMPT), done="Hearing held", button="Record the hearing", whole=True,
            line="Who was there, what was asked and answered.", form=meeting.HoldHearingForm,
            checks=(conditions.attendance_is_lawful, conditions.quorum_is_counted, conditions.hearing_in_time), does=effects.hold, opens=(d.DELIBERATE, d.RECOMMEND),
            closes=(d.QUESTIONS,), before=("The hearing is not arranged, or was held.", "arrange the hearing."),
        ),
        Step(
            "note_answers", "Add questions and answers", ("heard", *past_report, *(k for k in reserve if k == "reserve_heard")),
            To.SAME, by=STAFF, under=law.hearing, done="Questions and answers noted", button="Save them", about="case",
            rare=True, form=meeting.NoteAnswersForm, before=("The hearing has not been held.", "record the hearing."),
        ),
        Step(
            "record_recommendation", "Record the recommendation", ("heard", *(("reserve_heard",) if reserve else ())),
            To.SAME, by=STAFF, decided_by=(FP,), under=law.review, done="Recommendation recorded",
            button="Record the recommendation", line="For or against each candidate, with reasons and votes.",
            form=votes.RecommendForm, checks=(conditions.quorum_or_advice, conditions.decided_at_or_after_the_hearing, conditions.votes_add_up), does=effects.recommend, opens=(d.SEND,),
            closes=(d.RECOMMEND, d.DELIBERATE), before=("The hearing has not been held.", "record the hearing."),
        ),
        Step(
            "send_report", "Send the report", ("heard", *vetoed), ("reported", *vetoed) if vetoed else "reported", by=STAFF,
            under=law.review, done="Report sent", button="Record that it was sent", whole=True,
            line="To the Commissioner, within the three weeks.", guards=(conditions.not_sent_already,), each=(conditions.decided_on,),
            form=votes.SendReportForm, checks=(conditions.sent_after_it_was_decided,), does=effects.sent,
            opens=(d.PUBLISH, d.PUBLISH_AFTER, d.DECISION_IF if vetoed else d.DECISION, *((d.AWAIT_RESERVE,) if vetoed else ())),
            closes=(d.REPORT, d.SEND, *((d.REPORT_VETO,) if vetoed else ())),
            before=("The hearing has not been held.", "record the hearing, then what the Panel recommends."),
        ),
        Step(
            "publish_report", "Publish the report", published, To.SAME, by=STAFF, under=law.publish, done="Report published",
            button="Record that it was published", about="case", line="In a manner the Panel decides.",
            guards=(conditions.report_was_sent,), form=votes.PublishReportForm, checks=(conditions.published_after_it_was_sent,), does=effects.published, closes=(d.PUBLISH, d.PUBLISH_AFTER),
            before=("No report has been sent.", "send the report to the Commissioner."),
        ),
        Step(
            "pcc_accepts", "Record that the recommendation is accepted",
            ("reported", *(("reserve_reported",) if reserve else ())), "accepted", by=STAFF, under=law.decision,
            done="Recommendation accepted", button="Record the decision", line="The Commissioner decides, and tells the Panel.",
            form=votes.DecisionForm, checks=(conditions.announced_in_time,), does=effects.decided, opens=(d.TELL_PANEL,), closes=(d.DECISION,),
            before=("The report has not been sent.", "send the report to the Commissioner."),
        ),
        Step(
            "pcc_rejects", "Record that the recommendation is rejected",
            ("reported", *(("reserve_reported",) if reserve else ())), "rejected", by=STAFF, under=law.decision,
            done="Recommendation rejected", button="Record the decision", form=votes.DecisionForm, checks=(conditions.announced_in_time,),
            line="The Commissioner decides, and tells the Panel.", does=effects.decided, opens=(d.TELL_PANEL,), closes=(d.DECISION,),
            before=("The report has not been sent.", "send the report to the Commissioner."),
        ),
        Step(
            "lapse", "Record that the three weeks passed without a report", (*running, *vetoed), "lapsed", by=STAFF,
            under=law.falls, done="Lapsed: no report in three weeks", button="Record it", whole=True, rare=True,
            guards=(conditions.three_weeks_are_over,), form=votes.LapseForm, opens=(d.TELL_PANEL, d.CANCEL_MEETING),
            line="A veto not reported in time falls." if vetoed else "What follows is not in the Act.",
            before=("The Panel has reported, or it has ended.", ""),
        ),
        Step(
            "candidate_withdraws", "Record that a candidate withdraws", opened, "candidate_withdrawn", by=STAFF,
            under=law.notify, done="Candidate withdrew", button="Record the withdrawal", rare=True,
            form=notification.CandidateWithdrawsForm, does=effects.withdraw_candidate, opens=(d.TELL_PANEL, d.CANCEL_MEETING),
        ),
        Step(
            "withdraw_proposal", "Record that the proposal is withdrawn", opened, "proposal_withdrawn", by=STAFF,
            under=law.notify, done="Proposal withdrawn", button="Record the withdrawal", rare=True, whole=True,
            line="A new notification is a new case.", form=notification.WithdrawProposalForm, opens=(d.TELL_PANEL, d.CANCEL_MEETING),
        ),
        Step(
            "complete_item", "Mark a checklist item as done", every, To.SAME, by=STAFF, under=(*law.review, *GUIDANCE),
            done="Checklist item done", button="Mark it as done", about="case", rare=True, form=record_keeping.CompleteItemForm,
            does=effects.mark("done"),
        ),
        Step(
            "skip_item", "Skip a checklist item", every, To.SAME, by=STAFF, under=GUIDANCE, done="Checklist item skipped",
            button="Skip it", about="case", rare=True, line="Guidance only, with a reason.", form=record_keeping.SkipItemForm,
            checks=(conditions.law_is_not_skipped,), does=effects.mark("skipped"),
        ),
        Step(
            "note_not_done", "Record that something required was not done", every, To.SAME, by=STAFF, under=law.review,
            done="Recorded as not done", button="Record it", about="case", rare=True, line="The report says so.",
            form=record_keeping.NotDoneForm, does=effects.mark("not_done"),
        ),
        shared_steps.give_notice(every, (*law.hearing, *law.decision), d.all),
        shared_steps.waive_duty(every, record),
        shared_steps.add_documents(every, record),
        shared_steps.note_contact(every, record, by=(O, MO, CH)),
        shared_steps.declare_an_interest(every, (WHOLE_PANEL,)),
        shared_steps.assign_to(opened, record),
        shared_steps.correct(every, record, record_keeping.CorrectForm, does=effects.correct, checks=(record_keeping.corrections_in_order,)),
        shared_steps.restrict(every, (EXEMPT,), d.REVIEW_RESTRICTION),
        shared_steps.unrestrict(every, (EXEMPT,), d.REVIEW_RESTRICTION),
        shared_steps.void(("notified", "information_awaited", "under_review"), record, record_keeping.VoidForm),
        shared_steps.reopen(ends, ("under_review", "reported"), record, record_keeping.ReopenForm, does=effects.reopen,
                 opens=(d.REPORT_AGAIN, d.HEARING_AGAIN, d.DECISION_AGAIN)),
        shared_steps.ask_for_reversal(every, record, d.CONSIDER_REVERSAL, by=(O, CH)),
        shared_steps.reverse(every, record, d.CONSIDER_REVERSAL),
    )  # fmt: skip
    return steps, d
