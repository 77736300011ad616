"""The annual report's pages: figures that open their cases, text, issuing, and who may see what."""

import io
import re
import zipfile
from datetime import date
from html import unescape

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from docx import Document

from complaints.models import AlreadyIssued, AnnualReport
from panel.law import clock
from panel.record import heads, verify
from panel.record.act import sealed_act
from panel.record.heads import Head, heads_in_file
from tests import build
from tests.steps import at, close, heard, take

pytestmark = pytest.mark.django_db
PAGE = "/exshire/complaints/report/"
YEAR = f"{PAGE}?year=2026-27"
LINK = re.compile(r'<a class="govuk-link" href="([^"]*figure=[^"]+)">(\d+)</a>')


def make():
    """Cases in several states."""
    world = build.make_world()
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


def text_of(client, world, address=YEAR, **changed):
    """The form as it stands on the page, changed."""
    words = page(client, world.officer, address)
    found = {
        name: unescape(text).removeprefix("\n")
        for name, text in re.findall(r'<textarea name="(\w+)"[^>]*>(.*?)</textarea>', words, re.DOTALL)
    }
    version = re.search(r'name="version"[^>]*value="([^"]*)"', words)
    found["version"] = version[1] if version else ""
    return found | {"recommendation": "Note it.", "shows": "Fewer than before.", "papers": "None."} | changed


@pytest.mark.postgres
def test_every_number_opens_exactly_its_cases(client, world):
    words = page(client, world.officer)
    links = LINK.findall(words)
    assert len(links) > 15
    for url, number in links:
        listed = client.get(unescape(url)).content.decode()
        assert re.search(rf"<b>{number} (complaint|conduct|case)", listed), (url, number)


def test_a_figure_keeps_its_cases_while_the_list_is_filtered_further(client, world):
    client.force_login(world.officer)
    base = "/exshire/complaints/?figure=received&report=2026-27&as_at=2026-11-18"
    assert "<b>8 complaints</b>" in client.get(base).content.decode()
    assert "<b>1 ended complaint</b>" in client.get(f"{base}&show=ended&status=closed").content.decode()
    assert 'name="figure" value="received"' in client.get(base).content.decode()


def test_the_balance_is_a_sentence(client, world):
    words = page(client, world.officer)
    assert "0 open at the start + 8 received + 0 reopened − 4 ended = 4 still open at the end." in words


def test_a_nil_year_says_so_in_place_of_figures(client, world):
    words = page(client, world.officer, f"{PAGE}?year=2024-25")
    assert "No complaints were recorded. None was received and not recorded." in words
    assert "open at the start" not in words


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
def test_a_wrong_year_or_day_is_said_beside_it(client, world, query, words):
    found = page(client, world.officer, f"{PAGE}?{query}")
    assert words in found
    assert "<title>Error: " in found
    assert "In hand" not in found


def test_text_is_saved_with_its_history(client, world):
    client.force_login(world.officer)
    assert client.post(YEAR, text_of(client, world)).status_code == 302
    row = AnnualReport.objects.get()
    assert (row.recommendation, row.shows, row.issued_on) == ("Note it.", "Fewer than before.", None)
    assert row.history.first().history_user == world.officer
    assert "Fewer than before." in page(client, world.officer)
    assert not list(verify.verify())


def test_what_somebody_else_wrote_meanwhile_is_shown_not_lost(client, world):
    mine = text_of(client, world, shows="Mine")
    client.force_login(world.mo)
    client.post(YEAR, text_of(client, world, shows="Theirs"))
    client.force_login(world.officer)
    answer = client.post(YEAR, mine)
    assert answer.status_code == 409
    assert "Theirs" in answer.content.decode()
    assert "Mine" in answer.content.decode()
    assert AnnualReport.objects.get().shows == "Theirs"


