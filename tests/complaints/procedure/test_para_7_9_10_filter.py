"""Paragraphs 7, 9 and 10, regulations 15, 27 and 28: the Chairman considers the complaint first, with the Monitoring
Officer; to disapply needs both parts of the test, and each ground its own questions."""

from datetime import date, timedelta

import pytest

from complaints.models import Allegation
from panel.casework.errors import Refused
from panel.casework.perform import perform
from panel.models import Chairmanship, PanelSettings
from panel.record.act import sealed_act
from tests.steps import (
    DISAPPLIED,
    ON,
    RECEIVED,
    TYPED,
    at,
    cannot,
    close,
    errors,
    kinds,
    last,
    open_duties,
    part,
    refusal,
    statuses,
    take,
)
from tests.written import nothing_written

ROUTES = ["sub_panel_resolves", "informal_resolution", "sub_panel_considers", "full_panel"]
OLD = [{"what": "Said it two years ago", "happened_on": date(2025, 10, 1)}]

# Waiting for information


def test_more_detail_is_asked_for_and_the_complaint_waits(world):
    case = take(world, at(world, "received"), "ask_for_information", by=world.chairman)
    assert (case.status, "chase" in kinds(case)) == ("awaiting_information", True)


@pytest.mark.parametrize("state", ["received", "recorded"])
@pytest.mark.parametrize("came", ["came", "nothing"])
def test_it_goes_back_to_where_it_waited(world, state, came):
    case = take(world, at(world, state), "ask_for_information")
    case = take(world, case, "resume", came=came, what_came="On the fourteenth." if came == "came" else "")
    assert (case.status, "chase" in kinds(case)) == (state, False)


def test_what_came_is_said(world):
    case = at(world, "awaiting_information")
    assert errors(world, case, "resume", came="came", what_came="") == {"what_came": ["Enter what they said"]}


def test_two_allegations_wait_from_two_states_and_each_goes_back_to_its_own(world):
    case = take(world, at(world, "received", allegations=2), "record", parts=["1"])
    case = take(world, case, "ask_for_information")
    assert statuses(case) == ["awaiting_information"] * 2
    case = take(world, case, "resume", parts=["2"])
    assert (statuses(case), "chase" in kinds(case)) == (["awaiting_information", "received"], True)
    case = take(world, case, "resume")
    assert (statuses(case), "chase" in kinds(case)) == (["recorded", "received"], False)


def test_nobody_is_chased_once_the_waiting_allegation_has_ended(world):
    case = take(world, at(world, "received", allegations=2), "ask_for_information", parts=["1"])
    assert "chase" not in kinds(take(world, case, "withdraw", parts=["1"]))


def test_the_day_by_which_to_answer_lies_ahead_of_the_question(world):
    assert list(errors(world, at(world, "received"), "ask_for_information", by_when=ON - timedelta(days=1))) == [
        "by_when"
    ]


# Consulting the Monitoring Officer


def test_without_advice_the_chairman_says_why(world):
    case = at(world, "recorded")
    assert errors(world, case, "filter", no_advice_why="") == {
        "no_advice_why": ["Enter why you are deciding without the Monitoring Officer’s advice"]
    }
    case = take(world, case, "filter", no_advice_why="He is away until the 20th.")
    assert last(case).answers["no_advice_why"] == "He is away until the 20th."


def test_with_advice_he_need_not(world):
    case = take(world, at(world, "recorded"), "advise")
    assert take(world, case, "filter", no_advice_why="").status == "filtered"


def test_advice_on_one_allegation_is_no_advice_on_the_other(world):
    case = take(world, at(world, "recorded", allegations=2), "advise", parts=["1"])
    assert list(errors(world, case, "filter", parts=["1", "2"], no_advice_why="")) == ["no_advice_why"]
    assert take(world, case, "filter", parts=["1"], no_advice_why="").status == "filtered"
    assert list(errors(world, case, "filter", no_advice_why="")) == ["no_advice_why"]


def test_advice_taken_back_is_no_advice(world):
    case = take(world, at(world, "recorded"), "advise")
    case = take(world, case, "reverse", by=world.mo)
    assert list(errors(world, case, "filter", no_advice_why="")) == ["no_advice_why"]


def test_only_the_monitoring_officer_advises_and_only_the_officer_briefs(world):
    case = at(world, "recorded")
    assert cannot(world, case, "advise", by=world.officer) == ("para 7", "reg 15")
    assert cannot(world, case, "brief_chairman", by=world.mo) == ("para 7",)


# The routes of Part 4


