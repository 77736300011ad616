"""Every duty of a hearing, under both Schedules. Nearly each is opened in one chapter and met in another."""

from dataclasses import replace

from hearings.keys import StateKey, StepKey
from hearings.procedure import recipients
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
    RESERVE_UNDER_REVIEW,
    RUNNING,
    UNDER_REVIEW,
    VETOED,
    keys_of,
)
from hearings.procedure.states import EVERY as ANY
from panel.casework.shared_steps import review_restriction
from panel.law import clock
from panel.law.roles import Basis, DayBasis, Role
from panel.procedure.vocabulary import DutyKind

# When a duty arises, and until when it is due


def something_has_not_come(attempt):
    """Whether one of the four things is missing."""
    return not attempt.facts.complete


def day_asked_for(attempt):
    """The day by which the Commissioner was asked to send what is missing, where one was named."""
    return clock.given(attempt.answers["by_when"]) if attempt.answers.get("by_when") else None


def last_day_to_report(attempt):
    """The last of the three weeks, where they run and can be told."""
    return attempt.facts.count


def no_questions_are_planned(attempt):
    """Whether nobody has planned questions yet."""
    return not attempt.facts.questions


def five_clear_days_before(attempt):
    """The last day for the agenda of the meeting that is arranged."""
    return clock.clear_days(attempt.answers["meeting_on"])


def day_of_the_meeting(attempt):
    """The day of the meeting that is arranged."""
    return clock.given(attempt.answers["meeting_on"])


def next_working_day(attempt):
    """The working day after the step."""
    return clock.working_days(attempt.on, 1)


def five_working_days_later(attempt):
    """Five working days after the step."""
    return clock.working_days(attempt.on, 5)


def three_weeks_run(attempt):
    """Whether the three weeks run and their end can be told."""
    return attempt.facts.count is not None


def a_meeting_is_not_needed(attempt):
    """Whether a meeting is arranged that will not be needed."""
    gone = {part.pk for part in attempt.parts}
    open_states = attempt.look.procedure.open_states
    left = [part for part in attempt.look.parts if part.pk not in gone and part.status in open_states]
    return attempt.facts.meeting is not None and not attempt.facts.meeting.held and not left


def another_report_is_unpublished(attempt):
    """Whether another report waits to be published: that of a veto, or that on the reserve candidate."""
    return bool(attempt.facts.unpublished)


def a_veto_stands(attempt):
    """Whether the step leaves a veto: a report may be of a recommendation, but who withdraws a reserve was vetoed."""
    return attempt.step.key != StepKey.SEND_REPORT or attempt.answers["to"] == "vetoed"


def it_goes_to_reported(attempt):
    """Whether the step leads to where the Commissioner's decision is waited for."""
    return attempt.answers["to"] == "reported"


def a_day_was_named_before(attempt):
    """Whether people may know of another day: the hearing had one before."""
    return len(attempt.facts.sittings) + len(attempt.facts.meetings) > 1


def a_hearing_is_arranged(attempt):
    """Whether the hearing that was planned keeps its day once the notification has come."""
    return attempt.answers["to"] == "hearing_arranged"


def no_hearing_is_arranged(attempt):
    """Whether no day is planned, or the hearing has lost its day."""
    return not a_hearing_is_arranged(attempt)


def it_goes_to_the_review(attempt):
    """Whether the step leads back to the review."""
    return attempt.answers["to"] == "under_review"


def the_first_report_is_owed(attempt):
    """Whether the report that is owed is neither of a veto nor on a reserve candidate."""
    return not attempt.case.status.startswith(("reserve", "vetoed"))


def a_veto_is_to_be_reported(attempt):
    """Whether the report that is owed is that of a veto."""
    return attempt.case.status == StateKey.VETOED


def a_reserve_is_to_be_reported_on(attempt):
    """Whether the report that is owed is on a reserve candidate."""
    return attempt.case.status.startswith("reserve")


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
    "publish_agenda", "Publish the agenda", Role.OFFICER, AGENDA[:1], Basis.LAW, due=five_clear_days_before,
    day_basis=DayBasis.LAW, met_by="publish_agenda",
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
AGENDA_AS_PLANNED, INVITE_AS_PLANNED, HOLD_AS_PLANNED = (
    replace(kind, when=a_hearing_is_arranged) for kind in (PUBLISH_AGENDA, INVITE, HOLD_HEARING)
)

# From the hearing to the decision

