"""The complaints procedure: states and steps, a table and nothing else.

Sources: the procedure of December 2013 ("para") on top of SI 2012/62 ("reg"). Guards are in guards.py, duties in
duties.py, what a step asks in forms.py, what it does in effects.py.
"""

from complaints import duties as d
from complaints import effects as e
from complaints import forms as f
from complaints import guards as g
from panel import common as c
from panel.procedure import NEW, Procedure, State, Step, To
from panel.roles import Role

O, MO, CH, SP, FP = Role.OFFICER, Role.MONITORING_OFFICER, Role.CHAIRMAN, Role.SUB_PANEL, Role.PANEL  # noqa: E741
STAFF = (O, MO)

STATES = (
    State("received", "Received", 0, colour="blue"),
    State("awaiting_information", "Waiting for information", 0, colour="yellow", side="waiting for information"),
    State("recorded", "Recorded", 1, colour="blue"),
    State("referred_to_iopc", "Referred to the IOPC", 1, colour="orange", side="with the IOPC, which is deciding"),
    State("with_iopc", "With the IOPC", 1, colour="orange", side="the IOPC investigates"),
    State("filtered", "Route decided", 2, colour="teal"),
    State("sub_panel", "Sub-panel", 3, colour="teal"),
    State("full_panel", "Full Panel", 3, colour="teal"),
    State("informal_resolution", "Informal resolution", 3, colour="teal"),
    State("outcome_recorded", "Outcome recorded", 4, colour="green"),
    State("void", "Void", 5, open=False),
    State("not_recorded", "Not recorded", 5, open=False),
    State("redirected", "Redirected", 5, open=False),
    State("withdrawn", "Withdrawn", 5, open=False),
    State("closed", "Closed", 5, open=False),
)
STAGES = ("Received", "Recorded", "Route decided", "Being handled", "Outcome recorded", "Closed")
OPEN = tuple(s.key for s in STATES if s.open)
ENDS = tuple(s.key for s in STATES if not s.open)
ANY = OPEN + ENDS
FROM_RECORDED = tuple(k for k in OPEN if k not in ("received", "awaiting_information"))
HANDLED = ("filtered", "sub_panel", "full_panel", "informal_resolution")
FORWARD = (g.not_due_to_iopc,)
ON_RECORD = ("para 5", "reg 34")

THEMES = (
    ("behaviour_public", "Behaviour in public"),
    ("statements", "Statements and social media"),
    ("correspondence", "Answering correspondence"),
    ("interests", "Interests, gifts and hospitality"),
    ("expenses", "Expenses and use of resources"),
    ("staff", "Treatment of staff"),
    ("decisions", "How a decision was taken"),
    ("other", "Something else"),
)

