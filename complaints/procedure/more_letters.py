"""Letters of a complaint that the law asks for by no notice: questions, reminders, meetings, what was said, how it goes on.
They are kept as notes of what went out; a reminder and a word on progress meet the day that the Panel set itself."""

from complaints.keys import REPRESENTATIVE, DutyKey
from complaints.models import Allegation, Subject
from complaints.procedure.duties import CHASE_ANSWER, PROGRESS
from complaints.procedure.recipients import both, complainant, the_commissioner, those_told, those_who_know
from panel.law.roles import Role
from panel.models import office_holder_slug
from panel.procedure.vocabulary import LetterKind

MO = Role.MONITORING_OFFICER


def told_of_it(attempt):
    """The office holders who may know of the complaint."""
    return attempt.facts.told_holders()


def iopc(attempt):
    """The IOPC."""
    return [Role.IOPC.value]


def the_office(attempt):
    """The Commissioner’s office, which keeps the papers."""
    return ["commissioner"]


def who_acts(attempt):
    """Who says that they act for the complainant."""
    return [REPRESENTATIVE]


def members(attempt):
    """The members of the sub-panel."""
    return ["members"]


def acts_without_authority(attempt):
    """Whether somebody acts for the complainant, and nothing that shows it was seen."""
    return bool(attempt.case.agent) and not attempt.case.represented


def withheld_and_may_be_told(attempt):
    """Whether a copy is withheld, and to be told so does no harm: no letter at all where it might prejudice proceedings."""
    return any(s.copy == Subject.Copy.WITHHELD and not s.kept_from_proceedings for s in attempt.facts.subjects)


def withheld_from(attempt):
    """The office holders whose copy is withheld, and who may be told so."""
    rows = attempt.facts.subjects
    return [
        office_holder_slug(s.office_holder)
        for s in rows
        if s.copy == Subject.Copy.WITHHELD and not s.kept_from_proceedings
    ]


def released(attempt):
    """Whether a copy that was withheld is sent now."""
    taken = [e for e in attempt.look.in_force if e.step == "decide_copies"]
    return len(taken) > 1 and any(e.answers.get("copy") == Subject.Copy.WITHHELD for e in taken[:-1])


def still_open(attempt):
    """Whether something of it is still open."""
    return any(attempt.look.procedure.state(p.status).open for p in attempt.look.parts)


def name_is_left_out(attempt):
    """Whether the copy leaves out who complained, or is withheld."""
    return any(s.copy in (Subject.Copy.ANONYMISED, Subject.Copy.WITHHELD) for s in attempt.facts.subjects)


def a_report_was_made(attempt):
    """Whether a report or recommendations under section 28(6) were made."""
    return any(p.outcome == Allegation.Outcome.REPORT for p in attempt.look.parts)


# fmt: off

ASKING = (
    LetterKind(
        "ask_for_information", "Question for more", complainant, ("para 7", "reg 9"),
        after=("ask_for_information",),
    ),
    LetterKind(
        "information_chaser", "Reminder of the question", complainant, ("para 7", "reg 9"),
        chases=("chase",), after=("ask_for_information",),
    ),
    LetterKind(
        "ask_authority", "Question who may act", who_acts, ("reg 2",), when=acts_without_authority,
        chases=("ask_authority",), after=("log", "note_representative"),
    ),
    LetterKind(
        "preserve_evidence", "Request to keep evidence", the_office, ("reg 8",), signer=MO,
        chases=(DutyKey.PRESERVE_EVIDENCE,), after=("record", "record_evidence_step", "identify_serious"),
    ),
    LetterKind(
        "name_decision", "Decision on the name", complainant, ("para 6", "reg 31"), signer=MO,
        when=name_is_left_out, after=("decide_copies",),
    ),
    LetterKind(
        "copy_withheld", "Copy withheld for the present", withheld_from, ("para 6", "reg 31"), signer=MO,
        when=withheld_and_may_be_told, after=("decide_copies",),
    ),
    LetterKind(
        "copy_released", "Copy that was withheld", told_of_it, ("para 6", "reg 31"), signer=MO, when=released,
        after=("decide_copies",), copy_of="complaint",
    ),
)

