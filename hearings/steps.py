"""The steps that both Schedules share, each citing its own: a table and nothing else, made once for each."""

from hearings import effects as e
from hearings import forms as f
from hearings import forms_decision as fd
from hearings import forms_hearing as fh
from hearings import forms_record as fr
from hearings import guards as g
from hearings.duties import duties
from hearings.law import AGENDA, EXEMPT, GUIDANCE, WHOLE_PANEL
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
            done="Notification logged", button="Log the notification", adds="case", form=f.NotifyForm, confirm=True,
            does=e.notify, opens=(d.ASK_MISSING, d.REVIEW, d.HEARING, d.REPORT),
        ),
        Step(
            "note_appointment_without_notification", "Note an appointment without notification", (NEW,),
            "appointed_without_notification", by=STAFF, under=law.notify, done="Appointment without notification noted",
            button="Note it", adds="case", form=f.NoteAppointmentForm, does=e.appointed_without, opens=(d.TELL_PANEL,),
        ),
        Step(
            "request_information", "Ask for what is missing", ("notified", "under_review"), "information_awaited", by=STAFF,
            under=law.supply, done="Missing information asked for", button="Record that it was asked for", whole=True,
            line="The case waits until it comes.", guards=(g.something_is_missing,), form=f.RequestInformationForm,
            checks=(shared_steps.in_the_future("by_when", "The day by which it should come"),), opens=(d.CHASE,), closes=(d.ASK_MISSING,),
        ),
        Step(
            "receive_information", "Record what came", ("notified", "information_awaited", "under_review", "hearing_arranged"),
            ("notified", "under_review", "hearing_arranged"), by=STAFF, under=law.supply, done="Information received", button="Record what came",
            whole=True, line="Which of the four things, on which day.", guards=(g.something_is_missing,),
            form=f.ReceiveInformationForm, checks=(g.count_is_explained,), does=e.receive, opens=d.REPORT_ANEW,
            closes=(d.CHASE, d.ASK_MISSING),
        ),
        Step(
            "decide_count", "Decide from which day the three weeks count", running + vetoed + reserve, To.SAME, by=STAFF,
            under=law.period, done="Start of the three weeks decided", button="Record the decision", about="case",
            line="The notification was incomplete, or its day is not known.", guards=(g.something_is_undecided,),
            form=f.DecideCountForm, does=e.decide_count, opens=d.REPORT_ANEW,
        ),
        Step(
            "note_election", "Note an ordinary election", running + vetoed + reserve, To.SAME, by=STAFF, under=law.period,
            done="Election noted", button="Note the election", about="case", rare=True, guards=(g.a_report_is_owed,),
            line="Days from the poll to the acceptance of office do not count.", form=f.NoteElectionForm,
            checks=(g.polls_in_order,), does=e.election, opens=d.REPORT_ANEW,
        ),
        Step(
            "begin_review", "Begin the review", ("notified", "information_awaited"), "under_review", by=(O, MO, CH),
            under=law.review, done="Review begun", button="Begin the review", whole=True, form=f.BeginReviewForm,
            line="The whole Panel reviews the proposal.", checks=(g.complete_or_decided,), opens=(d.QUESTIONS,),
            closes=(d.REVIEW, d.CHASE), before=("The review has begun.", ""),
        ),
        Step(
            "arrange_hearing", "Arrange the hearing", ("notified", "information_awaited", "under_review"),
            "hearing_arranged", by=STAFF, under=(*law.hearing, WHOLE_PANEL), done="Hearing arranged",
            button="Arrange the hearing", whole=True, line="In public, before the whole Panel.", form=fh.ArrangeHearingForm,
            checks=(g.hearing_after_notification, g.hearing_in_time), does=e.arrange, opens=(d.PUBLISH_AGENDA, d.INVITE),
            closes=(d.HEARING, d.REVIEW, d.CHASE, d.ASK_MISSING), before=("A hearing is arranged already.", ""),
        ),
        Step(
            "rearrange_hearing", "Move the hearing", ("hearing_arranged",), To.SAME, by=STAFF,
            under=(*law.hearing, WHOLE_PANEL), done="Hearing moved", button="Move the hearing", whole=True, rare=True,
            form=fh.RearrangeHearingForm, checks=(g.hearing_after_notification, g.hearing_in_time), does=e.arrange,
            opens=(d.PUBLISH_AGENDA,), before=("No hearing is arranged.", "arrange the hearing."),
        ),
        Step(
            "publish_agenda", "Publish the agenda", meets, To.SAME, by=STAFF, under=AGENDA, done="Agenda published",
            button="Record that it was published", about="case", line="Five clear days before the hearing.",
            guards=(g.a_meeting_is_arranged,), form=fh.PublishAgendaForm, checks=(g.agenda_in_time,), does=e.agenda,
            closes=(d.PUBLISH_AGENDA,), before=("No hearing is arranged.", "arrange the hearing."),
        ),
        Step(
            "note_apologies", "Note who can attend", meets, To.SAME, by=STAFF, under=GUIDANCE, done="Apologies noted",
            button="Save who can attend", about="case", line="Apologies, substitutes, online.",
            guards=(g.a_meeting_is_arranged,), form=fh.NoteApologiesForm, does=e.expect,
            before=("No hearing is arranged.", "arrange the hearing."),
        ),
        Step(
            "plan_questions", "Plan the questions", ("notified", "under_review", "hearing_arranged", *reserve), To.SAME,
            by=(O, MO, CH), under=GUIDANCE, done="Questions planned", button="Save the questions", about="case",
            line="By theme: competence and independence.", form=fh.PlanQuestionsForm, does=e.plan, closes=(d.QUESTIONS,),
            before=("The hearing is over, or waits for information.", ""),
        ),
        Step(
            "hold_hearing", "Record the hearing", ("hearing_arranged",), "heard", by=STAFF,
            under=(*law.hearing, WHOLE_PANEL, EXEMPT), done="Hearing held", button="Record the hearing", whole=True,
            line="Who was there, what was asked and answered.", form=fh.HoldHearingForm,
            checks=(g.attendance_is_lawful, g.quorum_is_counted, g.hearing_in_time), does=e.hold, opens=(d.DELIBERATE, d.RECOMMEND),
            closes=(d.QUESTIONS,), before=("The hearing is not arranged, or was held.", "arrange the hearing."),
        ),
        Step(
            "note_answers", "Add questions and answers", ("heard", *past_report, *(k for k in reserve if k == "reserve_heard")),
            To.SAME, by=STAFF, under=law.hearing, done="Questions and answers noted", button="Save them", about="case",
            rare=True, form=fh.NoteAnswersForm, before=("The hearing has not been held.", "record the hearing."),
        ),
        Step(
            "record_recommendation", "Record the recommendation", ("heard", *(("reserve_heard",) if reserve else ())),
            To.SAME, by=STAFF, decided_by=(FP,), under=law.review, done="Recommendation recorded",
            button="Record the recommendation", line="For or against each candidate, with reasons and votes.",
            form=fd.RecommendForm, checks=(g.quorum_or_advice, g.decided_at_or_after_the_hearing, g.votes_add_up), does=e.recommend, opens=(d.SEND,),
            closes=(d.RECOMMEND, d.DELIBERATE), before=("The hearing has not been held.", "record the hearing."),
        ),
        Step(
            "send_report", "Send the report", ("heard", *vetoed), ("reported", *vetoed) if vetoed else "reported", by=STAFF,
            under=law.review, done="Report sent", button="Record that it was sent", whole=True,
            line="To the Commissioner, within the three weeks.", guards=(g.not_sent_already,), each=(g.decided_on,),
            form=fd.SendReportForm, checks=(g.sent_after_it_was_decided,), does=e.sent,
            opens=(d.PUBLISH, d.PUBLISH_AFTER, d.DECISION_IF if vetoed else d.DECISION, *((d.AWAIT_RESERVE,) if vetoed else ())),
            closes=(d.REPORT, d.SEND, *((d.REPORT_VETO,) if vetoed else ())),
            before=("The hearing has not been held.", "record the hearing, then what the Panel recommends."),
        ),
        Step(
            "publish_report", "Publish the report", published, To.SAME, by=STAFF, under=law.publish, done="Report published",
            button="Record that it was published", about="case", line="In a manner the Panel decides.",
            guards=(g.report_was_sent,), form=fd.PublishReportForm, checks=(g.published_after_it_was_sent,), does=e.published, closes=(d.PUBLISH, d.PUBLISH_AFTER),
            before=("No report has been sent.", "send the report to the Commissioner."),
        ),
        Step(
            "pcc_accepts", "Record that the recommendation is accepted",
            ("reported", *(("reserve_reported",) if reserve else ())), "accepted", by=STAFF, under=law.decision,
            done="Recommendation accepted", button="Record the decision", line="The Commissioner decides, and tells the Panel.",
            form=fd.DecisionForm, checks=(g.announced_in_time,), does=e.decided, opens=(d.TELL_PANEL,), closes=(d.DECISION,),
            before=("The report has not been sent.", "send the report to the Commissioner."),
        ),
        Step(
            "pcc_rejects", "Record that the recommendation is rejected",
            ("reported", *(("reserve_reported",) if reserve else ())), "rejected", by=STAFF, under=law.decision,
            done="Recommendation rejected", button="Record the decision", form=fd.DecisionForm, checks=(g.announced_in_time,),
            line="The Commissioner decides, and tells the Panel.", does=e.decided, opens=(d.TELL_PANEL,), closes=(d.DECISION,),
            before=("The report has not been sent.", "send the report to the Commissioner."),
        ),
        Step(
            "lapse", "Record that the three weeks passed without a report", (*running, *vetoed), "lapsed", by=STAFF,
            under=law.falls, done="Lapsed: no report in three weeks", button="Record it", whole=True, rare=True,
            guards=(g.three_weeks_are_over,), form=fd.LapseForm, opens=(d.TELL_PANEL, d.CANCEL_MEETING),
            line="A veto not reported in time falls." if vetoed else "What follows is not in the Act.",
            before=("The Panel has reported, or it has ended.", ""),
        ),
        Step(
            "candidate_withdraws", "Record that a candidate withdraws", opened, "candidate_withdrawn", by=STAFF,
            under=law.notify, done="Candidate withdrew", button="Record the withdrawal", rare=True,
            form=f.CandidateWithdrawsForm, does=e.withdraw_candidate, opens=(d.TELL_PANEL, d.CANCEL_MEETING),
        ),
        Step(
            "withdraw_proposal", "Record that the proposal is withdrawn", opened, "proposal_withdrawn", by=STAFF,
            under=law.notify, done="Proposal withdrawn", button="Record the withdrawal", rare=True, whole=True,
            line="A new notification is a new case.", form=f.WithdrawProposalForm, opens=(d.TELL_PANEL, d.CANCEL_MEETING),
        ),
        Step(
            "complete_item", "Mark a checklist item as done", every, To.SAME, by=STAFF, under=(*law.review, *GUIDANCE),
            done="Checklist item done", button="Mark it as done", about="case", rare=True, form=fr.CompleteItemForm,
            does=e.mark("done"),
        ),
        Step(
            "skip_item", "Skip a checklist item", every, To.SAME, by=STAFF, under=GUIDANCE, done="Checklist item skipped",
            button="Skip it", about="case", rare=True, line="Guidance only, with a reason.", form=fr.SkipItemForm,
            checks=(g.law_is_not_skipped,), does=e.mark("skipped"),
        ),
        Step(
            "note_not_done", "Record that something required was not done", every, To.SAME, by=STAFF, under=law.review,
            done="Recorded as not done", button="Record it", about="case", rare=True, line="The report says so.",
            form=fr.NotDoneForm, does=e.mark("not_done"),
        ),
        shared_steps.give_notice(every, (*law.hearing, *law.decision), d.all),
        shared_steps.waive_duty(every, record),
        shared_steps.add_documents(every, record),
        shared_steps.note_contact(every, record, by=(O, MO, CH)),
        shared_steps.declare_an_interest(every, (WHOLE_PANEL,)),
        shared_steps.assign_to(opened, record),
        shared_steps.correct(every, record, fr.CorrectForm, does=e.correct, checks=(fr.corrections_in_order,)),
        shared_steps.restrict(every, (EXEMPT,), d.REVIEW_RESTRICTION),
        shared_steps.unrestrict(every, (EXEMPT,), d.REVIEW_RESTRICTION),
        shared_steps.void(("notified", "information_awaited", "under_review"), record, fr.VoidForm),
        shared_steps.reopen(ends, ("under_review", "reported"), record, fr.ReopenForm, does=e.reopen,
                 opens=(d.REPORT_AGAIN, d.HEARING_AGAIN, d.DECISION_AGAIN)),
        shared_steps.ask_for_reversal(every, record, d.CONSIDER_REVERSAL, by=(O, CH)),
        shared_steps.reverse(every, record, d.CONSIDER_REVERSAL),
    )  # fmt: skip
    return steps, d