def test_a_text_that_the_figures_left_behind_is_said(client, world):
    """What was saved speaks of fewer complaints than there are by now: both pages say so, with what the figures say."""
    client.post(YEAR, text_of(client, world))
    assert "have changed since this text was saved" not in page(client, world.officer)
    with clock.set_to(clock.datetime(2026, 11, 19, 9, tzinfo=clock.LONDON)):
        build.log(world, on=date(2026, 11, 4))
        for address in (YEAR, f"{PAGE}issue/?year=2026-27"):
            words = " ".join(page(client, world.officer, address).split())
            assert "The figures have changed since this text was saved on 18 November 2026." in words
            assert "<li>Received: now 9, not 8</li><li>Received, not decided yet: now 2, not 1</li>" in words
            assert "the Panel received nine complaints" in words
        client.post(YEAR, text_of(client, world, shows="Nine came."))
        assert "have changed since this text was saved" not in page(client, world.officer)


def test_an_empty_recommendation_is_refused(client, world):
    answer = client.post(YEAR, text_of(client, world, recommendation=" "))
    assert answer.status_code == 422
    assert "Enter the recommendation" in answer.content.decode()
    assert not AnnualReport.objects.exists()


def test_issued_it_is_frozen_and_later_differences_stand_beside(client, world):
    client.post(YEAR, text_of(client, world))
    answer = issue(client, world)
    words = answer.content.decode()
    assert "Issued on 18 November 2026 by Officer of Exshire" in words
    assert "The same as when it was issued." in words
    row = AnnualReport.objects.get()
    kinds = ("docx", "pdf", "html", "txt", "csv")
    files = [client.get(f"{PAGE}{row.pk}/report.{kind}").content for kind in kinds]
    assert zipfile.is_zipfile(io.BytesIO(files[0]))
    with clock.set_to(clock.datetime(2027, 2, 1, 12, tzinfo=clock.LONDON)):
        build.log(world, on=date(2026, 11, 4))
        client.force_login(world.officer)
        words = client.get(f"{PAGE}{row.pk}/").content.decode()
        assert "These figures are different by now." in words
        assert "In hand: Received" in words
        assert "= 4 still open at the end." in words
        assert [client.get(f"{PAGE}{row.pk}/report.{kind}").content for kind in kinds] == files
    assert not list(verify.verify())


def test_no_hash_is_on_paper_but_the_head_is_in_the_files_and_on_the_page(client, world, tmp_path):
    client.force_login(world.officer)
    draft = client.get(f"{PAGE}draft.html?year=2026-27").content.decode()
    assert "Head of the record" not in draft
    assert "verified" not in draft
    head = heads.head(world.panel)
    issue(client, world)
    row = AnnualReport.objects.get()
    said = f"Figures verified on 18 November 2026 (reference EX-{head.number})."
    for kind in ("docx", "pdf", "html"):
        content = client.get(f"{PAGE}{row.pk}/report.{kind}").content
        assert heads_in_file(content) == [head], kind
        (tmp_path / f"report.{kind}").write_bytes(content)
    text = client.get(f"{PAGE}{row.pk}/report.txt").content.decode()
    assert said in text
    assert head.seal[:16] not in text
    page_itself = client.get(f"{PAGE}{row.pk}/report.html").content.decode().replace("\u00a0", " ")
    assert said in page_itself
    assert head.seal[:16] not in page_itself.partition("<body>")[2]
    word = Document(tmp_path / "report.docx")
    assert said in [p.text.replace("\u00a0", " ") for p in word.paragraphs]
    assert not [p for p in word.paragraphs if head.seal[:16] in p.text]
    assert str(head) in page(client, world.auditor, f"{PAGE}{row.pk}/")
    assert str(head) not in page(client, world.member, f"{PAGE}{row.pk}/")
    out = io.StringIO()
    call_command("verify_audit", head=str(tmp_path / "report.docx"), stdout=out)
    assert "1 noted head: still there." in out.getvalue()
    build.log(world, on=date(2026, 11, 4))
    assert list(verify.verify(noted=heads_in_file((tmp_path / "report.pdf").read_bytes()))) == []
    wrong = Head(head.chain, head.number, head.seal[::-1])
    assert [f.what for f in verify.verify(noted=[wrong])] == [
        "is not the one that was noted: the history was made anew since"
    ]