DELIBERATE = DutyKind(
    "deliberate", "to deliberate and decide", Role.PANEL, (REVIEW,), Basis.LAW, met_by="record_recommendation",
)
RECOMMEND = DutyKind(
    "recommend", "Record what the Panel recommends", Role.OFFICER, (REVIEW,), Basis.LAW, met_by="record_recommendation",
    per_part=True,
)
SEND_REPORT = DutyKind(
    "report", "Send the report to {to}", Role.OFFICER, (REVIEW, PERIOD), Basis.LAW, due=last_day_to_report,
    day_basis=DayBasis.LAW, recipients=recipients.commissioner, met_by="send_report", open_in_states=keys_of(*RUNNING),
    asked_of="commissioner",
)
SEND_NEXT_DAY = DutyKind(
    "send_next_day", "Send the report on the next working day", Role.OFFICER, GUIDANCE, Basis.GUIDANCE,
    due=next_working_day, day_basis=DayBasis.GUIDANCE, met_by="send_report", when=three_weeks_run,
    open_in_states=keys_of(HEARD, VETOED, RESERVE_HEARD),
)
PUBLISH_REPORT = DutyKind(
    "publish", "Publish the report", Role.OFFICER, (PUBLICATION,), Basis.LAW, met_by="publish_report",
    still_needed=another_report_is_unpublished, open_in_states=keys_of(*ANY),
)
PUBLISH_AFTER_FIVE_DAYS = DutyKind(
    "publish_after", "Publish it after the five working days that guidance leaves", Role.OFFICER, GUIDANCE,
    Basis.GUIDANCE, due=five_working_days_later, day_basis=DayBasis.GUIDANCE, met_by="publish_report",
    still_needed=another_report_is_unpublished, open_in_states=keys_of(*ANY),
)
AWAIT_DECISION = DutyKind(
    "decision", "to notify the Panel of the decision", Role.OFFICE_HOLDER, (DECISION,), Basis.LAW,
    recipients=recipients.commissioner, met_by="pcc_accepts", asked_of="commissioner",
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
    "await_reserve", "to propose a reserve candidate", Role.OFFICE_HOLDER, ("Sch 8 para 8", "2012/2271 reg 9"),
    Basis.LAW, recipients=recipients.commissioner, when=a_veto_stands, met_by="notify_reserve", asked_of="commissioner",
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
    due=last_day_to_report, day_basis=DayBasis.LAW, recipients=recipients.commissioner, met_by="report_reserve",
    open_in_states=keys_of(RESERVE_NOTIFIED, RESERVE_UNDER_REVIEW, RESERVE_HEARD), asked_of="commissioner",
)

# Of the record

CONSIDER_REVERSAL = DutyKind(
    "consider_reversal", "Consider taking a step back, as asked", Role.MONITORING_OFFICER, (NOTIFICATION,),
    Basis.GUIDANCE, met_by="reverse", open_in_states=keys_of(*ANY),
)
REVIEW_RESTRICTION = review_restriction((EXEMPT,))

# The same duties where only some outcomes of a step open them

AWAIT_DECISION_ON_REPORT = replace(AWAIT_DECISION, when=it_goes_to_reported)
SEND_REPORT_AGAIN = replace(SEND_REPORT, when=it_goes_to_the_review)
ARRANGE_HEARING_AGAIN = replace(ARRANGE_HEARING, when=it_goes_to_the_review)
REPORT_ANEW = (  # the last day has changed: whichever report is owed is due anew
    replace(SEND_REPORT, when=the_first_report_is_owed), replace(REPORT_VETO, when=a_veto_is_to_be_reported),
    replace(REPORT_RESERVE, when=a_reserve_is_to_be_reported_on),
)
REPORT_KEYS = tuple(kind.key for kind in REPORT_ANEW)

# In the order in which the documents list them

EVERY = (
    ASK_MISSING, CHASE_MISSING, BEGIN_REVIEW, PLAN_QUESTIONS, PUBLISH_AGENDA, INVITE, HOLD_HEARING, DELIBERATE, RECOMMEND,
    SEND_NEXT_DAY, PUBLISH_REPORT, PUBLISH_AFTER_FIVE_DAYS, TELL_PANEL, CANCEL_MEETING, CONSIDER_REVERSAL,
    TELL_MOVED, TELL_PUT_OFF, TELL_ADJOURNED, TELL_WITHDRAWN, AWAIT_NOTIFICATION, KEEP_FREE,
    REVIEW_RESTRICTION, REPORT_VETO, AWAIT_RESERVE, REVIEW_RESERVE, HEAR_RESERVE, HOLD_RESERVE, REPORT_RESERVE, SEND_REPORT,
    ARRANGE_HEARING, AWAIT_DECISION,
)
AFTER_A_VETO = (REPORT_VETO, AWAIT_RESERVE, REVIEW_RESERVE, HEAR_RESERVE, HOLD_RESERVE, REPORT_RESERVE)
WITHOUT_VETO = tuple(kind for kind in EVERY if kind not in AFTER_A_VETO)