STEPS = (
    Step(
        "log", "Log a complaint", (NEW,), "received", by=STAFF, under=("para 1", "para 4", "reg 9", "reg 34"),
        done="Complaint logged", button="Log the complaint", adds="case", form=f.LogForm, confirm=True,
        checks=(g.dates_in_order, g.iopc_date_in_order, g.subject_held_office), does=e.log,
        opens=(d.ACKNOWLEDGE, d.DECIDE_RECORDING, d.PRESERVE),
    ),
    Step(
        "ask_for_information", "Ask the complainant for more information", ("received", "recorded"),
        "awaiting_information", by=(O, MO, CH), under=("para 7", "reg 9"), done="More information asked for",
        button="Record that it was asked for", line="Progress waits until they answer.", each=FORWARD,
        form=f.AskForInformationForm, checks=(g.in_the_future("by_when", "The day by which they should answer"),),
        opens=(d.CHASE,),
    ),
    Step(
        "resume", "Go on after waiting for information", ("awaiting_information",), To.LEFT, by=STAFF,
        under=("para 7", "reg 9"), done="Went on after waiting", button="Go on",
        line="It goes back to where it waited.", form=f.ResumeForm, closes=(d.CHASE,),
    ),
    Step(
        "record", "Record it", ("received",), "recorded", by=STAFF, officer_if="officer_records",
        under=("para 5", "reg 9"), done="Recorded", button="Record the complaint",
        line="It goes on the record and to the Chairman; copies are due.", each=FORWARD, form=f.RecordForm, does=e.record,
        opens=(d.COPY_OF_RECORD, d.DECIDE_COPIES, d.COPY_OF_WHAT_WAS_ADDED, d.CONSIDER), closes=(d.DECIDE_RECORDING,),
    ),
    Step(
        "redirect", "Redirect it: not for this Panel",
        ("received", "recorded", "filtered", "sub_panel", "informal_resolution"), "redirected", by=STAFF,
        under=("para 2", "reg 9", "reg 10"), done="Redirected", button="Redirect it",
        line="It is not about the conduct of this Panel's office holder.",
        each=(g.not_due_to_iopc, g.seen_late_is_for_the_monitoring_officer), form=f.RedirectForm, does=e.redirect,
        opens=(d.TELL_REDIRECTED, d.NOTIFY_OTHER), closes=(d.DECIDE_RECORDING, d.CONSIDER),
        before=("It has gone too far to be redirected, or has ended.", ""),
    ),
    Step(
        "decline_to_record", "Decide not to record it", ("received",), "not_recorded", by=(MO,),
        under=("para 8", "reg 9", "reg 10"), done="Not recorded", button="Record the decision",
        line="Only for criminal proceedings, or when there is nothing to deal with.", each=FORWARD,
        form=f.DeclineToRecordForm, does=e.decline, opens=(d.TELL_NOT_RECORDED,), closes=(d.DECIDE_RECORDING,),
        before=("It is past the decision on recording.", ""),
    ),
    Step(
        "brief_chairman", "Write the note for the Chairman", ("received", "recorded"), To.SAME, by=(O,),
        under=("para 7",), done="Note for the Chairman", button="Save the note", about="case",
        line="What the evidence shows, beside the decision.", form=f.BriefChairmanForm,
    ),
    Step(
        "advise", "Advise the Chairman", ("received", "awaiting_information", "recorded", "filtered"), To.SAME, by=(MO,),
        under=("para 7", "reg 15"), done="Monitoring Officer advised", button="Give the advice",
        line="The Chairman reads it beside the decision.", form=f.AdviseForm,
    ),
    Step(
        "decide_copies", "Decide the office holder’s copy", FROM_RECORDED, To.SAME, by=STAFF,
        under=("para 6", "reg 31"), done="Copy of the complaint decided", button="Record the decision", about="case",
        line="Full, anonymised or withheld.", guards=(g.copies_can_be_decided,), form=f.DecideCopiesForm,
        checks=(g.withholding_needs_a_ground,), does=e.decide_copies, opens=(d.COPY_OF_COMPLAINT, d.REVIEW_COPY),
        closes=(d.DECIDE_COPIES,),
        before=("It is not recorded yet, so there is no copy to decide on.", "record it."),
    ),
    Step(
        "filter", "Decide how it is handled", ("recorded",), "filtered", by=(CH, O), decided_by=(CH,),
        under=("para 7", "para 9", "para 10", "reg 15", "reg 27", "reg 28"), done="Route decided",
        button="Confirm decision", line="Six routes, with the Monitoring Officer's advice beside them.", confirm=True,
        each=FORWARD, form=f.FilterForm,
        checks=(
            g.monitoring_officer_consulted, g.both_parts_of_the_test, g.twelve_months_have_passed, g.decider_could_decide,
        ),
        does=e.route, opens=(d.TELL_ROUTE, d.APPOINT, d.BEGIN_RESOLUTION, d.TABLE, d.CARRY_OUT), closes=(d.CONSIDER,),
        before=("It is not recorded and waiting for the Chairman.", "record it."),
    ),
    Step(
        "appoint_sub_panel", "Appoint a sub-panel", ("filtered",), "sub_panel", by=(CH, O), decided_by=(CH,),
        under=("para 11", "reg 28"), done="Sub-panel appointed", button="Appoint the sub-panel",
        line="Three members in office, none with an interest.", each=(g.not_due_to_iopc, g.sent_to_sub_panel),
        form=f.AppointSubPanelForm,
        checks=(
            g.sub_panel_is_lawful, g.decider_could_decide, g.in_the_future("by_when", "The day by which it should meet"),
        ),
        does=e.appoint, opens=(d.INVITE_COMMENTS, d.SUB_PANEL_MEETS), closes=(d.APPOINT,),
        before=("The Chairman has not sent it to a sub-panel.", "the Chairman decides how it is handled."),
    ),
    Step(
        "replace_sub_panel_member", "Replace a member of the sub-panel", ("sub_panel", "informal_resolution"), To.SAME,
        by=(CH, O), decided_by=(CH,), under=("para 11", "reg 28"), done="Sub-panel member replaced",
        button="Replace the member", about="case", rare=True, guards=(g.a_sub_panel_was_appointed,),
        form=f.ReplaceMemberForm, checks=(g.replacement_is_lawful, g.decider_could_decide), does=e.replace_member,
        before=("No sub-panel deals with it.", "the Chairman appoints one."),
    ),
    Step(
        "refer_to_full_panel", "Refer it to the full Panel", ("filtered", "sub_panel", "informal_resolution"),
        "full_panel", by=(CH, SP, O), decided_by=(CH, SP), under=("para 16", "reg 28"), done="Referred to the full Panel",
        button="Refer it to the Panel", line="All members see it from then on.",
        each=(g.not_due_to_iopc, g.before_whom_it_is), form=f.ReferToFullPanelForm,
        checks=(
            g.decided_by_whom_it_was_before, g.decider_could_decide, g.in_the_future("meeting_on", "The day of the meeting"),
        ),
        does=e.table,
        opens=(d.PANEL_MEETS, d.INVITE_COMMENTS),
        closes=(d.TABLE, d.APPOINT, d.BEGIN_RESOLUTION, d.SUB_PANEL_MEETS, d.CARRY_OUT, d.RESOLVE),
        before=("The Chairman has not decided how it is handled.", "the Chairman decides how it is handled."),
    ),
    Step(
        "take_no_action", "Take no action", ("sub_panel", "full_panel"), "filtered", by=(SP, O), decided_by=(SP, FP),
        under=("para 11", "reg 15"), done="No action to be taken", button="Record the decision",
        line="Both parts of the test of regulation 15.",
        each=(g.not_due_to_iopc, g.before_whom_it_is), form=f.TakeNoActionForm,
        checks=(g.both_parts_of_the_test, g.twelve_months_have_passed, g.decided_by_whom_it_was_before), does=e.no_action,
        opens=(d.TELL_NO_ACTION, d.CARRY_OUT_NO_ACTION),
        closes=(d.SUB_PANEL_MEETS, d.PANEL_MEETS),
        before=("It is not before the sub-panel or the full Panel.", "the Chairman decides how it is handled."),
    ),
    Step(
        "resolve_informally", "Begin informal resolution", ("filtered", "sub_panel", "full_panel"), "informal_resolution",
        by=(CH, SP, O), decided_by=(CH, SP, FP), under=("para 11", "reg 27", "reg 28"), done="Informal resolution begun",
        button="Begin informal resolution", line="Both sides are invited to comment.",
        each=(g.not_due_to_iopc, g.route_is("informal_resolution"), g.before_whom_it_is), form=f.ResolveInformallyForm,
        checks=(g.decided_by_whom_it_was_before, g.decider_could_decide), does=e.resolve, opens=(d.INVITE_COMMENTS, d.RESOLVE),
        closes=(d.BEGIN_RESOLUTION, d.SUB_PANEL_MEETS, d.PANEL_MEETS),
        before=("It has no route to informal resolution yet.", "the Chairman decides how it is handled."),
    ),
    Step(
        "request_documents", "Ask the office holder for documents", FROM_RECORDED, To.SAME, by=(O, MO, SP),
        under=("para 12", "reg 28"), done="Documents asked for", button="Record the request", about="case",
        line="There is no formal investigation.", form=f.RequestDocumentsForm,
        checks=(g.in_the_future("by_when", "The day"),), opens=(d.AWAIT_DOCUMENTS,), rare=True,
    ),
    Step(
        "request_attendance", "Ask the office holder to attend", FROM_RECORDED, To.SAME, by=(O, MO, SP),
        under=("para 12", "reg 28"), done="Attendance asked for", button="Record the request", about="case",
        form=f.RequestAttendanceForm, checks=(g.in_the_future("by_when", "The day"),), opens=(d.AWAIT_DOCUMENTS,),
        rare=True,
    ),
    Step(
        "note_comments", "Note comments", FROM_RECORDED, To.SAME, by=(O, MO, SP), under=("para 12", "reg 28"),
        done="Comments noted", button="Save the comments", about="case",
        line="Or that they chose not to comment.", form=f.NoteCommentsForm, does=e.note_reply,
    ),
    Step(
        "note_meeting", "Note a meeting", FROM_RECORDED, To.SAME, by=(O, MO, SP), under=("para 11", "para 12", "reg 28"),
        done="Meeting noted", button="Save the note", about="case", form=f.NoteMeetingForm, does=e.met,
    ),
    Step(
        "note_explanation", "Note an explanation", FROM_RECORDED, To.SAME, by=(O, MO, SP), under=("para 12", "reg 28"),
        done="Explanation noted", button="Save the explanation", about="case", form=f.NoteExplanationForm,
        does=e.note_reply, rare=True,
    ),
    Step(
        "note_apology", "Note an apology", FROM_RECORDED, To.SAME, by=(O, MO, SP), under=("para 12", "reg 28"),
        done="Apology noted", button="Save the apology", about="case", line="Only as the office holder agreed to it.",
        form=f.NoteApologyForm, rare=True,
    ),
    Step(
        "note_opinion", "Note the sub-panel’s opinion", ("sub_panel", "full_panel", "informal_resolution"), To.SAME,
        by=(O, MO, SP), under=("para 13",), done="Opinion noted", button="Save the opinion", about="case",
        line="An opinion, not a finding.", form=f.NoteOpinionForm, rare=True,
        before=("Nobody has looked into it yet.", "the Chairman decides how it is handled."),
    ),
    Step(
        "record_outcome", "Record the outcome", ("informal_resolution",), "outcome_recorded", by=(O, SP),
        under=("para 13", "para 14", "reg 28"), done="Outcome recorded", button="Record the outcome",
        line="No finding and no sanction.", guards=(g.both_heard,), each=FORWARD, form=f.RecordOutcomeForm,
        checks=(g.no_finding("record"), g.apology_was_agreed, g.opinion_was_given), does=e.outcome,
        opens=(d.COPY_OF_OUTCOME,), closes=(d.RESOLVE,),
        before=("It is not being resolved informally.", "a route to informal resolution, then both sides’ chance to comment."),
    ),
    Step(
        "close", "Close the complaint", ("filtered", "outcome_recorded"), "closed", by=STAFF, under=("para 5", "reg 34"),
        done="Closed", button="Close the complaint", line="Everybody has been told.", guards=(g.everybody_told,),
        each=(g.not_due_to_iopc, g.nothing_left_to_do), form=f.CloseForm, checks=(g.no_finding("summary"),),
        opens=(d.REPORT,), closes=(d.CARRY_OUT, d.PRESERVE),
        before=("It is not decided.", "an outcome, or a decision to take no action, and everyone told."),
    ),
    Step(
        "identify_serious", "Say that a criminal offence appears",
        tuple(k for k in OPEN if k not in ("referred_to_iopc", "with_iopc")), To.SAME, by=(O, MO, CH, SP),
        under=("para 3", "reg 13"), done="A criminal offence appears", button="Start the referral",
        line="It must then go to the IOPC by the end of the next day.", each=(g.not_serious_already,),
        form=f.IdentifySeriousForm, checks=(g.in_the_past("clear_on", "The day it first became clear"),),
        does=e.serious, opens=(d.REFER,), before=("The IOPC has it, or it has ended.", ""),
    ),
    Step(
        "refer_to_iopc", "Refer to the IOPC",
        tuple(k for k in OPEN if k not in ("referred_to_iopc", "with_iopc")), "referred_to_iopc", by=STAFF,
        under=("para 3", "reg 13"), done="Referred to the IOPC", button="Record the referral",
        line="The Chairman cannot decide until the IOPC answers.", each=(g.identified_as_serious,),
        form=f.ReferToIopcForm, does=e.refer,
        opens=(d.TELL_REFERRED, d.IOPC_DECIDES, d.COPY_OF_RECORD_BY_IT, d.DECIDE_COPIES_BY_IT),
        closes=(d.REFER, d.DECIDE_RECORDING, d.CONSIDER, d.CHASE, d.APPOINT, d.BEGIN_RESOLUTION, d.TABLE, d.CARRY_OUT),
        before=("The IOPC has it, or it has ended.", ""),
    ),
    Step(
        "iopc_investigates", "Note that the IOPC investigates", ("referred_to_iopc",), "with_iopc", by=STAFF,
        under=("para 3", "reg 14(2)", "reg 18"), done="The IOPC investigates", button="Save", form=f.IopcInvestigatesForm,
        does=e.iopc_reference, closes=(d.IOPC_DECIDES,), before=("It is not with the IOPC.", "refer it to the IOPC."),
    ),
    Step(
        "iopc_refers_back", "Note that the IOPC refers it back", ("referred_to_iopc",), "recorded", by=STAFF,
        under=("para 3", "reg 14(2)"), done="Referred back by the IOPC", button="Save", form=f.IopcRefersBackForm,
        line="The Chairman then considers it.", does=e.back_from_iopc, opens=(d.TELL_REFERRED_BACK, d.CONSIDER, d.DECIDE_COPIES),
        closes=(d.IOPC_DECIDES,), before=("It is not with the IOPC.", "refer it to the IOPC."),
    ),
    Step(
        "withdraw", "Record a withdrawal", OPEN, "withdrawn", by=STAFF, under=("para 15", "reg 16"), done="Withdrawn",
        button="Record the withdrawal", line="Needs a letter signed by the complainant or their agent.",
        form=f.WithdrawForm, checks=(g.signed_withdrawal,), does=e.withdraw, opens=(d.CONFIRM_WITHDRAWAL, d.NOTIFY_IOPC),
    ),
    Step(
        "add_allegation", "Add an allegation", OPEN, "received", by=STAFF, under=("para 4", "reg 9"),
        done="Allegation added", button="Add the allegation", adds="part", rare=True, form=f.AddAllegationForm,
        checks=(g.dates_in_order, g.subject_held_office), does=e.add_allegation, opens=(d.DECIDE_RECORDING,),
    ),
    c.give_notice(
        ANY, ("para 6", "para 14", "reg 10", "reg 31", "reg 37"), d.DUTIES, form=f.GiveNoticeForm,
        checks=(g.comments_have_a_day, g.in_the_future("answer_by", "The day by which they may comment")),
    ),
    c.waive_duty(ANY, ("para 5",)),
    c.add_documents(ANY, ON_RECORD),
    c.note_contact(ANY, ON_RECORD, by=(O, MO, SP, CH)),
    c.declare_an_interest(ANY, ON_RECORD),
    c.assign_to(OPEN, ON_RECORD),
    c.void(("received", "recorded"), ON_RECORD, f.VoidForm),
    c.reopen(
        ENDS, ("received", "recorded"), ("para 17", "reg 34"), f.ReopenForm, does=e.reopen,
        opens=(
            d.DECIDE_RECORDING_AGAIN, d.CONSIDER_AGAIN, d.COPY_OF_RECORD_BY_IT, d.DECIDE_COPIES_BY_IT, d.PRESERVE,
            d.REFER_AGAIN,
        ),
    ),
    c.ask_for_reversal(ANY, ON_RECORD, d.CONSIDER_REVERSAL, by=(O, CH, SP)),
    c.reverse(ANY, ON_RECORD, d.CONSIDER_REVERSAL),
)  # fmt: skip

PROCEDURE = Procedure("complaints", "Complaints about conduct", STATES, STEPS, STAGES, tuple(d.DUTIES), themes=THEMES)
