"""Reports that were issued before the paper had two pages read as they did, byte for byte, from their frozen figures."""

import json
from datetime import date
from pathlib import Path

import pytest

from complaints.report.first_edition.document import Texts
from complaints.report.first_edition.files import made
from complaints.report.totals import Report
from panel.models import Panel

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
