"""Who acts in a panel: changed by settings, agreed by the Monitoring Officer, followed by every page and step."""

import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from panel.casework import arrangements
from panel.casework.case_context import CaseContext
from panel.casework.errors import Refused
from panel.casework.offers import offer
from panel.law import clock
from panel.law.roles import Consulted, Role
from panel.models import Arrangement, Member
from panel.procedure.who_acts import Arrangement as Found
from panel.record.act import sealed_act
from tests import build
from tests.panel.pages.page import Browser
from tests.steps import at, errors, fresh, take

pytestmark = pytest.mark.django_db
HOME = "/exshire/settings/who-acts/"
WHERE = "Panel, 15 September 2026, minute 451"
MO, OFFICER = Role.MONITORING_OFFICER, Role.OFFICER
EARLY = date(2026, 1, 1)


@pytest.fixture
def world():
    with clock.set_to(datetime(2026, 11, 18, 12, tzinfo=UTC)):
        yield build.make_world()


def arrange(world, key, who, *after, day=None, by=None):
    """Let that actor act from that day on, with the Monitoring Officer's agreement."""
    _, matter = arrangements.matters()[key]
    day = day or clock.today()
    return arrangements.propose(world.panel, by or world.mo, matter, day, Found(who, after), WHERE, agreed=True)


def change(world, person, key="filter", **answers):
    """The page that follows what was typed on the page of the change."""
    page = Browser(world.people[person]).get(f"{HOME}{key}/")
    return page.submit("Continue", **{"agreed_where": WHERE, **answers})


def test_the_page_says_who_acts_and_what_the_law_allows(world):
    page = Browser(world.mo).get(HOME)
    assert "As the procedure has it: nothing was changed yet. Who may act follows the day of the step." in page.text
    row = next(tr.text for tr in page.main.all("tr") if "Decide how it is handled" in tr.text)
    assert (
        "Chairman After asking: Monitoring Officer What the law allows: Anyone the Panel names (regulation 15)" in row
    )
    fixed = next(tr.text for tr in page.main.all("tr") if "Recommend, or veto" in tr.text)
    law = "Fixed: no committee may (Schedule 6, paragraph 27)"
    assert fixed.endswith(f"The whole Panel After asking: – What the law allows: {law}")
    assert "Change" not in Browser(world.officer).get(HOME).text  # who only reads is offered nothing


def test_before_the_first_complaint_nobody_agrees_and_afterwards_the_monitoring_officer(world):
    check = change(world, "admin", who="monitoring_officer", after_monitoring_officer=["chairman", "independent"])
    assert "The step asks who was asked, when, and what they said: Chairman, an independent member." in check.text
    assert "must agree" not in check.text
    page = check.submit("Save the change")
    assert page.banner == (
        "Decide how it is handled: Monitoring Officer, after asking: Chairman, an independent member, from 18 November 2026."
    )
    row = Arrangement.objects.get()
    assert (row.agreed_by, row.agreed_on, row.waits) == (None, clock.today(), False)
    assert world.panel.settings_on(clock.today()).who_acts == {
        "filter": {"who": "monitoring_officer", "after": ["chairman", "independent"]}
    }
    case = at(world, "recorded")
    day = clock.today() + timedelta(days=44)
    check = change(world, "admin", who="chairman", from_date=day)
    assert "1 that is open now moves there on that day if nothing is decided before." in check.text
    assert "Mo of Exshire must agree to this change before it holds." in check.text
    assert "It holds once Mo of Exshire agrees." in check.submit("Save the change").banner
    assert "Waiting for Mo of Exshire" in Browser(world.officer).get(HOME).text
    waiting = Arrangement.objects.get(agreed_on=None)
    assert world.panel.settings_on(day).who_acts["filter"]["who"] == "monitoring_officer"  # nothing holds yet
    asked = Browser(world.admin).get(f"{HOME}changes/{waiting.pk}/")
    assert "It waits for the Monitoring Officer." in asked.text
    assert "Agree to the change" not in asked.text
    Browser(world.admin).send(f"{HOME}changes/{waiting.pk}/", {"agree": "1"})
    assert Arrangement.objects.get(pk=waiting.pk).waits  # an administrator cannot agree
    Browser(world.mo).get(f"{HOME}changes/{waiting.pk}/").submit("Agree to the change")
    world.panel.refresh_from_db()
    assert world.panel.settings_on(day).who_acts["filter"] == {"who": "chairman", "after": []}
    assert world.panel.settings_on(clock.today()).who_acts["filter"]["who"] == "monitoring_officer"
    assert case.pk


