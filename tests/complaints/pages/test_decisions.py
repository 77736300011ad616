"""The Chairman's decision on its real page: what each missing answer is told, what stays typed, who decided and who typed;
and who may sit on a sub-panel."""

from datetime import date

import pytest

from panel.record.act import sealed_act
from tests import build
from tests.panel.pages.cases import case_url, nothing_kept, step_url
from tests.panel.pages.page import Browser
from tests.steps import at, fresh, last, open_duties, seats, sitting, take, waive_all

DAY = date(2026, 11, 16)  # of the decision; the page's today is the 18th
TEST = {"route": "no_action", "considered": True, "on": DAY}
TICK = "Tick that no action should be taken, or choose another route"
WITHOUT_ADVICE = "Enter why you are deciding without the Monitoring Officer’s advice"
LIMBS = {
    "same": "Confirm that it is substantially the same, or untick ground (f)",
    "no_fresh_allegation": "Confirm that there is no fresh allegation, or untick ground (f)",
    "no_fresh_evidence": "Confirm that no fresh evidence has come, or untick ground (f)",
    "ended": "Confirm how the earlier one ended, or untick ground (f)",
}


def decided_on(case, by):
    """The page of the decision."""
    page = Browser(by).get(step_url(case, "filter"))
    assert page.h1 == "Decide how this complaint is handled"
    return page


def refused(page, button="Continue", **given):
    """The page again, with errors and nothing written; whether it could be an offence is another file's matter."""
    given = {**({"offence": "no"} if "offence" in page.offered() else {}), **given}
    with nothing_kept():
        page = page.submit(button, **given)
    assert page.status == 422
    return page


@pytest.fixture
def advised(world):
    return take(world, at(world, "recorded"), "advise", fits=["e"])


# Errors, word for word


def test_left_empty_all_that_is_missing_is_told_at_once(world):
    case = at(world, "recorded", allegations=2)
    page = decided_on(case, world.chairman).submit("Continue", parts=[])
    assert page.summary == [
        "Select at least one allegation", "Select whether it could be a criminal offence",
        "Select how it should be handled", "Enter your reasons", WITHOUT_ADVICE,
    ]  # fmt: skip
    page = refused(page, route="no_action", parts=["1"])
    assert page.summary == [TICK, "Select at least one ground", WITHOUT_ADVICE]
    page = refused(page, route="other_handling", handling="")
    assert page.errors["considered"] == ["Tick that it should be handled in another way, or choose another route"]
    assert page.errors["handling"] == ["Enter how it will be handled"]


MISSING = [
    ("a", {"staff_post": "Enter who it was, in what post and when",
           "reasons_a": "Enter your reasons for ground (a), all about conduct towards the office’s own staff"}),
    ("b", {"limb": "Select which limb of ground (b) fits",
           "reasons_b": "Enter your reasons for ground (b), more than 12 months before the complaint"}),
    ("c", {"same_matter": "Enter which complaint it is",
           "reasons_c": "Enter your reasons for ground (c), already the subject of a complaint"}),
    ("d", {"tried": "Enter what was tried to find out", "reasons_d": "Enter your reasons for ground (d), anonymous",
           "grounds": "Ground (d) does not fit: the complainant’s name and address are on record"}),
    ("e", {"abuse": "Select which part of ground (e) fits",
           "reasons_e": "Enter your reasons for ground (e), vexatious, oppressive or an abuse"}),
    ("f", {"earlier": "Enter the earlier case", "earlier_ended": "Select how the earlier case ended", "reasons_f": "Enter your reasons for ground (f), repetitious"}),
]  # fmt: skip


@pytest.mark.parametrize("letter, expected", MISSING)
def test_each_ground_asks_its_own_questions_and_reasons(world, advised, letter, expected):
    page = refused(decided_on(advised, world.chairman), **TEST, grounds=[letter])
    limbs = {"limbs": list(LIMBS.values())} if letter == "f" else {}
    assert page.errors == {k: [v] for k, v in expected.items()} | limbs
    without = refused(page, considered=False)  # reg 15(2)(a), told beside all the rest
    assert without.errors == page.errors | {"considered": [TICK]}


@pytest.mark.parametrize("limb", LIMBS)
def test_every_limb_of_ground_f_is_confirmed(world, advised, limb):
    ended = at(world, "closed")
    given = {**TEST, "grounds": ["f"], "earlier": ended.reference, "limbs": [k for k in LIMBS if k != limb],
             "earlier_ended": "resolved"}  # fmt: skip
    page = refused(decided_on(advised, world.chairman), **given, reasons_f="")
    assert page.summary == [LIMBS[limb], "Enter your reasons for ground (f), repetitious"]
    page = refused(page, earlier=at(world, "sub_panel").reference, limbs=list(LIMBS), reasons_f="The same letters.")
    (said,) = page.errors.pop("earlier")
    assert "has not ended. It stands at sub-panel: a sub-panel resolves it informally" in said
    page = page.submit("Continue", earlier=ended.reference, earlier_ended="withdrawn")
    said = f"Select how it really ended: the register has {ended.reference} as closed: explained"
    assert page.errors == {"earlier_ended": [said]}
    check = page.submit("Continue", earlier_ended="resolved")
    assert check.h1 == "Check your decision"
    assert check.rows()["Which earlier case"].endswith("(closed: explained)")


