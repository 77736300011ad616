"""A declared interest on its real page: whose it is, its kind, and whether the person withdrew, which alone takes sight,
seat and vote; and a member who complains, or has the complainant's name."""

from datetime import date

import pytest

from panel.access import rules
from panel.casework.case_context import CaseContext
from panel.law.names_in_text import same_person
from panel.law.roles import Role
from panel.models import Case, CaseRole
from tests import build
from tests.panel.pages.cases import case_url, nothing_kept, step_url
from tests.panel.pages.page import Browser
from tests.steps import ON, RECEIVED, at, fresh, kinds, last, seats, sitting, take

DECLARED = {"kind": "close", "nature": "He is my cousin", "on": ON}


def declaring(by, case):
    """The page of the declaration."""
    return Browser(by).get(step_url(case, "declare_interest"))


def sees(user, case):
    """Whether the person finds the case."""
    return Case.objects.filter(rules.visible(rules.standing(user, case.panel)), pk=case.pk).exists()


def test_whose_which_kind_and_whether_they_withdrew_must_be_answered(world):
    case = at(world, "sub_panel")
    page = declaring(world.officer, case)
    with nothing_kept():
        page = page.submit("Continue", on=ON)
    assert page.errors == {
        "member": ["Select whose interest it is"], "kind": ["Select what kind of interest it is"],
        "nature": ["Enter what the interest is"], "withdrew": ["Select whether they withdrew"],
    }  # fmt: skip
    page = declaring(world.chairman, case)
    with nothing_kept():
        page = page.submit("Continue", on=ON)
    assert list(page.errors) == ["kind", "nature", "withdrew"]  # the chairman's own: nothing to ask


def test_the_check_page_says_what_is_lost_and_who_decides(world):
    case = at(world, "recorded")
    check = declaring(world.chairman, case).submit("Continue", **DECLARED, withdrew="yes")
    assert check.h1 == "Check your decision"
    assert "You will not see this case again. Vice of Exshire (Vice-Chairman) decides." in check.text
    check.submit("Declare the interest")
    assert not sees(world.chairman, case)
    assert Browser(world.chairman).get(case_url(case)).status == 403
    assert Role.CHAIRMAN in CaseContext(fresh(case), world.vice).roles


def test_nobody_decides_where_both_withdraw(world):
    case = take(world, at(world, "recorded"), "declare_interest", by=world.vice)
    check = declaring(world.chairman, case).submit("Continue", **DECLARED, withdrew="yes")
    assert "You will not see this case again. Nobody can then decide" in check.text


def test_an_officer_who_keeps_the_case_is_told_to_hand_it_over_first(world):
    case = at(world, "recorded")
    check = declaring(world.officer, case).submit("Continue", **DECLARED, member="own", withdrew="yes")
    assert "You keep this case. Give it to another officer first, so that somebody goes on with it." in check.text


def test_who_stays_keeps_sight_seat_and_vote_and_it_is_on_record(world):
    case = at(world, "sub_panel")
    before = sitting(case)
    page = declaring(world.officer, case)
    check = page.submit("Continue", **DECLARED, member=seats(world, 3)[0], withdrew="no")
    assert "Sitting of Exshire still sees the case and takes part." in check.text
    page = check.submit("Declare the interest")
    case = fresh(case)
    assert (sitting(case), sees(world.sitting, case)) == (before, True)
    assert "fill_seat" not in kinds(case)
    assert Role.SUB_PANEL in CaseContext(case, world.sitting).roles
    assert CaseRole.objects.get(case=case, kind="declared").member == world.members[3]
    assert last(case).answers == {
        "member": seats(world, 3)[0], "kind": "close", "nature": "He is my cousin", "withdrew": "no",
    }  # fmt: skip
    assert "Sitting of Exshire, stays" in page.text
    again = declaring(world.officer, case).submit("Continue", **DECLARED, member=seats(world, 3)[0], withdrew="yes")
    assert "Sitting of Exshire will not see this case again, sit on it or vote." in again.text
    again.submit("Declare the interest")
    assert world.members[3].pk not in sitting(case)
    assert not sees(world.sitting, case)
    assert "fill_seat" in kinds(case)
    assert not CaseRole.objects.filter(case=case, kind="declared", to_entry=None).exists()
    page = declaring(world.officer, case)
    with nothing_kept():
        page = page.submit("Continue", **DECLARED, member=seats(world, 3)[0], withdrew="yes")
    assert page.errors == {"member": ["Sitting of Exshire has withdrawn from this case already"]}


def test_taking_the_withdrawal_back_gives_seat_and_sight_back(world):
    case = take(world, at(world, "sub_panel"), "declare_interest", member=seats(world, 3)[0])
    number = str(last(case).number)
    case = take(world, case, "reverse", by=world.mo, entry=number)
    assert world.members[3].pk in sitting(case)
    assert sees(world.sitting, case)


