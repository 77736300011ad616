"""Duties that more than one chapter opens or closes, in the order in which a complaint meets them.

A duty of one chapter alone stands in that chapter.
"""

from dataclasses import replace

from complaints.models import Subject
from complaints.procedure.recipients import complainant, target
from complaints.procedure.regulation_15 import DISAPPLIES
from panel.law import clock
from panel.law.roles import Basis, Role
from panel.models import office_holder_slug
from panel.procedure.vocabulary import DutyKind

DECIDE_RECORDING = DutyKind(
    "decide_recording", "Decide whether to record", Role.OFFICER, ("para 5", "reg 9"), due=target("record_days"),
    per_part=True, step="record",
)  # fmt: skip
PRESERVE = DutyKind(
    "preserve_evidence", "Keep the evidence safe", Role.OFFICER, ("reg 8",), Basis.LAW, step="record_evidence_step",
    needed=lambda a: any(a.look.procedure.state(p.status).open for p in a.look.parts),
)  # fmt: skip
CHASE = DutyKind(
    "chase", "Chase {to} for the missing information", Role.OFFICER, ("para 7", "reg 9"),
    due=lambda a: clock.given(a.answers["by_when"]) if a.answers.get("by_when") else target("chase_days")(a),
    to=complainant, while_in=("awaiting_information",), step="resume",
)  # fmt: skip
COPY_OF_RECORD = DutyKind(
    "copy_of_record", "Send {to} a copy of the record", Role.OFFICER, ("para 6", "reg 31"), Basis.LAW, to=complainant,
    due=target("copies_days"), notice=True, step="give_notice",
)  # fmt: skip
DECIDE_COPIES = DutyKind(
    "decide_copies", "Decide what copy of the complaint the office holder gets", Role.OFFICER, ("para 6", "reg 31"),
    Basis.LAW, due=target("copies_days"), step="decide_copies",
    when=lambda a: not a.case.conduct_matter and any(s.copy == "" for s in a.facts.subjects),
    needed=lambda a: any(s.copy == "" for s in a.facts.subjects),
)  # fmt: skip
REVIEW_COPY = DutyKind(
    "review_copy", "Review the copy withheld from {to}", Role.MONITORING_OFFICER, ("para 6", "reg 31"), Basis.LAW,
    when=lambda a: a.answers["copy"] == Subject.Copy.WITHHELD,
    to=lambda a: [office_holder_slug(s.office_holder) for s in a.answers["subjects"]],
    due=lambda a: clock.calendar_days(a.on, a.targets.review_days) if a.targets.review_days else None,
    step="decide_copies",
    # It is reviewed as long as it is withheld, even of a closed complaint; where the Regulations no longer apply, as
    # after a withdrawal, no copy is to come.
    needed=lambda a: any(a.look.procedure.state(p.status).open or p.status == "closed" for p in a.look.parts),
    lapses_at_end=False,
)  # fmt: skip
CONSIDER = DutyKind(
    "consider", "Decide how it is handled", Role.CHAIRMAN, ("para 7", "reg 15"), due=target("consider_days"),
    per_part=True, step="filter",
)  # fmt: skip
APPOINT = DutyKind(
    "appoint_sub_panel", "Appoint the sub-panel", Role.CHAIRMAN, ("para 11",), due=target("carry_out_days"),
    per_part=True, when=lambda a: a.answers["route"] in ("sub_panel_resolves", "sub_panel_considers"),
    step="appoint_sub_panel",
)  # fmt: skip
BEGIN_RESOLUTION = DutyKind(
    "begin_resolution", "Begin informal resolution", Role.OFFICER, ("para 11", "reg 28"), due=target("carry_out_days"),
    per_part=True, when=lambda a: a.answers["route"] == "informal_resolution", step="resolve_informally",
)  # fmt: skip
TABLE = DutyKind(
    "take_to_panel", "Take it to the full Panel", Role.OFFICER, ("para 16",), due=target("carry_out_days"),
    per_part=True, when=lambda a: a.answers["route"] == "full_panel", step="refer_to_full_panel",
)  # fmt: skip
CARRY_OUT = DutyKind(
    "carry_out", "Carry out the decision, then close", Role.OFFICER, ("para 9", "reg 15"), due=target("carry_out_days"),
    per_part=True, when=lambda a: a.answers["route"] in DISAPPLIES, step="close",
)  # fmt: skip
FILL_SEAT = DutyKind(
    "fill_seat", "Fill the empty seat on the sub-panel", Role.CHAIRMAN, ("para 11",),
    while_in=("sub_panel", "informal_resolution"), due=target("carry_out_days"), again=True,
    step="replace_sub_panel_member", when=lambda a: any(role.to_entry_id == a.entry.pk for role in a.facts.sub_panel),
)  # fmt: skip
AWAIT_COMMENTS = DutyKind(
    "await_comments", "to comment", Role.OFFICE_HOLDER, ("para 12", "reg 28"), Basis.TARGET,
    to=lambda a: [d.recipient for d, how in a.notes if how == "met" and d.kind == "invite_comments"],
    due=lambda a: clock.given(a.answers["answer_by"]) if a.answers.get("answer_by") else None,
    step="note_comments",
)  # fmt: skip
INVITE_COMMENTS = DutyKind(
    "invite_comments", "Invite {to} to comment", Role.OFFICER, ("para 12", "reg 28"), Basis.LAW,
    to=lambda a: [side for side in a.facts.sides() if not a.facts.invited(side, a.on)],
    due=target("comment_days"), notice=True, follows=AWAIT_COMMENTS, step="give_notice",
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
RESOLVE = DutyKind(
    "record_outcome", "Record the outcome", Role.OFFICER, ("para 14", "reg 28"), while_in=("informal_resolution",),
    due=lambda a: clock.weeks(a.case.received_on, a.targets.conclude_weeks) if a.targets.conclude_weeks else None,
    step="record_outcome",
)  # fmt: skip
AWAIT_ANSWER = DutyKind(
    "await_answer", "to answer the recommendations", Role.OFFICE_HOLDER, ("para 14", "s 28(6)"), Basis.LAW,
    to=lambda a: a.facts.told_holders(), when=lambda a: a.answers.get("outcome") == "recommendations",
    due=lambda a: clock.given(a.answers["answer_due"]) if a.answers.get("answer_due") else None, step="note_answer",
    lapses_at_end=False,
)  # fmt: skip
REFER = DutyKind(
    "refer_to_iopc", "Refer to the IOPC", Role.OFFICER, ("para 3", "reg 13"), Basis.LAW,
    due=lambda a: clock.iopc_referral(a.answers["clear_on"]), per_part=True, step="refer_to_iopc",
)  # fmt: skip
IOPC_DECIDES = DutyKind(
    "iopc_decides", "to decide whether to investigate", Role.IOPC, ("para 3", "reg 14(2)"), Basis.LAW, per_part=True,
    step="iopc_refers_back",
)  # fmt: skip
COMPLY = DutyKind(
    "comply_with_direction", "Do as the IOPC directs", Role.MONITORING_OFFICER, ("para 3", "reg 24"), Basis.LAW,
    per_part=True, step="filter", when=lambda a: a.answers["to"] == "recorded",
)  # fmt: skip


def recorded_on_referral(a):
    """Whether the step puts an allegation on the record that was not there: a referral, or reopening (regs 9, 31)."""
    return any(slugs.get("recorded_by_it") for slugs in a.counts.values())


COPY_OF_RECORD_ON_REFERRAL = replace(COPY_OF_RECORD, when=recorded_on_referral)
DECIDE_COPIES_ON_REFERRAL = replace(DECIDE_COPIES, when=lambda a: recorded_on_referral(a) and DECIDE_COPIES.when(a))


# Appointing a sub-panel

ARRANGE_MEETING = DutyKind(
    "arrange_meeting", "Arrange the sub-panel’s meeting", Role.OFFICER, ("para 11", "para 12"), while_in=("sub_panel",),
    due=lambda a: clock.given(a.answers["by_when"]) if a.answers.get("by_when") else None, step="arrange_meeting",
)  # fmt: skip
