"""Duties right to the letter: for every declared step, which begin and end with it, to whom, by when and how counted."""

from datetime import date

import pytest

from complaints.procedure import PROCEDURE
from panel.casework.case_context import CaseContext
from panel.law.period import Count
from panel.law.roles import Basis, DayBasis
from panel.models import Duty
from tests import build
from tests.steps import (
    DISAPPLIED,
    RECEIVED,
    at,
    close,
    conduct_matter,
    errors,
    from_register,
    heard,
    last,
    open_duties,
    ready_for,
    take,
)  # fmt: skip

# Of every step, taken with its usual answers on Monday 2 November 2026 on a complaint received on 27 October: the duties it
# opens (kind, to whom, by when) and those it closes (kind, to whom, how).
EXPECTED = {
    "log": (
        [
            ("acknowledge", "complainant", "2026-11-03"),
            ("conclude", "", "2026-12-22"),
            ("decide_recording", "", "2026-11-10"),
            ("preserve_evidence", "", ""),
        ],
        [],
    ),
    "ask_for_information": ([("chase", "complainant", "2026-11-16")], []),
    "resume": ([], [("chase", "complainant", "met")]),
    "record": (
        [
            ("consider", "", "2026-11-16"),
            ("copy_of_record", "complainant", "2026-11-05"),
            ("decide_copies", "", "2026-11-05"),
        ],
        [("decide_recording", "", "met")],
    ),
    "redirect": (
        [("pass_on", "body", ""), ("tell_redirected", "complainant", "")],
        [
            ("acknowledge", "complainant", "lapsed"),
            ("conclude", "", "lapsed"),
            ("decide_recording", "", "met"),
            ("preserve_evidence", "", "lapsed"),
        ],
    ),
    "decline_to_record": (
        [("tell_not_recorded", "complainant", "")],
        [
            ("acknowledge", "complainant", "lapsed"),
            ("conclude", "", "lapsed"),
            ("decide_recording", "", "met"),
            ("preserve_evidence", "", "lapsed"),
        ],
    ),
    "brief_chairman": ([], []),
    "advise": ([], []),
    "decide_copies": ([("copy_of_complaint", "office_holder", "2026-11-05")], [("decide_copies", "", "met")]),
    "filter": (
        [
            ("appoint_sub_panel", "", "2026-11-09"),
            ("tell_route", "complainant", "2026-11-09"),
            ("tell_route", "office_holder", "2026-11-09"),
        ],
        [("consider", "", "met")],
    ),
    "appoint_sub_panel": (
        [
            ("arrange_meeting", "", "2026-11-16"),
            ("invite_comments", "complainant", "2026-11-16"),
            ("invite_comments", "office_holder", "2026-11-16"),
            ("sub_panel_meets", "", "2026-11-16"),
        ],
        [("appoint_sub_panel", "", "met")],
    ),
    "replace_sub_panel_member": ([], []),
    "refer_to_full_panel": (
        [
            ("invite_comments", "complainant", "2026-11-16"),
            ("invite_comments", "office_holder", "2026-11-16"),
            ("panel_meets", "", "2026-11-16"),
        ],
        [("begin_resolution", "", "lapsed")],
    ),
    "take_no_action": (
        [
            ("carry_out", "", "2026-11-09"),
            ("tell_no_action", "complainant", "2026-11-09"),
            ("tell_no_action", "office_holder", "2026-11-09"),
        ],
        [
            ("arrange_meeting", "", "lapsed"),
            ("invite_comments", "complainant", "lapsed"),
            ("invite_comments", "office_holder", "lapsed"),
            ("sub_panel_meets", "", "met"),
        ],
    ),
    "resolve_informally": (
        [
            ("invite_comments", "complainant", "2026-11-16"),
            ("invite_comments", "office_holder", "2026-11-16"),
            ("record_outcome", "", ""),
        ],
        [("begin_resolution", "", "met")],
    ),
    "request_documents": ([("await_documents", "office_holder", "2026-11-16")], []),
    "request_attendance": ([("await_documents", "office_holder", "2026-11-16")], []),
    "note_comments": ([], []),
    "note_meeting": ([], []),
    "note_explanation": ([], []),
    "note_apology": ([], []),
    "note_opinion": ([], []),
    "record_outcome": (
        [("copy_of_outcome", "complainant", "2026-11-09"), ("copy_of_outcome", "office_holder", "2026-11-09")],
        [("conclude", "", "met"), ("record_outcome", "", "met")],
    ),
    "close": (
        [("report_to_panel", "the_panel", "")],
        [("carry_out", "", "met"), ("conclude", "", "met"), ("preserve_evidence", "", "met")],
    ),
    "ask_about_offence": ([("look_at_offence", "", "")], []),
    "rule_out_offence": ([], [("look_at_offence", "", "met")]),
    "identify_serious": ([("refer_to_iopc", "", "2026-11-03")], []),
    "refer_to_iopc": (
        [
            ("copy_of_record", "complainant", "2026-11-05"),
            ("decide_copies", "", "2026-11-05"),
            ("iopc_decides", "", ""),
            ("tell_referred", "complainant", ""),
            ("tell_referred", "office_holder", ""),
        ],
        [("decide_recording", "", "met"), ("refer_to_iopc", "", "met")],
    ),
    "iopc_investigates": ([("iopc_investigates", "", "")], [("iopc_decides", "", "met")]),
    "iopc_refers_back": (
        [
            ("consider", "", "2026-11-16"),
            ("tell_referred_back", "complainant", ""),
            ("tell_referred_back", "office_holder", ""),
        ],
        [("iopc_decides", "", "met")],
    ),
    "iopc_suspends": ([("review_suspension", "", "2026-11-16")], []),
    "iopc_lifts_suspension": ([], [("review_suspension", "", "met")]),
    "iopc_discontinues": (
        [
            ("comply_with_direction", "", ""),
            ("tell_discontinued", "complainant", ""),
            ("tell_discontinued", "office_holder", ""),
        ],
        [("iopc_investigates", "", "met")],
    ),
    "iopc_concludes": (
        [("court_decides", "a_prosecutor_or_a_court", ""), ("tell_panel", "the_panel", "")],
        [("iopc_investigates", "", "met")],
    ),
    "proceedings_end": (
        [
            ("consider", "", "2026-11-16"),
            ("tell_proceedings", "complainant", ""),
            ("tell_proceedings", "office_holder", ""),
        ],
        [("court_decides", "a_prosecutor_or_a_court", "met")],
    ),
    "iopc_treats_as_conduct_matter": ([("iopc_decides", "", ""), ("tell_conduct_matter", "office_holder", "")], []),
    "refer_again": ([("tell_referred", "complainant", ""), ("tell_referred", "office_holder", "")], []),
    "note_victims_review": ([("await_review", "a_prosecutor", "")], []),
    "victims_review_ends": ([], [("await_review", "a_prosecutor", "met")]),
    "enter_from_register": ([], []),
    "record_conduct_matter": ([("preserve_evidence", "", ""), ("refer_to_iopc", "", "2026-11-03")], []),
    "add_conduct": ([("refer_to_iopc", "", "2026-11-03")], []),
    "record_evidence_step": ([], []),
    "withdraw": (
        [("confirm_withdrawal", "complainant", "")],
        [
            ("acknowledge", "complainant", "lapsed"),
            ("conclude", "", "lapsed"),
            ("decide_recording", "", "lapsed"),
            ("preserve_evidence", "", "lapsed"),
        ],
    ),
    "add_allegation": ([("acknowledge", "complainant", "2026-11-09"), ("decide_recording", "", "2026-11-16")], []),
    "give_notice": ([], [("acknowledge", "complainant", "met")]),
    "waive": ([], [("acknowledge", "complainant", "waived")]),
    "add_documents": ([], []),
    "note_contact": ([], []),
    "take_off_message": ([], []),
    "begin_first_stage": ([("pass_to_panel", "", "")], []),
    "note_first_stage": ([], []),
    "pass_to_panel": ([], [("pass_to_panel", "", "met")]),
    "agree_action_plan": ([("sign_off_plan", "", "2026-11-16")], []),
    "sign_off_action_plan": ([], [("sign_off_plan", "", "met")]),
    "note_representative": ([], []),
    "end_representative": ([], []),
    "declare_interest": ([], []),
    "assign": ([], []),
    "join_group": ([], []),
    "leave_group": ([], []),
    "arrange_meeting": ([("send_papers", "members", "2026-11-06")], []),
    "adjourn": ([("send_papers", "members", "2026-11-06")], [("send_papers", "members", "lapsed")]),
    "invite_representations": (
        [
            ("await_representations", "complainant", "2026-11-16"),
            ("await_representations", "office_holder", "2026-11-16"),
            ("decide_publication", "", "2026-11-30"),
        ],
        [],
    ),
    "note_representations": ([], [("await_representations", "complainant", "met")]),
    "decide_publication": ([], []),
    "note_answer": ([("tell_done", "the_panel", "")], [("await_answer", "office_holder", "met")]),
    "note_no_confidence": ([], []),
    "stop_clock": ([], []),
    "restart_clock": ([], []),
    "note_office_left": ([], []),
    "note_external_challenge": ([("answer_challenge", "challenge:ombudsman", "2026-11-16")], []),
    "answer_challenge": ([], [("answer_challenge", "challenge:ombudsman", "met")]),
    "note_challenge_decision": (
        [("challenge_apology", "challenge:ombudsman", "2026-11-16")],
        [("answer_challenge", "challenge:ombudsman", "lapsed")],
    ),
    "note_challenge_remedy": ([], [("challenge_apology", "challenge:ombudsman", "met")]),
    "correct": ([], []),
    "merge": (
        [],
        [
            ("acknowledge", "complainant", "lapsed"),
            ("conclude", "", "lapsed"),
            ("decide_recording", "", "lapsed"),
            ("preserve_evidence", "", "lapsed"),
        ],
    ),
    "restrict": ([("review_restriction", "", "2026-11-30")], []),
    "unrestrict": ([], [("review_restriction", "", "met")]),
    "void": (
        [],
        [
            ("acknowledge", "complainant", "lapsed"),
            ("conclude", "", "lapsed"),
            ("decide_recording", "", "lapsed"),
            ("preserve_evidence", "", "lapsed"),
        ],
    ),
    "reopen": (
        [
            ("consider", "", "2026-11-16"),
            ("copy_of_record", "complainant", "2026-11-05"),
            ("decide_copies", "", "2026-11-05"),
            ("preserve_evidence", "", ""),
        ],
        [],
    ),
    "hold": ([("review_hold", "", "2026-11-16")], []),
    "lift_hold": ([], [("review_hold", "", "met")]),
    "propose_erasure": ([("confirm_erasure", "", "")], []),
    "decline_erasure": ([], [("confirm_erasure", "", "met")]),
    "erase": ([], [("confirm_erasure", "", "met")]),
    "ask_for_reversal": ([("consider_reversal", "", "")], []),
    "reverse": (
        [],
        [
            ("consider", "", "reversed"),
            ("copy_of_record", "complainant", "reversed"),
            ("decide_copies", "", "reversed"),
        ],
    ),
}