def test_the_history_says_what_was_kept_and_shows_no_bytes(client, world):
    issue(client, world)
    words = page(client, world.auditor, "/exshire/history/")
    assert words.count("Kept as it went out") == 2
    assert AnnualReport.objects.get().word[:40] not in words


def test_a_record_that_was_changed_outside_issues_no_report(client, world):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE panel_panel SET name = 'Exshire Panel' WHERE id = %s", [world.panel.pk])
    answer = issue(client, world)
    assert answer.status_code == 409
    assert "The record is not as it was sealed, so no report can be issued from it." in answer.content.decode()
    assert not AnnualReport.objects.exclude(issued_on=None).exists()


# What stands on the page is what goes out


def test_word_takes_what_stands_on_the_page_and_keeps_nothing(client, world):
    typed = text_of(client, world, shows="Nine came.\n\nOne **left**.", then="docx")
    client.force_login(world.officer)
    answer = client.post(YEAR, typed)
    assert answer["Content-Disposition"].startswith(
        'attachment; filename="exshire-complaints-report-2026-27-draft.docx'
    )
    said = [p.text for p in Document(io.BytesIO(answer.content)).paragraphs]
    assert "Nine came." in said
    assert "One left." in said
    assert not AnnualReport.objects.exists()


def test_check_keeps_what_was_typed_and_shows_the_paper_itself(client, world):
    typed = text_of(client, world, shows="Nine came.", item="8", then="check")
    typed |= {"meeting_on": "2026-12-03"}
    client.force_login(world.officer)
    words = client.post(YEAR, typed, follow=True).content.decode()
    assert "Check before you issue this report" in words
    assert "Nine came." in words
    assert "3\u00a0December 2026, item\u00a08" in words
    row = AnnualReport.objects.get()
    assert (row.shows, row.meeting_on, row.item) == ("Nine came.", date(2026, 12, 3), "8")
    issue(client, world)
    word = Document(io.BytesIO(client.get(f"{PAGE}{row.pk}/report.docx").content))
    assert [p.text.replace("\u00a0", " ") for p in word.paragraphs][:2] == [
        "Exshire Police and Crime Panel\t3 December 2026, item 8", "Complaints 2026-27: annual report",
    ]  # fmt: skip
    assert [p.text.replace("\u00a0", " ") for p in word.sections[0].footer.paragraphs] == [
        "Exshire Police and Crime Panel, 3 December 2026, item 8\tPage 1 of 1"
    ]


@pytest.mark.parametrize("then", ["save", "check", "docx", "pdf"])
def test_a_meeting_that_is_over_is_refused_and_nothing_typed_is_lost(client, world, then):
    typed = text_of(client, world, shows="Typed in vain?", then=then)
    typed |= {"meeting_on": "2026-11-17"}
    client.force_login(world.officer)
    answer = client.post(YEAR, typed)
    assert answer.status_code == 422
    words = unescape(answer.content.decode())
    assert "The meeting of 17 November 2026 is over. Enter the day of the meeting that gets this report" in words
    assert "Typed in vain?" in words
    assert not AnnualReport.objects.exists()


def test_a_meeting_today_is_taken_and_one_that_has_passed_since_is_not_issued(client, world):
    typed = text_of(client, world, meeting_on="2026-11-18")
    client.post(YEAR, typed)
    assert AnnualReport.objects.get().meeting_on == date(2026, 11, 18)
    with clock.set_to(clock.datetime(2026, 11, 19, 12, tzinfo=clock.LONDON)):
        client.force_login(world.officer)
        words = client.get(f"{PAGE}issue/?year=2026-27").content.decode()
        assert "The meeting of 18 November 2026 is over." in words
        assert "Issue this report</button>" not in words


