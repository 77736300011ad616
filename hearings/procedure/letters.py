"""Every kind of letter about a hearing, in the order in which a hearing meets them: beside the notices that they meet.

A kind is added here, with its words in `templates/letters/<key>.txt` (docs/developing.md, "Add a letter kind").
"""

from hearings.keys import UNNAMED
from hearings.procedure import duties, recipients
from hearings.procedure.law import (
    DECISION,
    FALLS,
    GUIDANCE,
    HEARING,
    NOTIFICATION,
    RESERVE_RULES,
    REVIEW,
    SUPPLY,
    WHOLE_PANEL,
)
from panel.law.roles import Role
from panel.procedure.vocabulary import LetterKind

MO = Role.MONITORING_OFFICER


def candidates_of_it(attempt):
    """The candidates whom the step is about."""
    return [f"candidate:{part.number}" for part in attempt.parts if part.name != UNNAMED]


def a_veto_is_reported(attempt):
    """Whether what the step sends reports a veto."""
    found = [attempt.facts.decided(part) for part in attempt.parts]
    return any(resolution is not None and resolution.veto for resolution in found)


def no_veto_is_reported(attempt):
    """Whether it reports anything else."""
    return not a_veto_is_reported(attempt)


# fmt: off

KINDS = (
    LetterKind(
        "keep_free", "Keep the day free", recipients.the_panel, GUIDANCE, discharges=(duties.KEEP_FREE,), after=("plan_day",),
    ),
    LetterKind(
        "invite", "Invitation to the hearing", recipients.candidates, (HEARING,), discharges=(duties.INVITE,),
        after=("arrange_hearing", "record_notification", "arrange_reserve_hearing"),
    ),
    LetterKind(
        "hearing_moved", "The hearing is moved or put off", recipients.everybody, (HEARING,),
        discharges=(duties.TELL_MOVED, duties.TELL_PUT_OFF),
        after=("plan_day", "rearrange_hearing", "put_off_hearing", "put_off_day"),
    ),
    LetterKind(
        "hearing_adjourned", "The hearing is adjourned", recipients.everybody, (HEARING,),
        discharges=(duties.TELL_ADJOURNED,), after=("adjourn_hearing", "adjourn_reserve_hearing"),
    ),
    LetterKind(
        "proposal_withdrawn", "The proposal is withdrawn", recipients.those_withdrawn, (NOTIFICATION,),
        discharges=(duties.TELL_WITHDRAWN,), after=("withdraw_proposal", "withdraw_reserve"),
    ),
    LetterKind(
        "hearing_cancelled", "The hearing is cancelled", recipients.public, GUIDANCE, discharges=(duties.CANCEL_MEETING,),
        after=("candidate_withdraws", "withdraw_proposal", "withdraw_reserve", "lapse"),
    ),
    LetterKind(
        "notified", "Notification acknowledged", recipients.commissioner, (NOTIFICATION,),
        after=("notify", "record_notification", "notify_reserve"),
    ),
    LetterKind(
        "missing", "What is still needed", recipients.commissioner, (SUPPLY,),
        chases=(duties.ASK_MISSING.key, duties.CHASE_MISSING.key), after=("request_information",),
    ),
    LetterKind(
        "hearing_commissioner", "The hearing, to the Commissioner", recipients.commissioner, (HEARING,),
        after=("arrange_hearing", "arrange_reserve_hearing"),
    ),
    LetterKind(
        "summons", "Notice to members", recipients.the_panel, (WHOLE_PANEL,), after=("arrange_hearing", "arrange_reserve_hearing"),
    ),
    LetterKind("public_notice", "Public notice", recipients.public, (HEARING,), after=("publish_agenda",)),
    LetterKind(
        "report", "The report, to the Commissioner", recipients.commissioner, (REVIEW,), signer=Role.CHAIRMAN,
        when=no_veto_is_reported, after=("send_report", "report_reserve"), copy_of="report",
    ),
    LetterKind(
        "report_veto", "The report of a veto, to the Commissioner", recipients.commissioner, ("Sch 8 para 5",),
        signer=Role.CHAIRMAN, when=a_veto_is_reported, after=("send_report",), copy_of="report",
    ),
    LetterKind(
        "result_candidate", "Result, to the candidate", candidates_of_it, GUIDANCE, after=("send_report", "report_reserve"),
    ),
    LetterKind(
        "early_publication", "Publishing before five days", recipients.commissioner, GUIDANCE,
        after=("send_report", "report_reserve"),
    ),
    LetterKind(
        "decision_chaser", "Reminder of the decision", recipients.commissioner, (DECISION,), signer=Role.CHAIRMAN,
        chases=(duties.AWAIT_DECISION.key, duties.AWAIT_RESERVE_DECISION.key), after=("send_report", "report_reserve"),
    ),
    LetterKind("lapsed", "No report was given", recipients.commissioner, (FALLS,), after=("lapse",)),
    LetterKind(
        "reserve_chaser", "Reminder of the reserve candidate", recipients.commissioner, RESERVE_RULES,
        chases=(duties.AWAIT_RESERVE.key,), after=("veto",),
    ),
    LetterKind(
        "no_notification", "Appointment without notification", recipients.commissioner, (NOTIFICATION,), signer=MO,
        after=("note_appointment_without_notification",),
    ),
    LetterKind(
        "decision_members", "The result, to members", recipients.the_panel, GUIDANCE, discharges=(duties.TELL_PANEL,),
        after=(
            "pcc_accepts", "pcc_rejects", "lapse", "candidate_withdraws", "withdraw_proposal", "withdraw_reserve",
            "note_appointment_without_notification", "note_early_appointment", "send_report",
        ),
    ),
)