def rows(case) -> tuple[list, list]:
    """What the last entry opened and closed."""
    entry = last(case)

    def to(duty):
        return duty.recipient.partition(":")[0] if duty.recipient.startswith("office_holder") else duty.recipient

    opened = [(d.kind, to(d), str(d.due or "")) for d in Duty.objects.filter(opened_by=entry)]
    closed = [(d.kind, to(d), d.closed_how) for d in Duty.objects.filter(closed_by=entry)]
    return sorted(opened), sorted(closed)


def made(world, key):
    """The complaint after the step."""
    if key == "log":
        return build.log(world, on=RECEIVED)
    if key == "record_conduct_matter":
        return conduct_matter(world)
    if key == "enter_from_register":
        return from_register(world)
    return take(world, ready_for(world, key), key)


HERE = "tests/complaints/procedure/test_duties.py"


def test_every_declared_step_has_its_row():
    missing = [s.key for s in PROCEDURE.steps if s.key not in EXPECTED]
    assert not missing, (
        f"add to EXPECTED in {HERE} what the step opens and closes, by the law and not by the code: "
        f'"{missing[0]}": ([(duty, to whom, by which day)], [(duty, to whom, how)]), or "{missing[0]}": ([], []). '
        f"Steps without a row: {', '.join(missing)}"
    )
    gone = set(EXPECTED) - {s.key for s in PROCEDURE.steps}
    assert not gone, f"no step of any chapter in CHAPTERS: take out of EXPECTED in {HERE}: {sorted(gone)}"


