"""Who acts as Chairman on a day is asked in one place, and pages say so when nobody does and whom to ask."""

from datetime import date, datetime

import pytest

from panel.access import rules
from panel.access.rules import Office, who_acts
from panel.law import clock
from panel.law.roles import Role
from panel.models import Membership
from panel.record.act import sealed_act
from tests.panel.pages.cases import case_url, nothing_kept
from tests.panel.pages.page import Browser
from tests.steps import at, fresh, take

TODAY = date(2026, 11, 18)
CH, VC = Role.CHAIRMAN, Role.VICE_CHAIRMAN
NOBODY = (
    "Nobody can decide at present: the Chairman and Vice-Chairman are away. Ask the Monitoring Officer, Mo of Exshire."
)


def away(world, *people, first=date(2026, 11, 16), last=None):
    """They are away from that day on."""
    for who in people:
        with sealed_act(world.panel, by=world.admin, name="change_role", why="Ill"):
            row = Membership.objects.get(user=world.people[who], role__in=(CH, VC))
            row.away_from, row.away_to = first, last
            row.save()
        world.people[who].refresh_from_db()  # whose sessions it has ended


@pytest.mark.parametrize("held, but, users, why", [
    ([(CH, 1, False), (VC, 2, False)], (), {1}, ""),
    ([(CH, 1, True), (VC, 2, False)], (), {2}, ""),
    ([(CH, 1, False), (VC, 2, False)], (1,), {2}, ""),
    ([(CH, 1, True), (VC, 2, True)], (), set(), "the Chairman and Vice-Chairman are away"),
    ([(CH, 1, False), (VC, 2, False)], (1, 2), set(), "the Chairman and Vice-Chairman have an interest"),
    ([(CH, 1, False), (VC, 2, True)], (1,), set(), "the Chairman has an interest and the Vice-Chairman is away"),
    ([(CH, 1, True), (VC, 2, False)], (2,), set(), "the Chairman is away and the Vice-Chairman has an interest"),
    ([(CH, 1, True)], (), set(), "the Chairman is away and there is no Vice-Chairman"),
    ([(VC, 2, True)], (), set(), "there is no Chairman and the Vice-Chairman is away"),
    ([], (), set(), "there is neither a Chairman nor a Vice-Chairman"),
    ([(CH, 1, True), (CH, 3, False), (VC, 2, False)], (), {3}, ""),
])  # fmt: skip
def test_who_acts(held, but, users, why):
    found = who_acts(tuple(Office(*row) for row in held), frozenset(but))
    assert (found.users, found.why) == (users, why)


def test_with_both_away_every_page_says_that_nobody_can_decide_and_whom_to_ask(world):
    case = at(world, "recorded")
    assert "Chairman of Exshire" in Browser(world.officer).get(case_url(case)).text
    away(world, "chairman", "vice")
    for who in ("officer", "mo"):
        page = Browser(world.people[who]).get(case_url(case))
        assert NOBODY in page.text
        assert "Vice of Exshire (Vice-Chairman)" not in page.text
    home = Browser(world.officer).get("/exshire/")
    assert NOBODY in home.text
    assert "Vice of Exshire" not in home.text
    refused = Browser(world.vice).get(case_url(case, "filter/"))
    assert refused.status == 403
    assert NOBODY in refused.text
    assert Browser(world.vice).get("/exshire/").h1 == "No decisions are waiting for you"


def test_once_the_vice_chairman_is_back_they_act_and_are_named(world):
    case = at(world, "recorded")
    away(world, "chairman")
    away(world, "vice", last=date(2026, 11, 18))
    with clock.set_to(datetime(2026, 11, 19, 12, tzinfo=clock.LONDON)):
        page = Browser(world.officer).get(case_url(case))
        assert "Vice of Exshire (Vice-Chairman) is to decide how it is handled" in page.text
        assert "Nobody can decide" not in page.text
        assert Browser(world.vice).get(case_url(case, "filter/")).status == 200


def test_with_an_interest_and_an_absence_the_page_says_which_is_which(world):
    case = take(world, at(world, "recorded"), "declare_interest", by=world.chairman)
    away(world, "vice")
    text = Browser(world.officer).get(case_url(case)).text
    assert "Nobody can decide at present: the Chairman has an interest and the Vice-Chairman is away." in text


def test_nobody_types_up_a_decision_of_a_vice_chairman_who_was_away(world):
    case = at(world, "recorded")
    away(world, "chairman", "vice")
    page = Browser(world.officer).get(case_url(case, "filter/"))
    said = {
        "offence": "no",
        "route": "full_panel",
        "why": "It concerns all.",
        "evidence": "Letter",
        "no_advice_why": "He is away.",
    }
    with nothing_kept():
        page = page.submit("Continue", **said, decider=str(world.members[1].pk), on=TODAY)
    assert page.errors == {"decider": ["Vice of Exshire was away on 18 November 2026"]}


def test_a_chairman_with_an_interest_reads_who_then_decides_or_that_nobody_does(world):
    case = at(world, "recorded")
    chairman = Browser(world.chairman)
    assert "Vice of Exshire (Vice-Chairman) then decides." in chairman.get("/exshire/").text
    assert "(Vice of Exshire (Vice-Chairman) then decides)" in chairman.get(case_url(case, "filter/")).text
    away(world, "vice")
    assert (
        "Nobody can then decide: the Chairman has an interest and the Vice-Chairman is away."
        in chairman.get("/exshire/").text
    )
    text = chairman.get(case_url(case, "filter/")).text
    assert "Nobody can decide at present: the Chairman has an interest and the Vice-Chairman is away." in text


def test_who_enters_an_absence_is_told_that_nobody_can_then_decide(world):
    away(world, "vice")
    row = Membership.objects.get(user=world.chairman, role=CH)
    page = Browser(world.admin).get(f"/exshire/users/{row.pk}/")
    page = page.submit("Save the role", away_from=date(2026, 11, 20), why="He is ill.")
    words = "nobody can then decide for the Chairman: the Chairman and Vice-Chairman are away."
    assert f"On 20 November 2026 {words}" in page.banner


def test_conditions_and_pages_read_the_same_answer(world):
    case = fresh(at(world, "recorded"))
    for absent in ((), ("chairman",), ("chairman", "vice")):
        away(world, *absent)
        roles = list(case.roles.filter(to_entry=None))
        standing = {who: rules.standing(world.people[who], world.panel) for who in ("chairman", "vice", "officer")}
        acting = rules.acting(standing["officer"], roles)
        assert {rules.acting(s, roles) for s in standing.values()} == {acting}
        assert (CH in rules.roles_on(standing["vice"], roles)) == (world.vice.pk in acting.users)
