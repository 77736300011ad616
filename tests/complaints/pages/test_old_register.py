"""Old registers: a file as councils keep it is read, put right and entered, all of it or nothing, each row once."""

import csv
import io
import json
import time
from datetime import date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from complaints.models import Complaint
from complaints.old_register_models import OldRegister, RegisterRow
from complaints.report.figures import annual_report
from panel.casework import retention_periods
from panel.casework.case_context import CaseContext
from panel.law import clock
from panel.models import Complainant, Duty, Entry, OfficeHolder, PanelSettings
from panel.models.journal import ERASED
from panel.record import verify
from panel.record.act import sealed_act
from tests import build
from tests.panel.pages.cases import nothing_kept
from tests.panel.pages.page import Browser
from tests.steps import from_register, last, take

OURS = Complaint.objects.filter(panel__slug="midshire")
PAGE = "/midshire/old-register/"
YEAR = (date(2019, 4, 1), date(2020, 3, 31))
ROWS = (
    ("C/2019/1", "Mrs Gwen Oldfield", "03/05/2019", "10/05/2019", "20/08/2019", "Rude at a meeting", "PCC", "Apology given", "JB"),
    ("C/2019/2", "Oldfield, Tom", "04/06/19", "", "1 July 2019", "Did not answer letters", "the PCC", "NFA - reg 15(3)(c)", ""),
    ("C/2019/3", "", "2019-07-01", "", "05.07.2019", "How an officer drove", "Chief Constable", "Operational: passed to the force", "AL"),
    ("C/2019/4", "N/K", "02/12/2019 09:30", "", "12/12/2019", "Expenses", "PCC", "Withdrawn by complainant", ""),
)  # fmt: skip
HEADS = (
    "Ref",
    "Complainant",
    "Date received",
    "Date recorded",
    "Date closed",
    "Nature of complaint",
    "Against",
    "Outcome",
    "Officer",
)


@pytest.fixture
def officer(empty_world):
    return Browser(empty_world.officer)


def csv_of(rows=ROWS, heads=HEADS, mark=","):
    """The rows as a CSV file that Excel wrote."""
    lines = [mark.join(f'"{cell}"' for cell in row) for row in (heads, *rows)]
    return "\r\n".join(["Complaints register 2019-20", "", *lines, ""]).encode("utf-8-sig")


