"""The report as command, text, JSON, web page and Word file: what it says, what it never says, and bad input."""

import io
import json
import os
import re
import zipfile
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from docx import Document

from complaints.report.document import document
from complaints.report.docx import as_docx
from complaints.report.figures import annual_report
from complaints.report.texts import default_texts
from panel.law import clock
from panel.models import PanelSettings
from panel.record.act import sealed_act
from tests import build
from tests.steps import RECEIVED, at, close, fresh, heard, take

pytestmark = pytest.mark.django_db
YEAR = ("2026-27",)
MARKS = ("Zebulon", "Quillfeather", "17 Marchpane Row", "zq@mark.example", "wordsmark", "allegationmark", "titlemark",
         "notemark", "whymark")  # fmt: skip


def make():
    """A year of cases with marks in everything personal."""
    world = build.make_world()
    personal = {
        "name": "Zebulon Quillfeather", "address": "17 Marchpane Row", "email": "zq@mark.example",
        "words": "wordsmark", "title": "titlemark",
        "allegations": [{"what": "allegationmark", "happened_on": date(2026, 10, 14)}],
    }  # fmt: skip
    for state in ("recorded", "withdrawn", "filtered", "not_recorded"):
        at(world, state, **personal)
    case = heard(world, at(world, "informal_resolution", **personal))
    case = take(world, case, "note_contact", note="notemark Quillfeather")
    close(world, take(world, case, "record_outcome"))
    case = take(
        world, fresh(build.log(world, on=RECEIVED, **personal)), "redirect", why="whymark", redirected_to="Elsewhere"
    )
    return world


def printed(*args, **options) -> str:
    out = io.StringIO()
    call_command("annual_report", *args, stdout=out, **options)
    return out.getvalue()


def word(world, **period) -> bytes:
    report = annual_report(world.panel, date(2026, 4, 1), date(2027, 3, 31))
    return as_docx(document(report, default_texts(report, cases="One was closed.")))


def plain(text: str) -> str:
    """With spaces that break."""
    return text.replace("\u00a0", " ")


def every_format(world, tmp_path):
    yield printed("exshire", *YEAR)
    yield printed("exshire", *YEAR, format="json")
    yield printed("exshire", *YEAR, format="html")
    yield printed("exshire", *YEAR, format="csv")
    printed("exshire", *YEAR, format="docx", output=str(tmp_path / "r.docx"))
    with zipfile.ZipFile(tmp_path / "r.docx") as packed:
        for name in packed.namelist():
            yield packed.read(name).decode("utf-8", "replace")


def test_nobody_is_named_in_any_format(world, tmp_path):
    for text in every_format(world, tmp_path):
        for mark in MARKS:
            assert mark.lower() not in text.lower()


def test_the_background_says_when_the_procedure_was_approved_where_that_is_known(world):
    assert "The Chairman considers each recorded complaint first" in " ".join(printed("exshire", *YEAR).split())
    with sealed_act(world.panel, by=None, name="set_up"):
        PanelSettings.objects.create(panel=world.panel, from_date=date(2026, 10, 1), procedure_approved="May 2024")
    text = " ".join(printed("exshire", *YEAR).split())
    assert (
        "Under the procedure that the Panel approved in May 2024 the Chairman considers each recorded complaint" in text
    )


def test_the_nil_return_says_what_the_published_one_said(world):
    text = " ".join(printed("exshire", "2024-25").split())
    assert "no complaints were recorded about the conduct of the Police and Crime Commissioner for Exshire" in text
    assert "None was received and not recorded." in text
    assert "In hand" not in text
    assert "In time" not in text


HEADINGS = [
    "Recommendation", "What happened", "In time", "Background", "Supporting information",
    "Contact point for this report", "Background papers",
    "Appendix 1: how the Panel deals with complaints, in summary", "Appendix 2: complaints that were closed",
]  # fmt: skip


def test_what_happened_comes_first_and_the_numbers_run_through(world):
    text = printed("exshire", *YEAR)
    assert re.findall(r"^(.+)\n-+$", text, flags=re.M) == HEADINGS
    numbers = [int(n) for n in re.findall(r"^ {1,2}(\d+)\. ", text, flags=re.M)]
    appendices = [n for n, number in enumerate(numbers) if number == 1]
    assert len(appendices) == 3
    assert numbers[: appendices[1]] == list(range(1, appendices[1] + 1))


def test_json_is_the_figures(world):
    found = json.loads(printed("exshire", *YEAR, format="json"))
    assert found["panel"] == "exshire"
    assert (
        found["carried_in"] + found["received"] + found["reopened"] - found["closed"]["total"] == found["carried_out"]
    )


def test_another_period_has_no_year(world):
    found = json.loads(printed("exshire", first="2026-10-01", last="2026-11-30", format="json"))
    assert found["year"] is None
    assert found["period"] == {"from": "2026-10-01", "to": "2026-11-30"}
    assert "1 October 2026 to 30 November 2026" in printed("exshire", first="2026-10-01", last="2026-11-30")


