"""Duties that more than one chapter opens or closes, in the order in which a complaint meets them.

A duty of one chapter alone stands in that chapter.
"""

from dataclasses import replace

from complaints.keys import WITH_THE_IOPC, DutyKey, StateKey, StepKey
from complaints.models import Allegation, Subject
from complaints.procedure.recipients import complainant, day_of, target, the_commissioner
from complaints.procedure.regulation_15 import DISAPPLIES
from complaints.procedure.states import (
    BEFORE_THE_PANEL,
    FROM_RECORDED,
    ON_THE_RECORD,
    OPEN,
    OUTCOME,
    SUB_PANEL_SITS,
)
from panel.law import clock
from panel.law.roles import Basis, DayBasis, Role
from panel.models import office_holder_slug
from panel.procedure.machine import MENDED
from panel.procedure.vocabulary import DutyKind


def routed(*routes):
    """A `holds`: the duty's allegation still goes the route that it follows from."""
    return lambda attempt, duty: any(p.pk == duty.part_id and p.route in routes for p in attempt.look.parts)


def to_meet(attempt):
    """By when the sub-panel meets: the day that was set, else the panel's target."""
    return day_of("by_when")(attempt) or target("meet_days")(attempt)


DECIDE_RECORDING = DutyKind(
    "decide_recording", "Decide whether to record", Role.OFFICER, ("para 5", "reg 9"), Basis.LAW, due=target("record_days"),
    per_part=True, met_by="record", sleeps_in=("awaiting_information",),
)  # fmt: skip
PRESERVE = DutyKind(
    "preserve_evidence", "Keep the evidence safe", Role.OFFICER, ("reg 8",), Basis.LAW, met_by="record_evidence_step",
    continuing=True,
    still_needed=lambda attempt: any(attempt.look.procedure.state(p.status).open for p in attempt.look.parts),
)  # fmt: skip
CHASE = DutyKind(
    "chase", "Chase {to} for the missing information", Role.OFFICER, ("para 7", "reg 9"),
    due=lambda attempt: clock.given(attempt.answers["by_when"])
    if attempt.answers.get("by_when")
    else target("chase_days")(attempt),
    recipients=complainant, open_in_states=("awaiting_information",), met_by="resume", asked_of="complainant",
)  # fmt: skip
COPY_OF_RECORD = DutyKind(
    "copy_of_record", "Send {to} a copy of the record", Role.OFFICER, ("para 6", "reg 31"), Basis.LAW,
    recipients=complainant,
    due=target("copies_days"), notice=True, met_by="give_notice", open_in_states=ON_THE_RECORD,
)  # fmt: skip
DECIDE_COPIES = DutyKind(
    "decide_copies", "Decide what copy of the complaint the office holder gets", Role.OFFICER, ("para 6", "reg 31"),
    Basis.LAW, due=target("copies_days"), met_by="decide_copies", open_in_states=FROM_RECORDED,
    sleeps_in=("awaiting_information",),
    when=lambda attempt: not attempt.case.conduct_matter and any(s.copy == "" for s in attempt.facts.subjects),
    still_needed=lambda attempt: any(s.copy == "" for s in attempt.facts.subjects),
)  # fmt: skip
REVIEW_COPY = DutyKind(
    "review_copy", "Review the copy withheld from {to}", Role.MONITORING_OFFICER, ("para 6", "reg 31"), Basis.LAW,
    when=lambda attempt: attempt.answers["copy"] == Subject.Copy.WITHHELD,
    recipients=lambda attempt: [office_holder_slug(s.office_holder) for s in attempt.answers["subjects"]],
    due=target("review_days"),
    met_by="decide_copies",
    # It is reviewed as long as it is withheld, even of a closed complaint; where the Regulations no longer apply, as
    # after a withdrawal, no copy is to come.
    open_in_states=(*FROM_RECORDED, StateKey.CLOSED), sleeps_in=("awaiting_information",), continuing=True,
    holds=lambda attempt, duty: any(
        s.copy == Subject.Copy.WITHHELD and office_holder_slug(s.office_holder) == duty.recipient
        for s in attempt.facts.subjects
    ),
)  # fmt: skip
CONSIDER = DutyKind(
    "consider", "Decide how it is handled", Role.CHAIRMAN, ("para 7", "reg 15"), due=target("consider_days"),
    per_part=True, met_by="filter", sleeps_in=("awaiting_information",),
)  # fmt: skip
APPOINT = DutyKind(
    "appoint_sub_panel", "Appoint the sub-panel", Role.CHAIRMAN, ("para 11",), due=target("carry_out_days"),
    per_part=True, when=lambda attempt: attempt.answers["route"] in ("sub_panel_resolves", "sub_panel_considers"),
    met_by="appoint_sub_panel", holds=routed("sub_panel_resolves", "sub_panel_considers"),
)  # fmt: skip
BEGIN_RESOLUTION = DutyKind(
    "begin_resolution", "Begin informal resolution", Role.OFFICER, ("para 11", "reg 28"), due=target("carry_out_days"),
    per_part=True, when=lambda attempt: attempt.answers["route"] == "informal_resolution", met_by="resolve_informally",
    open_in_states=("filtered",), holds=routed("informal_resolution"),
)  # fmt: skip
TABLE = DutyKind(
    "take_to_panel", "Take it to the full Panel", Role.OFFICER, ("para 16",), due=target("carry_out_days"),
    per_part=True, when=lambda attempt: attempt.answers["route"] == "full_panel", met_by="refer_to_full_panel",
    open_in_states=("filtered",), holds=routed("full_panel"),
)  # fmt: skip
CARRY_OUT = DutyKind(
    "carry_out", "Carry out the decision, then close", Role.OFFICER, ("para 9", "reg 15"), due=target("carry_out_days"),
    per_part=True, when=lambda attempt: attempt.answers["route"] in DISAPPLIES, met_by="close",
    open_in_states=("filtered",), holds=routed(*DISAPPLIES),
)  # fmt: skip
FILL_SEAT = DutyKind(
    "fill_seat", "Fill the empty seat on the sub-panel", Role.CHAIRMAN, ("para 11",),
    open_in_states=SUB_PANEL_SITS, due=target("carry_out_days"), repeatable=True,
    met_by="replace_sub_panel_member",
    when=lambda attempt: any(role.to_entry_id == attempt.entry.pk for role in attempt.facts.sub_panel)
    and any(p.status in SUB_PANEL_SITS for p in attempt.look.parts),
)  # fmt: skip
AWAIT_COMMENTS = DutyKind(
    "await_comments", "to comment", Role.OFFICE_HOLDER, ("para 12", "reg 28"), Basis.TARGET,
    recipients=lambda attempt: [
        d.recipient for d, how in attempt.closed_duties if how == "met" and d.kind == DutyKey.INVITE_COMMENTS
    ],
    due=lambda attempt: clock.given(attempt.answers["answer_by"]) if attempt.answers.get("answer_by") else None,
    met_by="note_comments", open_in_states=BEFORE_THE_PANEL,
)  # fmt: skip
INVITE_COMMENTS = DutyKind(
    "invite_comments", "Invite {to} to comment", Role.OFFICER, ("para 12", "reg 28"), Basis.LAW,
    recipients=lambda attempt: [side for side in attempt.facts.sides() if not attempt.facts.invited(side, attempt.on)],
    due=target("comment_days"), notice=True, then_opens=AWAIT_COMMENTS, met_by="give_notice",
    open_in_states=BEFORE_THE_PANEL,
)  # fmt: skip
SUB_PANEL_MEETS = DutyKind(
    "sub_panel_meets", "to consider it", Role.SUB_PANEL, ("para 11", "para 12"), open_in_states=("sub_panel",),
    carries=True,
    met_by="note_meeting",
    due=to_meet,
)  # fmt: skip
PANEL_MEETS = DutyKind(
    "panel_meets", "to consider it", Role.PANEL, ("para 16",), open_in_states=("full_panel",), met_by="note_meeting",
    carries=True,
    due=lambda attempt: clock.given(attempt.answers["meeting_on"]) if attempt.answers.get("meeting_on") else None,
)  # fmt: skip