@pytest.mark.parametrize("key", EXPECTED)
def test_a_step_opens_and_closes_exactly_these_duties(world, key):
    case = made(world, key)
    assert rows(case) == tuple(EXPECTED[key])
    for duty in Duty.objects.filter(opened_by=last(case)):
        assert (duty.due is None) == (duty.count is None)
        if duty.due:
            count = Count.from_json(duty.count)
            assert count.day == duty.due
            assert count.explanation


LAW = {
    "await_representations",
    "publish",
    "decide_recording",
    "tell_redirected",
    "notify_other",
    "tell_not_recorded",
    "review_copy",
    "refer_to_iopc",
    "tell_referred",
    "iopc_decides",
    "iopc_investigates",
    "invite_comments",
    "copy_of_outcome",
    "notify_iopc",
    "comply_with_direction",
    "court_decides",
    "release_copy",
    "await_answer",
    "publish_report",
    "preserve_evidence",
    "copy_of_record",
    "decide_copies",
    "copy_of_complaint",
}
READING = {
    "look_at_offence",  # nobody found a provision that orders them: kept so that nobody is left untold (docs/law.md)
    "tell_referred_back",
    "tell_route",
    "tell_no_action",
    "confirm_withdrawal",
    "tell_discontinued",
    "tell_proceedings",
    "tell_conduct_matter",
    "tell_panel",
}
GUIDANCE = {
    "sign_off_plan",
    "ask_authority",
    "pass_on",
    "report_to_panel",
    "answer_challenge",
    "await_challenge",
    "challenge_apology",
    "challenge_reminder",
    "challenge_payment",
    "challenge_other",
    "send_papers",
    "consider_reversal",
    "confirm_erasure",
    "review_hold",
    "await_reply",
    "await_action",
    "tell_refused",
    "tell_done",
    "await_review",
}