def workbook(*sheets):
    """A workbook: (name, rows, ranges that are merged)."""
    book = Workbook()
    book.remove(book.active)
    for name, rows, merged in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for cells in merged:
            sheet.merge_cells(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def sent(browser, data, name="register.csv"):
    """The page after the file was sent."""
    return browser.get(PAGE).submit("Read it", file=SimpleUploadedFile(name, data))


def written(tmp_path, data, name="register.csv"):
    """The file, for the command."""
    path = tmp_path / name
    path.write_bytes(data)
    return str(path)


def brought_in(path, **options):
    """What the command says."""
    out = io.StringIO()
    call_command("import_complaints", path, panel="midshire", stdout=out, **options)
    return out.getvalue()


def count(world, name, as_at=None):
    return annual_report(world.panel, *YEAR, as_at).number(name)


def test_a_file_is_read_put_right_and_entered_once(empty_world, officer):
    w = empty_world
    page = officer.get("/midshire/complaints/").follow("Bring in an old register")
    assert (page.url, page.h1) == (PAGE, "Bring in an old register")
    wrong = (*ROWS, ("C/2019/5", "Ann", "31/02/2019", "", "12/12/2019", "Lost", "PCC", "Filed away", ""))
    with nothing_kept(but=[OldRegister]):
        page = sent(officer, csv_of(wrong))
    assert page.status == 200
    assert "5 rows read: 4 to enter, 1 to put right" in page.main.text
    assert "Row 8: “31/02/2019” is no day on which it was received: write it as 14/05/2018" in page.main.text
    assert "Enter these 4 complaints" not in page.main.text
    with nothing_kept(but=[OldRegister]):
        page = page.submit("Give up this file")
    assert OldRegister.objects.count() == 0
    with sealed_act(w.panel, by=None, name="set_up"):
        days = {"from_date": date(2016, 5, 12), "to_date": date(2021, 5, 12)}
        old = OfficeHolder.objects.create(
            panel=w.panel, name="Basil Old", short_name="Mr Old", office="commissioner", **days
        )
    page = sent(officer, csv_of())
    assert "4 rows read: 4 to enter." in page.main.text
    assert page.values()["column_2"] == "received_on"
    page = page.submit("Enter these 4 complaints")
    assert "4 complaints entered from the old register." in page.text
    assert OldRegister.objects.count() == 0
    first, second, third, fourth = OURS.order_by("received_on")
    assert (first.status, first.received_on, first.reference) == ("closed", date(2019, 5, 3), "MD-C-2019-0001")
    assert (first.old_reference, first.from_register, str(first.complainant)) == ("C/2019/1", True, "Mrs Gwen Oldfield")
    assert [s.office_holder for s in first.subjects.all()] == [old]
    entry = last(first)
    assert (entry.step, entry.on, entry.by) == ("enter_from_register", date(2019, 8, 20), w.officer)
    assert entry.answers["recorded_on"] == "2019-05-10"
    assert "Officer: JB" in entry.answers["says"]
    part = first.parts.get().allegation
    assert (part.outcome, part.what) == ("apology", "Rude at a meeting")
    part = second.parts.get().allegation
    assert (part.route, part.grounds) == ("no_action", "c")
    assert (third.status, third.complainant, third.about_whom) == ("redirected", None, "Chief Constable")
    assert (fourth.status, fourth.complainant, fourth.received_on) == ("withdrawn", None, date(2019, 12, 2))
    assert not Duty.objects.filter(case__in=[first, second, third, fourth]).exists()
    with nothing_kept(but=[OldRegister]):
        page = sent(officer, csv_of())
    assert "4 rows read: 0 to enter, 4 entered before." in page.main.text
    assert list(verify.verify()) == []


def test_its_pages_say_that_it_is_from_the_old_register(empty_world, officer):
    case = from_register(empty_world)
    page = officer.get("/midshire/complaints/?show=all")
    assert "Gwen Oldfield. From the old register" in page.main.text
    assert case.reference in officer.get("/midshire/complaints/?show=all&q=C/2019/7").main.text
    lines = b"".join(officer.client.get("/midshire/complaints/download.csv?show=all")).decode("utf-8-sig").splitlines()
    head, row = csv.reader(lines)
    assert dict(zip(head, row, strict=True))["From the old register"] == "Yes"
    page = officer.get(case.get_absolute_url())
    for words in ("From the old register", "Reference in the old register C/2019/7", "How it arrived Not known",
                  "The office holder apologised; closed 20 August 2019"):  # fmt: skip
        assert words in page.main.text, words
    page = officer.get(f"{case.get_absolute_url()}timeline/")
    assert "Entered from the old register" in page.main.text
    assert "Not known Decision" in page.main.text
    case = from_register(empty_world, old_reference="C/2019/8", to="redirected", name="", theme="", outcome="")
    text = officer.get(case.get_absolute_url()).main.text
    assert "Complainant Not known" in text
    assert "Anonymous" not in text


def test_reports_count_it_by_its_own_days_and_days_before_do_not_know_it(empty_world, officer):
    w = empty_world
    with clock.set_to(datetime(2026, 11, 20, 10, tzinfo=clock.LONDON)):
        from_register(w)
        from_register(w, on="2019-06-30", old_reference="C/2019/8", to="not_recorded", outcome="", recorded_on="", decided_on="",
                      not_recorded="not_a_complaint", theme="")  # fmt: skip
        from_register(w, on="2020-06-01", old_reference="C/2019/9", received_on="2020-02-03", recorded_on="", decided_on="",
                      to="closed", outcome="", route="no_action", grounds=["b", "f"])  # fmt: skip
    with clock.set_to(datetime(2026, 11, 25, 10, tzinfo=clock.LONDON)):
        found = annual_report(w.panel, *YEAR)
        n = found.number
        assert [n(k) for k in ("carried_in", "received", "closed", "carried_out")] == [0, 3, 2, 1]
        assert [n(k) for k in ("recorded", "not_recorded", "outcomes.apology", "informally_resolved")] == [1, 1, 1, 1]
        assert (found.to_close, found.to_end) == (
            [109],
            [[58, 0], [109, 0]] if found.to_end[0][0] == 58 else [[109, 0], [58, 0]],
        )
        assert n("from_register") == 3
        following = annual_report(w.panel, date(2020, 4, 1), date(2021, 3, 31))
        assert [following.number(k) for k in ("carried_in", "recorded", "filtered", "closed", "ended.no_action")] == [
            1
        ] * 5
        assert following.to_filter == []
        assert following.parts("filtered.by_ground")["f"] == 1
        page = officer.get("/midshire/complaints/report/?year=2019-20")
        assert "Three complaints in these figures are from the old register" in page.main.text


def test_an_as_at_day_before_the_import_does_not_know_it_and_the_page_says_so(empty_world, officer):
    w = empty_world
    with clock.set_to(datetime(2026, 11, 10, 10, tzinfo=clock.LONDON)):
        build.log(w, on=date(2026, 11, 9))
    with clock.set_to(datetime(2026, 11, 20, 10, tzinfo=clock.LONDON)):
        from_register(w)
        assert count(w, "received") == 1
        assert count(w, "received", as_at=date(2026, 11, 15)) == 0
        page = officer.get("/midshire/complaints/report/?year=2019-20&as_at_day=15&as_at_month=11&as_at_year=2026")
        assert (
            "As the record stood on 15 November 2026 it did not know the 1 complaint that was entered from the old register on "
            "20 November 2026: they are not in these figures."
        ) in page.main.text


def test_how_long_it_is_kept_is_counted_from_the_real_end_and_erasure_leaves_the_key(empty_world, officer, tmp_path):
    w = empty_world
    path = written(tmp_path, csv_of(ROWS[:1]))
    brought_in(path)
    case = OURS.get()
    with sealed_act(w.panel, by=None, name="set_up"):
        row = PanelSettings.objects.filter(panel=w.panel).last()
        row.keep_closed = 6
        row.save()
    assert retention_periods.kept_until(CaseContext(case, w.mo)) == date(2025, 8, 20)
    case = take(w, case, "propose_erasure", by=w.officer, ground="time", on=clock.today())
    case = take(w, case, "erase", by=w.mo, on=clock.today())
    assert (case.title, case.old_reference) == (ERASED, "")
    assert not Complainant.objects.filter(name__contains="Oldfield").exists()
    assert "Oldfield" not in str(list(Entry.objects.values_list("answers", flat=True)))
    assert "1 row entered before" in brought_in(path)
    assert (OURS.count(), RegisterRow.objects.count()) == (1, 1)
    assert list(verify.verify()) == []


def test_a_workbook_of_several_years_with_merged_heads_is_one_register(empty_world, tmp_path):
    data = workbook(
        ("2018-19", [
            ["Police and Crime Panel: complaints"], [],
            ["Case no", "Name", "Dates", None, None, "Summary", "How it ended"],
            [None, None, "Received", "Decided", "Closed", None, None],
            [1, "Ann Able", date(2018, 4, 20), date(2018, 5, 2), date(2018, 5, 9), "Did not answer", "Informally resolved"],
            ["2018/19 quarter 2"],
            [2, "Bob Baker", "20/07/2018", None, "TBC", "Still talking", "Ongoing"],
            ["Total", None, None, None, None, None, 2],
        ], ["A1:G1", "C3:E3"]),
        ("2019-20", [
            ["Case no", "Name", "Received", "Decided", "Closed", "Summary", "How it ended"],
            [1, "Cat Cole", date(2019, 4, 20), None, date(2019, 5, 9), "Was late", "Filed"],
        ], []),
        ("Notes", [["Kept by the scrutiny team"]], []),
    )  # fmt: skip
    path = written(tmp_path, data, "register.xlsx")
    said = brought_in(path, dry_run=True)
    assert "2 complaints would be entered; nothing was." in said
    assert OURS.count() == 0
    said = brought_in(path, by=empty_world.officer.email, word=["Filed=not_resolved"])
    for words in ("Left out: Sheet “2018-19”, row 6 is no case: “2018/19 quarter 2”", "Left out: 2018-19, row 7 is still open. Log it",
                  "Left out: Sheet “Notes” has no row of headings that we know: it is left out", "2 complaints entered."):  # fmt: skip
        assert words in said, words
    cases = OURS.order_by("received_on")
    assert [(c.old_reference, c.received_on, last(c).on) for c in cases] == [
        ("1", date(2018, 4, 20), date(2018, 5, 9)), ("1", date(2019, 4, 20), date(2019, 5, 9)),
    ]  # fmt: skip
    assert [c.parts.get().allegation.outcome for c in cases] == ["settled", "not_resolved"]
    assert last(cases[0]).answers["decided_on"] == "2018-05-02"
    assert "2 rows entered before" in brought_in(path)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (("7", "Ann", "", "", "12/12/2019", "Lost", "PCC", "Closed", ""), "row 4: It has no day on which it was received"),
        (("7", "Ann", "13/12/2019", "", "12/12/2019", "Lost", "PCC", "Closed", ""),
         "row 4: It was ended on 12 December 2019, before it was received on 13 December 2019"),
        (("7", "Ann", "13/12/2019", "", "", "Lost", "PCC", "Closed", ""), "row 4: It has no day on which it ended"),
        (("7", "Ann", "12/13/2019", "", "12/12/2019", "Lost", "PCC", "Closed", ""), "row 4: “12/13/2019” is no day"),
        (("7", "Ann", "12/11/2019", "", "12/12/2099", "Lost", "PCC", "Closed", ""), "is still to come"),
        (("C/2019/1", "Ann", "03/05/2019", "", "12/12/2019", "Lost", "PCC", "Closed", ""),
         "It has the same reference and day as row 3"),
    ],
)  # fmt: skip
def test_one_wrong_row_stops_all_of_them(empty_world, tmp_path, row, says):
    rows = (ROWS[0], row)
    with nothing_kept(), pytest.raises(CommandError) as raised:
        brought_in(written(tmp_path, csv_of(rows).replace(b"Complaints register 2019-20\r\n\r\n", b"Register\r\n")))
    assert says in str(raised.value)
    assert "Nothing was entered." in str(raised.value)
    assert raised.value.returncode == 2


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "The file is empty"),
        (b"%PDF-1.7 x", "Choose a CSV file or an Excel file that ends in .xlsx"),
        (b"PK\x03\x04rubbish", "The Excel file could not be read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "protected by a password, or of an old kind (.xls)"),
        (b"one,two\n1,2\n", "There is no row of headings such as Reference"),
        (b"\xff\xfe" + 'Ref\tReceived\tClosed\tOutcome\n7\t=1+1\t<b>x</b>\tClosed\n'.encode("utf-16-le"), "“=1+1” is no day"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_register_is_refused_in_words(empty_world, officer, data, says):
    with nothing_kept(but=[OldRegister]):
        page = sent(officer, data) if data else officer.send(PAGE, {"file": SimpleUploadedFile("x.csv", data)})
    assert page.status in (200, 422)
    assert says in page.text


def test_a_long_file_is_entered_by_a_process_of_its_own(empty_world, officer):
    page = sent(officer, csv_of())
    row = OldRegister.objects.get()
    row.begun_at = clock.now()
    row.save()
    page = officer.get(PAGE)
    assert "Being entered: 4 complaints." in page.main.text
    assert "Give up this file" not in page.main.text
    call_command("import_complaints", waiting=row.pk, panel="midshire", stdout=io.StringIO())
    assert (OURS.count(), OldRegister.objects.count()) == (4, 0)
    assert {last(case).by for case in OURS} == {empty_world.officer}
    with pytest.raises(CommandError, match="That file is entered, or was given up"):
        call_command("import_complaints", waiting=row.pk, panel="midshire")
    page = sent(officer, csv_of((*ROWS, ("8", "Ann", "", "", "12/12/2019", "Lost", "PCC", "Closed", ""))))
    row = OldRegister.objects.get()
    row.begun_at = clock.now()
    row.save()
    with pytest.raises(CommandError):
        call_command("import_complaints", waiting=row.pk, panel="midshire")
    assert "It has no day on which it was received" in officer.get(PAGE).main.text
    assert (OURS.count(), OldRegister.objects.count()) == (4, 1)
    page = officer.get(PAGE).submit("Give up this file")
    assert OldRegister.objects.count() == 0


def test_the_command_answers_a_program_in_json(empty_world, tmp_path):
    path = written(tmp_path, csv_of())
    told = json.loads(brought_in(path, dry_run=True, format="json"))
    assert (told["dry_run"], told["to_enter"], told["entered"], told["cases"]) == (True, 4, 0, [])
    assert told["columns"]["Date received"] == "received_on"
    told = json.loads(brought_in(path, format="json"))
    assert (told["entered"], told["wrong"]) == (4, [])
    assert sorted(told["cases"]) == sorted(OURS.values_list("reference", flat=True))
    told = json.loads(brought_in(path, format="json"))
    assert (told["entered"], told["entered_before"][0]["row"]) == (0, "row 4")
    wrong = written(
        tmp_path, csv_of([("C/2019/5", "Ann", "31/02/2019", "", "12/12/2019", "Lost", "PCC", "Closed", "")])
    )
    out = io.StringIO()
    with pytest.raises(CommandError, match="Nothing was entered"):
        call_command("import_complaints", wrong, panel="midshire", format="json", stdout=out)
    told = json.loads(out.getvalue())
    assert (told["entered"], told["wrong"][0]["row"]) == (0, "row 4")


def test_a_column_can_be_said_to_be_something_else(empty_world, officer):
    heads = ("Number", "Who wrote", "In", "", "Out", "Words", "Whom", "What became of it", "Desk")
    data = csv_of(
        (("9", "Ann Able", "03/05/2019", "", "20/08/2019", "Rude", "Daniel Ashcombe", "Put away", "JB"),), heads
    )
    page = sent(officer, data.replace(b'"Number"', b'"Reference"').replace(b'"Out"', b'"Closed"'))
    assert "row 4: It has no day on which it was received" in page.main.text.replace("Row", "row")
    page = page.submit(
        "Read it again", column_1="name", column_2="received_on", column_5="what", column_6="about", column_7="ended"
    )
    assert "“Put away”" not in page.main.text
    assert "1 row read: 1 to enter." in page.main.text
    page = page.submit("Read it again", word_0="other_handling")
    page = page.submit("Enter this complaint")
    case = OURS.get()
    assert (str(case.complainant), case.parts.get().allegation.route) == ("Ann Able", "other_handling")


def test_only_the_office_brings_in_a_register_and_nobody_enters_a_row_twice(empty_world):
    w = empty_world
    for person in (w.chairman, w.members[0], w.auditor, w.admin):
        assert Browser(person.user if hasattr(person, "user") else person).get(PAGE).status == 403
    from_register(w)
    page = Browser(w.officer).get("/midshire/complaints/new/enter_from_register/")
    assert page.h1 == "Enter a complaint from an old register"


def test_it_can_be_reopened_and_then_voided(empty_world):
    w = empty_world
    case = from_register(w)
    case = take(w, case, "reopen", by=w.mo, on=clock.today(), to="received")
    case = take(w, case, "void", by=w.mo, on=clock.today())
    assert case.status == "void"
    again = from_register(w)
    assert again.status == "closed"
    assert RegisterRow.objects.get().case_id == again.pk


@pytest.mark.deep
@pytest.mark.postgres
def test_five_thousand_rows_come_in_within_minutes(empty_world, tmp_path):
    rows = [("Ref", "Complainant", "Received", "Closed", "Summary", "Outcome")]
    for n in range(5000):
        day = date(2013, 1, 1) + timedelta(days=n // 2)
        rows.append(
            (f"C/{n}", f"Person {n}", day, day + timedelta(days=60), f"Matter {n}", "NFA" if n % 2 else "Withdrawn")
        )
    path = written(tmp_path, workbook(("All", rows, [])), "register.xlsx")
    begun = time.monotonic()
    assert "5000 complaints entered." in brought_in(path).replace(",", "")
    assert time.monotonic() - begun < 600
    assert OURS.count() == 5000
    assert "5000 rows entered before" in brought_in(path).replace(",", "")
