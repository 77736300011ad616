"""The pages of a hearing: list, overview, tabs, the page of each step, and the report as a file."""

import io
import re

import pytest
from django.urls import reverse
from docx import Document

from panel.casework.case_context import CaseContext
from panel.casework.offers import offers
from panel.law import clock
from panel.record import heads, verify
from panel.record.heads import read_heads
from tests.build import pdf
from tests.hearings.build import PATHS, at, fresh, notify, take


def url(case, name="case", *args):
    return reverse(f"panel:{name}", args=[case.panel.slug, "hearings", case.reference, *args])


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def officer(client, world):
    client.force_login(world.officer)
    return client


EVERY = (*PATHS, "information_awaited", "lapsed", "appointed_without_notification")
OFTEN = {
    "notified",
    "heard",
    "vetoed",
    "accepted",
    "reserve_heard",
}  # before, in and after a hearing, and the reserve's


@pytest.mark.parametrize("state", [s if s in OFTEN else pytest.param(s, marks=pytest.mark.deep) for s in EVERY])
def test_every_page_of_a_hearing_opens_in_every_state(client, ready_world, state):
    officer, world = client, ready_world
    officer.force_login(world.officer)
    case = at(world, state, 8)
    pages = [url(case), url(case, "case-timeline"), url(case, "case-history"), url(case, "case-parts")]
    pages += [url(case, "case-tab", tab) for tab in ("questions", "votes", "report")]
    pages += [
        url(case, "step", o.step.key) for o in offers(CaseContext(fresh(case), world.officer)) if o.refusal is None
    ]
    for page in pages:
        assert officer.get(page).status_code == 200, page


def test_the_heading_says_the_day_and_the_last_day(officer, world):
    case = at(world, "hearing_arranged", 8)
    found = text(officer.get(url(case)))
    assert "Day 10 of 21: report to the Commissioner by Sunday 29 November 2026" in found
    assert "10 of 10 members can vote. None of them has said yet. 7 must vote for it." in found
    assert "Checklist: 1 of 17 done" in found


def test_on_the_last_day_and_after_it_the_heading_says_so(officer, world):
    from datetime import date, timedelta

    today = clock.today()
    case = notify(world, 1, on=today - timedelta(days=20))
    assert "Today is the last day" in text(officer.get(url(case)))
    case = notify(world, 1, on=date(2026, 10, 26))
    assert "The three weeks ended on 15 November 2026, 3 days ago" in text(officer.get(url(case)))


def test_an_incomplete_notification_shows_both_readings(officer, world):
    from datetime import date

    case = notify(
        world,
        8,
        came=["name", "criteria", "reasons"],
        counts="from_notice",
        counts_why="The other three were complete.",
    )
    assert "Notification incomplete" in text(officer.get(url(case)))
    case = take(world, case, "receive_information", on=date(2026, 11, 12), came=["terms"])
    found = text(officer.get(url(case)))
    assert "the last day is 29 November 2026" in found
    assert "when the last of the four things came, it is 2 December 2026" in found


def test_a_notification_of_unknown_day_has_no_running_clock(officer, world):
    case = notify(world, 1, unknown=True)
    found = text(officer.get(url(case)))
    assert "The three weeks are not shown as running" in found
    assert "Not known, by 9 November 2026" in found
    assert not case.duties.exclude(due=None).exists()


@pytest.mark.postgres
def test_the_list_shows_both_procedures_in_one_row_of_numbers(officer, world):
    one, eight = notify(world, 1), notify(world, 8)
    assert (one.reference, eight.reference) == ("EX-H-2026-0001", "EX-H-2026-0002")
    found = text(officer.get(reverse("panel:cases", args=["exshire", "hearings"])))
    assert "2 open hearing" in found
    assert "Schedule 8" in found