def cure_of_list(name: str, listed: set, found: set, what: str) -> str:
    """What to type where a duty is not in its list, or is in one where it should not be."""
    more, less = sorted(found - listed), sorted(listed - found)
    said = [f"{', '.join(more)} {what}: if the law notes have it so, add it to {name} in {HERE}"] if more else []
    said += [f"{', '.join(less)} stands in {name} in {HERE}: take it off if the law notes have it so"] if less else []
    return f"{'; '.join(said)}; otherwise correct the duty"


def test_what_the_law_orders_what_the_panel_aims_at_and_what_is_good_practice_are_told_apart():
    found = {k.key: k.basis for k in PROCEDURE.duties}
    for basis, name, listed in (
        (Basis.LAW, "LAW", LAW),
        (Basis.GUIDANCE, "GUIDANCE", GUIDANCE),
        (Basis.READING, "READING", READING),
    ):
        here = {k for k, b in found.items() if b is basis}
        assert here == listed, cure_of_list(name, listed, here, f"rests on Basis.{basis.name}")
    for kind in PROCEDURE.duties:
        law = any(p.startswith(("reg", "s ", "Sch")) for p in kind.provisions)
        assert law or kind.basis is not Basis.LAW, f"{kind.key} is the law, but cites none"


OUTLIVES = {
    "sign_off_plan",
    "tell_redirected",
    "notify_other",
    "pass_on",
    "review_copy",
    "tell_not_recorded",
    "confirm_withdrawal",
    "notify_iopc",
    "report_to_panel",
    "tell_discontinued",
    "tell_panel",
    "tell_proceedings",
    "release_copy",
    "copy_of_complaint",
    "await_representations",
    "decide_publication",
    "publish",
    "await_answer",
    "publish_report",
    "await_reply",
    "await_action",
    "tell_refused",
    "tell_done",
    "await_review",
    "answer_challenge",
    "await_challenge",
    "challenge_apology",
    "challenge_reminder",
    "challenge_payment",
    "challenge_other",
    "consider_reversal",
    "confirm_erasure",
    "review_hold",
}


BINDING = {
    "refer_to_iopc": DayBasis.LAW,
    "await_answer": DayBasis.PANEL,
}  # only the referral's day is thought to be the law's; that of an answer the Panel sets, and it binds


