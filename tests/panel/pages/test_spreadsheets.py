"""No cell of any file that the product writes is run by a spreadsheet: one guard, for every page that writes one."""

import csv
import io
import re
import unicodedata
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from panel.files.spreadsheets import safe
from panel.models import Member
from panel.record.act import sealed_act
from tests import build
from tests.hearings import build as hearings
from tests.panel.pages.cases import case_url
from tests.panel.pages.page import Browser
from tests.steps import take

EVIL = (
    "=1+1", "＝1+1", "＋1", "－1", "＠SUM(A1)", "﹦1", "\u200b=1+1", "\ufeff=1+1", "\u2003\u2007＝1", "\u2060\u200d+1",
    "\u3164=1", "\u00ad@x", "−1",
)  # fmt: skip  # noqa: RUF001
OFTEN = ("=1+1", "＝1+1", "\u200b=1+1")  # noqa: RUF001 - plainly, in full width, and behind what does not show
PLAIN = ("", "A-1", "1 = 1", "Ærøskøbing", "“=1” she wrote", "e = mc²", "EX-C-2026-0001", "\u200b", "–")


def runs(cell: str) -> bool:
    """Whether a spreadsheet could take the cell for a formula: its own reading, apart from the product's."""
    seen = re.sub(r"^[\s\u200b-\u200f\u2060\ufeff\u00ad\u3164]+", "", cell)
    return unicodedata.normalize("NFKC", seen)[:1] in ("=", "+", "-", "@", "−") or cell[:1] in ("\t", "\r", "\n")


def rows(content: bytes) -> list[list[str]]:
    """The cells of a CSV file, which begins with the mark of UTF-8."""
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def body(response) -> bytes:
    """What came."""
    assert response.status_code == 200
    return b"".join(response.streaming_content) if response.streaming else response.content


def harmless(content: bytes, evil: str) -> None:
    """The text is there, behind an apostrophe, and nothing runs."""
    cells = [cell for row in rows(content) for cell in row]
    assert any(f"'{evil.strip()}" in cell for cell in cells)
    assert [cell for cell in cells if runs(cell)] == []


@pytest.mark.parametrize("evil", EVIL)
def test_what_runs_gets_an_apostrophe(evil):
    assert runs(evil)
    assert safe(evil) == f"'{evil}"


@pytest.mark.parametrize("plain", PLAIN)
def test_what_does_not_run_stays_as_it_is(plain):
    assert safe(plain) == plain


@pytest.mark.parametrize("evil", [e if e in OFTEN else pytest.param(e, marks=pytest.mark.deep) for e in EVIL])
def test_no_file_of_a_complaint_has_a_cell_that_runs(world, evil):
    case = build.log(world, title=evil, name=f"{evil} Thorpe", words=evil)
    attached = {"documents": [SimpleUploadedFile("＝1.pdf", build.PDF, content_type="application/pdf")]}  # noqa: RUF001
    case = take(world, case, "note_contact", note=evil, files=attached)
    case = take(world, case, "correct", title=f"{evil}2", why=evil)
    mo = Browser(world.mo).client
    harmless(body(mo.get(case_url(case, "history/?format=csv"))), evil)
    listed = f"/exshire/complaints/download.{{}}?q={case.reference}"
    harmless(body(mo.get(listed.format("csv"))), evil)
    cells = [c for row in load_workbook(io.BytesIO(body(mo.get(listed.format("xlsx"))))).active for c in row if c.value]
    assert f"{evil}2".strip() in [c.value for c in cells]
    assert {c.data_type for c in cells if isinstance(c.value, str)} == {"s"}
    packed = zipfile.ZipFile(io.BytesIO(body(mo.get(case_url(case, "package.zip")))))
    harmless(packed.read("steps.csv"), evil)
    harmless(packed.read("documents.csv"), "＝1.pdf")  # noqa: RUF001
    held = body(mo.post("/exshire/person/", {"name": f"{evil} Thorpe", "file": "1"}))
    harmless(zipfile.ZipFile(io.BytesIO(held)).read("rows.csv"), evil)


def test_no_file_of_the_annual_report_has_a_cell_that_runs(world):
    evil = "＝1+1"  # noqa: RUF001
    with sealed_act(world.panel, by=None, name="set_up"):
        world.panel.name = world.panel.police_area = evil
        world.panel.save()
        row = world.panel.settings.get()
        row.commissioner_word = row.chairman_word = row.sub_panel_word = evil
        row.save()
    content = body(Browser(world.mo).client.get("/exshire/complaints/report/draft.csv?year=2026-27"))
    assert [cell for row in rows(content) for cell in row if runs(cell)] == []
    assert rows(content)[1] == ["Section", "Figure", "Number", "2025-26", "Note"]


def test_no_file_of_a_hearing_has_a_cell_that_runs(empty_world):
    evil = "＝1+1"  # noqa: RUF001
    with sealed_act(empty_world.panel, by=None, name="set_up"):
        for member in Member.objects.filter(panel=empty_world.panel, user=None):
            member.name = f"{evil} {member.name}"
            member.save()
    case = hearings.at(empty_world, "heard", 8, candidate_1=evil)
    mo = Browser(empty_world.mo).client
    harmless(body(mo.get("/midshire/hearings/download.csv?show=all")), evil)
    packed = zipfile.ZipFile(io.BytesIO(body(mo.get(f"/midshire/hearings/{case.reference}/package.zip"))))
    for name in packed.namelist():
        if name.endswith(".csv"):
            assert [cell for row in rows(packed.read(name)) for cell in row if runs(cell)] == [], name
    harmless(packed.read("members.csv"), evil)


def test_nothing_but_the_one_module_writes_tables_for_spreadsheets():
    """What reads sheets (`sheets.py`) writes none."""
    root = Path(__file__).resolve().parents[3]
    writes = re.compile(r"^\s*(import csv|from csv|import openpyxl|from openpyxl)", re.MULTILINE)
    found = [
        p
        for app in ("panel", "complaints", "hearings", "meetings")
        for p in (root / app).rglob("*.py")
        if writes.search(p.read_text())
    ]
    assert sorted(p.relative_to(root).as_posix() for p in found) == [
        "panel/files/sheets.py",
        "panel/files/spreadsheets.py",
    ]
    assert not re.search(r"csv\.writer|Workbook\(|\.save\(", (root / "panel/files/sheets.py").read_text())
