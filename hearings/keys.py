"""The stored slugs of states, steps and duties that code compares with, as named members: a slip of the pen is then an
error when the module is loaded. What a slug means is declared in `procedure/`."""

from enum import StrEnum


class StateKey(StrEnum):
    """Where a part can stand."""

    PLANNED = "planned"
    NOTIFIED = "notified"
    INFORMATION_AWAITED = "information_awaited"
    UNDER_REVIEW = "under_review"
    HEARING_ARRANGED = "hearing_arranged"
    HEARD = "heard"
    REPORTED = "reported"
    VOID = "void"
    APPOINTED_WITHOUT_NOTIFICATION = "appointed_without_notification"
    PROPOSAL_WITHDRAWN = "proposal_withdrawn"
    CANDIDATE_WITHDRAWN = "candidate_withdrawn"
    LAPSED = "lapsed"
    REJECTED = "rejected"
    ACCEPTED = "accepted"
    VETOED = "vetoed"
    RESERVE_NOTIFIED = "reserve_notified"
    RESERVE_UNDER_REVIEW = "reserve_under_review"
    RESERVE_HEARD = "reserve_heard"
    RESERVE_REPORTED = "reserve_reported"


class StepKey(StrEnum):
    """Steps that other code names."""

    NOTIFY_LATE = "notify_late"
    NOTE_LATE_INFORMATION = "note_late_information"
    PUBLISH_AGENDA = "publish_agenda"
    PUBLISH_REPORT = "publish_report"
    REOPEN = "reopen"
    PLAN_QUESTIONS = "plan_questions"
    HOLD_HEARING = "hold_hearing"
    NOTE_ANSWERS = "note_answers"
    CORRECT_HEARING = "correct_hearing"
    SEND_REPORT = "send_report"
    PCC_ACCEPTS = "pcc_accepts"
    COMPLETE_ITEM = "complete_item"
    SKIP_ITEM = "skip_item"
    NOTE_NOT_DONE = "note_not_done"
    NOTIFY_RESERVE = "notify_reserve"
    ARRANGE_RESERVE_HEARING = "arrange_reserve_hearing"
    HEAR_RESERVE = "hear_reserve"
    PLAN_HEARING = "plan_hearing"
    NOTE_WORD = "note_word"
    RECORD_NOTIFICATION = "record_notification"


class DutyKey(StrEnum):
    """Kinds of duty that other code names."""

    HOLD_HEARING = "hold_hearing"
    HOLD_RESERVE = "hold_reserve"
    PUBLISH_AGENDA = "publish_agenda"
    PUBLISH_WELSH_AGENDA = "publish_welsh_agenda"
    INVITE = "invite"
    CANCEL_MEETING = "cancel_meeting"
    TELL_MOVED = "tell_moved"
    TELL_PUT_OFF = "tell_put_off"
    TELL_ADJOURNED = "tell_adjourned"
    KEEP_FREE = "keep_free"

    @classmethod
    def agendas(cls) -> "tuple[DutyKey, DutyKey]":
        """The duty to publish the agenda, by the law of England or by the panel's own setting in Wales."""
        return cls.PUBLISH_AGENDA, cls.PUBLISH_WELSH_AGENDA


UNNAMED = "Not named yet"  # stored as the name of a candidate while a hearing is planned before the notification
