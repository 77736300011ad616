"""Every kind of letter of a complaint, in the order in which a complaint meets them: beside the notices that they meet.

A kind is added here, with its words in `templates/letters/<key>.txt` (docs/developing.md, "Add a letter kind").
"""

from complaints.procedure import more_letters, recipients
from complaints.procedure.deciding.no_action import TELL_NO_ACTION
from complaints.procedure.deciding.route import TELL_ROUTE
from complaints.procedure.duties import COPY_OF_RECORD, INVITE_COMMENTS, PUBLISH_REPORT
from complaints.procedure.ending import CONFIRM_WITHDRAWAL, NOTIFY_IOPC, REPORT
from complaints.procedure.iopc_outcome import TELL_CONDUCT_MATTER, TELL_DISCONTINUED, TELL_PANEL, TELL_PROCEEDINGS
from complaints.procedure.iopc_referral import TELL_REFERRED, TELL_REFERRED_BACK
from complaints.procedure.meetings import SEND_PAPERS
from complaints.procedure.outcome import COPY_OF_OUTCOME
from complaints.procedure.publication import PUBLISH
from complaints.procedure.receiving import ACKNOWLEDGE
from complaints.procedure.recommendations import TELL_DONE, TELL_REFUSED
from complaints.procedure.recording import COPY_OF_COMPLAINT, NOTIFY_OTHER, PASS_ON, TELL_NOT_RECORDED, TELL_REDIRECTED
from panel.law.roles import Role
from panel.procedure.vocabulary import LetterKind

MO = Role.MONITORING_OFFICER
REG_37 = "reg 37"


def told_of_it(attempt):
    """The office holders who may know of the complaint."""
    return attempt.facts.told_holders()


def body(attempt):
    """The body it is for."""
    return ["body"]


def iopc(attempt):
    """The IOPC."""
    return [Role.IOPC.value]


def the_panel(attempt):
    """The members of the Panel."""
    return ["the_panel"]


def the_public(attempt):
    """The public."""
    return ["the_public"]


# fmt: off

RECEIVING = (
    LetterKind(
        "acknowledge", "Acknowledgement", recipients.complainant, ("para 4", "reg 9"), discharges=(ACKNOWLEDGE,),
        after=("log", "add_allegation"),
    ),
    LetterKind(
        "not_recorded", "Not recorded", recipients.complainant, ("para 8", "reg 10", REG_37),
        discharges=(TELL_NOT_RECORDED,), signer=MO, after=("decline_to_record",),
    ),
    LetterKind(
        "redirected", "Not one for this Panel", recipients.complainant, ("para 2", "reg 10", REG_37),
        discharges=(TELL_REDIRECTED,), signer=MO, after=("redirect",),
    ),
    LetterKind(
        "notify_other_panel", "Notice to the other Panel", body, ("para 2", "reg 9"), discharges=(NOTIFY_OTHER,), signer=MO,
        after=("redirect",),
    ),
    LetterKind("pass_on", "Passed on to whose it is", body, ("para 2",), discharges=(PASS_ON,), after=("redirect",)),
    LetterKind(
        "copy_of_record", "Copy of the record", recipients.complainant, ("para 6", "reg 31"), discharges=(COPY_OF_RECORD,),
        signer=MO, after=("record", "refer_to_iopc"), copy_of="record",
    ),
    LetterKind(
        "copy_of_complaint", "Copy of the complaint", told_of_it, ("para 6", "reg 31"), discharges=(COPY_OF_COMPLAINT,),
        signer=MO, after=("decide_copies",), copy_of="complaint",
    ),
)

AT_THE_IOPC = (
    LetterKind(
        "referred", "Referred to the IOPC", recipients.both, ("para 3", "reg 13", REG_37), discharges=(TELL_REFERRED,),
        signer=MO, after=("refer_to_iopc", "refer_again"),
    ),
    LetterKind(
        "referred_back", "Referred back by the IOPC", recipients.those_told, ("para 3", "reg 14(2)", REG_37),
        discharges=(TELL_REFERRED_BACK,), signer=MO, after=("iopc_refers_back",),
    ),
    LetterKind(
        "discontinued", "The IOPC has stopped", recipients.those_told, ("para 3", "reg 24", REG_37),
        discharges=(TELL_DISCONTINUED,), signer=MO, after=("iopc_discontinues",),
    ),
    LetterKind(
        "proceedings_end", "Proceedings have ended", recipients.those_told, ("para 8", "reg 26", REG_37),
        discharges=(TELL_PROCEEDINGS,), signer=MO, after=("proceedings_end",),
    ),
    LetterKind(
        "conduct_matter", "Treated as a conduct matter", recipients.those_told, ("para 3", "reg 16"),
        discharges=(TELL_CONDUCT_MATTER,), signer=MO, after=("iopc_treats_as_conduct_matter",),
    ),
)

DECIDING = (
    LetterKind(
        "decision", "The decision on how it is handled", recipients.those_told, ("para 7", "reg 15", REG_37),
        discharges=(TELL_ROUTE,), signer=MO, after=("filter",),
    ),
    LetterKind(
        "invite_comments", "Invitation to comment", recipients.both, ("para 12", "reg 28"), discharges=(INVITE_COMMENTS,),
        after=("appoint_sub_panel", "refer_to_full_panel", "resolve_informally"),
    ),
    LetterKind(
        "send_papers", "Papers for a meeting", lambda attempt: ["members"], ("para 11", "para 12"),
        discharges=(SEND_PAPERS,), after=("arrange_meeting", "adjourn"),
    ),
    LetterKind(
        "no_action", "No action is taken", recipients.those_told, ("para 11", "reg 15", REG_37),
        discharges=(TELL_NO_ACTION,), signer=MO, after=("take_no_action",),
    ),
    LetterKind(
        "outcome", "Copy of the outcome", recipients.both, ("para 14", "reg 28"), discharges=(COPY_OF_OUTCOME,), signer=MO,
        after=("record_outcome",),
    ),
    LetterKind(
        "report_published", "Report or recommendations published", the_public, ("s 28(7)",), discharges=(PUBLISH_REPORT,),
        after=("record_outcome",),
    ),
    LetterKind(
        "recommendation_answered", "What became of a recommendation", the_panel, ("para 5",),
        discharges=(TELL_REFUSED, TELL_DONE), after=("note_answer",),
    ),
)

ENDING = (
    LetterKind(
        "publication_notice", "Notice of publication", the_public, ("para 14", "reg 28"), discharges=(PUBLISH,),
        after=("decide_publication",),
    ),
    LetterKind(
        "withdrawn", "Withdrawal confirmed", recipients.those_who_know, ("para 15", "reg 16"),
        discharges=(CONFIRM_WITHDRAWAL,), signer=MO, after=("withdraw",),
    ),
    LetterKind(
        "withdrawn_iopc", "Withdrawal notified to the IOPC", iopc, ("para 15", "reg 16"), discharges=(NOTIFY_IOPC,),
        signer=MO, after=("withdraw",),
    ),
    LetterKind(
        "report_to_panel", "Report to the members", the_panel, ("para 5",), discharges=(REPORT, TELL_PANEL),
        after=("close", "iopc_concludes"),
    ),
)

KINDS = (*RECEIVING, *AT_THE_IOPC, *DECIDING, *ENDING, *more_letters.KINDS)
