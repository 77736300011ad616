"""The law by country and year: notice, exempt paragraphs, who votes online, substitutes, elections. Through the pages."""

from datetime import date

import pytest

from panel.law import elections, meetings
from panel.models import ExemptPart, PanelSettings
from panel.record.act import sealed_act
from tests.hearings.build import fresh, notify, take
from tests.hearings.test_by_the_day import sections, step
from tests.hearings.test_pages import url
from tests.panel.pages.page import Browser
from tests.reading import ALL_FOUR, kinds


def welsh(world, since, **more):
    """The panel is Welsh from that day on."""
    row = world.panel.settings.order_by("from_date").first()
    values = {f.attname: getattr(row, f.attname) for f in PanelSettings._meta.concrete_fields if f.name != "id"}
    with sealed_act(world.panel, by=None, name="change_settings"):
        PanelSettings.objects.create(**{**values, "from_date": since, "country": "wales", **more})


def heard(world, day, **held):
    """A hearing of that day, typed up now, with two members online."""
    case = notify(world, 8, on=day)
    case = take(world, take(world, case, "begin_review", on=day), "arrange_hearing", on=day, meeting_on=day)
    page = step(world, case, "hold_hearing")
    seats = {name: "room" for name in page.offered() if name.startswith("seat_")}
    seats |= {f"seat_{m.pk}": "online" for m in world.members[8:10]}
    given = {"quorate": "yes", "in_public": "yes", "candidate_came": "yes", "exempt": "none"}
    page = page.submit("Record the hearing", on=day, **seats, **{**given, **held})
    assert page.status == 200, page.errors
    return fresh(case)


def members_since(world, day):
    """All members sit from that day on."""
    with sealed_act(world.panel, by=None, name="change_people"):
        for m in world.members:
            m.from_date = day
            m.save()


def recommended(world, case, day):
    """The page that answers when ten votes are counted."""
    return step(world, case, "record_recommendation").submit(
        "Record the recommendation", recommendation="appoint", taken="counted", votes_for=10, votes_against=0, abstained=0,
        evidence="Minute 2", why="As minuted.", on=day,
    )  # fmt: skip


@pytest.mark.parametrize("country", ["england", "wales"])
def test_in_early_2021_members_online_vote_in_both_countries(world, country):
    if country == "wales":
        welsh(world, date(2020, 1, 2))
    members_since(world, date(2019, 1, 1))
    case = heard(world, date(2021, 3, 10))
    page = recommended(world, case, date(2021, 3, 10))
    assert page.status == 200, page.errors
    assert "Online" in Browser(world.officer).get(url(case, "case-tab", "votes")).text


@pytest.mark.parametrize("country, own, votes", [("england", "", False), ("wales", "", False), ("wales", "yes", True)])
def test_since_then_it_is_england_no_and_wales_as_set(world, country, own, votes):
    if country == "wales":
        welsh(world, date(2020, 1, 2), online_votes=own)
    members_since(world, date(2019, 1, 1))
    case = heard(world, date(2021, 9, 8))
    page = recommended(world, case, date(2021, 9, 8))
    assert ("add up to 10, and 8 members could vote" in " ".join(page.errors.get("votes_for", []))) != votes


def test_a_welsh_panel_excludes_the_public_under_paragraphs_of_its_own(world):
    welsh(world, date(2026, 1, 1))
    case = heard(world, date(2026, 11, 16), exempt="carried", exempt_paragraphs=["12", "16"],
                 public_interest="The candidate’s health would be discussed.")  # fmt: skip
    said = sections(world, case)
    assert "paragraphs 12 and 16 of Part 4 of Schedule 12A" in said
    assert "section 100A(4) of the Local Government Act 1972" in said
    assert "The candidate’s health would be discussed." in said
    assert ExemptPart.objects.get(item__case=case).paragraphs == "12,16"


def test_an_english_panel_is_offered_paragraphs_1_to_7(world):
    case = take(world, take(world, notify(world, 1), "begin_review"), "arrange_hearing")
    page = step(world, case, "hold_hearing")
    assert page.offered()["exempt_paragraphs"] == list("1234567")
    shown = Browser(world.officer).get(url(case, "case-tab", "votes")).text
    assert "paragraph 1 of Part 1 of Schedule 12A" in shown