def test_what_is_agreed_late_holds_from_that_day(world):
    at(world, "recorded")
    change(world, "admin", who="monitoring_officer", from_date=date(2026, 11, 20)).submit("Save the change")
    row = Arrangement.objects.get()
    with clock.set_to(datetime(2026, 11, 27, 12, tzinfo=UTC)):
        Browser(world.mo).get(f"{HOME}changes/{row.pk}/").submit("Agree to the change")
    assert Arrangement.objects.get().from_date == date(2026, 11, 27)
    assert [(r.from_date, bool(r.who_acts)) for r in world.panel.settings.all()] == [
        (date(2020, 1, 1), False), (date(2026, 11, 27), True),
    ]  # fmt: skip


def test_what_is_refused(world):
    at(world, "recorded")
    page = Browser(world.mo).get(f"{HOME}filter/")
    assert (
        "Commissioner’s chief executive Cannot be chosen: what is delegated under regulation 7 ends with recording"
        in page.text
    )
    day = {"from_date_day": 1, "from_date_month": 1, "from_date_year": 2027, "agreed_where": WHERE}
    sent = page.browser.send(page.url, {**day, "who": "commissioners_office"})
    assert sent.errors == {
        "who": [
            "Commissioner’s chief executive cannot be chosen: what is delegated under regulation 7 ends with recording "
            "(paragraph 7, regulation 15)"
        ]
    }
    two = page.browser.send(page.url, {**day, "who": ["chairman", "monitoring_officer"]})
    assert two.errors == {"who": ["Select one: a step has one actor"]}
    assert page.browser.send(page.url, {**day, "who": "chairman", "agreed_where": ""}).errors == {
        "agreed_where": ["Enter where this was agreed, such as the meeting and the minute"]
    }
    same = change(world, "mo", who="chairman", after_chairman=["monitoring_officer"])
    assert same.errors == {"who": ["That holds on 18 November 2026 already: change something, or cancel"]}
    with sealed_act(world.panel, by=None, name="set_up"):
        row = world.panel.memberships.get(role="monitoring_officer")
        row.to_date = date(2026, 12, 31)
        row.save()
    gone = change(world, "admin", who="monitoring_officer", from_date=date(2027, 1, 1))
    assert gone.errors == {
        "who": [
            "Mo of Exshire is the only Monitoring Officer; that role ends on 31 December 2026. Name somebody else first"
        ]
    }
    assert Browser(world.admin).get(f"{HOME}recommend/").status == 404  # fixed by law
    assert Arrangement.objects.count() == 0


def test_the_monitoring_officer_decides_alone(world):
    arrange(world, "filter", MO, day=EARLY)
    case = at(world, "recorded")
    look = CaseContext(case, world.chairman)
    refused = offer(look, look.procedure.step("filter")).refusal
    assert refused.reason == "Only the Monitoring Officer can do this."
    assert look.procedure.step("brief_chairman").label == "Write the note for the Monitoring Officer"
    shown = Browser(world.officer).get(f"/exshire/complaints/{case.reference}/")
    assert "waiting for the Monitoring Officer" in shown.text
    home = Browser(world.mo).get("/exshire/")
    assert home.links()["Decide how it is handled"].endswith(f"{case.reference}/filter/")
    assert Browser(world.chairman).get("/exshire/").h1 == "No decisions are waiting for you"
    others = Browser(world.officer).get("/exshire/").section("Waiting for others").text
    assert "Mo of Exshire to decide how it is handled" in others
    page = Browser(world.mo).get(f"/exshire/complaints/{case.reference}/filter/")
    assert "Why are you deciding without advice?" not in page.text  # nobody is asked for advice
    with pytest.raises(Refused):
        take(world, case, "filter", by=world.chairman)
    case = take(world, case, "filter", by=world.mo, route="sub_panel_resolves")
    entry = case.entries.get(step="filter")
    assert (entry.decided_as, entry.decided_by, entry.by) == ("monitoring_officer", None, world.mo)
    timeline = Browser(world.officer).get(f"/exshire/complaints/{case.reference}/timeline/").text
    assert "Mo of Exshire" in timeline


