"""The complaints procedure: states and steps, a table and nothing else.

Sources: the procedure of December 2013 ("para") on top of SI 2012/62 ("reg"). Each file of this package
holds what its largest part is named for, until the procedure is parted by chapter.
"""

from complaints.procedure import conditions as g
from complaints.procedure import duties as d
from complaints.procedure import iopc_outcome as fi
from complaints.procedure import publication as fr
from complaints.procedure.deciding import route as f
from complaints.procedure.record_keeping import correction as e
from panel.casework import retention_steps, shared_steps
from panel.law.roles import Role
from panel.procedure.vocabulary import NEW, Procedure, State, Step, To

O, MO, CH, SP, FP = Role.OFFICER, Role.MONITORING_OFFICER, Role.CHAIRMAN, Role.SUB_PANEL, Role.PANEL  # noqa: E741
STAFF = (O, MO)

STATES = (
    State("received", "Received", 0, colour="blue"),
    State("awaiting_information", "Waiting for information", 0, colour="yellow", side="waiting for information"),
    State("recorded", "Recorded", 1, colour="blue"),
    State("referred_to_iopc", "Referred to the IOPC", 1, colour="orange", side="with the IOPC, which is deciding"),
    State("with_iopc", "With the IOPC", 1, colour="orange", side="the IOPC investigates"),
    State("awaiting_proceedings", "With prosecutors", 1, colour="orange", side="with prosecutors or a court"),
    State("filtered", "Route decided", 2, colour="teal"),
    State("sub_panel", "Sub-panel", 3, colour="teal"),
    State("full_panel", "Full Panel", 3, colour="teal"),
    State("informal_resolution", "Informal resolution", 3, colour="teal"),
    State("outcome_recorded", "Outcome recorded", 4, colour="green"),
    State("void", "Void", 5, open=False, keep="keep_void"),
    State("not_recorded", "Not recorded", 5, open=False, keep="keep_redirected"),
    State("redirected", "Redirected", 5, open=False, keep="keep_redirected"),
    State("withdrawn", "Withdrawn", 5, open=False, keep="keep_withdrawn"),
    State("closed", "Closed", 5, open=False, keep="keep_closed"),
)
STAGES = ("Received", "Recorded", "Route decided", "Being handled", "Outcome recorded", "Closed")
OPEN = tuple(s.key for s in STATES if s.open)
ENDS = tuple(s.key for s in STATES if not s.open)
ANY = OPEN + ENDS
FROM_RECORDED = tuple(k for k in OPEN if k not in ("received", "awaiting_information"))
HANDLED = ("filtered", "sub_panel", "full_panel", "informal_resolution")
FORWARD = (g.not_due_to_iopc, g.not_suspended)
IOPC_HAS_IT = ("referred_to_iopc", "with_iopc", "awaiting_proceedings")
THE_PANEL_HAS_IT = tuple(k for k in OPEN if k not in IOPC_HAS_IT)
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
        button="Record that it was asked for", line="Progress waits until they answer.", guards=(g.a_complaint,),
        each=FORWARD,
        form=f.AskForInformationForm, checks=(g.in_the_future("by_when", "The day by which they should answer"),),
        opens=(d.CHASE,),
    ),
    Step(
        "resume", "Go on after waiting for information", ("awaiting_information",), To.LEFT, by=STAFF,
        under=("para 7", "reg 9"), done="Went on after waiting", button="Go on",
        line="It goes back to where it waited.", each=(g.not_suspended,), form=f.ResumeForm, closes=(d.CHASE,),
        before=("Nobody waits for information.", ""),
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
        line="It is not about the conduct of this Panel’s office holder.",
        each=(*FORWARD, g.seen_late_is_for_the_monitoring_officer), form=f.RedirectForm, does=e.redirect,
        opens=(d.TELL_REDIRECTED, d.NOTIFY_OTHER, d.PASS_ON), closes=(d.DECIDE_RECORDING,), lapses=(d.CONSIDER, d.REVIEW_COPY),
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
        "decide_copies", "Decide the office holder’s copy", (*FROM_RECORDED, "closed"), To.SAME, by=STAFF,
        under=("para 6", "reg 31"), done="Copy of the complaint decided", button="Record the decision", about="case",
        line="Full, anonymised or withheld.", rare=True, guards=(g.a_complaint, g.copies_can_be_decided), form=f.DecideCopiesForm,
        checks=(g.withholding_needs_a_ground,), does=e.decide_copies, opens=(d.COPY_OF_COMPLAINT, d.REVIEW_COPY),
        closes=(d.DECIDE_COPIES,),
        before=("It is not recorded yet, so there is no copy to decide on.", "record it.", "record"),
    ),
    Step(
        "filter", "Decide how it is handled", ("recorded",), "filtered", by=(CH, O), decided_by=(CH,),
        under=("para 7", "para 9", "para 10", "reg 15", "reg 27", "reg 28"), done="Route decided",
        button="Confirm decision", line="Six routes, with the Monitoring Officer’s advice beside them.", confirm=True,
        each=FORWARD, form=f.FilterForm,
        checks=(
            g.monitoring_officer_consulted, g.direction_is_obeyed, g.both_parts_of_the_test,
            g.twelve_months_have_passed, g.decider_could_decide,
        ),
        does=e.decide_route, opens=(d.TELL_ROUTE, d.APPOINT, d.BEGIN_RESOLUTION, d.TABLE, d.CARRY_OUT), closes=(d.CONSIDER, d.COMPLY),
        before=("It is not recorded and waiting for the Chairman.", "record it.", "record"),
    ),
    Step(
        "appoint_sub_panel", "Appoint a sub-panel", ("filtered",), "sub_panel", by=(CH, O), decided_by=(CH,),
        under=("para 11", "reg 28"), done="Sub-panel appointed", button="Appoint the sub-panel",
        line="Three members in office, none with an interest.", each=(*FORWARD, g.sent_to_sub_panel),
        form=f.AppointSubPanelForm,
        checks=(
            g.sub_panel_is_lawful, g.decider_could_decide, g.in_the_future("by_when", "The day by which it should meet"),
        ),
        does=e.appoint_sub_panel, opens=(d.ARRANGE_MEETING, d.INVITE_COMMENTS, d.SUB_PANEL_MEETS), closes=(d.APPOINT,),
        before=("The Chairman has not sent it to a sub-panel.", "the Chairman decides how it is handled.", "filter"),
    ),
    Step(
        "replace_sub_panel_member", "Replace a member of the sub-panel", ("sub_panel", "informal_resolution"), To.SAME,
        by=(CH, O), decided_by=(CH,), under=("para 11", "reg 28"), done="Sub-panel member replaced",
        button="Replace the member", about="case", rare=True, guards=(g.a_sub_panel_was_appointed,),
        form=f.ReplaceMemberForm, checks=(g.replacement_is_lawful, g.decider_could_decide), does=e.replace_member,
        before=("No sub-panel deals with it.", "the Chairman appoints one.", "appoint_sub_panel"),
    ),
    Step(
        "refer_to_full_panel", "Refer it to the full Panel", ("filtered", "sub_panel", "informal_resolution"),
        "full_panel", by=(CH, SP, O), decided_by=(CH, SP), under=("para 16", "reg 28"), done="Referred to the full Panel",
        button="Refer it to the Panel", line="All members see it from then on.",
        each=(*FORWARD, g.before_whom_it_is), form=f.ReferToFullPanelForm,
        checks=(
            g.decided_by_whom_it_was_before, g.decider_could_decide, g.in_the_future("meeting_on", "The day of the meeting"),
        ),
        does=e.take_to_panel,
        opens=(d.PANEL_MEETS, d.INVITE_COMMENTS),
        closes=(d.TABLE,), lapses=(d.APPOINT, d.BEGIN_RESOLUTION, d.SUB_PANEL_MEETS, d.CARRY_OUT, d.RESOLVE),
        before=("The Chairman has not decided how it is handled.", "the Chairman decides how it is handled.", "filter"),
    ),
    Step(
        "take_no_action", "Take no action", ("sub_panel", "full_panel"), "filtered", by=(SP, O), decided_by=(SP, FP),
        under=("para 11", "reg 15"), done="No action to be taken", button="Record the decision",
        line="Both parts of the test of regulation 15.",
        each=(*FORWARD, g.before_whom_it_is), form=f.TakeNoActionForm,
        checks=(
            g.direction_is_obeyed, g.both_parts_of_the_test, g.twelve_months_have_passed, g.decided_by_whom_it_was_before,
        ),
        does=e.take_no_action,
        opens=(d.TELL_NO_ACTION, d.CARRY_OUT_NO_ACTION),
        closes=(d.SUB_PANEL_MEETS, d.PANEL_MEETS),
        before=("It is not before the sub-panel or the full Panel.", "the Chairman decides how it is handled.", "filter"),
    ),
    Step(
        "resolve_informally", "Begin informal resolution", ("filtered", "sub_panel", "full_panel"), "informal_resolution",
        by=(CH, SP, O), decided_by=(CH, SP, FP), under=("para 11", "reg 27", "reg 28"), done="Informal resolution begun",
        button="Begin informal resolution", line="Both sides are invited to comment.",
        each=(*FORWARD, g.route_is("informal_resolution"), g.before_whom_it_is), form=f.ResolveInformallyForm,
        checks=(g.direction_is_obeyed, g.decided_by_whom_it_was_before, g.decider_could_decide), does=e.begin_resolution, opens=(d.INVITE_COMMENTS, d.RESOLVE),
        closes=(d.BEGIN_RESOLUTION, d.SUB_PANEL_MEETS, d.PANEL_MEETS),
        before=("It has no route to informal resolution yet.", "the Chairman decides how it is handled.", "filter"),
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
        line="Or that they chose not to comment.", form=f.NoteCommentsForm, does=e.note_reply, rare=True,
    ),
    Step(
        "note_meeting", "Note a meeting", FROM_RECORDED, To.SAME, by=(O, MO, SP), under=("para 11", "para 12", "reg 28"),
        done="Meeting noted", button="Save the note", about="case", form=f.NoteMeetingForm, does=e.record_meeting, rare=True,
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
        before=("Nobody has looked into it yet.", "the Chairman decides how it is handled.", "filter"),
    ),
    Step(
        "record_outcome", "Record the outcome", ("informal_resolution",), "outcome_recorded", by=(O, SP),
        under=("para 13", "para 14", "reg 28"), done="Outcome recorded", button="Record the outcome",
        line="No finding and no sanction.", guards=(g.both_heard,), each=FORWARD, form=f.RecordOutcomeForm,
        checks=(
            g.no_finding("record"), g.apology_was_agreed, g.opinion_was_given, g.answer_has_a_day,
            g.in_the_future("answer_due", "The day by which an answer is due"),
        ),
        does=e.record_outcome, opens=(d.COPY_OF_OUTCOME, d.AWAIT_ANSWER), closes=(d.RESOLVE,),
        before=("It is not being resolved informally.", "a route to informal resolution, then both sides’ chance to comment."),
    ),
    Step(
        "close", "Close the complaint", ("filtered", "outcome_recorded"), "closed", by=STAFF, under=("para 5", "reg 34"),
        done="Closed", button="Close the complaint", line="Everybody has been told.",
        each=(g.everybody_told, *FORWARD, g.nothing_left_to_do), form=f.CloseForm, checks=(g.no_finding("summary"),),
        opens=(d.REPORT,), closes=(d.CARRY_OUT, d.PRESERVE),
        before=("It is not decided.", "an outcome, or a decision to take no action, and everyone told."),
    ),
    Step(
        "identify_serious", "Say that a criminal offence appears",
        THE_PANEL_HAS_IT, To.SAME, by=(O, MO, CH, SP),
        under=("para 3", "reg 13"), done="A criminal offence appears", button="Start the referral",
        line="It must then go to the IOPC by the end of the next day.", each=(g.not_serious_already,),
        form=f.IdentifySeriousForm, checks=(g.in_the_past("clear_on", "The day it first became clear"),),
        does=e.identify_serious, opens=(d.REFER,), before=("The IOPC has it, or it has ended.", ""),
    ),
    Step(
        "refer_to_iopc", "Refer to the IOPC",
        THE_PANEL_HAS_IT, "referred_to_iopc", by=STAFF,
        under=("para 3", "reg 13"), done="Referred to the IOPC", button="Record the referral",
        line="The Chairman cannot decide until the IOPC answers.", each=(g.identified_as_serious,),
        form=f.ReferToIopcForm, does=e.refer_to_iopc,
        opens=(d.TELL_REFERRED, d.IOPC_DECIDES, d.COPY_OF_RECORD_ON_REFERRAL, d.DECIDE_COPIES_ON_REFERRAL),
        closes=(d.REFER, d.DECIDE_RECORDING),
        lapses=(d.CONSIDER, d.CHASE, d.APPOINT, d.BEGIN_RESOLUTION, d.TABLE, d.CARRY_OUT, d.COMPLY),
        before=("The IOPC has it, or it has ended.", ""),
    ),
    Step(
        "iopc_investigates", "Note that the IOPC investigates", ("referred_to_iopc",), "with_iopc", by=STAFF,
        under=("para 3", "reg 14(2)", "reg 18"), done="The IOPC investigates", button="Save", form=f.IopcInvestigatesForm,
        does=e.note_iopc_reference, closes=(d.IOPC_DECIDES,), before=("It is not with the IOPC.", "refer it to the IOPC.", "refer_to_iopc"),
    ),
    Step(
        "iopc_refers_back", "Note that the IOPC refers it back", ("referred_to_iopc",), "recorded", by=STAFF,
        under=("para 3", "reg 14(2)"), done="Referred back by the IOPC", button="Save", form=f.IopcRefersBackForm,
        line="The Chairman then considers it.", does=e.return_from_iopc, opens=(d.TELL_REFERRED_BACK, d.CONSIDER, d.DECIDE_COPIES),
        closes=(d.IOPC_DECIDES,), before=("It is not with the IOPC.", "refer it to the IOPC.", "refer_to_iopc"),
    ),
    Step(
        "iopc_suspends", "Note that the IOPC suspends the procedure", OPEN, To.SAME, by=STAFF, under=("para 3", "reg 22"),
        done="Suspended by the IOPC", button="Save", line="No forward step until it is lifted; the Panel’s own targets stand.", rare=True,
        each=(g.not_suspended,), form=fi.IopcSuspendsForm,
        checks=(g.in_the_future("review_on", "The day to ask again"),), does=e.suspend, opens=(d.SUSPENSION_REVIEW,),
    ),
    Step(
        "iopc_lifts_suspension", "Note that the IOPC lifts the suspension", OPEN, To.SAME, by=STAFF,
        under=("para 3", "reg 22"), done="Suspension lifted", button="Save", rare=True, each=(g.suspended,),
        form=fi.IopcLiftsSuspensionForm, does=e.lift, closes=(d.SUSPENSION_REVIEW,),
    ),
    Step(
        "iopc_discontinues", "Note that the IOPC stops investigating", ("with_iopc",), ("recorded", "closed"), by=STAFF,
        under=("para 3", "reg 24"), done="The IOPC stopped investigating", button="Save",
        line="Its direction binds the Panel; without one no further action is taken.", form=fi.IopcDiscontinuesForm,
        does=e.discontinue, opens=(d.TELL_DISCONTINUED, d.COMPLY, d.CONSIDER_IF_RECORDED, d.DECIDE_COPIES_IF_RECORDED),
        before=("The IOPC does not investigate it.", "note that the IOPC investigates.", "iopc_investigates"),
    ),
    Step(
        "iopc_concludes", "Note how the IOPC concluded", ("with_iopc",), ("awaiting_proceedings", "recorded", "closed"),
        by=(MO,), under=("para 3", "reg 22(6)", "reg 25", "reg 26"), done="The IOPC concluded", button="Save",
        line="Its report, or that the Regulations cease to apply.", form=fi.IopcConcludesForm, does=e.conclude,
        opens=(d.TELL_PANEL, d.COURT_DECIDES, d.CONSIDER_IF_RECORDED, d.DECIDE_COPIES_IF_RECORDED),
        before=("The IOPC does not investigate it.", "note that the IOPC investigates.", "iopc_investigates"),
    ),
    Step(
        "proceedings_end", "Note how the proceedings ended", ("awaiting_proceedings",), ("recorded", "closed"), by=(MO,),
        under=("para 3", "para 8", "reg 9", "reg 26"), done="Proceedings ended", button="Save", form=fi.ProceedingsEndForm,
        does=e.end_proceedings,
        opens=(d.TELL_PROCEEDINGS, d.RELEASE_COPY, d.CONSIDER_IF_RECORDED, d.DECIDE_COPIES_IF_RECORDED),
        closes=(d.COURT_DECIDES,), before=("No prosecutor and no court has it.", ""),
    ),
    Step(
        "iopc_treats_as_conduct_matter", "Note that the IOPC treats it as a conduct matter", ("withdrawn",),
        "referred_to_iopc", by=(MO,), under=("para 3", "para 15", "reg 16"), done="Treated as a conduct matter",
        button="Save", line="After a withdrawal, in the public interest.", rare=True,
        each=(g.was_with_iopc_when_withdrawn,), form=fi.IopcTreatsAsConductMatterForm, does=e.return_to_iopc,
        opens=(d.TELL_CONDUCT_MATTER, d.IOPC_DECIDES), before=("It was not withdrawn.", ""),
    ),
    Step(
        "record_conduct_matter", "Record a conduct matter", (NEW,), "recorded", by=STAFF,
        under=("para 3", "reg 11", "reg 12"), done="Conduct matter recorded", button="Record the conduct matter",
        adds="case", confirm=True, form=fi.RecordConductMatterForm,
        checks=(g.dates_in_order, g.in_the_past("clear_on", "The day it first became clear"), g.subject_held_office),
        does=e.record_conduct_matter, opens=(d.REFER, d.PRESERVE),
    ),
    Step(
        "record_evidence_step", "Note what was done with evidence", OPEN, To.SAME, by=STAFF, under=("para 3", "reg 8"),
        done="Evidence noted", button="Save", about="case", form=fi.RecordEvidenceForm, does=e.note_evidence, rare=True,
        opens=(d.PRESERVE_AGAIN,), closes=(d.PRESERVE,), by_hand=True,
    ),
    Step(
        "withdraw", "Record a withdrawal", OPEN, "withdrawn", by=STAFF, under=("para 15", "reg 16"), done="Withdrawn",
        button="Record the withdrawal", line="Needs a letter signed by the complainant or their agent.",
        guards=(g.somebody_complained,), each=(g.still_a_complaint,), form=f.WithdrawForm, checks=(g.signed_withdrawal,),
        does=e.withdraw, opens=(d.CONFIRM_WITHDRAWAL, d.NOTIFY_IOPC), lapses=(d.REVIEW_COPY,),
    ),
    Step(
        "add_allegation", "Add an allegation", OPEN, "received", by=STAFF, under=("para 4", "reg 9"),
        done="Allegation added", button="Add the allegation", adds="part", rare=True, guards=(g.a_complaint,), form=f.AddAllegationForm,
        checks=(g.dates_in_order, g.subject_held_office), does=e.add_allegation,
        opens=(d.ACKNOWLEDGE, d.DECIDE_RECORDING, d.PRESERVE),
    ),
    shared_steps.give_notice(
        ANY, ("para 6", "para 14", "reg 10", "reg 31", "reg 37"), d.DUTIES, form=f.GiveNoticeForm,
        checks=(g.comments_have_a_day, g.in_the_future("answer_by", "The day by which they may comment")),
    ),
    shared_steps.waive_duty(ANY, ("para 5",)),
    shared_steps.add_documents(ANY, ON_RECORD),
    shared_steps.note_contact(ANY, ON_RECORD, by=(O, MO, SP, CH)),
    shared_steps.declare_an_interest(ANY, ON_RECORD, opens=(d.FILL_SEAT,)),
    shared_steps.assign_to(OPEN, ON_RECORD),
    Step(
        "arrange_meeting", "Arrange a meeting", (*HANDLED, "outcome_recorded"), To.SAME, by=STAFF, under=("para 11", "para 12", "reg 28"),
        done="Meeting arranged", button="Save the meeting", about="case", form=fr.ArrangeMeetingForm, rare=True,
        checks=(g.in_the_future("meets_on", "The day of the meeting"),), does=e.arrange_meeting, opens=(d.SEND_PAPERS,),
        before=("It is not being dealt with yet.", "the Chairman decides how it is handled.", "filter"),
    ),
    Step(
        "adjourn", "Put a meeting off", (*HANDLED, "outcome_recorded"), To.SAME, by=STAFF, under=("para 11", "para 12", "reg 28"),
        done="Meeting adjourned", button="Save", about="case", form=fr.AdjournForm, rare=True,
        guards=(g.a_meeting_is_arranged,), does=e.adjourn, opens=(d.SEND_PAPERS_ANEW,),
        checks=(g.in_the_future("meets_on", "The day it is put off to"),),
        before=("It is not being dealt with yet.", "the Chairman decides how it is handled.", "filter"),
    ),
    Step(
        "invite_representations", "Invite both sides to say what they think of publishing", ("outcome_recorded", "closed"),
        To.SAME, by=STAFF, under=("para 14", "reg 28"), done="Representations invited", button="Record the invitation",
        about="case", form=fr.InviteRepresentationsForm, rare=True, guards=(g.an_outcome_is_recorded,),
        checks=(g.in_the_future("by_when", "The day by which they may answer"),),
        opens=(d.AWAIT_REPRESENTATIONS, d.DECIDE_PUBLICATION),
        before=("No outcome is recorded.", "record the outcome.", "record_outcome"),
    ),
    Step(
        "note_representations", "Note what one side thinks of publishing", ("outcome_recorded", "closed"), To.SAME,
        by=STAFF, under=("para 14", "reg 28"), done="Representations noted", button="Save", about="case", rare=True,
        form=fr.NoteRepresentationsForm, does=e.note_answer_of_side("await_representations"), by_hand=True,
        closes=(d.AWAIT_REPRESENTATIONS,), before=("No outcome is recorded.", "record the outcome.", "record_outcome"),
        guards=(g.a_duty_of("await_representations", "Nobody was invited.", "invite both sides."),),
    ),
    Step(
        "decide_publication", "Decide whether the outcome is published", ("outcome_recorded", "closed"), To.SAME,
        by=(CH, O), decided_by=(CH,), under=("para 14", "reg 28"), done="Publication decided", button="Confirm decision",
        about="case", form=fr.DecidePublicationForm, rare=True, guards=(g.an_outcome_is_recorded,),
        checks=(g.decider_could_decide, fr.publication_is_lawful, g.no_finding("redacted")), opens=(d.PUBLISH,),
        closes=(d.DECIDE_PUBLICATION,), lapses=(d.AWAIT_REPRESENTATIONS,), before=("No outcome is recorded.", "record the outcome.", "record_outcome"),
    ),
    Step(
        "note_answer", "Note the answer to recommendations", ("outcome_recorded", "closed"), To.SAME, by=STAFF,
        under=("para 14", "s 28(6)"), done="Answer noted", button="Save the answer", about="case", rare=True,
        form=fr.NoteAnswerForm, does=e.note_answer_of_side("await_answer"), closes=(d.AWAIT_ANSWER,), by_hand=True,
        guards=(g.a_duty_of("await_answer", "No answer is due."),), before=("No outcome is recorded.", ""),
    ),
    Step(
        "stop_clock", "Stop the clock of a target", ANY, To.SAME, by=STAFF, under=("para 5", "reg 34"),
        done="Clock stopped", button="Stop the clock", about="case", form=fr.StopClockForm, rare=True,
        line="Only a target of the Panel’s own, while somebody outside is waited for.", guards=(g.a_target_runs,),
        checks=(g.stops_while_it_runs,), does=e.stop_clock,
    ),
    Step(
        "restart_clock", "Let the clock of a target go on", ANY, To.SAME, by=STAFF, under=("para 5", "reg 34"),
        done="Clock went on", button="Let it go on", about="case", form=fr.RestartClockForm, rare=True,
        guards=(g.a_target_stands,), checks=(g.went_on_after_it_stopped,), does=e.restart_clock,
    ),
    Step(
        "note_office_left", "Note that the office holder has left office", ANY, To.SAME, by=STAFF, under=("para 5", "reg 34"),
        done="Left office", button="Save", about="case", form=fr.NoteOfficeLeftForm, rare=True,
        line="The complaint keeps whom it is about.", checks=(g.left_while_in_office,),
    ),
    Step(
        "note_external_challenge", "Note a challenge from outside", ANY, To.SAME, by=STAFF, under=("para 17",),
        done="Challenged from outside", button="Save the challenge", about="case", form=fr.NoteExternalChallengeForm,
        line="The Ombudsman, a court: it does not reopen the case.", rare=True, opens=(d.ANSWER_CHALLENGE,),
        checks=(g.in_the_future("by_when", "The day by which you must answer"),),
    ),
    Step(
        "answer_challenge", "Note the answer to a challenge", ANY, To.SAME, by=STAFF, under=("para 17",),
        done="Challenge answered", button="Save the answer", about="case", form=fr.AnswerChallengeForm, rare=True,
        guards=(g.a_duty_of("answer_challenge", "No challenge is open.", "note the challenge."),),
        does=e.note_challenge_answer, closes=(d.ANSWER_CHALLENGE,), by_hand=True,
    ),
    shared_steps.correct(ANY, ON_RECORD, fr.CorrectForm, does=e.correct, checks=(fr.corrections_in_order,)),
    Step(
        "merge", "Merge it into another complaint", ("received", "recorded"), "void", by=(MO,), under=("para 5", "reg 34"),
        done="Merged", button="Merge it", form=fr.MergeForm, rare=True, whole=True, guards=(g.nothing_stands_elsewhere,), each=FORWARD,
        line="Same person, same matter: this record ends, the other goes on.", checks=(fr.same_complainant,), does=e.merge, lapses=(d.REVIEW_COPY,),
        before=("It has gone too far to be merged.", ""),
    ),
    shared_steps.restrict(ANY, ("para 6",), d.REVIEW_RESTRICTION),
    shared_steps.unrestrict(ANY, ("para 6",), d.REVIEW_RESTRICTION),
    shared_steps.void(("received", "recorded"), ON_RECORD, f.VoidForm, lapses=(d.REVIEW_COPY,)),
    shared_steps.reopen(
        ENDS, ("received", "recorded"), ("para 17", "reg 34"), f.ReopenForm, does=e.reopen,
        checks=(g.a_conduct_matter_stays_recorded,),
        opens=(
            d.DECIDE_RECORDING_AGAIN, d.CONSIDER_AGAIN, d.COPY_OF_RECORD_ON_REFERRAL, d.DECIDE_COPIES_ON_REFERRAL, d.PRESERVE,
            d.REVIEW_COPY_AGAIN, d.REFER_AGAIN,
        ),
        lapses=(d.CONFIRM_ERASURE,),
    ),
    *retention_steps.keeping(ANY, ENDS),
    shared_steps.ask_for_reversal(ANY, ON_RECORD, d.CONSIDER_REVERSAL, by=(O, CH, SP)),
    shared_steps.reverse(ANY, ON_RECORD, d.CONSIDER_REVERSAL),
)  # fmt: skip

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
    "complaints", "Complaints about conduct", STATES, STEPS, STAGES, tuple(d.DUTIES), themes=THEMES, elsewhere=ELSEWHERE
)
