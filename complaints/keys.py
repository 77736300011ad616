"""The stored slugs of states, steps and duties that code compares with, as named members: a slip of the pen is then an
error when the module is loaded. What a slug means is declared in `procedure/`."""

from enum import StrEnum
from typing import Self


class Group(StrEnum):
    """Sets of states that conditions and pages ask for; each state below says to which it belongs."""

    NOT_ON_RECORD = "not_on_record"  # received, and not recorded yet
    IOPC_HAS_IT = "iopc_has_it"  # the IOPC, a prosecutor or a court: the Panel waits
    SUB_PANEL_SITS = "sub_panel_sits"  # a sub-panel has it: an empty seat is filled
    HANDLED = "handled"  # the Chairman has chosen a route, and somebody deals with it


class StateKey(StrEnum):
    """Where a part can stand: its slug, then its groups."""

    groups: tuple[Group, ...]

    def __new__(cls, slug: str, *groups: Group) -> Self:
        """A member that is its slug, and knows its groups."""
        member = str.__new__(cls, slug)
        member._value_ = slug
        member.groups = groups
        return member

    RECEIVED = "received", Group.NOT_ON_RECORD
    AWAITING_INFORMATION = "awaiting_information", Group.NOT_ON_RECORD
    RECORDED = "recorded"
    REFERRED_TO_IOPC = "referred_to_iopc", Group.IOPC_HAS_IT
    WITH_IOPC = "with_iopc", Group.IOPC_HAS_IT
    AWAITING_PROCEEDINGS = "awaiting_proceedings", Group.IOPC_HAS_IT
    FILTERED = "filtered", Group.HANDLED
    SUB_PANEL = "sub_panel", Group.HANDLED, Group.SUB_PANEL_SITS
    FULL_PANEL = "full_panel", Group.HANDLED
    INFORMAL_RESOLUTION = "informal_resolution", Group.HANDLED, Group.SUB_PANEL_SITS
    OUTCOME_RECORDED = "outcome_recorded"
    VOID = "void"
    NOT_RECORDED = "not_recorded"
    REDIRECTED = "redirected"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"

    @classmethod
    def within(cls, group: Group) -> tuple[str, ...]:
        """The slugs of the states in that group, in their order."""
        return tuple(state.value for state in cls if group in state.groups)


WITH_THE_IOPC = StateKey.within(Group.IOPC_HAS_IT)


class StepKey(StrEnum):
    """Steps that other code names."""

    LOG = "log"
    ENTER_FROM_REGISTER = "enter_from_register"
    ASK_FOR_INFORMATION = "ask_for_information"
    RESUME = "resume"
    RECORD = "record"
    CLOSE = "close"
    RECORD_OUTCOME = "record_outcome"
    BRIEF_CHAIRMAN = "brief_chairman"
    ADVISE = "advise"
    DECIDE_COPIES = "decide_copies"
    FILTER = "filter"
    APPOINT_SUB_PANEL = "appoint_sub_panel"
    TAKE_NO_ACTION = "take_no_action"
    NOTE_COMMENTS = "note_comments"
    NOTE_EXPLANATION = "note_explanation"
    NOTE_APOLOGY = "note_apology"
    NOTE_OPINION = "note_opinion"
    IDENTIFY_SERIOUS = "identify_serious"
    REFER_TO_IOPC = "refer_to_iopc"
    IOPC_CONCLUDES = "iopc_concludes"
    IOPC_TREATS_AS_CONDUCT_MATTER = "iopc_treats_as_conduct_matter"
    RECORD_CONDUCT_MATTER = "record_conduct_matter"
    ADD_ALLEGATION = "add_allegation"
    GIVE_NOTICE = "give_notice"
    ARRANGE_MEETING = "arrange_meeting"
    ADJOURN = "adjourn"
    NOTE_MEETING = "note_meeting"
    DECIDE_PUBLICATION = "decide_publication"
    STOP_CLOCK = "stop_clock"
    RESTART_CLOCK = "restart_clock"
    CORRECT = "correct"
    REOPEN = "reopen"
    REVERSE = "reverse"


class DutyKey(StrEnum):
    """Kinds of duty that other code names."""

    AWAIT_REVIEW = "await_review"
    LOOK_AT_OFFENCE = "look_at_offence"
    PRESERVE_EVIDENCE = "preserve_evidence"
    DECIDE_COPIES = "decide_copies"
    COPY_OF_COMPLAINT = "copy_of_complaint"
    REVIEW_COPY = "review_copy"
    ARRANGE_MEETING = "arrange_meeting"
    INVITE_COMMENTS = "invite_comments"
    AWAIT_COMMENTS = "await_comments"
    PANEL_MEETS = "panel_meets"
    SEND_PAPERS = "send_papers"
    RECORD_OUTCOME = "record_outcome"
    REFER_TO_IOPC = "refer_to_iopc"
    REVIEW_SUSPENSION = "review_suspension"
    TELL_REFERRED = "tell_referred"
    RELEASE_COPY = "release_copy"
    AWAIT_ANSWER = "await_answer"
    AWAIT_REPLY = "await_reply"
    AWAIT_ACTION = "await_action"
    PUBLISH_REPORT = "publish_report"
    AWAIT_REPRESENTATIONS = "await_representations"
    DECIDE_PUBLICATION = "decide_publication"
    PUBLISH = "publish"
    FILL_SEAT = "fill_seat"


REPRESENTATIVE = "representative"  # who acts for the complainant, as a recipient
WRITTEN_TO = "written_to"  # the answer of a step that tells a complainant: to whom it went