@pytest.mark.postgres
def test_views_and_files_of_the_list_hold_what_is_filtered(officer, world):
    import csv
    from datetime import date

    done, due = at(world, "accepted", 1), at(world, "hearing_arranged", 8)
    due = take(world, due, "rearrange_hearing", meeting_on=date(2026, 11, 27))
    address = reverse("panel:cases", args=["exshire", "hearings"])
    for view, shown in (("waiting", [due]), ("overdue", []), ("to_come", [due]), ("ended", [done])):
        assert re.findall(r"EX-H-\d{4}-\d{4}(?=</)", officer.get(f"{address}?view={view}").content.decode()) == [
            c.reference for c in shown
        ], view
    answer = officer.get(f"{address}download.csv?show=ended")
    head, row = csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
    found = dict(zip(head, row, strict=True))
    assert {k: found[k] for k in ("Reference", "Schedule", "Candidates", "Hearing", "Report sent", "Appointed")} == {
        "Reference": done.reference, "Schedule": "Schedule 1", "Candidates": "Farida Haddon", "Hearing": "2026-11-16",
        "Report sent": "2026-11-17", "Appointed": "Yes",
    }  # fmt: skip
    officer.force_login(world.member)
    assert officer.get(f"{address}download.csv").status_code == 403
    assert "Hearings to come" in text(officer.get(address))


def test_a_whole_hearing_is_packed_with_its_reports_members_and_votes(officer, world):
    import zipfile

    case = take(
        world, at(world, "heard", 8), "veto", taken="named", voted_for=[m.name for m in world.members], evidence="4"
    )
    answer = officer.get(url(case, "case-package"))
    packed = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    names = ["report-1.docx", "letter-1.docx", "members.csv", "votes.csv"]
    assert [n for n in packed.namelist() if n in names] == names
    index = packed.read("index.html").decode()
    assert all(f'<a href="{n}">' in index for n in names)
    assert "The terms and conditions, 9 November 2026" in index
    assert "Questions and answers" in index
    votes = packed.read("votes.csv").decode()
    assert "2026-11-16,Veto of Farida Haddon,10,0,0,10,7," in votes
    assert votes.count(": For") == packed.read("members.csv").decode().count(",In the room") == 10


def test_a_restricted_hearing_says_so_and_to_whom(officer, world):
    case = take(world, notify(world, 1), "restrict")
    found = text(officer.get(url(case)))
    assert "Notified Restricted" in found
    assert f"Restricted to {world.officer.name}" in found
    officer.force_login(world.member)
    assert officer.get(url(case)).status_code == 404
    assert case.reference not in text(officer.get(reverse("panel:cases", args=["exshire", "hearings"])))


def test_two_posts_at_one_meeting_name_each_other_and_a_moved_one_does_not(officer, world):
    from datetime import date

    one, two = at(world, "hearing_arranged", 1), at(world, "hearing_arranged", 8)
    assert str(two) in text(officer.get(url(one, "case-tab", "votes")))
    take(world, two, "rearrange_hearing", meeting_on=date(2026, 11, 20))
    assert str(two) not in text(officer.get(url(one, "case-tab", "votes")))


def test_what_came_is_shown_with_its_day_and_document_to_those_who_may_open_it(client, world):
    case = notify(
        world, 1, came=["name", "criteria", "reasons"], counts="from_notice", counts_why="The rest was complete."
    )
    case = take(world, case, "receive_information", came=["terms"], files={"documents": [pdf("terms.pdf")]})
    take(world, case, "add_documents", files={"documents": [pdf("cv.pdf")]}, classification="exempt_1")
    take(world, case, "add_documents", files={"documents": [pdf("agenda.pdf")]}, classification="open")
    for who, says, opens in ((world.officer, ": terms.pdf", [200, 200, 200]), (world.member, "", [404, 200, 200])):
        client.force_login(who)
        assert f"The terms and conditions, 9 November 2026{says} " in text(client.get(url(case)))
        rows = case.documents.order_by("pk")
        assert [client.get(url(case, "download", d.key)).status_code for d in rows] == opens


