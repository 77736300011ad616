"""What a panel may say for itself about complaints: who acts, and what the law leaves open (regs 7, 9, 13, 15, 28, 31)."""

from panel.law.roles import Role
from panel.procedure.matters import Matter

RECEIVING, DECIDING = "Receiving and recording", "Deciding and resolving"
ANYBODY = (Role.CHAIRMAN, Role.MONITORING_OFFICER, Role.OFFICER, Role.SUB_PANEL, Role.PANEL)
STAFF = (Role.OFFICER, Role.MONITORING_OFFICER)

MATTERS = (
    Matter(
        "acknowledge", "Acknowledge", RECEIVING, "Who acknowledges a complaint?", (), Role.OFFICER, ("para 4",),
        "Anyone the Panel names", "Nothing in law says who acknowledges a complaint.", STAFF, duties=("acknowledge",),
    ),
    Matter(
        "record", "Record it", RECEIVING, "Who records a complaint?", ("record",), Role.OFFICER, ("para 5", "reg 9"),
        "The Panel, or whom it names (regulation 9)",
        "Paragraph 5 says the officer. Regulation 9 has the Panel record it; who does it for the Panel is left to it.",
        (*STAFF, Role.COMMISSIONERS_OFFICE), setting="officer_records",
    ),
    Matter(
        "receive", "Receive, and tell people what it received", RECEIVING, "Who receives complaints?",
        ("log", "give_notice", "add_documents", "note_contact", "note_first_stage", "pass_to_panel"),
        Role.OFFICER, ("para 4", "reg 7", "reg 9"),
        "The Panel, or by delegation the Commissioner’s chief executive (regulation 7)",
        "Regulation 7 lets the Panel delegate receiving and recording to the Commissioner’s chief executive, who sees only "
        "what was received there, and passes it on. Staff of the Panel can always receive a complaint.",
        (Role.OFFICER, Role.COMMISSIONERS_OFFICE),
    ),
    Matter(
        "decline", "Decide not to record", RECEIVING, "Who decides not to record a complaint?", ("decline_to_record",),
        Role.MONITORING_OFFICER, ("para 8", "reg 9", "reg 10"), "The Panel, or whom it names (regulations 9 and 10)",
        "Regulation 10 says when a complaint need not be recorded, and not who decides it.",
        (Role.MONITORING_OFFICER, Role.OFFICER),
    ),
    Matter(
        "refer", "Refer to the IOPC", RECEIVING, "Who refers a matter to the IOPC?", ("refer_to_iopc", "refer_again"),
        Role.OFFICER, ("para 3", "reg 13"), "The Panel’s own duty (regulation 13)",
        "Regulation 13 puts the duty on the Panel. By the end of the next day it must be done, whoever does it.", STAFF,
    ),
    Matter(
        "copies", "Decide the copies", RECEIVING, "Who decides what copy the office holder gets?", ("decide_copies",),
        Role.OFFICER, ("para 6", "reg 31"), "Anyone the Panel names (regulation 31)",
        "Whoever decides it, the Monitoring Officer alone withholds or anonymises a copy (paragraph 6).", STAFF,
    ),
    Matter(
        "filter", "Decide how it is handled", DECIDING, "Who decides how a complaint is handled?", ("filter",),
        Role.CHAIRMAN, ("para 7", "reg 15"), "Anyone the Panel names (regulation 15)",
        "Paragraph 7 says the Chairman. Regulation 15 leaves it to the Panel.", ANYBODY,
        barred=((Role.COMMISSIONERS_OFFICE, "what is delegated under regulation 7 ends with recording"),), main=True,
    ),
    Matter(
        "appoint", "Appoint a sub-panel", DECIDING, "Who appoints a sub-panel?",
        ("appoint_sub_panel", "replace_sub_panel_member"), Role.CHAIRMAN, ("para 11", "reg 28"),
        "The Panel, or whom it names", "Paragraph 11 says the Chairman. The law leaves it to the Panel.",
        (Role.CHAIRMAN, Role.MONITORING_OFFICER, Role.OFFICER, Role.PANEL),
        barred=((Role.COMMISSIONERS_OFFICE, "informal resolution is not delegated under regulation 7"),),
    ),
    Matter(
        "resolve", "Begin informal resolution, or refer to the full Panel", DECIDING,
        "Who begins informal resolution, or refers it to the full Panel?",
        ("resolve_informally", "refer_to_full_panel"), Role.CHAIRMAN, ("para 11", "para 16", "reg 28"),
        "The Panel, a sub-committee, a member or another person. Not delegated under regulation 7",
        "A sub-panel that has the complaint decides beside whom you name here. Regulation 28 leaves it to the Panel.",
        (Role.CHAIRMAN, Role.MONITORING_OFFICER, Role.OFFICER),
        barred=((Role.COMMISSIONERS_OFFICE, "informal resolution is not delegated under regulation 7"),),
    ),
    Matter(
        "publish", "Publish an outcome", DECIDING, "Who decides whether an outcome is published?",
        ("decide_publication",), Role.CHAIRMAN, ("para 14", "reg 28"), "After both sides could speak (regulation 28)",
        "Paragraph 14 says the Chairman. Regulation 28 has both sides heard first, whoever decides.", ANYBODY,
        barred=((Role.COMMISSIONERS_OFFICE, "informal resolution is not delegated under regulation 7"),),
    ),
    Matter(
        "take_back", "Take back a step", DECIDING, "Who takes back a step?", ("reverse",), Role.MONITORING_OFFICER,
        ("reg 34",), "Fixed",
    ),
)  # fmt: skip