@pytest.mark.parametrize("route", ROUTES)
def test_a_route_of_part_4_needs_reasons_and_no_ground(world, route):
    case = at(world, "recorded")
    assert errors(world, case, "filter", route=route, why="") == {"why": ["Enter your reasons"]}
    case = take(world, case, "filter", route=route)
    assert (case.status, part(case).route, part(case).grounds) == ("filtered", route, "")
    assert last(case).moves.get().counts == {"route": route}


@pytest.mark.parametrize(
    "route, duty",
    [
        ("sub_panel_resolves", "appoint_sub_panel"),
        ("sub_panel_considers", "appoint_sub_panel"),
        ("informal_resolution", "begin_resolution"),
        ("full_panel", "take_to_panel"),
        ("no_action", "carry_out"),
        ("other_handling", "carry_out"),
    ],
)
def test_both_are_told_and_the_route_is_to_be_carried_out(world, route, duty):
    case = take(world, at(world, "recorded"), "filter", route=route, handling="By letter", **DISAPPLIED)
    assert {"tell_route", duty} <= set(kinds(case))
    assert "consider" not in kinds(case)
    told = {d.recipient for d in open_duties(case, "tell_route")}
    assert told == {"complainant", f"office_holder:{world.pcc.pk}"}
    assert {"appoint_sub_panel", "begin_resolution", "take_to_panel", "carry_out"} & set(kinds(case)) == {duty}


def test_answers_of_a_test_that_was_not_asked_are_not_kept(world):
    case = take(world, at(world, "recorded"), "filter", route="full_panel", **DISAPPLIED)
    assert part(case).grounds == ""
    assert not {"considered", "abuse", "reasons_e"} & set(last(case).answers)


def test_each_allegation_has_its_own_route(world):
    case = take(world, at(world, "recorded", allegations=2), "filter", parts=["1"], route="full_panel")
    case = take(world, case, "filter", parts=["2"], route="informal_resolution")
    assert [part(case, n).route for n in (1, 2)] == ["full_panel", "informal_resolution"]


# Both parts of the test


@pytest.mark.parametrize("route", ["no_action", "other_handling"])
def test_disapplying_needs_the_decision_and_a_ground(world, route):
    case = at(world, "recorded")
    base = {"route": route, "handling": "By letter", "why": ""}
    found = errors(world, case, "filter", **base)
    assert set(found) == {"considered", "grounds"}
    assert set(errors(world, case, "filter", **base, **{**DISAPPLIED, "considered": False})) == {"considered"}
    assert set(errors(world, case, "filter", **base, **{**DISAPPLIED, "grounds": []})) == {"grounds"}
    case = take(world, case, "filter", **base, **DISAPPLIED)
    assert (part(case).route, part(case).grounds) == (route, "e")
    assert last(case).moves.get().counts == {"route": route, "grounds": ["e"]}


def test_another_way_of_handling_is_described(world):
    found = errors(world, at(world, "recorded"), "filter", route="other_handling", handling="", **DISAPPLIED)
    assert found == {"handling": ["Enter how it will be handled"]}


def test_a_ground_that_is_none_is_refused(world):
    found = errors(world, at(world, "recorded"), "filter", route="no_action", **{**DISAPPLIED, "grounds": ["g"]})
    assert list(found) == ["grounds"]


@pytest.mark.parametrize(
    "letter, questions",
    [
        ("a", {"staff_post", "reasons_a"}),
        ("b", {"limb", "reasons_b"}),
        ("c", {"same_matter", "reasons_c"}),
        ("d", {"tried", "reasons_d"}),
        ("e", {"abuse", "reasons_e"}),
        ("f", {"earlier", "earlier_ended", "limbs", "reasons_f"}),
    ],
)
def test_each_ground_asks_its_own_questions(world, letter, questions):
    case = at(world, "recorded", who="anonymous", allegations=OLD)
    found = errors(world, case, "filter", route="no_action", considered=True, grounds=[letter], abuse="", reasons_e="")
    assert set(found) == questions


def test_several_grounds_are_each_answered(world):
    case = at(world, "recorded")
    both = {**DISAPPLIED, "grounds": ["a", "e"], "staff_post": "", "reasons_a": ""}
    assert set(errors(world, case, "filter", route="no_action", **both)) == {"staff_post", "reasons_a"}
    both |= {"staff_post": "His driver, in 2026", "reasons_a": "All of it is about his driver."}
    assert part(take(world, case, "filter", route="no_action", **both)).grounds == "ae"


B = {"considered": True, "grounds": ["b"], "limb": "no_reason", "reasons_b": "She gave none."}


