"""Every duty of a hearing, under both Schedules. Nearly each is opened in one chapter and met in another."""

from dataclasses import replace

from hearings.procedure import recipients
from hearings.procedure.arising import (
    a_candidate_is_undecided,
    a_day_was_named_before,
    a_hearing_is_arranged,
    a_meeting_is_not_needed,
    a_report_on_a_reserve_is_unpublished,
    a_reported_veto_stands,
    a_reserve_is_to_be_reported_on,
    a_veto_is_to_be_reported,
    a_veto_stands,
    a_veto_was_reported,
    another_report_is_unpublished,
    clear_days_before,
    day_asked_for,
    day_of_the_meeting,
    it_goes_to_lapsed,
    it_goes_to_reported,
    it_goes_to_the_review,
    it_leads_to_the_veto,
    last_day_to_report,
    next_working_day,
    no_hearing_is_arranged,
    no_more,
    no_questions_are_planned,
    notice_is_by_law,
    notice_is_the_panels,
    something_has_not_come,
    the_first_report_is_owed,
    the_reserve_goes_to_reported,
    the_reserve_goes_to_the_review,
    the_veto_still_stands,
    those_decided_on,
    those_reported,
    those_unpublished,
    those_unreported,
    three_weeks_run,
)
from hearings.procedure.law import (
    AGENDA,
    DECISION,
    EXEMPT,
    GUIDANCE,
    HEARING,
    NOTIFICATION,
    PERIOD,
    PUBLICATION,
    RESERVE_RULES,
    REVIEW,
    SUPPLY,
    WELSH_AGENDA,
)
from hearings.procedure.states import (
    BEFORE_A_MEETING,
    ENDS,
    HEARD,
    HEARING_ARRANGED,
    INFORMATION_AWAITED,
    NOTIFIED,
    PLANNED,
    REPORTED,
    RESERVE,
    RESERVE_HEARD,
    RESERVE_NOTIFIED,
    RESERVE_REPORTED,
    RESERVE_UNDER_REVIEW,
    RUNNING,
    UNDER_REVIEW,
    VETOED,
    keys_of,
)
from hearings.procedure.states import EVERY as ANY
from panel.casework.shared_steps import review_restriction
from panel.law.roles import Basis, DayBasis, Role
from panel.procedure.vocabulary import DutyKind

# What is said or cancelled after an end, or after a reserve candidate is withdrawn; reopening ends it
AFTER_AN_END = keys_of(*ENDS, VETOED, *RESERVE)

# fmt: off

# From the notification to the hearing

ASK_MISSING = DutyKind(
    "ask_missing", "Ask for what is missing from the notification", Role.OFFICER, (SUPPLY,), Basis.READING,
    when=something_has_not_come, met_by="request_information",
)
CHASE_MISSING = DutyKind(
    "chase", "Chase {to} for what is missing", Role.OFFICER, (SUPPLY,), Basis.TARGET, due=day_asked_for,
    recipients=recipients.commissioner, open_in_states=keys_of(INFORMATION_AWAITED), met_by="receive_information",
    asked_of="commissioner",
)
BEGIN_REVIEW = DutyKind(
    "review", "Begin the Panel’s review", Role.OFFICER, (REVIEW,), Basis.LAW, met_by="begin_review",
)
ARRANGE_HEARING = DutyKind(
    "hearing", "Arrange the confirmation hearing", Role.OFFICER, (HEARING,), Basis.LAW, met_by="arrange_hearing",
)
PLAN_QUESTIONS = DutyKind(
    "plan_questions", "Plan questions by theme", Role.OFFICER, GUIDANCE, Basis.GUIDANCE, met_by="plan_questions",
    when=no_questions_are_planned, sleeps_in=keys_of(INFORMATION_AWAITED),
)
PUBLISH_AGENDA = DutyKind(
    "publish_agenda", "Publish the agenda", Role.OFFICER, AGENDA[:1], Basis.LAW, due=clear_days_before,
    day_basis=DayBasis.LAW, met_by="publish_agenda", open_in_states=keys_of(*BEFORE_A_MEETING), when=notice_is_by_law,
)
PUBLISH_WELSH_AGENDA = DutyKind(  # how the law of councils applies to a Welsh panel was not read
    "publish_welsh_agenda", "Publish the agenda", Role.OFFICER, WELSH_AGENDA, Basis.READING, due=clear_days_before,
    met_by="publish_agenda", open_in_states=keys_of(*BEFORE_A_MEETING), when=notice_is_the_panels,
)
INVITE = DutyKind(
    "invite", "Ask {to} to appear at the hearing", Role.OFFICER, (HEARING,), Basis.LAW,
    recipients=recipients.not_yet_invited, open_in_states=keys_of(*BEFORE_A_MEETING),
    notice=True, met_by="give_notice",
)
HOLD_HEARING = DutyKind(
    "hold_hearing", "Hold the hearing, and record it", Role.OFFICER, (HEARING,), Basis.LAW, due=day_of_the_meeting,
    met_by="hold_hearing", open_in_states=keys_of(HEARING_ARRANGED),
)
CANCEL_MEETING = DutyKind(
    "cancel_meeting", "Cancel the meeting, and tell {to}", Role.OFFICER, AGENDA[:1], Basis.GUIDANCE,
    when=a_meeting_is_not_needed, recipients=recipients.public, notice=True, met_by="give_notice",
    open_in_states=AFTER_AN_END,
)