def test_only_a_day_of_the_law_or_one_that_binds_makes_late_in_law():
    binding = {k.key: k.day_basis for k in PROCEDURE.duties if k.late_in_law}
    assert binding == BINDING, cure_of_list("BINDING", set(BINDING), set(binding), "has a day that binds")
    assert {k.key for k in PROCEDURE.duties if k.statutory and k.due and not k.late_in_law} >= {
        "copy_of_record",
        "review_copy",
    }


def test_what_an_end_leaves_idle_lapses_and_what_must_still_be_said_stays(world):
    ends = set(PROCEDURE.ends)
    outliving = {k.key for k in PROCEDURE.duties if PROCEDURE.lives_in(k) & ends}
    assert outliving == OUTLIVES, cure_of_list("OUTLIVES", OUTLIVES, outliving, "lives on after an end")
    case = take(world, at(world, "recorded"), "identify_serious")
    case = take(world, take(world, case, "refer_to_iopc"), "withdraw")
    still = {d.kind for d in open_duties(case)}
    assert still == {"confirm_withdrawal", "notify_iopc"}
    lapsed = set(Duty.objects.filter(case=case, closed_how="lapsed").values_list("kind", flat=True))
    assert lapsed >= {"acknowledge", "iopc_decides", "tell_referred", "copy_of_record", "preserve_evidence"}


# Answers that change what follows

WITH_ANSWERS = [
    ("iopc_discontinues", {"direction": "none"}, {"tell_discontinued"}),
    ("iopc_discontinues", {"direction": "disapply"}, {"tell_discontinued", "comply_with_direction"}),
    ("iopc_discontinues", {"direction": "as_fit"}, {"tell_discontinued", "comply_with_direction"}),
    ("iopc_concludes", {"follows": "closed"}, {"tell_panel"}),
    ("iopc_concludes", {"follows": "recorded"}, {"tell_panel", "consider"}),
    ("iopc_concludes", {"ended": "ceased", "follows": "recorded"}, {"tell_panel"}),
    ("proceedings_end", {"left": "closed"}, {"tell_proceedings"}),
    ("record_outcome", {"outcome": "recommendations"}, {"copy_of_outcome", "await_reply"}),
    ("record_outcome", {"outcome": "report"}, {"copy_of_outcome", "await_answer", "publish_report"}),
    ("adjourn", {"meets_on": None}, {"arrange_next_meeting"}),
    ("record_evidence_step", {"kind": "ended"}, set()),
    (
        "refer_to_iopc",
        {"tell_office_holder": "no"},
        {"copy_of_record", "decide_copies", "iopc_decides", "tell_referred"},
    ),
    ("filter", {"route": "informal_resolution"}, {"tell_route", "begin_resolution"}),
    ("filter", {"route": "full_panel"}, {"tell_route", "take_to_panel"}),
    ("reopen", {"to": "received"}, {"decide_recording", "preserve_evidence"}),
    ("redirect", {"reason": "other_panel"}, {"tell_redirected", "notify_other"}),
]


@pytest.mark.parametrize("key, answers, expected", WITH_ANSWERS)
def test_what_is_answered_decides_what_follows(world, key, answers, expected):
    case = take(world, ready_for(world, key), key, **answers)
    assert set(Duty.objects.filter(opened_by=last(case)).values_list("kind", flat=True)) == expected


def test_nobody_is_told_of_a_complaint_whose_copy_was_withheld(world):
    case = at(world, "recorded")
    case = take(
        world,
        case,
        "decide_copies",
        by=world.mo,
        copy="withheld",
        copy_ground="prejudice",
        why="It might prejudice it.",
    )
    assert {d.kind for d in open_duties(case)} >= {"review_copy"}
    assert open_duties(case, "review_copy")[0].due == date(2026, 11, 30)
    case = take(world, case, "filter")
    assert {d.recipient for d in open_duties(case, "tell_route")} == {"complainant"}


def test_when_proceedings_end_a_copy_withheld_for_them_is_decided_again(world):
    case = at(world, "awaiting_proceedings")
    case = take(world, case, "decide_copies", by=world.mo, copy="withheld", copy_ground="prejudice", why="A trial.")
    case = take(world, case, "proceedings_end", left="closed")
    assert [d.kind for d in open_duties(case, "release_copy")] == ["release_copy"]
    case = take(world, case, "decide_copies", by=world.mo, copy="full")
    assert open_duties(case, "release_copy") == []
    assert len(open_duties(case, "copy_of_complaint")) == 1


