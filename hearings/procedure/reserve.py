"""After a reported veto the Commissioner proposes a reserve candidate, whom the Panel hears (SI 2012/2271)."""

from hearings.keys import DutyKey
from hearings.procedure.conditions import (
    a_meeting_is_arranged,
    attendance_is_lawful,
    complete_or_decided,
    count_is_explained,
    decided_on,
    hearing_after_notification,
    hearing_in_time,
    minutes_hold_together,
    not_sent_already,
    poll_is_known,
    poll_is_none_of_long_ago,
    quorum_is_counted,
    something_is_missing,
)
from hearings.procedure.duties import (
    AWAIT_RESERVE,
    AWAIT_RESERVE_DECISION,
    CANCEL_MEETING,
    DELIBERATE,
    HEAR_RESERVE,
    HOLD_RESERVE,
    INVITE,
    PLAN_QUESTIONS,
    PUBLISH_AGENDA,
    PUBLISH_RESERVE_REPORT,
    PUBLISH_WELSH_AGENDA,
    RECOMMEND,
    REPORT_ANEW,
    REPORT_RESERVE,
    REPORT_VETO,
    REVIEW_RESERVE,
    SEND_NEXT_DAY,
    TELL_ADJOURNED,
    TELL_MOVED,
    TELL_PANEL,
    TELL_PUT_OFF,
    TELL_WITHDRAWN,
)
from hearings.procedure.earliest import DECISION, NOTIFICATION
from hearings.procedure.effects import add_proposal, name_the_vetoed, record_report_sent, record_what_came
from hearings.procedure.law import RESERVE_RULES, WHOLE_PANEL
from hearings.procedure.meetings import arrange_meeting, record_hearing
from hearings.procedure.posts import title_after_a_veto
from hearings.procedure.questions.meeting import ArrangeHearingForm, HoldHearingForm
from hearings.procedure.questions.proposal import (
    BeginReviewForm,
    ReceiveInformationForm,
    SendReportForm,
    WhatCameMixin,
    WithdrawProposalForm,
)
from hearings.procedure.states import (
    REJECTED,
    REPORTED,
    RESERVE,
    RESERVE_HEARD,
    RESERVE_NOTIFIED,
    RESERVE_REPORTED,
    RESERVE_UNDER_REVIEW,
    RUNNING,
    VETOED,
    keys_of,
)
from panel.casework.shared_steps import STAFF
from panel.casework.step_form import StepForm
from panel.forms.fields import TextField
from panel.law.period import day_words
from panel.procedure.vocabulary import RECEIPT, Elsewhere, Refusal, Step, Target

NO_RESERVE = Elsewhere(
    "No reserve candidate is notified.",
    "a reserve candidate is notified.",
    "notify_reserve",
    keys_of(*RUNNING, REPORTED, VETOED),
)


class NotifyReserveForm(WhatCameMixin, StepForm):
    """The reserve candidate (SI 2012/2271 Part 3): three weeks of its own, and no second veto."""

    on_label = "When did the Panel receive the notification?"
    on_what = "the day the Panel received the notification"
    documents_label = "The notification and what came with it"
    candidate_1 = TextField(label="Reserve candidate", max_length=120, required_message="Enter the candidate’s name")
    columns = ("came", "poll_on", "unknown", "candidate_1", "counts_why")

    def add_questions(self):
        """What came."""
        self.ask_what_came()

    def shape_of(self):
        """Who, then what came."""
        return ["candidate_1", "on", "unknown", *self.came_shape]


class ArrangeReserveForm(ArrangeHearingForm):
    """The hearing of the reserve candidate."""

    def initial_answers(self):
        """A meeting of its own."""
        return {}


