"""A paper file of years ago is typed up truly: who sat then can be chosen, settings and terms begin in the past, and
nothing that was counted moves."""

from datetime import date, datetime

import pytest

from complaints.models import Complaint
from complaints.report.figures import annual_report
from panel.law import clock
from panel.models import Member, PanelSettings
from panel.record.act import sealed_act
from tests import build
from tests.panel.pages.cases import nothing_kept, step_url
from tests.panel.pages.page import Browser
from tests.steps import ON, at, errors, fresh, last, open_duties, sitting, take

SETTINGS = "/exshire/settings/change/"
PEOPLE = "/exshire/people"
FRIDAY = datetime(2026, 11, 20, 12, tzinfo=clock.LONDON)  # two days after today


@pytest.fixture
def long_gone(world):
    """A member who left years ago."""
    with sealed_act(world.panel, by=None, name="set_up"):
        return Member.objects.create(
            panel=world.panel,
            name="Cllr Ida Past",
            kind="co_opted",
            from_date=date(2019, 5, 1),
            to_date=date(2025, 3, 1),
        )


def test_a_member_who_left_years_ago_can_be_chosen_for_the_sub_panel_of_then(world, long_gone):
    case = build.log(world, on=date(2025, 1, 6), made_on=date(2025, 1, 3), allegations=[{"what": "Was rude"}])
    case = take(world, fresh(case), "record", on=date(2025, 1, 8))
    case = take(world, case, "filter", on=date(2025, 1, 13), no_advice_why="On paper only")
    page = Browser(world.officer).get(step_url(case, "appoint_sub_panel"))
    assert str(long_gone.pk) in page.offered()["at_other_times"]
    assert "member 1 May 2019 to 1 March 2025" in page.text
    given = {
        "at_other_times": [str(long_gone.pk)], "members": [str(m.pk) for m in world.members[5:7]], "purpose": "resolve", "decider": str(world.members[0].pk), "evidence": "Letter of that day",
    }  # fmt: skip
    with nothing_kept():
        page = page.submit("Appoint the sub-panel", **given, on=date(2026, 11, 2))
    assert page.errors == {"members": ["Cllr Ida Past was not a member of the Panel on 2 November 2026"]}
    page.submit("Appoint the sub-panel", on=date(2025, 1, 20))
    assert long_gone.pk in sitting(case)


def test_every_list_of_members_has_those_who_left_with_their_term(world, long_gone):
    case = at(world, "sub_panel")
    for key, name in (("declare_interest", "member"), ("replace_sub_panel_member", "joining")):
        assert str(long_gone.pk) in Browser(world.officer).get(step_url(case, key)).offered()[name]
    page = Browser(world.officer).get("/exshire/complaints/new/log/")
    assert str(long_gone.pk) in page.offered()["member"]
    assert "Cllr Ida Past, member 1 May 2019 to 1 March 2025" in page.text
    people = page.offered()["member"]
    assert people.index(str(world.members[9].pk)) < people.index(str(long_gone.pk))  # in office today come first


# Settings of the past


@pytest.fixture
def settings_page(world):
    """The page on which settings are changed."""
    return Browser(world.mo).get(SETTINGS)


def changing(page, **given):
    """The page of the settings, with a change sent."""
    return page.submit("Save the settings", **given)


def test_settings_may_begin_in_the_past_with_who_and_why(world, settings_page):
    with nothing_kept():
        page = changing(settings_page, from_date=date(2019, 4, 1), acknowledge_days="3")
    assert page.errors == {"why": ["Enter why you are changing this"]}
    page = changing(settings_page, from_date=date(2019, 4, 1), acknowledge_days="3", why="Minute 4 of 2019.")
    row = PanelSettings.objects.get(panel=world.panel, from_date=date(2019, 4, 1))
    assert row.acknowledge_days == 3
    assert row.history.get().history_user == world.mo
    assert "no day that was counted already moves" in page.text