def test_without_a_contact_in_the_settings_it_is_asked_not_left_empty(client, db):
    world = build.make_world("midshire", "MD", "Midshire", contact_name="")
    at(world, "recorded")
    here, year = "/midshire/complaints/report/", "/midshire/complaints/report/?year=2026-27"
    client.force_login(world.officer)
    typed = text_of(client, world, year)
    assert typed["contact"] == ""
    answer = client.post(year, typed)
    assert answer.status_code == 422
    assert "Enter who answers questions about this report" in answer.content.decode()
    check = client.get(f"{here}issue/?year=2026-27").content.decode()
    assert "Nobody is named to answer questions about the report." in check
    assert "Issue this report</button>" not in check
    assert client.post(year, typed | {"contact": "The Scrutiny Officer"}).status_code == 302
    seen = re.search(r'name="seen" value="([^"]*)"', client.get(f"{here}issue/?year=2026-27").content.decode())[1]
    assert client.post(f"{here}issue/?year=2026-27", {"seen": seen}).status_code == 302
    row = AnnualReport.objects.get(panel=world.panel)
    assert (row.contact, row.issued_by) == ("The Scrutiny Officer", world.officer)


# Names


NAMED = "One was about a school.\n\nMrs Gillian Thorpe was right about that."


@pytest.mark.parametrize(
    "field", ["recommendation", "shows", "in_time", "cases", "background", "supporting", "appendix"]
)
def test_a_complainants_name_is_refused_with_its_place(client, world, field):
    client.force_login(world.officer)
    answer = client.post(YEAR, text_of(client, world, **{field: NAMED}))
    assert answer.status_code == 422
    words = unescape(answer.content.decode())
    assert "Paragraph 2 names Gillian Thorpe, and somebody of that name made a complaint" in words
    assert NAMED in words.replace("\r\n", "\n")
    assert not AnnualReport.objects.exists()


@pytest.mark.parametrize(
    "words", ["GILLIAN THORPE came", "thorpe, gillian", "Gillian  Thorpe’s letter", "gillian.thorpe@example.org"]
)
def test_however_it_is_written(client, world, words):
    client.force_login(world.officer)
    assert client.post(YEAR, text_of(client, world, shows=words)).status_code == 422


def test_changed_or_said_to_be_somebody_else_it_is_taken(client, world):
    client.force_login(world.officer)
    typed = text_of(client, world, shows=NAMED)
    assert client.post(YEAR, typed | {"then": "pdf"}).status_code == 422
    assert client.post(YEAR, typed | {"others_named": ["Somebody Else"]}).status_code == 422
    assert client.post(YEAR, typed | {"others_named": ["Gillian Thorpe"]}).status_code == 302
    row = AnnualReport.objects.get()
    assert (row.shows, row.others_named) == (NAMED, "Gillian Thorpe")
    words = client.get(f"{PAGE}issue/?year=2026-27").content.decode()
    assert "Gillian Thorpe was said to be somebody else’s name." in words
    assert re.search(r'value="Gillian Thorpe"[^>]*checked', page(client, world.officer))
    changed = text_of(client, world, shows="One was about a school.", others_named=["Gillian Thorpe"])
    assert client.post(YEAR, changed).status_code == 302
    row.refresh_from_db()
    assert (row.shows, row.others_named) == ("One was about a school.", "")


def test_who_complains_after_it_was_written_stops_the_issue(client, world):
    client.force_login(world.officer)
    assert client.post(YEAR, text_of(client, world, shows="Zora Quent spoke at the meeting.")).status_code == 302
    build.log(world, on=date(2026, 11, 4), name="Zora Quent")
    words = unescape(client.get(f"{PAGE}issue/?year=2026-27").content.decode())
    assert "Paragraph 1 names Zora Quent, and somebody of that name made a complaint." in words
    assert "Issue this report</button>" not in words
    with pytest.raises(CommandError, match="What happened: Paragraph 1 names Zora Quent"):
        call_command("annual_report", "exshire", "2026-27", stdout=io.StringIO())


