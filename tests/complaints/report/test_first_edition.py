"""Reports that were issued before the paper had two pages read as they did, byte for byte, from their frozen figures."""

import base64
import json
from datetime import date
from pathlib import Path

import pytest

from complaints.models import AnnualReport
from complaints.report.first_edition.document import Texts
from complaints.report.first_edition.files import made
from complaints.report.totals import Report
from panel.models import Panel
from panel.record import verify
from panel.record.act import sealed_act
from tests import build

KEPT = Path(__file__).parent / "first_edition"  # made by version 0.1
HEAD = "exshire 57 " + "3fa4" * 16
TEXTS = Texts(
    "Members are asked to note this report.", "It rose.\n\nA second paragraph.", "None.", head=HEAD,
)  # fmt: skip


@pytest.mark.parametrize("kind", ["html", "txt", "csv"])
def test_the_files_of_version_0_1_are_the_same_bytes(kind):
    panel = Panel(
        slug="exshire", name="Exshire Police and Crime Panel", code="EX", host_authority="Exshire County Council",
        police_area="Exshire",
    )  # fmt: skip
    figures = json.loads((KEPT / "figures.json").read_text())
    report = Report.thawed(panel, date(2025, 4, 1), date(2026, 3, 31), date(2026, 6, 12), figures)
    assert made(kind, report, TEXTS) == (KEPT / f"report.{kind}").read_bytes()


@pytest.mark.django_db
def test_their_pages_and_files_are_there_and_a_new_version_has_what_they_lacked(client):
    world = build.make_world()
    figures = json.loads((KEPT / "figures.json").read_text())
    with sealed_act(world.panel, by=world.officer, name="issue_report", why="By version 0.1"):
        row = AnnualReport.objects.create(
            panel=world.panel, first=date(2025, 4, 1), last=date(2026, 3, 31), as_at=date(2026, 6, 12), head=HEAD,
            recommendation=TEXTS.recommendation, shows=TEXTS.shows, papers=TEXTS.papers, figures=figures,
            word=base64.b64encode(b"the Word file").decode(), issued_on=date(2026, 6, 12), issued_by=world.officer,
        )  # fmt: skip
    client.force_login(world.member)
    at = f"/exshire/complaints/report/{row.pk}/"
    assert client.get(f"{at}report.docx").content == b"the Word file"
    for kind in ("html", "txt", "csv"):
        assert client.get(f"{at}report.{kind}").content == (KEPT / f"report.{kind}").read_bytes()
    assert client.get(f"{at}report.pdf").content.startswith(b"%PDF")
    assert "A second paragraph." in client.get(at).content.decode()
    client.force_login(world.officer)
    again = client.get("/exshire/complaints/report/?year=2025-26&new=1").content.decode()
    assert "Version 2" in again
    assert "A second paragraph." in again
    assert "The Panel deals with complaints about the conduct of the Commissioner" in again
    assert "The Scrutiny Officer, Exshire County Council" in again
    assert not list(verify.verify())
