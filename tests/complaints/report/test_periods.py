"""For which periods a report is made: the menu, any two days, since the last report, what is no period; issued and frozen
like a year; and the same from the command line."""

import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from complaints.models import AnnualReport
from complaints.report import periods
from complaints.report.blocks import RESULT_WORDS
from complaints.report.figures import NoReport, annual_report
from panel.law import clock
from panel.models import Meeting, MeetingItem, MeetingMinute, PanelSettings
from panel.record.act import sealed_act
from tests import build
from tests.complaints.report.test_report_pages import LINK
from tests.meetings.build import plan
from tests.meetings.build import take as take_meeting
from tests.panel.pages.page import Browser
from tests.steps import at, close, heard, take

pytestmark = pytest.mark.django_db
PAGE = "/exshire/complaints/report/"
HALF = "2026-04-01..2026-09-30"


def make():
    """A panel with a few complaints."""
    found = build.make_world()
    found.ready = {}
    for state in ("received", "recorded", "withdrawn", "with_iopc"):
        at(found, state)
    close(found, take(found, heard(found, at(found, "informal_resolution")), "record_outcome"))
    return found


def issued(world, slug, address=PAGE):
    """Issue the report of that period through its pages; its row."""
    page = Browser(world.officer).get(f"{address}issue/?year={slug}&new=1")
    assert page.status == 200, page.text
    page = page.submit("Issue this report")
    first, last = periods.parse(slug)
    return AnnualReport.objects.exclude(issued_on=None).filter(first=first, last=last).first()


def beside(page) -> dict[str, list[str]]:
    """{question: messages beside it}; the questions above a list have no summary."""
    found: dict[str, list[str]] = {}
    for message in page.root.all(cls="govuk-error-message"):
        group = message.parent
        while "govuk-form-group" not in group.attrs.get("class", ""):
            group = group.parent
        name = group.all("input", "select")[0].attrs["name"].removesuffix("_day")
        found.setdefault(name, []).append(message.text)
    return found


def without_the_time(page) -> str:
    """What the page says, without the note on sign-in above and the time of printing below."""
    return page.text.partition("Complaints 2026-27: annual report")[2].partition("Printed on")[0]


def printed(*args, **options) -> str:
    out = io.StringIO()
    call_command("annual_report", "exshire", *args, stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


# The menu


def test_the_menu_goes_back_to_the_registers_first_day(world):
    assert periods.begins(world.panel) == date(2020, 1, 1)
    assert periods.years(world.panel) == [f"{y}-{y - 1999}" for y in range(2026, 2018, -1)]


def test_the_last_finished_year_is_shown_first(world):
    assert periods.usual(world.panel) == "2025-26"
    page = Browser(world.officer).get(PAGE)
    assert "Complaints 2025-26: annual report" in page.text


def test_halves_quarters_and_terms_are_offered(world):
    groups = dict(periods.offered(world.panel))
    assert (HALF, "April to September, 2026-27") in groups["Halves and quarters"]
    assert ("2026-10-01..2026-12-31", "October to December, 2026-27") in groups["Halves and quarters"]
    assert not [slug for slug, _ in groups["Halves and quarters"] if slug.startswith("2027")]
    assert ("2024-07-01..2026-11-18", "Ms Calloway: 1 July 2024 to 18 November 2026") in groups["Terms of office"]


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        ((2025, 4, 1), (2026, 3, 31), ((2024, 4, 1), (2025, 3, 31))),
        ((2026, 4, 1), (2026, 9, 30), ((2025, 4, 1), (2025, 9, 30))),
        ((2024, 2, 1), (2024, 2, 29), ((2023, 2, 1), (2023, 2, 28))),
        ((2025, 2, 1), (2025, 2, 28), ((2024, 2, 1), (2024, 2, 29))),
        ((2021, 5, 13), (2024, 5, 8), ((2018, 5, 13), (2021, 5, 8))),
    ],
)
def test_the_same_period_a_year_before(first, last, before):
    found = periods.year_before(date(*first), date(*last))
    assert found == (date(*before[0]), date(*before[1]))


