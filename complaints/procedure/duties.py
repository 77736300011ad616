"""Every duty of the complaints procedure, with its provision, owner, recipients and day."""

from dataclasses import replace

from complaints.models import Allegation, Subject
from panel.casework import retention_steps
from panel.casework.shared_steps import review_restriction
from panel.law import clock
from panel.law.roles import Basis, Role
from panel.models import office_holder_slug
from panel.procedure.vocabulary import DutyKind

O, MO, CH = Role.OFFICER, Role.MONITORING_OFFICER, Role.CHAIRMAN  # noqa: E741


def target(name, start=None):
    """A due function: the panel's target of that name in working days, from the day of the step; None when unset."""

    def due(a):
        days = getattr(a.targets, name)
        return clock.working_days(start(a) if start else a.on, days) if days else None

    return due


def since_recording(a):
    """The day the copies are counted from: that of recording, until a copy has been decided on once (reg 31)."""
    whose = {s.pk for s in a.answers["subjects"]}
    before = (e for e in a.look.in_force if e.step == "decide_copies" and e.number < a.entry.number)
    recorded = a.look.last("record", "refer_to_iopc")
    return a.on if recorded is None or any(whose & set(e.answers.get("subjects", ())) for e in before) else recorded.on


def complainant(a):
    """The complainant, where there is one who can be told; a conduct matter is nobody's complaint (regs 11, 16)."""
    theirs = not a.parts or any(not a.facts.is_conduct_matter(p) for p in a.parts)
    return [Role.COMPLAINANT.value] if theirs and a.facts.complainant_can_be_told else []


def office_holders(a):
    """Every office holder it is about."""
    return a.facts.holders()


def those_told(a):
    """The complainant, and the office holders who know of the complaint."""
    return complainant(a) + a.facts.told_holders()


def both(a):
    """Both sides."""
    return a.facts.sides()


def iopc(a):
    """The IOPC."""
    return [Role.IOPC.value]


