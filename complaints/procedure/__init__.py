"""The complaints procedure: its chapters, and the order in which pages offer their steps.

Sources: the procedure of December 2013 ("para") on top of SI 2012/62 ("reg"). Each chapter is a file, or a folder where
it is long: a step stands there with its form, its checks, its effect and its duties. Chapters never import each other.
What they share stands beside them: states.py, regulation_15.py, conditions.py, recipients.py, targets.py, duties.py and
questions.py.
"""

from complaints.procedure import (
    afterwards,
    deciding,
    duties,
    ending,
    iopc_outcome,
    iopc_referral,
    publication,
    receiving,
    record_keeping,
    recording,
    resolution,
    sub_panel,
)
from complaints.procedure.deciding import no_action, route
from complaints.procedure.record_keeping import correction, telling
from complaints.procedure.states import STAGES, STATES, THEMES
from panel.casework import retention_steps
from panel.procedure.vocabulary import Procedure

# Every kind of duty, in the order of docs/procedure.md.
DUTIES = (
    receiving.ACKNOWLEDGE, duties.CHASE,
    recording.TELL_REDIRECTED, recording.NOTIFY_OTHER, recording.PASS_ON, recording.TELL_NOT_RECORDED,
    duties.REVIEW_COPY, duties.REFER, iopc_referral.TELL_REFERRED, duties.IOPC_DECIDES,
    iopc_referral.TELL_REFERRED_BACK,
    route.TELL_ROUTE, duties.APPOINT, duties.BEGIN_RESOLUTION, duties.TABLE, duties.CARRY_OUT,
    duties.AWAIT_COMMENTS, duties.INVITE_COMMENTS,
    sub_panel.ARRANGE_MEETING, duties.FILL_SEAT, duties.SUB_PANEL_MEETS, duties.PANEL_MEETS, no_action.TELL_NO_ACTION,
    duties.RESOLVE, resolution.AWAIT_DOCUMENTS, resolution.COPY_OF_OUTCOME,
    ending.CONFIRM_WITHDRAWAL, ending.NOTIFY_IOPC, ending.REPORT,
    iopc_outcome.SUSPENSION_REVIEW, duties.COMPLY, iopc_outcome.TELL_DISCONTINUED, iopc_outcome.TELL_PANEL,
    iopc_outcome.TELL_PROCEEDINGS, iopc_outcome.COURT_DECIDES, iopc_outcome.RELEASE_COPY,
    iopc_outcome.TELL_CONDUCT_MATTER,
    record_keeping.REVIEW_RESTRICTION,
    publication.AWAIT_REPRESENTATIONS, publication.DECIDE_PUBLICATION, publication.PUBLISH, duties.AWAIT_ANSWER,
    afterwards.ANSWER_CHALLENGE, sub_panel.SEND_PAPERS, duties.PRESERVE, correction.CONSIDER_REVERSAL,
    duties.COPY_OF_RECORD, duties.DECIDE_COPIES, recording.COPY_OF_COMPLAINT, duties.DECIDE_RECORDING, duties.CONSIDER,
    *retention_steps.DUTIES,
)  # fmt: skip

CHAPTERS = (
    receiving.STEPS, recording.STEPS, deciding.STEPS, sub_panel.STEPS, resolution.STEPS,
    iopc_referral.STEPS, iopc_outcome.STEPS, publication.STEPS, ending.STEPS, afterwards.STEPS,
    record_keeping.STEPS, (telling.give_notice(DUTIES),),
)  # fmt: skip

# The order in which a case page offers the steps and docs/procedure.md lists them: from the receipt of a complaint to
# its end, then the IOPC, then notes, corrections and what is seldom needed. A chapter's steps mostly stand together,
# but not always: a page puts what is needed daily before what is rare.
ORDER = (
    "log", "ask_for_information", "resume", "record", "redirect", "decline_to_record",
    "brief_chairman", "advise", "decide_copies", "filter",
    "appoint_sub_panel", "replace_sub_panel_member", "refer_to_full_panel", "take_no_action",
    "resolve_informally", "request_documents", "request_attendance",
    "note_comments", "note_meeting", "note_explanation", "note_apology", "note_opinion", "record_outcome", "close",
    "identify_serious", "refer_to_iopc", "iopc_investigates", "iopc_refers_back",
    "iopc_suspends", "iopc_lifts_suspension", "iopc_discontinues", "iopc_concludes", "proceedings_end",
    "iopc_treats_as_conduct_matter",
    "record_conduct_matter", "record_evidence_step", "withdraw", "add_allegation",
    "give_notice", "waive", "add_documents", "note_contact", "declare_interest", "assign", "arrange_meeting", "adjourn",
    "invite_representations", "note_representations", "decide_publication", "note_answer",
    "stop_clock", "restart_clock", "note_office_left", "note_external_challenge", "answer_challenge",
    "correct", "merge", "restrict", "unrestrict", "void", "reopen",
    "hold", "lift_hold", "propose_erasure", "decline_erasure", "erase",
    "ask_for_reversal", "reverse",
)  # fmt: skip


def in_order(chapters, keys):
    """The steps of all chapters in the order of `keys`. Raises ValueError for a step that only one of the two has."""
    found = {step.key: step for steps in chapters for step in steps}
    if odd := sorted(found.keys() ^ set(keys)):
        raise ValueError(f"in a chapter or in ORDER, but not in both: {', '.join(odd)}")
    return tuple(found[key] for key in keys)


STEPS = in_order(CHAPTERS, ORDER)

# Provisions of the Regulations that no step, duty or condition rests on, and what meets them.
ELSEWHERE = (
    ("reg 6", "the work list and the report: every duty not yet met, or broken, is shown"),
    ("reg 7", "not yet: a first stage at the Commissioner’s office comes with panels’ own arrangements"),
    ("reg 30", "no step of a complaint: told to the Commissioner outside the product"),
    ("reg 32", "the IOPC’s own duty, not the Panel’s"),
    ("reg 33", "the IOPC’s own duty, not the Panel’s"),
    ("reg 35", "the case’s documents, timeline and history, which are given to the IOPC as they stand"),
    ("reg 36", "access to premises and papers is given outside the product"),
)

PROCEDURE = Procedure(
    "complaints", "Complaints about conduct", STATES, STEPS, STAGES, DUTIES, themes=THEMES, elsewhere=ELSEWHERE
)