def test_the_list_asks_the_database_as_often_for_one_row_as_for_three(officer, world, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    address = reverse("panel:cases", args=["exshire", "hearings"])
    notify(world, 1)
    officer.get(address)  # the first visit of all keeps the session as well
    with CaptureQueriesContext(connection) as first:
        officer.get(address)
    notify(world, 8)
    at(world, "hearing_arranged", 8)
    with django_assert_num_queries(len(first)):
        officer.get(address)


def test_the_home_page_leads_to_the_choice_of_a_post_and_on_to_its_form(officer, world):
    home = officer.get(reverse("panel:home", args=["exshire"]))
    address = reverse("panel:new-case", args=["exshire", "hearings", "notify"])
    assert address in home.content.decode()
    found = text(officer.get(address))
    assert "Chief Constable" in found
    assert "Chief Finance Officer" in found
    form = officer.get(f"{address}?under=schedule8&post=chief_constable")
    assert "Schedule 8" in text(form)
    assert officer.get(f"{address}?under=schedule9").status_code == 404


def test_a_notification_is_logged_through_its_check_page(officer, world):
    address = reverse("panel:new-case", args=["exshire", "hearings", "notify"]) + "?under=schedule8"
    data = {"post": "chief_constable", "candidate_1": "Farida Haddon", "came": ["name", "criteria", "reasons", "terms"],
            "on_day": "9", "on_month": "11", "on_year": "2026", "under": "schedule8", "seen": "0"}  # fmt: skip
    check = text(officer.post(address, data))
    assert "Check before you log this hearing" in check
    assert "29 November 2026" in check
    answer = officer.post(address, {**data, "confirmed": "1"}, follow=True)
    assert "Notification logged: EX-H-2026-0001" in text(answer)


def test_a_draft_of_a_notification_leads_back_to_its_schedule(officer, world):
    address = reverse("panel:new-case", args=["exshire", "hearings", "notify"]) + "?under=schedule8"
    officer.post(address, {"candidate_1": "Farida", "under": "schedule8", "later": "1", "seen": "0"})
    home = officer.get(reverse("panel:home", args=["exshire"])).content.decode()
    assert "?under=schedule8" in home
    assert "Farida" in officer.get(address).content.decode()


def report(client, case, kind="docx", number=1):
    return client.get(reverse("panel:hearing-report", args=[case.panel.slug, case.reference, number, kind]))


def test_the_report_in_word_has_headings_header_rows_language_and_title(officer, world):
    case = at(world, "reported", 1)
    answer = report(officer, case)
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="EX-H-2026-0001-report-1.docx"'
    d = Document(io.BytesIO(answer.content))
    assert d.core_properties.language == "en-GB"
    assert d.core_properties.title.startswith("Report on the proposed appointment of Farida Haddon")
    headings = [p.text for p in d.paragraphs if p.style.name == "Heading 1"]
    assert headings == [
        "Recommendation", "The proposal", "The hearing", "Questions and answers", "Decision and reasons", "What follows",
    ]  # fmt: skip
    assert all(t.rows[0]._tr.trPr is not None and b"tblHeader" in t.rows[0]._tr.xml.encode() for t in d.tables)
    words = "\n".join(p.text for p in d.paragraphs).replace("\u00a0", " ")
    assert "The Panel recommends that Farida Haddon be appointed as Chief Executive." in words
    assert "Asked how she would stay independent" in words


def test_the_page_says_the_same_as_the_file(officer, world):
    case = at(world, "reported", 1)
    page = text(report(officer, case, "html"))
    assert "The Panel recommends that Farida Haddon be appointed as Chief Executive." in page


def test_the_head_of_the_record_is_in_the_properties_and_not_on_paper(officer, world):
    line = f"Head of the record: {heads.head(world.panel)}"
    case = at(world, "reported", 1)
    d = Document(io.BytesIO(report(officer, case).content))
    noted = d.core_properties.identifier
    assert noted.startswith("Head of the record: ")
    assert noted != line
    assert list(verify.verify(noted=read_heads([noted]))) == []
    assert not re.search("[0-9a-f]{16}", text(report(officer, case, "html")))


def test_who_does_not_see_the_case_gets_no_report(client, world):
    case = at(world, "reported", 1)
    take(world, case, "declare_interest", by=world.member)
    for who, status in ((world.member, 403), (world.sitting, 200), (world.auditor, 200), (world.admin, 403)):
        client.force_login(who)
        assert report(client, case).status_code == status, who
    client.logout()
    assert report(client, case).status_code == 302


def test_another_panels_report_answers_like_one_that_never_existed(client, world):
    from tests.build import make_world

    case = at(world, "reported", 1)
    client.force_login(make_world("wessex", "WX", "Wessex").officer)
    assert report(client, case).status_code == 404


def test_there_is_no_report_before_the_panel_has_decided(officer, world):
    assert report(officer, at(world, "heard", 1)).status_code == 404


def test_members_see_hearings_and_take_no_step(client, world):
    case = at(world, "hearing_arranged", 8)
    client.force_login(world.member)
    assert client.get(reverse("panel:home", args=["exshire"])).status_code == 200
    assert client.get(url(case)).status_code == 200
    assert client.get(url(case, "step", "hold_hearing")).status_code == 403
    assert client.get(reverse("panel:new-case", args=["exshire", "hearings", "notify"])).status_code == 403
