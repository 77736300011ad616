"""The annual report's pages: figures that open their cases, text, issuing, and who may see what."""

import copy
import io
import re
import zipfile
from datetime import date
from html import unescape

import pytest
from docx import Document

from complaints.models import AlreadyIssued, AnnualReport
from panel.law import clock
from panel.record import heads, verify
from panel.record.act import sealed_act
from panel.record.heads import Head, read_heads
from tests import build
from tests.shared import made_once
from tests.steps import at, close, heard, take

pytestmark = pytest.mark.django_db
PAGE = "/exshire/complaints/report/"
YEAR = f"{PAGE}?year=2026-27"
LINK = re.compile(r'<dt>([^<]*)(?:<span>[^<]*</span>)?</dt>\s*<dd>\s*<a class="govuk-link" href="([^"]+)">(\d+)</a>')


NOW = clock.datetime(2026, 11, 18, 12, tzinfo=clock.LONDON)


@pytest.fixture(autouse=True)
def _in_november():
    with clock.set_to(NOW):
        yield


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """Cases in several states."""
    with clock.set_to(NOW), made_once(django_db_blocker):
        yield with_cases(build.make_world())


@pytest.fixture
def busy(made, db):
    return copy.deepcopy(made)


def with_cases(world):
    for state in ("received", "recorded", "withdrawn", "redirected", "not_recorded", "filtered", "with_iopc", "void"):
        at(world, state)
    close(world, take(world, heard(world, at(world, "informal_resolution")), "record_outcome"))
    return world


def page(client, who, address=YEAR) -> str:
    client.force_login(who)
    answer = client.get(address, follow=True)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def issue(client, world, address="year=2026-27"):
    client.force_login(world.officer)
    check = client.get(f"{PAGE}issue/?{address}")
    assert check.status_code == 200
    seen = re.search(r'name="seen" value="([^"]*)"', check.content.decode())[1]
    return client.post(f"{PAGE}issue/?{address}", {"seen": seen}, follow=True)


def text_of(client, world, **changed):
    """The form's hidden version and answers, changed."""
    words = page(client, world.officer)
    version = re.search(r'name="version"[^>]*value="([^"]*)"', words)
    return {
        "recommendation": "Note it.", "shows": "Fewer than before.", "papers": "None.",
        "version": version[1] if version else "", **changed,
    }  # fmt: skip


@pytest.mark.postgres
def test_every_number_opens_exactly_its_cases(client, busy):
    words = page(client, busy.officer)
    links = LINK.findall(words)
    assert len(links) > 15
    for label, url, number in links:
        listed = client.get(unescape(url)).content.decode()
        assert re.search(rf"<b>{number} complaint", listed), (label, number)


def test_a_figure_keeps_its_cases_while_the_list_is_filtered_further(client, busy):
    client.force_login(busy.officer)
    base = "/exshire/complaints/?figure=received&report=2026-27&as_at=2026-11-18"
    assert "<b>8 complaints</b>" in client.get(base).content.decode()
    assert "<b>1 ended complaint</b>" in client.get(f"{base}&show=ended&status=closed").content.decode()
    assert 'name="figure" value="received"' in client.get(base).content.decode()


def test_the_balance_is_a_sentence(client, busy):
    words = page(client, busy.officer)
    assert "0 carried in + 8 received + 0 reopened − 4 ended = <b>4 carried out</b>" in words


def test_a_nil_year_says_so_in_place_of_figures(client, busy):
    words = page(client, busy.officer, f"{PAGE}?year=2024-25")
    assert "No complaints were recorded. None was received and not recorded." in words
    assert "carried in" not in words


@pytest.mark.parametrize(
    "query, words",
    [
        ("year=2026-27&as_at=2030-01-01", "As-at date must be today or in the past"),
        ("year=2026-27&as_at=nonsense", "As-at date must be a real date"),
        ("year=2026-27&as_at=2026-04-02", "first complaint was entered on"),
        ("year=2021-23", "Select a year"),
        ("year=2029-30", "it had not begun"),
        ("year=%00&as_at_day=x", "Error:"),
    ],
)
def test_a_wrong_year_or_day_is_said_beside_it(client, busy, query, words):
    found = page(client, busy.officer, f"{PAGE}?{query}")
    assert words in found
    assert "<title>Error: " in found
    assert "In hand" not in found


def test_text_is_saved_with_its_history(client, busy):
    client.force_login(busy.officer)
    assert client.post(YEAR, text_of(client, busy)).status_code == 302
    row = AnnualReport.objects.get()
    assert (row.recommendation, row.shows, row.issued_on) == ("Note it.", "Fewer than before.", None)
    assert row.history.first().history_user == busy.officer
    assert "Fewer than before." in page(client, busy.officer)
    assert not list(verify.verify())


def test_what_somebody_else_wrote_meanwhile_is_shown_not_lost(client, busy):
    mine = text_of(client, busy, shows="Mine")
    client.force_login(busy.mo)
    client.post(YEAR, text_of(client, busy, shows="Theirs"))
    client.force_login(busy.officer)
    answer = client.post(YEAR, mine)
    assert answer.status_code == 409
    assert "Theirs" in answer.content.decode()
    assert "Mine" in answer.content.decode()
    assert AnnualReport.objects.get().shows == "Theirs"


def test_an_empty_recommendation_is_refused(client, busy):
    answer = client.post(YEAR, text_of(client, busy, recommendation=" "))
    assert answer.status_code == 422
    assert "Enter the recommendation" in answer.content.decode()
    assert not AnnualReport.objects.exists()