def concluding_begins(attempt):
    """Whether the step is that from which the panel counts its aim to conclude: receipt, or what it has said instead."""
    begins = {"recording": StepKey.RECORD, "appointment": StepKey.APPOINT_SUB_PANEL}
    return attempt.step.key == begins.get(attempt.targets.conclude_from, StepKey.LOG)


CONCLUDE = DutyKind(  # the Panel's aim, from receipt: seen from the first day, and never what comes next
    "conclude", "Conclude the complaint", Role.OFFICER, ("para 5",), continuing=True,
    when=lambda attempt: attempt.targets.conclude_weeks is not None and concluding_begins(attempt),
    due=target("conclude_weeks", lambda attempt: attempt.case.received_on),
    met_by="record_outcome", open_in_states=tuple(k for k in OPEN if k not in (*WITH_THE_IOPC, "outcome_recorded")),
    sleeps_in=WITH_THE_IOPC,
    # Before it was shown from receipt, it was opened with informal resolution; a conduct matter is not concluded so.
    owed_before=lambda attempt: (
        attempt.targets.conclude_weeks is not None
        and attempt.facts.somebody_complained
        and not any(p.status in OUTCOME for p in attempt.look.parts)
    ),
)  # fmt: skip
NEXT_PROGRESS = DutyKind(  # the law is silent; where the Panel writes every so many weeks, each letter opens the next
    "write_about_progress", "Write to {to} about progress", Role.OFFICER, ("para 5",), recipients=complainant,
    when=lambda attempt: bool(attempt.targets.progress_weeks),
    due=lambda attempt: clock.weeks(attempt.on, attempt.targets.progress_weeks) if attempt.targets.progress_weeks else None,
    notice=True, met_by="give_notice", open_in_states=OPEN,
)  # fmt: skip
PROGRESS = replace(NEXT_PROGRESS, then_opens=NEXT_PROGRESS)
RESOLVE = DutyKind(
    "record_outcome", "Record the outcome", Role.OFFICER, ("para 14", "reg 28"), open_in_states=("informal_resolution",),
    met_by="record_outcome",
)  # fmt: skip
DECIDE_AFTER_MEETING = DutyKind(
    "decide_after_meeting", "Record what was decided, or arrange the next meeting", Role.OFFICER, ("para 11", "para 16"),
    per_part=True, met_by="resolve_informally", open_in_states=("sub_panel", "full_panel"),
)  # fmt: skip
ANSWERED_UNDER = ("para 14", "s 29(3)", "s 29(4)")
AWAIT_ANSWER = DutyKind(  # the day is the Panel's, and binds (s 29(3))
    "await_answer", "to answer the report or recommendations", Role.OFFICE_HOLDER, ANSWERED_UNDER, Basis.LAW,
    recipients=the_commissioner, when=lambda attempt: attempt.answers.get("outcome") == Allegation.Outcome.REPORT,
    due=day_of("answer_due"), day_basis=DayBasis.PANEL, met_by="note_answer", open_in_states=OUTCOME,
    holds=lambda attempt, duty: any(p.outcome == Allegation.Outcome.REPORT for p in attempt.look.parts),
)  # fmt: skip