AT_THE_IOPC = (
    LetterKind(
        "refer_to_iopc", "Referral to the IOPC", iopc, ("para 3", "reg 13"), signer=MO, after=("refer_to_iopc", "refer_again"),
    ),
    LetterKind(
        "iopc_chaser", "Question how the referral stands", iopc, ("reg 14(2)",), signer=MO,
        chases=("iopc_decides",), after=("refer_to_iopc",),
    ),
    LetterKind(
        "iopc_investigates", "The IOPC investigates", those_told, ("reg 18", "reg 32"), signer=MO,
        after=("iopc_investigates",),
    ),
    LetterKind(
        "suspended", "Handling suspended, or going on", those_told, ("reg 22",), signer=MO,
        after=("iopc_suspends", "iopc_lifts_suspension"),
    ),
    LetterKind(
        "ask_suspension", "Question whether to go on", iopc, ("reg 22",), signer=MO,
        chases=(DutyKey.REVIEW_SUSPENSION,), after=("iopc_suspends",),
    ),
    LetterKind(
        "iopc_concluded", "The IOPC has concluded", those_told, ("reg 25", "reg 26"), signer=MO,
        after=("iopc_concludes",),
    ),
)

RESOLVING = (
    LetterKind("delegated", "Who looks at it first", complainant, ("reg 7",), after=("begin_first_stage",)),
    LetterKind("sub_panel_member", "Appointment to the sub-panel", members, ("para 11",), after=("appoint_sub_panel",)),
    LetterKind(
        "comments_chaser", "Reminder of the comments", both, ("para 12", "reg 28"),
        chases=(DutyKey.AWAIT_COMMENTS,), after=("appoint_sub_panel", "refer_to_full_panel", "resolve_informally"),
    ),
    LetterKind(
        "answer_chaser", "Reminder of an answer", both, ("para 12", "para 14"), discharges=(CHASE_ANSWER,),
        after=("give_notice",),
    ),
    LetterKind(
        "request_documents", "Request for documents", told_of_it, ("para 12", "reg 28"), after=("request_documents",),
    ),
    LetterKind(
        "documents_chaser", "Reminder of the documents", told_of_it, ("para 12", "reg 28"),
        chases=("await_documents",), after=("request_documents",),
    ),
    LetterKind(
        "request_attendance", "Request to attend", told_of_it, ("para 12", "reg 28"), after=("request_attendance",),
    ),
    LetterKind("meeting", "The meeting", those_told, ("para 11", "para 12"), after=("arrange_meeting",)),
    LetterKind("meeting_moved", "The meeting is moved", those_told, ("para 11", "para 12"), after=("adjourn",)),
    LetterKind("explanation", "An explanation", complainant, ("para 12",), after=("note_explanation",)),
    LetterKind("apology", "An apology", complainant, ("para 12", "reg 28"), after=("note_apology",)),
    LetterKind(
        "already_dealt", "Has it been settled already?", complainant, ("reg 28",), signer=MO,
        after=("filter", "resolve_informally"),
    ),
    LetterKind(
        "s28_report", "Report to the Commissioner", the_commissioner, ("s 28(6)", "s 29(3)"),
        signer=Role.CHAIRMAN, when=a_report_was_made, after=("record_outcome",),
    ),
    LetterKind(
        "s28_councils", "Copy of the report for councils", lambda attempt: ["councils"], ("s 28(7)",), when=a_report_was_made,
        after=("record_outcome",),
    ),
    LetterKind(
        "s28_chaser", "Reminder of the answer", the_commissioner, ("s 29(3)", "s 29(4)"), signer=Role.CHAIRMAN,
        when=a_report_was_made, chases=(DutyKey.AWAIT_ANSWER,), after=("record_outcome",),
    ),
)

ENDING = (
    LetterKind(
        "representations", "May it be published?", both, ("para 14", "reg 28"), signer=MO,
        after=("invite_representations",),
    ),
    LetterKind(
        "publication_decision", "Decision on publishing", both, ("para 14", "reg 28"), signer=MO,
        after=("decide_publication",),
    ),
    LetterKind("closed", "Closed", those_who_know, ("para 5", "reg 34"), after=("close",)),
    LetterKind(
        "progress", "Where it stands", those_who_know, ("para 5",), when=still_open,
        discharges=(PROGRESS,), unasked=True,
        after=("log", "record", "filter", "appoint_sub_panel", "refer_to_full_panel", "resolve_informally", "arrange_meeting"),
    ),
    LetterKind("reopened", "Looked at again", those_who_know, ("para 17",), signer=MO, after=("reopen",)),
    LetterKind("merged", "One reference for two", complainant, ("para 5",), after=("merge",)),
    LetterKind("corrected", "Correction of what was sent", those_who_know, ("reg 34",), after=("correct",)),
    LetterKind(
        "restricted_contact", "How we may be reached", complainant, ("para 5",), signer=MO,
        after=("log", "record", "note_contact"),
    ),
    LetterKind(
        "challenge_reply", "Answer to a challenge", lambda attempt: ["body"], ("para 17",), signer=MO,
        after=("answer_challenge",),
    ),
)

KINDS = (*ASKING, *AT_THE_IOPC, *RESOLVING, *ENDING)