def test_what_was_typed_stays_through_errors_the_check_page_and_back(world, advised):
    page = refused(decided_on(advised, world.chairman), **TEST, grounds=["a", "e"], abuse="vexatious",
                   staff_post="A driver, in 2025", reasons_e="Fourteen <letters>\nabout one space & more.")  # fmt: skip
    typed = {"route": ["no_action"], "grounds": ["a", "e"], "abuse": ["vexatious"], "staff_post": "A driver, in 2025",
             "reasons_e": "Fourteen <letters>\nabout one space & more.", "considered": ["on"]}  # fmt: skip
    assert {k: page.values()[k] for k in typed} == typed
    assert page.day("on") == "16 11 2026"
    check = page.submit("Continue", reasons_a="He drove the car.")
    assert check.rows()["Decision"] == "Take no action"
    assert "Fourteen <letters>" in check.rows()["Your reasons, ground (e)"]
    back = check.submit("Change your reasons, ground (e)")
    assert {k: back.values()[k] for k in typed} == typed
    page = back.submit("Save and finish later")
    assert {k: decided_on(advised, world.chairman).values()[k] for k in typed} == typed


# What follows, who decided, who typed


def test_what_each_route_leads_to_stands_under_it_and_is_what_then_happens(world, advised):
    page = decided_on(advised, world.chairman)
    routes = [e for e in page.main.all(cls="govuk-radios__item") if e.all("input")[0].attrs["name"] == "route"]
    under = {
        e.all("input")[0].attrs["value"]: [li.text for li in box.all("li")]
        for e, box in zip(routes, page.main.all(cls="app-follow"), strict=False)
    }
    told = "Tell Gillian Thorpe and Mr Ashcombe of the decision on how it is handled by 25 November 2026"
    assert under["sub_panel_resolves"][0].startswith(told)
    assert under["sub_panel_resolves"][1] == "Appoint the sub-panel by 25 November 2026 (target, paragraph 11)."
    assert under["full_panel"][1].startswith("Take it to the full Panel by")
    assert under["no_action"][1].startswith("Carry out the decision, then close by")
    check = page.submit("Continue", offence="no", route="sub_panel_resolves", why="Best face to face.")
    follows = [li.text for li in check.main.one("ol").all("li")]
    assert follows == ["It goes on the record in your name.", *under["sub_panel_resolves"]]
    done = check.submit("Confirm decision")
    assert done.banner == "Route decided."
    kinds = {d.kind for d in open_duties(advised)}
    assert {"tell_route", "appoint_sub_panel"} <= kinds
    entry = last(advised)
    assert (entry.by, entry.decided_by, entry.decided_as) == (world.chairman, world.members[0], "chairman")


def test_the_officer_types_it_up_with_what_shows_it_and_both_names_stand_there(world, advised):
    page = refused(decided_on(advised, world.officer), route="full_panel", why="It concerns all.")
    assert page.errors == {
        "decider": ["Select who decided"], "evidence": ["Enter what shows the decision, such as the letter or minute"],
    }  # fmt: skip
    page = refused(page, decider=str(world.members[1].pk), evidence="Her letter", on=DAY)
    assert page.errors == {"decider": ["Vice of Exshire decides only when the Chairman is away or has an interest"]}
    page.submit("Continue", decider=str(world.members[0].pk)).submit("Confirm decision")
    entry = last(advised)
    assert (entry.step, entry.by, entry.decided_by) == ("filter", world.officer, world.members[0])
    timeline = Browser(world.mo).get(case_url(advised, "timeline/")).text
    assert "16 November 2026, Chairman of Exshire, entered by Officer of Exshire" in timeline


def test_a_chairman_with_an_interest_is_shut_out_and_the_vice_chairman_decides(world, advised):
    assert Browser(world.vice).get(step_url(advised, "filter")).status == 403
    assert "(Vice of Exshire (Vice-Chairman) then decides)" in decided_on(advised, world.chairman).text
    page = Browser(world.chairman).get(step_url(advised, "declare_interest"))
    page = page.submit("Continue", kind="close", nature="A friend of the complainant", withdrew="yes")
    page.submit("Declare the interest")
    for page_of_it in ("", "filter/", "timeline/", "documents/"):
        page = Browser(world.chairman).get(case_url(advised, page_of_it))
        assert page.status == 403
        assert "You declared an interest in this case on 18 November 2026, so you cannot see it." in page.text
        assert advised.title not in page.source
    given = {"route": "informal_resolution", "why": "A call may settle it.", "on": date(2026, 11, 18)}
    typed = {"decider": str(world.members[0].pk), "evidence": "A letter"}
    page = refused(decided_on(advised, world.officer), **given, **typed)
    assert page.errors == {"decider": ["Chairman of Exshire has declared an interest and cannot decide"]}
    home = Browser(world.vice).get("/exshire/")
    assert "You decide because Chairman of Exshire has an interest." in home.text
    decided_on(advised, world.vice).submit("Continue", offence="no", **given).submit("Confirm decision")
    assert (last(advised).by, last(advised).decided_by) == (world.vice, world.members[1])