def veto_was_reported(attempt, part):
    """A reserve candidate is proposed after a veto that the Panel reported (Sch 8 para 8)."""
    if part.vetoed_on is None:
        return Refusal("The Panel has not vetoed the candidate.", ("Sch 8 para 5", "Sch 8 para 8"))
    if attempt.facts.veto_fell:
        return Refusal(
            "The veto was not reported within the three weeks, so it fell: no reserve candidate is to be named.",
            ("Sch 8 para 2",),
        )
    sent = [p for p in attempt.facts.proposals if p.sent_on]
    if not sent:
        return Refusal(
            "The veto has not been reported: until it is, the Commissioner need not propose anybody else.",
            ("Sch 8 para 2", "Sch 8 para 8"),
            "send the report.",
        )
    return None


def hear_reserve(attempt):
    """Keep the meeting, who was there, and which questions were asked."""
    record_hearing(attempt)
    attempt.form.record_asked()


def log_reserve_candidate(attempt):
    """Put the reserve candidate in the place of the one vetoed, with a notification of their own."""
    for p in attempt.parts:
        before = (
            f"{p.name} (vetoed {day_words(p.vetoed_on)})" if p.vetoed_on and not p.reserve else f"{p.name} (reserve)"
        )
        p.earlier = ", ".join(x for x in (p.earlier, before) if x)[:400]
        p.name, p.reserve = attempt.answers["candidate_1"], True
        p.recommendation, p.appointed, p.appointed_from, p.announced_on = "", None, None, None
        p.appeared = p.reported_on = p.report_published_on = None
    attempt.case.title = title_after_a_veto(attempt.facts.vetoed_name, attempt.answers["candidate_1"], attempt.case)
    for d in attempt.look.open_duties:  # of the candidate before
        if d.kind in (DutyKey.INVITE, *DutyKey.agendas(), DutyKey.CANCEL_MEETING):
            attempt.closed_duties.append((d, "lapsed"))
    add_proposal(attempt)


