"""Finding and exporting: filters combined and remembered, views by role, files of exactly what is filtered and seen."""

import csv
import io
import zipfile

import pytest
from openpyxl import load_workbook

from panel.files.spreadsheets import csv_lines, safe, write_xlsx
from panel.law import clock
from panel.models import Case
from panel.record.act import sealed_act
from tests import build
from tests.steps import DISAPPLIED, RECEIVED, at, take

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
LIST = "/exshire/complaints/"
EVIL = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", '=HYPERLINK("http://x.example","y")']  # noqa: RUF001


@pytest.fixture(autouse=True)
def _in_november():
    with clock.set_to(clock.datetime(2026, 11, 18, 12, tzinfo=clock.LONDON)):
        yield


@pytest.fixture
def world():
    found = build.make_world()
    found.ready = {}
    return found


def listed(client, query="") -> str:
    return client.get(f"{LIST}{query}").content.decode()


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def rows(client, query="") -> list[list[str]]:
    answer = client.get(f"{LIST}download.csv{query}")
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(body(answer).decode("utf-8-sig"))))[1:]


def test_the_ground_is_a_filter_that_goes_with_the_others(client, world):
    first = take(world, at(world, "recorded"), "filter", route="no_action", **DISAPPLIED)
    at(world, "recorded")
    client.force_login(world.officer)
    for query, found in (
        ("?ground=e", 1),
        ("?ground=any", 1),
        ("?ground=b", 0),
        (f"?ground=e&about={world.deputy.pk}", 0),
        ("", 2),
    ):
        assert len(rows(client, query)) == found, query
    assert rows(client, f"?ground=e&year=2026-27&q={first.reference}")[0][0] == first.reference


def test_filters_are_remembered_until_cleared(client, world):
    at(world, "recorded")
    client.force_login(world.officer)
    listed(client, "?status=received&show=open&page=2")
    assert client.get(LIST)["Location"] == f"{LIST}?status=received&show=open"
    assert client.get(f"{LIST}?clear=1")["Location"] == LIST
    assert client.get(LIST).status_code == 200


def test_a_figure_is_not_remembered(client, world):
    client.force_login(world.officer)
    listed(client, "?figure=received&report=2026-27&as_at=2026-11-18")
    assert client.get(LIST).status_code == 200


def test_each_role_has_its_views(client, world):
    waiting = at(world, "recorded")
    ended = at(world, "withdrawn")
    iopc = at(world, "with_iopc")
    client.force_login(world.chairman)
    words = listed(client, "?view=waiting")
    assert waiting.reference in words
    assert iopc.reference not in words
    client.force_login(world.officer)
    assert iopc.reference in listed(client, "?view=iopc")
    assert [r[0] for r in rows(client, "?view=ended")] == [ended.reference]
    client.force_login(world.member)
    assert "Waiting for me" not in listed(client)


def test_the_files_hold_exactly_what_is_filtered(client, world):
    for state in ("recorded", "withdrawn", "filtered"):
        at(world, state)
    client.force_login(world.officer)
    words = " ".join(listed(client, "?show=ended").split())
    assert 'Download these 1: <a class="govuk-link" href="download.csv?show=ended">CSV</a> or' in words
    assert len(rows(client, "?show=ended")) == 1
    book = load_workbook(io.BytesIO(body(client.get(f"{LIST}download.xlsx?show=all"))))
    cells = list(book.active.values)
    assert len(cells) == 4
    assert cells[0][0] == "Reference"
    assert cells[1][5].date() == RECEIVED


def test_a_file_leaves_out_what_the_person_does_not_see(client, world):
    seen, hidden = at(world, "recorded"), at(world, "recorded")
    take(world, hidden, "restrict", by=world.mo, named=[str(world.mo.pk)], why="Sensitive.")
    client.force_login(world.officer)
    assert [r[0] for r in rows(client)] == [seen.reference]
    for who, status in (("chairman", 403), ("member", 403), ("admin", 403), ("auditor", 200), ("mo", 200)):
        client.force_login(getattr(world, who))
        assert client.get(f"{LIST}download.csv").status_code == status


