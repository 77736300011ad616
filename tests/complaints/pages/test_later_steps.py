"""The steps of the IOPC, the courts and the record on their pages: each taken once, each refused once, each with its own
wrong answer beside the question."""

from datetime import date, timedelta

import pytest

from complaints.procedure import PROCEDURE
from panel.law.period import day_words
from panel.law.roles import Role
from panel.models import Member
from panel.record.act import sealed_act
from tests.panel.pages.cases import nothing_kept
from tests.panel.pages.page import Browser
from tests.steps import (
    LATER,
    ON,
    PERSON,
    TYPED,
    answers,
    at,
    build,
    conduct_matter,
    fresh,
    last,
    notices,
    ready_for,
    sitting,
    take,
)

KEYS = (
    "iopc_suspends", "iopc_lifts_suspension", "iopc_discontinues", "iopc_concludes", "proceedings_end",
    "iopc_treats_as_conduct_matter", "record_evidence_step", "arrange_meeting", "adjourn", "invite_representations",
    "note_representations", "decide_publication", "note_answer", "stop_clock", "restart_clock", "note_office_left",
    "note_external_challenge", "answer_challenge", "note_challenge_decision", "note_challenge_remedy", "correct", "merge", "restrict", "unrestrict", "assign",
)  # fmt: skip


def address(case, key=""):
    return f"/exshire/complaints/{case.reference}/" + (f"{key}/" if key else "")


def enters(world, step):
    """Whoever takes it in person: the Chairman what the Chairman decides."""
    role = step.decided_by[0] if step.decided_by else step.entered_by[0]
    return world.people[PERSON[role]]


def first_button(step) -> str:
    """The button of the page that asks: of a step whose answers are shown again, "Continue"."""
    return "Continue" if step.confirm else step.button or step.label


def as_typed(given: dict) -> dict:
    """Answers as a page is given them."""
    return {k: str(v) if isinstance(v, int) and not isinstance(v, bool) else v for k, v in given.items()}


@pytest.mark.parametrize("key", KEYS)
def test_each_is_taken_on_its_page(world, key):
    case, step = ready_for(world, key), PROCEDURE.step(key)
    by = enters(world, step)
    page = Browser(by).get(address(case, key))
    assert page.h1 == step.label
    asked = {k: v for k, v in as_typed(answers(world, case, key, by)).items() if k not in TYPED}
    on = date(2026, 11, 16)  # the page's today is the 18th
    if key in ("stop_clock", "restart_clock", "merge"):
        on = ON
    if key in ("iopc_suspends", "arrange_meeting", "adjourn", "invite_representations", "note_external_challenge"):
        asked |= {k: LATER + timedelta(days=14) for k in asked if k in ("review_on", "meets_on", "by_when")}
    late = {"late_why": "It was overlooked.", "late_reason": "overlooked"} if "late_why" in page.offered() else {}
    done = page.submit(first_button(step), on=on, **asked, **late)
    assert done.errors == {}
    done = done.submit(step.button) if step.confirm else done
    assert (last(case).step, fresh(case).version) == (key, case.version + 1)
    shown = done.banner if key not in ("restrict",) else step.past_words
    assert step.past_words in shown
    timeline = Browser(world.auditor).get(address(case, "timeline"))
    assert step.past_words in timeline.text


@pytest.mark.parametrize("key", KEYS)
def test_each_is_refused_to_whom_it_does_not_belong_and_where_the_case_does_not_stand(world, key):
    case, step = ready_for(world, key), PROCEDURE.step(key)
    roles = {*step.entered_by, *step.decided_by}
    stranger = next(r for r in (Role.OFFICER, Role.CHAIRMAN, Role.MEMBER, Role.AUDITOR) if r not in roles)
    browser = Browser(world.people[PERSON[stranger]])
    with nothing_kept():
        assert browser.get(address(case, key)).status in (403, 404)
        assert browser.send(address(case, key), {"why": "x"}).status in (403, 404)
    elsewhere = next((s.key for s in PROCEDURE.states if s.key not in step.from_states), "")
    if elsewhere:
        other = at(world, elsewhere)
        page = Browser(enters(world, step)).get(address(other, key))
        assert page.status == 409
        assert "You cannot do this yet" in page.text


