"""What a form lets through, the functions behind it can count: no answer, and no row on record, breaks a page."""

from datetime import date

import pytest

from panel.casework import retention_periods
from panel.law import clock
from panel.models import PanelSettings
from panel.models.settings_fields import settings_of
from panel.pages.settings_forms import limits
from panel.record.act import sealed_act
from tests.hearings import build as hearings
from tests.panel.pages.cases import answers_to_make, case_url, nothing_kept, step_url
from tests.panel.pages.page import Browser
from tests.steps import at, heard, open_duties, take, waive_all

NUMBERS = {name: s.group for name, s in settings_of(PanelSettings).items() if s.kind == "number"}
TARGETS = [name for name, group in NUMBERS.items() if group == "targets"]
KEEP = [name for name, group in NUMBERS.items() if group == "retention" and name != "keep_messages"]  # that one in days
SETTINGS = "/exshire/settings/change/"
RETENTION = ("/exshire/", "/exshire/retention/", "/exshire/retention/?show=erased", "/exshire/settings/")


def stored(world, **values):
    """Values of the panel's settings as a script could have written them."""
    with sealed_act(world.panel, by=None, name="change_settings"):
        row = world.panel.settings.get()
        for name, value in values.items():
            setattr(row, name, value)
        row.save()


def opened(world, *urls):
    """The statuses of these pages."""
    return [Browser(world.mo).get(url).status for url in urls]


# How long cases are kept


@pytest.mark.parametrize("years", [1, 83, 84, limits("keep_closed")[1]])
def test_every_number_of_years_that_the_form_takes_can_be_counted(world, years):
    case = at(world, "closed")
    page = Browser(world.mo).get(SETTINGS).submit("Save the settings", keep_closed=str(years), why="Resolved")
    assert page.banner.startswith("Settings from 18 November 2026 are saved.")
    page = Browser(world.officer).get(case_url(waive_all(world, case), "propose_erasure/"))
    assert f"It is kept until 2 November {2026 + years}." in page.text
    assert opened(world, *RETENTION, case_url(case)) == [200] * 5


def test_a_year_more_than_can_be_kept_is_refused_beside_the_question(world):
    page = Browser(world.mo).get(SETTINGS).submit("Save the settings", keep_closed="101", why="Resolved")
    assert page.errors == {
        "keep_closed": ["Keep closed complaints for, years: enter a number from 1 to 100, or leave it empty"]
    }


@pytest.mark.parametrize("years", [101, 2026, 9000, 32767])
def test_years_on_record_beyond_any_calendar_break_no_page(world, years):
    case = at(world, "closed")
    stored(world, **dict.fromkeys(KEEP, years))
    assert opened(world, *RETENTION, case_url(case)) == [200] * 5
    page = Browser(world.officer).get(case_url(case, "propose_erasure/"))
    assert page.status in (200, 409)
    assert retention_periods.last_day(date(2024, 2, 29), years).year == min(2024 + years, 9999)


# Targets, and what else a panel sets


def test_the_form_the_column_and_the_count_share_one_limit():
    assert {limits(name) for name in TARGETS} == {(1, clock.MOST_DAYS)}
    assert {limits(name) for name in KEEP} == {(1, clock.MOST_YEARS)}
    assert limits("keep_messages") == (1, clock.MOST_DAYS)
    assert limits("participation_hour") == (clock.HOURS[0], clock.HOURS[-1])
    for period in (clock.working_days, clock.calendar_days, clock.weeks):
        assert period(date(2026, 11, 18), clock.MOST_DAYS).day
    assert clock.months(date(2026, 11, 18), 12 * clock.MOST_YEARS).day == date(2126, 11, 18)
    assert [clock.participation(date(2026, 11, 18), hour).at.hour for hour in clock.HOURS] == list(clock.HOURS)


def test_the_longest_targets_are_taken_and_counted(world):
    page = Browser(world.mo).get(SETTINGS)
    longest = {name: str(limits(name)[1]) for name in TARGETS}
    assert "are saved" in page.submit("Save the settings", **longest, why="Resolved").banner
    page = Browser(world.officer).get(step_url(None, "log"))
    page = page.submit("Continue", **answers_to_make(world, "log"), on=date(2026, 11, 18))
    assert page.submit("Log the complaint", similar="own").status == 200


def test_a_target_on_record_beyond_any_count_breaks_no_page_and_is_said_beside_the_form(world):
    stored(world, **dict.fromkeys(TARGETS, 32767))
    assert opened(world, *(case_url(at(world, key)) for key in ("received", "informal_resolution"))) == [200, 200]
    assert Browser(world.chairman).get(case_url(at(world, "recorded"), "filter/")).status == 200
    page = Browser(world.officer).get(step_url(None, "log"))
    with nothing_kept():
        page = page.submit("Continue", **answers_to_make(world, "log"), on=date(2026, 11, 18))
    assert page.status == 422
    assert "The length of a period must be from 1 to 1200, not 32767" in page.summary[0]


# Days


@pytest.mark.parametrize("on", [date(1900, 1, 1), date(1950, 6, 1), date(1971, 12, 31)])
def test_a_day_before_bank_holidays_is_refused_beside_it(world, on):
    page = Browser(world.officer).get(step_url(None, "log"))
    given = answers_to_make(world, "log") | {"made_on": on}
    with nothing_kept():
        page = page.submit("Continue", **given, on=on)
    assert page.errors == {"on": ["The date must be in 1972 or later: check the year"]}