def test_issued_it_is_frozen_and_later_differences_stand_beside(client, busy):
    client.post(YEAR, text_of(client, busy))
    answer = issue(client, busy)
    words = answer.content.decode()
    assert "Issued on 18 November 2026 by Officer of Exshire" in words
    assert "The same as when it was issued." in words
    row = AnnualReport.objects.get()
    word = client.get(f"{PAGE}{row.pk}/report.docx").content
    assert zipfile.is_zipfile(io.BytesIO(word))
    with clock.set_to(clock.datetime(2027, 2, 1, 12, tzinfo=clock.LONDON)):
        build.log(busy, on=date(2026, 11, 4))
        client.force_login(busy.officer)
        words = client.get(f"{PAGE}{row.pk}/").content.decode()
        assert "These figures are different by now." in words
        assert "In hand: Received" in words
        assert "<b>4 carried out</b>" in words
        assert client.get(f"{PAGE}{row.pk}/report.docx").content == word
    assert not list(verify.verify())


def test_an_issued_report_ends_with_the_head_of_the_record_and_a_draft_does_not(client, busy):
    client.force_login(busy.officer)
    draft = client.get(f"{PAGE}draft.html?year=2026-27").content.decode()
    assert "Head of the record" not in draft
    head = heads.head(busy.panel)
    issue(client, busy)
    row = AnnualReport.objects.get()
    line = f"Head of the record: {head}"
    assert line in client.get(f"{PAGE}{row.pk}/report.html").content.decode()
    assert client.get(f"{PAGE}{row.pk}/report.txt").content.decode().rstrip().endswith(line)
    word = Document(io.BytesIO(client.get(f"{PAGE}{row.pk}/report.docx").content))
    assert word.paragraphs[-1].text == line
    assert [run.font.size.pt for run in word.paragraphs[-1].runs] == [8]
    build.log(busy, on=date(2026, 11, 4))
    noted = read_heads([line])
    assert list(verify.verify(noted=noted)) == []
    wrong = Head(head.chain, head.number, head.seal[::-1])
    assert [f.what for f in verify.verify(noted=[wrong])] == [
        "is not the one that was noted: the history was made anew since"
    ]


def test_an_issued_report_is_not_changed(client, busy):
    issue(client, busy)
    row = AnnualReport.objects.get()
    row.shows = "Something else"
    with pytest.raises(AlreadyIssued), sealed_act(busy.panel, by=busy.officer, name="write_report"):
        row.save()
    client.force_login(busy.officer)
    assert client.get(YEAR)["Location"] == f"{PAGE}{row.pk}/"


def test_a_new_version_begins_with_the_old_text(client, busy):
    client.post(YEAR, text_of(client, busy))
    issue(client, busy)
    words = page(client, busy.officer, f"{YEAR}&new=1")
    assert "Version 2" in words
    assert "Fewer than before." in words
    issue(client, busy, "year=2026-27&new=1")
    assert list(AnnualReport.objects.values_list("version", flat=True)) == [2, 1]


def test_text_changed_since_the_check_page_is_not_issued(client, busy):
    client.post(YEAR, text_of(client, busy))
    client.force_login(busy.officer)
    answer = client.post(f"{PAGE}issue/?year=2026-27", {"seen": "0"})
    assert answer.status_code == 409
    assert "Somebody has changed the text" in answer.content.decode()
    assert not AnnualReport.objects.exclude(issued_on=None).exists()


@pytest.mark.parametrize("who", ["chairman", "vice", "member"])
def test_chairman_and_members_see_issued_reports_only(client, busy, who):
    assert "No annual report has been issued yet." in page(client, getattr(busy, who))
    assert "Annual report" in page(client, getattr(busy, who), "/exshire/")
    client.force_login(getattr(busy, who))
    assert client.get(f"{PAGE}draft.docx?year=2026-27").status_code == 403
    assert client.get(f"{PAGE}issue/?year=2026-27").status_code == 403
    assert client.post(YEAR, {}).status_code == 200  # what is not theirs is not looked at
    issue(client, busy)
    row = AnnualReport.objects.get()
    words = page(client, getattr(busy, who), f"{PAGE}{row.pk}/")
    assert "Prepare a new version" not in words
    assert "What the record says now" not in words
    assert ("Every number opens its cases." in words) is (who != "member")


def test_an_auditor_sees_the_draft_and_changes_nothing(client, busy):
    words = page(client, busy.auditor)
    assert "Save text" not in words
    assert "Issue this report" not in words
    client.force_login(busy.auditor)
    assert client.post(YEAR, {}).status_code == 404
    assert client.post(f"{PAGE}issue/?year=2026-27", {"seen": ""}).status_code == 403


def test_an_administrator_sees_none_of_it(client, busy):
    client.force_login(busy.admin)
    assert client.get(YEAR).status_code == 403
    assert "Annual report" not in client.get("/exshire/").content.decode()


def test_a_report_of_another_panel_is_not_there(client, busy):
    issue(client, busy)
    other = build.make_world("midshire", "MD", "Midshire")
    pk = AnnualReport.objects.get().pk
    client.force_login(other.officer)
    assert client.get(f"/midshire/complaints/report/{pk}/").status_code == 404
    assert client.get(f"{PAGE}{pk}/").status_code == 404
    listed = client.get(f"/midshire/complaints/?figure=received&issued={pk}").content.decode()
    assert "No complaints match" in listed


@pytest.mark.parametrize("kind", ["docx", "html", "txt", "csv"])
def test_the_draft_as_a_file(client, busy, kind):
    client.force_login(busy.officer)
    answer = client.get(f"{PAGE}draft.{kind}?year=2026-27")
    assert answer.status_code == 200
    assert f"exshire-complaints-report-2026-27-draft.{kind}" in answer["Content-Disposition"]
    assert client.get(f"{PAGE}draft.exe?year=2026-27").status_code == 404