def test_a_case_role_of_an_earlier_release_means_withdrawn(world):
    case = take(world, at(world, "recorded"), "declare_interest", by=world.chairman)
    assert CaseRole.objects.get(case=case).kind == "interested"
    assert not sees(world.chairman, case)


def test_who_withdrew_later_could_still_decide_before(world):
    case = take(world, at(world, "recorded"), "declare_interest", by=world.chairman, on=date(2026, 11, 9))
    given = {"decider": seats(world, 0)[0], "route": "full_panel", "no_advice_why": "He was away."}
    case = take(world, case, "filter", by=world.officer, on=ON, **given)
    assert case.status == "filtered"


# A member who complains


@pytest.mark.parametrize("one, other, same", [
    ("Cllr Gillian Thorpe", "gillian thorpe", True), ("Gillian K. Thorpe", "Mrs Gillian Thorpe", True),
    ("Zoë Marsh", "Zoe MARSH", True), ("Gillian Thorpe", "Gordon Thorpe", False), ("Thorpe", "Thorpe", False),
    ("", "", False), ("(erased)", "(erased)", False),
])  # fmt: skip
def test_names_that_could_be_one_persons(one, other, same):
    assert same_person(one, other) == same


def logging(world, **given):
    """The check page of a new complaint."""
    answers = {
        **{k: v for k, v in build.LOG.items() if k != "allegations"}, "what_1": "Told her off",
        "happened_on_1": date(2026, 10, 14), "on": RECEIVED, "subjects": [str(world.pcc.pk)], **given,
    }  # fmt: skip
    return Browser(world.officer).get("/exshire/complaints/new/log/").submit("Continue", **answers)


def test_logging_warns_of_a_member_with_the_complainants_name(world):
    said = "Cllr E Exshire, a member of the Panel, has the complainant’s name."
    page = logging(world, name="Mrs E. Exshire", email="e@example.org")
    assert said in page.text
    assert "a member of the Panel, has the complainant’s name" not in logging(world).text


def test_logging_says_what_becomes_of_a_member_who_complains_and_names_what_is_about_the_same(world):
    case = at(world, "recorded")  # about the same day and the same Commissioner
    page = logging(
        world, name="Cllr E Exshire", email="e@example.org", complainant_kind="panel_member", member=seats(world, 4)[0],
    )  # fmt: skip
    assert "Cllr E Exshire complains, so will not see this case, sit on it or vote." in page.text
    assert case.reference in page.text.split("About the same matter: ")[1].split(".")[0]


@pytest.fixture
def complains(world):
    """Another complaint about the same matter, by the member in the fifth place."""
    return build.log(
        world, on=RECEIVED, name="Cllr E Exshire", email="e@example.org", complainant_kind="panel_member",
        member=seats(world, 4)[0],
    )  # fmt: skip


def test_appointing_warns_of_a_member_who_complained_of_the_same_matter(world, complains):
    case = take(world, at(world, "recorded"), "filter")
    page = Browser(world.chairman).get(step_url(case, "appoint_sub_panel"))
    said = f"Cllr E Exshire is the complainant of {complains.reference}, about the same matter"
    assert f"{said}." in page.text
    given = {"members": seats(world, 3, 4, 5), "purpose": "resolve", "on": ON}
    with nothing_kept():
        page = page.submit("Appoint the sub-panel", **given)
    assert page.errors == {"aware": [f"{said}: tick that you know this, or choose somebody else"]}
    page.submit("Appoint the sub-panel", aware=True)
    assert last(case).answers["aware"] is True
    assert world.members[4].pk in sitting(case)


def test_replacing_warns_as_well_and_who_is_not_warned_of_needs_no_tick(world, complains):
    case = take(world, at(world, "recorded"), "filter")
    case = take(world, case, "appoint_sub_panel", members=seats(world, 3, 5, 6))
    page = Browser(world.chairman).get(step_url(case, "replace_sub_panel_member"))
    given = {"leaving": seats(world, 3)[0], "why": "Ill", "on": ON}
    with nothing_kept():
        page = page.submit("Replace the member", **given, joining=seats(world, 4)[0])
    assert list(page.errors) == ["aware"]
    page.submit("Replace the member", **given, joining=seats(world, 7)[0])
    assert world.members[7].pk in sitting(case)


@pytest.mark.parametrize("key", ["take_no_action", "resolve_informally"])
def test_a_vote_is_warned_of_whoever_votes_and_complained(world, complains, key):
    case = take(world, at(world, "recorded"), "filter", route="full_panel")
    case = take(world, case, "refer_to_full_panel")
    page = Browser(world.officer).get(step_url(case, key))
    assert f"Cllr E Exshire is the complainant of {complains.reference}, about the same matter." in page.text


def test_who_may_not_know_the_complainant_is_not_told_by_a_warning(world, complains):
    case = at(world, "full_panel")
    assert CaseContext(case, world.member).facts.complaining == {}