ACKNOWLEDGE = DutyKind(
    "acknowledge", "Acknowledge the complaint to {to}", O, ("para 4", "reg 9"), due=target("acknowledge_days"),
    to=complainant, notice=True, step="give_notice",
)  # fmt: skip
DECIDE_RECORDING = DutyKind(
    "decide_recording", "Decide whether to record", O, ("para 5", "reg 9"), due=target("record_days"),
    per_part=True, step="record",
)  # fmt: skip
PRESERVE = DutyKind(
    "preserve_evidence", "Keep the evidence safe", O, ("reg 8",), Basis.LAW, step="record_evidence_step",
    needed=lambda a: any(a.look.procedure.state(p.status).open for p in a.look.parts),
)  # fmt: skip
CHASE = DutyKind(
    "chase", "Chase {to} for the missing information", O, ("para 7", "reg 9"),
    due=lambda a: clock.given(a.answers["by_when"]) if a.answers.get("by_when") else target("chase_days")(a),
    to=complainant, while_in=("awaiting_information",), step="resume",
)  # fmt: skip
TELL_REDIRECTED = DutyKind(
    "tell_redirected", "Tell {to} that it is not for the Panel, and why", O, ("para 2", "reg 10", "reg 37"), Basis.LAW,
    to=complainant, notice=True, step="give_notice", lapses_at_end=False,
)  # fmt: skip
NOTIFY_OTHER = DutyKind(  # the law orders it of a complaint for another panel, and of no other
    "notify_other", "Notify the Panel it is for", O, ("para 2", "reg 9"), Basis.LAW, notice=True,
    when=lambda a: a.answers["reason"] == Allegation.Redirected.OTHER_PANEL,
    to=lambda a: ["body"], step="give_notice", lapses_at_end=False,
)  # fmt: skip
PASS_ON = DutyKind(
    "pass_on", "Pass it to the body it is for", O, ("para 2",), Basis.GUIDANCE, notice=True,
    when=lambda a: a.answers["reason"] != Allegation.Redirected.OTHER_PANEL,
    to=lambda a: ["body"], step="give_notice", lapses_at_end=False,
)  # fmt: skip
TELL_NOT_RECORDED = DutyKind(
    "tell_not_recorded", "Tell {to} that it is not recorded, which part and on what grounds", O,
    ("para 8", "reg 10", "reg 37"), Basis.LAW, to=complainant, notice=True, step="give_notice", lapses_at_end=False,
)  # fmt: skip
COPY_OF_RECORD = DutyKind(
    "copy_of_record", "Send {to} a copy of the record", O, ("para 6", "reg 31"), Basis.LAW, to=complainant,
    due=target("copies_days"), notice=True, step="give_notice",
)  # fmt: skip
DECIDE_COPIES = DutyKind(
    "decide_copies", "Decide what copy of the complaint the office holder gets", O, ("para 6", "reg 31"), Basis.LAW,
    due=target("copies_days"), step="decide_copies",
    when=lambda a: not a.case.conduct_matter and any(s.copy == "" for s in a.facts.subjects),
    needed=lambda a: any(s.copy == "" for s in a.facts.subjects),
)  # fmt: skip
COPY_OF_COMPLAINT = DutyKind(
    "copy_of_complaint", "Send {to} a copy of the complaint", O, ("para 6", "reg 31"), Basis.LAW,
    to=lambda a: [
        office_holder_slug(s.office_holder)
        for s in a.answers["subjects"]
        if a.answers["copy"] in (Subject.Copy.FULL, Subject.Copy.ANONYMISED)
    ],
    due=target("copies_days", since_recording), notice=True, step="give_notice",
)  # fmt: skip
REVIEW_COPY = DutyKind(
    "review_copy", "Review the copy withheld from {to}", MO, ("para 6", "reg 31"), Basis.LAW,
    when=lambda a: a.answers["copy"] == Subject.Copy.WITHHELD,
    to=lambda a: [office_holder_slug(s.office_holder) for s in a.answers["subjects"]],
    due=lambda a: clock.calendar_days(a.on, a.targets.review_days) if a.targets.review_days else None,
    step="decide_copies",
    # As long as it is withheld, a closed complaint's too; where the Regulations no longer apply there is no copy to come.
    needed=lambda a: any(a.look.procedure.state(p.status).open or p.status == "closed" for p in a.look.parts),
    lapses_at_end=False,
)  # fmt: skip
REVIEW_COPY_AGAIN = replace(
    REVIEW_COPY,
    when=None,
    to=lambda a: [office_holder_slug(s.office_holder) for s in a.facts.subjects if s.copy == "withheld"],
)
CONSIDER = DutyKind(
    "consider", "Decide how it is handled", CH, ("para 7", "reg 15"), due=target("consider_days"), per_part=True,
    step="filter",
)  # fmt: skip
REFER = DutyKind(
    "refer_to_iopc", "Refer to the IOPC", O, ("para 3", "reg 13"), Basis.LAW,
    due=lambda a: clock.iopc_referral(a.answers["clear_on"]), per_part=True, step="refer_to_iopc",
)  # fmt: skip
REFER_AGAIN = replace(  # reopened while the IOPC still has to have it
    REFER, due=lambda a: clock.iopc_referral(a.on), which=lambda a: [p for p in a.parts if p.due_to_iopc]
)
TELL_REFERRED = DutyKind(
    "tell_referred", "Tell {to} that it went to the IOPC", O, ("para 3", "reg 13", "reg 37"), Basis.LAW,
    to=lambda a: complainant(a) + (a.facts.holders() if a.answers["tell_office_holder"] else []),
    notice=True, step="give_notice",
)  # fmt: skip
IOPC_DECIDES = DutyKind(
    "iopc_decides", "to decide whether to investigate", Role.IOPC, ("para 3", "reg 14(2)"), Basis.LAW, per_part=True,
    step="iopc_refers_back",
)  # fmt: skip
TELL_REFERRED_BACK = DutyKind(
    "tell_referred_back", "Tell {to} that the IOPC has referred it back", O, ("para 3", "reg 14(2)", "reg 37"),
    Basis.LAW, to=those_told, notice=True, step="give_notice",
)  # fmt: skip
TELL_ROUTE = DutyKind(
    "tell_route", "Tell {to} of the decision on how it is handled", O, ("para 7", "reg 15", "reg 37"), Basis.LAW,
    to=those_told, due=target("notice_days"), notice=True, step="give_notice",
)  # fmt: skip
APPOINT = DutyKind(
    "appoint_sub_panel", "Appoint the sub-panel", CH, ("para 11",), due=target("carry_out_days"), per_part=True,
    when=lambda a: a.answers["route"] in ("sub_panel_resolves", "sub_panel_considers"), step="appoint_sub_panel",
)  # fmt: skip
BEGIN_RESOLUTION = DutyKind(
    "begin_resolution", "Begin informal resolution", O, ("para 11", "reg 28"), due=target("carry_out_days"),
    per_part=True, when=lambda a: a.answers["route"] == "informal_resolution", step="resolve_informally",
)  # fmt: skip
TABLE = DutyKind(
    "take_to_panel", "Take it to the full Panel", O, ("para 16",), due=target("carry_out_days"), per_part=True,
    when=lambda a: a.answers["route"] == "full_panel", step="refer_to_full_panel",
)  # fmt: skip
CARRY_OUT = DutyKind(
    "carry_out", "Carry out the decision, then close", O, ("para 9", "reg 15"), due=target("carry_out_days"),
    per_part=True, when=lambda a: a.answers["route"] in ("no_action", "other_handling"), step="close",
)  # fmt: skip
CARRY_OUT_NO_ACTION = replace(CARRY_OUT, when=None)  # a sub-panel or the Panel decided it
AWAIT_COMMENTS = DutyKind(
    "await_comments", "to comment", Role.OFFICE_HOLDER, ("para 12", "reg 28"), Basis.TARGET,
    to=lambda a: [d.recipient for d, how in a.notes if how == "met" and d.kind == "invite_comments"],
    due=lambda a: clock.given(a.answers["answer_by"]) if a.answers.get("answer_by") else None,
    step="note_comments",
)  # fmt: skip
INVITE_COMMENTS = DutyKind(
    "invite_comments", "Invite {to} to comment", O, ("para 12", "reg 28"), Basis.LAW,
    to=lambda a: [side for side in a.facts.sides() if not a.facts.invited(side, a.on)],
    due=target("comment_days"), notice=True, follows=AWAIT_COMMENTS, step="give_notice",
)  # fmt: skip
ARRANGE_MEETING = DutyKind(
    "arrange_meeting", "Arrange the sub-panel’s meeting", O, ("para 11", "para 12"), while_in=("sub_panel",),
    due=lambda a: clock.given(a.answers["by_when"]) if a.answers.get("by_when") else None, step="arrange_meeting",
)  # fmt: skip
FILL_SEAT = DutyKind(
    "fill_seat", "Fill the empty seat on the sub-panel", CH, ("para 11",), while_in=("sub_panel", "informal_resolution"),
    due=target("carry_out_days"), again=True, step="replace_sub_panel_member",
    when=lambda a: any(role.to_entry_id == a.entry.pk for role in a.facts.sub_panel),
)  # fmt: skip
SUB_PANEL_MEETS = DutyKind(
    "sub_panel_meets", "to consider it", Role.SUB_PANEL, ("para 11", "para 12"), while_in=("sub_panel",),
    step="note_meeting",
    due=lambda a: clock.given(a.answers["by_when"]) if a.answers.get("by_when") else None,
)  # fmt: skip
PANEL_MEETS = DutyKind(
    "panel_meets", "to consider it", Role.PANEL, ("para 16",), while_in=("full_panel",), step="note_meeting",
    due=lambda a: clock.given(a.answers["meeting_on"]) if a.answers.get("meeting_on") else None,
)  # fmt: skip
TELL_NO_ACTION = DutyKind(
    "tell_no_action", "Tell {to} that no action is taken, and why", O, ("para 11", "reg 15", "reg 37"), Basis.LAW,
    to=those_told, due=target("notice_days"), notice=True, step="give_notice",
)  # fmt: skip
RESOLVE = DutyKind(
    "record_outcome", "Record the outcome", O, ("para 14", "reg 28"), while_in=("informal_resolution",),
    due=lambda a: clock.weeks(a.case.received_on, a.targets.conclude_weeks) if a.targets.conclude_weeks else None,
    step="record_outcome",
)  # fmt: skip
AWAIT_DOCUMENTS = DutyKind(
    "await_documents", "to provide what was asked for", Role.OFFICE_HOLDER, ("para 12",), Basis.TARGET,
    to=lambda a: [office_holder_slug(s.office_holder) for s in a.answers["subjects"]],
    due=lambda a: clock.given(a.answers["by_when"]), step="note_explanation",
)  # fmt: skip
COPY_OF_OUTCOME = DutyKind(
    "copy_of_outcome", "Send {to} a copy of the outcome", O, ("para 14", "reg 28"), Basis.LAW, to=both,
    due=target("notice_days"), notice=True, step="give_notice",
)  # fmt: skip
CONFIRM_WITHDRAWAL = DutyKind(
    "confirm_withdrawal", "Confirm the withdrawal to {to}", O, ("para 15", "reg 16"), Basis.LAW, to=those_told,
    notice=True, step="give_notice", lapses_at_end=False,
)  # fmt: skip
NOTIFY_IOPC = DutyKind(
    "notify_iopc", "Notify {to} of the withdrawal", O, ("para 15", "reg 16"), Basis.LAW, to=iopc, notice=True,
    when=lambda a: any(slugs.get("with_iopc") for slugs in a.counts.values()), step="give_notice", lapses_at_end=False,
)  # fmt: skip
REPORT = DutyKind(
    "report_to_panel", "Report it to the Panel", O, ("para 5",), Basis.GUIDANCE, step="give_notice", notice=True,
    to=lambda a: ["the_panel"], lapses_at_end=False,
)  # fmt: skip