LATE = " must be on or after the day of this step"
WRONG = [
    ("iopc_suspends", {"proceedings": ""}, {"proceedings": ["Enter which proceedings"]}),
    ("iopc_suspends", {"review_on": date(2026, 11, 1)}, {"review_on": ["The day to ask again" + LATE]}),
    ("iopc_discontinues", {"direction": None}, {"direction": ["Select what the IOPC directs"]}),
    ("iopc_discontinues", {"why": ""}, {"why": ["Enter the reasons"]}),
    ("iopc_concludes", {"ended": None}, {"ended": ["Select what came"]}),
    ("iopc_concludes", {"follows": None}, {"follows": ["Select what is to follow"]}),
    ("proceedings_end", {"left": None}, {"left": ["Select whether anything is left for the Panel"]}),
    ("record_evidence_step", {"kind": None}, {"kind": ["Select what was done"]}),
    ("arrange_meeting", {"meets_on": date(2026, 10, 30)}, {"meets_on": ["The day of the meeting" + LATE]}),
    ("invite_representations", {"by_when": date(2026, 10, 30)}, {"by_when": ["The day by which they may answer" + LATE]}),
    ("note_representations", {"view": None}, {"view": ["Select what they want"]}),
    ("decide_publication", {"publish": None}, {"publish": ["Select whether it is published"]}),
    ("stop_clock", {"waiting_for": None}, {"waiting_for": ["Select who is waited for"]}),
    ("stop_clock", {"duties": []}, {"duties": ["Select which target stops"]}),
    ("note_external_challenge", {"body": None}, {"body": ["Select who asks"]}),
    ("answer_challenge", {"answer": ""}, {"answer": ["Enter what was answered"]}),
    ("correct", {"title": ""}, {"title": ["Enter a short title"]}),
    ("merge", {"into": ""}, {"into": ["Enter which complaint"]}),
    ("restrict", {"named": []}, {"named": ["Select who may see it"]}),
    ("note_office_left", {"note": ""}, {"note": ["Enter what follows"]}),
]  # fmt: skip


@pytest.mark.parametrize("key, answer, expected", WRONG)
def test_a_wrong_answer_gets_its_message_beside_the_question_and_nothing_is_written(world, key, answer, expected):
    case, step = ready_for(world, key), PROCEDURE.step(key)
    by = enters(world, step)
    asked = {k: v for k, v in as_typed(answers(world, case, key, by)).items() if k not in TYPED}
    page = Browser(by).get(address(case, key))
    with nothing_kept():
        page = page.submit(first_button(step), **{"on": ON, **asked, **answer})
    assert page.status == 422
    assert {name: page.errors.get(name) for name in expected} == expected


# A conduct matter from its page to the Chairman's free decision


def test_a_conduct_matter_is_recorded_from_the_list_and_names_no_complainant_anywhere(world):
    officer = Browser(world.officer)
    page = officer.get("/exshire/complaints/").follow("Record a conduct matter")
    page = page.submit(
        "Continue", came_to_light="In an auditor’s report", offence="yes", offence_is="Fraud", clear_on=date(2026, 11, 17), subjects=[str(world.pcc.pk)],
        title="Car lease", what_1="Let a relative use the office’s car", happened_on_1=date(2026, 10, 1),
        on=date(2026, 11, 18),
    )  # fmt: skip
    assert page.h1 == "Check before you record a conduct matter"
    done = page.submit("Record the conduct matter")
    assert done.errors == {}
    case = build.Complaint.objects.get(title="Car lease")
    assert done.banner == f"Conduct matter recorded: {case.reference}."
    assert (case.status, case.complainant) == ("recorded", None)
    seen = officer.get(address(case))
    assert "None: conduct matter" in seen.text
    for words in ("Anonymous", "Name withheld", "Record a withdrawal", "gave no name"):
        assert words not in seen.text
    listed = officer.get("/exshire/complaints/?q=Car+lease")
    assert "Conduct matter" in listed.text
    rows = listed.text.partition("showing 1 to 1")[2]  # above it the filter names ground (d), "Anonymous"
    assert rows
    assert "Anonymous" not in rows
    for key in ("withdraw", "decide_copies", "add_allegation", "ask_for_information"):
        assert officer.get(address(case, key)).status == 409
    assert officer.get(address(case, "record")).status == 409


