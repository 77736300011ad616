"""The report as command, text, JSON, web page and Word file: what it says, what it never says, and bad input."""

import copy
import io
import json
import os
import re
import zipfile
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from docx import Document

from complaints.report.document import default_texts, document
from complaints.report.docx import as_docx
from complaints.report.figures import annual_report
from complaints.report.words import Words
from panel.law import clock
from panel.models import PanelSettings
from panel.record.act import sealed_act
from tests import build
from tests.shared import made_once
from tests.steps import RECEIVED, at, close, fresh, heard, take

pytestmark = pytest.mark.django_db
NOW = clock.datetime(2026, 11, 18, 12, tzinfo=clock.LONDON)
YEAR = ("2026-27",)
MARKS = ("Zebulon", "Quillfeather", "17 Marchpane Row", "zq@mark.example", "wordsmark", "allegationmark", "titlemark",
         "notemark", "whymark")  # fmt: skip


@pytest.fixture(autouse=True)
def _in_november():
    with clock.set_to(NOW):
        yield


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """A year of cases with marks in everything personal."""
    with clock.set_to(NOW), made_once(django_db_blocker):
        yield a_marked_year(build.make_world())


@pytest.fixture
def marked(made, db):
    return copy.deepcopy(made)


def a_marked_year(world):
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
    words = Words(annual_report(world.panel, date(2026, 4, 1), date(2027, 3, 31)))
    return as_docx(document(words, default_texts(words)), words)


def every_format(world, tmp_path):
    yield printed("exshire", *YEAR)
    yield printed("exshire", *YEAR, format="json")
    yield printed("exshire", *YEAR, format="html")
    printed("exshire", *YEAR, format="docx", output=str(tmp_path / "r.docx"))
    with zipfile.ZipFile(tmp_path / "r.docx") as packed:
        for name in packed.namelist():
            yield packed.read(name).decode("utf-8", "replace")


def test_nobody_is_named_in_any_format(marked, tmp_path):
    for text in every_format(marked, tmp_path):
        for mark in MARKS:
            assert mark.lower() not in text.lower()


def test_the_background_says_when_the_procedure_was_approved_where_that_is_known(marked):
    assert "The Panel follows the procedure summarised in Appendix 1." in printed("exshire", *YEAR)
    with sealed_act(marked.panel, by=None, name="set_up"):
        PanelSettings.objects.create(panel=marked.panel, from_date=date(2026, 10, 1), procedure_approved="May 2024")
    assert "the procedure that it approved in May 2024, summarised in" in " ".join(printed("exshire", *YEAR).split())


def test_the_nil_return_says_what_the_published_one_said(marked):
    text = printed("exshire", "2024-25")
    assert "No complaints were recorded. None was received and not recorded." in text
    assert "In hand" not in text


def test_the_order_is_that_of_the_published_report(marked):
    text = printed("exshire", *YEAR)
    headings = re.findall(r"^(.+)\n-+$", text, flags=re.M)
    assert headings == [
        "Recommendation", "Background", "Figures", "What the figures show", "Complaints that were closed",
        "Supporting information", "Contact for this report", "Background papers", "Appendix 1: how the Panel deals with complaints, in summary",
    ]  # fmt: skip
    numbers = [int(n) for n in re.findall(r"^ {1,2}(\d+)\. ", text, flags=re.M)]
    appendix = numbers.index(1, 1)
    assert numbers == [*range(1, appendix + 1), *range(1, 18)]


def test_json_is_the_figures(marked):
    found = json.loads(printed("exshire", *YEAR, format="json"))
    assert found["panel"] == "exshire"
    assert (
        found["carried_in"] + found["received"] + found["reopened"] - found["closed"]["total"] == found["carried_out"]
    )


def test_another_period_has_no_year(marked):
    found = json.loads(printed("exshire", first="2026-10-01", last="2026-11-30", format="json"))
    assert found["year"] is None
    assert found["period"] == {"from": "2026-10-01", "to": "2026-11-30"}
    assert "1 October 2026 to 30 November 2026" in printed("exshire", first="2026-10-01", last="2026-11-30")


def test_the_same_report_is_the_same_bytes_a_year_later(marked, tmp_path):
    formats = ("text", "json", "html", "docx")

    def made(n):
        for kind in formats:
            printed("exshire", *YEAR, as_at="2026-11-18", format=kind, output=str(tmp_path / f"{n}.{kind}"))
        return [(tmp_path / f"{n}.{kind}").read_bytes() for kind in formats]

    then = made(1)
    with clock.set_to(clock.datetime(2027, 11, 18, 12, tzinfo=clock.LONDON)):
        build.log(marked, on=date(2026, 11, 2))
        case = marked.panel.cases.filter(status="recorded").first()
        take(marked, fresh(case), "withdraw", on=date(2027, 2, 1))
        assert made(2) == then


def test_word_has_real_headings_numbers_tables_language_and_title(marked):
    doc = Document(io.BytesIO(word(marked)))
    assert doc.core_properties.title == "Complaints annual report 2026-27"
    assert doc.core_properties.language == "en-GB"
    styles = [p.style.name for p in doc.paragraphs]
    assert styles[0] == "Title"
    assert styles.count("Heading 1") == 8
    assert "List Number" in styles
    assert all(t.rows[0]._tr.trPr.xpath("w:tblHeader") for t in doc.tables)
    assert 'w:val="en-GB"' in doc.styles.element.xml


def test_word_draws_its_charts_with_words_beside(marked):
    with zipfile.ZipFile(io.BytesIO(word(marked))) as packed:
        charts = [n for n in packed.namelist() if n.startswith("word/charts/")]
        body = packed.read("word/document.xml").decode()
        assert len(charts) == 3
        assert body.count('descr="') == 3
        assert {i.date_time for i in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_web_page_needs_nothing_else(marked):
    page = printed("exshire", *YEAR, format="html")
    assert page.count("<h1") == 1
    assert '<html lang="en-GB">' in page
    assert not re.search(r'(src|href)="', page)
    assert page.count('role="img"') == 3


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
def test_bad_input_is_one_line_and_exit_2(marked, args, words):
    with pytest.raises(CommandError) as raised:
        call_command("annual_report", *args)
    assert raised.value.returncode == 2
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
def test_a_full_disk_is_said_and_leaves_the_old_file(marked, tmp_path, monkeypatch):
    path = tmp_path / "r.txt"
    path.write_text("the report of last year")
    monkeypatch.setattr(os, "fsync", lambda fd: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(CommandError, match="No space left on device"):
        call_command("annual_report", "exshire", "2026-27", output=str(path))
    assert path.read_text() == "the report of last year"
    assert os.listdir(tmp_path) == ["r.txt"]
