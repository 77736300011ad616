"""The complaints procedure: its chapters, and the order in which pages offer their steps.

Sources: the procedure of December 2013 ("para") on top of SI 2012/62 ("reg"). Each chapter is a file, or a folder where
it is long: a step stands there with its form, its checks, its effect and its duties. Chapters never import each other.
What they share stands beside them: states.py, regulation_15.py, conditions.py, recipients.py, targets.py, duties.py and
questions.py.
"""

from complaints.keys import StateKey
from complaints.procedure import (
    action_plan,
    afterwards,
    conduct_matter,
    deciding,
    ending,
    first_stage,
    iopc_outcome,
    iopc_referral,
    letters,
    meetings,
    offence,
    old_register,
    outcome,
    publication,
    receiving,
    recommendations,
    record_keeping,
    recording,
    representative,
    resolution,
    sub_panel,
    victims_review,
)
from complaints.procedure.duties import CLOSE_IT, DECIDE_AFTER_MEETING
from complaints.procedure.record_keeping import telling
from complaints.procedure.states import STAGES, STATES, THEMES
from complaints.procedure.who_decides import MATTERS
from panel.procedure.machine import Procedure, duties_opened, in_order, with_letters

CHAPTERS = (
    receiving.STEPS, recording.STEPS, first_stage.STEPS, deciding.STEPS, sub_panel.STEPS, meetings.STEPS,
    resolution.STEPS, outcome.STEPS, action_plan.STEPS, offence.STEPS, iopc_referral.STEPS, iopc_outcome.STEPS,
    victims_review.STEPS, conduct_matter.STEPS,
    publication.STEPS, recommendations.STEPS, ending.STEPS, afterwards.STEPS,
    representative.STEPS, record_keeping.STEPS, old_register.STEPS,
)  # fmt: skip

# The order in which a case page offers the steps and docs/procedure.md lists them: from the receipt of a complaint to
# its end, then the IOPC, then notes, corrections and what is seldom needed. A chapter's steps mostly stand together, but
# not always: a page puts what is needed daily before what is rare. A step that is not named here follows its chapter.
ORDER = (
    "log", "ask_for_information", "resume", "record", "redirect", "decline_to_record",
    "brief_chairman", "advise", "decide_copies", "filter",
    "appoint_sub_panel", "replace_sub_panel_member", "refer_to_full_panel", "take_no_action",
    "resolve_informally", "request_documents", "request_attendance",
    "note_comments", "note_meeting", "note_explanation", "note_apology", "note_opinion", "record_outcome", "close",
    "ask_about_offence", "rule_out_offence", "identify_serious", "refer_to_iopc", "iopc_investigates", "iopc_refers_back",
    "iopc_suspends", "iopc_lifts_suspension", "iopc_discontinues", "iopc_concludes", "proceedings_end",
    "iopc_treats_as_conduct_matter",
    "refer_again", "note_victims_review", "victims_review_ends",
    "record_conduct_matter", "add_conduct", "record_evidence_step", "withdraw", "add_allegation",
    "give_notice", "waive", "add_documents", "note_contact", "note_representative", "end_representative",
    "declare_interest", "assign", "join_group", "leave_group", "arrange_meeting", "adjourn",
    "begin_first_stage", "note_first_stage", "pass_to_panel", "agree_action_plan", "sign_off_action_plan",
    "invite_representations", "note_representations", "decide_publication", "note_answer", "note_no_confidence",
    "stop_clock", "restart_clock", "note_office_left", "note_external_challenge", "answer_challenge",
    "note_challenge_decision", "note_challenge_remedy",
    "correct", "merge", "restrict", "unrestrict", "void", "reopen",
    "hold", "lift_hold", "propose_erasure", "decline_erasure", "erase",
    "ask_for_reversal", "reverse",
)  # fmt: skip

# The order in which the annual report lists what was late, and docs/procedure.md the duties. Reports were issued in it:
# their pages keep the order of their Word files. A duty that is not named here follows the one that is opened before it.
DUTY_ORDER = (
    "acknowledge", "chase", "tell_redirected", "notify_other", "pass_on", "tell_not_recorded", "review_copy",
    "refer_to_iopc", "tell_referred", "iopc_decides", "tell_referred_back", "tell_route", "appoint_sub_panel",
    "begin_resolution", "take_to_panel", "carry_out", "await_comments", "invite_comments", "arrange_meeting",
    "fill_seat", "sub_panel_meets", "panel_meets", "tell_no_action", "record_outcome", "await_documents",
    "copy_of_outcome", "confirm_withdrawal", "notify_iopc", "report_to_panel", "review_suspension",
    "comply_with_direction", "tell_discontinued", "tell_panel", "tell_proceedings", "court_decides",
    "release_copy", "tell_conduct_matter", "review_restriction", "await_representations", "decide_publication",
    "publish", "await_answer", "answer_challenge", "send_papers", "preserve_evidence", "consider_reversal",
    "copy_of_record", "decide_copies", "copy_of_complaint", "decide_recording", "consider", "confirm_erasure",
    "review_hold", "ask_authority",
)  # fmt: skip

OPENED = duties_opened(step for steps in CHAPTERS for step in steps)
DUTIES = in_order([(*OPENED, DECIDE_AFTER_MEETING, CLOSE_IT)], DUTY_ORDER, "DUTY_ORDER")
STEPS = with_letters(in_order((*CHAPTERS, (telling.give_notice(DUTIES),)), ORDER), letters.KINDS)

# Provisions of the Regulations that no step, duty or condition rests on, and what meets them.
ELSEWHERE = (
    ("reg 6", "the work list and the report: every duty not yet met, or broken, is shown"),
    ("reg 30", "no step of a complaint: a changed address is a duty of the Panel, on the home page of its staff"),
    ("reg 32", "the IOPC’s own duty, not the Panel’s"),
    ("reg 33", "the IOPC’s own duty, not the Panel’s"),
    ("reg 35", "the case’s documents, timeline and history, which are given to the IOPC as they stand"),
    ("reg 36", "access to premises and papers is given outside the product"),
)

# The headings under which a case page folds the steps that are not at hand.
GROUPS = tuple(
    (heading, tuple(step.key for steps in chapters for step in steps))
    for heading, chapters in (
        ("Receiving and recording", (receiving.STEPS, recording.STEPS, first_stage.STEPS)),
        ("Deciding", (deciding.STEPS,)),
        ("Sub-panel, Panel and meetings", (sub_panel.STEPS, meetings.STEPS)),
        ("Informal resolution", (resolution.STEPS, outcome.STEPS, action_plan.STEPS)),
        (
            "The IOPC and the courts",
            (offence.STEPS, iopc_referral.STEPS, iopc_outcome.STEPS, victims_review.STEPS, conduct_matter.STEPS),
        ),
        ("Publishing and recommendations", (publication.STEPS, recommendations.STEPS)),
        ("Ending and taking up again", (ending.STEPS, afterwards.STEPS)),
        (
            "Keeping the record",
            (representative.STEPS, record_keeping.STEPS, old_register.STEPS, (telling.give_notice(()),)),
        ),
    )
)

PROCEDURE = Procedure(
    "complaints",
    "Complaints about conduct",
    STATES,
    STEPS,
    STAGES,
    DUTIES,
    themes=THEMES,
    groups=GROUPS,
    elsewhere=ELSEWHERE,
    matters=MATTERS,
    state_keys=StateKey,
)
