"""Targets in any unit and from any start, as the panel's settings have them."""

from datetime import date

import pytest

from panel.access import rules
from panel.casework import retention_periods
from panel.casework.case_context import CaseContext
from panel.law import clock
from panel.models import Case
from panel.pages import retention
from panel.record.act import sealed_act
from tests import build
from tests.panel.pages.page import Browser
from tests.steps import ON, at, open_duties, take

pytestmark = pytest.mark.django_db


def let(world, **settings):
    """The panel's settings say so from the first day on."""
    with sealed_act(world.panel, by=None, name="set_up"):
        row = world.panel.settings.first()
        for name, value in settings.items():
            setattr(row, name, value)
        row.save()


def due(case, kind):
    """The day of the open duty of that kind."""
    return [d.due for d in open_duties(case, kind)]


def test_any_unit_from_any_start(world):
    let(
        world, acknowledge_days=2, acknowledge_unit="weeks", consider_days=1, consider_unit="months",
        consider_from="receipt", copies_days=10, copies_unit="days", conclude_weeks=12, conclude_from="recording",
        meet_days=20, meet_from="recording", comment_days=3, comment_unit="weeks", comment_from="appointment",
        pass_on_days=3, answer_days=2, answer_unit="months",
    )  # fmt: skip
    case = build.log(world)
    assert due(case, "acknowledge") == [clock.weeks(case.received_on, 2).day]
    assert due(case, "conclude") == []  # it is counted from recording
    case = take(world, case, "record")
    assert due(case, "consider") == [clock.months(case.received_on, 1).day]
    assert due(case, "copy_of_record") == [clock.calendar_days(ON, 10).day]
    assert due(case, "conclude") == [clock.weeks(ON, 12).day]
    later = date(2026, 11, 9)
    case = take(world, take(world, case, "filter"), "appoint_sub_panel", on=later, by_when="")
    assert due(case, "arrange_meeting") == due(case, "sub_panel_meets") == [clock.working_days(ON, 20).day]
    assert set(due(case, "invite_comments")) == {clock.weeks(later, 3).day}
    assert len(due(case, "conclude")) == 1  # it is counted once


def test_the_settings_ask_and_say_it(world):
    page = Browser(world.mo).get("/exshire/settings/change/")
    page.submit("Save the settings", record_days="3", record_unit="weeks", conclude_from="appointment", why="Resolved")
    rows = Browser(world.mo).get("/exshire/settings/").rows()
    assert rows["Decide on recording within"] == "3 weeks"
    assert rows["Aim to conclude within"] == "8 weeks from the appointment of a sub-panel"
    assert rows["Acknowledge within"] == "5 working days"


def test_a_missing_address_is_warned_of_where_the_panel_needs_one(world):
    let(world, address_needed=True)
    case = build.log(world, email="")
    page = Browser(world.officer).get(f"/exshire/complaints/{case.reference}/record/")
    words = "The complainant gave no email or postal address, which the Panel needs: ask for it, then correct it here."
    assert words in page.text
    assert words not in Browser(world.officer).get(f"/exshire/complaints/{build.log(world).reference}/record/").text


def test_years_are_counted_from_the_end_of_the_term(world):
    let(world, keep_closed=2, keep_from="term")
    case = at(world, "closed")
    ended = retention_periods.ended_on(CaseContext(case, world.mo))
    rows = retention_periods.with_end(Case.objects.filter(pk=case.pk))

    def over(day):
        return rows.filter(
            retention_periods.time_is_over(world.panel, world.panel.settings_on(clock.today()), day)
        ).exists()

    assert retention_periods.kept_until(CaseContext(case, world.mo)) is None  # Mr Ashcombe is in office
    assert not over(date(2090, 1, 1))
    assert "While the office holder is in office" in row_words(world, case)
    with sealed_act(world.panel, by=None, name="set_up"):
        world.pcc.to_date = date(2028, 5, 7)
        world.pcc.save()
    until = retention_periods.kept_until(CaseContext(case, world.mo))
    assert (until, until > ended) == (date(2030, 5, 7), True)
    assert [over(day) for day in (date(2030, 5, 6), date(2030, 5, 7))] == [False, True]


def row_words(world, case):
    """How the page of retention says until when that case is kept."""
    found = retention_periods.with_end(Case.objects.filter(pk=case.pk)).get()
    found.proposed = found.owed = False
    who = rules.standing(world.mo, world.panel)
    return str(retention.row(found, who, world.panel.settings_on(clock.today()))["cells"][3])