def test_ground_b_fits_only_after_more_than_twelve_months(world):
    made = date(2026, 10, 26)
    case = at(world, "recorded", made_on=made, allegations=[{"what": "Old", "happened_on": date(2025, 10, 26)}])
    found = errors(world, case, "filter", route="no_action", **B)
    assert found["grounds"][0].startswith("Ground (b) does not fit allegation 1: No: the complaint was made on")
    case = at(world, "recorded", made_on=made, allegations=[{"what": "Older", "happened_on": date(2025, 10, 25)}])
    assert part(take(world, case, "filter", route="no_action", **B)).grounds == "b"


def test_ground_b_fits_each_allegation_or_not_at_all(world):
    rows = [{"what": "Old", "happened_on": date(2025, 1, 1)}, {"what": "New", "happened_on": date(2026, 10, 1)}]
    case = at(world, "recorded", allegations=rows)
    assert list(errors(world, case, "filter", route="no_action", **B)) == ["grounds"]
    assert take(world, case, "filter", route="no_action", parts=["1"], **B).status == "filtered"


def test_ground_b_needs_the_day_of_the_incident(world):
    case = at(world, "recorded", allegations=[{"what": "At some time"}])
    assert list(errors(world, case, "filter", route="no_action", **B)) == ["incident_on"]
    late = date(2026, 10, 27)
    assert list(errors(world, case, "filter", route="no_action", incident_on=late, **B)) == ["incident_on"]
    assert list(errors(world, case, "filter", route="no_action", incident_on=date(2026, 1, 1), **B)) == ["grounds"]
    case = take(world, case, "filter", route="no_action", incident_on=date(2025, 1, 1), **B)
    assert last(case).answers["incident_on"] == "2025-01-01"


def test_an_allegation_added_later_was_made_the_day_it_was_added(world):
    case = take(world, at(world, "recorded"), "add_allegation", happened_on=ON)  # after the complaint was made
    case = take(world, case, "record", on=ON)
    assert list(errors(world, case, "filter", parts=["2"], route="no_action", **B)) == ["grounds"]


def test_ground_d_does_not_fit_somebody_who_is_known(world):
    d = {"considered": True, "grounds": ["d"], "tried": "Nothing", "reasons_d": "None"}
    assert list(errors(world, at(world, "recorded"), "filter", route="no_action", **d)) == ["grounds"]
    case = at(world, "recorded", who="anonymous")
    assert part(take(world, case, "filter", route="no_action", **d)).grounds == "d"


def test_where_two_grounds_do_not_fit_the_plainer_is_said_first(world):
    d = {"tried": "Nothing", "reasons_d": "None"}
    given = {**B, **d, "grounds": ["b", "d"], "route": "no_action"}
    case = at(world, "recorded", allegations=[{"what": "New", "happened_on": date(2026, 10, 1)}])
    named = {"grounds": ["Ground (d) does not fit: the complainant’s name and address are on record"]}
    assert errors(world, case, "filter", **given) == named
    (said,) = errors(world, at(world, "recorded", who="anonymous"), "filter", **given)["grounds"]
    assert said.startswith("Ground (b) does not fit allegation 1")


@pytest.mark.parametrize(
    "given, fits", [({"phone": "01632 960177"}, True), ({}, True), ({"address": "9 Station Road"}, False),
                    ({"email": "g@example.org"}, False)]
)  # fmt: skip
def test_for_ground_d_a_telephone_number_is_no_address(world, given, fits):
    case = at(world, "recorded", **{"email": "", **given})
    d = {"considered": True, "grounds": ["d"], "tried": "We rang twice.", "reasons_d": "Nobody answered."}
    if fits:
        assert part(take(world, case, "filter", route="no_action", **d)).grounds == "d"
    else:
        assert list(errors(world, case, "filter", route="no_action", **d)) == ["grounds"]


def test_ground_f_does_not_fit_what_was_never_dealt_with(world):
    case = at(world, "recorded")
    f = {"considered": True, "grounds": ["f"], "limbs": LIMBS, "reasons_f": "The same.", "earlier_ended": "disapplied"}
    for state in ("redirected", "not_recorded", "void"):
        found = errors(world, case, "filter", route="no_action", earlier=at(world, state).reference, **f)
        assert "was neither resolved nor withdrawn nor disapplied" in found["earlier"][0]


LIMBS = ["same", "no_fresh_allegation", "no_fresh_evidence", "ended"]


@pytest.mark.parametrize("missing", LIMBS)
def test_ground_f_needs_all_four_limbs(world, missing):
    earlier = at(world, "closed")
    f = {"considered": True, "grounds": ["f"], "earlier": earlier.reference, "reasons_f": "Word for word the same."}
    f["earlier_ended"] = "resolved"
    case = at(world, "recorded")
    found = errors(world, case, "filter", route="no_action", limbs=[x for x in LIMBS if x != missing], **f)
    assert list(found) == ["limbs"]
    assert len(found["limbs"]) == 1