def test_after_it_came_back_a_conduct_matter_is_decided_without_the_test_on_the_page_too(world):
    case = conduct_matter(world)
    assert Browser(world.chairman).get(address(case, "filter")).status == 409
    for key in ("refer_to_iopc", "iopc_refers_back"):
        case = take(world, case, key)
    page = Browser(world.chairman).get(address(case, "filter"))
    assert "grounds" not in page.offered()
    assert "Needs no ground: a conduct matter (regulation 14)" in page.text
    given = {"route": "no_action", "no_advice_why": "He is away.", "on": ON}
    refused = page.submit("Continue", **given)
    assert refused.errors == {"why": ["Enter your reasons"]}
    done = refused.submit("Continue", why="The car was lent for a day.").submit("Confirm decision")
    assert done.errors == {}
    assert fresh(case).status == "filtered"


@pytest.mark.parametrize(
    "direction, wrong, right",
    [("disapply", "informal_resolution", "other_handling"), ("part_4", "no_action", "informal_resolution")],
)
def test_the_direction_of_the_iopc_is_obeyed_on_the_page(world, direction, wrong, right):
    case = take(world, at(world, "with_iopc"), "iopc_discontinues", direction=direction)
    page = Browser(world.chairman).get(address(case, "filter"))
    given = {"no_advice_why": "He is away.", "on": ON}
    if direction == "disapply":
        page = page.submit("Continue", route=wrong, why="As I think.", **given)
    else:
        page = page.submit(
            "Continue", route=wrong, considered=True, grounds=["e"], abuse="abuse", reasons_e="An abuse.", **given
        )
    assert "The IOPC directed" in page.errors["route"][0]
    extra = {"handling": "By the monitoring officer"} if right == "other_handling" else {}
    page = page.submit(
        "Continue", route=right, why="As directed.", **({"grounds": []} if "grounds" in page.offered() else {}), **extra
    )
    assert page.errors == {}
    page.submit("Confirm decision")
    assert fresh(case).status == "filtered"


# A stopped clock


def test_a_stopped_clock_is_late_nowhere_and_shows_both_its_days(world):
    case = at(world, "received")  # acknowledge by 3, decide on recording by 10 November; today is the 18th
    officer = Browser(world.officer)
    take(world, case, "give_notice")
    case = fresh(case)
    overdue = f"/exshire/complaints/?overdue=on&q={case.reference}"
    assert case.reference in officer.get(overdue).text
    duty = case.duties.get(kind="decide_recording")
    take(world, case, "stop_clock", duties=[str(duty.pk)], on=date(2026, 11, 6))
    assert fresh(case).next_due == date(2026, 12, 22)  # the aim to conclude
    assert "No complaints match" in officer.get(overdue).text
    row = officer.get(f"/exshire/complaints/?q={case.reference}").text
    assert "22 Dec" in row
    page = officer.get(address(case))
    assert "Clock stopped since 6 November 2026" in page.text
    assert "Let it go on" in page.links()
    take(world, fresh(case), "restart_clock", duties=[str(duty.pk)], on=date(2026, 11, 16))
    duty.refresh_from_db()
    assert (duty.first_due, duty.due) == (date(2026, 11, 10), date(2026, 11, 20))
    text = officer.get(address(case)).text
    assert "At first by 10 November 2026" in text
    assert "20 November 2026" in text


# Publication


def test_a_text_that_could_tell_who_complained_is_not_published(world):
    case = at(world, "outcome_recorded")
    case = take(world, case, "invite_representations", by_when=date(2026, 11, 9))
    chairman = Browser(world.chairman)
    page = chairman.get(address(case, "decide_publication"))
    given = {
        "publish": "yes",
        "considered": True,
        "public_interest": True,
        "redacted_is": "agreed",
        "why": "It matters.",
        "on": date(2026, 11, 16),
    }
    for mark in ("Gillian", "THORPE", "gillian@example.org", "Thórpe", "Thor\u00adpe"):
        with nothing_kept():
            refused = page.submit("Continue", redacted=f"What {mark} had said was explained.", **given)
        assert "could tell who complained" in refused.errors["redacted"][0]
    check = page.submit("Continue", redacted="The remark was explained.", **given)
    assert (check.h1, check.errors) == ("Check your decision", {})
    assert "Publish the record of the outcome" in check.text
    done = check.submit("Confirm decision")
    assert done.errors == {}
    assert fresh(case).duties.filter(kind="publish", closed_by=None).count() == 1