SUSPENSION_REVIEW = DutyKind(
    "review_suspension", "Ask the IOPC whether the suspension goes on", O, ("para 3", "reg 22"), Basis.GUIDANCE,
    due=lambda a: clock.given(a.answers["review_on"]), per_part=True, step="iopc_lifts_suspension",
)  # fmt: skip
COMPLY = DutyKind(
    "comply_with_direction", "Do as the IOPC directs", MO, ("para 3", "reg 24"), Basis.LAW, per_part=True, step="filter",
    when=lambda a: a.answers["to"] == "recorded",
)  # fmt: skip
TELL_DISCONTINUED = DutyKind(
    "tell_discontinued", "Tell {to} that the IOPC has stopped, and what follows", O, ("para 3", "reg 24", "reg 37"),
    Basis.LAW, to=those_told, notice=True, step="give_notice", lapses_at_end=False,
)  # fmt: skip
TELL_PANEL = DutyKind(
    "tell_panel", "Tell the Panel how the IOPC concluded", O, ("para 5", "reg 25", "reg 26"), Basis.GUIDANCE,
    to=lambda a: ["the_panel"], notice=True, step="give_notice", lapses_at_end=False,
)  # fmt: skip
TELL_PROCEEDINGS = DutyKind(
    "tell_proceedings", "Tell {to} how the proceedings ended, and what follows", O, ("para 8", "reg 26", "reg 37"),
    Basis.LAW, to=those_told, notice=True, step="give_notice", lapses_at_end=False,
)  # fmt: skip
COURT_DECIDES = DutyKind(
    "court_decides", "to deal with it", Role.IOPC, ("para 8", "reg 26"), Basis.LAW,
    per_part=True, step="proceedings_end", when=lambda a: a.answers["to"] == "awaiting_proceedings",
    to=lambda a: ["a_prosecutor_or_a_court"],
)  # fmt: skip
RELEASE_COPY = DutyKind(
    "release_copy", "Decide again on the copy withheld from {to}", MO, ("para 6", "reg 31"), Basis.LAW,
    to=lambda a: [office_holder_slug(s.office_holder) for s in a.facts.subjects if s.kept_from_proceedings],
    step="decide_copies", lapses_at_end=False,
)  # fmt: skip
TELL_CONDUCT_MATTER = DutyKind(
    "tell_conduct_matter", "Tell {to} that the IOPC treats it as a conduct matter", O, ("para 15", "reg 16", "reg 37"),
    Basis.LAW, to=lambda a: a.facts.told_holders(), notice=True, step="give_notice",
)  # fmt: skip
REVIEW_RESTRICTION = review_restriction(("para 6",))
SEND_PAPERS = DutyKind(
    "send_papers", "Send the papers for the meeting", O, ("para 11", "para 12"), Basis.GUIDANCE, to=lambda a: ["members"],
    due=lambda a: clock.clear_days(a.answers["meets_on"]) if a.answers.get("meets_on") else None, notice=True,
    step="give_notice",
)  # fmt: skip
AWAIT_REPRESENTATIONS = DutyKind(
    "await_representations", "to say what they think of publication", Role.OFFICE_HOLDER, ("para 14", "reg 28"), to=both,
    due=lambda a: clock.given(a.answers["by_when"]), step="note_representations", lapses_at_end=False,
)  # fmt: skip
DECIDE_PUBLICATION = DutyKind(
    "decide_publication", "Decide whether the outcome is published", CH, ("para 14", "reg 28"),
    due=lambda a: clock.working_days(a.answers["by_when"], a.targets.consider_days) if a.targets.consider_days else None,
    step="decide_publication", lapses_at_end=False,
)  # fmt: skip
PUBLISH = DutyKind(
    "publish", "Publish the record of the outcome", O, ("para 14", "reg 28"), to=lambda a: ["the_public"], notice=True,
    when=lambda a: a.answers["publish"] == "yes", step="give_notice", lapses_at_end=False,
)  # fmt: skip
AWAIT_ANSWER = DutyKind(
    "await_answer", "to answer the recommendations", Role.OFFICE_HOLDER, ("para 14", "s 28(6)"), Basis.LAW,
    to=lambda a: a.facts.told_holders(), when=lambda a: a.answers.get("outcome") == "recommendations",
    due=lambda a: clock.given(a.answers["answer_due"]) if a.answers.get("answer_due") else None, step="note_answer",
    lapses_at_end=False,
)  # fmt: skip
ANSWER_CHALLENGE = DutyKind(
    "answer_challenge", "Answer {to}", MO, ("para 17",), Basis.GUIDANCE, step="answer_challenge", again=True,
    to=lambda a: [f"challenge:{a.answers['body']}"],
    due=lambda a: clock.given(a.answers["by_when"]) if a.answers.get("by_when") else None, lapses_at_end=False,
)  # fmt: skip
DECIDE_COPIES_IF_RECORDED = replace(
    DECIDE_COPIES, when=lambda a: a.answers["to"] == "recorded" and DECIDE_COPIES.when(a)
)
SEND_PAPERS_ANEW = replace(SEND_PAPERS, when=lambda a: a.answers.get("meets_on") is not None)
PRESERVE_AGAIN = replace(PRESERVE, when=lambda a: a.answers["kind"] != "ended")
CONSIDER_IF_RECORDED = replace(CONSIDER, when=lambda a: a.answers["to"] == "recorded")
CONSIDER_REVERSAL = DutyKind(
    "consider_reversal", "Consider taking a step back, as asked", MO, ("para 5", "reg 34"), Basis.GUIDANCE, step="reverse",
    lapses_at_end=False,
)  # fmt: skip