def test_before_the_register_there_is_no_year_before(world):
    found = annual_report(world.panel, date(2020, 4, 1), date(2021, 3, 31), previous=True)
    assert found.previous.year == "2019-20"  # the first settings are of January 2020
    found = annual_report(world.panel, date(2019, 4, 1), date(2020, 3, 31), previous=True)
    assert found.previous is None


# What is no period


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("year=dates&first=2026-05-01&last=2026-04-01", "last", "before it begins on 1 May 2026"),
        ("year=dates&first=2001-04-01&last=2021-04-01", "first", "The period is longer than 20 years."),
        ("year=dates&first=2018-04-01&last=2019-03-31", "last", "the register begins on 1 January 2020"),
        ("year=2018-19", "year", "the register begins on 1 January 2020"),
        ("year=2026-05-01..2026-04-01", "year", "before it begins"),
        ("year=1990-01-01..2026-04-01", "year", "longer than 20 years"),
        ("year=2026-13-01..2026-14-01", "year", "Select a year"),
        ("year=9999-01-01..9999-02-01", "year", "Select a year"),
        ("year=dates&last=2026-04-01", "first", "Enter the first day"),
        ("year=since&first=2027-01-01", "first", "before it begins"),
        ("year=dates&first=2027-01-01&last=2027-02-01", "as_at", "it had not begun"),
    ],
)
def test_what_is_no_period_is_said_beside_its_question(world, query, field, words):
    page = Browser(world.officer).get(f"{PAGE}?{query}")
    assert page.status == 200
    assert page.title.startswith("Error: ")
    assert {name: [words in said] for name, (said,) in beside(page).items()} == {field: [True]}


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 5, 1), date(2026, 4, 1), "before it begins"),
        (date(2006, 4, 1), date(2026, 4, 1), "longer than 20 years"),
        (date(2018, 4, 1), date(2019, 3, 31), "the register begins on"),
    ],
)
def test_the_command_and_other_code_are_refused_alike(world, first, last, words):
    with pytest.raises(NoReport, match=words):
        annual_report(world.panel, first, last)
    with pytest.raises(CommandError, match=words):
        printed(first=str(first), last=str(last))


def test_twenty_years_to_the_day_are_no_longer_than_twenty_years():
    periods.check(date(2006, 4, 1), date(2026, 3, 31), None)


# Any two days, issued like a year


def test_any_two_days_are_reported_on_issued_and_frozen(world):
    page = Browser(world.officer).get(f"{PAGE}?year=dates&first=2026-04-01&last=2026-09-30")
    assert "1 April 2026 to 30 September 2026" in page.text
    half = issued(world, HALF)
    assert (half.first, half.last) == (date(2026, 4, 1), date(2026, 9, 30))
    shown = Browser(world.officer).get(f"{PAGE}{half.pk}/")
    assert "Issued" in shown.text
    assert "1 April 2026 to 30 September 2026" in shown.text
    assert "Prepare a new version" in shown.text


def test_every_number_of_a_half_year_opens_its_cases(client, world):
    client.force_login(world.officer)
    words = client.get(f"{PAGE}?year=2026-10-01..2026-12-31&new=1").content.decode()
    links = LINK.findall(words)
    assert len(links) > 10
    for url, number in links:
        listed = client.get(url.replace("&amp;", "&")).content.decode()
        assert f"<b>{number} complaint" in listed, url


def test_from_an_issued_report_there_is_a_way_to_every_other(world):
    rows = [issued(world, slug) for slug in ("2025-26", HALF, "2024-25")]
    for row in rows:
        shown = Browser(world.chairman).get(f"{PAGE}{row.pk}/")
        for other in rows:
            assert (f'href="{PAGE}{other.pk}/"' in shown.source) == (other != row)


def test_since_the_last_report_begins_on_the_day_after_it(world):
    assert periods.since_last_report(world.panel) is None
    issued(world, HALF)
    found = periods.since_last_report(world.panel)
    assert (found.first, found.last) == (date(2026, 10, 1), date(2026, 11, 18))
    assert found.words == "Since the last report: 1 October 2026 to 18 November 2026"
    assert found.slug in Browser(world.officer).get(f"{PAGE}?new=1").source