def test_the_same_report_is_the_same_bytes_a_year_later(world, tmp_path):
    formats = ("text", "json", "csv", "html", "docx", "pdf")

    def made(n):
        for kind in formats:
            printed("exshire", *YEAR, as_at="2026-11-18", format=kind, output=str(tmp_path / f"{n}.{kind}"))
        return [(tmp_path / f"{n}.{kind}").read_bytes() for kind in formats]

    then = made(1)
    with clock.set_to(clock.datetime(2027, 11, 18, 12, tzinfo=clock.LONDON)):
        build.log(world, on=date(2026, 11, 2))
        case = world.panel.cases.filter(status="recorded").first()
        take(world, fresh(case), "withdraw", on=date(2027, 2, 1))
        assert made(2) == then


def test_word_has_real_headings_numbers_tables_language_and_title(world):
    doc = Document(io.BytesIO(word(world)))
    assert doc.core_properties.title == "Complaints 2026-27: annual report"
    assert doc.core_properties.author == "Exshire Police and Crime Panel"
    assert doc.core_properties.language == "en-GB"
    styles = [p.style.name for p in doc.paragraphs]
    assert styles[:3] == ["Paper head", "Title", "Heading 1"]
    assert [plain(p.text) for p in doc.paragraphs if p.style.name == "Heading 1"] == HEADINGS
    assert set(styles) == {"Paper head", "Title", "Heading 1", "Numbered paragraph", "Caption", "Normal"}
    assert all(p.text.strip() for p in doc.paragraphs)  # no empty paragraph anywhere
    assert all(t.rows[0]._tr.trPr.xpath("w:tblHeader") for t in doc.tables)
    assert 'w:val="en-GB"' in doc.styles.element.xml


def test_tables_in_word_lie_within_the_text_and_carry_their_caption(world):
    doc = Document(io.BytesIO(word(world)))
    captions = ["Complaints, each counted once in every block", "In time, of all that fell due"]
    assert [t._tbl.tblPr.xpath("w:tblCaption/@w:val") for t in doc.tables] == [[c] for c in captions]
    assert [p.text for p in doc.paragraphs if p.style.name == "Caption"] == captions[:1]  # the heading says the other
    for table in doc.tables:
        assert sum(int(w) for w in table._tbl.tblGrid.xpath("w:gridCol/@w:w")) in range(9060, 9075)
        assert [e.tag.partition("}")[2] for e in table._tbl.tblPr] == [
            "tblW", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook", "tblCaption",
        ]  # fmt: skip


def test_word_numbers_paragraphs_itself_and_begins_anew_in_an_appendix(world):
    doc = Document(io.BytesIO(word(world)))
    numbered = [p for p in doc.paragraphs if p.style.name == "Numbered paragraph"]
    assert not [p.text for p in numbered if re.match(r"\d+\.", p.text)]
    of_its_own = [p._p.xpath("w:pPr/w:numPr/w:numId/@w:val") for p in numbered]
    assert [] in of_its_own
    assert len({ids[0] for ids in of_its_own if ids}) == 2  # two appendices
    with zipfile.ZipFile(io.BytesIO(word(world))) as packed:
        assert {i.date_time for i in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_web_page_needs_nothing_else(world):
    page = printed("exshire", *YEAR, format="html")
    assert page.count("<h1") == 1
    assert '<html lang="en-GB">' in page
    assert not re.search(r'(src|href)="', page)
    assert page.count("<table") == 2


@pytest.mark.parametrize(
    "args, words",
    [
        (("exshire", "2021-23"), "not a municipal year"),
        (("exshire", "2026/27"), "not a municipal year"),
        (("exshire",), "Give either a year"),
        (("nowhere", "2026-27"), "There is no panel 'nowhere'. Panels: exshire"),
        (("exshire", "2026-27", "--from", "2026-04-01", "--to", "2026-05-01"), "Give either a year"),
        (("exshire", "--from", "2026-05-01"), "Give either a year"),
        (("exshire", "--from", "2026-05-01", "--to", "2026-04-01"), "before it begins"),
        (("exshire", "--from", "1 May", "--to", "2026-04-01"), "--from: write the day"),
        (("exshire", "2026-27", "--as-at", "soon"), "--as-at: write the day"),
        (("exshire", "2026-27", "--as-at", "2030-01-01"), "today or in the past"),
        (("exshire", "2026-27", "--as-at", "2026-04-02"), "first complaint was entered on"),
        (("exshire", "2027-28"), "had not begun"),
        (("exshire", "2026-27", "--output", "/"), "--output /: cannot be written"),
        (("exshire", "2026-27", "--output", "/no/such/folder/r.txt"), "cannot be written"),
    ],
)
def test_bad_input_is_one_line_and_exit_2(world, args, words):
    with pytest.raises(CommandError) as raised:
        call_command("annual_report", *args)
    assert raised.value.returncode == 2
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
def test_a_full_disk_is_said_and_leaves_the_old_file(world, tmp_path, monkeypatch):
    path = tmp_path / "r.txt"
    path.write_text("the report of last year")
    monkeypatch.setattr(os, "fsync", lambda fd: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(CommandError, match="No space left on device"):
        call_command("annual_report", "exshire", "2026-27", output=str(path))
    assert path.read_text() == "the report of last year"
    assert os.listdir(tmp_path) == ["r.txt"]