def test_after_asking(world):
    with sealed_act(world.panel, by=None, name="set_up"):
        other = world.members[7]
        other.kind = Member.Kind.INDEPENDENT
        other.save()
    arrange(world, "filter", OFFICER, Consulted.CHAIRMAN, Consulted.INDEPENDENT, day=EARLY)
    case = at(world, "recorded")
    empty = errors(world, case, "filter", by=world.officer, route="full_panel")
    assert empty == {
        "asked_chairman": ["Select who was asked as Chairman"],
        "asked_chairman_on": ["Enter the day on which the Chairman was asked"],
        "asked_chairman_said": ["Enter what the Chairman said"],
        "asked_independent": ["Select who was asked as independent member"],
        "asked_independent_on": ["Enter the day on which an independent member was asked"],
        "asked_independent_said": ["Enter what an independent member said"],
    }
    today = clock.today()
    asked = {
        "asked_chairman": str(world.members[0].pk), "asked_chairman_on": today, "asked_chairman_said": "For the Panel.",
        "asked_independent": str(other.pk), "asked_independent_on": today, "asked_independent_said": "I agree.",
    }  # fmt: skip
    late = errors(world, case, "filter", by=world.officer, route="full_panel", on=today - timedelta(days=1), **asked)
    assert "It was decided on 17 November 2026: enter a day on or before it" in late["asked_chairman_on"]
    case = take(world, case, "filter", by=world.officer, route="full_panel", on=today, **asked)
    timeline = Browser(world.officer).get(f"/exshire/complaints/{case.reference}/timeline/")
    assert f"An independent member, who was asked {other.name}" in timeline.text
    assert "Chairman, what they said For the Panel." in timeline.text
    assert case.entries.get(step="filter").decided_as == "officer"


def test_who_may_act_follows_the_day_of_the_step(world):
    """A decision of before the change is typed up as the Chairman's; one of after it is the Monitoring Officer's."""
    case = at(world, "recorded")
    arrange(world, "filter", MO, day=date(2026, 11, 17))
    before = {"on": date(2026, 11, 16), "route": "full_panel", "evidence": "Letter"}
    assert errors(world, case, "filter", by=world.officer, **{**before, "decider": ""}) == {
        "decider": ["Select who decided"]
    }
    after = take(world, at(world, "recorded"), "filter", by=world.officer, **{**before, "on": date(2026, 11, 17)})
    assert after.entries.get(step="filter").decided_as == "monitoring_officer"
    case = take(world, fresh(case), "filter", by=world.officer, **before, decider=str(world.members[0].pk))
    entry = case.entries.get(step="filter")
    assert (entry.decided_as, entry.decided_by) == ("chairman", world.members[0])


def test_who_records_and_the_switch_say_the_same(world):
    arrange(world, "record", MO, day=EARLY)
    assert world.panel.settings_on(clock.today()).officer_records is False
    case = at(world, "received")
    with pytest.raises(Refused):
        take(world, case, "record", by=world.officer)
    assert take(world, case, "record", by=world.mo).status == "recorded"
    page = Browser(world.mo).get("/exshire/settings/change/")
    page.submit("Save the settings", officer_records="yes", why="Turned by hand", from_date=date(2026, 11, 20))
    assert world.panel.settings_on(date(2026, 11, 20)).who_acts["record"]["who"] == "officer"
    arrange(world, "record", MO, day=date(2026, 11, 21))
    arrange(world, "record", OFFICER, day=date(2026, 11, 22))
    assert world.panel.settings_on(date(2026, 11, 21)).officer_records is False
    assert world.panel.settings_on(date(2026, 11, 22)).officer_records is True


def test_the_printed_procedure_is_the_panels(world):
    arrange(world, "filter", MO, Consulted.CHAIRMAN)

    def printed(*more):
        out = StringIO()
        call_command("procedure", "complaints", "--format", "json", *more, stdout=out)
        return next(s for s in json.loads(out.getvalue())["steps"] if s["key"] == "filter")

    assert (printed()["decided_by"], printed()["after_asking"]) == (["chairman"], ["monitoring_officer"])
    mine = printed("--panel", "exshire")
    assert (mine["decided_by"], mine["after_asking"]) == (["monitoring_officer"], ["chairman"])
    assert printed("--panel", "exshire", "--on", "2026-01-01")["decided_by"] == ["chairman"]