@pytest.mark.parametrize(
    "days, kind, due", [(3, "publish_welsh_agenda", date(2026, 11, 19)), (None, "publish_welsh_agenda", None)]
)
def test_the_notice_of_a_welsh_panel_is_its_own(world, days, kind, due):
    welsh(world, date(2026, 1, 1), clear_days=days)
    case = take(world, take(world, notify(world, 1), "begin_review"), "arrange_hearing", meeting_on=date(2026, 11, 25))
    assert kind in kinds(case)
    assert "publish_agenda" not in kinds(case)
    duty = case.duties.get(kind=kind)
    assert duty.due == due
    page = Browser(world.officer).get(url(case))
    assert "five clear days" not in page.text.lower()
    page = step(world, case, "publish_agenda").submit(
        "Record that it was published", where="Website", on=date(2026, 11, 18)
    )
    assert page.status == 200, page.errors
    assert kind not in kinds(fresh(case))


def test_the_days_that_fit_a_notification_are_those_of_the_country(world):
    case = notify(world, 1, on=date(2026, 11, 2))
    assert (
        "from 10 November 2026, with five clear days for the agenda, to" in Browser(world.officer).get(url(case)).text
    )
    welsh(world, date(2026, 1, 1), clear_days=3)
    page = Browser(world.officer).get(url(case))
    assert "from 6 November 2026, with three clear days for the agenda, to" in page.text
    fits = f"/exshire/hearings/{case.reference}/days/?which=notification&day_day=2&day_month=11&day_year=2026"
    words = Browser(world.officer).get(fits).text
    assert "three clear days when the agenda goes out the same day (the Panel’s settings)" in words


def test_an_english_panel_gives_five_clear_days(world):
    case = take(world, take(world, notify(world, 1), "begin_review"), "arrange_hearing", meeting_on=date(2026, 11, 25))
    assert case.duties.get(kind="publish_agenda").due == date(2026, 11, 17)


def test_where_a_panel_has_no_substitutes_none_sits(world):
    row = world.panel.settings.order_by("from_date").first()
    with sealed_act(world.panel, by=None, name="change_settings"):
        row.hearing_substitutes = False
        row.save()
    case = take(world, take(world, notify(world, 1), "begin_review"), "arrange_hearing")
    page = step(world, case, "hold_hearing")
    seat = f"seat_{world.members[0].pk}"
    seats = {name: "room" for name in page.offered() if name.startswith("seat_")}
    given = {"quorate": "yes", "in_public": "yes", "candidate_came": "yes", "exempt": "none"}
    data = page.filled(on=date(2026, 11, 16), **given, **seats) | {seat: "substitute"}
    page = Browser(world.officer).send(url(case, "step", "hold_hearing"), data)
    assert "allow no substitutes at hearings" in " ".join(page.errors[seat])


def test_a_poll_that_is_none_is_questioned_and_one_in_the_weeks_is_proposed(world):
    case = notify(world, 1)
    page = step(world, case, "note_election").submit("Note the election", poll_on=date(2026, 11, 20))
    assert "No ordinary election of Commissioners is known" in " ".join(page.errors["poll_on"])
    page = Browser(world.officer).get("/exshire/hearings/new/notify/?under=schedule1")
    given = {"post": "chief_executive", "candidate_1": "Ann Other", "came": ALL_FOUR, "on": date(2024, 4, 25)}
    page = page.submit("Continue", **given)
    assert "The ordinary election of 2 May 2024 falls into the three weeks" in " ".join(page.errors["poll_on"])
    case = notify(world, 1, on=date(2024, 4, 25), poll_on=date(2024, 5, 2))
    assert step(world, case, "note_election").day("poll_on") == "2 5 2024"


@pytest.mark.parametrize(
    "country, days, online, refused",
    [("england", 3, "", {"clear_days"}), ("england", 5, "yes", {"online_votes"}), ("wales", 3, "yes", set())],
)
def test_settings_that_the_law_refuses(country, days, online, refused):
    assert set(meetings.refused_settings(country, days, online)) == refused


def test_ordinary_polls():
    assert elections.poll_within(date(2021, 4, 16)) == date(2021, 5, 6)
    assert elections.poll_within(date(2021, 4, 15)) is None
    assert not elections.is_ordinary_poll(date(2022, 5, 5))


def test_a_finance_officers_qualification_is_law(world):
    case = notify(world, 1, post="chief_finance_officer")
    page = Browser(world.officer).get(url(case))
    assert "Schedule 1, paragraph 6(4)" in page.text
    assert "section 113 of the Local Government Finance Act 1988" in page.text
    assert "qualified" in step(world, case, "note_not_done").offered()["item"]
    assert "qualified" not in step(world, case, "skip_item").offered()["item"]
