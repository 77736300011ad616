"""The work programme, what the Panel told the Commissioner, and days worked out: through their pages."""

import csv
import io
from datetime import date

import pytest
from django.core.management import call_command
from django.test import Client
from docx import Document

from meetings.business.programme import programme_file
from meetings.business_models import Told, WorkItem
from panel.models import PanelSettings
from panel.record.act import sealed_act
from panel.record.verify import verify
from tests import steps
from tests.hearings import build as hearings
from tests.meetings.build import plan, take
from tests.panel.pages.page import Browser
from tests.steps import at

pytestmark = pytest.mark.django_db
BASE = "/exshire/business"


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def add(client, address, **answers):
    """Send a form; the answer."""
    return client.post(f"{BASE}/{address}", {"version": "", **answers}, follow=True)


def day(name, on):
    """A day as a form sends it."""
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def test_the_work_programme_is_proposed_added_carried_forward_and_tabled(world):
    officer = client_of(world.officer)
    case = plan(world, at="10am")  # 26 November 2026
    page = officer.get(f"{BASE}/programme/propose/2026-27/").content.decode()
    assert "By 8 February 2027 by law" in page
    assert "By 22 February 2027 by law" in page
    officer.post(f"{BASE}/programme/propose/2026-27/", {"chosen": ["precept", "plan", "complaints"]})
    rows = {row.statutory: (row.kind, row.due_on) for row in WorkItem.objects.all()}
    assert rows == {
        "precept 2026-27": ("statutory", date(2027, 2, 8)), "plan 2026-27": ("statutory", None),
        "complaints 2026-27": ("regular", None),
    }  # fmt: skip
    assert 'value="precept"' not in officer.get(f"{BASE}/programme/propose/2026-27/").content.decode()
    answer = add(
        officer, "programme/add/", title="Roads policing", kind="meeting", owed_by="The Commissioner’s office",
        **day("meeting_on", date(2026, 9, 15)), **day("owed_on", date(2026, 11, 20)), **day("last_report", date(2026, 3, 10)),
    )  # fmt: skip
    assert answer.status_code == 200
    shown = Browser(world.officer).get(f"{BASE}/programme/").text
    assert "15 September 2026" in shown
    assert "Paper of The Commissioner’s office by 20 November 2026" in shown
    officer.post(f"{BASE}/programme/carry/")
    row = WorkItem.objects.get(title="Roads policing")
    assert (row.meeting_on, row.carried_from) == (date(2026, 11, 26), date(2026, 9, 15))
    case = take(world, case, "table_item", source=f"work:{row.pk}")
    duty = case.duties.get(kind="paper", closed_by=None)  # what was asked for is a duty of whoever owes it
    assert duty.due == date(2026, 11, 20)
    words = Document(io.BytesIO(programme_file(world.panel)))
    cells = [[c.text.replace("\xa0", " ") for c in r.cells] for table in words.tables for r in table.rows]
    assert cells[1][:3] == ["26 November 2026", "Roads policing", "10 March 2026"]
    assert ["Statutory", "Proposed precept and budget, 2026-27", "Every year; by 8 February 2027"] in cells
    assert list(verify(world.panel)) == []


def test_who_may_not_change_it_sees_it_and_nobody_else(world):
    member = client_of(world.member)
    assert member.get(f"{BASE}/programme/").status_code == 200
    assert b"Add an item" not in member.get(f"{BASE}/programme/").content
    for address in ("programme/add/", "programme/propose/2026-27/", "told/add/", "told.csv"):
        assert member.get(f"{BASE}/{address}").status_code == 403
    assert client_of(world.admin).get(f"{BASE}/programme/").status_code == 403