def test_since_the_last_meeting_asks_the_register_of_meetings(world):
    """One that has minutes, of the whole Panel; not one that is only planned, was taken back, or is another panel's."""
    entry = world.panel.cases.first().entries.first()
    assert periods.since_last_meeting(world.panel) is None

    def meets(on, minutes=True, **more):
        with sealed_act(world.panel, by=None, name="change_settings", why="It met."):
            meeting = Meeting.objects.create(panel=world.panel, on=on, entry=entry, **more)
            if minutes:
                MeetingMinute.objects.create(meeting=meeting, entry=entry)

    meets(date(2026, 9, 2))
    meets(date(2026, 10, 5), kind=Meeting.Kind.SUB_PANEL)
    meets(date(2026, 10, 7), minutes=False)
    meets(date(2026, 11, 18))
    found = periods.since_last_meeting(world.panel)
    assert found.words == "Since the last meeting: 3 September 2026 to 18 November 2026"
    assert found.slug in Browser(world.officer).get(f"{PAGE}?new=1").source


def test_the_next_meeting_gets_the_report(world):
    """Its day, and the number that its agenda has for this report; one that was cancelled gets none."""
    take_meeting(world, plan(world, meeting_on=date(2026, 11, 24)), "cancel_meeting")
    fields = Browser(world.officer).get(f"{PAGE}?year={HALF}").filled()
    assert not fields.get("meeting_on_day")
    meeting = plan(world, meeting_on=date(2026, 12, 3))
    take_meeting(world, meeting, "table_item", source="complaints:2025-26")
    number = MeetingItem.objects.get(title="Complaints 2025-26: annual report").number

    def suggested(year):
        data = Browser(world.officer).get(f"{PAGE}?year={year}").filled()
        return [data[k] for k in ("meeting_on_day", "meeting_on_month", "meeting_on_year", "item")]

    assert number
    assert suggested("2025-26") == ["3", "12", "2026", str(number)]
    assert suggested(HALF) == ["3", "12", "2026", ""]  # not on the agenda: the annual report is
    row = issued(world, "2025-26")
    assert (row.meeting_on, row.item) == (date(2026, 12, 3), str(number))
    with clock.set_to(clock.datetime(2026, 12, 20, 12, tzinfo=clock.LONDON)):
        shown = Browser(world.officer).get(f"{PAGE}?year=2025-26&new=1").filled()
        assert not shown.get("meeting_on_day")  # that meeting is over, and no other is arranged


def test_the_paper_of_a_meeting_that_the_register_has_is_typed_up_late(world):
    meeting = plan(world, meeting_on=date(2026, 12, 3))
    with clock.set_to(clock.datetime(2027, 1, 20, 12, tzinfo=clock.LONDON)):
        browser = Browser(world.officer)
        page = browser.get(f"{PAGE}?year=2025-26&new=1").submit("Check the paper", meeting_on=date(2026, 12, 2))
        assert "The meeting of 2 December 2026 is over" in page.summary[0]  # no meeting was that day
        page = page.submit("Check the paper", meeting_on=date(2026, 12, 3), contact="The Clerk")
        assert "The meeting of 3 December 2026 is over. The report is then the paper that went there" in page.text
        page = page.submit("Issue this report")
        assert page.banner.startswith("Issued"), page.text
        early = browser.get(f"{PAGE}?year=2026-27&new=1").submit("Check the paper", meeting_on=date(2026, 12, 3))
        assert "The meeting of 3 December 2026 is over" in early.summary[0]  # before the period has ended
    assert meeting.status == "planned"


def test_a_draft_of_another_period_is_not_out_of_sight(world):
    page = Browser(world.officer).get(f"{PAGE}?year={HALF}")
    page.submit("Save the text")
    assert AnnualReport.objects.filter(issued_on=None).count() == 1
    shown = Browser(world.officer).get(f"{PAGE}?year=2025-26")
    assert "Drafts of other periods" in shown.text
    assert "1 April 2026 to 30 September 2026" in shown.text


# Frozen