def test_an_office_holder_who_complained_is_named_by_right(client, world):
    build.log(world, on=date(2026, 11, 4), name="Daniel Ashcombe")
    client.force_login(world.officer)
    assert client.post(YEAR, text_of(client, world, shows="Daniel Ashcombe apologised.")).status_code == 302


def test_an_issued_report_is_not_changed(client, world):
    issue(client, world)
    row = AnnualReport.objects.get()
    row.shows = "Something else"
    with pytest.raises(AlreadyIssued), sealed_act(world.panel, by=world.officer, name="write_report"):
        row.save()
    client.force_login(world.officer)
    assert client.get(YEAR)["Location"] == f"{PAGE}{row.pk}/"


def test_a_new_version_begins_with_the_old_text(client, world):
    client.post(YEAR, text_of(client, world))
    issue(client, world)
    words = page(client, world.officer, f"{YEAR}&new=1")
    assert "Version 2" in words
    assert "Fewer than before." in words
    issue(client, world, "year=2026-27&new=1")
    assert list(AnnualReport.objects.values_list("version", flat=True)) == [2, 1]


def test_text_changed_since_the_check_page_is_not_issued(client, world):
    client.post(YEAR, text_of(client, world))
    client.force_login(world.officer)
    answer = client.post(f"{PAGE}issue/?year=2026-27", {"seen": "0"})
    assert answer.status_code == 409
    assert "Somebody has changed the text" in answer.content.decode()
    assert not AnnualReport.objects.exclude(issued_on=None).exists()


@pytest.mark.parametrize("who", ["chairman", "vice", "member"])
def test_chairman_and_members_see_issued_reports_only(client, world, who):
    assert "No annual report has been issued yet." in page(client, getattr(world, who))
    assert "Annual report" in page(client, getattr(world, who), "/exshire/")
    client.force_login(getattr(world, who))
    assert client.get(f"{PAGE}draft.docx?year=2026-27").status_code == 403
    assert client.get(f"{PAGE}issue/?year=2026-27").status_code == 403
    assert client.post(YEAR, {}).status_code == 200  # what is not theirs is not looked at
    issue(client, world)
    row = AnnualReport.objects.get()
    words = page(client, getattr(world, who), f"{PAGE}{row.pk}/")
    assert "Prepare a new version" not in words
    assert "What the record says now" not in words
    assert ("Every number opens its cases." in words) is (who != "member")


def test_an_auditor_sees_the_draft_and_changes_nothing(client, world):
    words = page(client, world.auditor)
    assert "Save text" not in words
    assert "Issue this report" not in words
    client.force_login(world.auditor)
    assert client.post(YEAR, {}).status_code == 404
    assert client.post(f"{PAGE}issue/?year=2026-27", {"seen": ""}).status_code == 403


def test_an_administrator_sees_none_of_it(client, world):
    client.force_login(world.admin)
    assert client.get(YEAR).status_code == 403
    assert "Annual report" not in client.get("/exshire/").content.decode()


def test_a_report_of_another_panel_is_not_there(client, world):
    issue(client, world)
    other = build.make_world("midshire", "MD", "Midshire")
    pk = AnnualReport.objects.get().pk
    client.force_login(other.officer)
    assert client.get(f"/midshire/complaints/report/{pk}/").status_code == 404
    assert client.get(f"{PAGE}{pk}/").status_code == 404
    listed = client.get(f"/midshire/complaints/?figure=received&issued={pk}").content.decode()
    assert "No complaints match" in listed


@pytest.mark.parametrize("kind", ["docx", "html", "txt", "csv"])
def test_the_draft_as_a_file(client, world, kind):
    client.force_login(world.officer)
    answer = client.get(f"{PAGE}draft.{kind}?year=2026-27")
    assert answer.status_code == 200
    assert f"exshire-complaints-report-2026-27-draft.{kind}" in answer["Content-Disposition"]
    assert client.get(f"{PAGE}draft.exe?year=2026-27").status_code == 404