@pytest.mark.parametrize("evil", EVIL)
def test_no_cell_runs(client, world, evil):
    assert safe(evil).startswith("'")
    case = at(world, "recorded")
    with sealed_act(world.panel, by=world.officer, name="test"):
        case.title = evil
        case.save()
    client.force_login(world.officer)
    assert rows(client)[0][1] == f"'{evil}"
    book = load_workbook(io.BytesIO(body(client.get(f"{LIST}download.xlsx"))))
    cell = book.active["B2"]
    assert cell.data_type == "s"


def test_plain_cells_stay_plain():
    assert [safe(v) for v in ("A-1", "", None, "Ærøskøbing", "1 = 1")] == ["A-1", "", "", "Ærøskøbing", "1 = 1"]
    assert next(csv_lines(["Å"], [])) == "\ufeffÅ\r\n"
    file = io.BytesIO()
    write_xlsx(file, "Complaints", ["a"], [["x\x00\x1fy"], ["z" * 40_000]])
    cells = list(load_workbook(file).active.values)
    assert cells[1][0] == "xy"
    assert len(cells[2][0]) == 32_000


def test_a_long_list_is_streamed(client, world):
    at(world, "recorded")
    client.force_login(world.officer)
    assert client.get(f"{LIST}download.csv").streaming


@pytest.mark.parametrize(
    "query",
    ["page=-1", "page=9e9", "page=99999999999999999999", "sort=nonsense", "sort=-", "q=" + "a" * 7_000,
     "q=(a%2B)%2B%24", "q=%00", "q=%25_%25", "ground=z", "status=none", "year=2021-23", "about=x", "view=none",
     "figure=none", "figure=received&issued=%C2%B2", "figure=received&report=2026-27&as_at=2099-01-01",
     "show=none&overdue=maybe&mine=1"],
)  # fmt: skip
def test_whatever_is_asked_is_answered(client, world, query):
    at(world, "recorded")
    client.force_login(world.officer)
    assert client.get(f"{LIST}?{query}").status_code == 200
    assert client.get(f"{LIST}download.csv?{query}").status_code == 200
    assert client.get(f"{LIST}download.exe?{query}").status_code == 404


def test_a_whole_case_is_one_file(client, world):
    case = at(world, "recorded")
    case = take(
        world, case, "add_documents", files={"documents": [build.pdf("letter.pdf")]}, classification="restricted"
    )
    client.force_login(world.officer)
    answer = client.get(f"{LIST}{case.reference}/package.zip")
    packed = zipfile.ZipFile(io.BytesIO(body(answer)))
    assert packed.namelist() == ["documents/001-letter.pdf", "index.html", "steps.csv", "documents.csv"]
    assert packed.read("documents/001-letter.pdf") == build.PDF
    index = packed.read("index.html").decode()
    for words in (case.reference, "Gillian Thorpe", 'href="documents/001-letter.pdf"', "Recorded", "steps.csv"):
        assert words in index
    steps = list(csv.reader(io.StringIO(packed.read("steps.csv").decode("utf-8-sig"))))
    assert [s[0] for s in steps[1:]] == ["1", "2", "3"]
    assert "[" not in steps[1][7]


def test_a_case_is_packed_only_for_those_who_may(client, world):
    case = at(world, "recorded")
    address = f"{LIST}{case.reference}/package.zip"
    for who, status in (("chairman", 403), ("member", 403), ("admin", 403), ("auditor", 200), ("mo", 200)):
        client.force_login(getattr(world, who))
        assert client.get(address).status_code == status, who
    take(world, case, "restrict", by=world.mo, named=[str(world.mo.pk)], why="Sensitive.")
    client.force_login(world.officer)
    assert client.get(address).status_code == 404
    assert Case.objects.get().restricted