STEPS = (
    Step(
        "notify_reserve", "Log the reserve candidate", (VETOED, REJECTED), RESERVE_NOTIFIED, entered_by=STAFF,
        provisions=("Sch 8 para 8", *RESERVE_RULES), past_label="Reserve candidate notified",
        button="Log the reserve candidate", all_parts=True, hint="Three weeks of its own; there is no second veto.",
        part_guards=(veto_was_reported,), form=NotifyReserveForm,
        checks=(poll_is_known, poll_is_none_of_long_ago),
        effect=log_reserve_candidate,
        opens=(REVIEW_RESERVE, HEAR_RESERVE, REPORT_RESERVE), closes=(AWAIT_RESERVE,),
        lapses=(REPORT_VETO, SEND_NEXT_DAY),
        when_elsewhere=Elsewhere(
            "The Panel has not vetoed the candidate.", "a veto, and the report of it.", states=keys_of(*RUNNING, REPORTED)
        ),
    ),
    Step(
        "receive_reserve_information", "Record what came on the reserve candidate",
        (RESERVE_NOTIFIED, RESERVE_UNDER_REVIEW), Target.STAYS, entered_by=STAFF,
        provisions=("Sch 8 para 3(2)", *RESERVE_RULES),
        past_label="Information on the reserve candidate received", button="Record what came", all_parts=True,
        guards=(something_is_missing,), form=ReceiveInformationForm, checks=(count_is_explained,),
        not_before=(RECEIPT, NOTIFICATION),
        effect=record_what_came, opens=REPORT_ANEW, when_elsewhere=NO_RESERVE,
    ),
    Step(
        "review_reserve", "Begin the review of the reserve candidate", (RESERVE_NOTIFIED,), RESERVE_UNDER_REVIEW,
        entered_by=STAFF, provisions=RESERVE_RULES, past_label="Review of the reserve candidate begun",
        button="Begin the review",
        all_parts=True, form=BeginReviewForm, checks=(complete_or_decided,), closes=(REVIEW_RESERVE,),
        when_elsewhere=NO_RESERVE,
    ),
    Step(
        "arrange_reserve_hearing", "Arrange the hearing of the reserve candidate",
        (RESERVE_NOTIFIED, RESERVE_UNDER_REVIEW), Target.STAYS, entered_by=STAFF, provisions=(*RESERVE_RULES, WHOLE_PANEL),
        past_label="Hearing of the reserve candidate arranged", button="Arrange the hearing", all_parts=True,
        hint="In public, before the whole Panel.", form=ArrangeReserveForm,
        checks=(hearing_after_notification, hearing_in_time), effect=arrange_meeting,
        opens=(PUBLISH_AGENDA, PUBLISH_WELSH_AGENDA, INVITE, HOLD_RESERVE, TELL_MOVED),
        closes=(HEAR_RESERVE,), lapses=(TELL_PUT_OFF, TELL_ADJOURNED), not_before=(RECEIPT, NOTIFICATION),
        when_elsewhere=NO_RESERVE,
    ),
    Step(
        "hear_reserve", "Record the hearing of the reserve candidate", (RESERVE_UNDER_REVIEW,), RESERVE_HEARD,
        entered_by=STAFF,
        provisions=(*RESERVE_RULES, WHOLE_PANEL), past_label="Reserve candidate heard", button="Record the hearing",
        all_parts=True,
        guards=(a_meeting_is_arranged,), form=HoldHearingForm,
        checks=(attendance_is_lawful, minutes_hold_together, quorum_is_counted, hearing_in_time), effect=hear_reserve,
        opens=(DELIBERATE, RECOMMEND), closes=(HOLD_RESERVE,),
        lapses=(
            HEAR_RESERVE, INVITE, PUBLISH_AGENDA, PUBLISH_WELSH_AGENDA, TELL_MOVED, TELL_PUT_OFF, TELL_ADJOURNED,
        ),
        when_elsewhere=Elsewhere(
            "The reserve candidate is not under review.", "begin the review of the reserve candidate.",
            "review_reserve", keys_of(RESERVE_NOTIFIED),
        ),
    ),
    Step(
        "report_reserve", "Send the report on the reserve candidate", (RESERVE_HEARD,), RESERVE_REPORTED, entered_by=STAFF,
        provisions=RESERVE_RULES, past_label="Report on the reserve candidate sent", button="Record that it was sent",
        all_parts=True,
        part_guards=(decided_on, not_sent_already), form=SendReportForm, not_before=(RECEIPT, DECISION),
        effect=record_report_sent, opens=(PUBLISH_RESERVE_REPORT, AWAIT_RESERVE_DECISION),
        closes=(REPORT_RESERVE, SEND_NEXT_DAY),
        lapses=(DELIBERATE, RECOMMEND),
        when_elsewhere=Elsewhere(
            "The reserve candidate has not been heard.", "record the hearing of the reserve candidate.",
            "hear_reserve", keys_of(RESERVE_NOTIFIED, RESERVE_UNDER_REVIEW),
        ),
    ),
    Step(
        "withdraw_reserve", "Record that the reserve candidate is withdrawn", RESERVE, VETOED, entered_by=STAFF,
        provisions=RESERVE_RULES, folded=True, past_label="Reserve candidate withdrawn", button="Record the withdrawal",
        all_parts=True,
        form=WithdrawProposalForm, effect=name_the_vetoed, hint="The Commissioner may name another.",
        opens=(AWAIT_RESERVE, TELL_PANEL, TELL_WITHDRAWN, CANCEL_MEETING),
        lapses=(
            REVIEW_RESERVE, HEAR_RESERVE, REPORT_RESERVE, AWAIT_RESERVE_DECISION, DELIBERATE, RECOMMEND, HOLD_RESERVE,
            INVITE, PLAN_QUESTIONS, PUBLISH_AGENDA, PUBLISH_WELSH_AGENDA, TELL_MOVED, TELL_PUT_OFF, TELL_ADJOURNED,
        ),
    ),
)  # fmt: skip