def test_not_before_both_sides_had_their_chance_and_not_while_the_iopc_suspends(world):
    case = at(world, "outcome_recorded")
    chairman = Browser(world.chairman)
    given = {
        "publish": "yes", "considered": True, "public_interest": True, "why": "It matters.", "redacted": "Explained.",
        "redacted_is": "agreed",
        "on": date(2026, 11, 16),
    }  # fmt: skip
    page = chairman.get(address(case, "decide_publication")).submit("Continue", **given)
    assert page.errors["publish"] == ["Gillian Thorpe has not been invited to make representations"]
    case = take(world, case, "invite_representations", by_when=date(2026, 11, 30))
    page = chairman.get(address(case, "decide_publication")).submit("Continue", **given)
    assert page.errors["publish"] == ["Gillian Thorpe may still answer until 30 November 2026"]
    case = take(world, case, "iopc_suspends")
    page = chairman.get(address(case, "decide_publication")).submit("Continue", **given)
    assert "suspended" in page.errors["publish"][0]


# Restriction


def test_a_restricted_case_is_gone_for_whoever_is_not_named(world):
    case = take(world, at(world, "recorded"), "correct", title="The planted title")
    officer, chairman = Browser(world.officer), Browser(world.chairman)
    officer.get(address(case, "note_contact")).submit("Save and finish later", note="Half a thought.")
    assert case.reference in officer.get("/exshire/").text
    page = Browser(world.mo).get(address(case, "restrict"))
    assert "a Chairman who is not named cannot decide it" in page.text
    take(world, case, "restrict", named=[str(world.vice.pk)])
    for browser in (officer, chairman):
        assert browser.get(address(case)).status == 404
        assert browser.get(address(case, "filter")).status == 404
        for url in ("/exshire/", f"/exshire/complaints/?show=all&q={case.reference}"):
            assert case.title not in browser.get(url).text
    assert case.reference not in officer.get("/exshire/").text
    other = at(world, "received")
    assert case.reference not in officer.get(address(other, "void")).source
    assert Browser(world.vice).get(address(case)).status == 200
    assert Browser(world.mo).get(address(case)).status == 200


def test_who_is_no_longer_named_sees_a_restricted_case_no_more_and_a_sub_panel_keeps_its_seats(world):
    case = at(world, "sub_panel")
    case = take(world, case, "restrict", files={"documents": [build.pdf()]})
    case = take(world, fresh(case), "restrict", named=[str(world.officer.pk)])
    assert Browser(world.chairman).get(address(case)).status == 404
    page = Browser(world.officer).get(address(case, "timeline"))
    assert "Officer of Exshire, Chairman of Exshire" in page.text
    case = take(world, fresh(case), "unrestrict")
    assert Browser(world.chairman).get(address(case)).status == 200
    assert len(sitting(case)) == 3


# What the timeline says of choices, and what is asked again


def test_the_timeline_names_the_documents_that_went_to_the_iopc(world):
    case = take(world, ready_for(world, "refer_to_iopc"), "add_documents", files={"documents": [build.pdf("card.pdf")]})
    document = case.documents.get()
    case = take(world, case, "refer_to_iopc", bundle=[str(document.pk)], sent="")
    said = {dt: dd for event in Browser(world.officer).get(address(case, "timeline")).main.all("dl") for dt, dd in
            zip((e.text for e in event.all("dt")), (e.text for e in event.all("dd")), strict=True)}  # fmt: skip
    assert said["Documents sent"] == "card.pdf"


def test_who_sends_late_what_the_law_times_selects_what_made_it_late(world):
    case = take(world, at(world, "recorded"), "identify_serious")
    page = Browser(world.mo).get(address(case, "refer_to_iopc"))
    given = {"sent": "By secure email", "tell_office_holder": "yes", "on": date(2026, 11, 16), "late_why": "A holiday."}
    asked = page.submit("Record the referral", **given)
    assert asked.errors == {"late_reason": ["Select what made it late"]}
    assert asked.submit("Record the referral", late_reason="away").errors == {}
    assert fresh(case).status == "referred_to_iopc"