# A day that changes: everybody is told again. No provision was found that orders it, so nobody is left untold

UNTIL_HEARD = keys_of(
    PLANNED, NOTIFIED, INFORMATION_AWAITED, UNDER_REVIEW, HEARING_ARRANGED, RESERVE_NOTIFIED, RESERVE_UNDER_REVIEW,
)
TELL_MOVED = DutyKind(
    "tell_moved", "Tell {to} of the new day of the hearing", Role.OFFICER, (HEARING,), Basis.READING,
    when=a_day_was_named_before, recipients=recipients.everybody, notice=True, met_by="give_notice",
    open_in_states=UNTIL_HEARD,
)
TELL_PUT_OFF = DutyKind(
    "tell_put_off", "Tell {to} that the hearing is put off", Role.OFFICER, (HEARING,), Basis.READING,
    recipients=recipients.everybody, notice=True, met_by="give_notice",
    open_in_states=UNTIL_HEARD,
)
TELL_ADJOURNED = DutyKind(
    "tell_adjourned", "Tell {to} that the hearing is adjourned", Role.OFFICER, (HEARING,), Basis.READING,
    recipients=recipients.everybody, notice=True, met_by="give_notice",
    open_in_states=UNTIL_HEARD,
)
TELL_WITHDRAWN = DutyKind(
    "tell_withdrawn", "Tell {to} that the proposal is withdrawn", Role.OFFICER, (NOTIFICATION,), Basis.READING,
    recipients=recipients.those_withdrawn, notice=True, met_by="give_notice",
    open_in_states=(*AFTER_AN_END, *keys_of(REPORTED)),
)
AWAIT_NOTIFICATION = DutyKind(
    "notification", "to notify the Panel of the proposed appointment", Role.OFFICE_HOLDER, (NOTIFICATION,), Basis.LAW,
    recipients=recipients.commissioner, met_by="record_notification", asked_of="commissioner",
)
KEEP_FREE = DutyKind(
    "keep_free", "Ask {to} to keep the day free", Role.OFFICER, GUIDANCE, Basis.GUIDANCE,
    recipients=recipients.the_panel, notice=True, met_by="give_notice", open_in_states=keys_of(PLANNED),
)
ARRANGE_UNLESS_PLANNED = replace(ARRANGE_HEARING, when=no_hearing_is_arranged)
REVIEW_UNLESS_PLANNED = replace(BEGIN_REVIEW, when=no_hearing_is_arranged)
AGENDA_AS_PLANNED, INVITE_AS_PLANNED, HOLD_AS_PLANNED = (
    replace(kind, when=a_hearing_is_arranged) for kind in (PUBLISH_AGENDA, INVITE, HOLD_HEARING)
)

# From the hearing to the decision