@pytest.mark.parametrize("day, words", [
    (date(2020, 1, 1), "Settings from 1 January 2020 are on record, and were acted on. Enter another day"),
    (date(1919, 1, 1), "check the year"),
])  # fmt: skip
def test_settings_that_were_acted_on_are_not_changed_and_the_year_is_one_that_can_be(world, settings_page, day, words):
    with nothing_kept():
        page = changing(settings_page, from_date=day, acknowledge_days="3", why="Minute 4.")
    assert list(page.errors) == ["from_date"]
    assert words in page.errors["from_date"][0]


def test_settings_of_the_past_move_no_day_that_was_counted(world, settings_page):
    case = build.log(world, on=date(2026, 10, 27))
    (before,) = open_duties(case, "acknowledge")
    with clock.set_to(FRIDAY):
        changing(settings_page, from_date=date(2026, 10, 1), acknowledge_days="1", record_days="1", why="Minute 9.")
        (after,) = open_duties(case, "acknowledge")
        assert (after.due, after.count) == (before.due, before.count)
        case = take(world, fresh(case), "correct", received_on=date(2026, 10, 26), made_on=date(2026, 10, 26))
    (moved,) = open_duties(case, "acknowledge")
    assert moved.due == date(2026, 11, 2)  # five working days, as were set when it was counted
    later = build.log(world, on=date(2026, 10, 28), title="Another", name="Bob Baker", email="bob@example.org")
    assert open_duties(later, "acknowledge")[0].due == date(2026, 10, 29)


def test_settings_of_the_past_change_no_figure_as_at_an_earlier_day(world, settings_page):
    known = PanelSettings.history.filter(panel=world.panel).latest("history_id").history_date
    with clock.set_to(FRIDAY):
        changing(settings_page, from_date=date(2026, 1, 5), commissioner_word="Mayor", why="Minute 9.")
        assert world.panel.settings_known(date(2026, 10, 1), known).commissioner_word == "Commissioner"
        build.log(world, on=date(2026, 10, 27))
        period = (world.panel, date(2026, 4, 1), date(2027, 3, 31))
        assert annual_report(*period).names["commissioner"] == "Mayor"
    assert world.panel.settings_on(date(2026, 10, 1)).commissioner_word == "Mayor"


# Terms of the past


def test_a_term_of_the_past_is_entered_with_who_and_why(world):
    page = Browser(world.officer).get(f"{PEOPLE}/office-holders/add/")
    given = {
        "name": "Edna Former", "short_name": "Ms Former", "office": "commissioner", "from_date": date(2016, 5, 12),
        "to_date": date(2021, 5, 12),
    }  # fmt: skip
    with nothing_kept():
        page = page.submit("Add the office holder", **given)
    assert page.errors == {"why": ["Enter why you are adding what has ended, such as the paper that shows it"]}
    page.submit("Add the office holder", why="The paper file of 2019.")
    holder = world.panel.office_holders.get(name="Edna Former")
    assert holder.history.get().history_user == world.officer
    case = Complaint(panel=world.panel, procedure="complaints")
    assert case.status == ""
    old = build.log(
        world, on=date(2019, 6, 3), made_on=date(2019, 6, 1), subjects=[str(holder.pk)],
        allegations=[{"what": "Was rude", "happened_on": date(2019, 5, 30)}],
    )  # fmt: skip
    assert old.reference == "EX-C-2019-0001"


def test_a_decision_of_a_chairman_of_the_past_is_typed_up(world):
    case = at(world, "recorded")
    found = errors(world, case, "filter", by=world.officer, decider=str(world.members[0].pk), on=date(2020, 1, 1))
    assert "on" in found
    page = Browser(world.officer).get(step_url(case, "filter"))
    assert str(world.members[0].pk) in page.offered()["decider"]
    assert last(take(world, case, "filter", by=world.officer, on=ON)).decided_by == world.members[0]