def test_a_copy_withheld_in_the_public_interest_is_not_released_by_the_end_of_proceedings(world):
    case = at(world, "awaiting_proceedings")
    case = take(
        world, case, "decide_copies", by=world.mo, copy="withheld", copy_ground="public_interest", why="Her safety."
    )
    case = take(world, case, "proceedings_end")
    assert open_duties(case, "release_copy") == []
    assert len(open_duties(case, "review_copy")) == 1


def test_a_late_answer_to_recommendations_is_waited_for_beyond_the_end(world):
    case = heard(world, at(world, "informal_resolution"))
    case = take(world, case, "record_outcome", outcome="report")
    case = take(world, take(world, take(world, case, "decide_copies"), "give_notice"), "close")
    assert len(open_duties(case, "await_answer")) == 1


# What a step overtakes was not done


def closed(case) -> set:
    """Which duties the last entry closed, and how."""
    return set(Duty.objects.filter(closed_by=last(case)).values_list("kind", "closed_how"))


def test_what_a_step_overtakes_lapses_and_does_not_count_as_met(world):
    case = take(world, take(world, at(world, "recorded"), "identify_serious"), "refer_to_iopc")
    assert closed(case) == {("refer_to_iopc", "met"), ("consider", "lapsed")}  # the Chairman has not considered it
    assert ("consider", "lapsed") in closed(take(world, at(world, "recorded"), "redirect", by=world.mo))
    case = take(world, at(world, "sub_panel"), "refer_to_full_panel")
    assert closed(case) == {("arrange_meeting", "lapsed"), ("sub_panel_meets", "lapsed")}
    case = take(world, take(world, at(world, "outcome_recorded"), "invite_representations"), "decide_publication")
    assert closed(case) == {("decide_publication", "met"), ("await_representations", "lapsed")}
    given = {"publish": "yes", "considered": True, "public_interest": True, "redacted": "It was explained."}
    found = errors(world, case, "decide_publication", **given)  # nobody has had the time they were given
    assert found == {"publish": ["Gillian Thorpe may still answer until 16 November 2026"]}


# A copy withheld is kept under review for as long as it is withheld (reg 31)

WITHHELD = {"copy": "withheld", "copy_ground": "public_interest", "why": "Her safety."}


def test_a_closed_complaint_goes_on_being_reviewed_while_its_copy_is_withheld(world):
    case = take(world, at(world, "closed"), "decide_copies", by=world.mo, **WITHHELD)
    case = take(world, case, "reopen")
    case = take(world, case, "filter", route="no_action", **DISAPPLIED)
    case = close(world, case)
    assert len(open_duties(case, "review_copy")) == 1
    case = take(world, case, "decide_copies", by=world.mo)
    assert open_duties(case, "review_copy") == []


@pytest.mark.parametrize("key", ["withdraw", "redirect", "void"])
def test_where_there_is_no_copy_to_come_the_review_lapses_and_begins_again_when_it_is_reopened(world, key):
    case = take(world, at(world, "recorded"), "decide_copies", by=world.mo, **WITHHELD)
    case = take(world, case, key, by=world.mo)
    assert ("review_copy", "lapsed") in closed(case)
    assert len(open_duties(take(world, case, "reopen"), "review_copy")) == 1


# A complaint added to is acknowledged again


def test_of_an_added_allegation_the_acknowledgement_names_which(world):
    case = take(world, at(world, "recorded"), "add_allegation")
    look = CaseContext(case, world.officer)
    added = next(d for d in look.open_duties if d.opened_by_id == last(case).pk and d.kind == "acknowledge")
    assert look.numbers_of(added) == [2]


def test_every_step_stands_under_a_heading_of_the_case_page():
    bare = [s for s in PROCEDURE.steps if s.creates != "case" and PROCEDURE.group_of(s.key) == "Other steps"]
    assert not bare, (
        "give the chapter a heading in GROUPS of complaints/procedure/__init__.py: its steps stand under none, such as "
        f"{bare[0].key!r} ({bare[0].where})"
    )