DELIBERATE = DutyKind(
    "deliberate", "to deliberate and decide", Role.PANEL, (REVIEW,), Basis.LAW, met_by="record_recommendation",
    still_needed=a_candidate_is_undecided,
)
RECOMMEND = DutyKind(
    "recommend", "Record what the Panel recommends", Role.OFFICER, (REVIEW,), Basis.LAW, met_by="record_recommendation",
    per_part=True,
)
SEND_REPORT = DutyKind(
    "report", "Send the report to {to}", Role.OFFICER, (REVIEW, PERIOD), Basis.LAW, due=last_day_to_report,
    day_basis=DayBasis.LAW, recipients=recipients.commissioner, met_by="send_report", open_in_states=keys_of(*RUNNING),
    asked_of="commissioner", about=those_unreported,
)
SEND_NEXT_DAY = DutyKind(
    "send_next_day", "Send the report on the next working day", Role.OFFICER, GUIDANCE, Basis.GUIDANCE,
    due=next_working_day, day_basis=DayBasis.GUIDANCE, met_by="send_report", when=three_weeks_run,
    open_in_states=keys_of(HEARD, VETOED, RESERVE_HEARD), about=those_decided_on,
)
PUBLISH_REPORT = DutyKind(
    "publish", "Publish the report", Role.OFFICER, (PUBLICATION,), Basis.LAW, met_by="publish_report",
    still_needed=another_report_is_unpublished, open_in_states=keys_of(*ANY), about=those_unpublished,
)
PUBLISH_AFTER_FIVE_DAYS = DutyKind(  # taken no more: the guidance names an earliest day, which nobody can be late with
    "publish_after", "Publish it after the five working days that guidance leaves", Role.OFFICER, GUIDANCE,
    Basis.GUIDANCE, met_by="publish_report", open_in_states=keys_of(*ANY), holds=no_more,
)
AWAIT_DECISION = DutyKind(
    "decision", "to notify the Panel of the decision", Role.OFFICE_HOLDER, (DECISION,), Basis.LAW,
    recipients=recipients.commissioner, met_by="pcc_accepts", asked_of="commissioner", open_in_states=keys_of(REPORTED),
    about=those_reported,
)
TELL_PANEL = DutyKind(
    "tell_panel", "Tell {to}", Role.OFFICER, GUIDANCE, Basis.GUIDANCE, recipients=recipients.the_panel, notice=True,
    met_by="give_notice", open_in_states=AFTER_AN_END,
)

# After a veto

REPORT_VETO = DutyKind(
    "report_veto", "Report the veto to {to}, or it falls", Role.OFFICER, ("Sch 8 para 2", "Sch 8 para 5"), Basis.LAW,
    due=last_day_to_report, day_basis=DayBasis.LAW, recipients=recipients.commissioner, met_by="send_report",
    open_in_states=keys_of(VETOED), asked_of="commissioner",
)
AWAIT_RESERVE = DutyKind(
    "await_reserve", "to propose a reserve candidate", Role.OFFICE_HOLDER, ("Sch 8 para 8", *RESERVE_RULES),
    Basis.LAW, recipients=recipients.commissioner, when=a_veto_stands, met_by="notify_reserve", asked_of="commissioner",
    holds=the_veto_still_stands,
)
REVIEW_RESERVE = DutyKind(
    "review_reserve", "Begin the review of the reserve candidate", Role.OFFICER, RESERVE_RULES, Basis.LAW,
    met_by="review_reserve",
)
HEAR_RESERVE = DutyKind(
    "hear_reserve", "Arrange the hearing of the reserve candidate", Role.OFFICER, RESERVE_RULES, Basis.LAW,
    met_by="arrange_reserve_hearing",
)
HOLD_RESERVE = DutyKind(
    "hold_reserve", "Hold the hearing of the reserve candidate, and record it", Role.OFFICER, RESERVE_RULES, Basis.LAW,
    due=day_of_the_meeting, met_by="hear_reserve", open_in_states=keys_of(RESERVE_NOTIFIED, RESERVE_UNDER_REVIEW),
)
REPORT_RESERVE = DutyKind(
    "report_reserve", "Report to {to} on the reserve candidate", Role.OFFICER, RESERVE_RULES, Basis.LAW,
    due=last_day_to_report, recipients=recipients.commissioner, met_by="report_reserve",
    open_in_states=keys_of(RESERVE_HEARD), sleeps_in=keys_of(RESERVE_NOTIFIED, RESERVE_UNDER_REVIEW),
    asked_of="commissioner",
)  # its three weeks are from memory, Part 3 was not read: nobody is called late in law with them
AWAIT_RESERVE_DECISION = DutyKind(
    "reserve_decision", "to notify the Panel of the decision on the reserve candidate", Role.OFFICE_HOLDER,
    RESERVE_RULES, Basis.LAW, recipients=recipients.commissioner, met_by="pcc_accepts", asked_of="commissioner",
    open_in_states=keys_of(RESERVE_REPORTED),
)
PUBLISH_RESERVE_REPORT = DutyKind(
    "publish_reserve", "Publish the report on the reserve candidate", Role.OFFICER, RESERVE_RULES, Basis.LAW,
    met_by="publish_report", still_needed=a_report_on_a_reserve_is_unpublished, open_in_states=keys_of(*ANY),
)