def test_what_must_first_go_to_the_iopc_is_not_decided_nor_waiting(world):
    case = take(world, at(world, "recorded"), "identify_serious")
    page = Browser(world.chairman).get(step_url(case, "filter"))
    assert (page.status, page.h1) == (409, "You cannot do this yet")
    assert "Allegation 1 must first go to the IOPC. Paragraph 3, regulations 13, 15 and 27" in page.text
    assert "refer it to the IOPC." not in page.links()  # the Chairman does not refer it
    assert (
        Browser(world.officer).get(step_url(case, "filter")).follow("refer it to the IOPC.").h1 == "Refer to the IOPC"
    )
    assert case.reference not in Browser(world.chairman).get("/exshire/").text


def test_without_advice_it_says_who_has_not_advised_and_asks_why(world):
    case = at(world, "recorded")
    page = decided_on(case, world.chairman)
    assert "Mo of Exshire has not advised yet" in page.text
    page = refused(page, route="full_panel", why="It concerns all.")
    assert page.errors == {"no_advice_why": [WITHOUT_ADVICE]}
    waiting = Browser(world.mo).get("/exshire/").section("Waiting for your advice")
    assert any(url == step_url(case, "advise") for url in Browser(world.mo).get("/exshire/").links(waiting).values())


# The sub-panel


def test_exactly_three_members_of_that_day_none_twice_none_interested(world):
    case = take(world, take(world, at(world, "recorded"), "filter"), "declare_interest", by=world.officer,
                member=str(world.members[6].pk))  # fmt: skip
    gone = world.members[9]
    with sealed_act(world.panel, by=None, name="change_member"):
        gone.to_date = date(2026, 10, 30)
        gone.save()
    page = Browser(world.chairman).get(step_url(case, "appoint_sub_panel"))
    given = {"purpose": "resolve", "on": DAY}
    exactly = "A sub-panel has exactly three members: select three"
    wrong = [
        (seats(world, 3, 4), exactly),
        (seats(world, 3, 4, 5, 7), exactly),
        (seats(world, 3, 4, 6), "Cllr G Exshire has declared an interest and cannot sit"),
        (seats(world, 3, 4, 9), "Cllr J Exshire was not a member of the Panel on 16 November 2026"),
    ]  # fmt: skip
    (folded,) = seats(world, 9)  # who does not sit today
    for members, message in wrong:
        own = [m for m in members if m != folded]
        page = refused(
            page, "Appoint the sub-panel", members=own, at_other_times=[m for m in members if m == folded], **given
        )
        assert page.errors == {"members": [message]}
        kept = page.values()
        assert {*kept["members"], *kept.get("at_other_times", ())} == set(members)  # what was ticked stays ticked
    stranger = build.make_world("westshire", "WE", "Westshire").members[3]
    data = page.filled(members=seats(world, 3, 4), at_other_times=[], **given)
    for extra, message in (
        (seats(world, 3), "A member can sit only once"),
        ([str(stranger.pk)], "Select three members"),
    ):
        with nothing_kept():
            page = page.browser.send(page.url, {**data, "members": [*data["members"], *extra]})
        assert page.status == 422
        assert page.errors["members"] == [message]
    done = page.submit("Appoint the sub-panel", members=seats(world, 3, 4, 5))
    assert done.errors == {}
    assert sitting(case) == sorted(int(pk) for pk in seats(world, 3, 4, 5))
    assert (last(case).by, last(case).decided_by, fresh(case).status) == (world.chairman, world.members[0], "sub_panel")
    history = Browser(world.officer).get(case_url(case, "history/")).text
    assert history.count("Sub-panel member From: (empty) To: ") == 3  # each of the three, by name
    assert last(case).on == DAY


def test_what_will_follow_never_calls_a_day_of_the_panels_own_law(world):
    case = at(world, "received")
    page = Browser(world.officer).get(step_url(case, "record"))
    copy = next(li.text for li in page.main.all("li") if li.text.startswith("Send Gillian Thorpe a copy of the record"))
    assert copy.endswith("(law, paragraph 6, regulation 31; the day is the Panel’s own).")


def test_whoever_rules_out_an_offence_reads_the_complaint_beside_it(world):
    case = take(world, at(world, "recorded"), "ask_about_offence")
    page = Browser(world.mo).get(step_url(case, "rule_out_offence"))
    assert page.status == 200
    assert page.main.one(cls="app-beside__read").text.startswith("The complaint Allegation 1")


def test_publication_is_decided_before_closing_is_the_main_button(world):
    def buttons(case):
        links = Browser(world.officer).get(case_url(case)).main.all("a", cls="govuk-button")
        return [b.text for b in links if "hidden" not in b.attrs]  # the warning before a session ends has one

    case = waive_all(world, at(world, "outcome_recorded"))
    assert buttons(case) == ["Close the complaint"]
    case = take(world, case, "invite_representations")
    assert "decide_publication" in {d.kind for d in open_duties(case)}
    assert "Close the complaint" not in buttons(case)
