"""Regulation 7: the Commissioner's office receives, acknowledges, records and passes on; a first stage, and what sends it on."""

from datetime import date

import pytest

from panel.access import rules
from panel.casework import arrangements
from panel.casework.case_context import CaseContext
from panel.casework.errors import Refused
from panel.casework.offers import offer
from panel.law.roles import Role
from panel.models import Case, Membership
from panel.procedure.who_acts import Arrangement as Found
from panel.record.act import sealed_act
from tests import build
from tests.panel.pages.page import Browser
from tests.steps import at, open_duties, take

pytestmark = pytest.mark.django_db
OFFICE = Role.COMMISSIONERS_OFFICE


@pytest.fixture
def office(world):
    """Two people of the Commissioner's office, to which the panel delegates receiving and recording."""
    found = [build.person(f"{name}@pcc.example", name.capitalize()) for name in ("chief", "clerk")]
    with sealed_act(world.panel, by=None, name="set_up"):
        for user in found:
            Membership.objects.create(user=user, panel=world.panel, role=OFFICE, from_date=build.START)
        row = world.panel.settings.first()
        row.pass_on_days = 5
        row.save()
    for key in ("receive", "record"):
        _, matter = arrangements.matters()[key]
        arrangements.propose(world.panel, world.mo, matter, date(2026, 1, 1), Found(OFFICE), "Minute 7", agreed=True)
    return found


def sees(world, user):
    return set(Case.objects.filter(rules.visible(rules.standing(user, world.panel))))


def test_the_office_receives_records_and_passes_on_its_own_and_sees_nothing_else(world, office):
    chief, clerk = office
    build.log(world)  # of the Panel's own officer
    case = build.log(world, by=chief)
    assert [c.pk for c in sees(world, chief)] == [c.pk for c in sees(world, clerk)] == [case.pk]
    page = Browser(chief).get("/exshire/")
    assert case.reference in page.text
    assert page.main.one("a", role="button").text == "Log a complaint"
    assert open_duties(case, "pass_to_panel")[0].due == date(2026, 11, 3)
    told = [str(d.pk) for d in open_duties(case, "acknowledge")]
    case = take(world, case, "give_notice", by=chief, duties=told)
    case = take(world, case, "record", by=clerk)
    look = CaseContext(case, world.chairman)
    refused = offer(look, look.procedure.step("filter")).refusal
    assert str(refused) == (
        "It is at a first stage, and was not passed on to the Panel. (regulation 7) First: it is passed on."
    )
    for key in ("filter", "decide_copies", "redirect"):
        with pytest.raises(Refused):
            take(world, case, key, by=chief)
    case = take(world, case, "pass_to_panel", by=chief, reason="complete")
    assert sees(world, chief) == set()
    assert take(world, case, "filter", by=world.chairman).status == "filtered"
    timeline = Browser(world.officer).get(f"/exshire/complaints/{case.reference}/timeline/").text
    assert "Passed on to the Panel" in timeline


def test_the_office_opens_no_page_of_the_panel(world, office):
    for address in ("people/", "settings/", "users/", "history/", "complaints/report/", "retention/"):
        assert Browser(office[0]).get(f"/exshire/{address}").status == 403


def test_a_delegate_has_it_first_and_a_dissatisfied_complainant_sends_it_on(world):
    case = at(world, "recorded")
    with sealed_act(world.panel, by=None, name="set_up"):
        delegate = world.members[7]
        delegate.user = build.person("delegate@exshire.example", "Dee Legate")
        delegate.save()
        Membership.objects.create(user=delegate.user, panel=world.panel, role="member", from_date=build.START)
    assert case.pk not in {c.pk for c in sees(world, delegate.user)}
    case = take(world, case, "begin_first_stage", whom=str(delegate.pk))
    assert case.pk in {c.pk for c in sees(world, delegate.user)}
    case = take(world, case, "note_first_stage", done="An explanation was given.")
    case = take(world, case, "pass_to_panel", reason="dissatisfied")
    assert case.pk not in {c.pk for c in sees(world, delegate.user)}
    timeline = Browser(world.mo).get(f"/exshire/complaints/{case.reference}/timeline/").text
    for words in ("An explanation was given.", "The complainant is not satisfied with what was done"):
        assert words in timeline


def test_part_4_is_not_delegated(world):
    page = Browser(world.mo).get("/exshire/settings/who-acts/resolve/")
    assert "Cannot be chosen: informal resolution is not delegated under regulation 7." in page.text
    page = Browser(world.mo).get("/exshire/settings/who-acts/record/")
    assert "Commissioner’s chief executive" in page.text