# Of the record

CONSIDER_REVERSAL = DutyKind(
    "consider_reversal", "Consider taking a step back, as asked", Role.MONITORING_OFFICER, (NOTIFICATION,),
    Basis.GUIDANCE, met_by="reverse", open_in_states=keys_of(*ANY),
)
REVIEW_RESTRICTION = review_restriction((EXEMPT,))

# The same duties where only some outcomes of a step open them

AWAIT_DECISION_ON_REPORT = replace(AWAIT_DECISION, when=it_goes_to_reported)
TELL_PANEL_OF_THE_END = replace(TELL_PANEL, when=it_goes_to_lapsed)
AWAIT_RESERVE_AFTER_ONE = replace(AWAIT_RESERVE, when=it_leads_to_the_veto)
AWAIT_RESERVE_AGAIN = replace(AWAIT_RESERVE, when=a_veto_was_reported)
AWAIT_RESERVE_DECISION_AGAIN = replace(AWAIT_RESERVE_DECISION, when=the_reserve_goes_to_reported)
REPORT_RESERVE_AGAIN = replace(REPORT_RESERVE, when=the_reserve_goes_to_the_review)
PUBLISH_CORRECTED = replace(PUBLISH_REPORT, when=another_report_is_unpublished)
PUBLISH_CORRECTED_RESERVE = replace(PUBLISH_RESERVE_REPORT, when=a_report_on_a_reserve_is_unpublished)
SEND_REPORT_AGAIN = replace(SEND_REPORT, when=it_goes_to_the_review)
ARRANGE_HEARING_AGAIN = replace(ARRANGE_HEARING, when=it_goes_to_the_review)
REPORT_ANEW = (  # the last day has changed: whichever report is owed is due anew
    replace(SEND_REPORT, when=the_first_report_is_owed), replace(REPORT_VETO, when=a_veto_is_to_be_reported),
    replace(AWAIT_RESERVE, when=a_reported_veto_stands),
    replace(REPORT_RESERVE, when=a_reserve_is_to_be_reported_on),
)
REPORT_KEYS = tuple(kind.key for kind in REPORT_ANEW if kind.key != AWAIT_RESERVE.key)

# In the order in which the documents list them

EVERY = (
    ASK_MISSING, CHASE_MISSING, BEGIN_REVIEW, PLAN_QUESTIONS, PUBLISH_AGENDA, PUBLISH_WELSH_AGENDA, INVITE,
    HOLD_HEARING, DELIBERATE, RECOMMEND, SEND_NEXT_DAY, PUBLISH_REPORT, TELL_PANEL, CANCEL_MEETING, CONSIDER_REVERSAL,
    TELL_MOVED, TELL_PUT_OFF, TELL_ADJOURNED, TELL_WITHDRAWN, AWAIT_NOTIFICATION, KEEP_FREE,
    REVIEW_RESTRICTION, REPORT_VETO, AWAIT_RESERVE, REVIEW_RESERVE, HEAR_RESERVE, HOLD_RESERVE, REPORT_RESERVE, SEND_REPORT,
    ARRANGE_HEARING, AWAIT_DECISION, AWAIT_RESERVE_DECISION, PUBLISH_RESERVE_REPORT,
)
AFTER_A_VETO = (REPORT_VETO, AWAIT_RESERVE, REVIEW_RESERVE, HEAR_RESERVE, HOLD_RESERVE, REPORT_RESERVE,
    AWAIT_RESERVE_DECISION, PUBLISH_RESERVE_REPORT)
WITHOUT_VETO = tuple(kind for kind in EVERY if kind not in AFTER_A_VETO)