def asked_as_by_law(attempt):
    """Whether a recommendation within an informal resolution was noted as one that the law wants answered, and was not
    answered before an upgrade ended that duty."""
    mended = (d for d in attempt.look.duties if d.closed_by_id and d.closed_by.step == MENDED)
    return any(d.kind == DutyKey.AWAIT_ANSWER for d in mended) and any(
        p.outcome == Allegation.Outcome.RECOMMENDATIONS for p in attempt.look.parts
    )


AWAIT_REPLY = DutyKind(  # within an informal resolution nothing orders an answer
    "await_reply", "to say what becomes of the recommendation", Role.OFFICE_HOLDER, ("para 14", "reg 28"), Basis.GUIDANCE,
    recipients=lambda attempt: attempt.facts.told_holders(), due=day_of("reply_by"),
    when=lambda attempt: attempt.answers.get("outcome") == Allegation.Outcome.RECOMMENDATIONS,
    met_by="note_answer", open_in_states=OUTCOME, owed_before=asked_as_by_law,
)  # fmt: skip
MOST_CHASERS = 3  # to one person for one answer: a reminder, a second, and a last one


def they_owe(attempt):
    """[(to whom, by which day or None)] of each answer that the step begins to wait for."""
    met = {d.kind for d, how in attempt.closed_duties if how == "met"}
    kinds = [k for k in attempt.step.opens if k.key in CHASED]
    kinds += [AWAIT_COMMENTS] if DutyKey.INVITE_COMMENTS in met else []
    return [
        (to, kind.due(attempt))
        for kind in kinds
        if not kind.when or kind.when(attempt)
        for to in kind.recipients(attempt)
    ]


def chaser_due(attempt):
    """So many working days after the day by which they were to answer, or after the last chaser."""
    days = [count.day for _, count in they_owe(attempt) if count]
    return clock.working_days(max(days, default=attempt.on), attempt.targets.answer_chase_days)


def chased_before(attempt):
    """Whom the step chases, unless they have had the last chaser."""
    met = [d.recipient for d, how in attempt.closed_duties if how == "met" and d.kind == NEXT_CHASER.key]
    had = [d.recipient for d in attempt.look.duties if d.kind == NEXT_CHASER.key and d.closed_how == "met"]
    return [to for to in met if had.count(to) + 1 < MOST_CHASERS]