def test_two_duties_to_one_person_are_told_once(world):
    case = take(world, at(world, "recorded", allegations=2), "filter", parts=["1"])
    case = take(world, case, "filter", parts=["2"])
    told = [d for d in notices(case) if d.kind == "tell_route" and d.recipient == "complainant"]
    assert len(told) == 2
    case = take(world, case, "give_notice", duties=[str(d.pk) for d in told])
    page = Browser(world.officer).get(address(case, "timeline"))
    assert page.main.all("h3")[0].text == "Told Gillian Thorpe of the decision on how it is handled"


def test_a_chairmans_decision_that_is_typed_up_names_who_decided(world):
    page = Browser(world.officer).get(address(at(world, "sub_panel"), "refer_to_full_panel"))
    given = {"decided_as": "chairman", "decider": "", "evidence": "Letter", "why": "For all.", "on": ON}
    assert page.submit("Refer it to the Panel", **given).errors["decider"] == ["Select who decided"]


def test_who_left_the_panel_is_offered_for_a_seat_of_then(world):
    with sealed_act(world.panel, by=None, name="set_up"):
        rows = [
            Member.objects.create(panel=world.panel, name=name, kind="co_opted", from_date=date(2024, 5, 13), to_date=day)
            for name, day in (("Long Gone", date(2025, 10, 13)), ("Gone Lately", date(2025, 10, 14)))
        ]  # fmt: skip
    case = take(world, at(world, "recorded"), "filter")
    page = Browser(world.chairman).get(address(case, "appoint_sub_panel"))
    assert [str(m.pk) in page.offered()["members"] for m in rows] == [
        False,
        False,
    ]  # nobody of another time among today's
    assert [str(m.pk) in page.offered()["at_other_times"] for m in rows] == [True, True]
    sits = [str(m.pk) for m in world.members[3:5]]
    page = page.submit(
        "Appoint the sub-panel", members=sits, at_other_times=[str(rows[0].pk)], purpose="resolve", on=ON
    )
    assert page.errors == {"members": [f"Long Gone was not a member of the Panel on {day_words(ON)}"]}
    assert page.values()["at_other_times"] == [str(rows[0].pk)]  # and is there to be taken out again
    assert page.submit("Appoint the sub-panel", members=[], at_other_times=[], on=ON).errors["members"] == [
        "Select three members"
    ]


# Merging


def test_the_merged_record_and_the_one_that_goes_on_show_each_other(world):
    merged, on = at(world, "received"), at(world, "recorded")
    page = Browser(world.mo).get(address(merged, "merge"))
    page.submit("Merge it", into=on.reference, why="The same e-mail.", on=ON)
    assert fresh(merged).status == "void"
    officer = Browser(world.officer)
    assert officer.get(address(merged)).rows()["Merged into"] == on.reference
    assert officer.get(address(on)).rows()["Merged into this one"].startswith(merged.reference)


def test_complaints_of_two_people_are_never_merged_nor_into_one_that_has_ended(world):
    other = fresh(build.log(world, name="Somebody Else", email="else@example.org"))
    mine, ended = at(world, "received"), at(world, "closed")
    page = Browser(world.mo).get(address(mine, "merge"))
    with nothing_kept():
        refused = page.submit("Merge it", into=other.reference, why="Alike.", on=ON)
        assert "made by somebody else" in refused.errors["into"][0]
        refused = page.submit("Merge it", into=ended.reference, why="Alike.", on=ON)
        assert "has ended" in refused.errors["into"][0]


# Challenges from outside


def test_each_challenge_is_answered_for_itself_and_reopens_nothing(world):
    case = at(world, "closed")
    take(world, case, "note_external_challenge", body="ombudsman")
    take(world, fresh(case), "note_external_challenge", body="court")
    page = Browser(world.mo).get(address(case, "answer_challenge"))
    assert len(page.offered()["duties"]) == 2
    page.submit(
        "Save the answer",
        duties=[page.offered()["duties"][0]],
        answer="The file was sent.",
        then="ended",
        on=date(2026, 11, 16),
    )
    still = fresh(case).duties.filter(kind="answer_challenge", closed_by=None)
    assert [d.recipient for d in still] == ["challenge:court"]
    assert fresh(case).status == "closed"
    assert "Challenged from outside" in Browser(world.officer).get(address(case)).text