def test_what_the_panel_told_the_commissioner(world):
    officer = client_of(world.officer)
    veto = {"title": "Precept 2026-27", "kind": "precept", "vetoed": "on", **day("told_on", date(2026, 2, 3))}
    refused = add(officer, "told/add/", **veto, votes_for="6")
    assert "A veto needs 7 of 10 members in office on 3 February 2026" in refused.content.decode()
    add(officer, "told/add/", **veto, votes_for="7")
    again = {**veto, "kind": "precept_again", "title": "Second report"}
    assert "there is no second one" in add(officer, "told/add/", **again, votes_for="9").content.decode()
    add(
        officer, "told/add/", title="Front counters", kind="scrutiny", minute="449", recommendations="Open two.\nSay when.",
        **day("told_on", date(2026, 9, 15)), **day("answer_due", date(2026, 11, 1)),
    )  # fmt: skip
    add(officer, "told/add/", title="No confidence", kind="confidence", **day("told_on", date(2026, 10, 1)))
    page = Browser(world.officer).get(f"{BASE}/told/")
    for said in (
        "Vetoed, 7 of 10",
        "2 recommendations, minute 449",
        "17 days late",
        "Awaited",
        "1 answer awaited",
        "28(6)",
    ):
        assert said in page.text, said
    text = b"".join(officer.get(f"{BASE}/told.csv").streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(r["What"], r["Vetoed"]) for r in rows] == [
        ("No confidence", ""),
        ("Front counters", ""),
        ("Precept 2026-27", "7 of 10"),
    ]
    assert officer.get(f"{BASE}/told.xlsx").status_code == 200
    assert Told.objects.count() == 3
    assert list(verify(world.panel)) == []


def test_what_a_case_told_the_commissioner_is_read_from_it(world):
    hearings.at(world, "accepted", 1)
    case = at(world, "informal_resolution")
    for side in ("complainant", f"office_holder:{case.subjects.get().office_holder_id}"):
        case = steps.take(world, case, "note_comments", side=side)
    case = steps.take(
        world, case, "record_outcome", outcome="report", record="Two recommendations.", answer_due=date(2026, 11, 17),
        on=date(2026, 11, 16),
    )  # fmt: skip
    page = Browser(world.officer).get(f"{BASE}/told/")
    assert "Appointment: Chief Executive Farida Haddon, recommended" in page.text
    assert f"Complaint {case.reference} Report" in page.text
    assert "1 day late" in page.text
    assert page.links()[f"Complaint {case.reference}"] == case.get_absolute_url()
    assert case.reference not in Browser(world.member).get(f"{BASE}/told/").text
    assert "Appointment" in Browser(world.member).get(f"{BASE}/told/").text


def test_a_day_is_worked_out_as_the_command_does(world, capsys):
    query = "kind=clear-days&meeting_day=7&meeting_month=9&meeting_year=2022"
    page = Browser(world.member).get(f"{BASE}/days/?{query}").text
    call_command("deadline", "clear-days", "2022-09-07")
    explanation = capsys.readouterr().out.splitlines()[0]
    assert explanation in page
    assert "Tuesday 30 August 2022" in page
    bad = Browser(world.member).get(f"{BASE}/days/?kind=clear-days&meeting_day=31&meeting_month=2&meeting_year=2022")
    assert bad.status == 200
    assert "real date" in bad.text
    for unknown in ("kind=nothing", "kind=months&start_day=1"):
        assert Browser(world.member).get(f"{BASE}/days/?{unknown}").status == 200


def test_the_public_works_out_days_only_where_the_panel_says_so(world):
    query = "?kind=participation&meeting_day=7&meeting_month=9&meeting_year=2022"
    assert Client().get(f"/days/exshire/{query}").status_code == 404
    assert Client().get("/days/nowhere/").status_code == 404
    with sealed_act(world.panel, by=None, name="set_up"):
        row = PanelSettings.objects.get(panel=world.panel)
        row.public_days = True
        row.save()
    page = Client().get(f"/days/exshire/{query}").content.decode()
    assert "9am on Tuesday 6 September 2022" in page
    assert "Complaints" not in page