def recorded_on_referral(a):
    """Whether the step puts an allegation on the record that was not there: a referral, or reopening (regs 9, 31)."""
    return any(slugs.get("recorded_by_it") for slugs in a.counts.values())


COPY_OF_RECORD_ON_REFERRAL = replace(COPY_OF_RECORD, when=recorded_on_referral)
DECIDE_COPIES_ON_REFERRAL = replace(DECIDE_COPIES, when=lambda a: recorded_on_referral(a) and DECIDE_COPIES.when(a))
COPY_OF_WHAT_WAS_ADDED = replace(  # an allegation recorded after the copy was decided on
    COPY_OF_COMPLAINT,
    to=lambda a: [office_holder_slug(s.office_holder) for s in a.facts.subjects if s.copy in ("full", "anonymised")],
    due=target("copies_days"),
)
DECIDE_RECORDING_AGAIN = replace(DECIDE_RECORDING, when=lambda a: a.answers["to"] == "received")
CONSIDER_AGAIN = replace(CONSIDER, when=lambda a: a.answers["to"] == "recorded")
CONFIRM_ERASURE, REVIEW_HOLD = retention_steps.DUTIES

DUTIES = tuple({v.key: v for v in reversed(dict(globals()).values()) if isinstance(v, DutyKind)}.values())[::-1]