CHASED = (DutyKey.AWAIT_COMMENTS, DutyKey.AWAIT_ANSWER, DutyKey.AWAIT_REPLY)
NEXT_CHASER = DutyKind(
    "chase_answer", "Chase {to} for an answer", Role.OFFICER, ("para 12", "para 14"), recipients=chased_before,
    when=lambda attempt: bool(attempt.targets.answer_chase_days), due=chaser_due,
    notice=True, met_by="give_notice", open_in_states=OPEN,
    holds=lambda attempt, duty: any(
        d.kind in CHASED and d.recipient == duty.recipient for d in attempt.look.open_duties
    ),
)  # fmt: skip
CHASE_ANSWER = replace(  # what somebody outside owes is theirs; that they are reminded is the officer's
    NEXT_CHASER, recipients=lambda attempt: [to for to, _ in they_owe(attempt)], then_opens=NEXT_CHASER
)
PUBLISH_REPORT = DutyKind(
    "publish_report", "Publish the report or recommendations", Role.OFFICER, ("s 28(7)",), Basis.LAW,
    recipients=lambda attempt: ["the_public"],
    when=lambda attempt: attempt.answers.get("outcome") == Allegation.Outcome.REPORT,
    notice=True, met_by="give_notice", open_in_states=OUTCOME,
)  # fmt: skip
REFER = DutyKind(
    "refer_to_iopc", "Refer to the IOPC", Role.OFFICER, ("para 3", "reg 13"), Basis.LAW,
    due=lambda attempt: clock.iopc_referral(attempt.answers["clear_on"]), day_basis=DayBasis.LAW, per_part=True,
    met_by="refer_to_iopc", holds=lambda attempt, duty: attempt.facts.due_to_iopc(duty),
)  # fmt: skip
IOPC_DECIDES = DutyKind(
    "iopc_decides", "to decide whether to investigate", Role.IOPC, ("para 3", "reg 14(2)"), Basis.LAW, per_part=True,
    met_by="iopc_refers_back",
)  # fmt: skip
COURT_DECIDES = DutyKind(
    "court_decides", "to deal with it", Role.IOPC, ("para 8", "reg 26"), Basis.LAW,
    per_part=True, met_by="proceedings_end", when=lambda attempt: attempt.answers["to"] == "awaiting_proceedings",
    recipients=lambda attempt: ["a_prosecutor_or_a_court"],
)  # fmt: skip
COMPLY = DutyKind(
    "comply_with_direction", "Do as the IOPC directs", Role.CHAIRMAN, ("para 3", "reg 24"), Basis.LAW, DayBasis.DIRECTED,
    per_part=True, met_by="filter", when=lambda attempt: attempt.answers["to"] == "recorded",
    sleeps_in=("awaiting_information",),
)  # fmt: skip


def recorded_on_referral(attempt):
    """Whether the step puts an allegation on the record that was not there: a referral, or reopening (regs 9, 31)."""
    return any(slugs.get("recorded_by_it") for slugs in attempt.report_slugs.values())


COPY_OF_RECORD_ON_REFERRAL = replace(COPY_OF_RECORD, when=recorded_on_referral)
DECIDE_COPIES_ON_REFERRAL = replace(
    DECIDE_COPIES, when=lambda attempt: recorded_on_referral(attempt) and DECIDE_COPIES.when(attempt)
)


# What carries a complaint on while the IOPC has it, and once it has an outcome

IOPC_INVESTIGATES = DutyKind(
    "iopc_investigates", "to conclude its investigation", Role.IOPC, ("para 3", "reg 18"), Basis.LAW, per_part=True,
    met_by="iopc_discontinues", open_in_states=("with_iopc",),
)  # fmt: skip
CLOSE_IT = DutyKind(
    "close_it", "Close it, or ask both sides about publishing", Role.OFFICER, ("para 5", "para 14"), per_part=True,
    met_by="close", open_in_states=("outcome_recorded",),
)  # fmt: skip

# Appointing a sub-panel

ARRANGE_MEETING = DutyKind(
    "arrange_meeting", "Arrange the sub-panel’s meeting", Role.OFFICER, ("para 11", "para 12"),
    carries=True,
    open_in_states=("sub_panel",),
    due=to_meet,
    met_by="arrange_meeting",
)  # fmt: skip
ARRANGE_NEXT_MEETING = DutyKind(
    "arrange_next_meeting", "Arrange the next meeting", Role.OFFICER, ("para 11", "para 12", "para 16"),
    carries=True,
    open_in_states=BEFORE_THE_PANEL, met_by="arrange_meeting",
    when=lambda attempt: not attempt.answers.get("meets_on"),
)  # fmt: skip