def test_a_challenge_goes_on_to_the_decision_and_to_what_was_agreed_each_with_its_day(world):
    case = take(world, at(world, "closed"), "note_external_challenge")
    mo = Browser(world.mo)
    page = mo.get(address(case, "answer_challenge"))
    page.submit("Save the answer", answer="With the file.", then="decision", on=ON)
    assert "for the decision, and note it" in mo.get(address(case)).section("Open duties").text
    page = mo.get(address(case, "note_challenge_decision"))
    given = {"decided": "fault", "decision": "It took too long.", "agreed": ["apology", "payment"], "on": ON}
    with nothing_kept():
        refused = page.submit("Save the decision", **given)
        assert sorted(refused.errors) == ["apology_by", "apology_what", "payment_by", "payment_what"]
    what = {"apology_what": "To her, for the delay", "payment_what": "£150 to her"}
    with nothing_kept():
        refused = page.submit("Save the decision", **given, **what, apology_by=date(2026, 10, 1), payment_by=LATER)
        assert refused.errors == {
            "apology_by": ["The day by which it is done must be on or after the day of this step"]
        }
    page.submit("Save the decision", **given, **what, apology_by=LATER, payment_by=date(2026, 12, 1))
    duties = mo.get(address(case)).section("Open duties").text
    for words in ("Make the apology agreed with the Local", "Make the payment agreed with the Local"):
        assert words in duties
    page = mo.get(address(case, "note_challenge_remedy"))
    page.submit("Save that it was done", duties=page.offered()["duties"][:1], note="Letter of today", on=ON)
    still = fresh(case).duties.filter(kind__startswith="challenge_", closed_by=None)
    assert [(d.kind, d.due) for d in still] == [("challenge_payment", date(2026, 12, 1))]
    assert "Challenged from outside" in Browser(world.officer).get(address(case)).text
    assert fresh(case).status == "closed"


# Part decisions, all the way


def test_five_allegations_go_five_ways_and_the_page_says_so(world):
    case = fresh(build.log(world, allegations=5))
    steps = [
        ("redirect", {"parts": ["1"]}), ("record", {"parts": ["2", "3", "4", "5"]}),
        ("identify_serious", {"parts": ["2"]}), ("refer_to_iopc", {"parts": ["2"]}), ("decide_copies", {}),
        ("filter", {"parts": ["3"], "route": "no_action", "considered": True, "grounds": ["e"], "abuse": "abuse",
                    "reasons_e": "An abuse."}),
        ("filter", {"parts": ["4"], "route": "informal_resolution"}), ("resolve_informally", {"parts": ["4"]}),
    ]  # fmt: skip
    for key, over in steps:
        case = take(world, case, key, **over)
    assert [p.status for p in case.parts.order_by("number")] == [
        "redirected", "referred_to_iopc", "filtered", "informal_resolution", "recorded",
    ]  # fmt: skip
    page = Browser(world.officer).get(address(case))
    duties = page.section("Open duties").text
    for words in ("(allegation 1)", "(allegation 2)", "(allegations 3 and 4)", "(allegation 5)"):
        assert words in duties
    assert "Tell Gillian Thorpe that it is not for the Panel, and why (allegation 1)" in duties
    choices = Browser(world.officer).get(address(case, "give_notice")).text
    assert "Tell Gillian Thorpe of the decision on how it is handled, allegation 3" in choices
    assert case.status == "informal_resolution"
    case = take(world, case, "give_notice")
    case = take(world, case, "close", parts=["3"])
    for side in ("complainant", f"office_holder:{world.pcc.pk}"):
        case = take(world, case, "note_comments", side=side)
    case = take(world, case, "record_outcome", parts=["4"])
    case = take(world, case, "withdraw", parts=["5"])
    case = take(world, case, "iopc_investigates")
    case = take(world, case, "iopc_discontinues", direction="none")
    case = take(world, case, "give_notice")
    case = take(world, case, "close")
    assert [p.status for p in case.parts.order_by("number")] == [
        "redirected", "closed", "closed", "closed", "withdrawn",
    ]  # fmt: skip
    assert case.status == "closed"