def test_ground_f_needs_an_earlier_case_that_has_ended(world):
    still_open, ended = at(world, "recorded"), at(world, "closed")
    case = at(world, "recorded")
    f = {"considered": True, "grounds": ["f"], "limbs": LIMBS, "reasons_f": "The same.", "earlier_ended": "resolved"}
    assert list(errors(world, case, "filter", route="no_action", earlier=still_open.reference, **f)) == ["earlier"]
    assert list(errors(world, case, "filter", route="no_action", earlier=case.reference, **f)) == ["earlier"]
    assert part(take(world, case, "filter", route="no_action", earlier=ended.reference, **f)).grounds == "f"


def test_the_earlier_case_is_one_of_this_panel(world):
    from tests import build

    other = at(build.make_world("wessex", "WX", "Wessex"), "closed")
    c = {"considered": True, "grounds": ["c"], "same_matter": other.reference, "reasons_c": "The same."}
    assert list(errors(world, at(world, "recorded"), "filter", route="no_action", **c)) == ["same_matter"]


def test_no_action_is_closed_once_both_were_told(world):
    case = take(world, at(world, "recorded"), "filter", route="no_action", **DISAPPLIED)
    case = take(world, case, "decide_copies")
    assert cannot(world, case, "close") == ("para 14", "reg 37")
    case = close(world, case)
    assert (case.status, kinds(case)) == ("closed", ["report_to_panel"])


# Who decided, and who typed


def test_the_chairman_enters_and_decides(world):
    entry = last(take(world, at(world, "recorded"), "filter", by=world.chairman))
    assert (entry.by, entry.decided_as, entry.decided_by) == (world.chairman, "chairman", world.members[0])


def test_the_officer_types_up_the_chairmans_letter(world):
    entry = last(take(world, at(world, "recorded"), "filter", by=world.officer))
    assert (entry.by, entry.decided_as, entry.decided_by) == (world.officer, "chairman", world.members[0])
    assert entry.answers["evidence"] == "Letter of 2 November 2026"


def test_with_evidence_and_by_name(world):
    found = errors(world, at(world, "recorded"), "filter", by=world.officer, evidence="", decider="")
    assert found == {
        "evidence": ["Enter what shows the decision, such as the letter or minute"], "decider": ["Select who decided"],
    }  # fmt: skip


def test_the_chairman_is_not_asked_who_decided(world):
    case = at(world, "recorded")
    with nothing_written(), pytest.raises(Refused) as raised:
        perform(case, "filter", by=world.auditor, on=ON)
    assert raised.value.role
    entry = last(take(world, case, "filter", by=world.chairman, **TYPED))
    assert "evidence" not in entry.answers


def test_a_panel_may_forbid_it(world):
    with sealed_act(world.panel, by=None, name="settings"):
        PanelSettings.objects.create(panel=world.panel, from_date=ON, officer_enters_decisions=False)
    case = at(world, "recorded")
    assert cannot(world, case, "filter", by=world.officer) == (
        "para 7",
        "para 9",
        "para 10",
        "reg 15",
        "reg 27",
        "reg 28",
    )
    assert take(world, case, "filter", by=world.chairman).status == "filtered"


def test_the_monitoring_officer_advises_and_does_not_decide(world):
    assert "para 7" in cannot(world, at(world, "recorded"), "filter", by=world.mo)


@pytest.mark.parametrize("who", ["vice", "member", "sitting", "auditor", "admin"])
def test_nobody_else_decides(world, who):
    found = refusal(world, at(world, "recorded"), "filter", by=world.people[who])
    assert type(found).__name__ == ("Refused" if who in ("vice", "auditor") else "Unseen")


def test_who_decided_held_the_chair_that_day(world):
    with sealed_act(world.panel, by=None, name="chair"):
        Chairmanship.objects.create(
            panel=world.panel, member=world.members[5], office="chairman",
            from_date=date(2023, 5, 1), to_date=date(2024, 5, 12),
        )  # fmt: skip
    found = errors(world, at(world, "recorded"), "filter", by=world.officer, decider=str(world.members[5].pk))
    assert found == {"decider": [f"{world.members[5].name} was not Chairman or Vice-Chairman on 2 November 2026"]}


def test_only_those_who_ever_held_the_chair_can_be_named(world):
    assert list(errors(world, at(world, "recorded"), "filter", by=world.officer, decider=str(world.members[7].pk))) == [
        "decider"
    ]