def test_an_issued_report_shows_what_it_showed(world, monkeypatch):
    row = issued(world, "2026-27")
    files = {
        kind: Browser(world.officer).client.get(f"{PAGE}{row.pk}/report.{kind}").content
        for kind in ("docx", "html", "txt", "csv")
    }
    before = without_the_time(Browser(world.chairman).get(f"{PAGE}{row.pk}/"))
    monkeypatch.setitem(RESULT_WORDS, "resolved", "a new word")
    with sealed_act(world.panel, by=None, name="set_up"):
        PanelSettings.objects.create(
            panel=world.panel, from_date=date(2026, 11, 1), chairman_word="Chair", second_factor=False
        )
    with clock.set_to(clock.datetime(2027, 11, 18, 12, tzinfo=clock.LONDON)):
        build.log(world, on=date(2026, 11, 4))
        assert without_the_time(Browser(world.chairman).get(f"{PAGE}{row.pk}/")) == before
        for kind, content in files.items():
            assert Browser(world.officer).client.get(f"{PAGE}{row.pk}/report.{kind}").content == content, kind


def test_a_report_that_version_0_1_issued_shows_its_own_labels_and_no_later_line(world):
    found = annual_report(world.panel, date(2026, 4, 1), date(2027, 3, 31))
    kept = {
        k: v
        for k, v in found.frozen().items()
        if k in ("cases", "to_filter", "to_close", "received_on", "merge_small", "names")
    }
    kept["cases"]["outcomes.recommendations"] = kept["cases"].pop("outcomes.explained", [])
    with sealed_act(world.panel, by=world.officer, name="issue_report"):
        row = AnnualReport.objects.create(
            panel=world.panel, first=found.first, last=found.last, recommendation="Note it.", figures=kept, word="",
            as_at=found.as_at, issued_on=date(2026, 11, 18), issued_by=world.officer,
        )  # fmt: skip
    shown = Browser(world.chairman).get(f"{PAGE}{row.pk}/").text
    assert "Outcome: recommendations made" in shown
    assert "28(6)" not in shown
    assert "carried out" in shown


# As at a day, a year later


def test_as_at_is_unchanged_byte_for_byte_a_year_of_steps_later(world):
    def everything():
        return {
            kind: printed("2026-27", format=kind, as_at="2026-11-18", previous=True)
            for kind in ("json", "csv", "text", "html")
        }

    then = everything()
    with clock.set_to(clock.datetime(2027, 11, 18, 12, tzinfo=clock.LONDON)):
        for state in ("filtered", "closed", "void"):
            at(world, state)
        with sealed_act(world.panel, by=None, name="set_up"):
            PanelSettings.objects.create(panel=world.panel, from_date=date(2026, 11, 1), commissioner_word="Mayor")
            world.pcc.short_name = "Sir Daniel"
            world.pcc.to_date = date(2027, 5, 1)
            world.pcc.save()
        assert everything() == then


# The command


def test_the_command_counts_since_the_last_report(world):
    with pytest.raises(CommandError, match="No report was issued of a period that ends before"):
        printed(since_last=True)
    issued(world, HALF)
    found = json.loads(printed(since_last=True, format="json"))
    assert found["period"] == {"from": "2026-10-01", "to": "2026-11-18"}
    with pytest.raises(CommandError, match="period of its own"):
        printed("2025-26", since_last=True)


def test_the_command_shows_the_year_before_when_asked(world):
    assert json.loads(printed("2026-27", format="json"))["previous"] is None
    assert json.loads(printed("2026-27", format="json", previous=True))["previous"]["year"] == "2025-26"


def test_the_command_writes_comma_separated_values(world):
    lines = printed("2026-27", format="csv", previous=True).splitlines()
    assert lines[1:3] == ["Section,Figure,Number,2025-26,Note", "In hand,Open on 1 April 2026,0,0,"]
    assert "In hand,Received,5,0," in lines


@pytest.mark.parametrize(
    "slug", ["years", "office-holders", "together", "specified", "decided-by", "published", "same-person", "lines"]
)
def test_each_table_of_more_figures_is_a_file_too(world, slug):
    page = Browser(world.officer).get(f"{PAGE}figures/?year=2026-27")
    assert page.status == 200
    address = f"{PAGE}figures/{slug}.csv?year=2026-27&amp;as_at=2026-11-18"
    assert address in page.source
    answer = Browser(world.officer).client.get(address.replace("&amp;", "&"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert Browser(world.officer).client.get(f"{PAGE}figures/nonsense.csv?year=2026-27").status_code == 404