def test_the_first_day_whose_bank_holidays_are_known_is_taken(world):
    on = date(1972, 1, 3)
    page = Browser(world.officer).get(step_url(None, "log"))
    given = answers_to_make(world, "log") | {"made_on": on}
    page = page.submit("Continue", **given, on=on).submit("Log the complaint", similar="own")
    assert page.status == 200
    assert (
        opened(world, page.url, "/exshire/", "/exshire/complaints/?show=all", "/exshire/complaints/report/")
        == [200] * 4
    )


@pytest.mark.parametrize("typed", ["0001-01-01", "1899-12-31", "2101-01-01", "9999-12-31"])
def test_a_day_in_a_year_beyond_all_is_refused_however_it_is_sent(world, typed):
    case = at(world, "received")
    officer, data = Browser(world.officer), {"missing": "When", "on": "2026-11-18", "by_when": typed}
    with nothing_kept():
        page = officer.send(case_url(case, "ask_for_information/"), data)
    assert page.errors == {"by_when": ["Day by which they should answer must be a real date"]}
    with nothing_kept():
        page = officer.send(case_url(case, "ask_for_information/"), {**data, "by_when": "", "on": typed})
    assert page.errors == {"on": ["Date it was asked for must be a real date"]}


def test_a_target_that_would_end_after_the_last_bank_holiday_is_refused_beside_its_day(world):
    case = take(world, heard(world, at(world, "informal_resolution")), "record_outcome")
    page = Browser(world.officer).get(case_url(case, "invite_representations/"))
    with nothing_kept():
        page = page.submit("Record the invitation", by_when=date(2100, 12, 30), on=date(2026, 11, 18))
    assert page.errors == {"by_when": ["Bank holidays are known only from 1972 to 2100, not for 2101"]}


def test_a_clock_that_would_go_on_after_the_last_bank_holiday_is_refused(world):
    stored(world, consider_days=None)
    case = take(world, heard(world, at(world, "informal_resolution")), "record_outcome")
    case = take(world, case, "invite_representations", by_when=date(2100, 12, 30))
    duties = [str(d.pk) for d in open_duties(case, "await_representations")]
    case = take(world, case, "stop_clock", duties=duties)
    page = Browser(world.officer).get(case_url(case, "restart_clock/"))
    page = page.submit("Let it go on", duties=duties, why="It came.", on=date(2026, 11, 18))
    assert page.status == 422
    assert "Bank holidays are known only from 1972 to 2100" in page.summary[0]


@pytest.mark.parametrize("day", ["0001-01-01", "1900-01-01", "2100-12-31", "9999-12-31", "x"])
def test_any_day_in_the_filter_of_the_access_log_shows_the_page(world, day):
    for name in ("first", "last"):
        assert opened(world, f"/exshire/history/openings/?{name}={day}") == [200]


@pytest.mark.parametrize("year", ["0001-02", "0999-00", "1899-00", "9997-98", "9998-99", "9999-00"])
def test_any_year_of_the_report_shows_the_page(world, year):
    for more in ("", "&as_at=0001-01-01", "&as_at=1900-01-01", "&as_at=9999-12-31"):
        url = f"/exshire/complaints/report/?year={year}{more}"
        assert opened(world, url) == [200]
        figure = f"/exshire/complaints/?figure=received&report={year}{more or '&as_at=2026-11-18'}&show=all"
        assert opened(world, figure) == [200]


def test_days_of_people_at_both_ends_of_the_calendar_break_no_page(world):
    page = Browser(world.admin).get("/exshire/people/members/add/")
    page = page.submit(
        "Add the member", name="Cllr Old", kind="co_opted", from_date=date(1900, 1, 1), to_date=date(2100, 12, 31)
    )
    assert page.banner.startswith("Added: Cllr Old")
    case = at(world, "sub_panel")
    assert opened(world, "/exshire/people/", case_url(case)) == [200] * 2
    assert Browser(world.chairman).get(case_url(case, "replace_sub_panel_member/")).status == 200


# Hearings


def arranged(world, day):
    """A hearing arranged for that day."""
    case = hearings.at(world, "under_review", 8)
    return hearings.take(world, case, "arrange_hearing", meeting_on=day, late_hearing_why="No hall was free.")


def test_a_hearing_on_the_last_day_of_all_can_be_shown(empty_world):
    case = arranged(empty_world, date(2100, 12, 31))
    stored(empty_world, participation_hour=23, quorum=100)
    for page in ("", "pages/votes/", "pages/report/", "note_apologies/", "hold_hearing/"):
        assert Browser(empty_world.officer).get(f"/midshire/hearings/{case.reference}/{page}").status == 200


def test_what_is_too_long_for_its_column_is_refused_and_not_cut(empty_world):
    url = f"/midshire/hearings/{arranged(empty_world, date(2026, 11, 24)).reference}/"
    page = Browser(empty_world.officer).get(f"{url}plan_questions/")
    page = page.submit(page.form.all("button")[1].text, text_1="x" * 501, theme_1="competence")
    assert "500 characters or fewer" in str(page.errors)