def test_the_vice_chairmans_letter_counts_only_when_the_chairman_could_not_decide(world):
    case = at(world, "recorded")
    vice = str(world.members[1].pk)
    assert errors(world, case, "filter", by=world.officer, decider=vice) == {
        "decider": [f"{world.members[1].name} decides only when the Chairman is away or has an interest"]
    }
    case = take(world, case, "declare_interest", by=world.chairman)
    entry = last(take(world, case, "filter", by=world.officer, decider=vice))
    assert (entry.decided_as, entry.decided_by) == ("chairman", world.members[1])


def test_an_interested_chairmans_letter_does_not_count(world):
    case = take(world, at(world, "recorded"), "declare_interest", by=world.chairman)
    found = errors(world, case, "filter", by=world.officer)
    assert found == {"decider": [f"{world.members[0].name} has declared an interest and cannot decide"]}


def test_the_vice_chairman_acts_while_the_chairman_is_away(world):
    case = at(world, "recorded")
    membership = world.panel.memberships.get(user=world.chairman)
    membership.away_from = ON
    with sealed_act(world.panel, by=world.admin, name="away"):
        membership.save()
    entry = last(take(world, case, "filter", by=world.vice))
    assert (entry.by, entry.decided_as, entry.decided_by) == (world.vice, "chairman", world.members[1])


def test_but_not_for_a_day_on_which_the_chairman_was_there(world):
    case = at(world, "recorded")
    membership = world.panel.memberships.get(user=world.chairman)
    membership.away_from = ON + timedelta(days=1)
    with sealed_act(world.panel, by=world.admin, name="away"):
        membership.save()
    assert list(errors(world, case, "filter", by=world.vice, on=ON)) == ["on"]
    assert take(world, case, "filter", by=world.vice, on=ON + timedelta(days=1)).status == "filtered"


def test_a_chairman_cannot_enter_a_decision_of_a_day_before_taking_the_chair(world):
    case = at(world, "recorded")
    membership, chair = world.panel.memberships.get(user=world.chairman), world.panel.chairmanships.first()
    membership.from_date = chair.from_date = ON + timedelta(days=1)
    with sealed_act(world.panel, by=world.admin, name="elected"):
        membership.save()
        chair.save()
    assert list(errors(world, case, "filter", by=world.chairman, on=ON)) == ["on"]


# Interest


def test_a_declared_interest_takes_sight_and_decision_away_and_the_vice_chairman_acts(world):
    case = at(world, "recorded")
    assert type(refusal(world, case, "filter", by=world.vice)) is Refused
    case = take(world, case, "declare_interest", by=world.chairman)
    assert type(refusal(world, case, "filter", by=world.chairman)).__name__ == "Unseen"
    entry = last(take(world, case, "filter", by=world.vice))
    assert (entry.decided_as, entry.decided_by) == ("chairman", world.members[1])


def test_when_both_have_an_interest_nobody_decides(world):
    case = take(world, at(world, "recorded"), "declare_interest", by=world.chairman)
    case = take(world, case, "declare_interest", by=world.vice)
    assert type(refusal(world, case, "filter", by=world.vice)).__name__ == "Unseen"
    vice = str(world.members[1].pk)
    assert list(errors(world, case, "filter", by=world.officer, decider=vice)) == ["decider"]


def test_the_officer_notes_an_interest_for_a_member(world):
    case = take(world, at(world, "recorded"), "declare_interest", by=world.officer, member=str(world.members[0].pk))
    assert [(r.kind, r.member, r.user) for r in case.roles.all()] == [("interested", world.members[0], world.chairman)]
    assert take(world, case, "filter", by=world.vice).status == "filtered"


def test_staff_with_an_interest_lose_the_case_too(world):
    case = take(world, at(world, "recorded"), "declare_interest", by=world.officer)
    assert type(refusal(world, case, "note_contact", by=world.officer)).__name__ == "Unseen"
    assert last(take(world, case, "note_contact", by=world.mo)).by == world.mo


def test_an_interest_is_described(world):
    assert list(errors(world, at(world, "recorded"), "declare_interest", by=world.chairman, nature="")) == ["nature"]


@pytest.mark.parametrize("who", ["auditor", "admin"])
def test_who_takes_no_part_declares_none(world, who):
    found = refusal(world, at(world, "recorded"), "declare_interest", by=world.people[who])
    assert type(found).__name__ == ("Refused" if who == "auditor" else "Unseen")


def test_every_route_and_only_these_can_be_chosen():
    assert set(Allegation.Route.values) == {*ROUTES, "no_action", "other_handling"}
    assert RECEIVED < ON
