"""Ordinary elections about the three weeks, typed through the pages: what falls into them and what does not."""

from datetime import date

from tests.hearings.build import notify, take
from tests.panel.pages.page import Browser

POLL, ACCEPTED = date(2021, 5, 6), date(2021, 5, 13)
ALL_FOUR = ["name", "criteria", "reasons", "terms"]


def log(world, on, poll=None, **over):
    """The page after the notification is typed, before it is confirmed."""
    page = Browser(world.officer).get("/exshire/hearings/new/notify/?under=schedule1&post=chief_executive")
    return page.submit("Continue", candidate_1="Ann Vale", on=on, poll_on=poll, **{"came": ALL_FOUR} | over)


def step(world, case, key):
    """The page of a step."""
    return Browser(world.officer).get(f"/exshire/hearings/{case.reference}/{key}/")


def test_a_poll_of_long_ago_stops_no_count(world):
    page = log(world, date(2026, 11, 10), date(2024, 5, 2))
    said = "The poll of 2 May 2024 was long before the three weeks began on 10 November 2026"
    assert page.errors["poll_on"][0].startswith(said)
    case = notify(world)
    for key, button, more in (
        ("note_election", "Note the election", {}),
        ("correct_count", "Save what is right", {"counts_why": "As the papers say."}),
    ):
        page = step(world, case, key)
        assert page.submit(button, poll_on=date(2024, 5, 2), **more).errors.keys() == {"poll_on"}
        page = step(world, case, key).submit(button, poll_on=date(2024, 5, 2), accepted_on=date(2024, 5, 9), **more)
        assert page.errors["accepted_on"][0].startswith(
            "Office was accepted on 9 May 2024, before the three weeks began"
        )


def test_an_election_shortly_before_is_asked_about_on_the_page_that_shows_the_answers_again(world):
    page = log(world, date(2021, 5, 10))
    assert "The ordinary election of 6 May 2021 was 4 days before. If the person elected had not accepted" in page.text
    assert "was 4 days before" not in log(world, date(2021, 5, 10), POLL).text


def test_an_election_in_weeks_that_begin_later_is_noted_before_they_are_counted(world):
    case = notify(world, on=date(2021, 4, 1), came=ALL_FOUR[:2], counts="not_yet", counts_why="Two things are to come.")
    words = "The ordinary election of 6 May 2021 falls into the three weeks, and its days do not count"
    came = {"came": ALL_FOUR[2:], "counts": "from_this", "counts_why": "All has come."}
    page = step(world, case, "receive_information").submit("Record what came", on=date(2021, 4, 28), **came)
    assert page.errors == {"counts": [f"{words}. First note the election"]}
    decided = {"counts": "from_day", "day": date(2021, 4, 28), "counts_why": "The last came then."}
    page = step(world, case, "decide_count").submit("Record the decision", **decided)
    assert page.errors == {"day": [f"{words}. First note the election"]}
    page = step(world, case, "correct_count").submit("Save what is right", **decided)
    assert page.errors == {"poll_on": [f"{words}: enter it"]}
    case = take(world, case, "note_election", poll_on=POLL, accepted_on=ACCEPTED)
    page = step(world, case, "receive_information").submit("Record what came", on=date(2021, 4, 28), **came)
    assert page.banner.startswith("Information received"), page.errors
    assert case.duties.get(kind="report", closed_by=None).due == date(2021, 5, 26)  # 8 days, then 13 from 14 May


def test_a_corrected_day_that_brings_an_election_into_the_weeks_asks_for_it(world):
    case = notify(world, on=date(2021, 6, 1))
    page = step(world, case, "correct").submit("Correct it", received_on=date(2021, 4, 28), why="A slip.")
    assert page.errors["received_on"][0].startswith("The ordinary election of 6 May 2021 falls into the three weeks")


def test_a_poll_that_is_no_ordinary_one_is_questioned_where_a_planned_hearing_is_notified(world):
    page = Browser(world.officer).get("/exshire/hearings/new/plan_hearing/?under=schedule1")
    page = page.submit("Plan it", post="deputy", on=date(2026, 11, 2))
    assert page.banner.startswith("Hearing planned"), page.errors
    page = Browser(world.officer).get(page.url + "record_notification/")
    page = page.submit(
        "Continue", candidate_1="Ann Vale", on=date(2026, 11, 10), came=ALL_FOUR, poll_on=date(2026, 11, 20)
    )
    assert page.errors["poll_on"][0].startswith("No ordinary election of Commissioners is known for 20 November 2026")
